/* Suspending, lifting and withdrawing: proposed on what the law answers, signed as any decision, with what hangs on it.
 */
#include "access/signature.h"
#include "base/limits.h"
#include "office/decision.sql.h"
#include "office/engine.h"

/* A decision after the grant: its act, the state it leads to, and the words of the entry. */
struct outcome {
    const char *decision;
    const char *act;
    const char *status;
};
static const struct outcome outcomes[] = {
    {"suspend", "instrument_suspended", "suspended"},
    {"lift", "suspension_lifted", "lifted"},
    {"withdraw", "instrument_withdrawn", "withdrawn"},
};

static const struct outcome *outcome_of(struct text decision);
static const struct err *carried(struct ctx *ctx, const struct measure *measure, struct text decision,
                                 struct ruling *ret, bool *ret_carried);
static const struct err *procedure_of(struct ctx *ctx, struct text kind, const struct procedure **ret);
static const struct err *signed_append(struct ctx *ctx, const struct proposal *proposal, const struct measure *measure,
                                       const struct ruling *ruling, struct act *ret);
static const struct err *cascade(struct ctx *ctx, const struct instrument *withdrawn, const struct act *act);
static const struct err *ends_with_add(struct ctx *ctx, struct text kind, struct text **kinds, size_t *count);
static const struct err *cascade_kinds(struct ctx *ctx, const struct instrument *withdrawn, struct text **ret,
                                       size_t *ret_count);

const struct err *
measure_may(struct ctx *ctx, const struct measure *measure, struct text *ret)
{
    *ret = TEXT("");
    struct proposal_open_of_measure_row open;
    bool is_open = false;
    TRY(proposal_open_of_measure(ctx, measure->id, &open, &is_open));
    const struct text decisions[] = {TEXT("suspend"), TEXT("lift"), TEXT("withdraw")};
    for (size_t i = 0; !is_open && ret->len == 0 && i < sizeof decisions / sizeof decisions[0]; i++) {
        struct ruling ruling;
        bool is_carried = false;
        TRY(carried(ctx, measure, decisions[i], &ruling, &is_carried));
        *ret = is_carried ? decisions[i] : *ret;
    }
    return NULL;
}

const struct err *
measure_propose(struct ctx *ctx, struct measure_id id, const struct decision_proposal *proposal,
                struct act_id *ret_proposal)
{
    TRY(officer_only(ctx));
    TRY(factual_check(ctx, proposal));
    struct measure measure;
    TRY(measure_get(ctx, id, &measure));
    struct proposal_open_of_measure_row open;
    bool is_open = false;
    TRY(proposal_open_of_measure(ctx, id, &open, &is_open));
    if (is_open) {
        return FAIL(ctx->arena, ERR_WRONG_STATE, "measure %lld has a proposal on the tray", (long long)id.value);
    }
    struct ruling ruling;
    bool is_carried = false;
    TRY(carried(ctx, &measure, proposal->decision, &ruling, &is_carried));
    if (!is_carried) {
        return FAIL(ctx->arena, ERR_INPUT, "the law answers \"%.*s\" on measure %lld: not \"%.*s\"",
                    TEXT_ARG(ruling.verdict), (long long)id.value, TEXT_ARG(proposal->decision));
    }
    /* A hearing was offered before anything is taken away for good (R27). */
    const bool withdraw = text_is(proposal->decision, "withdraw");
    if (withdraw && date_is_none(measure.hearing_offered_on)) {
        return FAIL(ctx->arena, ERR_WRONG_STATE, "no hearing was offered on measure %lld", (long long)id.value);
    }
    if (!text_is(proposal->decision, "lift") && proposal->factual_count == 0) {
        return FAIL(ctx->arena, ERR_INPUT, "a suspension or withdrawal needs its factual reasons");
    }

    struct reason *reasons = NULL;
    size_t count = 0;
    struct text applied;
    if (json_text(ruling_result(&ruling, "applied"), &applied)) {
        count = 1;
        TRY(norm_reasons(ctx, &applied, count, &reasons));
    }
    reasons_join(ctx, proposal, &reasons, &count);
    struct writing writing;
    writing_open(ctx, &writing);
    writing_int(&writing, "measure", id.value);
    writing_int(&writing, "instrument", measure.instrument.value);
    writing_text(&writing, "decision", proposal->decision);
    writing_raw(&writing, "reasons", reasons_json(ctx, reasons, count));
    writing_int(&writing, "by", ctx->user->account.value);
    struct act act;
    TRY(act_append(ctx,
                   &(struct act_draft){.kind = TEXT("decision_proposed"),
                                       .body = writing_close(&writing),
                                       .receipt = ruling_receipt(ctx->arena, &ruling, ctx->law)},
                   &act));
    *ret_proposal = act.id;
    return NULL;
}

