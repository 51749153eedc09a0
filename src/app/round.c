#include "app/round.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>

#include "base/json.h"
#include "base/limits.h"

struct round_thread {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t stopped;
    bool is_stopping;
    int pause_ms;
    round_fn *fn;
    void *arg;
    enum err_code said; /* the error of the last round, not to be said again */
};

static void *run(void *arg);
static void say(struct round_thread *round, struct arena *arena, const struct err *err);
static bool wait_a_while(struct round_thread *round);

const struct err *
round_start(struct arena *arena, int pause_ms, round_fn *fn, void *arg, struct round_thread **ret)
{
    struct round_thread *round = ARENA_NEW(arena, struct round_thread);
    *round = (struct round_thread){.pause_ms = pause_ms, .fn = fn, .arg = arg};
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&round->stopped, &attributes);
    pthread_condattr_destroy(&attributes);
    pthread_mutex_init(&round->lock, NULL);
    /* Signals are for the thread that waits for the end. */
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    const int failed = pthread_create(&round->thread, NULL, run, round);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (failed != 0) {
        return FAIL(arena, ERR_INTERNAL, "no thread for rounds: %d", failed);
    }
    *ret = round;
    return NULL;
}

void
round_stop(struct round_thread *round)
{
    if (round == NULL) {
        return;
    }
    pthread_mutex_lock(&round->lock);
    round->is_stopping = true;
    pthread_cond_signal(&round->stopped);
    pthread_mutex_unlock(&round->lock);
    pthread_join(round->thread, NULL);
    pthread_cond_destroy(&round->stopped);
    pthread_mutex_destroy(&round->lock);
}

static void *
run(void *arg)
{
    struct round_thread *round = arg;
    do {
        DEFER(arena_free_at) struct arena *arena = arena_new(ARENA_BYTES_MAX);
        say(round, arena, round->fn(round->arg, arena));
    } while (wait_a_while(round));
    return NULL;
}

static void
say(struct round_thread *round, struct arena *arena, const struct err *err)
{
    const enum err_code code = err == NULL ? ERR_NONE : err_root(err);
    if (err != NULL && code != round->said) {
        struct buf buf = buf_new(arena, (size_t)64 * 1024);
        struct json_out out = json_out(&buf);
        json_open_object(&out);
        json_member_text(&out, "level", TEXT("error"));
        json_member_text(&out, "event", TEXT("round"));
        json_member_text(&out, "detail", text_of(err_print(arena, err)));
        json_close_object(&out);
        const struct text line = buf_built(&buf);
        fprintf(stderr, "%.*s\n", TEXT_ARG(line));
    }
    round->said = code;
}

static bool
wait_a_while(struct round_thread *round)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += round->pause_ms / 1000;
    until.tv_nsec += (long)(round->pause_ms % 1000) * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    pthread_mutex_lock(&round->lock);
    int waited = 0;
    while (!round->is_stopping && waited == 0) {
        waited = pthread_cond_timedwait(&round->stopped, &round->lock, &until);
    }
    const bool goes_on = !round->is_stopping;
    pthread_mutex_unlock(&round->lock);
    return goes_on;
}
