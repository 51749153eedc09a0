/* Tables: the first row whose keys match; and making them ready. With an unknown key, all rows that it could still
 * match are looked at. */
#include <string.h>

#include "law/program.h"

/* yes, no, or perhaps (the key is unknown). An absent key matches only `any`. */
static uint8_t
key_matches(const struct compiled_row *row, size_t k, const struct slot *key)
{
    if (row->keys[k] == NULL) {
        return TRACE_HOLDS;
    }
    if (key->state != SLOT_KNOWN) {
        return key->state == SLOT_UNKNOWN ? TRACE_UNKNOWN : TRACE_FAILS;
    }
    for (size_t i = 0; i < row->keys_count[k]; i++) {
        if (key->v >= row->keys[k][i].from && key->v <= row->keys[k][i].to) {
            return TRACE_HOLDS;
        }
    }
    return TRACE_FAILS;
}

static uint8_t
row_matches(const struct machine *machine, const struct lookup *lookup, const struct compiled_row *row)
{
    uint8_t result = TRACE_HOLDS;
    for (size_t k = 0; k < lookup->table->keys_count; k++) {
        uint8_t one = key_matches(row, k, &machine->slots[lookup->keys[k]]);
        if (one == TRACE_FAILS) {
            return TRACE_FAILS;
        }
        result = one == TRACE_UNKNOWN ? TRACE_UNKNOWN : result;
    }
    return result;
}

void
run_lookup(struct machine *machine, const struct lookup *lookup, uint8_t kind, struct slot *out, struct lack *lack)
{
    static const struct slot nothing = {.state = SLOT_ABSENT};
    const struct slot *value = NULL;
    bool differs = false, closed = false;
    for (size_t i = 0; i < lookup->table->rows_count && !closed; i++) {
        const struct compiled_row *row = &lookup->table->rows[i];
        uint8_t match = row_matches(machine, lookup, row);
        if (match == TRACE_FAILS) {
            continue;
        }
        const struct slot *cell = &row->cells[lookup->column];
        differs = differs || (value != NULL &&
                              (value->state != cell->state || (cell->state == SLOT_KNOWN && value->v != cell->v)));
        value = value == NULL ? cell : value;
        closed = match == TRACE_HOLDS;
    }
    if (!closed) {
        differs = differs || (value != NULL && value->state != SLOT_ABSENT);
        value = value == NULL ? &nothing : value;
    }
    *out = *value;
    out->kind = kind;
    if (!differs) {
        return;
    }
    out->state = SLOT_UNKNOWN;
    for (size_t k = 0; lack != NULL && k < lookup->table->keys_count; k++) {
        if (machine->slots[lookup->keys[k]].state == SLOT_UNKNOWN) {
            lack->facts |= machine->lacks[lookup->keys[k]].facts;
            lack->params |= machine->lacks[lookup->keys[k]].params;
        }
    }
}

/* ---- Making ready ---- */

static uint8_t
key_kind(const struct key_value *value)
{
    if (value->kind != KEY_CODE) {
        return KIND_NUMBER;
    }
    bool yes_no =
        value->token.kind == TOKEN_WORD && (text_is(value->token.text, "yes") || text_is(value->token.text, "no"));
    return yes_no ? KIND_YES_NO : KIND_CODE;
}

static void
key_ready(struct reader *reader, struct compiled_table *table, size_t k, const struct table_key *key,
          struct compiled_row *row)
{
    struct law *law = reader->law;
    if (key->any) {
        return;
    }
    row->keys[k] = ARENA_ARRAY(law->arena, struct compiled_key, key->count);
    row->keys_count[k] = (uint16_t)key->count;
    for (size_t i = 0; i < key->count; i++) {
        const struct key_value *value = &key->values[i];
        uint8_t kind = key_kind(value);
        if (table->key_kinds[k] == KIND_NONE) {
            table->key_kinds[k] = kind;
        } else if (table->key_kinds[k] != kind) {
            fault_add(reader, value->token.place, NULL,
                      "the keys of one column are of one kind: codes, numbers, or yes and no.");
        }
        int64_t from = value->from, to = value->to;
        if (kind == KIND_YES_NO) {
            from = to = text_is(value->token.text, "yes");
        } else if (kind == KIND_CODE) {
            bool norm = value->ref != NULL && value->ref->norm < law->norms_count;
            if (norm) {
                table->cites[table->cites_count++] = value->ref->norm;
            }
            from = to = norm ? law->norm_codes[value->ref->norm] : intern_id(&law->intern, value->token.text);
        }
        row->keys[k][i] = (struct compiled_key){.from = from, .to = to};
    }
}

