/* Legal time of Morocco as a dated table of offsets, because system tables miss the change of 2026-09-20
 * (decree 2.26.530; DEPENDENCIES.md). The table is complete from 2012-04-29T02:00Z on; before that instant UTC+0 is
 * answered, which is wrong by one hour in some summers (2008-2011 and earlier) and in 1984-1985. Each row has its
 * source in legal_time.c. Instants are milliseconds since 1970-01-01T00:00Z within years 1 to 9999; others are a bug.
 */
#ifndef BASE_LEGAL_TIME_H
#define BASE_LEGAL_TIME_H

#include <stdint.h>

#include "base/date.h"

/* Offset from UTC in minutes at that instant. */
int legal_offset_minutes(int64_t at_ms);
/* The civil day in Morocco at that instant. */
struct date legal_day(int64_t at_ms);
/* "2026-11-21T20:30:00+00:00" with the legal offset; what is below a second is left out. */
struct text legal_time_text(struct arena *arena, int64_t at_ms);
/* RFC 3339 with an offset ("Z", "+01:00"), seconds and fractions optional; digits below a millisecond are dropped.
 * False when malformed, when the day or the hour does not exist (also for the 60th second), and outside years 1 to
 * 9999. */
bool legal_time_from_text(struct text text, int64_t *ret_ms);

#endif
