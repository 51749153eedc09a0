/* A data directory, open: the database, the folders beside it, the day. What `markaz init` and `markaz demo` make and
 * every other command opens.
 *
 *   DATA/markaz.db    the database, unless --db names a PostgreSQL
 *   DATA/documents    papers received and certificates issued, by their hash
 *   DATA/quarantine   uploads that no act has named yet
 *   DATA/signer       the signer's key and what it signed last
 *   DATA/today        a demo's day; absent in a real house
 *
 * Results live in the arena given. Errors: ERR_NOT_FOUND (no such directory, or nothing in it), ERR_WRONG_STATE
 * (migrations missing: run `markaz migrate`), and the store's. */
#ifndef APP_HOUSE_H
#define APP_HOUSE_H

#include "app/options.h"
#include "base/ctx.h"
#include "store/store.h"

struct house {
    struct arena *arena;
    struct arena *store_arena;
    struct store *store;
    const char *data;
    const char *documents;
    const char *quarantine;
    const char *signer;
    bool is_demo; /* has a day of its own */
    struct ctx ctx;
};

enum house_how {
    HOUSE_OPEN = 1, /* must exist, migrated */
    HOUSE_MIGRATE,  /* must exist; migrations are applied */
    HOUSE_CREATE    /* ERR_CONFLICT when there is one; folders and database are made, migrations applied */
};

/* Opens it. On an error nothing stays open. ctx is ready for tx_begin(): arena, language of the terminal, real world,
 * kinds, today; no law and no user. */
const struct err *house_open(struct arena *arena, const struct options *options, enum house_how how, struct house *ret);
void house_close(struct house *house); /* NULL and a house that did not open are fine; DEFER() it */

/* Gives a demo its day, for good. */
const struct err *house_keep_today(struct house *house, struct date today);

#endif
