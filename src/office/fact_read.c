/* Facts as typed in a form, or as JSON of the law's shapes, made into facts of the law: the form comes from the
 * declaration, so this file knows types and no names. */
#include "base/limits.h"
#include "base/money.h"
#include "office/draft.h"
#include "registry/data.h"

enum { DECIMALS = 6 };

/* Where reading stands: the path for a fault, and the faults. */
struct reading {
    struct ctx *ctx;
    struct field_faults *faults;
    bool closing;
};

static bool value_read(struct reading *reading, const struct law_fact *fact, const struct json *typed, struct text path,
                       struct json *ret);
static bool text_value(struct reading *reading, const struct law_fact *fact, struct text typed, struct text path,
                       struct json *ret);
static bool json_value(struct reading *reading, const struct law_fact *fact, const struct json *typed, struct text path,
                       struct json *ret);
static bool list_read(struct reading *reading, const struct law_fact *fact, const struct json *typed, struct text path,
                      struct json *ret);
static bool map_read(struct reading *reading, const struct law_fact *fact, const struct json *typed, struct text path,
                     struct json *ret);
static bool record_read(struct reading *reading, const struct law_fact *fact, const struct json *typed,
                        struct text path, struct json *ret);
static bool is_code_of(const struct law_fact *fact, struct text code);
static struct text number_text(struct ctx *ctx, struct text typed);
static struct json decimal_json(struct ctx *ctx, int64_t value);
static bool fault(struct reading *reading, struct text path, const char *message);

struct json
fields_read(struct ctx *ctx, const struct draft_field *fields, size_t fields_count, const struct json *typed,
            bool closing, struct field_faults *ret_faults)
{
    struct reading reading = {.ctx = ctx, .faults = ret_faults, .closing = closing};
    struct json facts = {.type = JSON_OBJECT};
    for (size_t i = 0; i < typed->count; i++) {
        bool declared = false;
        for (size_t f = 0; f < fields_count; f++) {
            declared |= text_equal(typed->members[i].name, fields[f].fact->name);
        }
        if (!declared) {
            fault(&reading, text_printf(ctx->arena, "facts.%.*s", TEXT_ARG(typed->members[i].name)),
                  FAULT_UNKNOWN_FIELD);
        }
    }
    for (size_t f = 0; f < fields_count; f++) {
        const struct law_fact *fact = fields[f].fact;
        const struct text path = text_printf(ctx->arena, "facts.%.*s", TEXT_ARG(fact->name));
        struct json value;
        if (value_read(&reading, fact, json_get(typed, text_cstr(ctx->arena, fact->name)), path, &value)) {
            json_set(ctx, &facts, fact->name, value);
        }
    }
    return facts;
}

/* False: nothing to keep, because it was left empty or is a fault. */
static bool
value_read(struct reading *reading, const struct law_fact *fact, const struct json *typed, struct text path,
           struct json *ret)
{
    const bool text = typed != NULL && typed->type == JSON_STRING;
    const struct text trimmed = text ? text_trim(typed->text) : TEXT("");
    if (typed == NULL || (text && trimmed.len == 0)) {
        *ret = (struct json){.type = JSON_NULL};
        return reading->closing && fact->or_absent;
    }
    if (typed->type == JSON_NULL || (text && text_is(trimmed, "absent"))) {
        *ret = (struct json){.type = JSON_NULL};
        return fact->or_absent || fault(reading, path, FAULT_REQUIRED);
    }
    switch (fact->type) {
    case FACT_LIST:
        return list_read(reading, fact, typed, path, ret);
    case FACT_MAP:
        return map_read(reading, fact, typed, path, ret);
    case FACT_RECORD:
        return record_read(reading, fact, typed, path, ret);
    default:
        return text ? text_value(reading, fact, trimmed, path, ret) : json_value(reading, fact, typed, path, ret);
    }
}

