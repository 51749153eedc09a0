#include "store/writer.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <time.h>

#include "base/limits.h"
#include "store/engine.h"

struct writer {
    struct store *store;
    struct writer_options options;
    struct ctx ctx; /* of the batch: its transaction and its hooks */
    pthread_t thread;
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t woken;
    struct writer_job *first;
    struct writer_job *last;
    bool stopping;
    struct writer_figures figures;
};

/* A job whose submitter waits (writer_run). */
struct awaited {
    struct writer_job job;
    pthread_mutex_t lock;
    pthread_cond_t answered;
    const struct err *err;
    bool done;
};

/* How a batch is run. Without savepoints first, which cost as much as a small job on PostgreSQL: when a job fails, the
 * batch begins anew with each job in a savepoint of its own, so that only what failed is undone. */
struct round {
    bool apart;
    bool torn; /* a job failed and the jobs are not apart: begin anew */
    bool any;  /* a job succeeded */
    bool written;
};

static void *writer_loop(void *arg);
static struct writer_job *batch_take(struct writer *writer);
static void batch_run(struct writer *writer, struct writer_job *batch);
static const struct err *batch_try(struct writer *writer, struct writer_job *batch, struct round *round);
static const struct err *batch_jobs(struct writer *writer, struct writer_job *batch, struct round *round);
static const struct err *job_try(struct ctx *ctx, struct writer_job *job);
static void batch_answer(struct writer *writer, struct writer_job *batch, const struct err *err,
                         const struct err *after);
static const struct err *copy_of(struct ctx *ctx, struct writer *writer, const struct err *err, const char *what);
static void awaited_done(struct writer_job *job, const struct err *err);
static void pause_ms(int ms);

const struct err *
writer_start(struct ctx *ctx, struct arena *arena, struct store *store, const struct writer_options *options,
             struct writer **ret)
{
    assert(ctx->tx == NULL);

    if (store->writer_runs) {
        return FAIL(ctx->arena, ERR_CONFLICT, "this store has a writer already");
    }
    TRY(store_lease(ctx, store));
    struct writer *writer = ARENA_NEW(arena, struct writer);
    writer->store = store;
    writer->options = *options;
    writer->ctx = (struct ctx){.arena = arena_new(ARENA_BYTES_MAX), .world = options->world, .lang = ctx->lang};
    pthread_mutex_init(&writer->lock, NULL);
    pthread_cond_init(&writer->woken, NULL);
    store->writer_runs = true;
    const int reason = pthread_create(&writer->thread, NULL, writer_loop, writer);
    if (reason != 0) {
        store->writer_runs = false;
        arena_free(writer->ctx.arena);
        return FAIL(ctx->arena, ERR_IO, "cannot start the writer's thread: %d", reason);
    }
    *ret = writer;
    return NULL;
}

void
writer_stop(struct writer *writer)
{
    if (writer == NULL) {
        return;
    }
    pthread_mutex_lock(&writer->lock);
    writer->stopping = true;
    pthread_cond_signal(&writer->woken);
    pthread_mutex_unlock(&writer->lock);
    pthread_join(writer->thread, NULL);
    assert(writer->first == NULL);

    writer->store->writer_runs = false;
    pthread_cond_destroy(&writer->woken);
    pthread_mutex_destroy(&writer->lock);
    arena_free(writer->ctx.arena);
}

const struct err *
writer_submit(struct writer *writer, struct writer_job *job)
{
    assert(job->ctx != NULL && job->ctx->tx == NULL);
    assert(job->fn != NULL && job->done != NULL);

    job->next = NULL;
    job->written = false;
    job->err = NULL;
    pthread_mutex_lock(&writer->lock);
    const bool taken = !writer->stopping && writer->figures.waiting < WRITER_QUEUE_MAX;
    if (taken) {
        if (writer->last == NULL) {
            writer->first = job;
            pthread_cond_signal(&writer->woken);
        } else {
            writer->last->next = job;
        }
        writer->last = job;
        writer->figures.waiting++;
    }
    pthread_mutex_unlock(&writer->lock);
    return taken ? NULL : FAIL(job->ctx->arena, ERR_BUSY, "the writer takes no more jobs");
}

