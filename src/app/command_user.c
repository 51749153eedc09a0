#include <stdio.h>
#include <string.h>

#include "access/role.h"
#include "app/account_new.h"
#include "app/command.h"
#include "app/house_write.h"
#include "app/world_real.h"

static int run(struct arena *arena, int argc, char **argv);

const struct command command_user = {
    .name = "user",
    .usage =
        "user add --data DIR --email E --name NAME [--name NAME] [--role ROLE ...] [--basis NUMBER --basis-day DATE]\n"
        "user list --data DIR [--json]\n"
        "user disable --data DIR --email E --reason WHY",
    .summary = {[LANG_AR] = "يفتح حسابات العاملين بالمركز ويسردها ويعطلها.",
                [LANG_FR] = "Ouvre, liste et ferme les comptes de la maison.",
                [LANG_EN] = "Opens, lists and disables accounts."},
    .details =
        "Roles: officer, secretary, member, inspector, accountant, administrator, auditor, counter, and director, "
        "who is appointed from today on the basis given. A name goes to the script it is written in; it may be "
        "given twice, in Arabic and in Latin letters. add prints a password, the secret of the second factor and "
        "recovery codes, once. The house must not be served meanwhile: an administrator does all this in the pages.\n",
    .run = run,
};

/* What the command was told. */
struct given {
    const char *email;
    const char *reason;
    const char *basis;
    struct date basis_day;
    struct account_new account;
    struct options options;
};

static const struct err *read_all(struct arena *arena, int argc, char **argv, struct given *ret);
static const struct err *one_name(struct arena *arena, void *arg, const char *value);
static const struct err *one_role(struct arena *arena, void *arg, const char *value);
static const struct err *add(struct arena *arena, struct given *given);
static const struct err *list(struct arena *arena, struct given *given);
static const struct err *disable(struct arena *arena, struct given *given);
static const struct err *disable_one(struct ctx *ctx, void *arg);
static const struct err *list_all(struct ctx *ctx, void *arg);
static void print_account(struct ctx *ctx, const struct account *account, unsigned roles, bool json);

static int
run(struct arena *arena, int argc, char **argv)
{
    struct given given = {.basis_day = DATE_NONE};
    const struct err *err = read_all(arena, argc, argv, &given);
    if (err != NULL) {
        return command_misused(arena, &command_user, err);
    }
    const char *what = given.options.rest[0];
    if (strcmp(what, "add") == 0) {
        return command_end(arena, add(arena, &given));
    }
    return command_end(arena, strcmp(what, "list") == 0 ? list(arena, &given) : disable(arena, &given));
}

static const struct err *
read_all(struct arena *arena, int argc, char **argv, struct given *ret)
{
    const struct option_row rows[] = {
        {.name = "email", .text = &ret->email},
        {.name = "reason", .text = &ret->reason},
        {.name = "basis", .text = &ret->basis},
        {.name = "basis-day", .date = &ret->basis_day},
        {.name = "name", .each = one_name, .each_arg = &ret->account},
        {.name = "role", .each = one_role, .each_arg = &ret->account},
    };
    TRY(options_read(
        arena, argc, argv,
        &(struct options_taken){.common = OPTIONS_HOUSE | OPTION_JSON, OPTION_ROWS(rows), .rest_min = 1, .rest_max = 1},
        &ret->options));
    const char *what = ret->options.rest[0];
    const bool adds = strcmp(what, "add") == 0;
    const bool disables = strcmp(what, "disable") == 0;
    if (!adds && !disables && strcmp(what, "list") != 0) {
        return FAIL(arena, ERR_USAGE, "user add, list or disable; not %s", what);
    }
    const bool named = ret->account.name_ar.len > 0 || ret->account.name_latin.len > 0;
    if ((adds && (ret->email == NULL || !named)) || (disables && (ret->email == NULL || ret->reason == NULL))) {
        return FAIL(arena, ERR_USAGE, adds ? "--email and --name must be given" : "--email and --reason must be given");
    }
    for (size_t i = 0; i < ret->account.roles_count; i++) {
        if (ret->account.roles[i] == ROLE_DIRECTOR && (ret->basis == NULL || date_is_none(ret->basis_day))) {
            return FAIL(arena, ERR_USAGE, "a director is appointed on a --basis with its --basis-day");
        }
    }
    ret->account.email = text_of(ret->email);
    ret->account.basis_number = text_of(ret->basis);
    ret->account.basis_day = ret->basis_day;
    return NULL;
}

