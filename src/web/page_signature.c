/* The signing tray: what was proposed, with its reasons, the norms behind them and the competence of whoever signs.
 * Signing asks for the second factor again; nothing is signed without reasons (18.23, art. 85 and 101). */
#include "access/competence.h"
#include "base/limits.h"
#include "office/measure.h"
#include "registry/fault.h"
#include "web/dossier_parts.h"
#include "web/fact_form.h"
#include "web/law_links.h"
#include "web/pages/signature_list.html.h"
#include "web/pages/signature_show.html.h"

static const struct err *show_tray(struct ctx *ctx, struct visit *visit);
static const struct err *show_proposal(struct ctx *ctx, struct visit *visit);
static const struct err *sign(struct ctx *ctx, struct visit *visit);
static const struct err *send_back(struct ctx *ctx, struct visit *visit);

extern const struct route routes_signature[];
const struct route routes_signature[] = {
    {HTTP_GET, "/signatures", ROLE_DIRECTOR, TX_READ, show_tray, .name = "signature.list"},
    {HTTP_GET, "/signatures/{proposal}", ROLE_DIRECTOR, TX_READ, show_proposal, .name = "signature.show"},
    {HTTP_POST, "/signatures/{proposal}", ROLE_DIRECTOR, TX_WRITE, sign, .flags = ROUTE_STEP_UP,
     .name = "signature.sign", .norm = "18.23/85/3.2"},
    {HTTP_POST, "/signatures/{proposal}/back", ROLE_DIRECTOR, TX_WRITE, send_back, .name = "signature.back"},
    {0}};

/* What a proposal is about: a dossier, or an instrument with its measure. */
struct subject {
    struct text title;
    struct text number;
    struct text party;
    struct text url;
    struct text act_code;
};

static const struct err *
subject_of(struct ctx *ctx, const struct proposal *proposal, struct subject *ret)
{
    if (proposal->dossier.value != 0) {
        struct dossier dossier;
        TRY(dossier_get(ctx, proposal->dossier, &dossier));
        *ret = (struct subject){.title = procedure_title(ctx, dossier.procedure),
                                .number = dossier.number,
                                .party = ctx->lang == LANG_AR ? dossier.party_ar : dossier.party_latin,
                                .url = text_printf(ctx->arena, "/queue/%lld", (long long)dossier.id.value),
                                .act_code = dossier.act_code};
        return NULL;
    }
    struct instrument instrument;
    TRY(instrument_get(ctx, proposal->instrument, &instrument));
    *ret = (struct subject){.title = law_label(ctx, instrument.kind),
                            .number = instrument.number,
                            .party = ctx->lang == LANG_AR ? instrument.holder_ar : instrument.holder_latin,
                            .url = text_printf(ctx->arena, "/instruments/%lld", (long long)instrument.id.value),
                            .act_code = instrument.kind};
    return NULL;
}

static struct text
decision_words(struct ctx *ctx, struct text decision)
{
    const char *key = text_cstr(ctx->arena, text_printf(ctx->arena, "decision.%.*s", TEXT_ARG(decision)));
    return words_get(ctx->lang, key);
}

static struct text
decision_kind(struct text decision)
{
    return text_is(decision, "grant") || text_is(decision, "lift") ? TEXT("good") : TEXT("bad");
}

static const struct err *
show_tray(struct ctx *ctx, struct visit *visit)
{
    struct proposal *proposals = NULL;
    size_t count = 0;
    TRY(proposal_tray(ctx, (struct act_id){0}, PAGE_ROWS_MAX, &proposals, &count));
    struct page_signature_list_rows *rows = ARENA_ARRAY(ctx->arena, struct page_signature_list_rows, count);
    for (size_t i = 0; i < count; i++) {
        struct subject subject;
        TRY(subject_of(ctx, &proposals[i], &subject));
        rows[i] = (struct page_signature_list_rows){
            .url = text_printf(ctx->arena, "/signatures/%lld", (long long)proposals[i].act.value),
            .decision = decision_words(ctx, proposals[i].decision),
            .kind = decision_kind(proposals[i].decision),
            .title = subject.title,
            .number = subject.number,
            .party = subject.party,
            .day = proposals[i].day};
    }
    const struct page_signature_list data = {.rows = rows, .rows_count = count};
    visit_page(ctx, visit,
               &(struct visit_page){.title = words_get(ctx->lang, WORD("nav.signatures")),
                                    .content = page_signature_list(ctx, &data),
                                    .section = "signatures",
                                    .wide = true});
    return NULL;
}

