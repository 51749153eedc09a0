#include "web/words.h"

#include "../unit.h"
#include "base/world.h"
#include "web/html.h"
#include "web/locale.h"

static struct ctx ctx;

static int
setup(void **state)
{
    (void)state;
    ctx = (struct ctx){.arena = arena_new(10000000), .lang = LANG_AR};
    return 0;
}

static int
teardown(void **state)
{
    (void)state;
    arena_free(ctx.arena);
    return 0;
}

/* CLDR 42, cardinal rules for integers. */
static void
chooses_the_six_Arabic_forms(void **state)
{
    (void)state;
    static const struct {
        int64_t number;
        int form;
    } cases[] = {{0, 0},   {1, 1},   {2, 2},   {3, 3},   {10, 3},  {11, 4},  {26, 4},   {99, 4},      {100, 5},
                 {101, 5}, {102, 5}, {103, 3}, {110, 3}, {111, 4}, {200, 5}, {1003, 3}, {1000000, 5}, {-2, 2}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (words_form(LANG_AR, cases[i].number) != cases[i].form) {
            fail_msg("%lld has form %d", (long long)cases[i].number, words_form(LANG_AR, cases[i].number));
        }
    }
}

static void
chooses_the_French_and_English_forms(void **state)
{
    (void)state;
    assert_int_equal(words_form(LANG_FR, 0), 0);
    assert_int_equal(words_form(LANG_FR, 1), 0);
    assert_int_equal(words_form(LANG_FR, 2), 2);
    assert_int_equal(words_form(LANG_FR, 1000000), 1);
    assert_int_equal(words_form(LANG_FR, 3000000), 1);
    assert_int_equal(words_form(LANG_FR, 1000001), 2);
    assert_int_equal(words_form(LANG_EN, 0), 1);
    assert_int_equal(words_form(LANG_EN, 1), 0);
    assert_int_equal(words_form(LANG_EN, 2), 1);
}

static void
says_days_left_in_three_languages(void **state)
{
    (void)state;
    static const struct {
        enum lang lang;
        int64_t days;
        const char *sentence;
    } cases[] = {
        {LANG_AR, 1, "بقي يوم واحد"}, {LANG_AR, 2, "بقي يومان"},          {LANG_AR, 7, "بقيت 7 أيام"},
        {LANG_AR, 30, "بقي 30 يوما"}, {LANG_FR, 1, "Il reste 1 jour"},    {LANG_FR, 30, "Il reste 30 jours"},
        {LANG_EN, 1, "1 day left"},   {LANG_EN, 1200, "1,200 days left"}, {LANG_FR, 1200, "Il reste 1.200 jours"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ctx.lang = cases[i].lang;
        const struct word_hole hole = HOLE_INT("count", cases[i].days);
        ASSERT_TEXT(words_say(&ctx, WORD("unit.days_left"), &hole, 1), cases[i].sentence);
    }
    ctx.lang = LANG_AR;
}

static void
answers_Arabic_for_Tamazight_until_it_has_words_and_the_key_for_an_unknown_word(void **state)
{
    (void)state;
    assert_true(text_equal(words_get(LANG_ZGH, WORD("action.save")), words_get(LANG_AR, WORD("action.save"))));
    ASSERT_TEXT(words_get(LANG_FR, "no.such_word"), "no.such_word");
    assert_false(words_has("no.such_word"));
}

static void
puts_what_a_person_typed_in_bdi_and_escapes_it(void **state)
{
    (void)state;
    const struct word_hole hole = HOLE_USER("number", TEXT("<b>\"x\"&'"));
    struct buf buf = buf_new(ctx.arena, 1000);
    ctx.lang = LANG_EN;
    words_print(&buf, &ctx, WORD("error.incident"), &hole, 1, WORDS_HTML);
    ASSERT_TEXT(buf_built(&buf), "Incident number: <bdi>&lt;b&gt;&#34;x&#34;&amp;&#39;</bdi>");
    buf = buf_new(ctx.arena, 1000);
    words_print(&buf, &ctx, WORD("error.incident"), &hole, 1, WORDS_ATTRIBUTE);
    ASSERT_TEXT(buf_built(&buf), "Incident number: &lt;b&gt;&#34;x&#34;&amp;&#39;");
    ASSERT_TEXT(words_say(&ctx, WORD("error.incident"), &hole, 1), "Incident number: <b>\"x\"&'");
    ctx.lang = LANG_AR;
}

static void
lets_no_foreign_scheme_into_an_address(void **state)
{
    (void)state;
    static const char *const bad[] = {"javascript:alert(1)",
                                      "//evil.example",
                                      "/\\evil.example",
                                      "data:text/html,x",
                                      " javascript:x",
                                      "JAVASCRIPT:x",
                                      ""};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct html_out out = html_out_new(&ctx);
        html_attribute_url(&out, text_of(bad[i]));
        ASSERT_TEXT(html_built(&out).text, "#");
    }
    struct html_out out = html_out_new(&ctx);
    html_attribute_url(&out, TEXT("/a?b=\"c\"&d"));
    ASSERT_TEXT(html_built(&out).text, "/a?b=&#34;c&#34;&amp;d");
}

