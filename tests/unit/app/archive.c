#include "app/archive.h"

#include <string.h>

#include "app/archive_tar.h"
#include "app/files.h"
#include "base/limits.h"
#include "folder.h"

static void
make_backup(struct fixture *fixture, const char *path)
{
    struct arena *arena = fixture->arena;
    MUST(arena, folder_make(arena, fixture_path(fixture, "documents")));
    MUST(arena, folder_make(arena, fixture_path(fixture, "documents/ab")));
    MUST(arena, file_write(arena, fixture_path(fixture, "documents/ab/cdef"), TEXT("a paper")));
    MUST(arena, file_write(arena, fixture_path(fixture, "documents/empty"), TEXT("")));
    MUST(arena, file_write(arena, fixture_path(fixture, "copy"), TEXT("the database")));
    struct archive archive;
    MUST(arena, archive_begin(arena, path, &archive));
    MUST(arena, archive_add(&archive, TEXT("markaz.db"), fixture_path(fixture, "copy")));
    MUST(arena, archive_add_folder(&archive, "documents", fixture_path(fixture, "documents")));
    MUST(arena, archive_end(&archive));
}

static void
gives_back_what_it_was_given(void **state)
{
    struct fixture *fixture = *state;
    struct arena *arena = fixture->arena;
    make_backup(fixture, fixture_path(fixture, "backup"));
    MUST(arena, archive_unpack(arena, fixture_path(fixture, "backup"), fixture_path(fixture, "new")));
    struct text bytes;
    MUST(arena, file_read(arena, fixture_path(fixture, "new/markaz.db"), 100, &bytes));
    ASSERT_TEXT(bytes, "the database");
    struct file_entry *entries = NULL;
    size_t count = 0;
    MUST(arena, folder_list(arena, fixture_path(fixture, "new"), &entries, &count));
    assert_int_equal(count, 3);
    ASSERT_TEXT(entries[0].path, "documents/ab/cdef");
    ASSERT_TEXT(entries[1].path, "documents/empty");
    ASSERT_TEXT(entries[2].path, "markaz.db");
}

static void
overwrites_neither_a_file_nor_a_folder(void **state)
{
    struct fixture *fixture = *state;
    struct arena *arena = fixture->arena;
    make_backup(fixture, fixture_path(fixture, "backup"));
    struct archive archive;
    const struct err *err = archive_begin(arena, fixture_path(fixture, "backup"), &archive);
    assert_non_null(err);
    assert_int_equal(err->code, ERR_CONFLICT);
    err = archive_unpack(arena, fixture_path(fixture, "backup"), fixture_path(fixture, "documents"));
    assert_non_null(err);
    assert_int_equal(err->code, ERR_CONFLICT);
}

/* Also in what is only padding: a backup is the bytes that markaz wrote, or it is none. */
static void
unpacks_nothing_when_a_byte_was_changed(void **state)
{
    struct fixture *fixture = *state;
    struct arena *arena = fixture->arena;
    make_backup(fixture, fixture_path(fixture, "backup"));
    struct text whole;
    MUST(arena, file_read(arena, fixture_path(fixture, "backup"), 1024 * 1024, &whole));
    const char *changed = fixture_path(fixture, "changed");
    const char *folder = fixture_path(fixture, "never");
    char *bytes = arena_copy(arena, whole.at, whole.len);
    for (size_t i = 0; i < whole.len; i += 7) {
        const struct arena_mark mark = arena_mark(arena);
        bytes[i] ^= 1;
        MUST(arena, file_write(arena, changed, (struct text){.at = bytes, .len = whole.len}));
        const struct err *err = archive_unpack(arena, changed, folder);
        if (err == NULL) {
            fail_msg("byte %zu of %zu may change", i, whole.len);
        }
        assert_int_equal(err->code, ERR_TAMPERED);
        assert_false(file_exists(folder));
        bytes[i] ^= 1;
        arena_rewind(arena, mark);
    }
}

static void
unpacks_nothing_that_is_cut(void **state)
{
    struct fixture *fixture = *state;
    struct arena *arena = fixture->arena;
    make_backup(fixture, fixture_path(fixture, "backup"));
    struct text whole;
    MUST(arena, file_read(arena, fixture_path(fixture, "backup"), 1024 * 1024, &whole));
    for (size_t len = 0; len < whole.len; len += 333) {
        const char *cut = fixture_path(fixture, "cut");
        MUST(arena, file_write(arena, cut, text_slice(whole, 0, len)));
        const struct err *err = archive_unpack(arena, cut, fixture_path(fixture, "never"));
        assert_non_null(err);
        assert_int_equal(err->code, ERR_TAMPERED);
    }
}

static void
reads_the_header_of_a_file_larger_than_8_gib(void **state)
{
    (void)state;
    char block[TAR_BLOCK];
    const int64_t sizes[] = {0, 1, (INT64_C(1) << 33) - 1, INT64_C(1) << 33, INT64_C(1) << 45};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        tar_header_print(TEXT("markaz.db"), sizes[i], block);
        struct text name;
        int64_t size = 0;
        assert_true(tar_header_read(block, &name, &size));
        assert_int_equal(size, sizes[i]);
        ASSERT_TEXT(name, "markaz.db");
    }
}

static void
refuses_names_that_leave_the_folder(void **state)
{
    (void)state;
    static const char *const names[] = {"/etc/passwd", "../x", "a/../../x", "a//b", "a/", ".hidden", "a\nb", ""};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char block[TAR_BLOCK];
        tar_header_print(text_of(names[i]), 0, block);
        struct text name;
        int64_t size = 0;
        if (tar_header_read(block, &name, &size)) {
            fail_msg("\"%s\" was taken", names[i]);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(gives_back_what_it_was_given),
        FIXTURE_TEST(overwrites_neither_a_file_nor_a_folder),
        FIXTURE_TEST(unpacks_nothing_when_a_byte_was_changed),
        FIXTURE_TEST(unpacks_nothing_that_is_cut),
        cmocka_unit_test(reads_the_header_of_a_file_larger_than_8_gib),
        cmocka_unit_test(refuses_names_that_leave_the_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
