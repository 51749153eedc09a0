/* What the code that tools/sqlgen.py writes stands on: a statement, its values, and how to run it. Callers use the
 * typed functions of their .sql.h files instead. */
#ifndef STORE_STATEMENT_H
#define STORE_STATEMENT_H

#include "base/date.h"
#include "base/encode.h"
#include "base/money.h"
#include "store/store.h"

enum value_type { VALUE_NULL = 1, VALUE_INT, VALUE_TEXT, VALUE_BYTES };

struct value {
    enum value_type type;
    int64_t number;
    struct text text; /* text and bytes */
};

struct statement_field {
    const char *name;
    enum value_type type; /* how it is stored */
    bool null;
};

struct statement {
    const char *name;
    const char *about;
    const char *file;
    const char *sql[STORE_ENGINES]; /* by enum store_engine */
    const char *slow;               /* why it may scan a table that grows; NULL: it may not */
    bool writes;
    size_t limit; /* the parameter, from 1, that bounds the rows; 0: a number in the text does */
    const struct statement_field *params;
    size_t params_count;
    const struct statement_field *columns;
    size_t columns_count;
};

/* Moves one row into the struct of the statement. */
typedef const struct err *statement_reader(struct ctx *ctx, const struct value *columns, void *ret_row);

/* All three need a transaction in ctx, and TX_WRITE when the statement writes. */
const struct err *statement_run(struct ctx *ctx, const struct statement *statement, const struct value *values,
                                int64_t *ret_changed); /* NULL: nobody asks */
const struct err *statement_one(struct ctx *ctx, const struct statement *statement, const struct value *values,
                                statement_reader *reader, void *ret_row, bool *ret_found); /* NULL: must be found */
const struct err *statement_many(struct ctx *ctx, const struct statement *statement, const struct value *values,
                                 statement_reader *reader, size_t row_size, void *ret_items, size_t *ret_count);
/* Row by row, without a bound: for whoever looks at a whole table. fn must not run statements; an error ends it. */
typedef const struct err *statement_row_fn(struct ctx *ctx, const struct statement *statement,
                                           const struct value *columns, void *arg);
const struct err *statement_each(struct ctx *ctx, const struct statement *statement, const struct value *values,
                                 statement_row_fn *fn, void *arg);

struct value value_null(void);
struct value value_int(int64_t number);
struct value value_bool(bool boolean);
struct value value_text(struct text text);
struct value value_bytes(struct text bytes);
struct value value_hash(const struct hash *hash); /* points to it */
struct value value_date(struct ctx *ctx, struct date date);
/* NULL for the absent one: text at NULL, DATE_NONE, id 0. */
struct value value_text_or_null(struct text text);
struct value value_bytes_or_null(struct text bytes);
struct value value_date_or_null(struct ctx *ctx, struct date date);

/* The text of a column, copied into ctx->arena; at NULL when the column is. */
struct text column_text(struct ctx *ctx, const struct value *column);
/* False when the column holds something else: the database was changed by hand. */
bool column_bool(const struct value *column, bool *ret);
bool column_date(const struct value *column, struct date *ret); /* NULL gives DATE_NONE */
bool column_hash(const struct value *column, struct hash *ret);
/* The error for a column that is not what its statement says (ERR_DB_CORRUPT). */
const struct err *column_fault(struct ctx *ctx, const struct statement *statement, size_t column);

#endif
