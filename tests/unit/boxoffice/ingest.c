#include "boxoffice/ingest.h"

#include <stdio.h>
#include <string.h>

#include "../place.h"
#include "base/json.h"
#include "boxoffice/programme.h"
#include "boxoffice/ticket_audit.h"

static const char *const world =
    "INSERT INTO cinema (id, code, name_ar, name_latin, city, party, act) VALUES (1, '0012', 'س', 'S', 'rabat', 1, 1);"
    "INSERT INTO cinema (id, code, name_ar, name_latin, city, party, act) VALUES (2, '0013', 'ع', 'A', 'fes', 2, 1);"
    "INSERT INTO screen (id, cinema, code, seats, opened_on, act) VALUES (1, 1, '0012-01', 200, '2020-01-01', 1);"
    "INSERT INTO screen (id, cinema, code, seats, opened_on, act) VALUES (2, 2, '0013-01', 100, '2020-01-01', 1);"
    "INSERT INTO ticketing_system (id, name, token_sha256, act) VALUES (1, 'till', %s, 1);"
    "INSERT INTO ticketing_scope (system, cinema) VALUES (1, 1);";

static char *
sale(char *at, const char *screen, int number, int price)
{
    return at + sprintf(at,
                        "{\"screen\":\"%s\",\"start\":\"2026-11-21T20:30+00:00\",\"series\":\"N1\",\"number\":%d,"
                        "\"tariff\":\"full\",\"price\":%d,\"at\":\"2026-11-21T19:58:12.3+00:00\",\"point\":\"1\"}\n",
                        screen, number, price);
}

static char *
cancellation(char *at, int number)
{
    return at + sprintf(at,
                        "{\"screen\":\"0012-01\",\"series\":\"N1\",\"number\":%d,\"cancels\":true,"
                        "\"at\":\"2026-11-21T20:02:40.0+00:00\",\"point\":\"1\"}\n",
                        number);
}

static struct json
send(struct place *place, const char *key, const char *body)
{
    struct ctx *ctx = &place->ctx;
    ctx->lang = LANG_EN;
    struct batch batch;
    MUST(ctx->arena, batch_read(ctx->arena, text_of(body), BATCH_NDJSON, &batch));
    MUST(ctx->arena, tx_begin(place->store, ctx, TX_WRITE));
    struct text answer;
    MUST(ctx->arena, tickets_ingest(ctx, &(struct ingest){1, text_of(key), &batch}, &answer));
    MUST(ctx->arena, tx_commit(ctx));
    struct json json;
    MUST(ctx->arena, json_read(ctx->arena, answer, &json));
    return json;
}

static int64_t
number(const struct json *answer, const char *name)
{
    int64_t value = -1;
    assert_true(json_int64(json_get(answer, name), &value));
    return value;
}

static size_t
count(const struct json *answer, const char *name)
{
    return json_get(answer, name)->count;
}

static struct text
rejected_code(const struct json *answer, size_t place)
{
    struct text code = {NULL, 0};
    assert_true(json_text(json_get(&json_get(answer, "rejected")->items[place], "code"), &code));
    return code;
}

static struct place *
begin(void **state)
{
    struct place *place = *state;
    /* The engines write bytes differently. */
    const char *token = store_engine(place->store) == STORE_SQLITE ? "X'01'" : "'\\x01'";
    place_script(place, text_cstr(place->ctx.arena, text_printf(place->ctx.arena, world, token)));
    return place;
}

static void
a_batch_repeated_with_its_key_changes_nothing(void **state)
{
    struct place *place = begin(state);
    char body[4096];
    char *at = sale(body, "0012-01", 1, 6500);
    sale(at, "0012-01", 2, 6500);
    const struct json first = send(place, "b1", body);
    assert_int_equal(number(&first, "accepted"), 2);
    const struct json again = send(place, "b1", body);
    assert_int_equal(number(&again, "accepted"), 2);
    const struct json other = send(place, "b2", body);
    assert_int_equal(number(&other, "accepted"), 0);
    assert_int_equal(number(&other, "duplicates"), 2);
}

