/* Between the files of the dispatcher. */
#ifndef WEB_DISPATCH_PARTS_H
#define WEB_DISPATCH_PARTS_H

#include "web/dispatch.h"
#include "web/visit.h"

/* The ctx of a visit: day, language by address, cookie and browser. */
void visit_init(struct visit *visit, struct web *web, struct http_exchange *exchange);
/* Headers that every answer has, cookies that the visit set. */
void visit_finish(struct visit *visit);
/* The error as a page or JSON in the reader's language, and in the log. */
void visit_fail(struct visit *visit, const struct err *err);
/* The page for a status without an error of ours. */
void visit_refused(struct visit *visit, int status, enum err_code code, struct text incident);
/* Who asks: fills ctx->user, and takes the account's language when nothing else chose. Needs a transaction. */
const struct err *visit_load_user(struct ctx *ctx, struct visit *visit);
/* Whether the reader may: role, step-up. Says so in the log when not. */
const struct err *visit_check_role(struct ctx *ctx, struct visit *visit);
/* That the form came from a page of ours. */
const struct err *visit_check_csrf(struct ctx *ctx, struct visit *visit);

/* One line of the log: JSON. */
void visit_log(const struct visit *visit, const char *level, const char *event, const char *detail,
               struct text incident);

/* A form that was sent twice is answered twice with the same (needs TX_WRITE). */
const struct err *answered_find(struct ctx *ctx, struct visit *visit, bool *ret_found);
const struct err *answered_keep(struct ctx *ctx, struct visit *visit);

#endif
