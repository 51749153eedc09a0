/* PostgreSQL 15 or later through libpq: prepared statements with binary parameters and results, one server connection
 * for each of ours, opened again when it was lost. */
#include <assert.h>
#include <string.h>
#include <time.h>

#include <libpq-fe.h>

#include "base/buf.h"
#include "base/limits.h"
#include "store/engine.h"
#include "store/prepared.h"

enum {
    VERSION_LEAST = 150000,
    PLAN_BYTES_MAX = 64 * 1024,
    /* The first half of the advisory lock's key: "mrkz" in ASCII. The second is the schema's. */
    LEASE_KEY = 0x6D726B7A,
    XID_BYTES = 24,
    NAME_BYTES = 24,
    /* How often, a tenth of a second apart, the lease is asked for. */
    LEASE_TRIES_MAX = 10,
    /* How often, a tenth of a second apart, a commit that lost its connection is asked for. */
    SETTLE_TRIES_MAX = 50,
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

struct postgres {
    struct connection head;
    PGconn *server;
    PGresult *result; /* of the statement that runs */
    int row;
    struct prepared prepared;
    char xid[XID_BYTES]; /* of the write transaction */
};

static const char *const control_sql[CONTROLS] = {
    [CONTROL_BEGIN_READ] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    /* Its number tells later whether it was committed, should the answer be lost. */
    [CONTROL_BEGIN_WRITE] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE; SELECT pg_current_xact_id()",
    [CONTROL_COMMIT] = "COMMIT",
    [CONTROL_ROLLBACK] = "ROLLBACK",
    [CONTROL_SAVEPOINT] = "SAVEPOINT s",
    [CONTROL_RELEASE] = "RELEASE s",
    [CONTROL_BACK_TO] = "ROLLBACK TO s",
};

static struct connection *postgres_make(struct arena *arena);
static const struct err *postgres_open(struct arena *arena, struct connection *connection);
static void postgres_close(struct connection *connection);
static const struct err *postgres_lease(struct arena *arena, struct connection *connection);
static const struct err *postgres_control(struct arena *arena, struct connection *connection, enum control control);
static bool postgres_in_transaction(const struct connection *connection);
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

static struct postgres *postgres_of(struct connection *connection);
static const struct err *settings_check(struct arena *arena, struct postgres *postgres);
static const struct err *query(struct arena *arena, struct postgres *postgres, const char *sql, const char *param,
                               struct text *ret);
static const struct err *commit_check(struct arena *arena, struct postgres *postgres, const struct err *err);
static const struct err *commit_settle(struct arena *arena, struct postgres *postgres);
static const struct err *fault(struct arena *arena, struct postgres *postgres, const PGresult *result,
                               const char *what);
static enum err_code fault_code(const char *state);
static const struct err *prepared_name(struct arena *arena, struct postgres *postgres,
                                       const struct statement *statement, char ret_name[NAME_BYTES]);
static enum value_type type_of(Oid type);
static bool column_get(const PGresult *result, int row, int at, struct value *ret);
static int64_t big_endian(const char *at, size_t len);
static void pause_tenth(void);

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

static struct connection *
postgres_make(struct arena *arena)
{
    struct postgres *postgres = ARENA_NEW(arena, struct postgres);
    prepared_init(&postgres->prepared, arena);
    return &postgres->head;
}

/* What stands before dbname is a default that the URL may change; what stands behind it is not for the URL to say. A
 * peer that answers nothing for ten seconds is gone: an old primary must not keep its lease by silence. */
static const struct err *
postgres_open(struct arena *arena, struct connection *connection)
{
    assert(!connection->open);

    struct postgres *postgres = postgres_of(connection);
    const char *const names[] = {"connect_timeout", "tcp_user_timeout", "dbname",
                                 "client_encoding", "application_name", NULL};
    const char *const values[] = {"5", "10000", text_cstr(arena, connection->options->at), "UTF8", "markaz", NULL};
    postgres->server = PQconnectdbParams(names, values, 1 /* dbname is a URL */);
    connection->open = true;
    const struct err *err = PQstatus(postgres->server) == CONNECTION_OK
                                ? settings_check(arena, postgres)
                                : FAIL(arena, ERR_DB_BUSY, "cannot connect: %s", PQerrorMessage(postgres->server));
    if (err != NULL) {
        postgres_close(connection);
    }
    return err;
}

static void
postgres_close(struct connection *connection)
{
    struct postgres *postgres = postgres_of(connection);
    postgres_finish(connection);
    if (connection->leased && !connection->lost) {
        /* The server would do it too, but some time after we are gone. */
        PQclear(PQexec(postgres->server, "SELECT pg_advisory_unlock_all()"));
    }
    PQfinish(postgres->server);
    postgres->server = NULL;
    prepared_clear(&postgres->prepared);
    connection->open = false;
    connection->leased = false;
    connection->lost = false;
}

/* Held by the server for this session, one for each schema of a database. A holder that died is noticed by the server a
 * little later, so a service that starts again must not give up at once. */
static const struct err *
postgres_lease(struct arena *arena, struct connection *connection)
{
    const char *key = text_cstr(arena, text_printf(arena, "%d", LEASE_KEY));
    struct text taken = {0};
    for (int try = 1; try <= LEASE_TRIES_MAX; try++) {
        TRY(query(arena, postgres_of(connection),
                  "SELECT pg_try_advisory_lock(CAST($1 AS integer), hashtext(current_schema()))", key, &taken));
        if (text_is(taken, "t")) {
            connection->leased = true;
            return NULL;
        }
        pause_tenth();
    }
    return FAIL(arena, ERR_CONFLICT, "another process writes to this database");
}

static const struct err *
postgres_control(struct arena *arena, struct connection *connection, enum control control)
{
    struct postgres *postgres = postgres_of(connection);
    struct text answer = {0};
    const struct err *err = query(arena, postgres, control_sql[control], NULL, &answer);
    if (control == CONTROL_COMMIT) {
        return commit_check(arena, postgres, err);
    }
    if (err == NULL && control == CONTROL_BEGIN_WRITE) {
        assert(answer.len > 0 && answer.len < XID_BYTES);
        memcpy(postgres->xid, answer.at, answer.len);
        postgres->xid[answer.len] = '\0';
    }
    return err;
}

static bool
postgres_in_transaction(const struct connection *connection)
{
    const struct postgres *postgres = (const struct postgres *)connection;
    const PGTransactionStatusType status = PQtransactionStatus(postgres->server);
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE;
}

static const struct err *
postgres_script(struct arena *arena, struct connection *connection, const char *sql)
{
    return query(arena, postgres_of(connection), sql, NULL, NULL);
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
        return fault(arena, postgres, postgres->result, statement->name);
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
        PQresultStatus(result) == PGRES_COMMAND_OK ? NULL : fault(arena, postgres, result, statement->name);
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
    TRY(query(arena, postgres, "SET LOCAL enable_seqscan = off; SET LOCAL plan_cache_mode = force_generic_plan", NULL,
              NULL));
    struct buf sql = buf_new(arena, PLAN_BYTES_MAX);
    buf_printf(&sql, "EXPLAIN (COSTS OFF) EXECUTE %s", name);
    for (size_t i = 0; i < statement->params_count; i++) {
        buf_cstr(&sql, i == 0 ? "(NULL" : ", NULL");
    }
    buf_cstr(&sql, statement->params_count == 0 ? "" : ")");
    PGresult *result = PQexec(postgres->server, text_cstr(arena, buf_built(&sql)));
    const struct err *err =
        PQresultStatus(result) == PGRES_TUPLES_OK ? NULL : fault(arena, postgres, result, statement->name);
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
    return query(arena, postgres_of(connection), "SELECT 1", NULL, NULL);
}

static struct postgres *
postgres_of(struct connection *connection)
{
    static_assert(offsetof(struct postgres, head) == 0, "a connection of PostgreSQL begins with its head");
    return (struct postgres *)connection;
}

static const struct err *
settings_check(struct arena *arena, struct postgres *postgres)
{
    if (PQserverVersion(postgres->server) < VERSION_LEAST) {
        return FAIL(arena, ERR_DB, "PostgreSQL 15 or later is needed, this is %d", PQserverVersion(postgres->server));
    }
    const char *encoding = PQparameterStatus(postgres->server, "server_encoding");
    if (encoding == NULL || strcmp(encoding, "UTF8") != 0) {
        return FAIL(arena, ERR_DB, "the database is encoded in %s, not in UTF8", encoding == NULL ? "?" : encoding);
    }
    struct text setting = {0};
    TRY(query(arena, postgres, "SHOW synchronous_commit", NULL, &setting));
    if (text_is(setting, "off")) {
        return FAIL(arena, ERR_DB, "synchronous_commit is off: what is acknowledged must be on disk");
    }
    TRY(query(arena, postgres, "SELECT set_config('jit', 'off', false)", NULL, NULL));
    return query(arena, postgres, "SELECT set_config('lock_timeout', $1, false)",
                 text_cstr(arena, text_printf(arena, "%d", postgres->head.options->busy_ms)), NULL);
}

/* Runs sql, with at most one parameter, and answers the first value of its last result as text. */
static const struct err *
query(struct arena *arena, struct postgres *postgres, const char *sql, const char *param, struct text *ret)
{
    PGresult *result = param == NULL ? PQexec(postgres->server, sql)
                                     : PQexecParams(postgres->server, sql, 1, NULL, &param, NULL, NULL, 0);
    const ExecStatusType status = PQresultStatus(result);
    const struct err *err = NULL;
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
        err = fault(arena, postgres, result, sql);
    } else if (strcmp(sql, control_sql[CONTROL_COMMIT]) == 0 && strcmp(PQcmdStatus(result), "COMMIT") != 0) {
        err = FAIL(arena, ERR_DB, "the transaction had failed: the server answered %s", PQcmdStatus(result));
    } else if (ret != NULL) {
        *ret = PQntuples(result) > 0 && PQnfields(result) > 0 ? text_copy(arena, text_of(PQgetvalue(result, 0, 0)))
                                                              : TEXT("");
    }
    PQclear(result);
    return err;
}

