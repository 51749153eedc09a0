/* Ticket evidence as it is stored: an immutable packed segment of the lines of one screen and series, columns one
 * behind the other, so that a scan reads only what it needs (docs/formats.md, "Ticket segments"). Packing loses nothing
 * of a line: every member comes back as it was written, times with their offsets, and which batch brought it.
 *
 * Format MKT1, little-endian: head, dictionaries, columns, rare values. It outlives the program: a change of layout is
 * MKT2, and MKT1 stays readable. Pure. Results live in the arena. */
#ifndef BOXOFFICE_SEGMENT_H
#define BOXOFFICE_SEGMENT_H

#include "base/arena.h"
#include "base/err.h"
#include "boxoffice/ticket_line.h"

/* What a line is once it is stored. */
struct segment_line {
    struct ticket_line line;
    int64_t batch; /* that brought it */
};

/* Lines of one screen and series, in the order to keep. count from 1 to SEGMENT_ROWS_MAX. */
const struct err *segment_pack(struct arena *arena, const struct segment_line *lines, size_t count, struct text *ret);

enum segment_flag {
    SEGMENT_CANCELS = 1 << 0,
    SEGMENT_PRINTED = 1 << 1,
    SEGMENT_PRINTED_GIVEN = 1 << 2,
    SEGMENT_RARE = 1 << 3, /* has values in the rare part: visa, seat, reason, offline_at */
};

/* An open segment: columns point into its bytes, which may lie at any address. Check nothing again: segment_open() has.
 */
struct segment {
    struct text screen;
    struct text series;
    uint32_t rows;
    bool is_rising; /* numbers never fall, as ingestion packs them */
    int64_t number_base;
    int64_t at_base;
    uint16_t screenings; /* of the dictionary */
    uint16_t tariffs;
    uint16_t points;
    uint16_t batches;
    const uint8_t *screening; /* 10 bytes each: start in tenths, offset */
    const struct text *tariff;
    const struct text *point;
    const uint8_t *batch;            /* 8 bytes each */
    const uint8_t *number_column;    /* u32: above number_base */
    const uint8_t *price_column;     /* u32 */
    const uint8_t *at_column;        /* u32: tenths above at_base */
    const uint8_t *at_offset_column; /* i16 */
    const uint8_t *screening_column; /* u16; 0xffff: a cancellation names none */
    const uint8_t *tariff_column;    /* u16; 0xffff: none */
    const uint8_t *point_column;     /* u16 */
    const uint8_t *batch_column;     /* u16 */
    const uint8_t *flag_column;      /* u8 */
    struct text rare;
    const uint32_t *rare_at; /* by row: where its rare values begin; NULL: there are none */
};
/* ERR_DB_CORRUPT when it is not what segment_pack() makes. */
const struct err *segment_open(struct arena *arena, struct text bytes, struct segment *ret);
/* One line back, row < rows; texts point into the segment's bytes. */
void segment_line_get(const struct segment *segment, uint32_t row, struct segment_line *ret);
/* The rows with that number, the sale first; the number of them, at most 2. */
size_t segment_find(const struct segment *segment, int64_t number, uint32_t ret[2]);

/* Sums of a segment: what counters must equal. */
struct segment_sums {
    int64_t sold;
    int64_t cancelled;
    int64_t gross_centimes;
};
void segment_sum(const struct segment *segment, struct segment_sums *ret);

#endif