static uint8_t
cell_kind(const struct expr *cell)
{
    static const uint8_t kinds[] = {
        [EXPR_CODE] = KIND_CODE, [EXPR_NUMBER] = KIND_NUMBER, [EXPR_MONEY] = KIND_MONEY, [EXPR_DATE] = KIND_DATE,
        [EXPR_TEXT] = KIND_TEXT, [EXPR_NORM] = KIND_CODE,     [EXPR_YES] = KIND_YES_NO,  [EXPR_NO] = KIND_YES_NO};
    return cell->kind == EXPR_UNIT     ? (uint8_t)KIND_DURATION
           : cell->kind == EXPR_ABSENT ? (uint8_t)KIND_ABSENT
                                       : kinds[cell->kind];
}

static struct slot
cell_ready(struct reader *reader, struct compiled_table *table, size_t column, const struct expr *cell)
{
    struct slot slot = {.state = SLOT_ABSENT};
    uint8_t kind = cell == NULL ? (uint8_t)KIND_ABSENT : cell_kind(cell);
    if (kind == KIND_ABSENT) {
        return slot;
    }
    if (table->kinds[column] == KIND_NONE) {
        table->kinds[column] = kind;
    } else if (table->kinds[column] != kind) {
        fault_add(reader, cell->place, NULL, "the cells of one column are of one type.");
    }
    slot = (struct slot){.v = cell->value, .state = SLOT_KNOWN, .kind = kind};
    if (kind == KIND_DURATION) {
        slot.v = cell->a->value / SCALE;
        slot.aux = cell->op;
    } else if (kind == KIND_YES_NO) {
        slot.v = cell->kind == EXPR_YES;
    } else if (cell->kind == EXPR_NORM) {
        uint16_t norm = cell->norms.items[0]->norm;
        slot.v = norm < reader->law->norms_count ? reader->law->norm_codes[norm] : 0;
        if (norm < reader->law->norms_count) {
            table->cites[table->cites_count++] = norm;
        }
    } else if (kind == KIND_CODE || kind == KIND_TEXT) {
        slot.v = intern_id(&reader->law->intern, cell->name);
    }
    return slot;
}

static void
table_ready(struct reader *reader, struct item *item)
{
    struct table *table = &item->table;
    struct arena *arena = reader->law->arena;
    struct compiled_table *ready = ARENA_NEW(arena, struct compiled_table);
    ready->rows_count = table->rows_count;
    ready->keys_count = table->keys_count;
    ready->columns_count = table->columns_count;
    ready->rows = ARENA_ARRAY(arena, struct compiled_row, table->rows_count);
    ready->kinds = ARENA_ARRAY(arena, uint8_t, table->columns_count);
    size_t cites = item->cites.count + table->rows_count * table->columns_count;
    for (size_t i = 0; i < table->rows_count * table->keys_count; i++) {
        cites += table->rows[i / table->keys_count].keys[i % table->keys_count].count;
    }
    ready->cites = ARENA_ARRAY(arena, uint16_t, cites);
    for (size_t i = 0; i < item->cites.count; i++) {
        if (item->cites.items[i]->norm < reader->law->norms_count) {
            ready->cites[ready->cites_count++] = item->cites.items[i]->norm;
        }
    }
    for (size_t i = 0; i < table->rows_count; i++) {
        for (size_t k = 0; k < table->keys_count; k++) {
            key_ready(reader, ready, k, &table->rows[i].keys[k], &ready->rows[i]);
        }
        ready->rows[i].cells = ARENA_ARRAY(arena, struct slot, table->columns_count);
        for (size_t j = 0; j < table->columns_count; j++) {
            ready->rows[i].cells[j] = cell_ready(reader, ready, j, table->rows[i].cells[j]);
        }
    }
    table->compiled = ready;
}

void
tables_compile(struct reader *reader)
{
    for (struct item *item = reader->items; item != NULL; item = item->next) {
        if (item->kind == ITEM_TABLE) {
            table_ready(reader, item);
        }
    }
}
