/* Which numbers of a series are here: consecutive from 1, per screen and series, never reset (TICKETS.md). Kept as
 * ranges, so that a complete series is one row whatever its length, and a hole is what lies between two. Pure. */
#ifndef BOXOFFICE_SERIES_H
#define BOXOFFICE_SERIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* Both ends belong to it; from >= 1. */
struct number_range {
    int64_t from;
    int64_t to;
};
struct number_ranges {
    struct number_range *items; /* by rising number; neither overlapping nor touching */
    size_t count;
};

bool ranges_hold(const struct number_ranges *ranges, int64_t number);
/* The union of ranges and numbers (rising; repeats are fine). In arena. */
struct number_ranges ranges_add(struct arena *arena, const struct number_ranges *ranges, const int64_t *numbers,
                                size_t count);
/* The holes between 1 and the last number. In arena. */
struct number_ranges ranges_holes(struct arena *arena, const struct number_ranges *ranges);
int64_t ranges_size(const struct number_ranges *ranges); /* how many numbers */

#endif
