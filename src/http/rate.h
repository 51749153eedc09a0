/* How often each address may ask: one bucket an address, refilled evenly. A table of fixed size in which a new address
 * takes the place of an old one, so that many addresses cost no memory. Safe between threads. Only for src/http. */
#ifndef HTTP_RATE_H
#define HTTP_RATE_H

#include <pthread.h>

#include "base/arena.h"
#include "base/text.h"

struct rate_bucket {
    uint64_t address; /* its hash; 0: free */
    int64_t at_ms;
    int64_t millitokens;
};
struct rate {
    pthread_mutex_t lock;
    struct rate_bucket *buckets;
    int per_minute; /* 0: no limit */
};

void rate_init(struct rate *rate, struct arena *arena, int per_minute);
void rate_done(struct rate *rate);
/* Whether the address may ask once more. */
bool rate_take(struct rate *rate, struct text address, int64_t now_ms);

#endif
