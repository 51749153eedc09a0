/* Text: a run of UTF-8 bytes that somebody else owns. Never NUL-terminated by contract; text_cstr() makes a copy that
 * is. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct text {
    const char *at;
    size_t len;
};

/* A text of a string literal, as an expression and as an initialiser. */
#define TEXT(literal) ((struct text){.at = "" literal, .len = sizeof(literal) - 1})
#define TEXT_INIT(literal)                                                                                             \
    {                                                                                                                  \
        .at = "" literal, .len = sizeof(literal) - 1                                                                   \
    }
/* For printf: "%.*s", TEXT_ARG(t) */
#define TEXT_ARG(t) (int)(t).len, (t).at

struct text text_of(const char *cstr); /* NULL gives the empty text */
struct text text_copy(struct arena *arena, struct text text);
const char *text_cstr(struct arena *arena, struct text text);
struct text text_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

bool text_equal(struct text a, struct text b);
bool text_is(struct text a, const char *cstr);
int text_compare(struct text a, struct text b); /* by bytes: order of code points in UTF-8 */
bool text_starts(struct text text, struct text prefix);
bool text_ends(struct text text, struct text suffix);
struct text text_trim(struct text text); /* ASCII white space at both ends */
struct text text_after(struct text text, size_t skip);
struct text text_slice(struct text text, size_t from, size_t to);
/* Position of the first byte, or text.len when it is absent. */
size_t text_find_byte(struct text text, char byte);
/* Takes the part of *rest before separator and moves *rest behind it; false when *rest is exhausted (at NULL). */
bool text_split(struct text *rest, char separator, struct text *ret_part);

/* A decimal integer with an optional sign, the whole text, no spaces; false when it is not one or does not fit. */
bool text_to_int64(struct text text, int64_t *ret_value);

/* Well-formed UTF-8 (RFC 3629: no surrogates, nothing overlong, nothing above U+10FFFF). */
bool text_is_utf8(struct text text);
/* Bytes of the longest well-formed start: where the fault is when it is shorter than the text. */
size_t text_utf8_prefix(struct text text);
/* Holds a control that may hide or reorder what a person reads: C0/C1 (but not \t \n \r), U+061C, U+200E-200F,
 * U+202A-202E, U+2066-2069, U+FEFF, tags (Unicode Technical Standard 39). Names and reasons refuse them. U+200C and
 * U+200D pass: writing needs them. */
bool text_has_hidden(struct text text);
/* Decodes one code point at *at (which must be < len of well-formed UTF-8) and moves *at behind it. */
uint32_t text_next(struct text text, size_t *at);
/* Number of code points. */
size_t text_length(struct text text);

#endif
