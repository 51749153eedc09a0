/* The office's side of dossiers: the queue, and one dossier with its checklist, the norm behind each line, the requests
 * that the law allows, and the decision drafted from the trace. */
#include "base/limits.h"
#include "office/examination.h"
#include "office/filing.h"
#include "registry/data.h"
#include "web/dispatch.h"
#include "web/dossier_parts.h"
#include "web/fact_form.h"
#include "web/law_links.h"
#include "web/pages/pager.html.h"
#include "web/pages/queue_list.html.h"
#include "web/pages/queue_show.html.h"

static const struct err *show_queue(struct ctx *ctx, struct visit *visit);
static const struct err *show_dossier(struct ctx *ctx, struct visit *visit);
static const struct err *assign(struct ctx *ctx, struct visit *visit);
static const struct err *attest(struct ctx *ctx, struct visit *visit);
static const struct err *ask_replacement(struct ctx *ctx, struct visit *visit);
static const struct err *ask_information(struct ctx *ctx, struct visit *visit);
static const struct err *add_note(struct ctx *ctx, struct visit *visit);
static const struct err *propose(struct ctx *ctx, struct visit *visit);
static const struct err *send_document(struct ctx *ctx, struct visit *visit);

#define READERS (ROLE_OFFICER | ROLE_DIRECTOR | ROLE_AUDITOR | ROLE_COUNTER)
extern const struct route routes_queue[];
const struct route routes_queue[] = {
    {HTTP_GET, "/queue", READERS, TX_READ, show_queue, .name = "queue.list"},
    {HTTP_GET, "/queue/{dossier}", READERS, TX_READ, show_dossier, .name = "queue.show"},
    {HTTP_GET, "/queue/{dossier}/documents/{sha256}", ROLE_OFFICER | ROLE_DIRECTOR | ROLE_AUDITOR, TX_READ,
     send_document, .name = "queue.document"},
    {HTTP_POST, "/queue/{dossier}/assign", ROLE_OFFICER, TX_WRITE, assign, .name = "queue.assign"},
    {HTTP_POST, "/queue/{dossier}/attest", ROLE_OFFICER, TX_WRITE, attest, .name = "queue.attest"},
    {HTTP_POST, "/queue/{dossier}/replacement", ROLE_OFFICER, TX_WRITE, ask_replacement, .name = "queue.replacement",
     .norm = "55.19/10/2.a"},
    {HTTP_POST, "/queue/{dossier}/information", ROLE_OFFICER, TX_WRITE, ask_information, .name = "queue.information",
     .norm = "55.19/14"},
    {HTTP_POST, "/queue/{dossier}/notes", ROLE_OFFICER, TX_WRITE, add_note, .name = "queue.note"},
    {HTTP_POST, "/queue/{dossier}/proposal", ROLE_OFFICER, TX_WRITE, propose, .name = "queue.propose",
     .norm = "18.23/101/1.1"},
    {0}};

enum { LISTED = 50 };

/* ---- The queue ---- */

static const enum dossier_state open_states[] = {DOSSIER_BEING_DEPOSITED, DOSSIER_UNDER_REVIEW, DOSSIER_AWAITING_PAPER,
                                                 DOSSIER_AWAITING_INFORMATION, DOSSIER_PROPOSED};
enum { OPEN_STATES = sizeof open_states / sizeof open_states[0] };

