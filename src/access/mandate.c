#include "access/mandate.h"

#include "access/access_body.h"
#include "access/account.h"
#include "access/mandate.sql.h"

static struct mandate mandate_of(const struct mandate_row_row *row);
static const struct err *may_give(struct ctx *ctx, const struct mandate *draft, bool *ret_verified);
static bool is_manager(const struct mandate *mandates, size_t count, struct account_id account);
static const struct err *append_of(struct ctx *ctx, const char *kind, const struct mandate *mandate,
                                   struct text reason);

const struct err *
mandate_give(struct ctx *ctx, const struct mandate *draft, struct act_id *ret)
{
    bool verified = false;
    TRY(may_give(ctx, draft, &verified));
    if (!date_is_none(draft->until) && date_compare(draft->until, draft->from) < 0) {
        return FAIL(ctx->arena, ERR_INPUT, "the mandate ends before it begins");
    }
    struct mandate known;
    bool found = false;
    TRY(mandate_find(ctx, draft->account, draft->party, &known, &found));
    if (found) {
        return FAIL(ctx->arena, ERR_CONFLICT, "account %lld has mandate %lld already", (long long)draft->account.value,
                    (long long)known.act.value);
    }
    struct act_person person;
    TRY(account_person(ctx, draft->account, draft->role == MANDATE_MANAGER ? "manager" : "agent", &person));
    struct access_body body;
    access_body_begin(ctx, &body);
    access_body_id(&body, "account", draft->account.value);
    access_body_id(&body, "party", draft->party.value);
    access_body_text(&body, "role", person.role);
    access_body_date(&body, ctx, "from", draft->from);
    access_body_date(&body, ctx, "until", draft->until);
    if (draft->has_document) {
        access_body_text(&body, "document", hash_to_hex(ctx->arena, draft->document));
    }
    json_member_bool(&body.out, "verified", verified);
    const struct act_document document = {.sha256 = draft->document, .code = TEXT("mandate")};
    const struct act_draft act_draft = {
        .kind = TEXT("mandate_given"),
        .body = access_body_end(&body),
        .persons = &person,
        .persons_count = 1,
        .documents = draft->has_document ? &document : NULL,
        .documents_count = draft->has_document ? 1 : 0,
    };
    struct act act;
    TRY(act_append(ctx, &act_draft, &act));
    *ret = act.id;
    return NULL;
}

const struct err *
mandate_verify(struct ctx *ctx, struct act_id id)
{
    TRY(actor_needs(ctx, ROLE_STAFF));
    struct mandate mandate;
    TRY(mandate_get(ctx, id, &mandate));
    if (mandate.verified_act.value != 0 || mandate.ended_at_ms != 0) {
        return FAIL(ctx->arena, ERR_WRONG_STATE, "mandate %lld is verified or ended", (long long)id.value);
    }
    if (ctx->user != NULL && ctx->user->account.value == mandate.account.value) {
        return FAIL(ctx->arena, ERR_FORBIDDEN, "nobody verifies his own mandate");
    }
    return append_of(ctx, "mandate_verified", &mandate, TEXT(""));
}

const struct err *
mandate_end(struct ctx *ctx, struct act_id id, struct text reason)
{
    struct mandate mandate;
    TRY(mandate_get(ctx, id, &mandate));
    if (mandate.ended_at_ms != 0) {
        return FAIL(ctx->arena, ERR_WRONG_STATE, "mandate %lld is ended", (long long)id.value);
    }
    if (ctx->user != NULL && ctx->user->account.value != mandate.account.value && !user_has(ctx->user, ROLE_STAFF)) {
        struct mandate *mandates = NULL;
        size_t count = 0;
        TRY(mandates_of_party(ctx, mandate.party, &mandates, &count));
        if (!is_manager(mandates, count, ctx->user->account)) {
            return FAIL(ctx->arena, ERR_FORBIDDEN, "account %lld does not manage party %lld",
                        (long long)ctx->user->account.value, (long long)mandate.party.value);
        }
    }
    return append_of(ctx, "mandate_ended", &mandate, reason);
}

const struct err *
mandate_find(struct ctx *ctx, struct account_id account, struct party_id party, struct mandate *ret, bool *ret_found)
{
    struct mandate *mandates = NULL;
    size_t count = 0;
    TRY(mandates_of_account(ctx, account, &mandates, &count));
    *ret_found = false;
    for (size_t i = 0; i < count && !*ret_found; i++) {
        if (mandates[i].party.value == party.value) {
            *ret = mandates[i];
            *ret_found = true;
        }
    }
    return NULL;
}

const struct err *
mandates_of_account(struct ctx *ctx, struct account_id account, struct mandate **ret, size_t *ret_count)
{
    struct mandate_rows_of_account_rows rows;
    TRY(mandate_rows_of_account(ctx, account, ctx->today, &rows));
    *ret = ARENA_ARRAY(ctx->arena, struct mandate, rows.count);
    *ret_count = rows.count;
    for (size_t i = 0; i < rows.count; i++) {
        const struct mandate_rows_of_account_row *r = &rows.items[i];
        const struct mandate_row_row row = {r->act,          r->account,     r->party,          r->role,
                                            r->from_day,     r->until_day,   r->document,       r->has_document,
                                            r->verified_act, r->ended_at_ms, r->has_ended_at_ms};
        (*ret)[i] = mandate_of(&row);
    }
    return NULL;
}

