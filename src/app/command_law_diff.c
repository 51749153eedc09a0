/* markaz law diff: two folders, or the folder at two dates. Exit 0 whether they differ or not. */
#include <stdio.h>

#include "app/command_law.h"
#include "law/compare.h"

static void
told(const struct law_change *change)
{
    static const char signs[] = {' ', '+', '-', '~'};
    printf("%c %.*s %.*s", signs[change->kind], TEXT_ARG(change->what), TEXT_ARG(change->name));
    if (change->was.len > 0) {
        printf("  %.*s", TEXT_ARG(change->was));
    }
    if (change->was.len > 0 && change->is.len > 0) {
        printf("  ->");
    }
    if (change->is.len > 0) {
        printf("  %.*s", TEXT_ARG(change->is));
    }
    putchar('\n');
}

int
law_diff_run(struct arena *arena, struct law_command *command)
{
    struct law_opened a, b;
    struct date a_at = DATE_NONE, b_at = DATE_NONE;
    char **names = command->options.rest + 1;
    const bool dates = date_from_text(text_of(names[0]), &a_at) && date_from_text(text_of(names[1]), &b_at);
    const struct err *err = law_open(command->arena, dates ? command->options.law : names[0], command->partial, &a);
    if (err == NULL) {
        b = a;
        err = dates ? NULL : law_open(command->arena, names[1], command->partial, &b);
    }
    if (err != NULL) {
        return command_end(arena, err);
    }
    size_t count;
    const struct law_change *changes =
        law_compare(command->arena, a.law, dates ? a_at : DATE_NONE, b.law, dates ? b_at : DATE_NONE, &count);
    for (size_t i = 0; i < count; i++) {
        told(&changes[i]);
    }
    printf("%zu differences\n", count);
    return 0;
}
