/* Numbers without holes: the next value of a named counter, in the transaction of ctx, so that a rollback gives it
 * back. Ids and register numbers come from here, never from a sequence, which jumps after a failover. */
#ifndef STORE_COUNTER_H
#define STORE_COUNTER_H

#include "store/store.h"

/* The next value, from 1. Needs TX_WRITE. */
const struct err *counter_next(struct ctx *ctx, struct text name, int64_t *ret_value);
/* The last value given, 0 when there was none. */
const struct err *counter_last(struct ctx *ctx, struct text name, int64_t *ret_value);

#endif
