/* What the Centre notified to a party. The outcome stands behind sign-in, and opening it is the proof of notification:
 * from that day the terms of remedies run (REQUIREMENTS R3). */
#include "base/limits.h"
#include "office/notification.h"
#include "office/paper.h"
#include "web/dossier_parts.h"
#include "web/law_links.h"
#include "web/pages/inbox_letter.html.h"
#include "web/pages/inbox_list.html.h"

static const struct err *show_inbox(struct ctx *ctx, struct visit *visit);
static const struct err *show_letter(struct ctx *ctx, struct visit *visit);
static const struct err *open_letter(struct ctx *ctx, struct visit *visit);

extern const struct route routes_inbox[];
const struct route routes_inbox[] = {
    {HTTP_GET, "/inbox", ROLE_APPLICANT, TX_READ, show_inbox, .name = "inbox.list"},
    {HTTP_GET, "/inbox/{notification}", ROLE_APPLICANT, TX_READ, show_letter, .name = "inbox.show"},
    {HTTP_POST, "/inbox/{notification}", ROLE_APPLICANT, TX_WRITE, open_letter, .name = "inbox.open",
     .norm = "18.23/101/1.2"},
    {0}};

static const struct err *
show_inbox(struct ctx *ctx, struct visit *visit)
{
    struct notification *inbox = NULL;
    size_t count = 0;
    TRY(notification_inbox(ctx, ctx->user->party, (struct notification_id){0}, PAGE_ROWS_MAX, &inbox, &count));
    struct page_inbox_list_letters *rows = ARENA_ARRAY(ctx->arena, struct page_inbox_list_letters, count);
    for (size_t i = 0; i < count; i++) {
        const bool is_open = inbox[i].proof.at != NULL;
        rows[i] = (struct page_inbox_list_letters){
            .title = is_open ? act_kind_words(ctx, inbox[i].act_kind) : words_get(ctx->lang, WORD("inbox.sealed")),
            .url = text_printf(ctx->arena, "/inbox/%lld", (long long)inbox[i].id.value),
            .sent_on = inbox[i].sent_on,
            .is_open = is_open};
    }
    const struct page_inbox_list data = {.letters = rows, .letters_count = count};
    visit_page(ctx, visit,
               &(struct visit_page){.title = words_get(ctx->lang, WORD("inbox.title")),
                                    .content = page_inbox_list(ctx, &data),
                                    .section = "dossiers"});
    return NULL;
}

static const struct err *
own_notification(struct ctx *ctx, const struct visit *visit, struct notification *ret)
{
    struct notification_id id;
    TRY(visit_id(ctx, visit, "notification", &id.value));
    TRY(notification_get(ctx, id, ret));
    if (ctx->user->party.value == 0 || ret->party.value != ctx->user->party.value) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "notification %lld is for another party", (long long)id.value);
    }
    return NULL;
}

static struct html
letter_html(struct ctx *ctx, struct visit *visit, const struct notification *notification, const struct letter *letter)
{
    struct page_inbox_letter_reasons *reasons =
        ARENA_ARRAY(ctx->arena, struct page_inbox_letter_reasons, letter->reason_count);
    for (size_t i = 0; i < letter->reason_count; i++) {
        reasons[i] = (struct page_inbox_letter_reasons){
            .says = letter->reasons[i].sentence,
            .norm = letter->reasons[i].norm,
            .url = letter->reasons[i].norm.len > 0 ? norm_url(ctx, letter->reasons[i].norm) : TEXT("")};
    }
    const struct page_inbox_letter data = {
        .guard = visit_guard(visit),
        .is_open = true,
        .subject = letter->subject,
        .reference = letter->reference,
        .date = letter->date,
        .paragraphs = letter->paragraphs,
        .paragraphs_count = letter->paragraph_count,
        .reasons = reasons,
        .reasons_count = letter->reason_count,
        .rulings = letter->rulings,
        .rulings_count = letter->ruling_count,
        .remedies = letter->remedies,
        .remedies_count = letter->remedy_count,
        .proven_on = notification->proven_on,
        .act = notification->act.value,
        .verify = text_printf(ctx->arena, "/verify/%lld", (long long)notification->act.value),
        .print = text_printf(ctx->arena, "/inbox/%lld/letter", (long long)notification->id.value),
        .dossier = notification->dossier.value == 0
                       ? TEXT("")
                       : text_printf(ctx->arena, "/dossiers/%lld", (long long)notification->dossier.value)};
    return page_inbox_letter(ctx, &data);
}

static const struct err *
show_letter(struct ctx *ctx, struct visit *visit)
{
    struct notification notification;
    TRY(own_notification(ctx, visit, &notification));
    struct html content;
    struct text title = words_get(ctx->lang, WORD("inbox.sealed"));
    if (notification.proof.at == NULL) {
        const struct page_inbox_letter data = {
            .guard = visit_guard(visit),
            .action = text_printf(ctx->arena, "/inbox/%lld", (long long)notification.id.value),
            .sent_on = notification.sent_on};
        content = page_inbox_letter(ctx, &data);
    } else {
        struct letter letter;
        TRY(letter_of_act(ctx, notification.act, ctx->lang, &letter));
        title = letter.subject;
        content = letter_html(ctx, visit, &notification, &letter);
    }
    const struct visit_crumb crumbs[] = {{words_get(ctx->lang, WORD("nav.dossiers")), TEXT("/dossiers")},
                                         {words_get(ctx->lang, WORD("inbox.title")), TEXT("/inbox")},
                                         {title, TEXT("")}};
    visit_page(ctx, visit,
               &(struct visit_page){
                   .title = title, .content = content, .crumbs = crumbs, .crumbs_count = 3, .section = "dossiers"});
    return NULL;
}

static const struct err *
open_letter(struct ctx *ctx, struct visit *visit)
{
    struct notification notification;
    TRY(own_notification(ctx, visit, &notification));
    TRY(notification_open(ctx, notification.id));
    visit_redirect(ctx, visit, text_printf(ctx->arena, "/inbox/%lld", (long long)notification.id.value), NULL);
    return NULL;
}
