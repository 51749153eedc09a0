/* Reading and writing the members of an act's body. Absent members read as the empty value; a body was checked when it
 * was written, and its own kind's version says what it holds. */
#ifndef REGISTRY_DATA_H
#define REGISTRY_DATA_H

#include "base/ctx.h"
#include "base/json.h"

struct text data_text(const struct json *data, const char *name);          /* at NULL when absent or null */
struct text data_text_or_empty(const struct json *data, const char *name); /* for columns that are never NULL */
int64_t data_int(const struct json *data, const char *name);
bool data_has_int(const struct json *data, const char *name, int64_t *ret);
bool data_bool(const struct json *data, const char *name);
struct date data_date(const struct json *data, const char *name); /* DATE_NONE */
struct text data_json(struct ctx *ctx, const struct json *data, const char *name, const char *otherwise); /* printed */

/* A body under construction. */
struct writing {
    struct buf buf;
    struct json_out out;
};
void writing_open(struct ctx *ctx, struct writing *writing);
struct text writing_close(struct writing *writing);
void writing_text(struct writing *writing, const char *name, struct text value); /* nothing for the text at NULL */
void writing_int(struct writing *writing, const char *name, int64_t value);
void writing_bool(struct writing *writing, const char *name, bool value);
void writing_date(struct ctx *ctx, struct writing *writing, const char *name,
                  struct date date); /* nothing for DATE_NONE */
void writing_raw(struct writing *writing, const char *name, struct text json);

struct text json_to_text(struct ctx *ctx, const struct json *value);
struct json json_of_text(struct text value);
struct json json_of_int(struct ctx *ctx, int64_t value);
struct json json_of_bool(bool value);
struct json json_of_date(struct ctx *ctx, struct date date); /* null for DATE_NONE */
struct json json_of_texts(struct ctx *ctx, const struct text *items, size_t count);
/* Adds a member to an object, or replaces the one of that name. Lives in ctx->arena. */
void json_set(struct ctx *ctx, struct json *object, struct text name, struct json value);
/* The texts of a JSON list. */
void json_texts(struct ctx *ctx, const struct json *list, struct text **ret, size_t *ret_count);

#endif
