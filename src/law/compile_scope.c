/* Names in sight, constants, parameters, and the words in which faults speak of types. */
#include <stdarg.h>
#include <string.h>

#include "law/compile.h"

void
compile_fault(struct compiler *compiler, struct place place, const char *hint, const char *format, ...)
{
    struct buf buf = buf_new(compiler->arena, 2000);
    va_list args;
    va_start(args, format);
    buf_vprintf(&buf, format, args);
    va_end(args);
    compiler->failed = true;
    /* A define that is wrong is wrong at each of its uses: say it once. */
    for (struct fault_link *link = compiler->reader->faults; link != NULL; link = link->next) {
        if (link->fault.line == place.line && link->fault.column == place.column &&
            text_equal(link->fault.path, compiler->reader->files[place.file].path)) {
            return;
        }
    }
    fault_add(compiler->reader, place, hint, "%.*s", TEXT_ARG(buf_built(&buf)));
}

struct typed
typed_const(struct compiler *compiler, uint8_t kind, uint8_t state, int64_t v)
{
    for (size_t i = 0; i < compiler->consts_count; i++) {
        const struct slot *slot = &compiler->consts[i];
        if (slot->kind == kind && slot->state == state && slot->v == v && slot->aux == 0) {
            return (struct typed){.slot = (uint16_t)(REF_CONST | i), .kind = kind};
        }
    }
    if (compiler->consts_count == sizeof compiler->consts / sizeof compiler->consts[0]) {
        compile_fault(compiler, compiler->item->place, NULL, "this check holds too many values.");
        return (struct typed){.slot = REF_CONST, .kind = KIND_NONE};
    }
    compiler->consts[compiler->consts_count] = (struct slot){.v = v, .state = state, .kind = kind};
    return (struct typed){.slot = (uint16_t)(REF_CONST | compiler->consts_count++), .kind = kind};
}

struct typed
typed_none(struct compiler *compiler)
{
    struct typed typed = typed_const(compiler, KIND_ABSENT, SLOT_ABSENT, 0);
    typed.kind = KIND_NONE;
    return typed;
}

/* tidy: functions: the fields of one instruction */
uint16_t
emit(struct compiler *compiler, const struct expr *expr, enum opcode op, uint8_t kind, uint16_t a, uint16_t b,
     uint16_t c)
{
    if (compiler->nodes_count + 1 >= NODES_MAX) {
        compile_fault(compiler, compiler->item->place, "Cut it in two.", "this check is too long.");
        return 0;
    }
    size_t i = compiler->nodes_count++;
    compiler->nodes[i] = (struct node){.op = (uint8_t)op, .kind = kind, .a = a, .b = b, .c = c};
    compiler->lines[i] = expr != NULL ? expr->place.line : 0;
    return (uint16_t)i;
}

/* tidy: functions: the fields of one instruction */
struct typed
emit_typed(struct compiler *compiler, const struct expr *expr, enum opcode op, uint8_t kind, uint16_t a, uint16_t b,
           uint16_t c)
{
    return (struct typed){.slot = emit(compiler, expr, op, kind, a, b, c), .kind = kind};
}

struct symbol *
symbol_find(struct compiler *compiler, struct text name)
{
    for (size_t i = compiler->symbols_count; i > compiler->scope_base; i--) {
        if (text_equal(compiler->symbols[i - 1].name, name)) {
            return &compiler->symbols[i - 1];
        }
    }
    return NULL;
}

struct symbol *
symbol_add(struct compiler *compiler, struct text name, struct place place, struct typed value)
{
    const struct symbol *other = symbol_find(compiler, name);
    if (other != NULL) {
        compile_fault(compiler, place, "Choose another name.", "`%.*s` is already the name of something on line %d.",
                      TEXT_ARG(name), other->place.line);
    }
    if (compiler->symbols_count == SYMBOLS_MAX) {
        compile_fault(compiler, place, NULL, "too many names.");
        return &compiler->symbols[SYMBOLS_MAX - 1];
    }
    struct symbol *symbol = &compiler->symbols[compiler->symbols_count++];
    *symbol = (struct symbol){.name = name, .value = value, .place = place};
    return symbol;
}

