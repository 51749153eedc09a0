/* JSON, strict and exact: RFC 8259 with the limits of I-JSON (RFC 7493: no duplicate keys, valid UTF-8, no lone
 * surrogates; noncharacters pass, as Unicode's corrigendum 9 wants); numbers stay text until somebody asks for an
 * integer or a decimal, and no double is ever made. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"

enum json_type { JSON_NULL = 1, JSON_BOOL, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

struct json {
    enum json_type type;
    bool boolean;
    struct text text;            /* string: decoded; number: its literal */
    struct json *items;          /* array */
    struct json_member *members; /* object, in the order written */
    size_t count;                /* of items or members */
    size_t offset;               /* byte where the value starts in the input */
};

struct json_member {
    struct text name;
    struct json value;
};

struct json_fault {
    size_t offset;       /* byte */
    const char *message; /* English, one sentence */
};

/* Reads exactly one value with white space around it. false: *ret_fault says where and why, and *ret is untouched.
 * Strings without escapes point into the input, which must outlive the value. Depth, members, values and size are
 * limited (limits.h). A duplicate key's offset is that of the value behind its second mention. */
bool json_parse(struct arena *arena, struct text input, struct json *ret, struct json_fault *ret_fault);
/* The same as an error (ERR_JSON). */
const struct err *json_read(struct arena *arena, struct text input, struct json *ret);

/* Member of an object, or NULL. NULL and non-objects are accepted and give NULL, so that paths may be chained. */
const struct json *json_get(const struct json *object, const char *name);
/* Typed access: false when absent or of another type; *ret is then untouched. */
bool json_text(const struct json *value, struct text *ret);
bool json_bool(const struct json *value, bool *ret);
bool json_int64(const struct json *value, int64_t *ret); /* an integer literal that fits */
bool json_decimal(const struct json *value, int places,
                  int64_t *ret); /* exact value x 10^places; false if it has more decimals */

/* Writing. One writer, nested calls in the order of the document; commas are its business. */
struct json_out {
    struct buf *buf;
    bool comma;
};
struct json_out json_out(struct buf *buf);
void json_open_object(struct json_out *out);
void json_close_object(struct json_out *out);
void json_open_array(struct json_out *out);
void json_close_array(struct json_out *out);
void json_put_name(struct json_out *out, struct text name); /* the next put is its value */
void json_put_text(struct json_out *out, struct text value);
void json_put_int(struct json_out *out, int64_t value);
void json_put_decimal(struct json_out *out, int64_t value, int places); /* shortest exact form: 12.5, 3 */
void json_put_bool(struct json_out *out, bool value);
void json_put_null(struct json_out *out);
void json_put_raw(struct json_out *out, struct text json); /* already JSON */
void json_put_json(struct json_out *out, const struct json *value);
/* name and value in one call */
void json_member_text(struct json_out *out, const char *name, struct text value);
void json_member_int(struct json_out *out, const char *name, int64_t value);
void json_member_bool(struct json_out *out, const char *name, bool value);

/* Canonical form, RFC 8785 (members sorted by UTF-16 code units, shortest strings). Numbers must be integers within
 * 2^53, or decimals of at most 6 places and 15 digits, counted with those places; others are refused (ERR_JSON). */
const struct err *json_canonical(struct arena *arena, const struct json *value, struct text *ret);

#endif
