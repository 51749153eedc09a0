/* The table that tools/wordsgen.py writes from src/web/words. Only words.c reads it. */
#ifndef WEB_WORDS_TABLE_H
#define WEB_WORDS_TABLE_H

#include <stddef.h>
#include <stdint.h>

/* Offsets in words_bytes; 0: none. Forms of a plural stand one behind the other, each with its NUL. */
struct words_row {
    uint32_t key;
    uint32_t plural;
    uint32_t forms[4]; /* ar, fr, en, zgh */
};
extern const uint32_t words_slots_mask;
extern const uint16_t words_slots[]; /* by FNV-1a of the key, linear; index + 1 */
extern const struct words_row words_rows[];
extern const size_t words_count;
extern const char words_bytes[];

#endif
