/* What handlers answer with: a page in the layout, a redirect, JSON; and what forms carry. */
#ifndef WEB_VISIT_H
#define WEB_VISIT_H

#include "base/json.h"
#include "web/pages/form_guard.html.h"
#include "web/route.h"

struct visit_crumb {
    struct text title;
    struct text url;
};
struct visit_page {
    int status; /* 0: 200 */
    struct text title;
    struct html content; /* begins with its h1 */
    const struct visit_crumb *crumbs;
    size_t crumbs_count;
    const char *section; /* of the navigation: "register"; NULL: none */
    bool wide;           /* tables and queues */
};
/* The page in the layout. */
void visit_page(struct ctx *ctx, struct visit *visit, const struct visit_page *page);
/* 303 to an address of ours. done: a word "done.NAME" shown there once, or NULL. */
void visit_redirect(struct ctx *ctx, struct visit *visit, struct text url, const char *done);
/* A JSON answer. */
void visit_json(struct visit *visit, int status, struct text json);
/* Bytes of another type: a CSV, a PDF. filename: offered for saving; empty: shown. */
void visit_bytes(struct visit *visit, struct text content_type, struct text bytes, struct text filename);
/* A stored file, always saved, never shown in the page (uploads are not ours). */
void visit_file(struct visit *visit, struct text content_type, struct text path, struct text filename);

/* The hidden fields of every form: <form ...>{{guard}} with a field "guard @form_guard". */
const struct page_form_guard *visit_guard(struct visit *visit);
/* The token that guard carries. */
struct text visit_csrf(struct visit *visit);

/* One line of the log: JSON, at level "info", "warning" or "error". */
void visit_log_line(const struct visit *visit, const char *level, const char *event, const char *detail);

/* The form's field, trimmed; never at NULL. */
struct text visit_field(const struct visit *visit, const char *name);
/* A number in the address or form; false when absent or malformed. */
bool visit_number(struct text text, int64_t *ret);
/* The id in the route's pattern; ERR_NOT_FOUND when it is no number above 0. */
const struct err *visit_id(struct ctx *ctx, const struct visit *visit, const char *param, int64_t *ret);
/* An address of ours to go on to (?next=): begins with one "/"; anything else gives otherwise. */
struct text visit_next(const struct visit *visit, struct text otherwise);

#endif
