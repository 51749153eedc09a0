/* The database: one way to open it, to read it and to write it, on SQLite (a file in the data directory) and on
 * PostgreSQL. Nothing else in the program calls either library: callers write .sql files, which tools/sqlgen.py turns
 * into typed functions (docs/sql-we-allow.md), and run them inside a transaction of ctx.
 *
 * Owns the tables migration and counter. A store may be shared by threads; a ctx, its arena and its transaction belong
 * to one thread at a time. Results live in ctx->arena. Errors: ERR_DB_BUSY (wait and retry), ERR_DISK_FULL,
 * ERR_DB_CORRUPT, ERR_CONFLICT (a unique key exists already, or another process writes here), ERR_UTF8 (text that is
 * not UTF-8 or holds NUL), ERR_IO, ERR_DB (the rest). */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/ctx.h"
#include "base/err.h"
#include "base/text.h"

struct store;

enum store_engine { STORE_SQLITE = 1, STORE_POSTGRES, STORE_ENGINES };

struct store_options {
    struct text at;      /* a data directory that exists, or postgresql://... */
    size_t readers_max;  /* read transactions at the same time; 0: STORE_READERS_MAX */
    int busy_ms;         /* how long to wait for a lock or a free reader; 0: STORE_BUSY_MS */
    int commit_delay_ms; /* tests and benches: what a slower disk adds to each commit of the writer */
    bool create;         /* make the database if there is none (SQLite) */
};

/* Opens it. The store lives in arena, which nobody else may use while the store is open. No migration is applied. */
const struct err *store_open(struct arena *arena, const struct store_options *options, struct store **ret);
/* Closes the connections and gives the lease back. No transaction may be open and no writer running. NULL is fine. */
void store_close(struct store *store);
enum store_engine store_engine(const struct store *store);

/* The right to write, held by one process for one database until store_close(): a locked file beside SQLite's, an
 * advisory lock of the write connection on PostgreSQL. ERR_CONFLICT when another holds it. The first write takes it;
 * call this to know early. */
const struct err *store_lease(struct ctx *ctx, struct store *store);

/* How often this store took the lease. When it changed, another process may have written in between (PostgreSQL after a
 * lost connection): what a caller remembers of the database is stale. */
uint64_t store_lease_count(const struct store *store);

enum tx_mode { TX_READ = 1, TX_WRITE };

/* What a transaction does. Its only effect is on the database and on results that it sets anew each time: it may be run
 * again when the database was busy. */
typedef const struct err *tx_fn(struct ctx *ctx, void *arg);

/* Runs fn in a read transaction of its own: one snapshot, on a pooled connection. ctx must not be in a transaction.
 * Tried up to TX_TRIES_MAX times while the database is busy. */
const struct err *store_read(struct store *store, struct ctx *ctx, tx_fn *fn, void *arg);

/* A transaction by hand, for commands. TX_WRITE is for programs that start no writer (writer.h); it takes the lease.
 * Each begin is answered by one commit or rollback, also after an error; a commit that fails has rolled back. */
const struct err *tx_begin(struct store *store, struct ctx *ctx, enum tx_mode mode);
const struct err *tx_commit(struct ctx *ctx);
void tx_rollback(struct ctx *ctx);

/* The mode of the transaction of ctx, 0 outside of one. */
enum tx_mode tx_mode(const struct ctx *ctx);

/* Savepoints nest. Each is ended by one release (keep) or one back_to (undo what came after it). Once a statement has
 * failed, all others of its transaction are refused (ERR_INTERNAL) until back_to() or rollback: as PostgreSQL has it.
 */
const struct err *tx_savepoint(struct ctx *ctx);
const struct err *tx_release(struct ctx *ctx);
const struct err *tx_back_to(struct ctx *ctx);

#endif