static const struct err *
show_queue(struct ctx *ctx, struct visit *visit)
{
    struct dossier_query query = {.procedure = http_query(visit->request, "procedure"), .limit = LISTED + 1};
    (void)dossier_state_from(http_query(visit->request, "state"), &query.state);
    (void)visit_number(http_query(visit->request, "after"), &query.after.value);
    if (http_query(visit->request, "mine").at != NULL) {
        query.officer = ctx->user->account;
    }
    query.unassigned = http_query(visit->request, "free").at != NULL;
    struct dossier *dossiers = NULL;
    size_t count = 0;
    TRY(dossier_queue(ctx, &query, &dossiers, &count));
    const bool more = count > LISTED;
    count = more ? LISTED : count;
    struct page_queue_list_rows *rows = ARENA_ARRAY(ctx->arena, struct page_queue_list_rows, count);
    for (size_t i = 0; i < count; i++) {
        rows[i] = (struct page_queue_list_rows){
            .number = dossiers[i].number,
            .url = text_printf(ctx->arena, "/queue/%lld", (long long)dossiers[i].id.value),
            .title = procedure_title(ctx, dossiers[i].procedure),
            .party = ctx->lang == LANG_AR ? dossiers[i].party_ar : dossiers[i].party_latin,
            .filed_on = dossiers[i].filed_on,
            .due_on = dossiers[i].due_on,
            .is_late = !date_is_none(dossiers[i].due_on) && date_compare(dossiers[i].due_on, ctx->today) < 0,
            .is_free = dossiers[i].officer.value == 0,
            .is_mine = dossiers[i].officer.value == ctx->user->account.value,
            .state = dossier_state_badge(ctx, &dossiers[i], false)};
    }
    struct page_queue_list_states *states = ARENA_ARRAY(ctx->arena, struct page_queue_list_states, OPEN_STATES);
    for (size_t i = 0; i < OPEN_STATES; i++) {
        const struct dossier sample = {.state = open_states[i]};
        states[i] = (struct page_queue_list_states){.code = text_of(dossier_state_code(open_states[i])),
                                                    .title = dossier_state_badge(ctx, &sample, false)->title,
                                                    .chosen = query.state == open_states[i]};
    }
    struct page_pager pager = {0};
    if (query.after.value != 0) {
        pager.first = TEXT("/queue");
    }
    if (more) {
        pager.next = text_printf(ctx->arena, "/queue?state=%.*s&after=%lld",
                                 TEXT_ARG(url_part(ctx, http_query(visit->request, "state"))),
                                 (long long)dossiers[count - 1].id.value);
    }
    const struct page_queue_list data = {.states = states,
                                         .states_count = OPEN_STATES,
                                         .rows = rows,
                                         .rows_count = count,
                                         .pager = page_pager(ctx, &pager)};
    visit_page(ctx, visit,
               &(struct visit_page){.title = words_get(ctx->lang, WORD("nav.queue")),
                                    .content = page_queue_list(ctx, &data),
                                    .section = "queue",
                                    .wide = true});
    return NULL;
}

/* ---- One dossier ---- */

struct queue_view {
    struct dossier dossier;
    struct checklist checklist;
    struct decision_draft draft;
    const struct field_faults *faults; /* of an attestation that came back */
    const struct json *typed;
    const struct ruling *refused; /* a request that the law does not allow today */
    struct text fault;            /* of another form of the page */
};

static const struct err *
view_of(struct ctx *ctx, const struct visit *visit, struct queue_view *ret)
{
    *ret = (struct queue_view){0};
    struct dossier_id id;
    TRY(visit_id(ctx, visit, "dossier", &id.value));
    TRY(dossier_get(ctx, id, &ret->dossier));
    if (!dossier_visible(ctx->user, &ret->dossier)) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "dossier %lld is not for this user", (long long)id.value);
    }
    TRY(dossier_checklist(ctx, &ret->dossier, &ret->checklist));
    return decision_draft(ctx, &ret->dossier, &ret->draft);
}

static struct text
first_norm(const struct text *norms, size_t count)
{
    return count > 0 ? norms[0] : TEXT("");
}

