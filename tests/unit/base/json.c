#include "base/json.h"

#include <string.h>

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

static struct json
read_json(struct text input)
{
    struct json value = {0};
    struct json_fault found = {0};
    if (!json_parse(arena, input, &value, &found)) {
        fail_msg("%.60s: byte %zu: %s", text_cstr(arena, input), found.offset, found.message);
    }
    return value;
}

static struct text
write_json(const struct json *value)
{
    struct buf *buf = ARENA_NEW(arena, struct buf);
    *buf = buf_new(arena, 1000000);
    struct json_out out = json_out(buf);
    json_put_json(&out, value);
    return buf_built(buf);
}

static void
reads_every_kind_of_value_and_writes_it_back(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "null",
        "true",
        "false",
        "0",
        "-0",
        "12",
        "-1.50",
        "1e2",
        "1E-2",
        "1.5e+10",
        "\"\"",
        "\"a\"",
        "[]",
        "{}",
        "[1,[2,[]],{}]",
        "{\"a\":1,\"b\":[true,null],\"\":\"\"}",
        "\"سينما 𐍈 é\"",
        "{\"ة\":{\"ى\":[{}]}}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const struct json value = read_json(text_of(texts[i]));
        ASSERT_TEXT(write_json(&value), texts[i]);
    }
    const struct json spaced = read_json(TEXT(" \t\r\n{ \"a\" : [ 1 , 2 ] , \"b\" : { } } \n"));
    ASSERT_TEXT(write_json(&spaced), "{\"a\":[1,2],\"b\":{}}");
    assert_int_equal(spaced.offset, 4);
    assert_int_equal(json_get(&spaced, "a")->offset, 12);
}

/* tidy: functions: a table of faults */
static void
says_where_and_why_a_text_is_not_json(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t offset;
        const char *message;
    } cases[] = {
        {"", 0, "the text ends where a value was expected"},
        {"  ", 2, "the text ends where a value was expected"},
        {"\xEF\xBB\xBF{}", 0, "the text begins with a byte order mark"},
        {"{} x", 3, "something follows the value"},
        {"nul", 0, "a value was expected"},
        {"nulls", 4, "something follows the value"},
        {"True", 0, "a value was expected"},
        {"NaN", 0, "a value was expected"},
        {"-", 0, "a value was expected"},
        {"+1", 0, "a value was expected"},
        {".5", 0, "a value was expected"},
        {"01", 0, "a number begins with a needless zero"},
        {"-00", 0, "a number begins with a needless zero"},
        {"1.", 2, "a digit was expected"},
        {"1.e1", 2, "a digit was expected"},
        {"1e", 2, "a digit was expected"},
        {"1e+", 3, "a digit was expected"},
        {"0x10", 1, "something follows the value"},
        {"[1,]", 3, "a value was expected"},
        {"[1 2]", 3, "a comma or the closing bracket was expected"},
        {"[1", 2, "a comma or the closing bracket was expected"},
        {"[", 1, "the text ends where a value was expected"},
        {"[1}", 2, "a comma or the closing bracket was expected"},
        {"{\"a\" 1}", 5, "a colon was expected"},
        {"{\"a\":}", 5, "a value was expected"},
        {"{\"a\":1,}", 7, "the name of a member was expected"},
        {"{a:1}", 1, "the name of a member was expected"},
        {"{1:1}", 1, "the name of a member was expected"},
        {"{", 1, "the name of a member was expected"},
        {"'a'", 0, "a value was expected"},
        {"/**/1", 0, "a value was expected"},
        {"\"a", 0, "the string has no end"},
        {"\"a\\\"", 0, "the string has no end"},
        {"\"a\\", 0, "the string has no end"},
        {"\"a\tb\"", 2, "a control character stands bare in a string"},
        {"\"a\nb\"", 2, "a control character stands bare in a string"},
        {"\"\\x\"", 1, "an escape is unknown"},
        {"\"\\u12\"", 1, "an escape is unknown"},
        {"\"ab\\u12g4\"", 3, "an escape needs four hexadecimal digits"},
        {"\"\\ud800\"", 1, "half a surrogate pair stands alone"},
        {"\"\\ud800x\"", 1, "half a surrogate pair stands alone"},
        {"\"\\ud800\\n\"", 1, "half a surrogate pair stands alone"},
        {"\"\\ud800\\u0041\"", 1, "half a surrogate pair stands alone"},
        {"\"\\udc00\"", 1, "half a surrogate pair stands alone"},
        {"\"\\udc00\\udc00\"", 1, "half a surrogate pair stands alone"},
        {"\"ab\xFF\"", 3, "the string is not UTF-8"},
        {"\"\xED\xA0\x80\"", 1, "the string is not UTF-8"},
        {"\"\xC3\"", 1, "the string is not UTF-8"},
        {"[\xC3\xA9]", 1, "a value was expected"},
        {"{\"a\":1,\"b\":2,\"a\":3}", 17, "a name stands twice in the object"},
        {"{\"a\":1,\"\\u0061\":2}", 16, "a name stands twice in the object"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct json value = {.type = JSON_NULL, .count = 99};
        struct json_fault found = {0};
        if (json_parse(arena, text_of(cases[i].text), &value, &found)) {
            fail_msg("%s was read", cases[i].text);
        }
        if (found.offset != cases[i].offset || strcmp(found.message, cases[i].message) != 0) {
            fail_msg("%s: byte %zu: %s", cases[i].text, found.offset, found.message);
        }
        assert_int_equal(value.count, 99);
    }
}

