#include "http/multipart.h"

#include <string.h>

#include "../unit.h"
#include "base/buf.h"

/* Writes down what it hears: "[name|filename]bytes;" for each part. */
struct heard {
    struct buf buf;
    bool refuse;
};

static bool
heard_begin(void *arg, struct multipart_part part)
{
    struct heard *heard = arg;
    buf_printf(&heard->buf, "[%.*s|%.*s]", TEXT_ARG(part.name), part.filename.at == NULL ? 1 : (int)part.filename.len,
               part.filename.at == NULL ? "-" : part.filename.at);
    return !heard->refuse;
}

static bool
heard_data(void *arg, const char *at, size_t len)
{
    buf_bytes(&((struct heard *)arg)->buf, at, len);
    return true;
}

static bool
heard_end(void *arg)
{
    buf_char(&((struct heard *)arg)->buf, ';');
    return true;
}

static struct arena *arena;

static bool
read(const char *body, size_t step, struct text *ret, bool *ret_whole)
{
    struct heard heard = {.buf = buf_new(arena, 100000)};
    const struct multipart_reader reader = {heard_begin, heard_data, heard_end, &heard};
    static struct multipart multipart;
    assert_true(multipart_init(&multipart, TEXT("multipart/form-data; charset=utf-8; boundary=\"XX\""), reader));
    const size_t len = strlen(body);
    bool is_good = true;
    for (size_t i = 0; i < len && is_good; i += step) {
        is_good = multipart_take(&multipart, body + i, len - i < step ? len - i : step);
    }
    *ret = buf_built(&heard.buf);
    *ret_whole = multipart_is_whole(&multipart);
    return is_good;
}

static int
setup(void **state)
{
    (void)state;
    arena = arena_new(10000000);
    return 0;
}

static int
teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static const char two_parts[] =
    "--XX\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nالصمت\r\n"
    "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a%22b.pdf\"\r\n"
    "Content-Type: application/pdf\r\n\r\nline\r\n--X not yet\r\n\r--XX\r\n--XX--\r\nepilogue";

static void
reads_the_same_however_the_bytes_are_cut(void **state)
{
    (void)state;
    for (size_t step = 1; step <= sizeof two_parts; step++) {
        struct text heard;
        bool whole = false;
        assert_true(read(two_parts, step, &heard, &whole));
        assert_true(whole);
        ASSERT_TEXT(heard, "[title|-]الصمت;[file|a\"b.pdf]line\r\n--X not yet\r\n\r--XX;");
    }
}

static void
refuses_what_is_not_well_formed(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "--XX\r\n\r\nno name\r\n--XX--",
        "--XX\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--XX--",
        "--XX\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--XX--",
        "--XXjunk\r\n",
        "--XX\r\nContent-Disposition: form-data; name=\"\xff\"\r\n\r\nx\r\n--XX--",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct text heard;
        bool whole = false;
        if (read(bad[i], 1000, &heard, &whole)) {
            fail_msg("accepted: %s", bad[i]);
        }
        assert_false(whole);
    }
}

static void
knows_a_body_that_was_cut_short(void **state)
{
    (void)state;
    struct text heard;
    bool whole = true;
    assert_true(read("--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--XX", 1000, &heard, &whole));
    assert_false(whole);
}

static void
refuses_a_head_without_end(void **state)
{
    (void)state;
    char *body = arena_alloc(arena, PART_HEAD_BYTES_MAX * 2);
    memset(body, 'a', PART_HEAD_BYTES_MAX * 2 - 1);
    memcpy(body, "--XX\r\n", 6);
    struct text heard;
    bool whole = false;
    assert_false(read(body, 100, &heard, &whole));
}

static void
refuses_boundaries_that_are_none(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"a\nb\"",
        "multipart/form-data; boundary=\"ends with a space \"",
        "multipart/form-data; boundary=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};
    static struct multipart multipart;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(multipart_init(&multipart, text_of(bad[i]), (struct multipart_reader){0}));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_the_same_however_the_bytes_are_cut), cmocka_unit_test(refuses_what_is_not_well_formed),
        cmocka_unit_test(knows_a_body_that_was_cut_short),          cmocka_unit_test(refuses_a_head_without_end),
        cmocka_unit_test(refuses_boundaries_that_are_none),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
