#include "office/draft.h"

#include "base/limits.h"
#include "base/world.h"
#include "office/draft.sql.h"
#include "office/engine.h"
#include "registry/data.h"
#include "store/counter.h"

static struct draft draft_of(const struct draft_row_get_row *row);
static const struct err *draft_own(struct ctx *ctx, struct draft_id id);
static const struct err *procedure_of(struct ctx *ctx, const struct draft *draft, const struct procedure **ret);
static bool is_document(const struct procedure *procedure, struct text code);
static const struct err *missing_of(struct ctx *ctx, const struct procedure *procedure, const struct json *known,
                                    struct eligibility *ret);

const struct err *
draft_save(struct ctx *ctx, struct party_id party, struct text procedure, struct text facts, struct draft_id *ret)
{
    struct json object;
    TRY(json_read(ctx->arena, facts, &object));
    if (object.type != JSON_OBJECT) {
        return FAIL(ctx->arena, ERR_JSON, "facts are one JSON object");
    }
    if (ctx->user == NULL) {
        return FAIL(ctx->arena, ERR_NOT_SIGNED_IN, "a draft belongs to an account");
    }

    const int64_t now_ms = ctx->world->now_ms(ctx->world);
    struct draft_row_of_row row;
    bool found = false;
    TRY(draft_row_of(
        ctx, &(struct draft_row_of_in){.account = ctx->user->account, .party = party, .procedure_name = procedure},
        &row, &found));
    if (found) {
        *ret = row.id;
        return draft_update(ctx, &(struct draft_update_in){.id = row.id, .facts = facts, .updated_at_ms = now_ms});
    }
    int64_t id = 0;
    TRY(counter_next(ctx, TEXT("draft"), &id));
    struct draft_upsert_row saved;
    TRY(draft_upsert(ctx,
                     &(struct draft_upsert_in){.id = {id},
                                               .account = ctx->user->account,
                                               .party = party,
                                               .procedure_name = procedure,
                                               .facts = facts,
                                               .updated_at_ms = now_ms},
                     &saved));
    *ret = saved.id;
    return NULL;
}

const struct err *
draft_find(struct ctx *ctx, struct party_id party, struct text procedure, struct draft *ret, bool *ret_found)
{
    *ret_found = false;
    if (ctx->user == NULL) {
        return NULL;
    }
    struct draft_row_of_row row;
    TRY(draft_row_of(
        ctx, &(struct draft_row_of_in){.account = ctx->user->account, .party = party, .procedure_name = procedure},
        &row, ret_found));
    return *ret_found ? draft_get(ctx, row.id, ret) : NULL;
}

const struct err *
draft_get(struct ctx *ctx, struct draft_id id, struct draft *ret)
{
    struct draft_row_get_row row;
    bool found = false;
    TRY(draft_row_get(ctx, id, &row, &found));
    if (!found) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "no draft %lld", (long long)id.value);
    }
    if (ctx->user == NULL || ctx->user->account.value != row.account.value) {
        return FAIL(ctx->arena, ERR_FORBIDDEN, "draft %lld belongs to account %lld", (long long)id.value,
                    (long long)row.account.value);
    }
    *ret = draft_of(&row);
    return NULL;
}

const struct err *
draft_list(struct ctx *ctx, struct draft **ret, size_t *ret_count)
{
    struct draft_rows_of_account_rows rows = {0};
    if (ctx->user != NULL) {
        TRY(draft_rows_of_account(ctx, ctx->user->account, &rows));
    }
    struct draft *drafts = ARENA_ARRAY(ctx->arena, struct draft, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const struct draft_rows_of_account_row *row = &rows.items[i];
        drafts[i] = (struct draft){.id = row->id,
                                   .account = row->account,
                                   .party = row->party,
                                   .procedure = row->procedure_name,
                                   .facts = row->facts,
                                   .updated_at_ms = row->updated_at_ms};
    }
    *ret = drafts;
    *ret_count = rows.count;
    return NULL;
}

const struct err *
draft_discard(struct ctx *ctx, struct draft_id id)
{
    TRY(draft_own(ctx, id));
    TRY(draft_documents_delete(ctx, id));
    return draft_delete(ctx, id);
}

const struct err *
draft_attach(struct ctx *ctx, struct draft_id id, struct text code, const struct stored_document *document,
             struct text filename)
{
    struct draft draft;
    TRY(draft_get(ctx, id, &draft));
    const struct procedure *procedure = NULL;
    TRY(procedure_of(ctx, &draft, &procedure));
    if (!is_document(procedure, code)) {
        return FAIL(ctx->arena, ERR_INPUT, "%.*s is not a paper of %.*s", TEXT_ARG(code), TEXT_ARG(procedure->name));
    }
    TRY(document_record(ctx, document));
    return draft_document_put(
        ctx, &(struct draft_document_put_in){
                 .draft = id, .code = code, .sha256 = document->sha256, .filename = filename_clean(ctx, filename)});
}

const struct err *
draft_detach(struct ctx *ctx, struct draft_id id, struct text code)
{
    TRY(draft_own(ctx, id));
    return draft_document_delete(ctx, id, code);
}

const struct err *
draft_documents(struct ctx *ctx, struct draft_id id, struct draft_document **ret, size_t *ret_count)
{
    struct draft_document_rows_rows rows;
    TRY(draft_document_rows(ctx, id, &rows));
    struct draft_document *documents = ARENA_ARRAY(ctx->arena, struct draft_document, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const struct draft_document_rows_row *row = &rows.items[i];
        documents[i] = (struct draft_document){.code = row->code,
                                               .sha256 = row->sha256,
                                               .filename = row->filename,
                                               .media = row->media,
                                               .size = row->size};
    }
    *ret = documents;
    *ret_count = rows.count;
    return NULL;
}

