#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "app/world_real.h"
#include "http/http.h"
#include "tlog/witness.h"

static int run(struct arena *arena, int argc, char **argv);

const struct command command_witness = {
    .name = "witness",
    .usage = "witness --data FOLDER --log KEY... [--name NAME] [--listen ADDR:PORT]",
    .summary = {[LANG_AR] = "شاهد على سجل غيره: يوقّع حالاته التي يكمل بعضها بعضا.",
                [LANG_FR] = "Témoin du journal d'un autre : cosigne les états qui se prolongent.",
                [LANG_EN] = "A witness of somebody else's log: cosigns states that continue each other."},
    .details =
        "Answers POST /add-checkpoint (c2sp.org/tlog-witness) and GET /key. FOLDER holds its key, made at the first "
        "start under --name, and the last state of each log it watches; it is its own, apart from any house. --log is "
        "the verifier key of a log (markaz log key), once for each. What is cosigned was synced before. Listens on "
        "127.0.0.1:8090 unless told otherwise; put a proxy with TLS in front of it.\n",
    .run = run,
};

/* What requests share; one is answered at a time. */
struct witness_server {
    struct witness witness;
    pthread_mutex_t lock;
    struct world *world;
};

/* Options as given. */
struct given {
    struct options options;
    const char *name, *listen;
    const char *logs[WITNESS_LOGS_MAX];
    size_t logs_count;
};

static const struct err *read_log(struct arena *arena, void *arg, const char *value);
static const struct err *serve(struct arena *arena, const struct given *given);
static const struct err *listen_at(struct arena *arena, const char *listen, struct http_options *ret);
static bool handle(void *arg, struct http_exchange *exchange);
static struct http_allowance allow(void *arg, const struct http_request *request);
static void refuse(void *arg, struct http_request *request, int status, struct http_reply *reply);

static int
run(struct arena *arena, int argc, char **argv)
{
    struct given given = {.name = "witness", .listen = "127.0.0.1:8090"};
    const struct option_row rows[] = {{.name = "name", .text = &given.name},
                                      {.name = "listen", .text = &given.listen},
                                      {.name = "log", .each = read_log, .each_arg = &given}};
    const struct err *err = options_read(
        arena, argc, argv, &(struct options_taken){.common = OPTION_DATA, OPTION_ROWS(rows)}, &given.options);
    if (err == NULL && given.logs_count == 0) {
        err = FAIL(arena, ERR_USAGE, "a witness watches something: --log KEY");
    }
    if (err == NULL) {
        err = serve(arena, &given);
    }
    return err != NULL && err->code == ERR_USAGE ? command_misused(arena, &command_witness, err)
                                                 : command_end(arena, err);
}

static const struct err *
read_log(struct arena *arena, void *arg, const char *value)
{
    struct given *given = arg;
    if (given->logs_count == WITNESS_LOGS_MAX) {
        return FAIL(arena, ERR_USAGE, "a witness watches at most %d logs", WITNESS_LOGS_MAX);
    }
    given->logs[given->logs_count++] = value;
    return NULL;
}

static const struct err *
serve(struct arena *arena, const struct given *given)
{
    struct witness_server server = {.world = world_real()};
    struct http_server *http = NULL;
    struct http_options options = {.threads = 1, .arg = &server, .handler = handle, .allow = allow, .refuse = refuse};
    TRY(listen_at(arena, given->listen, &options));
    TRY(witness_open(arena, server.world, text_of(given->options.data), text_of(given->name), &server.witness));
    for (size_t i = 0; i < given->logs_count; i++) {
        TRY(witness_watch(arena, &server.witness, text_of(given->logs[i])));
    }
    options.world = server.world;
    options.quarantine = text_of(given->options.data);
    pthread_mutex_init(&server.lock, NULL);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set, NULL); /* before there are threads, which inherit it */
    const struct err *err = http_start(arena, &options, &http);
    if (err == NULL) {
        printf("witness: ready on http://%.*s:%u, key %.*s\n", TEXT_ARG(options.address), http_port(http),
               TEXT_ARG(note_key_print(arena, &server.witness.secret.key)));
        fflush(stdout);
        int ended = 0;
        sigwait(&set, &ended);
        http_stop(http);
    }
    pthread_mutex_destroy(&server.lock);
    return err;
}

static const struct err *
listen_at(struct arena *arena, const char *listen, struct http_options *ret)
{
    const char *colon = strrchr(listen, ':');
    int64_t port = 0;
    if (colon == NULL || colon == listen || !text_to_int64(text_of(colon + 1), &port) || port < 0 || port > 65535) {
        return FAIL(arena, ERR_USAGE, "--listen is ADDR:PORT, not %s", listen);
    }
    ret->address = (struct text){.at = listen, .len = (size_t)(colon - listen)};
    ret->address = text_of(text_cstr(arena, ret->address));
    ret->port = (uint16_t)port;
    return NULL;
}

static bool
handle(void *arg, struct http_exchange *exchange)
{
    struct witness_server *server = arg;
    struct http_request *request = &exchange->request;
    struct http_reply *reply = &exchange->reply;
    struct witness_answer answer = {.status = 404, .content_type = TEXT("text/plain; charset=utf-8"), .body = TEXT("")};
    const struct err *err = NULL;
    if (request->method == HTTP_GET && text_is(request->path, "/key")) {
        answer.status = 200;
        answer.body = text_printf(request->arena, "%.*s\n",
                                  TEXT_ARG(note_key_print(request->arena, &server->witness.secret.key)));
    } else if (request->method == HTTP_POST && text_is(request->path, "/add-checkpoint")) {
        pthread_mutex_lock(&server->lock);
        err = witness_add_checkpoint(request->arena, &server->witness, request->body,
                                     (uint64_t)(server->world->now_ms(server->world) / 1000), &answer);
        pthread_mutex_unlock(&server->lock);
    }
    if (err != NULL) {
        fprintf(stderr, "witness: %s\n", err_print(request->arena, err));
        answer = (struct witness_answer){.status = err_http_status(err->code), .content_type = answer.content_type};
    }
    reply->status = answer.status;
    reply->content_type = answer.content_type;
    reply->body = answer.body;
    return true;
}

/* No documents, and bodies as short as a request is. */
static struct http_allowance
allow(void *arg, const struct http_request *request)
{
    (void)arg, (void)request;
    return (struct http_allowance){.body_bytes_max = WITNESS_REQUEST_BYTES_MAX};
}

static void
refuse(void *arg, struct http_request *request, int status, struct http_reply *reply)
{
    (void)arg, (void)request;
    reply->status = status;
    reply->content_type = TEXT("text/plain; charset=utf-8");
    reply->body = TEXT("");
}
