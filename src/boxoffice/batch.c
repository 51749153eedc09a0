#include "boxoffice/batch.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"

static size_t count_lines(struct text body);
static void read_lines(struct arena *arena, struct text body, uint32_t number, const struct ticket_csv *csv,
                       struct batch *batch);
static void sort_lines(struct arena *arena, struct batch *batch);
static void group_lines(struct arena *arena, struct batch *batch);

const struct err *
batch_read(struct arena *arena, struct text body, enum batch_format format, struct batch *ret)
{
    memset(ret, 0, sizeof *ret);
    ret->sha256 = hash_of_text(body);
    const size_t lines = count_lines(body);
    if (lines > TICKET_LINES_MAX + 1) {
        return FAIL(arena, ERR_TOO_LARGE, "a batch of more than %d lines", TICKET_LINES_MAX);
    }
    struct ticket_csv csv;
    uint32_t number = 0;
    if (format == BATCH_CSV) {
        struct text header = {NULL, 0};
        if (!text_split(&body, '\n', &header) || !ticket_csv_header(header, &csv)) {
            return FAIL(arena, ERR_INPUT, "the first line of a CSV batch names its columns");
        }
        number = 1;
    }
    ret->lines = ARENA_ARRAY(arena, struct segment_line, lines);
    ret->line_numbers = ARENA_ARRAY(arena, uint32_t, lines);
    ret->line_bodies = ARENA_ARRAY(arena, struct text, lines);
    ret->faults = ARENA_ARRAY(arena, struct batch_fault, lines);
    if (body.at != NULL) {
        read_lines(arena, body, number, format == BATCH_CSV ? &csv : NULL, ret);
    }
    if (ret->lines_count > TICKET_LINES_MAX) {
        return FAIL(arena, ERR_TOO_LARGE, "a batch of more than %d lines", TICKET_LINES_MAX);
    }
    sort_lines(arena, ret);
    group_lines(arena, ret);
    return NULL;
}

/* Also the last one, when no line break ends it. */
static size_t
count_lines(struct text body)
{
    size_t lines = 1;
    const char *at = body.at;
    const char *end = body.at + body.len;
    while (at < end && (at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
        lines++;
        at++;
    }
    return lines;
}

static void
read_lines(struct arena *arena, struct text body, uint32_t number, const struct ticket_csv *csv, struct batch *batch)
{
    const char *at = body.at;
    const char *end = body.at + body.len;
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        stop = stop == NULL ? end : stop;
        const struct text line = {at, (size_t)(stop - at)};
        at = stop + 1;
        number++;
        if (text_trim(line).len == 0) {
            continue;
        }
        batch->lines_count++;
        enum ticket_field field = TICKET_FIELDS;
        struct ticket_line *read = &batch->lines[batch->count].line;
        /* Strings with escapes are decoded here: together they are never longer than the line. */
        const bool is_escaped = memchr(line.at, csv == NULL ? '\\' : '"', line.len) != NULL;
        char *scratch = is_escaped ? arena_alloc(arena, line.len) : NULL;
        const enum ticket_fault fault = csv == NULL ? ticket_read_json(line, scratch, read, &field)
                                                    : ticket_read_csv(csv, line, scratch, read, &field);
        if (fault != TICKET_FINE) {
            batch->faults[batch->faults_count++] = (struct batch_fault){number, fault, field};
            continue;
        }
        batch->line_numbers[batch->count] = number;
        batch->line_bodies[batch->count] = line;
        batch->count++;
    }
}

static int
compare_lines(const struct batch *batch, size_t a, size_t b)
{
    const struct ticket_line *x = &batch->lines[a].line;
    const struct ticket_line *y = &batch->lines[b].line;
    int order = text_compare(x->screen, y->screen);
    order = order != 0 ? order : text_compare(x->series, y->series);
    if (order != 0) {
        return order;
    }
    if (x->number != y->number) {
        return x->number < y->number ? -1 : 1;
    }
    if (x->cancels != y->cancels) {
        return x->cancels ? 1 : -1;
    }
    return batch->line_numbers[a] < batch->line_numbers[b] ? -1 : 1;
}

static int
compare_places(const void *a, const void *b, void *batch)
{
    return compare_lines(batch, *(const uint32_t *)a, *(const uint32_t *)b);
}

/* Tills send in order, so most batches are left as they are. */
static void
sort_lines(struct arena *arena, struct batch *batch)
{
    bool is_sorted = true;
    for (size_t i = 1; i < batch->count && is_sorted; i++) {
        is_sorted = compare_lines(batch, i - 1, i) < 0;
    }
    if (is_sorted) {
        return;
    }
    uint32_t *order = ARENA_ARRAY(arena, uint32_t, batch->count);
    for (size_t i = 0; i < batch->count; i++) {
        order[i] = (uint32_t)i;
    }
    qsort_r(order, batch->count, sizeof order[0], compare_places, batch);
    struct batch sorted = *batch;
    sorted.lines = ARENA_ARRAY(arena, struct segment_line, batch->count);
    sorted.line_numbers = ARENA_ARRAY(arena, uint32_t, batch->count);
    sorted.line_bodies = ARENA_ARRAY(arena, struct text, batch->count);
    for (size_t i = 0; i < batch->count; i++) {
        sorted.lines[i] = batch->lines[order[i]];
        sorted.line_numbers[i] = batch->line_numbers[order[i]];
        sorted.line_bodies[i] = batch->line_bodies[order[i]];
    }
    *batch = sorted;
}

static void
group_lines(struct arena *arena, struct batch *batch)
{
    batch->groups = ARENA_ARRAY(arena, struct batch_group, batch->count);
    for (size_t i = 0; i < batch->count; i++) {
        const struct ticket_line *line = &batch->lines[i].line;
        const struct ticket_line *before = i == 0 ? NULL : &batch->lines[i - 1].line;
        if (before == NULL || !text_equal(line->screen, before->screen) || !text_equal(line->series, before->series)) {
            batch->groups[batch->groups_count++] = (struct batch_group){i, 0};
        }
        batch->groups[batch->groups_count - 1].count++;
    }
}
