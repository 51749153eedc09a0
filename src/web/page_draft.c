/* Preparing an application: the form and the list of papers come from the procedure's declaration, everything typed is
 * saved at each step, and the law answers before anything is filed. */
#include <string.h>

#include "base/limits.h"
#include "office/draft.h"
#include "office/filing.h"
#include "registry/data.h"
#include "web/dispatch.h"
#include "web/fact_form.h"
#include "web/form.h"
#include "web/law_links.h"
#include "web/pages/draft_edit.html.h"
#include "web/pages/draft_review.html.h"

static const struct err *show_draft(struct ctx *ctx, struct visit *visit);
static const struct err *keep_papers(struct ctx *ctx, struct visit *visit);
static const struct err *save_draft(struct ctx *ctx, struct visit *visit);
static const struct err *show_review(struct ctx *ctx, struct visit *visit);
static const struct err *file_draft(struct ctx *ctx, struct visit *visit);
static const struct err *discard_draft(struct ctx *ctx, struct visit *visit);

extern const struct route routes_draft[];
const struct route routes_draft[] = {
    {HTTP_GET, "/dossiers/new/{procedure}", ROLE_SIGNED_IN, TX_READ, show_draft, .name = "draft.show"},
    {HTTP_POST, "/dossiers/new/{procedure}", ROLE_SIGNED_IN, TX_WRITE, save_draft, .prepare = keep_papers,
     .flags = ROUTE_UPLOADS, .name = "draft.save"},
    {HTTP_GET, "/dossiers/new/{procedure}/review", ROLE_SIGNED_IN, TX_READ, show_review, .name = "draft.review"},
    {HTTP_POST, "/dossiers/new/{procedure}/file", ROLE_SIGNED_IN, TX_WRITE, file_draft, .name = "dossier.file",
     .norm = "55.19/10/1"},
    {HTTP_POST, "/dossiers/new/{procedure}/discard", ROLE_SIGNED_IN, TX_WRITE, discard_draft, .name = "draft.discard"},
    {0}};

/* A paper that came with the form, kept already or at fault. */
struct kept_paper {
    struct text code;
    struct text filename;
    struct stored_document document;
    const char *fault; /* NULL: kept */
};
struct kept_papers {
    struct kept_paper *items;
    size_t count;
};

struct draft_view {
    const struct procedure *procedure;
    struct draft draft; /* id 0: not saved yet */
    struct draft_field *fields;
    size_t fields_count;
    struct draft_document *papers;
    size_t papers_count;
    struct json typed;
};

/* The procedure of the address, and what the user wrote for his party so far. */
static const struct err *
view_of(struct ctx *ctx, struct visit *visit, struct draft_view *ret)
{
    *ret = (struct draft_view){.typed = {.type = JSON_OBJECT}};
    ret->procedure = law_procedure(ctx->law, http_param(visit->request, "procedure"), ctx->today);
    if (ret->procedure == NULL) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "no such procedure");
    }
    TRY(draft_fields(ctx, ret->procedure, &ret->fields, &ret->fields_count));
    bool found = false;
    TRY(draft_find(ctx, ctx->user->party, ret->procedure->name, &ret->draft, &found));
    if (found) {
        TRY(json_read(ctx->arena, ret->draft.facts, &ret->typed));
        TRY(draft_documents(ctx, ret->draft.id, &ret->papers, &ret->papers_count));
    }
    return NULL;
}

/* Without a party there is nobody to file for: first the choice. */
static bool
needs_party(struct ctx *ctx, struct visit *visit)
{
    if (ctx->user->party.value != 0) {
        return false;
    }
    const struct text here =
        text_printf(ctx->arena, "/dossiers/new/%.*s", TEXT_ARG(http_param(visit->request, "procedure")));
    visit_redirect(ctx, visit, text_printf(ctx->arena, "/parties/mine?next=%.*s", TEXT_ARG(here)), NULL);
    return true;
}

static const struct draft_document *
paper_of(const struct draft_view *view, struct text code)
{
    for (size_t i = 0; i < view->papers_count; i++) {
        if (text_equal(view->papers[i].code, code)) {
            return &view->papers[i];
        }
    }
    return NULL;
}

/* ---- The form ---- */

