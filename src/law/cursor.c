/* Moving through the tokens of one line, and the small words of the grammar: names, dates, numbers, norms, codes. */
#include <string.h>

#include "law/read.h"

bool
at_word(const struct reader *reader, const char *word)
{
    return reader->at->kind == TOKEN_WORD && text_is(reader->at->text, word);
}

bool
at_sign(const struct reader *reader, const char *sign)
{
    return reader->at->kind == TOKEN_SIGN && text_is(reader->at->text, sign);
}

bool
take_word(struct reader *reader, const char *word)
{
    if (!at_word(reader, word)) {
        return false;
    }
    reader->at++;
    return true;
}

bool
take_sign(struct reader *reader, const char *sign)
{
    if (!at_sign(reader, sign)) {
        return false;
    }
    reader->at++;
    return true;
}

bool
expect_sign(struct reader *reader, const char *sign)
{
    if (take_sign(reader, sign)) {
        return true;
    }
    fault_add(reader, reader->at->place, NULL, "`%s` is expected before `%.*s`.", sign, TEXT_ARG(reader->at->text));
    return false;
}

bool
expect_end(struct reader *reader)
{
    if (reader->at->kind == TOKEN_END) {
        return true;
    }
    fault_add(reader, reader->at->place, NULL, "`%.*s` is not understood here; the line should end before it.",
              TEXT_ARG(reader->at->text));
    return false;
}

bool
word_is_reserved(struct text word)
{
    static const char *const words[] = {"and",      "or",    "not",       "is",     "in",    "of",    "as",
                                        "where",    "when",  "otherwise", "every",  "rules", "over",  "rounded",
                                        "at",       "else",  "absent",    "given",  "yes",   "no",    "need",
                                        "needs",    "fails", "undecided", "any",    "all",   "count", "sum",
                                        "distinct", "first", "highest",   "lowest", "one",   "list"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (text_is(word, words[i])) {
            return true;
        }
    }
    return false;
}

bool
name_read(struct reader *reader, const char *what, struct token *ret)
{
    const struct token *token = reader->at;
    bool good = token->kind == TOKEN_WORD && token->text.at[0] >= 'a' && token->text.at[0] <= 'z';
    if (good && word_is_reserved(token->text) && strcmp(what, "a result") != 0 && strcmp(what, "it") != 0) {
        fault_add(reader, token->place, "Choose another name.",
                  "`%.*s` is a word of the language and cannot be the name of %s.", TEXT_ARG(token->text), what);
        return false;
    }
    if (!good) {
        fault_add(reader, token->place, "Names are small letters, digits and `_`.",
                  "a name of %s is expected, not `%.*s`.", what, TEXT_ARG(token->text));
        return false;
    }
    *ret = *token;
    reader->at++;
    return true;
}

bool
date_read(struct reader *reader, struct date *ret)
{
    if (reader->at->kind != TOKEN_DATE) {
        fault_add(reader, reader->at->place, "Dates are written 2025-09-01.", "a date is expected, not `%.*s`.",
                  TEXT_ARG(reader->at->text));
        return false;
    }
    (void)date_from_text(reader->at->text, ret);
    reader->at++;
    return true;
}

bool
period_read(struct reader *reader, struct period *ret)
{
    *ret = (struct period){.from = DATE_NONE, .until = DATE_NONE};
    if (take_word(reader, "from") && !date_read(reader, &ret->from)) {
        return false;
    }
    if (take_word(reader, "until") && !date_read(reader, &ret->until)) {
        return false;
    }
    if (!date_is_none(ret->from) && !date_is_none(ret->until) && date_compare(ret->until, ret->from) < 0) {
        fault_add(reader, reader->at->place, NULL, "this period ends before it begins.");
        return false;
    }
    return true;
}

bool
text_read(struct reader *reader, struct text *ret)
{
    if (reader->at->kind != TOKEN_TEXT) {
        fault_add(reader, reader->at->place, NULL, "a text between double quotes is expected, not `%.*s`.",
                  TEXT_ARG(reader->at->text));
        return false;
    }
    *ret = reader->at->text;
    reader->at++;
    return true;
}

bool
number_from(struct text text, int64_t *ret)
{
    int64_t value = 0;
    int decimals = -1;
    if (text.len == 0 || text.at[0] == '_' || text.at[text.len - 1] == '_') {
        return false;
    }
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c == '_') {
            continue;
        }
        if (c == '.') {
            if (decimals >= 0) {
                return false;
            }
            decimals = 0;
            continue;
        }
        if (decimals >= 6 || c < '0' || c > '9' || __builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, c - '0', &value)) {
            return false;
        }
        decimals += decimals >= 0;
    }
    for (int i = decimals > 0 ? decimals : 0; i < 6; i++) {
        if (__builtin_mul_overflow(value, 10, &value)) {
            return false;
        }
    }
    *ret = value;
    return true;
}

struct norm_ref *
norm_ref_new(struct reader *reader, const struct token *token)
{
    struct norm_ref *ref = ARENA_NEW(reader->arena, struct norm_ref);
    ref->written = token->text;
    ref->text_id = reader->text_id;
    ref->place = token->place;
    ref->next = reader->refs;
    reader->refs = ref;
    return ref;
}

bool
norms_read(struct reader *reader, struct norm_refs *ret)
{
    size_t count = 0;
    while (reader->at[count].kind == TOKEN_NORM) {
        count++;
    }
    if (count == 0) {
        fault_add(reader, reader->at->place, "A norm is written as in 8/1.1.a.", "a norm is expected, not `%.*s`.",
                  TEXT_ARG(reader->at->text));
        return false;
    }
    ret->items = ARENA_ARRAY(reader->arena, struct norm_ref *, count);
    ret->count = count;
    for (size_t i = 0; i < count; i++) {
        ret->items[i] = norm_ref_new(reader, reader->at++);
    }
    return true;
}

bool
cites_read(struct reader *reader, struct norm_refs *ret)
{
    *ret = (struct norm_refs){0};
    return !take_sign(reader, "@") || norms_read(reader, ret);
}

static bool
ends_codes(struct text word)
{
    static const char *const words[] = {"and", "or", "when", "otherwise", "where", "over",   "as",
                                        "is",  "in", "not",  "at",        "else",  "absent", "default"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (text_is(word, words[i])) {
            return true;
        }
    }
    return false;
}

static bool
is_code(const struct token *token)
{
    return token->kind == TOKEN_CODE || token->kind == TOKEN_NORM ||
           (token->kind == TOKEN_WORD && !ends_codes(token->text));
}

bool
codes_read(struct reader *reader, struct token **ret, size_t *ret_count)
{
    size_t count = 0;
    while (is_code(&reader->at[count])) {
        count++;
    }
    if (count == 0) {
        fault_add(reader, reader->at->place, "A reserved word needs single quotes to be a code.",
                  "a code is expected, not `%.*s`.", TEXT_ARG(reader->at->text));
        return false;
    }
    *ret = ARENA_ARRAY(reader->arena, struct token, count);
    *ret_count = count;
    for (size_t i = 0; i < count; i++) {
        struct token token = *reader->at++;
        if (token.kind == TOKEN_NORM) {
            token.ref = norm_ref_new(reader, &token);
        }
        (*ret)[i] = token;
    }
    return true;
}
