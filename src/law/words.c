/* Words: how facts, codes, instruments and documents are called in each language. */
#include <stdlib.h>

#include "law/program.h"

static int
word_order(const void *a, const void *b)
{
    const struct word_link *one = *(struct word_link *const *)a, *two = *(struct word_link *const *)b;
    int order = text_compare(one->name, two->name);
    return order != 0 ? order : (int)one->place.file - (int)two->place.file;
}

void
words_keep(struct reader *reader)
{
    struct law *law = reader->law;
    law->words = ARENA_ARRAY(law->arena, struct word_link *, reader->words_count);
    for (struct word_link *link = reader->words; link != NULL; link = link->next) {
        law->words[law->words_count++] = link;
    }
    qsort(law->words, law->words_count, sizeof law->words[0], word_order);
    for (size_t i = 1; i < law->words_count; i++) {
        const struct word_link *one = law->words[i - 1], *two = law->words[i];
        bool same = text_equal(one->says[LANG_AR], two->says[LANG_AR]) &&
                    text_equal(one->says[LANG_FR], two->says[LANG_FR]) &&
                    text_equal(one->says[LANG_EN], two->says[LANG_EN]);
        if (text_equal(one->name, two->name) && !same) {
            fault_add(reader, two->place, "One concept, one word: keep one of them.",
                      "the word `%.*s` is given twice, differently.", TEXT_ARG(two->name));
        }
    }
}

static const struct word_link *
word_find(const struct law *law, struct text name)
{
    size_t low = 0, high = law->words_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = text_compare(law->words[middle]->name, name);
        if (order == 0) {
            return law->words[middle];
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

bool
law_has_word(const struct law *law, struct text name)
{
    return word_find(law, name) != NULL;
}

struct text
law_word(const struct law *law, struct text name, enum lang lang)
{
    const struct word_link *link = word_find(law, name);
    return link != NULL && link->says[lang].len > 0 ? link->says[lang] : name;
}
