/* Writing JSON: the streaming writer and the canonical form. */
#include "base/json.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"

/* Integers that every reader of JSON keeps exactly (RFC 7493, 2.2). */
#define EXACT_MAX ((int64_t)9007199254740991)

/* Decimals that a double keeps and prints back as they are (15 digits), in the range where ECMAScript, which RFC 8785
 * follows, writes no exponent. */
#define DECIMAL_MAX ((int64_t)999999999999999)
enum { DECIMAL_PLACES = 6 };

/* Strings only shrink on their way to the canonical form; numbers may grow ("1e15"), by less than 16 bytes each. */
enum { CANONICAL_BYTES_MAX = 2 * JSON_BYTES_MAX };
static_assert(JSON_VALUES_MAX * 16 <= JSON_BYTES_MAX, "whatever was read has a canonical form");

static const bool is_escaped[256] = {[0 ... 31] = true, ['"'] = true, ['\\'] = true};

static void before_value(struct json_out *out);
static void put_string(struct buf *buf, struct text value);
static const struct err *put_canonical(struct arena *arena, struct buf *buf, const struct json *value, int depth);
static const struct err *put_canonical_object(struct arena *arena, struct buf *buf, const struct json *value,
                                              int depth);
static int compare_by_name(const void *a, const void *b);

struct json_out
json_out(struct buf *buf)
{
    return (struct json_out){.buf = buf};
}

void
json_open_object(struct json_out *out)
{
    before_value(out);
    buf_char(out->buf, '{');
    out->comma = false;
}

void
json_close_object(struct json_out *out)
{
    buf_char(out->buf, '}');
    out->comma = true;
}

void
json_open_array(struct json_out *out)
{
    before_value(out);
    buf_char(out->buf, '[');
    out->comma = false;
}

void
json_close_array(struct json_out *out)
{
    buf_char(out->buf, ']');
    out->comma = true;
}

void
json_put_name(struct json_out *out, struct text name)
{
    before_value(out);
    put_string(out->buf, name);
    buf_char(out->buf, ':');
    out->comma = false;
}

void
json_put_text(struct json_out *out, struct text value)
{
    before_value(out);
    put_string(out->buf, value);
}

void
json_put_int(struct json_out *out, int64_t value)
{
    before_value(out);
    buf_int(out->buf, value);
}

void
json_put_decimal(struct json_out *out, int64_t value, int places)
{
    assert(places >= 0 && places <= 18);

    before_value(out);
    uint64_t size = value < 0 ? -(uint64_t)value : (uint64_t)value;
    while (places > 0 && size % 10 == 0) {
        size /= 10;
        places--;
    }
    uint64_t unit = 1;
    for (int i = 0; i < places; i++) {
        unit *= 10;
    }
    if (value < 0) {
        buf_char(out->buf, '-');
    }
    buf_printf(out->buf, "%llu", (unsigned long long)(size / unit));
    if (places > 0) {
        buf_printf(out->buf, ".%0*llu", places, (unsigned long long)(size % unit));
    }
}

void
json_put_bool(struct json_out *out, bool value)
{
    before_value(out);
    buf_text(out->buf, value ? TEXT("true") : TEXT("false"));
}

void
json_put_null(struct json_out *out)
{
    before_value(out);
    buf_text(out->buf, TEXT("null"));
}

void
json_put_raw(struct json_out *out, struct text json)
{
    before_value(out);
    buf_text(out->buf, json);
}

void
json_put_json(struct json_out *out, const struct json *value)
{
    switch (value->type) {
    case JSON_NULL:
        json_put_null(out);
        return;
    case JSON_BOOL:
        json_put_bool(out, value->boolean);
        return;
    case JSON_NUMBER:
        json_put_raw(out, value->text);
        return;
    case JSON_STRING:
        json_put_text(out, value->text);
        return;
    case JSON_ARRAY:
        json_open_array(out);
        for (size_t i = 0; i < value->count; i++) {
            json_put_json(out, &value->items[i]);
        }
        json_close_array(out);
        return;
    case JSON_OBJECT:
        json_open_object(out);
        for (size_t i = 0; i < value->count; i++) {
            json_put_name(out, value->members[i].name);
            json_put_json(out, &value->members[i].value);
        }
        json_close_object(out);
        return;
    }
    assert(false && "a JSON value has a type");
}

void
json_member_text(struct json_out *out, const char *name, struct text value)
{
    json_put_name(out, text_of(name));
    json_put_text(out, value);
}

void
json_member_int(struct json_out *out, const char *name, int64_t value)
{
    json_put_name(out, text_of(name));
    json_put_int(out, value);
}

void
json_member_bool(struct json_out *out, const char *name, bool value)
{
    json_put_name(out, text_of(name));
    json_put_bool(out, value);
}

