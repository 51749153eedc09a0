#include "access/delegation.h"

#include <assert.h>

#include "access/access_body.h"
#include "access/account.h"
#include "access/competence.h"
#include "access/delegation.sql.h"
#include "access/role.h"

static const struct err *draft_check(struct ctx *ctx, const struct delegation *draft, struct account_id delegator);
static const struct err *lines_check(struct ctx *ctx, const struct delegation *draft);
static const struct err *state_append(struct ctx *ctx, const struct delegation *delegation, const char *kind,
                                      struct access_body *body);
static struct delegation delegation_of(const struct delegation_row_row *row);

const struct err *
delegation_give(struct ctx *ctx, const struct delegation *draft, struct act_id *ret)
{
    const struct account_id delegator = ctx->user == NULL ? draft->delegator : ctx->user->account;
    struct appointment appointment;
    bool found = false;
    TRY(appointment_of_account(ctx, delegator, &appointment, &found));
    if (!found || (appointment.office != OFFICE_DIRECTOR && appointment.office != OFFICE_ACTING_DIRECTOR)) {
        return FAIL(ctx->arena, ERR_NOT_COMPETENT, "account %lld is not the director: nothing is delegated twice",
                    (long long)delegator.value);
    }
    TRY(draft_check(ctx, draft, delegator));
    TRY(lines_check(ctx, draft));
    struct act_person persons[2];
    TRY(account_person(ctx, draft->delegate, "delegate", &persons[0]));
    TRY(account_person(ctx, delegator, "delegator", &persons[1]));
    struct access_body body;
    access_body_begin(ctx, &body);
    access_body_id(&body, "delegate", draft->delegate.value);
    access_body_id(&body, "delegator", delegator.value);
    access_body_id(&body, "appointment", appointment.act.value);
    access_body_text(&body, "number", draft->number);
    access_body_date(&body, ctx, "signed_on", draft->signed_on);
    access_body_date(&body, ctx, "from", draft->from);
    access_body_date(&body, ctx, "until", draft->until);
    access_body_date(&body, ctx, "published_on", draft->published_on);
    access_body_text(&body, "published_in", draft->published_in);
    json_put_name(&body.out, TEXT("covers"));
    json_open_array(&body.out);
    for (size_t i = 0; i < draft->lines_count; i++) {
        json_open_object(&body.out);
        json_member_text(&body.out, "act", draft->lines[i].act_code);
        json_member_text(&body.out, "decision", draft->lines[i].decision);
        json_close_object(&body.out);
    }
    json_close_array(&body.out);
    const struct act_draft act_draft = {
        .kind = TEXT("delegation_given"), .body = access_body_end(&body), .persons = persons, .persons_count = 2};
    struct act act;
    TRY(act_append(ctx, &act_draft, &act));
    *ret = act.id;
    return NULL;
}

const struct err *
delegation_publish(struct ctx *ctx, struct act_id id, struct date day, struct text place)
{
    if (ctx->user != NULL && !user_has(ctx->user, ROLE_ADMINISTRATOR)) {
        TRY(actor_needs(ctx, ROLE_DIRECTOR));
    }
    struct delegation delegation;
    TRY(delegation_get(ctx, id, &delegation));
    if (!date_is_none(delegation.published_on) || delegation.ended_at_ms != 0) {
        return FAIL(ctx->arena, ERR_WRONG_STATE, "delegation %lld is published or ended", (long long)id.value);
    }
    if (date_is_none(day) || date_compare(day, delegation.signed_on) < 0 || place.len == 0) {
        return FAIL(ctx->arena, ERR_INPUT, "a publication has a place and a day, not before the signature");
    }
    struct access_body body;
    access_body_begin(ctx, &body);
    access_body_date(&body, ctx, "published_on", day);
    access_body_text(&body, "published_in", place);
    return state_append(ctx, &delegation, "delegation_published", &body);
}

