/* The head of a request: path, query, headers, cookies, and whose it is. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <strings.h>

#include "base/limits.h"
#include "http/part.h"
#include "http/url.h"

enum { HEADERS_MAX = 100 };

struct collector {
    struct part *part;
    size_t bytes;
};

static enum MHD_Result collect(void *arg, enum MHD_ValueKind kind, const char *name, size_t name_len, const char *value,
                               size_t value_len);
static void read_url(struct part *part);
static void read_remote(struct part *part);
static struct text last_of_list(struct text list);

void
part_read_head(struct part *part, const char *method)
{
    struct http_request *request = &part->exchange.request;
    request->method = strcmp(method, "GET") == 0    ? HTTP_GET
                      : strcmp(method, "HEAD") == 0 ? HTTP_HEAD
                      : strcmp(method, "POST") == 0 ? HTTP_POST
                                                    : 0;
    request->path = TEXT("/");
    request->headers = ARENA_ARRAY(request->arena, struct http_pair, HEADERS_MAX);
    struct collector collector = {.part = part};
    MHD_get_connection_values_n(part->connection, MHD_HEADER_KIND, collect, &collector);
    if (request->method == 0) {
        part->status = 405;
    }
    struct text cookie = http_header(request, "cookie");
    url_cookies(request->arena, cookie, 20, &request->cookies, &request->cookies_count);
    read_remote(part);
    if (part->url.len > URL_BYTES_MAX) {
        part->status = 414;
    } else if (part->status == 0) {
        read_url(part);
    }
}

/* tidy: functions: as the library calls it */
static enum MHD_Result
collect(void *arg, enum MHD_ValueKind kind, const char *name, size_t name_len, const char *value, size_t value_len)
{
    (void)kind;
    struct collector *collector = arg;
    struct part *part = collector->part;
    struct http_request *request = &part->exchange.request;
    collector->bytes += name_len + value_len + 4;
    if (request->headers_count == HEADERS_MAX || collector->bytes > HEADERS_BYTES_MAX) {
        part->status = 431;
        return MHD_NO;
    }
    struct http_pair *pair = &request->headers[request->headers_count++];
    char *lower = arena_copy(request->arena, name, name_len);
    for (size_t i = 0; i < name_len; i++) {
        lower[i] = lower[i] >= 'A' && lower[i] <= 'Z' ? (char)(lower[i] + 32) : lower[i];
    }
    pair->name = (struct text){.at = lower, .len = name_len};
    pair->value =
        value == NULL ? TEXT("") : (struct text){.at = arena_copy(request->arena, value, value_len), .len = value_len};
    if (!text_is_utf8(pair->value)) {
        request->headers_count--; /* nobody sends one on purpose */
    }
    return MHD_YES;
}

static void
read_url(struct part *part)
{
    struct http_request *request = &part->exchange.request;
    const size_t mark = text_find_byte(part->url, '?');
    if (!url_path(request->arena, text_slice(part->url, 0, mark), &request->path)) {
        request->path = TEXT("/");
        part->status = 400;
        return;
    }
    const struct text query = mark < part->url.len ? text_after(part->url, mark + 1) : TEXT("");
    if (!url_form(request->arena, query, FORM_FIELDS_MAX, &request->query, &request->query_count)) {
        part->status = 400;
    }
}

/* The client's address; behind a proxy of this machine, the one that the proxy saw. */
static void
read_remote(struct part *part)
{
    struct http_request *request = &part->exchange.request;
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(part->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    char address[INET6_ADDRSTRLEN] = "";
    if (info != NULL && info->client_addr->sa_family == AF_INET) {
        const struct sockaddr_in *in = (const void *)info->client_addr;
        inet_ntop(AF_INET, &in->sin_addr, address, sizeof address);
    } else if (info != NULL && info->client_addr->sa_family == AF_INET6) {
        const struct sockaddr_in6 *in = (const void *)info->client_addr;
        inet_ntop(AF_INET6, &in->sin6_addr, address, sizeof address);
    }
    request->remote = text_copy(request->arena, text_of(address));
    request->tls = part->server->options.tls_key.len > 0;
    const bool is_loopback = strncmp(address, "127.", 4) == 0 || strcmp(address, "::1") == 0;
    if (!part->server->options.behind_proxy || !is_loopback) {
        return;
    }
    const struct text forwarded = last_of_list(http_header(request, "x-forwarded-for"));
    unsigned char parsed[16];
    if (forwarded.len > 0 && forwarded.len < INET6_ADDRSTRLEN &&
        (inet_pton(AF_INET, text_cstr(request->arena, forwarded), parsed) == 1 ||
         inet_pton(AF_INET6, text_cstr(request->arena, forwarded), parsed) == 1)) {
        request->remote = forwarded;
    }
    request->tls = request->tls || text_is(http_header(request, "x-forwarded-proto"), "https");
}

/* The proxy in front appends; what stands before it is the client's word. */
static struct text
last_of_list(struct text list)
{
    struct text last = {0};
    struct text part;
    while (list.len > 0 && text_split(&list, ',', &part)) {
        last = text_trim(part);
    }
    return last;
}