void
ref_add(struct compiler *compiler, struct text name, struct typed value)
{
    if (!compiler->refs_on || compiler->refs_count == REFS_MAX || compiler->open_count > 0) {
        return;
    }
    for (size_t i = 0; i < compiler->refs_count; i++) {
        if (text_equal(compiler->refs[i].name, name)) {
            return;
        }
    }
    compiler->refs[compiler->refs_count++] =
        (struct trace_ref){.name = name, .slot = value.slot, .kind = value.kind, .type = value.type};
}

/* A name that an open list gives: it, key, value, position, a field; or alias.x through field_compile(). */
static bool
element_name(struct compiler *compiler, const struct expr *expr, struct typed *ret)
{
    for (size_t i = compiler->open_count; i > compiler->open_base; i--) {
        struct open_list *open = &compiler->open[i - 1];
        uint16_t depth = (uint16_t)(i - 1);
        if (open->alias.len > 0) {
            if (text_equal(open->alias, expr->name) && open->of->kind != FACT_RECORD && !open->is_map) {
                *ret = emit_typed(compiler, expr, OP_ELEMENT, (uint8_t)kind_of(open->of), depth, 0, 0);
                ret->type = open->of;
                return true;
            }
            continue;
        }
        if (text_is(expr->name, "position")) {
            *ret = emit_typed(compiler, expr, OP_POSITION, KIND_NUMBER, depth, open->level, 0);
            return true;
        }
        if (open->is_map && text_is(expr->name, "key")) {
            *ret = emit_typed(compiler, expr, OP_ELEMENT, KIND_CODE, depth, 0, 0);
            return true;
        }
        if (open->of->kind != FACT_RECORD) {
            if (text_is(expr->name, open->is_map ? "value" : "it")) {
                *ret =
                    emit_typed(compiler, expr, OP_ELEMENT, (uint8_t)kind_of(open->of), depth, open->is_map ? 1 : 0, 0);
                ret->type = open->of;
                return true;
            }
            continue;
        }
        for (size_t j = 0; j < open->of->fields_count; j++) {
            const struct fact *field = &open->of->fields[j];
            if (text_equal(field->name, expr->name)) {
                const struct symbol *hidden = symbol_find(compiler, expr->name);
                if (hidden != NULL) {
                    compile_fault(compiler, expr->place, "Rename one, or name the element with `as`.",
                                  "the field `%.*s` hides what is named on line %d.", TEXT_ARG(expr->name),
                                  hidden->place.line);
                }
                *ret = emit_typed(compiler, expr, OP_ELEMENT, (uint8_t)kind_of(field->type), depth,
                                  (uint16_t)(j + (open->is_map ? 1 : 0)), field->bit);
                ret->type = field->type;
                return true;
            }
        }
    }
    return false;
}

struct typed
parameter_typed(struct compiler *compiler, const struct item *item, const struct expr *expr)
{
    size_t i = 1;
    while (i < compiler->params_count && compiler->params[i] != item) {
        i++;
    }
    if (i == compiler->params_count) {
        if (i == PARAMETERS_MAX) {
            compile_fault(compiler, expr->place, NULL, "a check reads at most %d parameters.", PARAMETERS_MAX - 1);
            return typed_none(compiler);
        }
        compiler->params[compiler->params_count++] = item;
    }
    norms_use(compiler, &item->cites);
    struct typed typed = {.slot = (uint16_t)(REF_PARAM | i),
                          .kind = (uint8_t)kind_of(item->parameter.type),
                          .type = item->parameter.type};
    ref_add(compiler, item->name, typed);
    return typed;
}

