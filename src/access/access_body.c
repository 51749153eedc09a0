#include "access/access_body.h"

#include <assert.h>

enum { BODY_BYTES = 32 * 1024 };

static const struct err *fault(struct ctx *ctx, const struct act *act, const char *name);

void
access_body_begin(struct ctx *ctx, struct access_body *body)
{
    body->buf = buf_new(ctx->arena, BODY_BYTES);
    body->out = json_out(&body->buf);
    json_open_object(&body->out);
}

void
access_body_id(struct access_body *body, const char *name, int64_t id)
{
    if (id != 0) {
        json_member_int(&body->out, name, id);
    }
}

void
access_body_date(struct access_body *body, struct ctx *ctx, const char *name, struct date date)
{
    if (!date_is_none(date)) {
        json_member_text(&body->out, name, date_to_text(ctx->arena, date));
    }
}

void
access_body_text(struct access_body *body, const char *name, struct text text)
{
    if (text.len > 0) {
        json_member_text(&body->out, name, text);
    }
}

struct text
access_body_end(struct access_body *body)
{
    json_close_object(&body->out);
    assert(!body->buf.overflowed);
    return buf_built(&body->buf);
}

const struct err *
access_body_get_id(struct ctx *ctx, const struct act *act, const char *name, int64_t *ret)
{
    return json_int64(json_get(act->data, name), ret) && *ret > 0 ? NULL : fault(ctx, act, name);
}

const struct err *
access_body_get_text(struct ctx *ctx, const struct act *act, const char *name, struct text *ret)
{
    return json_text(json_get(act->data, name), ret) ? NULL : fault(ctx, act, name);
}

const struct err *
access_body_get_date(struct ctx *ctx, const struct act *act, const char *name, struct date *ret)
{
    struct text text;
    return json_text(json_get(act->data, name), &text) && date_from_text(text, ret) ? NULL : fault(ctx, act, name);
}

struct text
access_body_find_text(const struct act *act, const char *name)
{
    struct text text = {0};
    return json_text(json_get(act->data, name), &text) ? text : (struct text){0};
}

const struct err *
access_body_find_date(struct ctx *ctx, const struct act *act, const char *name, struct date *ret)
{
    *ret = DATE_NONE;
    return json_get(act->data, name) == NULL ? NULL : access_body_get_date(ctx, act, name, ret);
}

int64_t
access_body_find_id(const struct act *act, const char *name)
{
    int64_t id = 0;
    return json_int64(json_get(act->data, name), &id) ? id : 0;
}

const struct err *
actor_needs(struct ctx *ctx, enum role role)
{
    if (ctx->user != NULL && !user_has(ctx->user, role)) {
        return FAIL(ctx->arena, ERR_FORBIDDEN, "account %lld lacks role %d", (long long)ctx->user->account.value,
                    (int)role);
    }
    return NULL;
}

static const struct err *
fault(struct ctx *ctx, const struct act *act, const char *name)
{
    return FAIL(ctx->arena, ERR_TAMPERED, "act %lld, %.*s: no good member %s", (long long)act->id.value,
                TEXT_ARG(act->kind), name);
}
