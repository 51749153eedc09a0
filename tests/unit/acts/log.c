#include "acts/log.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "scene.h"
#include "tlog/note.h"
#include "tlog/proof.h"
#include "tlog/tile.h"

static struct scene scene;

static int
set_up(void **state)
{
    const int failed = place_setup(state);
    scene_init(&scene, *state);
    return failed;
}

static int
tear_down(void **state)
{
    scene_done(&scene);
    return place_teardown(state);
}
#define LOG_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

static void
note_many(int64_t count)
{
    for (int64_t n = 1; n <= count; n++) {
        struct act act;
        const struct arena_mark mark = arena_mark(scene.place->ctx.arena);
        MUST(scene.place->ctx.arena, scene_note(&scene, n, &act));
        arena_rewind(scene.place->ctx.arena, mark);
    }
}

/* Appends in one transaction that no hook sees, as a program would that was killed before it signed. */
static void
write_unsigned(struct place *place, int64_t from, int64_t to)
{
    MUST(place->ctx.arena, tx_begin(place->store, &place->ctx, TX_WRITE));
    for (int64_t n = from; n <= to; n++) {
        struct scene_job job = {.n = n};
        MUST(place->ctx.arena, scene_append(&place->ctx, &job));
    }
    MUST(place->ctx.arena, tx_commit(&place->ctx));
}

static const struct err *
check_all_proofs(struct ctx *ctx, void *arg)
{
    struct text key_text;
    struct note_key key;
    struct checkpoint checkpoint;
    int64_t *checked = arg;
    TRY(log_key(ctx, scene.log, &key_text));
    assert_true(note_key_parse(ctx->arena, key_text, &key));
    log_checkpoint(scene.log, ctx->arena, &checkpoint);
    for (*checked = 0; *checked < (int64_t)checkpoint.size; ++*checked) {
        struct text entry;
        struct text bytes;
        struct proof proof;
        const struct act_id id = {*checked + 1};
        const struct arena_mark mark = arena_mark(ctx->arena);
        TRY(log_entry(ctx, id, &entry));
        TRY(log_prove(ctx, scene.log, id, &bytes));
        TRY(proof_parse(ctx->arena, bytes, &proof));
        TRY(proof_check(ctx->arena, &proof, entry, &key));
        arena_rewind(ctx->arena, mark);
    }
    return NULL;
}

static void
an_answer_means_that_the_proof_is_ready(void **state)
{
    struct place *place = *state;
    for (int64_t n = 1; n <= 5; n++) {
        struct act act;
        struct checkpoint checkpoint;
        MUST(place->ctx.arena, scene_note(&scene, n, &act));
        log_checkpoint(scene.log, place->ctx.arena, &checkpoint);
        assert_true(checkpoint.size == (uint64_t)act.id.value);
    }
    int64_t checked = 0;
    MUST(place->ctx.arena, store_read(place->store, &place->ctx, check_all_proofs, &checked));
    assert_true(checked == 6);
}

static void
proves_every_act_across_the_edges_of_tiles(void **state)
{
    struct place *place = *state;
    scene_stop(&scene);
    write_unsigned(place, 1, 700);
    MUST(place->ctx.arena, scene_start(&scene));
    int64_t checked = 0;
    MUST(place->ctx.arena, store_read(place->store, &place->ctx, check_all_proofs, &checked));
    assert_true(checked == 701);
}

