/* Requests in, replies out: the only user of libmicrohttpd. Parses and limits (limits.h), knows routes as rows, and
 * nothing of SQL or of who may do what: that is the dispatcher's (web/dispatch.h), which is given as a function.
 *
 * A request lives in its own arena and ends with its reply. Texts point into it. */
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/encode.h"
#include "base/err.h"
#include "base/text.h"

struct http_exchange;

enum http_method { HTTP_GET = 1, HTTP_HEAD, HTTP_POST, HTTP_METHODS };

struct http_pair {
    struct text name;
    struct text value;
};
/* A document sent with a form, already on disk in the quarantine folder, synced, under a name of chance. */
struct http_upload {
    struct text field;
    struct text filename; /* as sent; never used as a path */
    struct text path;     /* where its bytes wait */
    int64_t size;
    struct hash sha256;
};

struct http_request {
    struct arena *arena;
    enum http_method method; /* 0: another one, which is refused with 405 */
    struct text path;        /* decoded, normalised: begins with "/", no ".." */
    struct http_pair *query;
    size_t query_count;
    struct http_pair *headers; /* names in lower case */
    size_t headers_count;
    struct http_pair *cookies;
    size_t cookies_count;
    struct http_pair *form; /* application/x-www-form-urlencoded and multipart text fields, in order */
    size_t form_count;
    struct http_upload *uploads;
    size_t uploads_count;
    struct text body;           /* of any other content type, up to BODY_BYTES_MAX */
    struct text remote;         /* address of the client, "127.0.0.1" */
    bool tls;                   /* came over TLS, here or at the proxy in front (--behind-proxy) */
    struct http_pair params[4]; /* of the route's pattern: {dossier} */
    size_t params_count;
};
/* The first value of that name, or the text at NULL. */
struct text http_query(const struct http_request *request, const char *name);
struct text http_header(const struct http_request *request, const char *name);
struct text http_cookie(const struct http_request *request, const char *name);
struct text http_form(const struct http_request *request, const char *name);
struct text http_param(const struct http_request *request, const char *name);
const struct http_upload *http_upload(const struct http_request *request, const char *field); /* NULL: none */

enum { HTTP_HEADERS_MAX = 24 };
struct http_reply {
    int status; /* 200, 303, 404 ... */
    struct text content_type;
    struct text body; /* in the request's arena, or constant */
    struct text file; /* path to send instead of body; empty: body */
    struct http_pair headers[HTTP_HEADERS_MAX];
    size_t headers_count;
};
void http_reply_header(struct http_reply *reply, const char *name, struct text value);
/* 303 See Other, for after a form. */
void http_reply_redirect(struct http_reply *reply, struct text location);
/* A cookie that scripts cannot read and other sites cannot send; age 0 ends it, < 0 lasts as long as the browser. Over
 * TLS its name gets the prefix __Host-, which http_cookie() looks for in the same way. */
void http_reply_cookie(struct http_exchange *exchange, const char *name, struct text value, int64_t age_seconds);
/* Answers 304 without body when If-None-Match holds the tag (quoted); true then. Sets ETag in any case. */
bool http_reply_unchanged(struct http_exchange *exchange, struct text etag);

/* A row's pattern: "/dossiers/{dossier}/documents/{code}". Segments match literally or as a parameter of 1 to 200
 * bytes; a last "{rest*}" takes all that is left. */
bool http_match(struct http_request *request, const char *pattern);

struct http_server;
/* One exchange. The handler either fills the reply and answers true at once, or answers false and later calls
 * http_finish(exchange) from any thread, the reply then filled: the connection is suspended meanwhile, no thread waits.
 */
struct http_exchange {
    struct http_request request;
    struct http_reply reply;
    void *server_part;
};
typedef bool http_handler(void *arg, struct http_exchange *exchange);
void http_finish(struct http_exchange *exchange);

/* What the body of a request may hold, asked when only its head is known. */
struct http_allowance {
    int refuse_status; /* 0: go on */
    int64_t body_bytes_max;
    bool uploads; /* else a document sent with the form is refused */
};

struct http_options {
    struct text address;                  /* "127.0.0.1" */
    uint16_t port;                        /* 0: any free one */
    int threads;                          /* of the pool; 0: 2 */
    struct text quarantine;               /* folder for uploads */
    struct text tls_key, tls_certificate; /* PEM; empty: plain */
    bool behind_proxy;                    /* believe X-Forwarded-For and X-Forwarded-Proto of a loopback client */
    int clients_max;                      /* connections at the same time; 0: a default */
    int rate_per_minute;                  /* requests of one address; 0: no limit */
    http_handler *handler;
    /* NULL: BODY_BYTES_MAX and uploads for everyone. */
    struct http_allowance (*allow)(void *arg, const struct http_request *request);
    /* A page for what the library itself refuses (413, 431, 429, 400): fills reply in the language of Accept-Language.
     */
    void (*refuse)(void *arg, struct http_request *request, int status, struct http_reply *reply);
    void *arg;
    struct world *world; /* the clock for rates and minimum speeds */
};
const struct err *http_start(struct arena *arena, const struct http_options *options, struct http_server **ret);
uint16_t http_port(const struct http_server *server);
/* Stops accepting, lets what runs end (up to 5 s), closes. */
void http_stop(struct http_server *server);

#endif
