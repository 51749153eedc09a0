/* A party's own dossiers: what to do today, what it holds, and each dossier with its clock, its papers and its acts. */
#include <string.h>

#include "base/limits.h"
#include "office/decision.h"
#include "office/draft.h"
#include "office/filing.h"
#include "office/notification.h"
#include "registry/data.h"
#include "web/dispatch.h"
#include "web/dossier_parts.h"
#include "web/fact_form.h"
#include "web/law_links.h"
#include "web/pages/dossier_list.html.h"
#include "web/pages/dossier_show.html.h"

static const struct err *show_list(struct ctx *ctx, struct visit *visit);
static const struct err *show_dossier(struct ctx *ctx, struct visit *visit);
static const struct err *keep_paper(struct ctx *ctx, struct visit *visit);
static const struct err *supply_paper(struct ctx *ctx, struct visit *visit);
static const struct err *supply_information(struct ctx *ctx, struct visit *visit);
static const struct err *give_up(struct ctx *ctx, struct visit *visit);

extern const struct route routes_dossier[];
const struct route routes_dossier[] = {
    {HTTP_GET, "/dossiers", ROLE_SIGNED_IN, TX_READ, show_list, .name = "dossier.list"},
    {HTTP_GET, "/dossiers/{dossier}", ROLE_APPLICANT, TX_READ, show_dossier, .name = "dossier.show"},
    {HTTP_POST, "/dossiers/{dossier}/documents", ROLE_APPLICANT, TX_WRITE, supply_paper, .prepare = keep_paper,
     .flags = ROUTE_UPLOADS, .name = "dossier.supply", .norm = "55.19/10/1.d"},
    {HTTP_POST, "/dossiers/{dossier}/information", ROLE_APPLICANT, TX_WRITE, supply_information,
     .name = "dossier.inform", .norm = "55.19/14"},
    {HTTP_POST, "/dossiers/{dossier}/give-up", ROLE_APPLICANT, TX_WRITE, give_up, .name = "dossier.give_up"},
    {0}};

enum { LISTED_MAX = 50 };

/* ---- Home of a party ---- */

/* What waits for the applicant: papers to complete or replace, an answer to give, a notification to open. */
static const struct err *
tasks_of(struct ctx *ctx, const struct dossier *dossiers, size_t count, struct page_dossier_list *data)
{
    struct notification *inbox = NULL;
    size_t inbox_count = 0;
    TRY(notification_inbox(ctx, ctx->user->party, (struct notification_id){0}, LISTED_MAX, &inbox, &inbox_count));
    struct page_dossier_list_tasks *tasks =
        ARENA_ARRAY(ctx->arena, struct page_dossier_list_tasks, count + inbox_count);
    size_t tasks_count = 0;
    for (size_t i = 0; i < inbox_count; i++) {
        if (inbox[i].proof.at == NULL) {
            tasks[tasks_count++] = (struct page_dossier_list_tasks){
                .title = words_get(ctx->lang, WORD("task.open")),
                .url = text_printf(ctx->arena, "/inbox/%lld", (long long)inbox[i].id.value),
                .day = DATE_NONE};
        }
    }
    for (size_t i = 0; i < count; i++) {
        const char *key = NULL;
        if (dossiers[i].state == DOSSIER_BEING_DEPOSITED) {
            key = WORD("task.complete");
        } else if (dossiers[i].state == DOSSIER_AWAITING_PAPER) {
            key = WORD("task.replace");
        } else if (dossiers[i].state == DOSSIER_AWAITING_INFORMATION) {
            key = WORD("task.inform");
        }
        if (key != NULL) {
            struct dossier_clock clock;
            TRY(dossier_clock(ctx, &dossiers[i], &clock));
            const struct word_hole hole[] = {HOLE_TEXT("dossier", dossiers[i].number)};
            tasks[tasks_count++] = (struct page_dossier_list_tasks){
                .title = words_say(ctx, key, hole, 1),
                .url = text_printf(ctx->arena, "/dossiers/%lld", (long long)dossiers[i].id.value),
                .day = clock.last_day};
        }
    }
    data->tasks = tasks;
    data->tasks_count = tasks_count;
    return NULL;
}

