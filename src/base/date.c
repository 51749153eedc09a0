#include "base/date.h"

#include <assert.h>
#include <stddef.h>

enum { YEAR_MIN = 1, YEAR_MAX = 9999, DAYS_MIN = -719162, DAYS_MAX = 2932896 };
/* The calendar repeats every 400 years; counting starts on 0000-03-01, so that a leap day ends its year. */
enum { DAYS_PER_ERA = 146097, DAYS_TO_EPOCH = 719468 };

static int days_in_month(int year, int month);
static bool is_leap(int year);
static bool is_valid(struct date date);
static bool read_digits(struct text text, size_t from, size_t to, int *ret);
static void print_digits(char *at, int count, int value);

bool
date_is_none(struct date date)
{
    return date.days == INT32_MIN;
}

bool
date_from_civil(int year, int month, int day, struct date *ret)
{
    if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) {
        return false;
    }
    const int shifted = month <= 2 ? year - 1 : year;
    const int era = shifted / 400;
    const int year_of_era = shifted - era * 400;
    const int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    ret->days = era * DAYS_PER_ERA + day_of_era - DAYS_TO_EPOCH;
    return true;
}

void
date_to_civil(struct date date, int *ret_year, int *ret_month, int *ret_day)
{
    assert(is_valid(date));

    const int days = date.days + DAYS_TO_EPOCH;
    const int era = days / DAYS_PER_ERA;
    const int day_of_era = days - era * DAYS_PER_ERA;
    const int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int month_from_march = (5 * day_of_year + 2) / 153;
    *ret_day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    *ret_month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    *ret_year = year_of_era + era * 400 + (*ret_month <= 2);
}

bool
date_from_text(struct text text, struct date *ret)
{
    int year = 0;
    int month = 0;
    int day = 0;
    return text.len == 10 && text.at[4] == '-' && text.at[7] == '-' && read_digits(text, 0, 4, &year) &&
           read_digits(text, 5, 7, &month) && read_digits(text, 8, 10, &day) && date_from_civil(year, month, day, ret);
}

struct text
date_to_text(struct arena *arena, struct date date)
{
    char out[11];
    date_print(date, out);
    return text_copy(arena, text_of(out));
}

void
date_print(struct date date, char out[11])
{
    if (date_is_none(date)) {
        out[0] = '\0';
        return;
    }
    int year = 0;
    int month = 0;
    int day = 0;
    date_to_civil(date, &year, &month, &day);
    print_digits(out, 4, year);
    out[4] = '-';
    print_digits(out + 5, 2, month);
    out[7] = '-';
    print_digits(out + 8, 2, day);
    out[10] = '\0';
}

bool
date_add_days(struct date date, int64_t days, struct date *ret)
{
    assert(is_valid(date));

    int64_t sum = 0;
    if (__builtin_add_overflow(days, date.days, &sum) || sum < DAYS_MIN || sum > DAYS_MAX) {
        return false;
    }
    ret->days = (int32_t)sum;
    return true;
}

bool
date_add_months(struct date date, int64_t months, struct date *ret)
{
    int year = 0;
    int month = 0;
    int day = 0;
    date_to_civil(date, &year, &month, &day);
    int64_t index = 0; /* months since January of year 0 */
    if (__builtin_add_overflow(months, (int64_t)year * 12 + month - 1, &index) || index < YEAR_MIN * 12 ||
        index >= (YEAR_MAX + 1) * 12) {
        return false;
    }
    const int new_year = (int)(index / 12);
    const int new_month = (int)(index % 12) + 1;
    const int last = days_in_month(new_year, new_month);
    return date_from_civil(new_year, new_month, day < last ? day : last, ret);
}

bool
date_add_years(struct date date, int64_t years, struct date *ret)
{
    int64_t months = 0;
    return !__builtin_mul_overflow(years, 12, &months) && date_add_months(date, months, ret);
}

bool
term_last_day(struct date event, struct term term, struct date *ret)
{
    assert(term.kind == TERM_ORDINARY || term.kind == TERM_FULL);
    assert(term.unit >= TERM_DAYS && term.unit <= TERM_YEARS);

    if (term.count < 0) {
        return false;
    }
    struct date last = event;
    const bool fits = term.unit == TERM_DAYS     ? date_add_days(event, term.count, &last)
                      : term.unit == TERM_MONTHS ? date_add_months(event, term.count, &last)
                                                 : date_add_years(event, term.count, &last);
    /* A full term counts neither its first nor its last day: one day more (Law 55.19, art. 31). */
    if (!fits || (term.kind == TERM_FULL && !date_add_days(last, 1, &last))) {
        return false;
    }
    *ret = last;
    return true;
}

int32_t
date_days_between(struct date from, struct date to)
{
    assert(is_valid(from) && is_valid(to));
    return to.days - from.days;
}

int32_t
date_years_between(struct date from, struct date to)
{
    int year_from = 0;
    int year_to = 0;
    int month = 0;
    int day = 0;
    date_to_civil(from, &year_from, &month, &day);
    date_to_civil(to, &year_to, &month, &day);
    const int years = year_to - year_from;
    struct date anniversary = from;
    const bool fits = date_add_years(from, years, &anniversary);
    assert(fits); /* it falls in the year of to */
    return anniversary.days <= to.days ? years : years - 1;
}

int
date_weekday(struct date date)
{
    assert(is_valid(date));
    return (date.days - DAYS_MIN) % 7 + 1; /* 0001-01-01 is a Monday */
}

int
date_compare(struct date a, struct date b)
{
    return (a.days > b.days) - (a.days < b.days);
}

static int
days_in_month(int year, int month)
{
    static const int days[13] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month] + (month == 2 && is_leap(year));
}

static bool
is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static bool
is_valid(struct date date)
{
    return date.days >= DAYS_MIN && date.days <= DAYS_MAX;
}

static bool
read_digits(struct text text, size_t from, size_t to, int *ret)
{
    int value = 0;
    for (size_t i = from; i < to; i++) {
        if (text.at[i] < '0' || text.at[i] > '9') {
            return false;
        }
        value = value * 10 + (text.at[i] - '0');
    }
    *ret = value;
    return true;
}

static void
print_digits(char *at, int count, int value)
{
    for (int i = count - 1; i >= 0; i--) {
        at[i] = (char)('0' + value % 10);
        value /= 10;
    }
}
