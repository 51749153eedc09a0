/* A new folder for a test, removed with all in it when the test ends. */
#ifndef TESTS_FOLDER_H
#define TESTS_FOLDER_H

#include "../unit.h"

struct fixture {
    struct arena *arena;
    char folder[64];
};

int fixture_setup(void **state);
int fixture_teardown(void **state);
/* A path below the folder. */
const char *fixture_path(struct fixture *fixture, const char *name);
#define FIXTURE_TEST(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

#endif
