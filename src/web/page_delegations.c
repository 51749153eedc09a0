/* Delegations of the director's powers (18.23/85/5, REQUIREMENTS R5): given under a step-up as a signature is, in force
 * from their publication. Which powers there are to give is the law's answer. */
#include "access/delegation.h"

#include "access/account.h"
#include "access/competence.h"
#include "access/role.h"
#include "base/limits.h"
#include "web/form.h"
#include "web/law_links.h"
#include "web/pages/delegations.html.h"

enum { STAFF_MAX = 200 };

static const struct err *show_delegations(struct ctx *ctx, struct visit *visit);
static const struct err *post_delegation(struct ctx *ctx, struct visit *visit);
static const struct err *post_publish(struct ctx *ctx, struct visit *visit);
static const struct err *post_end(struct ctx *ctx, struct visit *visit);

enum { READERS = ROLE_STAFF | ROLE_DIRECTOR | ROLE_AUDITOR, ENDERS = ROLE_DIRECTOR | ROLE_ADMINISTRATOR };

extern const struct route routes_delegations[];
const struct route routes_delegations[] = {
    {HTTP_GET, "/delegations", READERS, TX_READ, show_delegations, .name = "delegations", .norm = "18.23/85/5"},
    {HTTP_POST, "/delegations", ROLE_DIRECTOR, TX_WRITE, post_delegation, .flags = ROUTE_STEP_UP,
     .name = "delegations.give", .norm = "18.23/85/5"},
    {HTTP_POST, "/delegations/{delegation}/publish", ENDERS, TX_WRITE, post_publish, .name = "delegations.publish"},
    {HTTP_POST, "/delegations/{delegation}/end", ENDERS, TX_WRITE, post_end, .name = "delegations.end"},
    {0}};

static const struct err *page_with(struct ctx *ctx, struct visit *visit, const struct form *form, int status);
static const struct err *fill_rows(struct ctx *ctx, struct page_delegations *page);
static const struct err *fill_form(struct ctx *ctx, const struct form *form, struct page_delegations *page);
static const struct err *read_lines(struct ctx *ctx, struct form *form, struct delegation *draft);
static struct text power_code(struct ctx *ctx, const struct delegation_line *line);
static struct text power_title(struct ctx *ctx, const struct delegation_line *line);

static const struct err *
show_delegations(struct ctx *ctx, struct visit *visit)
{
    struct form form;
    form_init(&form, ctx, visit);
    return page_with(ctx, visit, &form, 200);
}

static const struct err *
post_delegation(struct ctx *ctx, struct visit *visit)
{
    struct form form;
    struct delegation draft = {.published_on = DATE_NONE, .signed_on = ctx->today};
    form_init(&form, ctx, visit);
    form_number(&form, "person", FORM_REQUIRED, &draft.delegate.value);
    draft.number = form_text(&form, "number", FORM_REQUIRED, NAME_BYTES_MAX);
    draft.from = form_date(&form, "from", FORM_REQUIRED);
    draft.until = form_date(&form, "until", FORM_REQUIRED);
    TRY(read_lines(ctx, &form, &draft));
    if (!form_is_good(&form)) {
        return page_with(ctx, visit, &form, 422);
    }
    struct act_id act;
    const struct err *err = delegation_give(ctx, &draft, &act);
    if (err != NULL && (err->code == ERR_INPUT || err->code == ERR_CONFLICT || err->code == ERR_WRONG_STATE)) {
        const char *key = err->code == ERR_INPUT ? WORD("delegations.bad") : WORD("delegations.not_staff");
        form_fault(&form, err->code == ERR_INPUT ? "from" : "person", TEXT(""), words_get(ctx->lang, key));
        return page_with(ctx, visit, &form, 422);
    }
    TRY(err);
    visit_redirect(ctx, visit, TEXT("/delegations"), "recorded");
    return NULL;
}

static const struct err *
post_publish(struct ctx *ctx, struct visit *visit)
{
    struct act_id id;
    struct form form;
    form_init(&form, ctx, visit);
    TRY(visit_id(ctx, visit, "delegation", &id.value));
    const struct date day = form_date(&form, "day", FORM_REQUIRED);
    const struct text place = form_text(&form, "place", FORM_REQUIRED, LINE_BYTES_MAX);
    if (!form_is_good(&form)) {
        return page_with(ctx, visit, &form, 422);
    }
    TRY(delegation_publish(ctx, id, day, place));
    visit_redirect(ctx, visit, TEXT("/delegations"), "recorded");
    return NULL;
}

