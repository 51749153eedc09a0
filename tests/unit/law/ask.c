/* What a question is answered: the four values of yes_no, what is missing, dates, rules, lists and maps. */
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

#define VERDICT                                                                                                        \
    "    verdict\n        refused  when any need fails\n        pending  when any need undecided\n        granted  "   \
    "otherwise\n"

static void
answers(const char *file, const char *facts, const char *expected)
{
    const char *answer = sample_ask(arena, sample_law(arena, file), facts);
    if (strstr(answer, expected) == NULL) {
        fail_msg("%s\n    on %s gives\n    %s\n    and not\n    %s", file, facts, answer, expected);
    }
}

static void
a_missing_fact_matters_only_when_the_answer_hangs_on_it(void **state)
{
    (void)state;
    const char *file = "check c\n    fact a yes_no\n    fact b yes_no\n    fact d yes_no\n    need 1/1: a or b\n    "
                       "need 1/2: d\n" VERDICT;
    answers(file, "{\"a\":true,\"d\":true}", "\"verdict\":\"granted\",\"failed\":[],\"missing\":[]");
    answers(file, "{\"a\":false,\"d\":true}", "\"verdict\":\"incomplete\",\"failed\":[],\"missing\":[\"b\"]");
    answers(file, "{\"d\":false}", "\"verdict\":\"refused\",\"failed\":[\"T/1/2\"],\"missing\":[]");
    answers(file, "{}", "\"missing\":[\"a\",\"b\",\"d\"]");
}

static void
an_act_that_has_not_taken_place_is_not_before_anything(void **state)
{
    (void)state;
    const char *file = "check c\n    fact d date or absent\n    result before yes_no = d <= 2024-01-01\n    result "
                       "after yes_no = d > 2024-01-01\n"
                       "    result not_same yes_no = d != 2024-01-01\n    result later date or absent = d + 1 day\n"
                       "    result earlier date or absent = earliest(d, 2025-01-01)\n";
    answers(file, "{\"d\":null}",
            "\"before\":false,\"after\":false,\"not_same\":true,\"later\":null,\"earlier\":\"2025-01-01\"");
    answers(file, "{\"d\":\"2024-01-01\"}",
            "\"before\":true,\"after\":false,\"not_same\":false,\"later\":\"2024-01-02\",\"earlier\":\"2024-01-01\"");
}

static void
an_absent_side_decides_a_comparison_whatever_is_missing_on_the_other(void **state)
{
    (void)state;
    const char *file = "check c\n    fact d date or absent\n    fact e date\n    fact l list of date\n    result "
                       "before yes_no = d < e\n    result not_same yes_no = d != e\n    result in_list yes_no = d in "
                       "l\n    result days date or absent = d + 1 day\n";
    answers(file, "{\"d\":null,\"l\":[]}", "\"before\":false,\"not_same\":true,\"in_list\":false,\"days\":null");
    answers(file, "{\"e\":\"2024-01-01\",\"l\":[]}", "\"verdict\":\"incomplete\"");
    answers(file, "{\"e\":\"2024-01-01\",\"l\":[]}", "\"missing\":[\"d\"]");
}

static void
absent_stands_between_no_and_yes(void **state)
{
    (void)state;
    const char *file = "check c\n    fact a yes_no or absent\n    fact b yes_no\n    need 1/1: a and b\n" VERDICT;
    answers(file, "{\"a\":null,\"b\":true}", "\"verdict\":\"pending\"");
    answers(file, "{\"a\":null,\"b\":false}", "\"verdict\":\"refused\",\"failed\":[\"T/1/1\"]");
    answers(file, "{\"a\":null}", "\"verdict\":\"incomplete\",\"failed\":[],\"missing\":[\"b\"]");
    answers(
        "check c\n    fact a yes_no or absent\n    result r yes_no or absent = not a\n    result s yes_no = a or yes\n",
        "{\"a\":null}", "\"r\":null,\"s\":true");
}

