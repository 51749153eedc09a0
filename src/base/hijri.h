/* Hijri dates as announced: a dated table of month starts with its source. Where no announcement is loaded, Umm al-Qura
 * of ICU stands in, marked provisional. Where a text prints a pair of dates, the pair is the record (table of pairs).
 *
 * A day is exact (not provisional) when its month's start is known and it is one of the 29 days that every month has,
 * or when it is the 30th and the next month's start is known too. Between announcements the provisional months keep 29
 * or 30 days, so that every day has one answer; only the recorded pairs of texts signed abroad stand apart from it.
 * Years 1300 to 1600, the range of Umm al-Qura; outside it nothing is answered. */
#ifndef BASE_HIJRI_H
#define BASE_HIJRI_H

#include <stdbool.h>

#include "base/date.h"

struct hijri {
    int year;
    int month; /* 1 Muharram ... 12 Dhu al-Hijja */
    int day;
    bool provisional;
};

/* False outside years 1300 to 1600. */
bool hijri_from_date(struct date date, struct hijri *ret);
/* False when the day does not exist, as far as is known. Reads year, month and day; hijri_from_date() of the result
 * says whether it is provisional. */
bool hijri_to_date(struct hijri hijri, struct date *ret);

#endif
