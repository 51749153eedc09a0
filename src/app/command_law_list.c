/* markaz law list and show. */
#include <stdio.h>
#include <string.h>

#include "app/command_law.h"
#include "law/procedure.h"

static const enum lang shown[] = {LANG_AR, LANG_FR, LANG_EN};

static void
put_says(struct json_out *out, const struct text says[LANGS], const char *prefix, struct arena *arena)
{
    for (size_t i = 0; i < 3; i++) {
        if (says[shown[i]].len > 0) {
            json_put_name(out, text_printf(arena, "%s%s", prefix, lang_code(shown[i])));
            json_put_text(out, says[shown[i]]);
        }
    }
}

static void
put_norm(struct json_out *out, struct arena *arena, const struct law *law, const struct norm *norm)
{
    size_t uses_count;
    const struct text *uses = norm_uses(arena, law, norm, &uses_count);
    json_open_object(out);
    json_member_text(out, "norm", norm->id);
    json_member_text(out, "kind", norm->kind);
    put_says(out, norm->says, "", arena);
    put_says(out, norm->fails, "fails_", arena);
    json_put_name(out, TEXT("used_by"));
    json_open_array(out);
    for (size_t i = 0; i < uses_count; i++) {
        json_put_text(out, uses[i]);
    }
    json_close_array(out);
    if (norm->sanctioned_by_count > 0) {
        json_put_name(out, TEXT("sanctioned_by"));
        json_open_array(out);
        for (size_t i = 0; i < norm->sanctioned_by_count; i++) {
            json_put_text(out, norm->sanctioned_by[i]);
        }
        json_close_array(out);
    }
    json_close_object(out);
}

int
law_list_run(struct arena *arena, struct law_command *command)
{
    (void)arena;
    size_t count;
    const struct law *law = command->opened.law;
    const struct norm *norms = law_norms(law, &count);
    if (command->options.json) {
        struct buf buf = buf_new(command->arena, (size_t)256 * 1024 * 1024);
        struct json_out out = json_out(&buf);
        json_open_array(&out);
        for (size_t i = 0; i < count; i++) {
            put_norm(&out, command->arena, law, &norms[i]);
        }
        json_close_array(&out);
        const struct text built = buf_built(&buf);
        fwrite(built.at, 1, built.len, stdout);
        putchar('\n');
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        size_t uses_count;
        const struct text *uses = norm_uses(command->arena, law, &norms[i], &uses_count);
        printf("%.*s %.*s\n    %.*s\n    %.*s\n    %.*s\n    used by:", TEXT_ARG(norms[i].id), TEXT_ARG(norms[i].kind),
               TEXT_ARG(norms[i].says[LANG_AR]), TEXT_ARG(norms[i].says[LANG_FR]), TEXT_ARG(norms[i].says[LANG_EN]));
        for (size_t j = 0; j < uses_count; j++) {
            printf("%s %.*s", j > 0 ? "," : "", TEXT_ARG(uses[j]));
        }
        printf("%s\n", uses_count == 0 ? " nothing" : "");
    }
    return 0;
}

/* The lines of a file from one on, to the next line at the margin. */
static void
print_source(const struct law *law, struct text path, int line)
{
    size_t count;
    const struct law_file *files = law_files(law, &count);
    for (size_t i = 0; i < count; i++) {
        if (!text_equal(files[i].path, path)) {
            continue;
        }
        struct text rest = files[i].bytes, part;
        for (int number = 1; text_split(&rest, '\n', &part); number++) {
            if (number > line && part.len > 0 && part.at[0] != ' ') {
                return;
            }
            if (number >= line) {
                printf("%.*s\n", TEXT_ARG(part));
            }
        }
    }
}

static bool
show_norm(struct law_command *command, struct text id)
{
    const struct norm *norm = law_norm(command->opened.law, id);
    if (norm == NULL) {
        return false;
    }
    size_t uses_count;
    const struct text *uses = norm_uses(command->arena, command->opened.law, norm, &uses_count);
    printf("%.*s %.*s (%.*s:%d)\n", TEXT_ARG(norm->id), TEXT_ARG(norm->kind), TEXT_ARG(norm->path), norm->line);
    for (size_t i = 0; i < 3; i++) {
        printf("    %s  %.*s\n", lang_code(shown[i]), TEXT_ARG(norm->says[shown[i]]));
    }
    for (size_t i = 0; i < 3 && norm->fails[LANG_AR].len > 0; i++) {
        printf("    fails %s  %.*s\n", lang_code(shown[i]), TEXT_ARG(norm->fails[shown[i]]));
    }
    if (norm->actor.len > 0) {
        printf("    actor %.*s\n", TEXT_ARG(norm->actor));
    }
    for (size_t i = 0; i < norm->sanctioned_by_count; i++) {
        printf("    sanctioned by %.*s\n", TEXT_ARG(norm->sanctioned_by[i]));
    }
    if (norm->gap_decider.len > 0) {
        printf("    gap: %.*s decides: %.*s\n", TEXT_ARG(norm->gap_decider), TEXT_ARG(norm->gap_reason));
    }
    for (size_t i = 0; i < uses_count; i++) {
        printf("    used by %.*s\n", TEXT_ARG(uses[i]));
    }
    return true;
}

static bool
show_text(struct law_command *command, struct text id)
{
    const struct law_text *text = law_text(command->opened.law, id);
    if (text == NULL) {
        return false;
    }
    printf("%.*s\n", TEXT_ARG(text->id));
    for (size_t i = 0; i < 3; i++) {
        printf("    %s  %.*s\n", lang_code(shown[i]), TEXT_ARG(text->title[shown[i]]));
    }
    for (size_t i = 0; i < 3 && text->note[LANG_AR].len > 0; i++) {
        printf("    note %s  %.*s\n", lang_code(shown[i]), TEXT_ARG(text->note[shown[i]]));
    }
    char day[11];
    if (!date_is_none(text->in_force_from)) {
        date_print(text->in_force_from, day);
        printf("    in force from %s (%.*s)\n", day, TEXT_ARG(text->in_force_norm));
    }
    return true;
}

int
law_show_run(struct arena *arena, struct law_command *command)
{
    const struct text id = text_of(command->options.rest[1]);
    const struct law *law = command->opened.law;
    if (show_norm(command, id) || show_text(command, id)) {
        return 0;
    }
    bool found = false;
    const struct law_check *check = law_check(command->arena, law, id, DATE_NONE);
    if (check != NULL) {
        printf("# %.*s:%d\n", TEXT_ARG(check->path), check->line);
        print_source(law, check->path, check->line);
        found = true;
    }
    const struct procedure *procedure = law_procedure(law, id, DATE_NONE);
    if (procedure != NULL) {
        printf("# %.*s:%d\n", TEXT_ARG(procedure->path), procedure->line);
        print_source(law, procedure->path, procedure->line);
        found = true;
    }
    struct text path;
    int line;
    if (!found && law_place(law, id, &path, &line)) {
        printf("# %.*s:%d\n", TEXT_ARG(path), line);
        print_source(law, path, line);
        found = true;
    }
    return found ? 0
                 : command_end(arena,
                               FAIL(arena, ERR_NOT_FOUND,
                                    "the law has no norm, text, check, procedure, table, define, parameter or body %s",
                                    command->options.rest[1]));
}
