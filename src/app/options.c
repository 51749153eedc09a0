#include "app/options.h"

#include <assert.h>
#include <getopt.h>
#include <stdlib.h>

enum { ROWS_MAX = 32, COMMON_ROWS = 5 };

static size_t common_rows(unsigned common, struct options *ret, struct option_row rows[COMMON_ROWS]);
static const struct err *take(struct arena *arena, const struct option_row *row, const char *value);
static const struct err *unreadable(struct arena *arena, int found, char **argv);

const struct err *
options_read(struct arena *arena, int argc, char **argv, const struct options_taken *taken, struct options *ret)
{
    *ret = (struct options){.today = DATE_NONE};
    struct option_row all[ROWS_MAX];
    size_t count = common_rows(taken->common, ret, all);
    assert(count + taken->rows_count < ROWS_MAX);
    for (size_t i = 0; i < taken->rows_count; i++) {
        all[count++] = taken->rows[i];
    }
    struct option longs[ROWS_MAX] = {0};
    for (size_t i = 0; i < count; i++) {
        longs[i].name = all[i].name;
        longs[i].has_arg = all[i].flag != NULL ? no_argument : required_argument;
    }
    optind = 0; /* begins anew */
    opterr = 0;
    for (;;) {
        int at = 0;
        const int found = getopt_long(argc, argv, ":", longs, &at);
        if (found == -1) {
            break;
        }
        if (found != 0) {
            return unreadable(arena, found, argv);
        }
        TRY(take(arena, &all[at], optarg));
    }
    ret->rest = argv + optind;
    ret->rest_count = argc - optind;
    if ((taken->common & OPTION_DATA) != 0 && ret->data == NULL) {
        return FAIL(arena, ERR_USAGE, "--data DIR is missing");
    }
    if (ret->rest_count < taken->rest_min) {
        return FAIL(arena, ERR_USAGE, "an argument is missing");
    }
    if (taken->rest_max >= 0 && ret->rest_count > taken->rest_max) {
        return FAIL(arena, ERR_USAGE, "\"%s\" is one argument too many", ret->rest[taken->rest_max]);
    }
    return NULL;
}

enum lang
options_lang(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = getenv(names[i]);
        if (value == NULL || value[0] == '\0') {
            continue;
        }
        const struct text text = text_of(value); /* "fr_MA.UTF-8" */
        enum lang lang = LANG_NONE;
        if (lang_from(text_slice(text, 0, text_find_byte(text, '_')), &lang) && lang_is_complete(lang)) {
            return lang;
        }
        return LANG_EN;
    }
    return LANG_EN;
}

static size_t
common_rows(unsigned common, struct options *ret, struct option_row rows[COMMON_ROWS])
{
    size_t count = 0;
    if ((common & OPTION_DATA) != 0) {
        rows[count++] = (struct option_row){.name = "data", .text = &ret->data};
    }
    if ((common & OPTION_DB) != 0) {
        rows[count++] = (struct option_row){.name = "db", .text = &ret->db};
    }
    if ((common & OPTION_LAW) != 0) {
        rows[count++] = (struct option_row){.name = "law", .text = &ret->law};
    }
    if ((common & OPTION_JSON) != 0) {
        rows[count++] = (struct option_row){.name = "json", .flag = &ret->json};
    }
    if ((common & OPTION_TODAY) != 0) {
        rows[count++] = (struct option_row){.name = "today", .date = &ret->today};
    }
    return count;
}

static const struct err *
take(struct arena *arena, const struct option_row *row, const char *value)
{
    if (row->flag != NULL) {
        *row->flag = true;
        return NULL;
    }
    if (row->each != NULL) {
        return row->each(arena, row->each_arg, value);
    }
    if (row->number != NULL) {
        if (!text_to_int64(text_of(value), row->number) || *row->number < 0) {
            return FAIL(arena, ERR_USAGE, "--%s takes a number, not \"%s\"", row->name, value);
        }
        return NULL;
    }
    if (row->date != NULL) {
        if (!date_from_text(text_of(value), row->date)) {
            return FAIL(arena, ERR_USAGE, "--%s takes a day as YYYY-MM-DD, not \"%s\"", row->name, value);
        }
        return NULL;
    }
    assert(row->text != NULL);
    *row->text = value;
    return NULL;
}

static const struct err *
unreadable(struct arena *arena, int found, char **argv)
{
    if (found == ':') {
        return FAIL(arena, ERR_USAGE, "%s takes a value", argv[optind - 1]);
    }
    if (optopt != 0) {
        return FAIL(arena, ERR_USAGE, "there is no option -%c", optopt);
    }
    return FAIL(arena, ERR_USAGE, "there is no option %s", argv[optind - 1]);
}
