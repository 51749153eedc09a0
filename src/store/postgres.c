/* PostgreSQL 15 or later through libpq: prepared statements with binary parameters and results, one server connection
 * for each of ours, opened again when it was lost. */
#include "store/postgres.h"

#include <assert.h>
#include <string.h>

#include "base/buf.h"
#include "base/limits.h"

enum {
    PLAN_BYTES_MAX = 64 * 1024,
    NAME_BYTES = 24,
};

/* Object identifiers of types: fixed numbers of PostgreSQL's catalogue (pg_type.dat). */
enum oid {
    OID_BOOL = 16,
    OID_BYTEA = 17,
    OID_NAME = 19,
    OID_INT8 = 20,
    OID_INT2 = 21,
    OID_INT4 = 23,
    OID_TEXT = 25,
    OID_BPCHAR = 1042,
    OID_VARCHAR = 1043,
};

/* Tables under test are empty, and the planner would rightly read them whole. Priced like this it takes an index
 * wherever there is one for the condition, for the joins as well, as it would on tables that have grown. */
static const char plan_settings[] = "SET LOCAL plan_cache_mode = force_generic_plan;"
                                    "SET LOCAL enable_seqscan = off;"
                                    "SET LOCAL enable_hashjoin = off;"
                                    "SET LOCAL enable_mergejoin = off;"
                                    "SET LOCAL enable_material = off";

static const struct err *postgres_script(struct arena *arena, struct connection *connection, const char *sql);
static const struct err *postgres_start(struct arena *arena, struct connection *connection,
                                        const struct statement *statement, const struct value *values);
static const struct err *postgres_next(struct arena *arena, struct connection *connection, struct value *columns,
                                       bool *ret_row);
static int64_t postgres_changed(struct connection *connection);
static void postgres_finish(struct connection *connection);
static const struct err *postgres_describe(struct arena *arena, struct connection *connection,
                                           const struct statement *statement, struct described *ret, size_t *ret_count);
static const struct err *postgres_plan(struct arena *arena, struct connection *connection,
                                       const struct statement *statement, struct text *ret_plan);

static const struct err *postgres_backup(struct arena *arena, struct connection *connection, const char *path);
static const struct err *postgres_check(struct arena *arena, struct connection *connection);

static const struct err *prepared_name(struct arena *arena, struct postgres *postgres,
                                       const struct statement *statement, char ret_name[NAME_BYTES]);
static enum value_type type_of(Oid type);
static bool column_get(const PGresult *result, int row, int at, struct value *ret);
static int64_t big_endian(const char *at, size_t len);

const struct engine engine_postgres = {
    .kind = STORE_POSTGRES,
    .make = postgres_make,
    .open = postgres_open,
    .close = postgres_close,
    .lease = postgres_lease,
    .control = postgres_control,
    .in_transaction = postgres_in_transaction,
    .script = postgres_script,
    .start = postgres_start,
    .next = postgres_next,
    .changed = postgres_changed,
    .finish = postgres_finish,
    .describe = postgres_describe,
    .plan = postgres_plan,
    .backup = postgres_backup,
    .check = postgres_check,
};

static const struct err *
postgres_script(struct arena *arena, struct connection *connection, const char *sql)
{
    return postgres_query(arena, postgres_of(connection), sql, NULL, NULL);
}

static const struct err *
postgres_start(struct arena *arena, struct connection *connection, const struct statement *statement,
               const struct value *values)
{
    struct postgres *postgres = postgres_of(connection);
    assert(postgres->result == NULL);

    char name[NAME_BYTES];
    TRY(prepared_name(arena, postgres, statement, name));
    const char *at[STATEMENT_FIELDS_MAX];
    int len[STATEMENT_FIELDS_MAX];
    int format[STATEMENT_FIELDS_MAX];
    uint64_t numbers[STATEMENT_FIELDS_MAX];
    for (size_t i = 0; i < statement->params_count; i++) {
        const bool number = values[i].type == VALUE_INT;
        numbers[i] = __builtin_bswap64((uint64_t)values[i].number);
        at[i] = values[i].type == VALUE_NULL ? NULL : number ? (const char *)&numbers[i] : values[i].text.at;
        if (values[i].text.len > INT32_MAX) {
            return FAIL(arena, ERR_TOO_LARGE, "%s: %s is too long", statement->name, statement->params[i].name);
        }
        len[i] = number ? (int)sizeof numbers[i] : (int)values[i].text.len;
        format[i] = 1;
    }
    postgres->row = 0;
    postgres->result = PQexecPrepared(postgres->server, name, (int)statement->params_count, at, len, format, 1);
    const ExecStatusType status = PQresultStatus(postgres->result);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
        return postgres_fault(arena, postgres, postgres->result, statement->name);
    }
    assert((size_t)PQnfields(postgres->result) == statement->columns_count);
    return NULL;
}

static const struct err *
postgres_next(struct arena *arena, struct connection *connection, struct value *columns, bool *ret_row)
{
    struct postgres *postgres = postgres_of(connection);
    *ret_row = postgres->row < PQntuples(postgres->result);
    const int count = *ret_row ? PQnfields(postgres->result) : 0;
    for (int i = 0; i < count; i++) {
        if (!column_get(postgres->result, postgres->row, i, &columns[i])) {
            return FAIL(arena, ERR_DB, "column %s has a type that no statement may give: CAST it",
                        PQfname(postgres->result, i));
        }
    }
    postgres->row++;
    return NULL;
}

static int64_t
postgres_changed(struct connection *connection)
{
    int64_t changed = 0;
    const bool number = text_to_int64(text_of(PQcmdTuples(postgres_of(connection)->result)), &changed);
    return number ? changed : 0;
}