static void
put_documents(struct ctx *ctx, const struct queue_view *view, struct page_queue_show *data)
{
    const struct checklist *checklist = &view->checklist;
    struct page_queue_show_documents *rows =
        ARENA_ARRAY(ctx->arena, struct page_queue_show_documents, checklist->documents_count);
    for (size_t i = 0; i < checklist->documents_count; i++) {
        const struct checklist_document *document = &checklist->documents[i];
        if (document->due == DUE_NO && document->supplied == NULL) {
            continue;
        }
        const struct text norm = first_norm(document->line->norms, document->line->norms_count);
        struct page_queue_show_documents *row = &rows[data->documents_count++];
        *row = (struct page_queue_show_documents){.code = document->line->code,
                                                  .title = law_label(ctx, document->line->code),
                                                  .norm = norm,
                                                  .norm_url = norm_url(ctx, norm),
                                                  .is_missing = document->supplied == NULL && document->due == DUE_YES,
                                                  .is_to_replace = document->is_to_replace};
        if (document->supplied != NULL) {
            row->filename = document->supplied->filename;
            row->url = text_printf(ctx->arena, "/queue/%lld/documents/%.*s", (long long)view->dossier.id.value,
                                   TEXT_ARG(hash_to_hex(ctx->arena, document->supplied->sha256)));
        }
    }
    data->documents = rows;
}

static void
put_facts(struct ctx *ctx, const struct queue_view *view, struct page_queue_show *data)
{
    const struct checklist *checklist = &view->checklist;
    struct page_queue_show_facts *rows = ARENA_ARRAY(ctx->arena, struct page_queue_show_facts, checklist->facts_count);
    for (size_t i = 0; i < checklist->facts_count; i++) {
        const struct checklist_fact *fact = &checklist->facts[i];
        struct json value;
        struct text words = TEXT("");
        if (fact->value.at != NULL && json_read(ctx->arena, fact->value, &value) == NULL) {
            words = fact_value(ctx, fact->fact->type, &value);
        }
        const struct text norm = first_norm(fact->line->norms, fact->line->norms_count);
        const char *from = fact->from.len == 0
                               ? NULL
                               : text_cstr(ctx->arena, text_printf(ctx->arena, "source.%.*s", TEXT_ARG(fact->from)));
        rows[data->facts_count++] = (struct page_queue_show_facts){
            .name = law_label(ctx, fact->fact->name),
            .value = words,
            .from = from != NULL && words_has(from) ? words_get(ctx->lang, from) : TEXT(""),
            .norm = norm,
            .norm_url = norm_url(ctx, norm),
            .stands = fact->stands};
    }
    data->facts = rows;
}

/* The fields in which the officer attests, filled with what is known. */
static const struct err *
put_attest(struct ctx *ctx, const struct visit *visit, const struct queue_view *view, struct page_queue_show *data)
{
    struct draft_field *fields = NULL;
    size_t count = 0;
    TRY(attest_fields(ctx, view->checklist.procedure, &fields, &count));
    struct json known = {.type = JSON_OBJECT};
    for (size_t i = 0; i < view->checklist.facts_count; i++) {
        const struct checklist_fact *fact = &view->checklist.facts[i];
        struct json value;
        if (fact->value.at != NULL && json_read(ctx->arena, fact->value, &value) == NULL) {
            json_set(ctx, &known, fact->fact->name, value);
        }
    }
    const struct fact_form form = {.typed = view->typed != NULL ? view->typed : &known,
                                   .faults = view->faults,
                                   .more = http_form(visit->request, "more"),
                                   .all_optional = true};
    struct html *html = ARENA_ARRAY(ctx->arena, struct html, count);
    for (size_t i = 0; i < count; i++) {
        html[i] = fact_form_field(ctx, &form, fields[i].fact);
    }
    data->attest = html;
    data->attest_count = count;
    return NULL;
}

