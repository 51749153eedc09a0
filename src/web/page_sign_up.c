/* Opening an account, and choosing a new password when the old one is lost. Both go through an e-mail that the holder
 * alone can read, and both answer the same whether the address has an account or not. */
#include "access/sign_up.h"

#include <string.h>

#include "web/dispatch.h"
#include "web/form.h"
#include "web/mail.h"
#include "web/pages/confirm.html.h"
#include "web/pages/sign_up.html.h"
#include "web/pages/told.html.h"

static const struct err *show_sign_up(struct ctx *ctx, struct visit *visit);
static const struct err *check_sign_up(struct ctx *ctx, struct visit *visit);
static const struct err *post_sign_up(struct ctx *ctx, struct visit *visit);
static const struct err *show_confirm(struct ctx *ctx, struct visit *visit);
static const struct err *post_confirm(struct ctx *ctx, struct visit *visit);
static const struct err *show_lost(struct ctx *ctx, struct visit *visit);
static const struct err *post_lost(struct ctx *ctx, struct visit *visit);
static const struct err *show_new(struct ctx *ctx, struct visit *visit);
static const struct err *check_new(struct ctx *ctx, struct visit *visit);
static const struct err *post_new(struct ctx *ctx, struct visit *visit);

extern const struct route routes_sign_up[];
const struct route routes_sign_up[] = {
    {HTTP_GET, "/sign-up", ROLE_PUBLIC, TX_READ, show_sign_up, .name = "sign_up"},
    {HTTP_POST, "/sign-up", ROLE_PUBLIC, TX_WRITE, post_sign_up, check_sign_up, .name = "sign_up.post"},
    {HTTP_GET, "/sign-up/confirm", ROLE_PUBLIC, TX_READ, show_confirm, .name = "sign_up.confirm"},
    {HTTP_POST, "/sign-up/confirm", ROLE_PUBLIC, TX_WRITE, post_confirm, .name = "sign_up.confirm.post"},
    {HTTP_GET, "/password-lost", ROLE_PUBLIC, TX_READ, show_lost, .name = "password.lost"},
    {HTTP_POST, "/password-lost", ROLE_PUBLIC, TX_WRITE, post_lost, .name = "password.lost.post"},
    {HTTP_GET, "/password-new", ROLE_PUBLIC, TX_READ, show_new, .name = "password.new"},
    {HTTP_POST, "/password-new", ROLE_PUBLIC, TX_WRITE, post_new, check_new, .name = "password.new.post"},
    {0}};

/* What a check found out before the writing began. */
struct checked {
    struct visit *visit;
    struct person_form person;
    struct form_faults faults;
    struct text hash;
    bool found;
};

static const struct form_field_row email_row = {.name = "email",
                                                .label = WORD("account.email"),
                                                .kind = "email",
                                                .need = FORM_REQUIRED,
                                                .autocomplete = "email",
                                                .ltr = true};
static const struct form_field_row password_row = {.name = "password",
                                                   .label = WORD("account.password"),
                                                   .help = WORD("account.password_help"),
                                                   .kind = "password",
                                                   .need = FORM_REQUIRED,
                                                   .autocomplete = "new-password",
                                                   .ltr = true};
static const struct form_field_row name_ar_row = {
    .name = "name_ar", .label = WORD("account.name_ar"), .help = WORD("account.name_help"), .need = FORM_OPTIONAL};
static const struct form_field_row name_latin_row = {.name = "name_latin",
                                                     .label = WORD("account.name_latin"),
                                                     .need = FORM_OPTIONAL,
                                                     .autocomplete = "name",
                                                     .ltr = true};

static const struct err *read_sign_up(struct ctx *ctx, void *arg);
static const struct err *read_new(struct ctx *ctx, void *arg);
static void page_sign_up_with(struct ctx *ctx, struct visit *visit, const struct form *form, int status);
static void page_confirm_with(struct ctx *ctx, struct visit *visit, const struct form *form, struct page_confirm *data,
                              int status);
static void page_told_with(struct ctx *ctx, struct visit *visit, struct page_told *data);
static void note_faults(struct form *form, const struct form_faults *faults);
static void too_late(struct ctx *ctx, struct visit *visit);

static const struct err *
show_sign_up(struct ctx *ctx, struct visit *visit)
{
    struct form form;
    form_init(&form, ctx, visit);
    page_sign_up_with(ctx, visit, &form, 200);
    return NULL;
}

