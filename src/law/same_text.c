/* Texts that say the same: NFC, spaces collapsed, quotation marks, parentheses and punctuation dropped. Letters and
 * their dots are kept: a Maghreb co-production is not a Moroccan one. */
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "law/program.h"

enum { TEXT_UNITS_MAX = 1 << 20 };

static int32_t
unit_put(UChar *at, UChar32 c)
{
    if (c < 0x10000) {
        at[0] = (UChar)c;
        return 1;
    }
    at[0] = (UChar)(0xD7C0 + (c >> 10));
    at[1] = (UChar)(0xDC00 | (c & 0x3FF));
    return 2;
}

static UChar32
unit_take(const UChar *at, int32_t *i, int32_t len)
{
    UChar32 c = at[(*i)++];
    if (c >= 0xD800 && c < 0xDC00 && *i < len && at[*i] >= 0xDC00 && at[*i] < 0xE000) {
        c = 0x10000 + ((c - 0xD800) << 10) + (at[(*i)++] - 0xDC00);
    }
    return c;
}

/* UTF-16, normalised; an ill text gives itself byte by byte, which equals only itself. */
static UChar *
plain(struct arena *arena, struct text text, int32_t *ret_len)
{
    int32_t room = text.len < TEXT_UNITS_MAX ? (int32_t)text.len : TEXT_UNITS_MAX;
    UChar *raw = ARENA_ARRAY(arena, UChar, (size_t)room + 1);
    UChar *nfc = ARENA_ARRAY(arena, UChar, (size_t)room * 4 + 1);
    UErrorCode error = U_ZERO_ERROR;
    int32_t raw_len = 0;
    u_strFromUTF8WithSub(raw, room, &raw_len, text.at, (int32_t)(text.len < TEXT_UNITS_MAX ? text.len : TEXT_UNITS_MAX),
                         0xFFFD, NULL, &error);
    const UNormalizer2 *normalizer = unorm2_getNFCInstance(&error);
    int32_t len = unorm2_normalize(normalizer, raw, raw_len, nfc, room * 4, &error);
    if (U_FAILURE(error)) {
        *ret_len = 0;
        return nfc;
    }
    int32_t out = 0;
    bool space = false;
    for (int32_t i = 0; i < len;) {
        UChar32 c;
        c = unit_take(nfc, &i, len);
        if (u_isUWhiteSpace(c) != 0) {
            space = out > 0;
            continue;
        }
        if (u_ispunct(c)) {
            continue;
        }
        if (space) {
            nfc[out++] = ' ';
            space = false;
        }
        out += unit_put(nfc + out, c);
    }
    *ret_len = out;
    return nfc;
}

bool
texts_same(struct arena *arena, struct text a, struct text b)
{
    int32_t a_len, b_len;
    UChar *a_plain = plain(arena, a, &a_len);
    UChar *b_plain = plain(arena, b, &b_len);
    return a_len == b_len && u_memcmp(a_plain, b_plain, a_len) == 0;
}

bool
texts_has(struct arena *arena, struct text a, struct text b)
{
    int32_t a_len, b_len;
    UChar *a_plain = plain(arena, a, &a_len);
    UChar *b_plain = plain(arena, b, &b_len);
    return b_len == 0 || u_strFindFirst(a_plain, a_len, b_plain, b_len) != NULL;
}
