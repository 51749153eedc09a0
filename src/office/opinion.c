/* Opinions of bodies. Version 1 of:
 *
 * opinion_given  {"dossier":7, "body":"viewing_committee", "opinion":"binding", "held_on":"2026-11-10",
 *                 "verdict":"favourable", "facts":{...}, "due_on":...}; sealed; a person of role recused */
#include "office/opinion.h"

#include "base/limits.h"
#include "office/dossier.sql.h"
#include "office/engine.h"
#include "office/opinion.sql.h"

static const struct err *ask(struct ctx *ctx, const struct dossier *dossier, const struct procedure *procedure,
                             struct json *facts, struct opinion_outcome *ret);
static void settle(struct ctx *ctx, const struct procedure *procedure, const struct opinion_outcome *outcome,
                   struct json *facts);
static const struct err *given_append(struct ctx *ctx, const struct dossier *dossier, const struct procedure *procedure,
                                      const struct opinion_draft *draft, const struct json *facts,
                                      struct opinion_outcome *outcome);
static const struct law_fact *fact_in(struct ctx *ctx, const struct text *checks, size_t count, struct text name);
static bool answers(struct ctx *ctx, const struct procedure *procedure, const struct law_fact *fact);
static bool has_verdict(const struct law_fact *fact, struct text verdict);

const struct err *
opinion_of_dossier(struct ctx *ctx, struct dossier_id id, struct opinion *ret, bool *ret_found)
{
    struct opinion_row_of_dossier_row row;
    TRY(opinion_row_of_dossier(ctx, id, &row, ret_found));
    if (*ret_found) {
        *ret = (struct opinion){.act = {row.act},
                                .dossier = row.dossier,
                                .body = row.body,
                                .kind = row.kind,
                                .held_on = row.held_on,
                                .verdict = row.verdict,
                                .facts = row.facts,
                                .recused = row.recused,
                                .day = row.day};
    }
    return NULL;
}

const struct err *
opinion_fields(struct ctx *ctx, const struct procedure *procedure, struct draft_field **ret, size_t *ret_count)
{
    struct draft_field *fields =
        ARENA_ARRAY(ctx->arena, struct draft_field, procedure->opinion_facts_count + procedure->opinion_gives_count);
    size_t count = 0;
    for (size_t i = 0; i < procedure->opinion_facts_count; i++) {
        const struct procedure_fact *line = &procedure->opinion_facts[i];
        const struct law_fact *fact =
            fact_in(ctx, procedure->opinion_checks, procedure->opinion_checks_count, line->name);
        if (fact != NULL) {
            fields[count++] = (struct draft_field){.fact = fact, .line = line};
        }
    }
    for (size_t i = 0; i < procedure->opinion_gives_count; i++) {
        const struct law_fact *fact =
            fact_in(ctx, procedure->checks, procedure->checks_count, procedure->opinion_gives[i]);
        if (fact != NULL && !answers(ctx, procedure, fact)) {
            struct procedure_fact *line = ARENA_NEW(ctx->arena, struct procedure_fact);
            *line = (struct procedure_fact){.name = fact->name, .source = SOURCE_COUNTED};
            fields[count++] = (struct draft_field){.fact = fact, .line = line};
        }
    }
    *ret = fields;
    *ret_count = count;
    return NULL;
}

