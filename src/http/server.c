/* The server on libmicrohttpd: epoll and a small pool of threads, connections suspended while somebody else works. */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/world.h"
#include "http/part.h"

enum {
    THREADS = 2,
    CONNECTION_BYTES = 64 * 1024, /* what libmicrohttpd keeps of a connection: head, then a window of the body */
    SILENCE_SECONDS = 30,
    STOP_MS = 5000,
    SWEEP_MS = 1000,
};
static_assert(HEADERS_BYTES_MAX + URL_BYTES_MAX < CONNECTION_BYTES / 2, "our own refusals come before the library's");

static void *take_url(void *arg, const char *url, struct MHD_Connection *connection);
static size_t keep_escapes(void *arg, struct MHD_Connection *connection, char *text);
static enum MHD_Result answer(void *arg, struct MHD_Connection *connection, const char *url, const char *method,
                              const char *version, const char *data, size_t *data_size, void **state);
static void completed(void *arg, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode code);
static void connection_changed(void *arg, struct MHD_Connection *connection, void **socket_state,
                               enum MHD_ConnectionNotificationCode code);
static void begin(struct part *part, const char *method);
static void handle(struct part *part);
static enum MHD_Result send_reply(struct part *part);
static struct MHD_Response *make_response(struct part *part);
static void due(struct part *part, int64_t at_ms);
static void *sweep(void *arg);
static void draw(struct world *world, void *at, size_t len);
static const struct err *start_daemon(struct arena *arena, struct http_server *server);
static int64_t now(const struct http_server *server);

const struct err *
http_start(struct arena *arena, const struct http_options *options, struct http_server **ret)
{
    assert(options->handler != NULL && options->refuse != NULL && options->world != NULL);

    struct http_server *server = ARENA_NEW(arena, struct http_server);
    server->options = *options;
    server->chance = (struct world){.now_ms = options->world->now_ms, .random = draw};
    rate_init(&server->rate, arena, options->rate_per_minute);
    pthread_mutex_init(&server->lock, NULL);
    pthread_mutex_init(&server->chance_lock, NULL);
    server->ending = eventfd(0, EFD_CLOEXEC);
    server->slots_count = (size_t)(options->clients_max > 0 ? options->clients_max : CLIENTS_MAX);
    server->slots = ARENA_ARRAY(arena, struct connection_slot, server->slots_count);
    for (size_t i = 0; i < server->slots_count; i++) {
        server->slots[i].next = server->free;
        server->free = &server->slots[i];
    }
    TRY(start_daemon(arena, server));
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);
    server->port = info == NULL ? options->port : info->port;
    server->swept = pthread_create(&server->sweeper, NULL, sweep, server) == 0;
    *ret = server;
    return NULL;
}

uint16_t
http_port(const struct http_server *server)
{
    return server->port;
}

void
http_stop(struct http_server *server)
{
    if (server == NULL) {
        return;
    }
    const MHD_socket listening = MHD_quiesce_daemon(server->daemon);
    if (listening != MHD_INVALID_SOCKET) {
        close(listening);
    }
    for (int waited = 0; waited < STOP_MS; waited += 10) {
        const union MHD_DaemonInfo *info = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_CURRENT_CONNECTIONS);
        bool busy = false;
        pthread_mutex_lock(&server->lock);
        for (size_t i = 0; i < server->slots_count; i++) {
            busy = busy || (server->slots[i].used && server->slots[i].due_ms == INT64_MAX);
        }
        pthread_mutex_unlock(&server->lock);
        if (info == NULL || info->num_connections == 0 || !busy) {
            break;
        }
        usleep(10000);
    }
    const uint64_t one = 1;
    if (server->swept && write(server->ending, &one, sizeof one) == sizeof one) {
        pthread_join(server->sweeper, NULL);
    }
    MHD_stop_daemon(server->daemon);
    close(server->ending);
    rate_done(&server->rate);
}

void
http_finish(struct http_exchange *exchange)
{
    struct part *part = exchange->server_part;
    struct MHD_Connection *connection = part->connection;
    if (atomic_exchange(&part->state, PART_ANSWERED) == PART_SUSPENDED) {
        MHD_resume_connection(connection);
    }
}

