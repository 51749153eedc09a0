/* Ticket evidence: lines a second through ingestion with all its checks, beside the bare pipeline on the same engine.
 *   tickets FOLDER | postgresql://...  [SECONDS for each line, default 2]
 * "bare" reads the batch, hashes, packs one segment, inserts it and commits: the ceiling. Each batch is a commit. The
 * row of 100 cinemas sends batches of 1 to 20 lines through the one writer with 2 ms added to each commit. The last
 * rows sum segments from memory beside adding up the same bytes. */
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
#include "boxoffice/cinema.sql.h"
#include "boxoffice/ingest.h"
#include "boxoffice/ingest.sql.h"
#include "store/counter.h"
#include "store/migrate.h"
#include "store/writer.h"

enum { CINEMAS = 100, LINE_BYTES = 256, SCAN_ROWS = 50000, SCANS = 400 };

struct bench {
    struct arena *arena;
    struct ctx ctx;
    struct fake_world world;
    struct store_options options;
    struct store *store;
    double seconds;
    int64_t number; /* the next ticket */
    int64_t key;
};

static double
now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static void
must(const struct ctx *ctx, const struct err *err)
{
    if (err != NULL) {
        fprintf(stderr, "%s\n", err_print(ctx->arena, err));
        exit(3);
    }
}

static size_t
print_sale(char *at, int screen, int64_t number, int64_t screening)
{
    return (size_t)sprintf(at,
                           "{\"screen\":\"%04d-01\",\"start\":\"2026-11-%02lldT%02lld:%02lld+00:00\",\"series\":\"N1\","
                           "\"number\":%lld,\"tariff\":\"full\",\"price\":6500,\"at\":\"2026-11-01T09:58:12.3+00:00\","
                           "\"point\":\"counter-%lld\"}\n",
                           screen, (long long)(1 + screening / 400 % 28), (long long)(screening / 40 % 10 + 10),
                           (long long)(screening % 40), (long long)number, (long long)(number % 4));
}

static const struct err *
make_world(struct ctx *ctx, void *arg)
{
    (void)arg;
    for (int i = 1; i <= CINEMAS; i++) {
        const struct text code = text_printf(ctx->arena, "%04d", i);
        const struct text screen = text_printf(ctx->arena, "%04d-01", i);
        const struct cinema_insert_in cinema = {
            .id = i, .code = code, .name_ar = code, .name_latin = code, .city = code};
        TRY(cinema_insert(ctx, &cinema));
        const struct screen_insert_in in = {
            .id = i, .cinema = i, .code = screen, .seats = 1000000000, .opened_on = {0}, .closed_on = DATE_NONE};
        TRY(screen_insert(ctx, &in));
        const struct ticketing_system_insert_in system = {.id = i, .name = code, .token_sha256 = hash_of_text(code)};
        TRY(ticketing_system_insert(ctx, &system));
        TRY(ticketing_scope_insert(ctx, i, i));
    }
    return NULL;
}

static struct text
make_body(struct bench *bench, size_t lines, int64_t screenings)
{
    char *body = arena_alloc(bench->ctx.arena, lines * LINE_BYTES);
    size_t len = 0;
    for (size_t i = 0; i < lines; i++) {
        len += print_sale(body + len, 1, ++bench->number, (int64_t)i % screenings);
    }
    return (struct text){body, len};
}

static const struct err *
bare(struct ctx *ctx, struct text body, int64_t series)
{
    struct batch batch;
    TRY(batch_read(ctx->arena, body, BATCH_NDJSON, &batch));
    struct text packed;
    TRY(segment_pack(ctx->arena, batch.lines, batch.count, &packed));
    struct ticket_segment_insert_in in = {.series = series,
                                          .first_number = batch.lines[0].line.number,
                                          .last_number = batch.lines[batch.count - 1].line.number,
                                          .rows = (int64_t)batch.count,
                                          .day = ctx->today,
                                          .sha256 = hash_of_text(packed),
                                          .packed = packed};
    TRY(counter_next(ctx, TEXT("ticket_segment"), &in.id));
    return ticket_segment_insert(ctx, &in);
}

