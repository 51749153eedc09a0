#include "base/date.h"

#include "../unit.h"

static struct date
day(const char *text)
{
    struct date date = DATE_NONE;
    if (!date_from_text(text_of(text), &date)) {
        fail_msg("%s is not a date", text);
    }
    return date;
}

#define ASSERT_DAY(date, expected)                                                                                     \
    do {                                                                                                               \
        char printed_[11];                                                                                             \
        date_print((date), printed_);                                                                                  \
        assert_string_equal(printed_, (expected));                                                                     \
    } while (0)

static void
every_day_of_years_1_to_9999_goes_to_civil_and_back_in_order(void **state)
{
    (void)state;
    struct date date = day("0001-01-01");
    const struct date last = day("9999-12-31");
    int year_before = 0;
    int month_before = 12;
    int day_before = 31;
    int32_t count = 0;
    for (;; date.days++, count++) {
        int year = 0;
        int month = 0;
        int day_of_month = 0;
        date_to_civil(date, &year, &month, &day_of_month);
        struct date back = DATE_NONE;
        assert_true(date_from_civil(year, month, day_of_month, &back));
        assert_int_equal(back.days, date.days);
        const bool same_month = year == year_before && month == month_before && day_of_month == day_before + 1;
        const bool next_month = year == year_before && month == month_before + 1 && day_of_month == 1;
        const bool next_year = year == year_before + 1 && month == 1 && month_before == 12 && day_of_month == 1;
        assert_true(same_month || next_month || next_year);
        year_before = year;
        month_before = month;
        day_before = day_of_month;
        if (date.days == last.days) {
            break;
        }
    }
    assert_int_equal(count, 3652058);
}

static void
day_zero_is_the_first_of_january_1970(void **state)
{
    (void)state;
    assert_int_equal(day("1970-01-01").days, 0);
    assert_int_equal(day("2000-03-01").days, 11017);
    assert_int_equal(day("2025-09-01").days, 20332);
}

static void
refuses_days_that_do_not_exist_and_texts_that_are_not_dates(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",           "2025-02-29", "1900-02-29", "2024-02-30", "2025-04-31", "2025-13-01",  "2025-00-10",
        "2025-01-00", "0000-12-31", "2025-1-01",  "25-01-01",   "2025/01/01", "2025-01-01 ", " 025-01-01",
        "2025-01-1x", "-025-01-01", "10000-1-01", "2025-01-32",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct date date = DATE_NONE;
        assert_false(date_from_text(text_of(wrong[i]), &date));
        assert_true(date_is_none(date));
    }
    struct date date = DATE_NONE;
    assert_false(date_from_civil(10000, 1, 1, &date));
    assert_false(date_from_civil(0, 1, 1, &date));
    assert_false(date_from_civil(2025, INT32_MIN, 1, &date));
}

static void
knows_leap_days_by_the_rule_of_4_100_and_400(void **state)
{
    (void)state;
    assert_int_equal(date_days_between(day("2000-02-28"), day("2000-03-01")), 2);
    assert_int_equal(date_days_between(day("1900-02-28"), day("1900-03-01")), 1);
    assert_int_equal(date_days_between(day("2024-02-28"), day("2024-03-01")), 2);
    assert_int_equal(date_days_between(day("2025-03-01"), day("2025-02-28")), -1);
}

static void
adding_months_clamps_to_the_end_of_the_month(void **state)
{
    (void)state;
    struct date date = DATE_NONE;
    assert_true(date_add_months(day("2025-08-31"), 6, &date));
    ASSERT_DAY(date, "2026-02-28");
    assert_true(date_add_months(day("2023-08-31"), 6, &date));
    ASSERT_DAY(date, "2024-02-29");
    assert_true(date_add_months(day("2025-08-28"), 6, &date));
    ASSERT_DAY(date, "2026-02-28");
    assert_true(date_add_months(day("2025-03-31"), -1, &date));
    ASSERT_DAY(date, "2025-02-28");
    assert_true(date_add_months(day("2025-01-15"), -13, &date));
    ASSERT_DAY(date, "2023-12-15");
    assert_true(date_add_years(day("2024-02-29"), 1, &date));
    ASSERT_DAY(date, "2025-02-28");
    assert_true(date_add_years(day("2024-02-29"), 4, &date));
    ASSERT_DAY(date, "2028-02-29");
    assert_true(date_add_years(day("2024-02-29"), -1, &date));
    ASSERT_DAY(date, "2023-02-28");
}

