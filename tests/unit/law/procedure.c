/* Procedures as the office reads them. */
#include "law/procedure.h"

#include <string.h>

#include "../unit.h"
#include "sample.h"

static struct arena *arena;
static const char file[] =
    "check c\n    fact kind one of film video\n    fact cuts whole\n    fact opinion one of none favourable\n    let "
    "long_cut = cuts > 3\n    need 1/1: opinion is favourable\n"
    "    verdict\n        refused  when any need fails\n        granted  otherwise\n"
    "check vote\n    fact votes whole\n    need 1/2: votes > 0\n"
    "procedure p\n    ar \"\xD8\xA3\"\n    fr \"P\"\n    en \"P\"\n    act p\n    filed by company association @1/1\n  "
    "  before entry contract @1/2\n"
    "    document form required signed copies 12 @1/3\n        attests kind\n    document script when kind is film "
    "@1/4\n    document undertaking when long_cut @1/5\n    document card\n"
    "    fact kind attested\n    fact cuts asked\n    opinion of committee binding @1/6\n        check vote\n        "
    "gives opinion\n        fact votes counted\n    check c\n"
    "    decided by director @1/7\n    time limit days @1/8\n    grants p for 5 years @1/9\n    notice copy within 10 "
    "days @2/1\n    life release within 6 months @2/2\n    ends with q\n    ends takes r\n"
    "parameter days whole @1/8\nformality reasons\n    on refuse withdraw @2/3\n    requires reasoned\n"
    "body committee\n    ar \"\xD8\xA3\"\n    fr \"C\"\n    en \"C\"\n    composition president 1 members 4 @1/6\n    "
    "vote check vote @1/6\n";

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

static struct date
day(void)
{
    struct date date;
    assert_true(date_from_text(TEXT("2026-01-01"), &date));
    return date;
}

static void
gives_each_line_of_a_procedure(void **state)
{
    (void)state;
    struct law *law = sample_law(arena, file);
    const struct procedure *p = law_procedure(law, TEXT("p"), day());
    assert_non_null(p);
    assert_int_equal(p->filed_by_count, 2);
    ASSERT_TEXT(p->filed_by[1], "association");
    ASSERT_TEXT(p->before_entry, "contract");
    assert_int_equal(p->documents_count, 4);
    assert_true(p->documents[0].must_be_signed);
    assert_int_equal(p->documents[0].copies, 12);
    ASSERT_TEXT(p->documents[0].attests[0], "kind");
    ASSERT_TEXT(p->documents[0].norms[0], "T/1/3");
    ASSERT_TEXT(p->documents[1].when, "kind is film");
    assert_int_equal(p->facts[0].source, SOURCE_ATTESTED);
    ASSERT_TEXT(p->opinion_body, "committee");
    ASSERT_TEXT(p->opinion_kind, "binding");
    ASSERT_TEXT(p->opinion_gives[0], "opinion");
    ASSERT_TEXT(p->opinion_checks[0], "vote");
    ASSERT_TEXT(p->time_limit, "days");
    assert_int_equal(p->validity, GRANT_FOR_TERM);
    assert_int_equal(p->validity_term.count, 5);
    assert_int_equal(p->validity_term.unit, TERM_YEARS);
    ASSERT_TEXT(p->notices[0].name, "copy");
    assert_int_equal(p->notices[0].within.count, 10);
    assert_int_equal(p->lives[0].within.unit, TERM_MONTHS);
    ASSERT_TEXT(p->ends_with[0], "q");
    ASSERT_TEXT(p->ends_takes[0], "r");
    size_t count;
    assert_ptr_not_equal(law_procedures(law, day(), &count), NULL);
    assert_int_equal(count, 1);
}

static enum due
due(const struct law *law, size_t document, const char *facts)
{
    const struct procedure *p = law_procedure(law, TEXT("p"), day());
    struct json json;
    MUST(arena, json_read(arena, text_of(facts), &json));
    return procedure_document_due(arena, law, p, &p->documents[document], day(), &json);
}

static void
a_document_is_due_by_facts_and_by_lets_of_a_check(void **state)
{
    (void)state;
    struct law *law = sample_law(arena, file);
    assert_int_equal(due(law, 0, "{}"), DUE_YES);
    assert_int_equal(due(law, 1, "{\"kind\":\"film\"}"), DUE_YES);
    assert_int_equal(due(law, 1, "{\"kind\":\"video\",\"unheard\":1}"), DUE_NO);
    assert_int_equal(due(law, 1, "{}"), DUE_UNKNOWN);
    assert_int_equal(due(law, 2, "{\"cuts\":4}"), DUE_YES);
    assert_int_equal(due(law, 2, "{\"cuts\":3}"), DUE_NO);
    assert_int_equal(due(law, 3, "{}"), DUE_NO);
}

static void
a_misspelt_fact_in_the_condition_of_a_document_is_a_fault(void **state)
{
    (void)state;
    static const char *const slips[][2] = {{"when kind is film ", "when knd is film  "},
                                           {"when long_cut ", "when long_ct  "},
                                           {"when kind is film ", "when cus is given "}};
    static const char *const said[] = {"nothing here is called `knd`", "`long_ct` is neither a name",
                                       "nothing here is called `cus`"};
    for (size_t i = 0; i < 3; i++) {
        char *slipped = arena_alloc(arena, sizeof file);
        memcpy(slipped, file, sizeof file);
        char *at = strstr(slipped, slips[i][0]);
        assert_non_null(at);
        memcpy(at, slips[i][1], strlen(slips[i][1]));
        assert_non_null(strstr(sample_faults(arena, slipped), said[i]));
    }
}

static void
formalities_hook_on_their_decisions_only(void **state)
{
    (void)state;
    struct law *law = sample_law(arena, file);
    size_t count;
    const struct formality *found = law_formalities(arena, law, TEXT("T"), TEXT("refuse"), day(), &count);
    assert_int_equal(count, 1);
    ASSERT_TEXT(found[0].requires_, "reasoned");
    ASSERT_TEXT(found[0].norms[0], "T/2/3");
    (void)law_formalities(arena, law, TEXT("T"), TEXT("grant"), day(), &count);
    assert_int_equal(count, 0);
    const struct law_body *body = law_body(law, TEXT("committee"), day());
    assert_non_null(body);
    assert_int_equal(body->seats_count, 2);
    assert_int_equal(body->seats[1].count, 4);
    ASSERT_TEXT(body->vote_check, "vote");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(gives_each_line_of_a_procedure, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_document_is_due_by_facts_and_by_lets_of_a_check, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_misspelt_fact_in_the_condition_of_a_document_is_a_fault, set_up, tear_down),
        cmocka_unit_test_setup_teardown(formalities_hook_on_their_decisions_only, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
