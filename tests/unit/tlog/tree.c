#include "tlog/tree.h"

#include "unit.h"

enum { SIZE_MAX_TRIED = 130 };

static struct arena *arena;
static struct hash leaves[SIZE_MAX_TRIED];

/* MTH of RFC 6962, 2.1, written as it stands there: the reference for everything else. */
static struct hash
root_of(size_t from, size_t to)
{
    if (to == from) {
        return hash_of("", 0);
    }
    if (to - from == 1) {
        return leaves[from];
    }
    size_t k = 1;
    while (k * 2 < to - from) {
        k *= 2;
    }
    return tree_node(root_of(from, from + k), root_of(from + k, to));
}

static const struct err *
read_node(void *arg, int level, uint64_t index, struct hash *ret)
{
    (void)arg;
    *ret = root_of((size_t)index << level, (size_t)(index + 1) << level);
    return NULL;
}
static const struct tree_source source = {.read = read_node};

static void
gives_the_roots_that_are_known_for_0_to_8_leaves(void **state)
{
    (void)state;
    /* Inputs and roots of the tests of Certificate Transparency. */
    static const struct text inputs[] = {TEXT_INIT(""),
                                         TEXT_INIT("\x00"),
                                         TEXT_INIT("\x10"),
                                         TEXT_INIT("\x20\x21"),
                                         TEXT_INIT("\x30\x31"),
                                         TEXT_INIT("\x40\x41\x42\x43"),
                                         TEXT_INIT("\x50\x51\x52\x53\x54\x55\x56\x57"),
                                         TEXT_INIT("\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f")};
    static const char *const roots[] = {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                                        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
    struct tree_edge edge = {0};
    for (size_t size = 0; size <= 8; size++) {
        ASSERT_TEXT(hash_to_hex(arena, tree_edge_root(&edge)), roots[size]);
        if (size < 8) {
            tree_edge_add(&edge, tree_leaf(inputs[size]));
        }
    }
}

static void
grows_to_the_root_of_the_definition_at_every_size(void **state)
{
    (void)state;
    struct tree_edge edge = {0};
    for (size_t size = 0; size <= SIZE_MAX_TRIED; size++) {
        struct tree_edge read;
        assert_true(hash_equal(tree_edge_root(&edge), root_of(0, size)));
        MUST(arena, tree_edge_read(&source, size, &read));
        assert_true(hash_equal(tree_edge_root(&read), root_of(0, size)));
        if (size < SIZE_MAX_TRIED) {
            tree_edge_add(&edge, leaves[size]);
        }
    }
}

static void
proves_every_leaf_in_every_size_to_130(void **state)
{
    (void)state;
    for (uint64_t size = 1; size <= SIZE_MAX_TRIED; size++) {
        const struct hash root = root_of(0, size);
        for (uint64_t index = 0; index < size; index++) {
            struct tree_proof proof;
            MUST(arena, tree_inclusion(&source, index, size, &proof));
            assert_true(tree_inclusion_check(&proof, index, size, leaves[index], root));
            assert_false(tree_inclusion_check(&proof, index, size, leaves[(index + 1) % SIZE_MAX_TRIED], root));
            assert_false(tree_inclusion_check(&proof, index + 1, size, leaves[index], root));
            assert_false(tree_inclusion_check(&proof, index, size, leaves[index], leaves[0]) && size > 1);
            if (proof.count > 0) {
                proof.hashes[proof.count - 1].bytes[5] ^= 1;
                assert_false(tree_inclusion_check(&proof, index, size, leaves[index], root));
                proof.hashes[proof.count - 1].bytes[5] ^= 1;
                proof.count--;
                assert_false(tree_inclusion_check(&proof, index, size, leaves[index], root));
                proof.count++;
            }
            proof.hashes[proof.count++] = root;
            assert_false(tree_inclusion_check(&proof, index, size, leaves[index], root));
        }
    }
}

static void
proves_every_size_to_130_to_begin_every_later_one(void **state)
{
    (void)state;
    static struct hash roots[SIZE_MAX_TRIED + 1];
    for (uint64_t size = 0; size <= SIZE_MAX_TRIED; size++) {
        roots[size] = root_of(0, size);
    }
    for (uint64_t to = 1; to <= SIZE_MAX_TRIED; to++) {
        for (uint64_t from = 1; from <= to; from++) {
            struct tree_proof proof;
            MUST(arena, tree_consistency(&source, from, to, &proof));
            assert_true(tree_consistency_check(&proof, from, roots[from], to, roots[to]));
            assert_false(tree_consistency_check(&proof, from, roots[from - 1], to, roots[to]));
            assert_false(tree_consistency_check(&proof, from, roots[from], to, roots[to - 1]));
            if (proof.count > 0) {
                proof.hashes[0].bytes[0] ^= 1;
                assert_false(tree_consistency_check(&proof, from, roots[from], to, roots[to]));
            }
        }
        assert_true(tree_consistency_check(&(struct tree_proof){0}, 0, roots[0], to, roots[to]));
        assert_false(tree_consistency_check(&(struct tree_proof){0}, to, roots[to], to - 1, roots[to - 1]));
    }
}

int
main(void)
{
    arena = arena_new(1 << 20);
    for (size_t i = 0; i < SIZE_MAX_TRIED; i++) {
        leaves[i] = tree_leaf((struct text){.at = (const char *)&i, .len = sizeof i});
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_the_roots_that_are_known_for_0_to_8_leaves),
        cmocka_unit_test(grows_to_the_root_of_the_definition_at_every_size),
        cmocka_unit_test(proves_every_leaf_in_every_size_to_130),
        cmocka_unit_test(proves_every_size_to_130_to_begin_every_later_one),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(arena);
    return failed;
}
