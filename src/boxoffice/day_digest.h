/* Ticket evidence in the log, by day and screen (TICKETS.md): for each screen a digest of the segments received on that
 * day, chained in the order received, as one act a day. Owns ticket_day, a projection. Results live in ctx->arena. */
#ifndef BOXOFFICE_DAY_DIGEST_H
#define BOXOFFICE_DAY_DIGEST_H

#include "acts/act.h"

struct day_digest_screen {
    int64_t screen;
    struct text code;
    struct hash sha256; /* of the digest before and the segment's hash, from 32 zero bytes on */
    int64_t segments;
    int64_t rows;
};
/* By number of screen. */
const struct err *day_digest(struct ctx *ctx, struct date day, struct day_digest_screen **ret, size_t *ret_count);
/* Closes every day before today that has evidence and is not closed: cheap when nothing is due. Needs TX_WRITE. */
const struct err *ticket_days_close_due(struct ctx *ctx, int64_t *ret_closed);
/* Whether a closed day is what its act says; *ret_found false: not closed. */
const struct err *ticket_day_check(struct ctx *ctx, struct date day, bool *ret_found, bool *ret_same);

const struct err *ticket_day_closed_apply(struct ctx *ctx, const struct act *act);

#endif
