/* Opinions of bodies: what waits for one, and the form in which a secretary records it from the minutes. */
#include "office/opinion.h"

#include "base/limits.h"
#include "registry/data.h"
#include "web/dispatch.h"
#include "web/dossier_parts.h"
#include "web/fact_form.h"
#include "web/law_links.h"
#include "web/pages/committee_list.html.h"
#include "web/pages/opinion_box.html.h"
#include "web/pages/opinion_edit.html.h"

static const struct err *show_waiting(struct ctx *ctx, struct visit *visit);
static const struct err *show_form(struct ctx *ctx, struct visit *visit);
static const struct err *record(struct ctx *ctx, struct visit *visit);

extern const struct route routes_opinion[];
const struct route routes_opinion[] = {
    {HTTP_GET, "/committees", ROLE_SECRETARY | ROLE_MEMBER, TX_READ, show_waiting, .name = "opinion.waiting"},
    {HTTP_GET, "/queue/{dossier}/opinion", ROLE_SECRETARY, TX_READ, show_form, .name = "opinion.form"},
    {HTTP_POST, "/queue/{dossier}/opinion", ROLE_SECRETARY, TX_WRITE, record, .name = "opinion.record"},
    {0}};

/* The procedure of a dossier, when it asks a body; NULL: it asks nobody. Makes *ctx that of the dossier's law. */
static const struct procedure *
asking(struct ctx **ctx, const struct dossier *dossier, const struct err **err)
{
    *err = dossier_under(ctx, dossier);
    const struct procedure *procedure =
        *err != NULL ? NULL : law_procedure((*ctx)->law, dossier->procedure, dossier->filed_on);
    return procedure != NULL && procedure->opinion_body.len > 0 ? procedure : NULL;
}

static struct text
body_words(struct ctx *ctx, const struct procedure *procedure, struct date at)
{
    const struct law_body *body = law_body(ctx->law, procedure->opinion_body, at);
    return body != NULL && body->title[ctx->lang].len > 0 ? body->title[ctx->lang]
                                                          : law_label(ctx, procedure->opinion_body);
}

static struct text
kind_words(struct ctx *ctx, struct text kind)
{
    const char *key = text_is(kind, "binding")    ? WORD("opinion.binding")
                      : text_is(kind, "advisory") ? WORD("opinion.advisory")
                                                  : WORD("opinion.deciding");
    return words_get(ctx->lang, key);
}

const struct err *
opinion_box(struct ctx *ctx, const struct dossier *dossier, struct html *ret)
{
    *ret = (struct html){0};
    const struct err *err = NULL;
    const struct procedure *procedure = asking(&ctx, dossier, &err);
    TRY(err);
    if (procedure == NULL) {
        return NULL;
    }
    struct opinion opinion;
    bool found = false;
    TRY(opinion_of_dossier(ctx, dossier->id, &opinion, &found));
    struct page_opinion_box data = {.body = body_words(ctx, procedure, dossier->filed_on),
                                    .kind = kind_words(ctx, procedure->opinion_kind),
                                    .is_given = found,
                                    .url = text_printf(ctx->arena, "/queue/%lld/opinion", (long long)dossier->id.value),
                                    .can_give =
                                        user_has(ctx->user, ROLE_SECRETARY) && !dossier_is_closed(dossier->state)};
    if (found) {
        struct json facts;
        TRY(json_read(ctx->arena, opinion.facts, &facts));
        struct page_opinion_box_facts *rows = ARENA_ARRAY(ctx->arena, struct page_opinion_box_facts, facts.count);
        for (size_t i = 0; i < facts.count; i++) {
            rows[i] = (struct page_opinion_box_facts){.name = law_label(ctx, facts.members[i].name),
                                                      .value = fact_value(ctx, 0, &facts.members[i].value)};
        }
        data.facts = rows;
        data.facts_count = facts.count;
        data.held_on = opinion.held_on;
        data.verdict = law_label(ctx, opinion.verdict);
        data.verdict_kind = verdict_kind(opinion.verdict);
        data.recused = opinion.recused;
    }
    *ret = page_opinion_box(ctx, &data);
    return NULL;
}

static const struct err *
show_waiting(struct ctx *ctx, struct visit *visit)
{
    struct dossier *dossiers = NULL;
    size_t count = 0;
    const struct dossier_query query = {.state = DOSSIER_UNDER_REVIEW, .limit = PAGE_ROWS_MAX};
    TRY(dossier_queue(ctx, &query, &dossiers, &count));
    struct page_committee_list_rows *rows = ARENA_ARRAY(ctx->arena, struct page_committee_list_rows, count);
    struct page_committee_list data = {.rows = rows};
    for (size_t i = 0; i < count; i++) {
        struct ctx *under = ctx;
        const struct err *err = NULL;
        const struct procedure *procedure = asking(&under, &dossiers[i], &err);
        TRY(err);
        struct opinion opinion;
        bool found = procedure == NULL;
        if (!found) {
            TRY(opinion_of_dossier(ctx, dossiers[i].id, &opinion, &found));
        }
        if (!found) {
            rows[data.rows_count++] = (struct page_committee_list_rows){
                .number = dossiers[i].number,
                .title = procedure->title[ctx->lang],
                .body = body_words(under, procedure, dossiers[i].filed_on),
                .party = ctx->lang == LANG_AR ? dossiers[i].party_ar : dossiers[i].party_latin,
                .due_on = dossiers[i].due_on,
                .url = text_printf(ctx->arena, "/queue/%lld/opinion", (long long)dossiers[i].id.value)};
        }
    }
    visit_page(ctx, visit,
               &(struct visit_page){.title = words_get(ctx->lang, WORD("opinion.waiting")),
                                    .content = page_committee_list(ctx, &data),
                                    .section = "committees",
                                    .wide = true});
    return NULL;
}