const struct err *
writer_run(struct writer *writer, struct ctx *ctx, tx_fn *fn, void *arg)
{
    struct awaited awaited = {.job = {.ctx = ctx, .fn = fn, .arg = arg, .done = awaited_done}};
    pthread_mutex_init(&awaited.lock, NULL);
    pthread_cond_init(&awaited.answered, NULL);
    const struct err *err = writer_submit(writer, &awaited.job);
    if (err == NULL) {
        pthread_mutex_lock(&awaited.lock);
        while (!awaited.done) {
            pthread_cond_wait(&awaited.answered, &awaited.lock);
        }
        pthread_mutex_unlock(&awaited.lock);
        err = awaited.err;
    }
    pthread_cond_destroy(&awaited.answered);
    pthread_mutex_destroy(&awaited.lock);
    return err;
}

struct writer_figures
writer_figures(struct writer *writer)
{
    pthread_mutex_lock(&writer->lock);
    const struct writer_figures figures = writer->figures;
    pthread_mutex_unlock(&writer->lock);
    return figures;
}

static void *
writer_loop(void *arg)
{
    struct writer *writer = arg;
    for (;;) {
        struct writer_job *batch = batch_take(writer);
        if (batch == NULL) {
            return NULL;
        }
        const struct arena_mark mark = arena_mark(writer->ctx.arena);
        batch_run(writer, batch);
        arena_rewind(writer->ctx.arena, mark);
    }
}

/* The jobs that wait, at most WRITER_BATCH_MAX; NULL when the writer ends. */
static struct writer_job *
batch_take(struct writer *writer)
{
    pthread_mutex_lock(&writer->lock);
    while (writer->first == NULL && !writer->stopping) {
        pthread_cond_wait(&writer->woken, &writer->lock);
    }
    struct writer_job *batch = writer->first;
    struct writer_job *last = batch;
    uint64_t count = batch == NULL ? 0 : 1;
    while (last != NULL && last->next != NULL && count < WRITER_BATCH_MAX) {
        last = last->next;
        count++;
    }
    if (last != NULL) {
        writer->first = last->next;
        writer->last = last->next == NULL ? NULL : writer->last;
        last->next = NULL;
        writer->figures.waiting -= count;
    }
    pthread_mutex_unlock(&writer->lock);
    return batch;
}

static void
batch_run(struct writer *writer, struct writer_job *batch)
{
    const struct err *err = NULL;
    struct round round = {0};
    for (int try = 1; try <= TX_TRIES_MAX; try++) {
        err = batch_try(writer, batch, &round);
        if (err == NULL && round.torn) {
            round.apart = true;
            err = batch_try(writer, batch, &round);
        }
        if (err == NULL || err_root(err) != ERR_DB_BUSY) {
            break;
        }
    }
    const struct err *after = NULL;
    if (round.written && writer->options.after_commit != NULL) {
        after = writer->options.after_commit(&writer->ctx, writer->options.hook_arg);
        assert(writer->ctx.tx == NULL);
    }
    batch_answer(writer, batch, err, after);
}

/* One transaction. An error is the batch's; errors of single jobs stand in the jobs. */
static const struct err *
batch_try(struct writer *writer, struct writer_job *batch, struct round *round)
{
    struct ctx *ctx = &writer->ctx;
    round->any = false;
    round->torn = false;
    TRY(tx_open(writer->store, ctx, TX_WRITE));
    const struct err *err = batch_jobs(writer, batch, round);
    if (err == NULL && round->any && writer->options.before_commit != NULL) {
        err = writer->options.before_commit(ctx, writer->options.hook_arg);
    }
    if (err != NULL || !round->any) {
        tx_rollback(ctx);
        return err;
    }
    pause_ms(writer->store->options.commit_delay_ms);
    TRY(tx_commit(ctx));
    round->written = true;
    return NULL;
}

