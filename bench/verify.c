/* `log verify --full` beside the hash ceiling: verify FOLDER [ACTS, default 50000]
 * The ceiling hashes the same bytes as often, from memory, on one core: salts, commitments, leaves, nodes. An act has a
 * body of about 300 bytes, a receipt of 1 KB, one person and two documents. BUDGETS: at least 50 % of the ceiling. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "acts/act.sql.h"
#include "acts/entry.h"
#include "acts/log.h"
#include "acts/verify.h"
#include "base/limits.h"
#include "bench/sample.h"
#include "store/migrate.h"
#include "tlog/tree.h"

enum { ACTS_IN_COMMIT = 64, ROUNDS = 7 };

struct bench {
    struct arena *arena;
    struct ctx ctx;
    struct fake_world world;
    struct store *store;
    struct signer *signer;
    struct log *log;
    struct act act;
};

static void
fill(struct bench *bench, const char *folder, int64_t acts)
{
    struct ctx *ctx = &bench->ctx;
    const struct signer_options options = {.folder = text_printf(bench->arena, "%s/signer", folder),
                                           .world = &bench->world.world};
    bench_must(ctx, signer_create(ctx->arena, &bench->world.world, options.folder, TEXT("bench/log")));
    bench_must(ctx, signer_start(bench->arena, &options, &bench->signer));
    bench_must(ctx,
               store_open(bench->arena, &(struct store_options){.at = text_of(folder), .create = true}, &bench->store));
    bench_must(ctx, migrate(ctx, bench->store));
    bench_must(ctx, log_open(ctx, bench->arena, bench->store, bench->signer, &bench->log));
    for (int64_t done = 0; done < acts;) {
        const struct arena_mark mark = arena_mark(ctx->arena);
        bench_must(ctx, tx_begin(bench->store, ctx, TX_WRITE));
        if (done == 0) {
            bench_must(ctx, log_begin(ctx, bench->log, TEXT("a bench"), &bench->act));
            done++;
        }
        for (int i = 0; i < ACTS_IN_COMMIT && done < acts; i++, done++) {
            bench_must(ctx, sample_append(ctx, &bench->act));
        }
        bench_must(ctx, log_guard(ctx, bench->log));
        bench_must(ctx, tx_commit(ctx));
        bench_must(ctx, log_publish(ctx, bench->log));
        arena_rewind(ctx->arena, mark);
    }
}

static void
tell(void *arg, const struct act_fault *fault)
{
    (void)arg;
    printf("act %lld: %s\n", (long long)fault->act, fault->code);
}

static const struct err *
verify(struct ctx *ctx, void *arg)
{
    struct bench *bench = arg;
    struct checkpoint checkpoint;
    struct verify_result result;
    struct act_faults faults = {.tell = tell};
    const struct verify_options options = {.note = log_checkpoint(bench->log, ctx->arena, &checkpoint), .full = true};
    TRY(log_verify(ctx, &options, &faults, &result));
    assert(faults.count == 0);
    return NULL;
}

static const struct err *
last_row(struct ctx *ctx, void *arg)
{
    struct act_row_row *row = arg;
    struct act_id last;
    bool found = false;
    TRY(act_last(ctx, &last));
    return act_row(ctx, last.value, row, &found);
}

/* Seconds to hash what an act makes, as often as there are acts. */
static double
ceiling(struct bench *bench, int64_t acts)
{
    struct act_row_row row;
    bench_must(&bench->ctx, store_read(bench->store, &bench->ctx, last_row, &row));
    struct arena *arena = bench->ctx.arena;
    const struct act_fields fields = {.number = row.number,
                                      .kind = row.kind,
                                      .version = row.version,
                                      .day = row.day,
                                      .at_ms = row.at_ms,
                                      .actor = row.actor,
                                      .corpus_root = row.corpus_root,
                                      .subject = row.subject,
                                      .instrument = row.instrument,
                                      .status = row.status,
                                      .body = row.body,
                                      .receipt = row.receipt,
                                      .secret = row.secret};
    const struct text body = body_data(arena, &fields);
    const struct text person = person_data(arena, TEXT("party:12"), TEXT("applicant"), TEXT(SAMPLE_PERSON));
    const struct text document = document_data(arena, TEXT("statutes"), row.secret);
    const struct text entry = entry_print(arena, &fields, row.commitments);
    struct tree_edge edge = {0};
    struct hash sum = {0};
    const double begin = bench_now();
    for (int64_t i = 0; i < acts; i++) {
        sum = hash_of_text(row.receipt);
        sum = commitment_of(salt_of(row.secret, "body", 0), body);
        sum = commitment_of(row.secret, person);
        sum = commitment_of(salt_of(row.secret, "document", 0), document);
        sum = commitment_of(salt_of(row.secret, "document", 1), document);
        sum = tree_leaf(entry);
        tree_edge_add(&edge, sum);
    }
    const double seconds = bench_now() - begin;
    assert(edge.size == (uint64_t)acts);
    return seconds;
}

int
main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: verify FOLDER [ACTS]\n");
        return 2;
    }
    const int64_t acts = argc > 2 ? strtol(argv[2], NULL, 10) : 50000;
    struct bench bench = {.arena = arena_new((size_t)1 << 28)};
    fake_world_init(&bench.world, INT64_C(1795262400000), 1);
    bench.ctx = (struct ctx){.arena = arena_new((size_t)1 << 28), .world = &bench.world.world, .kinds = &sample_kinds};
    const bool real = date_from_civil(2026, 11, 21, &bench.ctx.today);
    assert(real);
    sample_init();
    mkdir(argv[1], 0700);
    fill(&bench, argv[1], acts);
    double seconds = 0;
    double least = 0;
    for (int round = 0; round < ROUNDS; round++) { /* by turns, the best of each: other programs run here too */
        const struct arena_mark mark = arena_mark(bench.ctx.arena);
        const double begin = bench_now();
        bench_must(&bench.ctx, store_read(bench.store, &bench.ctx, verify, &bench));
        const double taken = bench_now() - begin;
        const double hashed = ceiling(&bench, acts);
        seconds = round == 0 || taken < seconds ? taken : seconds;
        least = round == 0 || hashed < least ? hashed : least;
        arena_rewind(bench.ctx.arena, mark);
    }
    printf("  %-44s %9.0f acts/s\n", "hash ceiling: the same bytes from memory", (double)acts / least);
    printf("  %-44s %9.0f acts/s  %3.0f %% of the ceiling\n", "log verify --full", (double)acts / seconds,
           100 * least / seconds);
    log_close(bench.log);
    signer_stop(bench.signer);
    store_close(bench.store);
    return 0;
}