const struct err *
json_canonical(struct arena *arena, const struct json *value, struct text *ret)
{
    struct buf buf = buf_new(arena, CANONICAL_BYTES_MAX);
    TRY(put_canonical(arena, &buf, value, 0));
    if (buf.overflowed) {
        return FAIL(arena, ERR_TOO_LARGE, "the canonical form is longer than %d bytes", CANONICAL_BYTES_MAX);
    }
    *ret = buf_built(&buf);
    return NULL;
}

static void
before_value(struct json_out *out)
{
    if (out->comma) {
        buf_char(out->buf, ',');
    }
    out->comma = true;
}

/* The shortest spelling, which RFC 8785 wants and everybody can read. Runs without escapes are copied whole. */
static void
put_string(struct buf *buf, struct text value)
{
    buf_char(buf, '"');
    size_t run = 0;
    for (size_t i = 0; i < value.len; i++) {
        const char byte = value.at[i];
        if (!is_escaped[(unsigned char)byte]) {
            continue;
        }
        buf_bytes(buf, value.at + run, i - run);
        run = i + 1;
        static const char meant[] = "\"\\\b\f\n\r\t";
        static const char written[] = "\"\\bfnrt";
        const char *found = memchr(meant, byte, sizeof meant - 1);
        if (found != NULL) {
            buf_char(buf, '\\');
            buf_char(buf, written[found - meant]);
        } else {
            buf_printf(buf, "\\u%04x", (unsigned)byte);
        }
    }
    buf_bytes(buf, value.len == 0 ? "" : value.at + run, value.len - run);
    buf_char(buf, '"');
}

static const struct err *
put_canonical(struct arena *arena, struct buf *buf, const struct json *value, int depth)
{
    assert(depth <= JSON_DEPTH_MAX);

    struct json_out out = json_out(buf);
    int64_t integer = 0;
    switch (value->type) {
    case JSON_NUMBER:
        if (json_decimal(value, 0, &integer) && integer <= EXACT_MAX && integer >= -EXACT_MAX) {
            buf_int(buf, integer);
            return NULL;
        }
        if (json_decimal(value, DECIMAL_PLACES, &integer) && integer <= DECIMAL_MAX && integer >= -DECIMAL_MAX) {
            json_put_decimal(&out, integer, DECIMAL_PLACES);
            return NULL;
        }
        return FAIL(arena, ERR_JSON, "byte %zu: neither an integer within 2^53 nor a decimal of 15 digits",
                    value->offset);
    case JSON_OBJECT:
        return put_canonical_object(arena, buf, value, depth);
    case JSON_ARRAY:
        buf_char(buf, '[');
        for (size_t i = 0; i < value->count; i++) {
            if (i > 0) {
                buf_char(buf, ',');
            }
            TRY(put_canonical(arena, buf, &value->items[i], depth + 1));
        }
        buf_char(buf, ']');
        return NULL;
    case JSON_NULL:
    case JSON_BOOL:
    case JSON_STRING:
        json_put_json(&out, value);
        return NULL;
    }
    assert(false && "a JSON value has a type");
}

static const struct err *
put_canonical_object(struct arena *arena, struct buf *buf, const struct json *value, int depth)
{
    const struct json_member **sorted = ARENA_ARRAY(arena, const struct json_member *, value->count);
    for (size_t i = 0; i < value->count; i++) {
        sorted[i] = &value->members[i];
    }
    qsort(sorted, value->count, sizeof(const struct json_member *), compare_by_name);
    buf_char(buf, '{');
    for (size_t i = 0; i < value->count; i++) {
        if (i > 0) {
            if (text_equal(sorted[i - 1]->name, sorted[i]->name)) {
                return FAIL(arena, ERR_JSON, "the name %.*s stands twice", TEXT_ARG(sorted[i]->name));
            }
            buf_char(buf, ',');
        }
        put_string(buf, sorted[i]->name);
        buf_char(buf, ':');
        TRY(put_canonical(arena, buf, &sorted[i]->value, depth + 1));
    }
    buf_char(buf, '}');
    return NULL;
}

/* The order of UTF-16 code units. UTF-8 bytes give it too, but for characters beyond U+FFFF, whose first byte is F0 or
 * more: their surrogates sort below U+E000, whose first byte is EE. */
static int
compare_by_name(const void *a, const void *b)
{
    const struct text left = (*(const struct json_member *const *)a)->name;
    const struct text right = (*(const struct json_member *const *)b)->name;
    const size_t shorter = left.len < right.len ? left.len : right.len;
    size_t same = 0;
    while (same < shorter && left.at[same] == right.at[same]) {
        same++;
    }
    if (same == shorter) {
        return (left.len > right.len) - (left.len < right.len);
    }
    const int of_left = (unsigned char)left.at[same];
    const int of_right = (unsigned char)right.at[same];
    if (of_left >= 0xEE && of_right >= 0xEE && (of_left >= 0xF0) != (of_right >= 0xF0)) {
        return of_right - of_left;
    }
    return of_left - of_right;
}
