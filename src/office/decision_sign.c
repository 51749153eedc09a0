/* Signing: the moment at which everything is asked again, and nothing incomplete leaves the house. */
#include "access/signature.h"
#include "base/limits.h"
#include "office/decision.sql.h"
#include "office/engine.h"

static const struct err *sign_dossier(struct ctx *ctx, const struct proposal *proposal, struct act_id *ret);
static const struct err *still_carried(struct ctx *ctx, const struct dossier *dossier,
                                       const struct decision_draft *draft, const struct proposal *proposal);
static const struct err *formality_ask(struct ctx *ctx, const struct formality *formality,
                                       const struct signing *signing);
static bool has_reasons(const struct signing *signing, enum decision_reason kind);
static const struct err *granted_put(struct ctx *ctx, struct writing *writing, const struct dossier *dossier,
                                     struct act_draft *draft);
static void holder_put(struct ctx *ctx, struct writing *writing, const struct party *party, struct act_draft *draft);

const struct err *
decision_sign(struct ctx *ctx, struct act_id proposal_id, struct act_id *ret)
{
    struct proposal proposal;
    TRY(proposal_get(ctx, proposal_id, &proposal));
    if (!text_is(proposal.state, "open")) {
        return FAIL(ctx->arena, ERR_WRONG_STATE, "proposal %lld is %.*s", (long long)proposal_id.value,
                    TEXT_ARG(proposal.state));
    }
    return proposal.measure.value != 0 ? measure_sign(ctx, &proposal, ret) : sign_dossier(ctx, &proposal, ret);
}

const struct err *
proposal_send_back(struct ctx *ctx, struct act_id proposal_id, struct text remark)
{
    struct proposal proposal;
    TRY(proposal_get(ctx, proposal_id, &proposal));
    if (!user_has(ctx->user, ROLE_DIRECTOR)) {
        return FAIL(ctx->arena, ERR_FORBIDDEN, "for those who sign only");
    }
    if (!text_is(proposal.state, "open")) {
        return FAIL(ctx->arena, ERR_WRONG_STATE, "proposal %lld is %.*s", (long long)proposal_id.value,
                    TEXT_ARG(proposal.state));
    }
    struct field_faults faults = {0};
    field_line_faults(ctx, &faults, "remark", remark, true, REASON_BYTES_MAX);
    if (faults.count > 0) {
        return FAIL(ctx->arena, ERR_INPUT, "remark: %s", faults.items[0].message);
    }
    struct writing writing;
    writing_open(ctx, &writing);
    writing_int(&writing, "proposal", proposal_id.value);
    if (proposal.dossier.value != 0) {
        struct dossier dossier;
        TRY(dossier_for(ctx, proposal.dossier, EVENT_SEND_BACK, &dossier));
        writing_int(&writing, "dossier", dossier.id.value);
        writing_date(ctx, &writing, "due_on", dossier.due_on);
    }
    writing_text(&writing, "remark", text_trim(remark));
    struct act act;
    return act_append(ctx, &(struct act_draft){.kind = TEXT("proposal_sent_back"), .body = writing_close(&writing)},
                      &act);
}

/* All that the law hangs on this kind of decision, whatever the procedure: who is competent, reasons of both kinds,
 * notification. The competence found is what the act prints. */
const struct err *
formalities_enforce(struct ctx *ctx, const struct signing *signing, struct competence *ret)
{
    struct ctx *under = ctx;
    if (signing->dossier != NULL) {
        TRY(dossier_under(&under, signing->dossier));
    }
    size_t count = 0;
    const struct formality *formalities =
        law_formalities(ctx->arena, under->law, signing->text_id, signing->decision, ctx->today, &count);
    /* Nobody signs without competence, even where the law hangs no formality on lifting; and who is competent is for
     * the law in force to say, not for that of the dossier. */
    TRY(competence_to_sign(ctx, signing->act_code, signing->decision, ret));
    for (size_t i = 0; i < count; i++) {
        TRY(formality_ask(under, &formalities[i], signing));
    }
    return NULL;
}

struct text
rulings_receipt(struct ctx *ctx, const struct ruling *rulings, size_t count)
{
    if (count == 1) {
        return ruling_receipt(ctx->arena, &rulings[0], ctx->law);
    }
    struct buf buf = buf_new(ctx->arena, JSON_BYTES_MAX);
    struct json_out out = json_out(&buf);
    json_open_array(&out);
    for (size_t i = 0; i < count; i++) {
        json_put_raw(&out, ruling_receipt(ctx->arena, &rulings[i], ctx->law));
    }
    json_close_array(&out);
    return buf_built(&buf);
}

