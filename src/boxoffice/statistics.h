/* Box office as open data: the day's ranking in the shape of KOBIS (DOMAIN.md), from counters. */
#ifndef BOXOFFICE_STATISTICS_H
#define BOXOFFICE_STATISTICS_H

#include "base/ctx.h"

enum { BOX_OFFICE_RANKS = 10 };
/* {"boxOfficeResult":{"boxofficeType","showRange","dailyBoxOfficeList":[...]}}: all values are strings, as there;
 * amounts in dirhams with two decimals. Titles in ctx->lang. Lives in ctx->arena. */
const struct err *box_office_daily(struct ctx *ctx, struct date day, struct text *ret);

#endif
