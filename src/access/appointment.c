#include "access/appointment.h"

#include <assert.h>

#include "access/access_body.h"
#include "access/account.h"
#include "access/appointment.sql.h"
#include "access/role.h"

static const char *const offices[OFFICES] = {
    [OFFICE_DIRECTOR] = "director",
    [OFFICE_ACTING_DIRECTOR] = "acting_director",
    [OFFICE_SECRETARY_GENERAL] = "secretary_general",
    [OFFICE_BOARD_CHAIR] = "board_chair",
};
/* In which order one person's offices speak for him. */
static const enum office ranks[] = {OFFICE_DIRECTOR, OFFICE_ACTING_DIRECTOR, OFFICE_BOARD_CHAIR,
                                    OFFICE_SECRETARY_GENERAL};

static struct appointment appointment_of(const struct appointment_row_row *row);
static bool is_in_force(const struct appointment *appointment, struct date day);
static bool overlaps(const struct appointment *one, const struct appointment *other);
static const struct err *draft_check(struct ctx *ctx, const struct appointment *draft);
static const struct err *office_is_free(struct ctx *ctx, const struct appointment *draft);
static const struct err *held_in_that_time(struct ctx *ctx, enum office office, const struct appointment *draft,
                                           struct appointment *ret, bool *ret_held);

const char *
office_code(enum office office)
{
    assert(office >= OFFICE_DIRECTOR && office < OFFICES);
    return offices[office];
}

bool
office_from(struct text code, enum office *ret)
{
    for (int i = OFFICE_DIRECTOR; i < OFFICES; i++) {
        if (text_is(code, offices[i])) {
            *ret = (enum office)i;
            return true;
        }
    }
    return false;
}

const struct err *
appointment_make(struct ctx *ctx, const struct appointment *draft, struct act_id *ret)
{
    TRY(actor_needs(ctx, ROLE_ADMINISTRATOR));
    TRY(draft_check(ctx, draft));
    TRY(office_is_free(ctx, draft));
    struct act_person person;
    TRY(account_person(ctx, draft->account, office_code(draft->office), &person));
    struct access_body body;
    access_body_begin(ctx, &body);
    access_body_id(&body, "account", draft->account.value);
    access_body_text(&body, "office", text_of(office_code(draft->office)));
    if (draft->reason != ACTING_NONE) {
        access_body_text(&body, "reason", draft->reason == ACTING_VACANCY ? TEXT("vacancy") : TEXT("absence"));
    }
    access_body_date(&body, ctx, "from", draft->from);
    access_body_date(&body, ctx, "until", draft->until);
    access_body_text(&body, "basis_number", draft->basis_number);
    access_body_date(&body, ctx, "basis_day", draft->basis_day);
    const struct act_draft act_draft = {
        .kind = TEXT("appointment_made"), .body = access_body_end(&body), .persons = &person, .persons_count = 1};
    struct act act;
    TRY(act_append(ctx, &act_draft, &act));
    *ret = act.id;
    return NULL;
}

const struct err *
appointment_end(struct ctx *ctx, struct act_id id, struct text reason)
{
    TRY(actor_needs(ctx, ROLE_ADMINISTRATOR));
    struct appointment appointment;
    TRY(appointment_get(ctx, id, &appointment));
    if (appointment.ended_at_ms != 0) {
        return FAIL(ctx->arena, ERR_WRONG_STATE, "appointment %lld is ended", (long long)id.value);
    }
    if (!text_is(reason, "resigned") && !text_is(reason, "ended") && !text_is(reason, "annulled")) {
        return FAIL(ctx->arena, ERR_INPUT, "an appointment ends by resigned, ended or annulled");
    }
    struct access_body body;
    access_body_begin(ctx, &body);
    access_body_id(&body, "appointment", id.value);
    access_body_id(&body, "account", appointment.account.value);
    access_body_text(&body, "reason", reason);
    const struct act_draft draft = {.kind = TEXT("appointment_ended"), .body = access_body_end(&body)};
    struct act act;
    return act_append(ctx, &draft, &act);
}

