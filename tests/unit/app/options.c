#include "app/options.h"

#include <stdlib.h>

#include "../unit.h"
#include "base/limits.h"

static struct arena *arena;

static const struct err *
read_line(char **argv, const struct options_taken *taken, struct options *ret)
{
    int argc = 0;
    while (argv[argc] != NULL) {
        argc++;
    }
    return options_read(arena, argc, argv, taken, ret);
}

static void
reads_common_options_and_those_of_the_command_in_any_order(void **state)
{
    (void)state;
    const char *origin = NULL;
    int64_t years = 1;
    bool full = false;
    const struct option_row rows[] = {
        {.name = "origin", .text = &origin}, {.name = "years", .number = &years}, {.name = "full", .flag = &full}};
    const struct options_taken taken = {
        .common = OPTIONS_HOUSE | OPTION_JSON, OPTION_ROWS(rows), .rest_min = 1, .rest_max = 2};
    struct options options;
    MUST(arena, read_line((char *[]){"x", "first", "--years", "10", "--data=d", "--full", "--origin", "o", "--json",
                                     "--today", "2026-11-21", "second", NULL},
                          &taken, &options));
    assert_string_equal(options.data, "d");
    assert_null(options.db);
    assert_true(options.json && full);
    assert_int_equal(years, 10);
    assert_string_equal(origin, "o");
    ASSERT_TEXT(date_to_text(arena, options.today), "2026-11-21");
    assert_int_equal(options.rest_count, 2);
    assert_string_equal(options.rest[0], "first");
    assert_string_equal(options.rest[1], "second");
}

static void
refuses_what_cannot_be_meant(void **state)
{
    (void)state;
    int64_t years = 1;
    const struct option_row rows[] = {{.name = "years", .number = &years}};
    const struct options_taken taken = {.common = OPTIONS_HOUSE, OPTION_ROWS(rows), .rest_max = 1};
    char *const lines[][8] = {
        {"x", "a"},                             /* no --data */
        {"x", "--data"},                        /* no value */
        {"x", "--data", "d", "--nope"},         /* unknown */
        {"x", "--data", "d", "-v"},             /* short ones do not exist */
        {"x", "--data", "d", "--law", "l"},     /* not of this command */
        {"x", "--data", "d", "--years", "ten"}, /* no number */
        {"x", "--data", "d", "--years", "-1"},  /* below zero */
        {"x", "--data", "d", "--today", "2026-02-30"} /* no such day */,
        {"x", "--data", "d", "a", "b"}, /* one too many */
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        char *argv[9] = {0};
        for (size_t j = 0; j < 8; j++) {
            argv[j] = lines[i][j];
        }
        struct options options;
        const struct err *err = read_line(argv, &taken, &options);
        if (err == NULL) {
            fail_msg("line %zu was taken", i);
        }
        assert_int_equal(err->code, ERR_USAGE);
        assert_int_equal(err_exit_status(err->code), 2);
    }
}

static void
speaks_the_language_of_the_terminal(void **state)
{
    (void)state;
    static const struct {
        const char *all, *messages, *lang;
        enum lang want;
    } rows[] = {
        {"", "", "ar_MA.UTF-8", LANG_AR}, {"fr_FR", "", "ar_MA.UTF-8", LANG_FR}, {"", "fr", "ar_MA", LANG_FR},
        {"C", "", "ar_MA", LANG_EN},      {"", "", "zgh_MA", LANG_EN},           {"", "", "", LANG_EN},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        setenv("LC_ALL", rows[i].all, 1);
        setenv("LC_MESSAGES", rows[i].messages, 1);
        setenv("LANG", rows[i].lang, 1);
        assert_int_equal(options_lang(), rows[i].want);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_common_options_and_those_of_the_command_in_any_order),
        cmocka_unit_test(refuses_what_cannot_be_meant),
        cmocka_unit_test(speaks_the_language_of_the_terminal),
    };
    arena = arena_new(ARENA_BYTES_MAX);
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(arena);
    return failed;
}