static const struct err *
whole(struct ctx *ctx, struct text body, int64_t key)
{
    struct batch batch;
    TRY(batch_read(ctx->arena, body, BATCH_NDJSON, &batch));
    struct text answer;
    const struct ingest ingest = {
        .system = 1, .key = text_printf(ctx->arena, "b%lld", (long long)key), .batch = &batch};
    return tickets_ingest(ctx, &ingest, &answer);
}

/* Lines a second, of batches made beforehand, a commit each. */
static double
measure(struct bench *bench, size_t lines, int64_t screenings, bool is_bare)
{
    struct ctx *ctx = &bench->ctx;
    double took = 0;
    double done = 0;
    while (took < bench->seconds) {
        const struct arena_mark mark = arena_mark(ctx->arena);
        const struct text body = make_body(bench, lines, screenings);
        const double began = now();
        must(ctx, tx_begin(bench->store, ctx, TX_WRITE));
        must(ctx, is_bare ? bare(ctx, body, 1) : whole(ctx, body, ++bench->key));
        must(ctx, tx_commit(ctx));
        took += now() - began;
        done += (double)lines;
        arena_rewind(ctx->arena, mark);
    }
    return done / took;
}

static void
row(struct bench *bench, size_t lines, int64_t screenings)
{
    const double ceiling = measure(bench, lines, screenings, true);
    const double rate = measure(bench, lines, screenings, false);
    printf("batches of %6zu, %4lld screenings  %9.0f lines/s   bare %9.0f   %3.0f %%\n", lines, (long long)screenings,
           rate, ceiling, 100 * rate / ceiling);
    fflush(stdout);
}

/* ---- A hundred cinemas with small batches, through the writer ---- */

struct cinema {
    struct bench *bench;
    struct writer *writer;
    pthread_t thread;
    int id;
    double until;
    int64_t lines;
};
struct small_batch {
    const struct cinema *cinema;
    struct batch batch;
    struct text key;
};

static const struct err *
take_small(struct ctx *ctx, void *arg)
{
    const struct small_batch *small = arg;
    struct text answer;
    struct batch batch = small->batch;
    return tickets_ingest(ctx, &(struct ingest){.system = small->cinema->id, .key = small->key, .batch = &batch},
                          &answer);
}

static void *
sell(void *arg)
{
    struct cinema *cinema = arg;
    struct ctx ctx = cinema->bench->ctx;
    ctx.arena = arena_new(ARENA_BYTES_MAX);
    int64_t number = cinema->id == 1 ? 500000000 : 0;
    unsigned chance = (unsigned)cinema->id;
    for (int64_t key = 0; now() < cinema->until; key++) {
        const struct arena_mark mark = arena_mark(ctx.arena);
        const int lines = 1 + rand_r(&chance) % 20;
        char *body = arena_alloc(ctx.arena, (size_t)lines * LINE_BYTES);
        size_t len = 0;
        for (int i = 0; i < lines; i++) {
            number++;
            len += print_sale(body + len, cinema->id, number, number / 200);
        }
        struct small_batch small = {.cinema = cinema, .key = text_printf(ctx.arena, "s%lld", (long long)key)};
        must(&ctx, batch_read(ctx.arena, (struct text){body, len}, BATCH_NDJSON, &small.batch));
        must(&ctx, writer_run(cinema->writer, &ctx, take_small, &small));
        cinema->lines += lines;
        arena_rewind(ctx.arena, mark);
    }
    arena_free(ctx.arena);
    return NULL;
}

