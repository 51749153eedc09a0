/* Values: an expression, or rows of which the first, every one, or all by rule and exception are taken. */
#include <string.h>

#include "law/compile.h"

static uint16_t *
norms_of(struct compiler *compiler, const struct norm_refs *refs, size_t *ret_count)
{
    uint16_t *norms = ARENA_ARRAY(compiler->law->arena, uint16_t, refs->count);
    size_t count = 0;
    for (size_t i = 0; i < refs->count; i++) {
        if (refs->items[i]->norm < compiler->law->norms_count) {
            norms[count++] = refs->items[i]->norm;
        }
    }
    *ret_count = count;
    norms_use(compiler, refs);
    return norms;
}

static void
cited_add(struct compiler *compiler, uint16_t slot, const struct choice *choice, const struct norm_refs *cites,
          int line, struct text name)
{
    if (compiler->cited_count == sizeof compiler->cited / sizeof compiler->cited[0] || compiler->open_count > 0 ||
        (slot & (REF_CONST | REF_PARAM | REF_FACT)) != 0) {
        return;
    }
    struct cited *cited = &compiler->cited[compiler->cited_count];
    *cited = (struct cited){.node = slot, .choice = choice, .line = line, .name = name};
    if (choice == NULL) {
        cited->norms = norms_of(compiler, cites, &cited->norms_count);
    }
    if (compiler->traced_count < sizeof compiler->traced / sizeof compiler->traced[0]) {
        compiler->traced[compiler->traced_count++] =
            (struct traced){.kind = TRACED_CITED, .index = (uint16_t)compiler->cited_count++};
    }
}

static struct typed
row_value(struct compiler *compiler, const struct expr *expr, bool is_verdict, struct typed *first,
          struct place *first_place)
{
    struct typed typed =
        is_verdict && expr->kind == EXPR_NAME ? code_typed(compiler, expr->name) : expr_compile_code(compiler, expr);
    if (is_verdict && typed.kind != KIND_CODE && typed.kind != KIND_NONE) {
        compile_fault(compiler, expr->place, NULL, "a verdict is a word, but this is %s.", kind_words(typed.kind));
    }
    if (first->kind <= KIND_ABSENT) {
        *first = typed.kind == KIND_NONE ? *first : typed;
        *first_place = expr->place;
    } else if (!kinds_fit(typed.kind, first->kind)) {
        compile_fault(compiler, expr->place, NULL, "the rows do not have one type: line %d gives %s, this one %s.",
                      first_place->line, kind_words(first->kind), kind_words(typed.kind));
        if (expr->kind == EXPR_NAME) {
            fault_hint(compiler->reader,
                       "`%.*s` is the name of something above. For the code write '%.*s', or choose another word.",
                       TEXT_ARG(expr->name), TEXT_ARG(expr->name));
        }
    } else if (typed.type == NULL || first->type != typed.type) {
        first->type = first->type != NULL && first->type->kind == FACT_ONE_OF ? NULL : first->type;
    }
    return typed;
}

/* One row: its condition, a jump over its value when it does not hold, its value, a jump to the end when it surely
 * does. */
/* tidy: functions: a row and where its parts go */
static uint16_t
row_compile(struct compiler *compiler, const struct row *row, struct choice_row *out, enum value_mode mode,
            bool is_verdict, struct typed *first, struct place *first_place)
{
    out->when = REF_NONE;
    uint16_t jump = REF_NONE;
    if (row->when != NULL) {
        out->when = expr_compile_kind(compiler, row->when, KIND_YES_NO, "the condition of a row").slot;
        jump = emit(compiler, row->when, OP_JUMP_NO, KIND_NONE, out->when, 0, 1);
    }
    out->value = row_value(compiler, row->value, is_verdict, first, first_place).slot;
    out->cites = norms_of(compiler, &row->cites, &out->cites_count);
    out->over = norms_of(compiler, &row->over, &out->over_count);
    if (jump != REF_NONE) {
        if (compiler->nodes_count == (size_t)jump + 1) {
            compiler->nodes_count = jump;
        } else {
            compiler->nodes[jump].b = (uint16_t)compiler->nodes_count;
        }
    }
    return mode == VALUE_FIRST && row->when != NULL ? emit(compiler, row->when, OP_JUMP_YES, KIND_NONE, out->when, 0, 0)
                                                    : (uint16_t)REF_NONE;
}

