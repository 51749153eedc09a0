/* markaz law: what the corpus says, whether it is whole, and whether cases prove it. */
#include "app/command_law.h"

#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "app/files.h"
#include "app/law_adopt.h"

static int run(struct arena *arena, int argc, char **argv);

const struct command command_law = {
    .name = "law",
    .usage = "law adopt DIR --data DIR [--db postgresql://...] [--json]\n"
             "law list [--json] [--law DIR]\n"
             "law show ID [--law DIR]\n"
             "law coverage [--json] [--law DIR]\n"
             "law test [--law DIR]\n"
             "law check [--law DIR]\n"
             "law fmt [--check] [--law DIR]\n"
             "law diff A B [--law DIR]\n"
             "law mutate [--law DIR] [PATH]",
    .summary = {[LANG_AR] = "يقرأ ملفات النصوص ويتحقق منها ويعرضها.",
                [LANG_FR] = "Lit, vérifie et montre les fichiers des textes.",
                [LANG_EN] = "Reads, checks and shows the files of the texts."},
    .details =
        "list prints every norm with who uses it; show one norm, check, procedure, parameter or text. check reads the "
        "folder and tells every fault. test runs the cases beside the law (*.jsonl). coverage tells, by article, the "
        "norms that nothing uses and the needs that no case has seen hold and fail; it ends with 1 when there are "
        "any. fmt writes files in their one form; diff compares two folders, or one folder at two dates. mutate "
        "changes each threshold, term and comparison by one step and lists the changes that no case notices.\n",
    .run = run,
};

const struct err *
law_cases_read(struct arena *arena, const char *folder, struct law_cases *ret)
{
    struct file_entry *entries = NULL;
    size_t count = 0;
    *ret = (struct law_cases){0};
    TRY(folder_list(arena, folder, &entries, &count));
    for (size_t i = 0; i < count; i++) {
        if (!text_ends(entries[i].path, TEXT(".jsonl"))) {
            continue;
        }
        struct text bytes;
        const char *path = text_cstr(arena, text_printf(arena, "%s/%.*s", folder, TEXT_ARG(entries[i].path)));
        TRY(file_read(arena, path, (size_t)64 * 1024 * 1024, &bytes));
        TRY(cases_read(arena, entries[i].path, bytes, ret));
    }
    return NULL;
}

static int
run(struct arena *arena, int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "adopt") == 0) { /* the only part that has a house */
        return law_adopt_run(arena, argc, argv, &command_law);
    }
    static const struct {
        const char *name;
        int (*run)(struct arena *arena, struct law_command *command);
        int rest_min, rest_max;
        bool reads; /* the corpus, before it runs */
    } parts[] = {{"list", law_list_run, 1, 1, true},         {"show", law_show_run, 2, 2, true},
                 {"coverage", law_coverage_run, 1, 1, true}, {"test", law_test_run, 1, 1, true},
                 {"check", law_check_run, 1, 1, true},       {"fmt", law_fmt_run, 1, 64, false},
                 {"diff", law_diff_run, 3, 3, false},        {"mutate", law_mutate_run, 1, 2, true}};
    struct law_command command = {0};
    const struct option_row rows[] = {{.name = "partial", .flag = &command.partial},
                                      {.name = "check", .flag = &command.check}};
    const struct options_taken taken = {
        .common = OPTION_LAW | OPTION_JSON, OPTION_ROWS(rows), .rest_min = 1, .rest_max = 64};
    const struct err *err = options_read(arena, argc, argv, &taken, &command.options);
    if (err != NULL) {
        return command_misused(arena, &command_law, err);
    }
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (strcmp(command.options.rest[0], parts[i].name) != 0) {
            continue;
        }
        if (command.options.rest_count < parts[i].rest_min || command.options.rest_count > parts[i].rest_max) {
            return command_misused(arena, &command_law,
                                   FAIL(arena, ERR_USAGE, "law %s takes other arguments", parts[i].name));
        }
        DEFER(arena_free_at) struct arena *law_arena = arena_new(LAW_ARENA_BYTES_MAX);
        command.arena = law_arena;
        if (parts[i].reads) {
            err = law_open(law_arena, command.options.law, command.partial, &command.opened);
        }
        return err != NULL ? command_end(arena, err) : parts[i].run(arena, &command);
    }
    return command_misused(arena, &command_law,
                           FAIL(arena, ERR_USAGE, "there is no \"law %s\"", command.options.rest[0]));
}

/* The folder is read and right, or its faults were told already. */
int
law_check_run(struct arena *arena, struct law_command *command)
{
    (void)arena;
    size_t norms, texts;
    (void)law_norms(command->opened.law, &norms);
    (void)law_texts(command->opened.law, &texts);
    size_t checks;
    (void)law_checks(command->arena, command->opened.law, DATE_NONE, &checks);
    printf("%zu files, %zu texts, %zu norms, %zu checks: no fault\n", command->opened.files_count, texts, norms,
           checks);
    return 0;
}