static const struct err *
show_list(struct ctx *ctx, struct visit *visit)
{
    struct page_dossier_list data = {.party = ctx->user->party_name, .has_party = ctx->user->party.value != 0};
    struct draft *drafts = NULL;
    size_t drafts_count = 0;
    TRY(draft_list(ctx, &drafts, &drafts_count));
    struct page_dossier_list_drafts *draft_rows =
        ARENA_ARRAY(ctx->arena, struct page_dossier_list_drafts, drafts_count);
    for (size_t i = 0; i < drafts_count; i++) {
        const struct procedure *procedure = law_procedure(ctx->law, drafts[i].procedure, ctx->today);
        if (procedure != NULL && drafts[i].party.value == ctx->user->party.value) {
            draft_rows[data.drafts_count++] = (struct page_dossier_list_drafts){
                .title = procedure->title[ctx->lang],
                .url = text_printf(ctx->arena, "/dossiers/new/%.*s", TEXT_ARG(procedure->name)),
                .saved_at = drafts[i].updated_at_ms};
        }
    }
    data.drafts = draft_rows;
    if (data.has_party) {
        struct dossier *dossiers = NULL;
        size_t count = 0;
        TRY(dossier_list_party(ctx, ctx->user->party, (struct dossier_id){0}, LISTED_MAX, &dossiers, &count));
        struct page_dossier_list_dossiers *rows = ARENA_ARRAY(ctx->arena, struct page_dossier_list_dossiers, count);
        for (size_t i = 0; i < count; i++) {
            rows[i] = (struct page_dossier_list_dossiers){
                .number = dossiers[i].number,
                .url = text_printf(ctx->arena, "/dossiers/%lld", (long long)dossiers[i].id.value),
                .title = procedure_title(ctx, dossiers[i].procedure),
                .filed_on = dossiers[i].filed_on,
                .state = dossier_state_badge(ctx, &dossiers[i], true)};
        }
        data.dossiers = rows;
        data.dossiers_count = count;
        TRY(tasks_of(ctx, dossiers, count, &data));
        struct instrument *held = NULL;
        TRY(instrument_list_party(ctx, ctx->user->party, &held, &data.instruments_count));
        struct page_dossier_list_instruments *instruments =
            ARENA_ARRAY(ctx->arena, struct page_dossier_list_instruments, data.instruments_count);
        for (size_t i = 0; i < data.instruments_count; i++) {
            instruments[i] = (struct page_dossier_list_instruments){.title = law_label(ctx, held[i].kind),
                                                                    .number = held[i].number,
                                                                    .url = register_url(ctx, held[i].number),
                                                                    .status = instrument_badge(ctx, held[i].status)};
        }
        data.instruments = instruments;
    }
    visit_page(ctx, visit,
               &(struct visit_page){.title = words_get(ctx->lang, WORD("nav.dossiers")),
                                    .content = page_dossier_list(ctx, &data),
                                    .section = "dossiers"});
    return NULL;
}

/* ---- One dossier ---- */

/* The dossier of the address, if it is the user's own. */
static const struct err *
own_dossier(struct ctx *ctx, const struct visit *visit, struct dossier *ret)
{
    struct dossier_id id;
    TRY(visit_id(ctx, visit, "dossier", &id.value));
    TRY(dossier_get(ctx, id, ret));
    if (ctx->user->party.value == 0 || ret->party.value != ctx->user->party.value) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "dossier %lld belongs to another party", (long long)id.value);
    }
    return NULL;
}

static const struct err *
awaited_of(struct ctx *ctx, const struct dossier *dossier, const struct kept_upload *sent,
           struct page_dossier_show *data)
{
    struct text *codes = NULL;
    TRY(documents_awaited(ctx, dossier, &codes, &data->awaited_count));
    struct page_dossier_show_awaited *rows =
        ARENA_ARRAY(ctx->arena, struct page_dossier_show_awaited, data->awaited_count);
    for (size_t i = 0; i < data->awaited_count; i++) {
        rows[i] = (struct page_dossier_show_awaited){.code = codes[i], .title = law_label(ctx, codes[i])};
        if (sent != NULL && sent->fault != NULL && text_equal(sent->code, codes[i])) {
            rows[i].fault = fault_sentence(ctx, sent->fault);
        }
    }
    data->awaited = rows;
    return NULL;
}

static const struct err *
notifications_of(struct ctx *ctx, const struct dossier *dossier, struct page_dossier_show *data)
{
    struct notification *inbox = NULL;
    size_t count = 0;
    TRY(notification_inbox(ctx, dossier->party, (struct notification_id){0}, PAGE_ROWS_MAX, &inbox, &count));
    struct page_dossier_show_notifications *rows =
        ARENA_ARRAY(ctx->arena, struct page_dossier_show_notifications, count);
    for (size_t i = 0; i < count; i++) {
        if (inbox[i].dossier.value == dossier->id.value) {
            rows[data->notifications_count++] = (struct page_dossier_show_notifications){
                .title = words_get(ctx->lang, inbox[i].proof.at == NULL ? WORD("inbox.sealed") : WORD("inbox.letter")),
                .url = text_printf(ctx->arena, "/inbox/%lld", (long long)inbox[i].id.value),
                .sent_on = inbox[i].sent_on,
                .is_open = inbox[i].proof.at != NULL};
        }
    }
    data->notifications = rows;
    return NULL;
}

