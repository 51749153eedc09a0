/* Expressions to nodes, types checked from the leaves up. */
#include <string.h>

#include "law/compile.h"

struct typed
expr_compile_kind(struct compiler *compiler, const struct expr *expr, uint8_t kind, const char *what)
{
    struct typed typed = kind == KIND_CODE ? expr_compile_code(compiler, expr) : expr_compile(compiler, expr);
    if (!kinds_fit(typed.kind, kind)) {
        compile_fault(compiler, expr->place, NULL, "%s is %s, but this is %s.", what, kind_words(kind),
                      kind_words(typed.kind));
        return typed_none(compiler);
    }
    return typed;
}

static struct typed
code_bare(struct compiler *compiler, const struct expr *expr, bool any_word)
{
    const char *nearest = name_nearest(compiler, expr->name);
    bool country = expr->name.len == 2 && expr->name.at[0] >= 'A' && expr->name.at[0] <= 'Z' &&
                   expr->name.at[1] >= 'A' && expr->name.at[1] <= 'Z';
    if (code_is_declared(compiler, expr->name) || country || (any_word && nearest == NULL)) {
        return code_typed(compiler, expr->name);
    }
    compile_fault(compiler, expr->place,
                  nearest == NULL ? "Name it with fact or let, or write a code in single quotes." : NULL,
                  "`%.*s` is neither a name above this line nor a code of the law.", TEXT_ARG(expr->name));
    if (nearest != NULL && compiler->reader->faults_last != NULL) {
        fault_hint(compiler->reader, "Did you mean `%s`? For a code write '%.*s'.", nearest, TEXT_ARG(expr->name));
    }
    return typed_none(compiler);
}

/* Where a code is wanted: a name when there is one, else the word itself as a code. */
struct typed
expr_compile_code(struct compiler *compiler, const struct expr *expr)
{
    struct typed typed;
    if (expr->kind != EXPR_NAME) {
        return expr_compile(compiler, expr);
    }
    if (name_typed(compiler, expr, &typed)) {
        return typed;
    }
    return code_bare(compiler, expr, true);
}

static struct typed
name_compile(struct compiler *compiler, const struct expr *expr)
{
    struct typed typed;
    if (name_typed(compiler, expr, &typed)) {
        return typed;
    }
    const struct symbol *symbol = symbol_find(compiler, expr->name);
    if (symbol != NULL && symbol->view != NULL) {
        return view_copy(compiler, expr, symbol->view);
    }
    return code_bare(compiler, expr, false);
}

static struct typed
logic_compile(struct compiler *compiler, const struct expr *expr)
{
    bool is_and = expr->kind == EXPR_AND;
    struct typed a = expr_compile_kind(compiler, expr->a, KIND_YES_NO,
                                       is_and ? "what stands before `and`" : "what stands before `or`");
    uint16_t jump = emit(compiler, expr, is_and ? OP_JUMP_NO : OP_JUMP_YES, KIND_NONE, a.slot, 0, 0);
    struct typed b = expr_compile_kind(compiler, expr->b, KIND_YES_NO,
                                       is_and ? "what stands behind `and`" : "what stands behind `or`");
    if (compiler->nodes_count == (size_t)jump + 1) {
        compiler->nodes_count = jump; /* nothing to jump over */
    } else {
        compiler->nodes[jump].b = (uint16_t)compiler->nodes_count;
    }
    return emit_typed(compiler, expr, is_and ? OP_AND : OP_OR, KIND_YES_NO, a.slot, b.slot, 0);
}

static struct typed
compare_compile(struct compiler *compiler, const struct expr *expr)
{
    struct typed a = expr_compile(compiler, expr->a);
    struct typed b = a.kind == KIND_CODE ? expr_compile_code(compiler, expr->b) : expr_compile(compiler, expr->b);
    bool ordered = expr->op >= COMPARE_LESS;
    bool orderable = a.kind <= KIND_ABSENT || a.kind == KIND_NUMBER || a.kind == KIND_MONEY || a.kind == KIND_DATE ||
                     a.kind == KIND_SESSION;
    bool comparable = orderable || a.kind == KIND_YES_NO || a.kind == KIND_CODE || a.kind == KIND_TEXT;
    if (!kinds_fit(a.kind, b.kind)) {
        const char *hint = NULL;
        bool zero = (expr->b->kind == EXPR_NUMBER && a.kind == KIND_MONEY) ||
                    (expr->a->kind == EXPR_NUMBER && b.kind == KIND_MONEY);
        hint = zero ? "Money is written with its unit: 0 MAD." : hint;
        compile_fault(compiler, expr->place, hint,
                      "the left side is %s, the right side is %s: they cannot be compared.", kind_words(a.kind),
                      kind_words(b.kind));
        return typed_none(compiler);
    }
    if (ordered ? !orderable : !comparable) {
        compile_fault(compiler, expr->place, NULL, "%s cannot be compared in this way.", kind_words(a.kind));
        return typed_none(compiler);
    }
    return emit_typed(compiler, expr, (enum opcode)(OP_EQUAL + expr->op - COMPARE_EQUAL), KIND_YES_NO, a.slot, b.slot,
                      0);
}

