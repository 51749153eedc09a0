/* A letter with a link to a page of ours, into the outbox; a demonstration sends none and shows the link instead. */
#ifndef WEB_MAIL_H
#define WEB_MAIL_H

#include "web/visit.h"

/* subject and text are words without holes. Needs TX_WRITE. *ret_demo: the path, in a demonstration only. */
const struct err *mail_link(struct ctx *ctx, struct visit *visit, struct text to, const char *subject, const char *text,
                            struct text path, struct text *ret_demo);

#endif
