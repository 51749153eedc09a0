/* markaz law test, coverage and mutate: what cases prove. */
#include <stdio.h>

#include "app/command_law.h"
#include "base/limits.h"

int
law_test_run(struct arena *arena, struct law_command *command)
{
    struct law_cases cases;
    const struct err *err = law_cases_read(command->arena, command->opened.folder, &cases);
    if (err != NULL) {
        return command_end(arena, err);
    }
    size_t failed = 0;
    for (size_t i = 0; i < cases.count; i++) {
        const struct arena_mark mark = arena_mark(command->arena);
        const struct law_case *one = &cases.items[i];
        const struct case_result result = case_run(command->arena, command->opened.law, one, NULL);
        if (!result.passed) {
            failed++;
            printf("%.*s:%d: %.*s (%.*s): %.*s\n", TEXT_ARG(one->path), one->line, TEXT_ARG(one->id),
                   TEXT_ARG(one->check), TEXT_ARG(result.why));
        }
        arena_rewind(command->arena, mark);
    }
    printf("%zu cases, %zu as expected, %zu not\n", cases.count, cases.count - failed, failed);
    return failed > 0;
}

static void
coverage_json(struct arena *arena, const struct law_coverage *coverage)
{
    struct buf buf = buf_new(arena, (size_t)64 * 1024 * 1024);
    struct json_out out = json_out(&buf);
    json_open_object(&out);
    json_member_int(&out, "norms", (int64_t)coverage->norms);
    json_member_int(&out, "unused", (int64_t)coverage->unused);
    json_member_int(&out, "needs", (int64_t)coverage->needs);
    json_member_int(&out, "one_sided", (int64_t)coverage->one_sided);
    json_put_name(&out, TEXT("articles"));
    json_open_array(&out);
    for (size_t i = 0; i < coverage->articles_count; i++) {
        const struct article_coverage *article = &coverage->articles[i];
        json_open_object(&out);
        json_member_text(&out, "text", article->text_id);
        json_member_text(&out, "article", article->article);
        json_member_int(&out, "norms", (int64_t)article->norms_count);
        json_put_name(&out, TEXT("unused"));
        json_open_array(&out);
        for (size_t j = 0; j < article->unused_count; j++) {
            json_put_text(&out, article->unused[j]);
        }
        json_close_array(&out);
        json_member_int(&out, "needs", (int64_t)article->needs_count);
        json_put_name(&out, TEXT("one_sided"));
        json_open_array(&out);
        for (size_t j = 0; j < article->one_sided_count; j++) {
            const struct need_seen *need = &article->one_sided[j];
            json_open_object(&out);
            json_member_text(&out, "norm", need->norm);
            json_member_text(&out, "check", need->check);
            json_member_bool(&out, "holds", need->holds);
            json_member_bool(&out, "fails", need->fails);
            json_close_object(&out);
        }
        json_close_array(&out);
        json_close_object(&out);
    }
    json_close_array(&out);
    json_close_object(&out);
    const struct text built = buf_built(&buf);
    printf("%.*s\n", TEXT_ARG(built));
}

int
law_coverage_run(struct arena *arena, struct law_command *command)
{
    struct law_cases cases;
    const struct err *err = law_cases_read(command->arena, command->opened.folder, &cases);
    if (err != NULL) {
        return command_end(arena, err);
    }
    const struct law_coverage coverage = law_coverage(command->arena, command->opened.law, &cases);
    const bool whole = coverage.unused == 0 && coverage.one_sided == 0;
    if (command->options.json) {
        coverage_json(command->arena, &coverage);
        return !whole;
    }
    for (size_t i = 0; i < coverage.articles_count; i++) {
        const struct article_coverage *article = &coverage.articles[i];
        printf("%.*s article %.*s: %zu of %zu norms used, %zu of %zu needs seen to hold and to fail\n",
               TEXT_ARG(article->text_id), TEXT_ARG(article->article), article->norms_count - article->unused_count,
               article->norms_count, article->needs_count - article->one_sided_count, article->needs_count);
        for (size_t j = 0; j < article->unused_count; j++) {
            printf("    %.*s: used by nothing\n", TEXT_ARG(article->unused[j]));
        }
        for (size_t j = 0; j < article->one_sided_count; j++) {
            const struct need_seen *need = &article->one_sided[j];
            printf("    %.*s in %.*s (%.*s:%d): no case has seen it %s\n", TEXT_ARG(need->norm), TEXT_ARG(need->check),
                   TEXT_ARG(need->path), need->line,
                   !need->holds && !need->fails ? "at all"
                   : need->holds                ? "fail"
                                                : "hold");
        }
    }
    printf("%zu norms, %zu used by nothing; %zu needs, %zu not seen on both sides\n", coverage.norms, coverage.unused,
           coverage.needs, coverage.one_sided);
    return !whole;
}

struct tally {
    size_t tried, noticed;
};

static void
mutant_told(void *arg, const struct mutant *mutant)
{
    struct tally *tally = arg;
    tally->tried++;
    tally->noticed += mutant->noticed;
    if (!mutant->noticed) {
        printf("%.*s:%d:%d: `%.*s` as `%.*s`: no case notices\n", TEXT_ARG(mutant->path), mutant->line, mutant->column,
               TEXT_ARG(mutant->was), TEXT_ARG(mutant->is));
        fflush(stdout);
    }
}

int
law_mutate_run(struct arena *arena, struct law_command *command)
{
    struct law_cases cases;
    struct tally tally = {0};
    DEFER(arena_free_at) struct arena *work = arena_new(LAW_ARENA_BYTES_MAX);
    const struct err *err = law_cases_read(command->arena, command->opened.folder, &cases);
    const struct text only = command->options.rest_count > 1 ? text_of(command->options.rest[1]) : (struct text){0};
    if (err == NULL) {
        err = law_mutate(command->arena, work, command->opened.files, command->opened.files_count, &cases, only,
                         mutant_told, &tally);
    }
    if (err != NULL) {
        return command_end(arena, err);
    }
    printf("%zu changes by one step, %zu noticed, %zu survive\n", tally.tried, tally.noticed,
           tally.tried - tally.noticed);
    return tally.noticed < tally.tried;
}