static struct page_draft_edit_papers *
papers_of(struct ctx *ctx, const struct draft_view *view, const struct eligibility *eligibility,
          const struct kept_papers *sent, size_t *ret_count)
{
    const struct procedure *procedure = view->procedure;
    struct page_draft_edit_papers *rows =
        ARENA_ARRAY(ctx->arena, struct page_draft_edit_papers, procedure->documents_count);
    *ret_count = 0;
    for (size_t i = 0; i < procedure->documents_count; i++) {
        const struct procedure_document *line = &procedure->documents[i];
        const struct draft_document *paper = paper_of(view, line->code);
        if (eligibility->documents[i] == DUE_NO && paper == NULL) {
            continue;
        }
        const struct norm *norm = line->norms_count > 0 ? law_norm(ctx->law, line->norms[0]) : NULL;
        struct page_draft_edit_papers *row = &rows[(*ret_count)++];
        *row = (struct page_draft_edit_papers){.code = line->code,
                                               .title = law_label(ctx, line->code),
                                               .says = norm == NULL ? TEXT("") : norm_words(ctx, norm),
                                               .norm = norm == NULL ? TEXT("") : norm->id,
                                               .url = norm == NULL ? TEXT("") : norm_url(ctx, norm->id),
                                               .is_due = eligibility->documents[i] == DUE_YES,
                                               .filename = paper == NULL ? TEXT("") : paper->filename};
        for (size_t k = 0; sent != NULL && k < sent->count; k++) {
            if (sent->items[k].fault != NULL && text_equal(sent->items[k].code, line->code)) {
                row->fault = fault_sentence(ctx, sent->items[k].fault);
            }
        }
    }
    return rows;
}

/* What the law would answer now, and the papers that the filing receipt would list. */
static void
preview(struct ctx *ctx, const struct eligibility *eligibility, struct page_draft_edit *data)
{
    size_t room = 0;
    for (size_t i = 0; i < eligibility->count; i++) {
        room += eligibility->rulings[i].failed_count;
    }
    struct page_draft_edit_failed *rows = ARENA_ARRAY(ctx->arena, struct page_draft_edit_failed, room);
    size_t count = 0;
    for (size_t i = 0; i < eligibility->count; i++) {
        const struct ruling *ruling = &eligibility->rulings[i];
        for (size_t n = 0; n < ruling->failed_count; n++) {
            const struct norm *norm = law_norm(ctx->law, ruling->failed[n]);
            rows[count++] =
                (struct page_draft_edit_failed){.id = ruling->failed[n],
                                                .url = norm_url(ctx, ruling->failed[n]),
                                                .says = norm == NULL ? TEXT("") : norm_failure_words(ctx, norm)};
        }
    }
    data->failed = rows;
    data->failed_count = count;
}

static const struct err *
show_form(struct ctx *ctx, struct visit *visit, const struct draft_view *view, const struct field_faults *faults,
          const struct kept_papers *sent)
{
    struct eligibility eligibility = {0};
    struct draft draft = view->draft;
    if (draft.id.value == 0) {
        draft = (struct draft){.party = ctx->user->party,
                               .account = ctx->user->account,
                               .procedure = view->procedure->name,
                               .facts = TEXT("{}")};
    }
    TRY(draft_eligibility(ctx, &draft, &eligibility));
    const struct fact_form form = {
        .typed = &view->typed, .faults = faults, .more = http_form(visit->request, "more"), .all_optional = true};
    struct html *fields = ARENA_ARRAY(ctx->arena, struct html, view->fields_count);
    for (size_t i = 0; i < view->fields_count; i++) {
        fields[i] = fact_form_field(ctx, &form, view->fields[i].fact);
    }
    struct page_draft_edit data = {
        .guard = visit_guard(visit),
        .title = view->procedure->title[ctx->lang],
        .party = ctx->user->party_name,
        .action = text_printf(ctx->arena, "/dossiers/new/%.*s", TEXT_ARG(view->procedure->name)),
        .review = text_printf(ctx->arena, "/dossiers/new/%.*s/review", TEXT_ARG(view->procedure->name)),
        .procedure = procedure_url(ctx, view->procedure->name),
        .saved_at = draft.updated_at_ms,
        .is_saved = view->draft.id.value != 0,
        .fields = fields,
        .fields_count = view->fields_count,
        .has_faults = faults != NULL && faults->count > 0,
        .faults = faults == NULL ? 0 : (int64_t)faults->count};
    data.papers = papers_of(ctx, view, &eligibility, sent, &data.papers_count);
    preview(ctx, &eligibility, &data);
    const struct visit_crumb crumbs[] = {{words_get(ctx->lang, WORD("nav.dossiers")), TEXT("/dossiers")},
                                         {data.title, TEXT("")}};
    visit_page(ctx, visit,
               &(struct visit_page){.status = data.has_faults ? 422 : 200,
                                    .title = data.title,
                                    .content = page_draft_edit(ctx, &data),
                                    .crumbs = crumbs,
                                    .crumbs_count = 2,
                                    .section = "dossiers"});
    return NULL;
}

