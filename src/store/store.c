#include "store/store.h"

#include <assert.h>
#include <errno.h>
#include <time.h>

#include "base/limits.h"
#include "store/engine.h"

static const struct engine *engine_for(struct text at);
/* Opens the write connection and takes the lease, unless both are done. Needs write_lock. */
static const struct err *lease_hold(struct ctx *ctx, struct store *store);
static const struct err *read_once(struct store *store, struct ctx *ctx, tx_fn *fn, void *arg);
static const struct err *tx_control(struct ctx *ctx, enum control control);
static void tx_end(struct ctx *ctx);
static void connection_give(struct store *store, struct connection *connection);
static const struct err *reader_take(struct store *store, struct ctx *ctx, struct connection **ret);
static void reader_give(struct store *store, struct connection *connection);
static struct timespec deadline_in(int ms);

const struct err *
store_open(struct arena *arena, const struct store_options *options, struct store **ret)
{
    assert(options->at.len > 0);

    struct store *store = ARENA_NEW(arena, struct store);
    store->engine = engine_for(options->at);
    store->options = *options;
    store->options.at = text_copy(arena, options->at);
    store->options.readers_max = options->readers_max == 0 ? STORE_READERS_MAX : options->readers_max;
    store->options.busy_ms = options->busy_ms == 0 ? STORE_BUSY_MS : options->busy_ms;

    const size_t count = store->options.readers_max;
    store->readers_count = count;
    store->readers = ARENA_ARRAY(arena, struct connection *, count);
    store->idle = ARENA_ARRAY(arena, struct connection *, count);
    for (size_t i = 0; i < count; i++) {
        store->readers[i] = store->engine->make(arena);
        store->readers[i]->options = &store->options;
        store->idle[store->idle_count++] = store->readers[i];
    }
    store->write = store->engine->make(arena);
    store->write->options = &store->options;
    store->write->writes = true;
    pthread_mutex_init(&store->lock, NULL);
    pthread_mutex_init(&store->write_lock, NULL);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&store->freed, &monotonic);
    pthread_condattr_destroy(&monotonic);

    const struct err *err = store->engine->open(arena, store->idle[count - 1]);
    if (err != NULL) {
        store_close(store);
        return err;
    }
    *ret = store;
    return NULL;
}

void
store_close(struct store *store)
{
    if (store == NULL) {
        return;
    }
    assert(!store->writer_runs);
    assert(store->idle_count == store->readers_count);

    for (size_t i = 0; i < store->readers_count; i++) {
        store->engine->close(store->readers[i]);
    }
    store->engine->close(store->write);
    pthread_cond_destroy(&store->freed);
    pthread_mutex_destroy(&store->write_lock);
    pthread_mutex_destroy(&store->lock);
}

enum store_engine
store_engine(const struct store *store)
{
    return store->engine->kind;
}

const struct err *
store_lease(struct ctx *ctx, struct store *store)
{
    assert(tx_mode(ctx) != TX_WRITE);

    pthread_mutex_lock(&store->write_lock);
    const struct err *err = lease_hold(ctx, store);
    connection_give(store, store->write);
    return err;
}

uint64_t
store_lease_count(const struct store *store)
{
    return atomic_load(&store->lease_count);
}

const struct err *
store_read(struct store *store, struct ctx *ctx, tx_fn *fn, void *arg)
{
    const struct err *err = NULL;
    for (int try = 1; try <= TX_TRIES_MAX; try++) {
        err = read_once(store, ctx, fn, arg);
        if (err == NULL || err_root(err) != ERR_DB_BUSY) {
            break;
        }
    }
    return err;
}

const struct err *
tx_begin(struct store *store, struct ctx *ctx, enum tx_mode mode)
{
    assert(mode == TX_READ || !store->writer_runs);
    return tx_open(store, ctx, mode);
}

const struct err *
tx_open(struct store *store, struct ctx *ctx, enum tx_mode mode)
{
    assert(ctx->tx == NULL);
    assert(mode == TX_READ || mode == TX_WRITE);

    struct connection *connection = store->write;
    const struct err *err = NULL;
    if (mode == TX_WRITE) {
        pthread_mutex_lock(&store->write_lock);
        err = lease_hold(ctx, store);
    } else {
        TRY(reader_take(store, ctx, &connection));
        err = connection->open ? NULL : store->engine->open(ctx->arena, connection);
    }
    if (err == NULL) {
        err =
            store->engine->control(ctx->arena, connection, mode == TX_WRITE ? CONTROL_BEGIN_WRITE : CONTROL_BEGIN_READ);
    }
    if (err != NULL) {
        connection_give(store, connection);
        return err;
    }
    connection->tx = (struct tx){.store = store, .connection = connection, .mode = mode};
    ctx->tx = &connection->tx;
    return NULL;
}

const struct err *
tx_commit(struct ctx *ctx)
{
    assert(ctx->tx != NULL);
    assert(ctx->tx->depth == 0);

    struct tx *tx = ctx->tx;
    const struct engine *engine = tx->store->engine;
    const struct err *err = tx->failed ? tx_failed(ctx) : engine->control(ctx->arena, tx->connection, CONTROL_COMMIT);
    if (err != NULL) {
        tx_rollback(ctx);
        return err;
    }
    assert(!engine->in_transaction(tx->connection));
    tx_end(ctx);
    return NULL;
}