static const struct err *
start_daemon(struct arena *arena, struct http_server *server)
{
    const struct http_options *options = &server->options;
    const struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE,
                                   .ai_socktype = SOCK_STREAM};
    const char *address = options->address.len == 0 ? "127.0.0.1" : text_cstr(arena, options->address);
    const struct text port = text_printf(arena, "%u", options->port);
    struct addrinfo *found = NULL;
    if (getaddrinfo(address, port.at, &hints, &found) != 0) {
        return FAIL(arena, ERR_USAGE, "no address: %s", address);
    }
    const bool tls = options->tls_key.len > 0;
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TURBO;
    flags |= (tls ? MHD_USE_TLS : 0u) | (found->ai_family == AF_INET6 ? MHD_USE_IPv6 : 0u);
    const struct MHD_OptionItem plain[] = {{MHD_OPTION_END, 0, NULL}};
    const struct MHD_OptionItem secure[] = {
        {MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)(uintptr_t)text_cstr(arena, options->tls_key)},
        {MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)(uintptr_t)text_cstr(arena, options->tls_certificate)},
        {MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t) "NORMAL:-VERS-TLS1.0:-VERS-TLS1.1"},
        {MHD_OPTION_END, 0, NULL}};
    const unsigned threads = (unsigned)(options->threads > 0 ? options->threads : THREADS);
    server->daemon = MHD_start_daemon(
        flags, options->port, NULL, NULL, answer, server, MHD_OPTION_SOCK_ADDR, found->ai_addr,
        MHD_OPTION_THREAD_POOL_SIZE, threads, MHD_OPTION_CONNECTION_LIMIT, (unsigned)server->slots_count,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_BYTES, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)SILENCE_SECONDS, MHD_OPTION_NOTIFY_COMPLETED, completed, server, MHD_OPTION_URI_LOG_CALLBACK,
        take_url, server, MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL, MHD_OPTION_NOTIFY_CONNECTION,
        connection_changed, server, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u,
        MHD_OPTION_ARRAY, tls ? secure : plain, MHD_OPTION_END);
    const int error = errno;
    freeaddrinfo(found);
    if (server->daemon == NULL) {
        return FAIL(arena, ERR_IO, "cannot listen on %s port %u: %s", address, options->port, strerror(error));
    }
    return NULL;
}

/* The first thing that is known of a request: its address as sent. Everything of it lives in an arena of its own. */
static void *
take_url(void *arg, const char *url, struct MHD_Connection *connection)
{
    struct arena *arena = arena_new(REQUEST_BYTES_MAX);
    struct part *part = ARENA_NEW(arena, struct part);
    part->server = arg;
    part->connection = connection;
    part->exchange.request.arena = arena;
    part->exchange.server_part = part;
    part->body.fd = -1;
    const size_t len = strnlen(url, URL_BYTES_MAX + 1);
    part->url = (struct text){.at = arena_copy(arena, url, len), .len = len};
    return part;
}

static size_t
keep_escapes(void *arg, struct MHD_Connection *connection, char *text)
{
    (void)arg;
    (void)connection;
    return strlen(text);
}

/* tidy: functions: as the library calls it */
static enum MHD_Result
answer(void *arg, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
       const char *data, size_t *data_size, void **state)
{
    (void)arg;
    (void)connection;
    (void)url;
    (void)version;
    struct part *part = *state;
    if (!part->begun) {
        begin(part, method);
        return part->status != 0 ? send_reply(part) : MHD_YES;
    }
    if (*data_size > 0) {
        body_take(&part->body, data, *data_size);
        *data_size = 0;
        due(part, part->begun_ms + CLIENT_GRACE_MS + part->body.taken * 1000 / CLIENT_BYTES_A_SECOND_MIN);
        /* Twice the limit is enough to have read the refusal. */
        return part->body.status != 0 && part->body.taken > (int64_t)UPLOAD_BYTES_MAX * 2 ? MHD_NO : MHD_YES;
    }
    if (!part->handled) {
        body_end(&part->body);
        part->status = part->body.status;
        handle(part);
        if (atomic_load(&part->state) == PART_ANSWERED) {
            return send_reply(part);
        }
        MHD_suspend_connection(part->connection);
        int running = PART_RUNNING;
        if (!atomic_compare_exchange_strong(&part->state, &running, PART_SUSPENDED)) {
            MHD_resume_connection(part->connection);
        }
        return MHD_YES;
    }
    return atomic_load(&part->state) == PART_ANSWERED ? send_reply(part) : MHD_YES;
}