static void
an_unreadable_text_becomes_an_error_with_its_place(void **state)
{
    (void)state;
    struct json value;
    const struct err *err = json_read(arena, TEXT("[1,,2]"), &value);
    assert_non_null(err);
    assert_int_equal(err->code, ERR_JSON);
    assert_string_equal(err->detail, "byte 3: a value was expected");
    MUST(arena, json_read(arena, TEXT("[1,2]"), &value));
    assert_int_equal(value.count, 2);
}

static void
a_nul_inside_the_text_is_no_end(void **state)
{
    (void)state;
    struct json value;
    struct json_fault found;
    assert_false(json_parse(arena, (struct text){"1\0", 2}, &value, &found));
    assert_int_equal(found.offset, 1);
    assert_false(json_parse(arena, (struct text){"\"\0\"", 3}, &value, &found));
    const struct json escaped = read_json(TEXT("\"a\\u0000b\""));
    assert_int_equal(escaped.text.len, 3);
    assert_memory_equal(escaped.text.at, "a\0b", 3);
}

static void
strings_without_escapes_point_into_the_input_and_others_are_decoded(void **state)
{
    (void)state;
    const struct text input =
        TEXT("[\"plain عربي\",\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\u20ac\\ud834\\udd1e\\u0633x\"]");
    const struct json value = read_json(input);
    assert_true(value.items[0].text.at == input.at + 2);
    ASSERT_TEXT(value.items[0].text, "plain عربي");
    ASSERT_TEXT(value.items[1].text, "\"\\/\b\f\n\r\té€𝄞سx");
}

static void
depth_is_limited_on_both_sides_of_its_bound(void **state)
{
    (void)state;
    char deep[2 * JSON_DEPTH_MAX + 2];
    memset(deep, '[', JSON_DEPTH_MAX);
    memset(deep + JSON_DEPTH_MAX, ']', JSON_DEPTH_MAX);
    read_json((struct text){deep, (size_t)JSON_DEPTH_MAX * 2});
    memset(deep, '[', JSON_DEPTH_MAX + 1);
    memset(deep + JSON_DEPTH_MAX + 1, ']', JSON_DEPTH_MAX + 1);
    struct json value;
    struct json_fault found;
    assert_false(json_parse(arena, (struct text){deep, sizeof deep}, &value, &found));
    assert_int_equal(found.offset, JSON_DEPTH_MAX);
    assert_string_equal(found.message, "values are nested too deep");
}

