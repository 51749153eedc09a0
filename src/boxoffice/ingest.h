/* Ticket evidence into the database: one batch, one call, in a write transaction whose commit is the answer "on disk"
 * (TICKETS.md). A batch repeated with its key, and a line repeated anywhere, change nothing; a number that comes again
 * with other content is a conflict, kept as evidence and counted nowhere; cancellations point to sales, which may come
 * later, and are never netted.
 *
 * Owns ticket_batch, ticket_conflict, ticket_series, ticket_range, ticket_segment, ticket_cancellation, screening,
 * screening_count and day_count. Counters change in the transaction of the segments that they count. Results live in
 * ctx->arena. Errors: ERR_CONFLICT for a key that brought other bytes, ERR_DB_CORRUPT, and those of the store. */
#ifndef BOXOFFICE_INGEST_H
#define BOXOFFICE_INGEST_H

#include "base/ctx.h"
#include "boxoffice/batch.h"

struct ingest {
    int64_t system;  /* whose token it was */
    struct text key; /* Idempotency-Key */
    struct batch *batch;
    bool is_test; /* nothing will stay: the caller undoes it */
};

/* The answer of the contract, JSON; its messages are in ctx->lang. */
const struct err *tickets_ingest(struct ctx *ctx, const struct ingest *ingest, struct text *ret_answer);
/* The answer that was given, for whoever lost it: by its key, or by the number in its receipt. */
const struct err *ticket_batch_answer_get(struct ctx *ctx, int64_t system, struct text key, struct text *ret_answer,
                                          bool *ret_found);

/* One ticket by its number: the sale, and its cancellation when there is one. */
struct ticket_found {
    bool is_sold;
    bool is_cancelled;
    struct segment_line sale;
    struct segment_line cancellation;
};
/* Looks tickets up, and keeps the segments met last open: whoever sends 50,000 lines again must not have the same
 * segment read 50,000 times. What is found points into its memory until the next look. */
struct ticket_finder;
struct ticket_finder *ticket_finder_new(void);
void ticket_finder_free(struct ticket_finder **finder); /* for DEFER(); NULL is fine */
const struct err *ticket_find(struct ctx *ctx, struct ticket_finder *finder, int64_t series, int64_t number,
                              struct ticket_found *ret);

/* What a rejected line means, one sentence. */
struct text ticket_fault_sentence(struct arena *arena, enum ticket_fault fault, enum ticket_field field,
                                  enum lang lang);

/* The day of a cinema: it ends at 06:00 (TICKETS.md), by the clock that the ticket carries. */
struct date cinema_day(struct ticket_time start);

#endif
