/* Arabic-aware folding for search: what a person types finds what another wrote. Alef forms, ya and alef maqsura, ta
 * marbuta and ha, hamza seats, tashkeel, tatweel, Arabic and Persian digits, Latin case and accents. Not for display.
 */
#ifndef BASE_FOLD_H
#define BASE_FOLD_H

#include "base/arena.h"
#include "base/text.h"

/* The folded text, same words and spaces; single pass. Input must be UTF-8. */
struct text fold(struct arena *arena, struct text text);
/* The folded words, each also light-stemmed (clitics و ف ب ك ل and the article ال); separators are everything but
 * letters and digits. */
struct text_list {
    struct text *items;
    size_t count;
};
struct text_list fold_words(struct arena *arena, struct text text);

#endif
