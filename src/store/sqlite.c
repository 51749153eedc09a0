/* SQLite: one file in the data directory, in WAL mode, each commit on disk before it is answered. */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/buf.h"
#include "base/limits.h"
#include "store/engine.h"
#include "store/prepared.h"

/* The WAL-reset fault of earlier versions can lose a committed transaction (fixed in 3.51.3). */
enum { SQLITE_VERSION_LEAST = 3051003, PLAN_BYTES_MAX = 64 * 1024 };

struct sqlite {
    struct connection head;
    sqlite3 *db;
    sqlite3_stmt *running;
    sqlite3_stmt *controls[CONTROLS];
    struct prepared prepared;
    int lease_fd;
};

static const char *const control_sql[CONTROLS] = {
    [CONTROL_BEGIN_READ] = "BEGIN",      [CONTROL_BEGIN_WRITE] = "BEGIN IMMEDIATE", [CONTROL_COMMIT] = "COMMIT",
    [CONTROL_ROLLBACK] = "ROLLBACK",     [CONTROL_SAVEPOINT] = "SAVEPOINT s",       [CONTROL_RELEASE] = "RELEASE s",
    [CONTROL_BACK_TO] = "ROLLBACK TO s",
};

/* A crash of the machine loses nothing that was answered: FULL syncs the log at each commit. LIKE as in PostgreSQL. */
static const char settings[] = "PRAGMA journal_mode = WAL;"
                               "PRAGMA synchronous = FULL;"
                               "PRAGMA foreign_keys = ON;"
                               "PRAGMA trusted_schema = OFF;"
                               "PRAGMA case_sensitive_like = ON;"
                               "PRAGMA cache_size = -8000;"
                               "PRAGMA journal_size_limit = 67108864;"
                               "PRAGMA temp_store = MEMORY;";

static struct connection *sqlite_make(struct arena *arena);
static const struct err *sqlite_open(struct arena *arena, struct connection *connection);
static void sqlite_close(struct connection *connection);
static const struct err *sqlite_lease(struct arena *arena, struct connection *connection);
static const struct err *sqlite_control(struct arena *arena, struct connection *connection, enum control control);
static bool sqlite_in_transaction(const struct connection *connection);
static const struct err *sqlite_script(struct arena *arena, struct connection *connection, const char *sql);
static const struct err *sqlite_start(struct arena *arena, struct connection *connection,
                                      const struct statement *statement, const struct value *values);
static const struct err *sqlite_next(struct arena *arena, struct connection *connection, struct value *columns,
                                     bool *ret_row);
static int64_t sqlite_changed(struct connection *connection);
static void sqlite_finish(struct connection *connection);
static const struct err *sqlite_describe(struct arena *arena, struct connection *connection,
                                         const struct statement *statement, struct described *ret, size_t *ret_count);
static const struct err *sqlite_plan(struct arena *arena, struct connection *connection,
                                     const struct statement *statement, struct text *ret_plan);
static const struct err *sqlite_backup(struct arena *arena, struct connection *connection, const char *path);
static const struct err *sqlite_check(struct arena *arena, struct connection *connection);
static struct sqlite *sqlite_of(struct connection *connection);
static const struct err *fault(struct arena *arena, struct sqlite *sqlite, const char *what);
static enum err_code fault_code(struct sqlite *sqlite);
static const struct err *prepare(struct arena *arena, struct sqlite *sqlite, const char *name, const char *sql,
                                 sqlite3_stmt **ret);
static const struct err *prepared_get(struct arena *arena, struct sqlite *sqlite, const struct statement *statement,
                                      sqlite3_stmt **ret);
static int bind(sqlite3_stmt *stmt, int at, const struct value *value);
static void column_get(sqlite3_stmt *stmt, int at, struct value *ret);

const struct engine engine_sqlite = {
    .kind = STORE_SQLITE,
    .make = sqlite_make,
    .open = sqlite_open,
    .close = sqlite_close,
    .lease = sqlite_lease,
    .control = sqlite_control,
    .in_transaction = sqlite_in_transaction,
    .script = sqlite_script,
    .start = sqlite_start,
    .next = sqlite_next,
    .changed = sqlite_changed,
    .finish = sqlite_finish,
    .describe = sqlite_describe,
    .plan = sqlite_plan,
    .backup = sqlite_backup,
    .check = sqlite_check,
};

static struct connection *
sqlite_make(struct arena *arena)
{
    struct sqlite *sqlite = ARENA_NEW(arena, struct sqlite);
    sqlite->lease_fd = -1;
    prepared_init(&sqlite->prepared, arena);
    return &sqlite->head;
}

