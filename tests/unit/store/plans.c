/* Every statement of the program, prepared on the migrated schema of each engine. */
#include "store/plan.h"

#include "place.h"
#include "store/engine.h"

extern const struct statement *const all_statements[];
extern const size_t all_statements_count;

typedef const struct err *look_fn(struct ctx *ctx, const struct statement *statement);

/* Looks at all of them before it fails, so that one run names every fault. */
static void
look_at_all(struct place *place, look_fn *look)
{
    struct ctx *ctx = &place->ctx;
    size_t faults = 0;
    for (size_t i = 0; i < all_statements_count; i++) {
        MUST(ctx->arena, tx_begin(place->store, ctx, TX_WRITE));
        const struct err *err = look(ctx, all_statements[i]);
        if (err != NULL) {
            print_error("%s: %s\n", all_statements[i]->file, err_print(ctx->arena, err));
            faults++;
        }
        tx_rollback(ctx);
    }
    assert_true(all_statements_count > 0);
    assert_int_equal(faults, 0);
}

static const struct err *
scan_unless_slow(struct ctx *ctx, const struct statement *statement)
{
    const enum store_engine engine = store_engine(ctx->tx->store);
    struct text plan = {0};
    TRY(statement_plan(ctx, statement, &plan));
    const struct text scan = plan_scan(engine, statement, plan);
    return scan.len == 0 || statement->slow != NULL
               ? NULL
               : FAIL(ctx->arena, ERR_DB, "%s reads a whole table and does not say why: %.*s", statement->name,
                      TEXT_ARG(scan));
}

static void
gives_the_columns_that_it_declares(void **state)
{
    look_at_all(*state, statement_check);
}

static void
finds_its_rows_by_an_index_or_says_why_not(void **state)
{
    look_at_all(*state, scan_unless_slow);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        PLACE_TEST(gives_the_columns_that_it_declares),
        PLACE_TEST(finds_its_rows_by_an_index_or_says_why_not),
    };
    return PLACE_RUN(tests);
}
