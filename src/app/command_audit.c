#include <stdio.h>

#include "acts/audit.h"
#include "acts/rebuild.h"
#include "app/command.h"
#include "app/house.h"
#include "app/house_log.h"
#include "app/report.h"

static int run(struct arena *arena, int argc, char **argv);

const struct command command_audit = {
    .name = "audit",
    .usage = "audit --data DIR [--db postgresql://...] [--json]",
    .summary = {[LANG_AR] = "يدقق السجل كله من جديد ويسمّي كل خلل.",
                [LANG_FR] = "Refait le contrôle de tout le registre et nomme chaque défaut.",
                [LANG_EN] = "Checks the whole register a second time, and names each fault."},
    .details =
        "Derives every leaf, commitment and root again with code of its own, checks the signatures of all checkpoints, "
        "the erasures and the files of documents, and replays the acts to compare the tables of current state (not "
        "while a server writes). It exits with 1 when it finds a fault.\n",
    .run = run,
};

struct audit_question {
    struct audit_options options;
    struct act_faults faults;
    struct audit_result result;
};

static const struct err *audit(struct arena *arena, const struct options *options, int64_t *ret_faults);
static const struct err *audit_in(struct ctx *ctx, void *arg);
static const struct err *compare(struct house *house, struct act_faults *faults, bool *ret_compared);

static int
run(struct arena *arena, int argc, char **argv)
{
    struct options options;
    int64_t faults = 0;
    const struct err *err =
        options_read(arena, argc, argv, &(struct options_taken){.common = OPTIONS_HOUSE | OPTION_JSON}, &options);
    if (err != NULL) {
        return command_misused(arena, &command_audit, err);
    }
    err = audit(arena, &options, &faults);
    return err == NULL && faults > 0 ? 1 : command_end(arena, err);
}

static const struct err *
audit(struct arena *arena, const struct options *options, int64_t *ret_faults)
{
    DEFER(house_close) struct house house = {0};
    DEFER(report_done) struct report report = {.json = options->json};
    TRY(house_open(arena, options, HOUSE_OPEN, &house));
    struct audit_question question = {.options = {.documents = text_of(house.documents)},
                                      .faults = {.tell = report_fault, .arg = &report}};
    bool compared = false;
    TRY(house_log_note(&house, &question.options.note));
    TRY(store_read(house.store, &house.ctx, audit_in, &question));
    TRY(compare(&house, &question.faults, &compared));
    *ret_faults = question.faults.count;
    const struct audit_result *result = &question.result;
    if (options->json) {
        struct json_out out = report_end(&report);
        json_member_int(&out, "acts", result->acts);
        json_member_int(&out, "checkpoints", result->checkpoints);
        json_member_int(&out, "documents", result->documents);
        json_member_bool(&out, "projections_compared", compared);
        json_close_object(&out);
        const struct text object = buf_built(&report.buf);
        printf("%.*s\n", TEXT_ARG(object));
        return NULL;
    }
    printf("%lld acts, %lld checkpoints, %lld files of documents: %lld faults.\n", (long long)result->acts,
           (long long)result->checkpoints, (long long)result->documents, (long long)question.faults.count);
    if (!compared) {
        printf("The tables of current state were not compared: another process writes here.\n");
    }
    return NULL;
}

static const struct err *
audit_in(struct ctx *ctx, void *arg)
{
    struct audit_question *question = arg;
    return acts_audit(ctx, &question->options, &question->faults, &question->result);
}

static const struct err *
compare(struct house *house, struct act_faults *faults, bool *ret_compared)
{
    struct ctx *ctx = &house->ctx;
    struct rebuild_report rebuilt;
    const struct err *err = tx_begin(house->store, ctx, TX_WRITE);
    if (err != NULL) {
        return err_root(err) == ERR_CONFLICT || err_root(err) == ERR_DB_BUSY ? NULL : err;
    }
    err = acts_rebuild(ctx, &rebuilt);
    tx_rollback(ctx);
    if (err != NULL) {
        act_fault_tell(faults, ctx->arena, 0, "projection", "the acts cannot be replayed: %s",
                       err_print(ctx->arena, err));
        return NULL;
    }
    *ret_compared = true;
    for (size_t i = 0; i < rebuilt.tables_count; i++) {
        if (!rebuilt.tables[i].is_same) {
            act_fault_tell(faults, ctx->arena, 0, "projection",
                           "the table %s is not what the acts say (%lld rows, %lld from the acts)",
                           rebuilt.tables[i].name, (long long)rebuilt.tables[i].before.rows,
                           (long long)rebuilt.tables[i].after.rows);
        }
    }
    return NULL;
}
