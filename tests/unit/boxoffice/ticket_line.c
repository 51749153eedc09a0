#include "boxoffice/ticket_line.h"

#include <stdio.h>
#include <string.h>

#include "../unit.h"

static const char sale[] =
    "{\"screen\":\"0012-03\",\"start\":\"2026-11-21T20:30+00:00\",\"series\":\"N1\",\"number\":183442,"
    "\"tariff\":\"full\",\"price\":6500,\"at\":\"2026-11-21T19:58:12.3+00:00\",\"point\":\"counter-2\"}";

static enum ticket_fault
read(const char *json, struct ticket_line *ret, enum ticket_field *ret_field)
{
    static char scratch[4096];
    return ticket_read_json(text_of(json), scratch, ret, ret_field);
}

/* The sale with one part of it written otherwise. */
static enum ticket_fault
read_changed(const char *from, const char *to, struct ticket_line *ret, enum ticket_field *ret_field)
{
    static char line[4096];
    const char *place = strstr(sale, from);
    assert_non_null(place);
    snprintf(line, sizeof line, "%.*s%s%s", (int)(place - sale), sale, to, place + strlen(from));
    return read(line, ret, ret_field);
}

static void
reads_the_sale_of_the_contract(void **state)
{
    (void)state;
    struct ticket_line line;
    enum ticket_field field;
    assert_int_equal(read(sale, &line, &field), TICKET_FINE);
    ASSERT_TEXT(line.screen, "0012-03");
    ASSERT_TEXT(line.series, "N1");
    ASSERT_TEXT(line.tariff, "full");
    ASSERT_TEXT(line.point, "counter-2");
    assert_int_equal(line.number, 183442);
    assert_int_equal(line.price_centimes, 6500);
    assert_false(line.cancels);
    char out[32];
    ASSERT_TEXT(((struct text){out, ticket_time_write(line.at, out)}), "2026-11-21T19:58:12.3+00:00");
    ASSERT_TEXT(((struct text){out, ticket_time_write(line.start, out)}), "2026-11-21T20:30+00:00");
}

static void
reads_a_cancellation_without_price_or_start(void **state)
{
    (void)state;
    struct ticket_line line;
    enum ticket_field field;
    assert_int_equal(read("{\"screen\":\"0012-03\",\"series\":\"N1\",\"number\":183442,\"cancels\":true,"
                          "\"at\":\"2026-11-21T20:02:40.0+00:00\",\"point\":\"counter-2\"}",
                          &line, &field),
                     TICKET_FINE);
    assert_true(line.cancels);
}

static void
names_the_member_that_is_missing(void **state)
{
    (void)state;
    struct ticket_line line;
    enum ticket_field field;
    assert_int_equal(read_changed("\"tariff\":\"full\",", "", &line, &field), TICKET_MISSING_MEMBER);
    assert_int_equal(field, TICKET_TARIFF);
    assert_int_equal(read_changed("\"full\"", "null", &line, &field), TICKET_MISSING_MEMBER);
}

static void
numbers_and_prices_have_both_their_ends(void **state)
{
    (void)state;
    struct ticket_line line;
    enum ticket_field field;
    assert_int_equal(read_changed("183442", "1", &line, &field), TICKET_FINE);
    assert_int_equal(read_changed("183442", "999999999999", &line, &field), TICKET_FINE);
    assert_int_equal(read_changed("183442", "0", &line, &field), TICKET_BAD_NUMBER);
    assert_int_equal(read_changed("183442", "1000000000000", &line, &field), TICKET_BAD_NUMBER);
    assert_int_equal(read_changed("183442", "-1", &line, &field), TICKET_BAD_NUMBER);
    assert_int_equal(read_changed("183442", "1.5", &line, &field), TICKET_BAD_NUMBER);
    assert_int_equal(read_changed("183442", "\"1\"", &line, &field), TICKET_WRONG_TYPE);
    assert_int_equal(read_changed("6500", "0", &line, &field), TICKET_FINE);
    assert_int_equal(read_changed("6500", "1000000", &line, &field), TICKET_FINE);
    assert_int_equal(read_changed("6500", "1000001", &line, &field), TICKET_BAD_PRICE);
    assert_int_equal(read_changed("6500", "065", &line, &field), TICKET_BROKEN);
}

