#include "store/plan.h"

#include <assert.h>
#include <string.h>

#include "base/limits.h"
#include "store/engine.h"

static bool holds(struct text line, const char *part);
static size_t indent_of(struct text line);
static bool scans_sqlite(struct text line);
static bool scans_postgres(struct text line, struct text behind);

const struct err *
statement_check(struct ctx *ctx, const struct statement *statement)
{
    assert(ctx->tx != NULL);

    struct described columns[STATEMENT_FIELDS_MAX];
    size_t count = 0;
    const struct engine *engine = ctx->tx->store->engine;
    TRY(engine->describe(ctx->arena, ctx->tx->connection, statement, columns, &count));
    if (count != statement->columns_count) {
        return FAIL(ctx->arena, ERR_DB, "%s gives %zu columns and declares %zu", statement->name, count,
                    statement->columns_count);
    }
    for (size_t i = 0; i < count; i++) {
        const struct statement_field *declared = &statement->columns[i];
        if (!text_is(columns[i].name, declared->name)) {
            return FAIL(ctx->arena, ERR_DB, "%s: column %zu is %.*s and declared as %s: add AS", statement->name, i + 1,
                        TEXT_ARG(columns[i].name), declared->name);
        }
        if (columns[i].foreign || (columns[i].type != 0 && columns[i].type != declared->type)) {
            return FAIL(ctx->arena, ERR_DB, "%s: %s is of another type than declared: CAST it", statement->name,
                        declared->name);
        }
    }
    return NULL;
}

const struct err *
statement_plan(struct ctx *ctx, const struct statement *statement, struct text *ret_plan)
{
    assert(ctx->tx != NULL);
    return ctx->tx->store->engine->plan(ctx->arena, ctx->tx->connection, statement, ret_plan);
}

/* A statement that only walks a key in its order and stops at its LIMIT reads no more than it answers. */
struct text
plan_scan(enum store_engine engine, const struct statement *statement, struct text plan)
{
    const struct text sql = text_of(statement->sql[engine]);
    const bool walks = holds(sql, "LIMIT") && !holds(sql, "WHERE") && !holds(sql, "JOIN") && !holds(sql, "GROUP") &&
                       !holds(sql, "DISTINCT") && !holds(sql, "count(") && !holds(sql, "sum(") && !holds(sql, "min(") &&
                       !holds(sql, "max(");
    const bool sorts = holds(plan, "USE TEMP B-TREE") || holds(plan, "Sort Key");
    struct text rest = plan;
    struct text line;
    while (text_split(&rest, '\n', &line)) {
        const bool scans = engine == STORE_SQLITE ? scans_sqlite(line) : scans_postgres(line, rest);
        if (scans && !(walks && !sorts && !holds(line, "Seq Scan"))) {
            return text_trim(line);
        }
    }
    return TEXT("");
}

static bool
holds(struct text line, const char *part)
{
    return line.len > 0 && memmem(line.at, line.len, part, strlen(part)) != NULL;
}

static size_t
indent_of(struct text line)
{
    size_t at = 0;
    while (at < line.len && line.at[at] == ' ') {
        at++;
    }
    return at;
}

/* "SCAN t", "SCAN t USING INDEX i"; not the rows of VALUES, nor what the statement itself made before. A virtual table
 * of FTS5 that is searched says INDEX n:M... with a constraint in it, one that is read whole says INDEX 0: alone. */
static bool
scans_sqlite(struct text line)
{
    if (!text_starts(line, TEXT("SCAN "))) {
        return false;
    }
    const bool own =
        holds(line, "CONSTANT ROW") || holds(line, "SCAN (") || holds(line, "subquery") || holds(line, "CTE");
    const bool searched = holds(line, "VIRTUAL TABLE INDEX") && !text_ends(line, TEXT(":"));
    return !own && !searched;
}

/* "Seq Scan on t", or an index without a condition on it. */
static bool
scans_postgres(struct text line, struct text behind)
{
    if (holds(line, "Seq Scan on ")) {
        return true;
    }
    if (!holds(line, "Index Scan ") && !holds(line, "Index Only Scan ") && !holds(line, "Bitmap Index Scan ")) {
        return false;
    }
    const size_t indent = indent_of(line);
    struct text next;
    while (text_split(&behind, '\n', &next) && indent_of(next) > indent && !holds(next, "->")) {
        if (holds(next, "Index Cond:")) {
            return false;
        }
    }
    return true;
}
