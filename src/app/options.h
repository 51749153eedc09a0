/* Options of commands, as rows: each names a variable that its value goes to. The common ones are asked for by bits, so
 * that they are spelled and read alike everywhere. Values point into argv. ERR_USAGE when something cannot be read. */
#ifndef APP_OPTIONS_H
#define APP_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "base/lang.h"

/* One of the pointers is set. */
struct option_row {
    const char *name;
    const char **text; /* --name VALUE */
    bool *flag;        /* --name */
    int64_t *number;   /* --name N, at least 0 */
    struct date *date; /* --name YYYY-MM-DD */
    /* --name VALUE, any number of times: called for each. */
    const struct err *(*each)(struct arena *arena, void *arg, const char *value);
    void *each_arg;
};

enum option_common {
    OPTION_DATA = 1 << 0, /* --data DIR, must be given */
    OPTION_DB = 1 << 1,   /* --db postgresql://... */
    OPTION_LAW = 1 << 2,  /* --law DIR */
    OPTION_JSON = 1 << 3, /* --json */
    OPTION_TODAY = 1 << 4 /* --today DATE */
};
/* What a command on a data directory takes. */
#define OPTIONS_HOUSE (OPTION_DATA | OPTION_DB | OPTION_TODAY)

struct options {
    const char *data;
    const char *db;
    const char *law;
    bool json;
    struct date today; /* DATE_NONE: not given */
    char **rest;       /* what is not an option, in order */
    int rest_count;
};

/* What a command takes. */
struct options_taken {
    unsigned common; /* enum option_common */
    const struct option_row *rows;
    size_t rows_count;
    int rest_min, rest_max; /* arguments that are no options; rest_max -1: any number */
};
#define OPTION_ROWS(items) .rows = (items), .rows_count = sizeof(items) / sizeof(items)[0]

/* Reads argv, where argv[0] is the command, and puts it in another order. */
const struct err *options_read(struct arena *arena, int argc, char **argv, const struct options_taken *taken,
                               struct options *ret);

/* The language of whoever typed the command: LC_ALL, LC_MESSAGES, LANG, the first that is set; English for the rest. */
enum lang options_lang(void);

#endif