const struct err *
opinion_give(struct ctx *ctx, struct dossier_id id, const struct opinion_draft *draft, struct opinion_outcome *ret)
{
    *ret = (struct opinion_outcome){0};
    if (!user_has(ctx->user, ROLE_SECRETARY)) {
        return FAIL(ctx->arena, ERR_FORBIDDEN, "for secretaries of committees only");
    }
    struct dossier dossier;
    TRY(dossier_for(ctx, id, EVENT_ATTEST, &dossier));
    TRY(dossier_under(&ctx, &dossier));
    const struct procedure *procedure = NULL;
    TRY(procedure_get(ctx, dossier.procedure, dossier.filed_on, &procedure));
    if (procedure->opinion_body.len == 0) {
        return FAIL(ctx->arena, ERR_INPUT, "procedure %.*s asks no body for its opinion", TEXT_ARG(procedure->name));
    }
    if (date_is_none(draft->held_on) || date_compare(draft->held_on, ctx->today) > 0) {
        field_fault_add(ctx, &ret->faults, TEXT("held_on"), FAULT_DATE);
    }
    field_line_faults(ctx, &ret->faults, "recused", draft->recused.at == NULL ? TEXT("") : draft->recused, false,
                      REASON_BYTES_MAX);
    struct draft_field *fields = NULL;
    size_t count = 0;
    TRY(opinion_fields(ctx, procedure, &fields, &count));
    struct json facts = fields_read(ctx, fields, count, draft->typed, true, &ret->faults);
    if (ret->faults.count > 0) {
        return NULL;
    }
    TRY(ask(ctx, &dossier, procedure, &facts, ret));
    if (!ret->given) {
        return NULL;
    }
    settle(ctx, procedure, ret, &facts);
    return given_append(ctx, &dossier, procedure, draft, &facts, ret);
}

const struct err *
opinion_given_apply(struct ctx *ctx, const struct act *act)
{
    struct dossier dossier;
    TRY(dossier_moved(ctx, act, EVENT_ATTEST, &dossier));
    const struct json *facts = json_get(act->data, "facts");
    for (size_t i = 0; facts != NULL && i < facts->count; i++) {
        TRY(dossier_fact_insert(ctx,
                                &(struct dossier_fact_insert_in){.dossier = dossier.id,
                                                                 .name = facts->members[i].name,
                                                                 .act = act->id.value,
                                                                 .source = TEXT("counted"),
                                                                 .value = json_to_text(ctx, &facts->members[i].value),
                                                                 .by_whom = act->actor,
                                                                 .day = act->day}));
    }
    struct act_person *persons = NULL;
    size_t count = 0;
    TRY(act_persons(ctx, act->id, &persons, &count));
    struct text recused = TEXT("");
    if (count > 0 && persons[0].data.at != NULL) {
        struct json data;
        TRY(json_read(ctx->arena, persons[0].data, &data));
        recused = data_text_or_empty(&data, "names");
    }
    TRY(opinion_insert(ctx, &(struct opinion_insert_in){.act = act->id.value,
                                                        .dossier = dossier.id,
                                                        .body = data_text(act->data, "body"),
                                                        .kind = data_text(act->data, "opinion"),
                                                        .held_on = data_date(act->data, "held_on"),
                                                        .verdict = data_text_or_empty(act->data, "verdict"),
                                                        .facts = data_json(ctx, act->data, "facts", "{}"),
                                                        .recused = recused,
                                                        .day = act->day}));
    return dossier_write(ctx, &dossier);
}

/* Only names of those who stood aside are of persons; a body's are erased together. */
const struct err *
opinion_person_erased_apply(struct ctx *ctx, const struct act *act)
{
    const struct text subject = data_text_or_empty(act->data, "subject");
    int64_t changed = 0;
    return text_starts(subject, TEXT("body:")) ? opinion_forget(ctx, text_after(subject, sizeof "body:" - 1), &changed)
                                               : NULL;
}

/* The body's checks in order, with what was counted; one that finds no opinion ends it. */
static const struct err *
ask(struct ctx *ctx, const struct dossier *dossier, const struct procedure *procedure, struct json *facts,
    struct opinion_outcome *ret)
{
    struct json known;
    TRY(dossier_known(ctx, dossier, &known));
    for (size_t i = 0; i < facts->count; i++) {
        json_set(ctx, &known, facts->members[i].name, facts->members[i].value);
    }
    ret->rulings = ARENA_ARRAY(ctx->arena, struct ruling, procedure->opinion_checks_count);
    ret->given = true;
    for (size_t i = 0; i < procedure->opinion_checks_count && ret->given; i++) {
        struct ruling *ruling = &ret->rulings[ret->rulings_count++];
        TRY(check_ask(ctx, procedure->opinion_checks[i], ctx->today, &known, ruling));
        ret->given = !verdict_is_open(ruling->verdict) && !verdict_is_void(ruling->verdict);
    }
    return NULL;
}

