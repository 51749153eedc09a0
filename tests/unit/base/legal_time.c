#include "base/legal_time.h"

#include "../unit.h"

static struct arena *arena;

static int
set_up(void **state)
{
    (void)state;
    arena = arena_new(1000000);
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static int64_t
instant(const char *text)
{
    int64_t at_ms = 0;
    if (!legal_time_from_text(text_of(text), &at_ms)) {
        fail_msg("%s is not a time", text);
    }
    return at_ms;
}

static void
each_change_of_the_hour_happens_at_its_second_and_not_before(void **state)
{
    (void)state;
    static const struct {
        const char *instant;
        int before;
        int after;
    } changes[] = {
        {"2012-04-29T02:00:00Z", 0, 60}, {"2018-06-17T02:00:00Z", 0, 60}, {"2018-10-28T02:00:00Z", 60, 60},
        {"2019-05-05T02:00:00Z", 60, 0}, {"2019-06-09T02:00:00Z", 0, 60}, {"2020-04-19T02:00:00Z", 60, 0},
        {"2020-05-31T02:00:00Z", 0, 60}, {"2021-04-11T02:00:00Z", 60, 0}, {"2021-05-16T02:00:00Z", 0, 60},
        {"2022-03-27T02:00:00Z", 60, 0}, {"2022-05-08T02:00:00Z", 0, 60}, {"2023-03-19T02:00:00Z", 60, 0},
        {"2023-04-23T02:00:00Z", 0, 60}, {"2024-03-10T02:00:00Z", 60, 0}, {"2024-04-14T02:00:00Z", 0, 60},
        {"2025-02-23T02:00:00Z", 60, 0}, {"2025-04-06T02:00:00Z", 0, 60}, {"2026-02-15T02:00:00Z", 60, 0},
        {"2026-03-22T02:00:00Z", 0, 60}, {"2026-09-20T01:00:00Z", 60, 0}, {"2027-02-07T02:00:00Z", 0, 0},
        {"2027-03-14T02:00:00Z", 0, 0},  {"9999-12-31T12:00:00Z", 0, 0},  {"0001-01-02T00:00:00Z", 0, 0},
        {"1969-12-31T23:59:59Z", 0, 0},  {"2013-07-07T02:00:00Z", 60, 0},
    };
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        const int64_t at_ms = instant(changes[i].instant);
        if (legal_offset_minutes(at_ms) != changes[i].after || legal_offset_minutes(at_ms - 1) != changes[i].before) {
            fail_msg("%s: from %d to %d", changes[i].instant, legal_offset_minutes(at_ms - 1),
                     legal_offset_minutes(at_ms));
        }
    }
}

static void
the_clock_goes_back_at_two_on_the_20th_of_september_2026(void **state)
{
    (void)state;
    ASSERT_TEXT(legal_time_text(arena, instant("2026-09-20T00:59:59.999Z")), "2026-09-20T01:59:59+01:00");
    ASSERT_TEXT(legal_time_text(arena, instant("2026-09-20T01:00:00Z")), "2026-09-20T01:00:00+00:00");
    ASSERT_TEXT(legal_time_text(arena, instant("2026-11-21T20:30:00Z")), "2026-11-21T20:30:00+00:00");
}

static void
the_legal_day_begins_an_hour_before_that_of_utc_while_the_offset_is_one_hour(void **state)
{
    (void)state;
    char day[11];
    date_print(legal_day(instant("2025-09-01T22:59:59Z")), day);
    assert_string_equal(day, "2025-09-01");
    date_print(legal_day(instant("2025-09-01T23:00:00Z")), day);
    assert_string_equal(day, "2025-09-02");
    date_print(legal_day(instant("2026-11-01T23:59:59.999Z")), day);
    assert_string_equal(day, "2026-11-01");
    date_print(legal_day(instant("2026-11-02T00:00:00Z")), day);
    assert_string_equal(day, "2026-11-02");
    date_print(legal_day(-1), day);
    assert_string_equal(day, "1969-12-31");
}

static void
reads_rfc_3339_in_all_its_forms(void **state)
{
    (void)state;
    assert_int_equal(instant("1970-01-01T00:00:00Z"), 0);
    assert_int_equal(instant("1970-01-01T00:00Z"), 0);
    assert_int_equal(instant("1970-01-01t01:00:00+01:00"), 0);
    assert_int_equal(instant("1969-12-31T23:30-00:30"), 0);
    assert_int_equal(instant("1970-01-01T00:00:00.5z"), 500);
    assert_int_equal(instant("1970-01-01T00:00:01.0019999Z"), 1001);
    assert_int_equal(instant("1969-12-31T23:59:59.999Z"), -1);
    assert_int_equal(instant("2026-09-20T01:30:00+01:00"), instant("2026-09-20T00:30:00Z"));
    assert_int_equal(instant("0001-01-01T00:00:00Z"), -62135596800000);
    assert_int_equal(instant("9999-12-31T23:59:59.999Z"), 253402300799999);
}

static void
refuses_times_that_are_malformed_or_do_not_exist(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        "2026-09-20",
        "2026-09-20T01:00:00",
        "2026-09-20 01:00:00Z",
        "2026-02-29T01:00:00Z",
        "2026-09-20T24:00:00Z",
        "2026-09-20T01:60:00Z",
        "2026-12-31T23:59:60Z",
        "2026-09-20T01:00:00.Z",
        "2026-09-20T01:00:00,5Z",
        "2026-09-20T01:00:00+0100",
        "2026-09-20T01:00:00+24:00",
        "2026-09-20T01:00:00+01:60",
        "2026-09-20T01:00:00ZZ",
        "2026-09-20T01:00:00 Z",
        "2026-09-20T1:00:00Z",
        "2026-09-20T01:0",
        "2026-09-20T01:00:0Z",
        "0001-01-01T00:59:00+01:00",
        "9999-12-31T23:00:00-01:00",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        int64_t at_ms = 42;
        if (legal_time_from_text(text_of(wrong[i]), &at_ms)) {
            fail_msg("%s was read", wrong[i]);
        }
        assert_int_equal(at_ms, 42);
    }
}

static void
what_is_written_reads_back_to_the_second_in_every_hour_of_fifteen_years(void **state)
{
    (void)state;
    const int64_t end = instant("2027-01-01T00:00Z");
    for (int64_t at_ms = instant("2012-01-01T00:00Z"); at_ms < end; at_ms += 3600000) {
        const struct arena_mark mark = arena_mark(arena);
        int64_t back = 0;
        assert_true(legal_time_from_text(legal_time_text(arena, at_ms), &back));
        assert_true(back == at_ms);
        arena_rewind(arena, mark);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_change_of_the_hour_happens_at_its_second_and_not_before),
        cmocka_unit_test(the_clock_goes_back_at_two_on_the_20th_of_september_2026),
        cmocka_unit_test(the_legal_day_begins_an_hour_before_that_of_utc_while_the_offset_is_one_hour),
        cmocka_unit_test(reads_rfc_3339_in_all_its_forms),
        cmocka_unit_test(refuses_times_that_are_malformed_or_do_not_exist),
        cmocka_unit_test(what_is_written_reads_back_to_the_second_in_every_hour_of_fifteen_years),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
