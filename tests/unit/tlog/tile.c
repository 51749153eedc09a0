#include "tlog/tile.h"

#include "unit.h"

static struct arena *arena;

static void
spells_paths_as_the_specification_does(void **state)
{
    (void)state;
    ASSERT_TEXT(tile_path(arena, (struct tile){.level = 0, .index = 0, .width = 256}), "tile/0/000");
    ASSERT_TEXT(tile_path(arena, (struct tile){.level = 1, .index = 1234067, .width = 256}), "tile/1/x001/x234/067");
    ASSERT_TEXT(tile_path(arena, (struct tile){.level = TILE_ENTRIES, .index = 1000, .width = 3}),
                "tile/entries/x001/000.p/3");
}

static void
reads_back_every_path_and_no_other_spelling(void **state)
{
    (void)state;
    for (uint64_t index = 0; index < 3000000; index += 997) {
        struct tile tile;
        const struct tile made = {.level = (int)(index % 3), .index = index, .width = (int)(index % 256) + 1};
        assert_true(tile_parse(tile_path(arena, made), &tile));
        assert_true(tile.level == made.level && tile.index == made.index && tile.width == made.width);
    }
    static const char *const refused[] = {
        "tile/0/0",
        "tile/0/0000",
        "tile/00/000",
        "tile/8/000",
        "tile/0/x000/001",
        "tile/0/001/",
        "tile/0/001.p",
        "tile/0/001.p/0",
        "tile/0/001.p/256",
        "tile/0/001.p/01",
        "tile/0/x01/001",
        "tile/entries",
        "tile/data/000",
        "tile/0",
        "/tile/0/000",
        "tile/0/001.p/3/4",
        "tile/0/x001",
        "tile/-1/000",
        "",
        "tile/0/x999/x999/x999/x999/x999/x999/999",
    };
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        struct tile tile;
        if (tile_parse(text_of(refused[i]), &tile)) {
            fail_msg("%s is read", refused[i]);
        }
    }
}

static void
knows_which_tiles_a_log_has(void **state)
{
    (void)state;
    assert_true(tile_is_within((struct tile){.index = 0, .width = 3}, 3));
    assert_true(tile_is_within((struct tile){.index = 0, .width = 2}, 3));
    assert_false(tile_is_within((struct tile){.index = 0, .width = 4}, 3));
    assert_false(tile_is_within((struct tile){.index = 0, .width = 1}, 0));
    assert_true(tile_is_within((struct tile){.level = 1, .index = 0, .width = 1}, 256));
    assert_false(tile_is_within((struct tile){.level = 1, .index = 0, .width = 1}, 255));
    assert_true(tile_is_within((struct tile){.level = TILE_ENTRIES, .index = 1, .width = 1}, 257));
    assert_false(tile_is_within((struct tile){.index = UINT64_MAX / 600, .width = 256}, 1000));
}

int
main(void)
{
    arena = arena_new(16 << 20);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spells_paths_as_the_specification_does),
        cmocka_unit_test(reads_back_every_path_and_no_other_spelling),
        cmocka_unit_test(knows_which_tiles_a_log_has),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(arena);
    return failed;
}
