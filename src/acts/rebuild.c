#include "acts/rebuild.h"

#include <assert.h>

#include "acts/kinds.h"
#include "acts/row.h"
#include "base/world.h"
#include "store/store.h"

enum { REPLAY_PAGE = 200, TABLES_MAX = 200 };

/* The world of an act that is replayed: its own time, and no chance, which an effect may not use. */
struct replay_world {
    struct world world;
    int64_t at_ms;
};

static const struct act_projection own[] = {{.table = "log_origin"}, {0}};

static const struct err *tables_find(struct ctx *ctx, struct rebuild_report *report);
static const struct err *replay(struct ctx *ctx, int64_t *ret_acts);
static const struct err *replay_one(struct ctx *ctx, const struct act_rows_row *row);
static int64_t replay_now_ms(struct world *world);
static void replay_random(struct world *world, void *at, size_t len);

const struct err *
acts_rebuild(struct ctx *ctx, struct rebuild_report *ret)
{
    assert(tx_mode(ctx) == TX_WRITE);
    *ret = (struct rebuild_report){0};
    TRY(tables_find(ctx, ret));
    for (size_t i = 0; i < ret->tables_count; i++) {
        TRY(table_digest(ctx, store_table(ret->tables[i].name), &ret->tables[i].before));
    }
    for (size_t i = ret->tables_count; i-- > 0;) { /* children before parents */
        TRY(table_empty(ctx, store_table(ret->tables[i].name)));
    }
    TRY(replay(ctx, &ret->acts));
    for (size_t i = 0; i < ret->tables_count; i++) {
        struct rebuild_table *table = &ret->tables[i];
        TRY(table_digest(ctx, store_table(table->name), &table->after));
        table->is_same = table->before.rows == table->after.rows && hash_equal(table->before.sum, table->after.sum);
        ret->changed += table->is_same ? 0 : 1;
    }
    return NULL;
}

static const struct err *
tables_find(struct ctx *ctx, struct rebuild_report *report)
{
    report->tables = ARENA_ARRAY(ctx->arena, struct rebuild_table, TABLES_MAX);
    const size_t lists = ctx->kinds == NULL ? 0 : ctx->kinds->projections_count;
    for (size_t i = 0; i <= lists; i++) {
        for (const struct act_projection *row = i == 0 ? own : ctx->kinds->projections[i - 1]; row->table != NULL;
             row++) {
            if (store_table(row->table) == NULL || report->tables_count == TABLES_MAX) {
                return FAIL(ctx->arena, ERR_INTERNAL, "there is no table %s, or there are too many", row->table);
            }
            report->tables[report->tables_count++].name = row->table;
        }
    }
    return NULL;
}

static const struct err *
replay(struct ctx *ctx, int64_t *ret_acts)
{
    for (;;) {
        const struct arena_mark mark = arena_mark(ctx->arena);
        struct act_rows_rows rows;
        TRY(act_rows(ctx, *ret_acts, REPLAY_PAGE, &rows));
        for (size_t i = 0; i < rows.count; i++) {
            TRY(replay_one(ctx, &rows.items[i]));
            *ret_acts = rows.items[i].number;
        }
        if (rows.count == 0) {
            return NULL;
        }
        arena_rewind(ctx->arena, mark);
    }
}

static const struct err *
replay_one(struct ctx *ctx, const struct act_rows_row *row)
{
    struct replay_world world = {.world = {.now_ms = replay_now_ms, .random = replay_random}, .at_ms = row->at_ms};
    struct ctx replayed = *ctx;
    replayed.world = &world.world;
    replayed.today = row->day;
    replayed.user = NULL;
    replayed.actor = row->actor;
    struct act act;
    static_assert(sizeof(struct act_row_row) == sizeof(struct act_rows_row), "the same columns in the same order");
    TRY(act_of_row(&replayed, (const struct act_row_row *)(const void *)row, &act));
    return kind_apply(&replayed, &act);
}

static int64_t
replay_now_ms(struct world *world)
{
    static_assert(offsetof(struct replay_world, world) == 0, "a world of replay is a world");
    return ((const struct replay_world *)world)->at_ms;
}

static void
replay_random(struct world *world, void *at, size_t len)
{
    (void)world, (void)at, (void)len;
    assert(false && "the effect of an act asks for chance: it cannot be replayed");
}
