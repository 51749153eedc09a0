#include "access/competence.h"

#include "access/capacity_words.h"
#include "access/role.h"
#include "base/world.h"

/* What the check is asked: its four facts. */
struct question {
    struct text act;
    struct text decision;
    struct text by;
    bool covers;
};

static const struct err *ask(struct ctx *ctx, const struct question *question, struct ruling *ret);
static const struct err *facts_of(struct ctx *ctx, struct text act_code, struct text decision,
                                  struct account_id account, struct question *ret, struct capacity *ret_capacity);
static const struct err *by_delegation(struct ctx *ctx, struct account_id account, struct question *question,
                                       struct capacity *capacity);
static struct text code_or_other(struct ctx *ctx, struct text act_code);
static const struct law_fact *fact_of(const struct law_check *check, const char *name);

const struct err *
competence_check(struct ctx *ctx, struct text act_code, struct text decision, struct account_id account,
                 struct competence *ret)
{
    *ret = (struct competence){0};
    struct question question;
    TRY(facts_of(ctx, act_code, decision, account, &question, &ret->capacity));
    TRY(ask(ctx, &question, &ret->ruling));
    ret->competent = text_is(ret->ruling.verdict, "competent");
    const struct json *organ = ruling_result(&ret->ruling, "competent_organ");
    if (!json_text(organ, &ret->capacity.organ)) {
        ret->capacity.organ = TEXT("");
    }
    return NULL;
}

const struct err *
competence_to_sign(struct ctx *ctx, struct text act_code, struct text decision, struct competence *ret)
{
    if (ctx->user == NULL) {
        return FAIL(ctx->arena, ERR_NOT_SIGNED_IN, "nobody is signed in");
    }
    if (!user_may_sign(ctx->user, ctx->world->now_ms(ctx->world))) {
        return FAIL(ctx->arena, ERR_STEP_UP, "a signature needs the second factor and a step-up");
    }
    TRY(competence_check(ctx, act_code, decision, ctx->user->account, ret));
    if (!ret->competent) {
        return FAIL(ctx->arena, ERR_NOT_COMPETENT, "account %lld: %.*s %.*s is %.*s",
                    (long long)ctx->user->account.value, TEXT_ARG(decision), TEXT_ARG(act_code),
                    TEXT_ARG(ret->ruling.verdict));
    }
    return NULL;
}

const struct err *
competence_powers(struct ctx *ctx, struct text organ, struct delegation_line **ret, size_t *ret_count)
{
    const struct law_check *check = law_check(ctx->arena, ctx->law, TEXT("competence"), ctx->today);
    const struct law_fact *acts = check == NULL ? NULL : fact_of(check, "act");
    const struct law_fact *decisions = check == NULL ? NULL : fact_of(check, "decision");
    if (acts == NULL || decisions == NULL) {
        return FAIL(ctx->arena, ERR_LAW, "the corpus has no check competence with an act and a decision");
    }
    *ret = ARENA_ARRAY(ctx->arena, struct delegation_line, acts->codes_count * decisions->codes_count);
    *ret_count = 0;
    for (size_t a = 0; a < acts->codes_count; a++) {
        for (size_t d = 0; d < decisions->codes_count; d++) {
            const struct question question = {.act = acts->codes[a], .decision = decisions->codes[d], .by = organ};
            struct ruling ruling;
            TRY(ask(ctx, &question, &ruling));
            if (text_is(ruling.verdict, "competent")) {
                (*ret)[(*ret_count)++] = (struct delegation_line){question.act, question.decision};
            }
        }
    }
    return NULL;
}

static const struct err *
ask(struct ctx *ctx, const struct question *question, struct ruling *ret)
{
    struct buf buf = buf_new(ctx->arena, 1024);
    struct json_out out = json_out(&buf);
    json_open_object(&out);
    json_member_text(&out, "act", question->act);
    json_member_text(&out, "decision", question->decision);
    json_member_text(&out, "by", question->by);
    json_member_bool(&out, "delegation_covers", question->covers);
    json_close_object(&out);
    struct json *facts = ARENA_NEW(ctx->arena, struct json);
    TRY(json_read(ctx->arena, buf_built(&buf), facts));
    const struct law_question asked = {.check = TEXT("competence"), .as_of = ctx->today, .facts = facts, .trace = true};
    struct question_fault fault = {0};
    const struct err *err = law_ask(ctx->arena, ctx->law, &asked, ret, &fault);
    if (err != NULL) {
        return FAIL_BY(ctx->arena, err, ERR_LAW, "competence cannot be asked: %s, %.*s",
                       fault.code == NULL ? "?" : fault.code, TEXT_ARG(fault.message));
    }
    return NULL;
}

/* Who signs: an office held today speaks first, then a delegation, then what the account is. */
static const struct err *
facts_of(struct ctx *ctx, struct text act_code, struct text decision, struct account_id account, struct question *ret,
         struct capacity *ret_capacity)
{
    *ret = (struct question){
        .act = code_or_other(ctx, act_code),
        .decision = text_is(decision, "lift") ? TEXT("suspend") : decision,
    };
    *ret_capacity = (struct capacity){.day = DATE_NONE};
    struct appointment appointment;
    bool appointed = false;
    TRY(appointment_of_account(ctx, account, &appointment, &appointed));
    if (appointed && appointment.office != OFFICE_SECRETARY_GENERAL) {
        ret->by = appointment.office == OFFICE_BOARD_CHAIR ? TEXT("board") : TEXT("director");
        ret_capacity->by = ret->by;
        ret_capacity->appointment = appointment.act;
        ret_capacity->number = appointment.basis_number;
        ret_capacity->day = appointment.basis_day;
        capacity_words_office(ctx->arena, &appointment, ret_capacity);
        return NULL;
    }
    TRY(by_delegation(ctx, account, ret, ret_capacity));
    if (!ret->covers && appointed) {
        ret->by = TEXT("secretary_general");
        ret_capacity->appointment = appointment.act;
        ret_capacity->number = appointment.basis_number;
        ret_capacity->day = appointment.basis_day;
        capacity_words_office(ctx->arena, &appointment, ret_capacity);
    }
    ret_capacity->by = ret->by;
    return NULL;
}

static const struct err *
by_delegation(struct ctx *ctx, struct account_id account, struct question *question, struct capacity *capacity)
{
    unsigned roles = 0;
    TRY(roles_of(ctx, account, &roles));
    question->by = (roles & ROLE_STAFF) != 0 ? TEXT("staff_delegate") : TEXT("other_delegate");
    struct delegation delegation;
    TRY(delegation_find(ctx, account, question->act, question->decision, &delegation, &question->covers));
    if (question->covers) {
        capacity->appointment = delegation.appointment;
        capacity->delegation = delegation.act;
        capacity->number = delegation.number;
        capacity->day = delegation.signed_on;
        capacity_words_delegation(ctx->arena, &delegation, capacity);
    }
    return NULL;
}

static struct text
code_or_other(struct ctx *ctx, struct text act_code)
{
    const struct law_check *check = law_check(ctx->arena, ctx->law, TEXT("competence"), ctx->today);
    const struct law_fact *acts = check == NULL ? NULL : fact_of(check, "act");
    for (size_t i = 0; acts != NULL && i < acts->codes_count; i++) {
        if (text_equal(acts->codes[i], act_code)) {
            return act_code;
        }
    }
    return TEXT("other");
}

static const struct law_fact *
fact_of(const struct law_check *check, const char *name)
{
    for (size_t i = 0; i < check->facts_count; i++) {
        if (text_is(check->facts[i].name, name)) {
            return &check->facts[i];
        }
    }
    return NULL;
}