static void
additions_stop_at_the_bounds_of_years_1_and_9999_and_leave_the_result_alone(void **state)
{
    (void)state;
    struct date date = DATE_NONE;
    assert_true(date_add_days(day("9999-12-30"), 1, &date));
    ASSERT_DAY(date, "9999-12-31");
    assert_false(date_add_days(day("9999-12-31"), 1, &date));
    assert_false(date_add_days(day("0001-01-01"), -1, &date));
    assert_false(date_add_days(day("9999-12-31"), INT64_MAX, &date));
    assert_false(date_add_days(day("0001-01-01"), INT64_MIN, &date));
    assert_true(date_add_months(day("9999-11-30"), 1, &date));
    assert_false(date_add_months(day("9999-12-01"), 1, &date));
    assert_true(date_add_months(day("0001-02-01"), -1, &date));
    ASSERT_DAY(date, "0001-01-01");
    assert_false(date_add_months(day("0001-01-31"), -1, &date));
    assert_false(date_add_months(day("0001-01-31"), INT64_MIN, &date));
    assert_false(date_add_months(day("0001-01-31"), INT64_MAX, &date));
    assert_false(date_add_years(day("2025-01-01"), INT64_MAX, &date));
    assert_false(date_add_years(day("2025-01-01"), INT64_MIN, &date));
    ASSERT_DAY(date, "0001-01-01");
}

static struct date
last_day(const char *event, int32_t count, enum term_unit unit, enum term_kind kind)
{
    struct date last = DATE_NONE;
    assert_true(term_last_day(day(event), (struct term){.count = count, .unit = unit, .kind = kind}, &last));
    return last;
}

static void
an_ordinary_term_of_ten_days_ends_on_the_tenth_and_a_full_one_on_the_eleventh(void **state)
{
    (void)state;
    ASSERT_DAY(last_day("2025-09-01", 10, TERM_DAYS, TERM_ORDINARY), "2025-09-11");
    ASSERT_DAY(last_day("2025-09-01", 10, TERM_DAYS, TERM_FULL), "2025-09-12");
    ASSERT_DAY(last_day("2024-02-19", 10, TERM_DAYS, TERM_ORDINARY), "2024-02-29");
    ASSERT_DAY(last_day("2024-02-19", 10, TERM_DAYS, TERM_FULL), "2024-03-01");
    ASSERT_DAY(last_day("2025-09-01", 0, TERM_DAYS, TERM_ORDINARY), "2025-09-01");
}

static void
a_full_term_in_months_or_years_clamps_first_and_then_adds_its_day(void **state)
{
    (void)state;
    ASSERT_DAY(last_day("2025-08-31", 6, TERM_MONTHS, TERM_ORDINARY), "2026-02-28");
    ASSERT_DAY(last_day("2025-08-31", 6, TERM_MONTHS, TERM_FULL), "2026-03-01");
    ASSERT_DAY(last_day("2024-02-29", 1, TERM_YEARS, TERM_ORDINARY), "2025-02-28");
    ASSERT_DAY(last_day("2024-02-29", 1, TERM_YEARS, TERM_FULL), "2025-03-01");
    ASSERT_DAY(last_day("2025-10-30", 2, TERM_MONTHS, TERM_FULL), "2025-12-31");
}