const struct err *
appointment_get(struct ctx *ctx, struct act_id id, struct appointment *ret)
{
    struct appointment_row_row row;
    bool found = false;
    TRY(appointment_row(ctx, id, &row, &found));
    if (!found) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "no appointment %lld", (long long)id.value);
    }
    *ret = appointment_of(&row);
    return NULL;
}

const struct err *
appointment_of_account(struct ctx *ctx, struct account_id account, struct appointment *ret, bool *ret_found)
{
    struct appointment_rows_of_account_rows rows;
    TRY(appointment_rows_of_account(ctx, account, &rows));
    *ret_found = false;
    for (size_t rank = 0; rank < sizeof ranks / sizeof ranks[0] && !*ret_found; rank++) {
        for (size_t i = 0; i < rows.count && !*ret_found; i++) {
            const struct appointment_rows_of_account_row *r = &rows.items[i];
            const struct appointment_row_row row = {r->act,         r->account,         r->office,       r->reason,
                                                    r->from_day,    r->until_day,       r->basis_number, r->basis_day,
                                                    r->ended_at_ms, r->has_ended_at_ms, r->end_reason,   r->ended_act};
            *ret = appointment_of(&row);
            *ret_found = ret->office == ranks[rank] && is_in_force(ret, ctx->today);
        }
    }
    return NULL;
}

const struct err *
appointment_of_office(struct ctx *ctx, enum office office, struct appointment *ret, bool *ret_found)
{
    struct appointment *all = NULL;
    size_t count = 0;
    TRY(appointments_list(ctx, office, &all, &count));
    *ret_found = false;
    for (size_t i = 0; i < count && !*ret_found; i++) {
        *ret = all[i];
        *ret_found = is_in_force(ret, ctx->today);
    }
    return NULL;
}

const struct err *
appointments_list(struct ctx *ctx, enum office office, struct appointment **ret, size_t *ret_count)
{
    struct appointment_rows_of_office_rows rows;
    TRY(appointment_rows_of_office(ctx, text_of(office_code(office)), &rows));
    *ret = ARENA_ARRAY(ctx->arena, struct appointment, rows.count);
    *ret_count = rows.count;
    for (size_t i = 0; i < rows.count; i++) {
        const struct appointment_rows_of_office_row *r = &rows.items[i];
        const struct appointment_row_row row = {r->act,         r->account,         r->office,       r->reason,
                                                r->from_day,    r->until_day,       r->basis_number, r->basis_day,
                                                r->ended_at_ms, r->has_ended_at_ms, r->end_reason,   r->ended_act};
        (*ret)[i] = appointment_of(&row);
    }
    return NULL;
}

const struct err *
apply_appointment_made(struct ctx *ctx, const struct act *act)
{
    struct appointment_insert_in row = {.act = act->id};
    TRY(access_body_get_id(ctx, act, "account", &row.account.value));
    TRY(access_body_get_text(ctx, act, "office", &row.office));
    row.reason = access_body_find_text(act, "reason");
    TRY(access_body_get_date(ctx, act, "from", &row.from_day));
    TRY(access_body_find_date(ctx, act, "until", &row.until_day));
    TRY(access_body_get_text(ctx, act, "basis_number", &row.basis_number));
    TRY(access_body_get_date(ctx, act, "basis_day", &row.basis_day));
    return appointment_insert(ctx, &row);
}

const struct err *
apply_appointment_ended(struct ctx *ctx, const struct act *act)
{
    struct appointment_set_ended_in row = {.at_ms = act->at_ms, .ended_act = act->id};
    TRY(access_body_get_id(ctx, act, "appointment", &row.act.value));
    TRY(access_body_get_text(ctx, act, "reason", &row.end_reason));
    int64_t changed = 0;
    return appointment_set_ended(ctx, &row, &changed);
}

static struct appointment
appointment_of(const struct appointment_row_row *row)
{
    struct appointment appointment = {
        .act = row->act,
        .account = row->account,
        .from = row->from_day,
        .until = row->until_day,
        .basis_number = row->basis_number,
        .basis_day = row->basis_day,
        .ended_at_ms = row->has_ended_at_ms ? row->ended_at_ms : 0,
        .end_reason = row->end_reason,
        .ended_act = row->ended_act,
    };
    const bool known = office_from(row->office, &appointment.office);
    assert(known);
    if (row->reason.len > 0) {
        appointment.reason = text_is(row->reason, "vacancy") ? ACTING_VACANCY : ACTING_ABSENCE;
    }
    return appointment;
}