const struct err *
delegation_end(struct ctx *ctx, struct act_id id, struct text reason)
{
    if (ctx->user != NULL && !user_has(ctx->user, ROLE_ADMINISTRATOR)) {
        TRY(actor_needs(ctx, ROLE_DIRECTOR));
    }
    struct delegation delegation;
    TRY(delegation_get(ctx, id, &delegation));
    if (delegation.ended_at_ms != 0) {
        return FAIL(ctx->arena, ERR_WRONG_STATE, "delegation %lld is ended", (long long)id.value);
    }
    struct access_body body;
    access_body_begin(ctx, &body);
    access_body_text(&body, "reason", reason);
    return state_append(ctx, &delegation, "delegation_ended", &body);
}

const struct err *
delegation_find(struct ctx *ctx, struct account_id delegate, struct text act_code, struct text decision,
                struct delegation *ret, bool *ret_found)
{
    const struct delegation_covering_in in = {
        .delegate = delegate, .act_code = act_code, .decision = decision, .today = ctx->today};
    struct delegation_covering_row row;
    TRY(delegation_covering(ctx, &in, &row, ret_found));
    return *ret_found ? delegation_get(ctx, row.act, ret) : NULL;
}

const struct err *
delegation_get(struct ctx *ctx, struct act_id id, struct delegation *ret)
{
    struct delegation_row_row row;
    bool found = false;
    TRY(delegation_row(ctx, id, &row, &found));
    if (!found) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "no delegation %lld", (long long)id.value);
    }
    *ret = delegation_of(&row);
    struct delegation_lines_rows lines;
    TRY(delegation_lines(ctx, id, &lines));
    ret->lines = ARENA_ARRAY(ctx->arena, struct delegation_line, lines.count);
    ret->lines_count = lines.count;
    for (size_t i = 0; i < lines.count; i++) {
        ret->lines[i] = (struct delegation_line){lines.items[i].act_code, lines.items[i].decision};
    }
    return NULL;
}

const struct err *
delegations_list(struct ctx *ctx, struct act_id before, struct delegation **ret, size_t *ret_count)
{
    struct delegation_rows_rows rows;
    TRY(delegation_rows(ctx, before.value == 0 ? (struct act_id){INT64_MAX} : before, &rows));
    *ret = ARENA_ARRAY(ctx->arena, struct delegation, rows.count);
    *ret_count = rows.count;
    for (size_t i = 0; i < rows.count; i++) {
        const struct delegation_rows_row *r = &rows.items[i];
        const struct delegation_row_row row = {r->act,          r->delegate,     r->delegator,   r->appointment,
                                               r->number,       r->signed_on,    r->from_day,    r->until_day,
                                               r->published_on, r->published_in, r->ended_at_ms, r->has_ended_at_ms};
        (*ret)[i] = delegation_of(&row);
    }
    return NULL;
}

const struct err *
apply_delegation_given(struct ctx *ctx, const struct act *act)
{
    struct delegation_insert_in row = {.act = act->id};
    TRY(access_body_get_id(ctx, act, "delegate", &row.delegate.value));
    TRY(access_body_get_id(ctx, act, "delegator", &row.delegator.value));
    TRY(access_body_get_id(ctx, act, "appointment", &row.appointment.value));
    TRY(access_body_get_text(ctx, act, "number", &row.number));
    TRY(access_body_get_date(ctx, act, "signed_on", &row.signed_on));
    TRY(access_body_get_date(ctx, act, "from", &row.from_day));
    TRY(access_body_get_date(ctx, act, "until", &row.until_day));
    TRY(access_body_find_date(ctx, act, "published_on", &row.published_on));
    row.published_in = access_body_find_text(act, "published_in");
    TRY(delegation_insert(ctx, &row));
    const struct json *covers = json_get(act->data, "covers");
    for (size_t i = 0; covers != NULL && covers->type == JSON_ARRAY && i < covers->count; i++) {
        struct delegation_scope_insert_in line = {.delegation = act->id};
        if (!json_text(json_get(&covers->items[i], "act"), &line.act_code) ||
            !json_text(json_get(&covers->items[i], "decision"), &line.decision)) {
            return FAIL(ctx->arena, ERR_TAMPERED, "act %lld covers something without a name", (long long)act->id.value);
        }
        TRY(delegation_scope_insert(ctx, &line));
    }
    return NULL;
}

