/* The law as it stands in the corpus: texts, articles, norms, and the search. From each norm to what uses it. */
#include <string.h>

#include "base/fold.h"
#include "base/limits.h"
#include "web/law_links.h"
#include "web/pages/law_article.html.h"
#include "web/pages/law_search.html.h"
#include "web/pages/law_text.html.h"
#include "web/pages/law_texts.html.h"

static const struct err *show_texts(struct ctx *ctx, struct visit *visit);
static const struct err *show_search(struct ctx *ctx, struct visit *visit);
static const struct err *show_text(struct ctx *ctx, struct visit *visit);
static const struct err *show_article(struct ctx *ctx, struct visit *visit);

extern const struct route routes_law[];
const struct route routes_law[] = {
    {HTTP_GET, "/law", ROLE_PUBLIC, TX_READ, show_texts, .name = "law.texts"},
    {HTTP_GET, "/law/search", ROLE_PUBLIC, TX_READ, show_search, .name = "law.search"},
    {HTTP_GET, "/law/{text}", ROLE_PUBLIC, TX_READ, show_text, .name = "law.text"},
    {HTTP_GET, "/law/{text}/{article}", ROLE_PUBLIC, TX_READ, show_article, .name = "law.article"},
    {0}};

enum { FOUND_MAX = 60 };

/* ---- Texts ---- */

static const struct err *
show_texts(struct ctx *ctx, struct visit *visit)
{
    size_t count = 0;
    size_t norms_count = 0;
    size_t checks_count = 0;
    const struct law_text *texts = law_texts(ctx->law, &count);
    const struct norm *norms = law_norms(ctx->law, &norms_count);
    const struct law_check *checks = law_checks(ctx->arena, ctx->law, DATE_NONE, &checks_count);
    struct page_law_texts_texts *items = ARENA_ARRAY(ctx->arena, struct page_law_texts_texts, count);
    for (size_t i = 0; i < count; i++) {
        items[i] = (struct page_law_texts_texts){.id = texts[i].id,
                                                 .url = law_text_url(ctx, texts[i].id),
                                                 .title = texts[i].title[ctx->lang],
                                                 .note = texts[i].note[ctx->lang],
                                                 .in_force_from = texts[i].in_force_from};
        for (size_t n = 0; n < norms_count; n++) {
            items[i].norms += text_equal(norms[n].text_id, texts[i].id) ? 1 : 0;
        }
        for (size_t c = 0; c < checks_count; c++) {
            items[i].checks += text_equal(checks[c].text_id, texts[i].id) ? 1 : 0;
        }
    }
    const struct page_law_texts data = {.texts = items,
                                        .texts_count = count,
                                        .norms = (int64_t)norms_count,
                                        .checks = (int64_t)checks_count,
                                        .root = hash_to_hex(ctx->arena, law_root(ctx->law))};
    visit_page(ctx, visit,
               &(struct visit_page){.title = words_get(ctx->lang, WORD("law.title")),
                                    .content = page_law_texts(ctx, &data),
                                    .section = "law"});
    return NULL;
}

static const struct err *
show_text(struct ctx *ctx, struct visit *visit)
{
    const struct law_text *text = law_text(ctx->law, http_param(visit->request, "text"));
    if (text == NULL) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "no such text");
    }
    size_t norms_count = 0;
    const struct norm *norms = law_norms(ctx->law, &norms_count);
    struct page_law_text_articles *articles = ARENA_ARRAY(ctx->arena, struct page_law_text_articles, norms_count);
    size_t articles_count = 0;
    for (size_t i = 0; i < norms_count; i++) {
        if (!text_equal(norms[i].text_id, text->id)) {
            continue;
        }
        if (articles_count == 0 || !text_equal(articles[articles_count - 1].article, norms[i].article)) {
            articles[articles_count++] =
                (struct page_law_text_articles){.article = norms[i].article,
                                                .url = law_article_url(ctx, text->id, norms[i].article),
                                                .says = norm_words(ctx, &norms[i])};
        }
        articles[articles_count - 1].norms++;
    }
    size_t checks_count = 0;
    const struct law_check *checks = law_checks(ctx->arena, ctx->law, DATE_NONE, &checks_count);
    struct page_law_text_checks *rows = ARENA_ARRAY(ctx->arena, struct page_law_text_checks, checks_count);
    size_t rows_count = 0;
    for (size_t i = 0; i < checks_count; i++) {
        if (text_equal(checks[i].text_id, text->id)) {
            rows[rows_count++] = (struct page_law_text_checks){.title = check_title(ctx, checks[i].name),
                                                               .url = check_url(ctx, checks[i].name)};
        }
    }
    const struct page_law_text data = {.id = text->id,
                                       .title = text->title[ctx->lang],
                                       .title_ar = ctx->lang == LANG_AR ? TEXT("") : text->title[LANG_AR],
                                       .note = text->note[ctx->lang],
                                       .signed_on = text->signed_on,
                                       .published_on = text->published_on,
                                       .in_force_from = text->in_force_from,
                                       .articles = articles,
                                       .articles_count = articles_count,
                                       .checks = rows,
                                       .checks_count = rows_count};
    const struct visit_crumb crumbs[] = {{words_get(ctx->lang, WORD("law.title")), TEXT("/law")}, {text->id, TEXT("")}};
    visit_page(ctx, visit,
               &(struct visit_page){.title = data.title,
                                    .content = page_law_text(ctx, &data),
                                    .crumbs = crumbs,
                                    .crumbs_count = 2,
                                    .section = "law"});
    return NULL;
}

