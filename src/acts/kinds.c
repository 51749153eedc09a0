#include "acts/kinds.h"

#include <assert.h>

#include "acts/act.sql.h"
#include "acts/log.sql.h"

static const struct err *person_erased(struct ctx *ctx, const struct act *act);
static const struct err *log_origin_started(struct ctx *ctx, const struct act *act);
static const struct act_kind *list_at(const struct ctx *ctx, size_t i);

const struct act_kind acts_own_kinds[] = {
    {.name = "person_erased", .version = 1, .apply = person_erased, .norm = NULL},
    {.name = "log_origin_started", .version = 1, .apply = log_origin_started, .norm = NULL},
    {0},
};

const struct err *
kind_version(struct ctx *ctx, struct text kind, int *ret)
{
    for (size_t i = 0; list_at(ctx, i) != NULL; i++) {
        for (const struct act_kind *row = list_at(ctx, i); row->name != NULL; row++) {
            if (text_is(kind, row->name)) {
                *ret = row->version;
                return NULL;
            }
        }
    }
    return FAIL(ctx->arena, ERR_INTERNAL, "no module declares acts of kind %.*s", TEXT_ARG(kind));
}

const struct err *
kind_apply(struct ctx *ctx, const struct act *act)
{
    int version = 0;
    TRY(kind_version(ctx, act->kind, &version));
    for (size_t i = 0; list_at(ctx, i) != NULL; i++) {
        for (const struct act_kind *row = list_at(ctx, i); row->name != NULL; row++) {
            if (text_is(act->kind, row->name) && row->apply != NULL) {
                TRY(row->apply(ctx, act));
            }
        }
    }
    return NULL;
}

static const struct act_kind *
list_at(const struct ctx *ctx, size_t i)
{
    if (i == 0) {
        return acts_own_kinds;
    }
    return ctx->kinds != NULL && i - 1 < ctx->kinds->count ? ctx->kinds->lists[i - 1] : NULL;
}

static const struct err *
person_erased(struct ctx *ctx, const struct act *act)
{
    struct text subject = {0};
    if (!json_text(json_get(act->data, "subject"), &subject)) {
        return FAIL(ctx->arena, ERR_TAMPERED, "act %lld erases nobody", (long long)act->id.value);
    }
    int64_t erased = 0; /* may be none: the act is replayed */
    return act_person_erase(ctx, subject, act->id.value, &erased);
}

static const struct err *
log_origin_started(struct ctx *ctx, const struct act *act)
{
    struct log_origin_insert_in in = {.act = act->id.value};
    const struct json *ended = json_get(act->data, "ended");
    if (!json_text(json_get(act->data, "origin"), &in.name) ||
        !json_text(json_get(act->data, "key"), &in.verifier_key)) {
        return FAIL(ctx->arena, ERR_TAMPERED, "act %lld begins no origin", (long long)act->id.value);
    }
    if (ended != NULL &&
        (!json_int64(json_get(ended, "size"), &in.ended_size) || !json_text(json_get(ended, "root"), &in.ended_root))) {
        return FAIL(ctx->arena, ERR_TAMPERED, "act %lld does not say where the origin before it ended",
                    (long long)act->id.value);
    }
    return log_origin_insert(ctx, &in);
}