static struct text
object_of(int members, const char *last_name)
{
    struct buf buf = buf_new(arena, JSON_BYTES_MAX);
    buf_char(&buf, '{');
    for (int i = 1; i < members; i++) {
        buf_printf(&buf, "\"member_%d\":%d,", i, i);
    }
    buf_printf(&buf, "\"%s\":0}", last_name);
    return buf_built(&buf);
}

static void
members_are_limited_on_both_sides_of_the_bound(void **state)
{
    (void)state;
    const struct json value = read_json(object_of(JSON_MEMBERS_MAX, "last"));
    assert_int_equal(value.count, JSON_MEMBERS_MAX);
    int64_t number = 0;
    assert_true(json_int64(json_get(&value, "member_4095"), &number));
    assert_int_equal(number, 4095);
    ASSERT_TEXT(value.members[0].name, "member_1");
    struct json other;
    struct json_fault found;
    assert_false(json_parse(arena, object_of(JSON_MEMBERS_MAX + 1, "last"), &other, &found));
    assert_string_equal(found.message, "an object has too many members");
}

static void
a_duplicate_is_found_among_few_and_among_thousands(void **state)
{
    (void)state;
    static const int sizes[] = {3, 12, 13, 14, 65, 66, 4000};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        const struct text input = object_of(sizes[i], "member_1");
        struct json value;
        struct json_fault found;
        assert_false(json_parse(arena, input, &value, &found));
        assert_string_equal(found.message, "a name stands twice in the object");
        assert_int_equal(found.offset, input.len - 2);
        read_json(object_of(sizes[i], "member_0"));
    }
    /* Of two names that stand twice, the first second mention is reported. */
    const struct text many = object_of(20, "member_1");
    const struct text input = text_printf(arena, "%.*s,\"member_2\":1,\"member_1\":1}", (int)many.len - 1, many.at);
    struct json value;
    struct json_fault found;
    assert_false(json_parse(arena, input, &value, &found));
    assert_int_equal(found.offset, many.len - 2);
}

static void
values_and_bytes_are_limited(void **state)
{
    (void)state;
    const size_t bytes = (size_t)JSON_VALUES_MAX * 2 - 1;
    char *many = arena_alloc(arena, bytes + 2);
    many[0] = '[';
    for (size_t i = 1; i < bytes; i++) {
        many[i] = i % 2 == 1 ? '1' : ',';
    }
    many[bytes - 1] = ']'; /* the array itself and JSON_VALUES_MAX - 1 numbers */
    assert_int_equal(read_json((struct text){many, bytes}).count, JSON_VALUES_MAX - 1);
    memcpy(many + bytes - 1, ",1]", 3);
    struct json value;
    struct json_fault found;
    assert_false(json_parse(arena, (struct text){many, bytes + 2}, &value, &found));
    assert_string_equal(found.message, "there are too many values");

    char *spaces = arena_alloc(arena, (size_t)JSON_BYTES_MAX + 1);
    memset(spaces, ' ', (size_t)JSON_BYTES_MAX + 1);
    spaces[0] = '1';
    assert_int_equal(read_json((struct text){spaces, JSON_BYTES_MAX}).type, JSON_NUMBER);
    assert_false(json_parse(arena, (struct text){spaces, (size_t)JSON_BYTES_MAX + 1}, &value, &found));
    assert_string_equal(found.message, "the text is too long");
}

static void
typed_access_gives_nothing_of_another_type(void **state)
{
    (void)state;
    const struct json value = read_json(TEXT("{\"s\":\"x\",\"t\":true,\"n\":-7,\"d\":1.5,\"e\":1e2,"
                                             "\"big\":9223372036854775808,\"o\":{\"in\":3},\"z\":null}"));
    struct text text = TEXT("before");
    bool boolean = false;
    int64_t number = 42;
    assert_true(json_text(json_get(&value, "s"), &text));
    ASSERT_TEXT(text, "x");
    assert_true(json_bool(json_get(&value, "t"), &boolean));
    assert_true(boolean);
    assert_true(json_int64(json_get(&value, "n"), &number));
    assert_int_equal(number, -7);
    assert_true(json_int64(json_get(json_get(&value, "o"), "in"), &number));
    assert_int_equal(number, 3);
    assert_false(json_text(json_get(&value, "n"), &text));
    assert_false(json_bool(json_get(&value, "z"), &boolean));
    assert_false(json_int64(json_get(&value, "s"), &number));
    assert_false(json_int64(json_get(&value, "d"), &number));
    assert_false(json_int64(json_get(&value, "e"), &number));
    assert_false(json_int64(json_get(&value, "big"), &number));
    assert_false(json_int64(json_get(&value, "absent"), &number));
    assert_null(json_get(json_get(json_get(&value, "absent"), "more"), "and more"));
    assert_null(json_get(json_get(&value, "s"), "x"));
    assert_int_equal(number, 3);
}