/* The head is read; what it already forbids is answered without reading the body. */
static void
begin(struct part *part, const char *method)
{
    struct http_server *server = part->server;
    struct http_request *request = &part->exchange.request;
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(part->connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    part->slot = info == NULL ? NULL : info->socket_context;
    part->begun = true;
    part->begun_ms = now(server);
    atomic_store(&part->state, PART_RUNNING);
    due(part, part->begun_ms + CLIENT_GRACE_MS);
    part_read_head(part, method);
    if (part->status == 0 && !rate_take(&server->rate, request->remote, part->begun_ms)) {
        part->status = 429;
    }
    struct http_allowance allowance = {.body_bytes_max = BODY_BYTES_MAX, .uploads = true};
    if (part->status == 0 && request->method == HTTP_POST && server->options.allow != NULL) {
        allowance = server->options.allow(server->options.arg, request);
        part->status = allowance.refuse_status;
    }
    int64_t length = 0;
    const bool is_multipart = text_starts(http_header(request, "content-type"), TEXT("multipart/"));
    const int64_t length_max =
        is_multipart && allowance.uploads ? (int64_t)UPLOAD_BYTES_MAX + BODY_BYTES_MAX : allowance.body_bytes_max;
    if (part->status == 0 && text_to_int64(http_header(request, "content-length"), &length) &&
        length > length_max + (is_multipart ? BODY_BYTES_MAX : 0)) {
        part->status = 413;
    }
    if (part->status == 0) {
        body_init(&part->body, request, server->options.quarantine, &server->chance, allowance);
    } else {
        handle(part);
    }
}

static void
handle(struct part *part)
{
    const struct http_options *options = &part->server->options;
    part->handled = true;
    due(part, INT64_MAX); /* our turn */
    if (part->status != 0) {
        part->exchange.reply = (struct http_reply){.status = part->status};
        options->refuse(options->arg, &part->exchange.request, part->status, &part->exchange.reply);
        atomic_store(&part->state, PART_ANSWERED);
    } else if (options->handler(options->arg, &part->exchange)) {
        atomic_store(&part->state, PART_ANSWERED);
    }
}

static enum MHD_Result
send_reply(struct part *part)
{
    struct http_reply *reply = &part->exchange.reply;
    struct MHD_Response *response = make_response(part);
    if (response == NULL) {
        return MHD_NO;
    }
    if (reply->content_type.len > 0) {
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE,
                                text_cstr(part->exchange.request.arena, reply->content_type));
    }
    for (size_t i = 0; i < reply->headers_count; i++) {
        const struct http_pair *pair = &reply->headers[i];
        MHD_add_response_header(response, text_cstr(part->exchange.request.arena, pair->name),
                                text_cstr(part->exchange.request.arena, pair->value));
    }
    assert(reply->status >= 200 && reply->status < 600);
    const int64_t size = reply->file.len > 0 ? DOCUMENT_BYTES_MAX : (int64_t)reply->body.len;
    due(part, now(part->server) + CLIENT_GRACE_MS + size * 1000 / CLIENT_BYTES_A_SECOND_MIN);
    const enum MHD_Result result = MHD_queue_response(part->connection, (unsigned)reply->status, response);
    MHD_destroy_response(response);
    return result;
}

static struct MHD_Response *
make_response(struct part *part)
{
    struct http_reply *reply = &part->exchange.reply;
    if (reply->file.len > 0) {
        const int fd = open(text_cstr(part->exchange.request.arena, reply->file), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
        struct stat stat;
        if (fd >= 0 && fstat(fd, &stat) == 0 && S_ISREG(stat.st_mode)) {
            return MHD_create_response_from_fd((uint64_t)stat.st_size, fd);
        }
        if (fd >= 0) {
            close(fd);
        }
        const struct http_options *options = &part->server->options;
        *reply = (struct http_reply){.status = 500};
        options->refuse(options->arg, &part->exchange.request, 500, reply);
    }
    return MHD_create_response_from_buffer(reply->body.len, (void *)(uintptr_t)reply->body.at, MHD_RESPMEM_PERSISTENT);
}

static void
completed(void *arg, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode code)
{
    (void)connection;
    (void)code;
    struct http_server *server = arg;
    struct part *part = *state;
    if (part == NULL) {
        return;
    }
    due(part, now(server) + CLIENT_IDLE_MS);
    body_done(&part->body);
    *state = NULL;
    arena_free(part->exchange.request.arena);
}

static void
connection_changed(void *arg, struct MHD_Connection *connection, void **socket_state,
                   enum MHD_ConnectionNotificationCode code)
{
    struct http_server *server = arg;
    pthread_mutex_lock(&server->lock);
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        struct connection_slot *slot = server->free;
        const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        if (slot != NULL && info != NULL) {
            server->free = slot->next;
            *slot =
                (struct connection_slot){.used = true, .fd = info->connect_fd, .due_ms = now(server) + CLIENT_IDLE_MS};
        }
        *socket_state = slot;
    } else if (*socket_state != NULL) {
        struct connection_slot *slot = *socket_state;
        *slot = (struct connection_slot){.next = server->free};
        server->free = slot;
        *socket_state = NULL;
    }
    pthread_mutex_unlock(&server->lock);
}

static void
due(struct part *part, int64_t at_ms)
{
    if (part->slot != NULL) {
        pthread_mutex_lock(&part->server->lock);
        part->slot->due_ms = at_ms;
        pthread_mutex_unlock(&part->server->lock);
    }
}

/* Cuts connections that are late. Their sockets stay open until libmicrohttpd has heard of it. */
static void *
sweep(void *arg)
{
    struct http_server *server = arg;
    struct pollfd ending = {.fd = server->ending, .events = POLLIN};
    while (poll(&ending, 1, SWEEP_MS) <= 0) {
        const int64_t now_ms = now(server);
        pthread_mutex_lock(&server->lock);
        for (size_t i = 0; i < server->slots_count; i++) {
            if (server->slots[i].used && server->slots[i].due_ms < now_ms) {
                shutdown(server->slots[i].fd, SHUT_RDWR);
                server->slots[i].due_ms = INT64_MAX - 1;
            }
        }
        pthread_mutex_unlock(&server->lock);
    }
    return NULL;
}

static void
draw(struct world *world, void *at, size_t len)
{
    struct http_server *server = (void *)((char *)world - offsetof(struct http_server, chance));
    pthread_mutex_lock(&server->chance_lock);
    server->options.world->random(server->options.world, at, len);
    pthread_mutex_unlock(&server->chance_lock);
}

static int64_t
now(const struct http_server *server)
{
    return server->options.world->now_ms(server->options.world);
}
