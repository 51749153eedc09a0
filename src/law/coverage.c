/* Which norms nobody uses, and which needs no case has seen hold and fail. */
#include <string.h>

#include "law/cases.h"
#include "law/program.h"

enum { USES_MAX = 256 };

static void
use_add(struct text *uses, size_t *count, struct text use)
{
    for (size_t i = 0; i < *count; i++) {
        if (text_equal(uses[i], use)) {
            return;
        }
    }
    if (*count < USES_MAX) {
        uses[(*count)++] = use;
    }
}

static bool
refs_have(const struct law *law, const struct norm_refs *refs, const struct norm *norm)
{
    for (size_t i = 0; i < refs->count; i++) {
        if (refs->items[i]->norm < law->norms_count && &law->norms[refs->items[i]->norm] == norm) {
            return true;
        }
    }
    return false;
}

const struct text *
norm_uses(struct arena *arena, const struct law *law, const struct norm *norm, size_t *ret_count)
{
    static const char *const kinds[] = {[ITEM_PARAMETER] = "parameter",
                                        [ITEM_PROCEDURE] = "procedure",
                                        [ITEM_FORMALITY] = "formality",
                                        [ITEM_BODY] = "body"};
    struct text *uses = ARENA_ARRAY(arena, struct text, USES_MAX);
    size_t index = (size_t)(norm - law->norms);
    *ret_count = 0;
    for (size_t e = 0; e < law->editions_count; e++) {
        const struct edition *edition = &law->editions[e];
        for (size_t i = 0; i < edition->programs_count; i++) {
            const struct program *program = edition->programs[i];
            for (size_t j = 0; j < program->norms_count; j++) {
                if (program->norms[j] == index) {
                    use_add(uses, ret_count, program->item->name);
                }
            }
        }
    }
    for (size_t i = 0; i < law->items_count; i++) {
        const struct item *item = law->items[i];
        if (item->kind >= ITEM_PARAMETER && refs_have(law, &item->cites, norm)) {
            use_add(uses, ret_count, text_printf(arena, "%s %.*s", kinds[item->kind], TEXT_ARG(item->name)));
        }
    }
    if (norm->parameter.len > 0) {
        use_add(uses, ret_count, text_printf(arena, "parameter %.*s", TEXT_ARG(norm->parameter)));
    }
    if (norm->gap_decider.len > 0) {
        use_add(uses, ret_count, text_printf(arena, "gap %.*s", TEXT_ARG(norm->gap_decider)));
    }
    if (norm->declaratory) {
        use_add(uses, ret_count, TEXT("declaratory"));
    }
    for (size_t i = 0; i < law->texts_count; i++) {
        if (text_equal(law->texts[i].in_force_norm, norm->id)) {
            use_add(uses, ret_count, TEXT("in force"));
        }
    }
    return uses;
}

/* ---- Needs seen ---- */

/* One mark for each need and each of the norms it may fail with. */
struct marks {
    const struct program *program;
    bool holds[NEEDS_MAX], fails[NEEDS_MAX];
};

static struct marks *
marks_of(struct marks *marks, size_t count, const struct program *program)
{
    for (size_t i = 0; i < count; i++) {
        if (marks[i].program->item == program->item) { /* in whichever edition */
            return &marks[i];
        }
    }
    return NULL;
}

static void
cases_mark(struct arena *arena, const struct law *law, const struct law_cases *cases, struct marks *marks, size_t count)
{
    for (size_t i = 0; i < cases->count; i++) {
        struct arena_mark mark = arena_mark(arena);
        struct law_seen seen = {0};
        (void)case_run(arena, law, &cases->items[i], &seen);
        struct marks *own = seen.program != NULL ? marks_of(marks, count, seen.program) : NULL;
        for (size_t j = 0; own != NULL && j < own->program->needs_count; j++) {
            own->holds[j] = own->holds[j] || seen.outcome[j] == TRACE_HOLDS;
            own->fails[j] = own->fails[j] || seen.outcome[j] == TRACE_FAILS;
        }
        arena_rewind(arena, mark);
    }
}

static struct article_coverage *
article_of(struct arena *arena, struct law_coverage *coverage, const struct law *law, const struct norm *norm)
{
    for (size_t i = coverage->articles_count; i > 0; i--) {
        struct article_coverage *article = &coverage->articles[i - 1];
        if (text_equal(article->text_id, norm->text_id) && text_equal(article->article, norm->article)) {
            return article;
        }
    }
    struct article_coverage *article = &coverage->articles[coverage->articles_count++];
    *article = (struct article_coverage){.text_id = norm->text_id, .article = norm->article};
    article->unused = ARENA_ARRAY(arena, struct text, law->norms_count);
    return article;
}

static void
need_note(struct arena *arena, struct law_coverage *coverage, const struct law *law, const struct marks *marks,
          size_t i)
{
    const struct need *need = &marks->program->needs[i];
    /* A need whose norm comes from a table stands under the article of its check's first norm. */
    size_t at = need->norms_count > 0             ? need->norms[0]
                : marks->program->norms_count > 0 ? marks->program->norms[0]
                                                  : law->norms_count;
    if (at == law->norms_count) {
        return;
    }
    struct article_coverage *article = article_of(arena, coverage, law, &law->norms[at]);
    article->needs_count++;
    coverage->needs++;
    if (marks->holds[i] && marks->fails[i]) {
        return;
    }
    coverage->one_sided++;
    struct need_seen *grown = ARENA_ARRAY(arena, struct need_seen, article->one_sided_count + 1);
    if (article->one_sided_count > 0) {
        memcpy(grown, article->one_sided, article->one_sided_count * sizeof grown[0]);
    }
    grown[article->one_sided_count++] =
        (struct need_seen){.norm = need->norms_count > 0 ? law->norms[at].id : TEXT("of a table"),
                           .check = marks->program->item->name,
                           .line = need->line,
                           .path = law->files[marks->program->item->place.file].path,
                           .holds = marks->holds[i],
                           .fails = marks->fails[i]};
    article->one_sided = grown;
}

struct law_coverage
law_coverage(struct arena *arena, const struct law *law, const struct law_cases *cases)
{
    struct law_coverage coverage = {.articles = ARENA_ARRAY(arena, struct article_coverage, law->norms_count + 1),
                                    .norms = law->norms_count};
    size_t programs = 0;
    for (size_t e = 0; e < law->editions_count; e++) {
        programs += law->editions[e].programs_count;
    }
    struct marks *marks = ARENA_ARRAY(arena, struct marks, programs);
    size_t count = 0;
    for (size_t e = 0; e < law->editions_count; e++) {
        for (size_t i = 0; i < law->editions[e].programs_count; i++) {
            if (marks_of(marks, count, law->editions[e].programs[i]) == NULL) {
                marks[count++].program = law->editions[e].programs[i];
            }
        }
    }
    cases_mark(arena, law, cases, marks, count);
    for (size_t i = 0; i < law->norms_count; i++) {
        size_t uses;
        struct article_coverage *article = article_of(arena, &coverage, law, &law->norms[i]);
        article->norms_count++;
        (void)norm_uses(arena, law, &law->norms[i], &uses);
        if (uses == 0) {
            article->unused[article->unused_count++] = law->norms[i].id;
            coverage.unused++;
        }
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < marks[i].program->needs_count; j++) {
            need_note(arena, &coverage, law, &marks[i], j);
        }
    }
    return coverage;
}