/* ---- An article ---- */

static bool
cites(const struct text *norms, size_t count, struct text norm)
{
    for (size_t i = 0; i < count; i++) {
        if (text_equal(norms[i], norm)) {
            return true;
        }
    }
    return false;
}

/* The checks and procedures that apply a norm. */
static void
find_uses(struct ctx *ctx, struct page_law_article_norms *row, struct text norm)
{
    size_t checks_count = 0;
    size_t procedures_count = 0;
    const struct law_check *checks = law_checks(ctx->arena, ctx->law, DATE_NONE, &checks_count);
    const struct procedure *procedures = law_procedures(ctx->law, ctx->today, &procedures_count);
    struct page_law_article_norms_uses *uses =
        ARENA_ARRAY(ctx->arena, struct page_law_article_norms_uses, checks_count + procedures_count);
    size_t count = 0;
    for (size_t i = 0; i < checks_count; i++) {
        if (cites(checks[i].norms, checks[i].norms_count, norm)) {
            uses[count++] = (struct page_law_article_norms_uses){.title = check_title(ctx, checks[i].name),
                                                                 .url = check_url(ctx, checks[i].name)};
        }
    }
    for (size_t i = 0; i < procedures_count; i++) {
        if (cites(procedures[i].norms, procedures[i].norms_count, norm)) {
            uses[count++] = (struct page_law_article_norms_uses){.title = procedures[i].title[ctx->lang],
                                                                 .url = procedure_url(ctx, procedures[i].name)};
        }
    }
    row->uses = uses;
    row->uses_count = count;
}

static struct page_law_article_norms
norm_row(struct ctx *ctx, const struct norm *norm)
{
    struct page_law_article_norms row = {
        .id = norm->id,
        .part = norm_part(norm->id),
        .kind = law_label(ctx, norm->kind),
        .says = norm_words(ctx, norm),
        .says_ar = ctx->lang == LANG_AR ? TEXT("") : norm->says[LANG_AR],
        .fails = norm_failure_words(ctx, norm),
        .gap = norm->gap_reason,
        .gap_decider = norm->gap_decider.len > 0 ? law_label(ctx, norm->gap_decider) : TEXT(""),
        .parameter = norm->parameter,
        .is_mandatory = norm->force == FORCE_MANDATORY,
        .is_discretionary = norm->force == FORCE_DISCRETIONARY,
    };
    struct page_law_article_norms_sanctions *sanctions =
        ARENA_ARRAY(ctx->arena, struct page_law_article_norms_sanctions, norm->sanctioned_by_count);
    for (size_t i = 0; i < norm->sanctioned_by_count; i++) {
        sanctions[i] = (struct page_law_article_norms_sanctions){.id = norm->sanctioned_by[i],
                                                                 .url = norm_url(ctx, norm->sanctioned_by[i])};
    }
    row.sanctions = sanctions;
    row.sanctions_count = norm->sanctioned_by_count;
    find_uses(ctx, &row, norm->id);
    return row;
}

