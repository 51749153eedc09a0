/* Words and light stems of folded text. */
#include "base/fold.h"

#include <assert.h>

#include <unicode/uchar.h>

#include "base/limits.h"

/* Letters that must remain: after a clitic three, so that few words lose their own first letter; after the article two,
 * because فن is a word and الفن should find it. */
enum { LETTERS_AFTER_CLITIC = 3, LETTERS_AFTER_ARTICLE = 2 };

static bool next_word(struct text text, size_t *at, struct text *ret);
static bool is_word_character(uint32_t code_point);
static bool strip(struct text *word, const char *prefix, size_t letters_left);

struct text_list
fold_words(struct arena *arena, struct text text)
{
    const struct text folded = fold(arena, text);
    struct text word;
    struct text forms[FOLD_FORMS_MAX];
    size_t words = 0;
    size_t count = 0;
    for (size_t at = 0; words < SEARCH_WORDS_MAX && next_word(folded, &at, &word); words++) {
        count += fold_forms(word, forms);
    }
    struct text_list list = {.items = ARENA_ARRAY(arena, struct text, count)};
    size_t at = 0;
    for (size_t i = 0; i < words && next_word(folded, &at, &word); i++) {
        const size_t found = fold_forms(word, forms);
        for (size_t form = 0; form < found; form++) {
            list.items[list.count++] = forms[form];
        }
    }
    assert(list.count == count);
    return list;
}

size_t
fold_forms(struct text word, struct text ret[FOLD_FORMS_MAX])
{
    size_t count = 0;
    ret[count++] = word;
    if (strip(&word, "و", LETTERS_AFTER_CLITIC) || strip(&word, "ف", LETTERS_AFTER_CLITIC)) {
        ret[count++] = word;
    }
    const bool is_to = strip(&word, "ل", LETTERS_AFTER_CLITIC);
    if (is_to || strip(&word, "ب", LETTERS_AFTER_CLITIC) || strip(&word, "ك", LETTERS_AFTER_CLITIC)) {
        ret[count++] = word;
    }
    /* After ل the article loses its alef: للسينما is ل and السينما. */
    if (strip(&word, "ال", LETTERS_AFTER_ARTICLE) || (is_to && strip(&word, "ل", LETTERS_AFTER_ARTICLE))) {
        ret[count++] = word;
    }
    return count;
}

static bool
next_word(struct text text, size_t *at, struct text *ret)
{
    size_t begin = *at;
    size_t next = begin;
    while (next < text.len && !is_word_character(text_next(text, &next))) {
        begin = next;
    }
    size_t end = begin;
    next = begin;
    while (next < text.len && is_word_character(text_next(text, &next))) {
        end = next;
    }
    *at = next;
    *ret = text_slice(text, begin, end);
    return end > begin;
}

static bool
is_word_character(uint32_t code_point)
{
    if (code_point < 0x80) {
        return (code_point >= 'a' && code_point <= 'z') || (code_point >= '0' && code_point <= '9');
    }
    if (code_point >= 0x0621 && code_point <= 0x064A) {
        return true; /* the Arabic letters, without asking */
    }
    const int8_t type = u_charType((UChar32)code_point);
    return u_isalnum((UChar32)code_point) || type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK;
}

static bool
strip(struct text *word, const char *prefix, size_t letters_left)
{
    const struct text start = text_of(prefix);
    if (!text_starts(*word, start)) {
        return false;
    }
    const struct text rest = text_after(*word, start.len);
    if (text_length(rest) < letters_left) {
        return false;
    }
    *word = rest;
    return true;
}
