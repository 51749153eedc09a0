#include "base/fold.h"

#include <string.h>

#include "base/buf.h"
#include "base/limits.h"

#include "../unit.h"

static struct arena *arena;

static int
set_up(void **state)
{
    (void)state;
    arena = arena_new(ARENA_BYTES_MAX);
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

struct sample {
    const char *text;
    const char *folded;
};

static void
check(const struct sample *samples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ASSERT_TEXT(fold(arena, text_of(samples[i].text)), samples[i].folded);
    }
}

static void
forms_of_one_arabic_letter_meet(void **state)
{
    (void)state;
    static const struct sample samples[] = {
        {"أ إ آ ٱ ا", "ا ا ا ا ا"},
        {"على علي", "علي علي"},
        {"مدرسة مدرسه", "مدرسه مدرسه"},
        {"مؤتمر رئيس", "موتمر رييس"},
        {"ء", "ء"},
        {"مُدَرِّسَةٌ", "مدرسه"},
        {"هٰذا", "هذا"},
        {"سـيـنـمـا", "سينما"},
        {"ا\xD9\x95نتاج و\xD9\x94", "انتاج و"}, /* hamza as a mark of its own */
        {"یک کتاب", "يك كتاب"},
        {"أڭادير أݣادير أگادير أكادير", "اكادير اكادير اكادير اكادير"},
        {"ڤيديو پاريس چاد", "فيديو باريس جاد"},
    };
    check(samples, sizeof samples / sizeof samples[0]);
}

static void
digits_of_every_script_become_ascii(void **state)
{
    (void)state;
    static const struct sample samples[] = {
        {"٠١٢٣٤٥٦٧٨٩", "0123456789"},
        {"۰۱۲۳۴۵۶۷۸۹", "0123456789"},
        {"１９９４", "1994"},
        {"½ ²", "½ ²"},
    };
    check(samples, sizeof samples / sizeof samples[0]);
}

static void
latin_loses_case_and_accents_composed_or_not(void **state)
{
    (void)state;
    static const struct sample samples[] = {
        {"ABCDEFGHIJKLMNOPQRSTUVWXYZ@[`{", "abcdefghijklmnopqrstuvwxyz@[`{"},
        {"Écran ÀÂÄÇÈÊËÎÏÔÖÙÛÜŸ", "ecran aaaceeeiioouuuy"},
        {"E\xCC\x81"
         "cran",
         "ecran"},
        {"Œuvre œuvre Æ ß ẞ", "oeuvre oeuvre ae ss ss"},
        {"ŁÓDŹ Đ Ø Þ İ ı ſ ŉ Ŀ Ĳ", "lodz d o th i i s n l ij"},
        {"Aḥmad Ɛ Ḍ Ṣ Ṭ Ẓ", "ahmad ɛ d s t z"},
        {"ＡＢｃ", "abc"},
        {"ΑΘΉΝΑΣ ς Ёлка", "αθηνασ σ елка"},
        {"ⵜⴰⵎⴰⵣⵉⵖⵜ 電影 😀", "ⵜⴰⵎⴰⵣⵉⵖⵜ 電影 😀"},
    };
    check(samples, sizeof samples / sizeof samples[0]);
}

static void
presentation_forms_and_ligatures_become_plain_letters(void **state)
{
    (void)state;
    static const struct sample samples[] = {
        {"ﻣﺮﻛﺰ", "مركز"}, {"ﻻ ﻷ ﻹ ﻵ ﻼ", "لا لا لا لا لا"}, {"ﷲ ﷴ", "الله محمد"}, {"ﭐ ﯼ ﮎ ﮥ", "ا ي ك ه"}, {"ﷺ", ""},
        {"ﹱ", ""},
    };
    check(samples, sizeof samples / sizeof samples[0]);
}

static void
what_nobody_sees_vanishes(void **state)
{
    (void)state;
    static const struct sample samples[] = {
        {"می\xE2\x80\x8Cخواهم", "ميخواهم"},
        {"\xEF\xBB\xBF"
         "a\xE2\x80\x8F"
         "b\xC2\xAD"
         "c",
         "abc"},
        {"", ""},
        {"  a \n b\t", "  a \n b\t"},
    };
    check(samples, sizeof samples / sizeof samples[0]);
}

