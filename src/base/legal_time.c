#include "base/legal_time.h"

#include <assert.h>
#include <stddef.h>

enum { MS_PER_MINUTE = 60 * 1000, MS_PER_DAY = 24 * 60 * MS_PER_MINUTE, MINUTES_PER_DAY = 24 * 60 };

/* From this hour (UTC) until the next row, legal time is that many minutes ahead of UTC. */
struct offset_row {
    int64_t from_hour; /* YYYYMMDDHH: rows are read by people */
    int minutes;
};

/* Sources: (a) decree 2.18.855 of 2018-10-26, BO 6720 bis: UTC+1 all year from 2018-10-28, which Ramadan suspends; (b)
 * tz database 2026c, file africa, rules Morocco: summer time before (a), suspended in Ramadan too, and the hour of each
 * change; (c) decree 2.26.530, BO 7521, which repeals 2.18.855, with tz database 2026c: UTC+0 for good from 2026-09-20
 * at 02:00 legal time. */
static const struct offset_row rows[] = {
    {2012042902, 60}, {2012072002, 0},  {2012082002, 60}, {2012093002, 0}, /* summer time 2012 (b) */
    {2013042802, 60}, {2013070702, 0},  {2013081002, 60}, {2013102702, 0}, /* 2013 (b) */
    {2014033002, 60}, {2014062802, 0},  {2014080202, 60}, {2014102602, 0}, /* 2014 (b) */
    {2015032902, 60}, {2015061402, 0},  {2015071902, 60}, {2015102502, 0}, /* 2015 (b) */
    {2016032702, 60}, {2016060502, 0},  {2016071002, 60}, {2016103002, 0}, /* 2016 (b) */
    {2017032602, 60}, {2017052102, 0},  {2017070202, 60}, {2017102902, 0}, /* 2017 (b) */
    {2018032502, 60}, {2018051302, 0},  {2018061702, 60},                  /* 2018 (b); kept from 2018-10-28 on (a) */
    {2019050502, 0},  {2019060902, 60},                                    /* Ramadan 1440 (b) */
    {2020041902, 0},  {2020053102, 60},                                    /* Ramadan 1441 (b) */
    {2021041102, 0},  {2021051602, 60},                                    /* Ramadan 1442 (b) */
    {2022032702, 0},  {2022050802, 60},                                    /* Ramadan 1443 (b) */
    {2023031902, 0},  {2023042302, 60},                                    /* Ramadan 1444 (b) */
    {2024031002, 0},  {2024041402, 60},                                    /* Ramadan 1445 (b) */
    {2025022302, 0},  {2025040602, 60},                                    /* Ramadan 1446 (b) */
    {2026021502, 0},  {2026032202, 60},                                    /* Ramadan 1447 (b) */
    {2026092001, 0},                                                       /* for good (c): 02:00 at UTC+1 */
};

/* Where a reader of a text stands. */
struct cursor {
    struct text text;
    size_t at;
};

static struct date day_at(int64_t utc_ms, int64_t *ret_ms_of_day);
static bool read_time(struct cursor *cursor, int64_t *ret_ms);
static bool read_fraction(struct cursor *cursor, int64_t *ret_ms);
static bool read_offset(struct cursor *cursor, int *ret_minutes);
static bool read_two_digits(struct cursor *cursor, int most, int *ret);
static bool accept(struct cursor *cursor, char upper, char lower);

int
legal_offset_minutes(int64_t at_ms)
{
    int year = 0;
    int month = 0;
    int day = 0;
    int64_t ms_of_day = 0;
    date_to_civil(day_at(at_ms, &ms_of_day), &year, &month, &day);
    const int64_t hour = ((year * 100LL + month) * 100 + day) * 100 + ms_of_day / (60 * MS_PER_MINUTE);
    for (size_t i = sizeof rows / sizeof rows[0]; i > 0; i--) {
        if (rows[i - 1].from_hour <= hour) {
            return rows[i - 1].minutes;
        }
    }
    return 0;
}

struct date
legal_day(int64_t at_ms)
{
    int64_t ms_of_day = 0;
    return day_at(at_ms + (int64_t)legal_offset_minutes(at_ms) * MS_PER_MINUTE, &ms_of_day);
}

