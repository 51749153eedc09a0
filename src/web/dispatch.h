/* From request to reply: finds the row, the reader and the language, checks who may, runs the handler in the row's
 * transaction, and turns an error into a page or JSON with an incident number and one line in the log. */
#ifndef WEB_DISPATCH_H
#define WEB_DISPATCH_H

#include <pthread.h>
#include <stdatomic.h>

#include "http/http.h"
#include "store/store.h"
#include "store/writer.h"
#include "web/route.h"

struct log;   /* acts/log.h */
struct press; /* office/paper.h */

/* An account that a demonstration offers at its sign-in page. */
struct web_demo_account {
    struct text email;
    struct text password;
    struct text role;        /* "director": the word role.director */
    struct text totp_secret; /* bytes; empty: it has no second factor */
};

struct web_options {
    struct store *store;
    struct writer *writer;
    struct log *log; /* NULL: nothing is published, only in tests */
    const struct act_kinds *kinds;
    const struct law *law;   /* the corpus in force; NULL only in tests */
    struct corpora *corpora; /* the ones before it; NULL: each is read anew */
    struct world *world;
    struct date today;           /* DATE_NONE: the clock's day */
    struct text fonts;           /* folder with the fonts; empty: the reader's own */
    struct text data;            /* DATA */
    const struct press *press;   /* where papers are drawn */
    pthread_mutex_t *press_lock; /* by one thread at a time */
    struct text origin;          /* of the log */
    struct text base_url;        /* for links in letters; empty: as the browser says */
    /* The name of a party in the reader's language; NULL: its number is shown. */
    const struct err *(*party_name)(struct ctx *ctx, struct party_id party, struct text *ret);
    bool demo; /* accounts are shown at sign-in */
    const struct web_demo_account *demo_accounts;
    size_t demo_accounts_count;
    void (*say)(void *arg, struct text line); /* NULL: one line on stderr */
    void *say_arg;
};
struct web {
    struct web_options options;
    atomic_llong machine_bytes; /* bodies of ROUTE_TOKEN rows on their way to the writer */
};

/* Checks every row: ERR_INTERNAL names the first that may not be served. */
const struct err *web_init(struct arena *arena, const struct web_options *options, struct web *ret);
/* The three functions of struct http_options; arg is the web. */
bool web_handle(void *arg, struct http_exchange *exchange);
struct http_allowance web_allow(void *arg, const struct http_request *request);
void web_refuse(void *arg, struct http_request *request, int status, struct http_reply *reply);

#endif
