/* A body of lines, read before any transaction: what can be understood, grouped by screen and series in the order of
 * their numbers, and what cannot, line by line. Pure; memory is the arena's, texts point into body. */
#ifndef BOXOFFICE_BATCH_H
#define BOXOFFICE_BATCH_H

#include "base/encode.h"
#include "boxoffice/segment.h"

enum batch_format { BATCH_NDJSON = 1, BATCH_CSV };

struct batch_fault {
    uint32_t line; /* from 1, as in the body */
    enum ticket_fault fault;
    enum ticket_field field; /* TICKET_FIELDS: the line as a whole */
};
/* Lines of one screen and series: lines[first .. first + count), by number, a sale before its cancellation. */
struct batch_group {
    size_t first;
    size_t count;
};
struct batch {
    struct hash sha256; /* of the body */
    size_t lines_count; /* that hold something */
    struct segment_line *lines;
    uint32_t *line_numbers;   /* of lines, from 1 */
    struct text *line_bodies; /* of lines, as received */
    size_t count;
    struct batch_group *groups;
    size_t groups_count;
    struct batch_fault *faults; /* by rising line */
    size_t faults_count;
};
/* ERR_TOO_LARGE past TICKET_LINES_MAX; ERR_INPUT for a CSV without a header that can be read. */
const struct err *batch_read(struct arena *arena, struct text body, enum batch_format format, struct batch *ret);

#endif