static const struct err *
batch_jobs(struct writer *writer, struct writer_job *batch, struct round *round)
{
    struct ctx *ctx = &writer->ctx;
    for (struct writer_job *job = batch; job != NULL; job = job->next) {
        TRY(round->apart ? tx_savepoint(ctx) : NULL);
        job->err = job_try(ctx, job);
        if (job->err == NULL) {
            TRY(round->apart ? tx_release(ctx) : NULL);
            round->any = true;
            continue;
        }
        /* Busy is of the whole transaction, which is tried again; so is, once apart, an error that ended it. */
        if (err_root(job->err) == ERR_DB_BUSY || (round->apart && !tx_is_open(ctx->tx))) {
            return FAIL(ctx->arena, err_root(job->err), "%s", err_print(ctx->arena, job->err));
        }
        if (!round->apart) {
            round->any = false;
            round->torn = batch->next != NULL; /* one alone is undone by the rollback */
            return NULL;
        }
        TRY(tx_back_to(ctx));
    }
    return NULL;
}

static const struct err *
job_try(struct ctx *ctx, struct writer_job *job)
{
    const int depth = ctx->tx->depth;
    job->ctx->tx = ctx->tx;
    const struct err *err = job->fn(job->ctx, job->arg);
    job->ctx->tx = NULL;
    /* A job that failed inside savepoints of its own leaves them open. */
    assert(err == NULL ? ctx->tx->depth == depth : ctx->tx->depth >= depth);
    if (err == NULL && ctx->tx->failed) {
        err = tx_failed(job->ctx);
    }
    while (ctx->tx->depth > depth && tx_is_open(ctx->tx)) {
        TRY(tx_back_to(ctx));
    }
    return err;
}

static void
batch_answer(struct writer *writer, struct writer_job *batch, const struct err *err, const struct err *after)
{
    struct writer_figures add = {.commits = err == NULL ? 1 : 0};
    for (struct writer_job *job = batch; job != NULL; job = job->next) {
        if (err != NULL) {
            job->err = copy_of(job->ctx, writer, err, "nothing of the batch is written");
        }
        job->written = job->err == NULL;
        if (job->written && after != NULL) {
            job->err = copy_of(job->ctx, writer, after, "written, but what follows the commit failed");
        }
        add.jobs++;
        add.failed += job->err == NULL ? 0 : 1;
    }
    pthread_mutex_lock(&writer->lock);
    writer->figures.jobs += add.jobs;
    writer->figures.failed += add.failed;
    writer->figures.commits += add.commits;
    pthread_mutex_unlock(&writer->lock);
    for (struct writer_job *job = batch, *next = NULL; job != NULL; job = next) {
        next = job->next; /* done() may end the life of the job */
        job->done(job, job->err);
    }
}

/* The batch's error lives in the writer's arena; each job needs one in its own. */
static const struct err *
copy_of(struct ctx *ctx, struct writer *writer, const struct err *err, const char *what)
{
    return FAIL(ctx->arena, err_root(err), "%s: %s", what, err_print(writer->ctx.arena, err));
}

static void
awaited_done(struct writer_job *job, const struct err *err)
{
    static_assert(offsetof(struct awaited, job) == 0, "an awaited job is a job");
    struct awaited *awaited = (struct awaited *)job;
    pthread_mutex_lock(&awaited->lock);
    awaited->err = err;
    awaited->done = true;
    pthread_cond_signal(&awaited->answered);
    pthread_mutex_unlock(&awaited->lock);
}

static void
pause_ms(int ms)
{
    struct timespec left = {.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000};
    while (ms > 0 && nanosleep(&left, &left) != 0) {
        assert(errno == EINTR);
    }
}
