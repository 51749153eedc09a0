/* Each procedure as the law declares it, in the seven items that a person must find before filing (REQUIREMENTS R26):
 * what is granted, who may ask, the papers, the conditions, who decides and when, what it costs, and the remedies. */
#include <string.h>

#include "office/decision.h"
#include "web/law_links.h"
#include "web/pages/procedure_list.html.h"
#include "web/pages/procedure_show.html.h"

static const struct err *show_list(struct ctx *ctx, struct visit *visit);
static const struct err *show_procedure(struct ctx *ctx, struct visit *visit);

extern const struct route routes_procedure[];
const struct route routes_procedure[] = {
    {HTTP_GET, "/procedures", ROLE_PUBLIC, TX_READ, show_list, .name = "procedure.list"},
    {HTTP_GET, "/procedures/{procedure}", ROLE_PUBLIC, TX_READ, show_procedure, .name = "procedure.show"},
    {0}};

static struct text
filers_of(struct ctx *ctx, const struct procedure *procedure)
{
    struct buf buf = buf_new(ctx->arena, 4096);
    const struct text comma = words_get(ctx->lang, WORD("fact.comma"));
    for (size_t i = 0; i < procedure->filed_by_count; i++) {
        if (i > 0) {
            buf_text(&buf, comma);
            buf_char(&buf, ' ');
        }
        buf_text(&buf, law_word(ctx->law, procedure->filed_by[i], ctx->lang));
    }
    return buf_built(&buf);
}

static const struct err *
show_list(struct ctx *ctx, struct visit *visit)
{
    size_t count = 0;
    const struct procedure *procedures = law_procedures(ctx->law, ctx->today, &count);
    struct page_procedure_list_procedures *rows = ARENA_ARRAY(ctx->arena, struct page_procedure_list_procedures, count);
    for (size_t i = 0; i < count; i++) {
        const struct law_text *text = law_text(ctx->law, procedures[i].text_id);
        rows[i] = (struct page_procedure_list_procedures){.title = procedures[i].title[ctx->lang],
                                                          .url = procedure_url(ctx, procedures[i].name),
                                                          .filers = filers_of(ctx, &procedures[i]),
                                                          .text = text == NULL ? TEXT("") : text->title[ctx->lang]};
    }
    const struct page_procedure_list data = {.procedures = rows, .procedures_count = count};
    visit_page(ctx, visit,
               &(struct visit_page){.title = words_get(ctx->lang, WORD("procedure.all")),
                                    .content = page_procedure_list(ctx, &data),
                                    .section = "procedures"});
    return NULL;
}

/* ---- One procedure ---- */

static struct page_procedure_show_documents *
documents_of(struct ctx *ctx, const struct procedure *procedure)
{
    struct page_procedure_show_documents *rows =
        ARENA_ARRAY(ctx->arena, struct page_procedure_show_documents, procedure->documents_count);
    for (size_t i = 0; i < procedure->documents_count; i++) {
        const struct procedure_document *document = &procedure->documents[i];
        const struct norm *norm = document->norms_count > 0 ? law_norm(ctx->law, document->norms[0]) : NULL;
        rows[i] = (struct page_procedure_show_documents){.title = law_label(ctx, document->code),
                                                         .says = norm == NULL ? TEXT("") : norm_words(ctx, norm),
                                                         .norm = norm == NULL ? TEXT("") : norm->id,
                                                         .url = norm == NULL ? TEXT("") : norm_url(ctx, norm->id),
                                                         .is_conditional = document->when.len > 0,
                                                         .is_optional = !document->required && document->when.len == 0,
                                                         .must_be_signed = document->must_be_signed};
    }
    return rows;
}

