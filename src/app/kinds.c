#include "app/kinds.h"

/* One row a list, from the modules at the bottom up: rebuild() runs over acts, not over lists, so order is only for
 * readers. */
static const struct act_kind *const lists[] = {
    NULL, /* so that the table is never empty; not counted */
};

const struct act_kinds kinds = {.lists = lists, .count = sizeof lists / sizeof lists[0] - 1};