static const struct err *
post_end(struct ctx *ctx, struct visit *visit)
{
    struct act_id id;
    struct form form;
    form_init(&form, ctx, visit);
    TRY(visit_id(ctx, visit, "delegation", &id.value));
    const struct text reason = form_text(&form, "reason", FORM_REQUIRED, REASON_BYTES_MAX);
    if (!form_is_good(&form)) {
        return page_with(ctx, visit, &form, 422);
    }
    TRY(delegation_end(ctx, id, reason));
    visit_redirect(ctx, visit, TEXT("/delegations"), "recorded");
    return NULL;
}

static const struct err *
page_with(struct ctx *ctx, struct visit *visit, const struct form *form, int status)
{
    struct page_delegations data = {.may_give = user_has(ctx->user, ROLE_DIRECTOR),
                                    .may_end = (ctx->user->roles & ENDERS) != 0,
                                    .guard = visit_guard(visit),
                                    .faults = form_summary(form)};
    TRY(fill_rows(ctx, &data));
    if (data.may_give) {
        TRY(fill_form(ctx, form, &data));
    }
    const struct visit_crumb crumbs[] = {{.title = words_get(ctx->lang, WORD("delegations.title"))}};
    visit_page(ctx, visit,
               &(struct visit_page){.status = status,
                                    .title = crumbs[0].title,
                                    .content = page_delegations(ctx, &data),
                                    .crumbs = crumbs,
                                    .crumbs_count = 1,
                                    .section = "delegations"});
    return NULL;
}

static const struct err *
name_of(struct ctx *ctx, struct account_id id, struct text *ret)
{
    struct account account;
    TRY(account_get(ctx, id, &account));
    *ret = account_name(ctx, &account);
    return NULL;
}

static const struct err *
fill_rows(struct ctx *ctx, struct page_delegations *page)
{
    struct delegation *items = NULL;
    size_t count = 0;
    TRY(delegations_list(ctx, (struct act_id){0}, &items, &count));
    struct page_delegations_rows *rows = ARENA_ARRAY(ctx->arena, struct page_delegations_rows, count);
    for (size_t i = 0; i < count; i++) {
        struct delegation whole;
        TRY(delegation_get(ctx, items[i].act, &whole));
        struct text *lines = ARENA_ARRAY(ctx->arena, struct text, whole.lines_count);
        for (size_t k = 0; k < whole.lines_count; k++) {
            lines[k] = power_title(ctx, &whole.lines[k]);
        }
        rows[i] = (struct page_delegations_rows){.id = whole.act.value,
                                                 .number = whole.number,
                                                 .from = whole.from,
                                                 .until = whole.until,
                                                 .published = whole.published_on,
                                                 .place = whole.published_in,
                                                 .ended = whole.ended_at_ms,
                                                 .lines = lines,
                                                 .lines_count = whole.lines_count,
                                                 .may_publish = page->may_end && whole.ended_at_ms == 0 &&
                                                                date_is_none(whole.published_on)};
        TRY(name_of(ctx, whole.delegate, &rows[i].delegate));
        TRY(name_of(ctx, whole.delegator, &rows[i].delegator));
    }
    page->rows = rows;
    page->rows_count = count;
    return NULL;
}

