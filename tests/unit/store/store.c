#include "store/store.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "place.h"
#include "sample.sql.h"
#include "sample_table.h"
#include "store/migrate.h"
#include "store/upkeep.h"

static const struct sample_make_in one_row = {
    .id = 1, .word = TEXT_INIT("visa"), .day = {.days = 1}, .end_day = {.days = 2}};

static enum err_code
code_of(const struct err *err)
{
    return err == NULL ? ERR_NONE : err_root(err);
}

static const struct err *
nothing(struct ctx *ctx, void *arg)
{
    (void)ctx, (void)arg;
    return NULL;
}

static const struct err *
busy_twice(struct ctx *ctx, void *arg)
{
    int *times = arg;
    return ++*times < 3 ? FAIL(ctx->arena, ERR_DB_BUSY, "time %d", *times) : NULL;
}

static void
refuses_one_reader_too_many_and_serves_the_next(void **state)
{
    struct place *place = *state;
    struct arena *arena = arena_new(ARENA_BYTES_MAX);
    struct store_options options = place->options;
    options.readers_max = 1;
    options.busy_ms = 10;
    struct store *store = NULL;
    MUST(arena, store_open(arena, &options, &store));
    struct ctx first = place_ctx(place);
    struct ctx second = place_ctx(place);
    MUST(arena, tx_begin(store, &first, TX_READ));
    assert_int_equal(code_of(store_read(store, &second, nothing, NULL)), ERR_BUSY);
    MUST(arena, tx_commit(&first));
    MUST(arena, store_read(store, &second, nothing, NULL));
    store_close(store);
    arena_free(first.arena);
    arena_free(second.arena);
    arena_free(arena);
}

static void
tries_a_read_again_while_the_database_is_busy(void **state)
{
    struct place *place = *state;
    int times = 0;
    MUST(place->ctx.arena, store_read(place->store, &place->ctx, busy_twice, &times));
    assert_int_equal(times, 3);
}

static void
refuses_to_write_in_a_read_transaction(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = &place->ctx;
    sample_table(place);
    MUST(ctx->arena, tx_begin(place->store, ctx, TX_READ));
    assert_int_equal(tx_mode(ctx), TX_READ);
    struct statement undeclared = statement_sample_rename; /* as if the generator had missed that it writes */
    undeclared.writes = false;
    const struct value values[] = {value_int(1), value_text(TEXT("x"))};
    assert_non_null(statement_run(ctx, &undeclared, values, NULL));
    tx_rollback(ctx);
    assert_int_equal(tx_mode(ctx), 0);
}

static void
opens_no_database_that_is_not_there(void **state)
{
    struct place *place = *state;
    struct arena *arena = arena_new(ARENA_BYTES_MAX);
    struct store_options options = {.at = store_engine(place->store) == STORE_SQLITE
                                              ? TEXT("/nowhere/at/all")
                                              : TEXT("postgresql:///none?host=/nowhere/at/all")};
    struct store *store = NULL;
    assert_non_null(store_open(arena, &options, &store));
    assert_null(store);
    arena_free(arena);
}

static void
names_a_damaged_page(void **state)
{
    struct place *place = *state;
    if (store_engine(place->store) != STORE_SQLITE) {
        skip();
    }
    struct ctx *ctx = &place->ctx;
    sample_table(place);
    MUST(ctx->arena, tx_begin(place->store, ctx, TX_WRITE));
    MUST(ctx->arena, sample_make(ctx, &one_row));
    MUST(ctx->arena, tx_commit(ctx));
    MUST(ctx->arena, store_check(ctx, place->store));
    store_close(place->store);
    place->store = NULL;
    const struct text path = text_printf(ctx->arena, "%s/markaz.db", place->folder);
    const int file = open(text_cstr(ctx->arena, path), O_RDWR | O_CLOEXEC);
    assert_true(file >= 0);
    struct stat stat;
    assert_int_equal(fstat(file, &stat), 0);
    const char damage[512] = {0x7F};
    /* The sample's table is the newest page; the schema is on the oldest. */
    assert_int_equal(pwrite(file, damage, sizeof damage, stat.st_size - 4096), (int)sizeof damage);
    close(file);
    MUST(ctx->arena, store_open(place->store_arena, &place->options, &place->store));
    assert_int_equal(code_of(store_check(ctx, place->store)), ERR_DB_CORRUPT);
    MUST(ctx->arena, tx_begin(place->store, ctx, TX_READ));
    struct sample_get_row row = {0};
    bool found = false;
    assert_int_equal(code_of(sample_get(ctx, 1, &row, &found)), ERR_DB_CORRUPT);
    tx_rollback(ctx);
}

static void
copies_a_database_that_opens_by_itself(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = &place->ctx;
    struct text path = text_printf(ctx->arena, "%s/copy", place->folder);
    if (store_engine(place->store) != STORE_SQLITE) {
        assert_int_equal(code_of(store_backup(ctx, place->store, TEXT("/nowhere/copy"))), ERR_USAGE);
        return;
    }
    sample_table(place);
    MUST(ctx->arena, tx_begin(place->store, ctx, TX_WRITE));
    MUST(ctx->arena, sample_make(ctx, &one_row));
    MUST(ctx->arena, tx_commit(ctx));
    assert_int_equal(mkdir(text_cstr(ctx->arena, path), 0700), 0);
    const struct text file = text_printf(ctx->arena, "%.*s/markaz.db", TEXT_ARG(path));
    MUST(ctx->arena, store_backup(ctx, place->store, file));
    assert_int_equal(code_of(store_backup(ctx, place->store, file)), ERR_CONFLICT);
    struct arena *arena = arena_new(ARENA_BYTES_MAX);
    struct store *copy = NULL;
    MUST(ctx->arena, store_open(arena, &(struct store_options){.at = path}, &copy));
    MUST(ctx->arena, migrate_check(ctx, copy));
    MUST(ctx->arena, store_check(ctx, copy));
    struct sample_get_row row = {0};
    bool found = false;
    MUST(ctx->arena, tx_begin(copy, ctx, TX_READ));
    MUST(ctx->arena, sample_get(ctx, 1, &row, &found));
    MUST(ctx->arena, tx_commit(ctx));
    assert_true(found);
    store_close(copy);
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        PLACE_TEST(refuses_one_reader_too_many_and_serves_the_next),
        PLACE_TEST(tries_a_read_again_while_the_database_is_busy),
        PLACE_TEST(refuses_to_write_in_a_read_transaction),
        PLACE_TEST(opens_no_database_that_is_not_there),
        PLACE_TEST(names_a_damaged_page),
        PLACE_TEST(copies_a_database_that_opens_by_itself),
    };
    return PLACE_RUN(tests);
}
