#include "boxoffice/series.h"

#include <assert.h>

bool
ranges_hold(const struct number_ranges *ranges, int64_t number)
{
    size_t low = 0;
    size_t high = ranges->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (ranges->items[middle].to < number) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < ranges->count && ranges->items[low].from <= number;
}

/* Puts a range behind the last one, or makes the last one longer. */
static void
append(struct number_ranges *ranges, int64_t from, int64_t to)
{
    if (ranges->count > 0 && ranges->items[ranges->count - 1].to >= from - 1) {
        struct number_range *last = &ranges->items[ranges->count - 1];
        last->to = to > last->to ? to : last->to;
        return;
    }
    ranges->items[ranges->count++] = (struct number_range){from, to};
}

struct number_ranges
ranges_add(struct arena *arena, const struct number_ranges *ranges, const int64_t *numbers, size_t count)
{
    struct number_ranges sum = {ARENA_ARRAY(arena, struct number_range, ranges->count + count), 0};
    size_t old = 0;
    for (size_t i = 0; i < count; i++) {
        assert(numbers[i] >= 1 && (i == 0 || numbers[i - 1] <= numbers[i]));
        while (old < ranges->count && ranges->items[old].from <= numbers[i]) {
            append(&sum, ranges->items[old].from, ranges->items[old].to);
            old++;
        }
        append(&sum, numbers[i], numbers[i]);
    }
    for (; old < ranges->count; old++) {
        append(&sum, ranges->items[old].from, ranges->items[old].to);
    }
    return sum;
}

struct number_ranges
ranges_holes(struct arena *arena, const struct number_ranges *ranges)
{
    struct number_ranges holes = {ARENA_ARRAY(arena, struct number_range, ranges->count), 0};
    int64_t next = 1;
    for (size_t i = 0; i < ranges->count; i++) {
        if (ranges->items[i].from > next) {
            holes.items[holes.count++] = (struct number_range){next, ranges->items[i].from - 1};
        }
        next = ranges->items[i].to + 1;
    }
    return holes;
}

int64_t
ranges_size(const struct number_ranges *ranges)
{
    int64_t size = 0;
    for (size_t i = 0; i < ranges->count; i++) {
        size += ranges->items[i].to - ranges->items[i].from + 1;
    }
    return size;
}
