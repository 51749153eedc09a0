/* The law's check of competence, for tests: read once from the folder law/. */
#ifndef TESTS_ACCESS_LAW_OF_TESTS_H
#define TESTS_ACCESS_LAW_OF_TESTS_H

#include "law/law.h"

const struct law *law_of_tests(void);

#endif
