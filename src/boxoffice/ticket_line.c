#include "boxoffice/ticket_line.h"

#include <string.h>

#include "base/date.h"
#include "base/limits.h"

const char *const ticket_field_names[TICKET_FIELDS] = {
    [TICKET_SCREEN] = "screen",   [TICKET_START] = "start",           [TICKET_SERIES] = "series",
    [TICKET_NUMBER] = "number",   [TICKET_TARIFF] = "tariff",         [TICKET_PRICE] = "price",
    [TICKET_AT] = "at",           [TICKET_POINT] = "point",           [TICKET_CANCELS] = "cancels",
    [TICKET_VISA] = "visa",       [TICKET_OFFLINE_AT] = "offline_at", [TICKET_SEAT] = "seat",
    [TICKET_PRINTED] = "printed", [TICKET_REASON] = "reason",
};

static const char *const fault_codes[TICKET_FAULTS] = {
    [TICKET_FINE] = "fine",
    [TICKET_BROKEN] = "broken_line",
    [TICKET_NOT_UTF8] = "not_utf8",
    [TICKET_UNKNOWN_MEMBER] = "unknown_member",
    [TICKET_DUPLICATE_MEMBER] = "duplicate_member",
    [TICKET_MISSING_MEMBER] = "missing_member",
    [TICKET_WRONG_TYPE] = "wrong_type",
    [TICKET_BAD_TIME] = "bad_time",
    [TICKET_BAD_NUMBER] = "bad_number",
    [TICKET_BAD_PRICE] = "bad_price",
    [TICKET_BAD_CODE] = "bad_code",
    [TICKET_TEXT_TOO_LONG] = "text_too_long",
    [TICKET_OUT_OF_SCOPE] = "out_of_scope",
    [TICKET_CONFLICT] = "conflict",
    [TICKET_NO_SALE] = "no_sale",
};

#define BIT(field) (UINT32_C(1) << (field))

/* What each kind of line must hold. */
static const uint32_t sale_fields = BIT(TICKET_SCREEN) | BIT(TICKET_START) | BIT(TICKET_SERIES) | BIT(TICKET_NUMBER) |
                                    BIT(TICKET_TARIFF) | BIT(TICKET_PRICE) | BIT(TICKET_AT) | BIT(TICKET_POINT);
static const uint32_t cancellation_fields = BIT(TICKET_SCREEN) | BIT(TICKET_SERIES) | BIT(TICKET_NUMBER) |
                                            BIT(TICKET_CANCELS) | BIT(TICKET_AT) | BIT(TICKET_POINT);

static enum ticket_fault set_code(struct text value, size_t bytes_max, struct text *ret);
static enum ticket_fault set_words(struct text value, size_t bytes_max, struct text *ret);
static enum ticket_fault set_bool(struct ticket_token token, bool loose, bool *ret);
static enum ticket_fault set_integer(struct ticket_token token, bool loose, int64_t from, int64_t to,
                                     enum ticket_fault fault, int64_t *ret);
static enum ticket_fault set_time(struct ticket_token token, struct ticket_time *ret);

const char *
ticket_fault_code(enum ticket_fault fault)
{
    return fault_codes[fault];
}

enum ticket_field
ticket_field_of(struct text name)
{
    for (int field = 0; field < TICKET_FIELDS; field++) {
        const char *candidate = ticket_field_names[field];
        if (candidate[0] == (name.len > 0 ? name.at[0] : '\0') && strlen(candidate) == name.len &&
            memcmp(candidate, name.at, name.len) == 0) {
            return (enum ticket_field)field;
        }
    }
    return TICKET_FIELDS;
}

enum ticket_fault
ticket_line_complete(const struct ticket_line *line, enum ticket_field *ret_field)
{
    const uint32_t wanted = line->cancels ? cancellation_fields : sale_fields;
    const uint32_t absent = wanted & ~line->given;
    if (absent == 0) {
        return TICKET_FINE;
    }
    *ret_field = (enum ticket_field)__builtin_ctz(absent);
    return TICKET_MISSING_MEMBER;
}