static void
code_must_be_possible(struct compiler *compiler, const struct token *token, const struct type *type)
{
    if (type == NULL || type->kind != FACT_ONE_OF) {
        return;
    }
    for (size_t i = 0; i < type->codes_count; i++) {
        if (text_equal(type->codes[i].text, token->text) ||
            (token->ref != NULL && type->codes[i].ref != NULL && type->codes[i].ref->norm == token->ref->norm)) {
            return;
        }
    }
    compile_fault(compiler, token->place, NULL, "`%.*s` is not one of the codes that this may have.",
                  TEXT_ARG(token->text));
}

/* What `is` asks about has a name: a bare word here is a slip, never a code. */
static struct typed
asked_compile(struct compiler *compiler, const struct expr *expr)
{
    struct typed typed;
    if (expr->kind != EXPR_NAME || symbol_find(compiler, expr->name) != NULL) {
        return expr_compile_code(compiler, expr);
    }
    if (name_typed(compiler, expr, &typed)) {
        return typed;
    }
    const char *nearest = name_nearest(compiler, expr->name);
    compile_fault(compiler, expr->place,
                  nearest == NULL ? "Before `is` stands a fact, a let or a field that is read here." : NULL,
                  "nothing here is called `%.*s`.", TEXT_ARG(expr->name));
    if (nearest != NULL && compiler->reader->faults_last != NULL) {
        fault_hint(compiler->reader, "Did you mean `%s`?", nearest);
    }
    return typed_none(compiler);
}

static struct typed
is_code_compile(struct compiler *compiler, const struct expr *expr)
{
    struct typed a = asked_compile(compiler, expr->a);
    if (!kinds_fit(a.kind, KIND_CODE)) {
        compile_fault(compiler, expr->place,
                      a.kind == KIND_YES_NO ? "A yes_no is said as it is: `x`, or `not x`."
                                            : "Compare values with `=`.",
                      "`is` asks for a code, but this is %s.", kind_words(a.kind));
        return typed_none(compiler);
    }
    for (size_t i = 0; i < expr->codes_count; i++) {
        code_must_be_possible(compiler, &expr->codes[i], a.type);
    }
    if (expr->codes_count == 1) {
        struct typed code = typed_const(compiler, KIND_CODE, SLOT_KNOWN, code_token_id(compiler, &expr->codes[0]));
        return emit_typed(compiler, expr, expr->negated ? OP_UNEQUAL : OP_EQUAL, KIND_YES_NO, a.slot, code.slot, 0);
    }
    if (compiler->sets_count == SETS_MAX) {
        compile_fault(compiler, expr->place, NULL, "too many lists of codes.");
        return typed_none(compiler);
    }
    struct code_set *set = &compiler->sets[compiler->sets_count];
    set->ids = ARENA_ARRAY(compiler->law->arena, uint32_t, expr->codes_count);
    set->count = expr->codes_count;
    for (size_t i = 0; i < expr->codes_count; i++) {
        set->ids[i] = code_token_id(compiler, &expr->codes[i]);
    }
    return emit_typed(compiler, expr, OP_IS_CODE, KIND_YES_NO, a.slot, (uint16_t)compiler->sets_count++, expr->negated);
}

