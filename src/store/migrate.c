#include "store/migrate.h"

#include <assert.h>

#include "base/world.h"
#include "store/engine.h"
#include "store/migrate.sql.h"

static const struct err *applied_read(struct ctx *ctx, void *arg);
static const struct err *compare(struct ctx *ctx, const struct migrations_applied_rows *applied,
                                 const struct migration *list, size_t count);
static const struct err *apply(struct ctx *ctx, struct store *store, const struct migration *migration);

const struct err *
migrate(struct ctx *ctx, struct store *store)
{
    return migrate_list(ctx, store, migrations, migrations_count);
}

const struct err *
migrate_check(struct ctx *ctx, struct store *store)
{
    struct migrations_applied_rows applied = {0};
    TRY(store_read(store, ctx, applied_read, &applied));
    TRY(compare(ctx, &applied, migrations, migrations_count));
    if (applied.count < migrations_count) {
        return FAIL(ctx->arena, ERR_WRONG_STATE, "migration %04lld %s is not applied: run markaz migrate",
                    (long long)migrations[applied.count].number, migrations[applied.count].name);
    }
    return NULL;
}

const struct err *
migrate_list(struct ctx *ctx, struct store *store, const struct migration *list, size_t count)
{
    assert(ctx->tx == NULL);
    assert(ctx->world != NULL);

    TRY(store_lease(ctx, store));
    struct migrations_applied_rows applied = {0};
    TRY(store_read(store, ctx, applied_read, &applied));
    TRY(compare(ctx, &applied, list, count));
    for (size_t i = applied.count; i < count; i++) {
        TRY(apply(ctx, store, &list[i]));
    }
    return NULL;
}

static const struct err *
applied_read(struct ctx *ctx, void *arg)
{
    struct migrations_applied_rows *applied = arg;
    struct migration_table_exists_row table;
    TRY(migration_table_exists(ctx, &table));
    *applied = (struct migrations_applied_rows){0};
    return table.found ? migrations_applied(ctx, applied) : NULL;
}

/* What was applied must be the beginning of the list, unchanged. */
static const struct err *
compare(struct ctx *ctx, const struct migrations_applied_rows *applied, const struct migration *list, size_t count)
{
    for (size_t i = 0; i < applied->count; i++) {
        const struct migrations_applied_row *row = &applied->items[i];
        if (i >= count || row->number < list[i].number) {
            return FAIL(ctx->arena, ERR_WRONG_STATE, "migration %04lld %.*s is unknown to this program: it is too old",
                        (long long)row->number, TEXT_ARG(row->name));
        }
        if (row->number > list[i].number) {
            return FAIL(ctx->arena, ERR_WRONG_STATE, "migration %04lld %s stands behind %04lld, which is applied",
                        (long long)list[i].number, list[i].name, (long long)row->number);
        }
        if (!text_is(row->sha256, list[i].sha256)) {
            return FAIL(ctx->arena, ERR_WRONG_STATE, "migration %04lld %s was edited after it was applied",
                        (long long)list[i].number, list[i].name);
        }
    }
    return NULL;
}

static const struct err *
apply(struct ctx *ctx, struct store *store, const struct migration *migration)
{
    TRY(tx_begin(store, ctx, TX_WRITE));
    const struct engine *engine = store->engine;
    const struct err *err = engine->script(ctx->arena, ctx->tx->connection, migration->sql[engine->kind]);
    if (err == NULL) {
        err = migration_record(ctx, &(struct migration_record_in){.number = migration->number,
                                                                  .name = text_of(migration->name),
                                                                  .sha256 = text_of(migration->sha256),
                                                                  .applied_at_ms = ctx->world->now_ms(ctx->world)});
    }
    if (err != NULL) {
        tx_rollback(ctx);
        return FAIL_BY(ctx->arena, err, ERR_DB, "migration %04lld %s", (long long)migration->number, migration->name);
    }
    return tx_commit(ctx);
}
