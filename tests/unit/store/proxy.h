/* A go-between on a Unix socket that can lose the server's answer to one COMMIT, as a network does. */
#ifndef TESTS_STORE_PROXY_H
#define TESTS_STORE_PROXY_H

#include <pthread.h>
#include <stdatomic.h>
#include <sys/un.h>

struct proxy {
    char folder[64];           /* holds .s.PGSQL.5432: the host of a URL */
    struct sockaddr_un server; /* the true one */
    int listener;
    pthread_t thread;
    atomic_bool armed; /* the next COMMIT passes, its answer does not, and the connection ends */
    atomic_int lost;
};

void proxy_start(struct proxy *proxy, const char *server_folder);
/* Once all who used it have closed their connections. */
void proxy_stop(struct proxy *proxy);

#endif
