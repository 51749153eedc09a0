/* What happens to a licence after the grant: changes told, a breach with its notice, suspension, cure or withdrawal. */
#include <assert.h>

#include "access/mandate.h"
#include "app/demo_story.h"
#include "office/measure.h"
#include "office/notification.h"

enum { CURE_DAYS = 30 };

typedef const struct err *step_fn(struct demo *demo, struct ctx *ctx, struct demo_story *story);
static step_fn after, breach, notice, suspend, suspend_sign, hear, cure, lift, lift_sign, withdraw, withdraw_sign,
    change, surrender;

static const struct err *propose(struct demo *demo, struct ctx *ctx, struct demo_story *story, const char *decision,
                                 const char *why);
static const struct err *sign(struct demo *demo, struct ctx *ctx, struct demo_story *story);
static void as_holder(struct demo *demo, struct ctx *ctx, const struct demo_story *story);
static void as_officer(struct demo *demo, struct ctx *ctx, const struct demo_story *story);

const struct err *
demo_live_measure(struct demo *demo, struct ctx *ctx, struct demo_story *story)
{
    static step_fn *const steps[STEP_END] = {
        [STEP_AFTER] = after,
        [STEP_BREACH] = breach,
        [STEP_NOTICE] = notice,
        [STEP_SUSPEND] = suspend,
        [STEP_SUSPEND_SIGN] = suspend_sign,
        [STEP_HEAR] = hear,
        [STEP_CURE] = cure,
        [STEP_LIFT] = lift,
        [STEP_LIFT_SIGN] = lift_sign,
        [STEP_WITHDRAW] = withdraw,
        [STEP_WITHDRAW_SIGN] = withdraw_sign,
        [STEP_CHANGE] = change,
        [STEP_SURRENDER] = surrender,
    };
    assert(steps[story->step] != NULL);
    return steps[story->step](demo, ctx, story);
}

/* A holder from before the law has no account yet. */
static const struct err *
after(struct demo *demo, struct ctx *ctx, struct demo_story *story)
{
    struct demo_company *company = &demo->companies[story->company];
    if (story->instrument.value == 0) {
        story->instrument = company->licence;
    }
    if (company->mandate.value == 0) {
        struct demo_person *manager = &company->manager;
        demo_as_system(ctx);
        TRY(demo_account(demo, ctx, manager, false));
        const struct mandate mandate = {.account = manager->account,
                                        .party = company->party,
                                        .role = MANDATE_MANAGER,
                                        .from = ctx->today,
                                        .until = DATE_NONE};
        as_officer(demo, ctx, story);
        TRY(mandate_give(ctx, &mandate, &company->mandate));
        company->is_verified = true;
        manager->roles = ROLE_APPLICANT;
    }
    demo_next(demo, story, story->course->after, 0, 1);
    return NULL;
}

static const struct err *
breach(struct demo *demo, struct ctx *ctx, struct demo_story *story)
{
    const struct finding finding = {.instrument = story->instrument,
                                    .ground = TEXT("object"),
                                    .found = TEXT("حذفت الشركة الإنتاج السينمائي من غرضها في نظامها الأساسي المعدل."),
                                    .inactive_since = DATE_NONE};
    as_officer(demo, ctx, story);
    TRY(breach_find(ctx, &finding, &story->measure));
    demo_next(demo, story, STEP_NOTICE, 0, 2);
    return NULL;
}

static const struct err *
notice(struct demo *demo, struct ctx *ctx, struct demo_story *story)
{
    story->cure_deadline = (struct date){ctx->today.days + CURE_DAYS};
    as_officer(demo, ctx, story);
    TRY(notice_give(ctx, story->measure, story->cure_deadline));
    TRY(act_last(ctx, &story->act));
    demo_next(demo, story, STEP_SUSPEND, 1, 3);
    return NULL;
}

static const struct err *
suspend(struct demo *demo, struct ctx *ctx, struct demo_story *story)
{
    TRY(demo_open_notification(demo, ctx, story, story->act));
    TRY(propose(demo, ctx, story, "suspend", "تبين من النظام الأساسي المعدل أن الغرض لم يعد يشمل الإنتاج السينمائي."));
    demo_next(demo, story, STEP_SUSPEND_SIGN, 0, 1);
    return NULL;
}

static const struct err *
suspend_sign(struct demo *demo, struct ctx *ctx, struct demo_story *story)
{
    TRY(sign(demo, ctx, story));
    demo_next(demo, story, STEP_HEAR, 1, 4);
    return NULL;
}