struct text
legal_time_text(struct arena *arena, int64_t at_ms)
{
    const int offset = legal_offset_minutes(at_ms);
    int64_t ms_of_day = 0;
    char day[11];
    date_print(day_at(at_ms + (int64_t)offset * MS_PER_MINUTE, &ms_of_day), day);
    const int seconds = (int)(ms_of_day / 1000);
    return text_printf(arena, "%sT%02d:%02d:%02d+%02d:%02d", day, seconds / 3600, seconds / 60 % 60, seconds % 60,
                       offset / 60, offset % 60);
}

bool
legal_time_from_text(struct text text, int64_t *ret_ms)
{
    struct date day = DATE_NONE;
    int64_t ms_of_day = 0;
    int offset = 0;
    struct cursor cursor = {.text = text, .at = 10};
    if (text.len < cursor.at || !date_from_text(text_slice(text, 0, cursor.at), &day) || !accept(&cursor, 'T', 't') ||
        !read_time(&cursor, &ms_of_day) || !read_offset(&cursor, &offset) || cursor.at != text.len) {
        return false;
    }
    const int64_t minute = ms_of_day / MS_PER_MINUTE - offset;
    const int shift = minute < 0 ? -1 : minute >= MINUTES_PER_DAY ? 1 : 0;
    struct date utc_day = DATE_NONE;
    if (!date_add_days(day, shift, &utc_day)) {
        return false;
    }
    *ret_ms = (int64_t)day.days * MS_PER_DAY + ms_of_day - (int64_t)offset * MS_PER_MINUTE;
    return true;
}

static struct date
day_at(int64_t utc_ms, int64_t *ret_ms_of_day)
{
    int64_t days = utc_ms / MS_PER_DAY;
    *ret_ms_of_day = utc_ms % MS_PER_DAY;
    if (*ret_ms_of_day < 0) {
        *ret_ms_of_day += MS_PER_DAY;
        days--;
    }
    struct date day = DATE_NONE;
    const bool is_in_range = date_add_days((struct date){0}, days, &day);
    assert(is_in_range);
    return day;
}

static bool
read_time(struct cursor *cursor, int64_t *ret_ms)
{
    int hour = 0;
    int minute = 0;
    int second = 0;
    int64_t fraction_ms = 0;
    if (!read_two_digits(cursor, 23, &hour) || !accept(cursor, ':', ':') || !read_two_digits(cursor, 59, &minute)) {
        return false;
    }
    if (accept(cursor, ':', ':') && (!read_two_digits(cursor, 59, &second) || !read_fraction(cursor, &fraction_ms))) {
        return false;
    }
    *ret_ms = (hour * 60LL + minute) * MS_PER_MINUTE + second * 1000LL + fraction_ms;
    return true;
}

static bool
read_fraction(struct cursor *cursor, int64_t *ret_ms)
{
    if (!accept(cursor, '.', '.')) {
        return true;
    }
    int64_t worth = 100;
    const size_t begin = cursor->at;
    for (; cursor->at < cursor->text.len; cursor->at++, worth /= 10) {
        const char digit = cursor->text.at[cursor->at];
        if (digit < '0' || digit > '9') {
            break;
        }
        *ret_ms += (digit - '0') * worth;
    }
    return cursor->at > begin;
}

static bool
read_offset(struct cursor *cursor, int *ret_minutes)
{
    if (accept(cursor, 'Z', 'z')) {
        *ret_minutes = 0;
        return true;
    }
    const bool is_behind = accept(cursor, '-', '-');
    int hours = 0;
    int minutes = 0;
    if ((!is_behind && !accept(cursor, '+', '+')) || !read_two_digits(cursor, 23, &hours) ||
        !accept(cursor, ':', ':') || !read_two_digits(cursor, 59, &minutes)) {
        return false;
    }
    *ret_minutes = (hours * 60 + minutes) * (is_behind ? -1 : 1);
    return true;
}

static bool
read_two_digits(struct cursor *cursor, int most, int *ret)
{
    if (cursor->text.len - cursor->at < 2) {
        return false;
    }
    int value = 0;
    for (int i = 0; i < 2; i++) {
        const char digit = cursor->text.at[cursor->at++];
        if (digit < '0' || digit > '9') {
            return false;
        }
        value = value * 10 + (digit - '0');
    }
    *ret = value;
    return value <= most;
}

static bool
accept(struct cursor *cursor, char upper, char lower)
{
    if (cursor->at == cursor->text.len ||
        (cursor->text.at[cursor->at] != upper && cursor->text.at[cursor->at] != lower)) {
        return false;
    }
    cursor->at++;
    return true;
}
