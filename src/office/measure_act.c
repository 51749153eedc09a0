/* The acts after a grant and what they write. Version 1 of each:
 *
 * breach_found            {"measure":2, "instrument":4, "party":1, "ground":"object", "found":"...",
 * "inactive_since":...} notice_to_comply        {"measure":2, "cure_deadline":"2026-12-31", "hearing_offered":true,
 * "notification":8} observations_heard      {"measure":2, "observations":"..."} breach_cured            {"measure":2,
 * "cured_on":"2026-12-12"} instrument_suspended, suspension_lifted, instrument_withdrawn
 *                         {"proposal":50, "measure":2, "instrument":4, "decision":"suspend", "reasons":[...],
 *                          "proposed_by":3, "notification":9, "signature":{...}}
 *                         or, for what falls with another instrument, {"instrument":5, "decision":"withdraw",
 *                          "cascade_of":51, "notification":10}
 * instrument_surrendered  {"instrument":4}
 * change_notified         {"party":1, "instrument":4, "change_kind":"seat", "changed_on":..., "verdict":...,
 * "detail":...} */
#include <assert.h>

#include "office/engine.h"
#include "office/measure.h"
#include "office/measure.sql.h"

static const struct err *measure_of(struct ctx *ctx, const struct act *act, struct measure *ret);
static const struct err *measure_write(struct ctx *ctx, const struct measure *measure);
static const struct err *decided(struct ctx *ctx, const struct act *act, enum instrument_status status,
                                 const char *state, bool negative);

const struct err *
breach_found_apply(struct ctx *ctx, const struct act *act)
{
    const struct json *data = act->data;
    const struct instrument_id instrument = {data_int(data, "instrument")};
    TRY(measure_insert(ctx, &(struct measure_insert_in){.id = {data_int(data, "measure")},
                                                        .instrument = instrument,
                                                        .party = {data_int(data, "party")},
                                                        .ground = data_text(data, "ground"),
                                                        .inactive_since = data_date(data, "inactive_since"),
                                                        .found = data_text_or_empty(data, "found"),
                                                        .found_on = act->day,
                                                        .act = act->id.value}));
    return timeline_add_instrument(ctx, act, instrument);
}

const struct err *
notice_to_comply_apply(struct ctx *ctx, const struct act *act)
{
    struct measure measure;
    TRY(measure_of(ctx, act, &measure));
    measure.notice_sent_on = act->day;
    measure.cure_deadline = data_date(act->data, "cure_deadline");
    if (data_bool(act->data, "hearing_offered")) {
        measure.hearing_offered_on = act->day;
    }
    if (text_is(measure.state, "found")) {
        measure.state = TEXT("noticed");
    }
    TRY(measure_write(ctx, &measure));
    return notification_begin(
        ctx, act, &(struct notifying){.party = measure.party, .instrument = measure.instrument, .negative = true});
}

const struct err *
observations_heard_apply(struct ctx *ctx, const struct act *act)
{
    struct measure measure;
    TRY(measure_of(ctx, act, &measure));
    measure.heard_on = act->day;
    measure.observations = data_text_or_empty(act->data, "observations");
    return measure_write(ctx, &measure);
}

const struct err *
breach_cured_apply(struct ctx *ctx, const struct act *act)
{
    struct measure measure;
    TRY(measure_of(ctx, act, &measure));
    measure.cured_on = data_date(act->data, "cured_on");
    /* Where nothing was suspended, a cure ends the matter. */
    if (!text_is(measure.state, "suspended")) {
        measure.state = TEXT("closed");
    }
    return measure_write(ctx, &measure);
}

const struct err *
instrument_suspended_apply(struct ctx *ctx, const struct act *act)
{
    return decided(ctx, act, INSTRUMENT_SUSPENDED, "suspended", true);
}

const struct err *
suspension_lifted_apply(struct ctx *ctx, const struct act *act)
{
    return decided(ctx, act, INSTRUMENT_GRANTED, "lifted", false);
}

const struct err *
instrument_withdrawn_apply(struct ctx *ctx, const struct act *act)
{
    return decided(ctx, act, INSTRUMENT_WITHDRAWN, "withdrawn", true);
}

const struct err *
instrument_surrendered_apply(struct ctx *ctx, const struct act *act)
{
    const struct instrument_id id = {data_int(act->data, "instrument")};
    TRY(instrument_move(ctx, id, INSTRUMENT_SURRENDERED, act->day, act));
    return timeline_add_instrument(ctx, act, id);
}

const struct err *
change_notified_apply(struct ctx *ctx, const struct act *act)
{
    const struct json *data = act->data;
    const struct instrument_id instrument = {data_int(data, "instrument")};
    TRY(change_notice_insert(ctx,
                             &(struct change_notice_insert_in){.act = act->id.value,
                                                               .party = {data_int(data, "party")},
                                                               .instrument = instrument,
                                                               .change_kind = data_text_or_empty(data, "change_kind"),
                                                               .changed_on = data_date(data, "changed_on"),
                                                               .notified_on = act->day,
                                                               .verdict = data_text_or_empty(data, "verdict"),
                                                               .detail = data_text_or_empty(data, "detail")}));
    return instrument.value == 0 ? NULL : timeline_add_instrument(ctx, act, instrument);
}

static const struct err *
measure_of(struct ctx *ctx, const struct act *act, struct measure *ret)
{
    TRY(measure_get(ctx, (struct measure_id){data_int(act->data, "measure")}, ret));
    return timeline_add_instrument(ctx, act, ret->instrument);
}

static const struct err *
measure_write(struct ctx *ctx, const struct measure *measure)
{
    int64_t changed = 0;
    TRY(measure_update(ctx,
                       &(struct measure_update_in){.id = measure->id,
                                                   .state = measure->state,
                                                   .notice_sent_on = measure->notice_sent_on,
                                                   .hearing_offered_on = measure->hearing_offered_on,
                                                   .cure_deadline = measure->cure_deadline,
                                                   .heard_on = measure->heard_on,
                                                   .observations = measure->observations,
                                                   .cured_on = measure->cured_on},
                       &changed));
    assert(changed == 1);
    return NULL;
}

static const struct err *
decided(struct ctx *ctx, const struct act *act, enum instrument_status status, const char *state, bool negative)
{
    const struct instrument_id id = {data_int(act->data, "instrument")};
    struct instrument instrument;
    TRY(instrument_get(ctx, id, &instrument));
    TRY(instrument_move(ctx, id, status, act->day, act));
    if (data_int(act->data, "cascade_of") != 0) {
        TRY(timeline_add_instrument(ctx, act, id));
    } else {
        struct measure measure;
        TRY(measure_of(ctx, act, &measure));
        measure.state = text_of(state);
        TRY(measure_write(ctx, &measure));
        TRY(decision_record(ctx, act, id));
    }
    return notification_begin(ctx, act,
                              &(struct notifying){.party = instrument.party, .instrument = id, .negative = negative});
}
