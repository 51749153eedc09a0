/* Two states of the law side by side: two folders, or one folder at two dates. And the one form of a law file. */
#ifndef LAW_COMPARE_H
#define LAW_COMPARE_H

#include "law/law.h"

enum law_change_kind { CHANGE_ADDED = 1, CHANGE_REMOVED, CHANGE_CHANGED };
struct law_change {
    enum law_change_kind kind;
    struct text what; /* norm, check, table, define, parameter, procedure, formality, body */
    struct text name;
    struct text was, is; /* of parameters: their values; else file and line */
};
/* What differs from a (at its date) to b (at its date), by kind and then in the order of b; DATE_NONE: whatever the
 * date. Lives in arena. */
const struct law_change *law_compare(struct arena *arena, const struct law *a, struct date a_at, const struct law *b,
                                     struct date b_at, size_t *ret_count);

/* The file in its one form: no space at line ends, at most one empty line in a row, none at either end, one line end at
 * the end, and a space behind the # of a comment. Columns stay as written. Formatting twice changes nothing. */
struct text law_format(struct arena *arena, struct text bytes);

#endif