static void
decimals_are_exact_or_refused(void **state)
{
    (void)state;
    static const struct {
        const char *literal;
        int places;
        int64_t value;
    } exact[] = {
        {"12.5", 6, 12500000},
        {"12.5", 1, 125},
        {"-0.000001", 6, -1},
        {"0", 18, 0},
        {"-0.0e999999999999999999999", 2, 0},
        {"1.500", 1, 15},
        {"1e2", 0, 100},
        {"100e-2", 0, 1},
        {"1.25E+1", 1, 125},
        {"0.00000000000000000000000000000125e30", 2, 125},
        {"12500000000000000000000000000000000000000e-40", 2, 125},
        {"9223372036854775807", 0, INT64_MAX},
        {"-9223372036854775808", 0, INT64_MIN},
        {"-92233720368547758.08", 2, INT64_MIN},
    };
    for (size_t i = 0; i < sizeof exact / sizeof exact[0]; i++) {
        const struct json value = read_json(text_of(exact[i].literal));
        int64_t number = 42;
        if (!json_decimal(&value, exact[i].places, &number) || number != exact[i].value) {
            fail_msg("%s: %lld", exact[i].literal, (long long)number);
        }
    }
    static const struct {
        const char *literal;
        int places;
    } refused[] = {
        {"12.5", 0},
        {"0.0000001", 6},
        {"9223372036854775808", 0},
        {"-9223372036854775809", 0},
        {"1e19", 0},
        {"1e-1", 0},
        {"1e99999999999999999999999999", 0},
        {"1e-99999999999999999999999999", 0},
        {"1.001", 2},
        {"922337203685477580.8", 2},
    };
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        const struct json value = read_json(text_of(refused[i].literal));
        int64_t number = 42;
        if (json_decimal(&value, refused[i].places, &number)) {
            fail_msg("%s: %lld", refused[i].literal, (long long)number);
        }
        assert_int_equal(number, 42);
    }
}

static void
the_writer_sets_commas_and_escapes(void **state)
{
    (void)state;
    struct buf buf = buf_new(arena, 10000);
    struct json_out out = json_out(&buf);
    json_open_object(&out);
    json_member_text(&out, "text", TEXT("a\"\\/\b\f\n\r\t\x01\x1f\x7fé"));
    json_member_int(&out, "least", INT64_MIN);
    json_member_bool(&out, "no", false);
    json_put_name(&out, TEXT("list"));
    json_open_array(&out);
    json_put_null(&out);
    json_open_object(&out);
    json_close_object(&out);
    json_open_array(&out);
    json_close_array(&out);
    json_put_raw(&out, TEXT("[1]"));
    json_put_text(&out, TEXT(""));
    json_close_array(&out);
    json_put_name(&out, TEXT("decimals"));
    json_open_array(&out);
    json_put_decimal(&out, 1250, 2);
    json_put_decimal(&out, 300, 2);
    json_put_decimal(&out, -5, 2);
    json_put_decimal(&out, 0, 6);
    json_put_decimal(&out, 12, 0);
    json_put_decimal(&out, INT64_MIN, 18);
    json_close_array(&out);
    json_close_object(&out);
    assert_false(buf.overflowed);
    ASSERT_TEXT(buf_built(&buf),
                "{\"text\":\"a\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7fé\",\"least\":-9223372036854775808,"
                "\"no\":false,\"list\":[null,{},[],[1],\"\"],"
                "\"decimals\":[12.5,3,-0.05,0,12,-9.223372036854775808]}");
}

