#include "app/account_new.h"

#include <stdio.h>

#include "access/appointment.h"
#include "access/password.h"
#include "access/role.h"
#include "access/totp.h"
#include "base/world.h"

enum { PASSWORD_CHANCE_BYTES = 15, PRINTED_BYTES_MAX = 16 * 1024 };

static struct text password_new(struct ctx *ctx);
static const struct err *appoint(struct ctx *ctx, const struct account_new *account);
static void print_lines(struct arena *arena, const struct account_new *account, struct text url);
static void print_json(struct arena *arena, const struct account_new *account, struct text url);

void
account_new_name(struct account_new *account, const char *name)
{
    const struct text text = text_of(name);
    bool arabic = false;
    for (size_t at = 0; text_is_utf8(text) && at < text.len && !arabic;) {
        const uint32_t c = text_next(text, &at);
        arabic = c >= 0x620 && c <= 0x6FF;
    }
    *(arabic ? &account->name_ar : &account->name_latin) = text;
}

const struct err *
account_new_prepare(struct ctx *ctx, struct account_new *account)
{
    account->password = password_new(ctx);
    struct form_faults faults = {0};
    struct person_form form = {.email = account->email,
                               .name_ar = account->name_ar,
                               .name_latin = account->name_latin,
                               .password = account->password};
    person_check(ctx->arena, &form, &faults);
    if (faults.count > 0) {
        return FAIL(ctx->arena, ERR_INPUT, "%s: %s", faults.items[0].field, faults.items[0].message);
    }
    account->email = form.email;
    account->name_ar = form.name_ar;
    account->name_latin = form.name_latin;
    account->totp_secret = totp_secret_new(ctx->arena, ctx->world);
    return password_hash(ctx, account->password, &account->password_hash);
}

const struct err *
account_new_record(struct ctx *ctx, void *arg)
{
    struct account_new *account = arg;
    const struct account_draft draft = {
        .email = account->email,
        .name_ar = account->name_ar,
        .name_latin = account->name_latin,
        .password_hash = account->password_hash,
        .must_change = true,
        .totp_secret = account->totp_secret,
        .by = TEXT("system"),
    };
    TRY(account_open(ctx, &draft, &account->id));
    TRY(recovery_codes_make(ctx, account->id, &account->codes));
    for (size_t i = 0; i < account->roles_count; i++) {
        if (account->roles[i] == ROLE_DIRECTOR) {
            TRY(appoint(ctx, account));
        } else {
            TRY(role_give(ctx, account->id, account->roles[i]));
        }
    }
    return NULL;
}

void
account_new_print(struct arena *arena, const struct account_new *account, bool json)
{
    const struct text url = totp_url(arena, TEXT("markaz"), account->email, account->totp_secret);
    if (json) {
        print_json(arena, account, url);
    } else {
        print_lines(arena, account, url);
    }
}

/* 120 bits of chance in groups of four small letters and digits. */
static struct text
password_new(struct ctx *ctx)
{
    char chance[PASSWORD_CHANCE_BYTES];
    ctx->world->random(ctx->world, chance, sizeof chance);
    const struct text letters = base32_encode(ctx->arena, (struct text){.at = chance, .len = sizeof chance});
    struct buf buf = buf_new(ctx->arena, 64);
    for (size_t i = 0; i < letters.len; i++) {
        const char c = letters.at[i];
        if (i > 0 && i % 4 == 0) {
            buf_char(&buf, '-');
        }
        buf_char(&buf, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
    }
    return buf_built(&buf);
}

static const struct err *
appoint(struct ctx *ctx, const struct account_new *account)
{
    const struct appointment draft = {
        .account = account->id,
        .office = OFFICE_DIRECTOR,
        .from = ctx->today,
        .until = DATE_NONE,
        .basis_number = account->basis_number,
        .basis_day = account->basis_day,
    };
    struct act_id act;
    return appointment_make(ctx, &draft, &act);
}

static void
print_lines(struct arena *arena, const struct account_new *account, struct text url)
{
    const struct text secret = base32_encode(arena, account->totp_secret);
    printf("account        %lld\n", (long long)account->id.value);
    printf("e-mail         %.*s\n", TEXT_ARG(account->email));
    printf("password       %.*s   (to be changed at the first sign-in)\n", TEXT_ARG(account->password));
    printf("second factor  %.*s\n               %.*s\n", TEXT_ARG(secret), TEXT_ARG(url));
    for (size_t i = 0; i < account->codes.count; i++) {
        printf("%s%.*s\n", i == 0 ? "recovery codes " : "               ", TEXT_ARG(account->codes.items[i]));
    }
    printf("This is shown once.\n");
}

static void
print_json(struct arena *arena, const struct account_new *account, struct text url)
{
    struct buf buf = buf_new(arena, PRINTED_BYTES_MAX);
    struct json_out out = json_out(&buf);
    json_open_object(&out);
    json_member_int(&out, "account", account->id.value);
    json_member_text(&out, "email", account->email);
    json_member_text(&out, "password", account->password);
    json_member_text(&out, "totp_secret", base32_encode(arena, account->totp_secret));
    json_member_text(&out, "totp_url", url);
    json_put_name(&out, TEXT("recovery_codes"));
    json_open_array(&out);
    for (size_t i = 0; i < account->codes.count; i++) {
        json_put_text(&out, account->codes.items[i]);
    }
    json_close_array(&out);
    json_close_object(&out);
    printf("%.*s\n", TEXT_ARG(buf_built(&buf)));
}
