#include "store/writer.h"

#include <pthread.h>

#include "place.h"
#include "sample.sql.h"
#include "sample_table.h"
#include "store/counter.h"

struct hooks {
    int before;
    int after;
    bool before_fails;
    bool after_fails;
    struct arena *arena;
};

static const struct err *
count_one(struct ctx *ctx, void *arg)
{
    return counter_next(ctx, TEXT("act"), arg);
}

static const struct err *
count_one_and_fail(struct ctx *ctx, void *arg)
{
    TRY(counter_next(ctx, TEXT("act"), arg));
    TRY(tx_savepoint(ctx));
    TRY(counter_next(ctx, TEXT("act"), arg));
    return FAIL(ctx->arena, ERR_INPUT, "this job fails inside a savepoint of its own");
}

static const struct err *
counted(struct ctx *ctx, void *arg)
{
    return counter_last(ctx, TEXT("act"), arg);
}

static const struct err *
before(struct ctx *ctx, void *arg)
{
    struct hooks *hooks = arg;
    hooks->before++;
    assert_int_equal(tx_mode(ctx), TX_WRITE);
    return hooks->before_fails ? FAIL(ctx->arena, ERR_TAMPERED, "before") : NULL;
}

static const struct err *
after(struct ctx *ctx, void *arg)
{
    struct hooks *hooks = arg;
    hooks->after++;
    assert_int_equal(tx_mode(ctx), 0);
    return hooks->after_fails ? FAIL(ctx->arena, ERR_SIGNER, "after") : NULL;
}

static struct writer *
writer_on(struct place *place, struct hooks *hooks)
{
    struct writer *writer = NULL;
    const struct writer_options options = {
        .world = &place->world.world, .before_commit = before, .after_commit = after, .hook_arg = hooks};
    MUST(place->ctx.arena, writer_start(&place->ctx, place->store_arena, place->store, &options, &writer));
    return writer;
}

static int64_t
value_counted(struct place *place)
{
    int64_t value = -1;
    MUST(place->ctx.arena, store_read(place->store, &place->ctx, counted, &value));
    return value;
}

static void
answers_after_the_commit_and_calls_the_hooks_around_it(void **state)
{
    struct place *place = *state;
    struct hooks hooks = {0};
    struct writer *writer = writer_on(place, &hooks);
    int64_t value = 0;
    MUST(place->ctx.arena, writer_run(writer, &place->ctx, count_one, &value));
    assert_true(value == 1);
    assert_true(value_counted(place) == 1);
    assert_int_equal(hooks.before, 1);
    assert_int_equal(hooks.after, 1);
    writer_stop(writer);
}

static void
undoes_only_the_job_that_failed(void **state)
{
    struct place *place = *state;
    struct hooks hooks = {0};
    struct writer *writer = writer_on(place, &hooks);
    int64_t value = 0;
    MUST(place->ctx.arena, writer_run(writer, &place->ctx, count_one, &value));
    const struct err *err = writer_run(writer, &place->ctx, count_one_and_fail, &value);
    assert_non_null(err);
    assert_int_equal(err->code, ERR_INPUT);
    MUST(place->ctx.arena, writer_run(writer, &place->ctx, count_one, &value));
    assert_true(value == 2);
    assert_int_equal(hooks.after, 2);
    writer_stop(writer);
}

static void
writes_nothing_when_the_hook_before_the_commit_fails(void **state)
{
    struct place *place = *state;
    struct hooks hooks = {.before_fails = true};
    struct writer *writer = writer_on(place, &hooks);
    int64_t value = 0;
    const struct err *err = writer_run(writer, &place->ctx, count_one, &value);
    assert_non_null(err);
    assert_int_equal(err_root(err), ERR_TAMPERED);
    assert_true(value_counted(place) == 0);
    assert_int_equal(hooks.after, 0);
    writer_stop(writer);
}

static void
keeps_what_is_written_when_the_hook_after_the_commit_fails(void **state)
{
    struct place *place = *state;
    struct hooks hooks = {.after_fails = true};
    struct writer *writer = writer_on(place, &hooks);
    int64_t value = 0;
    const struct err *err = writer_run(writer, &place->ctx, count_one, &value);
    assert_non_null(err);
    assert_int_equal(err_root(err), ERR_SIGNER);
    assert_true(value_counted(place) == 1);
    writer_stop(writer);
}

/* Jobs that wait for a gate, so that the next ones surely meet in one batch. */
struct gate {
    pthread_mutex_t lock;
    pthread_cond_t moved;
    bool entered;
    bool open;
    int answered;
    int failed;
};

static const struct err *
wait_at_gate(struct ctx *ctx, void *arg)
{
    (void)ctx;
    struct gate *gate = arg;
    pthread_mutex_lock(&gate->lock);
    gate->entered = true;
    pthread_cond_broadcast(&gate->moved);
    while (!gate->open) {
        pthread_cond_wait(&gate->moved, &gate->lock);
    }
    pthread_mutex_unlock(&gate->lock);
    return NULL;
}

