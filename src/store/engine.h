/* What an engine (sqlite.c, postgres.c) gives to the store. Only files of src/store include this.
 *
 * A connection is used by one thread at a time and runs one statement at a time. Its memory is taken once, in the
 * store's arena; its handle may be closed and opened again. Errors are made in the arena that each call is given. */
#ifndef STORE_ENGINE_H
#define STORE_ENGINE_H

#include <pthread.h>
#include <stdatomic.h>

#include "store/statement.h"
#include "store/store.h"

struct tx {
    struct store *store;
    struct connection *connection;
    enum tx_mode mode;
    int depth;   /* open savepoints */
    bool failed; /* by a statement: only going back is left, on both engines as PostgreSQL has it */
};

/* The head of each engine's own struct. */
struct connection {
    const struct store_options *options;
    bool open;
    bool leased;
    bool writes;  /* the one connection that may write */
    bool lost;    /* the server is gone: close before the next use */
    bool running; /* a statement is between start and finish */
    struct tx tx;
};

/* A column as the engine sees it before any row. */
struct described {
    struct text name;
    enum value_type type; /* 0: only rows tell (SQLite) */
    bool foreign;         /* of a type that no statement may give */
};

enum control {
    CONTROL_BEGIN_READ,
    CONTROL_BEGIN_WRITE,
    CONTROL_COMMIT,
    CONTROL_ROLLBACK,
    CONTROL_SAVEPOINT,
    CONTROL_RELEASE,
    CONTROL_BACK_TO,
    CONTROLS
};

struct engine {
    enum store_engine kind;
    struct connection *(*make)(struct arena *arena);
    const struct err *(*open)(struct arena *arena, struct connection *connection);
    void (*close)(struct connection *connection);
    /* Sets leased, or answers ERR_CONFLICT. */
    const struct err *(*lease)(struct arena *arena, struct connection *connection);
    const struct err *(*control)(struct arena *arena, struct connection *connection, enum control control);
    bool (*in_transaction)(const struct connection *connection);
    /* Several statements without parameters (a migration). */
    const struct err *(*script)(struct arena *arena, struct connection *connection, const char *sql);
    /* Prepares (once), binds and begins to run. */
    const struct err *(*start)(struct arena *arena, struct connection *connection, const struct statement *statement,
                               const struct value *values);
    /* The next row, whose texts stay until the next call. */
    const struct err *(*next)(struct arena *arena, struct connection *connection, struct value *columns, bool *ret_row);
    int64_t (*changed)(struct connection *connection);
    void (*finish)(struct connection *connection);
    /* For plan.h: the columns of the result, and the plan as the engine prints it. */
    const struct err *(*describe)(struct arena *arena, struct connection *connection, const struct statement *statement,
                                  struct described *ret, size_t *ret_count);
    const struct err *(*plan)(struct arena *arena, struct connection *connection, const struct statement *statement,
                              struct text *ret_plan);
    /* For upkeep.h. */
    const struct err *(*backup)(struct arena *arena, struct connection *connection, const char *path);
    const struct err *(*check)(struct arena *arena, struct connection *connection);
};

extern const struct engine engine_sqlite;
extern const struct engine engine_postgres;

struct store {
    const struct engine *engine;
    struct store_options options;
    struct connection *write;
    pthread_mutex_t write_lock; /* held from begin to end of a write transaction */
    bool writer_runs;           /* then only the writer's thread may write */
    _Atomic uint64_t lease_count;

    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t freed;
    struct connection **idle; /* readers that nobody uses, a stack: the warmest is taken first */
    size_t idle_count;
    struct connection **readers;
    size_t readers_count;
};

/* As tx_begin(), for the writer's own thread as well. */
const struct err *tx_open(struct store *store, struct ctx *ctx, enum tx_mode mode);
/* The error for whoever goes on in a transaction that failed. */
const struct err *tx_failed(struct ctx *ctx);
/* False when an error took the whole transaction with it. */
bool tx_is_open(const struct tx *tx);

#endif
