/* A step at a time: each threshold, term, comparison, any/all and and/or of the law files is changed alone, and a case
 * must notice. What no case notices is not proved. */
#include <string.h>

#include "base/buf.h"
#include "law/cases.h"
#include "law/program.h"

struct mutation {
    struct arena *arena, *work;
    const struct law_file *files;
    size_t count;
    struct law_file *changed; /* a copy of the array */
    const struct law_cases *cases;
    void (*tell)(void *arg, const struct mutant *mutant);
    void *arg;
};

static bool
cases_notice(struct mutation *mutation, const struct law *law)
{
    bool noticed = false;
    for (size_t i = 0; i < mutation->cases->count && !noticed; i++) {
        struct arena_mark mark = arena_mark(mutation->work);
        const struct law_case *one = &mutation->cases->items[i];
        noticed = !case_run(mutation->work, law, one, NULL).passed;
        arena_rewind(mutation->work, mark);
    }
    return noticed;
}

static void
mutant_try(struct mutation *mutation, size_t file, const struct token *token, struct text is)
{
    struct arena_mark mark = arena_mark(mutation->work);
    struct text bytes = mutation->files[file].bytes;
    size_t at = (size_t)(token->text.at - bytes.at);
    struct mutant mutant = {.path = mutation->files[file].path,
                            .line = token->place.line,
                            .column = token->place.column,
                            .was = token->text,
                            .is = is};
    mutation->changed[file].bytes =
        text_printf(mutation->work, "%.*s%.*s%.*s", (int)at, bytes.at, TEXT_ARG(is),
                    (int)(bytes.len - at - token->text.len), bytes.at + at + token->text.len);
    struct law *law = NULL;
    struct law_faults faults;
    mutant.unreadable = law_read_with(mutation->work, mutation->changed, mutation->count,
                                      &(struct law_options){.allow_missing_norms = true}, &law, &faults) != NULL;
    mutant.noticed = mutant.unreadable || cases_notice(mutation, law);
    mutation->changed[file].bytes = bytes;
    mutation->tell(mutation->arg, &mutant);
    arena_rewind(mutation->work, mark);
}

/* A number one step up or down, in its last place. */
static struct text
number_step(struct arena *arena, struct text text, int step)
{
    int64_t value;
    size_t dot = text_find_byte(text, '.');
    size_t decimals = dot < text.len ? text.len - dot - 1 : 0;
    if (!number_from(text, &value)) {
        return (struct text){0};
    }
    int64_t unit = 1000000;
    for (size_t i = 0; i < decimals; i++) {
        unit /= 10;
    }
    value += step * unit;
    if (value < 0) {
        return (struct text){0};
    }
    struct buf buf = buf_new(arena, 64);
    struct json_out out = json_out(&buf);
    json_put_decimal(&out, value, 6);
    return text_copy(arena, buf_built(&buf));
}

static void
date_step(struct mutation *mutation, size_t file, const struct token *token)
{
    struct date date, other;
    for (int step = -1; step <= 1; step += 2) {
        if (date_from_text(token->text, &date) && date_add_days(date, step, &other)) {
            mutant_try(mutation, file, token, date_to_text(mutation->work, other));
        }
    }
}

static const char *
other_of(const struct token *token)
{
    static const char *const pairs[][2] = {{"and", "or"},         {"any", "all"}, {"<", "<="},
                                           {">", ">="},           {"=", "!="},    {"earliest", "latest"},
                                           {"highest", "lowest"}, {"min", "max"}, {"down", "up"}};
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        for (size_t j = 0; j < 2; j++) {
            if (text_is(token->text, pairs[i][j])) {
                return pairs[i][1 - j];
            }
        }
    }
    return NULL;
}

/* Is the token an operator of an expression? `or absent`, `any need`, `= VALUE` of a let and the like are not. */
static bool
is_operator(const struct line *line, size_t i, size_t first_equal)
{
    const struct token *token = &line->tokens[i];
    const struct token *next = &line->tokens[i + 1];
    if (text_is(token->text, "any")) {
        return next->kind == TOKEN_WORD && text_is(next->text, "of");
    }
    if (text_is(token->text, "all")) {
        return next->kind == TOKEN_WORD && text_is(next->text, "of");
    }
    if (text_is(token->text, "or")) {
        return !(next->kind == TOKEN_WORD && (text_is(next->text, "absent") || text_is(next->text, "more")));
    }
    return !text_is(token->text, "=") || i != first_equal;
}

