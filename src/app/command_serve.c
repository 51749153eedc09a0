#include <ini.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "app/command.h"
#include "app/files.h"
#include "app/process.h"

enum { PATH_BYTES = 4096 };

static int run(struct arena *arena, int argc, char **argv);

const struct command command_serve = {
    .name = "serve",
    .usage =
        "serve --data DIR [--db postgresql://...] [--listen ADDR:PORT] [--config FILE] [--law DIR] [--today DATE]\n"
        "serve ... [--tls self-signed | --tls-key FILE --tls-certificate FILE] [--behind-proxy] [--base-url URL] "
        "[--fonts DIR] [--smtp URL --mail-from ADDRESS] "
        "[--threads N] [--rate N] [--no-sandbox]",
    .summary = {[LANG_AR] = "يشغّل المركز على الشبكة.",
                [LANG_FR] = "Met le Centre en service sur le réseau.",
                [LANG_EN] = "Serves the Centre over HTTP."},
    .details =
        "Listens on 127.0.0.1:8080 unless told otherwise, and prints one line when it is ready. A supervisor starts "
        "the "
        "signer and the server again when one dies; SIGTERM ends all after what runs is answered.\n"
        "The configuration is an INI file with a section [serve] and the options as names: listen, law, today, "
        "base-url, fonts, smtp, mail-from, "
        "tls, tls-key, tls-certificate, behind-proxy, threads, rate, sandbox. What the command line says wins.\n"
        "--behind-proxy believes X-Forwarded-For and X-Forwarded-Proto of a proxy on this machine. --rate is the "
        "number "
        "of requests that one address may make in a minute (0: no limit).\n"
        "--smtp smtp://[USER:PASSWORD@]HOST:PORT (or smtps://) sends the letters of the outbox; beyond this machine "
        "only "
        "over TLS. Without it they are files in DATA/outbox. A password belongs in the configuration, not on the "
        "command "
        "line.\n"
        "Refuses a corpus that no act has adopted: run `markaz law adopt DIR`.\n",
    .run = run,
};

/* What the options are before they are understood. */
struct given {
    struct arena *arena;
    const char *listen, *config, *fonts, *base_url, *tls, *tls_key, *tls_certificate, *today, *smtp, *mail_from;
    bool behind_proxy, no_sandbox;
    int64_t threads, rate;
    struct options *options;
    const char *bad; /* name in the configuration that nobody knows */
};

static const struct err *read_all(struct arena *arena, int argc, char **argv, struct serve_options *ret);
static int read_line(void *arg, const char *section, const char *name, const char *value);
static const struct err *read_listen(struct arena *arena, const char *listen, struct serve_options *ret);
static const char *find_fonts(struct arena *arena);

static int
run(struct arena *arena, int argc, char **argv)
{
    struct serve_options serve;
    const struct err *err = read_all(arena, argc, argv, &serve);
    if (err != NULL) {
        return command_misused(arena, &command_serve, err);
    }
    struct process processes[] = {{.name = "server", .run = process_server, .arg = &serve}};
    return process_supervise(processes, sizeof processes / sizeof processes[0]);
}

static const struct err *
read_all(struct arena *arena, int argc, char **argv, struct serve_options *ret)
{
    struct options options;
    struct given given = {.arena = arena, .options = &options, .threads = -1, .rate = -1};
    const struct option_row rows[] = {{.name = "listen", .text = &given.listen},
                                      {.name = "config", .text = &given.config},
                                      {.name = "base-url", .text = &given.base_url},
                                      {.name = "fonts", .text = &given.fonts},
                                      {.name = "smtp", .text = &given.smtp},
                                      {.name = "mail-from", .text = &given.mail_from},
                                      {.name = "tls", .text = &given.tls},
                                      {.name = "tls-key", .text = &given.tls_key},
                                      {.name = "tls-certificate", .text = &given.tls_certificate},
                                      {.name = "behind-proxy", .flag = &given.behind_proxy},
                                      {.name = "no-sandbox", .flag = &given.no_sandbox},
                                      {.name = "threads", .number = &given.threads},
                                      {.name = "rate", .number = &given.rate}};
    TRY(options_read(arena, argc, argv,
                     &(struct options_taken){.common = OPTIONS_HOUSE | OPTION_LAW, OPTION_ROWS(rows)}, &options));
    if (given.config != NULL) {
        const int line = ini_parse(given.config, read_line, &given);
        if (line != 0) {
            return FAIL(arena, ERR_USAGE, "%s: %s%s", given.config,
                        line < 0 ? "cannot be read" : "not understood: ", given.bad == NULL ? "" : given.bad);
        }
    }
    if (given.tls != NULL && strcmp(given.tls, "self-signed") != 0) {
        return FAIL(arena, ERR_USAGE, "--tls is self-signed, or give --tls-key and --tls-certificate");
    }
    if ((given.tls_key == NULL) != (given.tls_certificate == NULL)) {
        return FAIL(arena, ERR_USAGE, "--tls-key and --tls-certificate go together");
    }
    if (given.smtp != NULL && (given.mail_from == NULL || strchr(given.mail_from, '@') == NULL ||
                               (strncmp(given.smtp, "smtp://", 7) != 0 && strncmp(given.smtp, "smtps://", 8) != 0))) {
        return FAIL(arena, ERR_USAGE, "--smtp is smtp://HOST:PORT or smtps://HOST:PORT, with --mail-from ADDRESS");
    }
    if (given.threads > 64 || given.rate > 1000000) {
        return FAIL(arena, ERR_USAGE, "--threads is at most 64, --rate at most 1000000");
    }
    *ret = (struct serve_options){.options = options,
                                  .base_url = given.base_url,
                                  .fonts = given.fonts != NULL ? given.fonts : find_fonts(arena),
                                  .smtp = given.smtp,
                                  .mail_from = given.mail_from == NULL ? "nobody@localhost" : given.mail_from,
                                  .tls_key = given.tls_key,
                                  .tls_certificate = given.tls_certificate,
                                  .tls_self_signed = given.tls != NULL,
                                  .behind_proxy = given.behind_proxy,
                                  .sandbox = !given.no_sandbox,
                                  .threads = given.threads > 0 ? given.threads : 4,
                                  .rate_per_minute = given.rate >= 0 ? given.rate : 1200};
    return read_listen(arena, given.listen == NULL ? "127.0.0.1:8080" : given.listen, ret);
}

