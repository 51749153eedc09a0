#include "boxoffice/series.h"

#include "../unit.h"

static struct number_ranges
add(struct arena *arena, struct number_ranges ranges, const int64_t *numbers, size_t count)
{
    return ranges_add(arena, &ranges, numbers, count);
}

static void
a_complete_series_is_one_range(void **state)
{
    struct arena *arena = *state;
    const int64_t first[] = {1, 2, 3};
    const int64_t next[] = {4, 5};
    struct number_ranges ranges = add(arena, (struct number_ranges){NULL, 0}, first, 3);
    ranges = add(arena, ranges, next, 2);
    assert_int_equal(ranges.count, 1);
    assert_int_equal(ranges.items[0].to, 5);
    assert_int_equal(ranges_size(&ranges), 5);
    assert_int_equal(ranges_holes(arena, &ranges).count, 0);
}

static void
a_hole_is_listed_until_it_is_filled(void **state)
{
    struct arena *arena = *state;
    const int64_t late[] = {3, 4, 9};
    struct number_ranges ranges = add(arena, (struct number_ranges){NULL, 0}, late, 3);
    struct number_ranges holes = ranges_holes(arena, &ranges);
    assert_int_equal(holes.count, 2);
    assert_int_equal(holes.items[0].from, 1);
    assert_int_equal(holes.items[0].to, 2);
    assert_int_equal(holes.items[1].from, 5);
    assert_int_equal(holes.items[1].to, 8);
    const int64_t missing[] = {1, 2, 2, 5, 6, 7, 8};
    ranges = add(arena, ranges, missing, 7);
    assert_int_equal(ranges.count, 1);
    assert_int_equal(ranges_holes(arena, &ranges).count, 0);
}

static void
repeats_change_nothing_and_are_found(void **state)
{
    struct arena *arena = *state;
    const int64_t numbers[] = {2, 5, 6};
    struct number_ranges ranges = add(arena, (struct number_ranges){NULL, 0}, numbers, 3);
    const struct number_ranges again = add(arena, ranges, numbers, 3);
    assert_int_equal(again.count, ranges.count);
    assert_true(ranges_hold(&again, 2));
    assert_true(ranges_hold(&again, 6));
    assert_false(ranges_hold(&again, 1));
    assert_false(ranges_hold(&again, 4));
    assert_false(ranges_hold(&again, 7));
}

static int
setup(void **state)
{
    *state = arena_new(1 << 20);
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
        cmocka_unit_test(a_complete_series_is_one_range),
        cmocka_unit_test(a_hole_is_listed_until_it_is_filled),
        cmocka_unit_test(repeats_change_nothing_and_are_found),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
