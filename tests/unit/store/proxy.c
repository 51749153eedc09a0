#include "proxy.h"

#include <assert.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BUFFER_BYTES = 64 * 1024, PAIRS_MAX = 16 };

/* A simple query of the protocol: type, length, text, NUL. */
static const char commit_message[] = "Q\0\0\0\x0B"
                                     "COMMIT";

struct pair {
    int client;
    int server;
    bool losing;
};

static struct sockaddr_un
address_in(const char *folder)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    const int len = snprintf(address.sun_path, sizeof address.sun_path, "%s/.s.PGSQL.5432", folder);
    assert(len > 0 && (size_t)len < sizeof address.sun_path);
    return address;
}

static void
pair_end(struct pair *pair)
{
    close(pair->client);
    close(pair->server);
    pair->client = pair->server = -1;
}

/* Moves what has come from one side to the other; false when the pair ended. */
static bool
pair_move(struct proxy *proxy, struct pair *pair, bool from_client)
{
    static char buffer[BUFFER_BYTES];
    const ssize_t got = read(from_client ? pair->client : pair->server, buffer, sizeof buffer);
    if (got <= 0) {
        return false;
    }
    if (from_client && memmem(buffer, (size_t)got, commit_message, sizeof commit_message) != NULL) {
        pair->losing = atomic_exchange(&proxy->armed, false);
    } else if (!from_client && pair->losing) {
        atomic_fetch_add(&proxy->lost, 1);
        return false;
    }
    return write(from_client ? pair->server : pair->client, buffer, (size_t)got) == got;
}

static void
pair_begin(struct proxy *proxy, struct pair *pairs)
{
    const int client = accept(proxy->listener, NULL, NULL);
    const int server = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert(client >= 0 && server >= 0);
    const int connected = connect(server, (const struct sockaddr *)&proxy->server, sizeof proxy->server);
    assert(connected == 0);
    for (int i = 0; i < PAIRS_MAX; i++) {
        if (pairs[i].client < 0) {
            pairs[i] = (struct pair){.client = client, .server = server};
            return;
        }
    }
    assert(false);
}

/* Ends when the listener is shut down. */
static void *
proxy_loop(void *arg)
{
    struct proxy *proxy = arg;
    struct pair pairs[PAIRS_MAX];
    for (int i = 0; i < PAIRS_MAX; i++) {
        pairs[i] = (struct pair){.client = -1, .server = -1};
    }
    for (;;) {
        struct pollfd polled[1 + 2 * PAIRS_MAX] = {{.fd = proxy->listener, .events = POLLIN}};
        for (int i = 0; i < PAIRS_MAX; i++) {
            polled[1 + 2 * i] = (struct pollfd){.fd = pairs[i].client, .events = POLLIN};
            polled[2 + 2 * i] = (struct pollfd){.fd = pairs[i].server, .events = POLLIN};
        }
        const int ready = poll(polled, sizeof polled / sizeof polled[0], -1);
        assert(ready > 0);
        for (int i = 0; i < PAIRS_MAX; i++) {
            for (int side = 1; side <= 2; side++) {
                if (pairs[i].client >= 0 && polled[side + 2 * i].revents != 0 &&
                    !pair_move(proxy, &pairs[i], side == 1)) {
                    pair_end(&pairs[i]);
                }
            }
        }
        if (polled[0].revents & (POLLHUP | POLLERR)) {
            return NULL;
        }
        if (polled[0].revents & POLLIN) {
            pair_begin(proxy, pairs);
        }
    }
}

void
proxy_start(struct proxy *proxy, const char *server_folder)
{
    *proxy = (struct proxy){.server = address_in(server_folder), .folder = "/tmp/markaz-proxy-XXXXXX"};
    const char *folder = mkdtemp(proxy->folder);
    assert(folder != NULL);
    const struct sockaddr_un own = address_in(proxy->folder);
    proxy->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int bound = bind(proxy->listener, (const struct sockaddr *)&own, sizeof own);
    assert(bound == 0);
    const int listens = listen(proxy->listener, PAIRS_MAX);
    assert(listens == 0);
    const int started = pthread_create(&proxy->thread, NULL, proxy_loop, proxy);
    assert(started == 0);
}

void
proxy_stop(struct proxy *proxy)
{
    shutdown(proxy->listener, SHUT_RDWR);
    pthread_join(proxy->thread, NULL);
    close(proxy->listener);
    unlink(address_in(proxy->folder).sun_path);
    rmdir(proxy->folder);
}
