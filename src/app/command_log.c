#include <stdio.h>
#include <string.h>

#include "acts/verify.h"
#include "app/command.h"
#include "app/files.h"
#include "app/house.h"
#include "app/house_log.h"
#include "app/report.h"
#include "tlog/tile.h"

static int run(struct arena *arena, int argc, char **argv);

const struct command command_log = {
    .name = "log",
    .usage = "log key --data DIR\n"
             "log checkpoint --data DIR\n"
             "log entry ACT --data DIR\n"
             "log prove ACT --data DIR\n"
             "log disclose ACT --data DIR [--persons] [--documents]\n"
             "log verify --data DIR [--db postgresql://...] [--full] [--json]\n"
             "log export FOLDER --data DIR\n"
             "log new-origin --why TEXT --data DIR [--name NAME]",
    .summary = {[LANG_AR] = "يعرض سجل القرارات وأدلته ويتحقق منها.",
                [LANG_FR] = "Montre le journal des actes et ses preuves, et les vérifie.",
                [LANG_EN] = "Shows the log of acts and its proofs, and verifies them."},
    .details =
        "key prints the verifier key; checkpoint what was signed last; entry the bytes of an act's public entry; prove "
        "its .tlog-proof; disclose the salts and data behind its commitments. ACT counts from 1.\n"
        "verify derives every leaf again from the rows of its act and compares the root of the leaves with what was "
        "signed; --full also compares the stored tiles and every checkpoint that was kept, so that a fault is placed. "
        "It exits with 1 when it finds a fault, and names each.\n"
        "export writes the log as files, as c2sp.org/tlog-tiles has them: any mirror or monitor reads them.\n"
        "new-origin begins another log after a database was restored from an older backup: the old one cannot be "
        "continued, as its signer has signed acts that are lost. The reason is in the act that begins it. Stop the "
        "server first. docs/verify.md shows how to check a proof by hand.\n",
    .run = run,
};

/* One call. */
struct call {
    struct arena *arena;
    struct options options;
    bool full, persons, documents;
    const char *why;
    const char *name;
    struct act_id act;
    struct log *log;
    struct text output; /* printed when all went well */
    int64_t faults;
};

struct verify_question {
    struct verify_options options;
    struct act_faults faults;
    struct verify_result result;
};

static const struct err *dispatch(struct call *call);
static const struct err *print_act(struct ctx *ctx, void *arg);
static const struct err *print_key(struct call *call, struct house *house);
static const struct err *verify(struct call *call, struct house *house);
static const struct err *verify_in(struct ctx *ctx, void *arg);
static const struct err *export_all(struct call *call, struct house *house);
static const struct err *export_in(struct ctx *ctx, void *arg);
static const struct err *export_one(struct ctx *ctx, struct call *call, struct text path);
static const struct err *new_origin(struct call *call);

static int
run(struct arena *arena, int argc, char **argv)
{
    struct call call = {.arena = arena};
    const struct option_row rows[] = {{.name = "full", .flag = &call.full},
                                      {.name = "persons", .flag = &call.persons},
                                      {.name = "documents", .flag = &call.documents},
                                      {.name = "why", .text = &call.why},
                                      {.name = "name", .text = &call.name}};
    const struct err *err = options_read(
        arena, argc, argv,
        &(struct options_taken){.common = OPTIONS_HOUSE | OPTION_JSON, OPTION_ROWS(rows), .rest_min = 1, .rest_max = 2},
        &call.options);
    if (err == NULL) {
        err = dispatch(&call);
    }
    if (err != NULL) {
        return err->code == ERR_USAGE ? command_misused(arena, &command_log, err) : command_end(arena, err);
    }
    fwrite(call.output.at, 1, call.output.len, stdout);
    return call.faults > 0 ? 1 : 0;
}

static const struct err *
dispatch(struct call *call)
{
    char **rest = call->options.rest;
    const int count = call->options.rest_count;
    const struct text what = text_of(rest[0]);
    const bool of_act = text_is(what, "entry") || text_is(what, "prove") || text_is(what, "disclose");
    const bool with_argument = of_act || text_is(what, "export");
    if (count != (with_argument ? 2 : 1) ||
        (of_act && (!text_to_int64(text_of(rest[1]), &call->act.value) || call->act.value < 1))) {
        return FAIL(call->arena, ERR_USAGE, "log %s %s", rest[0],
                    of_act ? "takes the number of an act" : "does not take these arguments");
    }
    if (text_is(what, "new-origin")) {
        return new_origin(call);
    }
    DEFER(house_close) struct house house = {0};
    TRY(house_open(call->arena, &call->options, HOUSE_OPEN, &house));
    if (text_is(what, "key")) {
        return print_key(call, &house);
    }
    if (text_is(what, "checkpoint")) {
        return house_log_note(&house, &call->output);
    }
    if (text_is(what, "verify")) {
        return verify(call, &house);
    }
    if (text_is(what, "export")) {
        return export_all(call, &house);
    }
    if (!of_act) {
        return FAIL(call->arena, ERR_USAGE, "there is no \"log %s\"", rest[0]);
    }
    TRY(house_log(&house, &call->log));
    return store_read(house.store, &house.ctx, print_act, call);
}

