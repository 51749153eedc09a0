/* Signing in, its second step, the step-up before a signature, and signing out. */
#include "access/sign_in.h"

#include "access/totp.h"
#include "base/world.h"
#include "web/dispatch.h"
#include "web/form.h"
#include "web/kept.h"
#include "web/page_demo.h"
#include "web/pages/sign_in.html.h"
#include "web/pages/sign_in_code.html.h"

enum { MINUTE_MS = 60000 };

static const struct err *show_sign_in(struct ctx *ctx, struct visit *visit);
static const struct err *check_sign_in(struct ctx *ctx, struct visit *visit);
static const struct err *read_sign_in(struct ctx *ctx, void *arg);
static const struct err *post_sign_in(struct ctx *ctx, struct visit *visit);
static const struct err *show_code(struct ctx *ctx, struct visit *visit);
static const struct err *post_code(struct ctx *ctx, struct visit *visit);
static const struct err *show_step_up(struct ctx *ctx, struct visit *visit);
static const struct err *check_step_up(struct ctx *ctx, struct visit *visit);
static const struct err *read_step_up(struct ctx *ctx, void *arg);
static const struct err *post_step_up(struct ctx *ctx, struct visit *visit);
static const struct err *post_sign_out(struct ctx *ctx, struct visit *visit);

extern const struct route routes_sign_in[];
const struct route routes_sign_in[] = {
    {HTTP_GET, "/sign-in", ROLE_PUBLIC, TX_READ, show_sign_in, .name = "sign_in"},
    {HTTP_POST, "/sign-in", ROLE_PUBLIC, TX_WRITE, post_sign_in, check_sign_in, .name = "sign_in.post"},
    {HTTP_GET, "/sign-in/code", ROLE_PUBLIC, TX_READ, show_code, .name = "sign_in.code"},
    {HTTP_POST, "/sign-in/code", ROLE_PUBLIC, TX_WRITE, post_code, .name = "sign_in.code.post"},
    {HTTP_GET, "/step-up", ROLE_SIGNED_IN, TX_READ, show_step_up, .name = "step_up"},
    {HTTP_POST, "/step-up", ROLE_SIGNED_IN, TX_WRITE, post_step_up, check_step_up, .name = "step_up.post"},
    {HTTP_POST, "/sign-out", ROLE_PUBLIC, TX_WRITE, post_sign_out, .name = "sign_out"},
    {0}};

static void page_sign_in_with(struct ctx *ctx, struct visit *visit, const struct form *form,
                              const struct page_kept *kept, int status);
static void page_code_with(struct ctx *ctx, struct visit *visit, const struct form *form, struct text email,
                           int status);
static void page_step_up_with(struct ctx *ctx, struct visit *visit, const struct form *form,
                              const struct page_kept *kept, int status);
static void fault_wait(struct form *form, const char *field, int64_t wait_ms);
static void go_on(struct ctx *ctx, struct visit *visit, struct text token);
static struct text email_of_pending(struct ctx *ctx, struct visit *visit);

void
sign_in_for_refused(struct ctx *ctx, struct visit *visit)
{
    struct form form;
    form_init(&form, ctx, visit);
    form.is_sent = false;
    page_sign_in_with(ctx, visit, &form, kept_of_refused(visit), 401);
}

void
step_up_for_refused(struct ctx *ctx, struct visit *visit)
{
    struct form form;
    form_init(&form, ctx, visit);
    form.is_sent = false;
    page_step_up_with(ctx, visit, &form, kept_of_refused(visit), 403);
}

static const struct err *
show_sign_in(struct ctx *ctx, struct visit *visit)
{
    if (ctx->user != NULL) {
        visit_redirect(ctx, visit, visit_next(visit, TEXT("/account")), NULL);
        return NULL;
    }
    struct form form;
    form_init(&form, ctx, visit);
    page_sign_in_with(ctx, visit, &form, NULL, 200);
    return NULL;
}

static const struct err *
check_sign_in(struct ctx *ctx, struct visit *visit)
{
    struct sign_in *sign_in = ARENA_NEW(ctx->arena, struct sign_in);
    struct text agent = http_header(visit->request, "user-agent");
    agent = text_slice(agent, 0, agent.len < 200 ? agent.len : 200);
    *sign_in = (struct sign_in){.email = visit_field(visit, "email"),
                                .password = http_form(visit->request, "password"),
                                .remote = visit->request->remote,
                                .agent = text_is_utf8(agent) ? agent : TEXT("")};
    visit->prepared = sign_in;
    return store_read(visit->web->options.store, ctx, read_sign_in, sign_in);
}

static const struct err *
read_sign_in(struct ctx *ctx, void *arg)
{
    return sign_in_check(ctx, arg);
}

