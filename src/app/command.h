/* The commands of markaz: one file each, command_NAME.c, which exports `const struct command command_NAME`, and one row
 * in main.c. A command reads its options, opens what it needs (house.h) and answers an exit status: 0 done (a refused
 * ruling is an answer: 0), 1 something is wrong with the data or the input, 2 wrong usage, 3 the system failed. */
#ifndef APP_COMMAND_H
#define APP_COMMAND_H

#include "app/options.h"
#include "base/arena.h"
#include "base/err.h"
#include "base/lang.h"

struct command {
    const char *name;
    const char *usage;          /* a line per form, without "markaz": "backup --data DIR FILE" */
    const char *summary[LANGS]; /* one sentence, by enum lang */
    const char *details;        /* English, for help and the manual page; paragraphs end with \n; may be NULL */
    int (*run)(struct arena *arena, int argc, char **argv); /* argv[0] is the command's name */
};

/* All commands, sorted by name. */
extern const struct command *const commands[];
extern const size_t commands_count;

/* The exit status for err (NULL: 0). An error is told on stderr: a sentence in the reader's language, then the chain in
 * English for whoever repairs it. */
int command_end(struct arena *arena, const struct err *err);
/* The same for wrong usage, with the command's usage lines behind it. */
int command_misused(struct arena *arena, const struct command *command, const struct err *err);
/* The usage lines of a command. */
struct text command_usage(struct arena *arena, const struct command *command);

#endif
