/* Packed segments: whatever opens can be read to its last row, and its sums are those of its lines. */
#include <assert.h>

#include "base/limits.h"
#include "boxoffice/segment.h"

#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena DEFER(arena_free_at) = arena_new(ARENA_BYTES_MAX);
    struct segment segment;
    if (segment_open(arena, (struct text){.at = (const char *)data, .len = size}, &segment) != NULL) {
        return 0;
    }
    struct segment_sums sums;
    segment_sum(&segment, &sums);
    int64_t cancelled = 0;
    for (uint32_t row = 0; row < segment.rows; row++) {
        struct segment_line line;
        segment_line_get(&segment, row, &line);
        cancelled += line.line.cancels ? 1 : 0;
        uint32_t found[2];
        assert(segment_find(&segment, line.line.number, found) >= 1);
    }
    assert(sums.cancelled == cancelled && sums.sold == (int64_t)segment.rows - cancelled);
    return 0;
}