static bool
is_in_force(const struct appointment *appointment, struct date day)
{
    return date_compare(appointment->from, day) <= 0 && appointment->ended_at_ms == 0 &&
           (date_is_none(appointment->until) || date_compare(day, appointment->until) <= 0);
}

/* Neither ends before the other begins. */
static bool
overlaps(const struct appointment *one, const struct appointment *other)
{
    const bool one_first = !date_is_none(one->until) && date_compare(one->until, other->from) < 0;
    const bool other_first = !date_is_none(other->until) && date_compare(other->until, one->from) < 0;
    return !one_first && !other_first;
}

static const struct err *
draft_check(struct ctx *ctx, const struct appointment *draft)
{
    if (draft->basis_number.len == 0 || date_is_none(draft->basis_day) || date_is_none(draft->from)) {
        return FAIL(ctx->arena, ERR_INPUT, "an appointment has a first day and a basis with number and date");
    }
    if (!date_is_none(draft->until) && date_compare(draft->until, draft->from) < 0) {
        return FAIL(ctx->arena, ERR_INPUT, "the appointment ends before it begins");
    }
    if ((draft->office == OFFICE_ACTING_DIRECTOR) != (draft->reason != ACTING_NONE)) {
        return FAIL(ctx->arena, ERR_INPUT, "an acting director, and nobody else, has a reason: vacancy or absence");
    }
    struct account account;
    TRY(account_get(ctx, draft->account, &account));
    unsigned held = 0;
    TRY(roles_of(ctx, draft->account, &held));
    const bool directs = draft->office == OFFICE_DIRECTOR || draft->office == OFFICE_ACTING_DIRECTOR;
    if (directs && !roles_agree(held | ROLE_DIRECTOR)) {
        return FAIL(ctx->arena, ERR_CONFLICT, "account %lld holds roles %#x, which do not take the direction",
                    (long long)draft->account.value, held);
    }
    return NULL;
}

static const struct err *
office_is_free(struct ctx *ctx, const struct appointment *draft)
{
    struct appointment other;
    bool held = false;
    TRY(held_in_that_time(ctx, draft->office, draft, &other, &held));
    if (held) {
        return FAIL(ctx->arena, ERR_CONFLICT, "appointment %lld holds the office", (long long)other.act.value);
    }
    if (draft->office == OFFICE_DIRECTOR) {
        TRY(held_in_that_time(ctx, OFFICE_ACTING_DIRECTOR, draft, &other, &held));
        if (held && other.reason == ACTING_VACANCY) {
            return FAIL(ctx->arena, ERR_CONFLICT, "appointment %lld acts in the vacancy: end it first",
                        (long long)other.act.value);
        }
    }
    if (draft->office == OFFICE_ACTING_DIRECTOR) {
        TRY(held_in_that_time(ctx, OFFICE_DIRECTOR, draft, &other, &held));
        if (held && draft->reason == ACTING_VACANCY) {
            return FAIL(ctx->arena, ERR_CONFLICT, "there is a director, by appointment %lld",
                        (long long)other.act.value);
        }
        if (!held && draft->reason == ACTING_ABSENCE) {
            return FAIL(ctx->arena, ERR_WRONG_STATE, "there is no director who could be absent");
        }
    }
    return NULL;
}

static const struct err *
held_in_that_time(struct ctx *ctx, enum office office, const struct appointment *draft, struct appointment *ret,
                  bool *ret_held)
{
    struct appointment *all = NULL;
    size_t count = 0;
    TRY(appointments_list(ctx, office, &all, &count));
    *ret_held = false;
    for (size_t i = 0; i < count && !*ret_held; i++) {
        *ret = all[i];
        *ret_held = ret->ended_at_ms == 0 && overlaps(ret, draft);
    }
    return NULL;
}