static const struct err *
check_sign_up(struct ctx *ctx, struct visit *visit)
{
    struct checked *checked = ARENA_NEW(ctx->arena, struct checked);
    checked->visit = visit;
    visit->prepared = checked;
    return store_read(visit->web->options.store, ctx, read_sign_up, checked);
}

static const struct err *
read_sign_up(struct ctx *ctx, void *arg)
{
    struct checked *checked = arg;
    const struct visit *visit = checked->visit;
    checked->faults = (struct form_faults){0};
    checked->person = (struct person_form){.email = visit_field(visit, "email"),
                                           .name_ar = visit_field(visit, "name_ar"),
                                           .name_latin = visit_field(visit, "name_latin"),
                                           .password = http_form(visit->request, "password"),
                                           .lang = ctx->lang};
    return sign_up_check(ctx, &checked->person, &checked->faults, &checked->hash);
}

static const struct err *
post_sign_up(struct ctx *ctx, struct visit *visit)
{
    struct checked *checked = visit->prepared;
    if (checked->faults.count > 0) {
        struct form form;
        form_init(&form, ctx, visit);
        note_faults(&form, &checked->faults);
        page_sign_up_with(ctx, visit, &form, 422);
        return NULL;
    }
    struct text token;
    TRY(sign_up_record(ctx, &checked->person, checked->hash, &token));
    struct page_told told = {.title = words_get(ctx->lang, WORD("sign_up.sent_title")),
                             .text = words_get(ctx->lang, WORD("sign_up.sent_text"))};
    struct mail_letter letter = {.kind = "sign_up",
                                 .to = checked->person.email,
                                 .subject = WORD("mail.known_subject"),
                                 .text = WORD("mail.known_text"),
                                 .path = TEXT("/password-lost")};
    if (token.len > 0) {
        letter.subject = WORD("mail.sign_up_subject");
        letter.text = WORD("mail.sign_up_text");
        letter.path = text_printf(ctx->arena, "/sign-up/confirm?token=%.*s", TEXT_ARG(token));
    }
    TRY(mail_link(ctx, visit, &letter, &told.demo_url));
    page_told_with(ctx, visit, &told);
    return NULL;
}

static const struct err *
show_confirm(struct ctx *ctx, struct visit *visit)
{
    struct form form;
    form_init(&form, ctx, visit);
    struct page_confirm data = {.title = words_get(ctx->lang, WORD("sign_up.confirm_title")),
                                .text = words_get(ctx->lang, WORD("sign_up.confirm_text")),
                                .action = TEXT("/sign-up/confirm"),
                                .token = http_query(visit->request, "token"),
                                .button = words_get(ctx->lang, WORD("sign_up.confirm"))};
    page_confirm_with(ctx, visit, &form, &data, 200);
    return NULL;
}

static const struct err *
post_confirm(struct ctx *ctx, struct visit *visit)
{
    struct account_id account;
    bool found = false;
    TRY(sign_up_confirm(ctx, visit_field(visit, "token"), &account, &found));
    if (!found) {
        too_late(ctx, visit);
        return NULL;
    }
    visit_redirect(ctx, visit, TEXT("/sign-in"), "account_opened");
    return NULL;
}

static const struct err *
show_lost(struct ctx *ctx, struct visit *visit)
{
    struct form form;
    form_init(&form, ctx, visit);
    struct page_confirm data = {.title = words_get(ctx->lang, WORD("password.lost_title")),
                                .text = words_get(ctx->lang, WORD("password.lost_text")),
                                .action = TEXT("/password-lost"),
                                .fields = form_field(&form, &email_row),
                                .fields_count = 1,
                                .button = words_get(ctx->lang, WORD("action.send"))};
    page_confirm_with(ctx, visit, &form, &data, 200);
    return NULL;
}

static const struct err *
post_lost(struct ctx *ctx, struct visit *visit)
{
    struct text token;
    const struct text email = visit_field(visit, "email");
    TRY(password_reset_ask(ctx, email, visit->request->remote, &token));
    struct page_told told = {.title = words_get(ctx->lang, WORD("sign_up.sent_title")),
                             .text = words_get(ctx->lang, WORD("password.sent_text"))};
    if (token.len > 0) {
        const struct mail_letter letter = {.kind = "password",
                                           .to = email,
                                           .subject = WORD("mail.password_subject"),
                                           .text = WORD("mail.password_text"),
                                           .path =
                                               text_printf(ctx->arena, "/password-new?token=%.*s", TEXT_ARG(token))};
        TRY(mail_link(ctx, visit, &letter, &told.demo_url));
    }
    page_told_with(ctx, visit, &told);
    return NULL;
}

