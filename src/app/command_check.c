/* markaz check: one question, or a batch of them, JSON in and JSON out (LAW-LANGUAGE.md, Contract). */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/command.h"
#include "app/files.h"
#include "app/law_open.h"
#include "app/world_real.h"
#include "base/legal_time.h"
#include "base/limits.h"

static int run(struct arena *arena, int argc, char **argv);

const struct command command_check = {
    .name = "check",
    .usage = "check NAME [--law DIR] [--set PARAM=VALUE] [--as-of DATE] [--trace] [FILE|-]\n"
             "check --batch [--law DIR] [--set PARAM=VALUE] [--as-of DATE] [--trace] [FILE|-]",
    .summary = {[LANG_AR] = "يجيب عن سؤال أو أسئلة بما تقوله النصوص.",
                [LANG_FR] = "Répond à une ou plusieurs questions selon les textes.",
                [LANG_EN] = "Answers one question or many by what the texts say."},
    .details =
        "Reads one JSON object of facts and prints one JSON answer. With --batch each line is {\"id\", \"check\", "
        "\"as_of\", \"facts\"} and gives one line. A line that is wrong gives {\"id\", \"error\"} and the batch goes "
        "on; the exit status is then 1. A refusal is an answer: 0.\n"
        "--set gives a parameter a value for this run, as in a law file: --set 'capital=500_000 MAD'.\n",
    .run = run,
};

enum { SETTINGS_MAX = 64, OUT_BYTES_MAX = 64 * 1024 * 1024 };

struct asking {
    const struct law *law;
    struct law_setting settings[SETTINGS_MAX];
    size_t settings_count;
    struct date today;
    bool trace;
    bool failed;
};

/* Standard input or a file, line by line, in one buffer. */
struct lines_in {
    int fd;
    char *at;
    size_t len, pos, room;
    bool ended;
    bool too_long;
};

static const struct err *
setting_take(struct arena *arena, void *arg, const char *value)
{
    struct asking *asking = arg;
    const char *sign = strchr(value, '=');
    if (sign == NULL || sign == value || asking->settings_count == SETTINGS_MAX) {
        return FAIL(arena, ERR_USAGE, "--set takes PARAM=VALUE, at most %d times", SETTINGS_MAX);
    }
    asking->settings[asking->settings_count++] =
        (struct law_setting){.name = {.at = value, .len = (size_t)(sign - value)},
                             .literal = text_of(sign + 1),
                             .from = DATE_NONE,
                             .until = DATE_NONE};
    return NULL;
}

static void
put_fault(struct arena *arena, struct text id, const struct question_fault *fault)
{
    struct buf buf = buf_new(arena, OUT_BYTES_MAX);
    struct json_out out = json_out(&buf);
    json_open_object(&out);
    if (id.len > 0) {
        json_member_text(&out, "id", id);
    }
    json_put_name(&out, TEXT("error"));
    json_open_object(&out);
    json_member_text(&out, "code", text_of(fault->code));
    json_member_text(&out, "message", fault->message);
    json_member_text(&out, "at", fault->at);
    json_close_object(&out);
    json_close_object(&out);
    buf_char(&buf, '\n');
    const struct text line = buf_built(&buf);
    fwrite(line.at, 1, line.len, stdout);
}

static void
ask(struct arena *arena, struct asking *asking, struct text id, struct text check, struct date as_of,
    const struct json *facts)
{
    const struct law_question question = {.check = check,
                                          .as_of = as_of,
                                          .facts = facts,
                                          .settings = asking->settings,
                                          .settings_count = asking->settings_count,
                                          .trace = asking->trace};
    struct ruling ruling;
    struct question_fault fault;
    if (law_ask(arena, asking->law, &question, &ruling, &fault) != NULL) {
        put_fault(arena, id, &fault);
        asking->failed = true;
        return;
    }
    struct buf buf = buf_new(arena, OUT_BYTES_MAX);
    struct json_out out = json_out(&buf);
    ruling_print(&out, id, &ruling, asking->law);
    buf_char(&buf, '\n');
    const struct text line = buf_built(&buf);
    fwrite(line.at, 1, line.len, stdout);
}

static bool
line_fault(struct arena *arena, struct asking *asking, struct text id, const char *code, struct text message,
           struct text at)
{
    const struct question_fault fault = {.code = code, .message = message, .at = at};
    put_fault(arena, id, &fault);
    asking->failed = true;
    return false;
}

static void
batch_line(struct arena *arena, struct asking *asking, struct text line, int64_t number)
{
    struct json json;
    struct json_fault json_wrong;
    struct text id = {0}, check, day;
    struct date as_of = asking->today;
    if (!json_parse(arena, line, &json, &json_wrong)) {
        (void)line_fault(arena, asking, id, "json", text_of(json_wrong.message),
                         text_printf(arena, "line %lld, byte %zu", (long long)number, json_wrong.offset));
        return;
    }
    if (json.type != JSON_OBJECT) {
        (void)line_fault(arena, asking, id, "json", TEXT("a line is an object with check, as_of and facts"),
                         text_printf(arena, "line %lld", (long long)number));
        return;
    }
    const struct json *given = json_get(&json, "id");
    if (given != NULL && (given->type == JSON_STRING || given->type == JSON_NUMBER)) {
        id = given->text;
    }
    if (!json_text(json_get(&json, "check"), &check)) {
        (void)line_fault(arena, asking, id, "check", TEXT("the name of a check is missing"), TEXT("check"));
        return;
    }
    const struct json *date = json_get(&json, "as_of");
    if (date != NULL && date->type != JSON_NULL && (!json_text(date, &day) || !date_from_text(day, &as_of))) {
        (void)line_fault(arena, asking, id, "as_of", TEXT("as_of is not a day of the calendar (YYYY-MM-DD)"),
                         TEXT("as_of"));
        return;
    }
    static const struct json empty = {.type = JSON_OBJECT};
    const struct json *facts = json_get(&json, "facts");
    ask(arena, asking, id, check, as_of, facts != NULL ? facts : &empty);
}

