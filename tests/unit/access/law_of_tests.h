/* The corpus of the folder law/, read once. */
#ifndef TESTS_ACCESS_LAW_OF_TESTS_H
#define TESTS_ACCESS_LAW_OF_TESTS_H

#include "law/law.h"

const struct law *law_of_tests(void);

#endif