/* A write whose connection was lost while it committed may be on disk or not: ask. */
static const struct err *
commit_check(struct arena *arena, struct postgres *postgres, const struct err *err)
{
    if (err == NULL || !postgres->head.lost || !postgres->head.writes) {
        return err;
    }
    const struct err *last = NULL;
    for (int try = 0; try < SETTLE_TRIES_MAX; try++) {
        postgres_close(&postgres->head);
        last = postgres_open(arena, &postgres->head);
        if (last == NULL) {
            last = commit_settle(arena, postgres);
            if (last == NULL || err_root(last) != ERR_BUSY) {
                break;
            }
        }
        pause_tenth();
    }
    if (last == NULL || err_root(last) == ERR_DB_BUSY) {
        return last;
    }
    return FAIL_BY(arena, last, ERR_DB, "the connection was lost in a commit, and whether it is written is not known");
}

/* NULL: it is written. ERR_DB_BUSY: it is not, do it again. ERR_BUSY: not decided yet. Asking needs the lease: while
 * another has it, the number of our transaction may be of theirs. The lease is then let go, so that whoever takes it
 * again counts it (store_lease_count). */
static const struct err *
commit_settle(struct arena *arena, struct postgres *postgres)
{
    TRY(postgres_lease(arena, &postgres->head));
    postgres->head.leased = false;
    struct text status = {0};
    TRY(query(arena, postgres, "SELECT pg_xact_status(CAST($1 AS xid8))", postgres->xid, &status));
    if (text_is(status, "committed")) {
        return NULL;
    }
    if (text_is(status, "aborted")) {
        return FAIL(arena, ERR_DB_BUSY, "the connection was lost before the commit");
    }
    return text_is(status, "in progress") ? FAIL(arena, ERR_BUSY, "the commit is not finished")
                                          : FAIL(arena, ERR_DB, "the server does not know the transaction");
}

