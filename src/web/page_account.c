/* A person's own account: who one is here, for whom one acts, one's sessions, and what was done in one's name. */
#include "access/account.h"

#include "access/access_log.h"
#include "access/mandate.h"
#include "access/role.h"
#include "access/second_factor.h"
#include "access/session.h"
#include "access/sign_up.h"
#include "web/dispatch.h"
#include "web/form.h"
#include "web/page_demo.h"
#include "web/pages/account.html.h"
#include "web/pages/confirm.html.h"
#include "web/pages/recovery_codes.html.h"
#include "web/pages/second_factor.html.h"
#include "web/qr.h"

enum { EVENTS_SHOWN = 20 };

static const struct err *show_account(struct ctx *ctx, struct visit *visit);
static const struct err *show_password(struct ctx *ctx, struct visit *visit);
static const struct err *check_password(struct ctx *ctx, struct visit *visit);
static const struct err *read_password(struct ctx *ctx, void *arg);
static const struct err *post_password(struct ctx *ctx, struct visit *visit);
static const struct err *show_factor(struct ctx *ctx, struct visit *visit);
static const struct err *post_offer(struct ctx *ctx, struct visit *visit);
static const struct err *post_factor(struct ctx *ctx, struct visit *visit);
static const struct err *post_end_session(struct ctx *ctx, struct visit *visit);
static const struct err *post_party(struct ctx *ctx, struct visit *visit);

extern const struct route routes_account[];
const struct route routes_account[] = {
    {HTTP_GET, "/account", ROLE_SIGNED_IN, TX_READ, show_account, .name = "account"},
    {HTTP_GET, "/account/password", ROLE_SIGNED_IN, TX_READ, show_password, .flags = ROUTE_OWN_PASSWORD,
     .name = "account.password"},
    {HTTP_POST, "/account/password", ROLE_SIGNED_IN, TX_WRITE, post_password, check_password,
     .flags = ROUTE_OWN_PASSWORD, .name = "account.password.post"},
    {HTTP_GET, "/account/second-factor", ROLE_SIGNED_IN, TX_READ, show_factor, .name = "account.factor"},
    {HTTP_POST, "/account/second-factor/offer", ROLE_SIGNED_IN, TX_WRITE, post_offer, .name = "account.factor.offer"},
    {HTTP_POST, "/account/second-factor", ROLE_SIGNED_IN, TX_WRITE, post_factor, .name = "account.factor.post"},
    {HTTP_POST, "/account/sessions/{session}/end", ROLE_SIGNED_IN, TX_WRITE, post_end_session,
     .name = "account.session.end"},
    {HTTP_POST, "/account/party", ROLE_SIGNED_IN, TX_WRITE, post_party, .name = "account.party"},
    {0}};

struct checked_password {
    struct visit *visit;
    struct form_faults faults;
    struct text hash;
};

static const struct err *fill_sessions(struct ctx *ctx, struct page_account *page);
static const struct err *fill_parties(struct ctx *ctx, const struct visit *visit, struct page_account *page);
static const struct err *fill_events(struct ctx *ctx, struct page_account *page);
static void fill_roles(struct ctx *ctx, struct page_account *page);
static void page_password_with(struct ctx *ctx, struct visit *visit, const struct form *form, int status);
static const struct err *page_factor_with(struct ctx *ctx, struct visit *visit, const struct form *form, int status);
static void page_own(struct ctx *ctx, struct visit *visit, const char *title, struct html content, int status);

static const struct err *
show_account(struct ctx *ctx, struct visit *visit)
{
    const struct user *user = ctx->user;
    struct page_account data = {.name = user->name,
                                .email = user->email,
                                .has_second_factor = user->has_second_factor,
                                .needs_second_factor = user->withheld != 0,
                                .guard = visit_guard(visit)};
    if (user->has_second_factor) {
        TRY(recovery_codes_left(ctx, user->account, &data.recovery_left));
    }
    fill_roles(ctx, &data);
    TRY(fill_sessions(ctx, &data));
    TRY(fill_parties(ctx, visit, &data));
    TRY(fill_events(ctx, &data));
    page_own(ctx, visit, NULL, page_account(ctx, &data), 200);
    return NULL;
}

static const struct err *
show_password(struct ctx *ctx, struct visit *visit)
{
    struct form form;
    form_init(&form, ctx, visit);
    page_password_with(ctx, visit, &form, 200);
    return NULL;
}

static const struct err *
check_password(struct ctx *ctx, struct visit *visit)
{
    struct checked_password *checked = ARENA_NEW(ctx->arena, struct checked_password);
    checked->visit = visit;
    visit->prepared = checked;
    return store_read(visit->web->options.store, ctx, read_password, checked);
}

