#include "office/letter_words.h"

#include <assert.h>

#define WORDS(arabic, french, english)                                                                                 \
    {                                                                                                                  \
        [LANG_AR] = TEXT_INIT(arabic), [LANG_FR] = TEXT_INIT(french), [LANG_EN] = TEXT_INIT(english)                   \
    }

static const struct text words[LETTER_WORDS][LANGS] = {
    [LETTER_WORD_REFERENCE] = WORDS("المرجع", "Référence", "Reference"),
    [LETTER_WORD_DATE] = WORDS("التاريخ", "Date", "Date"),
    [LETTER_WORD_SUBJECT] = WORDS("الموضوع", "Objet", "Subject"),
    [LETTER_WORD_REASONS] = WORDS("الأسباب", "Motifs", "Reasons"),
    [LETTER_WORD_NORM] = WORDS("القاعدة", "Règle", "Rule"),
    [LETTER_WORD_SENTENCE] = WORDS("السبب", "Motif", "Reason"),
    [LETTER_WORD_KIND] = WORDS("طبيعته", "Nature", "Nature"),
    [LETTER_WORD_LEGAL] = WORDS("قانوني", "De droit", "Legal"),
    [LETTER_WORD_FACTUAL] = WORDS("واقعي", "De fait", "Factual"),
    [LETTER_WORD_RULINGS] = WORDS("القرار", "Décision", "Decision"),
    [LETTER_WORD_REMEDIES] = WORDS("طرق الطعن", "Voies de recours", "Remedies"),
    [LETTER_WORD_SIGNATURE] = WORDS("التوقيع", "Signature", "Signature"),
    [LETTER_WORD_ACT] = WORDS("رقم القيد", "Acte n°", "Act no."),
    [LETTER_WORD_PAGE] = WORDS("الصفحة", "Page", "Page"),
    [LETTER_WORD_VERIFY] = WORDS("للتحقق من هذه الوثيقة", "Pour vérifier cette lettre", "To verify this letter"),
};

struct text
letter_word(enum letter_word word, enum lang lang)
{
    assert(word > 0 && word < LETTER_WORDS && lang > 0 && lang < LANGS);
    return words[word][lang];
}
