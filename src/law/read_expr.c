/* Expressions (docs/law-language.md, Expressions): from the loosest to the tightest, one function a level. */
#include <string.h>

#include "law/read.h"

static struct expr *read_or(struct reader *reader);
static struct expr *read_sum(struct reader *reader);
static struct expr *read_product(struct reader *reader);
static struct expr *read_unary(struct reader *reader);

static struct expr *
expr_two(struct reader *reader, enum expr_kind kind, struct place place, struct expr *a, struct expr *b)
{
    if (a == NULL || b == NULL) {
        return NULL;
    }
    struct expr *expr = expr_new(reader, kind, place);
    expr->a = a;
    expr->b = b;
    return expr;
}

/* From the start of a to the end of the last token taken, when both are on one line. */
static struct place
place_over(const struct reader *reader, struct place from)
{
    const struct place *last = &reader->at[-1].place;
    if (last->line == from.line && last->column >= from.column) {
        from.width = (uint16_t)(last->column + last->width - from.column);
    }
    return from;
}

struct expr *
expr_read(struct reader *reader)
{
    if (++reader->depth > NESTING_MAX) {
        fault_add(reader, reader->at->place, "Name parts of it with let.",
                  "this expression is nested more than %d deep.", NESTING_MAX);
        reader->depth--;
        return NULL;
    }
    struct expr *expr = read_or(reader);
    reader->depth--;
    return expr;
}

static struct expr *
read_not(struct reader *reader)
{
    struct place place = reader->at->place;
    if (!take_word(reader, "not")) {
        struct expr *read_relation(struct reader *);
        return read_relation(reader);
    }
    if (++reader->depth > NESTING_MAX) {
        fault_add(reader, place, NULL, "this expression is nested more than %d deep.", NESTING_MAX);
        return NULL;
    }
    struct expr *a = read_not(reader);
    reader->depth--;
    if (a == NULL) {
        return NULL;
    }
    struct expr *expr = expr_new(reader, EXPR_NOT, place_over(reader, place));
    expr->a = a;
    return expr;
}

static struct expr *
read_and(struct reader *reader)
{
    struct place place = reader->at->place;
    struct expr *left = read_not(reader);
    while (left != NULL && take_word(reader, "and")) {
        left = expr_two(reader, EXPR_AND, place, left, read_not(reader));
    }
    return left;
}

static struct expr *
read_or(struct reader *reader)
{
    struct place place = reader->at->place;
    struct expr *left = read_and(reader);
    while (left != NULL && take_word(reader, "or")) {
        left = expr_two(reader, EXPR_OR, place, left, read_and(reader));
    }
    return left;
}

static struct expr *
read_is(struct reader *reader, struct place place, struct expr *left)
{
    bool negated = take_word(reader, "not");
    struct expr *expr = expr_new(reader, EXPR_IS_ABSENT, place);
    expr->a = left;
    expr->negated = negated;
    if (take_word(reader, "absent")) {
        return expr;
    }
    if (take_word(reader, "given")) {
        expr->negated = !negated;
        return expr;
    }
    expr->kind = EXPR_IS_CODE;
    if (at_word(reader, "one") && reader->at[1].kind == TOKEN_WORD && text_is(reader->at[1].text, "of")) {
        reader->at += 2;
        return codes_read(reader, &expr->codes, &expr->codes_count) ? expr : NULL;
    }
    const struct token *token = reader->at;
    if (token->kind != TOKEN_CODE && token->kind != TOKEN_NORM &&
        (token->kind != TOKEN_WORD || word_is_reserved(token->text))) {
        fault_add(reader, token->place,
                  "After `is` stands a code, `absent`, `given` or `one of` and codes; compare values with `=`.",
                  "`%.*s` is not a code.", TEXT_ARG(token->text));
        return NULL;
    }
    expr->codes = ARENA_NEW(reader->arena, struct token);
    expr->codes[0] = *token;
    expr->codes[0].ref = token->kind == TOKEN_NORM ? norm_ref_new(reader, token) : NULL;
    expr->codes_count = 1;
    reader->at++;
    return expr;
}

struct expr *read_relation(struct reader *reader);
struct expr *
read_relation(struct reader *reader)
{
    static const char *const signs[] = {"=", "!=", "<", "<=", ">", ">="};
    struct place place = reader->at->place;
    struct expr *left = read_sum(reader);
    if (left == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < 6; i++) {
        if (!at_sign(reader, signs[i])) {
            continue;
        }
        reader->at++;
        struct expr *expr = expr_two(reader, EXPR_COMPARE, place, left, read_sum(reader));
        if (expr != NULL) {
            expr->op = (uint8_t)(COMPARE_EQUAL + i);
            expr->place = place_over(reader, place);
        }
        return expr;
    }
    if (take_word(reader, "is")) {
        struct expr *expr = read_is(reader, place, left);
        if (expr != NULL) {
            expr->place = place_over(reader, place);
        }
        return expr;
    }
    bool negated = at_word(reader, "not") && reader->at[1].kind == TOKEN_WORD && text_is(reader->at[1].text, "in");
    if (negated || at_word(reader, "in")) {
        reader->at += negated ? 2 : 1;
        struct expr *expr = expr_two(reader, EXPR_IN, place, left, read_sum(reader));
        if (expr != NULL) {
            expr->negated = negated;
            expr->place = place_over(reader, place);
        }
        return expr;
    }
    return left;
}

