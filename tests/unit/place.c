#include "place.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "store/engine.h"
#include "store/migrate.h"

/* 2026-11-21T12:00Z */
#define PLACE_NOW_MS INT64_C(1795262400000)

static void make_folder(struct place *place);
static void make_schema(struct place *place);
static int remove_one(const char *path, const struct stat *stat, int type, struct FTW *ftw);

void
place_init(struct place *place, enum store_engine engine)
{
    *place = (struct place){.store_arena = arena_new(ARENA_BYTES_MAX)};
    fake_world_init(&place->world, PLACE_NOW_MS, 1);
    place->ctx = place_ctx(place);
    if (engine == STORE_SQLITE) {
        make_folder(place);
    } else {
        make_schema(place);
    }
    MUST(place->ctx.arena, store_open(place->store_arena, &place->options, &place->store));
    MUST(place->ctx.arena, migrate(&place->ctx, place->store));
}

void
place_done(struct place *place)
{
    store_close(place->store);
    if (place->folder[0] != '\0') {
        nftw(place->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    }
    arena_free(place->ctx.arena);
    arena_free(place->store_arena);
}

void
place_reopen(struct place *place)
{
    store_close(place->store);
    MUST(place->ctx.arena, store_open(place->store_arena, &place->options, &place->store));
}

void
place_script(struct place *place, const char *sql)
{
    struct ctx *ctx = &place->ctx;
    MUST(ctx->arena, tx_begin(place->store, ctx, TX_WRITE));
    MUST(ctx->arena, place->store->engine->script(ctx->arena, ctx->tx->connection, sql));
    MUST(ctx->arena, tx_commit(ctx));
}

struct ctx
place_ctx(struct place *place)
{
    struct ctx ctx = {.arena = arena_new(ARENA_BYTES_MAX), .world = &place->world.world};
    const bool real = date_from_civil(2026, 11, 21, &ctx.today);
    assert_true(real);
    return ctx;
}

bool
place_has_postgres(void)
{
    const char *url = getenv("MARKAZ_TEST_POSTGRES");
    return url != NULL && url[0] != '\0';
}

/* The engine of the tests that run now; cmocka gives a setup no argument. */
static enum store_engine engine_now = STORE_SQLITE;

int
place_setup(void **state)
{
    static struct place place;
    place_init(&place, engine_now);
    *state = &place;
    return 0;
}

int
place_teardown(void **state)
{
    struct place *place = *state;
    if (place->ctx.tx != NULL) { /* the test failed inside it */
        tx_rollback(&place->ctx);
    }
    place_done(place);
    return 0;
}

int
place_run_tests(const struct CMUnitTest *tests, size_t count)
{
    engine_now = STORE_SQLITE;
    int failed = _cmocka_run_group_tests("on SQLite", tests, count, NULL, NULL);
    if (place_has_postgres()) {
        engine_now = STORE_POSTGRES;
        failed += _cmocka_run_group_tests("on PostgreSQL", tests, count, NULL, NULL);
    } else {
        print_message("[  SKIPPED ] no PostgreSQL here (tests/postgres.sh)\n");
    }
    return failed;
}

static void
make_folder(struct place *place)
{
    const char *above = getenv("TMPDIR");
    snprintf(place->folder, sizeof place->folder, "%s/markaz-test-XXXXXX", above == NULL ? "/tmp" : above);
    assert_non_null(mkdtemp(place->folder));
    place->options = (struct store_options){.at = text_of(place->folder), .create = true};
}

/* The tests of one run share a database; the names of their schemas never meet. */
static void
make_schema(struct place *place)
{
    const char *url = getenv("MARKAZ_TEST_POSTGRES");
    assert_non_null(url);
    static int made = 0;
    const struct text schema = text_printf(place->store_arena, "test_%d_%d", (int)getpid(), ++made);
    struct store *store = NULL;
    struct store_options options = {.at = text_of(url)};
    MUST(place->ctx.arena, store_open(place->store_arena, &options, &store));
    place->store = store;
    place_script(
        place, text_cstr(place->store_arena, text_printf(place->store_arena, "CREATE SCHEMA %.*s", TEXT_ARG(schema))));
    store_close(store);
    place->options = (struct store_options){
        .at = text_printf(place->store_arena, "%s%coptions=-csearch_path%%3D%.*s", url,
                          strchr(url, '?') == NULL ? '?' : '&', TEXT_ARG(schema)),
    };
}

static int
remove_one(const char *path, const struct stat *stat, int type, struct FTW *ftw)
{
    (void)stat, (void)type, (void)ftw;
    return remove(path);
}
