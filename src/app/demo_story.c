/* One step of a dossier, from the company's first account to the outcome being read. Nothing here decides: each step
 * asks the office, which asks the law; what the law does not allow that day is left out. */
#include "app/demo_story.h"

#include "access/mandate.h"
#include "office/decision.h"
#include "office/examination.h"
#include "office/filing.h"
#include "office/notification.h"
#include "registry/data.h"

typedef const struct err *step_fn(struct demo *demo, struct ctx *ctx, struct demo_story *story);
static step_fn step_register, step_draft, step_file, step_supply, step_give_up, step_assign, step_ask, step_read,
    step_answer, step_attest, step_propose, step_sign, step_letter, step_open;

static const struct err *open_account(struct demo *demo, struct ctx *ctx, struct demo_company *company);
static const struct err *attach_due(struct demo *demo, struct ctx *ctx, struct demo_story *story);
static struct json typed_facts(struct ctx *ctx, const struct demo_story *story, const struct demo_company *company);
static void as_applicant(struct demo *demo, struct ctx *ctx, const struct demo_story *story);
static void as_officer(struct demo *demo, struct ctx *ctx, const struct demo_story *story);

const struct err *
demo_live(struct demo *demo, struct ctx *ctx, struct demo_story *story)
{
    static step_fn *const steps[STEP_END] = {
        [STEP_REGISTER] = step_register, [STEP_DRAFT] = step_draft,     [STEP_FILE] = step_file,
        [STEP_SUPPLY] = step_supply,     [STEP_GIVE_UP] = step_give_up, [STEP_ASSIGN] = step_assign,
        [STEP_ASK] = step_ask,           [STEP_READ] = step_read,       [STEP_ANSWER] = step_answer,
        [STEP_ATTEST] = step_attest,     [STEP_PROPOSE] = step_propose, [STEP_SIGN] = step_sign,
        [STEP_LETTER] = step_letter,     [STEP_OPEN] = step_open,
    };
    step_fn *const step = steps[story->step];
    return step == NULL ? demo_live_measure(demo, ctx, story) : step(demo, ctx, story);
}

void
demo_next(struct demo *demo, struct demo_story *story, enum demo_step step, int from, int to)
{
    story->step = step == story->course->stop ? STEP_END : step;
    story->at_ms = demo_later(demo, story->at_ms, from, to);
}

const struct err *
demo_open_notification(struct demo *demo, struct ctx *ctx, struct demo_story *story, struct act_id act)
{
    struct notification notification;
    bool found = false;
    TRY(notification_of_act(ctx, act, &notification, &found));
    if (!found) {
        return NULL;
    }
    as_applicant(demo, ctx, story);
    return notification_open(ctx, notification.id);
}

static const struct err *
step_register(struct demo *demo, struct ctx *ctx, struct demo_story *story)
{
    struct demo_company *company = &demo->companies[story->company];
    if (company->mandate.value == 0) {
        TRY(open_account(demo, ctx, company));
    }
    demo_next(demo, story, STEP_DRAFT, 0, 1);
    return NULL;
}

static const struct err *
open_account(struct demo *demo, struct ctx *ctx, struct demo_company *company)
{
    struct demo_person *manager = &company->manager;
    const bool is_shown = company == &demo->companies[0];
    demo_as_system(ctx);
    TRY(demo_account(demo, ctx, manager, is_shown));
    if (is_shown) {
        demo->accounts[demo->accounts_count++] = (struct web_demo_account){
            .email = manager->email, .password = TEXT(DEMO_PASSWORD), .role = TEXT("applicant")};
    }
    demo_as(demo, ctx, manager, (struct party_id){0});
    if (company->party.value == 0) {
        TRY(party_register(ctx, &company->draft, &company->party));
    }
    const struct mandate mandate = {.account = manager->account,
                                    .party = company->party,
                                    .role = MANDATE_MANAGER,
                                    .from = ctx->today,
                                    .until = DATE_NONE};
    TRY(mandate_give(ctx, &mandate, &company->mandate));
    manager->roles = ROLE_APPLICANT;
    return NULL;
}

