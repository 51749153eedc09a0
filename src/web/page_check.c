/* Each check of the law as a page: what it asks, the norms it applies, and a simulator whose form comes from its facts
 * and whose answer is the trace in words. The question stands in the address, so it can be sent to somebody. */
#include <string.h>

#include "base/limits.h"
#include "office/draft.h"
#include "registry/data.h"
#include "web/fact_form.h"
#include "web/law_links.h"
#include "web/locale.h"
#include "web/pages/check_answer.html.h"
#include "web/pages/check_list.html.h"
#include "web/pages/check_show.html.h"

static const struct err *show_list(struct ctx *ctx, struct visit *visit);
static const struct err *show_check(struct ctx *ctx, struct visit *visit);
static const struct err *answer_json(struct ctx *ctx, struct visit *visit);

extern const struct route routes_check[];
const struct route routes_check[] = {
    {HTTP_GET, "/checks", ROLE_PUBLIC, TX_READ, show_list, .name = "check.list"},
    {HTTP_GET, "/checks/{check}", ROLE_PUBLIC, TX_READ, show_check, .name = "check.show"},
    {HTTP_GET, "/api/v1/checks/{check}", ROLE_PUBLIC, TX_READ, answer_json, .flags = ROUTE_JSON, .name = "api.check"},
    {0}};

static const struct err *
show_list(struct ctx *ctx, struct visit *visit)
{
    size_t texts_count = 0;
    size_t checks_count = 0;
    const struct law_text *texts = law_texts(ctx->law, &texts_count);
    const struct law_check *checks = law_checks(ctx->arena, ctx->law, DATE_NONE, &checks_count);
    struct page_check_list_texts *items = ARENA_ARRAY(ctx->arena, struct page_check_list_texts, texts_count);
    size_t count = 0;
    for (size_t i = 0; i < texts_count; i++) {
        struct page_check_list_texts_checks *rows =
            ARENA_ARRAY(ctx->arena, struct page_check_list_texts_checks, checks_count);
        size_t rows_count = 0;
        for (size_t c = 0; c < checks_count; c++) {
            if (text_equal(checks[c].text_id, texts[i].id)) {
                rows[rows_count++] = (struct page_check_list_texts_checks){.title = check_title(ctx, checks[c].name),
                                                                           .name = checks[c].name,
                                                                           .url = check_url(ctx, checks[c].name)};
            }
        }
        if (rows_count > 0) {
            items[count++] = (struct page_check_list_texts){.title = texts[i].title[ctx->lang],
                                                            .url = law_text_url(ctx, texts[i].id),
                                                            .checks = rows,
                                                            .checks_count = rows_count};
        }
    }
    const struct page_check_list data = {.count = (int64_t)checks_count, .texts = items, .texts_count = count};
    const struct visit_crumb crumbs[] = {{words_get(ctx->lang, WORD("law.title")), TEXT("/law")},
                                         {words_get(ctx->lang, WORD("check.all")), TEXT("")}};
    visit_page(ctx, visit,
               &(struct visit_page){.title = crumbs[1].title,
                                    .content = page_check_list(ctx, &data),
                                    .crumbs = crumbs,
                                    .crumbs_count = 2,
                                    .section = "law"});
    return NULL;
}

/* ---- The answer in words ---- */

static struct page_check_answer_norms *
norm_rows(struct ctx *ctx, const struct ruling *ruling)
{
    struct page_check_answer_norms *rows =
        ARENA_ARRAY(ctx->arena, struct page_check_answer_norms, ruling->failed_count);
    for (size_t i = 0; i < ruling->failed_count; i++) {
        const struct norm *norm = law_norm(ctx->law, ruling->failed[i]);
        struct text says = TEXT("");
        if (norm != NULL) {
            says = norm_failure_words(ctx, norm).len > 0 ? norm_failure_words(ctx, norm) : norm_words(ctx, norm);
        }
        rows[i] = (struct page_check_answer_norms){
            .id = ruling->failed[i], .url = norm_url(ctx, ruling->failed[i]), .says = says};
    }
    return rows;
}

/* "films.share_percent" in words: each part by its own. */
static struct text
path_words(struct ctx *ctx, struct text path)
{
    struct buf buf = buf_new(ctx->arena, LINE_BYTES_MAX);
    struct text part;
    while (text_split(&path, '.', &part)) {
        if (buf.len > 0) {
            buf_cstr(&buf, " — ");
        }
        buf_text(&buf, law_label(ctx, part));
    }
    return buf_built(&buf);
}

static struct text *
words_of(struct ctx *ctx, const struct text *names, size_t count)
{
    struct text *words = ARENA_ARRAY(ctx->arena, struct text, count);
    for (size_t i = 0; i < count; i++) {
        words[i] = path_words(ctx, names[i]);
    }
    return words;
}

static enum fact_type
type_of(const struct law_check *check, struct text name)
{
    for (size_t i = 0; i < check->facts_count; i++) {
        if (text_equal(check->facts[i].name, name)) {
            return check->facts[i].type;
        }
    }
    for (size_t i = 0; i < check->results_count; i++) {
        if (text_equal(check->results[i].name, name)) {
            return check->results[i].type;
        }
    }
    return 0;
}

