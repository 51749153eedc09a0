/* Calls: built-in functions, tables and defines, which are inlined. */
#include <string.h>

#include "law/compile.h"

enum arg { ARG_END = 0, ARG_ANY_DATE, ARG_NUMBER, ARG_CODE, ARG_TEXT, ARG_SESSION, ARG_MONEY, ARG_MAP, ARG_ANY };

struct function {
    const char *name;
    enum opcode op;
    uint8_t kind; /* of the result */
    uint8_t args[4];
};
static const struct function functions[] = {
    {"date", OP_DATE, KIND_DATE, {KIND_NUMBER, KIND_NUMBER, KIND_NUMBER}},
    {"ordinal", OP_ORDINAL, KIND_NUMBER, {KIND_SESSION}},
    {"session_of", OP_SESSION, KIND_SESSION, {KIND_NUMBER, KIND_NUMBER}},
    {"years_between", OP_YEARS_BETWEEN, KIND_NUMBER, {KIND_DATE, KIND_DATE}},
    {"days_between", OP_DAYS_BETWEEN, KIND_NUMBER, {KIND_DATE, KIND_DATE}},
    {"same_text", OP_SAME_TEXT, KIND_YES_NO, {KIND_TEXT, KIND_TEXT}},
    {"has_text", OP_HAS_TEXT, KIND_YES_NO, {KIND_TEXT, KIND_TEXT}},
};

static bool
args_are(struct compiler *compiler, const struct expr *expr, size_t count)
{
    if (expr->args_count == count) {
        return true;
    }
    compile_fault(compiler, expr->place, NULL, "`%.*s` takes %zu values, not %zu.", TEXT_ARG(expr->name), count,
                  expr->args_count);
    return false;
}

static struct typed
plain_function(struct compiler *compiler, const struct expr *expr, const struct function *function)
{
    uint16_t slots[3] = {0, 0, 0};
    size_t count = 0;
    while (count < 3 && function->args[count] != 0) {
        count++;
    }
    if (!args_are(compiler, expr, count)) {
        return typed_none(compiler);
    }
    for (size_t i = 0; i < count; i++) {
        slots[i] = expr_compile_kind(compiler, expr->args[i], function->args[i], "what this function takes").slot;
    }
    return emit_typed(compiler, expr, function->op, function->kind, slots[0], slots[1], slots[2]);
}

static struct typed
year_function(struct compiler *compiler, const struct expr *expr)
{
    if (!args_are(compiler, expr, 1)) {
        return typed_none(compiler);
    }
    struct typed a = expr_compile(compiler, expr->args[0]);
    if (a.kind != KIND_DATE && a.kind != KIND_SESSION && a.kind > KIND_ABSENT) {
        compile_fault(compiler, expr->place, NULL, "year() takes a date or a session, not %s.", kind_words(a.kind));
    }
    return emit_typed(compiler, expr, a.kind == KIND_SESSION ? OP_YEAR_OF_SESSION : OP_YEAR, KIND_NUMBER, a.slot, 0, 0);
}