/* What the procedure wants in the register first: a contract that was entered before the demonstration begins. */
static const struct err *
enter_first(struct ctx *ctx, const struct demo_company *company, const struct demo_story *story)
{
    const struct procedure *procedure = law_procedure(ctx->law, text_of(story->procedure->name), ctx->today);
    struct instrument entry;
    bool found = procedure == NULL || procedure->before_entry.len == 0;
    if (!found) {
        TRY(instrument_held(ctx, company->party, procedure->before_entry, &entry, &found));
    }
    if (found) {
        return NULL;
    }
    const struct taking_over entered = {
        .party = company->party,
        .kind = procedure->before_entry,
        .number = text_printf(ctx->arena, "DEMO/ENTRY/%lld", (long long)company->party.value),
        .granted_on = ctx->today,
        .valid_until = DATE_NONE,
        .status = INSTRUMENT_GRANTED,
        .status_on = ctx->today,
        .source = TEXT("demonstration"),
    };
    struct instrument_id id;
    return instrument_take_over(ctx, &entered, &id);
}

static const struct err *
step_draft(struct demo *demo, struct ctx *ctx, struct demo_story *story)
{
    const struct demo_company *company = &demo->companies[story->company];
    TRY(enter_first(ctx, company, story));
    as_applicant(demo, ctx, story);
    TRY(draft_save(ctx, company->party, text_of(story->procedure->name), text_of(story->procedure->asked),
                   &story->draft));
    TRY(attach_due(demo, ctx, story));
    demo_next(demo, story, STEP_FILE, 0, 2);
    return NULL;
}

/* Every paper that the law says is due; the last one is what some forget. */
static const struct err *
attach_due(struct demo *demo, struct ctx *ctx, struct demo_story *story)
{
    const struct demo_company *company = &demo->companies[story->company];
    struct draft draft;
    struct eligibility eligibility;
    TRY(draft_get(ctx, story->draft, &draft));
    TRY(draft_eligibility(ctx, &draft, &eligibility));
    const size_t forgotten = story->course->misses_paper ? 1 + (size_t)demo_die(demo, 2) : 0;
    const bool is_unfinished = story->course->stop == STEP_FILE;
    for (size_t i = 0; i + forgotten < eligibility.missing_documents_count; i++) {
        if (is_unfinished && i == 2) {
            break;
        }
        const struct text code = eligibility.missing_documents[i];
        struct stored_document paper;
        TRY(demo_paper(demo, ctx, company, code, &paper));
        TRY(draft_attach(ctx, story->draft, code, &paper, text_printf(ctx->arena, "%.*s.pdf", TEXT_ARG(code))));
    }
    return NULL;
}

static const struct err *
step_file(struct demo *demo, struct ctx *ctx, struct demo_story *story)
{
    struct draft draft;
    struct dossier dossier;
    bool found = false;
    as_applicant(demo, ctx, story);
    TRY(draft_find(ctx, demo->companies[story->company].party, text_of(story->procedure->name), &draft, &found));
    if (!found) { /* another request of the same company took the one draft of this procedure */
        demo_next(demo, story, STEP_DRAFT, 0, 1);
        return NULL;
    }
    TRY(dossier_file(ctx, draft.id, &dossier));
    story->dossier = dossier.id;
    if (dossier.state == DOSSIER_BEING_DEPOSITED) {
        demo_next(demo, story, STEP_SUPPLY, 1, 14);
    } else if (story->course->gives_up) {
        demo_next(demo, story, STEP_GIVE_UP, 2, 8);
    } else {
        demo_next(demo, story, STEP_ASSIGN, 0, 2);
    }
    return NULL;
}

static const struct err *
step_supply(struct demo *demo, struct ctx *ctx, struct demo_story *story)
{
    struct dossier dossier;
    struct text *codes = NULL;
    size_t count = 0;
    as_applicant(demo, ctx, story);
    TRY(dossier_get(ctx, story->dossier, &dossier));
    TRY(documents_awaited(ctx, &dossier, &codes, &count));
    for (size_t i = 0; i < count; i++) {
        struct stored_document paper;
        TRY(demo_paper(demo, ctx, &demo->companies[story->company], codes[i], &paper));
        TRY(document_supply(ctx, story->dossier, codes[i], &paper,
                            text_printf(ctx->arena, "%.*s-2.pdf", TEXT_ARG(codes[i]))));
    }
    const bool answered = story->step == STEP_ANSWER;
    demo_next(demo, story, answered ? STEP_ATTEST : STEP_ASSIGN, 0, 2);
    return NULL;
}