static void
hundred(struct bench *bench)
{
    store_close(bench->store);
    bench->options.commit_delay_ms = 2;
    must(&bench->ctx, store_open(bench->arena, &bench->options, &bench->store));
    struct arena *writer_arena = arena_new(ARENA_BYTES_MAX);
    struct writer *writer = NULL;
    const struct writer_options options = {.world = &bench->world.world};
    must(&bench->ctx, writer_start(&bench->ctx, writer_arena, bench->store, &options, &writer));
    static struct cinema cinemas[CINEMAS];
    const double began = now();
    int64_t lines = 0;
    for (int i = 0; i < CINEMAS; i++) {
        cinemas[i] =
            (struct cinema){.bench = bench, .writer = writer, .id = i + 1, .until = began + bench->seconds * 2};
        assert(pthread_create(&cinemas[i].thread, NULL, sell, &cinemas[i]) == 0);
    }
    for (int i = 0; i < CINEMAS; i++) {
        pthread_join(cinemas[i].thread, NULL);
        lines += cinemas[i].lines;
    }
    printf("100 cinemas, 1 to 20 lines, 2 ms   %9.0f durable lines/s\n", (double)lines / (now() - began));
    writer_stop(writer);
    arena_free(writer_arena);
}

/* ---- Scan ---- */

static void
scan(struct bench *bench)
{
    struct ctx *ctx = &bench->ctx;
    const struct text body = make_body(bench, SCAN_ROWS, 20);
    struct batch batch;
    struct text packed;
    struct segment segment;
    must(ctx, batch_read(ctx->arena, body, BATCH_NDJSON, &batch));
    must(ctx, segment_pack(ctx->arena, batch.lines, batch.count, &packed));
    must(ctx, segment_open(ctx->arena, packed, &segment));
    int64_t sold = 0;
    double began = now();
    for (int i = 0; i < SCANS; i++) {
        struct segment_sums sums;
        segment_sum(&segment, &sums);
        sold += sums.gross_centimes;
    }
    const double rate = SCANS * (double)SCAN_ROWS / (now() - began);
    began = now();
    uint64_t sum = 0;
    for (int i = 0; i < SCANS; i++) { /* 5 bytes a ticket are what the sums read: price and flags */
        for (size_t at = 0; at + 4 <= SCAN_ROWS * 5; at += 4) {
            uint32_t word;
            memcpy(&word, packed.at + at, 4);
            sum += word;
        }
        __asm__ volatile("" : "+r"(sum));
    }
    const double memory = SCANS * (double)SCAN_ROWS / (now() - began);
    printf("scan of segments %9.1f M tickets/s   the same bytes added up %9.1f M   %3.0f %%   %.1f bytes a ticket%s\n",
           rate / 1e6, memory / 1e6, 100 * rate / memory, (double)packed.len / SCAN_ROWS, sold == 0 ? " (wrong)" : "");
}

int
main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "tickets FOLDER | postgresql://... [SECONDS]\n");
        return 2;
    }
    static struct bench bench;
    bench.arena = arena_new(ARENA_BYTES_MAX);
    bench.seconds = argc > 2 ? strtod(argv[2], NULL) : 2;
    fake_world_init(&bench.world, INT64_C(1795000000000), 1);
    bench.ctx =
        (struct ctx){.arena = arena_new(4 * (size_t)ARENA_BYTES_MAX), .lang = LANG_EN, .world = &bench.world.world};
    bench.ctx.today = (struct date){20775};
    bench.options = (struct store_options){.at = text_of(argv[1]), .create = true};
    if (strncmp(argv[1], "postgresql:", 11) != 0) {
        mkdir(argv[1], 0700);
    }
    must(&bench.ctx, store_open(bench.arena, &bench.options, &bench.store));
    must(&bench.ctx, migrate(&bench.ctx, bench.store));
    must(&bench.ctx, tx_begin(bench.store, &bench.ctx, TX_WRITE));
    must(&bench.ctx, make_world(&bench.ctx, NULL));
    must(&bench.ctx, tx_commit(&bench.ctx));
    must(&bench.ctx, tx_begin(bench.store, &bench.ctx, TX_WRITE));
    must(&bench.ctx, whole(&bench.ctx, make_body(&bench, 1, 1), ++bench.key));
    must(&bench.ctx, tx_commit(&bench.ctx));
    row(&bench, 1000, 1);
    row(&bench, 10000, 1);
    row(&bench, 1000, 1000);
    scan(&bench);
    hundred(&bench);
    store_close(bench.store);
    return 0;
}
