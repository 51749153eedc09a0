/* What the files of ingestion share: a batch on its way in. Only ingest*.c include this. */
#ifndef BOXOFFICE_INGEST_PARTS_H
#define BOXOFFICE_INGEST_PARTS_H

#include "boxoffice/ingest.h"
#include "boxoffice/series.h"

struct intake_gap {
    struct text screen;
    struct text series;
    struct number_range numbers;
};
enum { NORM_BYTES_MAX = 48 };
struct intake_flag {
    char norm[NORM_BYTES_MAX]; /* a copy: memory of a group does not outlive it */
    struct text screen;
    struct ticket_time start;
    int64_t tickets;
};
struct intake {
    const struct ingest *ingest;
    struct ticket_finder *finder;
    int64_t batch; /* its row */
    int64_t accepted;
    int64_t duplicates;
    struct batch_fault *rejected;
    size_t rejected_count;
    struct intake_gap *gaps;
    size_t gaps_count;
    struct intake_flag *flags; /* the first ones; all are stored */
    size_t flags_count;
};
/* One screen and series of it. */
struct intake_group {
    struct ticket_finder *finder;
    const struct batch_group *part;
    int64_t screen;
    int64_t seats; /* of the screen */
    int64_t series;
    struct number_ranges before; /* near the group's numbers */
    struct number_ranges after;
    const struct segment_line *kept; /* new, by number: the batch's own lines when all of them are */
    size_t kept_count;
    int64_t *numbers; /* of kept sales */
    size_t numbers_count;
    struct segment_line *cancelled_sales; /* that kept cancellations point to */
    size_t cancelled_sales_count;
};

enum intake_fate { INTAKE_NEW = 1, INTAKE_DUPLICATE, INTAKE_CONFLICT };
const struct err *intake_sale(struct ctx *ctx, const struct intake_group *group, const struct segment_line *line,
                              enum intake_fate *ret);
/* Remembers the sale that it points to, for the counters. */
const struct err *intake_cancellation(struct ctx *ctx, struct intake_group *group, const struct segment_line *line,
                                      enum intake_fate *ret);
void intake_reject(struct intake *intake, uint32_t line, enum ticket_fault fault, enum ticket_field field);

/* Adds what was kept to the counters of its screenings and days. */
const struct err *intake_count(struct ctx *ctx, struct intake *intake, struct intake_group *group);

/* What one screening gains from a group. */
struct intake_screening {
    int64_t id;
    struct text screen;
    struct ticket_time start;
    int64_t sold;
    int64_t school; /* of them, of that family of tariffs */
    int64_t cancelled;
    int64_t late; /* sold after the end */
    int64_t seats;
    struct text norms;
};
const struct err *intake_flags(struct ctx *ctx, struct intake *intake, const struct intake_screening *screening);
struct text intake_answer(struct ctx *ctx, const struct intake *intake);

#endif
