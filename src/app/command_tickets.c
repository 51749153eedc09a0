#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/command.h"
#include "app/files.h"
#include "app/house_write.h"
#include "base/limits.h"
#include "boxoffice/cinema.h"
#include "boxoffice/day_digest.h"
#include "boxoffice/ingest.h"
#include "boxoffice/ticket_audit.h"
#include "boxoffice/ticket_print.h"

static int run(struct arena *arena, int argc, char **argv);

const struct command command_tickets = {
    .name = "tickets",
    .usage = "tickets token --name NAME --cinemas 0012,0013 --data DIR [--db postgresql://...] [--json]\n"
             "tickets revoke SYSTEM --data DIR\n"
             "tickets import FILE.ndjson --system N --data DIR\n"
             "tickets export --data DIR\n"
             "tickets verify --data DIR [--json]\n"
             "tickets close --data DIR",
    .summary = {[LANG_AR] = "يدير ربط القاعات: الرموز، والإدراج، والاستخراج، والتحقق من التذاكر.",
                [LANG_FR] = "Gère le raccordement des cinémas : jetons, reprise, extraction, contrôle des billets.",
                [LANG_EN] = "Runs the connection of cinemas: tokens, import, export, verification of tickets."},
    .details =
        "token registers a ticketing system for the cinemas named and prints its token, this one time.\n"
        "import takes lines as POST /api/v1/tickets does, in batches whose keys come from the file's content: a "
        "second run continues where the first one ended and counts nothing twice.\n"
        "export prints every line that was stored, as it was received, by screen, series and number.\n"
        "verify reads all evidence again and compares it with hashes, ranges of numbers, counters and the days in "
        "the log; each difference is named, and makes the exit status 1.\n"
        "close enters the digests of finished days into the log, which receiving tickets does too.\n",
    .run = run,
};

enum { CHUNK_LINES = 20000, FILE_BYTES_MAX = 1024 * 1024 * 1024, CINEMAS_MAX = 500 };

struct tickets {
    struct arena *arena; /* outlives a write */
    struct options options;
    const char *name;
    const char *cinemas;
    int64_t system;
    struct text body; /* a part of the file that is imported */
    struct text key;
    int64_t printed;
    struct text token;
    int64_t accepted, duplicates, rejected;
    int64_t closed;
};

static const struct err *
make_token(struct ctx *ctx, void *arg)
{
    struct tickets *tickets = arg;
    struct text *cinemas = ARENA_ARRAY(ctx->arena, struct text, CINEMAS_MAX);
    size_t count = 0;
    struct text rest = text_of(tickets->cinemas);
    struct text part;
    while (count < CINEMAS_MAX && text_split(&rest, ',', &part)) {
        cinemas[count++] = text_trim(part);
    }
    struct text token;
    TRY(ticketing_system_register(ctx, text_of(tickets->name), cinemas, count, &tickets->system, &token));
    tickets->token = text_copy(tickets->arena, token);
    return NULL;
}

static const struct err *
revoke_token(struct ctx *ctx, void *arg)
{
    const struct tickets *tickets = arg;
    return ticketing_system_end(ctx, tickets->system);
}

static const struct err *
close_days(struct ctx *ctx, void *arg)
{
    struct tickets *tickets = arg;
    return ticket_days_close_due(ctx, &tickets->closed);
}

static const struct err *
import_part(struct ctx *ctx, void *arg)
{
    struct tickets *tickets = arg;
    struct batch batch;
    TRY(batch_read(ctx->arena, tickets->body, BATCH_NDJSON, &batch));
    struct text answer;
    TRY(tickets_ingest(ctx, &(struct ingest){.system = tickets->system, .key = tickets->key, .batch = &batch},
                       &answer));
    struct json json;
    TRY(json_read(ctx->arena, answer, &json));
    int64_t number = 0;
    tickets->accepted += json_int64(json_get(&json, "accepted"), &number) ? number : 0;
    tickets->duplicates += json_int64(json_get(&json, "duplicates"), &number) ? number : 0;
    const struct json *rejected = json_get(&json, "rejected");
    for (size_t i = 0; rejected != NULL && i < rejected->count; i++) {
        struct text message = TEXT("");
        int64_t line = 0;
        json_text(json_get(&rejected->items[i], "message"), &message);
        json_int64(json_get(&rejected->items[i], "line"), &line);
        fprintf(stderr, "%.*s:%lld: %.*s\n", TEXT_ARG(tickets->key), (long long)line, TEXT_ARG(message));
        tickets->rejected++;
    }
    return NULL;
}

/* The next lines of the file, at most a batch. */
static struct text
next_part(struct text *rest)
{
    size_t end = 0;
    for (size_t lines = 0; lines < CHUNK_LINES && end < rest->len; lines++) {
        const char *stop = memchr(rest->at + end, '\n', rest->len - end);
        const size_t next = stop == NULL ? rest->len : (size_t)(stop - rest->at) + 1;
        if (next > BODY_BYTES_MAX && end > 0) {
            break;
        }
        end = next;
    }
    const struct text part = text_slice(*rest, 0, end);
    *rest = text_after(*rest, end);
    return part;
}

