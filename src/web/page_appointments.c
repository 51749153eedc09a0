/* Who holds the offices of the Centre: recorded with its basis, since it is printed on every act that is signed
 * (REQUIREMENTS R5; 18.23/79/1, 18.23/85/1). */
#include "access/appointment.h"

#include "access/account.h"
#include "access/role.h"
#include "base/limits.h"
#include "web/form.h"
#include "web/pages/appointments.html.h"

enum { PERSONS_MAX = 200, ROWS_MAX = 400 };

static const struct err *show_appointments(struct ctx *ctx, struct visit *visit);
static const struct err *post_appointment(struct ctx *ctx, struct visit *visit);
static const struct err *post_end(struct ctx *ctx, struct visit *visit);

extern const struct route routes_appointments[];
const struct route routes_appointments[] = {
    {HTTP_GET, "/appointments", ROLE_STAFF | ROLE_DIRECTOR | ROLE_AUDITOR, TX_READ, show_appointments,
     .name = "appointments", .norm = "18.23/85/1"},
    {HTTP_POST, "/appointments", ROLE_ADMINISTRATOR, TX_WRITE, post_appointment, .name = "appointments.make",
     .norm = "18.23/85/1"},
    {HTTP_POST, "/appointments/{appointment}/end", ROLE_ADMINISTRATOR, TX_WRITE, post_end, .name = "appointments.end"},
    {0}};

static const struct err *page_with(struct ctx *ctx, struct visit *visit, const struct form *form, int status);
static const struct err *fill_rows(struct ctx *ctx, struct page_appointments *page);
static const struct err *fill_form(struct ctx *ctx, const struct form *form, struct page_appointments *page);
static const char *office_word(struct ctx *ctx, enum office office);

static const struct err *
show_appointments(struct ctx *ctx, struct visit *visit)
{
    struct form form;
    form_init(&form, ctx, visit);
    return page_with(ctx, visit, &form, 200);
}

static const struct err *
post_appointment(struct ctx *ctx, struct visit *visit)
{
    struct form form;
    struct appointment draft = {.until = DATE_NONE};
    form_init(&form, ctx, visit);
    form_number(&form, "person", FORM_REQUIRED, &draft.account.value);
    if (!office_from(visit_field(visit, "office"), &draft.office)) {
        form_fault(&form, "office", TEXT(""), words_get(ctx->lang, WORD("form.bad_choice")));
    }
    const struct text acting = visit_field(visit, "acting");
    draft.reason = text_is(acting, "vacancy")   ? ACTING_VACANCY
                   : text_is(acting, "absence") ? ACTING_ABSENCE
                                                : ACTING_NONE;
    draft.from = form_date(&form, "from", FORM_REQUIRED);
    draft.until = form_date(&form, "until", FORM_OPTIONAL);
    draft.basis_number = form_text(&form, "number", FORM_REQUIRED, NAME_BYTES_MAX);
    draft.basis_day = form_date(&form, "day", FORM_REQUIRED);
    if (!form_is_good(&form)) {
        return page_with(ctx, visit, &form, 422);
    }
    struct act_id act;
    const struct err *err = appointment_make(ctx, &draft, &act);
    if (err != NULL && (err->code == ERR_INPUT || err->code == ERR_CONFLICT || err->code == ERR_WRONG_STATE)) {
        const char *key = err->code == ERR_INPUT ? WORD("appointments.bad_dates") : WORD("appointments.taken");
        form_fault(&form, "office", TEXT(""), words_get(ctx->lang, key));
        return page_with(ctx, visit, &form, 422);
    }
    TRY(err);
    visit_redirect(ctx, visit, TEXT("/appointments"), "recorded");
    return NULL;
}

static const struct err *
post_end(struct ctx *ctx, struct visit *visit)
{
    struct act_id id;
    TRY(visit_id(ctx, visit, "appointment", &id.value));
    TRY(appointment_end(ctx, id, visit_field(visit, "reason")));
    visit_redirect(ctx, visit, TEXT("/appointments"), "recorded");
    return NULL;
}

static const struct err *
page_with(struct ctx *ctx, struct visit *visit, const struct form *form, int status)
{
    struct page_appointments data = {
        .may_make = user_has(ctx->user, ROLE_ADMINISTRATOR), .guard = visit_guard(visit), .faults = form_summary(form)};
    TRY(fill_rows(ctx, &data));
    if (data.may_make) {
        TRY(fill_form(ctx, form, &data));
    }
    const struct visit_crumb crumbs[] = {{.title = words_get(ctx->lang, WORD("appointments.title"))}};
    visit_page(ctx, visit,
               &(struct visit_page){.status = status,
                                    .title = crumbs[0].title,
                                    .content = page_appointments(ctx, &data),
                                    .crumbs = crumbs,
                                    .crumbs_count = 1,
                                    .section = "accounts",
                                    .wide = true});
    return NULL;
}