static void
rows_that_agree_need_no_fact(void **state)
{
    (void)state;
    const char *file = "check c\n    fact a yes_no\n    fact k one of x y z\n    verdict\n        good  when k is x\n  "
                       "      good  when k is y and a\n"
                       "        bad   otherwise\n";
    answers(file, "{\"k\":\"x\"}", "\"verdict\":\"good\"");
    answers(file, "{\"k\":\"y\"}", "\"verdict\":\"incomplete\",\"failed\":[],\"missing\":[\"a\"]");
    answers(file, "{\"k\":\"z\"}", "\"verdict\":\"bad\"");
    answers("check c\n    fact a yes_no\n    verdict\n        same  when a\n        same  otherwise\n", "{}",
            "\"verdict\":\"same\"");
}

static void
a_need_that_does_not_apply_does_not_fail(void **state)
{
    (void)state;
    const char *file = "check c\n    fact a yes_no\n    fact w yes_no\n    need 1/1: a when w\n" VERDICT;
    answers(file, "{\"a\":false,\"w\":false}", "\"verdict\":\"granted\"");
    answers(file, "{\"a\":false,\"w\":true}", "\"failed\":[\"T/1/1\"]");
    answers(file, "{\"a\":true}", "\"verdict\":\"granted\"");
    answers(file, "{\"a\":false}", "\"missing\":[\"w\"]");
}

static void
failed_follows_the_order_of_the_text_and_names_each_norm_once(void **state)
{
    (void)state;
    answers("check c\n    fact a yes_no\n    need 2/1: a\n    need 1/2 1/9: a\n    need 1/2: a\n" VERDICT,
            "{\"a\":false}", "\"failed\":[\"T/1/2\",\"T/1/9\",\"T/2/1\"]");
}

static void
a_parameter_without_a_value_is_named(void **state)
{
    (void)state;
    const char *file =
        "parameter p number @1/3\n    from 2024-01-01 = 30 source \"a decree\"\nparameter q money @1/4\n"
        "check c\n    fact a number\n    fact m money\n    need 1/1: a > p\n    need 1/2: m >= q\n" VERDICT;
    const char *facts = "{\"a\":31,\"m\":500}";
    struct law *law = sample_law(arena, file);
    assert_non_null(strstr(sample_ask(arena, law, facts),
                           "\"verdict\":\"needs_parameter\",\"failed\":[],\"missing\":[],\"parameters\":[\"q\"]"));
    assert_non_null(
        strstr(sample_ask_at(arena, law, "c", "2023-12-31", facts, NULL, 0), "\"parameters\":[\"p\",\"q\"]"));
    struct law_setting settings[] = {
        {.name = TEXT("q"), .literal = TEXT("5 MAD"), .from = DATE_NONE, .until = DATE_NONE}};
    assert_non_null(
        strstr(sample_ask_at(arena, law, "c", "2026-01-01", facts, settings, 1), "\"verdict\":\"granted\""));
    settings[0].literal = TEXT("5.01 MAD");
    assert_non_null(
        strstr(sample_ask_at(arena, law, "c", "2026-01-01", facts, settings, 1), "\"verdict\":\"refused\""));
    settings[0].literal = TEXT("five");
    assert_non_null(strstr(sample_ask_at(arena, law, "c", "2026-01-01", facts, settings, 1), "parameter_type"));
    settings[0].name = TEXT("nothing");
    assert_non_null(strstr(sample_ask_at(arena, law, "c", "2026-01-01", facts, settings, 1), "unknown_parameter"));
}