/* The next line without its end; false at the end of the input. Answers so far go out before waiting for more. */
static bool
next_line(struct lines_in *in, struct text *ret)
{
    for (;;) {
        char *end = memchr(in->at + in->pos, '\n', in->len - in->pos);
        if (end != NULL || (in->ended && in->pos < in->len)) {
            const size_t stop = end != NULL ? (size_t)(end - in->at) : in->len;
            *ret = (struct text){.at = in->at + in->pos, .len = stop - in->pos};
            in->pos = end != NULL ? stop + 1 : stop;
            return true;
        }
        if (in->ended) {
            return false;
        }
        memmove(in->at, in->at + in->pos, in->len - in->pos);
        in->len -= in->pos;
        in->pos = 0;
        if (in->len == in->room) {
            in->too_long = true;
            return false;
        }
        fflush(stdout);
        const ssize_t got = read(in->fd, in->at + in->len, in->room - in->len);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        in->ended = got <= 0;
        in->len += got > 0 ? (size_t)got : 0;
    }
}

static const struct err *
batch(struct arena *arena, struct asking *asking, int fd)
{
    struct lines_in in = {.fd = fd, .room = JSON_BYTES_MAX + 1};
    in.at = arena_alloc(arena, in.room);
    DEFER(arena_free_at) struct arena *work = arena_new(LAW_ARENA_BYTES_MAX);
    (void)arena_alloc(work, 1); /* its first block stays from line to line */
    const struct arena_mark mark = arena_mark(work);
    struct text line;
    for (int64_t number = 1; next_line(&in, &line); number++) {
        if (text_trim(line).len > 0) {
            batch_line(work, asking, line, number);
        }
        arena_rewind(work, mark);
    }
    if (in.too_long) {
        return FAIL(arena, ERR_TOO_LARGE, "a line of the batch is longer than %d bytes", JSON_BYTES_MAX);
    }
    return NULL;
}

static const struct err *
one(struct arena *arena, struct asking *asking, struct text check, int fd)
{
    struct lines_in in = {.fd = fd, .room = JSON_BYTES_MAX + 1};
    in.at = arena_alloc(arena, in.room);
    while (!in.ended && in.len < in.room) {
        const ssize_t got = read(fd, in.at + in.len, in.room - in.len);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        in.ended = got <= 0;
        in.len += got > 0 ? (size_t)got : 0;
    }
    struct json facts;
    struct json_fault fault;
    const struct text bytes = {.at = in.at, .len = in.len};
    if (!json_parse(arena, bytes, &facts, &fault)) {
        (void)line_fault(arena, asking, (struct text){0}, "json", text_of(fault.message),
                         text_printf(arena, "byte %zu", fault.offset));
        return NULL;
    }
    ask(arena, asking, (struct text){0}, check, asking->today, &facts);
    return NULL;
}

static int
run(struct arena *arena, int argc, char **argv)
{
    struct asking *asking = ARENA_NEW(arena, struct asking);
    struct options options;
    bool is_batch = false, partial = false;
    struct date as_of = DATE_NONE;
    const struct option_row rows[] = {{.name = "batch", .flag = &is_batch},
                                      {.name = "trace", .flag = &asking->trace},
                                      {.name = "partial", .flag = &partial},
                                      {.name = "as-of", .date = &as_of},
                                      {.name = "set", .each = setting_take, .each_arg = asking}};
    const struct err *err = options_read(
        arena, argc, argv,
        &(struct options_taken){.common = OPTION_LAW, OPTION_ROWS(rows), .rest_min = 0, .rest_max = 2}, &options);
    if (err == NULL && (is_batch ? options.rest_count > 1 : options.rest_count < 1)) {
        err = FAIL(arena, ERR_USAGE, "%s", is_batch ? "a batch takes one file" : "the name of a check is missing");
    }
    if (err != NULL) {
        return command_misused(arena, &command_check, err);
    }
    const char *path = options.rest_count > (is_batch ? 0 : 1) ? options.rest[is_batch ? 0 : 1] : "-";
    DEFER(arena_free_at) struct arena *law_arena = arena_new(LAW_ARENA_BYTES_MAX);
    struct law_opened opened;
    err = law_open(law_arena, options.law, partial, &opened);
    if (err != NULL) {
        return command_end(arena, err);
    }
    struct world *world = world_real();
    asking->law = opened.law;
    asking->today = date_is_none(as_of) ? legal_day(world->now_ms(world)) : as_of;
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    if (file == NULL) {
        return command_end(arena, file_failed(arena, "read", path));
    }
    err = is_batch ? batch(arena, asking, fileno(file)) : one(arena, asking, text_of(options.rest[0]), fileno(file));
    if (file != stdin) {
        fclose(file);
    }
    const int status = command_end(arena, err);
    return status != 0 ? status : asking->failed ? 1 : 0;
}
