#include "access/account.h"

#include <assert.h>

#include "access/access_body.h"
#include "access/account.sql.h"
#include "access/session.h"
#include "base/world.h"
#include "store/counter.h"

static struct account account_of(const struct account_row_row *row);
static const struct err *append_state(struct ctx *ctx, const char *kind, struct account_id id, struct text reason);
static const struct err *person_of_act(struct ctx *ctx, const struct act *act, struct account_id *ret_id,
                                       struct account *ret);

struct text
account_name(struct ctx *ctx, const struct account *account)
{
    const bool arabic = ctx->lang == LANG_AR || ctx->lang == LANG_NONE || ctx->lang == LANG_ZGH;
    const struct text first = arabic ? account->name_ar : account->name_latin;
    const struct text second = arabic ? account->name_latin : account->name_ar;
    if (first.len > 0) {
        return first;
    }
    return second.len > 0 ? second : account_subject(ctx->arena, account->id);
}

struct text
account_subject(struct arena *arena, struct account_id id)
{
    return text_printf(arena, "account:%lld", (long long)id.value);
}

const struct err *
account_open(struct ctx *ctx, const struct account_draft *draft, struct account_id *ret)
{
    struct account account = {.email = draft->email, .name_ar = draft->name_ar, .name_latin = draft->name_latin};
    struct account known;
    bool found = false;
    TRY(account_by_email(ctx, draft->email, &known, &found));
    if (found) {
        return FAIL(ctx->arena, ERR_CONFLICT, "the e-mail has account %lld", (long long)known.id.value);
    }
    TRY(counter_next(ctx, TEXT("account"), &account.id.value));

    struct access_body body;
    access_body_begin(ctx, &body);
    access_body_id(&body, "account", account.id.value);
    access_body_text(&body, "by", draft->by);
    struct access_body data;
    access_body_begin(ctx, &data);
    access_body_text(&data, "email", account.email);
    access_body_text(&data, "name_ar", account.name_ar);
    access_body_text(&data, "name_latin", account.name_latin);
    const struct act_person person = {
        .subject = account_subject(ctx->arena, account.id), .role = TEXT("holder"), .data = access_body_end(&data)};
    const struct act_draft act_draft = {
        .kind = TEXT("account_opened"), .body = access_body_end(&body), .persons = &person, .persons_count = 1};
    struct act act;
    TRY(act_append(ctx, &act_draft, &act));
    const struct credential_make_in secrets = {
        .account = account.id,
        .password = draft->password_hash.len > 0 ? draft->password_hash : (struct text){0},
        .password_set_at_ms = ctx->world->now_ms(ctx->world),
        .must_change = draft->must_change,
        .totp_secret = draft->totp_secret.len > 0 ? draft->totp_secret : (struct text){0},
        .lang = draft->lang == LANG_NONE ? (struct text){0} : text_of(lang_code(draft->lang)),
    };
    TRY(credential_make(ctx, &secrets));
    *ret = account.id;
    return NULL;
}

const struct err *
account_change(struct ctx *ctx, const struct account *account)
{
    struct account known;
    bool found = false;
    TRY(account_by_email(ctx, account->email, &known, &found));
    if (found && known.id.value != account->id.value) {
        return FAIL(ctx->arena, ERR_CONFLICT, "the e-mail has account %lld", (long long)known.id.value);
    }
    TRY(account_get(ctx, account->id, &known));
    if (ctx->user == NULL || ctx->user->account.value != account->id.value) {
        TRY(actor_needs(ctx, ROLE_ADMINISTRATOR));
    }
    struct access_body body;
    access_body_begin(ctx, &body);
    access_body_id(&body, "account", account->id.value);
    struct access_body data;
    access_body_begin(ctx, &data);
    access_body_text(&data, "email", account->email);
    access_body_text(&data, "name_ar", account->name_ar);
    access_body_text(&data, "name_latin", account->name_latin);
    const struct act_person person = {
        .subject = account_subject(ctx->arena, account->id), .role = TEXT("holder"), .data = access_body_end(&data)};
    const struct act_draft draft = {
        .kind = TEXT("account_changed"), .body = access_body_end(&body), .persons = &person, .persons_count = 1};
    struct act act;
    return act_append(ctx, &draft, &act);
}

const struct err *
account_disable(struct ctx *ctx, struct account_id id, struct text reason)
{
    struct account account;
    TRY(account_get(ctx, id, &account));
    TRY(actor_needs(ctx, ROLE_ADMINISTRATOR));
    if (!date_is_none(account.disabled_on)) {
        return FAIL(ctx->arena, ERR_WRONG_STATE, "account %lld is disabled already", (long long)id.value);
    }
    TRY(append_state(ctx, "account_disabled", id, reason));
    return sessions_end_all(ctx, id, 0);
}

const struct err *
account_enable(struct ctx *ctx, struct account_id id, struct text reason)
{
    struct account account;
    TRY(account_get(ctx, id, &account));
    TRY(actor_needs(ctx, ROLE_ADMINISTRATOR));
    if (date_is_none(account.disabled_on)) {
        return FAIL(ctx->arena, ERR_WRONG_STATE, "account %lld is not disabled", (long long)id.value);
    }
    return append_state(ctx, "account_enabled", id, reason);
}

const struct err *
account_forget(struct ctx *ctx, struct account_id id)
{
    const struct account_describe_in nobody = {.id = id};
    int64_t changed = 0;
    TRY(account_describe(ctx, &nobody, &changed));
    TRY(credential_drop(ctx, id));
    TRY(recovery_code_drop(ctx, id));
    return sessions_end_all(ctx, id, 0);
}

