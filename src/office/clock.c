/* The clocks of a dossier, asked of Law 55.19 (checks filing-receipt and answer-term), never counted here. */
#include "office/engine.h"

const struct err *
dossier_clock(struct ctx *ctx, const struct dossier *dossier, struct dossier_clock *ret)
{
    TRY(dossier_under(&ctx, dossier));
    *ret = (struct dossier_clock){.last_day = DATE_NONE, .half_ends_on = DATE_NONE};
    struct json known;
    TRY(dossier_known(ctx, dossier, &known));
    const bool deposited = !date_is_none(dossier->complete_on);
    TRY(check_ask(ctx, deposited ? TEXT("answer-term") : TEXT("filing-receipt"), ctx->today, &known, &ret->ruling));
    ret->verdict = ret->ruling.verdict;
    ret->has_days_left = json_int64(ruling_result(&ret->ruling, "days_left"), &ret->days_left);
    json_bool(ruling_result(&ret->ruling, "may_request_replacement"), &ret->may_request_replacement);
    json_bool(ruling_result(&ret->ruling, "may_request_information"), &ret->may_request_information);
    ret->half_ends_on = ruling_date(&ret->ruling, "half_ends_on");
    ret->last_day = !deposited                                 ? ruling_date(&ret->ruling, "last_day_to_complete")
                    : dossier->state == DOSSIER_AWAITING_PAPER ? ruling_date(&ret->ruling, "last_day_to_replace")
                                                               : ruling_date(&ret->ruling, "last_day");
    /* The check counts one request of each kind: a second list would be the free-form correction that the law ended. */
    ret->may_request_replacement = ret->may_request_replacement && dossier->state == DOSSIER_UNDER_REVIEW &&
                                   date_is_none(dossier->replacement_requested_on);
    ret->may_request_information = ret->may_request_information && dossier->state == DOSSIER_UNDER_REVIEW;
    return NULL;
}

const struct err *
dossier_due(struct ctx *ctx, const struct dossier *changed, struct date *ret)
{
    *ret = DATE_NONE;
    if (dossier_is_closed(changed->state)) {
        return NULL;
    }
    struct dossier_clock clock;
    TRY(dossier_clock(ctx, changed, &clock));
    *ret = clock.last_day;
    return NULL;
}
