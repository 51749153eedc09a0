#include "office/filing.h"

#include <assert.h>

#include "base/limits.h"
#include "office/engine.h"
#include "registry/data.h"
#include "store/counter.h"

/* What the law answers on the day of filing. */
struct receipt {
    struct text words; /* deposited | being_deposited */
    struct text *missing;
    size_t missing_count;
    struct date last_day_to_complete;
    struct date complete_on;
    int64_t decision_days;
    bool listed;
};

static const struct err *receipt_ask(struct ctx *ctx, const struct procedure *procedure, struct dossier *dossier,
                                     struct json *known, struct receipt *ret);
static const struct err *draft_ready(struct ctx *ctx, const struct draft *draft, struct json *ret_facts);
static const struct err *filed_append(struct ctx *ctx, const struct dossier *dossier, const struct receipt *receipt,
                                      const struct json *facts, const struct draft *draft);
static struct text documents_json(struct ctx *ctx, const struct draft_document *documents, size_t count);
static const struct err *supplied_append(struct ctx *ctx, const struct dossier *dossier, struct text code,
                                         const struct stored_document *document, struct text filename);
static const struct err *last_supplied_append(struct ctx *ctx, const struct dossier *dossier);

const struct err *
dossier_file(struct ctx *ctx, struct draft_id draft_id, struct dossier *ret)
{
    struct draft draft;
    TRY(draft_get(ctx, draft_id, &draft));
    if (!acts_for_party(ctx->user, draft.party)) {
        return FAIL(ctx->arena, ERR_FORBIDDEN, "no mandate for party %lld", (long long)draft.party.value);
    }
    struct json facts;
    TRY(draft_ready(ctx, &draft, &facts));
    const struct procedure *procedure = NULL;
    TRY(procedure_get(ctx, draft.procedure, ctx->today, &procedure));

    struct dossier dossier = {.procedure = draft.procedure,
                              .act_code = procedure->act,
                              .party = draft.party,
                              .state = DOSSIER_BEING_DEPOSITED,
                              .corpus_root = hash_to_hex(ctx->arena, law_root(ctx->law)),
                              .filed_on = ctx->today,
                              .filed_by = actor_text(ctx),
                              .last_day_to_complete = DATE_NONE,
                              .completed_on = DATE_NONE,
                              .complete_on = DATE_NONE,
                              .replacement_requested_on = DATE_NONE,
                              .replacement_received_on = DATE_NONE,
                              .replacement_supplied_on = DATE_NONE,
                              .information_requested_on = DATE_NONE,
                              .information_supplied_on = DATE_NONE,
                              .decided_on = DATE_NONE,
                              .due_on = DATE_NONE};
    struct json known;
    TRY(dossier_known(ctx, &dossier, &known));
    for (size_t i = 0; i < facts.count; i++) {
        json_set(ctx, &known, facts.members[i].name, facts.members[i].value);
    }
    struct draft_document *documents = NULL;
    size_t count = 0;
    TRY(draft_documents(ctx, draft_id, &documents, &count));
    struct text *codes = ARENA_ARRAY(ctx->arena, struct text, count);
    for (size_t i = 0; i < count; i++) {
        codes[i] = documents[i].code;
    }
    known_documents(ctx, procedure, codes, count, &known);

    struct receipt receipt = {.last_day_to_complete = DATE_NONE, .complete_on = DATE_NONE};
    TRY(receipt_ask(ctx, procedure, &dossier, &known, &receipt));
    TRY(counter_next(ctx, TEXT("dossier"), &dossier.id.value));
    int year, month, day;
    date_to_civil(ctx->today, &year, &month, &day);
    int64_t number = 0;
    TRY(counter_next(ctx, text_printf(ctx->arena, "D-%d", year), &number));
    dossier.number = text_printf(ctx->arena, "D-%d-%04lld", year, (long long)number);
    TRY(filed_append(ctx, &dossier, &receipt, &facts, &draft));
    TRY(draft_discard(ctx, draft_id));
    return dossier_get(ctx, dossier.id, ret);
}