static const struct err *
step_give_up(struct demo *demo, struct ctx *ctx, struct demo_story *story)
{
    as_applicant(demo, ctx, story);
    story->step = STEP_END;
    return dossier_give_up(ctx, story->dossier);
}

static const struct err *
step_assign(struct demo *demo, struct ctx *ctx, struct demo_story *story)
{
    struct demo_company *company = &demo->companies[story->company];
    as_officer(demo, ctx, story);
    if (!company->is_verified) {
        company->is_verified = true;
        TRY(mandate_verify(ctx, company->mandate));
    }
    TRY(dossier_assign(ctx, story->dossier, demo->officers[story->officer].account));
    const bool asks = story->course->asks_paper || story->course->asks_information;
    demo_next(demo, story, asks ? STEP_ASK : STEP_ATTEST, 1, asks ? 1 : 5);
    return NULL;
}

static const struct err *
step_ask(struct demo *demo, struct ctx *ctx, struct demo_story *story)
{
    bool allowed = false;
    struct ruling ruling;
    as_officer(demo, ctx, story);
    if (story->course->asks_paper) {
        struct dossier_document *documents = NULL;
        size_t count = 0;
        TRY(dossier_documents(ctx, story->dossier, &documents, &count));
        const struct replacement_request request = {
            .codes = &documents[count - 1].code,
            .codes_count = 1,
            .reason = TEXT("النسخة المودعة غير مقروءة في صفحتها الأخيرة."),
        };
        TRY(replacement_ask(ctx, story->dossier, &request, &allowed, &ruling));
    } else {
        TRY(information_ask(ctx, story->dossier, TEXT("نرجو بيان مقر التصوير ومدته المتوقعة."), &allowed, &ruling));
    }
    TRY(act_last(ctx, &story->act));
    demo_next(demo, story, allowed ? STEP_READ : STEP_ATTEST, 0, 2);
    return NULL;
}

static const struct err *
step_read(struct demo *demo, struct ctx *ctx, struct demo_story *story)
{
    TRY(demo_open_notification(demo, ctx, story, story->act));
    demo_next(demo, story, STEP_ANSWER, 1, 9);
    return NULL;
}

static const struct err *
step_answer(struct demo *demo, struct ctx *ctx, struct demo_story *story)
{
    if (story->course->asks_paper) {
        return step_supply(demo, ctx, story);
    }
    as_applicant(demo, ctx, story);
    TRY(information_supply(ctx, story->dossier, TEXT("نعتزم التصوير بالمدينة العتيقة خلال ثلاثة أسابيع.")));
    demo_next(demo, story, STEP_ATTEST, 0, 2);
    return NULL;
}

static const struct err *
step_attest(struct demo *demo, struct ctx *ctx, struct demo_story *story)
{
    const struct json typed = typed_facts(ctx, story, &demo->companies[story->company]);
    struct field_faults faults;
    as_officer(demo, ctx, story);
    TRY(facts_attest(ctx, story->dossier, &typed, &faults));
    if (faults.count > 0) {
        return FAIL(ctx->arena, ERR_INTERNAL, "%s: %.*s %s", story->procedure->name, TEXT_ARG(faults.items[0].at),
                    faults.items[0].message);
    }
    demo_next(demo, story, STEP_PROPOSE, 0, 1);
    return NULL;
}

/* "@form" is the company's, "@70" the day seventy days ago; what the course says is untrue is "no". */
static struct json
typed_facts(struct ctx *ctx, const struct demo_story *story, const struct demo_company *company)
{
    struct json read = {.type = JSON_OBJECT};
    struct json typed = {.type = JSON_OBJECT};
    struct json_fault fault;
    json_parse(ctx->arena, text_of(story->procedure->attested), &read, &fault);
    for (size_t i = 0; i < read.count; i++) {
        const struct json_member *member = &read.members[i];
        struct text value = TEXT("");
        int64_t days = 0;
        json_text(&member->value, &value);
        if (text_is(value, "@form")) {
            value = company->draft.legal_form;
        } else if (text_starts(value, TEXT("@")) && text_to_int64(text_after(value, 1), &days)) {
            value = date_to_text(ctx->arena, (struct date){ctx->today.days - (int32_t)days});
        } else if (story->course->fails && text_is(member->name, story->procedure->fails)) {
            value = TEXT("no");
        }
        json_set(ctx, &typed, member->name, json_of_text(value));
    }
    return typed;
}

