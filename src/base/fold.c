#include "base/fold.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>

/* What a code point becomes is looked up, never computed: two tables are filled once from Unicode's data and the rules
 * below. Characters of two bytes (Arabic, accented Latin) become at most as many bytes; those of three (presentation
 * forms, ligatures) become at most LONG_MAX bytes. Others pass as they are. */
enum { SHORT_MAX = 3, LONG_MAX = 8, PAGE_BITS = 6, PAGE_SIZE = 1 << PAGE_BITS, PAGES_MAX = 128 };

struct short_fold {
    char bytes[SHORT_MAX];
    uint8_t len;
};
struct long_fold {
    char bytes[LONG_MAX];
    uint8_t len;
};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct short_fold shorts[0x800];              /* by code point, U+0080 to U+07FF */
static uint8_t page_of[0x10000 >> PAGE_BITS];        /* by code point / PAGE_SIZE; 0: nothing in it changes */
static struct long_fold pages[PAGES_MAX][PAGE_SIZE]; /* page 0 stays empty */

/* Letters that Unicode keeps apart and a search should not; '\0' drops the letter. Read after decomposition, so that
 * each stands for its accented forms too. */
static const struct rule {
    UChar32 from;
    const char *to;
} rules[] = {
    /* Alef wasla, alef maqsura, ta marbuta; tatweel and the high hamza vanish. */
    {0x0671, "ا"},
    {0x0649, "ي"},
    {0x0629, "ه"},
    {0x0640, ""},
    {0x0674, ""},
    /* Kaf of other languages, and what writes g in Moroccan names. */
    {0x06A9, "ك"},
    {0x06AA, "ك"},
    {0x06AF, "ك"},
    {0x06AD, "ك"},
    {0x0763, "ك"},
    /* Ya and ha of other languages. */
    {0x06CC, "ي"},
    {0x06CD, "ي"},
    {0x06D0, "ي"},
    {0x06D2, "ي"},
    {0x06BE, "ه"},
    {0x06C1, "ه"},
    {0x06C3, "ه"},
    {0x06D5, "ه"},
    /* v, p and ch, which many write with the nearest Arabic letter. */
    {0x06A4, "ف"},
    {0x06A5, "ف"},
    {0x067E, "ب"},
    {0x0686, "ج"},
    /* Latin letters that Unicode does not decompose. */
    {0x00DF, "ss"},
    {0x1E9E, "ss"},
    {0x00E6, "ae"},
    {0x0153, "oe"},
    {0x00F8, "o"},
    {0x0142, "l"},
    {0x0111, "d"},
    {0x00F0, "d"},
    {0x00FE, "th"},
    {0x0127, "h"},
    {0x0131, "i"},
    {0x0138, "k"},
    {0x014B, "n"},
    {0x0167, "t"},
    {0x02BC, ""},
    {0x2C65, "a"},
    {0x2C66, "t"},
    /* Whole blessings in one character: nobody types them in a search. */
    {0xFDFA, ""},
    {0xFDFB, ""},
};

static void set_up(void);
static void set_up_long(UChar32 code_point);
static size_t folded(UChar32 code_point, char out[LONG_MAX]);
static size_t put_letter(UChar32 letter, char *out, size_t room);
static const struct rule *rule_of(UChar32 code_point);
static bool is_dropped(UChar32 code_point);
static bool is_foldable(UChar32 code_point);
static size_t put_utf8(UChar32 code_point, char *out, size_t room);
static size_t out_bytes_max(struct text text);
static bool fold_ascii(const unsigned char *at, char *out);

struct text
fold(struct arena *arena, struct text text)
{
    pthread_once(&once, set_up);
    char *begin = arena_alloc(arena, out_bytes_max(text));
    char *out = begin;
    const unsigned char *at = (const unsigned char *)text.at;
    const unsigned char *end = text.len == 0 ? at : at + text.len; /* NULL + 0 is undefined */
    while (at < end) {
        const unsigned char first = *at;
        const size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        assert((size_t)(end - at) >= length);
        if (length == 2) {
            const struct short_fold *to = &shorts[(first & 0x1F) << 6 | (at[1] & 0x3F)];
            memcpy(out, to->bytes, SHORT_MAX);
            out += to->len;
        } else if (length == 1) {
            if (end - at >= 8 && fold_ascii(at, out)) {
                at += 8;
                out += 8;
                continue;
            }
            *out++ = (char)(first >= 'A' && first <= 'Z' ? first | 0x20 : first);
        } else {
            const size_t page = length == 3 ? page_of[(first & 0x0F) << 6 | (at[1] & 0x3F)] : 0;
            const struct long_fold *to = &pages[page][at[2] & 0x3F];
            memcpy(out, page == 0 ? (const char *)at : to->bytes, page == 0 ? length : LONG_MAX);
            out += page == 0 ? length : to->len;
        }
        at += length;
    }
    return (struct text){.at = begin, .len = (size_t)(out - begin)};
}

/* Lower-cases eight bytes at once when all are ASCII: bit 7 of each sum says whether the byte is past 'A' - 1 or 'Z'.
 */
static bool
fold_ascii(const unsigned char *at, char *out)
{
    const uint64_t ones = 0x0101010101010101;
    uint64_t bytes = 0;
    memcpy(&bytes, at, sizeof bytes);
    if ((bytes & 0x80 * ones) != 0) {
        return false;
    }
    const uint64_t from_a = bytes + (0x80 - 'A') * ones;
    const uint64_t past_z = bytes + (0x80 - 'Z' - 1) * ones;
    bytes |= ((from_a & ~past_z) & 0x80 * ones) >> 2;
    memcpy(out, &bytes, sizeof bytes);
    return true;
}

