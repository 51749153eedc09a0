/* One line of what a till sends: a sale, or a cancellation that points to a sale (TICKETS.md; 18.23/62/1). Read in
 * place: texts point into the body, or into scratch when they held escapes. Nothing here allocates or reads a clock.
 *
 * Evidence is never refused: a line is faulty only when it cannot be understood. What it may infringe is for flags. */
#ifndef BOXOFFICE_TICKET_LINE_H
#define BOXOFFICE_TICKET_LINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

enum ticket_field {
    TICKET_SCREEN = 0,
    TICKET_START,
    TICKET_SERIES,
    TICKET_NUMBER,
    TICKET_TARIFF,
    TICKET_PRICE,
    TICKET_AT,
    TICKET_POINT,
    TICKET_CANCELS,
    TICKET_VISA,
    TICKET_OFFLINE_AT,
    TICKET_SEAT,
    TICKET_PRINTED,
    TICKET_REASON,
    TICKET_FIELDS
};
extern const char *const ticket_field_names[TICKET_FIELDS];

/* An instant as it was written: UTC in tenths of a second, and the offset it carried. */
struct ticket_time {
    int64_t tenths;         /* since 1970-01-01T00:00Z */
    int16_t offset_minutes; /* -14:00 to +14:00 */
};

struct ticket_line {
    uint32_t given; /* bit of each ticket_field that the line held */
    struct text screen;
    struct text series;
    struct text tariff;
    struct text point;
    struct text visa;
    struct text seat;
    struct text reason;
    struct ticket_time start;
    struct ticket_time at;
    struct ticket_time offline_at;
    int64_t number;
    int32_t price_centimes;
    bool cancels;
    bool printed;
};

enum ticket_fault {
    TICKET_FINE = 0,
    TICKET_BROKEN,           /* not one JSON object, or not a row of the header's length */
    TICKET_NOT_UTF8,         /* or a control that hides or reorders text */
    TICKET_UNKNOWN_MEMBER,   /* a name that is none of the above */
    TICKET_DUPLICATE_MEMBER, /* a name twice */
    TICKET_MISSING_MEMBER,
    TICKET_WRONG_TYPE,
    TICKET_BAD_TIME,   /* malformed, or a day or an hour that does not exist */
    TICKET_BAD_NUMBER, /* not from 1 to TICKET_NUMBER_MAX */
    TICKET_BAD_PRICE,  /* not from 0 to TICKET_PRICE_MAX centimes */
    TICKET_BAD_CODE,   /* a screen, series, tariff or visa of other characters, or too long */
    TICKET_TEXT_TOO_LONG,
    TICKET_OUT_OF_SCOPE, /* a screen outside the token's cinemas: set by ingestion, not by reading */
    TICKET_CONFLICT,     /* the number exists with other content: likewise */
    TICKET_NO_SALE,      /* a cancellation of a number never sold: likewise */
    TICKET_FAULTS
};
const char *ticket_fault_code(enum ticket_fault fault); /* "unknown_member": the code of the contract */

enum { TICKET_NUMBER_MAX_DIGITS = 12 };
#define TICKET_NUMBER_MAX INT64_C(999999999999)

/* A value as it was written, whatever the format. */
enum ticket_token_kind { TOKEN_STRING = 1, TOKEN_NUMBER, TOKEN_TRUE, TOKEN_FALSE, TOKEN_NULL };
struct ticket_token {
    enum ticket_token_kind kind;
    struct text text; /* of a string, or the digits of a number */
};
/* Sets one member. CSV gives every value as TOKEN_STRING with loose true: numbers and booleans are then read from it.
 */
enum ticket_fault ticket_line_set(struct ticket_line *line, enum ticket_field field, struct ticket_token token,
                                  bool loose);
/* The field of that name, or TICKET_FIELDS. */
enum ticket_field ticket_field_of(struct text name);
/* Whether what must be there is: the first absent field in *ret_field. */
enum ticket_fault ticket_line_complete(const struct ticket_line *line, enum ticket_field *ret_field);

/* One NDJSON line. scratch holds at least line.len bytes, for strings with escapes. *ret_field: the member at fault, or
 * TICKET_FIELDS. */
enum ticket_fault ticket_read_json(struct text line, char *scratch, struct ticket_line *ret,
                                   enum ticket_field *ret_field);

/* CSV (RFC 4180, comma or semicolon as the header has it): the header names the columns, in any order. */
struct ticket_csv {
    char separator;
    uint8_t columns;
    uint8_t field[TICKET_FIELDS]; /* of each column */
};
/* False: not a header (a name unknown or twice, or none). */
bool ticket_csv_header(struct text line, struct ticket_csv *ret);
enum ticket_fault ticket_read_csv(const struct ticket_csv *csv, struct text line, char *scratch,
                                  struct ticket_line *ret, enum ticket_field *ret_field);

/* "2026-11-21T20:30+00:00", seconds and one to three decimals optional (below a tenth dropped), "Z" for +00:00. */
bool ticket_time_read(struct text text, struct ticket_time *ret);
/* The same with the offset it carried: seconds when not 0, tenths when not 0. At most 27 bytes; not NUL-ended. */
size_t ticket_time_write(struct ticket_time time, char out[32]);

#endif
