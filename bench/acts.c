/* Acts appended, durable, proof ready, with 64 requests in flight, beside a bare group-commit writer of the same rows:
 *   acts FOLDER  [SECONDS for each line, default 1]
 *   acts postgresql://ONE SECONDS postgresql://ANOTHER   (two databases: the bare rows make no tree)
 * An act has a body of about 300 bytes, a receipt of 1 KB, one person and two documents. "bare" inserts such rows, made
 * beforehand, through the same writer: no JSON, no hash, no tree, no signature. "2 ms" adds that to each sync of the
 * database, and to each of the signer's. BUDGETS: at least 50 % of bare; with 2 ms at least 1,000 acts a second. */
#include <assert.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "acts/act.sql.h"
#include "acts/log.h"
#include "base/limits.h"
#include "bench/sample.h"
#include "store/counter.h"
#include "store/migrate.h"
#include "store/writer.h"

enum { CLIENTS = 64, ROUNDS = 3 };

struct bench {
    struct arena *arena;
    struct ctx ctx;
    struct fake_world world;
    struct store_options store_options;
    struct signer_options signer_options;
    double seconds;
    atomic_bool over;
    atomic_int running;
    struct writer *writer;
};

struct client {
    struct bench *bench;
    struct arena *arena;
    struct ctx ctx;
    struct writer_job job;
    int64_t done;
};

static const struct err *
append(struct ctx *ctx, void *arg)
{
    (void)arg;
    struct act act;
    return sample_append(ctx, &act);
}

static const struct err *
insert_bare(struct ctx *ctx, void *arg)
{
    (void)arg;
    static const char commitments[4 * HASH_BYTES];
    int64_t number = 0;
    const struct hash hash = {.bytes = {7}};
    TRY(counter_next(ctx, TEXT("act"), &number));
    TRY(act_insert(ctx, &(struct act_insert_in){.number = number,
                                                .kind = TEXT("decision"),
                                                .version = 1,
                                                .day = ctx->today,
                                                .at_ms = 1,
                                                .actor = TEXT("system"),
                                                .corpus_root = hash,
                                                .subject = TEXT("dossier:12"),
                                                .instrument = TEXT("PL-12/2026"),
                                                .status = TEXT("granted"),
                                                .body = TEXT(SAMPLE_BODY),
                                                .receipt = sample_receipt(),
                                                .secret = hash,
                                                .commitments = {.at = commitments, .len = sizeof commitments},
                                                .leaf = hash}));
    TRY(act_person_insert(ctx, &(struct act_person_insert_in){.act = number,
                                                              .subject = TEXT("party:12"),
                                                              .role = TEXT("applicant"),
                                                              .data = TEXT(SAMPLE_PERSON),
                                                              .salt = hash,
                                                              .commitment = hash}));
    for (int64_t i = 0; i < 2; i++) {
        TRY(act_document_insert(ctx, &(struct act_document_insert_in){
                                         .act = number, .place = i, .sha256 = hash, .code = TEXT("statutes")}));
    }
    return NULL;
}

/* The answer to one request hands in the next. */
static void
again(struct writer_job *job, const struct err *err)
{
    struct client *client = (struct client *)(void *)((char *)job - offsetof(struct client, job));
    bench_must(&client->ctx, err);
    client->done++;
    arena_rewind(client->arena, (struct arena_mark){0});
    if (atomic_load(&client->bench->over)) {
        atomic_fetch_sub(&client->bench->running, 1);
    } else {
        bench_must(&client->ctx, writer_submit(client->bench->writer, job));
    }
}

static void
pause_ms(int ms)
{
    const struct timespec pause = {.tv_nsec = (long)ms * 1000000};
    nanosleep(&pause, NULL);
}