static void
line_mutate(struct mutation *mutation, size_t file, const struct line *line, bool table)
{
    bool binds = line->tokens[0].kind == TOKEN_WORD &&
                 (text_is(line->tokens[0].text, "let") || text_is(line->tokens[0].text, "result") ||
                  text_is(line->tokens[0].text, "define"));
    size_t first_equal = SIZE_MAX;
    for (size_t i = 0; binds && i < line->count && first_equal == SIZE_MAX; i++) {
        first_equal = line->tokens[i].kind == TOKEN_SIGN && text_is(line->tokens[i].text, "=") ? i : SIZE_MAX;
    }
    for (size_t i = 0; i < line->count; i++) {
        const struct token *token = &line->tokens[i];
        if (token->kind == TOKEN_SIGN && text_is(token->text, "@")) {
            return;
        }
        if (token->kind == TOKEN_NUMBER) {
            for (int step = -1; step <= 1; step += 2) {
                struct text is = number_step(mutation->work, token->text, step);
                if (is.len > 0) {
                    mutant_try(mutation, file, token, is);
                }
            }
        } else if (token->kind == TOKEN_DATE) {
            date_step(mutation, file, token);
        } else if (!table && (token->kind == TOKEN_SIGN || token->kind == TOKEN_WORD) && other_of(token) != NULL &&
                   is_operator(line, i, first_equal)) {
            mutant_try(mutation, file, token, text_of(other_of(token)));
        }
    }
}

static void
lines_mutate(struct mutation *mutation, size_t file, const struct line *line, bool table)
{
    for (; line != NULL; line = line->next) {
        bool fact = line->tokens[0].kind == TOKEN_WORD && text_is(line->tokens[0].text, "fact");
        if (!fact) {
            line_mutate(mutation, file, line, table);
            lines_mutate(mutation, file, line->first, table);
        }
    }
}

/* Of a text itself, the day from which it is in force: signature and publication decide nothing. */
static void
in_force_mutate(struct mutation *mutation, size_t file, const struct line *line)
{
    for (; line != NULL; line = line->next) {
        if (text_is(line->tokens[0].text, "in")) {
            line_mutate(mutation, file, line, true);
        }
    }
}

const struct err *
law_mutate(struct arena *arena, struct arena *work, const struct law_file *files, size_t count,
           const struct law_cases *cases, struct text only_path, void (*tell)(void *arg, const struct mutant *mutant),
           void *arg)
{
    struct mutation mutation = {
        .arena = arena, .work = work, .files = files, .count = count, .cases = cases, .tell = tell, .arg = arg};
    mutation.changed = ARENA_ARRAY(arena, struct law_file, count);
    memcpy(mutation.changed, files, count * sizeof files[0]);
    for (size_t i = 0; i < count; i++) {
        if (only_path.len > 0 && !text_starts(files[i].path, only_path)) {
            continue;
        }
        struct law_file file = files[i];
        struct reader reader = {.arena = arena, .files = &file, .files_count = 1};
        const struct line *root = lines_read(&reader);
        if (root == NULL) {
            return FAIL(arena, ERR_LAW, "%.*s cannot be read", TEXT_ARG(files[i].path));
        }
        for (const struct line *line = root->first; line != NULL; line = line->next) {
            const struct text word = line->tokens[0].text;
            bool table = text_is(word, "table"), check = text_is(word, "check"), text = text_is(word, "text");
            bool parameter = text_is(word, "parameter");
            if (table || check || parameter) {
                line_mutate(&mutation, i, line, true); /* the dates of its head */
                lines_mutate(&mutation, i, line->first, !check);
            } else if (text) {
                in_force_mutate(&mutation, i, line->first);
            } else if (text_is(word, "define")) {
                line_mutate(&mutation, i, line, false);
                lines_mutate(&mutation, i, line->first, false);
            }
        }
    }
    return NULL;
}
