/* kill -9 at random moments, of the program and of the signer: what was answered is there, proved and signed, and the
 * log goes on. MARKAZ_TEST_KILLS says how often; the suite takes 30, `meson test acts/kill_200` the 200 of a release.
 */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "acts/verify.h"
#include "base/world.h"
#include "scene.h"
#include "tlog/tree.h"

enum { CLIENTS = 4, KILLS = 30, ACKS_MAX = 100000 };

/* The client's own log of what was answered. */
struct ack {
    int64_t number;
    struct hash leaf;
};
static struct ack acks[ACKS_MAX];
static size_t acks_count;
static struct scene scene;

struct client {
    pthread_t thread;
    int64_t first;
    int pipe;
};

static const struct err *
append_with_leaf(struct ctx *ctx, void *arg)
{
    struct {
        struct scene_job job;
        struct ack ack;
    } *one = arg;
    struct text entry;
    TRY(scene_append(ctx, &one->job));
    TRY(log_entry(ctx, one->job.act.id, &entry));
    one->ack = (struct ack){.number = one->job.act.id.value, .leaf = tree_leaf(entry)};
    return NULL;
}

static void *
client_run(void *arg)
{
    struct client *client = arg;
    for (int64_t n = client->first;; n++) {
        struct ctx ctx = place_ctx(scene.place);
        ctx.kinds = &scene_kinds;
        struct {
            struct scene_job job;
            struct ack ack;
        } one = {.job = {.n = n}};
        const struct err *err = writer_run(scene.writer, &ctx, append_with_leaf, &one);
        if (err != NULL && err_root(err) == ERR_SIGNER) {
            _exit(4); /* the signer was killed: a supervisor would start us again */
        }
        if (err != NULL || write(client->pipe, &one.ack, sizeof one.ack) != (ssize_t)sizeof one.ack) {
            _exit(3);
        }
        arena_free(ctx.arena);
    }
    return NULL;
}

static _Noreturn void
child_run(int pipe, int64_t first)
{
    struct place *place = scene.place;
    struct client clients[CLIENTS];
    if (store_open(place->store_arena, &place->options, &place->store) != NULL || scene_start(&scene) != NULL) {
        _exit(2);
    }
    const int pid = signer_pid(scene.signer);
    const struct ack head = {.number = -pid};
    if (write(pipe, &head, sizeof head) != (ssize_t)sizeof head) {
        _exit(2);
    }
    for (int i = 0; i < CLIENTS; i++) {
        clients[i] = (struct client){.first = first + i * 100000, .pipe = pipe};
        if (pthread_create(&clients[i].thread, NULL, client_run, &clients[i]) != 0) {
            _exit(2);
        }
    }
    for (;;) {
        pause();
    }
}

static const struct err *
check_in(struct ctx *ctx, void *arg)
{
    (void)arg;
    struct act_id last;
    TRY(act_last(ctx, &last));
    for (size_t i = 0; i < acks_count; i++) {
        const struct arena_mark mark = arena_mark(ctx->arena);
        struct text entry;
        TRY(log_entry(ctx, (struct act_id){acks[i].number}, &entry));
        if (!hash_equal(tree_leaf(entry), acks[i].leaf)) {
            return FAIL(ctx->arena, ERR_TAMPERED, "act %lld is not the one that was answered",
                        (long long)acks[i].number);
        }
        arena_rewind(ctx->arena, mark);
    }
    return NULL;
}

static void
count_fault(void *arg, const struct act_fault *fault)
{
    (void)arg;
    print_error("act %lld: %s: %.*s\n", (long long)fault->act, fault->code, TEXT_ARG(fault->message));
}

static const struct err *
verify_in(struct ctx *ctx, void *arg)
{
    struct text *note = arg;
    struct verify_result result;
    struct act_faults faults = {.tell = count_fault};
    TRY(log_verify(ctx, &(struct verify_options){.note = *note, .full = true}, &faults, &result));
    return faults.count == 0 ? NULL : FAIL(ctx->arena, ERR_TAMPERED, "%lld faults", (long long)faults.count);
}

static void
read_acks(int pipe, int *signer)
{
    struct ack ack;
    while (read(pipe, &ack, sizeof ack) == (ssize_t)sizeof ack) {
        if (ack.number < 0) {
            *signer = (int)-ack.number;
        } else {
            assert_true(acks_count < ACKS_MAX);
            acks[acks_count++] = ack;
        }
    }
}

static void
pause_us(int64_t us)
{
    const struct timespec pause = {.tv_sec = us / 1000000, .tv_nsec = us % 1000000 * 1000};
    nanosleep(&pause, NULL);
}

static void
kill_once(struct place *place, int round)
{
    int pipes[2];
    uint8_t chance[2];
    struct ack head;
    struct ctx *ctx = &place->ctx;
    place->world.world.random(&place->world.world, chance, sizeof chance);
    assert_int_equal(pipe(pipes), 0);
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        close(pipes[0]);
        child_run(pipes[1], (int64_t)round * 1000000);
    }
    close(pipes[1]);
    assert_true(read(pipes[0], &head, sizeof head) == (ssize_t)sizeof head);
    pause_us((chance[0] * 256 + chance[1]) % 25000);
    /* Every third time the signer goes first. */
    if (round % 3 == 0) {
        kill((pid_t)-head.number, SIGKILL);
        pause_us(2000);
    }
    kill(child, SIGKILL);
    int signer = 0;
    read_acks(pipes[0], &signer);
    close(pipes[0]);
    assert_true(waitpid(child, NULL, 0) == child);

    struct text note;
    struct checkpoint checkpoint;
    MUST(ctx->arena, signer_published(ctx->arena, scene.options.folder, &note));
    MUST(ctx->arena, checkpoint_parse(ctx->arena, note, &checkpoint));
    for (size_t i = 0; i < acks_count; i++) {
        assert_true((uint64_t)acks[i].number <= checkpoint.size); /* an answer means: signed, and on disk */
    }
    MUST(ctx->arena, store_open(place->store_arena, &place->options, &place->store));
    MUST(ctx->arena, scene_start(&scene)); /* signs what was left: never a fork */
    note = log_checkpoint(scene.log, ctx->arena, &checkpoint);
    MUST(ctx->arena, store_read(place->store, ctx, check_in, NULL));
    MUST(ctx->arena, store_read(place->store, ctx, verify_in, &note));
    scene_stop(&scene);
    store_close(place->store);
}

static void
loses_nothing_that_was_answered(void **state)
{
    struct place *place = *state;
    const char *wanted = getenv("MARKAZ_TEST_KILLS");
    const int kills = wanted == NULL ? KILLS : (int)strtol(wanted, NULL, 10);
    acks_count = 0;
    scene_init(&scene, place);
    scene_stop(&scene);
    store_close(place->store);
    /* On a busy machine few answers come before a kill: then it goes on until there are enough to mean something. */
    for (int round = 1; round <= kills || (acks_count < (size_t)kills && round <= 20 * kills); round++) {
        const struct arena_mark mark = arena_mark(place->ctx.arena);
        const struct arena_mark store_mark = arena_mark(place->store_arena); /* each round opens a store */
        kill_once(place, round);
        arena_rewind(place->store_arena, store_mark);
        arena_rewind(place->ctx.arena, mark);
    }
    assert_true(acks_count >= (size_t)kills);
    print_message("%d kills, %zu answers\n", kills, acks_count);
    MUST(place->ctx.arena, store_open(place->store_arena, &place->options, &place->store));
    scene_done(&scene);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        PLACE_TEST(loses_nothing_that_was_answered),
    };
    return PLACE_RUN(tests);
}