enum ticket_fault
ticket_line_set(struct ticket_line *line, enum ticket_field field, struct ticket_token token, bool loose)
{
    if ((line->given & BIT(field)) != 0) {
        return TICKET_DUPLICATE_MEMBER;
    }
    /* null, and an empty cell, are the same as a member left out. */
    if (token.kind == TOKEN_NULL || (loose && token.text.len == 0)) {
        return TICKET_FINE;
    }
    line->given |= BIT(field);
    const bool is_string = token.kind == TOKEN_STRING;
    int64_t number = 0;
    enum ticket_fault fault = TICKET_FINE;
    switch (field) {
    case TICKET_SCREEN:
        return is_string ? set_code(token.text, TICKET_CODE_BYTES_MAX, &line->screen) : TICKET_WRONG_TYPE;
    case TICKET_SERIES:
        return is_string ? set_code(token.text, TICKET_CODE_BYTES_MAX, &line->series) : TICKET_WRONG_TYPE;
    case TICKET_TARIFF:
        return is_string ? set_code(token.text, TICKET_CODE_BYTES_MAX, &line->tariff) : TICKET_WRONG_TYPE;
    case TICKET_VISA:
        return is_string ? set_code(token.text, TICKET_CODE_BYTES_MAX, &line->visa) : TICKET_WRONG_TYPE;
    case TICKET_POINT:
        return is_string ? set_words(token.text, TICKET_WORDS_BYTES_MAX, &line->point) : TICKET_WRONG_TYPE;
    case TICKET_SEAT:
        return is_string ? set_words(token.text, TICKET_WORDS_BYTES_MAX, &line->seat) : TICKET_WRONG_TYPE;
    case TICKET_REASON:
        return is_string ? set_words(token.text, NAME_BYTES_MAX, &line->reason) : TICKET_WRONG_TYPE;
    case TICKET_START:
        return set_time(token, &line->start);
    case TICKET_AT:
        return set_time(token, &line->at);
    case TICKET_OFFLINE_AT:
        return set_time(token, &line->offline_at);
    case TICKET_CANCELS:
        return set_bool(token, loose, &line->cancels);
    case TICKET_PRINTED:
        return set_bool(token, loose, &line->printed);
    case TICKET_NUMBER:
        return set_integer(token, loose, 1, TICKET_NUMBER_MAX, TICKET_BAD_NUMBER, &line->number);
    case TICKET_PRICE:
        fault = set_integer(token, loose, 0, TICKET_PRICE_MAX, TICKET_BAD_PRICE, &number);
        line->price_centimes = (int32_t)number;
        return fault;
    case TICKET_FIELDS:
        break;
    }
    return TICKET_UNKNOWN_MEMBER;
}

/* ---- Values ---- */

/* Letters, digits, and - _ . / : what numbers of screens, series, tariffs and visas are made of. */
static enum ticket_fault
set_code(struct text value, size_t bytes_max, struct text *ret)
{
    if (value.len == 0 || value.len > bytes_max) {
        return TICKET_BAD_CODE;
    }
    for (size_t i = 0; i < value.len; i++) {
        const unsigned char byte = (unsigned char)value.at[i];
        const bool is_letter = (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
        const bool is_digit = byte >= '0' && byte <= '9';
        if (!is_letter && !is_digit && byte != '-' && byte != '_' && byte != '.' && byte != '/') {
            return TICKET_BAD_CODE;
        }
    }
    *ret = value;
    return TICKET_FINE;
}

static enum ticket_fault
set_words(struct text value, size_t bytes_max, struct text *ret)
{
    if (value.len > bytes_max) {
        return TICKET_TEXT_TOO_LONG;
    }
    bool is_ascii = true;
    for (size_t i = 0; i < value.len; i++) {
        const unsigned char byte = (unsigned char)value.at[i];
        is_ascii = is_ascii && byte >= 0x20 && byte < 0x7f;
    }
    if (!is_ascii && (!text_is_utf8(value) || text_has_hidden(value))) {
        return TICKET_NOT_UTF8;
    }
    *ret = value;
    return TICKET_FINE;
}

static enum ticket_fault
set_bool(struct ticket_token token, bool loose, bool *ret)
{
    if (token.kind == TOKEN_TRUE || token.kind == TOKEN_FALSE) {
        *ret = token.kind == TOKEN_TRUE;
        return TICKET_FINE;
    }
    if (loose && (text_is(token.text, "true") || text_is(token.text, "false"))) {
        *ret = text_is(token.text, "true");
        return TICKET_FINE;
    }
    return TICKET_WRONG_TYPE;
}

/* tidy: functions: the rule of one field */
static enum ticket_fault
set_integer(struct ticket_token token, bool loose, int64_t from, int64_t to, enum ticket_fault fault, int64_t *ret)
{
    if (token.kind != TOKEN_NUMBER && !(loose && token.kind == TOKEN_STRING)) {
        return TICKET_WRONG_TYPE;
    }
    if (token.text.len == 0 || token.text.len > TICKET_NUMBER_MAX_DIGITS) {
        return fault;
    }
    int64_t value = 0;
    for (size_t i = 0; i < token.text.len; i++) {
        const unsigned digit = (unsigned)(unsigned char)token.text.at[i] - '0';
        if (digit > 9) {
            return fault;
        }
        value = value * 10 + (int64_t)digit;
    }
    if (value < from || value > to) {
        return fault;
    }
    *ret = value;
    return TICKET_FINE;
}

static enum ticket_fault
set_time(struct ticket_token token, struct ticket_time *ret)
{
    if (token.kind != TOKEN_STRING) {
        return TICKET_WRONG_TYPE;
    }
    return ticket_time_read(token.text, ret) ? TICKET_FINE : TICKET_BAD_TIME;
}