const struct err *
mandates_of_party(struct ctx *ctx, struct party_id party, struct mandate **ret, size_t *ret_count)
{
    struct mandate_rows_of_party_rows rows;
    TRY(mandate_rows_of_party(ctx, party, ctx->today, &rows));
    *ret = ARENA_ARRAY(ctx->arena, struct mandate, rows.count);
    *ret_count = rows.count;
    for (size_t i = 0; i < rows.count; i++) {
        const struct mandate_rows_of_party_row *r = &rows.items[i];
        const struct mandate_row_row row = {r->act,          r->account,     r->party,          r->role,
                                            r->from_day,     r->until_day,   r->document,       r->has_document,
                                            r->verified_act, r->ended_at_ms, r->has_ended_at_ms};
        (*ret)[i] = mandate_of(&row);
    }
    return NULL;
}

const struct err *
mandate_get(struct ctx *ctx, struct act_id id, struct mandate *ret)
{
    struct mandate_row_row row;
    bool found = false;
    TRY(mandate_row(ctx, id, &row, &found));
    if (!found) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "no mandate %lld", (long long)id.value);
    }
    *ret = mandate_of(&row);
    return NULL;
}

const struct err *
apply_mandate_given(struct ctx *ctx, const struct act *act)
{
    struct mandate_make_in row = {.act = act->id};
    TRY(access_body_get_id(ctx, act, "account", &row.account.value));
    TRY(access_body_get_id(ctx, act, "party", &row.party.value));
    TRY(access_body_get_text(ctx, act, "role", &row.role));
    TRY(access_body_get_date(ctx, act, "from", &row.from_day));
    TRY(access_body_find_date(ctx, act, "until", &row.until_day));
    row.has_document = hash_from_hex(access_body_find_text(act, "document"), &row.document);
    bool verified = false;
    if (json_bool(json_get(act->data, "verified"), &verified) && verified) {
        row.verified_act = act->id;
    }
    return mandate_make(ctx, &row);
}

const struct err *
apply_mandate_verified(struct ctx *ctx, const struct act *act)
{
    struct act_id mandate;
    TRY(access_body_get_id(ctx, act, "mandate", &mandate.value));
    int64_t changed = 0;
    return mandate_set_verified(ctx, mandate, act->id, &changed);
}

const struct err *
apply_mandate_ended(struct ctx *ctx, const struct act *act)
{
    struct act_id mandate;
    TRY(access_body_get_id(ctx, act, "mandate", &mandate.value));
    int64_t changed = 0;
    return mandate_set_ended(ctx, mandate, act->at_ms, &changed);
}

static struct mandate
mandate_of(const struct mandate_row_row *row)
{
    return (struct mandate){
        .act = row->act,
        .account = row->account,
        .party = row->party,
        .role = text_is(row->role, "manager") ? MANDATE_MANAGER : MANDATE_AGENT,
        .from = row->from_day,
        .until = row->until_day,
        .has_document = row->has_document,
        .document = row->document,
        .verified_act = row->verified_act,
        .ended_at_ms = row->has_ended_at_ms ? row->ended_at_ms : 0,
    };
}

static const struct err *
may_give(struct ctx *ctx, const struct mandate *draft, bool *ret_verified)
{
    struct account account;
    TRY(account_get(ctx, draft->account, &account));
    *ret_verified = ctx->user == NULL || user_has(ctx->user, ROLE_STAFF);
    if (*ret_verified) {
        return NULL;
    }
    struct mandate *mandates = NULL;
    size_t count = 0;
    TRY(mandates_of_party(ctx, draft->party, &mandates, &count));
    if (is_manager(mandates, count, ctx->user->account)) {
        return NULL;
    }
    if (count == 0 && draft->account.value == ctx->user->account.value) {
        return NULL;
    }
    return FAIL(ctx->arena, ERR_FORBIDDEN, "account %lld gives no mandate for party %lld",
                (long long)ctx->user->account.value, (long long)draft->party.value);
}

static bool
is_manager(const struct mandate *mandates, size_t count, struct account_id account)
{
    for (size_t i = 0; i < count; i++) {
        if (mandates[i].account.value == account.value && mandates[i].role == MANDATE_MANAGER) {
            return true;
        }
    }
    return false;
}

static const struct err *
append_of(struct ctx *ctx, const char *kind, const struct mandate *mandate, struct text reason)
{
    struct access_body body;
    access_body_begin(ctx, &body);
    access_body_id(&body, "mandate", mandate->act.value);
    access_body_id(&body, "account", mandate->account.value);
    access_body_id(&body, "party", mandate->party.value);
    access_body_text(&body, "reason", reason);
    const struct act_draft draft = {.kind = text_of(kind), .body = access_body_end(&body)};
    struct act act;
    return act_append(ctx, &draft, &act);
}
