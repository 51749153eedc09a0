/* Bodies of the acts of this module: writing them, and reading them back in apply. */
#ifndef ACCESS_ACCESS_BODY_H
#define ACCESS_ACCESS_BODY_H

#include "access/user.h"
#include "acts/act.h"
#include "store/statement.h"

struct access_body {
    struct buf buf;
    struct json_out out;
};
/* An object is open until access_body_end(). */
void access_body_begin(struct ctx *ctx, struct access_body *body);
void access_body_id(struct access_body *body, const char *name, int64_t id);
void access_body_date(struct access_body *body, struct ctx *ctx, const char *name,
                      struct date date);                                             /* DATE_NONE: left out */
void access_body_text(struct access_body *body, const char *name, struct text text); /* empty: left out */
struct text access_body_end(struct access_body *body);

/* ERR_TAMPERED when the member is missing or of another type: no version of the program wrote that. */
const struct err *access_body_get_id(struct ctx *ctx, const struct act *act, const char *name, int64_t *ret);
const struct err *access_body_get_text(struct ctx *ctx, const struct act *act, const char *name, struct text *ret);
const struct err *access_body_get_date(struct ctx *ctx, const struct act *act, const char *name, struct date *ret);
/* The same for members that may be left out: text at NULL, DATE_NONE, 0. */
struct text access_body_find_text(const struct act *act, const char *name);
const struct err *access_body_find_date(struct ctx *ctx, const struct act *act, const char *name, struct date *ret);
int64_t access_body_find_id(const struct act *act, const char *name);

/* ERR_FORBIDDEN unless somebody with that role acts, or the system itself (a command; ctx->user is NULL). Behind the
 * route's row, not instead of it. */
const struct err *actor_needs(struct ctx *ctx, enum role role);

#endif
