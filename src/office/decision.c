/* Drafting a decision from the trace, and proposing it. */
#include "office/decision.h"

#include "base/limits.h"
#include "office/decision.sql.h"
#include "office/engine.h"
#include "office/opinion.h"

static const struct err *legal_reasons(struct ctx *ctx, struct decision_draft *draft);
static void reason_of_norm(struct ctx *ctx, struct text id, struct reason *ret);
static void missing_add(struct ctx *ctx, struct decision_draft *draft, const struct ruling *ruling);
static const struct err *proposed_append(struct ctx *ctx, const struct dossier *dossier,
                                         const struct decision_draft *draft, const struct decision_proposal *proposal,
                                         struct act_id *ret);

const struct err *
decision_draft(struct ctx *ctx, const struct dossier *dossier, struct decision_draft *ret)
{
    TRY(dossier_under(&ctx, dossier));
    *ret = (struct decision_draft){0};
    const struct procedure *procedure = NULL;
    TRY(procedure_get(ctx, dossier->procedure, dossier->filed_on, &procedure));
    struct json known;
    TRY(dossier_known(ctx, dossier, &known));
    ret->rulings = ARENA_ARRAY(ctx->arena, struct ruling, procedure->checks_count);
    bool grants = true;
    bool open = false;
    bool discretion = false;
    for (size_t i = 0; i < procedure->checks_count && grants; i++) {
        struct ruling *ruling = &ret->rulings[ret->rulings_count++];
        TRY(check_ask(ctx, procedure->checks[i], ctx->today, &known, ruling));
        grants = verdict_grants(ruling->verdict);
        open |= verdict_is_open(ruling->verdict);
        discretion |= text_is(ruling->verdict, "may_grant");
        missing_add(ctx, ret, ruling);
    }
    /* A body that the procedure asks has to be heard, whatever its opinion binds to. */
    ret->opinion_is_due = procedure->opinion_body.len > 0;
    if (ret->opinion_is_due) {
        struct opinion opinion;
        bool heard = false;
        TRY(opinion_of_dossier(ctx, dossier->id, &opinion, &heard));
        ret->opinion_is_due = !heard;
    }
    ret->may_grant = grants && !ret->opinion_is_due;
    ret->may_refuse = !open && (!grants || discretion);
    TRY(legal_reasons(ctx, ret));
    return dossier_clock(ctx, dossier, &ret->clock);
}

const struct err *
decision_propose(struct ctx *ctx, struct dossier_id id, const struct decision_proposal *proposal,
                 struct act_id *ret_proposal)
{
    TRY(officer_only(ctx));
    struct dossier dossier;
    TRY(dossier_for(ctx, id, EVENT_PROPOSE, &dossier));
    TRY(dossier_under(&ctx, &dossier));
    TRY(factual_check(ctx, proposal));
    struct decision_draft draft;
    TRY(decision_draft(ctx, &dossier, &draft));
    const bool grant = text_is(proposal->decision, "grant");
    const bool refuse = text_is(proposal->decision, "refuse");
    if (!(grant && draft.may_grant) && !(refuse && draft.may_refuse)) {
        return FAIL(ctx->arena, ERR_INPUT, "the ruling on dossier %.*s does not carry \"%.*s\"",
                    TEXT_ARG(dossier.number), TEXT_ARG(proposal->decision));
    }
    if (refuse && proposal->factual_count == 0) {
        return FAIL(ctx->arena, ERR_INPUT, "a refusal needs its factual reasons");
    }
    return proposed_append(ctx, &dossier, &draft, proposal, ret_proposal);
}

/* What an officer types: Arabic always, each language within its limits. */
const struct err *
factual_check(struct ctx *ctx, const struct decision_proposal *proposal)
{
    struct field_faults faults = {0};
    for (size_t i = 0; i < proposal->factual_count; i++) {
        for (int lang = LANG_AR; lang < LANGS; lang++) {
            const struct text says = proposal->factual[i].says[lang];
            const struct text typed = says.at == NULL ? TEXT("") : says;
            field_line_faults(ctx, &faults, lang_code((enum lang)lang), typed, lang == LANG_AR, REASON_BYTES_MAX);
        }
    }
    if (faults.count > 0) {
        return FAIL(ctx->arena, ERR_INPUT, "factual reason: %.*s: %s", TEXT_ARG(faults.items[0].at),
                    faults.items[0].message);
    }
    return NULL;
}

