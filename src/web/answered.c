/* Two tabs, a double click, a client that lost the answer: a form with a key is answered once, and then with the same.
 * The key is bound to who sent it and where, so that nobody reads another's answer. */
#include "base/world.h"
#include "web/answered.sql.h"
#include "web/dispatch_parts.h"

enum { KEEP_MS = 2 * 24 * 3600 * 1000, KEEP_BODY_BYTES_MAX = 64 * 1024 };

static bool key_of(struct ctx *ctx, const struct visit *visit, struct hash *ret);

const struct err *
answered_find(struct ctx *ctx, struct visit *visit, bool *ret_found)
{
    struct hash key;
    *ret_found = false;
    if (!key_of(ctx, visit, &key)) {
        return NULL;
    }
    struct answered_get_row row;
    TRY(answered_get(ctx, key, &row, ret_found));
    if (*ret_found) {
        struct http_reply *reply = visit->reply;
        reply->status = (int)row.status;
        reply->content_type = row.content_type;
        reply->body = row.body;
        if (row.location.len > 0) {
            http_reply_header(reply, "Location", row.location);
        }
    }
    return NULL;
}

const struct err *
answered_keep(struct ctx *ctx, struct visit *visit)
{
    const struct http_reply *reply = visit->reply;
    struct hash key;
    const bool is_kept = reply->status == 303 || (visit->json && reply->status >= 200 && reply->status < 300);
    if (!is_kept || reply->body.len > KEEP_BODY_BYTES_MAX || reply->file.len > 0 || !key_of(ctx, visit, &key)) {
        return NULL;
    }
    struct text location = {0};
    for (size_t i = 0; i < reply->headers_count; i++) {
        if (text_is(reply->headers[i].name, "Set-Cookie")) {
            return NULL; /* signing in: its answer is a secret, and doing it twice does no harm */
        }
        if (text_is(reply->headers[i].name, "Location")) {
            location = reply->headers[i].value;
        }
    }
    const int64_t now_ms = ctx->world->now_ms(ctx->world);
    TRY(answered_forget(ctx, now_ms - KEEP_MS));
    return answered_put(ctx, &(struct answered_put_in){.key = key,
                                                       .at_ms = now_ms,
                                                       .status = reply->status,
                                                       .location = location,
                                                       .content_type = reply->content_type,
                                                       .body = reply->body});
}

static bool
key_of(struct ctx *ctx, const struct visit *visit, struct hash *ret)
{
    struct text key = http_form(visit->request, "once");
    key = key.len > 0 ? key : http_header(visit->request, "idempotency-key");
    if (key.len == 0) {
        return false;
    }
    const struct text who = ctx->user != NULL
                                ? text_printf(ctx->arena, "account %lld", (long long)ctx->user->account.value)
                            : visit->guest.len > 0 ? visit->guest
                                                   : http_header(visit->request, "authorization");
    const struct text parts[] = {who, TEXT("\n"), visit->request->path, TEXT("\n"), key};
    *ret = hash_of_parts(parts, 5);
    return true;
}
