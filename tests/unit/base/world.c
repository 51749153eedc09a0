#include "base/world.h"

#include <string.h>

#include "base/encode.h"

#include "../unit.h"

static void
a_fake_clock_stands_until_it_is_moved(void **state)
{
    (void)state;
    struct fake_world fake;
    fake_world_init(&fake, 1767225600000, 1);
    struct world *world = &fake.world;
    assert_int_equal(world->now_ms(world), 1767225600000);
    assert_int_equal(world->now_ms(world), 1767225600000);
    fake.at_ms += 86400000;
    assert_int_equal(world->now_ms(world), 1767312000000);
}

static void
the_same_seed_draws_the_same_chance_and_another_seed_another(void **state)
{
    (void)state;
    struct fake_world worlds[3];
    uint8_t drawn[3][100];
    for (int i = 0; i < 3; i++) {
        fake_world_init(&worlds[i], 0, i == 2 ? 8 : 7);
        worlds[i].world.random(&worlds[i].world, drawn[i], 70);
        worlds[i].world.random(&worlds[i].world, drawn[i] + 70, 30);
    }
    assert_memory_equal(drawn[0], drawn[1], 100);
    assert_memory_not_equal(drawn[0], drawn[2], 100);
    assert_memory_not_equal(drawn[0], drawn[0] + 32, 32);
    assert_memory_not_equal(drawn[0], drawn[0] + 70, 30);
}

static void
chance_is_the_sha_256_of_seed_and_counter(void **state)
{
    (void)state;
    struct fake_world fake;
    fake_world_init(&fake, 0, 0x0102030405060708);
    uint8_t drawn[HASH_BYTES];
    fake.world.random(&fake.world, drawn, 1);
    fake.world.random(&fake.world, drawn, sizeof drawn);
    const struct hash expected = hash_of("\1\2\3\4\5\6\7\10\0\0\0\0\0\0\0\1", 16);
    assert_memory_equal(drawn, expected.bytes, HASH_BYTES);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fake_clock_stands_until_it_is_moved),
        cmocka_unit_test(the_same_seed_draws_the_same_chance_and_another_seed_another),
        cmocka_unit_test(chance_is_the_sha_256_of_seed_and_counter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
