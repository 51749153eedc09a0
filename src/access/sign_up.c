#include "access/sign_up.h"

#include <assert.h>

#include "access/access_log.h"
#include "access/account.sql.h"
#include "access/password.h"
#include "access/session.h"
#include "access/session.sql.h"
#include "access/throttle.h"
#include "access/token.h"
#include "base/limits.h"
#include "base/world.h"
#include "store/store.h"

static const struct err *reset_find(struct ctx *ctx, struct text token, struct account *ret, bool *ret_found);
static const struct err *password_set(struct ctx *ctx, struct account_id account, struct text hash, const char *why);
static struct text none_if_empty(struct text text);

const struct err *
sign_up_check(struct ctx *ctx, struct person_form *form, struct form_faults *faults, struct text *ret_password_hash)
{
    person_check(ctx->arena, form, faults);
    return faults->count > 0 ? NULL : password_hash(ctx, form->password, ret_password_hash);
}

const struct err *
sign_up_record(struct ctx *ctx, const struct person_form *form, struct text password_hash, struct text *ret_token)
{
    *ret_token = (struct text){0};
    struct account account;
    bool found = false;
    TRY(account_by_email(ctx, form->email, &account, &found));
    if (found) {
        return NULL;
    }
    const struct text token = token_new(ctx);
    struct sign_up_make_in row = {
        .email = form->email,
        .name_ar = none_if_empty(form->name_ar),
        .name_latin = none_if_empty(form->name_latin),
        .password = password_hash,
        .lang = form->lang == LANG_NONE ? (struct text){0} : text_of(lang_code(form->lang)),
        .ends_at_ms = ctx->world->now_ms(ctx->world) + SIGN_UP_MS,
    };
    const bool hashed = token_hash(token, &row.token);
    assert(hashed);
    TRY(sign_up_make(ctx, &row));
    *ret_token = token;
    return NULL;
}

const struct err *
sign_up_confirm(struct ctx *ctx, struct text token, struct account_id *ret, bool *ret_found)
{
    *ret_found = false;
    struct hash hash;
    if (!token_hash(token, &hash)) {
        return NULL;
    }
    struct sign_up_row_row row;
    bool found = false;
    TRY(sign_up_row(ctx, hash, &row, &found));
    if (!found || row.ends_at_ms <= ctx->world->now_ms(ctx->world)) {
        return NULL;
    }
    struct account account;
    TRY(account_by_email(ctx, row.email, &account, &found));
    if (found) { /* opened by somebody else since: an administrator */
        return NULL;
    }
    struct account_draft draft = {
        .email = row.email,
        .name_ar = row.name_ar,
        .name_latin = row.name_latin,
        .password_hash = row.password,
        .by = TEXT("sign_up"),
    };
    if (row.lang.len > 0 && !lang_from(row.lang, &draft.lang)) {
        draft.lang = LANG_NONE;
    }
    TRY(account_open(ctx, &draft, ret));
    TRY(sign_up_drop(ctx, row.email));
    *ret_found = true;
    return NULL;
}

const struct err *
password_reset_ask(struct ctx *ctx, struct text email, struct text remote, struct text *ret_token)
{
    *ret_token = (struct text){0};
    int64_t wait_ms = 0;
    const struct text key = throttle_key_address(ctx->arena, remote);
    TRY(throttle_wait(ctx, key, &wait_ms));
    if (wait_ms > 0) {
        return NULL;
    }
    TRY(throttle_fail(ctx, key, THROTTLE_FREE_ADDRESS));
    struct text normal;
    if (!email_normalise(ctx->arena, email, &normal)) {
        return NULL;
    }
    struct account account;
    bool found = false;
    TRY(account_by_email(ctx, normal, &account, &found));
    if (!found || !date_is_none(account.disabled_on)) {
        return NULL;
    }
    const struct text token = token_new(ctx);
    struct password_reset_make_in row = {.account = account.id,
                                         .ends_at_ms = ctx->world->now_ms(ctx->world) + PASSWORD_RESET_MS};
    const bool hashed = token_hash(token, &row.token);
    assert(hashed);
    TRY(password_reset_make(ctx, &row));
    *ret_token = token;
    return NULL;
}

