/* The labels of a letter in each language; Tamazight has its column and no words yet (R13). */
#ifndef OFFICE_LETTER_WORDS_H
#define OFFICE_LETTER_WORDS_H

#include "base/lang.h"
#include "base/text.h"
#include "office/letter_pdf.h"

enum letter_word {
    LETTER_WORD_REFERENCE = 1,
    LETTER_WORD_DATE,
    LETTER_WORD_SUBJECT,
    LETTER_WORD_REASONS,
    LETTER_WORD_NORM,
    LETTER_WORD_SENTENCE,
    LETTER_WORD_KIND,
    LETTER_WORD_LEGAL,
    LETTER_WORD_FACTUAL,
    LETTER_WORD_RULINGS,
    LETTER_WORD_REMEDIES,
    LETTER_WORD_SIGNATURE,
    LETTER_WORD_ACT,
    LETTER_WORD_PAGE,
    LETTER_WORD_VERIFY,
    LETTER_WORDS
};

/* Never empty for Arabic, French and English. */
struct text letter_word(enum letter_word word, enum lang lang);

#endif
