/* Migrations: schema/NNNN-name.sql, numbered, forward only, compiled into the program with their hash. Each is applied
 * in one transaction and recorded in the table migration; one that was edited after it was applied is refused. */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include "store/store.h"

struct migration {
    int64_t number;
    const char *name;
    const char *sha256;             /* hexadecimal, of the file */
    const char *sql[STORE_ENGINES]; /* by enum store_engine */
};

/* Those of this program, by rising number (generated from schema/). */
extern const struct migration migrations[];
extern const size_t migrations_count;

/* Applies what is missing, in the order of the numbers. Needs the lease and no open transaction. ERR_WRONG_STATE when
 * an applied migration is unknown here, has another hash, or stands behind one that is missing. Needs ctx->world. */
const struct err *migrate(struct ctx *ctx, struct store *store);
/* That all are applied, unchanged: ERR_WRONG_STATE otherwise. Writes nothing. */
const struct err *migrate_check(struct ctx *ctx, struct store *store);
/* The same with another list, for tests that upgrade from a released version. */
const struct err *migrate_list(struct ctx *ctx, struct store *store, const struct migration *list, size_t count);

#endif