static struct typed
extreme_function(struct compiler *compiler, const struct expr *expr, bool largest, bool dates)
{
    uint8_t kind = KIND_ABSENT;
    uint16_t slots[8];
    if (expr->args_count < 2) {
        compile_fault(compiler, expr->place, NULL, "`%.*s` takes from 2 to 8 values.", TEXT_ARG(expr->name));
        return typed_none(compiler);
    }
    for (size_t i = 0; i < expr->args_count; i++) {
        struct typed a = expr_compile(compiler, expr->args[i]);
        bool good =
            a.kind <= KIND_ABSENT || (dates ? a.kind == KIND_DATE : a.kind == KIND_NUMBER || a.kind == KIND_MONEY);
        if (!good || !kinds_fit(a.kind, kind)) {
            compile_fault(compiler, expr->args[i]->place, NULL, "`%.*s` takes %s, all of one type; this is %s.",
                          TEXT_ARG(expr->name), dates ? "dates" : "numbers or money", kind_words(a.kind));
            return typed_none(compiler);
        }
        kind = a.kind > KIND_ABSENT ? a.kind : kind;
        slots[i] = a.slot;
    }
    if (compiler->operands_count + expr->args_count > OPERANDS_MAX) {
        compile_fault(compiler, expr->place, NULL, "this check holds too many values.");
        return typed_none(compiler);
    }
    uint16_t first = (uint16_t)compiler->operands_count;
    for (size_t i = 0; i < expr->args_count; i++) {
        compiler->operand_is_slot[compiler->operands_count] = true;
        compiler->operands[compiler->operands_count++] = slots[i];
    }
    return emit_typed(compiler, expr, OP_EARLIEST, kind, first, (uint16_t)expr->args_count, largest);
}

static struct typed
map_function(struct compiler *compiler, const struct expr *expr)
{
    static const struct type money = {.kind = FACT_MONEY};
    static const struct type number = {.kind = FACT_NUMBER};
    static const struct type map_money = {.kind = FACT_MAP, .of = &money};
    static const struct type map_number = {.kind = FACT_MAP, .of = &number};
    if (!args_are(compiler, expr, 2)) {
        return typed_none(compiler);
    }
    bool allocate = text_is(expr->name, "allocate");
    struct typed a = allocate ? expr_compile(compiler, expr->args[0]) : expr_compile_code(compiler, expr->args[0]);
    struct typed b = expr_compile(compiler, expr->args[1]);
    uint8_t value = allocate ? a.kind : b.kind;
    bool good = (value == KIND_MONEY || value == KIND_NUMBER || value <= KIND_ABSENT) &&
                kinds_fit(allocate ? b.kind : a.kind, allocate ? KIND_MAP : KIND_CODE);
    if (allocate && b.kind == KIND_MAP) {
        uint8_t of = (uint8_t)kind_of(b.type->of);
        good = good && (of == KIND_MONEY || of == KIND_NUMBER);
    }
    if (!good) {
        compile_fault(compiler, expr->place, NULL, "`%.*s` takes %s.", TEXT_ARG(expr->name),
                      allocate ? "a total, and a map of money or numbers" : "a code, and money or a number");
        return typed_none(compiler);
    }
    compiler->program->scratch_fixed += allocate ? 2 * MAP_ENTRIES_MAX : 2;
    compiler->program->scratch_times += allocate;
    struct typed typed = emit_typed(compiler, expr, allocate ? OP_ALLOCATE : OP_ENTRY, KIND_MAP, a.slot, b.slot, 0);
    typed.type = value == KIND_MONEY ? &map_money : &map_number;
    return typed;
}

/* Remembers that the program was made from this table or define: its file belongs to the receipt. */
void
item_reads(struct compiler *compiler, const struct item *item)
{
    for (size_t i = 0; i < compiler->reads_count; i++) {
        if (compiler->reads[i] == item) {
            return;
        }
    }
    if (compiler->reads_count < sizeof compiler->reads / sizeof compiler->reads[0]) {
        compiler->reads[compiler->reads_count++] = item;
    }
}

