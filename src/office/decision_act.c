/* The acts of decisions and what they write, and reading them back. Version 1 of each:
 *
 * decision_proposed   {"dossier":7, "decision":"refuse", "reasons":[...], "by":3, "due_on":...}
 *                     or, after a grant, {"measure":2, "instrument":4, "decision":"suspend", "reasons":[...], "by":3}
 * proposal_sent_back  {"proposal":41, "dossier":7, "remark":"...", "due_on":...}
 * decision            {"proposal":41, "dossier":7, "decision":"grant", "reasons":[...], "proposed_by":3,
 * "notification":5, "signature":{...}, "instrument":4, "instrument_kind":"production_licence", "number":"PL-2026-0001",
 *                      "valid_until":..., "holder":{name_ar, name_latin, seat_ar, seat_latin, ice, rc, rc_court,
 *                      legal_form, capital}}; the manager's names, or a natural holder's, are a person of the act */
#include <assert.h>

#include "access/signature.h"
#include "office/decision.sql.h"
#include "office/engine.h"

static const struct err *many(struct ctx *ctx, const int64_t *acts, size_t count, struct decision **ret,
                              size_t *ret_count);

const struct err *
decision_proposed_apply(struct ctx *ctx, const struct act *act)
{
    const struct json *data = act->data;
    struct proposal_insert_in in = {.act = act->id.value,
                                    .dossier = {data_int(data, "dossier")},
                                    .instrument = {data_int(data, "instrument")},
                                    .measure = {data_int(data, "measure")},
                                    .decision = data_text(data, "decision"),
                                    .reasons = data_json(ctx, data, "reasons", "[]"),
                                    .by_account = {data_int(data, "by")},
                                    .day = act->day};
    TRY(proposal_insert(ctx, &in));
    if (in.instrument.value != 0) {
        return timeline_add_instrument(ctx, act, in.instrument);
    }
    struct dossier dossier;
    TRY(dossier_moved(ctx, act, EVENT_PROPOSE, &dossier));
    return dossier_write(ctx, &dossier);
}

const struct err *
proposal_sent_back_apply(struct ctx *ctx, const struct act *act)
{
    TRY(proposal_close(ctx, act, "sent_back"));
    if (data_int(act->data, "dossier") == 0) {
        return NULL;
    }
    struct dossier dossier;
    TRY(dossier_moved(ctx, act, EVENT_SEND_BACK, &dossier));
    return dossier_write(ctx, &dossier);
}

const struct err *
decision_apply(struct ctx *ctx, const struct act *act)
{
    const struct json *data = act->data;
    const bool grant = text_is(data_text(data, "decision"), "grant");
    struct dossier dossier;
    TRY(dossier_moved(ctx, act, grant ? EVENT_GRANT : EVENT_REFUSE, &dossier));
    dossier.decided_on = act->day;
    TRY(dossier_write(ctx, &dossier));
    const struct instrument_id instrument = {data_int(data, "instrument")};
    if (instrument.value != 0) {
        TRY(instrument_grant(ctx,
                             &(struct instrument){.id = instrument,
                                                  .kind = data_text(data, "instrument_kind"),
                                                  .number = data_text(data, "number"),
                                                  .party = dossier.party,
                                                  .granted_on = act->day,
                                                  .valid_until = data_date(data, "valid_until"),
                                                  .status = INSTRUMENT_GRANTED,
                                                  .status_on = act->day,
                                                  .dossier = dossier.id},
                             act));
        TRY(timeline_add_instrument(ctx, act, instrument));
    }
    TRY(decision_record(ctx, act, instrument));
    return notification_begin(
        ctx, act,
        &(struct notifying){
            .party = dossier.party, .dossier = dossier.id, .instrument = instrument, .negative = !grant});
}

/* What every signed act writes: the decision, its proposal closed, its signature. */
const struct err *
decision_record(struct ctx *ctx, const struct act *act, struct instrument_id instrument)
{
    const struct json *data = act->data;
    struct signature signature = {0};
    const bool is_signed = signature_read(act, &signature);
    assert(is_signed);
    TRY(proposal_close(ctx, act, "signed"));
    TRY(decision_insert(ctx, &(struct decision_insert_in){.act = act->id.value,
                                                          .dossier = {data_int(data, "dossier")},
                                                          .instrument = instrument,
                                                          .measure = {data_int(data, "measure")},
                                                          .decision = data_text(data, "decision"),
                                                          .reasons = data_json(ctx, data, "reasons", "[]"),
                                                          .proposed_by = {data_int(data, "proposed_by")},
                                                          .signed_by = signature.account,
                                                          .capacity = data_json(ctx, data, "signature", "{}"),
                                                          .day = act->day}));
    return signature_apply(ctx, act);
}

