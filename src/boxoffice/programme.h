/* The programme of cinemas: what is announced before tickets are sold, what is cancelled, and days without screenings
 * (TICKETS.md). Read before any transaction, then applied in one. A change is taken until the screening begins; later,
 * another announcement of the same screening is a conflict, kept as evidence. Every line stays as it was received.
 *
 * Owns screening_film, screening_tariff, programme_line and screen_day_none; screening is shared with ingest.h. Results
 * live in ctx->arena. */
#ifndef BOXOFFICE_PROGRAMME_H
#define BOXOFFICE_PROGRAMME_H

#include "base/ctx.h"
#include "base/encode.h"
#include "boxoffice/flag.h"
#include "boxoffice/ticket_line.h"

enum programme_kind { PROGRAMME_ANNOUNCED = 1, PROGRAMME_CANCELLED, PROGRAMME_NONE };
struct programme_tariff {
    struct text code;
    struct text family; /* free, school, unlimited, other */
    int64_t price_centimes;
};
struct programme_line {
    uint32_t line;
    enum programme_kind kind;
    struct text body;
    struct text screen;
    struct ticket_time start;
    struct date day; /* PROGRAMME_NONE */
    struct flag_film *films;
    size_t films_count;
    struct programme_tariff *tariffs;
    size_t tariffs_count;
    bool has_seats, has_minutes;
    int64_t seats;
    int64_t minutes;
    struct text reason;
};
struct programme_fault {
    uint32_t line;
    enum ticket_fault fault;
    const char *member; /* NULL: the line as a whole */
};
struct programme {
    struct hash sha256; /* of the body */
    struct programme_line *lines;
    size_t count;
    size_t lines_count;
    struct programme_fault *faults;
    size_t faults_count;
};
/* ERR_TOO_LARGE past TICKET_LINES_MAX. */
const struct err *programme_read(struct arena *arena, struct text body, struct programme *ret);

struct programme_intake {
    int64_t system;
    struct text key;
    const struct programme *programme;
    bool is_test;
};
/* The answer of the contract. ERR_CONFLICT for a key that brought other bytes. Needs TX_WRITE. */
const struct err *programme_ingest(struct ctx *ctx, const struct programme_intake *intake, struct text *ret_answer);

#endif
