#include "folder.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"

static int
remove_one(const char *path, const struct stat *stat, int type, struct FTW *ftw)
{
    (void)stat, (void)type, (void)ftw;
    return remove(path);
}

int
fixture_setup(void **state)
{
    static struct fixture fixture;
    fixture = (struct fixture){.arena = arena_new(ARENA_BYTES_MAX)};
    const char *above = getenv("TMPDIR");
    snprintf(fixture.folder, sizeof fixture.folder, "%s/markaz-test-XXXXXX", above == NULL ? "/tmp" : above);
    assert_non_null(mkdtemp(fixture.folder));
    *state = &fixture;
    return 0;
}

int
fixture_teardown(void **state)
{
    struct fixture *fixture = *state;
    nftw(fixture->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    arena_free(fixture->arena);
    return 0;
}

const char *
fixture_path(struct fixture *fixture, const char *name)
{
    return text_cstr(fixture->arena, text_printf(fixture->arena, "%s/%s", fixture->folder, name));
}
