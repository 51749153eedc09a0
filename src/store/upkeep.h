/* Care of the database as a whole: copies and checks. */
#ifndef STORE_UPKEEP_H
#define STORE_UPKEEP_H

#include "store/store.h"

/* Copies the database of one moment into a new file, synced, while others read and write. ERR_CONFLICT when the file
 * exists. On PostgreSQL ERR_USAGE: its own tools (pg_basebackup, pg_dump) do it. Documents are not in it. */
const struct err *store_backup(struct ctx *ctx, struct store *store, struct text path);
/* That pages, indexes and foreign keys are whole: ERR_DB_CORRUPT names the first fault. PostgreSQL checks pages as it
 * reads them, so there only the connection is tried. */
const struct err *store_check(struct ctx *ctx, struct store *store);

#endif