const struct err *
documents_awaited(struct ctx *ctx, const struct dossier *dossier, struct text **ret, size_t *ret_count)
{
    *ret = NULL;
    *ret_count = 0;
    const bool depositing = dossier->state == DOSSIER_BEING_DEPOSITED;
    if (!depositing && dossier->state != DOSSIER_AWAITING_PAPER) {
        return NULL;
    }
    struct json list;
    TRY(json_read(ctx->arena, depositing ? dossier->missing : dossier->replacement_codes, &list));
    struct text *codes = NULL;
    size_t count = 0;
    json_texts(ctx, &list, &codes, &count);
    struct dossier_document *documents = NULL;
    size_t documents_count = 0;
    TRY(dossier_documents(ctx, dossier->id, &documents, &documents_count));
    size_t awaited = 0;
    for (size_t i = 0; i < count; i++) {
        bool here = false;
        for (size_t d = 0; d < documents_count; d++) {
            here |= text_equal(documents[d].code, codes[i]) && documents[d].replaced_by.value == 0 &&
                    documents[d].act.value > dossier->replacement_act.value;
        }
        if (!here) {
            codes[awaited++] = codes[i];
        }
    }
    *ret = codes;
    *ret_count = awaited;
    return NULL;
}

const struct err *
document_supply(struct ctx *ctx, struct dossier_id id, struct text code, const struct stored_document *document,
                struct text filename)
{
    struct dossier dossier;
    TRY(dossier_for(ctx, id, EVENT_SUPPLY, &dossier));
    if (!acts_for_party(ctx->user, dossier.party)) {
        return FAIL(ctx->arena, ERR_FORBIDDEN, "no mandate for party %lld", (long long)dossier.party.value);
    }
    struct dossier_clock clock;
    TRY(dossier_clock(ctx, &dossier, &clock));
    if (text_is(clock.verdict, "returned")) {
        return FAIL(ctx->arena, ERR_WRONG_STATE, "the term of dossier %.*s has passed", TEXT_ARG(dossier.number));
    }
    struct text *awaited = NULL;
    size_t count = 0;
    TRY(documents_awaited(ctx, &dossier, &awaited, &count));
    bool asked = false;
    for (size_t i = 0; i < count; i++) {
        asked |= text_equal(awaited[i], code);
    }
    if (!asked) {
        return FAIL(ctx->arena, ERR_FORBIDDEN, "%.*s was not asked for", TEXT_ARG(code));
    }

    TRY(document_record(ctx, document));
    TRY(supplied_append(ctx, &dossier, code, document, filename));
    if (count > 1) {
        return NULL;
    }
    TRY(dossier_get(ctx, id, &dossier));
    return last_supplied_append(ctx, &dossier);
}

const struct err *
information_supply(struct ctx *ctx, struct dossier_id id, struct text answer)
{
    struct dossier dossier;
    TRY(dossier_for(ctx, id, EVENT_INFORMATION_SUPPLIED, &dossier));
    if (!acts_for_party(ctx->user, dossier.party)) {
        return FAIL(ctx->arena, ERR_FORBIDDEN, "no mandate for party %lld", (long long)dossier.party.value);
    }
    struct field_faults faults = {0};
    field_line_faults(ctx, &faults, "answer", answer, true, REASON_BYTES_MAX);
    if (faults.count > 0) {
        return FAIL(ctx->arena, ERR_INPUT, "answer: %s", faults.items[0].message);
    }

    struct dossier changed = dossier;
    changed.state = DOSSIER_UNDER_REVIEW;
    changed.information_supplied_on = ctx->today;
    TRY(dossier_due(ctx, &changed, &changed.due_on));
    struct writing writing;
    writing_open(ctx, &writing);
    writing_int(&writing, "dossier", id.value);
    writing_text(&writing, "answer", text_trim(answer));
    writing_date(ctx, &writing, "due_on", changed.due_on);
    struct act act;
    return act_append(ctx, &(struct act_draft){.kind = TEXT("information_supplied"), .body = writing_close(&writing)},
                      &act);
}

const struct err *
dossier_give_up(struct ctx *ctx, struct dossier_id id)
{
    struct dossier dossier;
    TRY(dossier_for(ctx, id, EVENT_GIVE_UP, &dossier));
    if (!acts_for_party(ctx->user, dossier.party)) {
        return FAIL(ctx->arena, ERR_FORBIDDEN, "no mandate for party %lld", (long long)dossier.party.value);
    }
    struct writing writing;
    writing_open(ctx, &writing);
    writing_int(&writing, "dossier", id.value);
    struct act act;
    return act_append(ctx, &(struct act_draft){.kind = TEXT("dossier_given_up"), .body = writing_close(&writing)},
                      &act);
}

