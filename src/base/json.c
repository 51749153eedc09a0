#include "base/json.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"

/* Members of open containers wait on one stack and are copied to the arena, exactly as many as there are, when their
 * container closes. The stack starts in the caller's frame: most texts never leave it. */
enum { STACK_FIRST = 64 };

/* Up to so many members are compared with each other; above, their names are sorted. */
enum { PAIRWISE_MAX = 12 };

struct parser {
    struct arena *arena;
    const char *begin;
    const char *at;
    const char *end;
    struct json_member *stack;
    struct json_member *heap; /* stack, once it has outgrown the frame; else NULL */
    size_t held;
    size_t room;
    size_t depth;
    size_t values;
    struct json_fault fault;
};

/* What a byte is inside a string: part of it, part of a sequence to be checked, or a reason to stop. */
enum { IN_PLAIN, IN_SEQUENCE, IN_STOP };
static const uint8_t in_string[256] = {
    [0 ... 31] = IN_STOP,
    ['"'] = IN_STOP,
    ['\\'] = IN_STOP,
    [128 ... 255] = IN_SEQUENCE,
};

static bool parse_value(struct parser *parser, struct json *ret);
static bool parse_object(struct parser *parser, struct json *ret);
static bool parse_member(struct parser *parser, struct json_member *ret);
static bool parse_array(struct parser *parser, struct json *ret);
static bool close_object(struct parser *parser, size_t base, struct json *ret);
static void close_array(struct parser *parser, size_t base, struct json *ret);
static bool parse_string(struct parser *parser, struct text *ret);
static bool unescape(struct parser *parser, struct text raw, struct text *ret);
static bool parse_code_point(struct parser *parser, struct text raw, size_t *at, uint32_t *ret);
static bool parse_number(struct parser *parser, struct json *ret);
static bool parse_digits(struct parser *parser);
static bool parse_word(struct parser *parser, struct text word);
static bool enter(struct parser *parser);
static bool separator(struct parser *parser, char close, bool *ret_more);
static bool peek(struct parser *parser, char byte);
static void skip_space(struct parser *parser);
static void hold(struct parser *parser, const struct json_member *member);
static const struct json_member *find_duplicate(struct arena *arena, const struct json_member *members, size_t count);
static int compare_names(const void *a, const void *b);
static bool fault(struct parser *parser, const char *at, const char *message);

bool
json_parse(struct arena *arena, struct text input, struct json *ret, struct json_fault *ret_fault)
{
    struct json_member first[STACK_FIRST];
    struct parser parser = {
        .arena = arena,
        .begin = input.at,
        .at = input.at,
        .end = input.len == 0 ? input.at : input.at + input.len,
        .stack = first,
        .room = STACK_FIRST,
    };
    struct json value;
    bool is_good = true;
    if (input.len > JSON_BYTES_MAX) {
        is_good = fault(&parser, parser.begin, "the text is too long");
    } else if (text_starts(input, TEXT("\xEF\xBB\xBF"))) {
        is_good = fault(&parser, parser.begin, "the text begins with a byte order mark");
    } else {
        skip_space(&parser);
        is_good = parse_value(&parser, &value);
        skip_space(&parser);
        is_good = is_good && (parser.at == parser.end || fault(&parser, parser.at, "something follows the value"));
    }
    free(parser.heap);
    if (is_good) {
        *ret = value;
    } else {
        *ret_fault = parser.fault;
    }
    return is_good;
}

const struct err *
json_read(struct arena *arena, struct text input, struct json *ret)
{
    struct json_fault found;
    if (!json_parse(arena, input, ret, &found)) {
        return FAIL(arena, ERR_JSON, "byte %zu: %s", found.offset, found.message);
    }
    return NULL;
}