const struct err *
measure_sign(struct ctx *ctx, const struct proposal *proposal, struct act_id *ret)
{
    struct measure measure;
    TRY(measure_get(ctx, proposal->measure, &measure));
    struct ruling ruling;
    bool is_carried = false;
    TRY(carried(ctx, &measure, proposal->decision, &ruling, &is_carried));
    if (!is_carried) {
        return FAIL(ctx->arena, ERR_CONFLICT, "the law answers \"%.*s\" now", TEXT_ARG(ruling.verdict));
    }
    struct instrument instrument;
    TRY(instrument_get(ctx, measure.instrument, &instrument));
    struct act act;
    TRY(signed_append(ctx, proposal, &measure, &ruling, &act));
    *ret = act.id;
    return text_is(proposal->decision, "withdraw") ? cascade(ctx, &instrument, &act) : NULL;
}

static const struct outcome *
outcome_of(struct text decision)
{
    for (size_t i = 0; i < sizeof outcomes / sizeof outcomes[0]; i++) {
        if (text_is(decision, outcomes[i].decision)) {
            return &outcomes[i];
        }
    }
    return NULL;
}

/* Whether the law's answer today carries the decision. Where it says to suspend at once, notice given first does not
 * take that away while the breach stands: so that question is asked as before the notice. */
static const struct err *
carried(struct ctx *ctx, const struct measure *measure, struct text decision, struct ruling *ret, bool *ret_carried)
{
    *ret_carried = false;
    struct instrument instrument;
    TRY(instrument_get(ctx, measure->instrument, &instrument));
    struct measure asked = *measure;
    const bool suspend = text_is(decision, "suspend");
    if (suspend && date_is_none(measure->cured_on)) {
        asked.notice_sent_on = DATE_NONE;
        asked.cure_deadline = DATE_NONE;
    }
    TRY(measure_ask(ctx, &asked, ret));
    const struct text verdict = ret->verdict;
    if (suspend) {
        *ret_carried = text_is(verdict, "must_suspend") && instrument.status == INSTRUMENT_GRANTED;
    } else if (text_is(decision, "lift")) {
        *ret_carried = text_is(verdict, "lift_suspension") && instrument.status == INSTRUMENT_SUSPENDED;
    } else if (text_is(decision, "withdraw")) {
        *ret_carried = (text_is(verdict, "must_withdraw") || text_is(verdict, "may_withdraw")) &&
                       (instrument.status == INSTRUMENT_GRANTED || instrument.status == INSTRUMENT_SUSPENDED);
    }
    return NULL;
}

/* The procedure that grants such an instrument: its text has the formalities, its act the competence. */
static const struct err *
procedure_of(struct ctx *ctx, struct text kind, const struct procedure **ret)
{
    size_t count = 0;
    const struct procedure *procedures = law_procedures(ctx->law, ctx->today, &count);
    for (size_t i = 0; i < count; i++) {
        if (text_equal(procedures[i].grants, kind)) {
            *ret = &procedures[i];
            return NULL;
        }
    }
    return FAIL(ctx->arena, ERR_LAW, "no procedure grants %.*s", TEXT_ARG(kind));
}

static const struct err *
signed_append(struct ctx *ctx, const struct proposal *proposal, const struct measure *measure,
              const struct ruling *ruling, struct act *ret)
{
    const struct outcome *outcome = outcome_of(proposal->decision);
    struct instrument instrument;
    TRY(instrument_get(ctx, measure->instrument, &instrument));
    struct party party;
    TRY(party_get(ctx, instrument.party, &party));
    const struct procedure *procedure = NULL;
    TRY(procedure_of(ctx, instrument.kind, &procedure));
    const struct signing signing = {.text_id = procedure->text_id,
                                    .act_code = procedure->act,
                                    .decision = proposal->decision,
                                    .reasons = proposal->reasons,
                                    .reasons_count = proposal->reasons_count,
                                    .notifies = true};
    struct competence competence;
    TRY(formalities_enforce(ctx, &signing, &competence));

    struct writing writing;
    writing_open(ctx, &writing);
    writing_int(&writing, "measure", measure->id.value);
    writing_int(&writing, "instrument", instrument.id.value);
    TRY(signed_put(ctx, &writing, proposal, &competence, procedure->act));
    const bool is_public = party.kind != PARTY_NATURAL_PERSON;
    return act_append(
        ctx,
        &(struct act_draft){.kind = text_of(outcome->act),
                            .body = writing_close(&writing),
                            .receipt = ruling_receipt(ctx->arena, ruling, ctx->law),
                            .subject = text_printf(ctx->arena, "instrument:%lld", (long long)instrument.id.value),
                            .instrument = is_public ? instrument.number : TEXT(""),
                            .status = is_public ? text_of(outcome->status) : TEXT("")},
        ret);
}

