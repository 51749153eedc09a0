/* One flat JSON object a line, read in one pass without a tree: RFC 8259 for what a ticket may hold, and nothing else.
 */
#include <string.h>

#include "boxoffice/ticket_line.h"

struct cursor {
    const char *at;
    const char *end;
    char *scratch; /* where the next decoded string goes */
};

static inline void
skip_spaces(struct cursor *cursor)
{
    while (cursor->at < cursor->end && (*cursor->at == ' ' || *cursor->at == '\t' || *cursor->at == '\r')) {
        cursor->at++;
    }
}

static inline bool
take(struct cursor *cursor, char byte)
{
    skip_spaces(cursor);
    if (cursor->at < cursor->end && *cursor->at == byte) {
        cursor->at++;
        return true;
    }
    return false;
}

static int
hex4(const char *at)
{
    int value = 0;
    for (int i = 0; i < 4; i++) {
        const char byte = at[i];
        int digit = -1;
        if (byte >= '0' && byte <= '9') {
            digit = byte - '0';
        } else if ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'f') {
            digit = (byte | 0x20) - 'a' + 10;
        }
        if (digit < 0) {
            return -1;
        }
        value = value * 16 + digit;
    }
    return value;
}

/* Writes a code point as UTF-8: never more bytes than its escape had. */
static char *
put_code_point(char *out, unsigned code)
{
    if (code < 0x80) {
        *out++ = (char)code;
    } else if (code < 0x800) {
        *out++ = (char)(0xc0 | code >> 6);
        *out++ = (char)(0x80 | (code & 0x3f));
    } else if (code < 0x10000) {
        *out++ = (char)(0xe0 | code >> 12);
        *out++ = (char)(0x80 | (code >> 6 & 0x3f));
        *out++ = (char)(0x80 | (code & 0x3f));
    } else {
        *out++ = (char)(0xf0 | code >> 18);
        *out++ = (char)(0x80 | (code >> 12 & 0x3f));
        *out++ = (char)(0x80 | (code >> 6 & 0x3f));
        *out++ = (char)(0x80 | (code & 0x3f));
    }
    return out;
}

/* \uXXXX at cursor->at (behind the u), with its second half where it is a surrogate. */
static bool
read_unicode(struct cursor *cursor, char **out)
{
    if (cursor->end - cursor->at < 4) {
        return false;
    }
    int code = hex4(cursor->at);
    cursor->at += 4;
    if (code < 0 || code == 0 || (code >= 0xdc00 && code <= 0xdfff)) {
        return false;
    }
    if (code >= 0xd800 && code <= 0xdbff) {
        if (cursor->end - cursor->at < 6 || cursor->at[0] != '\\' || cursor->at[1] != 'u') {
            return false;
        }
        const int low = hex4(cursor->at + 2);
        if (low < 0xdc00 || low > 0xdfff) {
            return false;
        }
        cursor->at += 6;
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    }
    *out = put_code_point(*out, (unsigned)code);
    return true;
}

/* The rest of a string that holds an escape; start is its first byte. */
static bool
read_escaped(struct cursor *cursor, const char *start, struct text *ret)
{
    static const char from[] = "\"\\/bfnrt";
    static const char to[] = "\"\\/\b\f\n\r\t";
    char *out = cursor->scratch;
    const size_t before = (size_t)(cursor->at - start);
    memcpy(out, start, before);
    out += before;
    while (cursor->at < cursor->end && *cursor->at != '"') {
        const char byte = *cursor->at++;
        if ((unsigned char)byte < 0x20) {
            return false;
        }
        if (byte != '\\') {
            *out++ = byte;
            continue;
        }
        if (cursor->at >= cursor->end) {
            return false;
        }
        const char escape = *cursor->at++;
        const char *known = escape == '\0' ? NULL : strchr(from, escape);
        if (known != NULL) {
            *out++ = to[known - from];
        } else if (escape != 'u' || !read_unicode(cursor, &out)) {
            return false;
        }
    }
    if (cursor->at >= cursor->end) {
        return false;
    }
    cursor->at++;
    *ret = (struct text){cursor->scratch, (size_t)(out - cursor->scratch)};
    cursor->scratch = out;
    return true;
}