bool
name_typed(struct compiler *compiler, const struct expr *expr, struct typed *ret)
{
    if (text_is(expr->name, "as_of")) {
        *ret = (struct typed){.slot = REF_PARAM, .kind = KIND_DATE};
        ref_add(compiler, expr->name, *ret);
        return true;
    }
    if (element_name(compiler, expr, ret)) {
        return true;
    }
    if (text_is(expr->name, "verdict")) {
        if (!compiler->in_verdict_done) {
            compile_fault(compiler, expr->place, NULL, "the verdict is not known above its own rows.");
            *ret = typed_none(compiler);
            return true;
        }
        *ret = compiler->verdict;
        return true;
    }
    struct symbol *symbol = symbol_find(compiler, expr->name);
    if (symbol != NULL) {
        symbol->used = true;
        if (symbol->view != NULL) {
            return false;
        }
        *ret = symbol->value;
        if (compiler->define_depth == 0) {
            ref_add(compiler, symbol->name, symbol->value);
        }
        return true;
    }
    const struct item *item =
        law_item(compiler->law, ITEM_PARAMETER, compiler->define_text, expr->name, compiler->edition);
    if (item != NULL) {
        *ret = parameter_typed(compiler, item, expr);
        return true;
    }
    item = law_item(compiler->law, ITEM_DEFINE, compiler->define_text, expr->name, compiler->edition);
    if (item != NULL && item->define.args_count == 0) {
        *ret = define_compile(compiler, item, expr);
        return true;
    }
    return false;
}

static size_t
distance(struct text a, struct text b)
{
    size_t row[65];
    if (a.len > 64 || b.len > 64) {
        return 99;
    }
    for (size_t j = 0; j <= b.len; j++) {
        row[j] = j;
    }
    for (size_t i = 1; i <= a.len; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t change = corner + (a.at[i - 1] != b.at[j - 1]);
            size_t least = row[j] + 1 < row[j - 1] + 1 ? row[j] + 1 : row[j - 1] + 1;
            corner = row[j];
            row[j] = least < change ? least : change;
        }
    }
    return row[b.len];
}

const char *
name_nearest(struct compiler *compiler, struct text name)
{
    size_t best = 3;
    struct text found = {0};
    for (size_t i = compiler->scope_base; i < compiler->symbols_count; i++) {
        size_t far = distance(name, compiler->symbols[i].name);
        if (far < best && far * 3 <= name.len) {
            best = far;
            found = compiler->symbols[i].name;
        }
    }
    for (size_t i = compiler->open_base; i < compiler->open_count; i++) {
        for (size_t j = 0; j < compiler->open[i].of->fields_count; j++) {
            size_t far = distance(name, compiler->open[i].of->fields[j].name);
            if (far < best && far * 3 <= name.len) {
                best = far;
                found = compiler->open[i].of->fields[j].name;
            }
        }
    }
    return found.len == 0 ? NULL : text_cstr(compiler->arena, found);
}

void
norms_use(struct compiler *compiler, const struct norm_refs *refs)
{
    for (size_t i = 0; i < refs->count; i++) {
        if (refs->items[i]->norm < compiler->law->norms_count) {
            compiler->norm_used[refs->items[i]->norm] = true;
        }
    }
}

/* Declared codes are interned when facts, tables and results are read; so are texts, which does no harm here. */
bool
code_is_declared(const struct compiler *compiler, struct text code)
{
    return intern_find(&compiler->law->intern, code) < compiler->law->declared_codes;
}

uint32_t
code_token_id(struct compiler *compiler, const struct token *token)
{
    if (token->ref != NULL && token->ref->norm < compiler->law->norms_count) {
        compiler->norm_used[token->ref->norm] = true;
        return compiler->law->norm_codes[token->ref->norm];
    }
    return intern_id(&compiler->law->intern, token->text);
}

struct typed
code_typed(struct compiler *compiler, struct text code)
{
    return typed_const(compiler, KIND_CODE, SLOT_KNOWN, intern_id(&compiler->law->intern, code));
}

const char *
kind_words(uint8_t kind)
{
    static const char *const words[] = {"nothing", "absent", "a yes_no",  "a number", "money", "a date",  "a duration",
                                        "a code",  "a text", "a session", "a list",   "a map", "a record"};
    return words[kind];
}

bool
kinds_fit(uint8_t a, uint8_t b)
{
    return a == b || a <= KIND_ABSENT || b <= KIND_ABSENT;
}
