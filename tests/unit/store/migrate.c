#include "store/migrate.h"

#include "place.h"
#include "store/counter.h"

#define NEXT                                                                                                           \
    .number = 9000, .name = "next", .sha256 = "aa",                                                                    \
    .sql = {[STORE_SQLITE] = "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; INSERT INTO next (id) VALUES (1)",    \
            [STORE_POSTGRES] = "CREATE TABLE next (id BIGINT PRIMARY KEY); INSERT INTO next (id) VALUES (1)"}

enum { LIST_MAX = 100 };

/* The program's migrations and then others. */
static size_t
list_with(struct migration *list, const struct migration *more, size_t more_count)
{
    size_t count = 0;
    for (size_t i = 0; i < migrations_count; i++) {
        list[count++] = migrations[i];
    }
    for (size_t i = 0; i < more_count; i++) {
        list[count++] = more[i];
    }
    assert_true(count <= LIST_MAX);
    return count;
}

static enum err_code
code_of(const struct err *err)
{
    return err == NULL ? ERR_NONE : err_root(err);
}

static void
is_complete_after_migrate_and_stays_so_when_run_again(void **state)
{
    struct place *place = *state;
    MUST(place->ctx.arena, migrate_check(&place->ctx, place->store));
    MUST(place->ctx.arena, migrate(&place->ctx, place->store));
    MUST(place->ctx.arena, migrate_check(&place->ctx, place->store));
}

static void
applies_only_what_is_missing_and_older_programs_then_refuse(void **state)
{
    struct place *place = *state;
    struct migration list[LIST_MAX];
    const size_t count = list_with(list, (struct migration[]){{NEXT}}, 1);
    MUST(place->ctx.arena, migrate_list(&place->ctx, place->store, list, count));
    MUST(place->ctx.arena, migrate_list(&place->ctx, place->store, list, count));
    assert_int_equal(code_of(migrate_check(&place->ctx, place->store)), ERR_WRONG_STATE);
    assert_int_equal(code_of(migrate(&place->ctx, place->store)), ERR_WRONG_STATE);
}

static void
refuses_a_migration_edited_after_it_was_applied(void **state)
{
    struct place *place = *state;
    struct migration list[LIST_MAX];
    const size_t count = list_with(list, NULL, 0);
    list[0].sha256 = "00";
    assert_int_equal(code_of(migrate_list(&place->ctx, place->store, list, count)), ERR_WRONG_STATE);
}

static void
refuses_a_migration_that_stands_behind_an_applied_one(void **state)
{
    struct place *place = *state;
    struct migration list[LIST_MAX];
    size_t count = list_with(list, (struct migration[]){{NEXT}}, 1);
    MUST(place->ctx.arena, migrate_list(&place->ctx, place->store, list, count));
    struct migration late = {NEXT};
    late.number = 8999;
    count = list_with(list, (struct migration[]){late, {NEXT}}, 2);
    assert_int_equal(code_of(migrate_list(&place->ctx, place->store, list, count)), ERR_WRONG_STATE);
}

static void
leaves_nothing_of_a_migration_that_fails_half_way(void **state)
{
    struct place *place = *state;
    struct migration list[LIST_MAX];
    struct migration broken = {NEXT};
    broken.sql[STORE_SQLITE] = "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; INSERT INTO nowhere VALUES (1)";
    broken.sql[STORE_POSTGRES] = "CREATE TABLE next (id BIGINT PRIMARY KEY); INSERT INTO nowhere VALUES (1)";
    size_t count = list_with(list, &broken, 1);
    assert_non_null(migrate_list(&place->ctx, place->store, list, count));
    MUST(place->ctx.arena, migrate_check(&place->ctx, place->store));
    count = list_with(list, (struct migration[]){{NEXT}}, 1);
    MUST(place->ctx.arena, migrate_list(&place->ctx, place->store, list, count)); /* table next is not there */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        PLACE_TEST(is_complete_after_migrate_and_stays_so_when_run_again),
        PLACE_TEST(applies_only_what_is_missing_and_older_programs_then_refuse),
        PLACE_TEST(refuses_a_migration_edited_after_it_was_applied),
        PLACE_TEST(refuses_a_migration_that_stands_behind_an_applied_one),
        PLACE_TEST(leaves_nothing_of_a_migration_that_fails_half_way),
    };
    return PLACE_RUN(tests);
}
