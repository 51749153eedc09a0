#include "office/dossier.h"

#include <assert.h>

#include "office/dossier.sql.h"
#include "office/engine.h"

static const char *const state_codes[DOSSIER_STATES] = {
    [DOSSIER_BEING_DEPOSITED] = "being_deposited",
    [DOSSIER_UNDER_REVIEW] = "under_review",
    [DOSSIER_AWAITING_PAPER] = "awaiting_paper",
    [DOSSIER_AWAITING_INFORMATION] = "awaiting_information",
    [DOSSIER_PROPOSED] = "proposed",
    [DOSSIER_GRANTED] = "granted",
    [DOSSIER_REFUSED] = "refused",
    [DOSSIER_RETURNED] = "returned",
    [DOSSIER_GIVEN_UP] = "given_up",
};

/* Where each event leads from each state; what is not here may not happen. */
static const enum dossier_state moves[DOSSIER_STATES][DOSSIER_EVENTS] = {
    [DOSSIER_BEING_DEPOSITED] = {[EVENT_SUPPLY] = DOSSIER_BEING_DEPOSITED,
                                 [EVENT_COMPLETE] = DOSSIER_UNDER_REVIEW,
                                 [EVENT_ASSIGN] = DOSSIER_BEING_DEPOSITED,
                                 [EVENT_RETURN] = DOSSIER_RETURNED,
                                 [EVENT_GIVE_UP] = DOSSIER_GIVEN_UP},
    [DOSSIER_UNDER_REVIEW] = {[EVENT_ATTEST] = DOSSIER_UNDER_REVIEW,
                              [EVENT_ASSIGN] = DOSSIER_UNDER_REVIEW,
                              [EVENT_ASK_PAPER] = DOSSIER_AWAITING_PAPER,
                              [EVENT_ASK_INFORMATION] = DOSSIER_AWAITING_INFORMATION,
                              [EVENT_PROPOSE] = DOSSIER_PROPOSED,
                              [EVENT_GIVE_UP] = DOSSIER_GIVEN_UP},
    [DOSSIER_AWAITING_PAPER] = {[EVENT_SUPPLY] = DOSSIER_AWAITING_PAPER,
                                [EVENT_PAPER_SUPPLIED] = DOSSIER_UNDER_REVIEW,
                                [EVENT_ATTEST] = DOSSIER_AWAITING_PAPER,
                                [EVENT_ASSIGN] = DOSSIER_AWAITING_PAPER,
                                [EVENT_RETURN] = DOSSIER_RETURNED,
                                [EVENT_GIVE_UP] = DOSSIER_GIVEN_UP},
    [DOSSIER_AWAITING_INFORMATION] = {[EVENT_INFORMATION_SUPPLIED] = DOSSIER_UNDER_REVIEW,
                                      [EVENT_ATTEST] = DOSSIER_AWAITING_INFORMATION,
                                      [EVENT_ASSIGN] = DOSSIER_AWAITING_INFORMATION,
                                      [EVENT_GIVE_UP] = DOSSIER_GIVEN_UP},
    [DOSSIER_PROPOSED] = {[EVENT_SEND_BACK] = DOSSIER_UNDER_REVIEW,
                          [EVENT_GRANT] = DOSSIER_GRANTED,
                          [EVENT_REFUSE] = DOSSIER_REFUSED,
                          [EVENT_GIVE_UP] = DOSSIER_GIVEN_UP},
};

const char *
dossier_state_code(enum dossier_state state)
{
    assert(state > 0 && state < DOSSIER_STATES);
    return state_codes[state];
}

bool
dossier_state_from(struct text code, enum dossier_state *ret)
{
    for (int state = 1; state < DOSSIER_STATES; state++) {
        if (text_is(code, state_codes[state])) {
            *ret = (enum dossier_state)state;
            return true;
        }
    }
    return false;
}

bool
dossier_is_closed(enum dossier_state state)
{
    return state >= DOSSIER_GRANTED;
}