static const struct err *
show_draft(struct ctx *ctx, struct visit *visit)
{
    if (needs_party(ctx, visit)) {
        return NULL;
    }
    struct draft_view view;
    TRY(view_of(ctx, visit, &view));
    return show_form(ctx, visit, &view, NULL, NULL);
}

/* Before the transaction: files of the quarantine become documents, by content, synced. */
static const struct err *
keep_papers(struct ctx *ctx, struct visit *visit)
{
    struct kept_papers *kept = ARENA_NEW(ctx->arena, struct kept_papers);
    kept->items = ARENA_ARRAY(ctx->arena, struct kept_paper, visit->request->uploads_count);
    static const char prefix[] = "documents.";
    for (size_t i = 0; i < visit->request->uploads_count; i++) {
        const struct http_upload *upload = &visit->request->uploads[i];
        if (upload->size == 0 || !text_starts(upload->field, TEXT("documents."))) {
            continue;
        }
        struct kept_paper *paper = &kept->items[kept->count++];
        paper->code = text_after(upload->field, sizeof prefix - 1);
        paper->filename = upload->filename;
        const struct err *err =
            document_keep(ctx->arena, visit->web->options.data, upload->path, &paper->document, &paper->fault);
        if (err != NULL && paper->fault == NULL) {
            return err;
        }
    }
    visit->prepared = kept;
    return NULL;
}

static const struct err *
save_draft(struct ctx *ctx, struct visit *visit)
{
    if (needs_party(ctx, visit)) {
        return NULL;
    }
    struct draft_view view;
    TRY(view_of(ctx, visit, &view));
    struct law_fact *facts = ARENA_ARRAY(ctx->arena, struct law_fact, view.fields_count);
    for (size_t i = 0; i < view.fields_count; i++) {
        facts[i] = *view.fields[i].fact;
    }
    view.typed = fact_form_typed(ctx, visit->request->form, visit->request->form_count, facts, view.fields_count);
    struct draft_id id;
    TRY(draft_save(ctx, ctx->user->party, view.procedure->name, json_to_text(ctx, &view.typed), &id));
    const struct kept_papers *sent = visit->prepared;
    bool is_good = true;
    for (size_t i = 0; i < sent->count; i++) {
        const struct kept_paper *paper = &sent->items[i];
        if (paper->fault == NULL) {
            TRY(draft_attach(ctx, id, paper->code, &paper->document, paper->filename));
        }
        is_good = is_good && paper->fault == NULL;
    }
    const struct text remove = http_form(visit->request, "remove");
    if (remove.len > 0) {
        TRY(draft_detach(ctx, id, remove));
    }
    TRY(draft_get(ctx, id, &view.draft));
    TRY(draft_documents(ctx, id, &view.papers, &view.papers_count));
    struct field_faults faults = {0};
    TRY(draft_faults(ctx, &view.draft, &faults));
    const bool wants_review = http_form(visit->request, "review").at != NULL;
    if (!is_good || (wants_review && faults.count > 0) || http_form(visit->request, "more").len > 0) {
        return show_form(ctx, visit, &view, wants_review || !is_good ? &faults : NULL, sent);
    }
    visit_redirect(ctx, visit,
                   text_printf(ctx->arena, wants_review ? "/dossiers/new/%.*s/review" : "/dossiers/new/%.*s",
                               TEXT_ARG(view.procedure->name)),
                   wants_review ? NULL : "saved");
    return NULL;
}

/* ---- The last look before filing ---- */

/* What the applicant said, in words. */
static const struct page_draft_review_facts *
said_facts(struct ctx *ctx, const struct draft_view *view, size_t *ret_count)
{
    struct page_draft_review_facts *facts = ARENA_ARRAY(ctx->arena, struct page_draft_review_facts, view->fields_count);
    struct field_faults ignored = {0};
    const struct json said = fields_read(ctx, view->fields, view->fields_count, &view->typed, false, &ignored);
    *ret_count = 0;
    for (size_t i = 0; i < view->fields_count; i++) {
        const struct law_fact *fact = view->fields[i].fact;
        const struct json *value = json_get(&said, text_cstr(ctx->arena, fact->name));
        if (value != NULL) {
            facts[(*ret_count)++] = (struct page_draft_review_facts){.name = law_label(ctx, fact->name),
                                                                     .value = fact_value(ctx, fact->type, value)};
        }
    }
    return facts;
}

