#include "store/statement.h"

#include <string.h>

#include "base/limits.h"
#include "place.h"
#include "sample.sql.h"
#include "sample_table.h"
#include "store/counter.h"
#include "store/plan.h"

static const struct sample_make_in full = {
    .id = 1,
    .word = TEXT_INIT("المركز"),
    .note = TEXT_INIT(""),
    .paid = {.centimes = INT64_MAX},
    .due = {.centimes = -1},
    .has_due = true,
    .flag = true,
    .day = {.days = 20000},
    .end_day = {.days = 20001},
    .hash = {.bytes = {1, 2, 3}},
    .seal = {.bytes = {9}},
    .has_seal = true,
    .data = TEXT_INIT("\0\xFF"),
    .extra = TEXT_INIT("x"),
    .count = INT64_MIN,
    .has_count = true,
};

static const struct sample_make_in bare = {
    .id = 2,
    .word = TEXT_INIT("visa"),
    .day = {.days = -1},
    .end_day = DATE_NONE,
};

static void
begin_with_rows(struct place *place)
{
    sample_table(place);
    MUST(place->ctx.arena, tx_begin(place->store, &place->ctx, TX_WRITE));
    MUST(place->ctx.arena, sample_make(&place->ctx, &full));
    MUST(place->ctx.arena, sample_make(&place->ctx, &bare));
}

static void
gives_back_every_type_as_it_was_bound(void **state)
{
    struct place *place = *state;
    begin_with_rows(place);
    struct sample_get_row row = {0};
    bool found = false;
    MUST(place->ctx.arena, sample_get(&place->ctx, 1, &row, &found));
    assert_true(found);
    assert_true(row.id == 1);
    ASSERT_TEXT(row.word, "المركز");
    assert_true(row.note.at != NULL && row.note.len == 0);
    assert_true(row.paid.centimes == INT64_MAX);
    assert_true(row.has_due && row.due.centimes == -1);
    assert_true(row.flag);
    assert_int_equal(row.day.days, 20000);
    assert_int_equal(row.end_day.days, 20001);
    assert_true(hash_equal(row.hash, full.hash));
    assert_true(row.has_seal && hash_equal(row.seal, full.seal));
    assert_true(text_equal(row.data, full.data));
    ASSERT_TEXT(row.extra, "x");
    assert_true(row.has_count && row.count == INT64_MIN);
    tx_rollback(&place->ctx);
}

static void
tells_absent_values_from_empty_ones(void **state)
{
    struct place *place = *state;
    begin_with_rows(place);
    struct sample_get_row row = {0};
    bool found = false;
    MUST(place->ctx.arena, sample_get(&place->ctx, 2, &row, &found));
    assert_true(found);
    assert_null(row.note.at);
    assert_null(row.extra.at);
    assert_false(row.has_due);
    assert_false(row.has_seal);
    assert_false(row.has_count);
    assert_true(date_is_none(row.end_day));
    assert_true(row.data.at != NULL && row.data.len == 0);
    assert_int_equal(row.day.days, -1);
    tx_rollback(&place->ctx);
}

static void
says_when_there_is_no_row(void **state)
{
    struct place *place = *state;
    begin_with_rows(place);
    struct sample_get_row row = {0};
    bool found = true;
    MUST(place->ctx.arena, sample_get(&place->ctx, 3, &row, &found));
    assert_false(found);
    tx_rollback(&place->ctx);
}

static void
lists_rows_up_to_the_limit_in_the_order_asked(void **state)
{
    struct place *place = *state;
    begin_with_rows(place);
    struct sample_make_in more = bare;
    for (more.id = 3; more.id <= 100; more.id++) {
        MUST(place->ctx.arena, sample_make(&place->ctx, &more));
    }
    struct sample_words_rows rows = {0};
    MUST(place->ctx.arena, sample_words(&place->ctx, 1, 50, &rows));
    assert_int_equal(rows.count, 50);
    assert_true(rows.items[0].id == 2 && rows.items[49].id == 51);
    ASSERT_TEXT(rows.items[49].word, "visa");
    MUST(place->ctx.arena, sample_words(&place->ctx, 100, 50, &rows));
    assert_int_equal(rows.count, 0);
    tx_rollback(&place->ctx);
}

