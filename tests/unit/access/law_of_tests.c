#include "law_of_tests.h"

#include <ftw.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "unit.h"

enum { FILES_MAX = 1000 };
static struct arena *arena;
static struct law_file files[FILES_MAX];
static size_t count;

static int
read_one(const char *path, const struct stat *stat, int type, struct FTW *ftw)
{
    (void)ftw;
    const size_t len = strlen(path);
    if (type != FTW_F || len < 5 || strcmp(path + len - 4, ".law") != 0) {
        return 0;
    }
    assert_true(count < FILES_MAX);
    char *bytes = arena_alloc(arena, (size_t)stat->st_size + 1);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fread(bytes, 1, (size_t)stat->st_size, file), stat->st_size);
    fclose(file);
    files[count++] = (struct law_file){
        .path = text_copy(arena, text_of(path + strlen(LAW_FOLDER) + 1)),
        .bytes = {.at = bytes, .len = (size_t)stat->st_size},
    };
    return 0;
}

const struct law *
law_of_tests(void)
{
    static struct law *law = NULL;
    if (law == NULL) {
        arena = arena_new(ARENA_BYTES_MAX);
        count = 0;
        assert_int_equal(nftw(LAW_FOLDER, read_one, 8, FTW_PHYS), 0);
        struct law_faults faults;
        MUST(arena, law_read(arena, files, count, &law, &faults));
    }
    return law;
}

const struct law *
law_amended(struct arena *into, const struct law *law, const struct amendment *amendments, size_t amendments_count)
{
    size_t files_count = 0;
    const struct law_file *stand = law_files(law, &files_count);
    struct law_file *amended = ARENA_ARRAY(into, struct law_file, files_count + amendments_count);
    for (size_t i = 0; i < files_count; i++) {
        amended[i] = (struct law_file){.path = stand[i].path, .bytes = stand[i].bytes};
    }
    for (size_t a = 0; a < amendments_count; a++) {
        const struct amendment *amendment = &amendments[a];
        if (amendment->stands == NULL) {
            amended[files_count++] =
                (struct law_file){.path = text_of(amendment->path), .bytes = text_of(amendment->instead)};
            continue;
        }
        bool done = false;
        for (size_t i = 0; i < files_count && !done; i++) {
            const char *bytes = text_cstr(into, amended[i].bytes);
            const char *at = text_is(amended[i].path, amendment->path) ? strstr(bytes, amendment->stands) : NULL;
            if (at != NULL) {
                amended[i].bytes = text_printf(into, "%.*s%s%s", (int)(at - bytes), bytes, amendment->instead,
                                               at + strlen(amendment->stands));
                done = true;
            }
        }
        assert_true(done);
    }
    struct law *ret = NULL;
    struct law_faults faults = {0};
    const struct err *err = law_read(into, amended, files_count, &ret, &faults);
    if (err != NULL) {
        fail_msg("%.*s:%d: %.*s", TEXT_ARG(faults.items[0].path), faults.items[0].line,
                 TEXT_ARG(faults.items[0].message));
    }
    return ret;
}