static const struct err *
show(struct ctx *ctx, struct visit *visit, struct text fault)
{
    struct act_id act;
    struct proposal proposal;
    struct subject subject;
    struct competence competence;
    TRY(visit_id(ctx, visit, "proposal", &act.value));
    TRY(proposal_get(ctx, act, &proposal));
    TRY(subject_of(ctx, &proposal, &subject));
    TRY(competence_check(ctx, subject.act_code, proposal.decision, ctx->user->account, &competence));
    struct page_signature_show_reasons *reasons =
        ARENA_ARRAY(ctx->arena, struct page_signature_show_reasons, proposal.reasons_count);
    for (size_t i = 0; i < proposal.reasons_count; i++) {
        const struct reason *reason = &proposal.reasons[i];
        reasons[i] = (struct page_signature_show_reasons){
            .says = reason->says[ctx->lang].len > 0 ? reason->says[ctx->lang] : reason->says[LANG_AR],
            .norm = reason->norm,
            .norm_url = norm_url(ctx, reason->norm),
            .is_legal = reason->kind == DECISION_REASON_LEGAL};
    }
    struct text *failed = ARENA_ARRAY(ctx->arena, struct text, competence.ruling.failed_count);
    for (size_t i = 0; i < competence.ruling.failed_count; i++) {
        const struct norm *norm = law_norm(ctx->law, competence.ruling.failed[i]);
        failed[i] = norm == NULL ? competence.ruling.failed[i] : norm_failure_words(ctx, norm);
    }
    const struct text base = text_printf(ctx->arena, "/signatures/%lld", (long long)act.value);
    const struct page_signature_show data = {.guard = visit_guard(visit),
                                             .decision = decision_words(ctx, proposal.decision),
                                             .kind = decision_kind(proposal.decision),
                                             .title = subject.title,
                                             .number = subject.number,
                                             .party = subject.party,
                                             .subject = subject.url,
                                             .proposed_on = proposal.day,
                                             .reasons = reasons,
                                             .reasons_count = proposal.reasons_count,
                                             .is_open = text_is(proposal.state, "open"),
                                             .is_competent = competence.competent,
                                             .capacity = competence.capacity.words[ctx->lang],
                                             .basis = competence.capacity.basis[ctx->lang],
                                             .failed = failed,
                                             .failed_count = competence.ruling.failed_count,
                                             .fault = fault,
                                             .base = base};
    const struct visit_crumb crumbs[] = {{words_get(ctx->lang, WORD("nav.signatures")), TEXT("/signatures")},
                                         {subject.number, TEXT("")}};
    visit_page(ctx, visit,
               &(struct visit_page){.status = fault.len > 0 ? 422 : 200,
                                    .title = subject.number,
                                    .content = page_signature_show(ctx, &data),
                                    .crumbs = crumbs,
                                    .crumbs_count = 2,
                                    .section = "signatures"});
    return NULL;
}

static const struct err *
show_proposal(struct ctx *ctx, struct visit *visit)
{
    return show(ctx, visit, TEXT(""));
}

static const struct err *
sign(struct ctx *ctx, struct visit *visit)
{
    struct act_id proposal;
    struct act_id act;
    TRY(visit_id(ctx, visit, "proposal", &proposal.value));
    TRY(decision_sign(ctx, proposal, &act));
    visit_redirect(ctx, visit, TEXT("/signatures"), "signed");
    return NULL;
}

static const struct err *
send_back(struct ctx *ctx, struct visit *visit)
{
    struct act_id proposal;
    TRY(visit_id(ctx, visit, "proposal", &proposal.value));
    const struct text remark = visit_field(visit, "remark");
    if (remark.len == 0 || remark.len > REASON_BYTES_MAX || text_has_hidden(remark)) {
        return show(ctx, visit, fault_sentence(ctx, remark.len == 0 ? FAULT_REQUIRED : FAULT_HIDDEN));
    }
    TRY(proposal_send_back(ctx, proposal, remark));
    visit_redirect(ctx, visit, TEXT("/signatures"), "sent_back");
    return NULL;
}