static const struct err *
draft_ready(struct ctx *ctx, const struct draft *draft, struct json *ret_facts)
{
    struct field_faults faults;
    TRY(draft_faults(ctx, draft, &faults));
    if (faults.count > 0) {
        return FAIL(ctx->arena, ERR_INPUT, "%.*s: %s, and %zu more", TEXT_ARG(faults.items[0].at),
                    faults.items[0].message, faults.count - 1);
    }
    const struct procedure *procedure = NULL;
    TRY(procedure_get(ctx, draft->procedure, ctx->today, &procedure));
    struct draft_field *fields = NULL;
    size_t count = 0;
    TRY(draft_fields(ctx, procedure, &fields, &count));
    struct json typed;
    TRY(json_read(ctx->arena, draft->facts, &typed));
    *ret_facts = fields_read(ctx, fields, count, &typed, true, &faults);
    assert(faults.count == 0);
    return NULL;
}

static const struct err *
receipt_ask(struct ctx *ctx, const struct procedure *procedure, struct dossier *dossier, struct json *known,
            struct receipt *ret)
{
    TRY(documents_missing(ctx, procedure, ctx->today, known, &ret->missing, &ret->missing_count));
    json_set(ctx, known, TEXT("missing_documents"), json_of_texts(ctx, ret->missing, ret->missing_count));
    json_set(ctx, known, TEXT("complete"), json_of_bool(ret->missing_count == 0));
    struct ruling ruling;
    TRY(check_ask(ctx, TEXT("filing-receipt"), ctx->today, known, &ruling));
    json_text(ruling_result(&ruling, "receipt"), &ret->words);
    ret->last_day_to_complete = ruling_date(&ruling, "last_day_to_complete");
    ret->complete_on = ruling_date(&ruling, "complete_on");

    /* A check gives the days; a procedure that names only a parameter is asked through the same check, which knows it.
     */
    const bool own = law_check(ctx->arena, ctx->law, procedure->time_limit, ctx->today) != NULL;
    struct ruling days;
    TRY(check_ask(ctx, own ? procedure->time_limit : TEXT("decision-days"), ctx->today, known, &days));
    if (!json_int64(ruling_result(&days, "decision_days"), &ret->decision_days)) {
        return FAIL(ctx->arena, ERR_LAW, "the law gives no days to answer %.*s", TEXT_ARG(procedure->name));
    }
    json_bool(ruling_result(&days, "listed"), &ret->listed);

    dossier->missing = json_to_text(ctx, json_get(known, "missing_documents"));
    dossier->complete_on = ret->complete_on;
    dossier->state = date_is_none(ret->complete_on) ? DOSSIER_BEING_DEPOSITED : DOSSIER_UNDER_REVIEW;
    dossier->decision_days = ret->decision_days;
    dossier->listed = ret->listed;
    return dossier_due(ctx, dossier, &dossier->due_on);
}

