/* Lists: parts of lists, and the operations that read them element by element. */
#include <string.h>

#include "law/compile.h"

bool
expr_is_view(struct compiler *compiler, const struct expr *expr)
{
    if (expr->kind == EXPR_WHERE) {
        return true;
    }
    struct symbol *symbol = expr->kind == EXPR_NAME ? symbol_find(compiler, expr->name) : NULL;
    return symbol != NULL && symbol->view != NULL;
}

bool
view_resolve(struct compiler *compiler, const struct expr *expr, struct view *ret)
{
    if (expr->kind == EXPR_WHERE) {
        if (!view_resolve(compiler, expr->a, ret)) {
            return false;
        }
        if (ret->conds_count + 1 >= LEVELS_OF_VIEW_MAX) {
            compile_fault(compiler, expr->place, NULL, "a part of a list is cut at most %d times.",
                          LEVELS_OF_VIEW_MAX - 1);
            return false;
        }
        ret->conds[ret->conds_count].expr = expr->b;
        ret->conds[ret->conds_count].scope_base = compiler->scope_base;
        ret->conds[ret->conds_count++].open_base = compiler->open_base;
        return true;
    }
    struct symbol *symbol = expr->kind == EXPR_NAME ? symbol_find(compiler, expr->name) : NULL;
    if (symbol != NULL && symbol->view != NULL) {
        *ret = *symbol->view;
        symbol->used = true;
        return ret->list.kind != KIND_NONE; /* else its fault was told where it is named */
    }
    *ret = (struct view){.list = expr_compile(compiler, expr)};
    if (ret->list.kind == KIND_NONE) {
        return false;
    }
    if ((ret->list.kind != KIND_LIST && ret->list.kind != KIND_MAP) || ret->list.type == NULL ||
        ret->list.type->of == NULL) {
        compile_fault(compiler, expr->place, NULL, "a list or a map is expected here, but this is %s.",
                      kind_words(ret->list.kind));
        return false;
    }
    return true;
}

static struct typed
open_compile(struct compiler *compiler, const struct expr *expr, size_t scope_base, size_t open_base, uint8_t kind,
             const char *what)
{
    size_t scope = compiler->scope_base, open = compiler->open_base;
    compiler->scope_base = scope_base;
    compiler->open_base = open_base == SIZE_MAX ? compiler->open_count - 1 : open_base;
    struct typed typed =
        kind != KIND_NONE ? expr_compile_kind(compiler, expr, kind, what) : expr_compile(compiler, expr);
    compiler->scope_base = scope;
    compiler->open_base = open;
    return typed;
}

static void
level_compile(struct compiler *compiler, struct level *level, const struct expr *expr, size_t scope_base,
              size_t open_base)
{
    level->first = (uint16_t)compiler->nodes_count;
    level->when = open_compile(compiler, expr, scope_base, open_base, KIND_YES_NO, "the condition of `where`").slot;
    level->end = (uint16_t)compiler->nodes_count;
}

static bool
loop_value(struct compiler *compiler, struct loop *loop, const struct expr *expr, const struct type **ret_type)
{
    struct typed value;
    loop->value.first = (uint16_t)compiler->nodes_count;
    if (expr->op == LIST_COPY) {
        struct open_list *open = &compiler->open[compiler->open_count - 1];
        value =
            emit_typed(compiler, expr, OP_ELEMENT, (uint8_t)kind_of(open->of), loop->depth, open->is_map ? 1 : 0, 0);
        value.type = open->of;
        if (open->of->kind == FACT_RECORD) {
            compile_fault(compiler, expr->place, "Use it behind any, all, count, sum, first and the like.",
                          "a part of a list of records is no value.");
        }
    } else {
        value = open_compile(compiler, expr->each, compiler->scope_base, compiler->open_base, KIND_NONE, "");
    }
    loop->value.when = value.slot;
    loop->value.end = (uint16_t)compiler->nodes_count;
    loop->kind = value.kind;
    *ret_type = value.type;
    bool ordered =
        value.kind == KIND_NUMBER || value.kind == KIND_MONEY || value.kind == KIND_DATE || value.kind == KIND_SESSION;
    bool good = value.kind <= KIND_ABSENT ||
                (loop->op == LIST_SUM ? value.kind == KIND_NUMBER || value.kind == KIND_MONEY || value.kind == KIND_MAP
                 : loop->op == LIST_HIGHEST || loop->op == LIST_LOWEST ? ordered
                                                                       : value.kind < KIND_LIST);
    if (!good) {
        compile_fault(compiler, expr->place, NULL, "this cannot be done with %s.", kind_words(value.kind));
    }
    return good;
}