static void
times_that_do_not_exist_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"2026-02-29T20:30+00:00", "2026-11-21T24:00+00:00", "2026-11-21T20:60+00:00",
                                      "2026-11-21T20:30",       "2026-11-21T20:30+15:00", "2026-11-21 20:30+00:00",
                                      "2026-11-21T20:30:60Z",   "2026-11-21T20:30:00.Z",  ""};
    static const char *const good[] = {"2024-02-29T20:30+00:00", "2026-11-21T00:00Z", "2026-11-21T20:30:59.999+01:00"};
    struct ticket_time time;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(ticket_time_read(text_of(bad[i]), &time));
    }
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        assert_true(ticket_time_read(text_of(good[i]), &time));
    }
    /* One instant, written with two offsets. */
    struct ticket_time other;
    assert_true(ticket_time_read(text_of("2026-09-19T23:30+01:00"), &time));
    assert_true(ticket_time_read(text_of("2026-09-19T22:30Z"), &other));
    assert_int_equal(time.tenths, other.tenths);
    assert_int_not_equal(time.offset_minutes, other.offset_minutes);
}

static void
what_is_not_one_object_is_broken(void **state)
{
    (void)state;
    static const char *const broken[] = {"",
                                         "{",
                                         "[]",
                                         "{}x",
                                         "{\"screen\"}",
                                         "{\"screen\":}",
                                         "{,}",
                                         "{\"a\":1,}",
                                         "{\"screen\":\"a\\q\"}",
                                         "{\"screen\":\"\\ud800\"}"};
    struct ticket_line line;
    enum ticket_field field;
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        assert_int_equal(read(broken[i], &line, &field), TICKET_BROKEN);
    }
    assert_int_equal(read("{}", &line, &field), TICKET_MISSING_MEMBER);
    assert_int_equal(read("{\"seats\":1}", &line, &field), TICKET_UNKNOWN_MEMBER);
    assert_int_equal(read("{\"screen\":\"a\",\"screen\":\"a\"}", &line, &field), TICKET_DUPLICATE_MEMBER);
    assert_int_equal(read_changed("0012-03", "00 12", &line, &field), TICKET_BAD_CODE);
    assert_int_equal(read_changed("counter-2", "\\u202ecounter", &line, &field), TICKET_NOT_UTF8);
}

static void
escapes_are_decoded(void **state)
{
    (void)state;
    struct ticket_line line;
    enum ticket_field field;
    assert_int_equal(read_changed("counter-2", "\\u0634\\u0628\\u0627\\u0643 \\\"2\\\"", &line, &field), TICKET_FINE);
    ASSERT_TEXT(line.point, "شباك \"2\"");
}

static void
reads_csv_with_the_columns_in_any_order(void **state)
{
    (void)state;
    char scratch[512];
    struct ticket_csv csv;
    struct ticket_line line;
    enum ticket_field field;
    assert_true(ticket_csv_header(text_of("number,screen,start,series,tariff,price,at,point,cancels\r"), &csv));
    assert_int_equal(ticket_read_csv(&csv,
                                     text_of("7,0012-03,2026-11-21T20:30+00:00,N1,full,6500,"
                                             "2026-11-21T19:58:12.3+00:00,\"counter, \"\"2\"\"\",\r"),
                                     scratch, &line, &field),
                     TICKET_FINE);
    assert_int_equal(line.number, 7);
    ASSERT_TEXT(line.point, "counter, \"2\"");
    assert_int_equal(ticket_read_csv(&csv, text_of("7,0012-03"), scratch, &line, &field), TICKET_BROKEN);
    assert_false(ticket_csv_header(text_of("number,seats"), &csv));
    assert_false(ticket_csv_header(text_of("number,number"), &csv));
    assert_false(ticket_csv_header(text_of(""), &csv));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_the_sale_of_the_contract),
        cmocka_unit_test(reads_a_cancellation_without_price_or_start),
        cmocka_unit_test(names_the_member_that_is_missing),
        cmocka_unit_test(numbers_and_prices_have_both_their_ends),
        cmocka_unit_test(times_that_do_not_exist_are_refused),
        cmocka_unit_test(what_is_not_one_object_is_broken),
        cmocka_unit_test(escapes_are_decoded),
        cmocka_unit_test(reads_csv_with_the_columns_in_any_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
