#include "base/text.h"

#include "../unit.h"

static void
reads_the_largest_and_smallest_integers_and_refuses_the_next(void **state)
{
    (void)state;
    int64_t value = 0;
    assert_true(text_to_int64(TEXT("9223372036854775807"), &value));
    assert_true(value == INT64_MAX);
    assert_true(text_to_int64(TEXT("-9223372036854775808"), &value));
    assert_true(value == INT64_MIN);
    assert_false(text_to_int64(TEXT("9223372036854775808"), &value));
    assert_false(text_to_int64(TEXT(""), &value));
    assert_false(text_to_int64(TEXT("-"), &value));
    assert_false(text_to_int64(TEXT("1 "), &value));
}

static void
refuses_overlong_surrogate_and_truncated_utf8(void **state)
{
    (void)state;
    assert_true(text_is_utf8(TEXT("المركز é 𐍈")));
    assert_false(text_is_utf8(TEXT("\xC0\xAF")));
    assert_false(text_is_utf8(TEXT("\xED\xA0\x80")));
    assert_false(text_is_utf8(TEXT("\xF4\x90\x80\x80")));
    assert_false(text_is_utf8(TEXT("\xD8")));
}

static void
sees_bidi_overrides_but_lets_joiners_pass(void **state)
{
    (void)state;
    assert_true(text_has_hidden(TEXT("abc\xE2\x80\xAE"
                                     "def")));
    assert_true(text_has_hidden(TEXT("\xEF\xBB\xBFx")));
    assert_false(text_has_hidden(TEXT("می\xE2\x80\x8Cخواهم\n")));
}

static void
splits_keeping_empty_parts(void **state)
{
    (void)state;
    struct text rest = TEXT("a,,b");
    struct text part;
    assert_true(text_split(&rest, ',', &part));
    ASSERT_TEXT(part, "a");
    assert_true(text_split(&rest, ',', &part));
    ASSERT_TEXT(part, "");
    assert_true(text_split(&rest, ',', &part));
    ASSERT_TEXT(part, "b");
    assert_false(text_split(&rest, ',', &part));
}

static void
a_part_of_an_absent_text_is_absent(void **state)
{
    (void)state;
    const struct text absent = {NULL, 0};
    assert_null(text_slice(absent, 0, 0).at);
    assert_null(text_after(absent, 0).at);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_part_of_an_absent_text_is_absent),
        cmocka_unit_test(reads_the_largest_and_smallest_integers_and_refuses_the_next),
        cmocka_unit_test(refuses_overlong_surrogate_and_truncated_utf8),
        cmocka_unit_test(sees_bidi_overrides_but_lets_joiners_pass),
        cmocka_unit_test(splits_keeping_empty_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
