/* Where a log begins: its first origin, and another when the database can no longer be what was signed. */
#include <assert.h>
#include <string.h>

#include "acts/log.sql.h"
#include "acts/log_private.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/limits.h"
#include "tlog/note.h"

static const struct err *origin_append(struct ctx *ctx, struct log *log, const struct checkpoint *ended,
                                       struct text ended_note, struct text why, struct act *ret);
static struct text next_name(struct arena *arena, struct text name);
static const struct err *last_name(struct ctx *ctx, void *arg);
static const struct err *turn(struct ctx *ctx, struct log *log, struct text name, struct text *ret_ended);

const struct err *
log_begin(struct ctx *ctx, struct log *log, struct text why, struct act *ret)
{
    assert(log->edge.size == 0);
    TRY(origin_append(ctx, log, NULL, TEXT(""), why, ret));
    log->sound = true;
    return NULL;
}

const struct err *
log_new_origin(struct ctx *ctx, struct log *log, struct text name, struct text why, struct act *ret)
{
    assert(log->signer != NULL && ctx->tx == NULL);
    if (log->sound) {
        return FAIL(ctx->arena, ERR_WRONG_STATE, "the database continues what was signed: the log needs no new origin");
    }
    struct text ended_note = {0};
    struct checkpoint ended = {0};
    TRY(turn(ctx, log, name, &ended_note));
    TRY(checkpoint_parse(ctx->arena, ended_note, &ended));
    TRY(tx_begin(log->store, ctx, TX_WRITE));
    const struct err *err = origin_append(ctx, log, &ended, ended_note, why, ret);
    if (err != NULL) {
        tx_rollback(ctx);
        return err;
    }
    TRY(tx_commit(ctx));
    return log_publish(ctx, log);
}

const struct err *
log_origin_compare(struct ctx *ctx, void *arg)
{
    struct log *log = arg;
    struct log_origin_last_row row;
    bool found = false;
    TRY(log_origin_last(ctx, &row, &found));
    const struct text name = {.at = log->origin, .len = log->origin_len};
    /* Before the first act there is none; its key and its name come with it. */
    log->sound = found ? text_equal(row.name, name) : log->sound;
    return NULL;
}

/* Makes the signer turn to the new name, unless it has done so and was interrupted before the act. */
static const struct err *
turn(struct ctx *ctx, struct log *log, struct text name, struct text *ret_ended)
{
    struct signer_status status;
    struct text last = {0};
    TRY(store_read(log->store, ctx, last_name, &last));
    TRY(signer_status(log->signer, ctx->arena, &status));
    const struct text now = {.at = log->origin, .len = log->origin_len};
    if (last.at != NULL && !text_equal(last, now) && status.size == 0) {
        TRY(signer_ended_note(log->signer, ctx->arena, ret_ended));
        return NULL;
    }
    const struct text new_name = name.len > 0 ? name : next_name(ctx->arena, now);
    *ret_ended = status.note;
    TRY(signer_new_origin(log->signer, ctx->arena, new_name, &status));
    assert(new_name.len <= sizeof log->origin);
    memcpy(log->origin, new_name.at, new_name.len);
    log->origin_len = new_name.len;
    return NULL;
}

static const struct err *
last_name(struct ctx *ctx, void *arg)
{
    struct text *ret = arg;
    struct log_origin_last_row row;
    bool found = false;
    TRY(log_origin_last(ctx, &row, &found));
    *ret = found ? row.name : (struct text){0};
    return NULL;
}

/* The act: {"ended": {"checkpoint","origin","root","size"}, "key", "origin", "why"}. */
static const struct err *
origin_append(struct ctx *ctx, struct log *log, const struct checkpoint *ended, struct text ended_note, struct text why,
              struct act *ret)
{
    struct text key = {0};
    if (why.len == 0 || why.len > REASON_BYTES_MAX) {
        return FAIL(ctx->arena, ERR_INPUT, "an origin says why it begins, in at most %d bytes", REASON_BYTES_MAX);
    }
    TRY(signer_verifier_key(log->signer, ctx->arena, &key));
    struct buf buf = buf_new(ctx->arena, (size_t)8 * REASON_BYTES_MAX);
    struct json_out out = json_out(&buf);
    json_open_object(&out);
    if (ended != NULL) {
        json_put_name(&out, TEXT("ended"));
        json_open_object(&out);
        json_member_text(&out, "checkpoint", ended_note);
        json_member_text(&out, "origin", ended->origin);
        json_member_text(&out, "root", hash_to_hex(ctx->arena, ended->root));
        json_member_int(&out, "size", (int64_t)ended->size);
        json_close_object(&out);
    }
    json_member_text(&out, "key", key);
    json_member_text(&out, "origin", (struct text){.at = log->origin, .len = log->origin_len});
    json_member_text(&out, "why", why);
    json_close_object(&out);
    assert(!buf.overflowed);
    const struct act_draft draft = {.kind = TEXT("log_origin_started"), .body = buf_built(&buf)};
    return act_append(ctx, &draft, ret);
}

/* "ccm.ma/log" gives "ccm.ma/log-2", which gives "ccm.ma/log-3". */
static struct text
next_name(struct arena *arena, struct text name)
{
    size_t end = name.len;
    while (end > 0 && name.at[end - 1] >= '0' && name.at[end - 1] <= '9') {
        end--;
    }
    int64_t number = 1;
    if (end > 1 && name.at[end - 1] == '-' && end < name.len && name.len - end < 10 &&
        text_to_int64(text_after(name, end), &number)) {
        name.len = end - 1;
    } else {
        number = 1;
    }
    return text_printf(arena, "%.*s-%lld", TEXT_ARG(name), (long long)number + 1);
}