static const struct err *
show_review(struct ctx *ctx, struct visit *visit)
{
    if (needs_party(ctx, visit)) {
        return NULL;
    }
    struct draft_view view;
    TRY(view_of(ctx, visit, &view));
    if (view.draft.id.value == 0) {
        visit_redirect(ctx, visit, text_printf(ctx->arena, "/dossiers/new/%.*s", TEXT_ARG(view.procedure->name)), NULL);
        return NULL;
    }
    struct field_faults faults = {0};
    TRY(draft_faults(ctx, &view.draft, &faults));
    if (faults.count > 0) {
        return show_form(ctx, visit, &view, &faults, NULL);
    }
    struct eligibility eligibility;
    TRY(draft_eligibility(ctx, &view.draft, &eligibility));
    struct page_draft_edit answer = {0};
    preview(ctx, &eligibility, &answer);
    size_t facts_count = 0;
    const struct page_draft_review_facts *facts = said_facts(ctx, &view, &facts_count);
    struct text *papers = ARENA_ARRAY(ctx->arena, struct text, view.papers_count);
    for (size_t i = 0; i < view.papers_count; i++) {
        papers[i] = law_label(ctx, view.papers[i].code);
    }
    struct text *missing = ARENA_ARRAY(ctx->arena, struct text, eligibility.missing_documents_count);
    for (size_t i = 0; i < eligibility.missing_documents_count; i++) {
        missing[i] = law_label(ctx, eligibility.missing_documents[i]);
    }
    struct text *failed = ARENA_ARRAY(ctx->arena, struct text, answer.failed_count);
    for (size_t i = 0; i < answer.failed_count; i++) {
        failed[i] = answer.failed[i].says;
    }
    const struct text base = text_printf(ctx->arena, "/dossiers/new/%.*s", TEXT_ARG(view.procedure->name));
    const struct page_draft_review data = {.guard = visit_guard(visit),
                                           .title = view.procedure->title[ctx->lang],
                                           .party = ctx->user->party_name,
                                           .edit = base,
                                           .file = text_printf(ctx->arena, "%.*s/file", TEXT_ARG(base)),
                                           .discard = text_printf(ctx->arena, "%.*s/discard", TEXT_ARG(base)),
                                           .facts = facts,
                                           .facts_count = facts_count,
                                           .papers = papers,
                                           .papers_count = view.papers_count,
                                           .missing = missing,
                                           .missing_count = eligibility.missing_documents_count,
                                           .failed = failed,
                                           .failed_count = answer.failed_count};
    const struct visit_crumb crumbs[] = {{words_get(ctx->lang, WORD("nav.dossiers")), TEXT("/dossiers")},
                                         {data.title, base},
                                         {words_get(ctx->lang, WORD("draft.review")), TEXT("")}};
    visit_page(ctx, visit,
               &(struct visit_page){.title = crumbs[2].title,
                                    .content = page_draft_review(ctx, &data),
                                    .crumbs = crumbs,
                                    .crumbs_count = 3,
                                    .section = "dossiers"});
    return NULL;
}

static const struct err *
file_draft(struct ctx *ctx, struct visit *visit)
{
    struct draft_view view;
    TRY(view_of(ctx, visit, &view));
    if (view.draft.id.value == 0) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "nothing was prepared for this procedure");
    }
    struct field_faults faults = {0};
    TRY(draft_faults(ctx, &view.draft, &faults));
    if (faults.count > 0) {
        return show_form(ctx, visit, &view, &faults, NULL);
    }
    struct dossier dossier;
    TRY(dossier_file(ctx, view.draft.id, &dossier));
    visit_redirect(ctx, visit, text_printf(ctx->arena, "/dossiers/%lld", (long long)dossier.id.value), "filed");
    return NULL;
}

static const struct err *
discard_draft(struct ctx *ctx, struct visit *visit)
{
    struct draft_view view;
    TRY(view_of(ctx, visit, &view));
    if (view.draft.id.value != 0) {
        TRY(draft_discard(ctx, view.draft.id));
    }
    visit_redirect(ctx, visit, TEXT("/dossiers"), "discarded");
    return NULL;
}
