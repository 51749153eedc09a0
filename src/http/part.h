/* One exchange as libmicrohttpd and the two of our threads see it. Only for src/http. */
#ifndef HTTP_PART_H
#define HTTP_PART_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#include "base/world.h"
#include "http/body.h"
#include "http/rate.h"

/* A connection must have done its next step by then, or it is cut: libmicrohttpd's own limit only knows silence. */
struct connection_slot {
    bool used;
    int fd;
    int64_t due_ms;
    struct connection_slot *next; /* free ones */
};

struct http_server {
    struct http_options options;
    struct MHD_Daemon *daemon;
    uint16_t port;
    struct rate rate;
    pthread_mutex_t lock; /* of the slots */
    int ending;           /* eventfd */
    bool swept;           /* the sweeper runs */
    pthread_t sweeper;
    struct connection_slot *slots;
    size_t slots_count;
    struct connection_slot *free;
    pthread_mutex_t chance_lock;
    struct world chance; /* the world's, one thread at a time */
};

enum part_state { PART_RUNNING = 1, PART_SUSPENDED, PART_ANSWERED };
struct part {
    struct http_exchange exchange; /* first */
    struct http_server *server;
    struct MHD_Connection *connection;
    struct connection_slot *slot; /* NULL: more connections than slots */
    struct text url;              /* as sent */
    int status;                   /* refused with; 0: it is not */
    bool begun;
    bool handled;
    int64_t begun_ms;
    struct body body;
    _Atomic int state;
};

/* Reads the head: path, query, headers, cookies, address. Sets part->status when it is refused. */
void part_read_head(struct part *part, const char *method);

#endif
