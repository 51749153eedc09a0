/* What the reader refuses, and how it says so. */
#include <string.h>

#include "../unit.h"
#include "sample.h"

static struct arena *arena;

static int
set_up(void **state)
{
    (void)state;
    arena = arena_new((size_t)256 * 1024 * 1024);
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void
says(const char *file, const char *words)
{
    const char *faults = sample_faults(arena, file);
    if (strstr(faults, words) == NULL) {
        fail_msg("\"%s\" is not said in:\n%s", words, faults);
    }
}

static void
points_at_what_cannot_be_compared(void **state)
{
    (void)state;
    const char *faults = sample_faults(arena, "check c\n    fact capital money\n    fact legal_form one of SA SARL\n"
                                              "    need 1/1: capital >= legal_form\n");
    assert_string_equal(faults,
                        "T/a.law:5:15: the left side is money, the right side is a code: they cannot be compared.\n"
                        "        need 1/1: capital >= legal_form\n"
                        "                  ^^^^^^^^^^^^^^^^^^^^^\n");
}

static void
tells_a_code_that_has_become_a_name(void **state)
{
    (void)state;
    says("check c\n    fact on date or absent\n    let cured = on is given\n    let stage\n        open   when on is "
         "absent\n"
         "        cured  otherwise\n    result stage code = stage\n",
         "For the code write 'cured'");
}

static void
tells_a_norm_that_is_not_stated(void **state)
{
    (void)state;
    says("check c\n    fact a yes_no\n    need 7/1: a\n", "T/a.law:4:10: no norm T/7/1 in this corpus.");
}

static void
tells_all_faults_at_once_in_order(void **state)
{
    (void)state;
    const char *faults =
        sample_faults(arena, "check c\n    fact a yes_no\n    need 1/1: b\n    need 1/2: a + 1\n    fact c whool\n");
    const char *first = strstr(faults, "a.law:4:"), *second = strstr(faults, "a.law:5:"),
               *third = strstr(faults, "a.law:6:");
    assert_non_null(first);
    assert_non_null(second);
    assert_non_null(third);
    assert_true(first < second && second < third);
}

static void
refuses_what_would_show_one_thing_and_mean_another(void **state)
{
    (void)state;
    says("check c\n\tfact a yes_no\n", "tabs");
    says("check c\n    fact \xD8\xA3 yes_no\n", "another script stands outside quotes");
    says("check c\n    fact a text\n    need 1/1: has_text(a, \"\xD8\xA3\")\n", "must be the last thing on its line");
    says("check c # \xE2\x80\xAE\n    fact a yes_no\n", "direction-changing");
    says("check c\n    fact a yes_no\n    need 1/1: a # \xFF\n", "not UTF-8");
}

static void
refuses_lines_that_stand_nowhere(void **state)
{
    (void)state;
    says("check c\n   fact a yes_no\n", "levels are four spaces each");
    says("check c\n            fact a yes_no\n", "stands below nothing");
    says("surprise c\n", "is not a line of a law file");
    says("check c\n    fact a yes_no\n    need 1/1: a \"open\n", "not closed");
}

static void
refuses_types_that_do_not_fit(void **state)
{
    (void)state;
    says("check c\n    fact a date\n    fact b date\n    need 1/1: a + b = a\n", "days_between(a, b)");
    says("check c\n    fact a date\n    need 1/1: a + 3 = a\n", "`+ 10 days`");
    says("check c\n    fact a money\n    need 1/1: a > 0\n", "0 MAD");
    says("check c\n    fact a yes_no\n    need 1/1: a is SA\n", "`is` asks for a code");
    says("check c\n    fact a one of x y\n    need 1/1: a is z\n", "`z` is not one of the codes");
    says("check c\n    fact a number\n    need 1/1: a over 3 = 1\n", "must say how it rounds");
    says("check c\n    fact a map of money\n    need 1/1: a > 1\n", "cannot be compared");
    says("check c\n    fact l list of code\n    need 1/1: any of l where it + 1\n", "cannot be added");
    says("check c\n    fact a yes_no\n    result r date = a\n", "the result `r` is a date, but its value is a yes_no");
    says("check c\n    fact a yes_no\n    verdict\n        no  when a\n", "a verdict is a word");
}

static void
refuses_names_that_are_not_there_and_offers_the_nearest(void **state)
{
    (void)state;
    says("check c\n    fact capital money\n    need 1/1: captial > 0 MAD\n", "Did you mean `capital`?");
    says("check c\n    fact a yes_no\n    need 1/1: feature(a)\n", "no table, define or function `feature`");
    says("check c\n    fact a yes_no\n    fact a yes_no\n", "already the name");
    says("check c\n    fact a yes_no\n    let b = later and a\n    let later = a\n", "neither a name above this line");
    says("check c\n    fact a yes_no\n    need 1/1: a\n    verdict\n        bad  when fails 1/2\n",
         "no need above cites 1/2");
}

static void
refuses_two_items_of_one_name_at_one_time(void **state)
{
    (void)state;
    says("check c\n    fact a yes_no\n    need 1/1: a\ncheck c from 2024-01-01\n    fact a yes_no\n    need 1/1: a\n",
         "already there at that time");
    says("parameter p whole @1/1\n    from 2020-01-01 until 2024-01-01 = 3 source \"x\"\n    from 2023-01-01 = 4 "
         "source \"x\"\n",
         "two values of `p` hold at once");
    says("parameter p whole @1/1\n    from 2020-01-01 = 3\n", "needs its source");
    says("parameter p whole @1/1\n    from 2020-01-01 = yes source \"x\"\n", "not of the type of the parameter");
}

static void
refuses_rules_without_norms_and_in_a_ring(void **state)
{
    (void)state;
    says("check c\n    fact a yes_no\n    let b rules\n        1  when a\n        2  otherwise @1/2\n    result r "
         "number = b\n",
         "each row of `rules` cites its norm");
    says("check c\n    fact a yes_no\n    let b rules\n        1  when a     @1/1 over 1/2\n        2  otherwise  @1/2 "
         "over 1/1\n    result r number = b\n",
         "two norms each go over the other");
}

static void
refuses_a_define_that_uses_itself(void **state)
{
    (void)state;
    says("define f(x) = f(x)\ncheck c\n    fact a yes_no\n    need 1/1: f(a)\n", "may not use themselves");
}

static void
refuses_a_procedure_whose_facts_have_no_source(void **state)
{
    (void)state;
    says("check c\n    fact a yes_no\n    fact b yes_no\n    need 1/1: a and b\n"
         "procedure p\n    ar \"\xD8\xA3\"\n    fr \"p\"\n    en \"p\"\n    act p\n    fact a asked\n    check c\n",
         "does not say where these facts of `c` come from: b.");
}

static void
refuses_a_norm_without_its_three_statements(void **state)
{
    (void)state;
    says("article 3\n    norm 3/1 duty\n        en \"One language\"\n", "in all three languages");
    says("article 3\n    norm 4/1 duty\n        ar \"\xD8\xA3\"\n        fr \"a\"\n        en \"a\"\n",
         "stands in article 3");
    says("article 1\n    norm 1/1 duty\n        ar \"\xD8\xA3\"\n        fr \"a\"\n        en \"a\"\n",
         "already stated");
}

static void
reads_words_and_norms_in_the_order_of_the_text(void **state)
{
    (void)state;
    struct law *law = sample_law(
        arena, "article 10\n    norm 10/1 duty\n        ar \"\xD8\xA3\"\n        fr \"a\"\n        en \"a\"\n"
               "article D\n    norm D/1 duty\n        ar \"\xD8\xA3\"\n        fr \"a\"\n        en \"a\"\n"
               "        actor director board\n        force discretionary\n        sanction 1/2\n"
               "word capital\n    ar \"\xD8\xA3\"\n    fr \"Capital\"\n    en \"Capital\"\n");
    size_t count;
    const struct norm *norms = law_norms(law, &count);
    assert_int_equal(count, 14);
    ASSERT_TEXT(norms[0].id, "T/D/1");
    ASSERT_TEXT(norms[0].actor, "director board");
    assert_int_equal(norms[0].force, FORCE_DISCRETIONARY);
    ASSERT_TEXT(norms[0].sanctioned_by[0], "T/1/2");
    ASSERT_TEXT(norms[13].id, "T/10/1");
    ASSERT_TEXT(law_word(law, TEXT("capital"), LANG_FR), "Capital");
    ASSERT_TEXT(law_word(law, TEXT("unknown_word"), LANG_FR), "unknown_word");
    assert_false(law_has_word(law, TEXT("unknown_word")));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(points_at_what_cannot_be_compared, set_up, tear_down),
        cmocka_unit_test_setup_teardown(tells_a_code_that_has_become_a_name, set_up, tear_down),
        cmocka_unit_test_setup_teardown(tells_a_norm_that_is_not_stated, set_up, tear_down),
        cmocka_unit_test_setup_teardown(tells_all_faults_at_once_in_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refuses_what_would_show_one_thing_and_mean_another, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refuses_lines_that_stand_nowhere, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refuses_types_that_do_not_fit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refuses_names_that_are_not_there_and_offers_the_nearest, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refuses_two_items_of_one_name_at_one_time, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refuses_rules_without_norms_and_in_a_ring, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refuses_a_define_that_uses_itself, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refuses_a_procedure_whose_facts_have_no_source, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refuses_a_norm_without_its_three_statements, set_up, tear_down),
        cmocka_unit_test_setup_teardown(reads_words_and_norms_in_the_order_of_the_text, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