static bool
text_value(struct reading *reading, const struct law_fact *fact, struct text typed, struct text path, struct json *ret)
{
    struct ctx *ctx = reading->ctx;
    if (!text_is_utf8(typed)) {
        return fault(reading, path, FAULT_UTF8);
    }
    if (typed.len > LINE_BYTES_MAX) {
        return fault(reading, path, FAULT_TOO_LONG);
    }
    *ret = json_of_text(typed);
    const struct text number = number_text(ctx, typed);
    const struct json literal = {.type = JSON_NUMBER, .text = number};
    int64_t whole = 0;
    struct money money;
    struct date date;
    switch (fact->type) {
    case FACT_YES_NO:
        *ret = json_of_bool(text_is(typed, "yes") || text_is(typed, "true") || text_is(typed, "on"));
        return ret->boolean || text_is(typed, "no") || text_is(typed, "false") || fault(reading, path, FAULT_YES_NO);
    case FACT_WHOLE:
        if (!text_to_int64(number, &whole)) {
            return fault(reading, path, FAULT_WHOLE);
        }
        *ret = json_of_int(ctx, whole);
        return true;
    case FACT_NUMBER:
        if (!json_decimal(&literal, DECIMALS, &whole)) {
            return fault(reading, path, FAULT_NUMBER);
        }
        *ret = decimal_json(ctx, whole);
        return true;
    case FACT_MONEY:
        if (!money_from_text(typed, &money)) {
            return fault(reading, path, FAULT_MONEY);
        }
        *ret = json_of_int(ctx, money.centimes);
        return true;
    case FACT_DATE:
        *ret = json_of_text(number);
        return date_from_text(number, &date) || fault(reading, path, FAULT_DATE);
    case FACT_COUNTRY:
        return (typed.len == 2 && typed.at[0] >= 'A' && typed.at[0] <= 'Z' && typed.at[1] >= 'A' &&
                typed.at[1] <= 'Z') ||
               fault(reading, path, FAULT_COUNTRY);
    case FACT_ONE_OF:
        return is_code_of(fact, typed) || fault(reading, path, FAULT_CODE);
    default:
        return !text_has_hidden(typed) || fault(reading, path, FAULT_HIDDEN);
    }
}

/* Values that came as JSON already: their type must be the law's. */
static bool
json_value(struct reading *reading, const struct law_fact *fact, const struct json *typed, struct text path,
           struct json *ret)
{
    int64_t whole = 0;
    *ret = *typed;
    switch (fact->type) {
    case FACT_YES_NO:
        return typed->type == JSON_BOOL || fault(reading, path, FAULT_YES_NO);
    case FACT_WHOLE:
        return json_int64(typed, &whole) || fault(reading, path, FAULT_WHOLE);
    case FACT_MONEY:
        return json_int64(typed, &whole) || fault(reading, path, FAULT_MONEY);
    case FACT_NUMBER:
        return json_decimal(typed, DECIMALS, &whole) || fault(reading, path, FAULT_NUMBER);
    default:
        return fault(reading, path, FAULT_VALUE);
    }
}

static bool
list_read(struct reading *reading, const struct law_fact *fact, const struct json *typed, struct text path,
          struct json *ret)
{
    if (typed->type != JSON_ARRAY) {
        return fault(reading, path, FAULT_VALUE);
    }
    /* An element is a record, or a plain value of the type that the list says. */
    struct law_fact element = *fact;
    element.type = fact->of == 0 ? FACT_RECORD : fact->of;
    element.or_absent = false;
    struct json list = {.type = JSON_ARRAY, .items = ARENA_ARRAY(reading->ctx->arena, struct json, typed->count)};
    const size_t faults = reading->faults->count;
    for (size_t i = 0; i < typed->count; i++) {
        const struct text at = text_printf(reading->ctx->arena, "%.*s[%zu]", TEXT_ARG(path), i);
        if (value_read(reading, &element, &typed->items[i], at, &list.items[list.count])) {
            list.count++;
        }
    }
    *ret = list;
    return reading->faults->count == faults;
}

