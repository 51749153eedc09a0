/* One write by a command while nothing serves the house: the signer and the log are started, the work runs in one
 * transaction (a demo: in many), is committed, signed and published, and all is closed again. What the order is for:
 * acts/log.h. */
#ifndef APP_HOUSE_WRITE_H
#define APP_HOUSE_WRITE_H

#include "app/house.h"

/* Opens as how says and runs fn once. ctx has kinds, the day, and the law in force (NULL before any was adopted);
 * nobody is signed in, so acts are the system's. With HOUSE_CREATE, origin names the new log, whose key and first act
 * are made before fn. ERR_CONFLICT when the house is served meanwhile, or when HOUSE_CREATE finds one; ERR_FORK when
 * the database is not what was signed: then nothing is written. */
struct house_writing {
    const struct options *options;
    enum house_how how;
    const char *origin; /* HOUSE_CREATE only: "ccm.example/register" */
    tx_fn *fn;
    void *arg;
    /* A demo: its clock and chance, for the key too (NULL: the real world); and whether fn is to run again, in a
     * transaction of its own, signed like the first. */
    struct world *world;
    const bool *again;
};
const struct err *house_write(struct arena *arena, const struct house_writing *writing);

/* The law in force of an open house, into ctx->law; in arena. NULL when none was adopted. Needs no transaction. */
const struct err *house_law(struct house *house, struct arena *arena);

#endif