static const struct err *
print_act(struct ctx *ctx, void *arg)
{
    struct call *call = arg;
    const char *what = call->options.rest[0];
    if (strcmp(what, "entry") == 0) { /* its bytes, and no newline: they are what is hashed */
        return log_entry(ctx, call->act, &call->output);
    }
    if (strcmp(what, "disclose") == 0) {
        return act_disclosure(ctx, call->act,
                              (call->persons ? ACT_SHOWN_PERSONS : 0U) | (call->documents ? ACT_SHOWN_DOCUMENTS : 0U),
                              &call->output);
    }
    return log_prove(ctx, call->log, call->act, &call->output);
}

static const struct err *
print_key(struct call *call, struct house *house)
{
    struct text key;
    TRY(signer_key(call->arena, text_of(house->signer), &key));
    call->output = text_printf(call->arena, "%.*s\n", TEXT_ARG(key));
    return NULL;
}

static const struct err *
verify(struct call *call, struct house *house)
{
    DEFER(report_done) struct report report = {.json = call->options.json};
    struct verify_question question = {.options = {.full = call->full},
                                       .faults = {.tell = report_fault, .arg = &report}};
    /* Before the transaction begins: so the database has at least what the checkpoint says. */
    TRY(house_log_note(house, &question.options.note));
    TRY(store_read(house->store, &house->ctx, verify_in, &question));
    call->faults = question.faults.count;
    const struct verify_result *result = &question.result;
    const struct checkpoint *checkpoint = &result->checkpoint;
    if (call->options.json) {
        struct json_out out = report_end(&report);
        json_member_int(&out, "acts", result->acts);
        json_member_int(&out, "size", (int64_t)checkpoint->size);
        json_member_text(&out, "origin", checkpoint->origin);
        json_member_text(&out, "root", hash_to_hex(call->arena, checkpoint->root));
        json_member_int(&out, "checkpoints", result->checkpoints);
        json_close_object(&out);
        call->output = text_printf(call->arena, "%.*s\n", TEXT_ARG(buf_built(&report.buf)));
    } else if (call->faults == 0) {
        call->output =
            text_printf(call->arena,
                        "%lld acts, each leaf derived again from its rows: they make the root %.*s that %.*s "
                        "signed at size %llu.\n",
                        (long long)result->acts, TEXT_ARG(hash_to_hex(call->arena, checkpoint->root)),
                        TEXT_ARG(checkpoint->origin), (unsigned long long)checkpoint->size);
    }
    return NULL;
}

static const struct err *
verify_in(struct ctx *ctx, void *arg)
{
    struct verify_question *question = arg;
    question->faults.count = 0; /* it may be run again */
    return log_verify(ctx, &question->options, &question->faults, &question->result);
}

static const struct err *
export_all(struct call *call, struct house *house)
{
    TRY(house_log(house, &call->log));
    TRY(folder_make(call->arena, call->options.rest[1]));
    return store_read(house->store, &house->ctx, export_in, call);
}

static const struct err *
export_in(struct ctx *ctx, void *arg)
{
    struct call *call = arg;
    struct checkpoint checkpoint;
    log_checkpoint(call->log, ctx->arena, &checkpoint);
    for (int level = TILE_ENTRIES; level < TILE_LEVELS; level++) {
        const int shift = level < 0 ? 0 : level * TILE_HEIGHT;
        const uint64_t hashes = checkpoint.size >> shift;
        for (uint64_t from = 0; from < hashes; from += TILE_WIDTH) {
            const uint64_t width = hashes - from < TILE_WIDTH ? hashes - from : TILE_WIDTH;
            const struct arena_mark mark = arena_mark(ctx->arena);
            const struct tile tile = {.level = level, .index = from / TILE_WIDTH, .width = (int)width};
            TRY(export_one(ctx, call, tile_path(ctx->arena, tile)));
            arena_rewind(ctx->arena, mark);
        }
    }
    TRY(export_one(ctx, call, TEXT("key")));
    return export_one(ctx, call, TEXT("checkpoint")); /* last: what it says is there by then */
}

/* Makes the folders of the path and writes the file. */
static const struct err *
export_one(struct ctx *ctx, struct call *call, struct text path)
{
    struct log_resource resource;
    TRY(log_resource(ctx, call->log, path, &resource));
    const char *file = text_cstr(ctx->arena, text_printf(ctx->arena, "%s/%.*s", call->options.rest[1], TEXT_ARG(path)));
    for (const char *slash = strchr(file + strlen(call->options.rest[1]) + 1, '/'); slash != NULL;
         slash = strchr(slash + 1, '/')) {
        TRY(folder_make(ctx->arena, text_cstr(ctx->arena, (struct text){.at = file, .len = (size_t)(slash - file)})));
    }
    return file_write(ctx->arena, file, resource.bytes);
}

static const struct err *
new_origin(struct call *call)
{
    struct signer *signer = NULL;
    struct act act;
    if (call->why == NULL) {
        return FAIL(call->arena, ERR_USAGE, "log new-origin takes --why TEXT: the reason stands in the act");
    }
    DEFER(house_close) struct house house = {0};
    TRY(house_open(call->arena, &call->options, HOUSE_OPEN, &house));
    const struct signer_options options = {.folder = text_of(house.signer), .world = house.ctx.world};
    TRY(signer_start(call->arena, &options, &signer));
    const struct err *err = store_lease(&house.ctx, house.store);
    if (err == NULL) {
        err = log_open(&house.ctx, call->arena, house.store, signer, &call->log);
    }
    if (err == NULL) {
        err = log_new_origin(&house.ctx, call->log, text_of(call->name), text_of(call->why), &act);
        log_close(call->log);
    }
    signer_stop(signer);
    TRY(err);
    TRY(house_log_note(&house, &call->output));
    return NULL;
}