/* Without the DETAIL of the server, which may hold what a person wrote. */
static const struct err *
fault(struct arena *arena, struct postgres *postgres, const PGresult *result, const char *what)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    message = message != NULL ? message : PQerrorMessage(postgres->server);
    if (PQstatus(postgres->server) != CONNECTION_OK) {
        postgres->head.lost = true;
        return FAIL(arena, ERR_DB_BUSY, "the connection to PostgreSQL is lost: %s, %s", message, what);
    }
    return FAIL(arena, fault_code(state == NULL ? "" : state), "PostgreSQL %s, %s: %s", state == NULL ? "-" : state,
                message, what);
}

static enum err_code
fault_code(const char *state)
{
    static const struct {
        const char *state;
        enum err_code code;
    } rows[] = {
        {"23505", ERR_CONFLICT},   /* unique_violation */
        {"53100", ERR_DISK_FULL},  /* disk_full */
        {"40001", ERR_DB_BUSY},    /* serialization_failure */
        {"40P01", ERR_DB_BUSY},    /* deadlock_detected */
        {"55P03", ERR_DB_BUSY},    /* lock_not_available */
        {"53300", ERR_DB_BUSY},    /* too_many_connections */
        {"57P01", ERR_DB_BUSY},    /* admin_shutdown */
        {"57P02", ERR_DB_BUSY},    /* crash_shutdown */
        {"57P03", ERR_DB_BUSY},    /* cannot_connect_now */
        {"22021", ERR_UTF8},       /* character_not_in_repertoire */
        {"58030", ERR_IO},         /* io_error */
        {"XX001", ERR_DB_CORRUPT}, /* data_corrupted */
        {"XX002", ERR_DB_CORRUPT}, /* index_corrupted */
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (strcmp(rows[i].state, state) == 0) {
            return rows[i].code;
        }
    }
    return ERR_DB;
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
        PQresultStatus(result) == PGRES_COMMAND_OK ? NULL : fault(arena, postgres, result, statement->name);
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

static void
pause_tenth(void)
{
    const struct timespec tenth = {.tv_nsec = 100 * 1000 * 1000};
    nanosleep(&tenth, NULL);
}
