#include "boxoffice/segment.h"

#include <assert.h>
#include <string.h>

#include "base/limits.h"
#include "boxoffice/segment_format.h"

/* ---- Numbers at any address ---- */

static inline uint16_t
get16(const uint8_t *at)
{
    return (uint16_t)(at[0] | at[1] << 8);
}

static inline uint32_t
get32(const uint8_t *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static inline int64_t
get64(const uint8_t *at)
{
    return (int64_t)((uint64_t)get32(at) | (uint64_t)get32(at + 4) << 32);
}

/* ---- Opening ---- */

struct cursor {
    const uint8_t *at;
    size_t left;
    bool torn;
};

static const uint8_t *
take(struct cursor *cursor, size_t bytes)
{
    static const uint8_t nothing[8] = {0};
    if (bytes > cursor->left) {
        cursor->torn = true;
        cursor->left = 0;
        return nothing;
    }
    const uint8_t *at = cursor->at;
    cursor->at += bytes;
    cursor->left -= bytes;
    return at;
}

static struct text
take_text(struct cursor *cursor)
{
    const size_t len = get16(take(cursor, 2));
    const uint8_t *at = take(cursor, len);
    return cursor->torn ? (struct text){"", 0} : (struct text){(const char *)at, len};
}

static const struct text *
take_texts(struct arena *arena, struct cursor *cursor, size_t count)
{
    if (count > cursor->left / 2) {
        cursor->torn = true;
        return NULL;
    }
    struct text *texts = ARENA_ARRAY(arena, struct text, count);
    for (size_t i = 0; i < count; i++) {
        texts[i] = take_text(cursor);
    }
    return texts;
}

/* Every place of a column lies in its dictionary. */
static bool
places_hold(const uint8_t *column, uint32_t rows, uint16_t count, bool may_be_none)
{
    for (uint32_t i = 0; i < rows; i++) {
        const uint16_t place = get16(column + 2 * (size_t)i);
        if (place >= count && !(may_be_none && place == SEGMENT_NONE)) {
            return false;
        }
    }
    return true;
}

/* The rare part is whole, and its rows are those that say so. */
static bool
rare_holds(struct arena *arena, struct segment *segment)
{
    uint32_t *rare_at = segment->rare.len == 0 ? NULL : ARENA_ARRAY(arena, uint32_t, segment->rows);
    segment->rare_at = rare_at;
    struct cursor cursor = {(const uint8_t *)segment->rare.at, segment->rare.len, false};
    for (uint32_t i = 0; i < segment->rows; i++) {
        if ((segment->flag_column[i] & SEGMENT_RARE) == 0) {
            continue;
        }
        if (rare_at == NULL) {
            return false;
        }
        rare_at[i] = (uint32_t)(segment->rare.len - cursor.left);
        if (get32(take(&cursor, 4)) != i) {
            return false;
        }
        take(&cursor, 4);
        for (int text = 0; text < 3; text++) {
            (void)take_text(&cursor);
        }
        take(&cursor, 10);
    }
    return !cursor.torn && cursor.left == 0;
}

static void
take_columns(struct cursor *cursor, struct segment *ret)
{
    const size_t rows = ret->rows;
    ret->number_column = take(cursor, 4 * rows);
    ret->price_column = take(cursor, 4 * rows);
    ret->at_column = take(cursor, 4 * rows);
    ret->at_offset_column = take(cursor, 2 * rows);
    ret->screening_column = take(cursor, 2 * rows);
    ret->tariff_column = take(cursor, 2 * rows);
    ret->point_column = take(cursor, 2 * rows);
    ret->batch_column = take(cursor, 2 * rows);
    ret->flag_column = take(cursor, rows);
    ret->rare = (struct text){(const char *)cursor->at, cursor->left};
}

const struct err *
segment_open(struct arena *arena, struct text bytes, struct segment *ret)
{
    struct cursor cursor = {(const uint8_t *)bytes.at, bytes.len, false};
    memset(ret, 0, sizeof *ret);
    if (bytes.len < SEGMENT_HEAD_BYTES || memcmp(take(&cursor, 4), SEGMENT_MAGIC, 4) != 0) {
        return FAIL(arena, ERR_DB_CORRUPT, "not a ticket segment");
    }
    ret->rows = get32(take(&cursor, 4));
    ret->number_base = get64(take(&cursor, 8));
    ret->at_base = get64(take(&cursor, 8));
    ret->screenings = get16(take(&cursor, 2));
    ret->tariffs = get16(take(&cursor, 2));
    ret->points = get16(take(&cursor, 2));
    ret->batches = get16(take(&cursor, 2));
    take(&cursor, 2);
    ret->screen = take_text(&cursor);
    ret->series = take_text(&cursor);
    ret->screening = take(&cursor, SEGMENT_SCREENING_BYTES * (size_t)ret->screenings);
    ret->tariff = take_texts(arena, &cursor, ret->tariffs);
    ret->point = take_texts(arena, &cursor, ret->points);
    ret->batch = take(&cursor, SEGMENT_BATCH_BYTES * (size_t)ret->batches);
    if (ret->rows == 0 || ret->rows > SEGMENT_ROWS_MAX) {
        return FAIL(arena, ERR_DB_CORRUPT, "a ticket segment of %u rows", (unsigned)ret->rows);
    }
    take_columns(&cursor, ret);
    if (cursor.torn || !places_hold(ret->screening_column, ret->rows, ret->screenings, true) ||
        !places_hold(ret->tariff_column, ret->rows, ret->tariffs, true) ||
        !places_hold(ret->point_column, ret->rows, ret->points, false) ||
        !places_hold(ret->batch_column, ret->rows, ret->batches, false) || !rare_holds(arena, ret)) {
        return FAIL(arena, ERR_DB_CORRUPT, "a ticket segment is torn");
    }
    ret->is_rising = true;
    for (size_t row = 1; row < ret->rows && ret->is_rising; row++) {
        ret->is_rising = get32(ret->number_column + 4 * (row - 1)) <= get32(ret->number_column + 4 * row);
    }
    return NULL;
}

/* ---- Reading ---- */

static void
get_rare(const struct segment *segment, uint32_t row, struct ticket_line *line)
{
    const uint32_t at = segment->rare_at[row];
    struct cursor cursor = {(const uint8_t *)segment->rare.at + at, segment->rare.len - at, false};
    const uint32_t at_row = get32(take(&cursor, 4));
    line->given = get32(take(&cursor, 4));
    line->visa = take_text(&cursor);
    line->seat = take_text(&cursor);
    line->reason = take_text(&cursor);
    line->offline_at.tenths = get64(take(&cursor, 8));
    line->offline_at.offset_minutes = (int16_t)get16(take(&cursor, 2));
    assert(!cursor.torn && at_row == row);
}

void
segment_line_get(const struct segment *segment, uint32_t row, struct segment_line *ret)
{
    assert(row < segment->rows);
    struct ticket_line *line = &ret->line;
    memset(ret, 0, sizeof *ret);
    const uint8_t flags = segment->flag_column[row];
    const uint16_t screening = get16(segment->screening_column + 2 * (size_t)row);
    const uint16_t tariff = get16(segment->tariff_column + 2 * (size_t)row);
    line->given = UINT32_C(1) << TICKET_SCREEN | UINT32_C(1) << TICKET_SERIES | UINT32_C(1) << TICKET_NUMBER |
                  UINT32_C(1) << TICKET_AT | UINT32_C(1) << TICKET_POINT;
    line->screen = segment->screen;
    line->series = segment->series;
    line->number = segment->number_base + get32(segment->number_column + 4 * (size_t)row);
    line->price_centimes = (int32_t)get32(segment->price_column + 4 * (size_t)row);
    line->at = (struct ticket_time){segment->at_base + get32(segment->at_column + 4 * (size_t)row),
                                    (int16_t)get16(segment->at_offset_column + 2 * (size_t)row)};
    line->point = segment->point[get16(segment->point_column + 2 * (size_t)row)];
    ret->batch = get64(segment->batch + SEGMENT_BATCH_BYTES * (size_t)get16(segment->batch_column + 2 * (size_t)row));
    if (screening != SEGMENT_NONE) {
        const uint8_t *at = segment->screening + SEGMENT_SCREENING_BYTES * (size_t)screening;
        line->given |= UINT32_C(1) << TICKET_START;
        line->start = (struct ticket_time){get64(at), (int16_t)get16(at + 8)};
    }
    if (tariff != SEGMENT_NONE) {
        line->given |= UINT32_C(1) << TICKET_TARIFF;
        line->tariff = segment->tariff[tariff];
    }
    line->cancels = (flags & SEGMENT_CANCELS) != 0;
    line->printed = (flags & SEGMENT_PRINTED) != 0;
    line->given |= line->cancels ? UINT32_C(1) << TICKET_CANCELS : UINT32_C(1) << TICKET_PRICE;
    line->given |= (flags & SEGMENT_PRINTED_GIVEN) != 0 ? UINT32_C(1) << TICKET_PRINTED : 0U;
    if ((flags & SEGMENT_RARE) != 0) {
        get_rare(segment, row, line);
    }
}

size_t
segment_find(const struct segment *segment, int64_t number, uint32_t ret[2])
{
    if (number < segment->number_base || number - segment->number_base > UINT32_MAX) {
        return 0;
    }
    const uint32_t wanted = (uint32_t)(number - segment->number_base);
    size_t found = 0;
    uint32_t low = 0;
    uint32_t high = segment->is_rising ? segment->rows : 0;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (get32(segment->number_column + 4 * (size_t)middle) < wanted) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    const uint32_t rows = !segment->is_rising || segment->rows - low < 2 ? segment->rows : low + 2;
    for (uint32_t row = low; row < rows && found < 2; row++) {
        if (get32(segment->number_column + 4 * (size_t)row) == wanted) {
            ret[found++] = row;
        }
    }
    if (found == 2 && (segment->flag_column[ret[0]] & SEGMENT_CANCELS) != 0) {
        const uint32_t first = ret[0];
        ret[0] = ret[1];
        ret[1] = first;
    }
    return found;
}

void
segment_sum(const struct segment *segment, struct segment_sums *ret)
{
    int64_t cancelled = 0;
    int64_t gross = 0;
    for (uint32_t row = 0; row < segment->rows; row++) {
        const int64_t cancels = segment->flag_column[row] & SEGMENT_CANCELS;
        cancelled += cancels;
        gross += get32(segment->price_column + 4 * (size_t)row) & (uint32_t)(cancels - 1);
    }
    *ret = (struct segment_sums){(int64_t)segment->rows - cancelled, cancelled, gross};
}