static void
put_draft(struct ctx *ctx, const struct queue_view *view, struct page_queue_show *data)
{
    const struct decision_draft *draft = &view->draft;
    struct page_queue_show_reasons *reasons =
        ARENA_ARRAY(ctx->arena, struct page_queue_show_reasons, draft->reasons_count);
    for (size_t i = 0; i < draft->reasons_count; i++) {
        const struct reason *reason = &draft->reasons[i];
        reasons[i] = (struct page_queue_show_reasons){.says = reason->says[ctx->lang].len > 0 ? reason->says[ctx->lang]
                                                                                              : reason->says[LANG_AR],
                                                      .norm = reason->norm,
                                                      .norm_url = norm_url(ctx, reason->norm)};
    }
    struct text *missing = ARENA_ARRAY(ctx->arena, struct text, draft->missing_count);
    for (size_t i = 0; i < draft->missing_count; i++) {
        missing[i] = law_label(ctx, draft->missing[i]);
    }
    data->reasons = reasons;
    data->reasons_count = draft->reasons_count;
    data->missing = missing;
    data->missing_count = draft->missing_count;
    data->may_grant = draft->may_grant;
    data->may_refuse = draft->may_refuse;
}

static const struct err *
put_notes(struct ctx *ctx, const struct queue_view *view, struct page_queue_show *data)
{
    struct dossier_note *notes = NULL;
    TRY(note_list(ctx, view->dossier.id, &notes, &data->notes_count));
    struct page_queue_show_notes *rows = ARENA_ARRAY(ctx->arena, struct page_queue_show_notes, data->notes_count);
    for (size_t i = 0; i < data->notes_count; i++) {
        rows[i] = (struct page_queue_show_notes){.body = notes[i].body, .at = notes[i].at_ms};
    }
    data->notes = rows;
    return NULL;
}

static void
put_refused(struct ctx *ctx, const struct queue_view *view, struct page_queue_show *data)
{
    if (view->refused == NULL) {
        return;
    }
    struct text *rows = ARENA_ARRAY(ctx->arena, struct text, view->refused->failed_count + 1);
    for (size_t i = 0; i < view->refused->failed_count; i++) {
        const struct norm *norm = law_norm(ctx->law, view->refused->failed[i]);
        rows[data->refused_count++] = norm == NULL ? view->refused->failed[i] : norm_failure_words(ctx, norm);
    }
    if (data->refused_count == 0) {
        rows[data->refused_count++] = words_get(ctx->lang, WORD("queue.not_now"));
    }
    data->refused = rows;
}

static const struct err *
show(struct ctx *ctx, struct visit *visit, const struct queue_view *view)
{
    const struct dossier *dossier = &view->dossier;
    TRY(dossier_under(&ctx, dossier));
    const bool is_officer = user_has(ctx->user, ROLE_OFFICER);
    const bool is_open = !dossier_is_closed(dossier->state);
    const bool is_mine = dossier->officer.value == ctx->user->account.value;
    struct page_queue_show data = {.guard = visit_guard(visit),
                                   .title = procedure_title(ctx, dossier->procedure),
                                   .number = dossier->number,
                                   .party = ctx->lang == LANG_AR ? dossier->party_ar : dossier->party_latin,
                                   .party_other = ctx->lang == LANG_AR ? dossier->party_latin : dossier->party_ar,
                                   .state = dossier_state_badge(ctx, dossier, false),
                                   .filed_on = dossier->filed_on,
                                   .clock = dossier_clock_words(ctx, dossier, &view->draft.clock),
                                   .base = text_printf(ctx->arena, "/queue/%lld", (long long)dossier->id.value),
                                   .fault = view->fault,
                                   .has_faults = view->faults != NULL && view->faults->count > 0,
                                   .faults = view->faults == NULL ? 0 : (int64_t)view->faults->count,
                                   .can_take = is_officer && is_open && !is_mine,
                                   .can_examine = is_officer && is_open && dossier->state != DOSSIER_PROPOSED,
                                   .can_replace = is_officer && view->draft.clock.may_request_replacement,
                                   .can_inform = is_officer && view->draft.clock.may_request_information,
                                   .information_answer = dossier->information_answer,
                                   .typed_reason = http_form(visit->request, "factual"),
                                   .typed_question = http_form(visit->request, "question")};
    put_documents(ctx, view, &data);
    put_facts(ctx, view, &data);
    TRY(put_attest(ctx, visit, view, &data));
    put_draft(ctx, view, &data);
    TRY(put_notes(ctx, view, &data));
    put_refused(ctx, view, &data);
    TRY(opinion_box(ctx, dossier, &data.opinion));
    TRY(dossier_timeline_html(ctx, dossier, false, &data.timeline));
    const struct visit_crumb crumbs[] = {{words_get(ctx->lang, WORD("nav.queue")), TEXT("/queue")},
                                         {dossier->number, TEXT("")}};
    const bool is_bad = data.has_faults || data.fault.len > 0 || data.refused_count > 0;
    visit_page(ctx, visit,
               &(struct visit_page){.status = is_bad ? 422 : 200,
                                    .title = dossier->number,
                                    .content = page_queue_show(ctx, &data),
                                    .crumbs = crumbs,
                                    .crumbs_count = 2,
                                    .section = "queue",
                                    .wide = true});
    return NULL;
}