const struct err *
password_reset_check(struct ctx *ctx, struct text token, struct text password, struct form_faults *faults,
                     struct text *ret_password_hash, bool *ret_found)
{
    struct account account;
    TRY(reset_find(ctx, token, &account, ret_found));
    if (!*ret_found) {
        return NULL;
    }
    const char *wrong = password_fault(password, account.email);
    if (wrong != NULL) {
        form_fault_add(faults, "password", wrong);
        return NULL;
    }
    return password_hash(ctx, password, ret_password_hash);
}

const struct err *
password_reset_record(struct ctx *ctx, struct text token, struct text password_hash, bool *ret_found)
{
    assert(password_hash.len > 0);

    struct account account;
    TRY(reset_find(ctx, token, &account, ret_found));
    if (!*ret_found) {
        return NULL;
    }
    TRY(password_set(ctx, account.id, password_hash, "reset"));
    TRY(throttle_clear(ctx, throttle_key_email(ctx->arena, account.email)));
    return sessions_end_all(ctx, account.id, 0);
}

const struct err *
password_change_check(struct ctx *ctx, struct text old, struct text password, struct form_faults *faults,
                      struct text *ret_password_hash)
{
    assert(ctx->user != NULL);

    struct credential_row_row credential = {0};
    bool found = false;
    TRY(credential_row(ctx, ctx->user->account, &credential, &found));
    bool right = false;
    TRY(password_verify(ctx, old, credential.password, &right));
    if (!right) {
        form_fault_add(faults, "old", "fault.password.wrong");
    }
    const char *wrong = password_fault(password, ctx->user->email);
    if (wrong == NULL && text_equal(old, password)) {
        wrong = "fault.password.same";
    }
    if (wrong != NULL) {
        form_fault_add(faults, "password", wrong);
    }
    return faults->count > 0 ? NULL : password_hash(ctx, password, ret_password_hash);
}

const struct err *
password_change_record(struct ctx *ctx, struct text token, struct text password_hash, struct text *ret_token)
{
    assert(ctx->user != NULL && password_hash.len > 0);

    struct session session;
    bool found = false;
    TRY(session_find(ctx, token, &session, &found));
    if (!found || session.account.value != ctx->user->account.value) {
        return FAIL(ctx->arena, ERR_NOT_SIGNED_IN, "the session is over");
    }
    TRY(password_set(ctx, session.account, password_hash, "changed"));
    TRY(sessions_end_all(ctx, session.account, session.id));
    return session_rotate(ctx, &session, ret_token);
}

static const struct err *
reset_find(struct ctx *ctx, struct text token, struct account *ret, bool *ret_found)
{
    *ret_found = false;
    struct hash hash;
    if (!token_hash(token, &hash)) {
        return NULL;
    }
    struct password_reset_row_row row;
    bool found = false;
    TRY(password_reset_row(ctx, hash, &row, &found));
    if (!found || row.ends_at_ms <= ctx->world->now_ms(ctx->world)) {
        return NULL;
    }
    TRY(account_get(ctx, row.account, ret));
    *ret_found = date_is_none(ret->disabled_on);
    return NULL;
}

static const struct err *
password_set(struct ctx *ctx, struct account_id account, struct text hash, const char *why)
{
    const struct credential_password_in row = {
        .account = account, .password = hash, .password_set_at_ms = ctx->world->now_ms(ctx->world)};
    int64_t changed = 0;
    TRY(credential_password(ctx, &row, &changed));
    TRY(password_reset_drop(ctx, account));
    return access_log_add(ctx, ACCESS_SECRET_CHANGED, account, TEXT("password"), text_of(why), TEXT(""));
}

static struct text
none_if_empty(struct text text)
{
    return text.len > 0 ? text : (struct text){0};
}
