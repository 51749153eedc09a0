#include "app/world_real.h"

#include <assert.h>
#include <errno.h>
#include <sys/random.h>
#include <time.h>

static int64_t
now_ms(struct world *world)
{
    (void)world;
    struct timespec at;
    const int failed = clock_gettime(CLOCK_REALTIME, &at);
    assert(failed == 0);
    return (int64_t)at.tv_sec * 1000 + at.tv_nsec / 1000000;
}

/* Chance that fails would be a key that others guess: better no process. */
static void
chance(struct world *world, void *at, size_t len)
{
    (void)world;
    char *out = at;
    while (len > 0) {
        const ssize_t got = getrandom(out, len, 0);
        assert(got > 0 || errno == EINTR);
        if (got > 0) {
            out += got;
            len -= (size_t)got;
        }
    }
}

struct world *
world_real(void)
{
    static struct world world = {.now_ms = now_ms, .random = chance};
    return &world;
}