/* With the memory of one request: each segment is read once, not once for each line. */
static void
five_thousand_lines_sent_again_under_another_key_are_duplicates(void **state)
{
    struct place *place = begin(state);
    enum { LINES = 5000, LINE = 200 };
    char *body = arena_alloc(place->ctx.arena, LINES * LINE + 1);
    char *at = body;
    for (int i = 1; i <= LINES; i++) {
        at = sale(at, "0012-01", i, 6500);
    }
    send(place, "b1", body);
    const struct json again = send(place, "b2", body);
    assert_int_equal(number(&again, "duplicates"), LINES);
}

static void
a_key_that_brings_other_bytes_is_a_conflict(void **state)
{
    struct place *place = begin(state);
    char body[4096];
    sale(body, "0012-01", 1, 6500);
    send(place, "b1", body);
    sale(body, "0012-01", 2, 6500);
    struct ctx *ctx = &place->ctx;
    struct batch batch;
    MUST(ctx->arena, batch_read(ctx->arena, text_of(body), BATCH_NDJSON, &batch));
    MUST(ctx->arena, tx_begin(place->store, ctx, TX_WRITE));
    struct text answer;
    const struct err *err = tickets_ingest(ctx, &(struct ingest){1, TEXT("b1"), &batch}, &answer);
    assert_non_null(err);
    assert_int_equal(err->code, ERR_CONFLICT);
    tx_rollback(ctx);
}

static void
a_number_with_other_content_is_rejected_and_kept(void **state)
{
    struct place *place = begin(state);
    char body[4096];
    sale(body, "0012-01", 1, 6500);
    send(place, "b1", body);
    char *at = sale(body, "0012-01", 1, 7000);
    at = sale(at, "0012-01", 2, 7000);
    sale(at, "0012-01", 2, 7100);
    const struct json answer = send(place, "b2", body);
    assert_int_equal(number(&answer, "accepted"), 1);
    assert_int_equal(count(&answer, "rejected"), 2);
    ASSERT_TEXT(rejected_code(&answer, 0), "conflict");
}

static void
another_cinemas_screen_is_out_of_scope(void **state)
{
    struct place *place = begin(state);
    char body[4096];
    char *at = sale(body, "0013-01", 1, 6500);
    strcpy(sale(at, "0012-01", 1, 6500), "not json\n\n");
    const struct json answer = send(place, "b1", body);
    assert_int_equal(number(&answer, "accepted"), 1);
    assert_int_equal(count(&answer, "rejected"), 2);
    ASSERT_TEXT(rejected_code(&answer, 0), "out_of_scope");
    ASSERT_TEXT(rejected_code(&answer, 1), "broken_line");
}

static struct text
flag_norm(const struct json *answer, size_t place)
{
    struct text norm = {NULL, 0};
    assert_true(json_text(json_get(&json_get(answer, "flags")->items[place], "norm"), &norm));
    return norm;
}

static void
a_screening_nobody_announced_is_stored_and_flagged_as_are_more_tickets_than_seats(void **state)
{
    struct place *place = begin(state);
    place_script(place, "UPDATE screen SET seats = 2 WHERE id = 1;");
    char body[4096];
    char *at = sale(body, "0012-01", 1, 6500);
    at = sale(at, "0012-01", 2, 6500);
    sale(at, "0012-01", 3, 6500);
    const struct json answer = send(place, "b1", body);
    assert_int_equal(number(&answer, "accepted"), 3);
    assert_int_equal(count(&answer, "flags"), 2);
    ASSERT_TEXT(flag_norm(&answer, 0), "18.23/62/1");
    assert_int_equal(number(&json_get(&answer, "flags")->items[0], "tickets"), 3);
    assert_int_equal(number(&json_get(&answer, "flags")->items[1], "tickets"), 1);
}

static int64_t
faults_of(struct place *place)
{
    struct ctx *ctx = &place->ctx;
    struct ticket_audit audit = {0};
    MUST(ctx->arena, tx_begin(place->store, ctx, TX_WRITE));
    MUST(ctx->arena, tickets_audit(ctx, &audit));
    tx_rollback(ctx);
    return audit.faults;
}

