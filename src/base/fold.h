/* Arabic-aware folding for search: what a person types finds what another wrote. Alef forms, ya and alef maqsura, ta
 * marbuta and ha, hamza seats, tashkeel, tatweel, Arabic and Persian digits, Latin case and accents; also the forms of
 * letters in old files (presentation forms), the letters that write foreign sounds (گ ڭ ݣ as ك, ڤ as ف, پ as ب, چ as ج)
 * and invisible characters. Not for display. */
#ifndef BASE_FOLD_H
#define BASE_FOLD_H

#include "base/arena.h"
#include "base/text.h"

/* The folded text, same words and spaces; single pass. Input must be UTF-8. */
struct text fold(struct arena *arena, struct text text);
/* The folded words, each followed by its light stems (fold_forms()), in the order of the text; separators are
 * everything but letters and digits. Words past SEARCH_WORDS_MAX are left out. */
struct text_list {
    struct text *items;
    size_t count;
};
struct text_list fold_words(struct arena *arena, struct text text);

/* The forms under which a folded word is found: itself, then without a leading و or ف, then without ب ك or ل, then
 * without the article ال (or what لل leaves of it), as far as enough letters remain. They are parts of word. Index all;
 * a search holds when one form of each of its words is there. */
enum { FOLD_FORMS_MAX = 4 };
size_t fold_forms(struct text word, struct text ret[FOLD_FORMS_MAX]);

#endif
