#include "access/sign_in.h"

#include <assert.h>

#include "access/access_log.h"
#include "access/account.sql.h"
#include "access/password.h"
#include "access/throttle.h"
#include "access/token.h"
#include "access/totp.h"
#include "base/limits.h"
#include "base/world.h"
#include "store/store.h"

static const struct err *longest_wait(struct ctx *ctx, struct text email, struct text remote, int64_t *ret_wait_ms);
static const struct err *record_failure(struct ctx *ctx, const struct sign_in *sign_in);

const struct err *
sign_in_check(struct ctx *ctx, struct sign_in *sign_in)
{
    assert(tx_mode(ctx) == TX_READ);

    struct text email;
    const bool is_email = email_normalise(ctx->arena, sign_in->email, &email);
    sign_in->email = is_email ? email : TEXT("");
    sign_in->account = (struct account_id){0};
    sign_in->right = false;
    TRY(longest_wait(ctx, sign_in->email, sign_in->remote, &sign_in->wait_ms));
    if (sign_in->wait_ms > 0) {
        return NULL;
    }
    struct account account = {0};
    bool found = false;
    TRY(account_by_email(ctx, sign_in->email, &account, &found));
    struct credential_row_row credential = {0};
    bool has_credential = false;
    if (found) {
        TRY(credential_row(ctx, account.id, &credential, &has_credential));
    }
    bool right = false;
    TRY(password_verify(ctx, sign_in->password, credential.password, &right));
    sign_in->right = right && has_credential;
    if (sign_in->right) {
        sign_in->account = account.id;
        sign_in->has_second_factor = credential.totp_secret.len > 0;
        sign_in->is_disabled = !date_is_none(account.disabled_on);
    }
    return NULL;
}

const struct err *
sign_in_record(struct ctx *ctx, const struct sign_in *sign_in, struct signed_in *ret)
{
    *ret = (struct signed_in){.outcome = SIGN_IN_WAIT, .wait_ms = sign_in->wait_ms};
    if (ret->wait_ms == 0) { /* others may have failed since the check */
        TRY(longest_wait(ctx, sign_in->email, sign_in->remote, &ret->wait_ms));
    }
    if (ret->wait_ms > 0) {
        return NULL;
    }
    if (!sign_in->right) {
        ret->outcome = SIGN_IN_WRONG;
        return record_failure(ctx, sign_in);
    }
    ret->account = sign_in->account;
    struct account account;
    TRY(account_get(ctx, sign_in->account, &account));
    if (sign_in->is_disabled || !date_is_none(account.disabled_on)) {
        ret->outcome = SIGN_IN_DISABLED;
        return access_log_add(ctx, ACCESS_REFUSED, sign_in->account, TEXT("sign_in"), TEXT("disabled"),
                              sign_in->remote);
    }
    TRY(throttle_clear(ctx, throttle_key_email(ctx->arena, sign_in->email)));
    const struct session draft = {
        .account = sign_in->account,
        .pending = sign_in->has_second_factor,
        .remote = sign_in->remote,
        .agent = sign_in->agent,
    };
    int64_t id = 0;
    TRY(session_open(ctx, &draft, &id, &ret->token));
    ret->outcome = sign_in->has_second_factor ? SIGN_IN_SECOND_FACTOR : SIGN_IN_DONE;
    if (ret->outcome == SIGN_IN_DONE) {
        TRY(access_log_add(ctx, ACCESS_SIGNED_IN, sign_in->account, TEXT("sign_in"), TEXT("password"),
                           sign_in->remote));
    }
    return NULL;
}

const struct err *
second_factor_record(struct ctx *ctx, struct text pending_token, struct text code, struct signed_in *ret)
{
    *ret = (struct signed_in){.outcome = SIGN_IN_OVER};
    struct session session;
    bool found = false;
    TRY(session_find(ctx, pending_token, &session, &found));
    if (!found || !session.pending) {
        return NULL;
    }
    struct account account;
    TRY(account_get(ctx, session.account, &account));
    if (!date_is_none(account.disabled_on)) {
        return NULL;
    }
    ret->account = session.account;
    ret->outcome = SIGN_IN_WAIT;
    TRY(throttle_wait(ctx, throttle_key_factor(ctx->arena, session.account.value), &ret->wait_ms));
    if (ret->wait_ms > 0) {
        return NULL;
    }
    bool right = false;
    TRY(factor_use(ctx, session.account, code, true, &right));
    if (!right) {
        ret->outcome = SIGN_IN_WRONG;
        return NULL;
    }
    session.pending = false;
    session.second_factor = true;
    session.ends_at_ms = ctx->world->now_ms(ctx->world) + SESSION_WHOLE_MS;
    TRY(session_rotate(ctx, &session, &ret->token));
    ret->outcome = SIGN_IN_DONE;
    return access_log_add(ctx, ACCESS_SIGNED_IN, session.account, TEXT("sign_in"), TEXT("second_factor"),
                          session.remote);
}

