#include "tlog/signer.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tlog/checkpoint.h"
#include "tlog/note.h"
#include "tlog/tree.h"
#include "unit.h"

static struct arena *arena;
static struct fake_world world;
static char above[64];
static int folders;

/* A new folder with a key. */
static struct signer_options
folder_new(void)
{
    struct signer_options options = {.world = &world.world};
    options.folder = text_printf(arena, "%s/%d", above, ++folders);
    MUST(arena, signer_create(arena, &world.world, options.folder, TEXT("ccm.example/log")));
    return options;
}

static struct signer *
start(const struct signer_options *options)
{
    struct signer *signer = NULL;
    MUST(arena, signer_start(arena, options, &signer));
    return signer;
}

static struct hash
leaf(int i)
{
    return tree_leaf((struct text){.at = (const char *)&i, .len = sizeof i});
}

/* Adds count leaves, the first numbered from edge->size + salt, and asks for a signature. */
static const struct err *
grow(struct signer *signer, struct tree_edge *edge, int count, int salt, struct signer_status *ret)
{
    struct tree_edge next = *edge;
    for (int i = 0; i < count; i++) {
        const struct hash hash = leaf((int)next.size + salt);
        tree_edge_add(&next, hash);
        TRY(signer_extend(signer, arena, &hash, 1));
    }
    TRY(signer_sign(signer, arena, edge->size, tree_edge_root(edge), tree_edge_root(&next), ret));
    *edge = next;
    return NULL;
}

static void
signs_what_grows_and_remembers_it(void **state)
{
    (void)state;
    const struct signer_options options = folder_new();
    struct signer *signer = start(&options);
    struct signer_status status;
    struct tree_edge edge = {0};
    struct text key;
    struct note_key verifier;
    MUST(arena, signer_key(arena, options.folder, &key));
    assert_true(note_key_parse(arena, key, &verifier));
    for (int i = 1; i <= 20; i++) {
        struct note note;
        struct checkpoint checkpoint;
        MUST(arena, grow(signer, &edge, i * 40, 0, &status));
        MUST(arena, note_parse(arena, status.note, &note));
        MUST(arena, checkpoint_parse(arena, note.text, &checkpoint));
        assert_true(note_verify(arena, &note, &verifier, NULL));
        assert_true(checkpoint.size == edge.size && hash_equal(checkpoint.root, tree_edge_root(&edge)));
    }
    signer_stop(signer);
    signer = start(&options);
    struct signer_status again;
    struct text published;
    MUST(arena, signer_status(signer, arena, &again));
    MUST(arena, signer_published(arena, options.folder, &published));
    assert_true(again.size == edge.size && text_equal(again.note, status.note) && text_equal(published, status.note));
    MUST(arena, grow(signer, &edge, 1, 0, &status));
    signer_stop(signer);
}

static void
never_signs_two_histories(void **state)
{
    (void)state;
    const struct signer_options options = folder_new();
    struct signer *signer = start(&options);
    struct signer_status status;
    struct tree_edge edge = {0};
    MUST(arena, grow(signer, &edge, 5, 0, &status));
    const struct tree_edge old = edge;
    MUST(arena, grow(signer, &edge, 5, 0, &status));
    struct tree_edge fork = old; /* a database restored from size 5 */
    const struct err *err = grow(signer, &fork, 7, 100, &status);
    assert_non_null(err);
    assert_int_equal(err->code, ERR_FORK);
    fork = edge;
    fork.peaks[0] = leaf(0); /* the same size, another history */
    assert_int_equal(grow(signer, &fork, 1, 0, &status)->code, ERR_FORK);
    /* The root must be that of the leaves it was sent. */
    const struct hash hash = leaf(77);
    MUST(arena, signer_extend(signer, arena, &hash, 1));
    err = signer_sign(signer, arena, edge.size, tree_edge_root(&edge), leaf(78), &status);
    assert_int_equal(err->code, ERR_FORK);
    /* What failed is forgotten, and the true history goes on. */
    MUST(arena, grow(signer, &edge, 3, 0, &status));
    assert_true(status.size == 13);
    signer_stop(signer);
}

static void
one_folder_has_one_signer(void **state)
{
    (void)state;
    const struct signer_options options = folder_new();
    assert_int_equal(signer_create(arena, &world.world, options.folder, TEXT("other"))->code, ERR_CONFLICT);
    struct signer *signer = start(&options);
    struct signer *second = NULL;
    const struct err *err = signer_start(arena, &options, &second);
    assert_non_null(err);
    assert_int_equal(err->code, ERR_CONFLICT);
    signer_stop(signer);
}

