#include "office/examination.h"

#include "base/limits.h"
#include "base/world.h"
#include "office/dossier.sql.h"
#include "office/engine.h"
#include "store/counter.h"

static const struct law_fact *fact_declared(const struct law_check *check, struct text name);
static const struct law_fact *fact_of(struct ctx *ctx, const struct procedure *procedure, struct text name);
static bool is_attestable(enum fact_source source);
static const struct err *fields_of(struct ctx *ctx, const struct procedure *procedure, bool (*wanted)(enum fact_source),
                                   struct draft_field **ret, size_t *ret_count);
static bool is_applicants(enum fact_source source);
static const struct err *checklist_documents(struct ctx *ctx, const struct dossier *dossier, const struct json *known,
                                             struct checklist *checklist);
static const struct err *checklist_facts(struct ctx *ctx, const struct dossier *dossier, const struct json *known,
                                         struct checklist *checklist);

const struct err *
draft_fields(struct ctx *ctx, const struct procedure *procedure, struct draft_field **ret, size_t *ret_count)
{
    return fields_of(ctx, procedure, is_applicants, ret, ret_count);
}

const struct err *
attest_fields(struct ctx *ctx, const struct procedure *procedure, struct draft_field **ret, size_t *ret_count)
{
    return fields_of(ctx, procedure, is_attestable, ret, ret_count);
}

const struct err *
dossier_checklist(struct ctx *ctx, const struct dossier *dossier, struct checklist *ret)
{
    TRY(dossier_under(&ctx, dossier));
    *ret = (struct checklist){0};
    TRY(procedure_get(ctx, dossier->procedure, dossier->filed_on, &ret->procedure));
    struct json known;
    TRY(dossier_known(ctx, dossier, &known));
    TRY(checklist_documents(ctx, dossier, &known, ret));
    return checklist_facts(ctx, dossier, &known, ret);
}

const struct err *
dossier_assign(struct ctx *ctx, struct dossier_id id, struct account_id officer)
{
    TRY(officer_only(ctx));
    struct dossier dossier;
    TRY(dossier_for(ctx, id, EVENT_ASSIGN, &dossier));
    struct writing writing;
    writing_open(ctx, &writing);
    writing_int(&writing, "dossier", id.value);
    writing_int(&writing, "officer", officer.value);
    writing_date(ctx, &writing, "due_on", dossier.due_on);
    struct act act;
    return act_append(ctx, &(struct act_draft){.kind = TEXT("dossier_assigned"), .body = writing_close(&writing)},
                      &act);
}

const struct err *
facts_attest(struct ctx *ctx, struct dossier_id id, const struct json *typed, struct field_faults *ret_faults)
{
    *ret_faults = (struct field_faults){0};
    TRY(officer_only(ctx));
    struct dossier dossier;
    TRY(dossier_for(ctx, id, EVENT_ATTEST, &dossier));
    TRY(dossier_under(&ctx, &dossier));
    const struct procedure *procedure = NULL;
    TRY(procedure_get(ctx, dossier.procedure, dossier.filed_on, &procedure));
    struct draft_field *fields = NULL;
    size_t count = 0;
    TRY(attest_fields(ctx, procedure, &fields, &count));
    const struct json facts = fields_read(ctx, fields, count, typed, false, ret_faults);
    if (ret_faults->count > 0 || facts.count == 0) {
        return NULL;
    }

    struct writing writing;
    writing_open(ctx, &writing);
    writing_int(&writing, "dossier", id.value);
    writing_raw(&writing, "facts", json_to_text(ctx, &facts));
    writing_date(ctx, &writing, "due_on", dossier.due_on);
    struct act act;
    return act_append(ctx, &(struct act_draft){.kind = TEXT("facts_attested"), .body = writing_close(&writing)}, &act);
}

const struct err *
replacement_ask(struct ctx *ctx, struct dossier_id id, const struct replacement_request *request, bool *ret_allowed,
                struct ruling *ret_ruling)
{
    *ret_allowed = false;
    TRY(officer_only(ctx));
    struct dossier dossier;
    TRY(dossier_for(ctx, id, EVENT_ASK_PAPER, &dossier));
    TRY(dossier_under(&ctx, &dossier));
    struct field_faults faults = {0};
    field_line_faults(ctx, &faults, "reason", request->reason, true, REASON_BYTES_MAX);
    if (faults.count > 0 || request->codes_count == 0) {
        return FAIL(ctx->arena, ERR_INPUT, "a replacement names its papers and gives its reason");
    }
    struct dossier_document *documents = NULL;
    size_t count = 0;
    TRY(dossier_documents(ctx, id, &documents, &count));
    for (size_t i = 0; i < request->codes_count; i++) {
        bool here = false;
        for (size_t d = 0; d < count; d++) {
            here |= text_equal(documents[d].code, request->codes[i]);
        }
        if (!here) {
            return FAIL(ctx->arena, ERR_INPUT, "%.*s is not in the file", TEXT_ARG(request->codes[i]));
        }
    }
    struct dossier_clock clock;
    TRY(dossier_clock(ctx, &dossier, &clock));
    *ret_ruling = clock.ruling;
    if (!clock.may_request_replacement) {
        return NULL;
    }

