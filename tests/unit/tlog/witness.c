#include "tlog/witness.h"

#include <stdio.h>
#include <stdlib.h>

#include "tlog/checkpoint.h"
#include "unit.h"

static struct arena *arena;
static struct fake_world world;
static char above[64];
static int folders;
static struct note_secret log_secret;
static struct hash leaves[64];

static const struct err *
read_node(void *arg, int level, uint64_t index, struct hash *ret)
{
    (void)arg;
    struct tree_edge edge = {0};
    for (uint64_t i = index << level; i < (index + 1) << level; i++) {
        tree_edge_add(&edge, leaves[i]);
    }
    *ret = tree_edge_root(&edge);
    return NULL;
}
static const struct tree_source source = {.read = read_node};

static struct witness
witness_new(void)
{
    struct witness witness;
    const struct text folder = text_printf(arena, "%s/%d", above, ++folders);
    MUST(arena, witness_open(arena, &world.world, folder, TEXT("witness.example/w1"), &witness));
    MUST(arena, witness_watch(arena, &witness, note_key_print(arena, &log_secret.key)));
    return witness;
}

/* The log at that size, signed; its last leaf is another one when forked. */
static struct text
note_at(uint64_t size, bool forked)
{
    struct tree_edge edge = {0};
    for (uint64_t i = 0; i < size; i++) {
        tree_edge_add(&edge, forked && i + 1 == size ? leaves[63] : leaves[i]);
    }
    const struct checkpoint checkpoint = {.origin = log_secret.key.name, .size = size, .root = tree_edge_root(&edge)};
    const struct text text = checkpoint_print(arena, &checkpoint);
    return text_printf(arena, "%.*s\n%.*s", TEXT_ARG(text), TEXT_ARG(note_sign(arena, &log_secret, text, 0)));
}

static struct witness_answer
ask(const struct witness *witness, uint64_t old, uint64_t size, bool forked)
{
    struct witness_answer answer;
    struct tree_proof proof = {0};
    if (old > 0 && old < size) {
        MUST(arena, tree_consistency(&source, old, size, &proof));
    }
    MUST(arena, witness_add_checkpoint(arena, witness, witness_request(arena, old, &proof, note_at(size, forked)),
                                       1795262400, &answer));
    return answer;
}

static void
cosigns_what_extends_what_it_saw(void **state)
{
    (void)state;
    const struct witness witness = witness_new();
    static const uint64_t sizes[] = {0, 3, 8, 8, 21, 40};
    for (size_t i = 1; i < sizeof sizes / sizeof sizes[0]; i++) {
        const struct witness_answer answer = ask(&witness, sizes[i - 1], sizes[i], false);
        struct note note;
        uint64_t time_s = 0;
        assert_int_equal(answer.status, 200);
        const struct text whole =
            text_printf(arena, "%.*s%.*s", TEXT_ARG(note_at(sizes[i], false)), TEXT_ARG(answer.body));
        MUST(arena, note_parse(arena, whole, &note));
        assert_true(note_verify(arena, &note, &log_secret.key, NULL));
        assert_true(note_verify(arena, &note, &witness.secret.key, &time_s) && time_s == 1795262400);
    }
}

static void
refuses_a_fork_a_jump_and_a_step_back(void **state)
{
    (void)state;
    const struct witness witness = witness_new();
    assert_int_equal(ask(&witness, 0, 8, false).status, 200);
    const struct witness_answer stale = ask(&witness, 5, 21, false);
    assert_int_equal(stale.status, 409);
    ASSERT_TEXT(stale.body, "8\n");
    ASSERT_TEXT(stale.content_type, "text/x.tlog.size");
    assert_int_equal(ask(&witness, 8, 8, true).status, 409);
    assert_int_equal(ask(&witness, 8, 9, true).status, 422);
    assert_int_equal(ask(&witness, 0, 8, false).status, 409);
    assert_int_equal(ask(&witness, 8, 7, false).status, 400);
    assert_int_equal(ask(&witness, 8, 9, false).status, 200);
}

static void
remembers_after_a_restart_and_keeps_its_key(void **state)
{
    (void)state;
    struct witness witness = witness_new();
    assert_int_equal(ask(&witness, 0, 8, false).status, 200);
    struct witness again;
    MUST(arena, witness_open(arena, &world.world, witness.folder, TEXT("another"), &again));
    MUST(arena, witness_watch(arena, &again, note_key_print(arena, &log_secret.key)));
    ASSERT_TEXT(again.secret.key.name, "witness.example/w1");
    assert_int_equal(ask(&again, 0, 3, false).status, 409);
    assert_int_equal(ask(&again, 8, 12, false).status, 200);
}

static void
knows_logs_and_their_keys(void **state)
{
    (void)state;
    struct witness witness = witness_new();
    struct witness_answer answer;
    const struct tree_proof none = {0};
    const struct note_secret kept = log_secret;
    static const uint8_t seed[NOTE_SEED_BYTES] = {99};
    note_secret_init(TEXT("ccm.example/log"), NOTE_ED25519, seed, &log_secret); /* the name, and another key */
    assert_int_equal(ask(&witness, 0, 3, false).status, 403);
    note_secret_init(TEXT("elsewhere"), NOTE_ED25519, seed, &log_secret);
    assert_int_equal(ask(&witness, 0, 3, false).status, 404);
    log_secret = kept;
    assert_int_equal(witness_watch(arena, &witness, TEXT("no key"))->code, ERR_USAGE);
    static const char *const requests[] = {
        "", "old 0", "old x\n\n", "old -1\n\n", "old 0\nAAAA\n\nx\n", "old 0\n\n", "old 0\n\nccm.example/log\n3\n"};
    for (size_t i = 0; i < sizeof requests / sizeof requests[0]; i++) {
        MUST(arena, witness_add_checkpoint(arena, &witness, text_of(requests[i]), 0, &answer));
        assert_int_equal(answer.status, 400);
    }
    /* Proof lines where none belong. */
    struct tree_proof odd = {.count = 1};
    MUST(arena,
         witness_add_checkpoint(arena, &witness, witness_request(arena, 0, &odd, note_at(3, false)), 0, &answer));
    assert_int_equal(answer.status, 422);
    MUST(arena,
         witness_add_checkpoint(arena, &witness, witness_request(arena, 0, &none, note_at(3, false)), 0, &answer));
    assert_int_equal(answer.status, 200);
}

int
main(void)
{
    arena = arena_new((size_t)64 << 20);
    fake_world_init(&world, 0, 1);
    static const uint8_t seed[NOTE_SEED_BYTES] = {1};
    note_secret_init(TEXT("ccm.example/log"), NOTE_ED25519, seed, &log_secret);
    for (size_t i = 0; i < 64; i++) {
        leaves[i] = hash_of(&i, sizeof i);
    }
    const char *temporary = getenv("TMPDIR");
    snprintf(above, sizeof above, "%s/markaz-witness-XXXXXX", temporary == NULL ? "/tmp" : temporary);
    assert_non_null(mkdtemp(above));
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cosigns_what_extends_what_it_saw),
        cmocka_unit_test(refuses_a_fork_a_jump_and_a_step_back),
        cmocka_unit_test(remembers_after_a_restart_and_keeps_its_key),
        cmocka_unit_test(knows_logs_and_their_keys),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    char command[96];
    snprintf(command, sizeof command, "rm -rf '%s'", above);
    const int removed = system(command);
    arena_free(arena);
    return failed != 0 ? failed : removed;
}
