/* A letter with a link to a page of ours, into the outbox; a demonstration also shows the link at once. */
#ifndef WEB_MAIL_H
#define WEB_MAIL_H

#include "web/visit.h"

struct mail_letter {
    const char *kind; /* access/outbox.h */
    struct text to;
    const char *subject; /* words without holes */
    const char *text;
    struct text path; /* of the page, "/sign-up/confirm?token=..." */
};
/* Needs TX_WRITE. *ret_demo: the path, in a demonstration only. */
const struct err *mail_link(struct ctx *ctx, struct visit *visit, const struct mail_letter *letter,
                            struct text *ret_demo);

#endif