static bool
parse_value(struct parser *parser, struct json *ret)
{
    if (parser->at == parser->end) {
        return fault(parser, parser->at, "the text ends where a value was expected");
    }
    if (parser->values++ == JSON_VALUES_MAX) {
        return fault(parser, parser->at, "there are too many values");
    }
    *ret = (struct json){.offset = (size_t)(parser->at - parser->begin)};
    switch (*parser->at) {
    case '{':
        return parse_object(parser, ret);
    case '[':
        return parse_array(parser, ret);
    case '"':
        ret->type = JSON_STRING;
        return parse_string(parser, &ret->text);
    case 't':
    case 'f':
        ret->type = JSON_BOOL;
        ret->boolean = *parser->at == 't';
        return parse_word(parser, ret->boolean ? TEXT("true") : TEXT("false"));
    case 'n':
        ret->type = JSON_NULL;
        return parse_word(parser, TEXT("null"));
    default:
        return parse_number(parser, ret);
    }
}

static bool
parse_object(struct parser *parser, struct json *ret)
{
    const size_t base = parser->held;
    if (!enter(parser)) {
        return false;
    }
    bool more = !peek(parser, '}');
    parser->at += !more;
    while (more) {
        struct json_member member;
        if (parser->held - base == JSON_MEMBERS_MAX) {
            return fault(parser, parser->at, "an object has too many members");
        }
        if (!parse_member(parser, &member)) {
            return false;
        }
        hold(parser, &member);
        if (!separator(parser, '}', &more)) {
            return false;
        }
    }
    parser->depth--;
    return close_object(parser, base, ret);
}

static bool
parse_member(struct parser *parser, struct json_member *ret)
{
    if (!peek(parser, '"')) {
        return fault(parser, parser->at, "the name of a member was expected");
    }
    if (!parse_string(parser, &ret->name)) {
        return false;
    }
    skip_space(parser);
    if (!peek(parser, ':')) {
        return fault(parser, parser->at, "a colon was expected");
    }
    parser->at++;
    skip_space(parser);
    return parse_value(parser, &ret->value);
}

static bool
parse_array(struct parser *parser, struct json *ret)
{
    const size_t base = parser->held;
    if (!enter(parser)) {
        return false;
    }
    bool more = !peek(parser, ']');
    parser->at += !more;
    while (more) {
        struct json_member item = {0};
        if (!parse_value(parser, &item.value)) {
            return false;
        }
        hold(parser, &item);
        if (!separator(parser, ']', &more)) {
            return false;
        }
    }
    parser->depth--;
    close_array(parser, base, ret);
    return true;
}

static bool
close_object(struct parser *parser, size_t base, struct json *ret)
{
    const struct json_member *members = parser->stack + base;
    const size_t count = parser->held - base;
    const struct json_member *duplicate = find_duplicate(parser->arena, members, count);
    if (duplicate != NULL) {
        return fault(parser, parser->begin + duplicate->value.offset, "a name stands twice in the object");
    }
    ret->type = JSON_OBJECT;
    ret->count = count;
    ret->members = (void *)arena_copy(parser->arena, members, count * sizeof *members);
    parser->held = base;
    return true;
}

static void
close_array(struct parser *parser, size_t base, struct json *ret)
{
    ret->type = JSON_ARRAY;
    ret->count = parser->held - base;
    ret->items = ARENA_ARRAY(parser->arena, struct json, ret->count);
    for (size_t i = 0; i < ret->count; i++) {
        ret->items[i] = parser->stack[base + i].value;
    }
    parser->held = base;
}

static bool
parse_string(struct parser *parser, struct text *ret)
{
    const char *begin = ++parser->at;
    const char *at = begin;
    const char *end = parser->end;
    bool is_escaped = false;
    uint8_t seen = 0;
    for (;;) {
        while (at < end && in_string[(uint8_t)*at] != IN_STOP) {
            seen |= in_string[(uint8_t)*at++];
        }
        if (at == end) {
            return fault(parser, begin - 1, "the string has no end");
        }
        if (*at == '"') {
            break;
        }
        if (*at != '\\') {
            return fault(parser, at, "a control character stands bare in a string");
        }
        is_escaped = true;
        at += end - at > 1 ? 2 : 1; /* what is escaped is looked at later; it may be a quote */
    }
    const struct text raw = {.at = begin, .len = (size_t)(at - begin)};
    if (seen != 0) {
        const size_t good = text_utf8_prefix(raw);
        if (good != raw.len) {
            return fault(parser, begin + good, "the string is not UTF-8");
        }
    }
    parser->at = at + 1;
    *ret = raw;
    return !is_escaped || unescape(parser, raw, ret);
}

