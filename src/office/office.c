#include "office/office.h"

#include "base/limits.h"
#include "office/dossier.sql.h"
#include "office/engine.h"

static const struct err *return_late(struct ctx *ctx, struct dossier_id id, struct office_day *day);

const struct act_kind office_kinds[] = {
    {"breach_cured", 1, breach_cured_apply, NULL},
    {"breach_found", 1, breach_found_apply, NULL},
    {"change_notified", 1, change_notified_apply, "18.23/4/1"},
    {"decision", 1, decision_apply, "18.23/85/3.2"},
    {"decision_proposed", 1, decision_proposed_apply, NULL},
    {"document_supplied", 1, document_supplied_apply, "55.19/10/1.d"},
    {"dossier_assigned", 1, dossier_assigned_apply, NULL},
    {"dossier_completed", 1, dossier_completed_apply, "55.19/10/1.e"},
    {"dossier_filed", 1, dossier_filed_apply, "55.19/10/1"},
    {"dossier_given_up", 1, dossier_given_up_apply, NULL},
    {"dossier_returned", 1, dossier_returned_apply, "55.19/10/1.d"},
    {"facts_attested", 1, facts_attested_apply, NULL},
    {"information_asked", 1, information_asked_apply, "55.19/14/1"},
    {"information_supplied", 1, information_supplied_apply, "55.19/14/3"},
    {"instrument_surrendered", 1, instrument_surrendered_apply, NULL},
    {"instrument_suspended", 1, instrument_suspended_apply, "18.23/85/3.3"},
    {"instrument_withdrawn", 1, instrument_withdrawn_apply, "18.23/85/3.3"},
    {"notice_to_comply", 1, notice_to_comply_apply, "18.23/5/2"},
    {"notification_proven", 1, notification_proven_apply, "18.23/101/1.2"},
    {"notification_sent", 1, notification_sent_apply, "18.23/101/1.2"},
    {"observations_heard", 1, observations_heard_apply, NULL},
    {"opinion_given", 1, opinion_given_apply, NULL},
    {"person_erased", 1, opinion_person_erased_apply, NULL},
    {"proposal_sent_back", 1, proposal_sent_back_apply, NULL},
    {"replacement_asked", 1, replacement_asked_apply, "55.19/10/2.a"},
    {"replacement_supplied", 1, replacement_supplied_apply, "55.19/10/2.c"},
    {"suspension_lifted", 1, suspension_lifted_apply, "18.23/85/3.3"},
    {0},
};

const struct act_projection office_projections[] = {
    {"dossier", NULL},        {"dossier_fact", NULL}, {"dossier_document", NULL}, {"dossier_act", NULL},
    {"instrument_act", NULL}, {"proposal", NULL},     {"decision", NULL},         {"notification", NULL},
    {"opinion", NULL},        {"measure", NULL},      {"change_notice", NULL},    {0},
};

const struct err *
office_day(struct ctx *ctx, struct office_day *ret)
{
    *ret = (struct office_day){0};
    struct dossier_id after = {0};
    struct dossier_rows_due_rows rows;
    do {
        TRY(dossier_rows_due(
            ctx, &(struct dossier_rows_due_in){.today = ctx->today, .after = after, .limit = PAGE_ROWS_MAX}, &rows));
        for (size_t i = 0; i < rows.count; i++) {
            after = rows.items[i].id;
            TRY(return_late(ctx, after, ret));
        }
    } while (rows.count == PAGE_ROWS_MAX);

    struct dossier_count_overdue_row overdue;
    TRY(dossier_count_overdue(ctx, ctx->today, &overdue));
    ret->overdue = overdue.count;
    return NULL;
}

/* The row says that its day has passed; whether the file is returned is for the law to say. */
static const struct err *
return_late(struct ctx *ctx, struct dossier_id id, struct office_day *day)
{
    struct dossier dossier;
    TRY(dossier_for(ctx, id, EVENT_RETURN, &dossier));
    TRY(dossier_under(&ctx, &dossier));
    struct dossier_clock clock;
    TRY(dossier_clock(ctx, &dossier, &clock));
    day->looked_at++;
    if (!text_is(clock.verdict, "returned")) {
        return NULL;
    }

    struct notification_id notification;
    TRY(notification_next(ctx, &notification));
    const struct json norms = json_of_texts(ctx, clock.ruling.failed, clock.ruling.failed_count);
    struct writing writing;
    writing_open(ctx, &writing);
    writing_int(&writing, "dossier", id.value);
    writing_text(&writing, "check", clock.ruling.check);
    writing_raw(&writing, "norms", json_to_text(ctx, &norms));
    writing_int(&writing, "notification", notification.value);
    struct act act;
    TRY(act_append(ctx,
                   &(struct act_draft){.kind = TEXT("dossier_returned"),
                                       .body = writing_close(&writing),
                                       .receipt = ruling_receipt(ctx->arena, &clock.ruling, ctx->law)},
                   &act));
    day->returned++;
    return NULL;
}