static const struct err *
show_dossier(struct ctx *ctx, struct visit *visit)
{
    struct queue_view view;
    TRY(view_of(ctx, visit, &view));
    return show(ctx, visit, &view);
}

static const struct err *
done(struct ctx *ctx, struct visit *visit, struct dossier_id id, const char *word)
{
    visit_redirect(ctx, visit, text_printf(ctx->arena, "/queue/%lld", (long long)id.value), word);
    return NULL;
}

static const struct err *
assign(struct ctx *ctx, struct visit *visit)
{
    struct dossier_id id;
    TRY(visit_id(ctx, visit, "dossier", &id.value));
    TRY(dossier_assign(ctx, id, ctx->user->account));
    return done(ctx, visit, id, "assigned");
}

static const struct err *
attest(struct ctx *ctx, struct visit *visit)
{
    struct queue_view view;
    TRY(view_of(ctx, visit, &view));
    struct draft_field *fields = NULL;
    size_t count = 0;
    TRY(attest_fields(ctx, view.checklist.procedure, &fields, &count));
    struct law_fact *facts = ARENA_ARRAY(ctx->arena, struct law_fact, count);
    for (size_t i = 0; i < count; i++) {
        facts[i] = *fields[i].fact;
    }
    const struct json typed = fact_form_typed(ctx, visit->request->form, visit->request->form_count, facts, count);
    struct field_faults faults = {0};
    view.typed = &typed;
    view.faults = &faults;
    if (http_form(visit->request, "more").len > 0) {
        return show(ctx, visit, &view);
    }
    TRY(facts_attest(ctx, view.dossier.id, &typed, &faults));
    if (faults.count > 0) {
        return show(ctx, visit, &view);
    }
    return done(ctx, visit, view.dossier.id, "attested");
}

/* A text that a form of this page needs; at NULL and the view's fault when it is no good. */
static bool
needed_text(struct ctx *ctx, const struct visit *visit, const char *name, struct queue_view *view, struct text *ret)
{
    *ret = visit_field(visit, name);
    if (ret->len > 0 && ret->len <= REASON_BYTES_MAX && !text_has_hidden(*ret)) {
        return true;
    }
    view->fault = fault_sentence(ctx, ret->len == 0                 ? FAULT_REQUIRED
                                      : ret->len > REASON_BYTES_MAX ? FAULT_TOO_LONG
                                                                    : FAULT_HIDDEN);
    return false;
}

