#include "http/rate.h"

#include "base/limits.h"

/* Places where an address may stand, so that two that collide do not share one bucket. */
enum { PLACES = 4 };

static uint64_t hash_address(struct text address);

void
rate_init(struct rate *rate, struct arena *arena, int per_minute)
{
    *rate = (struct rate){.per_minute = per_minute};
    pthread_mutex_init(&rate->lock, NULL);
    if (per_minute > 0) {
        rate->buckets = ARENA_ARRAY(arena, struct rate_bucket, RATE_ADDRESSES_MAX);
    }
}

void
rate_done(struct rate *rate)
{
    pthread_mutex_destroy(&rate->lock);
}

bool
rate_take(struct rate *rate, struct text address, int64_t now_ms)
{
    if (rate->per_minute <= 0) {
        return true;
    }
    const uint64_t hash = hash_address(address);
    const int64_t full = (int64_t)rate->per_minute * 1000;
    pthread_mutex_lock(&rate->lock);
    struct rate_bucket *bucket = NULL;
    struct rate_bucket *oldest = NULL;
    for (uint64_t i = 0; i < PLACES; i++) {
        struct rate_bucket *place = &rate->buckets[(hash + i) & (RATE_ADDRESSES_MAX - 1)];
        if (place->address == hash) {
            bucket = place;
        }
        if (oldest == NULL || place->at_ms < oldest->at_ms) {
            oldest = place;
        }
    }
    if (bucket == NULL) {
        bucket = oldest;
        *bucket = (struct rate_bucket){.address = hash, .at_ms = now_ms, .millitokens = full};
    }
    const int64_t passed_ms = now_ms > bucket->at_ms ? now_ms - bucket->at_ms : 0; /* a clock may be set back */
    const int64_t refill = passed_ms >= 60000 ? full : passed_ms * rate->per_minute / 60;
    bucket->millitokens = bucket->millitokens + refill > full ? full : bucket->millitokens + refill;
    bucket->at_ms = now_ms;
    const bool may = bucket->millitokens >= 1000;
    bucket->millitokens -= may ? 1000 : 0;
    pthread_mutex_unlock(&rate->lock);
    return may;
}

/* FNV-1a; never 0. */
static uint64_t
hash_address(struct text address)
{
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < address.len; i++) {
        hash = (hash ^ (unsigned char)address.at[i]) * 1099511628211u;
    }
    return hash == 0 ? 1 : hash;
}
