/* Civil dates and terms. A date is a day number (0 = 1970-01-01, proleptic Gregorian, years 1 to 9999); there is no
 * time of day and no zone in it. Terms follow the texts: an ordinary term does not count the day of the event and
 * includes the last day (18.23 CONV-1); a full term counts neither (Law 55.19, art. 31); months and years clamp to the
 * month's end. */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"

struct date {
    int32_t days;
};
#define DATE_NONE ((struct date){.days = INT32_MIN}) /* no date: fields that may be empty */

enum term_unit { TERM_DAYS = 1, TERM_MONTHS, TERM_YEARS };
enum term_kind { TERM_ORDINARY = 1, TERM_FULL };
struct term {
    int32_t count;
    enum term_unit unit;
    enum term_kind kind;
};

bool date_is_none(struct date date);
/* False when the day does not exist. */
bool date_from_civil(int year, int month, int day, struct date *ret);
void date_to_civil(struct date date, int *ret_year, int *ret_month, int *ret_day);
/* "YYYY-MM-DD", the whole text, four-digit year; false otherwise. */
bool date_from_text(struct text text, struct date *ret);
struct text date_to_text(struct arena *arena, struct date date);
void date_print(struct date date, char out[11]); /* with NUL */
/* Calendar additions. False when the result leaves years 1 to 9999. */
bool date_add_days(struct date date, int64_t days, struct date *ret);
bool date_add_months(struct date date, int64_t months, struct date *ret);
bool date_add_years(struct date date, int64_t years, struct date *ret);
/* The last day on which an act is in time, for a term that runs from event. */
bool term_last_day(struct date event, struct term term, struct date *ret);
int32_t date_days_between(struct date from, struct date to);
/* The largest n with from + n years <= to; may be negative. */
int32_t date_years_between(struct date from, struct date to);
int date_weekday(struct date date); /* 1 Monday ... 7 Sunday, ISO 8601 */
int date_compare(struct date a, struct date b);

#endif
