#include "store/statement.h"

#include <assert.h>
#include <string.h>

#include "base/limits.h"
#include "store/engine.h"

enum { ROWS_FIRST = 16 };

/* The rows of statement_many() while they come in. */
struct rows {
    char *items;
    size_t count;
    size_t room;
    size_t row_size;
};

static const struct err *start(struct ctx *ctx, const struct statement *statement, const struct value *values);
static const struct err *next(struct ctx *ctx, const struct statement *statement, struct value *columns, bool *ret_row);
static void finish(struct ctx *ctx);
static const struct err *read_one(struct ctx *ctx, const struct statement *statement, statement_reader *reader,
                                  void *ret_row, bool *ret_found);
static const struct err *read_many(struct ctx *ctx, const struct statement *statement, statement_reader *reader,
                                   struct rows *rows);
static void *row_add(struct arena *arena, struct rows *rows);

const struct err *
statement_run(struct ctx *ctx, const struct statement *statement, const struct value *values, int64_t *ret_changed)
{
    TRY(start(ctx, statement, values));
    struct value columns[STATEMENT_FIELDS_MAX];
    bool row = false;
    const struct err *err = next(ctx, statement, columns, &row);
    if (err == NULL && ret_changed != NULL) {
        *ret_changed = ctx->tx->store->engine->changed(ctx->tx->connection);
    }
    finish(ctx);
    return err;
}

const struct err *
statement_one(struct ctx *ctx, const struct statement *statement, const struct value *values, statement_reader *reader,
              void *ret_row, bool *ret_found)
{
    bool found = false;
    TRY(start(ctx, statement, values));
    const struct err *err = read_one(ctx, statement, reader, ret_row, &found);
    finish(ctx);
    TRY(err);
    if (ret_found != NULL) {
        *ret_found = found;
    } else if (!found) {
        return FAIL(ctx->arena, ERR_DB_CORRUPT, "%s must find a row and finds none", statement->name);
    }
    return NULL;
}

/* tidy: functions: only generated code calls it */
const struct err *
statement_many(struct ctx *ctx, const struct statement *statement, const struct value *values, statement_reader *reader,
               size_t row_size, void *ret_items, size_t *ret_count)
{
    struct rows rows = {.row_size = row_size};
    TRY(start(ctx, statement, values));
    const struct err *err = read_many(ctx, statement, reader, &rows);
    finish(ctx);
    TRY(err);
    memcpy(ret_items, &rows.items, sizeof rows.items);
    *ret_count = rows.count;
    return NULL;
}

const struct err *
statement_each(struct ctx *ctx, const struct statement *statement, const struct value *values, statement_row_fn *fn,
               void *arg)
{
    struct value columns[STATEMENT_FIELDS_MAX];
    const struct err *err = NULL;
    bool row = true;
    TRY(start(ctx, statement, values));
    while (err == NULL && row) {
        err = next(ctx, statement, columns, &row);
        if (err == NULL && row) {
            err = fn(ctx, statement, columns, arg);
        }
    }
    finish(ctx);
    return err;
}

struct value
value_null(void)
{
    return (struct value){.type = VALUE_NULL};
}

struct value
value_int(int64_t number)
{
    return (struct value){.type = VALUE_INT, .number = number};
}

struct value
value_bool(bool boolean)
{
    return value_int(boolean ? 1 : 0);
}

struct value
value_text(struct text text)
{
    return (struct value){.type = VALUE_TEXT, .text = text.at == NULL ? TEXT("") : text};
}

struct value
value_bytes(struct text bytes)
{
    return (struct value){.type = VALUE_BYTES, .text = bytes.at == NULL ? TEXT("") : bytes};
}

struct value
value_hash(const struct hash *hash)
{
    return value_bytes((struct text){.at = (const char *)hash->bytes, .len = HASH_BYTES});
}

struct value
value_date(struct ctx *ctx, struct date date)
{
    assert(!date_is_none(date));
    return value_text(date_to_text(ctx->arena, date));
}

struct value
value_text_or_null(struct text text)
{
    return text.at == NULL ? value_null() : value_text(text);
}

struct value
value_bytes_or_null(struct text bytes)
{
    return bytes.at == NULL ? value_null() : value_bytes(bytes);
}

struct value
value_date_or_null(struct ctx *ctx, struct date date)
{
    return date_is_none(date) ? value_null() : value_date(ctx, date);
}

struct text
column_text(struct ctx *ctx, const struct value *column)
{
    return column->type == VALUE_NULL ? (struct text){0} : text_copy(ctx->arena, column->text);
}

bool
column_bool(const struct value *column, bool *ret)
{
    *ret = column->number == 1;
    return column->type == VALUE_NULL || column->number == 0 || column->number == 1;
}

bool
column_date(const struct value *column, struct date *ret)
{
    *ret = DATE_NONE;
    return column->type == VALUE_NULL || date_from_text(column->text, ret);
}