const struct err *
account_get(struct ctx *ctx, struct account_id id, struct account *ret)
{
    struct account_row_row row;
    bool found = false;
    TRY(account_row(ctx, id, &row, &found));
    if (!found) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "no account %lld", (long long)id.value);
    }
    *ret = account_of(&row);
    return NULL;
}

const struct err *
account_by_email(struct ctx *ctx, struct text email, struct account *ret, bool *ret_found)
{
    struct account_row_by_email_row row;
    TRY(account_row_by_email(ctx, email, &row, ret_found));
    if (*ret_found) {
        *ret =
            (struct account){row.id, row.email, row.name_ar, row.name_latin, row.opened_on, row.disabled_on, row.act};
    }
    return NULL;
}

const struct err *
accounts_list(struct ctx *ctx, struct account_id after, int64_t limit, struct account **ret, size_t *ret_count)
{
    struct account_rows_rows rows;
    TRY(account_rows(ctx, after, limit, &rows));
    *ret = ARENA_ARRAY(ctx->arena, struct account, rows.count);
    *ret_count = rows.count;
    for (size_t i = 0; i < rows.count; i++) {
        const struct account_rows_row *row = &rows.items[i];
        (*ret)[i] = (struct account){row->id,        row->email,       row->name_ar, row->name_latin,
                                     row->opened_on, row->disabled_on, row->act};
    }
    return NULL;
}

const struct err *
account_lang(struct ctx *ctx, struct account_id id, enum lang *ret)
{
    struct credential_row_row row = {0};
    bool found = false;
    *ret = LANG_NONE;
    TRY(credential_row(ctx, id, &row, &found));
    if (found && row.lang.at != NULL && !lang_from(row.lang, ret)) {
        *ret = LANG_NONE;
    }
    return NULL;
}

const struct err *
account_lang_set(struct ctx *ctx, struct account_id id, enum lang lang)
{
    int64_t changed = 0;
    return credential_lang(ctx, id, lang == LANG_NONE ? (struct text){0} : text_of(lang_code(lang)), &changed);
}

const struct err *
account_person(struct ctx *ctx, struct account_id id, const char *role, struct act_person *ret)
{
    struct account account;
    TRY(account_get(ctx, id, &account));
    struct access_body data;
    access_body_begin(ctx, &data);
    access_body_text(&data, "name_ar", account.name_ar);
    access_body_text(&data, "name_latin", account.name_latin);
    *ret = (struct act_person){
        .subject = account_subject(ctx->arena, id), .role = text_of(role), .data = access_body_end(&data)};
    return NULL;
}

const struct err *
apply_account_opened(struct ctx *ctx, const struct act *act)
{
    struct account account;
    struct account_id id;
    TRY(person_of_act(ctx, act, &id, &account));
    const struct account_make_in row = {
        .id = id,
        .email = account.email,
        .name_ar = account.name_ar,
        .name_latin = account.name_latin,
        .opened_on = act->day,
        .act = act->id,
    };
    return account_make(ctx, &row);
}

const struct err *
apply_account_changed(struct ctx *ctx, const struct act *act)
{
    struct account account;
    struct account_id id;
    TRY(person_of_act(ctx, act, &id, &account));
    const struct account_describe_in row = {
        .id = id, .email = account.email, .name_ar = account.name_ar, .name_latin = account.name_latin};
    int64_t changed = 0;
    return account_describe(ctx, &row, &changed);
}

const struct err *
apply_account_disabled(struct ctx *ctx, const struct act *act)
{
    struct account_id id;
    TRY(access_body_get_id(ctx, act, "account", &id.value));
    int64_t changed = 0;
    return account_close(ctx, id, act->day, &changed);
}

const struct err *
apply_account_enabled(struct ctx *ctx, const struct act *act)
{
    struct account_id id;
    TRY(access_body_get_id(ctx, act, "account", &id.value));
    int64_t changed = 0;
    return account_close(ctx, id, DATE_NONE, &changed);
}

static struct account
account_of(const struct account_row_row *row)
{
    return (struct account){row->id,        row->email,       row->name_ar, row->name_latin,
                            row->opened_on, row->disabled_on, row->act};
}

static const struct err *
append_state(struct ctx *ctx, const char *kind, struct account_id id, struct text reason)
{
    struct access_body body;
    access_body_begin(ctx, &body);
    access_body_id(&body, "account", id.value);
    access_body_text(&body, "reason", reason);
    const struct act_draft draft = {.kind = text_of(kind), .body = access_body_end(&body)};
    struct act act;
    return act_append(ctx, &draft, &act);
}

/* What the act says of its person; nothing of one that was erased since. */
static const struct err *
person_of_act(struct ctx *ctx, const struct act *act, struct account_id *ret_id, struct account *ret)
{
    TRY(access_body_get_id(ctx, act, "account", &ret_id->value));
    *ret = (struct account){.id = *ret_id};
    struct act_person *persons = NULL;
    size_t count = 0;
    TRY(act_persons(ctx, act->id, &persons, &count));
    const struct text subject = account_subject(ctx->arena, *ret_id);
    for (size_t i = 0; i < count; i++) {
        if (persons[i].data.at == NULL || !text_equal(persons[i].subject, subject)) {
            continue;
        }
        struct json data;
        TRY(json_read(ctx->arena, persons[i].data, &data));
        json_text(json_get(&data, "email"), &ret->email);
        json_text(json_get(&data, "name_ar"), &ret->name_ar);
        json_text(json_get(&data, "name_latin"), &ret->name_latin);
    }
    return NULL;
}
