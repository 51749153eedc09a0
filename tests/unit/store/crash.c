/* What is acknowledged is on disk: after a kill, on a full disk, and over lost connections. */
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/limits.h"
#include "place.h"
#include "proxy.h"
#include "sample.sql.h"
#include "sample_table.h"
#include "store/counter.h"
#include "store/upkeep.h"
#include "store/writer.h"

enum { KILLS = 12, CLIENTS = 4, ACKS_MAX = 400, BLOB_BYTES = 8 * 1024 };

/* One row, numbered by a counter: two writes that must stand or fall together. */
static const struct err *
row_add(struct ctx *ctx, void *arg)
{
    static const char blob[BLOB_BYTES];
    int64_t *id = arg;
    TRY(counter_next(ctx, TEXT("row"), id));
    const struct sample_make_in in = {.id = *id,
                                      .word = TEXT("row"),
                                      .day = ctx->today,
                                      .end_day = DATE_NONE,
                                      .data = {.at = blob, .len = sizeof blob}};
    return sample_make(ctx, &in);
}

static const struct err *
rows_counted(struct ctx *ctx, void *arg)
{
    return sample_count(ctx, arg);
}

static const struct err *
row_found(struct ctx *ctx, void *arg)
{
    int64_t *id = arg;
    struct sample_exists_row row;
    TRY(sample_exists(ctx, *id, &row));
    return row.found ? NULL : FAIL(ctx->arena, ERR_NOT_FOUND, "row %lld was acknowledged", (long long)*id);
}

static const struct err *
counter_read(struct ctx *ctx, void *arg)
{
    return counter_last(ctx, TEXT("row"), arg);
}

static void
check_whole(struct place *place)
{
    struct sample_count_row rows = {0};
    int64_t counted = -1;
    MUST(place->ctx.arena, store_read(place->store, &place->ctx, rows_counted, &rows));
    MUST(place->ctx.arena, store_read(place->store, &place->ctx, counter_read, &counted));
    assert_true(rows.count == counted && rows.last == counted);
    MUST(place->ctx.arena, store_check(&place->ctx, place->store));
}

/* In the child that will be killed. */
struct client {
    pthread_t thread;
    struct place *place;
    struct writer *writer;
    int acks;
};

static void *
client_loop(void *arg)
{
    struct client *client = arg;
    for (;;) {
        struct ctx ctx = place_ctx(client->place);
        int64_t id = 0;
        if (writer_run(client->writer, &ctx, row_add, &id) != NULL ||
            write(client->acks, &id, sizeof id) != (ssize_t)sizeof id) {
            _exit(3);
        }
        arena_free(ctx.arena);
    }
    return NULL;
}

static _Noreturn void
child_run(struct place *place, int acks)
{
    struct writer *writer = NULL;
    const struct writer_options options = {.world = &place->world.world};
    if (store_open(place->store_arena, &place->options, &place->store) != NULL ||
        writer_start(&place->ctx, place->store_arena, place->store, &options, &writer) != NULL) {
        _exit(2);
    }
    struct client clients[CLIENTS];
    for (int i = 0; i < CLIENTS; i++) {
        clients[i] = (struct client){.place = place, .writer = writer, .acks = acks};
        if (pthread_create(&clients[i].thread, NULL, client_loop, &clients[i]) != 0) {
            _exit(2);
        }
    }
    for (;;) {
        pause();
    }
}

/* Kills a writing child after some acknowledgements; answers how many there were in all. */
static int
kill_after(struct place *place, int count, int64_t ids[ACKS_MAX])
{
    int acks[2];
    assert_int_equal(pipe(acks), 0);
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        close(acks[0]);
        child_run(place, acks[1]);
    }
    close(acks[1]);
    int got = 0;
    while (got < ACKS_MAX && read(acks[0], &ids[got], sizeof ids[0]) == (ssize_t)sizeof ids[0]) {
        got++;
        if (got == count) {
            assert_int_equal(kill(child, SIGKILL), 0);
        }
    }
    close(acks[0]);
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    assert_true(got >= count);
    return got;
}

static void
loses_no_acknowledged_row_when_it_is_killed(void **state)
{
    struct place *place = *state;
    sample_table(place);
    static int64_t ids[ACKS_MAX];
    for (int round = 0; round < KILLS; round++) {
        uint8_t chance = 0;
        place->world.world.random(&place->world.world, &chance, 1);
        store_close(place->store);
        place->store = NULL;
        const int got = kill_after(place, 1 + chance, ids);
        MUST(place->ctx.arena, store_open(place->store_arena, &place->options, &place->store));
        for (int i = 0; i < got; i++) {
            MUST(place->ctx.arena, store_read(place->store, &place->ctx, row_found, &ids[i]));
        }
        check_whole(place);
    }
}