/* The checks that decide it: the conditions, each norm once. */
static void
conditions_of(struct ctx *ctx, const struct procedure *procedure, struct page_procedure_show *data)
{
    size_t room = 0;
    const struct law_check **checks = ARENA_ARRAY(ctx->arena, const struct law_check *, procedure->checks_count);
    struct page_procedure_show_checks *links =
        ARENA_ARRAY(ctx->arena, struct page_procedure_show_checks, procedure->checks_count);
    size_t count = 0;
    for (size_t i = 0; i < procedure->checks_count; i++) {
        const struct law_check *check = law_check(ctx->arena, ctx->law, procedure->checks[i], ctx->today);
        if (check != NULL) {
            links[count] = (struct page_procedure_show_checks){.title = check_title(ctx, check->name),
                                                               .url = check_url(ctx, check->name)};
            checks[count++] = check;
            room += check->norms_count;
        }
    }
    struct page_procedure_show_conditions *rows = ARENA_ARRAY(ctx->arena, struct page_procedure_show_conditions, room);
    size_t rows_count = 0;
    for (size_t i = 0; i < count; i++) {
        for (size_t n = 0; n < checks[i]->norms_count; n++) {
            const struct norm *norm = law_norm(ctx->law, checks[i]->norms[n]);
            if (norm != NULL) {
                rows[rows_count++] = (struct page_procedure_show_conditions){
                    .id = norm->id, .url = norm_url(ctx, norm->id), .says = norm_words(ctx, norm)};
            }
        }
    }
    data->conditions = rows;
    data->conditions_count = rows_count;
    data->checks = links;
    data->checks_count = count;
}

/* Days to answer: of the check that the procedure names, asked for its act; 0 where the law leaves it open. */
static int64_t
days_of(struct ctx *ctx, const struct procedure *procedure)
{
    if (procedure->time_limit.len == 0) {
        return 0;
    }
    struct json_member members[] = {{.name = TEXT("act"), .value = {.type = JSON_STRING, .text = procedure->act}},
                                    {.name = TEXT("work_kind"), .value = {.type = JSON_NULL}}};
    const struct json facts = {.type = JSON_OBJECT, .members = members, .count = 2};
    const struct law_question question = {.check = procedure->time_limit, .as_of = ctx->today, .facts = &facts};
    struct ruling ruling;
    struct question_fault fault;
    int64_t days = 0;
    if (law_ask(ctx->arena, ctx->law, &question, &ruling, &fault) == NULL) {
        (void)json_int64(ruling_result(&ruling, "decision_days"), &days);
    }
    return days;
}

static const struct err *
show_procedure(struct ctx *ctx, struct visit *visit)
{
    const struct procedure *procedure = law_procedure(ctx->law, http_param(visit->request, "procedure"), ctx->today);
    if (procedure == NULL) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "no such procedure");
    }
    const struct law_text *text = law_text(ctx->law, procedure->text_id);
    struct page_procedure_show data = {
        .title = procedure->title[ctx->lang],
        .title_ar = ctx->lang == LANG_AR ? TEXT("") : procedure->title[LANG_AR],
        .text_title = text == NULL ? TEXT("") : text->title[ctx->lang],
        .text_url = law_text_url(ctx, procedure->text_id),
        .note = text == NULL ? TEXT("") : text->note[ctx->lang],
        .filers = filers_of(ctx, procedure),
        .documents = documents_of(ctx, procedure),
        .documents_count = procedure->documents_count,
        .decided_by = procedure->decided_by.len > 0 ? law_label(ctx, procedure->decided_by) : TEXT(""),
        .opinion = procedure->opinion_body.len > 0 ? law_label(ctx, procedure->opinion_body) : TEXT(""),
        .days = days_of(ctx, procedure),
        .grants = procedure->grants.len > 0 ? law_label(ctx, procedure->grants) : TEXT(""),
        .begin = route_exists("/dossiers/new/{procedure}")
                     ? text_printf(ctx->arena, "/dossiers/new/%.*s", TEXT_ARG(procedure->name))
                     : TEXT("")};
    data.has_days = data.days > 0;
    conditions_of(ctx, procedure, &data);
    struct text *paragraphs = NULL;
    TRY(remedies(ctx, ctx->lang, &paragraphs, &data.remedies_count));
    data.remedies = paragraphs;
    const struct visit_crumb crumbs[] = {{words_get(ctx->lang, WORD("procedure.all")), TEXT("/procedures")},
                                         {data.title, TEXT("")}};
    visit_page(ctx, visit,
               &(struct visit_page){.title = data.title,
                                    .content = page_procedure_show(ctx, &data),
                                    .crumbs = crumbs,
                                    .crumbs_count = 2,
                                    .section = "procedures"});
    return NULL;
}