static void
the_date_chooses_the_version(void **state)
{
    (void)state;
    struct law *law = sample_law(arena, "define least until 2024-12-31 = 75\ndefine least from 2025-01-01 = 80\n"
                                        "check c\n    fact a number\n    need 1/1: a >= least\n" VERDICT
                                        "check old until 2022-12-31\n    fact a yes_no\n    need 1/1: a\n"
                                        "check always at any date\n    fact a yes_no\n    need 1/1: a\n" VERDICT);
    assert_non_null(strstr(sample_ask_at(arena, law, "c", "2024-12-31", "{\"a\":75}", NULL, 0), "granted"));
    assert_non_null(strstr(sample_ask_at(arena, law, "c", "2025-01-01", "{\"a\":75}", NULL, 0), "refused"));
    assert_non_null(strstr(sample_ask_at(arena, law, "c", "2019-12-31", "{\"a\":\"nonsense\"}", NULL, 0),
                           "\"verdict\":\"not_in_force\",\"failed\":[\"T/2/3\"]"));
    assert_non_null(strstr(sample_ask_at(arena, law, "always", "2019-12-31", "{\"a\":true}", NULL, 0), "granted"));
    assert_non_null(strstr(sample_ask_at(arena, law, "old", "2023-01-01", "{\"a\":true}", NULL, 0), "unknown_check"));
}

static void
a_rule_and_its_exception_agree_or_conflict(void **state)
{
    (void)state;
    const char *file =
        "check c\n    fact a yes_no\n    fact b yes_no\n    let way rules\n        general  otherwise  @1/1\n"
        "        lone     when a     @1/2 over 1/1\n        two      when b     @1/3 over 1/1\n"
        "    verdict\n        lone     when way is lone\n        two      when way is two\n        general  "
        "otherwise\n";
    answers(file, "{\"a\":false,\"b\":false}", "\"verdict\":\"general\"");
    answers(file, "{\"a\":true,\"b\":false}", "\"verdict\":\"lone\"");
    answers(file, "{\"a\":true,\"b\":true}",
            "\"verdict\":\"conflict\",\"failed\":[],\"missing\":[],\"norms\":[\"T/1/2\",\"T/1/3\"]");
}

static void
terms_clamp_to_the_end_of_the_month(void **state)
{
    (void)state;
    const char *file = "check c\n    fact d date\n    result half date = d + 6 months\n    result year date = d + 1 "
                       "year\n    result back date = d - 1 month\n"
                       "    result clamped date = date(2023, 2, 31)\n    result years whole = years_between(d, "
                       "2030-02-28)\n    result days whole = days_between(d, 2024-03-01)\n";
    answers(file, "{\"d\":\"2024-02-29\"}",
            "\"half\":\"2024-08-29\",\"year\":\"2025-02-28\",\"back\":\"2024-01-29\",\"clamped\":\"2023-02-28\","
            "\"years\":6,\"days\":1");
    answers(file, "{\"d\":\"2024-08-31\"}", "\"half\":\"2025-02-28\"");
}

static void
divisions_round_as_they_say(void **state)
{
    (void)state;
    const char *file =
        "check c\n    fact m money\n    fact p number\n    result down money = m * p over 100 rounded down\n"
        "    result up money = m * p over 100 rounded up\n    result half money = m * p over 100 rounded half_up\n"
        "    result part whole = p over 2 rounded down\n    result none money or absent = m over 0 rounded down\n";
    answers(file, "{\"m\":101,\"p\":12.5}", "\"down\":12,\"up\":13,\"half\":13,\"part\":6,\"none\":null");
    answers(file, "{\"m\":-101,\"p\":12.5}", "\"down\":-13,\"up\":-12,\"half\":-13");
    answers(file, "{\"m\":100,\"p\":0.5}", "\"down\":0,\"up\":1,\"half\":1");
}