static void
the_audit_finds_counters_equal_to_tickets_and_names_one_that_was_changed(void **state)
{
    struct place *place = begin(state);
    char body[4096];
    char *at = sale(body, "0012-01", 1, 6500);
    at = sale(at, "0012-01", 2, 6500);
    at = cancellation(at, 2);
    cancellation(at, 9);
    send(place, "b1", body);
    assert_int_equal(faults_of(place), 0);
    place_script(place, "UPDATE screening_count SET sold = 3;");
    assert_int_equal(faults_of(place), 2); /* the screening's, and the day that is no longer its sum */
    place_script(place, "UPDATE screening_count SET sold = 2; UPDATE ticket_range SET to_number = 3;");
    assert_int_equal(faults_of(place), 1);
}

static const char *const announcement =
    "{\"screen\":\"0012-01\",\"start\":\"2026-11-21T20:30+00:00\",\"films\":[{\"visa\":\"V1\",\"title\":\"F\","
    "\"version\":\"VF\"}],\"seats\":%d,\"planned_minutes\":10}\n";

static struct json
announce(struct place *place, const char *key, const char *body)
{
    struct ctx *ctx = &place->ctx;
    struct programme programme;
    MUST(ctx->arena, programme_read(ctx->arena, text_of(body), &programme));
    MUST(ctx->arena, tx_begin(place->store, ctx, TX_WRITE));
    struct text answer;
    const struct programme_intake intake = {.system = 1, .key = text_of(key), .programme = &programme};
    MUST(ctx->arena, programme_ingest(ctx, &intake, &answer));
    MUST(ctx->arena, tx_commit(ctx));
    struct json json;
    MUST(ctx->arena, json_read(ctx->arena, answer, &json));
    return json;
}

static void
an_announcement_may_change_until_the_screening_begins_and_then_conflicts(void **state)
{
    struct place *place = begin(state);
    char body[1024];
    place->world.at_ms = INT64_C(1795000000000); /* 2026-11-18 */
    sprintf(body, announcement, 200);
    struct json answer = announce(place, "p1", body);
    assert_int_equal(number(&answer, "accepted"), 1);
    answer = announce(place, "p2", body);
    assert_int_equal(number(&answer, "duplicates"), 1);
    sprintf(body, announcement, 150);
    answer = announce(place, "p3", body);
    assert_int_equal(number(&answer, "accepted"), 1);
    place->world.at_ms = INT64_C(1796000000000); /* 2026-11-30 */
    sprintf(body, announcement, 300);
    answer = announce(place, "p4", body);
    assert_int_equal(number(&answer, "accepted"), 0);
    ASSERT_TEXT(rejected_code(&answer, 0), "conflict");
}

static void
a_programme_tells_each_broken_line(void **state)
{
    struct place *place = begin(state);
    const struct json answer = announce(place, "p1",
                                        "{\"screen\":\"0013-01\",\"day\":\"2026-11-21\",\"none\":true}\n"
                                        "{\"screen\":\"0012-01\",\"day\":\"2026-11-31\",\"none\":true}\n"
                                        "{\"screen\":\"0012-01\",\"start\":\"2026-11-21T20:30+00:00\"}\n"
                                        "[\n"
                                        "{\"screen\":\"0012-01\",\"day\":\"2026-11-21\",\"none\":true}\n");
    assert_int_equal(number(&answer, "accepted"), 1);
    ASSERT_TEXT(rejected_code(&answer, 0), "out_of_scope");
    ASSERT_TEXT(rejected_code(&answer, 1), "bad_time");
    ASSERT_TEXT(rejected_code(&answer, 2), "missing_member");
    ASSERT_TEXT(rejected_code(&answer, 3), "broken_line");
}

static void
holes_are_listed_until_they_are_filled(void **state)
{
    struct place *place = begin(state);
    char body[4096];
    char *at = sale(body, "0012-01", 7, 6500);
    sale(at, "0012-01", 3, 6500);
    const struct json holes = send(place, "b1", body);
    assert_int_equal(count(&holes, "gaps"), 2);
    assert_int_equal(number(&json_get(&holes, "gaps")->items[1], "from"), 4);
    assert_int_equal(number(&json_get(&holes, "gaps")->items[1], "to"), 6);
    at = body;
    const int missing[] = {1, 2, 5, 4, 6};
    for (size_t i = 0; i < 5; i++) {
        at = sale(at, "0012-01", missing[i], 6500);
    }
    const struct json full = send(place, "b2", body);
    assert_int_equal(number(&full, "accepted"), 5);
    assert_int_equal(count(&full, "gaps"), 0);
}

