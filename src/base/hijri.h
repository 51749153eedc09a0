/* Hijri dates as announced: a dated table of month starts with its source. Where no announcement is loaded, Umm al-Qura
 * of ICU stands in, marked provisional. Where a text prints a pair of dates, the pair is the record (table of pairs).
 */
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

bool hijri_from_date(struct date date, struct hijri *ret);
bool hijri_to_date(struct hijri hijri, struct date *ret);

#endif