static void
lists_are_counted_tested_and_searched(void **state)
{
    (void)state;
    const char *file =
        "check c\n    fact films list\n        minutes number\n        kind one of x y\n        share number or "
        "absent\n"
        "    let long = films where minutes >= 75\n"
        "    result any_x yes_no = any of long where kind is x\n    result all_x yes_no = all of long where kind is x\n"
        "    result n whole = count of long\n    result two yes_no = at least 2 of long\n    result kinds whole = "
        "distinct kind of films\n"
        "    result sum number = sum minutes of films where kind is x\n    result top number or absent = highest share "
        "of films\n"
        "    result third number or absent = first minutes of long where position = 2\n    result last whole or absent "
        "= highest position of films where kind is y\n";
    answers(
        file,
        "{\"films\":[{\"minutes\":80,\"kind\":\"x\",\"share\":null},{\"minutes\":74.5,\"kind\":\"y\",\"share\":3},{"
        "\"minutes\":75,\"kind\":\"y\",\"share\":2.5}]}",
        "\"any_x\":true,\"all_x\":false,\"n\":2,\"two\":true,\"kinds\":2,\"sum\":80,\"top\":3,\"third\":75,\"last\":3");
    answers(file, "{\"films\":[]}",
            "\"any_x\":false,\"all_x\":true,\"n\":0,\"two\":false,\"kinds\":0,\"sum\":0,\"top\":null,\"third\":null,"
            "\"last\":null");
}

static void
a_list_is_enough_when_enough_elements_are_known(void **state)
{
    (void)state;
    const char *file = "check c\n    fact films list\n        minutes number\n        good yes_no\n    let fine = "
                       "films where good\n    need 1/1: at least 1 of fine where minutes > 10\n" VERDICT;
    answers(file, "{\"films\":[{\"minutes\":80,\"good\":true},{\"minutes\":80}]}", "\"verdict\":\"granted\"");
    answers(file, "{\"films\":[{\"minutes\":8},{\"minutes\":80}]}",
            "\"verdict\":\"incomplete\",\"failed\":[],\"missing\":[\"films.good\"]");
    answers(file, "{\"films\":[{\"minutes\":8,\"good\":true}]}", "\"verdict\":\"refused\"");
    answers(file, "{}", "\"missing\":[\"films\"]");
}

static void
one_list_is_read_inside_another(void **state)
{
    (void)state;
    const char *file = "check c\n    fact awards list\n        kind code\n        on date\n"
                       "    need 1/1: not any of awards as a where (any of awards as b where b.position = a.position + "
                       "1 and a.kind = b.kind)\n" VERDICT;
    answers(file,
            "{\"awards\":[{\"kind\":\"x\",\"on\":\"2024-01-01\"},{\"kind\":\"y\",\"on\":\"2024-01-01\"},{\"kind\":"
            "\"x\",\"on\":\"2024-01-01\"}]}",
            "granted");
    answers(file, "{\"awards\":[{\"kind\":\"x\",\"on\":\"2024-01-01\"},{\"kind\":\"x\",\"on\":\"2024-01-01\"}]}",
            "refused");
}

static void
shares_add_up_to_the_total(void **state)
{
    (void)state;
    const char *file = "check c\n    fact profit money\n    fact c_map map of money\n    let split = allocate(profit, "
                       "c_map)\n    result shares map of money or absent = split\n"
                       "    result total money = sum value of split\n    result ma money or absent = split at MA\n    "
                       "result first_key code or absent = first key of c_map where value = (highest value of c_map)\n";
    answers(file, "{\"profit\":100,\"c_map\":{\"MA\":1,\"SY\":1,\"TN\":1}}",
            "\"shares\":{\"MA\":34,\"SY\":33,\"TN\":33},\"total\":100,\"ma\":34,\"first_key\":\"MA\"");
    answers(file, "{\"profit\":101,\"c_map\":{\"MA\":1,\"SY\":3}}", "\"shares\":{\"MA\":25,\"SY\":76}");
    answers(file, "{\"profit\":100,\"c_map\":{\"MA\":0}}", "\"shares\":null");
}

