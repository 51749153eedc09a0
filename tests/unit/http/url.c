#include "http/url.h"

#include <string.h>

#include "../unit.h"
#include "base/limits.h"

static struct arena *arena;

static int
setup(void **state)
{
    (void)state;
    arena = arena_new(ARENA_BYTES_MAX);
    return 0;
}

static int
teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void
decodes_percent_escapes_and_plus_only_in_forms(void **state)
{
    (void)state;
    struct text text;
    assert_true(url_decode(arena, TEXT("a%20b+c%D9%81"), true, &text));
    ASSERT_TEXT(text, "a b cف");
    assert_true(url_decode(arena, TEXT("a+b"), false, &text));
    ASSERT_TEXT(text, "a+b");
}

static void
refuses_cut_escapes_NUL_and_bytes_that_are_not_UTF8(void **state)
{
    (void)state;
    static const char *const bad[] = {"%", "%4", "a%4", "%GG", "a%00b", "%FF", "%C3", "%ED%A0%80"};
    struct text text;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(url_decode(arena, text_of(bad[i]), true, &text));
    }
}

static void
encodes_what_it_decodes(void **state)
{
    (void)state;
    const struct text text = TEXT("شركة/a b&c=%+~");
    const struct text encoded = url_encode(arena, text);
    struct text again;
    assert_null(memchr(encoded.at, '/', encoded.len));
    assert_true(url_decode(arena, encoded, true, &again));
    assert_true(text_equal(again, text));
}

static void
refuses_paths_that_lead_elsewhere(void **state)
{
    (void)state;
    static const char *const bad[] = {"",       "a",       "/..",    "/a/../b", "/a/./b",      "//a",
                                      "/a//b",  "/%2e%2e", "/a%2Fb", "/a%5Cb",  "/a\\b",       "/a%00",
                                      "/a%0Ab", "/%ff",    "/a//",   "*",       "http://host/"};
    struct text path;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        if (url_path(arena, text_of(bad[i]), &path)) {
            fail_msg("%s was accepted as %.*s", bad[i], TEXT_ARG(path));
        }
    }
}

static void
gives_one_form_to_a_path(void **state)
{
    (void)state;
    struct text path;
    assert_true(url_path(arena, TEXT("/"), &path));
    ASSERT_TEXT(path, "/");
    assert_true(url_path(arena, TEXT("/register/"), &path));
    ASSERT_TEXT(path, "/register");
    assert_true(url_path(arena, TEXT("/r%65gister/%D9%81...x"), &path));
    ASSERT_TEXT(path, "/register/ف...x");
}

static void
reads_forms_in_order_with_empty_values(void **state)
{
    (void)state;
    struct http_pair *pairs = NULL;
    size_t count = 0;
    assert_true(url_form(arena, TEXT("a=1&b=&c&&a=2%26"), 10, &pairs, &count));
    assert_int_equal(count, 4);
    ASSERT_TEXT(pairs[0].value, "1");
    ASSERT_TEXT(pairs[1].value, "");
    ASSERT_TEXT(pairs[2].name, "c");
    ASSERT_TEXT(pairs[3].value, "2&");
    assert_true(url_form(arena, TEXT(""), 10, &pairs, &count));
    assert_int_equal(count, 0);
}

static void
refuses_forms_with_too_many_fields(void **state)
{
    (void)state;
    struct http_pair *pairs = NULL;
    size_t count = 0;
    assert_false(url_form(arena, TEXT("a&b&c"), 2, &pairs, &count));
    assert_false(url_form(arena, TEXT("a=%zz"), 2, &pairs, &count));
}

static void
reads_cookies_and_leaves_malformed_ones_out(void **state)
{
    (void)state;
    struct http_pair *pairs = NULL;
    size_t count = 0;
    url_cookies(arena, TEXT("lang=ar; nothing; =x; session=a=b"), 10, &pairs, &count);
    assert_int_equal(count, 2);
    ASSERT_TEXT(pairs[1].name, "session");
    ASSERT_TEXT(pairs[1].value, "a=b");
}

static void
matches_a_path_with_its_pattern(void **state)
{
    (void)state;
    struct http_request request = {.arena = arena, .path = TEXT("/dossiers/12/documents/statutes")};
    assert_true(http_match(&request, "/dossiers/{dossier}/documents/{code}"));
    ASSERT_TEXT(http_param(&request, "dossier"), "12");
    ASSERT_TEXT(http_param(&request, "code"), "statutes");
    assert_false(http_match(&request, "/dossiers/{dossier}"));
    assert_false(http_match(&request, "/dossiers/{dossier}/documents/{code}/more"));
    assert_true(http_match(&request, "/dossiers/{rest*}"));
    ASSERT_TEXT(http_param(&request, "rest"), "12/documents/statutes");
    request.path = TEXT("/");
    assert_true(http_match(&request, "/"));
    assert_false(http_match(&request, "/{any}"));
    request.path = TEXT("/log");
    assert_false(http_match(&request, "/log/{rest*}"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decodes_percent_escapes_and_plus_only_in_forms),
        cmocka_unit_test(refuses_cut_escapes_NUL_and_bytes_that_are_not_UTF8),
        cmocka_unit_test(encodes_what_it_decodes),
        cmocka_unit_test(refuses_paths_that_lead_elsewhere),
        cmocka_unit_test(gives_one_form_to_a_path),
        cmocka_unit_test(reads_forms_in_order_with_empty_values),
        cmocka_unit_test(refuses_forms_with_too_many_fields),
        cmocka_unit_test(reads_cookies_and_leaves_malformed_ones_out),
        cmocka_unit_test(matches_a_path_with_its_pattern),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
