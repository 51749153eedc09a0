#include "http/multipart.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

static bool take_head(struct multipart *multipart, char byte);
static bool begin_part(struct multipart *multipart);
static size_t take_data(struct multipart *multipart, const char *at, size_t len, bool *ret_good);
static bool emit(struct multipart *multipart, const char *at, size_t len);
static bool parameter(struct text line, const char *name, struct text *ret);
static bool is_boundary(struct text text);
static void unescape(struct text *text);

bool
multipart_init(struct multipart *multipart, struct text content_type, struct multipart_reader reader)
{
    *multipart = (struct multipart){.reader = reader, .state = MULTIPART_PREAMBLE};
    struct text boundary;
    if (!parameter(content_type, "boundary", &boundary) || !is_boundary(boundary)) {
        return false;
    }
    memcpy(multipart->delimiter, "\r\n--", 4);
    memcpy(multipart->delimiter + 4, boundary.at, boundary.len);
    multipart->delimiter_len = 4 + boundary.len;
    multipart->matched = 2; /* the first delimiter needs no line before it */
    return true;
}

bool
multipart_take(struct multipart *multipart, const char *at, size_t len)
{
    bool good = multipart->state != MULTIPART_BROKEN;
    for (size_t i = 0; good && i < len;) {
        switch (multipart->state) {
        case MULTIPART_PREAMBLE:
        case MULTIPART_DATA:
            i += take_data(multipart, at + i, len - i, &good);
            break;
        case MULTIPART_AFTER:
        case MULTIPART_HEAD:
            good = take_head(multipart, at[i++]);
            break;
        case MULTIPART_END:
            i = len; /* an epilogue says nothing */
            break;
        case MULTIPART_BROKEN:
            good = false;
            break;
        }
    }
    if (!good) {
        multipart->state = MULTIPART_BROKEN;
    }
    return good;
}

bool
multipart_is_whole(const struct multipart *multipart)
{
    return multipart->state == MULTIPART_END;
}

/* Bytes behind a delimiter: "--" ends the body, CR LF begins the head of a part, which an empty line ends. */
static bool
take_head(struct multipart *multipart, char byte)
{
    if (multipart->head_len == sizeof multipart->head) {
        return false;
    }
    multipart->head[multipart->head_len++] = byte;
    if (multipart->state == MULTIPART_AFTER) {
        if (multipart->head_len < 2) {
            return byte == '-' || byte == '\r';
        }
        const bool is_end = memcmp(multipart->head, "--", 2) == 0;
        multipart->state = is_end ? MULTIPART_END : MULTIPART_HEAD;
        return is_end || memcmp(multipart->head, "\r\n", 2) == 0;
    }
    /* The head keeps the CR LF of the delimiter's line, so that a part without headers ends the same way. */
    if (multipart->head_len >= 4 && memcmp(multipart->head + multipart->head_len - 4, "\r\n\r\n", 4) == 0) {
        return begin_part(multipart);
    }
    return true;
}

static bool
begin_part(struct multipart *multipart)
{
    struct text rest = {.at = multipart->head + 2, .len = multipart->head_len - 2};
    struct multipart_part part = {0};
    bool is_named = false;
    struct text line;
    while (rest.len > 0 && text_split(&rest, '\n', &line)) {
        static const char header[] = "content-disposition:";
        const size_t header_len = sizeof header - 1;
        if (line.len < header_len || strncasecmp(line.at, header, header_len) != 0) {
            continue;
        }
        const struct text value = text_trim(text_after(line, header_len));
        if (value.len < 9 || strncasecmp(value.at, "form-data", 9) != 0) {
            return false;
        }
        is_named = parameter(value, "name", &part.name);
        if (!parameter(value, "filename", &part.filename)) {
            part.filename = (struct text){0};
        }
    }
    if (!is_named) {
        return false;
    }
    unescape(&part.name);
    unescape(&part.filename);
    multipart->state = MULTIPART_DATA;
    multipart->matched = 0;
    return text_is_utf8(part.name) && text_is_utf8(part.filename) &&
           multipart->reader.begin(multipart->reader.arg, part);
}