static struct typed
in_compile(struct compiler *compiler, const struct expr *expr)
{
    struct typed a = expr_compile_code(compiler, expr->a);
    struct typed b = expr_compile(compiler, expr->b);
    if (b.kind <= KIND_ABSENT) {
        return typed_none(compiler);
    }
    if (b.kind != KIND_LIST && b.kind != KIND_MAP) {
        compile_fault(compiler, expr->b->place, NULL, "behind `in` stands a list or a map, but this is %s.",
                      kind_words(b.kind));
        return typed_none(compiler);
    }
    uint8_t element = b.kind == KIND_MAP                     ? KIND_CODE
                      : b.type != NULL && b.type->of != NULL ? (uint8_t)kind_of(b.type->of)
                                                             : (uint8_t)KIND_CODE;
    if (!kinds_fit(a.kind, element) || element >= KIND_LIST) {
        compile_fault(compiler, expr->place, NULL, "%s cannot be in a list of %s.", kind_words(a.kind),
                      kind_words(element));
        return typed_none(compiler);
    }
    return emit_typed(compiler, expr, b.kind == KIND_MAP ? OP_IN_MAP : OP_IN_LIST, KIND_YES_NO, a.slot, b.slot,
                      expr->negated);
}

/* A list in an `in` test may be a table column, but no part of one. */
static struct typed
sum_compile(struct compiler *compiler, const struct expr *expr)
{
    bool add = expr->kind == EXPR_ADD;
    struct typed a = expr_compile(compiler, expr->a);
    struct typed b = expr_compile(compiler, expr->b);
    if (a.kind == KIND_DATE && b.kind == KIND_DURATION) {
        return emit_typed(compiler, expr, add ? OP_DATE_ADD : OP_DATE_SUBTRACT, KIND_DATE, a.slot, b.slot, 0);
    }
    bool number = (a.kind == KIND_NUMBER || a.kind <= KIND_ABSENT) && (b.kind == KIND_NUMBER || b.kind <= KIND_ABSENT);
    bool money = (a.kind == KIND_MONEY || a.kind <= KIND_ABSENT) && (b.kind == KIND_MONEY || b.kind <= KIND_ABSENT);
    if (!number && !money) {
        const char *hint = a.kind == KIND_DATE && b.kind == KIND_NUMBER ? "Say what it counts: `+ 10 days`."
                           : a.kind == KIND_DATE && b.kind == KIND_DATE
                               ? "Between two dates there is days_between(a, b)."
                           : a.kind == KIND_YES_NO ? "yes_no are joined with `and` and `or`."
                                                   : NULL;
        compile_fault(compiler, expr->place, hint, "%s and %s cannot be %s.", kind_words(a.kind), kind_words(b.kind),
                      add ? "added" : "subtracted");
        return typed_none(compiler);
    }
    return emit_typed(compiler, expr, add ? OP_ADD : OP_SUBTRACT, a.kind > KIND_ABSENT ? a.kind : b.kind, a.slot,
                      b.slot, 0);
}

static struct typed
times_compile(struct compiler *compiler, const struct expr *expr)
{
    struct typed a = expr_compile(compiler, expr->a);
    struct typed b = expr_compile(compiler, expr->b);
    bool good = (a.kind == KIND_NUMBER || a.kind == KIND_MONEY || a.kind <= KIND_ABSENT) &&
                (b.kind == KIND_NUMBER || b.kind == KIND_MONEY || b.kind <= KIND_ABSENT) &&
                !(a.kind == KIND_MONEY && b.kind == KIND_MONEY);
    if (!good) {
        compile_fault(compiler, expr->place, NULL, "%s and %s cannot be multiplied.", kind_words(a.kind),
                      kind_words(b.kind));
        return typed_none(compiler);
    }
    bool money = a.kind == KIND_MONEY || b.kind == KIND_MONEY;
    return emit_typed(compiler, expr, OP_TIMES, money ? KIND_MONEY : KIND_NUMBER, a.slot, b.slot, money);
}

static struct typed
over_compile(struct compiler *compiler, const struct expr *expr)
{
    const struct expr *product = expr->a;
    bool two = product->kind == EXPR_TIMES && !product->bracketed;
    struct typed a = expr_compile(compiler, two ? product->a : product);
    struct typed b = two ? expr_compile(compiler, product->b) : (struct typed){.slot = REF_NONE, .kind = KIND_NUMBER};
    struct typed c = expr_compile(compiler, expr->b);
    const struct typed *all[] = {&a, &b, &c};
    for (size_t i = 0; i < 3; i++) {
        if (all[i]->kind > KIND_ABSENT && all[i]->kind != KIND_NUMBER && all[i]->kind != KIND_MONEY) {
            compile_fault(compiler, expr->place, NULL, "only numbers and money are divided; this is %s.",
                          kind_words(all[i]->kind));
            return typed_none(compiler);
        }
    }
    int above = (a.kind == KIND_MONEY) + (b.kind == KIND_MONEY);
    int below = c.kind == KIND_MONEY;
    if (above > 1 || below > above) {
        compile_fault(compiler, expr->place, NULL, "this division does not give money or a number.");
        return typed_none(compiler);
    }
    if (compiler->overs_count == sizeof compiler->overs / sizeof compiler->overs[0]) {
        compile_fault(compiler, expr->place, NULL, "too many divisions.");
        return typed_none(compiler);
    }
    compiler->overs[compiler->overs_count] = (struct over){.a = a.slot,
                                                           .b = b.slot,
                                                           .c = c.slot,
                                                           .rounding = expr->op,
                                                           .money_a = a.kind == KIND_MONEY,
                                                           .money_b = b.kind == KIND_MONEY,
                                                           .money_c = (uint8_t)below};
    return emit_typed(compiler, expr, OP_OVER, above > below ? KIND_MONEY : KIND_NUMBER,
                      (uint16_t)compiler->overs_count++, 0, 0);
}

