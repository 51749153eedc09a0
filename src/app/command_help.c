#include <stdio.h>
#include <string.h>

#include "access/role.h"
#include "app/command.h"
#include "base/json.h"
#include "base/limits.h"
#include "web/route.h"

static int run(struct arena *arena, int argc, char **argv);
static void print_all(enum lang lang);
static void print_one(struct arena *arena, const struct command *command, enum lang lang);
static void print_manual(void);
static void print_routes(struct arena *arena);

const struct command command_help = {
    .name = "help",
    .usage = "help [COMMAND]\nhelp --man\nhelp --routes",
    .summary = {[LANG_AR] = "يعرض الأوامر، أو يشرح أمرا واحدا.",
                [LANG_FR] = "Liste les commandes, ou en explique une.",
                [LANG_EN] = "Lists the commands, or explains one."},
    .details = "With --man it prints the manual page, from the same table; with --routes every address of the web with "
               "who may "
               "ask it, one JSON object a line.\n",
    .run = run,
};

static int
run(struct arena *arena, int argc, char **argv)
{
    bool manual = false;
    bool routes = false;
    const struct option_row rows[] = {{.name = "man", .flag = &manual}, {.name = "routes", .flag = &routes}};
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
    if (routes) {
        print_routes(arena);
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

/* For tests that try every address as everybody (tests/story/theft.test.mjs), and for whoever reviews who may what. */
static void
print_routes(struct arena *arena)
{
    for (size_t i = 0; i < route_lists_count; i++) {
        for (const struct route *route = route_lists[i]; route->pattern != NULL; route++) {
            struct buf buf = buf_new(arena, LINE_BYTES_MAX);
            struct json_out out = json_out(&buf);
            json_open_object(&out);
            json_member_text(&out, "name", text_of(route->name));
            json_member_text(&out, "method", route->method == HTTP_POST ? TEXT("POST") : TEXT("GET"));
            json_member_text(&out, "pattern", text_of(route->pattern));
            json_put_name(&out, TEXT("roles"));
            json_open_array(&out);
            for (unsigned role = ROLE_PUBLIC; role <= ROLE_STAFF; role <<= 1) {
                if ((route->roles & role) != 0) {
                    json_put_text(&out, text_of(role_code((enum role)role)));
                }
            }
            json_close_array(&out);
            json_member_bool(&out, "step_up", (route->flags & ROUTE_STEP_UP) != 0);
            json_member_bool(&out, "uploads", (route->flags & ROUTE_UPLOADS) != 0);
            json_member_bool(&out, "token", (route->flags & ROUTE_TOKEN) != 0);
            if (route->norm != NULL) {
                json_member_text(&out, "norm", text_of(route->norm));
            }
            json_close_object(&out);
            printf("%.*s\n", TEXT_ARG(buf_built(&buf)));
        }
    }
}