/* Room for the longest answer, and for the last copy, which always writes a whole entry. Only characters of three bytes
 * can grow, and of those that change only the ones that begin with E1 (Latin, which shrinks), E2 or EF. */
static size_t
out_bytes_max(struct text text)
{
    size_t growing = 0;
    for (size_t i = 0; i < text.len; i++) {
        growing += (unsigned char)text.at[i] == 0xEF;
    }
    return text.len + growing * (LONG_MAX - 3) + LONG_MAX;
}

static void
set_up(void)
{
    for (UChar32 code_point = 0x80; code_point < 0x800; code_point++) {
        char out[LONG_MAX];
        struct short_fold *to = &shorts[code_point];
        const size_t len = folded(code_point, out);
        assert(len <= 2); /* a text never grows by them */
        memcpy(to->bytes, out, len);
        to->len = (uint8_t)len;
    }
    for (UChar32 code_point = 0x800; code_point < 0x10000; code_point++) {
        set_up_long(code_point);
    }
}

/* A page is taken when the first of its characters changes; the others then stand in it as they are. */
static void
set_up_long(UChar32 code_point)
{
    static uint8_t pages_used = 1;
    char out[LONG_MAX];
    char same[LONG_MAX];
    const size_t len = folded(code_point, out);
    const size_t same_len = put_utf8(code_point, same, LONG_MAX);
    uint8_t *page = &page_of[code_point >> PAGE_BITS];
    if (len == same_len && memcmp(out, same, len) == 0) {
        return;
    }
    assert(len <= same_len || same[0] == (char)0xEF); /* what out_bytes_max() counts on */
    if (*page == 0) {
        assert(pages_used < PAGES_MAX);
        *page = pages_used++;
        for (UChar32 i = 0; i < PAGE_SIZE; i++) {
            struct long_fold *to = &pages[*page][i];
            to->len = (uint8_t)put_utf8((code_point & ~(PAGE_SIZE - 1)) + i, to->bytes, LONG_MAX);
        }
    }
    struct long_fold *to = &pages[*page][code_point & (PAGE_SIZE - 1)];
    memcpy(to->bytes, out, len);
    to->len = (uint8_t)len;
}

/* What one code point becomes: decomposed, without marks, in lower case, by the rules. */
static size_t
folded(UChar32 code_point, char out[LONG_MAX])
{
    if (is_dropped(code_point)) {
        return 0;
    }
    if (u_charType(code_point) == U_DECIMAL_DIGIT_NUMBER) {
        out[0] = (char)('0' + u_charDigitValue(code_point));
        return 1;
    }
    if (!is_foldable(code_point)) {
        return put_utf8(code_point, out, LONG_MAX);
    }
    const struct rule *rule = rule_of(code_point);
    UChar parts[32] = {0};
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *normalizer = unorm2_getNFKDInstance(&status);
    const int32_t count = rule != NULL ? -1 : unorm2_getDecomposition(normalizer, code_point, parts, 32, &status);
    if (U_FAILURE(status)) {
        abort();
    }
    if (count < 0) {
        return put_letter(code_point, out, LONG_MAX);
    }
    size_t len = 0;
    for (int32_t i = 0; i < count; i++) { /* all in the first plane, as what they compose is */
        len += u_isalpha(parts[i]) && !is_dropped(parts[i]) ? put_letter(parts[i], out + len, LONG_MAX - len) : 0;
    }
    return len;
}

static size_t
put_letter(UChar32 letter, char *out, size_t room)
{
    const UChar32 lower = u_foldCase(letter, U_FOLD_CASE_DEFAULT);
    const struct rule *rule = rule_of(lower);
    if (rule == NULL) {
        return put_utf8(lower, out, room);
    }
    const size_t len = strlen(rule->to);
    assert(len <= room);
    memcpy(out, rule->to, len);
    return len;
}

static const struct rule *
rule_of(UChar32 code_point)
{
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        if (rules[i].from == code_point) {
            return &rules[i];
        }
    }
    return NULL;
}

/* Tashkeel and other marks of Arabic and Latin, and what nobody sees: joiners, directions, the soft hyphen. */
static bool
is_dropped(UChar32 code_point)
{
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(code_point, &status);
    const int8_t type = u_charType(code_point);
    return type == U_FORMAT_CHAR ||
           (type == U_NON_SPACING_MARK && (script == USCRIPT_ARABIC || script == USCRIPT_INHERITED));
}

/* Letters of the alphabets that have case, accents or forms. Signs stay: half of "½" is no word. */
static bool
is_foldable(UChar32 code_point)
{
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(code_point, &status);
    return rule_of(code_point) != NULL ||
           (u_isalpha(code_point) && (script == USCRIPT_ARABIC || script == USCRIPT_LATIN || script == USCRIPT_GREEK ||
                                      script == USCRIPT_CYRILLIC));
}

static size_t
put_utf8(UChar32 code_point, char *out, size_t room)
{
    const size_t len = code_point < 0x80 ? 1 : code_point < 0x800 ? 2 : 3;
    assert(code_point >= 0 && code_point < 0x10000 && len <= room);
    if (len == 1) {
        out[0] = (char)code_point;
    } else {
        out[0] = (char)(len == 2 ? 0xC0 | code_point >> 6 : 0xE0 | code_point >> 12);
        out[1] = (char)(0x80 | (code_point >> (len == 2 ? 0 : 6) & 0x3F));
        out[len - 1] = (char)(0x80 | (code_point & 0x3F));
    }
    return len;
}