static void
postgres_finish(struct connection *connection)
{
    struct postgres *postgres = postgres_of(connection);
    PQclear(postgres->result);
    postgres->result = NULL;
}

static const struct err *
postgres_describe(struct arena *arena, struct connection *connection, const struct statement *statement,
                  struct described *ret, size_t *ret_count)
{
    struct postgres *postgres = postgres_of(connection);
    char name[NAME_BYTES];
    TRY(prepared_name(arena, postgres, statement, name));
    PGresult *result = PQdescribePrepared(postgres->server, name);
    const struct err *err =
        PQresultStatus(result) == PGRES_COMMAND_OK ? NULL : postgres_fault(arena, postgres, result, statement->name);
    const int count = PQnfields(result);
    for (int i = 0; i < count && i < STATEMENT_FIELDS_MAX; i++) {
        const enum value_type type = type_of(PQftype(result, i));
        ret[i] = (struct described){
            .name = text_copy(arena, text_of(PQfname(result, i))), .type = type, .foreign = type == VALUE_NULL};
    }
    *ret_count = (size_t)count;
    PQclear(result);
    return err;
}

static const struct err *
postgres_plan(struct arena *arena, struct connection *connection, const struct statement *statement,
              struct text *ret_plan)
{
    struct postgres *postgres = postgres_of(connection);
    char name[NAME_BYTES];
    TRY(prepared_name(arena, postgres, statement, name));
    TRY(postgres_query(arena, postgres, plan_settings, NULL, NULL));
    struct buf sql = buf_new(arena, PLAN_BYTES_MAX);
    buf_printf(&sql, "EXPLAIN (COSTS OFF) EXECUTE %s", name);
    for (size_t i = 0; i < statement->params_count; i++) {
        buf_cstr(&sql, i == 0 ? "(NULL" : ", NULL");
    }
    buf_cstr(&sql, statement->params_count == 0 ? "" : ")");
    PGresult *result = PQexec(postgres->server, text_cstr(arena, buf_built(&sql)));
    const struct err *err =
        PQresultStatus(result) == PGRES_TUPLES_OK ? NULL : postgres_fault(arena, postgres, result, statement->name);
    struct buf plan = buf_new(arena, PLAN_BYTES_MAX);
    for (int i = 0; i < PQntuples(result); i++) {
        buf_printf(&plan, "%s\n", PQgetvalue(result, i, 0));
    }
    PQclear(result);
    *ret_plan = buf_built(&plan);
    return err;
}

static const struct err *
postgres_backup(struct arena *arena, struct connection *connection, const char *path)
{
    (void)connection;
    return FAIL(arena, ERR_USAGE, "%s: PostgreSQL is copied by its own tools: pg_basebackup or pg_dump", path);
}

static const struct err *
postgres_check(struct arena *arena, struct connection *connection)
{
    return postgres_query(arena, postgres_of(connection), "SELECT 1", NULL, NULL);
}

/* The name of the statement on the server, which prepares it once for each connection. */
static const struct err *
prepared_name(struct arena *arena, struct postgres *postgres, const struct statement *statement,
              char ret_name[NAME_BYTES])
{
    struct prepared_slot *slot = prepared_slot(&postgres->prepared, statement);
    const struct text name = text_printf(arena, "s%td", slot - postgres->prepared.slots);
    assert(name.len < NAME_BYTES);
    memcpy(ret_name, name.at, name.len);
    ret_name[name.len] = '\0';
    if (slot->handle != NULL) {
        return NULL;
    }
    Oid types[STATEMENT_FIELDS_MAX];
    for (size_t i = 0; i < statement->params_count; i++) {
        const enum value_type type = statement->params[i].type;
        types[i] = type == VALUE_INT ? OID_INT8 : type == VALUE_TEXT ? OID_TEXT : OID_BYTEA;
    }
    PGresult *result =
        PQprepare(postgres->server, ret_name, statement->sql[STORE_POSTGRES], (int)statement->params_count, types);
    const struct err *err =
        PQresultStatus(result) == PGRES_COMMAND_OK ? NULL : postgres_fault(arena, postgres, result, statement->name);
    PQclear(result);
    if (err == NULL) {
        prepared_put(&postgres->prepared, slot, statement, slot);
    }
    return err;
}

static bool
column_get(const PGresult *result, int row, int at, struct value *ret)
{
    if (PQgetisnull(result, row, at)) {
        *ret = value_null();
        return true;
    }
    const struct text bytes = {.at = PQgetvalue(result, row, at), .len = (size_t)PQgetlength(result, row, at)};
    switch (type_of(PQftype(result, at))) {
    case VALUE_INT:
        *ret = value_int(big_endian(bytes.at, bytes.len));
        return true;
    case VALUE_TEXT:
        *ret = value_text(bytes);
        return true;
    case VALUE_BYTES:
        *ret = value_bytes(bytes);
        return true;
    case VALUE_NULL:
        break;
    }
    return false;
}

/* VALUE_NULL for a type that no statement may give. */
static enum value_type
type_of(Oid type)
{
    switch (type) {
    case OID_BOOL:
    case OID_INT2:
    case OID_INT4:
    case OID_INT8:
        return VALUE_INT;
    case OID_NAME:
    case OID_TEXT:
    case OID_BPCHAR:
    case OID_VARCHAR:
        return VALUE_TEXT;
    case OID_BYTEA:
        return VALUE_BYTES;
    default:
        return VALUE_NULL;
    }
}

/* A signed integer of 1, 2, 4 or 8 bytes. */
static int64_t
big_endian(const char *at, size_t len)
{
    assert(len >= 1 && len <= 8);

    uint64_t number = (signed char)at[0] < 0 ? UINT64_MAX : 0;
    for (size_t i = 0; i < len; i++) {
        number = number << 8 | (unsigned char)at[i];
    }
    return (int64_t)number;
}