const struct err *
step_up_check(struct ctx *ctx, struct step_up *step_up)
{
    assert(tx_mode(ctx) == TX_READ && ctx->user != NULL);

    step_up->right = false;
    int64_t wait_ms = 0;
    TRY(throttle_wait(ctx, throttle_key_factor(ctx->arena, ctx->user->account.value), &wait_ms));
    if (step_up->password.len == 0 || wait_ms > 0) {
        return NULL;
    }
    struct credential_row_row credential = {0};
    bool found = false;
    TRY(credential_row(ctx, ctx->user->account, &credential, &found));
    return password_verify(ctx, step_up->password, credential.password, &step_up->right);
}

const struct err *
step_up_record(struct ctx *ctx, struct text token, const struct step_up *step_up, struct signed_in *ret)
{
    assert(ctx->user != NULL);

    *ret = (struct signed_in){.outcome = SIGN_IN_OVER, .account = ctx->user->account};
    struct session session;
    bool found = false;
    TRY(session_find(ctx, token, &session, &found));
    if (!found || session.pending || session.account.value != ctx->user->account.value) {
        return NULL;
    }
    const struct text key = throttle_key_factor(ctx->arena, session.account.value);
    ret->outcome = SIGN_IN_WAIT;
    TRY(throttle_wait(ctx, key, &ret->wait_ms));
    if (ret->wait_ms > 0) {
        return NULL;
    }
    bool right = step_up->right;
    if (step_up->password.len == 0) {
        TRY(factor_use(ctx, session.account, step_up->code, false, &right));
    } else if (!right) {
        TRY(throttle_fail(ctx, key, THROTTLE_FREE_ACCOUNT));
    }
    if (!right) {
        ret->outcome = SIGN_IN_WRONG;
        return NULL;
    }
    session.stepped_up_until_ms = ctx->world->now_ms(ctx->world) + STEP_UP_MS;
    TRY(session_rotate(ctx, &session, &ret->token));
    ret->outcome = SIGN_IN_DONE;
    return NULL;
}

const struct err *
sign_out(struct ctx *ctx, struct text token)
{
    struct session session;
    bool found = false;
    TRY(session_find(ctx, token, &session, &found));
    return found ? session_end(ctx, session.account, session.id) : NULL;
}

const struct err *
factor_use(struct ctx *ctx, struct account_id account, struct text code, bool recovery_too, bool *ret_right)
{
    *ret_right = false;
    const int64_t now = ctx->world->now_ms(ctx->world);
    const struct text key = throttle_key_factor(ctx->arena, account.value);
    struct credential_row_row credential = {0};
    bool found = false;
    TRY(credential_row(ctx, account, &credential, &found));
    int64_t step = 0;
    int64_t changed = 0;
    struct hash recovery;
    if (found && credential.totp_secret.len > 0 &&
        totp_check(credential.totp_secret, code, now, credential.totp_step, &step)) {
        TRY(totp_use(ctx, account, step, &changed));
    } else if (found && recovery_too && recovery_code_hash(code, &recovery)) {
        const struct recovery_code_use_in use = {.account = account, .code = recovery, .used_at_ms = now};
        TRY(recovery_code_use(ctx, &use, &changed));
        if (changed == 1) {
            TRY(access_log_add(ctx, ACCESS_SECRET_CHANGED, account, TEXT("recovery_code"), TEXT("used"), TEXT("")));
        }
    }
    *ret_right = changed == 1;
    return *ret_right ? throttle_clear(ctx, key) : throttle_fail(ctx, key, THROTTLE_FREE_ACCOUNT);
}

static const struct err *
longest_wait(struct ctx *ctx, struct text email, struct text remote, int64_t *ret_wait_ms)
{
    int64_t by_address = 0;
    TRY(throttle_wait(ctx, throttle_key_email(ctx->arena, email), ret_wait_ms));
    TRY(throttle_wait(ctx, throttle_key_address(ctx->arena, remote), &by_address));
    *ret_wait_ms = by_address > *ret_wait_ms ? by_address : *ret_wait_ms;
    return NULL;
}

static const struct err *
record_failure(struct ctx *ctx, const struct sign_in *sign_in)
{
    TRY(throttle_fail(ctx, throttle_key_email(ctx->arena, sign_in->email), THROTTLE_FREE_ACCOUNT));
    return throttle_fail(ctx, throttle_key_address(ctx->arena, sign_in->remote), THROTTLE_FREE_ADDRESS);
}