static const struct err *
filed_append(struct ctx *ctx, const struct dossier *dossier, const struct receipt *receipt, const struct json *facts,
             const struct draft *draft)
{
    struct draft_document *documents = NULL;
    size_t count = 0;
    TRY(draft_documents(ctx, draft->id, &documents, &count));
    struct party party;
    TRY(party_get(ctx, dossier->party, &party));
    const bool natural = party.kind == PARTY_NATURAL_PERSON;

    struct writing writing;
    writing_open(ctx, &writing);
    writing_int(&writing, "dossier", dossier->id.value);
    writing_text(&writing, "number", dossier->number);
    writing_text(&writing, "procedure", dossier->procedure);
    writing_text(&writing, "act", dossier->act_code);
    writing_int(&writing, "party", dossier->party.value);
    writing_date(ctx, &writing, "filed_on", dossier->filed_on);
    writing_text(&writing, "receipt", receipt->words);
    writing_raw(&writing, "missing", dossier->missing);
    writing_date(ctx, &writing, "last_day_to_complete", receipt->last_day_to_complete);
    writing_date(ctx, &writing, "complete_on", receipt->complete_on);
    writing_int(&writing, "decision_days", receipt->decision_days);
    writing_bool(&writing, "listed", receipt->listed);
    writing_date(ctx, &writing, "due_on", dossier->due_on);
    writing_raw(&writing, "documents", documents_json(ctx, documents, count));
    if (!natural) {
        writing_raw(&writing, "facts", json_to_text(ctx, facts));
    }

    struct act_document *papers = ARENA_ARRAY(ctx->arena, struct act_document, count);
    for (size_t i = 0; i < count; i++) {
        papers[i] = (struct act_document){.sha256 = documents[i].sha256, .code = documents[i].code};
    }
    struct writing said;
    writing_open(ctx, &said);
    writing_raw(&said, "facts", json_to_text(ctx, facts));
    const struct act_person applicant = {.subject =
                                             text_printf(ctx->arena, "party:%lld", (long long)dossier->party.value),
                                         .role = TEXT("applicant"),
                                         .data = writing_close(&said)};
    struct act act;
    return act_append(ctx,
                      &(struct act_draft){.kind = TEXT("dossier_filed"),
                                          .body = writing_close(&writing),
                                          .persons = &applicant,
                                          .persons_count = natural ? 1 : 0,
                                          .documents = papers,
                                          .documents_count = count},
                      &act);
}

static struct text
documents_json(struct ctx *ctx, const struct draft_document *documents, size_t count)
{
    struct buf buf = buf_new(ctx->arena, JSON_BYTES_MAX);
    struct json_out out = json_out(&buf);
    json_open_array(&out);
    for (size_t i = 0; i < count; i++) {
        json_open_object(&out);
        json_member_text(&out, "code", documents[i].code);
        json_member_text(&out, "sha256", hash_to_hex(ctx->arena, documents[i].sha256));
        json_member_text(&out, "filename", documents[i].filename);
        json_close_object(&out);
    }
    json_close_array(&out);
    return buf_built(&buf);
}

static const struct err *
supplied_append(struct ctx *ctx, const struct dossier *dossier, struct text code,
                const struct stored_document *document, struct text filename)
{
    struct writing writing;
    writing_open(ctx, &writing);
    writing_int(&writing, "dossier", dossier->id.value);
    writing_text(&writing, "code", code);
    writing_text(&writing, "sha256", hash_to_hex(ctx->arena, document->sha256));
    writing_text(&writing, "filename", filename_clean(ctx, filename));
    writing_date(ctx, &writing, "due_on", dossier->due_on);
    const struct act_document paper = {.sha256 = document->sha256, .code = code};
    struct act act;
    return act_append(ctx,
                      &(struct act_draft){.kind = TEXT("document_supplied"),
                                          .body = writing_close(&writing),
                                          .documents = &paper,
                                          .documents_count = 1},
                      &act);
}

static const struct err *
last_supplied_append(struct ctx *ctx, const struct dossier *dossier)
{
    TRY(dossier_under(&ctx, dossier));
    const bool depositing = dossier->state == DOSSIER_BEING_DEPOSITED;
    struct dossier changed = *dossier;
    if (depositing) {
        changed.completed_on = ctx->today;
        struct json known;
        TRY(dossier_known(ctx, &changed, &known));
        struct ruling ruling;
        TRY(check_ask(ctx, TEXT("filing-receipt"), ctx->today, &known, &ruling));
        changed.complete_on = ruling_date(&ruling, "complete_on");
    } else {
        changed.replacement_supplied_on = ctx->today;
    }
    changed.state = DOSSIER_UNDER_REVIEW;
    TRY(dossier_due(ctx, &changed, &changed.due_on));

    struct writing writing;
    writing_open(ctx, &writing);
    writing_int(&writing, "dossier", dossier->id.value);
    writing_date(ctx, &writing, "complete_on", changed.complete_on);
    writing_date(ctx, &writing, "due_on", changed.due_on);
    struct act act;
    return act_append(ctx,
                      &(struct act_draft){.kind = depositing ? TEXT("dossier_completed") : TEXT("replacement_supplied"),
                                          .body = writing_close(&writing)},
                      &act);
}
