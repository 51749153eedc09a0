#include "office/record_json.h"

#include <assert.h>
#include <string.h>

#include "base/date.h"
#include "base/json.h"
#include "base/limits.h"

/* Enums travel through an int. */
enum any_enum { ANY };
static_assert(sizeof(enum any_enum) == sizeof(int), "an enum is as wide as an int");

static const struct err *put_record(struct arena *arena, struct json_out *out, const struct record *record,
                                    const char *from);
static const struct err *put_field(struct arena *arena, struct json_out *out, const struct record_field *field,
                                   const char *from);
static const struct err *put_list(struct arena *arena, struct json_out *out, const struct record_field *field,
                                  const char *from);
static const struct err *put_words(struct arena *arena, struct json_out *out, struct text text);
static const struct err *get_record(struct arena *arena, const struct record *record, const struct json *value,
                                    char *ret);
static const struct err *get_field(struct arena *arena, const struct record_field *field, const struct json *value,
                                   char *ret);
static const struct err *get_list(struct arena *arena, const struct record_field *field, const struct json *value,
                                  char *ret);
static bool get_name(const struct record_field *field, const struct json *value, int *ret);

const struct err *
record_to_json(struct arena *arena, const struct record *record, const void *from, struct text *ret_json)
{
    struct buf buf = buf_new(arena, JSON_BYTES_MAX);
    struct json_out out = json_out(&buf);
    TRY(put_record(arena, &out, record, from));
    if (buf.overflowed) {
        return FAIL(arena, ERR_TOO_LARGE, "more than %d bytes of JSON", JSON_BYTES_MAX);
    }
    *ret_json = buf_built(&buf);
    return NULL;
}

const struct err *
record_from_json(struct arena *arena, const struct record *record, struct text json, void *ret)
{
    struct json value;
    TRY(json_read(arena, json, &value));
    return get_record(arena, record, &value, ret);
}

static const struct err *
put_record(struct arena *arena, struct json_out *out, const struct record *record, const char *from)
{
    json_open_object(out);
    for (size_t i = 0; i < record->field_count; i++) {
        const struct record_field *field = &record->fields[i];
        json_put_name(out, text_of(field->name));
        TRY(put_field(arena, out, field, from));
    }
    json_close_object(out);
    return NULL;
}

static const struct err *
put_field(struct arena *arena, struct json_out *out, const struct record_field *field, const char *from)
{
    const char *at = from + field->at;
    switch (field->kind) {
    case RECORD_TEXT: {
        struct text text;
        memcpy(&text, at, sizeof text);
        return put_words(arena, out, text);
    }
    case RECORD_INT: {
        int64_t value;
        memcpy(&value, at, sizeof value);
        json_put_int(out, value);
        return NULL;
    }
    case RECORD_DATE: {
        struct date date;
        memcpy(&date, at, sizeof date);
        json_put_text(out, date_is_none(date) ? TEXT("") : date_to_text(arena, date));
        return NULL;
    }
    case RECORD_NAME: {
        int value;
        memcpy(&value, at, sizeof value);
        if (value < 0 || (size_t)value >= field->name_count || field->names[value] == NULL) {
            return FAIL(arena, ERR_INPUT, "%s has no value %d", field->name, value);
        }
        json_put_text(out, text_of(field->names[value]));
        return NULL;
    }
    case RECORD_OBJECT:
        return put_record(arena, out, field->record, at);
    case RECORD_TEXTS:
    case RECORD_OBJECTS:
        return put_list(arena, out, field, from);
    }
    assert(false);
    return NULL;
}

static const struct err *
put_list(struct arena *arena, struct json_out *out, const struct record_field *field, const char *from)
{
    const char *items;
    size_t count;
    memcpy(&items, from + field->at, sizeof items);
    memcpy(&count, from + field->count_at, sizeof count);
    json_open_array(out);
    for (size_t i = 0; i < count; i++) {
        if (field->kind == RECORD_TEXTS) {
            struct text text;
            memcpy(&text, items + i * sizeof text, sizeof text);
            TRY(put_words(arena, out, text));
        } else {
            TRY(put_record(arena, out, field->record, items + i * field->record->size));
        }
    }
    json_close_array(out);
    return NULL;
}

