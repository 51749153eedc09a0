/* Clock and chance, so that tests may have a day of their own. Only src/app makes the real one. */
#ifndef BASE_WORLD_H
#define BASE_WORLD_H

#include <stddef.h>
#include <stdint.h>

struct world {
    /* Milliseconds since 1970-01-01T00:00Z. */
    int64_t (*now_ms)(struct world *world);
    /* Fills len bytes with chance: cryptographic in the real world, a seeded sequence in tests and the demo. */
    void (*random)(struct world *world, void *at, size_t len);
};

/* A world that stands still until it is moved, with a seeded sequence of SHA-256 blocks for chance. */
struct fake_world {
    struct world world;
    int64_t at_ms;
    uint64_t seed;
    uint64_t drawn;
};
void fake_world_init(struct fake_world *fake, int64_t at_ms, uint64_t seed);

#endif