    struct notification_id notification;
    TRY(notification_next(ctx, &notification));
    const struct json codes = json_of_texts(ctx, request->codes, request->codes_count);
    struct writing writing;
    writing_open(ctx, &writing);
    writing_int(&writing, "dossier", id.value);
    writing_raw(&writing, "codes", json_to_text(ctx, &codes));
    writing_text(&writing, "reason", text_trim(request->reason));
    writing_int(&writing, "notification", notification.value);
    struct act act;
    TRY(act_append(ctx,
                   &(struct act_draft){.kind = TEXT("replacement_asked"),
                                       .body = writing_close(&writing),
                                       .receipt = ruling_receipt(ctx->arena, &clock.ruling, ctx->law)},
                   &act));
    *ret_allowed = true;
    return NULL;
}

const struct err *
information_ask(struct ctx *ctx, struct dossier_id id, struct text question, bool *ret_allowed,
                struct ruling *ret_ruling)
{
    *ret_allowed = false;
    TRY(officer_only(ctx));
    struct dossier dossier;
    TRY(dossier_for(ctx, id, EVENT_ASK_INFORMATION, &dossier));
    TRY(dossier_under(&ctx, &dossier));
    struct field_faults faults = {0};
    field_line_faults(ctx, &faults, "question", question, true, REASON_BYTES_MAX);
    if (faults.count > 0) {
        return FAIL(ctx->arena, ERR_INPUT, "question: %s", faults.items[0].message);
    }
    struct dossier_clock clock;
    TRY(dossier_clock(ctx, &dossier, &clock));
    *ret_ruling = clock.ruling;
    if (!clock.may_request_information) {
        return NULL;
    }

    struct notification_id notification;
    TRY(notification_next(ctx, &notification));
    struct writing writing;
    writing_open(ctx, &writing);
    writing_int(&writing, "dossier", id.value);
    writing_text(&writing, "question", text_trim(question));
    writing_int(&writing, "notification", notification.value);
    struct act act;
    TRY(act_append(ctx,
                   &(struct act_draft){.kind = TEXT("information_asked"),
                                       .body = writing_close(&writing),
                                       .receipt = ruling_receipt(ctx->arena, &clock.ruling, ctx->law)},
                   &act));
    *ret_allowed = true;
    return NULL;
}

const struct err *
note_add(struct ctx *ctx, struct dossier_id id, struct text body)
{
    TRY(officer_only(ctx));
    struct dossier dossier;
    TRY(dossier_get(ctx, id, &dossier));
    struct field_faults faults = {0};
    field_line_faults(ctx, &faults, "note", body, true, REASON_BYTES_MAX);
    if (faults.count > 0) {
        return FAIL(ctx->arena, ERR_INPUT, "note: %s", faults.items[0].message);
    }
    int64_t number = 0;
    TRY(counter_next(ctx, TEXT("dossier_note"), &number));
    return note_insert(ctx, &(struct note_insert_in){.id = number,
                                                     .dossier = id,
                                                     .account = ctx->user->account,
                                                     .at_ms = ctx->world->now_ms(ctx->world),
                                                     .body = body});
}

const struct err *
note_list(struct ctx *ctx, struct dossier_id id, struct dossier_note **ret, size_t *ret_count)
{
    struct note_rows_rows rows;
    TRY(note_rows(ctx, id, &rows));
    struct dossier_note *notes = ARENA_ARRAY(ctx->arena, struct dossier_note, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        notes[i] = (struct dossier_note){.id = rows.items[i].id,
                                         .account = rows.items[i].account,
                                         .at_ms = rows.items[i].at_ms,
                                         .body = rows.items[i].body};
    }
    *ret = notes;
    *ret_count = rows.count;
    return NULL;
}

static const struct law_fact *
fact_declared(const struct law_check *check, struct text name)
{
    for (size_t i = 0; check != NULL && i < check->facts_count; i++) {
        if (text_equal(check->facts[i].name, name)) {
            return &check->facts[i];
        }
    }
    return NULL;
}

/* What an applicant may say before filing: also what papers will prove, and what an officer will look for, so that the
 * answer before filing is a whole one. */
static bool
is_applicants(enum fact_source source)
{
    return source == SOURCE_ASKED || source == SOURCE_ATTESTED || source == SOURCE_FOUND;
}