static struct page_check_answer_trace *
trace_rows(struct ctx *ctx, const struct law_check *check, const struct ruling *ruling)
{
    struct page_check_answer_trace *rows = ARENA_ARRAY(ctx->arena, struct page_check_answer_trace, ruling->trace_count);
    for (size_t i = 0; i < ruling->trace_count; i++) {
        const struct trace_line *line = &ruling->trace[i];
        const struct norm *norm = law_norm(ctx->law, line->norm);
        struct buf values = buf_new(ctx->arena, 16 * 1024);
        for (size_t v = 0; v < line->values_count; v++) {
            const struct trace_value *value = &line->values[v];
            buf_cstr(&values, v == 0 ? "" : " · ");
            buf_text(&values, text_is(value->name, "=") ? TEXT("=") : path_words(ctx, value->name));
            buf_cstr(&values, text_is(value->name, "=") ? " " : ": ");
            buf_text(&values, fact_value(ctx, type_of(check, value->name), &value->value));
        }
        static const char *const kinds[] = {[TRACE_HOLDS] = "good",           [TRACE_FAILS] = "bad",
                                            [TRACE_UNDECIDED] = "wait",       [TRACE_UNKNOWN] = "wait",
                                            [TRACE_NOT_APPLICABLE] = "quiet", [TRACE_APPLIED] = "info"};
        const char *key = text_cstr(ctx->arena, text_printf(ctx->arena, "trace.%s", trace_outcome_code(line->outcome)));
        rows[i] = (struct page_check_answer_trace){.norm = line->norm,
                                                   .url = norm_url(ctx, line->norm),
                                                   .says = norm == NULL ? TEXT("") : norm_words(ctx, norm),
                                                   .outcome = words_get(ctx->lang, key),
                                                   .kind = text_of(kinds[line->outcome]),
                                                   .values = buf_built(&values)};
    }
    return rows;
}

static struct html
answer_of(struct ctx *ctx, const struct law_check *check, const struct ruling *ruling)
{
    struct page_check_answer_results *results =
        ARENA_ARRAY(ctx->arena, struct page_check_answer_results, ruling->results_count);
    for (size_t i = 0; i < ruling->results_count; i++) {
        results[i] = (struct page_check_answer_results){
            .name = law_label(ctx, ruling->results[i].name),
            .value = fact_value(ctx, type_of(check, ruling->results[i].name), &ruling->results[i].value)};
    }
    const struct page_check_answer data = {.verdict = law_label(ctx, ruling->verdict),
                                           .kind = verdict_kind(ruling->verdict),
                                           .as_of = ruling->as_of,
                                           .norms = norm_rows(ctx, ruling),
                                           .norms_count = ruling->failed_count,
                                           .missing = words_of(ctx, ruling->missing, ruling->missing_count),
                                           .missing_count = ruling->missing_count,
                                           .parameters = words_of(ctx, ruling->parameters, ruling->parameters_count),
                                           .parameters_count = ruling->parameters_count,
                                           .results = results,
                                           .results_count = ruling->results_count,
                                           .trace = trace_rows(ctx, check, ruling),
                                           .trace_count = ruling->trace_count};
    return page_check_answer(ctx, &data);
}

/* ---- The page ---- */

static const struct draft_field *
fields_of(struct ctx *ctx, const struct law_check *check)
{
    struct draft_field *fields = ARENA_ARRAY(ctx->arena, struct draft_field, check->facts_count);
    for (size_t i = 0; i < check->facts_count; i++) {
        fields[i].fact = &check->facts[i];
    }
    return fields;
}

/* The day asked for: the form's, else today. False: not a day. */
static bool
day_asked(const struct ctx *ctx, const struct visit *visit, struct date *ret)
{
    const struct text typed = text_trim(http_query(visit->request, "as_of"));
    *ret = ctx->today;
    return typed.len == 0 || date_from_text(typed, ret);
}

struct simulation {
    struct json typed;
    struct field_faults faults;
    struct text day_fault;
    struct html answer;
    bool is_answered;
};

static void
simulate(struct ctx *ctx, struct visit *visit, const struct law_check *check, struct simulation *ret)
{
    struct date as_of;
    ret->typed =
        fact_form_typed(ctx, visit->request->query, visit->request->query_count, check->facts, check->facts_count);
    if (http_query(visit->request, "ask").at == NULL) {
        return;
    }
    if (!day_asked(ctx, visit, &as_of)) {
        ret->day_fault = words_get(ctx->lang, WORD("form.bad_date"));
        return;
    }
    const struct json facts =
        fields_read(ctx, fields_of(ctx, check), check->facts_count, &ret->typed, true, &ret->faults);
    if (ret->faults.count > 0) {
        return;
    }
    struct ruling ruling;
    struct question_fault fault;
    const struct law_question question = {.check = check->name, .as_of = as_of, .facts = &facts, .trace = true};
    if (law_ask(ctx->arena, ctx->law, &question, &ruling, &fault) != NULL) {
        field_fault_add(ctx, &ret->faults, fault.at, FAULT_VALUE);
        return;
    }
    ret->answer = answer_of(ctx, check, &ruling);
    ret->is_answered = true;
}

