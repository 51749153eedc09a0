/* Reads all ticket evidence again and compares it with what was derived from it: hashes of segments, ranges of numbers,
 * counters by screening and tariff and by day, digests in the log. Names each fault; writes nothing. Also hands each
 * line to whoever exports them. */
#ifndef BOXOFFICE_TICKET_AUDIT_H
#define BOXOFFICE_TICKET_AUDIT_H

#include "base/ctx.h"
#include "boxoffice/segment.h"

struct ticket_audit {
    int64_t screens;
    int64_t series;
    int64_t segments;
    int64_t lines;
    int64_t faults;
    /* Both may be NULL. */
    void (*fault)(void *arg, struct text what);
    const struct err *(*line)(struct ctx *ctx, void *arg, const struct segment_line *line);
    void *arg;
    bool lines_only; /* an export: nothing is compared */
};
/* Needs a transaction. ctx->arena is used screen by screen and given back. */
const struct err *tickets_audit(struct ctx *ctx, struct ticket_audit *audit);

#endif