static struct expr *
read_sum(struct reader *reader)
{
    struct place place = reader->at->place;
    struct expr *left = read_product(reader);
    while (left != NULL && (at_sign(reader, "+") || at_sign(reader, "-"))) {
        enum expr_kind kind = at_sign(reader, "+") ? EXPR_ADD : EXPR_SUBTRACT;
        reader->at++;
        left = expr_two(reader, kind, place, left, read_product(reader));
        if (left != NULL) {
            left->place = place_over(reader, place);
        }
    }
    return left;
}

static struct expr *
read_at(struct reader *reader, struct place place, struct expr *left)
{
    struct expr *key = NULL;
    struct place here = reader->at->place;
    if (take_sign(reader, "(")) {
        key = expr_read(reader);
        if (key == NULL || !expect_sign(reader, ")")) {
            return NULL;
        }
        key->bracketed = true;
    } else if (reader->at->kind == TOKEN_CODE ||
               (reader->at->kind == TOKEN_WORD && !word_is_reserved(reader->at->text))) {
        key = expr_new(reader, reader->at->kind == TOKEN_CODE ? EXPR_CODE : EXPR_NAME, here);
        key->name = reader->at->text;
        reader->at++;
    } else {
        fault_add(reader, here, NULL, "after `at` stands a code, a name or an expression in parentheses.");
        return NULL;
    }
    struct expr *expr = expr_two(reader, EXPR_AT, place, left, key);
    expr->place = place_over(reader, place);
    return expr;
}

static struct expr *
read_post(struct reader *reader)
{
    struct place place = reader->at->place;
    struct expr *left = read_unary(reader);
    while (left != NULL) {
        uint8_t unit;
        if (unit_read(reader, &unit)) {
            struct expr *expr = expr_new(reader, EXPR_UNIT, place_over(reader, place));
            expr->a = left;
            expr->op = unit;
            left = expr;
        } else if (take_word(reader, "at")) {
            left = read_at(reader, place, left);
        } else if (at_sign(reader, ".") && reader->at[1].kind == TOKEN_WORD) {
            struct expr *expr = expr_new(reader, EXPR_FIELD, place);
            expr->a = left;
            expr->name = reader->at[1].text;
            reader->at += 2;
            expr->place = place_over(reader, place);
            left = expr;
        } else if (take_word(reader, "else")) {
            left = expr_two(reader, EXPR_ELSE, place, left, read_unary(reader));
        } else {
            return left;
        }
    }
    return NULL;
}

static struct expr *
read_product(struct reader *reader)
{
    struct place place = reader->at->place;
    struct expr *left = read_post(reader);
    while (left != NULL && take_sign(reader, "*")) {
        left = expr_two(reader, EXPR_TIMES, place, left, read_post(reader));
        if (left != NULL) {
            left->place = place_over(reader, place);
        }
    }
    if (left == NULL || !take_word(reader, "over")) {
        return left;
    }
    struct expr *over = expr_two(reader, EXPR_OVER, place, left, read_post(reader));
    if (over == NULL) {
        return NULL;
    }
    if (!take_word(reader, "rounded")) {
        fault_add(reader, reader->at->place, "Add `rounded down`, `rounded up` or `rounded half_up`.",
                  "a division must say how it rounds.");
        return NULL;
    }
    static const char *const words[] = {"down", "up", "half_up"};
    for (size_t i = 0; i < 3; i++) {
        if (take_word(reader, words[i])) {
            over->op = (uint8_t)(ROUND_DOWN + i);
            over->place = place_over(reader, place);
            return over;
        }
    }
    fault_add(reader, reader->at->place, NULL, "after `rounded` stands down, up or half_up.");
    return NULL;
}

/* "of LIST [as NAME] [where CONDITION]" */
static bool
read_list_part(struct reader *reader, struct expr *expr)
{
    if (!take_word(reader, "of")) {
        fault_add(reader, reader->at->place, NULL, "`of` and a list are expected before `%.*s`.",
                  TEXT_ARG(reader->at->text));
        return false;
    }
    struct place place = reader->at->place;
    if (at_sign(reader, "(")) {
        expr->a = read_unary(reader);
    } else {
        struct token name;
        if (!name_read(reader, "a list", &name)) {
            return false;
        }
        expr->a = expr_new(reader, EXPR_NAME, name.place);
        expr->a->name = name.text;
        while (at_sign(reader, ".") && reader->at[1].kind == TOKEN_WORD) {
            struct expr *field = expr_new(reader, EXPR_FIELD, place);
            field->a = expr->a;
            field->name = reader->at[1].text;
            reader->at += 2;
            field->place = place_over(reader, place);
            expr->a = field;
        }
    }
    if (expr->a == NULL) {
        return false;
    }
    struct token alias;
    if (take_word(reader, "as")) {
        if (!name_read(reader, "an element", &alias)) {
            return false;
        }
        expr->name = alias.text;
    }
    if (take_word(reader, "where")) {
        expr->b = expr_read(reader);
        return expr->b != NULL;
    }
    return true;
}