static const struct err *
read_resources(struct ctx *ctx, void *arg)
{
    (void)arg;
    struct log_resource resource;
    static const struct {
        const char *path;
        size_t len;
        bool immutable;
    } found[] = {{"checkpoint", 0, false},           {"key", 0, false},
                 {"tile/0/000", 8192, true},         {"tile/0/001.p/44", 44 * 32, true},
                 {"tile/1/000.p/1", 32, true},       {"tile/entries/000", 0, true},
                 {"tile/entries/001.p/45", 0, true}, {"acts/1/entry", 0, true},
                 {"acts/301/proof", 0, false}};
    for (size_t i = 0; i < sizeof found / sizeof found[0]; i++) {
        TRY(log_resource(ctx, scene.log, text_of(found[i].path), &resource));
        assert_true(resource.bytes.len > 0 && resource.immutable == found[i].immutable);
        assert_true(found[i].len == 0 || resource.bytes.len == found[i].len);
    }
    static const char *const missing[] = {
        "",       "tile/0/001",  "tile/0/001.p/46", "tile/2/000.p/1", "acts/302/entry", "acts/0/entry",
        "acts/1", "acts/1/body", "acts/01/entry",   "acts/x/entry",   "tile/1/000.p/2"};
    for (size_t i = 0; i < sizeof missing / sizeof missing[0]; i++) {
        const struct err *err = log_resource(ctx, scene.log, text_of(missing[i]), &resource);
        if (err == NULL || err->code != ERR_NOT_FOUND) {
            fail_msg("/log/%s is there", missing[i]);
        }
    }
    /* A stranger rebuilds the root from the entries of the tiles alone. */
    struct tree_edge edge = {0};
    for (int i = 0; i < 2; i++) {
        TRY(log_resource(ctx, scene.log, text_of(i == 0 ? "tile/entries/000" : "tile/entries/001.p/45"), &resource));
        for (size_t at = 0; at < resource.bytes.len;) {
            const size_t len = (size_t)((uint8_t)resource.bytes.at[at] << 8 | (uint8_t)resource.bytes.at[at + 1]);
            tree_edge_add(&edge, tree_leaf(text_slice(resource.bytes, at + 2, at + 2 + len)));
            at += 2 + len;
        }
    }
    struct checkpoint checkpoint;
    log_checkpoint(scene.log, ctx->arena, &checkpoint);
    assert_true(checkpoint.size == 301 && edge.size == 301);
    assert_true(hash_equal(tree_edge_root(&edge), checkpoint.root));
    return NULL;
}

static void
shows_what_a_mirror_needs_and_nothing_else(void **state)
{
    struct place *place = *state;
    scene_stop(&scene);
    write_unsigned(place, 1, 300);
    MUST(place->ctx.arena, scene_start(&scene));
    MUST(place->ctx.arena, store_read(place->store, &place->ctx, read_resources, NULL));
}

static void
signs_what_a_killed_program_left_unsigned(void **state)
{
    struct place *place = *state;
    note_many(3);
    scene_stop(&scene);
    write_unsigned(place, 4, 6);
    struct checkpoint checkpoint;
    MUST(place->ctx.arena, scene_start(&scene));
    log_checkpoint(scene.log, place->ctx.arena, &checkpoint);
    assert_true(checkpoint.size == 7);
}

static void
says_written_but_unsigned_when_the_signer_is_gone_and_signs_later(void **state)
{
    struct place *place = *state;
    struct act act;
    struct checkpoint checkpoint;
    kill(signer_pid(scene.signer), SIGKILL);
    const struct err *err = scene_note(&scene, 1, &act);
    assert_non_null(err);
    assert_int_equal(err_root(err), ERR_SIGNER);
    scene_stop(&scene);
    MUST(place->ctx.arena, scene_start(&scene));
    log_checkpoint(scene.log, place->ctx.arena, &checkpoint);
    assert_true(checkpoint.size == 2);
}

/* What a restored backup is: the last acts are gone. */
static void
lose_acts_behind(struct place *place, int64_t number)
{
    char sql[400];
    snprintf(sql, sizeof sql,
             "DELETE FROM act_person WHERE act > %lld; DELETE FROM act_document WHERE act > %lld;"
             "DELETE FROM act WHERE number > %lld; UPDATE counter SET value = %lld WHERE name = 'act';",
             (long long)number, (long long)number, (long long)number, (long long)number);
    place_script(place, sql);
}

static void
a_database_restored_from_an_older_backup_cannot_sign(void **state)
{
    struct place *place = *state;
    struct act act;
    note_many(5);
    scene_stop(&scene);
    lose_acts_behind(place, 4);
    const struct err *err = scene_start(&scene);
    assert_non_null(err);
    assert_int_equal(err_root(err), ERR_FORK);
    /* Nor after it has grown past what was signed: nothing is written at all. */
    err = scene_note(&scene, 9, &act);
    assert_non_null(err);
    assert_int_equal(err_root(err), ERR_FORK);
    scene_stop(&scene);
    write_unsigned(place, 11, 14);
    assert_int_equal(err_root(scene_start(&scene)), ERR_FORK);
}