static void
refuses_more_rows_than_a_statement_may_read(void **state)
{
    struct place *place = *state;
    begin_with_rows(place);
    struct sample_make_in more = bare;
    for (more.id = 3; more.id <= STATEMENT_ROWS_MAX + 1; more.id++) {
        MUST(place->ctx.arena, sample_make(&place->ctx, &more));
    }
    struct sample_words_rows rows = {0};
    MUST(place->ctx.arena, sample_words(&place->ctx, 1, STATEMENT_ROWS_MAX, &rows));
    assert_int_equal(rows.count, STATEMENT_ROWS_MAX);
    const struct err *err = sample_words(&place->ctx, 0, STATEMENT_ROWS_MAX + 1, &rows);
    assert_non_null(err);
    assert_int_equal(err->code, ERR_TOO_LARGE);
    tx_rollback(&place->ctx);
}

static void
sums_money_as_an_integer_and_counts_changes(void **state)
{
    struct place *place = *state;
    begin_with_rows(place);
    struct sample_total_row total = {0};
    MUST(place->ctx.arena, sample_total(&place->ctx, &total));
    assert_true(total.total.centimes == INT64_MAX && total.count == 2);
    int64_t changed = -1;
    MUST(place->ctx.arena, sample_rename(&place->ctx, 1, TEXT("film"), &changed));
    assert_true(changed == 1);
    MUST(place->ctx.arena, sample_rename(&place->ctx, 77, TEXT("film"), &changed));
    assert_true(changed == 0);
    tx_rollback(&place->ctx);
}

static void
refuses_a_second_row_with_the_same_key_as_a_conflict(void **state)
{
    struct place *place = *state;
    begin_with_rows(place);
    MUST(place->ctx.arena, tx_savepoint(&place->ctx));
    const struct err *err = sample_make(&place->ctx, &bare);
    assert_non_null(err);
    assert_int_equal(err->code, ERR_CONFLICT);
    MUST(place->ctx.arena, tx_back_to(&place->ctx));
    struct sample_total_row total = {0};
    MUST(place->ctx.arena, sample_total(&place->ctx, &total));
    assert_true(total.count == 2);
    tx_rollback(&place->ctx);
}

static void
refuses_to_go_on_after_a_failed_statement(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = &place->ctx;
    begin_with_rows(place);
    assert_non_null(sample_make(ctx, &bare));
    struct sample_total_row total = {0};
    const struct err *err = sample_total(ctx, &total);
    assert_non_null(err);
    assert_int_equal(err->code, ERR_INTERNAL);
    err = tx_commit(ctx);
    assert_non_null(err);
    assert_null(ctx->tx);
    MUST(ctx->arena, tx_begin(place->store, ctx, TX_READ));
    MUST(ctx->arena, sample_total(ctx, &total));
    assert_true(total.count == 0);
    MUST(ctx->arena, tx_commit(ctx));
}

static void
refuses_text_that_is_not_utf8_or_holds_nul(void **state)
{
    struct place *place = *state;
    begin_with_rows(place);
    int64_t changed = 0;
    const struct err *err = sample_rename(&place->ctx, 1, TEXT("\xC3("), &changed);
    assert_non_null(err);
    assert_int_equal(err->code, ERR_UTF8);
    err = sample_rename(&place->ctx, 1, TEXT("a\0b"), &changed);
    assert_non_null(err);
    assert_int_equal(err->code, ERR_UTF8);
    MUST(place->ctx.arena, sample_rename(&place->ctx, 1, TEXT("a"), &changed));
    tx_rollback(&place->ctx);
}