static const struct err *
ask_replacement(struct ctx *ctx, struct visit *visit)
{
    struct queue_view view;
    TRY(view_of(ctx, visit, &view));
    struct replacement_request request = {.codes = ARENA_ARRAY(ctx->arena, struct text, visit->request->form_count)};
    for (size_t i = 0; i < visit->request->form_count; i++) {
        if (text_is(visit->request->form[i].name, "codes")) {
            request.codes[request.codes_count++] = visit->request->form[i].value;
        }
    }
    if (!needed_text(ctx, visit, "reason", &view, &request.reason)) {
        return show(ctx, visit, &view);
    }
    if (request.codes_count == 0) {
        view.fault = words_get(ctx->lang, WORD("queue.no_paper_chosen"));
        return show(ctx, visit, &view);
    }
    bool allowed = false;
    struct ruling ruling;
    TRY(replacement_ask(ctx, view.dossier.id, &request, &allowed, &ruling));
    if (!allowed) {
        view.refused = &ruling;
        return show(ctx, visit, &view);
    }
    return done(ctx, visit, view.dossier.id, "asked");
}

static const struct err *
ask_information(struct ctx *ctx, struct visit *visit)
{
    struct queue_view view;
    TRY(view_of(ctx, visit, &view));
    struct text question;
    if (!needed_text(ctx, visit, "question", &view, &question)) {
        return show(ctx, visit, &view);
    }
    bool allowed = false;
    struct ruling ruling;
    TRY(information_ask(ctx, view.dossier.id, question, &allowed, &ruling));
    if (!allowed) {
        view.refused = &ruling;
        return show(ctx, visit, &view);
    }
    return done(ctx, visit, view.dossier.id, "asked");
}

static const struct err *
add_note(struct ctx *ctx, struct visit *visit)
{
    struct queue_view view;
    TRY(view_of(ctx, visit, &view));
    struct text body;
    if (!needed_text(ctx, visit, "note", &view, &body)) {
        return show(ctx, visit, &view);
    }
    TRY(note_add(ctx, view.dossier.id, body));
    return done(ctx, visit, view.dossier.id, "noted");
}

static const struct err *
propose(struct ctx *ctx, struct visit *visit)
{
    struct queue_view view;
    TRY(view_of(ctx, visit, &view));
    const struct text decision = visit_field(visit, "decision");
    struct reason factual = {.kind = DECISION_REASON_FACTUAL};
    struct decision_proposal proposal = {.decision = decision, .factual = &factual};
    if (text_is(decision, "refuse") || visit_field(visit, "factual").len > 0) {
        if (!needed_text(ctx, visit, "factual", &view, &factual.says[LANG_AR])) {
            return show(ctx, visit, &view);
        }
        proposal.factual_count = 1;
    }
    const bool may =
        (text_is(decision, "grant") && view.draft.may_grant) || (text_is(decision, "refuse") && view.draft.may_refuse);
    if (!may) {
        view.fault = words_get(ctx->lang, WORD("queue.not_carried"));
        return show(ctx, visit, &view);
    }
    struct act_id act;
    TRY(decision_propose(ctx, view.dossier.id, &proposal, &act));
    return done(ctx, visit, view.dossier.id, "proposed");
}

/* A paper of the file, saved and never shown in the page: it is not ours. */
static const struct err *
send_document(struct ctx *ctx, struct visit *visit)
{
    struct dossier_id id;
    struct hash wanted;
    TRY(visit_id(ctx, visit, "dossier", &id.value));
    struct dossier dossier;
    TRY(dossier_get(ctx, id, &dossier));
    struct dossier_document *documents = NULL;
    size_t count = 0;
    TRY(dossier_documents(ctx, id, &documents, &count));
    if (dossier_visible(ctx->user, &dossier) && hash_from_hex(http_param(visit->request, "sha256"), &wanted)) {
        for (size_t i = 0; i < count; i++) {
            if (hash_equal(documents[i].sha256, wanted)) {
                visit_file(visit, documents[i].media,
                           document_path(ctx->arena, visit->web->options.data, documents[i].sha256),
                           documents[i].filename);
                return NULL;
            }
        }
    }
    return FAIL(ctx->arena, ERR_NOT_FOUND, "no such paper in this dossier");
}
