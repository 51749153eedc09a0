#include "boxoffice/segment.h"

#include <string.h>

#include "../unit.h"

static const char *const lines[] = {
    "{\"screen\":\"0012-03\",\"start\":\"2026-11-21T20:30+00:00\",\"series\":\"N1\",\"number\":7,\"tariff\":\"full\","
    "\"price\":6500,\"at\":\"2026-11-21T19:58:12.3+00:00\",\"point\":\"counter-2\"}",
    "{\"screen\":\"0012-03\",\"start\":\"2026-11-22T20:30+01:00\",\"series\":\"N1\",\"number\":9,\"tariff\":\"child\","
    "\"price\":0,\"at\":\"2026-11-21T19:58:13.0+01:00\",\"point\":\"شباك\",\"seat\":\"F12\",\"visa\":\"1234\","
    "\"printed\":false,\"offline_at\":\"2026-11-21T19:00:00.1+00:00\"}",
    "{\"screen\":\"0012-03\",\"series\":\"N1\",\"number\":7,\"cancels\":true,\"at\":\"2026-11-21T20:02:40.0+00:00\","
    "\"point\":\"counter-2\",\"reason\":\"خطأ\"}",
};
enum { LINES = sizeof lines / sizeof lines[0] };

static void
pack(struct arena *arena, struct segment_line *rows, struct text *ret)
{
    for (size_t i = 0; i < LINES; i++) {
        enum ticket_field field;
        char *scratch = arena_alloc(arena, 1024);
        assert_int_equal(ticket_read_json(text_of(lines[i]), scratch, &rows[i].line, &field), TICKET_FINE);
        rows[i].batch = (int64_t)(100 + i / 2);
    }
    MUST(arena, segment_pack(arena, rows, LINES, ret));
}

static void
every_member_comes_back_as_it_was_written(void **state)
{
    struct arena *arena = *state;
    struct segment_line rows[LINES];
    struct text bytes;
    pack(arena, rows, &bytes);
    struct segment segment;
    MUST(arena, segment_open(arena, bytes, &segment));
    assert_int_equal(segment.rows, LINES);
    for (uint32_t i = 0; i < LINES; i++) {
        struct segment_line back;
        segment_line_get(&segment, i, &back);
        const struct ticket_line *a = &rows[i].line;
        const struct ticket_line *b = &back.line;
        assert_int_equal(a->given, b->given);
        assert_int_equal(rows[i].batch, back.batch);
        assert_int_equal(a->number, b->number);
        assert_int_equal(a->price_centimes, b->price_centimes);
        assert_int_equal(a->start.tenths, b->start.tenths);
        assert_int_equal(a->start.offset_minutes, b->start.offset_minutes);
        assert_int_equal(a->at.tenths, b->at.tenths);
        assert_int_equal(a->at.offset_minutes, b->at.offset_minutes);
        assert_int_equal(a->offline_at.tenths, b->offline_at.tenths);
        assert_int_equal(a->cancels, b->cancels);
        assert_int_equal(a->printed, b->printed);
        assert_true(text_equal(a->screen, b->screen) && text_equal(a->series, b->series));
        assert_true(text_equal(a->tariff, b->tariff) && text_equal(a->point, b->point));
        assert_true(text_equal(a->visa, b->visa) && text_equal(a->seat, b->seat) && text_equal(a->reason, b->reason));
    }
}

static void
sums_and_finds(void **state)
{
    struct arena *arena = *state;
    struct segment_line rows[LINES];
    struct text bytes;
    pack(arena, rows, &bytes);
    struct segment segment;
    MUST(arena, segment_open(arena, bytes, &segment));
    struct segment_sums sums;
    segment_sum(&segment, &sums);
    assert_int_equal(sums.sold, 2);
    assert_int_equal(sums.cancelled, 1);
    assert_int_equal(sums.gross_centimes, 6500);
    uint32_t found[2];
    assert_int_equal(segment_find(&segment, 7, found), 2);
    assert_int_equal(found[0], 0);
    assert_int_equal(found[1], 2);
    assert_int_equal(segment_find(&segment, 8, found), 0);
    assert_int_equal(segment_find(&segment, 1, found), 0);
}

/* Cut anywhere, or with any byte changed, it opens as something whole or not at all; it never reads outside. */
static void
damage_is_named_and_never_read_past(void **state)
{
    struct arena *arena = *state;
    struct segment_line rows[LINES];
    struct text bytes;
    pack(arena, rows, &bytes);
    struct segment segment;
    for (size_t len = 0; len < bytes.len; len++) {
        char *copy = arena_copy(arena, bytes.at, len);
        assert_non_null(segment_open(arena, (struct text){copy, len}, &segment));
    }
    char *changed = arena_copy(arena, bytes.at, bytes.len);
    for (size_t i = 0; i < bytes.len; i++) {
        changed[i] = (char)(changed[i] ^ 0x55);
        if (segment_open(arena, (struct text){changed, bytes.len}, &segment) == NULL) {
            for (uint32_t row = 0; row < segment.rows; row++) {
                struct segment_line back;
                segment_line_get(&segment, row, &back);
            }
        }
        changed[i] = bytes.at[i];
    }
}

static int
setup(void **state)
{
    *state = arena_new(64 << 20);
    return 0;
}

static int
teardown(void **state)
{
    arena_free(*state);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_member_comes_back_as_it_was_written),
        cmocka_unit_test(sums_and_finds),
        cmocka_unit_test(damage_is_named_and_never_read_past),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