static void
survives_a_torn_state_and_refuses_a_lost_one(void **state)
{
    (void)state;
    const struct signer_options options = folder_new();
    struct signer *signer = start(&options);
    struct signer_status status;
    struct tree_edge edge = {0};
    MUST(arena, grow(signer, &edge, 1, 0, &status)); /* generation 2: the first page */
    const struct tree_edge before = edge;
    MUST(arena, grow(signer, &edge, 1, 0, &status)); /* generation 3: the second */
    signer_stop(signer);
    const char *path = text_cstr(arena, text_printf(arena, "%.*s/state", TEXT_ARG(options.folder)));
    const int file = open(path, O_RDWR);
    assert_true(pwrite(file, "torn", 4, 4096 + 40) == 4);
    signer = start(&options);
    MUST(arena, signer_status(signer, arena, &status));
    assert_true(status.size == before.size);
    signer_stop(signer);
    assert_true(pwrite(file, "torn", 4, 40) == 4);
    close(file);
    const struct err *err = signer_start(arena, &options, &signer);
    assert_non_null(err);
    assert_int_equal(err->code, ERR_SIGNER);
}

static void
says_that_it_is_gone(void **state)
{
    (void)state;
    const struct signer_options options = folder_new();
    struct signer *signer = start(&options);
    struct signer_status status;
    kill(signer_pid(signer), SIGKILL);
    const struct err *err = signer_status(signer, arena, &status);
    assert_non_null(err);
    assert_int_equal(err->code, ERR_SIGNER);
    signer_stop(signer);
}

static void
keeps_the_key_for_its_owner_and_the_ended_origin_beside_the_new(void **state)
{
    (void)state;
    const struct signer_options options = folder_new();
    struct signer *signer = start(&options);
    struct signer_status status;
    struct tree_edge edge = {0};
    struct stat file;
    struct text key;
    struct text ended;
    struct checkpoint checkpoint;
    assert_int_equal(stat(text_cstr(arena, text_printf(arena, "%.*s/key", TEXT_ARG(options.folder))), &file), 0);
    assert_int_equal(file.st_mode & 0777, 0600);
    MUST(arena, grow(signer, &edge, 3, 0, &status));
    assert_int_equal(signer_new_origin(signer, arena, TEXT("ccm.example/log"), &status)->code, ERR_USAGE);
    MUST(arena, signer_new_origin(signer, arena, TEXT("ccm.example/log-2"), &status));
    assert_true(status.size == 0);
    MUST(arena, signer_ended(arena, options.folder, &ended));
    MUST(arena, checkpoint_parse(arena, ended, &checkpoint));
    assert_true(checkpoint.size == 3);
    MUST(arena, signer_key(arena, options.folder, &key));
    assert_true(text_starts(key, TEXT("ccm.example/log-2+")));
    edge = (struct tree_edge){0};
    MUST(arena, grow(signer, &edge, 2, 50, &status));
    signer_stop(signer);
    signer = start(&options);
    MUST(arena, grow(signer, &edge, 2, 50, &status));
    MUST(arena, checkpoint_parse(arena, status.note, &checkpoint));
    ASSERT_TEXT(checkpoint.origin, "ccm.example/log-2");
    signer_stop(signer);
}

int
main(void)
{
    arena = arena_new(64 << 20);
    fake_world_init(&world, 0, 1);
    snprintf(above, sizeof above, "%s/markaz-signer-XXXXXX", getenv("TMPDIR") == NULL ? "/tmp" : getenv("TMPDIR"));
    assert_non_null(mkdtemp(above));
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signs_what_grows_and_remembers_it),
        cmocka_unit_test(never_signs_two_histories),
        cmocka_unit_test(one_folder_has_one_signer),
        cmocka_unit_test(survives_a_torn_state_and_refuses_a_lost_one),
        cmocka_unit_test(says_that_it_is_gone),
        cmocka_unit_test(keeps_the_key_for_its_owner_and_the_ended_origin_beside_the_new),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    char command[96];
    snprintf(command, sizeof command, "rm -rf '%s'", above);
    const int removed = system(command);
    arena_free(arena);
    return failed != 0 ? failed : removed;
}