static const struct err *
post_sign_in(struct ctx *ctx, struct visit *visit)
{
    struct signed_in done;
    TRY(sign_in_record(ctx, visit->prepared, &done));
    struct form form;
    form_init(&form, ctx, visit);
    switch (done.outcome) {
    case SIGN_IN_DONE:
        go_on(ctx, visit, done.token);
        return NULL;
    case SIGN_IN_SECOND_FACTOR:
        form.is_sent = false;
        http_reply_cookie(visit->exchange, "session", done.token, -1);
        page_code_with(ctx, visit, &form, visit_field(visit, "email"), 200);
        return NULL;
    case SIGN_IN_WAIT:
        fault_wait(&form, "password", done.wait_ms);
        break;
    case SIGN_IN_DISABLED:
        form_fault(&form, "email", TEXT(""), words_get(ctx->lang, WORD("sign_in.disabled")));
        break;
    case SIGN_IN_WRONG:
    case SIGN_IN_OVER:
        form_fault(&form, "password", TEXT(""), words_get(ctx->lang, WORD("sign_in.wrong")));
        break;
    }
    page_sign_in_with(ctx, visit, &form, kept_along(visit), done.outcome == SIGN_IN_WAIT ? 429 : 422);
    return NULL;
}

static const struct err *
show_code(struct ctx *ctx, struct visit *visit)
{
    const struct text email = email_of_pending(ctx, visit);
    if (email.at == NULL) {
        visit_redirect(ctx, visit, TEXT("/sign-in"), NULL);
        return NULL;
    }
    struct form form;
    form_init(&form, ctx, visit);
    page_code_with(ctx, visit, &form, email, 200);
    return NULL;
}

static const struct err *
post_code(struct ctx *ctx, struct visit *visit)
{
    struct signed_in done;
    const struct text email = email_of_pending(ctx, visit);
    TRY(second_factor_record(ctx, http_cookie(visit->request, "session"), visit_field(visit, "code"), &done));
    struct form form;
    form_init(&form, ctx, visit);
    if (done.outcome == SIGN_IN_DONE) {
        go_on(ctx, visit, done.token);
        return NULL;
    }
    if (done.outcome == SIGN_IN_OVER || email.at == NULL) {
        form_fault(&form, "email", TEXT(""), words_get(ctx->lang, WORD("sign_in.over")));
        page_sign_in_with(ctx, visit, &form, kept_along(visit), 422);
        return NULL;
    }
    if (done.outcome == SIGN_IN_WAIT) {
        fault_wait(&form, "code", done.wait_ms);
    } else {
        form_fault(&form, "code", TEXT(""), words_get(ctx->lang, WORD("sign_in.code_wrong")));
    }
    page_code_with(ctx, visit, &form, email, 422);
    return NULL;
}

static const struct err *
show_step_up(struct ctx *ctx, struct visit *visit)
{
    struct form form;
    form_init(&form, ctx, visit);
    page_step_up_with(ctx, visit, &form, NULL, 200);
    return NULL;
}

static const struct err *
check_step_up(struct ctx *ctx, struct visit *visit)
{
    struct step_up *step_up = ARENA_NEW(ctx->arena, struct step_up);
    *step_up = (struct step_up){.password = http_form(visit->request, "password"), .code = visit_field(visit, "code")};
    visit->prepared = step_up;
    return store_read(visit->web->options.store, ctx, read_step_up, step_up);
}

static const struct err *
read_step_up(struct ctx *ctx, void *arg)
{
    return step_up_check(ctx, arg);
}

static const struct err *
post_step_up(struct ctx *ctx, struct visit *visit)
{
    struct signed_in done;
    TRY(step_up_record(ctx, http_cookie(visit->request, "session"), visit->prepared, &done));
    if (done.outcome == SIGN_IN_DONE) {
        go_on(ctx, visit, done.token);
        return NULL;
    }
    struct form form;
    form_init(&form, ctx, visit);
    if (done.outcome == SIGN_IN_WAIT) {
        fault_wait(&form, "code", done.wait_ms);
    } else {
        form_fault(&form, "code", TEXT(""), words_get(ctx->lang, WORD("sign_in.code_wrong")));
    }
    page_step_up_with(ctx, visit, &form, kept_along(visit), 422);
    return NULL;
}

static const struct err *
post_sign_out(struct ctx *ctx, struct visit *visit)
{
    const struct text token = http_cookie(visit->request, "session");
    if (token.len > 0) {
        TRY(sign_out(ctx, token));
    }
    http_reply_cookie(visit->exchange, "session", TEXT(""), 0);
    visit_redirect(ctx, visit, TEXT("/"), "signed_out");
    return NULL;
}

