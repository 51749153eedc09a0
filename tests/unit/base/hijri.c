#include "base/hijri.h"

#include "../unit.h"

static struct date
day(const char *text)
{
    struct date date = DATE_NONE;
    assert_true(date_from_text(text_of(text), &date));
    return date;
}

static struct hijri
hijri_of(const char *date)
{
    struct hijri hijri = {0};
    if (!hijri_from_date(day(date), &hijri)) {
        fail_msg("%s has no Hijri date", date);
    }
    return hijri;
}

#define ASSERT_HIJRI(date, expected_day, expected_month, expected_year, expected_provisional)                          \
    do {                                                                                                               \
        const struct hijri found_ = hijri_of(date);                                                                    \
        if (found_.day != (expected_day) || found_.month != (expected_month) || found_.year != (expected_year) ||      \
            found_.provisional != (expected_provisional)) {                                                            \
            fail_msg("%s: %d/%d/%d%s", (date), found_.day, found_.month, found_.year,                                  \
                     found_.provisional ? " provisional" : "");                                                        \
        }                                                                                                              \
    } while (0)

static void
the_pairs_that_the_texts_print_hold(void **state)
{
    (void)state;
    static const struct {
        const char *date;
        int day;
        int month;
        int year;
    } printed[] = {
        {"2024-12-20", 18, 6, 1446},  {"2024-12-30", 28, 6, 1446},  {"2012-09-19", 2, 11, 1433},
        {"2012-08-17", 28, 9, 1433},  {"2012-03-12", 19, 4, 1433},  {"2011-08-02", 1, 9, 1432},
        {"2001-02-15", 21, 11, 1421}, {"1995-06-26", 27, 1, 1416},  {"2020-03-06", 11, 7, 1441},
        {"2001-10-23", 6, 8, 1422},   {"1994-04-02", 21, 10, 1414}, {"1995-02-01", 1, 9, 1415},
    };
    for (size_t i = 0; i < sizeof printed / sizeof printed[0]; i++) {
        ASSERT_HIJRI(printed[i].date, printed[i].day, printed[i].month, printed[i].year, false);
        const struct hijri hijri = {.year = printed[i].year, .month = printed[i].month, .day = printed[i].day};
        struct date back = DATE_NONE;
        assert_true(hijri_to_date(hijri, &back));
        assert_int_equal(back.days, day(printed[i].date).days);
    }
}

static void
a_month_without_announcement_is_provisional(void **state)
{
    (void)state;
    ASSERT_HIJRI("2026-11-24", 14, 6, 1448, true);
    ASSERT_HIJRI("2025-09-01", 9, 3, 1447, true);
}

static void
an_announced_month_is_exact_for_29_days_and_its_30th_waits_for_the_next_announcement(void **state)
{
    (void)state;
    ASSERT_HIJRI("2024-12-03", 1, 6, 1446, false);
    ASSERT_HIJRI("2024-12-31", 29, 6, 1446, false);
    const struct hijri after = hijri_of("2025-01-01");
    assert_true(after.provisional);
    assert_true((after.day == 30 && after.month == 6) || (after.day == 1 && after.month == 7));
    ASSERT_HIJRI("1995-06-28", 29, 1, 1416, false);
    ASSERT_HIJRI("1995-06-29", 30, 1, 1416, true);
    const struct hijri before = hijri_of("2024-12-02");
    assert_true(before.provisional);
    assert_int_equal(before.month, 5);
    assert_in_range(before.day, 29, 30);
}

/* The recorded pairs of texts signed abroad stand apart from the months around them; so may the days beside them. */
static bool
is_beside_a_pair(struct date date)
{
    static const char *const abroad[] = {"1994-04-02", "1995-02-01", "2001-10-23"};
    for (size_t i = 0; i < sizeof abroad / sizeof abroad[0]; i++) {
        const int32_t apart = date_days_between(day(abroad[i]), date);
        if (apart >= -1 && apart <= 1) {
            return true;
        }
    }
    return false;
}

static void
each_month_has_29_or_30_days_and_each_day_reads_back(void **state)
{
    (void)state;
    struct hijri before = hijri_of("1990-01-01");
    for (struct date date = day("1990-01-02"); date.days <= day("2030-01-01").days; date.days++) {
        struct hijri now = {0};
        assert_true(hijri_from_date(date, &now));
        const bool same_month = now.month == before.month && now.year == before.year && now.day == before.day + 1;
        const bool next_month = now.day == 1 && before.day >= 29 &&
                                (before.month == 12 ? now.month == 1 && now.year == before.year + 1
                                                    : now.month == before.month + 1 && now.year == before.year);
        before = now;
        if (is_beside_a_pair(date)) {
            continue;
        }
        if (!same_month && !next_month) {
            fail_msg("day %d: %d/%d/%d", date.days, now.day, now.month, now.year);
        }
        struct date back = DATE_NONE;
        assert_true(hijri_to_date(now, &back));
        assert_int_equal(back.days, date.days);
    }
}

static void
refuses_days_that_do_not_exist_and_years_out_of_range(void **state)
{
    (void)state;
    static const struct hijri wrong[] = {
        {.year = 1446, .month = 0, .day = 1},  {.year = 1446, .month = 13, .day = 1},
        {.year = 1446, .month = 6, .day = 0},  {.year = 1446, .month = 6, .day = 31},
        {.year = 1299, .month = 12, .day = 1}, {.year = 1601, .month = 1, .day = 1},
        {.year = 1446, .month = -1, .day = 1},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct date date = DATE_NONE;
        assert_false(hijri_to_date(wrong[i], &date));
        assert_true(date_is_none(date));
    }
    struct hijri hijri = {0};
    assert_false(hijri_from_date(day("0001-01-01"), &hijri));
    assert_false(hijri_from_date(day("9999-12-31"), &hijri));
    assert_false(hijri_from_date(day("1882-11-11"), &hijri));
    assert_false(hijri_from_date(day("2174-11-26"), &hijri));
    assert_false(hijri_from_date(DATE_NONE, &hijri));
    ASSERT_HIJRI("1882-11-12", 1, 1, 1300, true);
    assert_int_equal(hijri_of("2174-11-25").year, 1600);
}

static void
of_two_months_one_has_no_thirtieth(void **state)
{
    (void)state;
    int months_of_30 = 0;
    for (int month = 1; month <= 12; month++) {
        struct date date = DATE_NONE;
        assert_true(hijri_to_date((struct hijri){.year = 1447, .month = month, .day = 29}, &date));
        months_of_30 += hijri_to_date((struct hijri){.year = 1447, .month = month, .day = 30}, &date);
    }
    assert_in_range(months_of_30, 6, 7);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_pairs_that_the_texts_print_hold),
        cmocka_unit_test(a_month_without_announcement_is_provisional),
        cmocka_unit_test(an_announced_month_is_exact_for_29_days_and_its_30th_waits_for_the_next_announcement),
        cmocka_unit_test(each_month_has_29_or_30_days_and_each_day_reads_back),
        cmocka_unit_test(refuses_days_that_do_not_exist_and_years_out_of_range),
        cmocka_unit_test(of_two_months_one_has_no_thirtieth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