static const struct err *
sqlite_open(struct arena *arena, struct connection *connection)
{
    assert(!connection->open);
    assert(sqlite3_threadsafe() != 0);

    struct sqlite *sqlite = sqlite_of(connection);
    if (sqlite3_libversion_number() < SQLITE_VERSION_LEAST) {
        return FAIL(arena, ERR_DB, "SQLite %s is too old: 3.51.3 or later is needed", sqlite3_libversion());
    }
    const struct text path = text_printf(arena, "%.*s/markaz.db", TEXT_ARG(connection->options->at));
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    flags |= connection->options->create ? SQLITE_OPEN_CREATE : 0;
    connection->open = true; /* so that a half-opened one is closed */
    const struct err *err = NULL;
    if (sqlite3_open_v2(text_cstr(arena, path), &sqlite->db, flags, NULL) != SQLITE_OK) {
        err = fault(arena, sqlite, "open");
    }
    if (err == NULL) {
        sqlite3_busy_timeout(sqlite->db, connection->options->busy_ms);
        sqlite3_db_config(sqlite->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
        sqlite3_db_config(sqlite->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
        sqlite3_db_config(sqlite->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
        sqlite3_db_config(sqlite->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
        sqlite3_limit(sqlite->db, SQLITE_LIMIT_ATTACHED, 0);
        err = sqlite_script(arena, connection, settings);
    }
    if (err == NULL && !connection->writes) {
        err = sqlite_script(arena, connection, "PRAGMA query_only = ON");
    }
    if (err != NULL) {
        sqlite_close(connection);
        return FAIL_BY(arena, err, err_root(err), "cannot open %.*s", TEXT_ARG(path));
    }
    return NULL;
}

static void
sqlite_close(struct connection *connection)
{
    struct sqlite *sqlite = sqlite_of(connection);
    for (size_t i = 0; i < STATEMENTS_MAX; i++) {
        sqlite3_finalize(sqlite->prepared.slots[i].handle);
    }
    prepared_clear(&sqlite->prepared);
    for (int i = 0; i < CONTROLS; i++) {
        sqlite3_finalize(sqlite->controls[i]);
        sqlite->controls[i] = NULL;
    }
    const int closed = sqlite3_close(sqlite->db);
    assert(closed == SQLITE_OK);
    sqlite->db = NULL;
    if (sqlite->lease_fd >= 0) {
        close(sqlite->lease_fd);
        sqlite->lease_fd = -1;
    }
    connection->open = false;
    connection->leased = false;
    connection->lost = false;
}

/* The lock is of the open file, so a second store of the same process is refused as well. It ends with the process. */
static const struct err *
sqlite_lease(struct arena *arena, struct connection *connection)
{
    struct sqlite *sqlite = sqlite_of(connection);
    const char *path = text_cstr(arena, text_printf(arena, "%.*s/lease", TEXT_ARG(connection->options->at)));
    const int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        return FAIL(arena, errno == ENOSPC ? ERR_DISK_FULL : ERR_IO, "cannot open %s: %s", path, strerror(errno));
    }
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        const int reason = errno;
        close(fd);
        return reason == EWOULDBLOCK ? FAIL(arena, ERR_CONFLICT, "another process writes here: %s is locked", path)
                                     : FAIL(arena, ERR_IO, "cannot lock %s: %s", path, strerror(reason));
    }
    sqlite->lease_fd = fd;
    connection->leased = true;
    return NULL;
}

static const struct err *
sqlite_control(struct arena *arena, struct connection *connection, enum control control)
{
    struct sqlite *sqlite = sqlite_of(connection);
    sqlite3_stmt **stmt = &sqlite->controls[control];
    if (*stmt == NULL) {
        TRY(prepare(arena, sqlite, control_sql[control], control_sql[control], stmt));
    }
    const int stepped = sqlite3_step(*stmt);
    const struct err *err = stepped == SQLITE_DONE ? NULL : fault(arena, sqlite, control_sql[control]);
    sqlite3_reset(*stmt);
    return err;
}

static bool
sqlite_in_transaction(const struct connection *connection)
{
    const struct sqlite *sqlite = (const struct sqlite *)connection;
    return sqlite->db != NULL && sqlite3_get_autocommit(sqlite->db) == 0;
}

static const struct err *
sqlite_script(struct arena *arena, struct connection *connection, const char *sql)
{
    struct sqlite *sqlite = sqlite_of(connection);
    return sqlite3_exec(sqlite->db, sql, NULL, NULL, NULL) == SQLITE_OK ? NULL : fault(arena, sqlite, "script");
}

static const struct err *
sqlite_start(struct arena *arena, struct connection *connection, const struct statement *statement,
             const struct value *values)
{
    struct sqlite *sqlite = sqlite_of(connection);
    TRY(prepared_get(arena, sqlite, statement, &sqlite->running));
    assert((size_t)sqlite3_bind_parameter_count(sqlite->running) == statement->params_count);
    assert((size_t)sqlite3_column_count(sqlite->running) == statement->columns_count);
    for (size_t i = 0; i < statement->params_count; i++) {
        if (bind(sqlite->running, (int)i + 1, &values[i]) != SQLITE_OK) {
            return fault(arena, sqlite, statement->name);
        }
    }
    return NULL;
}

static const struct err *
sqlite_next(struct arena *arena, struct connection *connection, struct value *columns, bool *ret_row)
{
    struct sqlite *sqlite = sqlite_of(connection);
    const int stepped = sqlite3_step(sqlite->running);
    if (stepped != SQLITE_ROW && stepped != SQLITE_DONE) {
        return fault(arena, sqlite, sqlite3_sql(sqlite->running));
    }
    *ret_row = stepped == SQLITE_ROW;
    const int count = *ret_row ? sqlite3_column_count(sqlite->running) : 0;
    for (int i = 0; i < count; i++) {
        column_get(sqlite->running, i, &columns[i]);
    }
    return NULL;
}

static int64_t
sqlite_changed(struct connection *connection)
{
    return sqlite3_changes64(sqlite_of(connection)->db);
}

static void
sqlite_finish(struct connection *connection)
{
    struct sqlite *sqlite = sqlite_of(connection);
    if (sqlite->running != NULL) {
        sqlite3_reset(sqlite->running);
        sqlite3_clear_bindings(sqlite->running);
        sqlite->running = NULL;
    }
}

static const struct err *
sqlite_describe(struct arena *arena, struct connection *connection, const struct statement *statement,
                struct described *ret, size_t *ret_count)
{
    sqlite3_stmt *stmt = NULL;
    TRY(prepared_get(arena, sqlite_of(connection), statement, &stmt));
    const int count = sqlite3_column_count(stmt);
    for (int i = 0; i < count && i < STATEMENT_FIELDS_MAX; i++) {
        ret[i] = (struct described){.name = text_copy(arena, text_of(sqlite3_column_name(stmt, i)))};
    }
    *ret_count = (size_t)count;
    return NULL;
}

static const struct err *
sqlite_plan(struct arena *arena, struct connection *connection, const struct statement *statement,
            struct text *ret_plan)
{
    struct sqlite *sqlite = sqlite_of(connection);
    const struct text sql = text_printf(arena, "EXPLAIN QUERY PLAN %s", statement->sql[STORE_SQLITE]);
    sqlite3_stmt *stmt = NULL;
    TRY(prepare(arena, sqlite, statement->name, text_cstr(arena, sql), &stmt));
    struct buf plan = buf_new(arena, PLAN_BYTES_MAX);
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        buf_printf(&plan, "%s\n", (const char *)sqlite3_column_text(stmt, 3));
    }
    sqlite3_finalize(stmt);
    *ret_plan = buf_built(&plan);
    return NULL;
}

/* All pages in one step: the read transaction keeps the moment, and in WAL mode it stops nobody. */
static const struct err *
sqlite_backup(struct arena *arena, struct connection *connection, const char *path)
{
    struct sqlite *sqlite = sqlite_of(connection);
    struct sqlite copy = {0};
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    if (access(path, F_OK) == 0) {
        return FAIL(arena, ERR_CONFLICT, "%s exists", path);
    }
    const struct err *err = NULL;
    if (sqlite3_open_v2(path, &copy.db, flags, NULL) != SQLITE_OK) {
        err = fault(arena, &copy, path);
    } else {
        sqlite3_backup *backup = sqlite3_backup_init(copy.db, "main", sqlite->db, "main");
        if (backup != NULL) {
            sqlite3_backup_step(backup, -1);
        }
        if (backup == NULL || sqlite3_backup_finish(backup) != SQLITE_OK) {
            err = fault(arena, &copy, path);
        }
    }
    const int closed = sqlite3_close(copy.db);
    assert(closed == SQLITE_OK);
    return err;
}

static const struct err *
sqlite_check(struct arena *arena, struct connection *connection)
{
    static const struct {
        const char *sql;
        const char *good; /* NULL: no row */
    } checks[] = {{"PRAGMA integrity_check(1)", "ok"}, {"PRAGMA foreign_key_check", NULL}};
    struct sqlite *sqlite = sqlite_of(connection);
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
        sqlite3_stmt *stmt = NULL;
        TRY(prepare(arena, sqlite, checks[i].sql, checks[i].sql, &stmt));
        const int stepped = sqlite3_step(stmt);
        const struct err *err = NULL;
        if (stepped == SQLITE_ROW) {
            const char *said = (const char *)sqlite3_column_text(stmt, 0);
            if (checks[i].good == NULL || strcmp(said, checks[i].good) != 0) {
                err = FAIL(arena, ERR_DB_CORRUPT, "%s: %s", checks[i].sql, said);
            }
        } else if (stepped != SQLITE_DONE) {
            err = fault(arena, sqlite, checks[i].sql);
        }
        sqlite3_finalize(stmt);
        TRY(err);
    }
    return NULL;
}

