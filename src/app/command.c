#include "app/command.h"

#include <stdio.h>

#include "app/app_words.h"
#include "base/buf.h"
#include "base/limits.h"

int
command_end(struct arena *arena, const struct err *err)
{
    if (err == NULL) {
        return 0;
    }
    fprintf(stderr, "markaz: %s\n        %s\n", app_word(err_message(err->code), options_lang()),
            err_print(arena, err));
    return err_exit_status(err_root(err));
}

int
command_misused(struct arena *arena, const struct command *command, const struct err *err)
{
    const int status = command_end(arena, err);
    if (command != NULL && err != NULL && err->code == ERR_USAGE) {
        fprintf(stderr, "%.*s", TEXT_ARG(command_usage(arena, command)));
    }
    return status;
}

struct text
command_usage(struct arena *arena, const struct command *command)
{
    struct buf buf = buf_new(arena, LINE_BYTES_MAX);
    struct text rest = text_of(command->usage);
    struct text line;
    while (text_split(&rest, '\n', &line)) {
        buf_printf(&buf, "        markaz %.*s\n", TEXT_ARG(line));
    }
    return buf_built(&buf);
}
