#include "registry/data.h"

#include <assert.h>

#include "base/limits.h"

static struct json number_of(struct ctx *ctx, int64_t value);

struct text
data_text(const struct json *data, const char *name)
{
    struct text text = {NULL, 0};
    json_text(json_get(data, name), &text);
    return text;
}

struct text
data_text_or_empty(const struct json *data, const char *name)
{
    const struct text text = data_text(data, name);
    return text.at == NULL ? TEXT("") : text;
}

int64_t
data_int(const struct json *data, const char *name)
{
    int64_t value = 0;
    data_has_int(data, name, &value);
    return value;
}

bool
data_has_int(const struct json *data, const char *name, int64_t *ret)
{
    return json_int64(json_get(data, name), ret);
}

bool
data_bool(const struct json *data, const char *name)
{
    bool value = false;
    json_bool(json_get(data, name), &value);
    return value;
}

struct date
data_date(const struct json *data, const char *name)
{
    struct date date = DATE_NONE;
    const struct text text = data_text(data, name);
    if (text.at == NULL || !date_from_text(text, &date)) {
        return DATE_NONE;
    }
    return date;
}

struct text
data_json(struct ctx *ctx, const struct json *data, const char *name, const char *otherwise)
{
    const struct json *value = json_get(data, name);
    return value == NULL ? text_of(otherwise) : json_to_text(ctx, value);
}

void
writing_open(struct ctx *ctx, struct writing *writing)
{
    writing->buf = buf_new(ctx->arena, JSON_BYTES_MAX);
    writing->out = json_out(&writing->buf);
    json_open_object(&writing->out);
}

struct text
writing_close(struct writing *writing)
{
    json_close_object(&writing->out);
    assert(!writing->buf.overflowed);
    return buf_built(&writing->buf);
}

void
writing_text(struct writing *writing, const char *name, struct text value)
{
    if (value.at != NULL) {
        json_member_text(&writing->out, name, value);
    }
}

void
writing_int(struct writing *writing, const char *name, int64_t value)
{
    json_member_int(&writing->out, name, value);
}

void
writing_bool(struct writing *writing, const char *name, bool value)
{
    json_member_bool(&writing->out, name, value);
}

void
writing_date(struct ctx *ctx, struct writing *writing, const char *name, struct date date)
{
    if (!date_is_none(date)) {
        json_member_text(&writing->out, name, date_to_text(ctx->arena, date));
    }
}

void
writing_raw(struct writing *writing, const char *name, struct text json)
{
    if (json.at != NULL && json.len > 0) {
        json_put_name(&writing->out, text_of(name));
        json_put_raw(&writing->out, json);
    }
}

struct text
json_to_text(struct ctx *ctx, const struct json *value)
{
    struct buf buf = buf_new(ctx->arena, JSON_BYTES_MAX);
    struct json_out out = json_out(&buf);
    json_put_json(&out, value);
    assert(!buf.overflowed);
    return buf_built(&buf);
}

struct json
json_of_text(struct text value)
{
    return (struct json){.type = JSON_STRING, .text = value};
}

struct json
json_of_int(struct ctx *ctx, int64_t value)
{
    return number_of(ctx, value);
}

struct json
json_of_bool(bool value)
{
    return (struct json){.type = JSON_BOOL, .boolean = value};
}

struct json
json_of_date(struct ctx *ctx, struct date date)
{
    return date_is_none(date) ? (struct json){.type = JSON_NULL} : json_of_text(date_to_text(ctx->arena, date));
}

struct json
json_of_texts(struct ctx *ctx, const struct text *items, size_t count)
{
    struct json list = {.type = JSON_ARRAY, .count = count, .items = ARENA_ARRAY(ctx->arena, struct json, count)};
    for (size_t i = 0; i < count; i++) {
        list.items[i] = json_of_text(items[i]);
    }
    return list;
}

void
json_set(struct ctx *ctx, struct json *object, struct text name, struct json value)
{
    assert(object->type == JSON_OBJECT);

    for (size_t i = 0; i < object->count; i++) {
        if (text_equal(object->members[i].name, name)) {
            object->members[i].value = value;
            return;
        }
    }
    /* A new array each time: the old one may be the parser's, exactly full. Objects have some dozens of members. */
    struct json_member *members = ARENA_ARRAY(ctx->arena, struct json_member, object->count + 1);
    for (size_t i = 0; i < object->count; i++) {
        members[i] = object->members[i];
    }
    object->members = members;
    object->members[object->count++] = (struct json_member){.name = name, .value = value};
}

void
json_texts(struct ctx *ctx, const struct json *list, struct text **ret, size_t *ret_count)
{
    const size_t count = list != NULL && list->type == JSON_ARRAY ? list->count : 0;
    struct text *items = ARENA_ARRAY(ctx->arena, struct text, count);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (json_text(&list->items[i], &items[kept])) {
            kept++;
        }
    }
    *ret = items;
    *ret_count = kept;
}

static struct json
number_of(struct ctx *ctx, int64_t value)
{
    return (struct json){.type = JSON_NUMBER, .text = text_printf(ctx->arena, "%lld", (long long)value)};
}