struct gate_job {
    struct writer_job job;
    struct gate *gate;
    struct ctx ctx;
    int64_t value;
};

static void
answered(struct writer_job *job, const struct err *err)
{
    struct gate_job *gate_job = (struct gate_job *)job;
    struct gate *gate = gate_job->gate;
    pthread_mutex_lock(&gate->lock);
    gate->answered++;
    gate->failed += err == NULL ? 0 : 1;
    pthread_cond_broadcast(&gate->moved);
    pthread_mutex_unlock(&gate->lock);
}

static void
writes_all_waiting_jobs_with_one_commit(void **state)
{
    enum { JOBS = 20 };
    struct place *place = *state;
    struct hooks hooks = {0};
    struct writer *writer = writer_on(place, &hooks);
    struct gate gate = {.lock = PTHREAD_MUTEX_INITIALIZER, .moved = PTHREAD_COND_INITIALIZER};
    struct gate_job jobs[JOBS + 1] = {0};
    for (int i = 0; i <= JOBS; i++) {
        jobs[i].gate = &gate;
        jobs[i].ctx = place_ctx(place);
        tx_fn *fn = i == 0 ? wait_at_gate : i % 5 == 0 ? count_one_and_fail : count_one;
        jobs[i].job = (struct writer_job){
            .ctx = &jobs[i].ctx, .fn = fn, .arg = i == 0 ? (void *)&gate : (void *)&jobs[i].value, .done = answered};
        MUST(place->ctx.arena, writer_submit(writer, &jobs[i].job));
        pthread_mutex_lock(&gate.lock);
        while (!gate.entered) {
            pthread_cond_wait(&gate.moved, &gate.lock);
        }
        pthread_mutex_unlock(&gate.lock);
    }
    pthread_mutex_lock(&gate.lock);
    gate.open = true;
    pthread_cond_broadcast(&gate.moved);
    while (gate.answered <= JOBS) {
        pthread_cond_wait(&gate.moved, &gate.lock);
    }
    pthread_mutex_unlock(&gate.lock);
    assert_int_equal(gate.failed, JOBS / 5);
    const struct writer_figures figures = writer_figures(writer);
    assert_int_equal(figures.commits, 2); /* the gate's, and one for all that waited behind it */
    assert_int_equal(figures.jobs, JOBS + 1);
    assert_int_equal(figures.failed, JOBS / 5);
    assert_true(value_counted(place) == JOBS - JOBS / 5);
    writer_stop(writer);
    for (int i = 0; i <= JOBS; i++) {
        arena_free(jobs[i].ctx.arena);
    }
}

static void
refuses_a_second_writer_until_the_first_is_gone(void **state)
{
    struct place *place = *state;
    struct hooks hooks = {0};
    struct writer *writer = writer_on(place, &hooks);
    struct store *other = NULL;
    struct arena *arena = arena_new(64 * 1024 * 1024);
    MUST(place->ctx.arena, store_open(arena, &place->options, &other));
    struct ctx ctx = place_ctx(place);
    struct writer *second = NULL;
    const struct writer_options options = {.world = &place->world.world};
    const struct err *err = writer_start(&ctx, arena, other, &options, &second);
    assert_non_null(err);
    assert_int_equal(err_root(err), ERR_CONFLICT);
    err = tx_begin(other, &ctx, TX_WRITE);
    assert_non_null(err);
    assert_int_equal(err_root(err), ERR_CONFLICT);
    err = writer_start(&ctx, arena, place->store, &options, &second);
    assert_non_null(err);
    assert_int_equal(err_root(err), ERR_CONFLICT);
    int64_t value = -1;
    MUST(ctx.arena, store_read(other, &ctx, counted, &value)); /* reading is free */
    writer_stop(writer);
    store_close(place->store);
    MUST(ctx.arena, writer_start(&ctx, arena, other, &options, &second));
    MUST(ctx.arena, writer_run(second, &ctx, count_one, &value));
    writer_stop(second);
    store_close(other);
    arena_free(ctx.arena);
    arena_free(arena);
    MUST(place->ctx.arena, store_open(place->store_arena, &place->options, &place->store));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        PLACE_TEST(answers_after_the_commit_and_calls_the_hooks_around_it),
        PLACE_TEST(undoes_only_the_job_that_failed),
        PLACE_TEST(writes_nothing_when_the_hook_before_the_commit_fails),
        PLACE_TEST(keeps_what_is_written_when_the_hook_after_the_commit_fails),
        PLACE_TEST(writes_all_waiting_jobs_with_one_commit),
        PLACE_TEST(refuses_a_second_writer_until_the_first_is_gone),
    };
    return PLACE_RUN(tests);
}