/* SQLite's files may not grow beyond the limit; PostgreSQL's are the server's. */
static void
says_that_the_disk_is_full_and_writes_again_when_it_is_not(void **state)
{
    struct place *place = *state;
    if (store_engine(place->store) != STORE_SQLITE) {
        skip();
    }
    sample_table(place);
    struct writer *writer = NULL;
    const struct writer_options options = {.world = &place->world.world};
    MUST(place->ctx.arena, writer_start(&place->ctx, place->store_arena, place->store, &options, &writer));
    struct rlimit before;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    const struct rlimit small = {.rlim_cur = 1024 * 1024, .rlim_max = before.rlim_max};
    void (*const handler)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    const struct err *err = NULL;
    int64_t id = 0;
    int written = 0;
    while (err == NULL && written < 10000) {
        err = writer_run(writer, &place->ctx, row_add, &id);
        written += err == NULL ? 1 : 0;
    }
    const enum err_code code = err == NULL ? ERR_NONE : err_root(err);
    struct sample_count_row rows = {0};
    const struct err *reading = store_read(place->store, &place->ctx, rows_counted, &rows);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, handler);

    assert_int_equal(code, ERR_DISK_FULL);
    MUST(place->ctx.arena, reading);
    assert_true(written > 0 && rows.count == written);
    check_whole(place);
    MUST(place->ctx.arena, writer_run(writer, &place->ctx, row_add, &id));
    assert_true(id == written + 1);
    writer_stop(writer);
    place_reopen(place);
    check_whole(place);
}

/* Ends the connections of the place from a store beside it. */
struct ending {
    struct place *place;
    struct store *other;
    struct ctx ctx;
    int times;
};

static const struct err *
end_others(struct ctx *ctx, void *arg)
{
    struct sample_end_others_row row;
    TRY(sample_end_others(ctx, &row));
    *(int64_t *)arg = row.ended;
    return NULL;
}

static const struct err *
end_before_commit(struct ctx *ctx, void *arg)
{
    (void)ctx;
    struct ending *ending = arg;
    int64_t ended = 0;
    return ending->times-- > 0 ? store_read(ending->other, &ending->ctx, end_others, &ended) : NULL;
}

static void
goes_on_after_its_connections_are_lost(void **state)
{
    struct place *place = *state;
    sample_table(place);
    struct arena *arena = arena_new(ARENA_BYTES_MAX);
    struct ending ending = {.place = place, .ctx = place_ctx(place)};
    MUST(arena, store_open(arena, &place->options, &ending.other));
    struct writer *writer = NULL;
    const struct writer_options options = {
        .world = &place->world.world, .before_commit = end_before_commit, .hook_arg = &ending};
    MUST(place->ctx.arena, writer_start(&place->ctx, place->store_arena, place->store, &options, &writer));
    int64_t id = 0;
    MUST(place->ctx.arena, writer_run(writer, &place->ctx, row_add, &id));
    const uint64_t leases = store_lease_count(place->store);

    int64_t ended = 0;
    MUST(ending.ctx.arena, store_read(ending.other, &ending.ctx, end_others, &ended));
    MUST(place->ctx.arena, writer_run(writer, &place->ctx, row_add, &id));
    check_whole(place);
    ending.times = 1; /* now in the middle of a transaction */
    MUST(place->ctx.arena, writer_run(writer, &place->ctx, row_add, &id));
    assert_true(id == 3);
    check_whole(place);
    if (store_engine(place->store) == STORE_POSTGRES) {
        assert_true(ended >= 2);
        assert_true(store_lease_count(place->store) >= leases + 2);
    }
    writer_stop(writer);
    store_close(ending.other);
    arena_free(ending.ctx.arena);
    arena_free(arena);
}

/* The URL of the place with another folder of sockets. */
static struct text
url_through(struct place *place, const char *folder, char server_folder[64])
{
    const char *url = text_cstr(place->store_arena, place->options.at);
    const char *host = strstr(url, "host=");
    assert_non_null(host);
    host += strlen("host=");
    const size_t len = strcspn(host, "&");
    assert_true(len < 64);
    memcpy(server_folder, host, len);
    server_folder[len] = '\0';
    return text_printf(place->store_arena, "%.*s%s%s", (int)(host - url), url, folder, host + len);
}

/* The answer to a COMMIT that was done never arrives: to do it again would write twice, to fail would be untrue. */
static void
finds_out_that_a_commit_without_an_answer_was_done(void **state)
{
    struct place *place = *state;
    if (store_engine(place->store) != STORE_POSTGRES) {
        skip();
    }
    sample_table(place);
    store_close(place->store);
    char server_folder[64];
    struct proxy proxy;
    (void)url_through(place, "", server_folder);
    proxy_start(&proxy, server_folder);
    place->options.at = url_through(place, proxy.folder, server_folder);
    MUST(place->ctx.arena, store_open(place->store_arena, &place->options, &place->store));
    struct writer *writer = NULL;
    const struct writer_options options = {.world = &place->world.world};
    MUST(place->ctx.arena, writer_start(&place->ctx, place->store_arena, place->store, &options, &writer));
    int64_t id = 0;
    MUST(place->ctx.arena, writer_run(writer, &place->ctx, row_add, &id));

    atomic_store(&proxy.armed, true);
    MUST(place->ctx.arena, writer_run(writer, &place->ctx, row_add, &id));
    assert_int_equal(atomic_load(&proxy.lost), 1);
    assert_true(id == 2);
    check_whole(place);
    MUST(place->ctx.arena, writer_run(writer, &place->ctx, row_add, &id));
    assert_true(id == 3);
    check_whole(place);
    writer_stop(writer);
    store_close(place->store);
    place->store = NULL;
    proxy_stop(&proxy);
}

int
main(void)
{
    signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        PLACE_TEST(loses_no_acknowledged_row_when_it_is_killed),
        PLACE_TEST(says_that_the_disk_is_full_and_writes_again_when_it_is_not),
        PLACE_TEST(finds_out_that_a_commit_without_an_answer_was_done),
        PLACE_TEST(goes_on_after_its_connections_are_lost),
    };
    return PLACE_RUN(tests);
}
