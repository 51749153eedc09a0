#include "access/user.h"

#include "access/account.h"
#include "access/mandate.h"
#include "access/role.h"
#include "access/session.sql.h"
#include "access/token.h"
#include "base/limits.h"
#include "base/world.h"

static const struct err *fill(struct ctx *ctx, const struct session_user_row *row, struct user *ret);

bool
user_has(const struct user *user, enum role role)
{
    const unsigned roles = user == NULL ? ROLE_PUBLIC : user->roles;
    return (roles & role) != 0;
}

bool
user_may_sign(const struct user *user, int64_t now_ms)
{
    return user != NULL && user->second_factor && now_ms < user->stepped_up_until_ms;
}

const struct err *
user_load(struct ctx *ctx, struct text token, struct user *ret, bool *ret_found)
{
    *ret_found = false;
    struct hash hash;
    if (!token_hash(token, &hash)) {
        return NULL;
    }
    struct session_user_row row;
    bool found = false;
    TRY(session_user(ctx, hash, &row, &found));
    const int64_t now = ctx->world->now_ms(ctx->world);
    if (!found || row.pending || !date_is_none(row.disabled_on) || now >= row.ends_at_ms ||
        now - row.seen_at_ms >= SESSION_IDLE_MS) {
        return NULL;
    }
    TRY(fill(ctx, &row, ret));
    ret->csrf = csrf_token(ctx->arena, token);
    ret->touch_due = now - row.seen_at_ms >= SESSION_TOUCH_MS;
    *ret_found = true;
    return NULL;
}

static const struct err *
fill(struct ctx *ctx, const struct session_user_row *row, struct user *ret)
{
    const struct account account = {
        .id = row->account, .email = row->email, .name_ar = row->name_ar, .name_latin = row->name_latin};
    *ret = (struct user){
        .account = row->account,
        .name = account_name(ctx, &account),
        .email = row->email,
        .session = row->id,
        .second_factor = row->second_factor,
        .stepped_up_until_ms = row->stepped_up_until_ms,
        .has_second_factor = row->enrolled,
        .must_change = row->must_change,
    };
    if (row->lang.len > 0 && !lang_from(row->lang, &ret->lang)) {
        ret->lang = LANG_NONE;
    }
    TRY(roles_of(ctx, row->account, &ret->roles));
    if (!row->second_factor) { /* without it one acts for oneself and for one's company, not for the Centre */
        ret->withheld = ret->roles & ~(unsigned)(ROLE_PUBLIC | ROLE_SIGNED_IN | ROLE_APPLICANT);
        ret->roles &= ~ret->withheld;
    }
    struct mandate *mandates = NULL;
    TRY(mandates_of_account(ctx, row->account, &mandates, &ret->mandates_count));
    for (size_t i = 0; i < ret->mandates_count; i++) {
        if (mandates[i].party.value == row->party.value || ret->mandates_count == 1) {
            ret->party = mandates[i].party;
        }
    }
    return NULL;
}
