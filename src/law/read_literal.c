/* Values as written: numbers, money, dates, terms, texts, codes, norms. */
#include "law/read.h"

struct expr *
expr_new(struct reader *reader, enum expr_kind kind, struct place place)
{
    struct expr *expr = ARENA_NEW(reader->arena, struct expr);
    expr->kind = kind;
    expr->place = place;
    return expr;
}

/* day, days, month ... */
bool
unit_read(struct reader *reader, uint8_t *ret_unit)
{
    static const char *const words[] = {"day", "days", "month", "months", "year", "years"};
    for (size_t i = 0; i < 6; i++) {
        if (at_word(reader, words[i])) {
            *ret_unit = (uint8_t)(TERM_DAYS + i / 2);
            reader->at++;
            return true;
        }
    }
    return false;
}

/* Numbers, money, dates, texts, norms, yes, no, absent and quoted codes; NULL without a fault when there is none. */
struct expr *
plain_read(struct reader *reader)
{
    const struct token *token = reader->at;
    static const enum expr_kind kinds[] = {[TOKEN_CODE] = EXPR_CODE,
                                           [TOKEN_NORM] = EXPR_NORM,
                                           [TOKEN_NUMBER] = EXPR_NUMBER,
                                           [TOKEN_DATE] = EXPR_DATE,
                                           [TOKEN_TEXT] = EXPR_TEXT};
    struct expr *expr = expr_new(reader, EXPR_NO, token->place);
    if (token->kind == TOKEN_WORD) {
        expr->kind = text_is(token->text, "yes") ? EXPR_YES : text_is(token->text, "absent") ? EXPR_ABSENT : EXPR_NO;
        if (expr->kind == EXPR_NO && !text_is(token->text, "no")) {
            return NULL;
        }
        reader->at++;
        return expr;
    }
    if (token->kind < TOKEN_CODE || token->kind > TOKEN_TEXT) {
        return NULL;
    }
    expr->kind = kinds[token->kind];
    expr->name = token->text;
    if (expr->kind == EXPR_NORM) {
        return norms_read(reader, &expr->norms) ? expr : NULL;
    }
    reader->at++;
    struct date date;
    if (expr->kind == EXPR_DATE && date_from_text(token->text, &date)) {
        expr->value = date.days;
    }
    if (expr->kind == EXPR_NUMBER) {
        if (!number_from(token->text, &expr->value)) {
            fault_add(reader, token->place, NULL, "`%.*s` is not a number of at most six decimals.",
                      TEXT_ARG(token->text));
            expr->value = 0;
        }
        if (take_word(reader, "MAD")) {
            expr->kind = EXPR_MONEY;
            if (expr->value % 10000 != 0) {
                fault_add(reader, token->place, NULL, "money has two decimals, the centimes.");
            }
            expr->value /= 10000;
        }
    }
    return expr;
}

struct expr *
literal_read(struct reader *reader)
{
    struct place place = reader->at->place;
    bool minus = take_sign(reader, "-");
    struct expr *expr = plain_read(reader);
    if (expr == NULL && !minus && reader->at->kind == TOKEN_WORD && !word_is_reserved(reader->at->text)) {
        expr = expr_new(reader, EXPR_CODE, place);
        expr->name = reader->at->text;
        reader->at++;
    }
    if (expr == NULL || (minus && expr->kind != EXPR_NUMBER && expr->kind != EXPR_MONEY)) {
        fault_add(reader, place, NULL,
                  "a value is expected here: a number, money, a date, a code, a norm, yes, no or a text.");
        return NULL;
    }
    expr->value = minus ? -expr->value : expr->value;
    uint8_t unit;
    if (expr->kind == EXPR_NUMBER && unit_read(reader, &unit)) {
        struct expr *with = expr_new(reader, EXPR_UNIT, place);
        with->a = expr;
        with->op = unit;
        return with;
    }
    return expr;
}
