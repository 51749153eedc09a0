/* Anyone checks an act, signed out: what is proved by the log, and what is only the server's word. A certificate's QR
 * leads here with the first digits of the leaf's hash, which must agree (PROOFS.md). */
#include "acts/log.h"
#include "base/limits.h"
#include "office/certificate_pdf.h"
#include "web/dispatch.h"
#include "web/dossier_parts.h"
#include "web/form.h"
#include "web/law_links.h"
#include "web/pages/verify_act.html.h"
#include "web/pages/verify_ask.html.h"

static const struct err *show_ask(struct ctx *ctx, struct visit *visit);
static const struct err *show_act(struct ctx *ctx, struct visit *visit);
static const struct err *show_short(struct ctx *ctx, struct visit *visit);

extern const struct route routes_verify[];
const struct route routes_verify[] = {
    {HTTP_GET, "/verify", ROLE_PUBLIC, TX_READ, show_ask, .name = "verify.ask"},
    {HTTP_GET, "/verify/{act}", ROLE_PUBLIC, TX_READ, show_act, .name = "verify.act"},
    {HTTP_GET, "/v/{short}", ROLE_PUBLIC, TX_READ, show_short, .name = "verify.short"},
    {0}};

static const struct err *
ask_again(struct ctx *ctx, struct visit *visit, struct text typed, bool is_fault)
{
    const struct page_verify_ask data = {.typed = typed, .is_fault = is_fault};
    visit_page(ctx, visit,
               &(struct visit_page){.status = is_fault ? 422 : 200,
                                    .title = words_get(ctx->lang, WORD("nav.verify")),
                                    .content = page_verify_ask(ctx, &data),
                                    .section = "verify"});
    return NULL;
}

/* A number, an address of ours, or what stands under a QR code: 117-9f86d081884c7d65. */
static const struct err *
show_ask(struct ctx *ctx, struct visit *visit)
{
    struct text typed = text_trim(http_query(visit->request, "act"));
    if (typed.len == 0) {
        return ask_again(ctx, visit, typed, false);
    }
    for (size_t slash = text_find_byte(typed, '/'); slash < typed.len; slash = text_find_byte(typed, '/')) {
        typed = text_after(typed, slash + 1);
    }
    const size_t dash = text_find_byte(typed, '-');
    int64_t act = 0;
    if (!text_to_int64(text_slice(typed, 0, dash), &act) || act <= 0) {
        return ask_again(ctx, visit, http_query(visit->request, "act"), true);
    }
    visit_redirect(ctx, visit,
                   dash < typed.len ? text_printf(ctx->arena, "/v/%.*s", TEXT_ARG(url_part(ctx, typed)))
                                    : text_printf(ctx->arena, "/verify/%lld", (long long)act),
                   NULL);
    return NULL;
}

static struct text
member(const struct json *entry, const char *name)
{
    struct text value = TEXT("");
    (void)json_text(json_get(entry, name), &value);
    return value;
}

/* short_hash: of the paper in the reader's hand; empty: none to compare. */
static const struct err *
show(struct ctx *ctx, struct visit *visit, struct act_id id, struct text short_hash)
{
    struct text entry;
    struct json read;
    TRY(log_entry(ctx, id, &entry));
    TRY(json_read(ctx->arena, entry, &read));
    struct checkpoint checkpoint;
    (void)log_checkpoint(visit->web->options.log, ctx->arena, &checkpoint);
    struct text proof;
    const struct err *unproven = log_prove(ctx, visit->web->options.log, id, &proof);
    if (unproven != NULL && err_root(unproven) != ERR_NOT_FOUND) {
        return unproven;
    }
    const struct text leaf = certificate_short_hash(ctx->arena, entry);
    const struct json *instrument = json_get(&read, "instrument");
    const struct text number = instrument == NULL ? TEXT("") : instrument->text;
    const struct page_verify_act data = {
        .act = id.value,
        .kind = act_kind_words(ctx, member(&read, "kind")),
        .day = member(&read, "day"),
        .corpus = member(&read, "corpus"),
        .instrument = number,
        .status = member(&read, "status").len > 0 ? law_label(ctx, member(&read, "status")) : TEXT(""),
        .register_url = number.len > 0 ? register_url(ctx, number) : TEXT(""),
        .short_hash = leaf,
        .is_compared = short_hash.len > 0,
        .agrees = text_starts(leaf, short_hash) || text_equal(leaf, short_hash),
        .is_proven = unproven == NULL,
        .size = (int64_t)checkpoint.size,
        .origin = checkpoint.origin,
        .entry = entry,
        .entry_url = text_printf(ctx->arena, "/log/acts/%lld/entry", (long long)id.value),
        .proof_url = text_printf(ctx->arena, "/log/acts/%lld/proof", (long long)id.value)};
    const struct word_hole hole[] = {HOLE_NUMBER("act", id.value)};
    const struct visit_crumb crumbs[] = {{words_get(ctx->lang, WORD("nav.verify")), TEXT("/verify")},
                                         {words_say(ctx, WORD("act.number"), hole, 1), TEXT("")}};
    visit_page(ctx, visit,
               &(struct visit_page){.title = crumbs[1].title,
                                    .content = page_verify_act(ctx, &data),
                                    .crumbs = crumbs,
                                    .crumbs_count = 2,
                                    .section = "verify"});
    return NULL;
}

static const struct err *
show_act(struct ctx *ctx, struct visit *visit)
{
    struct act_id id;
    TRY(visit_id(ctx, visit, "act", &id.value));
    return show(ctx, visit, id, TEXT(""));
}

static const struct err *
show_short(struct ctx *ctx, struct visit *visit)
{
    const struct text typed = http_param(visit->request, "short");
    const size_t dash = text_find_byte(typed, '-');
    struct act_id id = {0};
    if (dash >= typed.len || !text_to_int64(text_slice(typed, 0, dash), &id.value) || id.value <= 0) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "an address of a certificate has an act and a hash");
    }
    return show(ctx, visit, id, text_after(typed, dash + 1));
}
