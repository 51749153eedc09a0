/* Rows of act as the module's files pass them to each other. Only src/acts includes this. */
#ifndef ACTS_ROW_H
#define ACTS_ROW_H

#include "acts/act.h"
#include "acts/act.sql.h"
#include "acts/entry.h"

const struct err *act_row_get(struct ctx *ctx, struct act_id id, struct act_row_row *ret); /* ERR_NOT_FOUND */
const struct err *act_of_row(struct ctx *ctx, const struct act_row_row *row, struct act *ret);
struct act_fields fields_of_row(const struct act_row_row *row);
struct act_fields fields_of_rows(const struct act_rows_row *row);

#endif
