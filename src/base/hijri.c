#include "base/hijri.h"

#include <assert.h>
#include <stddef.h>
#include <stdlib.h>

#include <unicode/ucal.h>

enum { YEAR_MIN = 1300, YEAR_MAX = 1600, MONTH_DAYS_MIN = 29, MONTH_DAYS_MAX = 30 };

/* A month counted from Muharram of year 0; the Gregorian day of its first day. */
struct month_start {
    int year;
    int month;
    const char *first_day;
};

/* Each row follows from a pair of dates that a Moroccan text prints. Add the announced month starts here, in order. */
static const struct month_start announced[] = {
    {1416, 1, "1995-05-31"},  /* 27 Muharram 1416 = 1995-06-26: dahir 1.95.115, cited in 18.23/105 */
    {1421, 11, "2001-01-26"}, /* 21 Dhu al-Qi'da 1421 = 2001-02-15: dahir 1.01.36, cited in 18.23/105 */
    {1432, 9, "2011-08-02"},  /* 1 Ramadan 1432 = 2011-08-02: dahir 1.02.199 on the agreement with Syria */
    {1433, 4, "2012-02-23"},  /* 19 Rabi' II 1433 = 2012-03-12: Official Bulletin 6029 */
    {1433, 9, "2012-07-21"},  /* 28 Ramadan 1433 = 2012-08-17: decree 2.12.325, cited in 2490.12 */
    {1433, 11, "2012-09-18"}, /* 2 Dhu al-Qi'da 1433 = 2012-09-19: joint order 2490.12 */
    {1441, 7, "2020-02-25"},  /* 11 Rajab 1441 = 2020-03-06: dahir 1.20.07, cited in 18.23/105 */
    {1446, 6,
     "2024-12-03"}, /* 18 Jumada II 1446 = 2024-12-20: dahir 1.24.67; 28 = 2024-12-30: Official Bulletin 7365 */
};

/* Pairs printed where other announcements held: the record of that day, and of no other. The pair of the dahir of 1949
 * (18.23/105/1.1: 28 Shawwal 1368, 25 July 1949) is not here: its month and its date do not correspond. */
static const struct pair {
    int year;
    int month;
    int day;
    const char *date;
} pairs[] = {
    {1414, 10, 21, "1994-04-02"}, /* UMA-1994, signed at Tunis */
    {1415, 9, 1, "1995-02-01"},   /* UMA-1994, ratified at Algiers */
    {1422, 8, 6, "2001-10-23"},   /* MA-SY-2001, signed at Damascus */
};

/* The first day of a month, and whether it is known. */
struct known_day {
    int32_t days;
    bool is_exact;
};

static int month_index(int year, int month);
static int32_t days_of(const char *date);
static UCalendar *calendar_open(void);
static void calendar_close(UCalendar **calendar);
static int month_at(UCalendar *calendar, struct date date);
static struct known_day start_of(UCalendar *calendar, int index);
static int32_t umm_al_qura_start(UCalendar *calendar, int index);

bool
hijri_from_date(struct date date, struct hijri *ret)
{
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        if (days_of(pairs[i].date) == date.days) {
            *ret = (struct hijri){.year = pairs[i].year, .month = pairs[i].month, .day = pairs[i].day};
            return true;
        }
    }
    if (date_is_none(date)) {
        return false;
    }
    UCalendar *calendar DEFER(calendar_close) = calendar_open();
    int index = month_at(calendar, date);
    /* An announcement moves a month by a day or two at most: the month is this one or a neighbour. */
    while (start_of(calendar, index).days > date.days) {
        index--;
    }
    while (start_of(calendar, index + 1).days <= date.days) {
        index++;
    }
    if (index < month_index(YEAR_MIN, 1) || index > month_index(YEAR_MAX, 12)) {
        return false;
    }
    const struct known_day start = start_of(calendar, index);
    const int day = date.days - start.days + 1;
    assert(day >= 1 && day <= MONTH_DAYS_MAX);
    *ret = (struct hijri){
        .year = index / 12,
        .month = index % 12 + 1,
        .day = day,
        .provisional = !start.is_exact || (day > MONTH_DAYS_MIN && !start_of(calendar, index + 1).is_exact),
    };
    return true;
}

