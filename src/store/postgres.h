/* Between postgres_session.c (connection, lease, transaction, errors) and postgres.c (statements). Only for src/store.
 */
#ifndef STORE_POSTGRES_H
#define STORE_POSTGRES_H

#include <libpq-fe.h>

#include "store/engine.h"
#include "store/prepared.h"

enum { POSTGRES_XID_BYTES = 24 };

struct postgres {
    struct connection head;
    PGconn *server;
    PGresult *result; /* of the statement that runs */
    int row;
    struct prepared prepared;
    char xid[POSTGRES_XID_BYTES]; /* the number of the write transaction */
};

struct postgres *postgres_of(struct connection *connection);

/* These stand in the table of the engine. */
struct connection *postgres_make(struct arena *arena);
const struct err *postgres_open(struct arena *arena, struct connection *connection);
void postgres_close(struct connection *connection);
const struct err *postgres_lease(struct arena *arena, struct connection *connection);
const struct err *postgres_control(struct arena *arena, struct connection *connection, enum control control);
bool postgres_in_transaction(const struct connection *connection);

/* Runs sql, with at most one parameter, and answers the first value of its last result as text. */
const struct err *postgres_query(struct arena *arena, struct postgres *postgres, const char *sql, const char *param,
                                 struct text *ret);
/* The error that a result tells. Notes when the connection is lost. */
const struct err *postgres_fault(struct arena *arena, struct postgres *postgres, const PGresult *result,
                                 const char *what);

#endif