static const struct err *
show_check(struct ctx *ctx, struct visit *visit)
{
    const struct law_check *check = law_check(ctx->arena, ctx->law, http_param(visit->request, "check"), DATE_NONE);
    if (check == NULL) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "no such check");
    }
    struct simulation simulation = {0};
    simulate(ctx, visit, check, &simulation);
    const struct fact_form form = {.typed = &simulation.typed,
                                   .faults = &simulation.faults,
                                   .more = http_query(visit->request, "more"),
                                   .all_optional = true};
    struct html *fields = ARENA_ARRAY(ctx->arena, struct html, check->facts_count);
    for (size_t i = 0; i < check->facts_count; i++) {
        fields[i] = fact_form_field(ctx, &form, &check->facts[i]);
    }
    struct page_check_show_norms *norms = ARENA_ARRAY(ctx->arena, struct page_check_show_norms, check->norms_count);
    size_t norms_count = 0;
    for (size_t i = 0; i < check->norms_count; i++) {
        const struct norm *norm = law_norm(ctx->law, check->norms[i]);
        if (norm != NULL) {
            norms[norms_count++] = (struct page_check_show_norms){
                .id = norm->id, .url = norm_url(ctx, norm->id), .says = norm_words(ctx, norm)};
        }
    }
    const struct law_text *text = law_text(ctx->law, check->text_id);
    const struct text typed_day = text_trim(http_query(visit->request, "as_of"));
    const struct page_check_show data = {.title = check_title(ctx, check->name),
                                         .name = check->name,
                                         .action = check_url(ctx, check->name),
                                         .text_title = text == NULL ? TEXT("") : text->title[ctx->lang],
                                         .text_url = law_text_url(ctx, check->text_id),
                                         .note = text == NULL ? TEXT("") : text->note[ctx->lang],
                                         .as_of = typed_day.len > 0 ? typed_day : date_to_text(ctx->arena, ctx->today),
                                         .as_of_fault = simulation.day_fault,
                                         .fields = fields,
                                         .fields_count = check->facts_count,
                                         .has_faults = simulation.faults.count > 0 || simulation.day_fault.len > 0,
                                         .faults =
                                             (int64_t)simulation.faults.count + (simulation.day_fault.len > 0 ? 1 : 0),
                                         .answer = simulation.answer,
                                         .is_answered = simulation.is_answered,
                                         .norms = norms,
                                         .norms_count = norms_count};
    const struct visit_crumb crumbs[] = {{words_get(ctx->lang, WORD("law.title")), TEXT("/law")},
                                         {words_get(ctx->lang, WORD("check.all")), TEXT("/checks")},
                                         {data.title, TEXT("")}};
    visit_page(ctx, visit,
               &(struct visit_page){.title = data.title,
                                    .content = page_check_show(ctx, &data),
                                    .crumbs = crumbs,
                                    .crumbs_count = 3,
                                    .section = "law"});
    return NULL;
}

/* ---- For machines: the contract's own answer (LAW-LANGUAGE.md) ---- */

static const struct err *
answer_json(struct ctx *ctx, struct visit *visit)
{
    const struct text typed = http_query(visit->request, "facts");
    struct date as_of;
    struct json facts = {.type = JSON_OBJECT};
    if (!day_asked(ctx, visit, &as_of)) {
        return FAIL(ctx->arena, ERR_INPUT, "as_of is no day");
    }
    if (typed.len > 0) {
        TRY(json_read(ctx->arena, typed, &facts));
    }
    struct ruling ruling;
    struct question_fault fault;
    const struct law_question question = {.check = http_param(visit->request, "check"),
                                          .as_of = as_of,
                                          .facts = &facts,
                                          .trace = http_query(visit->request, "trace").at != NULL};
    struct buf buf = buf_new(ctx->arena, JSON_BYTES_MAX);
    struct json_out out = json_out(&buf);
    const struct err *err = law_ask(ctx->arena, ctx->law, &question, &ruling, &fault);
    if (err != NULL && err->code != ERR_INPUT) {
        return err;
    }
    if (err != NULL) {
        json_open_object(&out);
        json_put_name(&out, TEXT("error"));
        json_open_object(&out);
        json_member_text(&out, "code", text_of(fault.code));
        json_member_text(&out, "message", fault.message);
        json_member_text(&out, "at", fault.at);
        json_close_object(&out);
        json_close_object(&out);
        visit_json(visit, text_is(text_of(fault.code), "unknown_check") ? 404 : 400, buf_built(&buf));
        return NULL;
    }
    ruling_print(&out, TEXT(""), &ruling, ctx->law);
    visit_json(visit, 200, buf_built(&buf));
    return NULL;
}
