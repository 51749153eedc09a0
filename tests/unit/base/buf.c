#include "base/buf.h"

#include "../unit.h"

static struct arena *arena;

static int
set_up(void **state)
{
    (void)state;
    arena = arena_new(10000000);
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void
builds_from_bytes_numbers_and_code_points(void **state)
{
    (void)state;
    struct buf buf = buf_new(arena, 1000);
    ASSERT_TEXT(buf_built(&buf), "");
    buf_char(&buf, '[');
    buf_int(&buf, INT64_MIN);
    buf_char(&buf, ' ');
    buf_int(&buf, 0);
    buf_text(&buf, TEXT(" "));
    buf_int(&buf, INT64_MAX);
    buf_printf(&buf, " %03d", 7);
    buf_code_point(&buf, 'a');
    buf_code_point(&buf, 0x633);
    buf_code_point(&buf, 0x20AC);
    buf_code_point(&buf, 0x1F600);
    ASSERT_TEXT(buf_built(&buf), "[-9223372036854775808 0 9223372036854775807 007aس€😀");
    assert_false(buf.overflowed);
}

static void
grows_to_its_ceiling_exactly_and_says_when_it_is_passed(void **state)
{
    (void)state;
    static const size_t ceilings[] = {1, 10, 255, 256, 257, 1000, 5000};
    for (size_t i = 0; i < sizeof ceilings / sizeof ceilings[0]; i++) {
        struct buf by_char = buf_new(arena, ceilings[i]);
        struct buf by_bytes = buf_new(arena, ceilings[i]);
        for (size_t n = 0; n < ceilings[i]; n++) {
            buf_char(&by_char, 'x');
            buf_bytes(&by_bytes, "x", 1);
        }
        assert_false(by_char.overflowed || by_bytes.overflowed);
        buf_char(&by_char, 'y');
        buf_bytes(&by_bytes, "y", 1);
        assert_true(by_char.overflowed && by_bytes.overflowed);
        assert_int_equal(buf_built(&by_char).len, ceilings[i]);
        assert_true(text_equal(buf_built(&by_char), buf_built(&by_bytes)));
        assert_int_equal(text_find_byte(buf_built(&by_char), 'y'), ceilings[i]);
    }
}

static void
an_addition_that_does_not_fit_adds_nothing(void **state)
{
    (void)state;
    struct buf buf = buf_new(arena, 5);
    buf_cstr(&buf, "abc");
    buf_cstr(&buf, "def");
    assert_true(buf.overflowed);
    ASSERT_TEXT(buf_built(&buf), "abc");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(builds_from_bytes_numbers_and_code_points),
        cmocka_unit_test(grows_to_its_ceiling_exactly_and_says_when_it_is_passed),
        cmocka_unit_test(an_addition_that_does_not_fit_adds_nothing),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