/* What falls with it, by the law itself and without a new decision: one act each, naming the act it follows. */
static const struct err *
cascade(struct ctx *ctx, const struct instrument *withdrawn, const struct act *act)
{
    struct text *kinds = NULL;
    size_t count = 0;
    TRY(cascade_kinds(ctx, withdrawn, &kinds, &count));
    for (size_t i = 0; i < count; i++) {
        struct instrument held;
        bool found = false;
        TRY(instrument_held(ctx, withdrawn->party, kinds[i], &held, &found));
        if (!found) {
            continue;
        }
        struct notification_id notification;
        TRY(notification_next(ctx, &notification));
        struct writing writing;
        writing_open(ctx, &writing);
        writing_int(&writing, "instrument", held.id.value);
        writing_text(&writing, "decision", TEXT("withdraw"));
        writing_int(&writing, "cascade_of", act->id.value);
        writing_int(&writing, "notification", notification.value);
        struct act fallen;
        TRY(act_append(ctx,
                       &(struct act_draft){.kind = TEXT("instrument_withdrawn"),
                                           .body = writing_close(&writing),
                                           .instrument = held.number,
                                           .status = TEXT("withdrawn")},
                       &fallen));
    }
    return NULL;
}

static const struct err *
cascade_kinds(struct ctx *ctx, const struct instrument *withdrawn, struct text **ret, size_t *ret_count)
{
    if (check_knows(ctx, "withdrawal-cascade", "withdrawn", withdrawn->kind)) {
        struct json known = {.type = JSON_OBJECT};
        TRY(held_facts(ctx, withdrawn->party, &known));
        json_set(ctx, &known, TEXT("withdrawn"), json_of_text(withdrawn->kind));
        json_set(ctx, &known, TEXT("event"), json_of_text(TEXT("withdraw")));
        struct ruling ruling;
        TRY(check_ask(ctx, TEXT("withdrawal-cascade"), ctx->today, &known, &ruling));
        ruling_texts(ctx, &ruling, "also_withdrawn", ret, ret_count);
    } else {
        const struct procedure *procedure = NULL;
        TRY(procedure_of(ctx, withdrawn->kind, &procedure));
        *ret = procedure->ends_takes;
        *ret_count = procedure->ends_takes_count;
    }
    return ends_with_add(ctx, withdrawn->kind, ret, ret_count);
}

/* And whatever says of itself that it ends with that kind; the check of the cascade need not know of it. */
static const struct err *
ends_with_add(struct ctx *ctx, struct text kind, struct text **kinds, size_t *count)
{
    size_t procedures_count = 0;
    const struct procedure *procedures = law_procedures(ctx->law, ctx->today, &procedures_count);
    struct text *all = ARENA_ARRAY(ctx->arena, struct text, *count + procedures_count);
    size_t all_count = 0;
    for (size_t i = 0; i < *count; i++) {
        all[all_count++] = (*kinds)[i];
    }
    for (size_t i = 0; i < procedures_count; i++) {
        const struct procedure *procedure = &procedures[i];
        bool hangs_on_it = false;
        for (size_t k = 0; k < procedure->ends_with_count; k++) {
            hangs_on_it |= text_equal(procedure->ends_with[k], kind);
        }
        for (size_t k = 0; k < all_count; k++) {
            hangs_on_it = hangs_on_it && !text_equal(all[k], procedure->grants);
        }
        if (hangs_on_it && procedure->grants.len > 0) {
            all[all_count++] = procedure->grants;
        }
    }
    *kinds = all;
    *count = all_count;
    return NULL;
}