static struct typed
at_compile(struct compiler *compiler, const struct expr *expr)
{
    struct typed map = expr_compile(compiler, expr->a);
    if (map.kind == KIND_NONE) {
        return map;
    }
    if (map.kind != KIND_MAP || map.type == NULL) {
        compile_fault(compiler, expr->place, NULL, "before `at` stands a map, but this is %s.", kind_words(map.kind));
        return typed_none(compiler);
    }
    struct typed key = expr_compile_code(compiler, expr->b);
    if (!kinds_fit(key.kind, KIND_CODE)) {
        compile_fault(compiler, expr->b->place, NULL, "the key of a map is a code, but `%.*s` is %s.",
                      TEXT_ARG(expr->b->name), kind_words(key.kind));
        fault_hint(compiler->reader, "For the code write '%.*s'.", TEXT_ARG(expr->b->name));
        return typed_none(compiler);
    }
    const struct type *of = map.type->of;
    struct typed typed =
        emit_typed(compiler, expr, OP_AT, (uint8_t)kind_of(of), map.slot, key.slot, (uint16_t)type_stride(of, true));
    typed.type = of;
    return typed;
}

static struct typed
else_compile(struct compiler *compiler, const struct expr *expr)
{
    struct typed a = expr_compile_code(compiler, expr->a);
    uint16_t jump = emit(compiler, expr, OP_JUMP_KNOWN, KIND_NONE, a.slot, 0, 0);
    struct typed b = expr_compile_code(compiler, expr->b);
    if (compiler->nodes_count == (size_t)jump + 1) {
        compiler->nodes_count = jump;
    } else {
        compiler->nodes[jump].b = (uint16_t)compiler->nodes_count;
    }
    if (!kinds_fit(a.kind, b.kind)) {
        compile_fault(compiler, expr->place, NULL, "both sides of `else` are of one type; here %s and %s.",
                      kind_words(a.kind), kind_words(b.kind));
        return typed_none(compiler);
    }
    struct typed typed = emit_typed(compiler, expr, OP_ELSE, a.kind > KIND_ABSENT ? a.kind : b.kind, a.slot, b.slot, 0);
    typed.type = a.type != NULL ? a.type : b.type;
    if (typed.type != NULL && typed.type->kind == FACT_ONE_OF) {
        typed.type = NULL;
    }
    return typed;
}

static struct typed
fails_compile(struct compiler *compiler, const struct expr *expr)
{
    uint16_t first = (uint16_t)compiler->operands_count;
    for (size_t i = 0; i < expr->norms.count; i++) {
        uint16_t norm = expr->norms.items[i]->norm;
        bool found = false;
        for (size_t j = 0; j < compiler->needs_count; j++) {
            found = found || compiler->needs[j].norm_of != REF_NONE;
            for (size_t k = 0; k < compiler->needs[j].norms_count; k++) {
                found = found || compiler->needs[j].norms[k] == norm;
            }
        }
        if (!found) {
            compile_fault(compiler, expr->norms.items[i]->place, "Only needs above this line can be asked about.",
                          "no need above cites %.*s.", TEXT_ARG(expr->norms.items[i]->written));
        }
        if (compiler->operands_count < OPERANDS_MAX) {
            compiler->operands[compiler->operands_count++] = norm;
        }
    }
    return emit_typed(compiler, expr, OP_FAILS, KIND_YES_NO, first, (uint16_t)expr->norms.count,
                      (uint16_t)compiler->needs_count);
}

