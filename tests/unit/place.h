/* Where a test that needs a database works: a new one of its own, migrated, and a ctx on a world that stands still. */
#ifndef TESTS_PLACE_H
#define TESTS_PLACE_H

#include "base/world.h"
#include "store/store.h"
#include "unit.h"

struct place {
    struct arena *store_arena; /* of the store, and of a writer */
    struct ctx ctx;
    struct fake_world world;
    struct store *store;
    struct store_options options; /* to open one more store on the same database */
    char folder[64];              /* SQLite's */
};

/* A new database with the program's tables: a folder (STORE_SQLITE), or a schema in the database that
 * MARKAZ_TEST_POSTGRES names (STORE_POSTGRES; see tests/postgres.sh). */
void place_init(struct place *place, enum store_engine engine);
void place_done(struct place *place);
/* Closes the store and opens it again. */
void place_reopen(struct place *place);
/* Runs statements that no program should have: tables of a test. */
void place_script(struct place *place, const char *sql);
/* Another ctx in the same world, with an arena of its own for the caller to free. */
struct ctx place_ctx(struct place *place);
/* Whether there is a PostgreSQL to test with. */
bool place_has_postgres(void);

/* Tests that run on both engines, each with a new place as *state: PLACE_TEST rows, run by place_run(). Without
 * PostgreSQL it runs them on SQLite and says so. */
int place_setup(void **state);
int place_teardown(void **state);
#define PLACE_TEST(test) cmocka_unit_test_setup_teardown(test, place_setup, place_teardown)
int place_run_tests(const struct CMUnitTest *tests, size_t count);
#define PLACE_RUN(tests) place_run_tests((tests), sizeof(tests) / sizeof(tests)[0])

#endif
