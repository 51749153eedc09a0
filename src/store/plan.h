/* What an engine makes of a statement: for the test that looks at all of them, and for whoever wonders. */
#ifndef STORE_PLAN_H
#define STORE_PLAN_H

#include "store/statement.h"

/* Prepares the statement and compares the columns of its result, names and number, with its declaration. ERR_DB with
 * the difference. Needs a transaction. */
const struct err *statement_check(struct ctx *ctx, const struct statement *statement);
/* The plan, as the engine prints it: EXPLAIN QUERY PLAN, or EXPLAIN of the generic plan with sequential scans priced
 * out of use, so that small tables show what large ones would do. Needs a transaction. */
const struct err *statement_plan(struct ctx *ctx, const struct statement *statement, struct text *ret_plan);
/* The line of the plan that reads a whole table or index, or the empty text. */
struct text plan_scan(enum store_engine engine, const struct statement *statement, struct text plan);

#endif
