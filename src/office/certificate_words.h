/* The labels and fixed sentences of a certificate in each language. Tamazight has its column and no words yet (R13):
 * what the caller gives in Tamazight is printed, labels stay in the two others. */
#ifndef OFFICE_CERTIFICATE_WORDS_H
#define OFFICE_CERTIFICATE_WORDS_H

#include "base/lang.h"
#include "base/text.h"
#include "office/certificate_pdf.h"

enum certificate_word {
    WORD_NUMBER = 1,
    WORD_HOLDER,
    WORD_LEGAL_FORM,
    WORD_ICE,
    WORD_RC,
    WORD_MANAGER,
    WORD_SEAT,
    WORD_CAPITAL,
    WORD_GRANTED_ON,
    WORD_VALIDITY,
    WORD_STATUS,
    WORD_NORMS,
    WORD_VERIFY,
    WORD_ATTACHED,
    WORD_ACT,
    WORD_DAY,
    WORD_LEAF,
    WORD_SHORT_HASH,
    WORD_ORIGIN,
    WORD_AUTHENTIC,
    WORD_LOG_SIGNATURE,
    CERTIFICATE_WORDS
};

/* Never empty for Arabic, French and English. */
struct text certificate_word(enum certificate_word word, enum lang lang);
/* The word across the page and the sentence that explains it; empty for MARK_NONE. */
struct text certificate_mark_word(enum certificate_mark mark, enum lang lang);
struct text certificate_mark_sentence(enum certificate_mark mark, enum lang lang);
struct text signature_level_words(enum signature_level level, enum lang lang);

#endif
