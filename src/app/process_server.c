/* The server process: the database, the writer's thread, the threads that answer. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "acts/corpora.h"
#include "acts/log.h"
#include "app/command.h"
#include "app/daily.h"
#include "app/demo_accounts.h"
#include "app/files.h"
#include "app/house.h"
#include "app/law_adopt.h"
#include "app/law_open.h"
#include "app/mail.h"
#include "app/process.h"
#include "app/world_real.h"
#include "base/limits.h"
#include "base/world.h"
#include "http/http.h"
#include "office/paper.h"
#include "office/sheet.h"
#include "registry/party.h"
#include "store/writer.h"
#include "web/dispatch.h"

enum { PEM_BYTES_MAX = 64 * 1024 };

struct server {
    struct arena *signer_arena;
    struct signer *signer;
    struct arena *log_arena;
    struct log *log;
    struct arena *arena;
    const struct serve_options *serve;
    struct house house;
    struct arena *law_arena;
    struct corpora *corpora;
    struct arena *writer_arena;
    struct writer *writer;
    struct arena *web_arena;
    struct sheet_fonts fonts;
    struct press press;
    pthread_mutex_t press_lock; /* the fonts are for one thread at a time */
    struct web web;
    struct http_options http_options;
    struct http_server *http;
    struct mailer *mailer;
    struct daily_thread *daily;
};

static const struct err *start(struct server *server);
static const struct err *start_writer(struct server *server);
static const struct err *start_press(struct server *server);
static const struct err *read_tls(struct server *server);
static const struct err *start_web(struct server *server, bool has_own_day);
static void give_up(const struct server *server);
static const struct err *start_rounds(struct server *server, bool has_own_day);
static const struct err *name_of_party(struct ctx *ctx, struct party_id id, struct text *ret);
static const struct err *start_signer(struct server *server);
static bool wait_end(const struct signer *signer);
static void stop(struct server *server);

int
process_server(void *arg, int ready)
{
    DEFER(arena_free_at) struct arena *arena = arena_new(ARENA_BYTES_MAX);
    struct server server = {.arena = arena, .serve = arg};
    const struct err *err = start(&server);
    if (err == NULL) {
        const bool tls = server.serve->tls_key != NULL || server.serve->tls_self_signed;
        printf("markaz: ready on %s://%s:%u\n", tls ? "https" : "http", server.serve->address, http_port(server.http));
        fflush(stdout);
        process_ready(ready);
        if (!wait_end(server.signer)) {
            err = FAIL(arena, ERR_SIGNER, "the signer ended: the supervisor starts both again");
        }
    }
    stop(&server);
    return command_end(arena, err);
}

static const struct err *
start(struct server *server)
{
    TRY(start_signer(server));
    TRY(house_open(server->arena, &server->serve->options, HOUSE_OPEN, &server->house));
    server->law_arena = arena_new(LAW_ARENA_BYTES_MAX);
    server->corpora = corpora_new();
    TRY(law_adopted(&server->house, server->law_arena, server->serve->options.law));
    server->web_arena = arena_new(ARENA_BYTES_MAX);
    mail_begin();
    TRY(start_press(server));
    TRY(read_tls(server));
    if (server->serve->sandbox) {
        give_up(server);
    }
    /* Threads from here on: each is as limited as the one that starts it. */
    TRY(start_writer(server));
    const bool has_own_day = server->house.is_demo || !date_is_none(server->serve->options.today);
    TRY(start_web(server, has_own_day));
    TRY(http_start(server->web_arena, &server->http_options, &server->http));
    return start_rounds(server, has_own_day);
}

static const struct err *
start_web(struct server *server, bool has_own_day)
{
    const struct house *house = &server->house;
    struct web_demo_account *accounts = NULL;
    struct web_options options = {.store = house->store,
                                  .writer = server->writer,
                                  .log = server->log,
                                  .kinds = house->ctx.kinds,
                                  .law = house->ctx.law,
                                  .corpora = server->corpora,
                                  .world = house->ctx.world,
                                  .party_name = name_of_party,
                                  .today = has_own_day ? house->ctx.today : DATE_NONE,
                                  .fonts = text_of(server->serve->fonts),
                                  .data = text_of(house->data),
                                  .press = &server->press,
                                  .press_lock = &server->press_lock,
                                  .base_url = server->press.base_url,
                                  .demo = house->is_demo};
    if (house->is_demo) {
        TRY(demo_accounts_read(server->arena, house->data, &accounts, &options.demo_accounts_count));
        options.demo_accounts = accounts;
    }
    return web_init(server->web_arena, &options, &server->web);
}

/* What is needed of the rest of the disk was read before. */
static void
give_up(const struct server *server)
{
    const char *const writable[] = {server->house.data, "/dev/shm", "/tmp"};
    const char *const readable[] = {"/usr",
                                    "/etc",
                                    "/dev",
                                    "/proc/self",
                                    "/sys/devices/system/cpu",
                                    "/run/systemd/resolve", /* where /etc/resolv.conf may lead, for the mail server */
                                    server->serve->fonts};
    process_sandbox(writable, 3, readable, server->serve->fonts[0] == '\0' ? 6 : 7);
}

