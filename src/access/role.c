#include "access/role.h"

#include <assert.h>

#include "access/access_body.h"
#include "access/account.h"
#include "access/mandate.h"
#include "access/role.sql.h"

static const struct role_row {
    enum role role;
    const char *code;
    bool given; /* by role_give() */
    bool staff;
} rows[] = {
    {ROLE_PUBLIC, "public", false, false},       {ROLE_SIGNED_IN, "signed_in", false, false},
    {ROLE_APPLICANT, "applicant", false, false}, {ROLE_OFFICER, "officer", true, true},
    {ROLE_DIRECTOR, "director", false, false},   {ROLE_SECRETARY, "secretary", true, true},
    {ROLE_MEMBER, "member", true, false},        {ROLE_INSPECTOR, "inspector", true, true},
    {ROLE_ACCOUNTANT, "accountant", true, true}, {ROLE_ADMINISTRATOR, "administrator", true, true},
    {ROLE_AUDITOR, "auditor", true, false},      {ROLE_COUNTER, "counter", true, true},
    {ROLE_STAFF, "staff", false, false},
};
enum { ROWS = sizeof rows / sizeof rows[0] };

static const struct {
    unsigned one;
    unsigned others;
} apart[] = {
    {ROLE_ADMINISTRATOR, ROLE_DIRECTOR | ROLE_MEMBER | ROLE_ACCOUNTANT},
    {ROLE_ACCOUNTANT, ROLE_DIRECTOR},
    {ROLE_AUDITOR, ROLE_OFFICER | ROLE_DIRECTOR | ROLE_SECRETARY | ROLE_MEMBER | ROLE_INSPECTOR | ROLE_ACCOUNTANT |
                       ROLE_ADMINISTRATOR | ROLE_COUNTER},
};

static const struct err *append(struct ctx *ctx, const char *kind, struct account_id account, enum role role);

const char *
role_code(enum role role)
{
    for (size_t i = 0; i < ROWS; i++) {
        if (rows[i].role == role) {
            return rows[i].code;
        }
    }
    assert(!"a role without a row");
    return NULL;
}

bool
role_from(struct text code, enum role *ret)
{
    for (size_t i = 0; i < ROWS; i++) {
        if (rows[i].given && text_is(code, rows[i].code)) {
            *ret = rows[i].role;
            return true;
        }
    }
    return false;
}

bool
roles_agree(unsigned roles)
{
    for (size_t i = 0; i < sizeof apart / sizeof apart[0]; i++) {
        if ((roles & apart[i].one) != 0 && (roles & apart[i].others) != 0) {
            return false;
        }
    }
    return true;
}

const struct err *
role_give(struct ctx *ctx, struct account_id account, enum role role)
{
    TRY(actor_needs(ctx, ROLE_ADMINISTRATOR));
    enum role given;
    if (!role_from(text_of(role_code(role)), &given)) {
        return FAIL(ctx->arena, ERR_INPUT, "%s is not a role that is given", role_code(role));
    }
    struct account known;
    TRY(account_get(ctx, account, &known));
    unsigned held = 0;
    TRY(roles_of(ctx, account, &held));
    if ((held & role) != 0 || !roles_agree(held | role)) {
        return FAIL(ctx->arena, ERR_CONFLICT, "account %lld holds roles %#x, which do not take %s",
                    (long long)account.value, held, role_code(role));
    }
    return append(ctx, "role_given", account, role);
}

const struct err *
role_end(struct ctx *ctx, struct account_id account, enum role role)
{
    TRY(actor_needs(ctx, ROLE_ADMINISTRATOR));
    unsigned held = 0;
    TRY(roles_of(ctx, account, &held));
    enum role given;
    if ((held & role) == 0 || !role_from(text_of(role_code(role)), &given)) {
        return FAIL(ctx->arena, ERR_WRONG_STATE, "account %lld was not given %s", (long long)account.value,
                    role_code(role));
    }
    return append(ctx, "role_ended", account, role);
}

const struct err *
roles_of(struct ctx *ctx, struct account_id account, unsigned *ret_roles)
{
    unsigned roles = ROLE_PUBLIC | ROLE_SIGNED_IN;
    struct role_held_now_rows held;
    TRY(role_held_now(ctx, account, ctx->today, &held));
    for (size_t i = 0; i < held.count; i++) {
        for (size_t r = 0; r < ROWS; r++) {
            if (text_is(held.items[i].role, rows[r].code)) {
                roles |= rows[r].role;
                roles |= rows[r].staff ? ROLE_STAFF : 0;
            }
        }
    }
    struct authority_now_row authority;
    TRY(authority_now(ctx, account, ctx->today, &authority));
    roles |= authority.appointed > 0 || authority.delegated > 0 ? ROLE_DIRECTOR : 0;
    roles |= authority.secretary_general > 0 ? ROLE_STAFF : 0;
    struct mandate *mandates = NULL;
    size_t count = 0;
    TRY(mandates_of_account(ctx, account, &mandates, &count));
    roles |= count > 0 ? ROLE_APPLICANT : 0;
    *ret_roles = roles;
    return NULL;
}

const struct err *
role_holders(struct ctx *ctx, enum role role, struct account_id **ret, size_t *ret_count)
{
    struct role_held_by_rows held;
    TRY(role_held_by(ctx, text_of(role_code(role)), &held));
    *ret = ARENA_ARRAY(ctx->arena, struct account_id, held.count);
    *ret_count = held.count;
    for (size_t i = 0; i < held.count; i++) {
        (*ret)[i] = held.items[i].account;
    }
    return NULL;
}

const struct err *
apply_role_given(struct ctx *ctx, const struct act *act)
{
    struct role_held_make_in row = {.act = act->id, .from_day = act->day};
    TRY(access_body_get_id(ctx, act, "account", &row.account.value));
    TRY(access_body_get_text(ctx, act, "role", &row.role));
    return role_held_make(ctx, &row);
}

const struct err *
apply_role_ended(struct ctx *ctx, const struct act *act)
{
    struct role_held_end_in row = {.at_ms = act->at_ms};
    TRY(access_body_get_id(ctx, act, "account", &row.account.value));
    TRY(access_body_get_text(ctx, act, "role", &row.role));
    int64_t changed = 0;
    return role_held_end(ctx, &row, &changed);
}

static const struct err *
append(struct ctx *ctx, const char *kind, struct account_id account, enum role role)
{
    struct access_body body;
    access_body_begin(ctx, &body);
    access_body_id(&body, "account", account.value);
    access_body_text(&body, "role", text_of(role_code(role)));
    const struct act_draft draft = {.kind = text_of(kind), .body = access_body_end(&body)};
    struct act act;
    return act_append(ctx, &draft, &act);
}
