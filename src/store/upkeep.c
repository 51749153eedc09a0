#include "store/upkeep.h"

#include <assert.h>

#include "store/engine.h"

static const struct err *backup(struct ctx *ctx, void *arg);
static const struct err *check(struct ctx *ctx, void *arg);

const struct err *
store_backup(struct ctx *ctx, struct store *store, struct text path)
{
    assert(path.len > 0);
    return store_read(store, ctx, backup, &path);
}

const struct err *
store_check(struct ctx *ctx, struct store *store)
{
    return store_read(store, ctx, check, NULL);
}

static const struct err *
backup(struct ctx *ctx, void *arg)
{
    const struct text *path = arg;
    return ctx->tx->store->engine->backup(ctx->arena, ctx->tx->connection, text_cstr(ctx->arena, *path));
}

static const struct err *
check(struct ctx *ctx, void *arg)
{
    (void)arg;
    return ctx->tx->store->engine->check(ctx->arena, ctx->tx->connection);
}