static const struct err *
sign_dossier(struct ctx *ctx, const struct proposal *proposal, struct act_id *ret)
{
    const bool grant = text_is(proposal->decision, "grant");
    struct dossier dossier;
    TRY(dossier_for(ctx, proposal->dossier, grant ? EVENT_GRANT : EVENT_REFUSE, &dossier));
    struct ctx *in_force = ctx;
    TRY(dossier_under(&ctx, &dossier));
    const struct procedure *procedure = NULL;
    TRY(procedure_get(ctx, dossier.procedure, dossier.filed_on, &procedure));
    const struct signing signing = {.dossier = &dossier,
                                    .text_id = procedure->text_id,
                                    .act_code = procedure->act,
                                    .decision = proposal->decision,
                                    .reasons = proposal->reasons,
                                    .reasons_count = proposal->reasons_count,
                                    .notifies = true};
    struct competence competence;
    TRY(formalities_enforce(in_force, &signing, &competence));
    struct decision_draft draft;
    TRY(decision_draft(ctx, &dossier, &draft));
    TRY(still_carried(ctx, &dossier, &draft, proposal));

    struct writing writing;
    writing_open(ctx, &writing);
    writing_int(&writing, "dossier", dossier.id.value);
    TRY(signed_put(ctx, &writing, proposal, &competence, procedure->act));
    struct act_draft act_draft = {.kind = TEXT("decision"),
                                  .subject = text_printf(ctx->arena, "dossier:%lld", (long long)dossier.id.value)};
    if (grant && procedure->grants.len > 0) {
        TRY(granted_put(ctx, &writing, &dossier, &act_draft));
    }
    act_draft.body = writing_close(&writing);
    act_draft.receipt = rulings_receipt(ctx, draft.rulings, draft.rulings_count);
    struct act act;
    TRY(act_append(ctx, &act_draft, &act));
    *ret = act.id;
    return NULL;
}

const struct err *
signed_put(struct ctx *ctx, struct writing *writing, const struct proposal *proposal,
           const struct competence *competence, struct text act_code)
{
    struct notification_id notification;
    TRY(notification_next(ctx, &notification));
    writing_int(writing, "proposal", proposal->act.value);
    writing_text(writing, "decision", proposal->decision);
    writing_raw(writing, "reasons", reasons_json(ctx, proposal->reasons, proposal->reasons_count));
    writing_int(writing, "proposed_by", proposal->by.value);
    writing_int(writing, "notification", notification.value);
    signature_put(&writing->out, ctx,
                  &(struct signature){.account = ctx->user->account,
                                      .act_code = act_code,
                                      .decision = proposal->decision,
                                      .level = text_of(SIGNED_SIMPLE),
                                      .capacity = competence->capacity});
    return NULL;
}

/* The facts may have moved since the proposal: then the reasons are no longer those of the ruling. */
static const struct err *
still_carried(struct ctx *ctx, const struct dossier *dossier, const struct decision_draft *draft,
              const struct proposal *proposal)
{
    const bool grant = text_is(proposal->decision, "grant");
    bool same = grant ? draft->may_grant : draft->may_refuse;
    size_t legal = 0;
    for (size_t i = 0; i < proposal->reasons_count; i++) {
        if (proposal->reasons[i].kind == DECISION_REASON_LEGAL) {
            same = same && legal < draft->reasons_count &&
                   text_equal(draft->reasons[legal].norm, proposal->reasons[i].norm);
            legal++;
        }
    }
    if (!same || legal != draft->reasons_count) {
        return FAIL(ctx->arena, ERR_CONFLICT, "the ruling on dossier %.*s changed since it was proposed",
                    TEXT_ARG(dossier->number));
    }
    return NULL;
}

