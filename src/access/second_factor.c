#include "access/second_factor.h"

#include <assert.h>

#include "access/access_body.h"
#include "access/access_log.h"
#include "access/account.sql.h"
#include "access/session.h"
#include "access/throttle.h"
#include "access/token.h"
#include "access/totp.h"
#include "base/limits.h"
#include "base/world.h"

static_assert(RECOVERY_CODES == sizeof((struct recovery_codes){0}.items) / sizeof(struct text),
              "struct recovery_codes holds all");

static struct factor_offer offer_of(struct ctx *ctx, struct text issuer, struct text secret);

const struct err *
factor_offer(struct ctx *ctx, struct text issuer, struct factor_offer *ret)
{
    assert(ctx->user != NULL);

    const struct text secret = totp_secret_new(ctx->arena, ctx->world);
    int64_t changed = 0;
    TRY(totp_offer(ctx, ctx->user->account, secret, &changed));
    if (changed != 1) {
        return FAIL(ctx->arena, ERR_WRONG_STATE, "account %lld has no credential", (long long)ctx->user->account.value);
    }
    *ret = offer_of(ctx, issuer, secret);
    return NULL;
}

const struct err *
factor_offered(struct ctx *ctx, struct text issuer, struct factor_offer *ret, bool *ret_found)
{
    assert(ctx->user != NULL);

    struct credential_row_row credential = {0};
    TRY(credential_row(ctx, ctx->user->account, &credential, ret_found));
    *ret_found = *ret_found && credential.totp_pending.len > 0;
    if (*ret_found) {
        *ret = offer_of(ctx, issuer, credential.totp_pending);
    }
    return NULL;
}

const struct err *
factor_accept(struct ctx *ctx, struct text token, struct text code, struct recovery_codes *ret_codes,
              struct text *ret_token, bool *ret_right)
{
    assert(ctx->user != NULL);

    *ret_right = false;
    const struct account_id account = ctx->user->account;
    struct session session;
    bool found = false;
    TRY(session_find(ctx, token, &session, &found));
    if (!found || session.account.value != account.value) {
        return FAIL(ctx->arena, ERR_NOT_SIGNED_IN, "the session is over");
    }
    struct credential_row_row credential = {0};
    TRY(credential_row(ctx, account, &credential, &found));
    int64_t step = 0;
    if (!found || credential.totp_pending.len == 0 ||
        !totp_check(credential.totp_pending, code, ctx->world->now_ms(ctx->world), 0, &step)) {
        return NULL; /* whoever is signed in sees the secret on the same page: there is nothing to guess */
    }
    int64_t changed = 0;
    TRY(totp_accept(ctx, account, step, &changed));
    assert(changed == 1);
    TRY(recovery_codes_make(ctx, account, ret_codes));
    TRY(access_log_add(ctx, ACCESS_SECRET_CHANGED, account, TEXT("second_factor"), TEXT("taken up"), TEXT("")));
    TRY(sessions_end_all(ctx, account, session.id));
    session.second_factor = true;
    TRY(session_rotate(ctx, &session, ret_token));
    *ret_right = true;
    return NULL;
}

const struct err *
recovery_codes_renew(struct ctx *ctx, struct recovery_codes *ret)
{
    assert(ctx->user != NULL);

    if (!user_may_sign(ctx->user, ctx->world->now_ms(ctx->world))) {
        return FAIL(ctx->arena, ERR_STEP_UP, "new recovery codes need a step-up");
    }
    TRY(access_log_add(ctx, ACCESS_SECRET_CHANGED, ctx->user->account, TEXT("recovery_code"), TEXT("renewed"),
                       TEXT("")));
    return recovery_codes_make(ctx, ctx->user->account, ret);
}

const struct err *
recovery_codes_left(struct ctx *ctx, struct account_id account, int64_t *ret_left)
{
    struct recovery_code_left_row row;
    TRY(recovery_code_left(ctx, account, &row));
    *ret_left = row.count;
    return NULL;
}

const struct err *
recovery_codes_make(struct ctx *ctx, struct account_id account, struct recovery_codes *ret)
{
    TRY(recovery_code_drop(ctx, account));
    *ret = (struct recovery_codes){.count = RECOVERY_CODES};
    for (size_t i = 0; i < RECOVERY_CODES; i++) {
        ret->items[i] = recovery_code_new(ctx);
        struct hash hash;
        const bool hashed = recovery_code_hash(ret->items[i], &hash);
        assert(hashed);
        TRY(recovery_code_make(ctx, account, hash));
    }
    return NULL;
}

const struct err *
factor_used(struct ctx *ctx, struct account_id account, int64_t *ret_step)
{
    struct credential_row_row credential = {0};
    bool found = false;
    TRY(credential_row(ctx, account, &credential, &found));
    *ret_step = found ? credential.totp_step : 0;
    return NULL;
}

const struct err *
second_factor_reset(struct ctx *ctx, struct account_id account, struct text reason)
{
    TRY(actor_needs(ctx, ROLE_ADMINISTRATOR));
    if (ctx->user != NULL && ctx->user->account.value == account.value) {
        return FAIL(ctx->arena, ERR_FORBIDDEN, "nobody resets his own second factor");
    }
    struct account known;
    TRY(account_get(ctx, account, &known));
    if (text_trim(reason).len == 0) {
        return FAIL(ctx->arena, ERR_INPUT, "a reset of a second factor needs its reason");
    }
    struct access_body body;
    access_body_begin(ctx, &body);
    access_body_id(&body, "account", account.value);
    access_body_text(&body, "reason", reason);
    const struct act_draft draft = {.kind = TEXT("second_factor_reset"), .body = access_body_end(&body)};
    struct act act;
    TRY(act_append(ctx, &draft, &act));
    int64_t changed = 0;
    TRY(totp_drop(ctx, account, &changed));
    TRY(recovery_code_drop(ctx, account));
    TRY(throttle_clear(ctx, throttle_key_factor(ctx->arena, account.value)));
    return sessions_end_all(ctx, account, 0);
}

/* The act is the trace; secrets are no projection. */
const struct err *
apply_second_factor_reset(struct ctx *ctx, const struct act *act)
{
    int64_t account = 0;
    return access_body_get_id(ctx, act, "account", &account);
}

static struct factor_offer
offer_of(struct ctx *ctx, struct text issuer, struct text secret)
{
    return (struct factor_offer){
        .url = totp_url(ctx->arena, issuer, ctx->user->email, secret),
        .secret = base32_encode(ctx->arena, secret),
    };
}