/* Before there are threads and before the database is open, so that it inherits nothing of either. */
static const struct err *
start_signer(struct server *server)
{
    server->signer_arena = arena_new(ARENA_BYTES_MAX);
    const struct signer_options options = {.folder =
                                               text_printf(server->arena, "%s/signer", server->serve->options.data),
                                           .world = world_real(),
                                           .sandbox_off = !server->serve->sandbox};
    return signer_start(server->signer_arena, &options, &server->signer);
}

/* The address that a QR code and a letter's links hold. */
static struct text
base_url(const struct server *server)
{
    const struct serve_options *serve = server->serve;
    if (serve->base_url != NULL) {
        return text_of(serve->base_url);
    }
    const bool tls = serve->tls_key != NULL || serve->tls_self_signed;
    return text_printf(server->web_arena, "%s://%s:%u", tls ? "https" : "http", serve->address, serve->port);
}

static const struct err *
start_press(struct server *server)
{
    TRY(sheet_fonts_open(server->web_arena, &server->fonts));
    pthread_mutex_init(&server->press_lock, NULL);
    server->press = (struct press){
        .fonts = &server->fonts,
        .data_folder = text_of(server->house.data),
        .base_url = base_url(server),
        .state = {.ar = TEXT("المملكة المغربية"), .latin = TEXT("Royaume du Maroc")},
        .centre = {.ar = TEXT("المركز السينمائي المغربي"), .latin = TEXT("Centre cinématographique marocain")},
        .is_specimen = server->house.is_demo};
    return NULL;
}

static const struct err *
start_writer(struct server *server)
{
    struct house *house = &server->house;
    server->log_arena = arena_new(ARENA_BYTES_MAX);
    TRY(log_open(&house->ctx, server->log_arena, house->store, server->signer, &server->log));
    TRY(log_publish(&house->ctx, server->log));
    server->press.log = server->log;
    server->writer_arena = arena_new(ARENA_BYTES_MAX);
    const struct writer_options options = {
        .world = house->ctx.world, .before_commit = log_guard, .after_commit = log_publish, .hook_arg = server->log};
    return writer_start(&server->house.ctx, server->writer_arena, server->house.store, &options, &server->writer);
}

/* Everything that serving needs, the key and the certificate with it. */
static const struct err *
read_tls(struct server *server)
{
    const struct serve_options *serve = server->serve;
    server->http_options = (struct http_options){.address = text_of(serve->address),
                                                 .port = serve->port,
                                                 .threads = (int)serve->threads,
                                                 .quarantine = text_of(server->house.quarantine),
                                                 .behind_proxy = serve->behind_proxy,
                                                 .rate_per_minute = (int)serve->rate_per_minute,
                                                 .handler = web_handle,
                                                 .allow = web_allow,
                                                 .refuse = web_refuse,
                                                 .arg = &server->web,
                                                 .world = server->house.ctx.world};
    const char *key = serve->tls_key;
    const char *certificate = serve->tls_certificate;
    if (serve->tls_self_signed) {
        TRY(self_signed(server->arena, server->house.data, &key, &certificate));
    }
    if (key != NULL) {
        TRY(file_read(server->web_arena, key, PEM_BYTES_MAX, &server->http_options.tls_key));
        TRY(file_read(server->web_arena, certificate, PEM_BYTES_MAX, &server->http_options.tls_certificate));
    }
    return NULL;
}

/* Mail and the daily work. */
static const struct err *
start_rounds(struct server *server, bool has_own_day)
{
    const struct house *house = &server->house;
    const struct serve_options *serve = server->serve;
    const struct mail_options mail = {
        .store = house->store,
        .writer = server->writer,
        .ctx = house->ctx,
        .has_own_day = has_own_day,
        .smtp = serve->smtp,
        .from = text_of(serve->mail_from),
        .base_url = server->press.base_url,
        .folder = text_cstr(server->web_arena, text_printf(server->web_arena, "%s/outbox", house->data)),
        .is_demo = house->is_demo};
    const struct daily_options daily = {.store = house->store,
                                        .writer = server->writer,
                                        .ctx = house->ctx,
                                        .has_own_day = has_own_day,
                                        .data = house->data};
    TRY(mailer_start(server->web_arena, &mail, &server->mailer));
    return daily_start(server->web_arena, &daily, &server->daily);
}

/* Until SIGTERM. False when the signer ended first: nothing can be acknowledged any more. */
static bool
wait_end(const struct signer *signer)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    const struct timespec second = {.tv_sec = 1};
    for (;;) {
        if (sigtimedwait(&set, NULL, &second) > 0) {
            return true;
        }
        if (waitpid(signer_pid(signer), NULL, WNOHANG) > 0) {
            return false;
        }
    }
}

static const struct err *
name_of_party(struct ctx *ctx, struct party_id id, struct text *ret)
{
    struct party party;
    TRY(party_get(ctx, id, &party));
    *ret = party_name(&party, ctx->lang);
    return NULL;
}

/* What runs ends first, then the writer writes what waits, then the database closes. */
static void
stop(struct server *server)
{
    http_stop(server->http);
    daily_stop(server->daily);
    mailer_stop(server->mailer);
    writer_stop(server->writer);
    log_close(server->log);
    signer_stop(server->signer);
    house_close(&server->house);
    arena_free(server->log_arena);
    arena_free(server->signer_arena);
    arena_free(server->writer_arena);
    arena_free(server->law_arena);
    arena_free(server->web_arena);
    corpora_free(server->corpora);
}