static void
a_term_that_leaves_the_calendar_or_runs_backwards_has_no_last_day(void **state)
{
    (void)state;
    struct date last = day("2025-01-01");
    assert_false(term_last_day(day("9999-12-31"), (struct term){1, TERM_DAYS, TERM_ORDINARY}, &last));
    assert_false(term_last_day(day("9999-12-30"), (struct term){1, TERM_DAYS, TERM_FULL}, &last));
    assert_false(term_last_day(day("2025-12-30"), (struct term){INT32_MAX, TERM_YEARS, TERM_FULL}, &last));
    assert_false(term_last_day(day("2025-12-30"), (struct term){-1, TERM_DAYS, TERM_ORDINARY}, &last));
    ASSERT_DAY(last, "2025-01-01");
    assert_true(term_last_day(day("9999-12-30"), (struct term){1, TERM_DAYS, TERM_ORDINARY}, &last));
    ASSERT_DAY(last, "9999-12-31");
}

static void
whole_years_between_two_days_count_anniversaries(void **state)
{
    (void)state;
    assert_int_equal(date_years_between(day("2007-09-01"), day("2025-08-31")), 17);
    assert_int_equal(date_years_between(day("2007-09-01"), day("2025-09-01")), 18);
    assert_int_equal(date_years_between(day("2024-02-29"), day("2025-02-27")), 0);
    assert_int_equal(date_years_between(day("2024-02-29"), day("2025-02-28")), 1);
    assert_int_equal(date_years_between(day("2025-09-01"), day("2025-08-31")), -1);
    assert_int_equal(date_years_between(day("2025-09-01"), day("2024-09-01")), -1);
    assert_int_equal(date_years_between(day("2025-09-01"), day("2024-08-31")), -2);
    assert_int_equal(date_years_between(day("0001-01-01"), day("9999-12-31")), 9998);
}

static void
weekdays_follow_iso_8601(void **state)
{
    (void)state;
    assert_int_equal(date_weekday(day("1970-01-01")), 4);
    assert_int_equal(date_weekday(day("2025-09-01")), 1);
    assert_int_equal(date_weekday(day("2026-09-20")), 7);
    assert_int_equal(date_weekday(day("0001-01-01")), 1);
    assert_int_equal(date_weekday(day("9999-12-31")), 5);
}

static void
no_date_prints_as_nothing_and_sorts_before_every_date(void **state)
{
    (void)state;
    struct arena *arena = arena_new(100000);
    ASSERT_TEXT(date_to_text(arena, DATE_NONE), "");
    ASSERT_TEXT(date_to_text(arena, day("0099-05-07")), "0099-05-07");
    assert_true(date_compare(DATE_NONE, day("0001-01-01")) < 0);
    assert_true(date_compare(day("2025-09-01"), day("2025-08-31")) > 0);
    assert_int_equal(date_compare(day("2025-09-01"), day("2025-09-01")), 0);
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_of_years_1_to_9999_goes_to_civil_and_back_in_order),
        cmocka_unit_test(day_zero_is_the_first_of_january_1970),
        cmocka_unit_test(refuses_days_that_do_not_exist_and_texts_that_are_not_dates),
        cmocka_unit_test(knows_leap_days_by_the_rule_of_4_100_and_400),
        cmocka_unit_test(adding_months_clamps_to_the_end_of_the_month),
        cmocka_unit_test(additions_stop_at_the_bounds_of_years_1_and_9999_and_leave_the_result_alone),
        cmocka_unit_test(an_ordinary_term_of_ten_days_ends_on_the_tenth_and_a_full_one_on_the_eleventh),
        cmocka_unit_test(a_full_term_in_months_or_years_clamps_first_and_then_adds_its_day),
        cmocka_unit_test(a_term_that_leaves_the_calendar_or_runs_backwards_has_no_last_day),
        cmocka_unit_test(whole_years_between_two_days_count_anniversaries),
        cmocka_unit_test(weekdays_follow_iso_8601),
        cmocka_unit_test(no_date_prints_as_nothing_and_sorts_before_every_date),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