static const struct err *
put_words(struct arena *arena, struct json_out *out, struct text text)
{
    if (!text_is_utf8(text)) {
        return FAIL(arena, ERR_UTF8, "a text to print is not UTF-8");
    }
    json_put_text(out, text);
    return NULL;
}

static const struct err *
get_record(struct arena *arena, const struct record *record, const struct json *value, char *ret)
{
    if (value->type != JSON_OBJECT || value->count != record->field_count) {
        return FAIL(arena, ERR_JSON, "byte %zu: an object of %zu members is wanted", value->offset,
                    record->field_count);
    }
    memset(ret, 0, record->size);
    for (size_t i = 0; i < record->field_count; i++) {
        const struct record_field *field = &record->fields[i];
        const struct json *member = json_get(value, field->name);
        if (member == NULL) {
            return FAIL(arena, ERR_JSON, "byte %zu: %s is missing", value->offset, field->name);
        }
        TRY(get_field(arena, field, member, ret));
    }
    return NULL;
}

static const struct err *
get_field(struct arena *arena, const struct record_field *field, const struct json *value, char *ret)
{
    char *at = ret + field->at;
    bool is_read = false;
    switch (field->kind) {
    case RECORD_TEXT: {
        struct text text = {0};
        is_read = json_text(value, &text);
        memcpy(at, &text, sizeof text);
        break;
    }
    case RECORD_INT: {
        int64_t number = 0;
        is_read = json_int64(value, &number);
        memcpy(at, &number, sizeof number);
        break;
    }
    case RECORD_DATE: {
        struct date date = DATE_NONE;
        struct text text = {0};
        is_read = json_text(value, &text) && (text.len == 0 || date_from_text(text, &date));
        memcpy(at, &date, sizeof date);
        break;
    }
    case RECORD_NAME: {
        int number = 0;
        is_read = get_name(field, value, &number);
        memcpy(at, &number, sizeof number);
        break;
    }
    case RECORD_OBJECT:
        return get_record(arena, field->record, value, at);
    case RECORD_TEXTS:
    case RECORD_OBJECTS:
        return get_list(arena, field, value, ret);
    }
    return is_read ? NULL : FAIL(arena, ERR_JSON, "byte %zu: %s is of another type", value->offset, field->name);
}

static const struct err *
get_list(struct arena *arena, const struct record_field *field, const struct json *value, char *ret)
{
    if (value->type != JSON_ARRAY) {
        return FAIL(arena, ERR_JSON, "byte %zu: %s is not a list", value->offset, field->name);
    }
    size_t size = field->kind == RECORD_TEXTS ? sizeof(struct text) : field->record->size;
    char *items = arena_array(arena, value->count, size);
    for (size_t i = 0; i < value->count; i++) {
        if (field->kind == RECORD_OBJECTS) {
            TRY(get_record(arena, field->record, &value->items[i], items + i * size));
            continue;
        }
        struct text text = {0};
        if (!json_text(&value->items[i], &text)) {
            return FAIL(arena, ERR_JSON, "byte %zu: %s holds texts only", value->items[i].offset, field->name);
        }
        memcpy(items + i * size, &text, sizeof text);
    }
    memcpy(ret + field->at, &items, sizeof items);
    memcpy(ret + field->count_at, &value->count, sizeof value->count);
    return NULL;
}

static bool
get_name(const struct record_field *field, const struct json *value, int *ret)
{
    struct text text = {0};
    if (!json_text(value, &text)) {
        return false;
    }
    for (size_t i = 0; i < field->name_count; i++) {
        if (field->names[i] != NULL && text_is(text, field->names[i])) {
            *ret = (int)i;
            return true;
        }
    }
    return false;
}
