/* What the tests of the law share: a small corpus from one string, and a question from two. */
#ifndef TESTS_LAW_SAMPLE_H
#define TESTS_LAW_SAMPLE_H

#include "law/law.h"

/* A text "T" in force since 2020-01-01 with norms 1/1 to 1/9 in article 1 and 2/1 to 2/3 in article 2; omitted facts
 * are unknown, or absent. */
extern const char sample_text[];
extern const char sample_text_absent[];

/* The sample text and this file beside it; fails the test when it has faults. */
struct law *sample_law(struct arena *arena, const char *file);
struct law *sample_law_absent(struct arena *arena, const char *file);
/* Its faults, printed one below the other; fails the test when it has none. */
const char *sample_faults(struct arena *arena, const char *file);
/* The answer to a check "c" at 2026-01-01, as JSON without id, check and as_of; an error as its code and place. */
const char *sample_ask(struct arena *arena, const struct law *law, const char *facts);
const char *sample_ask_at(struct arena *arena, const struct law *law, const char *check, const char *day,
                          const char *facts, const struct law_setting *settings, size_t settings_count);

#endif