/* ---- The form ---- */

struct opinion_view {
    struct dossier dossier;
    const struct procedure *procedure;
    struct draft_field *fields;
    size_t fields_count;
    const struct json *typed;
    const struct opinion_outcome *outcome;
};

static const struct err *
view_of(struct ctx **ctx, const struct visit *visit, struct opinion_view *ret)
{
    *ret = (struct opinion_view){0};
    struct dossier_id id;
    TRY(visit_id(*ctx, visit, "dossier", &id.value));
    TRY(dossier_get(*ctx, id, &ret->dossier));
    const struct err *err = NULL;
    ret->procedure = asking(ctx, &ret->dossier, &err);
    TRY(err);
    if (ret->procedure == NULL) {
        return FAIL((*ctx)->arena, ERR_NOT_FOUND, "the procedure of dossier %lld asks no body", (long long)id.value);
    }
    return opinion_fields(*ctx, ret->procedure, &ret->fields, &ret->fields_count);
}

static void
put_refused(struct ctx *ctx, const struct opinion_outcome *outcome, struct page_opinion_edit *data)
{
    if (outcome->rulings_count == 0) {
        return;
    }
    const struct ruling *ruling = &outcome->rulings[outcome->rulings_count - 1];
    struct text *rows = ARENA_ARRAY(ctx->arena, struct text, ruling->failed_count + ruling->missing_count + 1);
    for (size_t i = 0; i < ruling->failed_count; i++) {
        const struct norm *norm = law_norm(ctx->law, ruling->failed[i]);
        rows[data->refused_count++] = norm == NULL ? ruling->failed[i] : norm_failure_words(ctx, norm);
    }
    for (size_t i = 0; i < ruling->missing_count; i++) {
        rows[data->refused_count++] = law_label(ctx, ruling->missing[i]);
    }
    if (data->refused_count == 0) {
        rows[data->refused_count++] = law_label(ctx, ruling->verdict);
    }
    data->refused = rows;
}

static const struct err *
show(struct ctx *ctx, struct visit *visit, const struct opinion_view *view)
{
    const struct fact_form form = {.typed = view->typed,
                                   .faults = view->outcome == NULL ? NULL : &view->outcome->faults,
                                   .more = http_form(visit->request, "more"),
                                   .all_optional = true};
    struct html *html = ARENA_ARRAY(ctx->arena, struct html, view->fields_count);
    for (size_t i = 0; i < view->fields_count; i++) {
        html[i] = fact_form_field(ctx, &form, view->fields[i].fact);
    }
    const struct text base = text_printf(ctx->arena, "/queue/%lld", (long long)view->dossier.id.value);
    const struct text held_on = visit_field(visit, "held_on");
    struct page_opinion_edit data = {.guard = visit_guard(visit),
                                     .number = view->dossier.number,
                                     .title = view->procedure->title[ctx->lang],
                                     .body = body_words(ctx, view->procedure, view->dossier.filed_on),
                                     .kind = kind_words(ctx, view->procedure->opinion_kind),
                                     .base = base,
                                     .held_on = held_on.len > 0 ? held_on : date_to_text(ctx->arena, ctx->today),
                                     .recused = visit_field(visit, "recused"),
                                     .fields = html,
                                     .fields_count = view->fields_count};
    bool is_bad = false;
    if (view->outcome != NULL) {
        data.faults = (int64_t)view->outcome->faults.count;
        for (size_t i = 0; i < view->outcome->faults.count; i++) {
            const struct field_fault *fault = &view->outcome->faults.items[i];
            data.fault = text_starts(fault->at, TEXT("facts.")) ? data.fault : fault_sentence(ctx, fault->message);
        }
        put_refused(ctx, view->outcome, &data);
        is_bad = true;
    }
    const struct visit_crumb crumbs[] = {{words_get(ctx->lang, WORD("opinion.waiting")), TEXT("/committees")},
                                         {view->dossier.number, TEXT("")}};
    visit_page(ctx, visit,
               &(struct visit_page){.status = is_bad ? 422 : 200,
                                    .title = view->dossier.number,
                                    .content = page_opinion_edit(ctx, &data),
                                    .crumbs = crumbs,
                                    .crumbs_count = 2,
                                    .section = "committees"});
    return NULL;
}

static const struct err *
show_form(struct ctx *ctx, struct visit *visit)
{
    struct opinion_view view;
    TRY(view_of(&ctx, visit, &view));
    return show(ctx, visit, &view);
}

static const struct err *
record(struct ctx *ctx, struct visit *visit)
{
    struct ctx *in_force = ctx;
    struct opinion_view view;
    TRY(view_of(&ctx, visit, &view));
    struct law_fact *facts = ARENA_ARRAY(ctx->arena, struct law_fact, view.fields_count);
    for (size_t i = 0; i < view.fields_count; i++) {
        facts[i] = *view.fields[i].fact;
    }
    const struct json typed =
        fact_form_typed(ctx, visit->request->form, visit->request->form_count, facts, view.fields_count);
    view.typed = &typed;
    if (http_form(visit->request, "more").len > 0) {
        return show(ctx, visit, &view);
    }
    struct opinion_draft draft = {.held_on = DATE_NONE, .typed = &typed, .recused = visit_field(visit, "recused")};
    if (!date_from_text(visit_field(visit, "held_on"), &draft.held_on)) {
        draft.held_on = DATE_NONE;
    }
    struct opinion_outcome outcome;
    TRY(opinion_give(in_force, view.dossier.id, &draft, &outcome));
    if (!outcome.given) {
        view.outcome = &outcome;
        return show(ctx, visit, &view);
    }
    visit_redirect(ctx, visit, TEXT("/committees"), "opinion");
    return NULL;
}
