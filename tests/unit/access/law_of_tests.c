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