/* Acts a second, and how many a commit. */
static double
measure(struct bench *bench, bool with_proof, int sync_delay_ms, double *ret_batch)
{
    static struct client clients[CLIENTS];
    struct store *store = NULL;
    struct signer *signer = NULL;
    struct log *log = NULL;
    bench->store_options.commit_delay_ms = sync_delay_ms;
    bench->signer_options.sync_delay_ms = sync_delay_ms;
    struct writer_options options = {.world = &bench->world.world};
    if (with_proof) {
        bench_must(&bench->ctx, signer_start(bench->arena, &bench->signer_options, &signer));
    }
    bench_must(&bench->ctx, store_open(bench->arena, &bench->store_options, &store));
    if (with_proof) {
        bench_must(&bench->ctx, log_open(&bench->ctx, bench->arena, store, signer, &log));
        options.before_commit = log_guard;
        options.after_commit = log_publish;
        options.hook_arg = log;
    }
    bench_must(&bench->ctx, writer_start(&bench->ctx, bench->arena, store, &options, &bench->writer));
    atomic_store(&bench->over, false);
    atomic_store(&bench->running, CLIENTS);
    const double begin = bench_now();
    for (int i = 0; i < CLIENTS; i++) {
        clients[i] = (struct client){.bench = bench, .arena = arena_new(ARENA_BYTES_MAX)};
        clients[i].ctx = (struct ctx){
            .arena = clients[i].arena, .world = &bench->world.world, .kinds = &sample_kinds, .today = bench->ctx.today};
        clients[i].job =
            (struct writer_job){.ctx = &clients[i].ctx, .fn = with_proof ? append : insert_bare, .done = again};
        bench_must(&bench->ctx, writer_submit(bench->writer, &clients[i].job));
    }
    while (bench_now() - begin < bench->seconds) {
        pause_ms(5);
    }
    atomic_store(&bench->over, true);
    while (atomic_load(&bench->running) > 0) {
        pause_ms(1);
    }
    const double seconds = bench_now() - begin;
    int64_t done = 0;
    *ret_batch = 0;
    for (int i = 0; i < CLIENTS; i++) {
        done += clients[i].done;
    }
    *ret_batch = (double)done / (double)writer_figures(bench->writer).commits;
    writer_stop(bench->writer);
    for (int i = 0; i < CLIENTS; i++) {
        arena_free(clients[i].arena);
    }
    log_close(log);
    signer_stop(signer);
    store_close(store);
    return (double)done / seconds;
}

/* Each kind of writer has a database of its own, so that neither's rows are in the way of the other's. */
static struct bench
bench_new(const char *at, const char *part, double seconds)
{
    struct bench bench = {.arena = arena_new((size_t)1 << 30), .seconds = seconds};
    fake_world_init(&bench.world, INT64_C(1795262400000), 1);
    bench.ctx = (struct ctx){.arena = arena_new(ARENA_BYTES_MAX), .world = &bench.world.world, .kinds = &sample_kinds};
    const bool real = date_from_civil(2026, 11, 21, &bench.ctx.today);
    assert(real);
    const bool postgres = strncmp(at, "postgres", 8) == 0;
    const char *folder = text_cstr(bench.arena, text_printf(bench.arena, "%s/%s", postgres ? "/tmp" : at, part));
    if (!postgres) {
        mkdir(at, 0700);
        mkdir(folder, 0700);
    }
    bench.store_options = (struct store_options){.at = text_of(postgres ? at : folder), .create = true};
    bench.signer_options = (struct signer_options){
        .world = &bench.world.world,
        .folder = text_printf(bench.arena, "%s-signer-%d", folder, (int)(bench_now() * 1000) % 1000000)};
    struct store *store = NULL;
    bench_must(&bench.ctx, store_open(bench.arena, &bench.store_options, &store));
    bench_must(&bench.ctx, migrate(&bench.ctx, store));
    store_close(store);
    bench_must(&bench.ctx,
               signer_create(bench.ctx.arena, &bench.world.world, bench.signer_options.folder, TEXT("bench/log")));
    return bench;
}

int
main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: acts FOLDER [SECONDS] | acts postgresql://ONE SECONDS postgresql://ANOTHER\n");
        return 2;
    }
    const double seconds = argc > 2 ? strtod(argv[2], NULL) : 1;
    sample_init();
    struct bench acts = bench_new(argv[1], "acts", seconds);
    struct bench bare = bench_new(argc > 3 ? argv[3] : argv[1], "bare", seconds);
    static const int delays[] = {0, 2};
    for (size_t i = 0; i < 2; i++) {
        double rate = 0, batch = 0, peer = 0, peer_batch = 0;
        for (int round = 0; round < ROUNDS; round++) { /* by turns, the best of each: other programs run here too */
            double batch_now = 0;
            const double acts_now = measure(&acts, true, delays[i], &batch_now);
            batch = acts_now > rate ? batch_now : batch;
            rate = acts_now > rate ? acts_now : rate;
            const double peer_now = measure(&bare, false, delays[i], &batch_now);
            peer_batch = peer_now > peer ? batch_now : peer_batch;
            peer = peer_now > peer ? peer_now : peer;
        }
        printf("%d ms added to each sync\n", delays[i]);
        printf("  %-44s %9.0f acts/s  %.1f a commit\n", "bare writer of the same rows, 64 in flight", peer, peer_batch);
        printf("  %-44s %9.0f acts/s  %3.0f %% of bare, %.1f a commit\n", "acts, durable, proof ready, 64 in flight",
               rate, 100 * rate / peer, batch);
    }
    return 0;
}