static const struct err *
show_article(struct ctx *ctx, struct visit *visit)
{
    const struct law_text *text = law_text(ctx->law, http_param(visit->request, "text"));
    const struct text article = http_param(visit->request, "article");
    size_t norms_count = 0;
    const struct norm *norms = law_norms(ctx->law, &norms_count);
    struct page_law_article_norms *rows = ARENA_ARRAY(ctx->arena, struct page_law_article_norms, norms_count);
    size_t count = 0;
    struct text before = TEXT("");
    struct text after = TEXT("");
    for (size_t i = 0; text != NULL && i < norms_count; i++) {
        if (!text_equal(norms[i].text_id, text->id)) {
            continue;
        }
        if (text_equal(norms[i].article, article)) {
            rows[count++] = norm_row(ctx, &norms[i]);
        } else if (count == 0) {
            before = norms[i].article;
        } else if (after.len == 0) {
            after = norms[i].article;
        }
    }
    if (count == 0) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "no such article");
    }
    const struct word_hole hole[] = {HOLE_TEXT("article", article)};
    const struct page_law_article data = {
        .article = article,
        .text_title = text->title[ctx->lang],
        .text_url = law_text_url(ctx, text->id),
        .note = text->note[ctx->lang],
        .norms = rows,
        .norms_count = count,
        .before = before.len > 0 ? law_article_url(ctx, text->id, before) : TEXT(""),
        .after = after.len > 0 ? law_article_url(ctx, text->id, after) : TEXT(""),
        .akn = text_printf(ctx->arena, "/akn/ma/act/%.*s#art_%.*s", TEXT_ARG(text->id), TEXT_ARG(article))};
    const struct visit_crumb crumbs[] = {{words_get(ctx->lang, WORD("law.title")), TEXT("/law")},
                                         {text->id, data.text_url},
                                         {words_say(ctx, WORD("law.article"), hole, 1), TEXT("")}};
    visit_page(ctx, visit,
               &(struct visit_page){
                   .title = text_printf(ctx->arena, "%.*s — %.*s", TEXT_ARG(crumbs[2].title), TEXT_ARG(text->id)),
                   .content = page_law_article(ctx, &data),
                   .crumbs = crumbs,
                   .crumbs_count = 3,
                   .section = "law"});
    return NULL;
}

/* ---- Search ---- */

/* Every word of the query begins some word of the statement, whatever its alefs and accents. */
static bool
matches(struct ctx *ctx, struct text statement, const struct text_list *wanted)
{
    const struct text_list words = fold_words(ctx->arena, statement);
    for (size_t w = 0; w < wanted->count; w++) {
        bool found = false;
        for (size_t i = 0; i < words.count && !found; i++) {
            found = text_starts(words.items[i], wanted->items[w]);
        }
        if (!found) {
            return false;
        }
    }
    return true;
}

/* The words of the query, folded, without their stems: each is looked for as a prefix. */
static struct text_list
query_words(struct ctx *ctx, struct text query)
{
    const struct text folded = fold(ctx->arena, query);
    struct text rest = folded;
    struct text_list words = {ARENA_ARRAY(ctx->arena, struct text, folded.len + 1), 0};
    struct text part;
    while (text_split(&rest, ' ', &part)) {
        if (text_trim(part).len > 0) {
            words.items[words.count++] = text_trim(part);
        }
    }
    return words;
}

static const struct err *
show_search(struct ctx *ctx, struct visit *visit)
{
    const struct text query = text_trim(http_query(visit->request, "q"));
    const struct text_list wanted = query_words(ctx, text_slice(query, 0, query.len < 200 ? query.len : 200));
    size_t norms_count = 0;
    const struct norm *norms = law_norms(ctx->law, &norms_count);
    struct page_law_search_norms *rows = ARENA_ARRAY(ctx->arena, struct page_law_search_norms, FOUND_MAX);
    size_t count = 0;
    size_t total = 0;
    for (size_t i = 0; i < norms_count && wanted.count > 0; i++) {
        const struct arena_mark mark = arena_mark(ctx->arena);
        const bool found = matches(ctx, norms[i].says[ctx->lang], &wanted) ||
                           matches(ctx, norms[i].says[LANG_AR], &wanted) ||
                           text_is(query, text_cstr(ctx->arena, norms[i].id));
        arena_rewind(ctx->arena, mark);
        total += found ? 1 : 0;
        if (found && count < FOUND_MAX) {
            rows[count++] = (struct page_law_search_norms){
                .id = norms[i].id, .url = norm_url(ctx, norms[i].id), .says = norm_words(ctx, &norms[i])};
        }
    }
    const struct page_law_search data = {
        .query = query, .asked = wanted.count > 0, .total = (int64_t)total, .norms = rows, .norms_count = count};
    const struct visit_crumb crumbs[] = {{words_get(ctx->lang, WORD("law.title")), TEXT("/law")},
                                         {words_get(ctx->lang, WORD("law.search_title")), TEXT("")}};
    visit_page(ctx, visit,
               &(struct visit_page){.title = crumbs[1].title,
                                    .content = page_law_search(ctx, &data),
                                    .crumbs = crumbs,
                                    .crumbs_count = 2,
                                    .section = "law"});
    return NULL;
}
