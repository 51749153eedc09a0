/* Group commit: durable rows a second through the writer, beside bare loops of the same inserts on the same engine.
 *   writer FOLDER | postgresql://...  [SECONDS for each line, default 1]
 * Each row is a counter's step and an insert of about 600 bytes. "bare" runs typed statements in a loop on one
 * thread, without queue, savepoints or answers: the ceiling. "2 ms" adds that to each commit, as a slower disk would.
 */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/limits.h"
#include "base/world.h"
#include "store/counter.h"
#include "store/engine.h"
#include "store/migrate.h"
#include "store/writer.h"
#include "writer.sql.h"

enum { BENCH_CLIENTS = 64, BODY_BYTES = 500 };

struct bench {
    struct arena *arena;
    struct ctx ctx;
    struct fake_world world;
    struct store_options options;
    struct store *store;
    double seconds;
    atomic_bool over;
};

struct client {
    pthread_t thread;
    struct bench *bench;
    struct writer *writer;
    struct arena *arena;
    struct ctx ctx;
    struct writer_job job;
    int64_t done;
    atomic_int *running; /* jobs in flight */
};

static double
now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static void
must(struct ctx *ctx, const struct err *err)
{
    if (err != NULL) {
        fprintf(stderr, "%s\n", err_print(ctx->arena, err));
        exit(3);
    }
}

static const struct err *
act_add(struct ctx *ctx, void *arg)
{
    (void)arg;
    static char body[BODY_BYTES];
    if (body[0] == 0) {
        memset(body, 'x', sizeof body);
    }
    int64_t id = 0;
    TRY(counter_next(ctx, TEXT("bench"), &id));
    const struct bench_act_add_in in = {
        .id = id, .kind = TEXT("decision"), .body = {.at = body, .len = sizeof body}, .leaf = hash_of(&id, sizeof id)};
    return bench_act_add(ctx, &in);
}

static void
store_start(struct bench *bench, int commit_delay_ms)
{
    bench->options.commit_delay_ms = commit_delay_ms;
    must(&bench->ctx, store_open(bench->arena, &bench->options, &bench->store));
}

static void
pause_ms(int ms)
{
    const struct timespec pause = {.tv_nsec = (long)ms * 1000000};
    if (ms > 0) {
        nanosleep(&pause, NULL);
    }
}

/* rows in each commit, on this thread */
static double
bare(struct bench *bench, int rows, int commit_delay_ms)
{
    store_start(bench, commit_delay_ms);
    struct ctx *ctx = &bench->ctx;
    int64_t done = 0;
    const double begin = now();
    while (now() - begin < bench->seconds) {
        const struct arena_mark mark = arena_mark(ctx->arena);
        must(ctx, tx_begin(bench->store, ctx, TX_WRITE));
        for (int i = 0; i < rows; i++) {
            must(ctx, act_add(ctx, NULL));
        }
        pause_ms(commit_delay_ms);
        must(ctx, tx_commit(ctx));
        done += rows;
        arena_rewind(ctx->arena, mark);
    }
    const double rate = (double)done / (now() - begin);
    store_close(bench->store);
    return rate;
}

static void *
client_run(void *arg)
{
    struct client *client = arg;
    while (!atomic_load(&client->bench->over)) {
        const struct arena_mark mark = arena_mark(client->arena);
        must(&client->ctx, writer_run(client->writer, &client->ctx, act_add, NULL));
        client->done++;
        arena_rewind(client->arena, mark);
    }
    return NULL;
}

/* As a server with suspended requests: the answer to one job hands in the next. */
static void
client_again(struct writer_job *job, const struct err *err)
{
    struct client *client = (struct client *)((char *)job - offsetof(struct client, job));
    must(&client->ctx, err);
    client->done++;
    arena_rewind(client->arena, (struct arena_mark){0});
    if (atomic_load(&client->bench->over)) {
        atomic_fetch_sub(client->running, 1);
    } else {
        must(&client->ctx, writer_submit(client->writer, job));
    }
}