/* What a counter holds, asked by the answer's own means: a ticket by its number. */
static void
a_cancellation_is_never_netted_and_may_come_first(void **state)
{
    struct place *place = begin(state);
    char body[4096];
    cancellation(body, 1);
    struct json answer = send(place, "b1", body);
    assert_int_equal(number(&answer, "accepted"), 1);
    answer = send(place, "b2", body);
    assert_int_equal(number(&answer, "duplicates"), 1);
    sale(body, "0012-01", 1, 6500);
    answer = send(place, "b3", body);
    assert_int_equal(number(&answer, "accepted"), 1);
    char *at = sale(body, "0012-01", 2, 6500);
    cancellation(at, 2);
    answer = send(place, "b4", body);
    assert_int_equal(number(&answer, "accepted"), 2);

    struct ctx *ctx = &place->ctx;
    MUST(ctx->arena, tx_begin(place->store, ctx, TX_READ));
    for (int64_t ticket = 1; ticket <= 2; ticket++) {
        struct ticket_found found;
        DEFER(ticket_finder_free) struct ticket_finder *finder = ticket_finder_new();
        MUST(ctx->arena, ticket_find(ctx, finder, 1, ticket, &found));
        assert_true(found.is_sold && found.is_cancelled);
    }
    MUST(ctx->arena, tx_commit(ctx));
    /* Both sold, both cancelled, both amounts whole: otherwise the counter's own check refuses the row. */
    place_script(place,
                 "INSERT INTO counter (name, value) SELECT 'screening', CASE WHEN count(*) = 1 THEN 1 ELSE 0 END "
                 "FROM screening_count WHERE sold = 2 AND cancelled = 2 AND gross = 13000 AND refunded = 13000 "
                 "ON CONFLICT (name) DO UPDATE SET value = excluded.value;");
    place_script(place,
                 "INSERT INTO counter (name, value) SELECT 'screening', CASE WHEN count(*) = 1 THEN 1 ELSE 0 END "
                 "FROM day_count WHERE sold = 2 AND cancelled = 2 AND gross = 13000 AND refunded = 13000 "
                 "AND day = '2026-11-21' ON CONFLICT (name) DO UPDATE SET value = excluded.value;");
}

static void
the_night_belongs_to_the_day_before(void **state)
{
    (void)state;
    struct ticket_time time;
    char day[11];
    assert_true(ticket_time_read(TEXT("2026-11-22T05:59+00:00"), &time));
    date_print(cinema_day(time), day);
    assert_string_equal(day, "2026-11-21");
    assert_true(ticket_time_read(TEXT("2026-11-22T06:00+00:00"), &time));
    date_print(cinema_day(time), day);
    assert_string_equal(day, "2026-11-22");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        PLACE_TEST(a_batch_repeated_with_its_key_changes_nothing),
        PLACE_TEST(five_thousand_lines_sent_again_under_another_key_are_duplicates),
        PLACE_TEST(a_key_that_brings_other_bytes_is_a_conflict),
        PLACE_TEST(a_number_with_other_content_is_rejected_and_kept),
        PLACE_TEST(another_cinemas_screen_is_out_of_scope),
        PLACE_TEST(a_screening_nobody_announced_is_stored_and_flagged_as_are_more_tickets_than_seats),
        PLACE_TEST(the_audit_finds_counters_equal_to_tickets_and_names_one_that_was_changed),
        PLACE_TEST(an_announcement_may_change_until_the_screening_begins_and_then_conflicts),
        PLACE_TEST(a_programme_tells_each_broken_line),
        PLACE_TEST(holes_are_listed_until_they_are_filled),
        PLACE_TEST(a_cancellation_is_never_netted_and_may_come_first),
        PLACE_TEST(the_night_belongs_to_the_day_before),
    };
    return PLACE_RUN(tests);
}