bool
hijri_to_date(struct hijri hijri, struct date *ret)
{
    if (hijri.year < YEAR_MIN || hijri.year > YEAR_MAX || hijri.month < 1 || hijri.month > 12 || hijri.day < 1 ||
        hijri.day > MONTH_DAYS_MAX) {
        return false;
    }
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        if (pairs[i].year == hijri.year && pairs[i].month == hijri.month && pairs[i].day == hijri.day) {
            ret->days = days_of(pairs[i].date);
            return true;
        }
    }
    UCalendar *calendar DEFER(calendar_close) = calendar_open();
    const int index = month_index(hijri.year, hijri.month);
    const int32_t days = start_of(calendar, index).days + hijri.day - 1;
    if (days >= start_of(calendar, index + 1).days) {
        return false;
    }
    ret->days = days;
    return true;
}

static int
month_index(int year, int month)
{
    return year * 12 + month - 1;
}

static int32_t
days_of(const char *date)
{
    struct date day = DATE_NONE;
    const bool is_date = date_from_text(text_of(date), &day);
    assert(is_date);
    return day.days;
}

static UCalendar *
calendar_open(void)
{
    static const UChar utc[] = u"UTC";
    UErrorCode status = U_ZERO_ERROR;
    UCalendar *calendar = ucal_open(utc, -1, "@calendar=islamic-umalqura", UCAL_TRADITIONAL, &status);
    if (U_FAILURE(status) || calendar == NULL) {
        abort();
    }
    return calendar;
}

static void
calendar_close(UCalendar **calendar)
{
    ucal_close(*calendar);
}

/* ICU's instants are doubles; a whole number of days is exact in one. */
static int
month_at(UCalendar *calendar, struct date date)
{
    UErrorCode status = U_ZERO_ERROR;
    /* tidy: exact: see above */
    ucal_setMillis(calendar, (double)date.days * U_MILLIS_PER_DAY, &status);
    const int year = ucal_get(calendar, UCAL_EXTENDED_YEAR, &status);
    const int month = ucal_get(calendar, UCAL_MONTH, &status);
    if (U_FAILURE(status)) {
        abort();
    }
    return month_index(year, month + 1);
}

/* Every announcement bounds every other month, because a month has 29 or 30 days. Umm al-Qura is moved into these
 * bounds: its months are 29 or 30 days long, so are those at the bounds, and so then are the months between the two.
 * Where both bounds meet, the start is known. */
static struct known_day
start_of(UCalendar *calendar, int index)
{
    int32_t least = INT32_MIN;
    int32_t most = INT32_MAX;
    for (size_t i = 0; i < sizeof announced / sizeof announced[0]; i++) {
        const int32_t first = days_of(announced[i].first_day);
        const int months = index - month_index(announced[i].year, announced[i].month);
        const int32_t low = first + months * (months > 0 ? MONTH_DAYS_MIN : MONTH_DAYS_MAX);
        const int32_t high = first + months * (months > 0 ? MONTH_DAYS_MAX : MONTH_DAYS_MIN);
        least = low > least ? low : least;
        most = high < most ? high : most;
    }
    assert(least <= most); /* the table contradicts itself */
    const int32_t computed = umm_al_qura_start(calendar, index);
    const int32_t days = computed < least ? least : computed > most ? most : computed;
    return (struct known_day){.days = days, .is_exact = least == most};
}

static int32_t
umm_al_qura_start(UCalendar *calendar, int index)
{
    UErrorCode status = U_ZERO_ERROR;
    ucal_clear(calendar);
    ucal_set(calendar, UCAL_EXTENDED_YEAR, index / 12);
    ucal_set(calendar, UCAL_MONTH, index % 12);
    ucal_set(calendar, UCAL_DAY_OF_MONTH, 1);
    const UDate ms = ucal_getMillis(calendar, &status);
    if (U_FAILURE(status)) {
        abort();
    }
    return (int32_t)(ms / U_MILLIS_PER_DAY);
}