static double
through_writer(struct bench *bench, int count, bool threads, int commit_delay_ms, double *ret_batch)
{
    store_start(bench, commit_delay_ms);
    struct writer *writer = NULL;
    const struct writer_options options = {.world = &bench->world.world};
    must(&bench->ctx, writer_start(&bench->ctx, bench->arena, bench->store, &options, &writer));
    static struct client clients[BENCH_CLIENTS];
    atomic_int running = count;
    atomic_store(&bench->over, false);
    const double begin = now();
    for (int i = 0; i < count; i++) {
        clients[i] =
            (struct client){.bench = bench, .writer = writer, .arena = arena_new(ARENA_BYTES_MAX), .running = &running};
        clients[i].ctx = (struct ctx){.arena = clients[i].arena, .world = &bench->world.world};
        clients[i].job = (struct writer_job){.ctx = &clients[i].ctx, .fn = act_add, .done = client_again};
        if (threads) {
            const int started = pthread_create(&clients[i].thread, NULL, client_run, &clients[i]);
            assert(started == 0);
        } else {
            must(&bench->ctx, writer_submit(writer, &clients[i].job));
        }
    }
    while (now() - begin < bench->seconds) {
        pause_ms(5);
    }
    atomic_store(&bench->over, true);
    int64_t done = 0;
    for (int i = 0; i < count && threads; i++) {
        pthread_join(clients[i].thread, NULL);
    }
    while (!threads && atomic_load(&running) > 0) {
        pause_ms(1);
    }
    const double seconds = now() - begin;
    for (int i = 0; i < count; i++) {
        done += clients[i].done;
    }
    *ret_batch = (double)done / (double)writer_figures(writer).commits;
    writer_stop(writer); /* before the clients' arenas: the last answer may still be on its way back */
    for (int i = 0; i < count; i++) {
        arena_free(clients[i].arena);
    }
    store_close(bench->store);
    return (double)done / seconds;
}

static void
compare(struct bench *bench, int commit_delay_ms)
{
    const double one = bare(bench, 1, commit_delay_ms);
    const double many = bare(bench, BENCH_CLIENTS, commit_delay_ms);
    printf("%d ms added to each commit\n", commit_delay_ms);
    printf("  %-44s %9.0f rows/s\n", "bare, a commit for each row", one);
    printf("  %-44s %9.0f rows/s\n", "bare, a commit for 64 rows", many);
    const struct {
        const char *name;
        int clients;
        bool threads;
        double peer;
    } rows[] = {{"writer, 1 client thread", 1, true, one},
                {"writer, 64 client threads", BENCH_CLIENTS, true, many},
                {"writer, 64 requests in flight, no threads", BENCH_CLIENTS, false, many}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        double batch = 0;
        const double rate = through_writer(bench, rows[i].clients, rows[i].threads, commit_delay_ms, &batch);
        printf("  %-44s %9.0f rows/s  %3.0f %% of bare, %.1f rows a commit\n", rows[i].name, rate,
               100 * rate / rows[i].peer, batch);
    }
}

int
main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: writer FOLDER|postgresql://... [SECONDS]\n");
        return 2;
    }
    struct bench bench = {.arena = arena_new((size_t)1 << 30), .seconds = argc > 2 ? strtod(argv[2], NULL) : 1};
    fake_world_init(&bench.world, 0, 1);
    bench.ctx = (struct ctx){.arena = arena_new(ARENA_BYTES_MAX), .world = &bench.world.world};
    bench.options = (struct store_options){.at = text_of(argv[1]), .create = true};
    if (strncmp(argv[1], "postgres", 8) != 0) {
        mkdir(argv[1], 0700);
    }
    store_start(&bench, 0);
    must(&bench.ctx, migrate(&bench.ctx, bench.store));
    const char *const table[STORE_ENGINES] = {
        [STORE_SQLITE] = "CREATE TABLE IF NOT EXISTS bench_act (id INTEGER PRIMARY KEY, kind TEXT NOT NULL,"
                         " body TEXT NOT NULL, leaf BLOB NOT NULL) STRICT",
        [STORE_POSTGRES] = "CREATE TABLE IF NOT EXISTS bench_act (id BIGINT PRIMARY KEY, kind TEXT NOT NULL,"
                           " body TEXT NOT NULL, leaf BYTEA NOT NULL)",
    };
    must(&bench.ctx, tx_begin(bench.store, &bench.ctx, TX_WRITE));
    const struct engine *engine = bench.store->engine;
    must(&bench.ctx, engine->script(bench.ctx.arena, bench.ctx.tx->connection, table[engine->kind]));
    must(&bench.ctx, tx_commit(&bench.ctx));
    store_close(bench.store);
    compare(&bench, 0);
    compare(&bench, 2);
    return 0;
}