/* Decoded, a string is never longer than it was written. */
static bool
unescape(struct parser *parser, struct text raw, struct text *ret)
{
    struct buf out = buf_new(parser->arena, raw.len);
    size_t at = 0;
    while (at < raw.len) {
        const size_t stop = at + text_find_byte(text_after(raw, at), '\\');
        buf_bytes(&out, raw.at + at, stop - at);
        if (stop == raw.len) {
            break;
        }
        at = stop + 1;
        static const char written[] = "\"\\/bfnrt";
        static const char meant[] = "\"\\/\b\f\n\r\t";
        const char *found = memchr(written, raw.at[at], sizeof written - 1);
        if (found != NULL) {
            buf_char(&out, meant[found - written]);
            at++;
            continue;
        }
        uint32_t code_point = 0;
        if (!parse_code_point(parser, raw, &at, &code_point)) {
            return false;
        }
        buf_code_point(&out, code_point);
    }
    assert(!out.overflowed);
    *ret = buf_built(&out);
    return true;
}

/* Reads "uXXXX", or a pair of them for what lies beyond U+FFFF. *at stands on what follows the backslash. */
static bool
parse_code_point(struct parser *parser, struct text raw, size_t *at, uint32_t *ret)
{
    const char *begin = raw.at + *at - 1;
    uint32_t units[2] = {0, 0};
    for (int unit = 0; unit < 2; unit++) {
        if (raw.len - *at < 5 || raw.at[*at] != 'u') {
            return fault(parser, begin, unit == 0 ? "an escape is unknown" : "half a surrogate pair stands alone");
        }
        for (size_t i = 1; i <= 4; i++) {
            const char digit = raw.at[*at + i];
            const int value = digit >= '0' && digit <= '9'   ? digit - '0'
                              : digit >= 'a' && digit <= 'f' ? digit - 'a' + 10
                              : digit >= 'A' && digit <= 'F' ? digit - 'A' + 10
                                                             : -1;
            if (value < 0) {
                return fault(parser, begin, "an escape needs four hexadecimal digits");
            }
            units[unit] = units[unit] << 4 | (uint32_t)value;
        }
        *at += 5;
        if (unit == 0) {
            if (units[0] < 0xD800 || units[0] > 0xDFFF) {
                *ret = units[0];
                return true;
            }
            if (units[0] > 0xDBFF || raw.len == *at || raw.at[*at] != '\\') {
                return fault(parser, begin, "half a surrogate pair stands alone");
            }
            *at += 1;
        }
    }
    if (units[1] < 0xDC00 || units[1] > 0xDFFF) {
        return fault(parser, begin, "half a surrogate pair stands alone");
    }
    *ret = 0x10000 + ((units[0] - 0xD800) << 10) + (units[1] - 0xDC00);
    return true;
}

static bool
parse_number(struct parser *parser, struct json *ret)
{
    const char *begin = parser->at;
    parser->at += *begin == '-';
    if (parser->at == parser->end || *parser->at < '0' || *parser->at > '9') {
        return fault(parser, begin, "a value was expected");
    }
    const bool is_zero = *parser->at == '0';
    const char *digits = parser->at;
    if (!parse_digits(parser)) {
        return false;
    }
    if (is_zero && parser->at - digits > 1) {
        return fault(parser, begin, "a number begins with a needless zero");
    }
    if (peek(parser, '.')) {
        parser->at++;
        if (!parse_digits(parser)) {
            return false;
        }
    }
    if (peek(parser, 'e') || peek(parser, 'E')) {
        parser->at++;
        parser->at += peek(parser, '+') || peek(parser, '-');
        if (!parse_digits(parser)) {
            return false;
        }
    }
    ret->type = JSON_NUMBER;
    ret->text = (struct text){.at = begin, .len = (size_t)(parser->at - begin)};
    return true;
}