static void
what_is_missing_is_found_with_lists_made_by_the_run(void **state)
{
    (void)state;
    answers("check c\n    fact a yes_no\n    fact films list\n        country country\n    let n = distinct country of "
            "films\n"
            "    let m = sum entry(country, 1) of films\n    need 1/1: a and n > 0\n" VERDICT
            "    result made map of whole = m\n    result part list of code every\n        x  when n = 2\n        y  "
            "otherwise\n",
            "{\"films\":[{\"country\":\"MA\"},{\"country\":\"TN\"},{\"country\":\"MA\"}]}",
            "\"missing\":[\"a\"],\"made\":{\"MA\":2,\"TN\":1},\"part\":[\"x\",\"y\"]");
}

static void
tables_answer_by_range_and_by_any(void **state)
{
    (void)state;
    const char *file =
        "table t\n    n         | k   => v   | norm | term\n    1         | any => 10  | 1/1  | 5 days\n    2 to 3    "
        "| x y => 20  | 1/2  | 1 month\n    4 or more | any => -   | 1/3  | -\n"
        "check c\n    fact n whole\n    fact k one of x y z\n    result v number or absent = t(n, k).v\n    result at "
        "date or absent = 2024-01-31 + t(n, k).term\n    result cited norm or absent = t(n, k).norm\n";
    answers(file, "{\"n\":1,\"k\":\"z\"}", "\"v\":10,\"at\":\"2024-02-05\",\"cited\":\"T/1/1\"");
    answers(file, "{\"n\":3,\"k\":\"y\"}", "\"v\":20,\"at\":\"2024-02-29\",\"cited\":\"T/1/2\"");
    answers(file, "{\"n\":3,\"k\":\"z\"}", "\"v\":null,\"at\":null,\"cited\":null");
    answers(file, "{\"n\":9,\"k\":\"z\"}", "\"v\":null,\"at\":null,\"cited\":\"T/1/3\"");
    answers(file, "{\"n\":1}", "\"v\":10");
    answers(file, "{\"n\":2}", "\"verdict\":\"incomplete\",\"failed\":[],\"missing\":[\"k\"]");
}

