#include <assert.h>
#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "boxoffice/segment.h"
#include "boxoffice/segment_format.h"

static void
put(struct buf *out, uint64_t value, int bytes)
{
    char little[8];
    for (int i = 0; i < bytes; i++) {
        little[i] = (char)(value >> (8 * i) & 0xff);
    }
    buf_bytes(out, little, (size_t)bytes);
}

static void
put_text(struct buf *out, struct text text)
{
    put(out, text.len, 2);
    buf_text(out, text);
}

struct packing {
    const struct segment_line *lines;
    size_t count;
    int64_t number_base;
    int64_t at_base;
    struct ticket_time *screenings;
    struct text *tariffs;
    struct text *points;
    int64_t *batches;
    size_t screenings_count;
    size_t tariffs_count;
    size_t points_count;
    size_t batches_count;
    uint16_t *screening_of; /* by row */
    uint16_t *tariff_of;
    uint16_t *point_of;
    uint16_t *batch_of;
};

static inline bool
has(const struct ticket_line *line, enum ticket_field field)
{
    return (line->given & UINT32_C(1) << field) != 0;
}

/* ---- Dictionaries: the place of a value among those seen, by open addressing, whatever a client sends ---- */

struct slots {
    uint16_t *at; /* SEGMENT_NONE: free */
    size_t mask;
};

static struct slots
slots_new(struct arena *arena, size_t count)
{
    size_t size = 16;
    while (size < 2 * count) {
        size *= 2;
    }
    struct slots slots = {ARENA_ARRAY(arena, uint16_t, size), size - 1};
    memset(slots.at, 0xff, size * sizeof slots.at[0]);
    return slots;
}

static size_t
hash_bytes(const void *at, size_t len)
{
    const uint8_t *byte = at;
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < len; i++) {
        hash = (hash ^ byte[i]) * UINT64_C(1099511628211);
    }
    return (size_t)(hash ^ hash >> 32);
}

static uint16_t
text_place(const struct slots *slots, struct text *seen, size_t *count, struct text text)
{
    size_t slot = hash_bytes(text.at, text.len) & slots->mask;
    while (slots->at[slot] != SEGMENT_NONE) {
        if (text_equal(seen[slots->at[slot]], text)) {
            return slots->at[slot];
        }
        slot = (slot + 1) & slots->mask;
    }
    slots->at[slot] = (uint16_t)*count;
    seen[*count] = text;
    return (uint16_t)(*count)++;
}

static uint16_t
screening_place(const struct slots *slots, struct packing *packing, struct ticket_time start)
{
    size_t slot = hash_bytes(&start.tenths, sizeof start.tenths) & slots->mask;
    while (slots->at[slot] != SEGMENT_NONE) {
        const struct ticket_time *seen = &packing->screenings[slots->at[slot]];
        if (seen->tenths == start.tenths && seen->offset_minutes == start.offset_minutes) {
            return slots->at[slot];
        }
        slot = (slot + 1) & slots->mask;
    }
    slots->at[slot] = (uint16_t)packing->screenings_count;
    packing->screenings[packing->screenings_count] = start;
    return (uint16_t)packing->screenings_count++;
}

static uint16_t
batch_place(const struct slots *slots, struct packing *packing, int64_t batch)
{
    size_t slot = hash_bytes(&batch, sizeof batch) & slots->mask;
    while (slots->at[slot] != SEGMENT_NONE) {
        if (packing->batches[slots->at[slot]] == batch) {
            return slots->at[slot];
        }
        slot = (slot + 1) & slots->mask;
    }
    slots->at[slot] = (uint16_t)packing->batches_count;
    packing->batches[packing->batches_count] = batch;
    return (uint16_t)packing->batches_count++;
}

static void
packing_init(struct arena *arena, struct packing *packing)
{
    const size_t count = packing->count;
    packing->screenings = ARENA_ARRAY(arena, struct ticket_time, count);
    packing->tariffs = ARENA_ARRAY(arena, struct text, count);
    packing->points = ARENA_ARRAY(arena, struct text, count);
    packing->batches = ARENA_ARRAY(arena, int64_t, count);
    packing->screening_of = ARENA_ARRAY(arena, uint16_t, count);
    packing->tariff_of = ARENA_ARRAY(arena, uint16_t, count);
    packing->point_of = ARENA_ARRAY(arena, uint16_t, count);
    packing->batch_of = ARENA_ARRAY(arena, uint16_t, count);
    const struct slots screenings = slots_new(arena, count);
    const struct slots tariffs = slots_new(arena, count);
    const struct slots points = slots_new(arena, count);
    const struct slots batches = slots_new(arena, count);
    packing->number_base = packing->lines[0].line.number;
    packing->at_base = packing->lines[0].line.at.tenths;
    for (size_t i = 0; i < count; i++) {
        const struct ticket_line *line = &packing->lines[i].line;
        packing->number_base = line->number < packing->number_base ? line->number : packing->number_base;
        packing->at_base = line->at.tenths < packing->at_base ? line->at.tenths : packing->at_base;
        packing->screening_of[i] =
            has(line, TICKET_START) ? screening_place(&screenings, packing, line->start) : SEGMENT_NONE;
        packing->tariff_of[i] = has(line, TICKET_TARIFF)
                                    ? text_place(&tariffs, packing->tariffs, &packing->tariffs_count, line->tariff)
                                    : SEGMENT_NONE;
        packing->point_of[i] = text_place(&points, packing->points, &packing->points_count, line->point);
        packing->batch_of[i] = batch_place(&batches, packing, packing->lines[i].batch);
    }
}