static void
page_new_with(struct ctx *ctx, struct visit *visit, const struct form *form, struct text token, int status)
{
    struct page_confirm data = {.title = words_get(ctx->lang, WORD("password.new_title")),
                                .text = words_get(ctx->lang, WORD("password.new_text")),
                                .action = TEXT("/password-new"),
                                .token = token,
                                .fields = form_field(form, &password_row),
                                .fields_count = 1,
                                .button = words_get(ctx->lang, WORD("action.save"))};
    page_confirm_with(ctx, visit, form, &data, status);
}

static const struct err *
show_new(struct ctx *ctx, struct visit *visit)
{
    struct form form;
    form_init(&form, ctx, visit);
    page_new_with(ctx, visit, &form, http_query(visit->request, "token"), 200);
    return NULL;
}

static const struct err *
check_new(struct ctx *ctx, struct visit *visit)
{
    struct checked *checked = ARENA_NEW(ctx->arena, struct checked);
    checked->visit = visit;
    visit->prepared = checked;
    return store_read(visit->web->options.store, ctx, read_new, checked);
}

static const struct err *
read_new(struct ctx *ctx, void *arg)
{
    struct checked *checked = arg;
    checked->faults = (struct form_faults){0};
    return password_reset_check(ctx, visit_field(checked->visit, "token"),
                                http_form(checked->visit->request, "password"), &checked->faults, &checked->hash,
                                &checked->found);
}

static const struct err *
post_new(struct ctx *ctx, struct visit *visit)
{
    struct checked *checked = visit->prepared;
    const struct text token = visit_field(visit, "token");
    if (checked->found && checked->faults.count > 0) {
        struct form form;
        form_init(&form, ctx, visit);
        note_faults(&form, &checked->faults);
        page_new_with(ctx, visit, &form, token, 422);
        return NULL;
    }
    bool found = false;
    if (checked->found) {
        TRY(password_reset_record(ctx, token, checked->hash, &found));
    }
    if (!found) {
        too_late(ctx, visit);
        return NULL;
    }
    visit_redirect(ctx, visit, TEXT("/sign-in"), "password_changed");
    return NULL;
}

static void
page_sign_up_with(struct ctx *ctx, struct visit *visit, const struct form *form, int status)
{
    const struct page_form_field fields[] = {*form_field(form, &name_ar_row), *form_field(form, &name_latin_row),
                                             *form_field(form, &email_row), *form_field(form, &password_row)};
    const struct page_sign_up data = {.faults = form_summary(form),
                                      .guard = visit_guard(visit),
                                      .fields = fields,
                                      .fields_count = sizeof fields / sizeof fields[0]};
    visit_page(ctx, visit,
               &(struct visit_page){.status = status,
                                    .title = words_get(ctx->lang, WORD("sign_up.title")),
                                    .content = page_sign_up(ctx, &data)});
}

static void
page_confirm_with(struct ctx *ctx, struct visit *visit, const struct form *form, struct page_confirm *data, int status)
{
    data->faults = form_summary(form);
    data->guard = visit_guard(visit);
    visit_page(ctx, visit,
               &(struct visit_page){.status = status, .title = data->title, .content = page_confirm(ctx, data)});
}

static void
page_told_with(struct ctx *ctx, struct visit *visit, struct page_told *data)
{
    visit_page(ctx, visit, &(struct visit_page){.title = data->title, .content = page_told(ctx, data)});
}

static void
note_faults(struct form *form, const struct form_faults *faults)
{
    for (size_t i = 0; i < faults->count; i++) {
        const char *field = strcmp(faults->items[i].field, "name") == 0 ? "name_ar" : faults->items[i].field;
        form_fault(form, field, TEXT(""), words_get(form->ctx->lang, faults->items[i].message));
    }
}

static void
too_late(struct ctx *ctx, struct visit *visit)
{
    struct page_told told = {.title = words_get(ctx->lang, WORD("sign_up.late_title")),
                             .text = words_get(ctx->lang, WORD("sign_up.late_text")),
                             .url = TEXT("/sign-in"),
                             .action = words_get(ctx->lang, WORD("nav.sign_in"))};
    page_told_with(ctx, visit, &told);
    visit->reply->status = 410;
}