static const struct err *
one_name(struct arena *arena, void *arg, const char *value)
{
    (void)arena;
    account_new_name(arg, value);
    return NULL;
}

static const struct err *
one_role(struct arena *arena, void *arg, const char *value)
{
    struct account_new *account = arg;
    enum role role = ROLE_DIRECTOR;
    if (strcmp(value, "director") != 0 && !role_from(text_of(value), &role)) {
        return FAIL(arena, ERR_USAGE, "%s is not a role", value);
    }
    if (account->roles_count == ACCOUNT_ROLES_MAX) {
        return FAIL(arena, ERR_USAGE, "too many roles");
    }
    account->roles[account->roles_count++] = role;
    return NULL;
}

static const struct err *
add(struct arena *arena, struct given *given)
{
    struct ctx ctx = {.arena = arena, .world = world_real()};
    TRY(account_new_prepare(&ctx, &given->account));
    const struct house_writing writing = {
        .options = &given->options, .how = HOUSE_OPEN, .fn = account_new_record, .arg = &given->account};
    TRY(house_write(arena, &writing));
    account_new_print(arena, &given->account, given->options.json);
    return NULL;
}

static const struct err *
list(struct arena *arena, struct given *given)
{
    DEFER(house_close) struct house house = {0};
    TRY(house_open(arena, &given->options, HOUSE_OPEN, &house));
    return store_read(house.store, &house.ctx, list_all, given);
}

static const struct err *
disable(struct arena *arena, struct given *given)
{
    const struct house_writing writing = {
        .options = &given->options, .how = HOUSE_OPEN, .fn = disable_one, .arg = given};
    return house_write(arena, &writing);
}

static const struct err *
disable_one(struct ctx *ctx, void *arg)
{
    const struct given *given = arg;
    struct text email;
    struct account account;
    bool found = false;
    if (email_normalise(ctx->arena, text_of(given->email), &email)) {
        TRY(account_by_email(ctx, email, &account, &found));
    }
    if (!found) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "no account has the e-mail %s", given->email);
    }
    return account_disable(ctx, account.id, text_of(given->reason));
}

static const struct err *
list_all(struct ctx *ctx, void *arg)
{
    const struct given *given = arg;
    struct account_id after = {0};
    for (;;) {
        struct account *accounts = NULL;
        size_t count = 0;
        const struct arena_mark mark = arena_mark(ctx->arena);
        TRY(accounts_list(ctx, after, 200, &accounts, &count));
        for (size_t i = 0; i < count; i++) {
            unsigned roles = 0;
            TRY(roles_of(ctx, accounts[i].id, &roles));
            print_account(ctx, &accounts[i], roles, given->options.json);
            after = accounts[i].id;
        }
        arena_rewind(ctx->arena, mark);
        if (count < 200) {
            return NULL;
        }
    }
}

/* A line of text, or a line of JSON. */
static void
print_account(struct ctx *ctx, const struct account *account, unsigned roles, bool json)
{
    struct buf buf = buf_new(ctx->arena, 8192);
    struct json_out out = json_out(&buf);
    struct buf words = buf_new(ctx->arena, 1024);
    json_open_object(&out);
    json_member_int(&out, "account", account->id.value);
    json_member_text(&out, "email", account->email.at == NULL ? TEXT("") : account->email);
    json_member_text(&out, "name", account_name(ctx, account));
    json_put_name(&out, TEXT("roles"));
    json_open_array(&out);
    for (unsigned bit = ROLE_APPLICANT; bit <= ROLE_STAFF; bit <<= 1) {
        if ((roles & bit) != 0) {
            json_put_text(&out, text_of(role_code((enum role)bit)));
            buf_printf(&words, "%s%s", words.len == 0 ? "" : " ", role_code((enum role)bit));
        }
    }
    json_close_array(&out);
    json_member_bool(&out, "disabled", !date_is_none(account->disabled_on));
    json_close_object(&out);
    if (json) {
        printf("%.*s\n", TEXT_ARG(buf_built(&buf)));
        return;
    }
    const struct text name = account_name(ctx, account);
    const char *disabled = date_is_none(account->disabled_on) ? "" : "  (disabled)";
    printf("%6lld  %-32.*s  %.*s  [%.*s]%s\n", (long long)account->id.value, TEXT_ARG(account->email), TEXT_ARG(name),
           TEXT_ARG(buf_built(&words)), disabled);
}