static const struct err *
show_with(struct ctx *ctx, struct visit *visit, const struct dossier *dossier, const struct kept_upload *sent)
{
    TRY(dossier_under(&ctx, dossier));
    struct dossier_clock clock;
    struct dossier_document *documents = NULL;
    size_t documents_count = 0;
    TRY(dossier_clock(ctx, dossier, &clock));
    TRY(dossier_documents(ctx, dossier->id, &documents, &documents_count));
    struct page_dossier_show_documents *papers =
        ARENA_ARRAY(ctx->arena, struct page_dossier_show_documents, documents_count);
    for (size_t i = 0; i < documents_count; i++) {
        papers[i] = (struct page_dossier_show_documents){.title = law_label(ctx, documents[i].code),
                                                         .filename = documents[i].filename,
                                                         .day = documents[i].day,
                                                         .is_replaced = documents[i].replaced_by.value != 0};
    }
    const struct text base = text_printf(ctx->arena, "/dossiers/%lld", (long long)dossier->id.value);
    struct page_dossier_show data = {
        .guard = visit_guard(visit),
        .number = dossier->number,
        .title = procedure_title(ctx, dossier->procedure),
        .party = ctx->lang == LANG_AR ? dossier->party_ar : dossier->party_latin,
        .state = dossier_state_badge(ctx, dossier, true),
        .filed_on = dossier->filed_on,
        .clock = dossier_clock_words(ctx, dossier, &clock),
        .last_day = clock.last_day,
        .base = base,
        .receipt = text_printf(ctx->arena, "%.*s/receipt", TEXT_ARG(base)),
        .question = dossier->state == DOSSIER_AWAITING_INFORMATION ? dossier->information_asked : TEXT(""),
        .reason = dossier->state == DOSSIER_AWAITING_PAPER ? dossier->replacement_reason : TEXT(""),
        .can_give_up = !dossier_is_closed(dossier->state),
        .documents = papers,
        .documents_count = documents_count};
    TRY(awaited_of(ctx, dossier, sent, &data));
    TRY(notifications_of(ctx, dossier, &data));
    TRY(dossier_timeline_html(ctx, dossier, true, &data.timeline));
    const struct visit_crumb crumbs[] = {{words_get(ctx->lang, WORD("nav.dossiers")), TEXT("/dossiers")},
                                         {dossier->number, TEXT("")}};
    visit_page(ctx, visit,
               &(struct visit_page){.status = sent != NULL && sent->fault != NULL ? 422 : 200,
                                    .title = dossier->number,
                                    .content = page_dossier_show(ctx, &data),
                                    .crumbs = crumbs,
                                    .crumbs_count = 2,
                                    .section = "dossiers"});
    return NULL;
}

static const struct err *
show_dossier(struct ctx *ctx, struct visit *visit)
{
    struct dossier dossier;
    TRY(own_dossier(ctx, visit, &dossier));
    return show_with(ctx, visit, &dossier, NULL);
}

static const struct err *
keep_paper(struct ctx *ctx, struct visit *visit)
{
    return upload_keep(ctx, visit);
}

static const struct err *
supply_paper(struct ctx *ctx, struct visit *visit)
{
    struct dossier dossier;
    TRY(own_dossier(ctx, visit, &dossier));
    struct kept_upload *sent = visit->prepared;
    sent->code = visit_field(visit, "code");
    if (sent->fault != NULL) {
        return show_with(ctx, visit, &dossier, sent);
    }
    TRY(document_supply(ctx, dossier.id, sent->code, &sent->document, sent->filename));
    visit_redirect(ctx, visit, text_printf(ctx->arena, "/dossiers/%lld", (long long)dossier.id.value), "supplied");
    return NULL;
}

static const struct err *
supply_information(struct ctx *ctx, struct visit *visit)
{
    struct dossier dossier;
    TRY(own_dossier(ctx, visit, &dossier));
    const struct text answer = visit_field(visit, "answer");
    if (answer.len == 0 || answer.len > REASON_BYTES_MAX || text_has_hidden(answer)) {
        return show_with(ctx, visit, &dossier, NULL);
    }
    TRY(information_supply(ctx, dossier.id, answer));
    visit_redirect(ctx, visit, text_printf(ctx->arena, "/dossiers/%lld", (long long)dossier.id.value), "supplied");
    return NULL;
}

static const struct err *
give_up(struct ctx *ctx, struct visit *visit)
{
    struct dossier dossier;
    TRY(own_dossier(ctx, visit, &dossier));
    TRY(dossier_give_up(ctx, dossier.id));
    visit_redirect(ctx, visit, TEXT("/dossiers"), "given_up");
    return NULL;
}