static void
rules_check(struct compiler *compiler, const struct value *value)
{
    for (size_t i = 0; i < value->rows_count; i++) {
        const struct row *row = &value->rows[i];
        if (row->cites.count == 0) {
            compile_fault(compiler, row->place, "Add `@` and its norm.", "each row of `rules` cites its norm.");
        }
        for (size_t j = 0; j < row->over.count; j++) {
            for (size_t k = 0; k < value->rows_count; k++) {
                const struct row *other = &value->rows[k];
                for (size_t l = 0; l < other->cites.count; l++) {
                    for (size_t m = 0; m < other->over.count && other->cites.items[l]->norm == row->over.items[j]->norm;
                         m++) {
                        for (size_t n = 0; n < row->cites.count; n++) {
                            if (other->over.items[m]->norm == row->cites.items[n]->norm) {
                                compile_fault(compiler, row->place, "Only one of them can go over the other.",
                                              "two norms each go over the other.");
                            }
                        }
                    }
                }
            }
        }
    }
}

static struct typed
rows_compile(struct compiler *compiler, const struct value *value, struct place place, struct text name,
             bool is_verdict)
{
    struct typed first = {.kind = KIND_ABSENT};
    struct place first_place = place;
    uint16_t jumps[ROWS_MAX];
    if (compiler->choices_count == CHOICES_MAX || value->rows_count > ROWS_MAX) {
        compile_fault(compiler, place, NULL, "too many rows.");
        return typed_none(compiler);
    }
    size_t index = compiler->choices_count++;
    struct choice *choice = &compiler->choices[index];
    *choice = (struct choice){.rows = ARENA_ARRAY(compiler->law->arena, struct choice_row, value->rows_count),
                              .count = value->rows_count};
    bool cites = false;
    for (size_t i = 0; i < value->rows_count; i++) {
        jumps[i] =
            row_compile(compiler, &value->rows[i], &choice->rows[i], value->mode, is_verdict, &first, &first_place);
        cites = cites || value->rows[i].cites.count > 0;
    }
    if (value->mode == VALUE_RULES) {
        rules_check(compiler, value);
    }
    choice->kind = first.kind;
    if (value->mode != VALUE_EVERY && (first.kind == KIND_LIST || first.kind == KIND_RECORD) && first.type == NULL) {
        compile_fault(compiler, place, NULL, "rows cannot choose between such values.");
    }
    enum opcode op = value->mode == VALUE_FIRST ? OP_ROWS : value->mode == VALUE_RULES ? OP_RULES : OP_EVERY;
    struct expr here = {.place = place};
    for (size_t i = 0; i < value->rows_count; i++) {
        if (jumps[i] != REF_NONE) {
            compiler->nodes[jumps[i]].b = (uint16_t)compiler->nodes_count;
        }
    }
    struct typed typed =
        emit_typed(compiler, &here, op, value->mode == VALUE_EVERY ? KIND_LIST : first.kind, (uint16_t)index, 0, 0);
    typed.type = first.type;
    if (value->mode == VALUE_EVERY) {
        compiler->program->scratch_fixed += value->rows_count;
        typed.type = NULL;
    }
    if (cites) {
        cited_add(compiler, typed.slot, choice, NULL, place.line, name);
    }
    return typed;
}

struct typed
value_compile(struct compiler *compiler, const struct value *value, struct place place, struct text name,
              uint8_t expected, bool is_verdict)
{
    struct typed typed;
    if (value->mode == VALUE_EXPR) {
        typed = expected == KIND_CODE || expected == KIND_NONE ? expr_compile_code(compiler, value->expr)
                                                               : expr_compile(compiler, value->expr);
        if (value->cites.count > 0) {
            cited_add(compiler, typed.slot, NULL, &value->cites, place.line, name);
        }
    } else {
        typed = rows_compile(compiler, value, place, name, is_verdict);
    }
    norms_use(compiler, &value->cites);
    return typed;
}