static void
ascii_folds_the_same_at_every_length_and_place(void **state)
{
    (void)state;
    for (size_t before = 0; before < 10; before++) {
        for (int byte = 0; byte < 128; byte++) {
            char text[24];
            char expected[24];
            memset(text, 'x', sizeof text);
            memset(expected, 'x', sizeof expected);
            text[before] = (char)byte;
            expected[before] = (char)(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
            const struct text folded = fold(arena, (struct text){text, sizeof text - before});
            assert_int_equal(folded.len, sizeof text - before);
            assert_memory_equal(folded.at, expected, folded.len);
        }
    }
}

static void
folding_every_character_gives_utf_8_that_folds_no_further(void **state)
{
    (void)state;
    for (uint32_t code_point = 1; code_point <= 0x10FFFF; code_point++) {
        if (code_point >= 0xD800 && code_point <= 0xDFFF) {
            continue;
        }
        const struct arena_mark mark = arena_mark(arena);
        struct buf buf = buf_new(arena, 16);
        buf_code_point(&buf, code_point);
        const struct text folded = fold(arena, buf_built(&buf));
        const struct text again = fold(arena, folded);
        if (!text_is_utf8(folded) || !text_equal(folded, again)) {
            fail_msg("U+%04X: %.*s, then %.*s", code_point, TEXT_ARG(folded), TEXT_ARG(again));
        }
        arena_rewind(arena, mark);
    }
}

static void
the_longest_growth_fits(void **state)
{
    (void)state;
    struct buf buf = buf_new(arena, 30000);
    for (int i = 0; i < 10000; i++) {
        buf_cstr(&buf, "ﷲ");
    }
    const struct text folded = fold(arena, buf_built(&buf));
    assert_int_equal(folded.len, 80000);
    ASSERT_TEXT(text_after(folded, 80000 - 8), "الله");
}

static struct text
words_of(const char *text)
{
    const struct text_list list = fold_words(arena, text_of(text));
    struct buf *buf = ARENA_NEW(arena, struct buf);
    *buf = buf_new(arena, 100000);
    for (size_t i = 0; i < list.count; i++) {
        buf_text(buf, i == 0 ? TEXT("") : TEXT("|"));
        buf_text(buf, list.items[i]);
    }
    return buf_built(buf);
}

static void
words_are_letters_and_digits_and_come_with_their_stems(void **state)
{
    (void)state;
    ASSERT_TEXT(words_of("L'Été 2025, à Fès!"), "l|ete|2025|a|fes");
    ASSERT_TEXT(words_of("«المركز السينمائي المغربي»،"), "المركز|مركز|السينمايي|سينمايي|المغربي|مغربي");
    ASSERT_TEXT(words_of("والسينما"), "والسينما|السينما|سينما");
    ASSERT_TEXT(words_of("وللسينما"), "وللسينما|للسينما|لسينما|سينما");
    ASSERT_TEXT(words_of("فيلم"), "فيلم|يلم");
    ASSERT_TEXT(words_of("الفن بفن"), "الفن|فن|بفن");
    ASSERT_TEXT(words_of("إلى ولد"), "الي|ولد");
    ASSERT_TEXT(words_of("ⵜⴰ·ⵎⴰ 電影😀x"), "ⵜⴰ|ⵎⴰ|電影|x");
    ASSERT_TEXT(words_of(" ,; "), "");
    ASSERT_TEXT(words_of(""), "");
}

static bool
finds(const char *query, const char *text)
{
    struct text forms[FOLD_FORMS_MAX];
    const size_t count = fold_forms(fold(arena, text_of(query)), forms);
    const struct text_list list = fold_words(arena, text_of(text));
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < list.count; j++) {
            if (text_equal(forms[i], list.items[j])) {
                return true;
            }
        }
    }
    return false;
}

static void
a_word_is_found_whatever_clings_to_it_in_the_text_or_in_the_query(void **state)
{
    (void)state;
    static const char *const bases[] = {"سينما", "فيلم", "كتاب", "وكالة", "مركز", "بطاقة", "لجنة"};
    static const char *const clitics[] = {"",    "ال",   "و", "ف", "وال", "بال", "كال",
                                          "فال", "وبال", "ب", "ل", "لل",  "ولل"};
    enum { CLITICS = sizeof clitics / sizeof clitics[0] };
    for (size_t base = 0; base < sizeof bases / sizeof bases[0]; base++) {
        for (size_t i = 0; i < CLITICS; i++) {
            for (size_t j = 0; j < CLITICS; j++) {
                const struct text query = text_printf(arena, "%s%s", clitics[i], bases[base]);
                const struct text text = text_printf(arena, "%s%s", clitics[j], bases[base]);
                if (!finds(query.at, text.at)) {
                    fail_msg("%s does not find %s", query.at, text.at);
                }
            }
        }
    }
    assert_false(finds("سينما", "مسرح"));
    assert_false(finds("فيلم", "الأقلام"));
}

static void
words_are_limited_on_both_sides_of_the_bound(void **state)
{
    (void)state;
    struct buf buf = buf_new(arena, (size_t)SEARCH_WORDS_MAX * 2 + 10);
    for (int i = 0; i < SEARCH_WORDS_MAX; i++) {
        buf_cstr(&buf, "a ");
    }
    assert_int_equal(fold_words(arena, buf_built(&buf)).count, SEARCH_WORDS_MAX);
    buf_cstr(&buf, "b");
    const struct text_list list = fold_words(arena, buf_built(&buf));
    assert_int_equal(list.count, SEARCH_WORDS_MAX);
    ASSERT_TEXT(list.items[list.count - 1], "a");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_of_one_arabic_letter_meet),
        cmocka_unit_test(digits_of_every_script_become_ascii),
        cmocka_unit_test(latin_loses_case_and_accents_composed_or_not),
        cmocka_unit_test(presentation_forms_and_ligatures_become_plain_letters),
        cmocka_unit_test(what_nobody_sees_vanishes),
        cmocka_unit_test(ascii_folds_the_same_at_every_length_and_place),
        cmocka_unit_test(folding_every_character_gives_utf_8_that_folds_no_further),
        cmocka_unit_test(the_longest_growth_fits),
        cmocka_unit_test(words_are_letters_and_digits_and_come_with_their_stems),
        cmocka_unit_test(a_word_is_found_whatever_clings_to_it_in_the_text_or_in_the_query),
        cmocka_unit_test(words_are_limited_on_both_sides_of_the_bound),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
