/* Lines of tickets, NDJSON and CSV, and programmes: what is read prints as NDJSON that reads back as the same line, and
 * what is kept can be packed and opened again. */
#include <assert.h>

#include "base/limits.h"
#include "boxoffice/batch.h"
#include "boxoffice/programme.h"
#include "boxoffice/ticket_print.h"

#include "fuzz.h"

static void check_lines(struct arena *arena, const struct batch *batch);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena DEFER(arena_free_at) = arena_new(ARENA_BYTES_MAX);
    const struct text body = {.at = (const char *)data, .len = size};
    for (enum batch_format format = BATCH_NDJSON; format <= BATCH_CSV; format++) {
        struct batch batch;
        if (batch_read(arena, body, format, &batch) == NULL) {
            assert(batch.count + batch.faults_count == batch.lines_count);
            check_lines(arena, &batch);
        }
    }
    struct programme programme;
    if (programme_read(arena, body, &programme) == NULL) {
        assert(programme.count + programme.faults_count == programme.lines_count);
    }
    return 0;
}

static void
check_lines(struct arena *arena, const struct batch *batch)
{
    for (size_t i = 0; i < batch->count; i++) {
        const struct text printed = ticket_line_print(arena, &batch->lines[i].line);
        struct ticket_line again;
        enum ticket_field field;
        char *scratch = arena_alloc(arena, printed.len);
        const enum ticket_fault fault = ticket_read_json(printed, scratch, &again, &field);
        assert(fault == TICKET_FINE && again.given == batch->lines[i].line.given);
        assert(text_equal(ticket_line_print(arena, &again), printed));
    }
    for (size_t i = 0; i < batch->groups_count; i++) {
        const struct batch_group *group = &batch->groups[i];
        struct text packed;
        struct segment segment;
        if (segment_pack(arena, batch->lines + group->first, group->count, &packed) == NULL) {
            const struct err *err = segment_open(arena, packed, &segment);
            assert(err == NULL && segment.rows == group->count);
        }
    }
}