/* The legal reasons of the ruling, then the officer's, as one list. */
void
reasons_join(struct ctx *ctx, const struct decision_proposal *proposal, struct reason **reasons, size_t *count)
{
    struct reason *all = ARENA_ARRAY(ctx->arena, struct reason, *count + proposal->factual_count);
    for (size_t i = 0; i < *count; i++) {
        all[i] = (*reasons)[i];
    }
    for (size_t i = 0; i < proposal->factual_count; i++) {
        all[*count + i] = proposal->factual[i];
        all[*count + i].kind = DECISION_REASON_FACTUAL;
    }
    *reasons = all;
    *count += proposal->factual_count;
}

const struct err *
norm_reasons(struct ctx *ctx, const struct text *norms, size_t count, struct reason **ret)
{
    struct reason *reasons = ARENA_ARRAY(ctx->arena, struct reason, count);
    for (size_t i = 0; i < count; i++) {
        reason_of_norm(ctx, norms[i], &reasons[i]);
        if (reasons[i].says[LANG_AR].len == 0) {
            return FAIL(ctx->arena, ERR_LAW, "norm %.*s has no sentence to give as a reason", TEXT_ARG(norms[i]));
        }
    }
    *ret = reasons;
    return NULL;
}

/* Every norm that fails, of every check asked, once. */
static const struct err *
legal_reasons(struct ctx *ctx, struct decision_draft *draft)
{
    size_t room = 0;
    for (size_t i = 0; i < draft->rulings_count; i++) {
        room += draft->rulings[i].failed_count;
    }
    struct text *norms = ARENA_ARRAY(ctx->arena, struct text, room);
    size_t count = 0;
    for (size_t i = 0; i < draft->rulings_count; i++) {
        for (size_t k = 0; k < draft->rulings[i].failed_count; k++) {
            bool known = false;
            for (size_t n = 0; n < count; n++) {
                known |= text_equal(norms[n], draft->rulings[i].failed[k]);
            }
            if (!known) {
                norms[count++] = draft->rulings[i].failed[k];
            }
        }
    }
    draft->reasons_count = count;
    return norm_reasons(ctx, norms, count, &draft->reasons);
}

/* What is said when it fails; a norm that only opens a power has its statement. */
static void
reason_of_norm(struct ctx *ctx, struct text id, struct reason *ret)
{
    const struct norm *norm = law_norm(ctx->law, id);
    *ret = (struct reason){.kind = DECISION_REASON_LEGAL, .norm = id};
    for (int lang = LANG_AR; norm != NULL && lang < LANGS; lang++) {
        ret->says[lang] = norm->fails[lang].len > 0 ? norm->fails[lang] : norm->says[lang];
    }
}

static void
missing_add(struct ctx *ctx, struct decision_draft *draft, const struct ruling *ruling)
{
    struct text *missing = ARENA_ARRAY(ctx->arena, struct text, draft->missing_count + ruling->missing_count);
    for (size_t i = 0; i < draft->missing_count; i++) {
        missing[i] = draft->missing[i];
    }
    for (size_t i = 0; i < ruling->missing_count; i++) {
        missing[draft->missing_count + i] = ruling->missing[i];
    }
    draft->missing = missing;
    draft->missing_count += ruling->missing_count;
}

static const struct err *
proposed_append(struct ctx *ctx, const struct dossier *dossier, const struct decision_draft *draft,
                const struct decision_proposal *proposal, struct act_id *ret)
{
    struct reason *reasons = draft->reasons;
    /* Granting has no norm that failed; what an officer found is kept all the same. */
    size_t count = draft->reasons_count;
    reasons_join(ctx, proposal, &reasons, &count);
    struct writing writing;
    writing_open(ctx, &writing);
    writing_int(&writing, "dossier", dossier->id.value);
    writing_text(&writing, "decision", proposal->decision);
    writing_raw(&writing, "reasons", reasons_json(ctx, reasons, count));
    writing_int(&writing, "by", ctx->user->account.value);
    writing_date(ctx, &writing, "due_on", dossier->due_on);
    struct act act;
    TRY(act_append(ctx,
                   &(struct act_draft){.kind = TEXT("decision_proposed"),
                                       .body = writing_close(&writing),
                                       .receipt = rulings_receipt(ctx, draft->rulings, draft->rulings_count)},
                   &act));
    *ret = act.id;
    return NULL;
}
