/* What packing and opening a ticket segment share (segment.h; format MKT1). */
#ifndef BOXOFFICE_SEGMENT_FORMAT_H
#define BOXOFFICE_SEGMENT_FORMAT_H

enum {
    SEGMENT_HEAD_BYTES = 4 + 4 + 8 + 8 + 5 * 2,
    SEGMENT_SCREENING_BYTES = 10,
    SEGMENT_BATCH_BYTES = 8,
    SEGMENT_NONE = 0xffff /* no place in a dictionary */
};
#define SEGMENT_MAGIC "MKT1"

#endif