static struct expr *
read_list_operation(struct reader *reader, enum list_op op)
{
    struct place place = reader->at->place;
    struct expr *expr = expr_new(reader, EXPR_LIST, place);
    expr->op = (uint8_t)op;
    reader->at++;
    if (op == LIST_ANY && at_word(reader, "need")) {
        reader->at++;
        expr->kind = at_word(reader, "undecided") ? EXPR_ANY_UNDECIDED : EXPR_ANY_FAILS;
        if (!take_word(reader, "undecided") && !take_word(reader, "fails")) {
            fault_add(reader, reader->at->place, NULL, "after `any need` stands fails or undecided.");
            return NULL;
        }
        expr->place = place_over(reader, place);
        return expr;
    }
    if (op == LIST_AT_LEAST) {
        reader->at++; /* least */
        expr->each = read_post(reader);
    } else if (op >= LIST_SUM) {
        expr->each = read_product(reader);
    }
    if ((op == LIST_AT_LEAST || op >= LIST_SUM) && expr->each == NULL) {
        return NULL;
    }
    return read_list_part(reader, expr) ? expr : NULL;
}

static bool
list_operation_at(const struct reader *reader, enum list_op *ret)
{
    static const struct {
        const char *word;
        enum list_op op;
    } words[] = {{"any", LIST_ANY},         {"all", LIST_ALL},           {"count", LIST_COUNT},
                 {"sum", LIST_SUM},         {"distinct", LIST_DISTINCT}, {"first", LIST_FIRST},
                 {"highest", LIST_HIGHEST}, {"lowest", LIST_LOWEST}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (at_word(reader, words[i].word)) {
            *ret = words[i].op;
            return true;
        }
    }
    *ret = LIST_AT_LEAST;
    return at_word(reader, "at") && reader->at[1].kind == TOKEN_WORD && text_is(reader->at[1].text, "least");
}

static struct expr *
read_call(struct reader *reader, struct token name)
{
    struct expr *expr = expr_new(reader, EXPR_CALL, name.place);
    struct expr *args[8];
    expr->name = name.text;
    while (!at_sign(reader, ")")) {
        if (expr->args_count == 8) {
            fault_add(reader, reader->at->place, NULL, "at most 8 values stand between these parentheses.");
            return NULL;
        }
        args[expr->args_count] = expr_read(reader);
        if (args[expr->args_count] == NULL) {
            return NULL;
        }
        expr->args_count++;
        if (!take_sign(reader, ",") && !at_sign(reader, ")")) {
            (void)expect_sign(reader, ")");
            return NULL;
        }
    }
    reader->at++;
    expr->args = ARENA_ARRAY(reader->arena, struct expr *, expr->args_count);
    memcpy(expr->args, args, expr->args_count * sizeof args[0]);
    expr->place = place_over(reader, name.place);
    return expr;
}

static struct expr *
read_brackets(struct reader *reader)
{
    struct place place = reader->at->place;
    reader->at++;
    struct expr *expr = expr_read(reader);
    if (expr != NULL && take_word(reader, "where")) {
        expr = expr_two(reader, EXPR_WHERE, place, expr, expr_read(reader));
    }
    if (expr == NULL || !expect_sign(reader, ")")) {
        return NULL;
    }
    expr->bracketed = true;
    return expr;
}

static struct expr *
read_unary(struct reader *reader)
{
    const struct token *token = reader->at;
    enum list_op op;
    if (list_operation_at(reader, &op)) {
        return read_list_operation(reader, op);
    }
    if (at_word(reader, "fails")) {
        reader->at++;
        struct expr *expr = expr_new(reader, EXPR_FAILS, token->place);
        bool good = norms_read(reader, &expr->norms);
        expr->place = place_over(reader, token->place);
        return good ? expr : NULL;
    }
    if (at_sign(reader, "-")) {
        reader->at++;
        if (++reader->depth > NESTING_MAX) {
            fault_add(reader, token->place, NULL, "this expression is nested more than %d deep.", NESTING_MAX);
            return NULL;
        }
        struct expr *a = read_unary(reader);
        reader->depth--;
        struct expr *expr = expr_new(reader, EXPR_NEGATE, token->place);
        expr->a = a;
        return a != NULL ? expr : NULL;
    }
    if (at_sign(reader, "(")) {
        return read_brackets(reader);
    }
    struct expr *plain = plain_read(reader);
    if (plain != NULL) {
        return plain;
    }
    if (token->kind != TOKEN_WORD || word_is_reserved(token->text)) {
        fault_add(reader, token->place,
                  token->kind == TOKEN_WORD ? "A reserved word needs single quotes to be a code." : NULL,
                  "a value is expected here, not `%.*s`.", TEXT_ARG(token->text));
        return NULL;
    }
    reader->at++;
    if (take_sign(reader, "(")) {
        return read_call(reader, *token);
    }
    struct expr *expr = expr_new(reader, EXPR_NAME, token->place);
    expr->name = token->text;
    return expr;
}