static int
read_line(void *arg, const char *section, const char *name, const char *value)
{
    struct given *given = arg;
    const char *copy = text_copy(given->arena, text_of(value)).at;
    struct options *options = given->options;
    const struct {
        const char *name;
        const char **text;
    } texts[] = {
        {"listen", &given->listen},   {"base-url", &given->base_url},   {"fonts", &given->fonts},
        {"smtp", &given->smtp},       {"mail-from", &given->mail_from}, {"tls", &given->tls},
        {"tls-key", &given->tls_key}, {"law", &options->law},           {"tls-certificate", &given->tls_certificate},
        {"db", &options->db}};
    const bool is_yes = strcasecmp(value, "yes") == 0 || strcmp(value, "1") == 0 || strcasecmp(value, "true") == 0;
    given->bad = text_copy(given->arena, text_of(name)).at;
    if (strcmp(section, "serve") != 0) {
        return 0;
    }
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (strcmp(name, texts[i].name) == 0) {
            *texts[i].text = *texts[i].text == NULL ? copy : *texts[i].text;
            return 1;
        }
    }
    if (strcmp(name, "behind-proxy") == 0) {
        given->behind_proxy = given->behind_proxy || is_yes;
        return 1;
    }
    if (strcmp(name, "sandbox") == 0) {
        given->no_sandbox = given->no_sandbox || !is_yes;
        return 1;
    }
    if (strcmp(name, "today") == 0) {
        return !date_is_none(options->today) || date_from_text(text_of(value), &options->today);
    }
    int64_t *number = strcmp(name, "threads") == 0 ? &given->threads : strcmp(name, "rate") == 0 ? &given->rate : NULL;
    int64_t read = 0;
    if (number == NULL || !text_to_int64(text_of(value), &read) || read < 0) {
        return 0;
    }
    *number = *number < 0 ? read : *number;
    return 1;
}

/* ADDR:PORT, [ADDR6]:PORT, or :PORT for every address. */
static const struct err *
read_listen(struct arena *arena, const char *listen, struct serve_options *ret)
{
    const char *colon = strrchr(listen, ':');
    int64_t port = 0;
    if (colon == NULL || !text_to_int64(text_of(colon + 1), &port) || port < 0 || port > 65535) {
        return FAIL(arena, ERR_USAGE, "--listen is ADDR:PORT or :PORT, not %s", listen);
    }
    struct text address = {.at = listen, .len = (size_t)(colon - listen)};
    if (address.len > 2 && address.at[0] == '[' && address.at[address.len - 1] == ']') {
        address = text_slice(address, 1, address.len - 1);
    }
    ret->address = address.len == 0 ? "0.0.0.0" : text_cstr(arena, address);
    ret->address = strcmp(ret->address, "localhost") == 0 ? "127.0.0.1" : ret->address;
    ret->port = (uint16_t)port;
    return NULL;
}

/* Beside a program that was built here, else where it is installed. Without fonts the reader's own are used. */
static const char *
find_fonts(struct arena *arena)
{
    char path[PATH_BYTES];
    const ssize_t len = readlink("/proc/self/exe", path, sizeof path - 1);
    if (len > 0) {
        path[len] = '\0';
        *strrchr(path, '/') = '\0';
        const char *built = text_printf(arena, "%s/src/web/fonts", path).at;
        if (file_exists(built)) {
            return built;
        }
    }
    return file_exists(MARKAZ_FONTS_FOLDER) ? MARKAZ_FONTS_FOLDER : "";
}