static int
import_file(struct tickets *tickets, const char *path)
{
    DEFER(arena_free_at) struct arena *file_arena = arena_new((size_t)FILE_BYTES_MAX + ARENA_BLOCK_BYTES);
    struct text file;
    const struct err *err = file_read(file_arena, path, FILE_BYTES_MAX, &file);
    const size_t whole = err == NULL ? file.len : 0;
    for (int number = 1; err == NULL && file.len > 0; number++) {
        DEFER(arena_free_at) struct arena *arena = arena_new(4 * (size_t)ARENA_BYTES_MAX);
        tickets->body = next_part(&file);
        const struct text hash = hash_to_hex(arena, hash_of_text(tickets->body));
        tickets->key = text_printf(arena, "import-%d-%.*s", number, 16, hash.at);
        err =
            house_write(arena, &(struct house_writing){
                                   .options = &tickets->options, .how = HOUSE_OPEN, .fn = import_part, .arg = tickets});
        if (err != NULL) {
            return command_end(arena, err);
        }
        if (isatty(STDERR_FILENO) == 1) {
            fprintf(stderr, "\r%3zu %%", (whole - file.len) * 100 / whole);
        }
    }
    if (err != NULL) {
        return command_end(tickets->arena, err);
    }
    printf("%lld accepted, %lld here already, %lld rejected.\n", (long long)tickets->accepted,
           (long long)tickets->duplicates, (long long)tickets->rejected);
    return tickets->rejected == 0 ? 0 : 1;
}

static const struct err *
print_line(struct ctx *ctx, void *arg, const struct segment_line *line)
{
    (void)arg;
    const struct arena_mark mark = arena_mark(ctx->arena);
    const struct text text = ticket_line_print(ctx->arena, &line->line);
    const bool is_written = fwrite(text.at, 1, text.len, stdout) == text.len && putchar('\n') != EOF;
    arena_rewind(ctx->arena, mark);
    return is_written ? NULL : FAIL(ctx->arena, ERR_IO, "standard output is closed");
}

static void
print_fault(void *arg, struct text what)
{
    const struct tickets *tickets = arg;
    fprintf(tickets->options.json ? stderr : stdout, "%.*s\n", TEXT_ARG(what));
}

struct reading {
    struct tickets *tickets;
    struct ticket_audit audit;
};

static const struct err *
read_all(struct ctx *ctx, void *arg)
{
    struct reading *reading = arg;
    reading->audit.faults = 0;
    return tickets_audit(ctx, &reading->audit);
}

static int
look(struct tickets *tickets, bool exports)
{
    struct house house DEFER(house_close) = {0};
    struct reading reading = {
        .tickets = tickets,
        .audit = {.arg = tickets, .lines_only = exports, .line = exports ? print_line : NULL, .fault = print_fault}};
    const struct err *err = house_open(tickets->arena, &tickets->options, HOUSE_OPEN, &house);
    if (err == NULL) {
        err = store_read(house.store, &house.ctx, read_all, &reading);
    }
    const struct ticket_audit *audit = &reading.audit;
    if (err == NULL && !exports && tickets->options.json) {
        printf("{\"screens\":%lld,\"series\":%lld,\"segments\":%lld,\"lines\":%lld,\"faults\":%lld}\n",
               (long long)audit->screens, (long long)audit->series, (long long)audit->segments, (long long)audit->lines,
               (long long)audit->faults);
    } else if (err == NULL && !exports) {
        printf("%lld lines in %lld segments of %lld screens: %lld faults.\n", (long long)audit->lines,
               (long long)audit->segments, (long long)audit->screens, (long long)audit->faults);
    }
    return err != NULL ? command_end(tickets->arena, err) : audit->faults == 0 ? 0 : 1;
}

static int
write_once(struct tickets *tickets, tx_fn *fn)
{
    const struct err *err =
        house_write(tickets->arena,
                    &(struct house_writing){.options = &tickets->options, .how = HOUSE_OPEN, .fn = fn, .arg = tickets});
    if (err != NULL) {
        return command_end(tickets->arena, err);
    }
    if (fn == make_token && tickets->options.json) {
        printf("{\"system\":%lld,\"token\":\"%.*s\"}\n", (long long)tickets->system, TEXT_ARG(tickets->token));
    } else if (fn == make_token) {
        printf("%.*s\n", TEXT_ARG(tickets->token));
        fprintf(stderr, "Ticketing system %lld. The token is shown this one time.\n", (long long)tickets->system);
    } else if (fn == close_days) {
        printf("%lld days closed.\n", (long long)tickets->closed);
    }
    return 0;
}

static int
run(struct arena *arena, int argc, char **argv)
{
    struct tickets tickets = {.arena = arena};
    const struct option_row rows[] = {{.name = "name", .text = &tickets.name},
                                      {.name = "cinemas", .text = &tickets.cinemas},
                                      {.name = "system", .number = &tickets.system}};
    const struct err *err = options_read(
        arena, argc, argv,
        &(struct options_taken){.common = OPTIONS_HOUSE | OPTION_JSON, OPTION_ROWS(rows), .rest_min = 1, .rest_max = 2},
        &tickets.options);
    if (err != NULL) {
        return command_misused(arena, &command_tickets, err);
    }
    const char *what = tickets.options.rest[0];
    const char *more = tickets.options.rest_count > 1 ? tickets.options.rest[1] : NULL;
    if (strcmp(what, "token") == 0 && tickets.name != NULL && tickets.cinemas != NULL && more == NULL) {
        return write_once(&tickets, make_token);
    }
    if (strcmp(what, "revoke") == 0 && more != NULL && text_to_int64(text_of(more), &tickets.system)) {
        return write_once(&tickets, revoke_token);
    }
    if (strcmp(what, "import") == 0 && more != NULL && tickets.system > 0) {
        return import_file(&tickets, more);
    }
    if ((strcmp(what, "export") == 0 || strcmp(what, "verify") == 0) && more == NULL) {
        return look(&tickets, what[0] == 'e');
    }
    if (strcmp(what, "close") == 0 && more == NULL) {
        return write_once(&tickets, close_days);
    }
    return command_misused(arena, &command_tickets, FAIL(arena, ERR_USAGE, "tickets %s: an option is missing", what));
}