static bool
parse_digits(struct parser *parser)
{
    const char *begin = parser->at;
    while (parser->at < parser->end && *parser->at >= '0' && *parser->at <= '9') {
        parser->at++;
    }
    return parser->at > begin || fault(parser, begin, "a digit was expected");
}

static bool
parse_word(struct parser *parser, struct text word)
{
    const struct text rest = {.at = parser->at, .len = (size_t)(parser->end - parser->at)};
    if (!text_starts(rest, word)) {
        return fault(parser, parser->at, "a value was expected");
    }
    parser->at += word.len;
    return true;
}

/* Steps over the opening bracket. */
static bool
enter(struct parser *parser)
{
    if (parser->depth == JSON_DEPTH_MAX) {
        return fault(parser, parser->at, "values are nested too deep");
    }
    parser->depth++;
    parser->at++;
    skip_space(parser);
    return true;
}

/* Steps over the comma or the closing bracket behind an element. */
static bool
separator(struct parser *parser, char close, bool *ret_more)
{
    skip_space(parser);
    *ret_more = peek(parser, ',');
    if (!*ret_more && !peek(parser, close)) {
        return fault(parser, parser->at, "a comma or the closing bracket was expected");
    }
    parser->at++;
    if (*ret_more) {
        skip_space(parser);
    }
    return true;
}

static bool
peek(struct parser *parser, char byte)
{
    return parser->at < parser->end && *parser->at == byte;
}

static void
skip_space(struct parser *parser)
{
    while (parser->at < parser->end &&
           (*parser->at == ' ' || *parser->at == '\n' || *parser->at == '\r' || *parser->at == '\t')) {
        parser->at++;
    }
}

static void
hold(struct parser *parser, const struct json_member *member)
{
    if (parser->held == parser->room) {
        struct json_member *grown = realloc(parser->heap, parser->room * 2 * sizeof *grown);
        if (grown == NULL) {
            abort();
        }
        if (parser->heap == NULL) {
            memcpy(grown, parser->stack, parser->held * sizeof *grown);
        }
        parser->heap = grown;
        parser->stack = grown;
        parser->room *= 2;
    }
    parser->stack[parser->held++] = *member;
}

/* The second of two members with one name, or NULL. Many members are sorted, so that no input makes it quadratic. */
static const struct json_member *
find_duplicate(struct arena *arena, const struct json_member *members, size_t count)
{
    if (count <= PAIRWISE_MAX) {
        for (size_t i = 1; i < count; i++) {
            for (size_t j = 0; j < i; j++) {
                if (text_equal(members[i].name, members[j].name)) {
                    return &members[i];
                }
            }
        }
        return NULL;
    }
    const struct arena_mark mark = arena_mark(arena);
    const struct json_member **sorted = ARENA_ARRAY(arena, const struct json_member *, count);
    for (size_t i = 0; i < count; i++) {
        sorted[i] = &members[i];
    }
    qsort(sorted, count, sizeof(const struct json_member *), compare_names);
    const struct json_member *found = NULL;
    for (size_t i = 1; i < count; i++) {
        if (text_equal(sorted[i - 1]->name, sorted[i]->name) && (found == NULL || sorted[i] < found)) {
            found = sorted[i];
        }
    }
    arena_rewind(arena, mark);
    return found;
}

/* Equal names in the order written, so that the fault is the same on every machine. */
static int
compare_names(const void *a, const void *b)
{
    const struct json_member *left = *(const struct json_member *const *)a;
    const struct json_member *right = *(const struct json_member *const *)b;
    const int order = text_compare(left->name, right->name);
    return order != 0 ? order : (left > right) - (left < right);
}

static bool
fault(struct parser *parser, const char *at, const char *message)
{
    parser->fault = (struct json_fault){.offset = (size_t)(at - parser->begin), .message = message};
    return false;
}