static const struct err *
read_password(struct ctx *ctx, void *arg)
{
    struct checked_password *checked = arg;
    const struct http_request *request = checked->visit->request;
    checked->faults = (struct form_faults){0};
    return password_change_check(ctx, http_form(request, "old"), http_form(request, "password"), &checked->faults,
                                 &checked->hash);
}

static const struct err *
post_password(struct ctx *ctx, struct visit *visit)
{
    const struct checked_password *checked = visit->prepared;
    if (checked->faults.count > 0) {
        struct form form;
        form_init(&form, ctx, visit);
        for (size_t i = 0; i < checked->faults.count; i++) {
            form_fault(&form, checked->faults.items[i].field, TEXT(""),
                       words_get(ctx->lang, checked->faults.items[i].message));
        }
        page_password_with(ctx, visit, &form, 422);
        return NULL;
    }
    struct text token;
    TRY(password_change_record(ctx, http_cookie(visit->request, "session"), checked->hash, &token));
    http_reply_cookie(visit->exchange, "session", token, -1);
    visit_redirect(ctx, visit, TEXT("/account"), "password_changed");
    return NULL;
}

static const struct err *
show_factor(struct ctx *ctx, struct visit *visit)
{
    struct form form;
    form_init(&form, ctx, visit);
    return page_factor_with(ctx, visit, &form, 200);
}

static const struct err *
post_offer(struct ctx *ctx, struct visit *visit)
{
    struct factor_offer offer;
    TRY(factor_offer(ctx, words_get(LANG_EN, WORD("site.short_name")), &offer));
    visit_redirect(ctx, visit, TEXT("/account/second-factor"), NULL);
    return NULL;
}

static const struct err *
post_factor(struct ctx *ctx, struct visit *visit)
{
    struct recovery_codes codes;
    struct text token;
    bool right = false;
    TRY(factor_accept(ctx, http_cookie(visit->request, "session"), visit_field(visit, "code"), &codes, &token, &right));
    if (!right) {
        struct form form;
        form_init(&form, ctx, visit);
        form_fault(&form, "code", TEXT(""), words_get(ctx->lang, WORD("sign_in.code_wrong")));
        return page_factor_with(ctx, visit, &form, 422);
    }
    const struct page_recovery_codes data = {.codes = codes.items, .codes_count = codes.count};
    page_own(ctx, visit, WORD("factor.codes_title"), page_recovery_codes(ctx, &data), 200);
    http_reply_cookie(visit->exchange, "session", token, -1);
    return NULL;
}

static const struct err *
post_end_session(struct ctx *ctx, struct visit *visit)
{
    int64_t id = 0;
    TRY(visit_id(ctx, visit, "session", &id));
    TRY(session_end(ctx, ctx->user->account, id));
    visit_redirect(ctx, visit, TEXT("/account"), "session_ended");
    return NULL;
}

static const struct err *
post_party(struct ctx *ctx, struct visit *visit)
{
    int64_t party = 0;
    if (!visit_number(http_form(visit->request, "party"), &party) || party < 0) {
        return FAIL(ctx->arena, ERR_INPUT, "no party with this number");
    }
    TRY(session_choose_party(ctx, (struct party_id){party}));
    visit_redirect(ctx, visit, visit_next(visit, TEXT("/account")), "party_chosen");
    return NULL;
}

static void
fill_roles(struct ctx *ctx, struct page_account *page)
{
    const char **words = ARENA_ARRAY(ctx->arena, const char *, 32);
    size_t count = 0;
    for (unsigned bit = ROLE_APPLICANT; bit < ROLE_STAFF; bit <<= 1) {
        if (((ctx->user->roles | ctx->user->withheld) & bit) != 0) {
            words[count++] = text_printf(ctx->arena, "role.%s", role_code((enum role)bit)).at;
        }
    }
    page->roles = words;
    page->roles_count = count;
}

static const struct err *
fill_sessions(struct ctx *ctx, struct page_account *page)
{
    struct session *sessions = NULL;
    size_t count = 0;
    TRY(sessions_list(ctx, ctx->user->account, &sessions, &count));
    struct page_account_sessions *items = ARENA_ARRAY(ctx->arena, struct page_account_sessions, count);
    for (size_t i = 0; i < count; i++) {
        items[i] = (struct page_account_sessions){.id = sessions[i].id,
                                                  .seen = sessions[i].seen_at_ms,
                                                  .remote = sessions[i].remote,
                                                  .agent = sessions[i].agent,
                                                  .current = sessions[i].id == ctx->user->session};
    }
    page->sessions = items;
    page->sessions_count = count;
    return NULL;
}

