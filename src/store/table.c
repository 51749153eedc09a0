#include "store/table.h"

#include <assert.h>
#include <string.h>

#include "base/limits.h"

enum { PARTS_PER_COLUMN = 2, HEAD_BYTES = 24 };

static const struct err *row_add(struct ctx *ctx, const struct statement *statement, const struct value *columns,
                                 void *arg);
static void sum_add(struct hash *sum, struct hash hash);

const struct store_table *
store_table(const char *name)
{
    for (size_t i = 0; i < store_tables_count; i++) {
        if (strcmp(store_tables[i].name, name) == 0) {
            return &store_tables[i];
        }
    }
    return NULL;
}

const struct err *
table_digest(struct ctx *ctx, const struct store_table *table, struct table_digest *ret)
{
    *ret = (struct table_digest){0};
    return statement_each(ctx, table->rows, NULL, row_add, ret);
}

const struct err *
table_empty(struct ctx *ctx, const struct store_table *table)
{
    return statement_run(ctx, table->empty, NULL, NULL);
}

/* Each column as its type, its length or number in eight bytes each, and its bytes: no two rows read alike. */
static const struct err *
row_add(struct ctx *ctx, const struct statement *statement, const struct value *columns, void *arg)
{
    struct table_digest *digest = arg;
    struct text parts[STATEMENT_FIELDS_MAX * PARTS_PER_COLUMN];
    int64_t heads[STATEMENT_FIELDS_MAX][3];
    static_assert(sizeof heads[0] == HEAD_BYTES, "type, number, length");
    (void)ctx;
    for (size_t i = 0; i < statement->columns_count; i++) {
        const bool is_bytes = columns[i].type == VALUE_TEXT || columns[i].type == VALUE_BYTES;
        heads[i][0] = columns[i].type;
        heads[i][1] = columns[i].type == VALUE_INT ? columns[i].number : 0;
        heads[i][2] = is_bytes ? (int64_t)columns[i].text.len : 0;
        parts[i * 2] = (struct text){.at = (const char *)heads[i], .len = sizeof heads[i]};
        parts[i * 2 + 1] = is_bytes ? columns[i].text : TEXT("");
    }
    sum_add(&digest->sum, hash_of_parts(parts, statement->columns_count * PARTS_PER_COLUMN));
    digest->rows++;
    return NULL;
}

static void
sum_add(struct hash *sum, struct hash hash)
{
    unsigned carry = 0;
    for (int i = HASH_BYTES - 1; i >= 0; i--) {
        carry += (unsigned)sum->bytes[i] + hash.bytes[i];
        sum->bytes[i] = (uint8_t)(carry & 255);
        carry >>= 8;
    }
}
