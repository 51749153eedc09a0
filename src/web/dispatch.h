/* From request to reply: finds the row, the reader and the language, checks who may, runs the handler in the row's
 * transaction, and turns an error into a page or JSON with an incident number and one line in the log. */
#ifndef WEB_DISPATCH_H
#define WEB_DISPATCH_H

#include "http/http.h"
#include "store/store.h"
#include "store/writer.h"
#include "web/route.h"

struct log; /* acts/log.h */

struct web_options {
    struct store *store;
    struct writer *writer;
    struct log *log; /* NULL: nothing is published, only in tests */
    const struct act_kinds *kinds;
    const struct law *law; /* the corpus in force; NULL only in tests */
    struct world *world;
    struct date today;                        /* DATE_NONE: the clock's day */
    struct text fonts;                        /* folder with the fonts; empty: the reader's own */
    struct text documents;                    /* DATA/documents */
    struct text origin;                       /* of the log */
    bool demo;                                /* accounts are shown at sign-in */
    void (*say)(void *arg, struct text line); /* NULL: one line on stderr */
    void *say_arg;
};
struct web {
    struct web_options options;
};

/* Checks every row: ERR_INTERNAL names the first that may not be served. */
const struct err *web_init(struct arena *arena, const struct web_options *options, struct web *ret);
/* The three functions of struct http_options; arg is the web. */
bool web_handle(void *arg, struct http_exchange *exchange);
struct http_allowance web_allow(void *arg, const struct http_request *request);
void web_refuse(void *arg, struct http_request *request, int status, struct http_reply *reply);

#endif