/* A string, cursor->at being behind its opening quote. */
static inline bool
read_string(struct cursor *cursor, struct text *ret)
{
    const char *start = cursor->at;
    while (cursor->at < cursor->end) {
        const unsigned char byte = (unsigned char)*cursor->at;
        if (byte == '"') {
            *ret = (struct text){start, (size_t)(cursor->at - start)};
            cursor->at++;
            return true;
        }
        if (byte == '\\') {
            return read_escaped(cursor, start, ret);
        }
        if (byte < 0x20) {
            return false;
        }
        cursor->at++;
    }
    return false;
}

static bool
take_word(struct cursor *cursor, const char *word)
{
    const size_t len = strlen(word);
    if ((size_t)(cursor->end - cursor->at) < len || memcmp(cursor->at, word, len) != 0) {
        return false;
    }
    cursor->at += len;
    return true;
}

static bool
read_value(struct cursor *cursor, struct ticket_token *ret)
{
    skip_spaces(cursor);
    if (cursor->at >= cursor->end) {
        return false;
    }
    const char first = *cursor->at;
    if (first == '"') {
        cursor->at++;
        ret->kind = TOKEN_STRING;
        return read_string(cursor, &ret->text);
    }
    if (first == 't' || first == 'f' || first == 'n') {
        ret->kind = first == 't' ? TOKEN_TRUE : first == 'f' ? TOKEN_FALSE : TOKEN_NULL;
        return take_word(cursor, first == 't' ? "true" : first == 'f' ? "false" : "null");
    }
    /* Any number of JSON; what is not a plain integer is found where it is set. */
    const char *start = cursor->at;
    while (cursor->at < cursor->end && *cursor->at != ',' && *cursor->at != '}' && *cursor->at != ' ') {
        const char byte = *cursor->at;
        const bool digit = byte >= '0' && byte <= '9';
        if (!digit && byte != '-' && byte != '+' && byte != '.' && (byte | 0x20) != 'e') {
            return false;
        }
        cursor->at++;
    }
    ret->kind = TOKEN_NUMBER;
    ret->text = (struct text){start, (size_t)(cursor->at - start)};
    /* RFC 8259: no leading zero. */
    return ret->text.len > 0 && !(ret->text.len > 1 && start[0] == '0' && start[1] >= '0' && start[1] <= '9');
}

enum ticket_fault
ticket_read_json(struct text line, char *scratch, struct ticket_line *ret, enum ticket_field *ret_field)
{
    struct cursor cursor = {line.at, line.at + line.len, scratch};
    memset(ret, 0, sizeof *ret);
    *ret_field = TICKET_FIELDS;
    enum ticket_fault first_fault = TICKET_FINE;
    if (!take(&cursor, '{')) {
        return TICKET_BROKEN;
    }
    bool more = !take(&cursor, '}');
    while (more) {
        struct text name;
        struct ticket_token token = {0};
        if (!take(&cursor, '"') || !read_string(&cursor, &name) || !take(&cursor, ':') ||
            !read_value(&cursor, &token)) {
            return TICKET_BROKEN;
        }
        const enum ticket_field field = ticket_field_of(name);
        const enum ticket_fault fault =
            field == TICKET_FIELDS ? TICKET_UNKNOWN_MEMBER : ticket_line_set(ret, field, token, false);
        if (fault != TICKET_FINE && first_fault == TICKET_FINE) {
            first_fault = fault;
            *ret_field = field;
        }
        more = take(&cursor, ',');
        if (!more && !take(&cursor, '}')) {
            return TICKET_BROKEN;
        }
    }
    skip_spaces(&cursor);
    if (cursor.at != cursor.end) {
        return TICKET_BROKEN;
    }
    return first_fault != TICKET_FINE ? first_fault : ticket_line_complete(ret, ret_field);
}