static const struct err *
fill_rows(struct ctx *ctx, struct page_appointments *page)
{
    struct page_appointments_rows *rows = ARENA_ARRAY(ctx->arena, struct page_appointments_rows, ROWS_MAX);
    for (int office = OFFICE_DIRECTOR; office < OFFICES; office++) {
        struct appointment *items = NULL;
        size_t count = 0;
        TRY(appointments_list(ctx, (enum office)office, &items, &count));
        for (size_t i = 0; i < count && page->rows_count < ROWS_MAX; i++) {
            struct account account;
            TRY(account_get(ctx, items[i].account, &account));
            rows[page->rows_count++] = (struct page_appointments_rows){
                .name = account_name(ctx, &account),
                .office = office_word(ctx, (enum office)office),
                .from = items[i].from,
                .until = items[i].until,
                .number = items[i].basis_number,
                .day = items[i].basis_day,
                .ended = items[i].ended_at_ms,
                .end_reason = text_printf(ctx->arena, "appointments.reason_%.*s", TEXT_ARG(items[i].end_reason)).at,
                .id = items[i].act.value};
        }
    }
    page->rows = rows;
    return NULL;
}

static const struct err *
fill_form(struct ctx *ctx, const struct form *form, struct page_appointments *page)
{
    static const struct form_field_row rows[] = {
        {.name = "from", .label = WORD("appointments.from"), .kind = "date", .need = FORM_REQUIRED},
        {.name = "until", .label = WORD("appointments.until"), .kind = "date", .need = FORM_OPTIONAL},
        {.name = "number", .label = WORD("appointments.number"), .need = FORM_REQUIRED},
        {.name = "day", .label = WORD("appointments.day"), .kind = "date", .need = FORM_REQUIRED}};
    struct page_form_field *fields = ARENA_ARRAY(ctx->arena, struct page_form_field, 4);
    for (size_t i = 0; i < 4; i++) {
        fields[i] = *form_field(form, &rows[i]);
    }
    page->fields = fields;
    page->fields_count = 4;
    struct account *accounts = NULL;
    size_t count = 0;
    TRY(accounts_list(ctx, (struct account_id){0}, PERSONS_MAX, &accounts, &count));
    struct page_form_choice_options *persons = ARENA_ARRAY(ctx->arena, struct page_form_choice_options, count);
    for (size_t i = 0; i < count; i++) {
        const struct text id = text_printf(ctx->arena, "%lld", (long long)accounts[i].id.value);
        persons[i] = (struct page_form_choice_options){.value = id,
                                                       .title = account_name(ctx, &accounts[i]),
                                                       .chosen = text_equal(id, form_typed(form, "person"))};
    }
    struct page_form_choice_options *offices = ARENA_ARRAY(ctx->arena, struct page_form_choice_options, OFFICES);
    for (int office = OFFICE_DIRECTOR; office < OFFICES; office++) {
        const struct text code = text_of(office_code((enum office)office));
        offices[office - 1] =
            (struct page_form_choice_options){.value = code,
                                              .title = words_get(ctx->lang, office_word(ctx, (enum office)office)),
                                              .chosen = text_equal(code, form_typed(form, "office"))};
    }
    struct page_form_choice_options *acting = ARENA_ARRAY(ctx->arena, struct page_form_choice_options, 2);
    acting[0] = (struct page_form_choice_options){.value = TEXT("vacancy"),
                                                  .title = words_get(ctx->lang, WORD("appointments.vacancy"))};
    acting[1] = (struct page_form_choice_options){.value = TEXT("absence"),
                                                  .title = words_get(ctx->lang, WORD("appointments.absence"))};
    struct page_form_choice *choices = ARENA_ARRAY(ctx->arena, struct page_form_choice, 3);
    choices[0] = (struct page_form_choice){.name = TEXT("person"),
                                           .label = words_get(ctx->lang, WORD("account.name")),
                                           .compact = true,
                                           .required = true,
                                           .options = persons,
                                           .options_count = count};
    choices[1] = (struct page_form_choice){.name = TEXT("office"),
                                           .label = words_get(ctx->lang, WORD("appointments.office")),
                                           .fault = form_fault_of(form, "office"),
                                           .compact = true,
                                           .required = true,
                                           .options = offices,
                                           .options_count = OFFICES - 1};
    choices[2] = (struct page_form_choice){.name = TEXT("acting"),
                                           .label = words_get(ctx->lang, WORD("appointments.acting")),
                                           .compact = true,
                                           .options = acting,
                                           .options_count = 2};
    page->person = &choices[0];
    page->office = &choices[1];
    page->acting = &choices[2];
    return NULL;
}

static const char *
office_word(struct ctx *ctx, enum office office)
{
    return text_printf(ctx->arena, "office.%s", office_code(office)).at;
}