/* What the checks answer is not for a person to type: a given fact of whose codes one is the verdict, or that has the
 * name of a result. */
static void
settle(struct ctx *ctx, const struct procedure *procedure, const struct opinion_outcome *outcome, struct json *facts)
{
    for (size_t i = 0; i < procedure->opinion_gives_count; i++) {
        const struct law_fact *fact =
            fact_in(ctx, procedure->checks, procedure->checks_count, procedure->opinion_gives[i]);
        for (size_t r = 0; fact != NULL && r < outcome->rulings_count; r++) {
            const struct ruling *ruling = &outcome->rulings[r];
            const struct json *result = ruling_result(ruling, text_cstr(ctx->arena, fact->name));
            if (result != NULL) {
                json_set(ctx, facts, fact->name, *result);
            } else if (has_verdict(fact, ruling->verdict)) {
                json_set(ctx, facts, fact->name, json_of_text(ruling->verdict));
            }
        }
    }
}

static const struct err *
given_append(struct ctx *ctx, const struct dossier *dossier, const struct procedure *procedure,
             const struct opinion_draft *draft, const struct json *facts, struct opinion_outcome *outcome)
{
    const size_t count = outcome->rulings_count;
    struct writing writing;
    writing_open(ctx, &writing);
    writing_int(&writing, "dossier", dossier->id.value);
    writing_text(&writing, "body", procedure->opinion_body);
    writing_text(&writing, "opinion", procedure->opinion_kind);
    writing_date(ctx, &writing, "held_on", draft->held_on);
    if (count > 0) {
        writing_text(&writing, "verdict", outcome->rulings[count - 1].verdict);
    }
    writing_raw(&writing, "facts", json_to_text(ctx, facts));
    writing_date(ctx, &writing, "due_on", dossier->due_on);
    struct writing names;
    writing_open(ctx, &names);
    writing_text(&names, "names", text_trim(draft->recused));
    const struct act_person recused = {.subject =
                                           text_printf(ctx->arena, "body:%.*s", TEXT_ARG(procedure->opinion_body)),
                                       .role = TEXT("recused"),
                                       .data = writing_close(&names)};
    struct act act;
    TRY(act_append(ctx,
                   &(struct act_draft){.kind = TEXT("opinion_given"),
                                       .body = writing_close(&writing),
                                       .sealed = true,
                                       .persons = &recused,
                                       .persons_count = draft->recused.len > 0 ? 1 : 0,
                                       .receipt = rulings_receipt(ctx, outcome->rulings, count)},
                   &act));
    outcome->act = act.id;
    return NULL;
}

static const struct law_fact *
fact_in(struct ctx *ctx, const struct text *checks, size_t count, struct text name)
{
    for (size_t c = 0; c < count; c++) {
        const struct law_check *check = law_check(ctx->arena, ctx->law, checks[c], ctx->today);
        for (size_t i = 0; check != NULL && i < check->facts_count; i++) {
            if (text_equal(check->facts[i].name, name)) {
                return &check->facts[i];
            }
        }
    }
    return NULL;
}

/* Whether a check of the body answers it: by a verdict that is one of its codes, or a result of its name. */
static bool
answers(struct ctx *ctx, const struct procedure *procedure, const struct law_fact *fact)
{
    for (size_t c = 0; c < procedure->opinion_checks_count; c++) {
        const struct law_check *check = law_check(ctx->arena, ctx->law, procedure->opinion_checks[c], ctx->today);
        for (size_t i = 0; check != NULL && i < check->results_count; i++) {
            if (text_equal(check->results[i].name, fact->name)) {
                return true;
            }
        }
        for (size_t i = 0; check != NULL && i < check->verdicts_count; i++) {
            if (has_verdict(fact, check->verdicts[i])) {
                return true;
            }
        }
    }
    return false;
}

static bool
has_verdict(const struct law_fact *fact, struct text verdict)
{
    for (size_t i = 0; fact->type == FACT_ONE_OF && i < fact->codes_count; i++) {
        if (text_equal(fact->codes[i], verdict)) {
            return true;
        }
    }
    return false;
}
