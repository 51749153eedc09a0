/* Numbers, money and days as people of Morocco write them: ar-MA (Western digits, Moroccan months), fr-MA, en. Symbols
 * and month names are ICU's, read once; the writing is ours, as opening a formatter for each number costs more than a
 * page. Hijri days come from base/hijri.h, never from ICU. */
#ifndef WEB_LOCALE_H
#define WEB_LOCALE_H

#include "base/ctx.h"
#include "base/money.h"

struct text locale_int(struct arena *arena, enum lang lang, int64_t number);
/* value x 10^places: locale_decimal(…, 1234, 2) is "12,34". */
struct text locale_decimal(struct arena *arena, enum lang lang, int64_t value, int places);
struct text locale_money(struct arena *arena, enum lang lang, struct money money); /* with the currency */
struct text locale_date(struct arena *arena, enum lang lang, struct date date);    /* 25 November 2026 */
struct text locale_month(struct arena *arena, enum lang lang, int year, int month);
struct text locale_hijri(struct arena *arena, enum lang lang, struct date date); /* at NULL when unknown */
/* Both calendars, and whether the Hijri one is provisional. */
struct text locale_dates(struct ctx *ctx, struct date date);
struct text locale_instant(struct arena *arena, enum lang lang, int64_t at_ms); /* day and hour, legal time */

#endif
