/* The acts of filing and what they write. Version 1 of each:
 *
 * dossier_filed         {"dossier":7, "number":"D-2026-0007", "procedure":"production-licence",
 * "act":"production_licence", "party":1, "filed_on":"2026-11-02", "receipt":"deposited", "missing":["statutes"],
 *                        "last_day_to_complete":..., "complete_on":..., "decision_days":20, "listed":true,
 * "due_on":..., "documents":[{"code":"statutes", "sha256":"...", "filename":"..."}], "facts":{...}} facts of a natural
 * person are in the person of role applicant instead. document_supplied     {"dossier":7, "code":"statutes",
 * "sha256":"...", "filename":"...", "due_on":...} dossier_completed     {"dossier":7, "complete_on":"2026-11-09",
 * "due_on":...} replacement_supplied  {"dossier":7, "due_on":...} information_supplied  {"dossier":7, "answer":"...",
 * "due_on":...} dossier_given_up      {"dossier":7} dossier_returned      {"dossier":7, "check":"filing-receipt",
 * "norms":["55.19/10/1.d"], "notification":3} */
#include <assert.h>

#include "office/dossier.sql.h"
#include "office/engine.h"

static const struct err *documents_write(struct ctx *ctx, const struct act *act, struct dossier_id id);
static const struct err *facts_write(struct ctx *ctx, const struct act *act, struct dossier_id id);

const struct err *
dossier_filed_apply(struct ctx *ctx, const struct act *act)
{
    const struct json *data = act->data;
    const struct dossier_id id = {data_int(data, "dossier")};
    const struct date complete_on = data_date(data, "complete_on");
    TRY(dossier_insert(ctx, &(struct dossier_insert_in){.id = id,
                                                        .number = data_text(data, "number"),
                                                        .procedure_name = data_text(data, "procedure"),
                                                        .act_code = data_text(data, "act"),
                                                        .party = {data_int(data, "party")},
                                                        .state = date_is_none(complete_on) ? TEXT("being_deposited")
                                                                                           : TEXT("under_review"),
                                                        .corpus_root = act->corpus_root,
                                                        .filed_on = data_date(data, "filed_on"),
                                                        .filed_by = act->actor,
                                                        .receipt = data_text_or_empty(data, "receipt"),
                                                        .missing = data_json(ctx, data, "missing", "[]"),
                                                        .last_day_to_complete = data_date(data, "last_day_to_complete"),
                                                        .complete_on = complete_on,
                                                        .decision_days = data_int(data, "decision_days"),
                                                        .listed = data_bool(data, "listed"),
                                                        .due_on = data_date(data, "due_on"),
                                                        .act = act->id.value}));
    TRY(documents_write(ctx, act, id));
    TRY(facts_write(ctx, act, id));
    return timeline_add_dossier(ctx, act, id);
}

const struct err *
document_supplied_apply(struct ctx *ctx, const struct act *act)
{
    struct dossier dossier;
    TRY(dossier_moved(ctx, act, EVENT_SUPPLY, &dossier));
    struct hash sha256;
    const bool is_hash = hash_from_hex(data_text_or_empty(act->data, "sha256"), &sha256);
    assert(is_hash);
    const struct text code = data_text(act->data, "code");
    TRY(dossier_document_insert(
        ctx, &(struct dossier_document_insert_in){.dossier = dossier.id,
                                                  .code = code,
                                                  .act = act->id.value,
                                                  .sha256 = sha256,
                                                  .filename = data_text_or_empty(act->data, "filename"),
                                                  .day = act->day}));
    return dossier_document_replace(
        ctx, &(struct dossier_document_replace_in){.dossier = dossier.id, .code = code, .act = act->id.value});
}

const struct err *
dossier_completed_apply(struct ctx *ctx, const struct act *act)
{
    struct dossier dossier;
    TRY(dossier_moved(ctx, act, EVENT_COMPLETE, &dossier));
    dossier.completed_on = act->day;
    dossier.complete_on = data_date(act->data, "complete_on");
    return dossier_write(ctx, &dossier);
}

const struct err *
replacement_supplied_apply(struct ctx *ctx, const struct act *act)
{
    struct dossier dossier;
    TRY(dossier_moved(ctx, act, EVENT_PAPER_SUPPLIED, &dossier));
    dossier.replacement_supplied_on = act->day;
    return dossier_write(ctx, &dossier);
}

const struct err *
information_supplied_apply(struct ctx *ctx, const struct act *act)
{
    struct dossier dossier;
    TRY(dossier_moved(ctx, act, EVENT_INFORMATION_SUPPLIED, &dossier));
    dossier.information_supplied_on = act->day;
    dossier.information_answer = data_text_or_empty(act->data, "answer");
    return dossier_write(ctx, &dossier);
}

const struct err *
dossier_given_up_apply(struct ctx *ctx, const struct act *act)
{
    struct dossier dossier;
    TRY(dossier_moved(ctx, act, EVENT_GIVE_UP, &dossier));
    return dossier_write(ctx, &dossier);
}

const struct err *
dossier_returned_apply(struct ctx *ctx, const struct act *act)
{
    struct dossier dossier;
    TRY(dossier_moved(ctx, act, EVENT_RETURN, &dossier));
    TRY(dossier_write(ctx, &dossier));
    return notification_begin(ctx, act,
                              &(struct notifying){.party = dossier.party, .dossier = dossier.id, .negative = true});
}

static const struct err *
documents_write(struct ctx *ctx, const struct act *act, struct dossier_id id)
{
    const struct json *documents = json_get(act->data, "documents");
    for (size_t i = 0; documents != NULL && i < documents->count; i++) {
        const struct json *document = &documents->items[i];
        struct hash sha256;
        const bool is_hash = hash_from_hex(data_text_or_empty(document, "sha256"), &sha256);
        assert(is_hash);
        TRY(dossier_document_insert(
            ctx, &(struct dossier_document_insert_in){.dossier = id,
                                                      .code = data_text(document, "code"),
                                                      .act = act->id.value,
                                                      .sha256 = sha256,
                                                      .filename = data_text_or_empty(document, "filename"),
                                                      .day = act->day}));
    }
    return NULL;
}

/* Of the body, or of the applicant's data while that stands. */
static const struct err *
facts_write(struct ctx *ctx, const struct act *act, struct dossier_id id)
{
    const struct json *facts = json_get(act->data, "facts");
    struct json said;
    if (facts == NULL) {
        struct act_person *persons = NULL;
        size_t count = 0;
        TRY(act_persons(ctx, act->id, &persons, &count));
        if (count > 0 && persons[0].data.at != NULL) {
            TRY(json_read(ctx->arena, persons[0].data, &said));
            facts = json_get(&said, "facts");
        }
    }
    for (size_t i = 0; facts != NULL && facts->type == JSON_OBJECT && i < facts->count; i++) {
        TRY(dossier_fact_insert(ctx,
                                &(struct dossier_fact_insert_in){.dossier = id,
                                                                 .name = facts->members[i].name,
                                                                 .act = act->id.value,
                                                                 .source = TEXT("asked"),
                                                                 .value = json_to_text(ctx, &facts->members[i].value),
                                                                 .by_whom = act->actor,
                                                                 .day = act->day}));
    }
    return NULL;
}
