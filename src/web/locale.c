#include "web/locale.h"

#include <assert.h>
#include <pthread.h>
#include <string.h>

#include <unicode/udat.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

#include "base/hijri.h"
#include "base/legal_time.h"
#include "web/words.h"

enum { SYMBOL_BYTES = 16, MONTH_BYTES = 48, MONTHS = 12, GROUP = 3 };

struct symbols {
    char group[SYMBOL_BYTES];
    char decimal[SYMBOL_BYTES];
    char months[MONTHS][MONTH_BYTES];
};

static const char *const locales[LANGS] = {
    [LANG_AR] = "ar-MA", [LANG_FR] = "fr-MA", [LANG_EN] = "en-GB", [LANG_ZGH] = "zgh-MA"};
static const char *const currencies[LANGS] = {
    [LANG_AR] = "درهم", [LANG_FR] = "DH", [LANG_EN] = "MAD", [LANG_ZGH] = "MAD"};
/* As the Official Bulletin writes them in each language. */
static const char *const hijri_months[LANGS][MONTHS] = {
    [LANG_AR] = {"محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة", "رجب", "شعبان", "رمضان",
                 "شوال", "ذي القعدة", "ذي الحجة"},
    [LANG_FR] = {"moharrem", "safar", "rabii I", "rabii II", "joumada I", "joumada II", "rejeb", "chaabane", "ramadan",
                 "chaoual", "kaada", "hija"},
    [LANG_EN] = {"Muharram", "Safar", "Rabi I", "Rabi II", "Jumada I", "Jumada II", "Rajab", "Shaban", "Ramadan",
                 "Shawwal", "Dhu al-Qidah", "Dhu al-Hijjah"},
};
static struct symbols symbols[LANGS];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void);
static void to_utf8(const UChar *from, int32_t len, char *to, size_t room);
static const struct symbols *symbols_of(enum lang lang);
static void put_grouped(struct buf *buf, const struct symbols *of, uint64_t number);

struct text
locale_int(struct arena *arena, enum lang lang, int64_t number)
{
    return locale_decimal(arena, lang, number, 0);
}

struct text
locale_decimal(struct arena *arena, enum lang lang, int64_t value, int places)
{
    assert(places >= 0 && places <= 9);

    const struct symbols *of = symbols_of(lang);
    const uint64_t size = value < 0 ? -(uint64_t)value : (uint64_t)value;
    uint64_t scale = 1;
    for (int i = 0; i < places; i++) {
        scale *= 10;
    }
    struct buf buf = buf_new(arena, 128);
    /* The sign stays at the number's left in a right-to-left line. */
    buf_cstr(&buf, value < 0 ? (lang == LANG_AR ? "\u200E-" : "-") : "");
    put_grouped(&buf, of, size / scale);
    if (places > 0) {
        buf_cstr(&buf, of->decimal);
        buf_printf(&buf, "%0*llu", places, (unsigned long long)(size % scale));
    }
    return buf_built(&buf);
}

struct text
locale_money(struct arena *arena, enum lang lang, struct money money)
{
    const int places = money.centimes % 100 == 0 ? 0 : 2;
    const struct text amount = locale_decimal(arena, lang, places == 0 ? money.centimes / 100 : money.centimes, places);
    if (lang == LANG_EN) {
        return text_printf(arena, "%s\u00A0%.*s", currencies[lang], TEXT_ARG(amount));
    }
    return text_printf(arena, "%.*s\u00A0%s", TEXT_ARG(amount), currencies[lang]);
}

struct text
locale_date(struct arena *arena, enum lang lang, struct date date)
{
    if (date_is_none(date)) {
        return TEXT("—");
    }
    int year = 0;
    int month = 0;
    int day = 0;
    date_to_civil(date, &year, &month, &day);
    return text_printf(arena, "%d%s %s %d", day, lang == LANG_FR && day == 1 ? "er" : "",
                       symbols_of(lang)->months[month - 1], year);
}

struct text
locale_month(struct arena *arena, enum lang lang, int year, int month)
{
    assert(month >= 1 && month <= MONTHS);
    return text_printf(arena, "%s %d", symbols_of(lang)->months[month - 1], year);
}

