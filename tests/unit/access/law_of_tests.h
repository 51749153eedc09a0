/* The corpus of the folder law/, read once. */
#ifndef TESTS_ACCESS_LAW_OF_TESTS_H
#define TESTS_ACCESS_LAW_OF_TESTS_H

#include "law/law.h"

const struct law *law_of_tests(void);

/* A fictional amendment: in the file of that path, what stands is replaced, once; stands NULL: a file is added. */
struct amendment {
    const char *path;
    const char *stands;
    const char *instead;
};
/* The law with the amendments; in arena. */
const struct law *law_amended(struct arena *arena, const struct law *law, const struct amendment *amendments,
                              size_t count);

#endif
