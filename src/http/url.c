#include "http/url.h"

#include <string.h>

#include "base/buf.h"

static int hex_digit(char byte);
static bool is_unreserved(char byte);
static bool segment_is_plain(struct text segment);

bool
url_decode(struct arena *arena, struct text text, bool plus_is_space, struct text *ret)
{
    char *out = arena_alloc(arena, text.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.at[i];
        if (byte == '%') {
            const int high = i + 2 < text.len ? hex_digit(text.at[i + 1]) : -1;
            const int low = i + 2 < text.len ? hex_digit(text.at[i + 2]) : -1;
            if (high < 0 || low < 0) {
                return false;
            }
            byte = (char)(high * 16 + low);
            i += 2;
        } else if (byte == '+' && plus_is_space) {
            byte = ' ';
        }
        if (byte == '\0') {
            return false;
        }
        out[len++] = byte;
    }
    *ret = (struct text){.at = out, .len = len};
    return text_is_utf8(*ret);
}

struct text
url_encode(struct arena *arena, struct text text)
{
    static const char digits[] = "0123456789ABCDEF";
    char *out = arena_alloc(arena, text.len * 3 + 1);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        const unsigned char byte = (unsigned char)text.at[i];
        if (is_unreserved(text.at[i])) {
            out[len++] = text.at[i];
        } else {
            out[len++] = '%';
            out[len++] = digits[byte >> 4];
            out[len++] = digits[byte & 15];
        }
    }
    return (struct text){.at = out, .len = len};
}

bool
url_path(struct arena *arena, struct text raw, struct text *ret)
{
    if (raw.len == 0 || raw.at[0] != '/') {
        return false;
    }
    if (raw.len > 1 && raw.at[raw.len - 1] == '/') {
        raw.len--;
    }
    if (raw.len == 1) {
        *ret = TEXT("/");
        return true;
    }
    struct buf path = buf_new(arena, raw.len);
    struct text rest = text_after(raw, 1);
    struct text part;
    while (text_split(&rest, '/', &part)) {
        struct text segment;
        if (!url_decode(arena, part, false, &segment) || !segment_is_plain(segment)) {
            return false;
        }
        buf_char(&path, '/');
        buf_text(&path, segment);
    }
    *ret = buf_built(&path);
    return true;
}

bool
url_form(struct arena *arena, struct text text, size_t pairs_max, struct http_pair **ret, size_t *ret_count)
{
    size_t count = text.len > 0 ? 1 : 0;
    for (size_t i = 0; i < text.len; i++) {
        count += text.at[i] == '&';
    }
    if (count > pairs_max) {
        return false;
    }
    struct http_pair *pairs = ARENA_ARRAY(arena, struct http_pair, count);
    size_t used = 0;
    struct text rest = text;
    struct text part;
    while (count > 0 && text_split(&rest, '&', &part)) {
        if (part.len == 0) {
            continue;
        }
        const size_t equals = text_find_byte(part, '=');
        struct http_pair *pair = &pairs[used++];
        if (!url_decode(arena, text_slice(part, 0, equals), true, &pair->name) ||
            !url_decode(arena, equals < part.len ? text_after(part, equals + 1) : TEXT(""), true, &pair->value)) {
            return false;
        }
    }
    *ret = pairs;
    *ret_count = used;
    return true;
}

void
url_cookies(struct arena *arena, struct text text, size_t pairs_max, struct http_pair **ret, size_t *ret_count)
{
    struct http_pair *pairs = ARENA_ARRAY(arena, struct http_pair, pairs_max);
    size_t used = 0;
    struct text rest = text;
    struct text part;
    while (used < pairs_max && rest.len > 0 && text_split(&rest, ';', &part)) {
        part = text_trim(part);
        const size_t equals = text_find_byte(part, '=');
        if (equals > 0 && equals < part.len && text_is_utf8(part)) {
            pairs[used++] =
                (struct http_pair){.name = text_slice(part, 0, equals), .value = text_after(part, equals + 1)};
        }
    }
    *ret = pairs;
    *ret_count = used;
}

static int
hex_digit(char byte)
{
    if (byte >= '0' && byte <= '9') {
        return byte - '0';
    }
    if (byte >= 'a' && byte <= 'f') {
        return byte - 'a' + 10;
    }
    return byte >= 'A' && byte <= 'F' ? byte - 'A' + 10 : -1;
}

static bool
is_unreserved(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           strchr("-._~", byte) != NULL;
}

static bool
segment_is_plain(struct text segment)
{
    if (segment.len == 0 || text_is(segment, ".") || text_is(segment, "..")) {
        return false;
    }
    for (size_t i = 0; i < segment.len; i++) {
        const unsigned char byte = (unsigned char)segment.at[i];
        if (byte < 0x20 || byte == 0x7F || byte == '/' || byte == '\\') {
            return false;
        }
    }
    return true;
}
