#include <stdio.h>
#include <string.h>

#include "app/command.h"

static int run(struct arena *arena, int argc, char **argv);
static void print_all(enum lang lang);
static void print_one(struct arena *arena, const struct command *command, enum lang lang);
static void print_manual(void);

const struct command command_help = {
    .name = "help",
    .usage = "help [COMMAND]\nhelp --man",
    .summary = {[LANG_AR] = "يعرض الأوامر، أو يشرح أمرا واحدا.",
                [LANG_FR] = "Liste les commandes, ou en explique une.",
                [LANG_EN] = "Lists the commands, or explains one."},
    .details = "With --man it prints the manual page, from the same table.\n",
    .run = run,
};

static int
run(struct arena *arena, int argc, char **argv)
{
    bool manual = false;
    const struct option_row rows[] = {{.name = "man", .flag = &manual}};
    struct options options;
    const struct err *err =
        options_read(arena, argc, argv, &(struct options_taken){OPTION_ROWS(rows), .rest_max = 1}, &options);
    if (err != NULL) {
        return command_misused(arena, &command_help, err);
    }
    if (manual) {
        print_manual();
        return 0;
    }
    if (options.rest_count == 0) {
        print_all(options_lang());
        return 0;
    }
    for (size_t i = 0; i < commands_count; i++) {
        if (strcmp(commands[i]->name, options.rest[0]) == 0) {
            print_one(arena, commands[i], options_lang());
            return 0;
        }
    }
    return command_misused(arena, &command_help, FAIL(arena, ERR_USAGE, "there is no command \"%s\"", options.rest[0]));
}

static void
print_all(enum lang lang)
{
    for (size_t i = 0; i < commands_count; i++) {
        printf("%-10s %s\n", commands[i]->name, commands[i]->summary[lang]);
    }
}

static void
print_one(struct arena *arena, const struct command *command, enum lang lang)
{
    printf("%s\n\n%.*s", command->summary[lang], TEXT_ARG(command_usage(arena, command)));
    if (command->details != NULL) {
        printf("\n%s", command->details);
    }
}

static void
print_manual(void)
{
    printf(".TH MARKAZ 1 \"\" \"markaz %s\"\n.SH NAME\nmarkaz \\- information system of a national film authority\n"
           ".SH SYNOPSIS\n.B markaz\n.I COMMAND\n[\\fIOPTION\\fR...]\n.SH COMMANDS\n",
           MARKAZ_VERSION);
    for (size_t i = 0; i < commands_count; i++) {
        struct text rest = text_of(commands[i]->usage);
        struct text line;
        printf(".TP\n");
        bool first = true;
        while (text_split(&rest, '\n', &line)) {
            printf("%s.B markaz %.*s\n", first ? "" : ".TQ\n", TEXT_ARG(line));
            first = false;
        }
        printf("%s\n", commands[i]->summary[LANG_EN]);
        if (commands[i]->details != NULL) {
            printf(".IP\n%s", commands[i]->details);
        }
    }
    printf(
        ".SH EXIT STATUS\n0 done; 1 something is wrong with the data or the input (a refused ruling is an answer: 0);"
        " 2 wrong usage; 3 the system failed.\n"
        ".SH ENVIRONMENT\nLC_ALL, LC_MESSAGES and LANG choose the language of messages: ar, fr, else English.\n");
}