static void
writes_days_as_Moroccans_do(void **state)
{
    (void)state;
    struct date day;
    assert_true(date_from_civil(2025, 1, 1, &day));
    ASSERT_TEXT(locale_date(ctx.arena, LANG_AR, day), "1 يناير 2025");
    ASSERT_TEXT(locale_date(ctx.arena, LANG_FR, day), "1er janvier 2025");
    ASSERT_TEXT(locale_date(ctx.arena, LANG_EN, day), "1 January 2025");
    static const char *const months[] = {"يناير",  "فبراير", "مارس",  "أبريل",  "ماي",   "يونيو",
                                         "يوليوز", "غشت",    "شتنبر", "أكتوبر", "نونبر", "دجنبر"};
    for (int month = 1; month <= 12; month++) {
        const struct text wanted = text_printf(ctx.arena, "%s 2025", months[month - 1]);
        assert_true(text_equal(locale_month(ctx.arena, LANG_AR, 2025, month), wanted));
    }
    assert_true(date_from_civil(2024, 12, 20, &day)); /* Law 18.23's own pair */
    ASSERT_TEXT(locale_hijri(ctx.arena, LANG_AR, day), "18 جمادى الآخرة 1446");
    ASSERT_TEXT(locale_date(ctx.arena, LANG_AR, DATE_NONE), "—");
}

static void
writes_numbers_and_money_by_language(void **state)
{
    (void)state;
    ASSERT_TEXT(locale_int(ctx.arena, LANG_AR, 1234567), "1.234.567");
    ASSERT_TEXT(locale_int(ctx.arena, LANG_EN, -1234), "-1,234");
    ASSERT_TEXT(locale_int(ctx.arena, LANG_EN, INT64_MIN), "-9,223,372,036,854,775,808");
    ASSERT_TEXT(locale_decimal(ctx.arena, LANG_FR, 123405, 2), "1.234,05");
    ASSERT_TEXT(locale_money(ctx.arena, LANG_AR, (struct money){50000000}), "500.000\u00A0درهم");
    ASSERT_TEXT(locale_money(ctx.arena, LANG_FR, (struct money){123450}), "1.234,50\u00A0DH");
    ASSERT_TEXT(locale_money(ctx.arena, LANG_EN, (struct money){5}), "MAD\u00A00.05");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chooses_the_six_Arabic_forms),
        cmocka_unit_test(chooses_the_French_and_English_forms),
        cmocka_unit_test(says_days_left_in_three_languages),
        cmocka_unit_test(answers_Arabic_for_Tamazight_until_it_has_words_and_the_key_for_an_unknown_word),
        cmocka_unit_test(puts_what_a_person_typed_in_bdi_and_escapes_it),
        cmocka_unit_test(lets_no_foreign_scheme_into_an_address),
        cmocka_unit_test(writes_days_as_Moroccans_do),
        cmocka_unit_test(writes_numbers_and_money_by_language),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
