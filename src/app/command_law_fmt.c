#include "app/command_law.h"

int
law_fmt_run(struct arena *arena, struct law_command *command)
{
    (void)command;
    return command_end(arena, FAIL(arena, ERR_USAGE, "not built yet"));
}