static struct typed
lookup_compile(struct compiler *compiler, const struct item *item, const struct expr *expr, struct text column)
{
    const struct table *table = &item->table;
    const struct compiled_table *compiled = table->compiled;
    if (compiled == NULL || !args_are(compiler, expr, table->keys_count)) {
        compiler->failed = true;
        return typed_none(compiler);
    }
    struct lookup lookup = {.table = compiled};
    size_t found = column.len == 0 && table->columns_count == 1 ? 0 : table->columns_count;
    for (size_t i = 0; i < table->columns_count; i++) {
        found = column.len > 0 && text_equal(table->columns[i].text, column) ? i : found;
    }
    if (found == table->columns_count) {
        compile_fault(compiler, expr->place, NULL, "the table `%.*s` has no column `%.*s`.", TEXT_ARG(item->name),
                      TEXT_ARG(column));
        if (column.len == 0) {
            fault_hint(compiler->reader, "It has several columns: write `%.*s(...).%.*s`.", TEXT_ARG(item->name),
                       TEXT_ARG(table->columns[0].text));
        }
        return typed_none(compiler);
    }
    for (size_t i = 0; i < table->keys_count; i++) {
        uint8_t kind = compiled->key_kinds[i];
        struct typed key =
            kind == KIND_CODE ? expr_compile_code(compiler, expr->args[i]) : expr_compile(compiler, expr->args[i]);
        if (!kinds_fit(key.kind, kind)) {
            compile_fault(compiler, expr->args[i]->place, NULL,
                          "the key `%.*s` of the table `%.*s` is %s, but this is %s.", TEXT_ARG(table->keys[i].text),
                          TEXT_ARG(item->name), kind_words(kind), kind_words(key.kind));
            return typed_none(compiler);
        }
        lookup.keys[i] = key.slot;
    }
    lookup.column = (uint16_t)found;
    item_reads(compiler, item);
    if (compiler->lookups_count == sizeof compiler->lookups / sizeof compiler->lookups[0]) {
        compile_fault(compiler, expr->place, NULL, "too many readings of tables.");
        return typed_none(compiler);
    }
    for (size_t i = 0; i < compiled->cites_count; i++) {
        compiler->norm_used[compiled->cites[i]] = true;
    }
    compiler->lookups[compiler->lookups_count] = lookup;
    struct typed typed =
        emit_typed(compiler, expr, OP_TABLE, compiled->kinds[found], (uint16_t)compiler->lookups_count++, 0, 0);
    struct text name = item->name;
    if (column.len > 0) {
        name = text_printf(compiler->law->arena, "%.*s.%.*s", TEXT_ARG(item->name), TEXT_ARG(column));
    }
    ref_add(compiler, name, typed);
    return typed;
}

struct typed
define_compile(struct compiler *compiler, const struct item *item, const struct expr *call)
{
    const struct define *define = &item->define;
    struct typed args[8];
    if (compiler->define_depth == DEFINE_DEPTH_MAX) {
        compile_fault(compiler, call->place, NULL, "defines are nested more than %d deep; they may not use themselves.",
                      DEFINE_DEPTH_MAX);
        return typed_none(compiler);
    }
    if (!args_are(compiler, call, define->args_count)) {
        return typed_none(compiler);
    }
    for (size_t i = 0; i < define->args_count; i++) {
        args[i] = expr_compile_code(compiler, call->args[i]);
    }
    size_t symbols = compiler->symbols_count, scope = compiler->scope_base, open = compiler->open_base;
    struct text text_id = compiler->define_text;
    compiler->scope_base = symbols;
    compiler->open_base = compiler->open_count;
    compiler->define_text = item->text_id;
    compiler->define_depth++;
    for (size_t i = 0; i < define->args_count; i++) {
        symbol_add(compiler, define->args[i].text, define->args[i].place, args[i]);
    }
    norms_use(compiler, &define->value.cites);
    item_reads(compiler, item);
    struct typed typed = value_compile(compiler, &define->value, item->place, item->name, KIND_NONE, false);
    compiler->define_depth--;
    compiler->symbols_count = symbols;
    compiler->scope_base = scope;
    compiler->open_base = open;
    compiler->define_text = text_id;
    return typed;
}

