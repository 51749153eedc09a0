#include "access/capacity_words.h"

#include <assert.h>

static const char *const months[LANGS][12] = {
    [LANG_AR] = {"يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو", "يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر",
                 "دجنبر"},
    [LANG_FR] = {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
                 "novembre", "décembre"},
    [LANG_EN] = {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                 "November", "December"},
};

enum office_words { WORDS_DIRECTOR, WORDS_VACANCY, WORDS_ABSENCE, WORDS_SECRETARY_GENERAL, WORDS_BOARD, WORDS };
static const char *const words[WORDS][LANGS] = {
    [WORDS_DIRECTOR] = {[LANG_AR] = "المدير", [LANG_FR] = "Le directeur", [LANG_EN] = "The director"},
    [WORDS_VACANCY] =
        {[LANG_AR] = "المدير بالنيابة", [LANG_FR] = "Le directeur par intérim", [LANG_EN] = "The acting director"},
    [WORDS_ABSENCE] = {[LANG_AR] = "عن المدير المتغيب، النائب عنه",
                       [LANG_FR] = "Pour le directeur absent, le suppléant",
                       [LANG_EN] = "For the absent director, his deputy"},
    [WORDS_SECRETARY_GENERAL] =
        {[LANG_AR] = "الكاتب العام", [LANG_FR] = "Le secrétaire général", [LANG_EN] = "The secretary general"},
    [WORDS_BOARD] = {[LANG_AR] = "عن مجلس الإدارة، الرئيس",
                     [LANG_FR] = "Pour le conseil, le président",
                     [LANG_EN] = "For the board, its chair"},
};

static struct text day_text(struct arena *arena, struct date day, enum lang lang);

void
capacity_words_office(struct arena *arena, const struct appointment *appointment, struct capacity *capacity)
{
    enum office_words row = WORDS_DIRECTOR;
    if (appointment->office == OFFICE_ACTING_DIRECTOR) {
        row = appointment->reason == ACTING_VACANCY ? WORDS_VACANCY : WORDS_ABSENCE;
    } else if (appointment->office == OFFICE_SECRETARY_GENERAL) {
        row = WORDS_SECRETARY_GENERAL;
    } else if (appointment->office == OFFICE_BOARD_CHAIR) {
        row = WORDS_BOARD;
    }
    for (int lang = LANG_AR; lang <= LANG_EN; lang++) {
        capacity->words[lang] = text_of(words[row][lang]);
    }
    const struct text number = appointment->basis_number;
    const struct text ar = day_text(arena, appointment->basis_day, LANG_AR);
    const struct text fr = day_text(arena, appointment->basis_day, LANG_FR);
    const struct text en = day_text(arena, appointment->basis_day, LANG_EN);
    capacity->basis[LANG_AR] =
        text_printf(arena, "بمقتضى سند التعيين رقم %.*s المؤرخ في %.*s", TEXT_ARG(number), TEXT_ARG(ar));
    capacity->basis[LANG_FR] =
        text_printf(arena, "En vertu de l'acte de nomination n° %.*s du %.*s", TEXT_ARG(number), TEXT_ARG(fr));
    capacity->basis[LANG_EN] =
        text_printf(arena, "By instrument of appointment no. %.*s of %.*s", TEXT_ARG(number), TEXT_ARG(en));
}

void
capacity_words_delegation(struct arena *arena, const struct delegation *delegation, struct capacity *capacity)
{
    capacity->words[LANG_AR] = TEXT("عن المدير وبتفويض منه");
    capacity->words[LANG_FR] = TEXT("Pour le directeur et par délégation");
    capacity->words[LANG_EN] = TEXT("For the director, by delegation");
    static const char *const forms[LANGS] = {
        [LANG_AR] = "بمقتضى قرار التفويض رقم %.*s المؤرخ في %.*s والمنشور في %.*s",
        [LANG_FR] = "En vertu de la délégation n° %.*s du %.*s, publiée le %.*s",
        [LANG_EN] = "By delegation no. %.*s of %.*s, published on %.*s",
    };
    const struct text number = delegation->number;
    for (int i = LANG_AR; i <= LANG_EN; i++) {
        const struct text signed_on = day_text(arena, delegation->signed_on, (enum lang)i);
        const struct text published_on = day_text(arena, delegation->published_on, (enum lang)i);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* three forms with the same three texts */
        capacity->basis[i] =
            text_printf(arena, forms[i], TEXT_ARG(number), TEXT_ARG(signed_on), TEXT_ARG(published_on));
#pragma GCC diagnostic pop
    }
}

/* "3 نونبر 2026", "1er mars 2026", "3 November 2026". */
static struct text
day_text(struct arena *arena, struct date day, enum lang lang)
{
    int year = 0;
    int month = 0;
    int of_month = 0;
    date_to_civil(day, &year, &month, &of_month);
    assert(month >= 1 && month <= 12);
    const char *ordinal = lang == LANG_FR && of_month == 1 ? "er" : "";
    return text_printf(arena, "%d%s %s %d", of_month, ordinal, months[lang][month - 1], year);
}
