/* Tables: keys => columns, first matching row. */
#include <string.h>

#include "law/read.h"

enum { TABLE_KEYS_MAX = 4, TABLE_COLUMNS_MAX = 8, TABLE_ROWS_MAX = 512 };

static bool
heads_read(struct reader *reader, size_t max, struct token **ret, size_t *ret_count)
{
    struct token heads[TABLE_COLUMNS_MAX];
    size_t count = 0;
    do {
        if (count == max) {
            fault_add(reader, reader->at->place, NULL, "a table has at most %d keys and %d columns.", TABLE_KEYS_MAX,
                      TABLE_COLUMNS_MAX);
            return false;
        }
        if (!name_read(reader, "a column", &heads[count++])) {
            return false;
        }
    } while (take_sign(reader, "|"));
    *ret = ARENA_ARRAY(reader->arena, struct token, count);
    memcpy(*ret, heads, count * sizeof heads[0]);
    *ret_count = count;
    return true;
}

static bool
key_value_read(struct reader *reader, struct key_value *ret)
{
    const struct token *token = reader->at;
    *ret = (struct key_value){.kind = KEY_CODE, .token = *token};
    if (token->kind == TOKEN_NORM) {
        ret->ref = norm_ref_new(reader, token);
        reader->at++;
        return true;
    }
    if (token->kind == TOKEN_CODE || token->kind == TOKEN_WORD) {
        reader->at++;
        return true;
    }
    if (token->kind != TOKEN_NUMBER || !number_from(token->text, &ret->from)) {
        fault_add(reader, token->place, "Keys are codes, numbers, `3 to 5`, `6 or more`, norms, yes, no or any.",
                  "`%.*s` is not a key of a table.", TEXT_ARG(token->text));
        return false;
    }
    reader->at++;
    ret->kind = KEY_NUMBER;
    ret->to = ret->from;
    if (take_word(reader, "to")) {
        ret->kind = KEY_RANGE;
        if (reader->at->kind != TOKEN_NUMBER || !number_from(reader->at->text, &ret->to) || ret->to < ret->from) {
            fault_add(reader, reader->at->place, NULL, "the end of this range is not a number above its start.");
            return false;
        }
        reader->at++;
    } else if (at_word(reader, "or") && reader->at[1].kind == TOKEN_WORD && text_is(reader->at[1].text, "more")) {
        reader->at += 2;
        ret->kind = KEY_FROM;
        ret->to = INT64_MAX;
    }
    return true;
}

static bool
key_read(struct reader *reader, struct table_key *ret)
{
    struct key_value values[128];
    size_t count = 0;
    if (take_word(reader, "any")) {
        ret->any = true;
        return true;
    }
    while (!at_sign(reader, "|") && !at_sign(reader, "=>") && reader->at->kind != TOKEN_END) {
        if (count == 128) {
            fault_add(reader, reader->at->place, NULL, "one key holds at most 128 values.");
            return false;
        }
        if (!key_value_read(reader, &values[count++])) {
            return false;
        }
    }
    if (count == 0) {
        fault_add(reader, reader->at->place, "Write `any` for a key that does not matter.", "a key is missing here.");
        return false;
    }
    ret->values = ARENA_ARRAY(reader->arena, struct key_value, count);
    memcpy(ret->values, values, count * sizeof values[0]);
    ret->count = count;
    return true;
}

static bool
table_row_read(struct reader *reader, struct line *line, struct table *table)
{
    struct table_row *row = &table->rows[table->rows_count];
    reader->at = line->tokens;
    row->place = line->place;
    row->keys = ARENA_ARRAY(reader->arena, struct table_key, table->keys_count);
    row->cells = ARENA_ARRAY(reader->arena, struct expr *, table->columns_count);
    for (size_t i = 0; i < table->keys_count; i++) {
        if (i > 0 && !expect_sign(reader, "|")) {
            return false;
        }
        if (!key_read(reader, &row->keys[i])) {
            return false;
        }
    }
    if (!expect_sign(reader, "=>")) {
        return false;
    }
    for (size_t i = 0; i < table->columns_count; i++) {
        if (i > 0 && !expect_sign(reader, "|")) {
            return false;
        }
        bool empty = at_sign(reader, "-") && (reader->at[1].kind == TOKEN_END ||
                                              (reader->at[1].kind == TOKEN_SIGN && text_is(reader->at[1].text, "|")));
        if (empty) {
            reader->at++;
            continue;
        }
        row->cells[i] = literal_read(reader);
        if (row->cells[i] == NULL) {
            return false;
        }
    }
    table->rows_count++;
    return expect_end(reader);
}

void
table_read(struct reader *reader, struct line *line)
{
    struct token name;
    struct period period;
    struct norm_refs cites;
    if (!name_read(reader, "a table", &name) || !period_read(reader, &period) || !cites_read(reader, &cites) ||
        !expect_end(reader)) {
        return;
    }
    size_t count = line_children(line);
    if (count < 2 || count > TABLE_ROWS_MAX + 1) {
        fault_add(reader, name.place, "First a line KEYS => COLUMNS, then its rows.", "a table has from 1 to %d rows.",
                  TABLE_ROWS_MAX);
        return;
    }
    struct table table = {0};
    reader->at = line->first->tokens;
    if (!heads_read(reader, TABLE_KEYS_MAX, &table.keys, &table.keys_count) || !expect_sign(reader, "=>") ||
        !heads_read(reader, TABLE_COLUMNS_MAX, &table.columns, &table.columns_count) || !expect_end(reader)) {
        return;
    }
    table.rows = ARENA_ARRAY(reader->arena, struct table_row, count);
    for (struct line *child = line->first->next; child != NULL; child = child->next) {
        (void)table_row_read(reader, child, &table);
    }
    struct item *item = item_new(reader, ITEM_TABLE, name.text, name.place);
    item->period = period;
    item->cites = cites;
    item->table = table;
}