static uint8_t
loop_kind(const struct loop *loop)
{
    switch (loop->op) {
    case LIST_ANY:
    case LIST_ALL:
    case LIST_AT_LEAST:
        return KIND_YES_NO;
    case LIST_COUNT:
    case LIST_DISTINCT:
        return KIND_NUMBER;
    case LIST_COPY:
        return loop->is_map ? KIND_MAP : KIND_LIST;
    default:
        return loop->kind;
    }
}

static struct typed
loop_compile(struct compiler *compiler, const struct expr *expr, struct view *view)
{
    if (view->list.type == NULL || view->list.type->of == NULL) {
        return typed_none(compiler);
    }
    if (compiler->open_count == LISTS_OPEN_MAX || compiler->loops_count == LOOPS_MAX) {
        compile_fault(compiler, expr->place, NULL, "lists are read inside lists at most %d deep.", LISTS_OPEN_MAX);
        return typed_none(compiler);
    }
    size_t loop_index = compiler->loops_count++;
    struct loop loop = {
        .op = expr->op, .depth = (uint8_t)compiler->open_count, .list = view->list.slot, .how_many = REF_NONE};
    loop.is_map = view->list.kind == KIND_MAP;
    loop.stride = (uint16_t)type_stride(view->list.type->of, loop.is_map);
    if (loop.op == LIST_AT_LEAST) {
        loop.how_many = expr_compile_kind(compiler, expr->each, KIND_NUMBER, "how many").slot;
    }
    uint16_t node = emit(compiler, expr, OP_LIST, KIND_NONE, (uint16_t)loop_index, 0, 0);
    struct open_list *open = &compiler->open[compiler->open_count++];
    *open = (struct open_list){.of = view->list.type->of, .is_map = loop.is_map};
    const struct type *type = NULL;
    for (size_t i = 0; i < view->conds_count; i++) {
        open->level = (uint16_t)i;
        level_compile(compiler, &loop.level[i], view->conds[i].expr, view->conds[i].scope_base,
                      view->conds[i].open_base);
    }
    loop.levels = (uint8_t)view->conds_count;
    open->level = loop.levels;
    open->alias = expr->kind == EXPR_LIST ? expr->name : (struct text){0};
    if (expr->kind == EXPR_LIST && expr->b != NULL) {
        loop.has_test = loop.op == LIST_ANY || loop.op == LIST_ALL;
        level_compile(compiler, loop.has_test ? &loop.test : &loop.level[loop.levels], expr->b, compiler->scope_base,
                      compiler->open_base);
        loop.levels = (uint8_t)(loop.levels + (loop.has_test ? 0 : 1));
    }
    bool has_value = loop.op >= LIST_SUM;
    if (has_value && !loop_value(compiler, &loop, expr, &type)) {
        compiler->open_count--;
        return typed_none(compiler);
    }
    compiler->open_count--;
    loop.end = (uint16_t)compiler->nodes_count;
    compiler->program->scratch_times += loop.op == LIST_DISTINCT || loop.op == LIST_COPY;
    const bool made = (view->list.slot & (REF_CONST | REF_PARAM | REF_FACT)) == 0; /* maybe by the run itself */
    compiler->program->scratch_fixed +=
        made && (loop.op == LIST_DISTINCT || loop.op == LIST_COPY) ? 2 * MAP_ENTRIES_MAX : 0;
    compiler->program->scratch_fixed += loop.op == LIST_SUM && loop.kind == KIND_MAP ? 2 * MAP_ENTRIES_MAX : 0;
    compiler->loops[loop_index] = loop;
    uint8_t kind = loop_kind(&loop);
    compiler->nodes[node].kind = kind;
    struct typed typed = {.slot = node,
                          .kind = kind,
                          .type = loop.op == LIST_COPY                    ? view->list.type
                                  : kind < KIND_LIST && kind != KIND_CODE ? NULL
                                                                          : type};
    return typed;
}

struct typed
list_compile(struct compiler *compiler, const struct expr *expr)
{
    struct view view;
    if (!view_resolve(compiler, expr->a, &view)) {
        return typed_none(compiler);
    }
    return loop_compile(compiler, expr, &view);
}

/* A part of a list as a value: the elements that pass, copied. */
struct typed
view_copy(struct compiler *compiler, const struct expr *expr, struct view *view)
{
    struct expr copy = *expr;
    copy.op = LIST_COPY;
    return loop_compile(compiler, &copy, view);
}
