#include "base/text.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static bool is_space(char byte);
static int sequence_length(const unsigned char *at, size_t len);
static bool is_hidden(uint32_t code_point);

struct text
text_of(const char *cstr)
{
    return (struct text){.at = cstr == NULL ? "" : cstr, .len = cstr == NULL ? 0 : strlen(cstr)};
}

struct text
text_copy(struct arena *arena, struct text text)
{
    return (struct text){.at = arena_copy(arena, text.at, text.len), .len = text.len};
}

const char *
text_cstr(struct arena *arena, struct text text)
{
    return arena_copy(arena, text.at, text.len);
}

struct text
text_printf(struct arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    const int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    assert(len >= 0);
    char *at = arena_alloc(arena, (size_t)len + 1);
    const int written = vsnprintf(at, (size_t)len + 1, format, again);
    va_end(again);
    assert(written == len);
    return (struct text){.at = at, .len = (size_t)len};
}

bool
text_equal(struct text a, struct text b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

bool
text_is(struct text a, const char *cstr)
{
    return text_equal(a, text_of(cstr));
}

int
text_compare(struct text a, struct text b)
{
    const size_t shorter = a.len < b.len ? a.len : b.len;
    const int order = shorter == 0 ? 0 : memcmp(a.at, b.at, shorter);
    if (order != 0) {
        return order;
    }
    return (a.len > b.len) - (a.len < b.len);
}

bool
text_starts(struct text text, struct text prefix)
{
    return text.len >= prefix.len && text_equal((struct text){text.at, prefix.len}, prefix);
}

bool
text_ends(struct text text, struct text suffix)
{
    return text.len >= suffix.len && text_equal(text_after(text, text.len - suffix.len), suffix);
}

struct text
text_trim(struct text text)
{
    while (text.len > 0 && is_space(text.at[0])) {
        text = text_after(text, 1);
    }
    while (text.len > 0 && is_space(text.at[text.len - 1])) {
        text.len--;
    }
    return text;
}

struct text
text_after(struct text text, size_t skip)
{
    assert(skip <= text.len);
    return (struct text){.at = text.at == NULL ? NULL : text.at + skip,
                         .len = text.len - skip}; /* NULL + 0 is undefined */
}

struct text
text_slice(struct text text, size_t from, size_t to)
{
    assert(from <= to && to <= text.len);
    return (struct text){.at = text.at == NULL ? NULL : text.at + from, .len = to - from};
}

size_t
text_find_byte(struct text text, char byte)
{
    const char *found = text.len == 0 ? NULL : memchr(text.at, byte, text.len);
    return found == NULL ? text.len : (size_t)(found - text.at);
}

bool
text_split(struct text *rest, char separator, struct text *ret_part)
{
    if (rest->at == NULL) {
        return false;
    }
    const size_t end = text_find_byte(*rest, separator);
    *ret_part = text_slice(*rest, 0, end);
    *rest = end == rest->len ? (struct text){NULL, 0} : text_after(*rest, end + 1);
    return true;
}

bool
text_to_int64(struct text text, int64_t *ret_value)
{
    const bool negative = text.len > 0 && text.at[0] == '-';
    if (text.len > 0 && (negative || text.at[0] == '+')) {
        text = text_after(text, 1);
    }
    if (text.len == 0) {
        return false;
    }
    int64_t value = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] < '0' || text.at[i] > '9') {
            return false;
        }
        const int digit = text.at[i] - '0';
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, negative ? -digit : digit, &value)) {
            return false;
        }
    }
    *ret_value = value;
    return true;
}

bool
text_is_utf8(struct text text)
{
    return text_utf8_prefix(text) == text.len;
}

size_t
text_utf8_prefix(struct text text)
{
    const unsigned char *at = (const unsigned char *)text.at;
    for (size_t i = 0; i < text.len;) {
        const int length = sequence_length(at + i, text.len - i);
        if (length == 0) {
            return i;
        }
        i += (size_t)length;
    }
    return text.len;
}

bool
text_has_hidden(struct text text)
{
    for (size_t at = 0; at < text.len;) {
        if (is_hidden(text_next(text, &at))) {
            return true;
        }
    }
    return false;
}

uint32_t
text_next(struct text text, size_t *at)
{
    assert(*at < text.len);

    const unsigned char *bytes = (const unsigned char *)text.at + *at;
    const unsigned char first = bytes[0];
    const size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    assert(*at + length <= text.len);
    static const unsigned char masks[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    uint32_t code_point = first & masks[length];
    for (size_t i = 1; i < length; i++) {
        code_point = code_point << 6 | (bytes[i] & 0x3Fu);
    }
    *at += length;
    return code_point;
}

size_t
text_length(struct text text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) {
        count += ((unsigned char)text.at[i] & 0xC0) != 0x80;
    }
    return count;
}

static bool
is_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* Length of the well-formed sequence at the start (Unicode 15, table 3-7), 0 when there is none. */
static int
sequence_length(const unsigned char *at, size_t len)
{
    assert(len > 0);

    const unsigned char first = at[0];
    if (first < 0x80) {
        return 1;
    }
    const int length = first >= 0xC2 && first <= 0xDF   ? 2
                       : first >= 0xE0 && first <= 0xEF ? 3
                       : first >= 0xF0 && first <= 0xF4 ? 4
                                                        : 0;
    if (length == 0 || (size_t)length > len) {
        return 0;
    }
    const unsigned char low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    const unsigned char high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (at[1] < low || at[1] > high) {
        return 0;
    }
    for (int i = 2; i < length; i++) {
        if ((at[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    return length;
}

static bool
is_hidden(uint32_t code_point)
{
    static const struct {
        uint32_t first;
        uint32_t last;
    } ranges[] = {
        {0x00, 0x08},     {0x0B, 0x0C},     {0x0E, 0x1F},     {0x7F, 0x9F},     {0x061C, 0x061C}, {0x200E, 0x200F},
        {0x2028, 0x202E}, {0x2060, 0x2064}, {0x2066, 0x2069}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        if (code_point >= ranges[i].first && code_point <= ranges[i].last) {
            return true;
        }
    }
    return false;
}
