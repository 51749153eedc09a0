/* markaz law fmt: every law file in its one form; --check only tells which are not. */
#include <stdio.h>

#include "app/command_law.h"
#include "app/files.h"
#include "law/compare.h"

int
law_fmt_run(struct arena *arena, struct law_command *command)
{
    struct law_file *files = NULL;
    size_t count = 0, other = 0;
    const char *folder = law_folder(arena, command->options.law);
    const struct err *err = law_folder_read(command->arena, folder, &files, &count);
    for (size_t i = 0; err == NULL && i < count; i++) {
        const struct text formatted = law_format(command->arena, files[i].bytes);
        if (text_equal(formatted, files[i].bytes)) {
            continue;
        }
        other++;
        printf("%.*s\n", TEXT_ARG(files[i].path));
        if (!command->check) {
            err = file_write(arena,
                             text_cstr(arena, text_printf(arena, "%s/%.*s", folder != NULL ? folder : MARKAZ_LAW_FOLDER,
                                                          TEXT_ARG(files[i].path))),
                             formatted);
        }
    }
    if (err != NULL) {
        return command_end(arena, err);
    }
    return command->check && other > 0;
}
