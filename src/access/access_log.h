/* Who was refused what, and who read sealed or personal data: written down on the day, shown to whom it concerns and to
 * auditors. Not official, not rebuilt. Owns access_log. */
#ifndef ACCESS_ACCESS_LOG_H
#define ACCESS_ACCESS_LOG_H

#include "access/user.h"

enum access_event { ACCESS_REFUSED = 1, ACCESS_READ, ACCESS_SIGNED_IN, ACCESS_SECRET_CHANGED, ACCESS_EVENTS };
const char *access_event_code(enum access_event event);

struct access_entry {
    int64_t id;
    int64_t at_ms;
    struct date day;
    struct text event;
    struct account_id account; /* 0: nobody signed in */
    struct text subject;       /* what was refused or read: "route:/accounts", "account:3", "dossier:12" */
    struct text why;
    struct text remote;
};
/* Needs TX_WRITE. */
const struct err *access_log_add(struct ctx *ctx, enum access_event event, struct account_id account,
                                 struct text subject, struct text why, struct text remote);
/* Newest first, before an id (0: from the newest). Of one subject, or what one account did. */
const struct err *access_log_of_subject(struct ctx *ctx, struct text subject, int64_t before, struct access_entry **ret,
                                        size_t *ret_count);
const struct err *access_log_of_account(struct ctx *ctx, struct account_id account, int64_t before,
                                        struct access_entry **ret, size_t *ret_count);

#endif