static struct text
canonical_of(const char *input)
{
    const struct json value = read_json(text_of(input));
    struct text canonical;
    MUST(arena, json_canonical(arena, &value, &canonical));
    return canonical;
}

static void
the_canonical_form_sorts_by_utf_16_code_units_as_in_rfc_8785(void **state)
{
    (void)state;
    ASSERT_TEXT(
        canonical_of("{\"\\u20ac\":\"Euro Sign\",\"\\r\":\"Carriage Return\",\"\\ufb33\":\"Hebrew Letter Dalet\","
                     "\"1\":\"One\",\"\\ud83d\\ude00\":\"Emoji\",\"\\u0080\":\"Control\",\"\\u00f6\":\"Latin\"}"),
        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\xC2\x80\":\"Control\",\"ö\":\"Latin\",\"€\":\"Euro Sign\","
        "\"😀\":\"Emoji\",\"\xEF\xAC\xB3\":\"Hebrew Letter Dalet\"}");
    ASSERT_TEXT(canonical_of("{\"b\":1,\"a\":{\"ab\":[3,2,1],\"a\":null,\"\":true}, \"aa\" : \"\\/\\u001F\\u0041\"}"),
                "{\"a\":{\"\":true,\"a\":null,\"ab\":[3,2,1]},\"aa\":\"/\\u001fA\",\"b\":1}");
}

static void
canonical_numbers_are_integers_within_2_to_the_53_or_short_decimals(void **state)
{
    (void)state;
    ASSERT_TEXT(canonical_of("[-0,1.0,1e3,9007199254740991,-9007199254740991]"),
                "[0,1,1000,9007199254740991,-9007199254740991]");
    ASSERT_TEXT(canonical_of("[0.50,-12.5,1e-6,99999999.125]"), "[0.5,-12.5,0.000001,99999999.125]");
    static const char *const refused[] = {"0.0000005", "1234567890.5", "[9007199254740992]",
                                          "{\"a\":-9007199254740992}", "1e400"};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        const struct json value = read_json(text_of(refused[i]));
        struct text canonical = TEXT("untouched");
        const struct err *err = json_canonical(arena, &value, &canonical);
        assert_non_null(err);
        assert_int_equal(err->code, ERR_JSON);
        ASSERT_TEXT(canonical, "untouched");
    }
}

static void
the_canonical_form_refuses_a_name_given_twice_by_hand(void **state)
{
    (void)state;
    struct json_member members[2] = {
        {.name = TEXT("a"), .value = {.type = JSON_NULL}},
        {.name = TEXT("a"), .value = {.type = JSON_NULL}},
    };
    const struct json value = {.type = JSON_OBJECT, .members = members, .count = 2};
    struct text canonical;
    assert_non_null(json_canonical(arena, &value, &canonical));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_kind_of_value_and_writes_it_back),
        cmocka_unit_test(says_where_and_why_a_text_is_not_json),
        cmocka_unit_test(an_unreadable_text_becomes_an_error_with_its_place),
        cmocka_unit_test(a_nul_inside_the_text_is_no_end),
        cmocka_unit_test(strings_without_escapes_point_into_the_input_and_others_are_decoded),
        cmocka_unit_test(depth_is_limited_on_both_sides_of_its_bound),
        cmocka_unit_test(members_are_limited_on_both_sides_of_the_bound),
        cmocka_unit_test(a_duplicate_is_found_among_few_and_among_thousands),
        cmocka_unit_test(values_and_bytes_are_limited),
        cmocka_unit_test(typed_access_gives_nothing_of_another_type),
        cmocka_unit_test(decimals_are_exact_or_refused),
        cmocka_unit_test(the_writer_sets_commas_and_escapes),
        cmocka_unit_test(the_canonical_form_sorts_by_utf_16_code_units_as_in_rfc_8785),
        cmocka_unit_test(canonical_numbers_are_integers_within_2_to_the_53_or_short_decimals),
        cmocka_unit_test(the_canonical_form_refuses_a_name_given_twice_by_hand),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