static void
a_fact_that_is_wrong_is_an_error_with_its_place(void **state)
{
    (void)state;
    struct law *law =
        sample_law(arena, "check c\n    fact n whole from 1 to 9\n    fact films list\n        role one of a b\n       "
                          " share number\n    fact m map of money\n    need 1/1: n > 1\n" VERDICT);
    static const char *const wrong[][2] = {
        {"{\"nn\":1}", "fact_unknown facts.nn"},
        {"{\"n\":1.5}", "fact_type facts.n"},
        {"{\"n\":10}", "fact_range facts.n"},
        {"{\"n\":null}", "fact_null facts.n"},
        {"{\"n\":\"1\"}", "fact_type facts.n: n is a text; a whole number is expected"},
        {"{\"films\":[{\"role\":\"a\"},{\"role\":\"c\"}]}", "fact_range facts.films[1].role"},
        {"{\"films\":[{\"share\":\"x\"}]}", "fact_type facts.films[0].share"},
        {"{\"films\":[{\"rolle\":\"a\"}]}", "fact_unknown facts.films[0].rolle"},
        {"{\"films\":{}}", "fact_type facts.films"},
        {"{\"m\":{\"MA\":1.5}}", "fact_type facts.m.MA"},
        {"[]", "facts facts"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        const char *answer = sample_ask(arena, law, wrong[i][0]);
        if (strncmp(answer, wrong[i][1], strlen(wrong[i][1])) != 0) {
            fail_msg("%s gives %s, not %s", wrong[i][0], answer, wrong[i][1]);
        }
    }
}

static void
what_grows_too_large_is_an_error_and_never_wraps(void **state)
{
    (void)state;
    struct law *law =
        sample_law(arena, "check c\n    fact m money\n    result r money = m * 3\n    result s money = m + m\n");
    assert_non_null(strstr(sample_ask(arena, law, "{\"m\":9000000000000000000}"), "overflow"));
    law = sample_law(arena, "check c\n    fact d date\n    result r date = d + 9000 years\n");
    assert_non_null(strstr(sample_ask(arena, law, "{\"d\":\"2024-01-01\"}"), "overflow"));
}

static void
omitted_facts_are_absent_where_the_text_says_so(void **state)
{
    (void)state;
    struct law *law = sample_law_absent(
        arena,
        "check c\n    fact a yes_no\n    fact b yes_no or absent\n    fact d date\n    fact k one of x y\n    let l = "
        "k is x\n    result a_is yes_no = a\n"
        "    result b_gone yes_no = b is absent\n    result d_gone yes_no = d is absent\n    result k_is yes_no = l\n");
    const char *answer = sample_ask(arena, law, "{}");
    assert_non_null(strstr(answer, "\"missing\":[\"k\"],\"a_is\":false,\"b_gone\":true,\"d_gone\":true"));
}

static void
the_trace_tells_what_was_read_and_compared(void **state)
{
    (void)state;
    struct law *law =
        sample_law(arena, "table least @1/4\n    form => amount\n    SA => 500 MAD\n    SARL => 300 MAD\n"
                          "check c\n    fact form one of SA SARL\n    fact capital money\n    need 1/1: capital >= "
                          "least(form)\n    need 1/2: form is SA when capital > 1_000 MAD\n"
                          "    verdict\n        refused  when any need fails @1/8\n        granted  otherwise @1/9\n");
    struct json facts;
    struct ruling ruling;
    struct question_fault fault;
    MUST(arena, json_read(arena, TEXT("{\"form\":\"SA\",\"capital\":40000}"), &facts));
    struct law_question question = {.check = TEXT("c"), .facts = &facts, .trace = true};
    assert_true(date_from_text(TEXT("2026-01-01"), &question.as_of));
    MUST(arena, law_ask(arena, law, &question, &ruling, &fault));
    assert_int_equal(ruling.trace_count, 3);
    ASSERT_TEXT(ruling.trace[0].norm, "T/1/1");
    assert_int_equal(ruling.trace[0].outcome, TRACE_FAILS);
    ASSERT_TEXT(ruling.trace[0].values[0].name, "capital");
    ASSERT_TEXT(ruling.trace[0].values[0].value.text, "40000");
    ASSERT_TEXT(ruling.trace[0].values[2].name, "least");
    ASSERT_TEXT(ruling.trace[0].values[2].value.text, "50000");
    assert_int_equal(ruling.trace[1].outcome, TRACE_NOT_APPLICABLE);
    ASSERT_TEXT(ruling.trace[2].norm, "T/1/8");
    assert_int_equal(ruling.trace[2].outcome, TRACE_APPLIED);
    struct text receipt = ruling_receipt(arena, &ruling, law);
    struct ruling again;
    MUST(arena, law_ask(arena, law, &question, &again, &fault));
    assert_true(receipt.len > 0);
    assert_true(text_equal(receipt, ruling_receipt(arena, &again, law)));
}

static void
texts_say_the_same_without_their_marks(void **state)
{
    (void)state;
    const char *file = "check c\n    fact a text\n    let wanted = \"\xD8\xA5\xD9\x86\xD8\xAA\xD8\xA7\xD8\xAC "
                       "\xD9\x85\xD8\xBA\xD8\xB1\xD8\xA8\xD9\x8A\"\n"
                       "    result same yes_no = same_text(a, wanted)\n    result has yes_no = has_text(a, wanted)\n";
    answers(file,
            "{\"a\":\"\xC2\xAB \xD8\xA5\xD9\x86\xD8\xAA\xD8\xA7\xD8\xAC  \xD9\x85\xD8\xBA\xD8\xB1\xD8\xA8\xD9\x8A "
            "\xC2\xBB.\"}",
            "\"same\":true,\"has\":true");
    answers(file,
            "{\"a\":\"\xD8\xA5\xD9\x86\xD8\xAA\xD8\xA7\xD8\xAC \xD9\x85\xD8\xBA\xD8\xA7\xD8\xB1\xD8\xA8\xD9\x8A\"}",
            "\"same\":false,\"has\":false");
}

static const char *
loaded_answer(const struct law *law, const struct law_facts *facts, const char *day, const struct law_setting *setting)
{
    struct law_question question = {.check = TEXT("c"), .loaded = facts, .settings = setting, .settings_count = 1};
    struct question_fault fault;
    struct ruling ruling;
    struct buf buf = buf_new(arena, 10000);
    struct json_out out = json_out(&buf);
    assert_true(date_from_text(text_of(day), &question.as_of));
    assert_null(law_ask(arena, law, &question, &ruling, &fault));
    ruling_print(&out, (struct text){0}, &ruling, law);
    return text_cstr(arena, buf_built(&buf));
}

static void
facts_read_once_are_asked_with_other_settings_and_dates(void **state)
{
    (void)state;
    const char *file = "parameter word text @1/3\n"
                       "check c\n    fact own text\n    fact names list of text\n    need 1/1: own = word\n    result "
                       "named yes_no = own in names\n" VERDICT;
    const struct law *law = sample_law(arena, file);
    struct json facts;
    struct json_fault wrong;
    struct question_fault fault;
    const struct law_facts *loaded = NULL;
    assert_true(json_parse(arena, TEXT("{\"own\":\"UNHEARD\",\"names\":[\"X\",\"UNHEARD\"]}"), &facts, &wrong));
    struct law_question question = {.check = TEXT("c"), .facts = &facts};
    assert_true(date_from_text(TEXT("2026-01-01"), &question.as_of));
    assert_null(facts_load(arena, law, &question, &loaded, &fault));
    const struct law_setting same = {
        .name = TEXT("word"), .literal = TEXT("\"UNHEARD\""), .from = DATE_NONE, .until = DATE_NONE};
    for (int i = 0; i < 100; i++) { /* what a setting brings does not stay in the facts, which would fill up */
        const struct law_setting other = {.name = TEXT("word"),
                                          .literal = text_printf(arena, "\"NEW %d\"", i),
                                          .from = DATE_NONE,
                                          .until = DATE_NONE};
        assert_non_null(strstr(loaded_answer(law, loaded, "2026-01-01", &same), "\"granted\""));
        assert_non_null(strstr(loaded_answer(law, loaded, "2026-01-01", &other), "\"refused\""));
        assert_non_null(strstr(loaded_answer(law, loaded, "2027-05-01", &same), "\"named\":true"));
    }
    question.check = TEXT("nothing");
    assert_non_null(facts_load(arena, law, &question, &loaded, &fault));
    assert_string_equal(fault.code, "unknown_check");
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(a_missing_fact_matters_only_when_the_answer_hangs_on_it),
        T(an_act_that_has_not_taken_place_is_not_before_anything),
        T(an_absent_side_decides_a_comparison_whatever_is_missing_on_the_other),
        T(absent_stands_between_no_and_yes),
        T(rows_that_agree_need_no_fact),
        T(a_need_that_does_not_apply_does_not_fail),
        T(failed_follows_the_order_of_the_text_and_names_each_norm_once),
        T(a_parameter_without_a_value_is_named),
        T(the_date_chooses_the_version),
        T(a_rule_and_its_exception_agree_or_conflict),
        T(terms_clamp_to_the_end_of_the_month),
        T(divisions_round_as_they_say),
        T(lists_are_counted_tested_and_searched),
        T(a_list_is_enough_when_enough_elements_are_known),
        T(one_list_is_read_inside_another),
        T(shares_add_up_to_the_total),
        T(what_is_missing_is_found_with_lists_made_by_the_run),
        T(tables_answer_by_range_and_by_any),
        T(a_fact_that_is_wrong_is_an_error_with_its_place),
        T(what_grows_too_large_is_an_error_and_never_wraps),
        T(omitted_facts_are_absent_where_the_text_says_so),
        T(the_trace_tells_what_was_read_and_compared),
        T(texts_say_the_same_without_their_marks),
        T(facts_read_once_are_asked_with_other_settings_and_dates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