void
tx_rollback(struct ctx *ctx)
{
    assert(ctx->tx != NULL);

    struct tx *tx = ctx->tx;
    const struct engine *engine = tx->store->engine;
    /* A connection that cannot even roll back is of no use any more; closing it rolls back. */
    if (engine->in_transaction(tx->connection) &&
        engine->control(ctx->arena, tx->connection, CONTROL_ROLLBACK) != NULL) {
        tx->connection->lost = true;
    }
    tx_end(ctx);
}

enum tx_mode
tx_mode(const struct ctx *ctx)
{
    return ctx->tx == NULL ? 0 : ctx->tx->mode;
}

bool
tx_is_open(const struct tx *tx)
{
    return tx->store->engine->in_transaction(tx->connection);
}

const struct err *
tx_savepoint(struct ctx *ctx)
{
    assert(ctx->tx != NULL);

    struct tx *tx = ctx->tx;
    TRY(tx->failed ? tx_failed(ctx) : tx_control(ctx, CONTROL_SAVEPOINT));
    tx->depth++;
    return NULL;
}

const struct err *
tx_release(struct ctx *ctx)
{
    assert(ctx->tx != NULL);
    assert(ctx->tx->depth > 0);

    struct tx *tx = ctx->tx;
    TRY(tx->failed ? tx_failed(ctx) : tx_control(ctx, CONTROL_RELEASE));
    tx->depth--;
    return NULL;
}

const struct err *
tx_back_to(struct ctx *ctx)
{
    assert(ctx->tx != NULL);
    assert(ctx->tx->depth > 0);

    struct tx *tx = ctx->tx;
    TRY(tx_control(ctx, CONTROL_BACK_TO));
    tx->failed = false;
    TRY(tx_control(ctx, CONTROL_RELEASE));
    tx->depth--;
    return NULL;
}

const struct err *
tx_failed(struct ctx *ctx)
{
    return FAIL(ctx->arena, ERR_INTERNAL, "a statement failed before, and nobody went back to a savepoint");
}

static const struct engine *
engine_for(struct text at)
{
    return text_starts(at, TEXT("postgresql://")) || text_starts(at, TEXT("postgres://")) ? &engine_postgres
                                                                                          : &engine_sqlite;
}

static const struct err *
lease_hold(struct ctx *ctx, struct store *store)
{
    struct connection *write = store->write;
    if (!write->open) {
        TRY(store->engine->open(ctx->arena, write));
    }
    if (!write->leased) {
        TRY(store->engine->lease(ctx->arena, write));
        assert(write->leased);
        atomic_fetch_add(&store->lease_count, 1);
    }
    return NULL;
}

static const struct err *
read_once(struct store *store, struct ctx *ctx, tx_fn *fn, void *arg)
{
    TRY(tx_open(store, ctx, TX_READ));
    const struct err *err = fn(ctx, arg);
    if (err == NULL) {
        return tx_commit(ctx);
    }
    tx_rollback(ctx);
    return err;
}

static const struct err *
tx_control(struct ctx *ctx, enum control control)
{
    return ctx->tx->store->engine->control(ctx->arena, ctx->tx->connection, control);
}

static void
tx_end(struct ctx *ctx)
{
    struct tx *tx = ctx->tx;
    ctx->tx = NULL;
    connection_give(tx->store, tx->connection);
}

/* What is lost is closed here, so that whoever takes the connection next opens it anew. */
static void
connection_give(struct store *store, struct connection *connection)
{
    if (connection->lost) {
        store->engine->close(connection);
    }
    if (connection->writes) {
        pthread_mutex_unlock(&store->write_lock);
    } else {
        reader_give(store, connection);
    }
}

/* Waits for a free reader, as long as for any other lock. */
static const struct err *
reader_take(struct store *store, struct ctx *ctx, struct connection **ret)
{
    const struct timespec deadline = deadline_in(store->options.busy_ms);
    int waited = 0;
    pthread_mutex_lock(&store->lock);
    while (store->idle_count == 0 && waited != ETIMEDOUT) {
        waited = pthread_cond_timedwait(&store->freed, &store->lock, &deadline);
    }
    const bool taken = store->idle_count > 0;
    if (taken) {
        *ret = store->idle[--store->idle_count];
    }
    pthread_mutex_unlock(&store->lock);
    return taken ? NULL : FAIL(ctx->arena, ERR_BUSY, "all %zu readers are in use", store->readers_count);
}

static void
reader_give(struct store *store, struct connection *connection)
{
    pthread_mutex_lock(&store->lock);
    assert(store->idle_count < store->readers_count);
    store->idle[store->idle_count++] = connection;
    pthread_cond_signal(&store->freed);
    pthread_mutex_unlock(&store->lock);
}

static struct timespec
deadline_in(int ms)
{
    struct timespec at;
    const int got = clock_gettime(CLOCK_MONOTONIC, &at);
    assert(got == 0);
    at.tv_sec += ms / 1000;
    at.tv_nsec += (long)(ms % 1000) * 1000000;
    if (at.tv_nsec >= 1000000000) {
        at.tv_sec++;
        at.tv_nsec -= 1000000000;
    }
    return at;
}