/* What an officer may attest: all but the applicant's own word and what the dossier gives itself. */
static bool
is_attestable(enum fact_source source)
{
    return source != SOURCE_ASKED && source != SOURCE_GIVEN;
}

static const struct err *
fields_of(struct ctx *ctx, const struct procedure *procedure, bool (*wanted)(enum fact_source),
          struct draft_field **ret, size_t *ret_count)
{
    struct draft_field *fields = ARENA_ARRAY(ctx->arena, struct draft_field, procedure->facts_count);
    size_t count = 0;
    for (size_t i = 0; i < procedure->facts_count; i++) {
        const struct procedure_fact *line = &procedure->facts[i];
        const struct law_fact *fact = fact_of(ctx, procedure, line->name);
        if (fact != NULL && wanted(line->source)) {
            fields[count++] = (struct draft_field){.fact = fact, .line = line};
        }
    }
    *ret = fields;
    *ret_count = count;
    return NULL;
}

/* As the first check of the procedure that has it declares it. */
static const struct law_fact *
fact_of(struct ctx *ctx, const struct procedure *procedure, struct text name)
{
    for (size_t c = 0; c < procedure->checks_count; c++) {
        const struct law_fact *fact =
            fact_declared(law_check(ctx->arena, ctx->law, procedure->checks[c], ctx->today), name);
        if (fact != NULL) {
            return fact;
        }
    }
    return procedure->file_check.len == 0
               ? NULL
               : fact_declared(law_check(ctx->arena, ctx->law, procedure->file_check, ctx->today), name);
}

static const struct err *
checklist_documents(struct ctx *ctx, const struct dossier *dossier, const struct json *known,
                    struct checklist *checklist)
{
    const struct procedure *procedure = checklist->procedure;
    struct dossier_document *documents = NULL;
    size_t count = 0;
    TRY(dossier_documents(ctx, dossier->id, &documents, &count));
    struct text *to_replace = NULL;
    size_t to_replace_count = 0;
    if (procedure->file_check.len > 0) {
        struct ruling ruling;
        TRY(check_ask(ctx, procedure->file_check, ctx->today, known, &ruling));
        ruling_texts(ctx, &ruling, "to_replace", &to_replace, &to_replace_count);
    }
    checklist->documents = ARENA_ARRAY(ctx->arena, struct checklist_document, procedure->documents_count);
    checklist->documents_count = procedure->documents_count;
    for (size_t i = 0; i < procedure->documents_count; i++) {
        struct checklist_document *line = &checklist->documents[i];
        line->line = &procedure->documents[i];
        line->due = procedure_document_due(ctx->arena, ctx->law, procedure, line->line, dossier->filed_on, known);
        for (size_t d = 0; d < count && line->supplied == NULL; d++) {
            if (text_equal(documents[d].code, line->line->code) && documents[d].replaced_by.value == 0) {
                line->supplied = &documents[d];
            }
        }
        for (size_t r = 0; r < to_replace_count; r++) {
            line->is_to_replace |= text_equal(to_replace[r], line->line->code);
        }
    }
    return NULL;
}

static const struct err *
checklist_facts(struct ctx *ctx, const struct dossier *dossier, const struct json *known, struct checklist *checklist)
{
    struct dossier_fact *facts = NULL;
    size_t count = 0;
    TRY(dossier_facts(ctx, dossier->id, &facts, &count));
    struct draft_field *fields = NULL;
    size_t fields_count = 0;
    TRY(attest_fields(ctx, checklist->procedure, &fields, &fields_count));
    struct draft_field *asked = NULL;
    size_t asked_count = 0;
    TRY(draft_fields(ctx, checklist->procedure, &asked, &asked_count));
    checklist->facts = ARENA_ARRAY(ctx->arena, struct checklist_fact, fields_count + asked_count);
    for (size_t i = 0; i < fields_count + asked_count; i++) {
        const struct draft_field *field = i < fields_count ? &fields[i] : &asked[i - fields_count];
        if (i >= fields_count && field->line->source != SOURCE_ASKED) {
            continue; /* among the attested already */
        }
        struct checklist_fact *line = &checklist->facts[checklist->facts_count++];
        *line = (struct checklist_fact){.fact = field->fact, .line = field->line};
        for (size_t f = 0; f < count; f++) {
            if (text_equal(facts[f].name, field->fact->name)) {
                line->value = facts[f].value;
                line->from = facts[f].source;
                line->by = facts[f].by;
            }
        }
        const struct json *value = json_get(known, text_cstr(ctx->arena, field->fact->name));
        if (line->value.at == NULL && value != NULL) {
            line->value = json_to_text(ctx, value);
            line->from = TEXT("register");
        }
        line->stands = value != NULL;
    }
    return NULL;
}