static void
a_new_origin_cross_links_the_old_one_and_signs_again(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = &place->ctx;
    struct act act;
    struct checkpoint checkpoint;
    note_many(5);
    assert_int_equal(log_new_origin(ctx, scene.log, TEXT(""), TEXT("no reason"), &act)->code, ERR_WRONG_STATE);
    scene_stop(&scene);
    lose_acts_behind(place, 4);
    assert_non_null(scene_start(&scene));
    writer_stop(scene.writer);
    scene.writer = NULL;
    MUST(ctx->arena,
         log_new_origin(ctx, scene.log, TEXT(""), TEXT("the disk burnt; Tuesday's copy is all there is"), &act));
    assert_true(act.id.value == 5);
    log_checkpoint(scene.log, ctx->arena, &checkpoint);
    ASSERT_TEXT(checkpoint.origin, "ccm.example/log-2");
    assert_true(checkpoint.size == 5);
    int64_t ended = 0;
    assert_true(json_int64(json_get(json_get(act.data, "ended"), "size"), &ended) && ended == 6);
    scene_stop(&scene);
    MUST(ctx->arena, scene_start(&scene));
    MUST(ctx->arena, scene_note(&scene, 6, &act));
    int64_t checked = 0;
    MUST(ctx->arena, store_read(place->store, ctx, check_all_proofs, &checked));
    assert_true(checked == 6);
}

static void
a_clock_set_back_changes_nothing_in_the_order(void **state)
{
    struct place *place = *state;
    struct act first;
    struct act second;
    MUST(place->ctx.arena, scene_note(&scene, 1, &first));
    place->world.at_ms -= INT64_C(86400000) * 30;
    place->ctx.today.days -= 30;
    MUST(place->ctx.arena, scene_note(&scene, 2, &second));
    assert_true(second.id.value == first.id.value + 1 && second.at_ms < first.at_ms);
    int64_t checked = 0;
    MUST(place->ctx.arena, store_read(place->store, &place->ctx, check_all_proofs, &checked));
    assert_true(checked == 3);
}

struct client {
    pthread_t thread;
    int64_t first;
    bool failed;
};

static void *
client_run(void *arg)
{
    struct client *client = arg;
    struct ctx ctx = place_ctx(scene.place);
    ctx.kinds = &scene_kinds;
    for (int64_t n = 0; n < 40 && !client->failed; n++) {
        struct scene_job job = {.n = client->first + n};
        struct checkpoint checkpoint = {0};
        client->failed = writer_run(scene.writer, &ctx, scene_append, &job) != NULL;
        log_checkpoint(scene.log, ctx.arena, &checkpoint);
        client->failed = client->failed || checkpoint.size < (uint64_t)job.act.id.value;
    }
    arena_free(ctx.arena);
    return NULL;
}

static void
eight_clients_at_once_get_eight_histories_in_one(void **state)
{
    struct place *place = *state;
    struct client clients[8];
    for (int i = 0; i < 8; i++) {
        clients[i] = (struct client){.first = i * 1000};
        assert_int_equal(pthread_create(&clients[i].thread, NULL, client_run, &clients[i]), 0);
    }
    for (int i = 0; i < 8; i++) {
        pthread_join(clients[i].thread, NULL);
        assert_false(clients[i].failed);
    }
    int64_t checked = 0;
    MUST(place->ctx.arena, store_read(place->store, &place->ctx, check_all_proofs, &checked));
    assert_true(checked == 321);
}

static void
two_writers_cannot_both_write(void **state)
{
    struct place *place = *state;
    struct arena *arena = arena_new(ARENA_BYTES_MAX);
    struct store *store = NULL;
    struct ctx ctx = place_ctx(place);
    ctx.kinds = &scene_kinds;
    struct signer *signer = NULL;
    MUST(ctx.arena, store_open(arena, &place->options, &store));
    const struct err *err = tx_begin(store, &ctx, TX_WRITE);
    assert_non_null(err);
    assert_int_equal(err_root(err), ERR_CONFLICT);
    assert_int_equal(err_root(signer_start(ctx.arena, &scene.options, &signer)), ERR_CONFLICT);
    store_close(store);
    arena_free(ctx.arena);
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        LOG_TEST(an_answer_means_that_the_proof_is_ready),
        LOG_TEST(proves_every_act_across_the_edges_of_tiles),
        LOG_TEST(shows_what_a_mirror_needs_and_nothing_else),
        LOG_TEST(signs_what_a_killed_program_left_unsigned),
        LOG_TEST(says_written_but_unsigned_when_the_signer_is_gone_and_signs_later),
        LOG_TEST(a_database_restored_from_an_older_backup_cannot_sign),
        LOG_TEST(a_new_origin_cross_links_the_old_one_and_signs_again),
        LOG_TEST(a_clock_set_back_changes_nothing_in_the_order),
        LOG_TEST(eight_clients_at_once_get_eight_histories_in_one),
        LOG_TEST(two_writers_cannot_both_write),
    };
    return PLACE_RUN(tests);
}
