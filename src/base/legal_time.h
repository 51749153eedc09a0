/* Legal time of Morocco as a dated table of offsets, because system tables miss the change of 2026-09-20
 * (decree 2.26.530; DEPENDENCIES.md). Source of each row: shared/law/parameters.md, Calendar. */
#ifndef BASE_LEGAL_TIME_H
#define BASE_LEGAL_TIME_H

#include <stdint.h>

#include "base/date.h"

/* Offset from UTC in minutes at that instant. */
int legal_offset_minutes(int64_t at_ms);
/* The civil day in Morocco at that instant. */
struct date legal_day(int64_t at_ms);
/* "2026-11-21T20:30:00+00:00" with the legal offset. */
struct text legal_time_text(struct arena *arena, int64_t at_ms);
/* RFC 3339 with an offset, seconds and fractions optional; false when malformed. */
bool legal_time_from_text(struct text text, int64_t *ret_ms);

#endif