static struct sqlite *
sqlite_of(struct connection *connection)
{
    static_assert(offsetof(struct sqlite, head) == 0, "a connection of SQLite begins with its head");
    return (struct sqlite *)connection;
}

static const struct err *
fault(struct arena *arena, struct sqlite *sqlite, const char *what)
{
    return FAIL(arena, fault_code(sqlite), "SQLite %d, %s: %s", sqlite3_extended_errcode(sqlite->db),
                sqlite3_errmsg(sqlite->db), what);
}

/* A quota and a limit on the size of files are a full disk to whoever must act on it. */
static enum err_code
fault_code(struct sqlite *sqlite)
{
    const int extended = sqlite3_extended_errcode(sqlite->db);
    if (extended == SQLITE_CONSTRAINT_UNIQUE || extended == SQLITE_CONSTRAINT_PRIMARYKEY ||
        extended == SQLITE_CONSTRAINT_ROWID) {
        return ERR_CONFLICT;
    }
    const int os = sqlite3_system_errno(sqlite->db);
    switch (extended & 0xFF) {
    case SQLITE_FULL:
        return ERR_DISK_FULL;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ERR_DB_BUSY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return ERR_DB_CORRUPT;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
        return os == ENOSPC || os == EFBIG || os == EDQUOT ? ERR_DISK_FULL : ERR_IO;
    default:
        return ERR_DB;
    }
}

