#include "base/world.h"

#include <assert.h>
#include <string.h>

#include "base/encode.h"

static int64_t fake_now_ms(struct world *world);
static void fake_random(struct world *world, void *at, size_t len);
static void put_uint64(uint8_t at[8], uint64_t value);

void
fake_world_init(struct fake_world *fake, int64_t at_ms, uint64_t seed)
{
    *fake = (struct fake_world){
        .world = {.now_ms = fake_now_ms, .random = fake_random},
        .at_ms = at_ms,
        .seed = seed,
    };
}

static int64_t
fake_now_ms(struct world *world)
{
    const struct fake_world *fake = (const struct fake_world *)world;
    return fake->at_ms;
}

/* Block n is SHA-256(seed || n), both as eight bytes, big-endian. Each call begins a new block. */
static void
fake_random(struct world *world, void *at, size_t len)
{
    static_assert(offsetof(struct fake_world, world) == 0, "a fake world is a world");
    struct fake_world *fake = (struct fake_world *)world;
    uint8_t *out = at;
    while (len > 0) {
        uint8_t input[16];
        put_uint64(input, fake->seed);
        put_uint64(input + 8, fake->drawn++);
        const struct hash block = hash_of(input, sizeof input);
        const size_t part = len < HASH_BYTES ? len : HASH_BYTES;
        memcpy(out, block.bytes, part);
        out += part;
        len -= part;
    }
}

static void
put_uint64(uint8_t at[8], uint64_t value)
{
    for (int i = 7; i >= 0; i--) {
        at[i] = (uint8_t)(value & 255);
        value >>= 8;
    }
}
