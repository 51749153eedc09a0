/* Tables as a whole: those of schema/ that both engines share, to compare them and to empty them. For rebuilding what
 * is derived and for proving that it is whole; a program's own work uses its .sql files. */
#ifndef STORE_TABLE_H
#define STORE_TABLE_H

#include "base/encode.h"
#include "store/statement.h"

struct store_table {
    const char *name;
    const struct statement *rows;
    const struct statement *empty;
};
extern const struct store_table store_tables[]; /* made from schema/ */
extern const size_t store_tables_count;

/* NULL: there is none of that name. */
const struct store_table *store_table(const char *name);

struct table_digest {
    int64_t rows;
    struct hash sum; /* of the hashes of the rows, modulo 2^256: the same whatever their order */
};
/* Needs a transaction; table_empty() one that writes. */
const struct err *table_digest(struct ctx *ctx, const struct store_table *table, struct table_digest *ret);
const struct err *table_empty(struct ctx *ctx, const struct store_table *table);

#endif