static void
sees_a_wrong_column_name_and_a_scan_of_the_table(void **state)
{
    struct place *place = *state;
    sample_table(place);
    struct ctx *ctx = &place->ctx;
    MUST(ctx->arena, tx_begin(place->store, ctx, TX_READ));
    MUST(ctx->arena, statement_check(ctx, &statement_sample_get));
    const struct err *err = statement_check(ctx, &statement_sample_wrong_name);
    assert_non_null(err);
    assert_non_null(strstr(err->detail, "amount"));
    const enum store_engine engine = store_engine(place->store);
    err = statement_check(ctx, &statement_sample_wrong_type);
    assert_true((err != NULL) == (engine == STORE_POSTGRES));
    struct text plan = {0};
    MUST(ctx->arena, statement_plan(ctx, &statement_sample_get, &plan));
    ASSERT_TEXT(plan_scan(engine, &statement_sample_get, plan), "");
    MUST(ctx->arena, statement_plan(ctx, &statement_sample_words, &plan));
    ASSERT_TEXT(plan_scan(engine, &statement_sample_words, plan), "");
    MUST(ctx->arena, statement_plan(ctx, &statement_sample_pairs, &plan));
    ASSERT_TEXT(plan_scan(engine, &statement_sample_pairs, plan), "");
    MUST(ctx->arena, statement_plan(ctx, &statement_sample_by_word, &plan));
    assert_true(plan_scan(engine, &statement_sample_by_word, plan).len > 0);
    MUST(ctx->arena, statement_plan(ctx, &statement_sample_total, &plan));
    assert_true(plan_scan(engine, &statement_sample_total, plan).len > 0);
    MUST(ctx->arena, tx_commit(ctx));
}

static void
counts_without_holes_after_a_rollback(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = &place->ctx;
    int64_t value = 0;
    MUST(ctx->arena, tx_begin(place->store, ctx, TX_WRITE));
    MUST(ctx->arena, counter_next(ctx, TEXT("act"), &value));
    assert_true(value == 1);
    MUST(ctx->arena, tx_commit(ctx));
    MUST(ctx->arena, tx_begin(place->store, ctx, TX_WRITE));
    MUST(ctx->arena, counter_next(ctx, TEXT("act"), &value));
    assert_true(value == 2);
    tx_rollback(ctx);
    MUST(ctx->arena, tx_begin(place->store, ctx, TX_WRITE));
    MUST(ctx->arena, counter_next(ctx, TEXT("act"), &value));
    assert_true(value == 2);
    MUST(ctx->arena, counter_last(ctx, TEXT("visa"), &value));
    assert_true(value == 0);
    MUST(ctx->arena, tx_commit(ctx));
}

static void
reads_one_snapshot_while_another_writes(void **state)
{
    struct place *place = *state;
    sample_table(place);
    struct ctx reader = place_ctx(place);
    struct sample_total_row total = {0};
    MUST(reader.arena, tx_begin(place->store, &reader, TX_READ));
    MUST(reader.arena, sample_total(&reader, &total));
    assert_true(total.count == 0);
    MUST(place->ctx.arena, tx_begin(place->store, &place->ctx, TX_WRITE));
    MUST(place->ctx.arena, sample_make(&place->ctx, &bare));
    MUST(place->ctx.arena, tx_commit(&place->ctx));
    MUST(reader.arena, sample_total(&reader, &total));
    assert_true(total.count == 0);
    MUST(reader.arena, tx_commit(&reader));
    MUST(reader.arena, tx_begin(place->store, &reader, TX_READ));
    MUST(reader.arena, sample_total(&reader, &total));
    assert_true(total.count == 1);
    MUST(reader.arena, tx_commit(&reader));
    arena_free(reader.arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        PLACE_TEST(gives_back_every_type_as_it_was_bound),
        PLACE_TEST(tells_absent_values_from_empty_ones),
        PLACE_TEST(says_when_there_is_no_row),
        PLACE_TEST(lists_rows_up_to_the_limit_in_the_order_asked),
        PLACE_TEST(refuses_more_rows_than_a_statement_may_read),
        PLACE_TEST(sums_money_as_an_integer_and_counts_changes),
        PLACE_TEST(refuses_a_second_row_with_the_same_key_as_a_conflict),
        PLACE_TEST(refuses_to_go_on_after_a_failed_statement),
        PLACE_TEST(refuses_text_that_is_not_utf8_or_holds_nul),
        PLACE_TEST(sees_a_wrong_column_name_and_a_scan_of_the_table),
        PLACE_TEST(counts_without_holes_after_a_rollback),
        PLACE_TEST(reads_one_snapshot_while_another_writes),
    };
    return PLACE_RUN(tests);
}