const struct err *
proposal_close(struct ctx *ctx, const struct act *act, const char *state)
{
    int64_t changed = 0;
    TRY(proposal_end(ctx,
                     &(struct proposal_end_in){.act = data_int(act->data, "proposal"),
                                               .state = text_of(state),
                                               .remark = data_text_or_empty(act->data, "remark")},
                     &changed));
    assert(changed == 1);
    return NULL;
}

const struct err *
proposal_get(struct ctx *ctx, struct act_id act, struct proposal *ret)
{
    struct proposal_row_get_row row;
    bool found = false;
    TRY(proposal_row_get(ctx, act.value, &row, &found));
    if (!found) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "no proposal %lld", (long long)act.value);
    }
    *ret = (struct proposal){.act = {row.act},
                             .dossier = row.dossier,
                             .instrument = row.instrument,
                             .measure = row.measure,
                             .decision = row.decision,
                             .by = row.by_account,
                             .day = row.day,
                             .state = row.state,
                             .remark = row.remark};
    return reasons_read(ctx, row.reasons, &ret->reasons, &ret->reasons_count);
}

const struct err *
proposal_tray(struct ctx *ctx, struct act_id after, int64_t limit, struct proposal **ret, size_t *ret_count)
{
    struct proposal_rows_open_rows rows;
    TRY(proposal_rows_open(ctx, after.value, limit, &rows));
    struct proposal *proposals = ARENA_ARRAY(ctx->arena, struct proposal, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        TRY(proposal_get(ctx, (struct act_id){rows.items[i].act}, &proposals[i]));
    }
    *ret = proposals;
    *ret_count = rows.count;
    return NULL;
}

const struct err *
proposal_of(struct ctx *ctx, struct dossier_id id, struct proposal *ret, bool *ret_found)
{
    struct proposal_of_dossier_row row;
    TRY(proposal_of_dossier(ctx, id, &row, ret_found));
    return *ret_found ? proposal_get(ctx, (struct act_id){row.act}, ret) : NULL;
}

const struct err *
decision_get(struct ctx *ctx, struct act_id act, struct decision *ret)
{
    struct decision_row_get_row row;
    bool found = false;
    TRY(decision_row_get(ctx, act.value, &row, &found));
    if (!found) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "act %lld is no decision", (long long)act.value);
    }
    *ret = (struct decision){.act = {row.act},
                             .dossier = row.dossier,
                             .instrument = row.instrument,
                             .measure = row.measure,
                             .decision = row.decision,
                             .proposed_by = row.proposed_by,
                             .signed_by = row.signed_by,
                             .signature = row.capacity,
                             .day = row.day};
    return reasons_read(ctx, row.reasons, &ret->reasons, &ret->reasons_count);
}

const struct err *
decision_of_dossier(struct ctx *ctx, struct dossier_id id, struct decision *ret, bool *ret_found)
{
    struct decision_act_of_dossier_row row;
    TRY(decision_act_of_dossier(ctx, id, &row, ret_found));
    return *ret_found ? decision_get(ctx, (struct act_id){row.act}, ret) : NULL;
}

const struct err *
decision_list_instrument(struct ctx *ctx, struct instrument_id id, struct decision **ret, size_t *ret_count)
{
    struct decision_rows_instrument_rows rows;
    TRY(decision_rows_instrument(ctx, id, &rows));
    return many(ctx, (const int64_t *)rows.items, rows.count, ret, ret_count); /* each row is its act */
}

const struct err *
decision_list_signed(struct ctx *ctx, const struct decision_query *query, struct decision **ret, size_t *ret_count)
{
    struct decision_rows_signed_rows rows;
    TRY(decision_rows_signed(ctx,
                             &(struct decision_rows_signed_in){.signed_by = query->signed_by,
                                                               .from_day = query->from,
                                                               .until_day = query->until,
                                                               .after = query->after.value,
                                                               .limit = query->limit},
                             &rows));
    return many(ctx, (const int64_t *)rows.items, rows.count, ret, ret_count);
}

static const struct err *
many(struct ctx *ctx, const int64_t *acts, size_t count, struct decision **ret, size_t *ret_count)
{
    struct decision *decisions = ARENA_ARRAY(ctx->arena, struct decision, count);
    for (size_t i = 0; i < count; i++) {
        TRY(decision_get(ctx, (struct act_id){acts[i]}, &decisions[i]));
    }
    *ret = decisions;
    *ret_count = count;
    return NULL;
}