const struct err *
draft_faults(struct ctx *ctx, const struct draft *draft, struct field_faults *ret)
{
    *ret = (struct field_faults){0};
    const struct procedure *procedure = NULL;
    TRY(procedure_of(ctx, draft, &procedure));
    struct party party;
    TRY(party_get(ctx, draft->party, &party));
    bool is_open = procedure->filed_by_count == 0;
    for (size_t i = 0; i < procedure->filed_by_count; i++) {
        is_open |= text_is(procedure->filed_by[i], party_kind_code(party.kind));
    }
    if (!is_open) {
        field_fault_add(ctx, ret, TEXT("party"), FAULT_PARTY_KIND);
    }
    bool is_entered = true;
    TRY(entry_before(ctx, procedure, draft->party, &is_entered));
    if (!is_entered) {
        field_fault_add(ctx, ret, TEXT("party"), FAULT_ENTRY);
    }

    struct draft_field *fields = NULL;
    size_t fields_count = 0;
    TRY(draft_fields(ctx, procedure, &fields, &fields_count));
    struct json typed;
    TRY(json_read(ctx->arena, draft->facts, &typed));
    fields_read(ctx, fields, fields_count, &typed, true, ret);
    /* What only the applicant knows must be said before filing. */
    for (size_t i = 0; i < fields_count; i++) {
        const struct json *value = json_get(&typed, text_cstr(ctx->arena, fields[i].fact->name));
        const bool blank = value == NULL || (value->type == JSON_STRING && text_trim(value->text).len == 0);
        if (fields[i].line->source == SOURCE_ASKED && !fields[i].fact->or_absent && blank) {
            field_fault_add(ctx, ret, text_printf(ctx->arena, "facts.%.*s", TEXT_ARG(fields[i].fact->name)),
                            FAULT_REQUIRED);
        }
    }
    return NULL;
}

const struct err *
draft_eligibility(struct ctx *ctx, const struct draft *draft, struct eligibility *ret)
{
    const struct procedure *procedure = NULL;
    TRY(procedure_of(ctx, draft, &procedure));
    struct draft_field *fields = NULL;
    size_t fields_count = 0;
    TRY(draft_fields(ctx, procedure, &fields, &fields_count));
    struct json typed;
    TRY(json_read(ctx->arena, draft->facts, &typed));
    struct field_faults faults = {0};

    /* As the register knows the party; what the applicant says stands above it until an officer reads the papers. */
    struct dossier preview = {.party = draft->party,
                              .procedure = draft->procedure,
                              .act_code = procedure->act,
                              .filed_on = ctx->today,
                              .complete_on = ctx->today,
                              .completed_on = DATE_NONE,
                              .replacement_requested_on = DATE_NONE,
                              .replacement_received_on = DATE_NONE,
                              .replacement_supplied_on = DATE_NONE,
                              .information_requested_on = DATE_NONE,
                              .information_supplied_on = DATE_NONE,
                              .decided_on = DATE_NONE};
    struct json known;
    TRY(dossier_known(ctx, &preview, &known));
    const struct json said = fields_read(ctx, fields, fields_count, &typed, false, &faults);
    for (size_t i = 0; i < said.count; i++) {
        json_set(ctx, &known, said.members[i].name, said.members[i].value);
    }
    struct draft_document *documents = NULL;
    size_t count = 0;
    TRY(draft_documents(ctx, draft->id, &documents, &count));
    struct text *codes = ARENA_ARRAY(ctx->arena, struct text, count);
    for (size_t i = 0; i < count; i++) {
        codes[i] = documents[i].code;
    }
    known_documents(ctx, procedure, codes, count, &known);

    *ret = (struct eligibility){.rulings = ARENA_ARRAY(ctx->arena, struct ruling, procedure->checks_count),
                                .documents = ARENA_ARRAY(ctx->arena, enum due, procedure->documents_count)};
    for (size_t i = 0; i < procedure->checks_count; i++) {
        TRY(check_ask(ctx, procedure->checks[i], ctx->today, &known, &ret->rulings[i]));
        ret->count++;
    }
    return missing_of(ctx, procedure, &known, ret);
}

static struct draft
draft_of(const struct draft_row_get_row *row)
{
    return (struct draft){.id = row->id,
                          .account = row->account,
                          .party = row->party,
                          .procedure = row->procedure_name,
                          .facts = row->facts,
                          .updated_at_ms = row->updated_at_ms};
}

static const struct err *
draft_own(struct ctx *ctx, struct draft_id id)
{
    struct draft draft;
    return draft_get(ctx, id, &draft);
}

static const struct err *
procedure_of(struct ctx *ctx, const struct draft *draft, const struct procedure **ret)
{
    return procedure_get(ctx, draft->procedure, ctx->today, ret);
}

static bool
is_document(const struct procedure *procedure, struct text code)
{
    for (size_t i = 0; i < procedure->documents_count; i++) {
        if (text_equal(procedure->documents[i].code, code)) {
            return true;
        }
    }
    return false;
}

static const struct err *
missing_of(struct ctx *ctx, const struct procedure *procedure, const struct json *known, struct eligibility *ret)
{
    for (size_t i = 0; i < procedure->documents_count; i++) {
        const struct procedure_document *line = &procedure->documents[i];
        ret->documents[i] = procedure_document_due(ctx->arena, ctx->law, procedure, line, ctx->today, known);
    }
    return documents_missing(ctx, procedure, ctx->today, known, &ret->missing_documents, &ret->missing_documents_count);
}