/* Keys are free; a value is a record, a list of plain values, or a plain value of the type that the map says. */
static bool
map_read(struct reading *reading, const struct law_fact *fact, const struct json *typed, struct text path,
         struct json *ret)
{
    struct ctx *ctx = reading->ctx;
    if (typed->type != JSON_OBJECT) {
        return fault(reading, path, FAULT_VALUE);
    }
    struct law_fact element = *fact;
    element.type = fact->of == 0 ? FACT_RECORD : fact->of;
    element.of = fact->of == FACT_LIST ? FACT_COUNTRY : 0;
    element.or_absent = true; /* an entry may always be null (GRAMMAR, 4) */
    const size_t faults = reading->faults->count;
    *ret = (struct json){.type = JSON_OBJECT};
    for (size_t i = 0; i < typed->count; i++) {
        const struct text key = typed->members[i].name;
        struct json value;
        if (value_read(reading, &element, &typed->members[i].value,
                       text_printf(ctx->arena, "%.*s[%zu].value", TEXT_ARG(path), i), &value)) {
            json_set(ctx, ret, key, value);
        }
    }
    return reading->faults->count == faults;
}

static bool
record_read(struct reading *reading, const struct law_fact *fact, const struct json *typed, struct text path,
            struct json *ret)
{
    struct ctx *ctx = reading->ctx;
    if (typed->type != JSON_OBJECT) {
        return fault(reading, path, FAULT_VALUE);
    }
    const size_t faults = reading->faults->count;
    *ret = (struct json){.type = JSON_OBJECT};
    for (size_t i = 0; i < fact->fields_count; i++) {
        const struct law_fact *field = &fact->fields[i];
        const struct text at = text_printf(ctx->arena, "%.*s.%.*s", TEXT_ARG(path), TEXT_ARG(field->name));
        struct json value;
        if (value_read(reading, field, json_get(typed, text_cstr(ctx->arena, field->name)), at, &value)) {
            json_set(ctx, ret, field->name, value);
        }
    }
    return reading->faults->count == faults;
}

static bool
is_code_of(const struct law_fact *fact, struct text code)
{
    for (size_t i = 0; i < fact->codes_count; i++) {
        if (text_equal(fact->codes[i], code)) {
            return true;
        }
    }
    return false;
}

/* Digits of any script as 0-9, spaces between thousands dropped, a decimal comma made a dot. */
static struct text
number_text(struct ctx *ctx, struct text typed)
{
    struct buf buf = buf_new(ctx->arena, typed.len + 1);
    for (size_t at = 0; at < typed.len;) {
        const uint32_t code_point = text_next(typed, &at);
        if (code_point >= 0x0660 && code_point <= 0x0669) {
            buf_char(&buf, (char)('0' + (code_point - 0x0660)));
        } else if (code_point >= 0x06F0 && code_point <= 0x06F9) {
            buf_char(&buf, (char)('0' + (code_point - 0x06F0)));
        } else if (code_point == ',' || code_point == 0x066B) {
            buf_char(&buf, '.');
        } else if (code_point != ' ' && code_point != 0x00A0 && code_point != 0x202F && code_point < 0x80) {
            buf_char(&buf, (char)code_point);
        } else if (code_point >= 0x80 && code_point != 0x00A0 && code_point != 0x202F) {
            return TEXT("?"); /* no number */
        }
    }
    return buf_built(&buf);
}

/* The shortest exact form, whatever zeros were typed. */
static struct json
decimal_json(struct ctx *ctx, int64_t value)
{
    struct buf buf = buf_new(ctx->arena, 64);
    struct json_out out = json_out(&buf);
    json_put_decimal(&out, value, DECIMALS);
    return (struct json){.type = JSON_NUMBER, .text = buf_built(&buf)};
}

static bool
fault(struct reading *reading, struct text path, const char *message)
{
    field_fault_add(reading->ctx, reading->faults, path, message);
    return false;
}
