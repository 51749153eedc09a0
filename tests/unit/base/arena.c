#include "base/arena.h"

#include <stdalign.h>

#include "base/limits.h"

#include "../unit.h"

static void
memory_is_zeroed_and_aligned_even_when_it_is_used_again(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1000000);
    for (int round = 0; round < 2; round++) {
        const struct arena_mark mark = arena_mark(arena);
        for (size_t size = 0; size < 200; size++) {
            unsigned char *at = arena_alloc(arena, size);
            assert_int_equal((uintptr_t)at % alignof(max_align_t), 0);
            for (size_t i = 0; i < size; i++) {
                assert_int_equal(at[i], 0);
                at[i] = 0xFF;
            }
        }
        arena_rewind(arena, mark);
    }
    arena_free(arena);
}

static void
rewinding_gives_back_what_was_taken_since_and_keeps_what_was_before(void **state)
{
    (void)state;
    struct arena *arena = arena_new((size_t)ARENA_BLOCK_BYTES * 10);
    char *before = arena_copy(arena, "before", 6);
    const size_t used = arena_used(arena);
    const struct arena_mark mark = arena_mark(arena);
    for (int i = 0; i < 100; i++) {
        arena_alloc(arena, ARENA_BLOCK_BYTES);
        arena_alloc(arena, 10);
        arena_rewind(arena, mark);
        assert_int_equal(arena_used(arena), used);
    }
    assert_string_equal(before, "before");
    arena_free(arena);
}

static void
one_piece_may_be_larger_than_a_block(void **state)
{
    (void)state;
    struct arena *arena = arena_new((size_t)ARENA_BLOCK_BYTES * 10);
    unsigned char *large = arena_array(arena, 3, ARENA_BLOCK_BYTES);
    large[3 * ARENA_BLOCK_BYTES - 1] = 1;
    assert_int_equal(arena_used(arena), 3 * ARENA_BLOCK_BYTES);
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_and_aligned_even_when_it_is_used_again),
        cmocka_unit_test(rewinding_gives_back_what_was_taken_since_and_keeps_what_was_before),
        cmocka_unit_test(one_piece_may_be_larger_than_a_block),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
