/* Whether the cinemas of a ticketing system sent what they owe of a day (GET /api/v1/compliance/{day}, TICKETS.md). */
#ifndef BOXOFFICE_COMPLIANCE_H
#define BOXOFFICE_COMPLIANCE_H

#include "base/ctx.h"

/* {"day","screens":[{"screen","complete","late","screenings","unannounced","none","sold","cancelled","gross",
 * "gaps":[{"series","from","to"}],"flags":[{"norm","start","tickets","open"}]}]}. Late: the cinema day is over and
 * nothing came, neither a screening nor that there was none. Complete: something came, every screening was announced,
 * and no number is missing. Gaps are those of the series today. Results live in ctx->arena. */
const struct err *compliance_of_day(struct ctx *ctx, int64_t system, struct date day, struct text *ret);

#endif
