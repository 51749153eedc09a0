/* Routes: which address asks for what, who may, in which transaction. A page is a row and its handler
 * (docs/pages.md). Nothing is public by omission: a row without roles ends the program when it starts. */
#ifndef WEB_ROUTE_H
#define WEB_ROUTE_H

#include "access/user.h"
#include "base/ctx.h"
#include "http/http.h"
#include "store/store.h"
#include "web/words.h"

struct web; /* web/dispatch.h */
struct route;

/* One request on its way through the house. Its ctx has the arena of the request, the transaction of the route, the
 * reader's language and user. */
struct visit {
    struct web *web;
    struct http_exchange *exchange;
    struct http_request *request;
    struct http_reply *reply; /* filled anew each time the handler runs */
    const struct route *route;
    struct ctx ctx;
    bool json;         /* the answer is JSON: an address below /api, or Accept asks for it */
    void *prepared;    /* from the route's prepare */
    struct text guest; /* value of the cookie that stands for nobody's forms; set when one was shown */
    bool guest_is_new;
    bool lang_of_browser; /* neither address nor cookie chose */
};

/* Fills visit->reply, or fails. In a write transaction its only effect is on the database and the reply. */
typedef const struct err *route_handler(struct ctx *ctx, struct visit *visit);

enum route_flag {
    ROUTE_STEP_UP = 1 << 0,     /* the second factor was given again, a moment ago: for signatures */
    ROUTE_UPLOADS = 1 << 1,     /* documents may come with the form */
    ROUTE_TOKEN = 1 << 2,       /* machines with a bearer token, which the handler checks: no session, no CSRF */
    ROUTE_JSON = 1 << 3,        /* errors are JSON */
    ROUTE_CACHED = 1 << 4,      /* the handler says itself how long the answer keeps */
    ROUTE_OWN_PASSWORD = 1 << 5 /* also for who must choose another password first */
};

struct route {
    enum http_method method; /* HTTP_GET answers HEAD too */
    const char *pattern;     /* "/dossiers/{dossier}" */
    unsigned roles;          /* enum role bits, one is enough */
    enum tx_mode tx;         /* 0: no transaction, and nobody is looked up */
    route_handler *handler;
    route_handler *prepare; /* slow work of a TX_WRITE row before its transaction (a password, a drawing); NULL: none */
    unsigned flags;         /* enum route_flag */
    const char *name;       /* "dossier.show": in logs and in the API's description */
    const char *norm;       /* the article behind it, or NULL */
};

/* All rows: the pages' lists, each ended by a row without pattern (routes.c). */
extern const struct route *const route_lists[];
extern const size_t route_lists_count;

/* The row for a method and path, with the request's params set; NULL: none. *ret_other: another method would do. */
const struct route *route_find(struct http_request *request, bool *ret_other);
/* Whether some GET row has exactly this pattern: navigation shows no dead link. */
bool route_exists(const char *pattern);
/* A row that may not be served: no role, no handler, prepare without TX_WRITE, POST without TX_WRITE ... NULL: fine. */
const char *route_fault(const struct route *route);

#endif
