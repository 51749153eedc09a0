/* The house of the demonstration on its first day. */
#include "access/account.h"
#include "access/appointment.h"
#include "access/delegation.h"
#include "access/role.h"
#include "access/totp.h"
#include "acts/corpus.h"
#include "app/demo.h"
#include "registry/data.h"

/* The accounts of the sign-in page. */
struct seat {
    const char *email;
    const char *shown; /* a word role.NAME */
    unsigned role;     /* 0: none is given */
    uint64_t name;
};
enum { DIRECTOR = 0, DELEGATE, OFFICER, SEATS = 11 };
static const struct seat seats[SEATS] = {
    [DIRECTOR] = {"director@demo.example", "director", 0, 2},
    [DELEGATE] = {"delegate@demo.example", "delegate", ROLE_SECRETARY, 5},
    [OFFICER] = {"officer@demo.example", "officer", ROLE_OFFICER, 8},
    {"secretary@demo.example", "secretary", ROLE_SECRETARY, 11},
    {"inspector@demo.example", "inspector", ROLE_INSPECTOR, 14},
    {"accountant@demo.example", "accountant", ROLE_ACCOUNTANT, 17},
    {"auditor@demo.example", "auditor", ROLE_AUDITOR, 20},
    {"counter@demo.example", "counter", ROLE_COUNTER, 23},
    {"administrator@demo.example", "administrator", ROLE_ADMINISTRATOR, 26},
    {"member@demo.example", "member", ROLE_MEMBER, 29},
    {"newcomer@demo.example", "applicant", 0, 31}, /* without a company yet */
};

static const struct err *open_seat(struct demo *demo, struct ctx *ctx, const struct seat *seat,
                                   struct demo_person *ret);
static const struct err *appoint(struct demo *demo, struct ctx *ctx);
static const struct err *delegate(struct demo *demo, struct ctx *ctx);
static const struct err *take_over(struct demo *demo, struct ctx *ctx, size_t number);

const struct err *
demo_found(struct demo *demo, struct ctx *ctx)
{
    demo_as_system(ctx);
    struct act act;
    TRY(corpus_adopt(ctx, demo->law, TEXT("the corpus of this version"), &act));
    ctx->law = demo->law;
    struct demo_person other;
    for (size_t i = 0; i < SEATS; i++) {
        struct demo_person *person = i == DIRECTOR   ? &demo->director
                                     : i == DELEGATE ? &demo->delegate
                                     : i == OFFICER  ? &demo->officers[0]
                                                     : &other;
        TRY(open_seat(demo, ctx, &seats[i], person));
    }
    for (size_t i = 1; i < DEMO_OFFICERS; i++) {
        struct demo_person *person = &demo->officers[i];
        *person = (struct demo_person){.name = demo_person_name(demo->arena, 31 + i * 3)};
        person->email = demo_email(demo->arena, person->name.latin, i, "demo.example");
        TRY(demo_account(demo, ctx, person, false));
        TRY(role_give(ctx, person->account, ROLE_OFFICER));
        person->roles = ROLE_OFFICER | ROLE_STAFF;
    }
    TRY(appoint(demo, ctx));
    TRY(delegate(demo, ctx));
    for (size_t i = 1; i <= demo->old_companies; i++) {
        const struct arena_mark mark = arena_mark(ctx->arena);
        TRY(take_over(demo, ctx, i));
        arena_rewind(ctx->arena, mark);
    }
    return NULL;
}

const struct err *
demo_account(struct demo *demo, struct ctx *ctx, struct demo_person *person, bool signs_in)
{
    const struct account_draft draft = {.email = person->email,
                                        .name_ar = person->name.ar,
                                        .name_latin = person->name.latin,
                                        .password_hash = signs_in ? demo->password_hash : TEXT(""),
                                        .by = TEXT("sign_up")};
    return account_open(ctx, &draft, &person->account);
}