static const struct err *
fill_form(struct ctx *ctx, const struct form *form, struct page_delegations *page)
{
    static const struct form_field_row rows[] = {
        {.name = "number", .label = WORD("delegations.number"), .need = FORM_REQUIRED},
        {.name = "from", .label = WORD("appointments.from"), .kind = "date", .need = FORM_REQUIRED},
        {.name = "until", .label = WORD("appointments.until"), .kind = "date", .need = FORM_REQUIRED}};
    enum { FIELDS = sizeof rows / sizeof rows[0] };
    struct page_form_field *fields = ARENA_ARRAY(ctx->arena, struct page_form_field, FIELDS);
    for (size_t i = 0; i < FIELDS; i++) {
        fields[i] = *form_field(form, &rows[i]);
    }
    page->fields = fields;
    page->fields_count = FIELDS;
    struct account *accounts = NULL;
    struct page_form_choice *choices = ARENA_ARRAY(ctx->arena, struct page_form_choice, 2);
    size_t count = 0;
    TRY(accounts_list(ctx, (struct account_id){0}, STAFF_MAX, &accounts, &count));
    struct page_form_choice_options *persons = ARENA_ARRAY(ctx->arena, struct page_form_choice_options, count);
    choices[0] = (struct page_form_choice){.name = TEXT("person"),
                                           .label = words_get(ctx->lang, WORD("delegations.delegate")),
                                           .fault = form_fault_of(form, "person"),
                                           .compact = true,
                                           .required = true,
                                           .options = persons};
    for (size_t i = 0; i < count; i++) {
        unsigned held = 0;
        TRY(roles_of(ctx, accounts[i].id, &held));
        if ((held & ROLE_STAFF) == 0 || accounts[i].id.value == ctx->user->account.value) {
            continue;
        }
        const struct text id = text_printf(ctx->arena, "%lld", (long long)accounts[i].id.value);
        persons[choices[0].options_count++] =
            (struct page_form_choice_options){.value = id,
                                              .title = account_name(ctx, &accounts[i]),
                                              .chosen = text_equal(id, form_typed(form, "person"))};
    }
    struct delegation_line *powers = NULL;
    TRY(competence_powers(ctx, TEXT("director"), &powers, &count));
    struct page_form_choice_options *options = ARENA_ARRAY(ctx->arena, struct page_form_choice_options, count);
    for (size_t i = 0; i < count; i++) {
        const struct text code = power_code(ctx, &powers[i]);
        options[i] = (struct page_form_choice_options){.value = code, .title = power_title(ctx, &powers[i])};
        for (size_t k = 0; form->is_sent && k < form->visit->request->form_count; k++) {
            const struct http_pair *pair = &form->visit->request->form[k];
            options[i].chosen = options[i].chosen || (text_is(pair->name, "powers") && text_equal(pair->value, code));
        }
    }
    choices[1] = (struct page_form_choice){.name = TEXT("powers"),
                                           .label = words_get(ctx->lang, WORD("delegations.powers")),
                                           .help = words_get(ctx->lang, WORD("delegations.powers_help")),
                                           .fault = form_fault_of(form, "powers"),
                                           .required = true,
                                           .many = true,
                                           .options = options,
                                           .options_count = count};
    page->person = &choices[0];
    page->powers = &choices[1];
    return NULL;
}

/* The boxes that were ticked, each one of the powers that the law knows. */
static const struct err *
read_lines(struct ctx *ctx, struct form *form, struct delegation *draft)
{
    struct delegation_line *powers = NULL;
    size_t count = 0;
    TRY(competence_powers(ctx, TEXT("director"), &powers, &count));
    draft->lines = ARENA_ARRAY(ctx->arena, struct delegation_line, count);
    const struct http_request *request = form->visit->request;
    for (size_t i = 0; i < count; i++) {
        const struct text code = power_code(ctx, &powers[i]);
        for (size_t k = 0; k < request->form_count; k++) {
            if (text_is(request->form[k].name, "powers") && text_equal(request->form[k].value, code)) {
                draft->lines[draft->lines_count++] = powers[i];
                break;
            }
        }
    }
    if (draft->lines_count == 0) {
        form_fault(form, "powers", TEXT(""), words_get(ctx->lang, WORD("form.required")));
    }
    return NULL;
}

static struct text
power_code(struct ctx *ctx, const struct delegation_line *line)
{
    return text_printf(ctx->arena, "%.*s:%.*s", TEXT_ARG(line->act_code), TEXT_ARG(line->decision));
}

static struct text
power_title(struct ctx *ctx, const struct delegation_line *line)
{
    const struct word_hole holes[] = {HOLE_TEXT("act", law_label(ctx, line->act_code)),
                                      HOLE_TEXT("decision", law_label(ctx, line->decision))};
    return words_say(ctx, WORD("delegations.power"), holes, 2);
}
