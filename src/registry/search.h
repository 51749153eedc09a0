/* Arabic-aware search of the register: every word of a party (names, numbers, those of its instruments) folded and
 * stemmed into one table that works on both engines; a query's words are prefixes, and all must be found.
 *
 * Owns search_word, a projection that the apply functions of this module write. Results live in ctx->arena. */
#ifndef REGISTRY_SEARCH_H
#define REGISTRY_SEARCH_H

#include "registry/instrument.h"

/* Words that find a thing. Adding is idempotent; clearing takes all of that thing's words away. */
const struct err *search_add(struct ctx *ctx, const char *kind, int64_t id, struct text words);
const struct err *search_clear(struct ctx *ctx, const char *kind, int64_t id);
#define SEARCH_PARTY "party"

struct register_query {
    struct text words;             /* as typed; empty: all */
    struct text kind;              /* of instrument; empty: all */
    enum instrument_status status; /* 0: all; stored states only, expiry is by the day */
    struct instrument_id before;   /* keyed paging, newest first; 0: the first page */
    int64_t limit;                 /* at most PAGE_ROWS_MAX */
};
/* The public register: instruments of legal persons, with their holders. Natural persons' are left out until a basis to
 * publish them is loaded (R9). */
const struct err *register_search(struct ctx *ctx, const struct register_query *query, struct instrument **ret,
                                  size_t *ret_count);
/* Parties for officers, by words. */
const struct err *party_search(struct ctx *ctx, struct text words, struct party_id after, int64_t limit,
                               struct party **ret, size_t *ret_count);

#endif