bool
column_hash(const struct value *column, struct hash *ret)
{
    if (column->type == VALUE_NULL) {
        *ret = (struct hash){0};
        return true;
    }
    if (column->text.len != HASH_BYTES) {
        return false;
    }
    memcpy(ret->bytes, column->text.at, HASH_BYTES);
    return true;
}

const struct err *
column_fault(struct ctx *ctx, const struct statement *statement, size_t column)
{
    return FAIL(ctx->arena, ERR_DB_CORRUPT, "%s: %s is not what the statement declares", statement->name,
                statement->columns[column].name);
}

/* Both engines must refuse the same texts: PostgreSQL takes neither broken UTF-8 nor NUL, SQLite would take both. */
static const struct err *
start(struct ctx *ctx, const struct statement *statement, const struct value *values)
{
    assert(ctx->tx != NULL);
    assert(!statement->writes || ctx->tx->mode == TX_WRITE);
    assert(!ctx->tx->connection->running);
    assert(statement->params_count <= STATEMENT_FIELDS_MAX && statement->columns_count <= STATEMENT_FIELDS_MAX);

    if (statement->limit > 0 && values[statement->limit - 1].number > STATEMENT_ROWS_MAX) {
        return FAIL(ctx->arena, ERR_TOO_LARGE, "%s: a limit above %d rows", statement->name, STATEMENT_ROWS_MAX);
    }
    for (size_t i = 0; i < statement->params_count; i++) {
        const struct statement_field *param = &statement->params[i];
        assert(values[i].type == param->type || (values[i].type == VALUE_NULL && param->null));
        const struct text text = values[i].text;
        if (values[i].type == VALUE_TEXT && (!text_is_utf8(text) || memchr(text.at, 0, text.len) != NULL)) {
            return FAIL(ctx->arena, ERR_UTF8, "%s: %s is not UTF-8 without NUL", statement->name, param->name);
        }
    }
    if (ctx->tx->failed) {
        return tx_failed(ctx);
    }
    struct connection *connection = ctx->tx->connection;
    connection->running = true;
    const struct err *err = ctx->tx->store->engine->start(ctx->arena, connection, statement, values);
    if (err != NULL) {
        ctx->tx->failed = true;
        finish(ctx);
    }
    return err;
}

static const struct err *
next(struct ctx *ctx, const struct statement *statement, struct value *columns, bool *ret_row)
{
    const struct err *err = ctx->tx->store->engine->next(ctx->arena, ctx->tx->connection, columns, ret_row);
    if (err != NULL) {
        ctx->tx->failed = true;
        return err;
    }
    if (*ret_row) {
        for (size_t i = 0; i < statement->columns_count; i++) {
            const struct statement_field *column = &statement->columns[i];
            if (columns[i].type == VALUE_NULL ? !column->null : columns[i].type != column->type) {
                return column_fault(ctx, statement, i);
            }
        }
    }
    return NULL;
}

static void
finish(struct ctx *ctx)
{
    struct connection *connection = ctx->tx->connection;
    ctx->tx->store->engine->finish(connection);
    connection->running = false;
}

static const struct err *
read_one(struct ctx *ctx, const struct statement *statement, statement_reader *reader, void *ret_row, bool *ret_found)
{
    struct value columns[STATEMENT_FIELDS_MAX];
    TRY(next(ctx, statement, columns, ret_found));
    if (!*ret_found) {
        return NULL;
    }
    TRY(reader(ctx, columns, ret_row));
    bool second = false;
    TRY(next(ctx, statement, columns, &second));
    return second ? FAIL(ctx->arena, ERR_DB_CORRUPT, "%s finds two rows", statement->name) : NULL;
}

static const struct err *
read_many(struct ctx *ctx, const struct statement *statement, statement_reader *reader, struct rows *rows)
{
    struct value columns[STATEMENT_FIELDS_MAX];
    for (;;) {
        bool row = false;
        TRY(next(ctx, statement, columns, &row));
        if (!row) {
            return NULL;
        }
        if (rows->count == STATEMENT_ROWS_MAX) {
            return FAIL(ctx->arena, ERR_TOO_LARGE, "%s finds more than %d rows", statement->name, STATEMENT_ROWS_MAX);
        }
        TRY(reader(ctx, columns, row_add(ctx->arena, rows)));
    }
}

static void *
row_add(struct arena *arena, struct rows *rows)
{
    if (rows->count == rows->room) {
        rows->room = rows->room == 0 ? ROWS_FIRST : rows->room * 2;
        char *items = arena_array(arena, rows->room, rows->row_size);
        if (rows->count > 0) {
            memcpy(items, rows->items, rows->count * rows->row_size);
        }
        rows->items = items;
    }
    return rows->items + rows->count++ * rows->row_size;
}
