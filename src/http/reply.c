/* Reading a request and filling a reply: what handlers call. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "http/http.h"

enum { PARAM_BYTES_MAX = 200 };

static struct text first(const struct http_pair *pairs, size_t count, const char *name);

struct text
http_query(const struct http_request *request, const char *name)
{
    return first(request->query, request->query_count, name);
}

struct text
http_header(const struct http_request *request, const char *name)
{
    return first(request->headers, request->headers_count, name);
}

struct text
http_cookie(const struct http_request *request, const char *name)
{
    if (!request->tls) {
        return first(request->cookies, request->cookies_count, name);
    }
    char prefixed[64];
    const int len = snprintf(prefixed, sizeof prefixed, "__Host-%s", name);
    assert(len < (int)sizeof prefixed);
    return first(request->cookies, request->cookies_count, prefixed);
}

struct text
http_form(const struct http_request *request, const char *name)
{
    return first(request->form, request->form_count, name);
}

struct text
http_param(const struct http_request *request, const char *name)
{
    return first(request->params, request->params_count, name);
}

const struct http_upload *
http_upload(const struct http_request *request, const char *field)
{
    for (size_t i = 0; i < request->uploads_count; i++) {
        if (text_is(request->uploads[i].field, field)) {
            return &request->uploads[i];
        }
    }
    return NULL;
}

void
http_reply_header(struct http_reply *reply, const char *name, struct text value)
{
    assert(reply->headers_count < HTTP_HEADERS_MAX);
    reply->headers[reply->headers_count++] = (struct http_pair){.name = text_of(name), .value = value};
}

void
http_reply_redirect(struct http_reply *reply, struct text location)
{
    reply->status = 303;
    http_reply_header(reply, "Location", location);
}

void
http_reply_cookie(struct http_exchange *exchange, const char *name, struct text value, int64_t age_seconds)
{
    struct arena *arena = exchange->request.arena;
    const struct text age = age_seconds < 0 ? TEXT("") : text_printf(arena, "; Max-Age=%lld", (long long)age_seconds);
    const bool tls = exchange->request.tls;
    const struct text cookie =
        text_printf(arena, "%s%s=%.*s; Path=/; HttpOnly; SameSite=Strict%s%.*s", tls ? "__Host-" : "", name,
                    TEXT_ARG(value), tls ? "; Secure" : "", TEXT_ARG(age));
    http_reply_header(&exchange->reply, "Set-Cookie", cookie);
}

bool
http_reply_unchanged(struct http_exchange *exchange, struct text etag)
{
    http_reply_header(&exchange->reply, "ETag", etag);
    struct text rest = http_header(&exchange->request, "if-none-match");
    struct text tag;
    while (rest.len > 0 && text_split(&rest, ',', &tag)) {
        tag = text_trim(tag);
        if (text_starts(tag, TEXT("W/"))) {
            tag = text_after(tag, 2);
        }
        if (text_equal(tag, etag)) {
            exchange->reply.status = 304;
            return true;
        }
    }
    return false;
}

bool
http_match(struct http_request *request, const char *pattern)
{
    const size_t params_max = sizeof request->params / sizeof request->params[0];
    struct text rest = text_after(request->path, 1);
    struct text want = text_after(text_of(pattern), 1);
    size_t count = 0;
    struct text segment;
    struct text wanted;
    while (text_split(&want, '/', &wanted)) {
        if (wanted.len > 3 && wanted.at[0] == '{' && wanted.at[wanted.len - 2] == '*') {
            assert(count < params_max && want.at == NULL);
            if (rest.at == NULL || rest.len == 0) {
                return false;
            }
            request->params[count++] = (struct http_pair){.name = text_slice(wanted, 1, wanted.len - 2), .value = rest};
            request->params_count = count;
            return true;
        }
        if (!text_split(&rest, '/', &segment)) {
            return false;
        }
        if (wanted.len > 2 && wanted.at[0] == '{') {
            assert(count < params_max);
            if (segment.len == 0 || segment.len > PARAM_BYTES_MAX) {
                return false;
            }
            request->params[count++] =
                (struct http_pair){.name = text_slice(wanted, 1, wanted.len - 1), .value = segment};
        } else if (!text_equal(segment, wanted)) {
            return false;
        }
    }
    if (text_split(&rest, '/', &segment)) {
        return false;
    }
    request->params_count = count;
    return true;
}

static struct text
first(const struct http_pair *pairs, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (text_is(pairs[i].name, name)) {
            return pairs[i].value;
        }
    }
    return (struct text){0};
}