static struct typed
item_call(struct compiler *compiler, const struct expr *expr, struct text column)
{
    const struct item *item = law_item(compiler->law, ITEM_TABLE, compiler->define_text, expr->name, compiler->edition);
    if (item != NULL) {
        return lookup_compile(compiler, item, expr, column);
    }
    item = law_item(compiler->law, ITEM_DEFINE, compiler->define_text, expr->name, compiler->edition);
    if (item != NULL && column.len == 0) {
        return define_compile(compiler, item, expr);
    }
    compile_fault(compiler, expr->place, "Define it above, in this text or in another.",
                  "there is no table, define or function `%.*s`%s.", TEXT_ARG(expr->name),
                  column.len > 0 ? " with columns" : "");
    return typed_none(compiler);
}

struct typed
call_compile(struct compiler *compiler, const struct expr *expr)
{
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
        if (text_is(expr->name, functions[i].name)) {
            return plain_function(compiler, expr, &functions[i]);
        }
    }
    if (text_is(expr->name, "year")) {
        return year_function(compiler, expr);
    }
    bool largest = text_is(expr->name, "latest") || text_is(expr->name, "max");
    if (largest || text_is(expr->name, "earliest") || text_is(expr->name, "min")) {
        return extreme_function(compiler, expr, largest,
                                text_is(expr->name, "latest") || text_is(expr->name, "earliest"));
    }
    if (text_is(expr->name, "allocate") || text_is(expr->name, "entry")) {
        return map_function(compiler, expr);
    }
    return item_call(compiler, expr, (struct text){0});
}

/* a.field: a column of a table, a field of a record, of an element named with `as`, or its position. */
struct typed
field_compile(struct compiler *compiler, const struct expr *expr)
{
    if (expr->a->kind == EXPR_CALL) {
        return item_call(compiler, expr->a, expr->name);
    }
    for (size_t i = compiler->open_count; expr->a->kind == EXPR_NAME && i > compiler->open_base; i--) {
        struct open_list *open = &compiler->open[i - 1];
        if (!text_equal(open->alias, expr->a->name)) {
            continue;
        }
        size_t skip = open->is_map ? 1 : 0;
        if (text_is(expr->name, "position")) {
            return emit_typed(compiler, expr, OP_POSITION, KIND_NUMBER, (uint16_t)(i - 1), open->level, 0);
        }
        if (open->is_map && text_is(expr->name, "key")) {
            return emit_typed(compiler, expr, OP_ELEMENT, KIND_CODE, (uint16_t)(i - 1), 0, 0);
        }
        if (open->is_map && text_is(expr->name, "value") && open->of->kind != FACT_RECORD) {
            struct typed typed =
                emit_typed(compiler, expr, OP_ELEMENT, (uint8_t)kind_of(open->of), (uint16_t)(i - 1), 1, 0);
            typed.type = open->of;
            return typed;
        }
        for (size_t j = 0; j < open->of->fields_count; j++) {
            const struct fact *field = &open->of->fields[j];
            if (text_equal(field->name, expr->name)) {
                struct typed typed = emit_typed(compiler, expr, OP_ELEMENT, (uint8_t)kind_of(field->type),
                                                (uint16_t)(i - 1), (uint16_t)(j + skip), field->bit);
                typed.type = field->type;
                return typed;
            }
        }
        compile_fault(compiler, expr->place, NULL, "the elements of this list have no field `%.*s`.",
                      TEXT_ARG(expr->name));
        return typed_none(compiler);
    }
    struct typed record = expr_compile(compiler, expr->a);
    if (record.kind == KIND_NONE) {
        return record;
    }
    for (size_t j = 0; record.kind == KIND_RECORD && record.type != NULL && j < record.type->fields_count; j++) {
        const struct fact *field = &record.type->fields[j];
        if (text_equal(field->name, expr->name)) {
            struct typed typed = emit_typed(compiler, expr, OP_FIELD, (uint8_t)kind_of(field->type), record.slot,
                                            (uint16_t)j, field->bit);
            typed.type = field->type;
            return typed;
        }
    }
    compile_fault(compiler, expr->place, NULL, "there is no field `%.*s` here.", TEXT_ARG(expr->name));
    return typed_none(compiler);
}