static const struct err *
step_propose(struct demo *demo, struct ctx *ctx, struct demo_story *story)
{
    struct dossier dossier;
    struct decision_draft draft;
    as_officer(demo, ctx, story);
    TRY(dossier_get(ctx, story->dossier, &dossier));
    TRY(decision_draft(ctx, &dossier, &draft));
    if (!draft.may_grant && !draft.may_refuse) {
        return FAIL(ctx->arena, ERR_INTERNAL, "%s: neither granted nor refused, %.*s is missing",
                    story->procedure->name, TEXT_ARG(draft.missing_count > 0 ? draft.missing[0] : TEXT("nothing")));
    }
    const char *why = story->procedure->reason == NULL ? "لم تكتمل الشروط." : story->procedure->reason;
    const struct reason found = {.kind = DECISION_REASON_FACTUAL, .says = {[LANG_AR] = text_of(why)}};
    const struct decision_proposal proposal = {.decision = draft.may_grant ? TEXT("grant") : TEXT("refuse"),
                                               .factual = &found,
                                               .factual_count = draft.may_grant ? 0 : 1};
    TRY(decision_propose(ctx, story->dossier, &proposal, &story->proposal));
    demo_next(demo, story, STEP_SIGN, 0, 2);
    return NULL;
}

static const struct err *
step_sign(struct demo *demo, struct ctx *ctx, struct demo_story *story)
{
    struct proposal proposal;
    TRY(proposal_get(ctx, story->proposal, &proposal));
    const bool grants = text_is(proposal.decision, "grant");
    const bool by_delegate = grants && story->procedure->by_delegate && demo_die(demo, 2) == 0;
    demo_as(demo, ctx, by_delegate ? &demo->delegate : &demo->director, (struct party_id){0});
    TRY(decision_sign(ctx, story->proposal, &story->act));
    struct decision decision;
    TRY(decision_get(ctx, story->act, &decision));
    story->instrument = decision.instrument;
    demo_next(demo, story, story->course->by_letter ? STEP_LETTER : STEP_OPEN, 0, 5);
    return NULL;
}

static const struct err *
step_letter(struct demo *demo, struct ctx *ctx, struct demo_story *story)
{
    struct notification notification;
    bool found = false;
    TRY(notification_of_act(ctx, story->act, &notification, &found));
    as_officer(demo, ctx, story);
    TRY(notification_send(ctx, notification.id, CHANNEL_LETTER,
                          text_printf(ctx->arena, "RR %06lld DEMO", (long long)(story->act.value % 1000000))));
    demo_next(demo, story, STEP_OPEN, 3, 9);
    return NULL;
}

static const struct err *
step_open(struct demo *demo, struct ctx *ctx, struct demo_story *story)
{
    if (story->course->by_letter) {
        struct notification notification;
        bool found = false;
        TRY(notification_of_act(ctx, story->act, &notification, &found));
        as_officer(demo, ctx, story);
        TRY(notification_prove(ctx, notification.id, TEXT("acknowledged"), ctx->today));
    } else {
        TRY(demo_open_notification(demo, ctx, story, story->act));
    }
    const bool goes_on = story->instrument.value != 0 && story->course->after != 0 &&
                         text_is(text_of(story->procedure->name), "production-licence");
    demo_next(demo, story, goes_on ? STEP_AFTER : STEP_END, 20, 60);
    return NULL;
}

static void
as_applicant(struct demo *demo, struct ctx *ctx, const struct demo_story *story)
{
    const struct demo_company *company = &demo->companies[story->company];
    demo_as(demo, ctx, &company->manager, company->party);
}

static void
as_officer(struct demo *demo, struct ctx *ctx, const struct demo_story *story)
{
    demo_as(demo, ctx, &demo->officers[story->officer], (struct party_id){0});
}