static bool
is_rare(const struct ticket_line *line)
{
    return (line->given & (UINT32_C(1) << TICKET_VISA | UINT32_C(1) << TICKET_SEAT | UINT32_C(1) << TICKET_REASON |
                           UINT32_C(1) << TICKET_OFFLINE_AT)) != 0 ||
           (line->cancels && has(line, TICKET_PRICE));
}

static uint8_t
flags_of(const struct ticket_line *line)
{
    unsigned flags = 0;
    flags |= line->cancels ? SEGMENT_CANCELS : 0U;
    flags |= line->printed ? SEGMENT_PRINTED : 0U;
    flags |= has(line, TICKET_PRINTED) ? SEGMENT_PRINTED_GIVEN : 0U;
    flags |= is_rare(line) ? SEGMENT_RARE : 0U;
    return (uint8_t)flags;
}

static inline void
store32(uint8_t *at, uint64_t value)
{
    at[0] = (uint8_t)value;
    at[1] = (uint8_t)(value >> 8);
    at[2] = (uint8_t)(value >> 16);
    at[3] = (uint8_t)(value >> 24);
}

static void
put_column16(struct buf *out, uint8_t *scratch, const uint16_t *column, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        scratch[2 * i] = (uint8_t)column[i];
        scratch[2 * i + 1] = (uint8_t)(column[i] >> 8);
    }
    buf_bytes(out, scratch, 2 * count);
}

/* Column by column through a scratch of 4 bytes a row. */
static void
put_columns(struct arena *arena, struct buf *out, const struct packing *packing)
{
    const size_t count = packing->count;
    const struct segment_line *lines = packing->lines;
    uint8_t *scratch = ARENA_ARRAY(arena, uint8_t, 4 * count);
    for (size_t i = 0; i < count; i++) {
        store32(scratch + 4 * i, (uint64_t)(lines[i].line.number - packing->number_base));
    }
    buf_bytes(out, scratch, 4 * count);
    for (size_t i = 0; i < count; i++) {
        store32(scratch + 4 * i, (uint64_t)lines[i].line.price_centimes);
    }
    buf_bytes(out, scratch, 4 * count);
    for (size_t i = 0; i < count; i++) {
        store32(scratch + 4 * i, (uint64_t)(lines[i].line.at.tenths - packing->at_base));
    }
    buf_bytes(out, scratch, 4 * count);
    for (size_t i = 0; i < count; i++) {
        const uint16_t offset = (uint16_t)lines[i].line.at.offset_minutes;
        scratch[2 * i] = (uint8_t)offset;
        scratch[2 * i + 1] = (uint8_t)(offset >> 8);
    }
    buf_bytes(out, scratch, 2 * count);
    put_column16(out, scratch, packing->screening_of, count);
    put_column16(out, scratch, packing->tariff_of, count);
    put_column16(out, scratch, packing->point_of, count);
    put_column16(out, scratch, packing->batch_of, count);
    for (size_t i = 0; i < count; i++) {
        scratch[i] = flags_of(&lines[i].line);
    }
    buf_bytes(out, scratch, count);
}

/* What few lines have: row, which members, their values. */
static void
put_rare(struct buf *out, const struct packing *packing)
{
    for (size_t i = 0; i < packing->count; i++) {
        const struct ticket_line *line = &packing->lines[i].line;
        if (!is_rare(line)) {
            continue;
        }
        put(out, i, 4);
        put(out, line->given, 4);
        put_text(out, line->visa);
        put_text(out, line->seat);
        put_text(out, line->reason);
        put(out, (uint64_t)line->offline_at.tenths, 8);
        put(out, (uint64_t)(uint16_t)line->offline_at.offset_minutes, 2);
    }
}

const struct err *
segment_pack(struct arena *arena, const struct segment_line *lines, size_t count, struct text *ret)
{
    assert(count >= 1 && count <= SEGMENT_ROWS_MAX);
    struct packing packing = {.lines = lines, .count = count};
    packing_init(arena, &packing);
    for (size_t i = 0; i < count; i++) {
        if (lines[i].line.number - packing.number_base > UINT32_MAX ||
            lines[i].line.at.tenths - packing.at_base > UINT32_MAX) {
            return FAIL(arena, ERR_INPUT, "numbers or times of one segment lie too far apart");
        }
    }
    struct buf out = buf_new(arena, SEGMENT_BYTES_MAX);
    buf_cstr(&out, SEGMENT_MAGIC);
    put(&out, count, 4);
    put(&out, (uint64_t)packing.number_base, 8);
    put(&out, (uint64_t)packing.at_base, 8);
    put(&out, packing.screenings_count, 2);
    put(&out, packing.tariffs_count, 2);
    put(&out, packing.points_count, 2);
    put(&out, packing.batches_count, 2);
    put(&out, 0, 2);
    put_text(&out, lines[0].line.screen);
    put_text(&out, lines[0].line.series);
    for (size_t i = 0; i < packing.screenings_count; i++) {
        put(&out, (uint64_t)packing.screenings[i].tenths, 8);
        put(&out, (uint64_t)(uint16_t)packing.screenings[i].offset_minutes, 2);
    }
    for (size_t i = 0; i < packing.tariffs_count; i++) {
        put_text(&out, packing.tariffs[i]);
    }
    for (size_t i = 0; i < packing.points_count; i++) {
        put_text(&out, packing.points[i]);
    }
    for (size_t i = 0; i < packing.batches_count; i++) {
        put(&out, (uint64_t)packing.batches[i], 8);
    }
    put_columns(arena, &out, &packing);
    put_rare(&out, &packing);
    if (out.overflowed) {
        return FAIL(arena, ERR_TOO_LARGE, "a segment of %zu lines is over %d bytes", count, SEGMENT_BYTES_MAX);
    }
    *ret = buf_built(&out);
    return NULL;
}