const struct err *
dossier_get(struct ctx *ctx, struct dossier_id id, struct dossier *ret)
{
    struct dossier_row_get_row row;
    bool found = false;
    TRY(dossier_row_get(ctx, id, &row, &found));
    if (!found) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "no dossier %lld", (long long)id.value);
    }
    *ret = (struct dossier){.id = row.id,
                            .number = row.number,
                            .procedure = row.procedure_name,
                            .act_code = row.act_code,
                            .party = row.party,
                            .party_ar = row.party_ar,
                            .party_latin = row.party_latin,
                            .corpus_root = row.corpus_root,
                            .filed_on = row.filed_on,
                            .filed_by = row.filed_by,
                            .receipt = row.receipt,
                            .missing = row.missing,
                            .last_day_to_complete = row.last_day_to_complete,
                            .completed_on = row.completed_on,
                            .complete_on = row.complete_on,
                            .decision_days = row.decision_days,
                            .listed = row.listed,
                            .replacement_act = {row.replacement_act},
                            .replacement_requested_on = row.replacement_requested_on,
                            .replacement_received_on = row.replacement_received_on,
                            .replacement_supplied_on = row.replacement_supplied_on,
                            .replacement_codes = row.replacement_codes,
                            .replacement_reason = row.replacement_reason,
                            .information_requested_on = row.information_requested_on,
                            .information_supplied_on = row.information_supplied_on,
                            .information_asked = row.information_asked,
                            .information_answer = row.information_answer,
                            .decided_on = row.decided_on,
                            .officer = {row.officer},
                            .due_on = row.due_on,
                            .act = {row.act}};
    if (!dossier_state_from(row.state, &ret->state)) {
        return FAIL(ctx->arena, ERR_DB_CORRUPT, "dossier %lld is in no state", (long long)id.value);
    }
    return NULL;
}

const struct err *
dossier_find(struct ctx *ctx, struct text number, struct dossier *ret, bool *ret_found)
{
    struct dossier_id_of_number_row row;
    TRY(dossier_id_of_number(ctx, number, &row, ret_found));
    return *ret_found ? dossier_get(ctx, row.id, ret) : NULL;
}

bool
dossier_visible(const struct user *user, const struct dossier *dossier)
{
    return user_has(user, ROLE_OFFICER) || user_has(user, ROLE_DIRECTOR) || user_has(user, ROLE_AUDITOR) ||
           user_has(user, ROLE_COUNTER) || user_has(user, ROLE_SECRETARY) ||
           (user != NULL && user->party.value == dossier->party.value);
}

enum dossier_state
dossier_move(enum dossier_state from, enum dossier_event event)
{
    assert(from > 0 && from < DOSSIER_STATES && event > 0 && event < DOSSIER_EVENTS);
    return moves[from][event];
}

const struct err *
dossier_for(struct ctx *ctx, struct dossier_id id, enum dossier_event event, struct dossier *ret)
{
    TRY(dossier_get(ctx, id, ret));
    if (dossier_move(ret->state, event) == 0) {
        return FAIL(ctx->arena, ERR_WRONG_STATE, "dossier %.*s is %s", TEXT_ARG(ret->number),
                    dossier_state_code(ret->state));
    }
    return NULL;
}

const struct err *
dossier_moved(struct ctx *ctx, const struct act *act, enum dossier_event event, struct dossier *ret)
{
    TRY(dossier_get(ctx, (struct dossier_id){data_int(act->data, "dossier")}, ret));
    const enum dossier_state to = dossier_move(ret->state, event);
    assert(to != 0);
    ret->state = to;
    ret->due_on = data_date(act->data, "due_on");
    return timeline_add_dossier(ctx, act, ret->id);
}

const struct err *
dossier_write(struct ctx *ctx, const struct dossier *dossier)
{
    int64_t changed = 0;
    TRY(dossier_update(ctx,
                       &(struct dossier_update_in){.id = dossier->id,
                                                   .state = text_of(dossier_state_code(dossier->state)),
                                                   .completed_on = dossier->completed_on,
                                                   .complete_on = dossier->complete_on,
                                                   .replacement_act = dossier->replacement_act.value,
                                                   .replacement_requested_on = dossier->replacement_requested_on,
                                                   .replacement_received_on = dossier->replacement_received_on,
                                                   .replacement_supplied_on = dossier->replacement_supplied_on,
                                                   .replacement_codes = dossier->replacement_codes,
                                                   .replacement_reason = dossier->replacement_reason,
                                                   .information_requested_on = dossier->information_requested_on,
                                                   .information_supplied_on = dossier->information_supplied_on,
                                                   .information_asked = dossier->information_asked,
                                                   .information_answer = dossier->information_answer,
                                                   .decided_on = dossier->decided_on,
                                                   .officer = dossier->officer.value,
                                                   .due_on = dossier->due_on},
                       &changed));
    assert(changed == 1);
    return NULL;
}

const struct err *
timeline_add_dossier(struct ctx *ctx, const struct act *act, struct dossier_id id)
{
    return dossier_act_insert(
        ctx, &(struct dossier_act_insert_in){
                 .dossier = id, .act = act->id.value, .kind = act->kind, .day = act->day, .actor = act->actor});
}

const struct err *
timeline_add_instrument(struct ctx *ctx, const struct act *act, struct instrument_id id)
{
    return instrument_act_insert(
        ctx, &(struct instrument_act_insert_in){
                 .instrument = id, .act = act->id.value, .kind = act->kind, .day = act->day, .actor = act->actor});
}