static struct typed
one_compile(struct compiler *compiler, const struct expr *expr)
{
    struct typed a;
    switch (expr->kind) {
    case EXPR_NOT:
        a = expr_compile_kind(compiler, expr->a, KIND_YES_NO, "what stands behind `not`");
        return emit_typed(compiler, expr, OP_NOT, KIND_YES_NO, a.slot, 0, 0);
    case EXPR_IS_ABSENT:
        a = asked_compile(compiler, expr->a);
        return emit_typed(compiler, expr, OP_IS_ABSENT, KIND_YES_NO, a.slot, 0, expr->negated);
    case EXPR_NEGATE:
        a = expr_compile(compiler, expr->a);
        if (a.kind != KIND_NUMBER && a.kind != KIND_MONEY && a.kind > KIND_ABSENT) {
            compile_fault(compiler, expr->place, NULL, "%s has no opposite.", kind_words(a.kind));
        }
        return emit_typed(compiler, expr, OP_NEGATE, a.kind, a.slot, 0, 0);
    case EXPR_UNIT:
        a = expr_compile_kind(compiler, expr->a, KIND_NUMBER, "a count of days, months or years");
        return emit_typed(compiler, expr, OP_DURATION, KIND_DURATION, a.slot, expr->op, 0);
    default:
        return typed_none(compiler);
    }
}

static struct typed
leaf_compile(struct compiler *compiler, const struct expr *expr)
{
    switch (expr->kind) {
    case EXPR_CODE:
        return code_typed(compiler, expr->name);
    case EXPR_NUMBER:
        return typed_const(compiler, KIND_NUMBER, SLOT_KNOWN, expr->value);
    case EXPR_MONEY:
        return typed_const(compiler, KIND_MONEY, SLOT_KNOWN, expr->value);
    case EXPR_DATE:
        return typed_const(compiler, KIND_DATE, SLOT_KNOWN, expr->value);
    case EXPR_TEXT:
        return typed_const(compiler, KIND_TEXT, SLOT_KNOWN, intern_id(&compiler->law->intern, expr->name));
    case EXPR_NORM:
        norms_use(compiler, &expr->norms);
        return expr->norms.items[0]->norm < compiler->law->norms_count
                   ? typed_const(compiler, KIND_CODE, SLOT_KNOWN, compiler->law->norm_codes[expr->norms.items[0]->norm])
                   : typed_none(compiler);
    case EXPR_YES:
        return typed_const(compiler, KIND_YES_NO, SLOT_KNOWN, 1);
    case EXPR_NO:
        return typed_const(compiler, KIND_YES_NO, SLOT_KNOWN, 0);
    default:
        return typed_const(compiler, KIND_ABSENT, SLOT_ABSENT, 0);
    }
}

struct typed
expr_compile(struct compiler *compiler, const struct expr *expr)
{
    switch (expr->kind) {
    case EXPR_NAME:
        return name_compile(compiler, expr);
    case EXPR_AND:
    case EXPR_OR:
        return logic_compile(compiler, expr);
    case EXPR_COMPARE:
        return compare_compile(compiler, expr);
    case EXPR_IS_CODE:
        return is_code_compile(compiler, expr);
    case EXPR_IN:
        return in_compile(compiler, expr);
    case EXPR_ADD:
    case EXPR_SUBTRACT:
        return sum_compile(compiler, expr);
    case EXPR_TIMES:
        return times_compile(compiler, expr);
    case EXPR_OVER:
        return over_compile(compiler, expr);
    case EXPR_AT:
        return at_compile(compiler, expr);
    case EXPR_FIELD:
        return field_compile(compiler, expr);
    case EXPR_ELSE:
        return else_compile(compiler, expr);
    case EXPR_CALL:
        return call_compile(compiler, expr);
    case EXPR_LIST:
        return list_compile(compiler, expr);
    case EXPR_WHERE: {
        struct view view;
        return view_resolve(compiler, expr, &view) ? view_copy(compiler, expr, &view) : typed_none(compiler);
    }
    case EXPR_ANY_FAILS:
    case EXPR_ANY_UNDECIDED:
        return emit_typed(compiler, expr, expr->kind == EXPR_ANY_FAILS ? OP_ANY_FAILS : OP_ANY_UNDECIDED, KIND_YES_NO,
                          (uint16_t)compiler->needs_count, 0, 0);
    case EXPR_FAILS:
        return fails_compile(compiler, expr);
    case EXPR_NOT:
    case EXPR_IS_ABSENT:
    case EXPR_NEGATE:
    case EXPR_UNIT:
        return one_compile(compiler, expr);
    default:
        return leaf_compile(compiler, expr);
    }
}