static const struct err *
formality_ask(struct ctx *ctx, const struct formality *formality, const struct signing *signing)
{
    if (text_is(formality->requires_, "reasoned") &&
        !(has_reasons(signing, DECISION_REASON_LEGAL) && has_reasons(signing, DECISION_REASON_FACTUAL))) {
        return FAIL(ctx->arena, ERR_INPUT, "%.*s: needs legal and factual reasons",
                    TEXT_ARG(formality->norms_count > 0 ? formality->norms[0] : formality->name));
    }
    /* Competence was asked; any other check is asked with what is about to be signed. */
    if (formality->check.len > 0 && !text_is(formality->check, "competence")) {
        struct json known = {.type = JSON_OBJECT};
        json_set(ctx, &known, TEXT("act"), json_of_text(signing->act_code));
        json_set(ctx, &known, TEXT("decision"), json_of_text(signing->decision));
        json_set(ctx, &known, TEXT("reasoned"), json_of_bool(has_reasons(signing, DECISION_REASON_LEGAL)));
        json_set(ctx, &known, TEXT("notified"), json_of_bool(signing->notifies));
        struct ruling ruling;
        TRY(check_ask(ctx, formality->check, ctx->today, &known, &ruling));
        if (!verdict_grants(ruling.verdict)) {
            return FAIL(ctx->arena, ERR_INPUT, "formality %.*s: %.*s", TEXT_ARG(formality->name),
                        TEXT_ARG(ruling.verdict));
        }
    }
    if (text_is(formality->requires_, "notified") && !signing->notifies) {
        return FAIL(ctx->arena, ERR_INTERNAL, "%.*s: nothing would notify it", TEXT_ARG(formality->name));
    }
    return NULL;
}

static bool
has_reasons(const struct signing *signing, enum decision_reason kind)
{
    for (size_t i = 0; i < signing->reasons_count; i++) {
        if (signing->reasons[i].kind == kind && signing->reasons[i].says[LANG_AR].len > 0) {
            return true;
        }
    }
    return false;
}

/* The instrument granted, in the body and, where the law makes it public, in clear in the entry. */
static const struct err *
granted_put(struct ctx *ctx, struct writing *writing, const struct dossier *dossier, struct act_draft *draft)
{
    const struct procedure *procedure = NULL;
    TRY(procedure_get(ctx, dossier->procedure, dossier->filed_on, &procedure));
    int year, month, day;
    date_to_civil(ctx->today, &year, &month, &day);
    struct instrument_id id;
    struct text number;
    TRY(instrument_id_next(ctx, &id));
    TRY(instrument_number_next(ctx, procedure->grants, year, &number));
    struct date valid_until = DATE_NONE;
    if (procedure->validity == GRANT_FOR_TERM && !term_last_day(ctx->today, procedure->validity_term, &valid_until)) {
        return FAIL(ctx->arena, ERR_LAW, "the term of %.*s cannot be counted", TEXT_ARG(procedure->grants));
    }
    writing_int(writing, "instrument", id.value);
    writing_text(writing, "instrument_kind", procedure->grants);
    writing_text(writing, "number", number);
    writing_date(ctx, writing, "valid_until", valid_until);
    struct party party;
    TRY(party_get(ctx, dossier->party, &party));
    holder_put(ctx, writing, &party, draft);
    if (party.kind != PARTY_NATURAL_PERSON) {
        draft->instrument = number;
        draft->status = TEXT("granted");
    }
    return NULL;
}

/* The holder as the certificate will name it, so that the entry commits to what the certificate says. A person's names
 * stand apart, in "manager:ID" or "party:ID", and can be erased. */
static void
holder_put(struct ctx *ctx, struct writing *writing, const struct party *party, struct act_draft *draft)
{
    const bool natural = party->kind == PARTY_NATURAL_PERSON;
    struct writing holder;
    writing_open(ctx, &holder);
    if (!natural) {
        writing_text(&holder, "name_ar", party->name_ar);
        writing_text(&holder, "name_latin", party->name_latin);
        writing_text(&holder, "seat_ar", party->seat_ar);
        writing_text(&holder, "seat_latin", party->seat_latin);
        writing_text(&holder, "ice", party->ice);
        writing_text(&holder, "rc", party->rc);
        writing_text(&holder, "rc_court", party->rc_court);
        writing_text(&holder, "legal_form", party->legal_form);
        if (party->has_capital) {
            writing_int(&holder, "capital", party->capital.centimes);
        }
    }
    writing_raw(writing, "holder", writing_close(&holder));

    const struct text name_ar = natural ? party->name_ar : party->manager_ar;
    const struct text name_latin = natural ? party->name_latin : party->manager_latin;
    if (name_ar.len + name_latin.len == 0) {
        return; /* erased, or never known */
    }
    struct writing names;
    writing_open(ctx, &names);
    writing_text(&names, "name_ar", name_ar);
    writing_text(&names, "name_latin", name_latin);
    struct act_person *person = ARENA_NEW(ctx->arena, struct act_person);
    *person = (struct act_person){
        .subject = text_printf(ctx->arena, "%s:%lld", natural ? "party" : "manager", (long long)party->id.value),
        .role = natural ? TEXT("holder") : TEXT("manager"),
        .data = writing_close(&names)};
    draft->persons = person;
    draft->persons_count = 1;
}