static const struct err *
prepare(struct arena *arena, struct sqlite *sqlite, const char *name, const char *sql, sqlite3_stmt **ret)
{
    if (sqlite3_prepare_v3(sqlite->db, sql, -1, SQLITE_PREPARE_PERSISTENT, ret, NULL) != SQLITE_OK) {
        return fault(arena, sqlite, name);
    }
    return NULL;
}

static const struct err *
prepared_get(struct arena *arena, struct sqlite *sqlite, const struct statement *statement, sqlite3_stmt **ret)
{
    struct prepared_slot *slot = prepared_slot(&sqlite->prepared, statement);
    if (slot->handle == NULL) {
        sqlite3_stmt *stmt = NULL;
        TRY(prepare(arena, sqlite, statement->name, statement->sql[STORE_SQLITE], &stmt));
        prepared_put(&sqlite->prepared, slot, statement, stmt);
    }
    *ret = slot->handle;
    return NULL;
}

/* Values outlive the statement's run, so SQLite need not copy them. */
static int
bind(sqlite3_stmt *stmt, int at, const struct value *value)
{
    switch (value->type) {
    case VALUE_NULL:
        return sqlite3_bind_null(stmt, at);
    case VALUE_INT:
        return sqlite3_bind_int64(stmt, at, value->number);
    case VALUE_TEXT:
        return sqlite3_bind_text64(stmt, at, value->text.at, value->text.len, SQLITE_STATIC, SQLITE_UTF8);
    case VALUE_BYTES:
        return sqlite3_bind_blob64(stmt, at, value->text.at, value->text.len, SQLITE_STATIC);
    }
    assert(false);
    return SQLITE_ERROR;
}

/* A double has no place in this database: it comes out as a value of no type, which no statement declares. */
static void
column_get(sqlite3_stmt *stmt, int at, struct value *ret)
{
    switch (sqlite3_column_type(stmt, at)) {
    case SQLITE_INTEGER:
        *ret = value_int(sqlite3_column_int64(stmt, at));
        return;
    case SQLITE_TEXT: {
        const char *text = (const char *)sqlite3_column_text(stmt, at);
        *ret = value_text((struct text){.at = text, .len = (size_t)sqlite3_column_bytes(stmt, at)});
        return;
    }
    case SQLITE_BLOB: {
        const char *bytes = sqlite3_column_blob(stmt, at);
        *ret = value_bytes((struct text){.at = bytes, .len = (size_t)sqlite3_column_bytes(stmt, at)});
        return;
    }
    case SQLITE_NULL:
        *ret = value_null();
        return;
    default:
        *ret = (struct value){0};
    }
}
