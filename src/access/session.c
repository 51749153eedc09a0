#include "access/session.h"

#include <assert.h>

#include "access/mandate.h"
#include "access/session.sql.h"
#include "access/throttle.sql.h"
#include "access/token.h"
#include "base/limits.h"
#include "base/world.h"
#include "store/counter.h"

/* What a browser says of itself, shown in the list of sessions. */
enum { AGENT_BYTES_MAX = 200 };

static bool is_alive(const struct session *session, int64_t now_ms);
static struct text shortened(struct arena *arena, struct text text);

const struct err *
session_open(struct ctx *ctx, const struct session *draft, int64_t *ret_id, struct text *ret_token)
{
    const int64_t now = ctx->world->now_ms(ctx->world);
    const struct text token = token_new(ctx);
    struct session_make_in row = {
        .account = draft->account,
        .pending = draft->pending,
        .second_factor = draft->second_factor,
        .party = draft->party,
        .opened_at_ms = now,
        .seen_at_ms = now,
        .ends_at_ms = now + (draft->pending ? SESSION_PENDING_MS : SESSION_WHOLE_MS),
        .remote = shortened(ctx->arena, draft->remote),
        .agent = shortened(ctx->arena, draft->agent),
    };
    const bool hashed = token_hash(token, &row.token);
    assert(hashed);
    TRY(counter_next(ctx, TEXT("session"), &row.id));
    TRY(session_make(ctx, &row));
    *ret_id = row.id;
    *ret_token = token;
    return NULL;
}

const struct err *
session_find(struct ctx *ctx, struct text token, struct session *ret, bool *ret_found)
{
    *ret_found = false;
    struct hash hash;
    if (!token_hash(token, &hash)) {
        return NULL;
    }
    struct session_row_row row;
    bool found = false;
    TRY(session_row(ctx, hash, &row, &found));
    if (!found) {
        return NULL;
    }
    *ret = (struct session){row.id,           row.account,    row.pending,    row.second_factor,       row.party,
                            row.opened_at_ms, row.seen_at_ms, row.ends_at_ms, row.stepped_up_until_ms, row.remote,
                            row.agent};
    *ret_found = is_alive(ret, ctx->world->now_ms(ctx->world));
    return NULL;
}

const struct err *
session_rotate(struct ctx *ctx, const struct session *session, struct text *ret_token)
{
    const struct text token = token_new(ctx);
    struct session_change_in row = {
        .id = session->id,
        .pending = session->pending,
        .second_factor = session->second_factor,
        .seen_at_ms = ctx->world->now_ms(ctx->world),
        .ends_at_ms = session->ends_at_ms,
        .stepped_up_until_ms = session->stepped_up_until_ms,
    };
    const bool hashed = token_hash(token, &row.token);
    assert(hashed);
    int64_t changed = 0;
    TRY(session_change(ctx, &row, &changed));
    if (changed != 1) {
        return FAIL(ctx->arena, ERR_NOT_SIGNED_IN, "session %lld is over", (long long)session->id);
    }
    *ret_token = token;
    return NULL;
}

const struct err *
session_touch(struct ctx *ctx, int64_t id)
{
    int64_t changed = 0;
    return session_seen(ctx, id, ctx->world->now_ms(ctx->world), &changed);
}

const struct err *
session_choose_party(struct ctx *ctx, struct party_id party)
{
    assert(ctx->user != NULL);
    if (party.value != 0) {
        struct mandate mandate;
        bool found = false;
        TRY(mandate_find(ctx, ctx->user->account, party, &mandate, &found));
        if (!found) {
            return FAIL(ctx->arena, ERR_FORBIDDEN, "account %lld has no mandate for party %lld",
                        (long long)ctx->user->account.value, (long long)party.value);
        }
    }
    int64_t changed = 0;
    return session_party(ctx, ctx->user->session, party, &changed);
}

const struct err *
sessions_list(struct ctx *ctx, struct account_id account, struct session **ret, size_t *ret_count)
{
    struct session_rows_rows rows;
    TRY(session_rows(ctx, account, &rows));
    *ret = ARENA_ARRAY(ctx->arena, struct session, rows.count);
    *ret_count = 0;
    for (size_t i = 0; i < rows.count; i++) {
        const struct session_rows_row *row = &rows.items[i];
        const struct session session = {
            row->id,           row->account,    row->pending,    row->second_factor,       row->party,
            row->opened_at_ms, row->seen_at_ms, row->ends_at_ms, row->stepped_up_until_ms, row->remote,
            row->agent};
        if (is_alive(&session, ctx->world->now_ms(ctx->world))) {
            (*ret)[(*ret_count)++] = session;
        }
    }
    return NULL;
}

const struct err *
session_end(struct ctx *ctx, struct account_id account, int64_t id)
{
    int64_t changed = 0;
    TRY(session_drop(ctx, account, id, &changed));
    if (changed != 1) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "account %lld has no session %lld", (long long)account.value,
                    (long long)id);
    }
    return NULL;
}

const struct err *
sessions_end_all(struct ctx *ctx, struct account_id account, int64_t but)
{
    int64_t changed = 0;
    return session_drop_others(ctx, account, but, &changed);
}

const struct err *
access_sweep(struct ctx *ctx)
{
    const int64_t now = ctx->world->now_ms(ctx->world);
    int64_t changed = 0;
    TRY(session_sweep(ctx, now, &changed));
    TRY(sign_up_sweep(ctx, now, &changed));
    TRY(password_reset_sweep(ctx, now, &changed));
    return throttle_sweep(ctx, now - THROTTLE_FORGET_MS, &changed);
}

static bool
is_alive(const struct session *session, int64_t now_ms)
{
    return now_ms < session->ends_at_ms && now_ms - session->seen_at_ms < SESSION_IDLE_MS;
}

/* At most AGENT_BYTES_MAX well-formed bytes without controls. */
static struct text
shortened(struct arena *arena, struct text text)
{
    const struct text cut = text_slice(text, 0, text.len < AGENT_BYTES_MAX ? text.len : AGENT_BYTES_MAX);
    const struct text good = text_slice(cut, 0, text_utf8_prefix(cut));
    return good.len == 0 || text_has_hidden(good) ? TEXT("") : text_copy(arena, good);
}
