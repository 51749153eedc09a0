/* Rebuilding: the tables that acts' effects write are emptied and written again by replaying every act, in one
 * transaction; a digest before and after says whether they were what the acts say. Erasures are replayed too. */
#ifndef ACTS_REBUILD_H
#define ACTS_REBUILD_H

#include "acts/act.h"
#include "store/table.h"

struct rebuild_table {
    const char *name;
    struct table_digest before;
    struct table_digest after;
    bool is_same;
};
struct rebuild_report {
    int64_t acts;
    struct rebuild_table *tables;
    size_t tables_count;
    size_t changed; /* tables that were not what the acts say */
};
/* Needs TX_WRITE, and ctx->kinds. The caller commits, or rolls back if he only wanted to know. */
const struct err *acts_rebuild(struct ctx *ctx, struct rebuild_report *ret);

#endif