const struct err *
apply_delegation_published(struct ctx *ctx, const struct act *act)
{
    struct delegation_set_published_in row;
    TRY(access_body_get_id(ctx, act, "delegation", &row.act.value));
    TRY(access_body_get_date(ctx, act, "published_on", &row.published_on));
    TRY(access_body_get_text(ctx, act, "published_in", &row.published_in));
    int64_t changed = 0;
    return delegation_set_published(ctx, &row, &changed);
}

const struct err *
apply_delegation_ended(struct ctx *ctx, const struct act *act)
{
    struct act_id delegation;
    TRY(access_body_get_id(ctx, act, "delegation", &delegation.value));
    int64_t changed = 0;
    return delegation_set_ended(ctx, delegation, act->at_ms, &changed);
}

static const struct err *
draft_check(struct ctx *ctx, const struct delegation *draft, struct account_id delegator)
{
    if (draft->delegate.value == delegator.value) {
        return FAIL(ctx->arena, ERR_INPUT, "nobody delegates to himself");
    }
    if (draft->number.len == 0 || date_is_none(draft->signed_on) || date_is_none(draft->from) ||
        date_is_none(draft->until) || date_compare(draft->until, draft->from) < 0) {
        return FAIL(ctx->arena, ERR_INPUT, "a delegation has a number, its date, and a first and a last day");
    }
    struct account account;
    TRY(account_get(ctx, draft->delegate, &account));
    unsigned held = 0;
    TRY(roles_of(ctx, draft->delegate, &held));
    if ((held & ROLE_STAFF) == 0) { /* 18.23/85/5 */
        return FAIL(ctx->arena, ERR_WRONG_STATE, "account %lld is not on the Centre's staff",
                    (long long)draft->delegate.value);
    }
    if (!roles_agree(held | ROLE_DIRECTOR)) {
        return FAIL(ctx->arena, ERR_CONFLICT, "account %lld holds roles %#x, which decide nothing",
                    (long long)draft->delegate.value, held);
    }
    return NULL;
}

/* Each line is a power that the law gives the director, named once; and one at least stays with him. */
static const struct err *
lines_check(struct ctx *ctx, const struct delegation *draft)
{
    struct delegation_line *powers = NULL;
    size_t powers_count = 0;
    TRY(competence_powers(ctx, TEXT("director"), &powers, &powers_count));
    for (size_t i = 0; i < draft->lines_count; i++) {
        bool known = false;
        for (size_t p = 0; p < powers_count; p++) {
            known = known || (text_equal(powers[p].act_code, draft->lines[i].act_code) &&
                              text_equal(powers[p].decision, draft->lines[i].decision));
        }
        for (size_t j = 0; j < i; j++) {
            known = known && !(text_equal(draft->lines[j].act_code, draft->lines[i].act_code) &&
                               text_equal(draft->lines[j].decision, draft->lines[i].decision));
        }
        if (!known) {
            return FAIL(ctx->arena, ERR_INPUT, "%.*s %.*s is no power of the director, or named twice",
                        TEXT_ARG(draft->lines[i].decision), TEXT_ARG(draft->lines[i].act_code));
        }
    }
    if (draft->lines_count == 0 || draft->lines_count >= powers_count) {
        return FAIL(ctx->arena, ERR_INPUT, "a delegation covers part of the director's powers: %zu of %zu",
                    draft->lines_count, powers_count);
    }
    return NULL;
}

static const struct err *
state_append(struct ctx *ctx, const struct delegation *delegation, const char *kind, struct access_body *body)
{
    access_body_id(body, "delegation", delegation->act.value);
    const struct act_draft draft = {.kind = text_of(kind), .body = access_body_end(body)};
    struct act act;
    return act_append(ctx, &draft, &act);
}

static struct delegation
delegation_of(const struct delegation_row_row *row)
{
    return (struct delegation){
        .act = row->act,
        .delegate = row->delegate,
        .delegator = row->delegator,
        .appointment = row->appointment,
        .number = row->number,
        .signed_on = row->signed_on,
        .from = row->from_day,
        .until = row->until_day,
        .published_on = row->published_on,
        .published_in = row->published_in,
        .ended_at_ms = row->has_ended_at_ms ? row->ended_at_ms : 0,
    };
}
