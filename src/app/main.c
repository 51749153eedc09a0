/* markaz: finds the command and runs it. The table is the only list of commands: help and the manual page read it. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/command.h"
#include "base/limits.h"

/* One row a command, sorted: what it is and does stands in command_NAME.c. */
#define COMMANDS(ROW)                                                                                                  \
    ROW(audit)                                                                                                         \
    ROW(backup)                                                                                                        \
    ROW(check)                                                                                                         \
    ROW(day)                                                                                                           \
    ROW(demo)                                                                                                          \
    ROW(help)                                                                                                          \
    ROW(import)                                                                                                        \
    ROW(init)                                                                                                          \
    ROW(law)                                                                                                           \
    ROW(log)                                                                                                           \
    ROW(migrate)                                                                                                       \
    ROW(push)                                                                                                          \
    ROW(rebuild)                                                                                                       \
    ROW(restore)                                                                                                       \
    ROW(serve)                                                                                                         \
    ROW(tickets)                                                                                                       \
    ROW(user)                                                                                                          \
    ROW(version)                                                                                                       \
    ROW(witness)

#define DECLARE(name) extern const struct command command_##name;
COMMANDS(DECLARE)
#undef DECLARE

#define ADDRESS(name) &command_##name,
const struct command *const commands[] = {COMMANDS(ADDRESS)};
#undef ADDRESS
const size_t commands_count = sizeof commands / sizeof commands[0];

static const struct command *find(const char *name);

int
main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN); /* a reader who left is an error of write(), not a death */
    DEFER(arena_free_at) struct arena *arena = arena_new(ARENA_BYTES_MAX);
    const char *name = argc < 2 ? "help" : argv[1];
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
        name = "help";
    } else if (strcmp(name, "--version") == 0) {
        name = "version";
    }
    const struct command *command = find(name);
    if (command == NULL) {
        return command_misused(arena, NULL, FAIL(arena, ERR_USAGE, "there is no command \"%s\": markaz help", name));
    }
    const int status =
        argc < 2 ? command->run(arena, 1, (char *[]){"help", NULL}) : command->run(arena, argc - 1, argv + 1);
    if (fflush(stdout) != 0) {
        return command_end(arena, FAIL(arena, ERR_IO, "what was printed could not be written"));
    }
    return status;
}

static const struct command *
find(const char *name)
{
    for (size_t i = 0; i < commands_count; i++) {
        if (strcmp(commands[i]->name, name) == 0) {
            return commands[i];
        }
    }
    return NULL;
}