static void
page_sign_in_with(struct ctx *ctx, struct visit *visit, const struct form *form, const struct page_kept *kept,
                  int status)
{
    const struct form_field_row email = {.name = "email",
                                         .label = WORD("account.email"),
                                         .kind = "email",
                                         .need = FORM_REQUIRED,
                                         .autocomplete = "username",
                                         .ltr = true};
    const struct form_field_row password = {.name = "password",
                                            .label = WORD("account.password"),
                                            .kind = "password",
                                            .need = FORM_REQUIRED,
                                            .autocomplete = "current-password",
                                            .ltr = true};
    struct page_sign_in data = {.faults = form_summary(form),
                                .guard = visit_guard(visit),
                                .kept = kept,
                                .next =
                                    kept != NULL && status == 401 ? visit->request->path : visit_next(visit, TEXT("")),
                                .email = form_field(form, &email),
                                .password = form_field(form, &password),
                                .has_sign_up = route_exists("/sign-up")};
    demo_accounts(ctx, visit, &data);
    visit_page(ctx, visit,
               &(struct visit_page){.status = status,
                                    .title = words_get(ctx->lang, WORD("sign_in.title")),
                                    .content = page_sign_in(ctx, &data),
                                    .wide = data.demo_count > 0});
}

static const struct page_form_field *
code_field(const struct form *form)
{
    const struct form_field_row row = {.name = "code",
                                       .label = WORD("sign_in.code"),
                                       .help = WORD("sign_in.code_help"),
                                       .need = FORM_REQUIRED,
                                       .autocomplete = "one-time-code",
                                       .ltr = true};
    struct page_form_field *field = ARENA_NEW(form->ctx->arena, struct page_form_field);
    *field = *form_field(form, &row);
    field->value = TEXT(""); /* a code is good once */
    return field;
}

static void
page_code_with(struct ctx *ctx, struct visit *visit, const struct form *form, struct text email, int status)
{
    const struct page_sign_in_code data = {.faults = form_summary(form),
                                           .guard = visit_guard(visit),
                                           .kept = kept_along(visit),
                                           .action = TEXT("/sign-in/code"),
                                           .title = words_get(ctx->lang, WORD("sign_in.code_title")),
                                           .text = words_get(ctx->lang, WORD("sign_in.code_text")),
                                           .next = visit_next(visit, TEXT("")),
                                           .code = code_field(form),
                                           .demo_code = demo_code(ctx, visit, email)};
    visit_page(ctx, visit,
               &(struct visit_page){.status = status, .title = data.title, .content = page_sign_in_code(ctx, &data)});
}

static void
page_step_up_with(struct ctx *ctx, struct visit *visit, const struct form *form, const struct page_kept *kept,
                  int status)
{
    const struct page_sign_in_code data = {.faults = form_summary(form),
                                           .guard = visit_guard(visit),
                                           .kept = kept,
                                           .action = TEXT("/step-up"),
                                           .title = words_get(ctx->lang, WORD("step_up.title")),
                                           .text = words_get(ctx->lang, WORD("step_up.text")),
                                           .next = status == 403 ? visit->request->path : visit_next(visit, TEXT("")),
                                           .code = code_field(form),
                                           .demo_code = demo_code(ctx, visit, ctx->user->email)};
    visit_page(ctx, visit,
               &(struct visit_page){.status = status, .title = data.title, .content = page_sign_in_code(ctx, &data)});
}

static void
fault_wait(struct form *form, const char *field, int64_t wait_ms)
{
    const struct word_hole hole = HOLE_INT("count", (wait_ms + MINUTE_MS - 1) / MINUTE_MS);
    form_fault(form, field, TEXT(""), words_say(form->ctx, WORD("sign_in.wait"), &hole, 1));
}

/* With the token of the new session: to where the reader came from, or to the form that waits. */
static void
go_on(struct ctx *ctx, struct visit *visit, struct text token)
{
    if (kept_along(visit) != NULL) {
        kept_resume(ctx, visit, token);
    } else {
        visit_redirect(ctx, visit, visit_next(visit, TEXT("/account")), NULL);
    }
    http_reply_cookie(visit->exchange, "session", token, -1);
}

/* The e-mail of the session that waits for its second factor, or the text at NULL. */
static struct text
email_of_pending(struct ctx *ctx, struct visit *visit)
{
    struct session session;
    struct account account;
    bool found = false;
    const struct text token = http_cookie(visit->request, "session");
    if (token.len == 0 || session_find(ctx, token, &session, &found) != NULL || !found || !session.pending ||
        account_get(ctx, session.account, &account) != NULL) {
        return (struct text){0};
    }
    return account.email.at == NULL ? TEXT("") : account.email;
}
