/* The server of a connection: opened, leased, lost, asked again; its transactions and its errors. */
#include <assert.h>
#include <string.h>
#include <time.h>

#include "store/postgres.h"

enum {
    VERSION_LEAST = 150000,
    /* The first half of the advisory lock's key: "mrkz" in ASCII. The second is the schema's. */
    LEASE_KEY = 0x6D726B7A,
    /* How often, a tenth of a second apart, the lease is asked for. */
    LEASE_TRIES_MAX = 10,
    /* How often, a tenth of a second apart, a commit that lost its connection is asked for. */
    SETTLE_TRIES_MAX = 50,
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

static const struct err *settings_check(struct arena *arena, struct postgres *postgres);
static const struct err *commit_check(struct arena *arena, struct postgres *postgres, const struct err *err);
static const struct err *commit_settle(struct arena *arena, struct postgres *postgres);
static enum err_code fault_code(const char *state);
static void pause_tenth(void);

struct postgres *
postgres_of(struct connection *connection)
{
    static_assert(offsetof(struct postgres, head) == 0, "a connection of PostgreSQL begins with its head");
    return (struct postgres *)connection;
}

struct connection *
postgres_make(struct arena *arena)
{
    struct postgres *postgres = ARENA_NEW(arena, struct postgres);
    prepared_init(&postgres->prepared, arena);
    return &postgres->head;
}

/* What stands before dbname is a default that the URL may change; what stands behind it is not for the URL to say. A
 * peer that answers nothing for ten seconds is gone: an old primary must not keep its lease by silence. */
const struct err *
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

void
postgres_close(struct connection *connection)
{
    struct postgres *postgres = postgres_of(connection);
    PQclear(postgres->result);
    postgres->result = NULL;
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
const struct err *
postgres_lease(struct arena *arena, struct connection *connection)
{
    const char *key = text_cstr(arena, text_printf(arena, "%d", LEASE_KEY));
    struct text taken = {0};
    for (int try = 1; try <= LEASE_TRIES_MAX; try++) {
        TRY(postgres_query(arena, postgres_of(connection),
                           "SELECT pg_try_advisory_lock(CAST($1 AS integer), hashtext(current_schema()))", key,
                           &taken));
        if (text_is(taken, "t")) {
            connection->leased = true;
            return NULL;
        }
        pause_tenth();
    }
    return FAIL(arena, ERR_CONFLICT, "another process writes to this database");
}

const struct err *
postgres_control(struct arena *arena, struct connection *connection, enum control control)
{
    struct postgres *postgres = postgres_of(connection);
    struct text answer = {0};
    const struct err *err = postgres_query(arena, postgres, control_sql[control], NULL, &answer);
    if (control == CONTROL_COMMIT) {
        return commit_check(arena, postgres, err);
    }
    if (err == NULL && control == CONTROL_BEGIN_WRITE) {
        assert(answer.len > 0 && answer.len < POSTGRES_XID_BYTES);
        memcpy(postgres->xid, answer.at, answer.len);
        postgres->xid[answer.len] = '\0';
    }
    return err;
}

bool
postgres_in_transaction(const struct connection *connection)
{
    const struct postgres *postgres = (const struct postgres *)connection;
    const PGTransactionStatusType status = PQtransactionStatus(postgres->server);
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE;
}

const struct err *
postgres_query(struct arena *arena, struct postgres *postgres, const char *sql, const char *param, struct text *ret)
{
    PGresult *result = param == NULL ? PQexec(postgres->server, sql)
                                     : PQexecParams(postgres->server, sql, 1, NULL, &param, NULL, NULL, 0);
    const ExecStatusType status = PQresultStatus(result);
    const struct err *err = NULL;
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
        err = postgres_fault(arena, postgres, result, sql);
    } else if (strcmp(sql, control_sql[CONTROL_COMMIT]) == 0 && strcmp(PQcmdStatus(result), "COMMIT") != 0) {
        err = FAIL(arena, ERR_DB, "the transaction had failed: the server answered %s", PQcmdStatus(result));
    } else if (ret != NULL) {
        *ret = PQntuples(result) > 0 && PQnfields(result) > 0 ? text_copy(arena, text_of(PQgetvalue(result, 0, 0)))
                                                              : TEXT("");
    }
    PQclear(result);
    return err;
}

/* Without the DETAIL of the server, which may hold what a person wrote. */
const struct err *
postgres_fault(struct arena *arena, struct postgres *postgres, const PGresult *result, const char *what)
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
    TRY(postgres_query(arena, postgres, "SHOW synchronous_commit", NULL, &setting));
    if (text_is(setting, "off")) {
        return FAIL(arena, ERR_DB, "synchronous_commit is off: what is acknowledged must be on disk");
    }
    TRY(postgres_query(arena, postgres, "SELECT set_config('jit', 'off', false)", NULL, NULL));
    return postgres_query(arena, postgres, "SELECT set_config('lock_timeout', $1, false)",
                          text_cstr(arena, text_printf(arena, "%d", postgres->head.options->busy_ms)), NULL);
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
    TRY(postgres_query(arena, postgres, "SELECT pg_xact_status(CAST($1 AS xid8))", postgres->xid, &status));
    if (text_is(status, "committed")) {
        return NULL;
    }
    if (text_is(status, "aborted")) {
        return FAIL(arena, ERR_DB_BUSY, "the connection was lost before the commit");
    }
    return text_is(status, "in progress") ? FAIL(arena, ERR_BUSY, "the commit is not finished")
                                          : FAIL(arena, ERR_DB, "the server does not know the transaction");
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

static void
pause_tenth(void)
{
    const struct timespec tenth = {.tv_nsec = 100 * 1000 * 1000};
    nanosleep(&tenth, NULL);
}