struct text
locale_hijri(struct arena *arena, enum lang lang, struct date date)
{
    struct hijri hijri;
    if (date_is_none(date) || !hijri_from_date(date, &hijri)) {
        return (struct text){0};
    }
    const enum lang spoken = hijri_months[lang][0] == NULL ? LANG_AR : lang;
    return text_printf(arena, "%d%s %s %d", hijri.day, spoken == LANG_FR && hijri.day == 1 ? "er" : "",
                       hijri_months[spoken][hijri.month - 1], hijri.year);
}

struct text
locale_dates(struct ctx *ctx, struct date date)
{
    const struct text hijri = locale_hijri(ctx->arena, ctx->lang, date);
    const struct text civil = locale_date(ctx->arena, ctx->lang, date);
    if (hijri.len == 0) {
        return civil;
    }
    struct hijri of;
    const bool is_provisional = hijri_from_date(date, &of) && of.provisional;
    const struct word_hole holes[] = {HOLE_TEXT("civil", civil), HOLE_TEXT("hijri", hijri)};
    return words_say(ctx, is_provisional ? WORD("date.both_provisional") : WORD("date.both"), holes, 2);
}

struct text
locale_instant(struct arena *arena, enum lang lang, int64_t at_ms)
{
    const struct text day = locale_date(arena, lang, legal_day(at_ms));
    int64_t minutes = (at_ms / 60000 + legal_offset_minutes(at_ms)) % 1440;
    minutes = minutes < 0 ? minutes + 1440 : minutes;
    static const char *const between[LANGS] = {[LANG_AR] = "،", [LANG_FR] = " à", [LANG_EN] = ",", [LANG_ZGH] = ","};
    return text_printf(arena, "%.*s%s %02d:%02d", TEXT_ARG(day), between[lang], (int)(minutes / 60),
                       (int)(minutes % 60));
}

static const struct symbols *
symbols_of(enum lang lang)
{
    assert(lang > LANG_NONE && lang < LANGS);
    pthread_once(&once, load);
    return &symbols[lang];
}

static void
load(void)
{
    for (int lang = LANG_AR; lang < LANGS; lang++) {
        UErrorCode error = U_ZERO_ERROR;
        UNumberFormat *numbers = unum_open(UNUM_DECIMAL, NULL, 0, locales[lang], NULL, &error);
        UDateFormat *dates = udat_open(UDAT_LONG, UDAT_NONE, locales[lang], NULL, 0, NULL, 0, &error);
        assert(U_SUCCESS(error));
        UChar text[MONTH_BYTES];
        int32_t len = unum_getSymbol(numbers, UNUM_GROUPING_SEPARATOR_SYMBOL, text, MONTH_BYTES, &error);
        to_utf8(text, len, symbols[lang].group, SYMBOL_BYTES);
        len = unum_getSymbol(numbers, UNUM_DECIMAL_SEPARATOR_SYMBOL, text, MONTH_BYTES, &error);
        to_utf8(text, len, symbols[lang].decimal, SYMBOL_BYTES);
        for (int month = 0; month < MONTHS; month++) {
            len = udat_getSymbols(dates, UDAT_MONTHS, month, text, MONTH_BYTES, &error);
            to_utf8(text, len, symbols[lang].months[month], MONTH_BYTES);
        }
        assert(U_SUCCESS(error));
        unum_close(numbers);
        udat_close(dates);
    }
}

static void
to_utf8(const UChar *from, int32_t len, char *to, size_t room)
{
    UErrorCode error = U_ZERO_ERROR;
    u_strToUTF8(to, (int32_t)room, NULL, from, len, &error);
    assert(U_SUCCESS(error));
}

static void
put_grouped(struct buf *buf, const struct symbols *of, uint64_t number)
{
    char digits[24];
    size_t count = 0;
    do {
        digits[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    while (count > 0) {
        buf_char(buf, digits[--count]);
        if (count > 0 && count % GROUP == 0) {
            buf_cstr(buf, of->group);
        }
    }
}