static const struct err *
fill_parties(struct ctx *ctx, const struct visit *visit, struct page_account *page)
{
    struct mandate *mandates = NULL;
    size_t count = 0;
    TRY(mandates_of_account(ctx, ctx->user->account, &mandates, &count));
    struct page_account_parties *items = ARENA_ARRAY(ctx->arena, struct page_account_parties, count);
    for (size_t i = 0; i < count; i++) {
        items[i] = (struct page_account_parties){
            .id = mandates[i].party.value,
            .name = text_printf(ctx->arena, "%lld", (long long)mandates[i].party.value),
            .role = mandates[i].role == MANDATE_MANAGER ? WORD("account.manager") : WORD("account.agent"),
            .verified = mandates[i].verified_act.value != 0,
            .current = mandates[i].party.value == ctx->user->party.value};
        if (visit->web->options.party_name != NULL) {
            TRY(visit->web->options.party_name(ctx, mandates[i].party, &items[i].name));
        }
    }
    page->parties = items;
    page->parties_count = count;
    return NULL;
}

static const struct err *
fill_events(struct ctx *ctx, struct page_account *page)
{
    struct access_entry *entries = NULL;
    size_t count = 0;
    TRY(access_log_of_account(ctx, ctx->user->account, 0, &entries, &count));
    count = count < EVENTS_SHOWN ? count : EVENTS_SHOWN;
    struct page_account_events *items = ARENA_ARRAY(ctx->arena, struct page_account_events, count);
    for (size_t i = 0; i < count; i++) {
        items[i] = (struct page_account_events){
            .day = entries[i].day,
            .event = text_printf(ctx->arena, "access_event.%.*s", TEXT_ARG(entries[i].event)).at,
            .subject = entries[i].subject,
            .remote = entries[i].remote};
    }
    page->events = items;
    page->events_count = count;
    return NULL;
}

static void
page_password_with(struct ctx *ctx, struct visit *visit, const struct form *form, int status)
{
    const struct form_field_row old = {.name = "old",
                                       .label = WORD("account.password_old"),
                                       .kind = "password",
                                       .need = FORM_REQUIRED,
                                       .autocomplete = "current-password",
                                       .ltr = true};
    const struct form_field_row new = {.name = "password",
                                       .label = WORD("account.password_new"),
                                       .help = WORD("account.password_help"),
                                       .kind = "password",
                                       .need = FORM_REQUIRED,
                                       .autocomplete = "new-password",
                                       .ltr = true};
    const struct page_form_field fields[] = {*form_field(form, &old), *form_field(form, &new)};
    const struct page_confirm data = {
        .title = words_get(ctx->lang, WORD("password.change_title")),
        .text =
            words_get(ctx->lang, ctx->user->must_change ? WORD("password.must_change") : WORD("password.change_text")),
        .faults = form_summary(form),
        .guard = visit_guard(visit),
        .action = TEXT("/account/password"),
        .fields = fields,
        .fields_count = 2,
        .button = words_get(ctx->lang, WORD("action.save"))};
    page_own(ctx, visit, WORD("password.change_title"), page_confirm(ctx, &data), status);
}

static const struct err *
page_factor_with(struct ctx *ctx, struct visit *visit, const struct form *form, int status)
{
    struct factor_offer offer = {0};
    bool found = false;
    TRY(factor_offered(ctx, words_get(LANG_EN, WORD("site.short_name")), &offer, &found));
    const struct form_field_row code = {.name = "code",
                                        .label = WORD("sign_in.code"),
                                        .need = FORM_REQUIRED,
                                        .autocomplete = "one-time-code",
                                        .inputmode = "numeric",
                                        .ltr = true};
    struct page_second_factor data = {
        .faults = form_summary(form), .guard = visit_guard(visit), .code = form_field(form, &code)};
    if (found) {
        data.secret = offer.secret;
        data.qr = qr_svg(ctx, offer.url, words_get(ctx->lang, WORD("factor.qr")));
    }
    page_own(ctx, visit, WORD("factor.title"), page_second_factor(ctx, &data), status);
    return NULL;
}

static void
page_own(struct ctx *ctx, struct visit *visit, const char *title, struct html content, int status)
{
    const struct visit_crumb crumbs[] = {
        {.title = words_get(ctx->lang, WORD("account.title")), .url = title == NULL ? TEXT("") : TEXT("/account")},
        {.title = title == NULL ? TEXT("") : words_get(ctx->lang, title)}};
    visit_page(ctx, visit,
               &(struct visit_page){.status = status,
                                    .title = words_get(ctx->lang, title == NULL ? WORD("account.title") : title),
                                    .content = content,
                                    .crumbs = crumbs,
                                    .crumbs_count = title == NULL ? 1 : 2});
}
