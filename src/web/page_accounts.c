/* Accounts and roles, for who administers them: what is changed here is an act with its reason. */
#include "access/account.h"

#include "access/role.h"
#include "access/second_factor.h"
#include "base/limits.h"
#include "web/form.h"
#include "web/pages/account_of.html.h"
#include "web/pages/accounts.html.h"

enum { ROLES = 16 };

static const struct err *show_accounts(struct ctx *ctx, struct visit *visit);
static const struct err *show_account(struct ctx *ctx, struct visit *visit);
static const struct err *post_account(struct ctx *ctx, struct visit *visit);

extern const struct route routes_accounts[];
const struct route routes_accounts[] = {
    {HTTP_GET, "/accounts", ROLE_ADMINISTRATOR | ROLE_AUDITOR, TX_READ, show_accounts, .name = "accounts"},
    {HTTP_GET, "/accounts/{account}", ROLE_ADMINISTRATOR, TX_READ, show_account, .name = "accounts.show"},
    {HTTP_POST, "/accounts/{account}", ROLE_ADMINISTRATOR, TX_WRITE, post_account, .name = "accounts.change"},
    {0}};

static const struct err *page_with(struct ctx *ctx, struct visit *visit, const struct form *form, int status);
static void fill_roles(struct ctx *ctx, unsigned held, struct page_account_of *page);
static const struct err *change(struct ctx *ctx, struct visit *visit, struct form *form, struct account_id id);

static const struct err *
show_accounts(struct ctx *ctx, struct visit *visit)
{
    int64_t after = 0;
    visit_number(http_query(visit->request, "after"), &after);
    struct account *accounts = NULL;
    size_t count = 0;
    TRY(accounts_list(ctx, (struct account_id){after}, PAGE_ROWS_MAX, &accounts, &count));
    struct page_accounts_rows *rows = ARENA_ARRAY(ctx->arena, struct page_accounts_rows, count);
    for (size_t i = 0; i < count; i++) {
        rows[i] = (struct page_accounts_rows){
            .url = text_printf(ctx->arena, "/accounts/%lld", (long long)accounts[i].id.value),
            .name = account_name(ctx, &accounts[i]),
            .email = accounts[i].email,
            .opened = accounts[i].opened_on,
            .disabled = accounts[i].disabled_on};
    }
    struct page_pager pager = {.first = after > 0 ? TEXT("/accounts") : TEXT("")};
    if (count == PAGE_ROWS_MAX) {
        pager.next = text_printf(ctx->arena, "/accounts?after=%lld", (long long)accounts[count - 1].id.value);
    }
    const struct page_accounts data = {.rows = rows, .rows_count = count, .pager = &pager};
    visit_page(ctx, visit,
               &(struct visit_page){.title = words_get(ctx->lang, WORD("nav.accounts")),
                                    .content = page_accounts(ctx, &data),
                                    .section = "accounts",
                                    .wide = true});
    return NULL;
}

static const struct err *
show_account(struct ctx *ctx, struct visit *visit)
{
    struct form form;
    form_init(&form, ctx, visit);
    return page_with(ctx, visit, &form, 200);
}

static const struct err *
post_account(struct ctx *ctx, struct visit *visit)
{
    struct account_id id;
    TRY(visit_id(ctx, visit, "account", &id.value));
    struct form form;
    form_init(&form, ctx, visit);
    TRY(change(ctx, visit, &form, id));
    if (!form_is_good(&form)) {
        return page_with(ctx, visit, &form, 422);
    }
    visit_redirect(ctx, visit, visit->request->path, "recorded");
    return NULL;
}

static const struct err *
change(struct ctx *ctx, struct visit *visit, struct form *form, struct account_id id)
{
    const struct text what = visit_field(visit, "do");
    if (text_is(what, "give_role") || text_is(what, "end_role")) {
        enum role role;
        if (!role_from(visit_field(visit, "role"), &role)) {
            form_fault(form, "role", TEXT(""), words_get(ctx->lang, WORD("form.bad_choice")));
            return NULL;
        }
        if (text_is(what, "end_role")) {
            return role_end(ctx, id, role);
        }
        unsigned held = 0;
        TRY(roles_of(ctx, id, &held));
        if ((held & role) != 0 || !roles_agree(held | role)) {
            form_fault(form, "role", TEXT(""), words_get(ctx->lang, WORD("accounts.disagree")));
            return NULL;
        }
        return role_give(ctx, id, role);
    }
    const struct text reason = form_text(form, "reason", FORM_REQUIRED, REASON_BYTES_MAX);
    if (!form_is_good(form)) {
        return NULL;
    }
    if (text_is(what, "disable")) {
        return account_disable(ctx, id, reason);
    }
    if (text_is(what, "enable")) {
        return account_enable(ctx, id, reason);
    }
    if (text_is(what, "reset_factor")) {
        return second_factor_reset(ctx, id, reason);
    }
    return FAIL(ctx->arena, ERR_INPUT, "an account is not changed this way");
}

static const struct err *
page_with(struct ctx *ctx, struct visit *visit, const struct form *form, int status)
{
    struct account_id id;
    struct account account;
    unsigned held = 0;
    TRY(visit_id(ctx, visit, "account", &id.value));
    TRY(account_get(ctx, id, &account));
    TRY(roles_of(ctx, id, &held));
    const struct form_field_row reason = {.name = "reason",
                                          .label = WORD("accounts.reason"),
                                          .help = WORD("accounts.reason_help"),
                                          .kind = "area",
                                          .need = FORM_REQUIRED};
    struct page_account_of data = {.name = account_name(ctx, &account),
                                   .email = account.email,
                                   .opened = account.opened_on,
                                   .disabled = account.disabled_on,
                                   .path = visit->request->path,
                                   .guard = visit_guard(visit),
                                   .faults = form_summary(form),
                                   .reason = form_field(form, &reason)};
    fill_roles(ctx, held, &data);
    const struct visit_crumb crumbs[] = {
        {.title = words_get(ctx->lang, WORD("nav.accounts")), .url = TEXT("/accounts")}, {.title = data.name}};
    visit_page(ctx, visit,
               &(struct visit_page){.status = status,
                                    .title = data.name,
                                    .content = page_account_of(ctx, &data),
                                    .crumbs = crumbs,
                                    .crumbs_count = 2,
                                    .section = "accounts"});
    return NULL;
}

static void
fill_roles(struct ctx *ctx, unsigned held, struct page_account_of *page)
{
    struct page_account_of_held *has = ARENA_ARRAY(ctx->arena, struct page_account_of_held, ROLES);
    struct page_account_of_free *may = ARENA_ARRAY(ctx->arena, struct page_account_of_free, ROLES);
    const char **derived = ARENA_ARRAY(ctx->arena, const char *, ROLES);
    for (unsigned bit = ROLE_APPLICANT; bit < ROLE_STAFF; bit <<= 1) {
        const char *code = role_code((enum role)bit);
        const char *title = text_printf(ctx->arena, "role.%s", code).at;
        enum role given;
        if (!role_from(text_of(code), &given)) {
            if ((held & bit) != 0) {
                derived[page->derived_count++] = title;
            }
        } else if ((held & bit) != 0) {
            has[page->held_count++] = (struct page_account_of_held){.title = title, .code = text_of(code)};
        } else if (roles_agree(held | bit)) {
            may[page->free_count++] = (struct page_account_of_free){.title = title, .code = text_of(code)};
        }
    }
    page->held = has;
    page->free = may;
    page->derived = derived;
}
