/* The office's kinds of acts and projections, for app to join into ctx->kinds, and its daily work. */
#ifndef OFFICE_OFFICE_H
#define OFFICE_OFFICE_H

#include "acts/act.h"

extern const struct act_kind office_kinds[];             /* ended by a row without name */
extern const struct act_projection office_projections[]; /* ended by a row without table */

/* Once a day, and again without harm: dossiers whose term to complete or to replace has passed are returned, as the law
 * answers on ctx->today. Needs TX_WRITE. */
struct office_day {
    int64_t looked_at;
    int64_t returned;
    int64_t overdue; /* answers that the Centre owes */
};
const struct err *office_day(struct ctx *ctx, struct office_day *ret);

#endif