/* Applicants have no second factor; those of the house have one, and the page says its code. */
static const struct err *
open_seat(struct demo *demo, struct ctx *ctx, const struct seat *seat, struct demo_person *ret)
{
    const bool of_house = !text_is(text_of(seat->shown), "applicant");
    *ret = (struct demo_person){.name = demo_person_name(demo->arena, seat->name),
                                .email = text_of(seat->email),
                                .roles = seat->role | (seat->role != 0 ? ROLE_STAFF : 0)};
    const struct account_draft draft = {
        .email = ret->email,
        .name_ar = ret->name.ar,
        .name_latin = ret->name.latin,
        .password_hash = demo->password_hash,
        .totp_secret = of_house ? totp_secret_new(demo->arena, ctx->world) : TEXT(""),
        .by = of_house ? TEXT("system") : TEXT("sign_up"),
    };
    TRY(account_open(ctx, &draft, &ret->account));
    if (seat->role != 0) {
        TRY(role_give(ctx, ret->account, (enum role)seat->role));
    }
    demo->accounts[demo->accounts_count++] = (struct web_demo_account){.email = ret->email,
                                                                       .password = TEXT(DEMO_PASSWORD),
                                                                       .role = text_of(seat->shown),
                                                                       .totp_secret = draft.totp_secret};
    return NULL;
}

static const struct err *
appoint(struct demo *demo, struct ctx *ctx)
{
    const struct appointment draft = {.account = demo->director.account,
                                      .office = OFFICE_DIRECTOR,
                                      .from = ctx->today,
                                      .until = DATE_NONE,
                                      .basis_number = TEXT("DEMO-1"), /* no decree has such a number */
                                      .basis_day = {demo->began.days - 12}};
    struct act_id act;
    TRY(appointment_make(ctx, &draft, &act));
    demo->director.roles = ROLE_DIRECTOR;
    return NULL;
}

static const struct err *
delegate(struct demo *demo, struct ctx *ctx)
{
    struct delegation_line lines[] = {{TEXT_INIT("production_licence"), TEXT_INIT("grant")},
                                      {TEXT_INIT("shooting_permit"), TEXT_INIT("grant")},
                                      {TEXT_INIT("import_licence"), TEXT_INIT("grant")}};
    const struct delegation draft = {.delegate = demo->delegate.account,
                                     .number = TEXT("1-DEMO"),
                                     .signed_on = ctx->today,
                                     .from = ctx->today,
                                     .until = {demo->today.days + 200},
                                     .published_on = DATE_NONE,
                                     .lines = lines,
                                     .lines_count = sizeof lines / sizeof lines[0]};
    struct act_id act;
    demo_as(demo, ctx, &demo->director, (struct party_id){0});
    TRY(delegation_give(ctx, &draft, &act));
    TRY(delegation_publish(ctx, act, ctx->today, TEXT("Bulletin of the demonstration, no. 1")));
    demo_as_system(ctx);
    demo->delegate.roles |= ROLE_DIRECTOR;
    return NULL;
}

/* A licence under Law 20.99, given in one of the invented years before. */
static const struct err *
take_over(struct demo *demo, struct ctx *ctx, size_t number)
{
    struct demo_company *company = &demo->companies[number];
    static const char *const series[] = {"PROD", "PROD", "PROD", "DIST", "EXPL", "PROD"};
    const int32_t days = 200 + (int32_t)demo_die(demo, 360 * (demo->years < 5 ? 8 : 2 * demo->years));
    company->licensed_on = (struct date){demo->began.days - days};
    int year, month, day;
    date_to_civil(company->licensed_on, &year, &month, &day);
    TRY(party_register(ctx, &company->draft, &company->party));
    const struct taking_over taking_over = {
        .party = company->party,
        .kind = text_of(company->holds),
        .number = text_printf(ctx->arena, "DEMO/%s/%d/%03zu", series[number % 6], year, number),
        .granted_on = company->licensed_on,
        .valid_until = DATE_NONE,
        .status = INSTRUMENT_GRANTED,
        .status_on = company->licensed_on,
        .legal_basis = TEXT("20.99"),
        .source = TEXT("demonstration"),
    };
    return instrument_take_over(ctx, &taking_over, &company->licence);
}