/* Takes bytes up to and with the next delimiter. A CR stands in the delimiter only at its start, so a failed match can
 * only begin again at the byte that broke it. */
static size_t
take_data(struct multipart *multipart, const char *at, size_t len, bool *ret_good)
{
    size_t i = 0;
    while (*ret_good && i < len) {
        if (multipart->matched == 0) {
            const char *cr = memchr(at + i, '\r', len - i);
            const size_t run = cr == NULL ? len - i : (size_t)(cr - at) - i;
            *ret_good = emit(multipart, at + i, run);
            i += run;
            if (cr == NULL || !*ret_good) {
                continue;
            }
        }
        if (at[i] == multipart->delimiter[multipart->matched]) {
            i++;
            if (++multipart->matched == multipart->delimiter_len) {
                *ret_good = multipart->state == MULTIPART_PREAMBLE || multipart->reader.end(multipart->reader.arg);
                multipart->state = MULTIPART_AFTER;
                multipart->head_len = 0;
                multipart->matched = 0;
                return i;
            }
        } else {
            *ret_good = emit(multipart, multipart->delimiter, multipart->matched);
            multipart->matched = 0;
        }
    }
    return i;
}

static bool
emit(struct multipart *multipart, const char *at, size_t len)
{
    return len == 0 || multipart->state == MULTIPART_PREAMBLE || multipart->reader.data(multipart->reader.arg, at, len);
}

/* The parameter of a header's value: ; name="value" or ; name=value. */
static bool
parameter(struct text line, const char *name, struct text *ret)
{
    size_t at = text_find_byte(line, ';');
    while (at < line.len) {
        struct text rest = text_trim(text_after(line, at + 1));
        const size_t equals = text_find_byte(rest, '=');
        if (equals == rest.len) {
            return false;
        }
        const struct text key = text_slice(rest, 0, equals);
        rest = text_after(rest, equals + 1);
        struct text value;
        if (rest.len > 0 && rest.at[0] == '"') {
            rest = text_after(rest, 1);
            const size_t quote = text_find_byte(rest, '"');
            if (quote == rest.len) {
                return false;
            }
            value = text_slice(rest, 0, quote);
            rest = text_after(rest, quote + 1);
        } else {
            const size_t end = text_find_byte(rest, ';');
            value = text_trim(text_slice(rest, 0, end));
            rest = text_after(rest, end);
        }
        if (key.len == strlen(name) && strncasecmp(key.at, name, key.len) == 0) {
            *ret = value;
            return true;
        }
        line = rest;
        at = text_find_byte(line, ';');
    }
    return false;
}

static bool
is_boundary(struct text text)
{
    for (size_t i = 0; i < text.len; i++) {
        const char byte = text.at[i];
        const bool is_good = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
                             (byte >= 'A' && byte <= 'Z') || (byte != '\0' && strchr("'()+_,-./:=? ", byte) != NULL);
        if (!is_good) {
            return false;
        }
    }
    return text.len >= 1 && text.len <= MULTIPART_BOUNDARY_MAX && text.at[text.len - 1] != ' ';
}

/* Browsers write a quote and line ends in names as %22, %0D and %0A, and nothing else (WHATWG HTML, 4.10.21.8). The
 * text stands in the head, which is ours to change. */
static void
unescape(struct text *text)
{
    if (text->at == NULL) {
        return;
    }
    char *out = (char *)(uintptr_t)text->at;
    size_t len = 0;
    for (size_t i = 0; i < text->len; i++) {
        char byte = text->at[i];
        if (byte == '%' && i + 2 < text->len) {
            const char *code = text->at + i + 1;
            const char plain = strncasecmp(code, "22", 2) == 0   ? '"'
                               : strncasecmp(code, "0D", 2) == 0 ? '\r'
                               : strncasecmp(code, "0A", 2) == 0 ? '\n'
                                                                 : '\0';
            if (plain != '\0') {
                byte = plain;
                i += 2;
            }
        }
        out[len++] = byte;
    }
    text->len = len;
}
