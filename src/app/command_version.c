#include <stdio.h>

#include "app/command.h"

static int run(struct arena *arena, int argc, char **argv);

const struct command command_version = {
    .name = "version",
    .usage = "version",
    .summary = {[LANG_AR] = "يطبع رقم الإصدار.", [LANG_FR] = "Imprime la version.", [LANG_EN] = "Prints the version."},
    .run = run,
};

static int
run(struct arena *arena, int argc, char **argv)
{
    struct options options;
    const struct err *err = options_read(arena, argc, argv, &(struct options_taken){0}, &options);
    if (err != NULL) {
        return command_misused(arena, &command_version, err);
    }
    printf("markaz %s\n", MARKAZ_VERSION);
    return 0;
}
