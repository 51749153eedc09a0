#include "office/certificate_words.h"

#include <assert.h>

#define WORDS(arabic, french, english)                                                                                 \
    {                                                                                                                  \
        [LANG_AR] = TEXT_INIT(arabic), [LANG_FR] = TEXT_INIT(french), [LANG_EN] = TEXT_INIT(english)                   \
    }
#define NNBSP "\xE2\x80\xAF" /* U+202F, before : and » in French */

/* Terms as in the glossary of the law. */
static const struct text words[CERTIFICATE_WORDS][LANGS] = {
    [WORD_NUMBER] = WORDS("رقم السند", "Numéro", "Number"),
    [WORD_HOLDER] = WORDS("صاحب السند", "Titulaire", "Holder"),
    [WORD_LEGAL_FORM] = WORDS("الشكل القانوني", "Forme juridique", "Legal form"),
    [WORD_ICE] = WORDS("التعريف الموحد للمقاولة", "ICE", "ICE"),
    [WORD_RC] = WORDS("السجل التجاري", "Registre du commerce", "Commercial register"),
    [WORD_MANAGER] = WORDS("المدير أو المسير", "Dirigeant", "Manager"),
    [WORD_SEAT] = WORDS("المقر الاجتماعي", "Siège social", "Registered office"),
    [WORD_CAPITAL] = WORDS("رأس المال", "Capital social", "Share capital"),
    [WORD_GRANTED_ON] = WORDS("تاريخ المنح", "Accordé le", "Granted on"),
    [WORD_VALIDITY] = WORDS("مدة الصلاحية", "Durée de validité", "Validity"),
    [WORD_STATUS] = WORDS("الحالة", "État", "Status"),
    [WORD_NORMS] = WORDS("القواعد المطبقة", "Règles appliquées", "Rules applied"),
    [WORD_VERIFY] = WORDS("للتحقق من صحة هذه الوثيقة: امسحوا الرمز أو افتحوا العنوان التالي",
                          "Pour vérifier l'authenticité" NNBSP ": scannez le code ou ouvrez cette adresse",
                          "To verify this document: scan the code or open this address"),
    [WORD_ATTACHED] = WORDS("يحمل هذا الملف القيد وحجة إدراجه في السجل ومعطيات هذه الشهادة.",
                            "Ce fichier contient l'inscription, la preuve d'inclusion et les données de l'attestation.",
                            "This file carries the entry, its proof of inclusion and the data of the certificate."),
    [WORD_ACT] = WORDS("رقم القيد", "Acte n°", "Act no."),
    [WORD_DAY] = WORDS("يوم القيد", "Jour", "Day"),
    [WORD_LEAF] = WORDS("رتبة الورقة", "Feuille", "Leaf"),
    [WORD_SHORT_HASH] = WORDS("البصمة المختصرة", "Empreinte abrégée", "Short hash"),
    [WORD_ORIGIN] = WORDS("أصل السجل", "Origine du journal", "Log origin"),
    [WORD_AUTHENTIC] =
        WORDS("يعتد بالنص العربي دون غيره.", "Seul le texte arabe fait foi.", "The Arabic text is authentic."),
    [WORD_LOG_SIGNATURE] =
        WORDS("توقيع السجل يثبت القيد، وليس توقيع شخص.",
              "La signature du journal prouve l'inscription" NNBSP "; elle n'est pas celle d'une personne.",
              "The log's signature proves the entry; it is not a person's signature."),
};

static const struct text mark_words[CERTIFICATE_MARKS][LANGS] = {
    [MARK_SPECIMEN] = WORDS("نموذج", "SPÉCIMEN", "SPECIMEN"),
    [MARK_SUSPENDED] = WORDS("موقوف", "SUSPENDU", "SUSPENDED"),
    [MARK_WITHDRAWN] = WORDS("مسحوب", "RETIRÉ", "WITHDRAWN"),
};

static const struct text mark_sentences[CERTIFICATE_MARKS][LANGS] = {
    [MARK_SPECIMEN] =
        WORDS("وثيقة تجريبية ليس لها أي أثر قانوني", "Document de démonstration, sans aucun effet juridique",
              "Demonstration document, without any legal effect"),
    [MARK_SUSPENDED] =
        WORDS("هذا السند موقوف: لا يجوز العمل به", "Instrument suspendu" NNBSP ": il ne peut être utilisé",
              "Suspended: not to be relied upon"),
    [MARK_WITHDRAWN] = WORDS("هذا السند مسحوب: لم يعد ساري المفعول",
                             "Instrument retiré" NNBSP ": il n'est plus en vigueur", "Withdrawn: no longer in force"),
};

static const struct text levels[SIGNATURE_LEVELS][LANGS] = {
    [SIGNATURE_SIMPLE] = WORDS("توقيع إلكتروني بسيط: تسجيل الدخول وعامل تحقق ثان",
                               "Signature électronique simple" NNBSP ": connexion et second facteur",
                               "Simple electronic signature: sign-in and second factor"),
    [SIGNATURE_QUALIFIED] =
        WORDS("توقيع إلكتروني مؤهل", "Signature électronique qualifiée", "Qualified electronic signature"),
    [SIGNATURE_HAND] = WORDS("أصل موقع بخط اليد ومحفوظ لدى المركز", "Original signé à la main, conservé au Centre",
                             "Original signed by hand, kept at the Centre"),
};

struct text
certificate_word(enum certificate_word word, enum lang lang)
{
    assert(word > 0 && word < CERTIFICATE_WORDS && lang > 0 && lang < LANGS);
    return words[word][lang];
}

struct text
certificate_mark_word(enum certificate_mark mark, enum lang lang)
{
    assert(mark > 0 && mark < CERTIFICATE_MARKS && lang > 0 && lang < LANGS);
    return mark_words[mark][lang];
}

struct text
certificate_mark_sentence(enum certificate_mark mark, enum lang lang)
{
    assert(mark > 0 && mark < CERTIFICATE_MARKS && lang > 0 && lang < LANGS);
    return mark_sentences[mark][lang];
}

struct text
signature_level_words(enum signature_level level, enum lang lang)
{
    assert(level > 0 && level < SIGNATURE_LEVELS && lang > 0 && lang < LANGS);
    return levels[level][lang];
}
