/* A plain struct as a JSON object and back, from a table of its fields: how what is to be drawn crosses the pipe to the
 * helper process. Strict both ways: every field is written, and reading refuses what is missing, unknown or of another
 * type (ERR_JSON), or not UTF-8 (ERR_UTF8). Results live in the arena; what was read may point into the input. */
#ifndef OFFICE_RECORD_JSON_H
#define OFFICE_RECORD_JSON_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"

enum record_kind {
    RECORD_TEXT = 1, /* struct text */
    RECORD_TEXTS,    /* struct text *, and a size_t at count_at */
    RECORD_INT,      /* int64_t */
    RECORD_DATE,     /* struct date; "" is DATE_NONE */
    RECORD_NAME,     /* an enum, by its name in names; a value without a name is no value */
    RECORD_OBJECT,   /* a struct of its own */
    RECORD_OBJECTS,  /* a pointer to structs, and a size_t at count_at */
};

struct record_field {
    const char *name;
    enum record_kind kind;
    size_t at;
    size_t count_at;
    const char *const *names;
    size_t name_count;
    const struct record *record;
};

struct record {
    const struct record_field *fields;
    size_t field_count;
    size_t size; /* of the struct, bytes */
};

/* Rows of such tables: RECORD_FIELD(certificate, RECORD_TEXT, number). */
#define RECORD_FIELD(type, kind_, member)                                                                              \
    {                                                                                                                  \
        .name = #member, .kind = (kind_), .at = offsetof(struct type, member)                                          \
    }
#define RECORD_ENUM(type, member, names_)                                                                              \
    {                                                                                                                  \
        .name = #member, .kind = RECORD_NAME, .at = offsetof(struct type, member), .names = (names_),                  \
        .name_count = sizeof(names_) / sizeof((names_)[0])                                                             \
    }
#define RECORD_STRUCT(type, member, record_)                                                                           \
    {                                                                                                                  \
        .name = #member, .kind = RECORD_OBJECT, .at = offsetof(struct type, member), .record = &(record_)              \
    }
#define RECORD_LIST(type, kind_, member, count_, record_)                                                              \
    {                                                                                                                  \
        .name = #member, .kind = (kind_), .at = offsetof(struct type, member),                                         \
        .count_at = offsetof(struct type, count_), .record = (record_)                                                 \
    }
#define RECORD(type, fields_)                                                                                          \
    {                                                                                                                  \
        (fields_), sizeof(fields_) / sizeof((fields_)[0]), sizeof(struct type)                                         \
    }

const struct err *record_to_json(struct arena *arena, const struct record *record, const void *from,
                                 struct text *ret_json);
const struct err *record_from_json(struct arena *arena, const struct record *record, struct text json, void *ret);

#endif