static const struct err *
hear(struct demo *demo, struct ctx *ctx, struct demo_story *story)
{
    TRY(demo_open_notification(demo, ctx, story, story->act));
    as_holder(demo, ctx, story);
    TRY(observations_hear(ctx, story->measure, TEXT("وقع الحذف سهوا، وسيعرض التصحيح على الجمع العام المقبل.")));
    if (story->course->is_cured) {
        demo_next(demo, story, STEP_CURE, 4, 9);
    } else {
        demo_next(demo, story, STEP_WITHDRAW, CURE_DAYS, CURE_DAYS + 6);
    }
    return NULL;
}

static const struct err *
cure(struct demo *demo, struct ctx *ctx, struct demo_story *story)
{
    as_officer(demo, ctx, story);
    TRY(breach_cure(ctx, story->measure, ctx->today));
    demo_next(demo, story, STEP_LIFT, 0, 2);
    return NULL;
}

static const struct err *
lift(struct demo *demo, struct ctx *ctx, struct demo_story *story)
{
    TRY(propose(demo, ctx, story, "lift", "أودعت الشركة نظامها الأساسي بعد تصحيح غرضها."));
    demo_next(demo, story, STEP_LIFT_SIGN, 0, 2);
    return NULL;
}

static const struct err *
lift_sign(struct demo *demo, struct ctx *ctx, struct demo_story *story)
{
    TRY(sign(demo, ctx, story));
    story->step = STEP_END;
    return NULL;
}

static const struct err *
withdraw(struct demo *demo, struct ctx *ctx, struct demo_story *story)
{
    TRY(propose(demo, ctx, story, "withdraw", "انقضى الأجل المحدد في الإعذار دون أن تصحح الشركة غرضها."));
    demo_next(demo, story, STEP_WITHDRAW_SIGN, 0, 2);
    return NULL;
}

static const struct err *
withdraw_sign(struct demo *demo, struct ctx *ctx, struct demo_story *story)
{
    TRY(sign(demo, ctx, story));
    story->step = STEP_END;
    return NULL;
}

/* The seat moves: told within the ten days, and the register changes. */
static const struct err *
change(struct demo *demo, struct ctx *ctx, struct demo_story *story)
{
    struct demo_company *company = &demo->companies[story->company];
    const uint64_t city = (uint64_t)demo_die(demo, 1000);
    const struct demo_name seat = demo_address(demo->arena, (uint64_t)demo_die(demo, 5000), city);
    const struct change_notice notice_of = {
        .party = company->party,
        .instrument = story->instrument,
        .change_kind = TEXT("seat"),
        .changed_on = {ctx->today.days - (int32_t)demo_die(demo, 9)},
        .detail = text_printf(ctx->arena, "انتقل المقر الاجتماعي إلى: %.*s", TEXT_ARG(seat.ar)),
    };
    as_holder(demo, ctx, story);
    TRY(change_notify(ctx, &notice_of));
    company->draft.seat_ar = seat.ar;
    company->draft.seat_latin = seat.latin;
    story->step = STEP_END;
    return party_change(ctx, company->party, &company->draft);
}

static const struct err *
surrender(struct demo *demo, struct ctx *ctx, struct demo_story *story)
{
    as_holder(demo, ctx, story);
    story->step = STEP_END;
    return instrument_surrender(ctx, story->instrument);
}

static const struct err *
propose(struct demo *demo, struct ctx *ctx, struct demo_story *story, const char *decision, const char *why)
{
    const struct reason found = {.kind = DECISION_REASON_FACTUAL, .says = {[LANG_AR] = text_of(why)}};
    const struct decision_proposal proposal = {.decision = text_of(decision), .factual = &found, .factual_count = 1};
    as_officer(demo, ctx, story);
    return measure_propose(ctx, story->measure, &proposal, &story->proposal);
}

static const struct err *
sign(struct demo *demo, struct ctx *ctx, struct demo_story *story)
{
    demo_as(demo, ctx, &demo->director, (struct party_id){0});
    return decision_sign(ctx, story->proposal, &story->act);
}

static void
as_holder(struct demo *demo, struct ctx *ctx, const struct demo_story *story)
{
    const struct demo_company *company = &demo->companies[story->company];
    demo_as(demo, ctx, &company->manager, company->party);
}

static void
as_officer(struct demo *demo, struct ctx *ctx, const struct demo_story *story)
{
    demo_as(demo, ctx, &demo->officers[story->officer], (struct party_id){0});
}
