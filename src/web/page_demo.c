#include "web/page_demo.h"

#include "access/second_factor.h"
#include "access/totp.h"
#include "base/world.h"
#include "store/store.h"
#include "web/dispatch.h"

void
demo_accounts(struct ctx *ctx, const struct visit *visit, struct page_sign_in *page)
{
    const struct web_options *options = &visit->web->options;
    if (!options->demo || options->demo_accounts_count == 0) {
        return;
    }
    struct page_sign_in_demo *items = ARENA_ARRAY(ctx->arena, struct page_sign_in_demo, options->demo_accounts_count);
    for (size_t i = 0; i < options->demo_accounts_count; i++) {
        const struct web_demo_account *account = &options->demo_accounts[i];
        const char *key = text_printf(ctx->arena, "role.%.*s", TEXT_ARG(account->role)).at;
        items[i] = (struct page_sign_in_demo){
            .email = account->email,
            .password = account->password,
            .role = words_has(key) ? words_get(ctx->lang, key) : account->role,
        };
    }
    page->demo = items;
    page->demo_count = options->demo_accounts_count;
}

/* Each code is good once: whoever signs in and signs within one half minute is shown the next half minute's. */
struct used {
    struct text email;
    int64_t step;
};

static const struct err *
find_used(struct ctx *ctx, void *arg)
{
    struct used *used = arg;
    struct account account;
    bool found = false;
    TRY(account_by_email(ctx, used->email, &account, &found));
    return found ? factor_used(ctx, account.id, &used->step) : NULL;
}

struct text
demo_code(struct ctx *ctx, const struct visit *visit, struct text email)
{
    const struct web_options *options = &visit->web->options;
    for (size_t i = 0; options->demo && i < options->demo_accounts_count; i++) {
        const struct web_demo_account *account = &options->demo_accounts[i];
        if (account->totp_secret.len == 0 || !text_equal(account->email, text_trim(email))) {
            continue;
        }
        struct used used = {.email = account->email};
        if ((ctx->tx != NULL ? find_used(ctx, &used) : store_read(options->store, ctx, find_used, &used)) != NULL) {
            return TEXT("");
        }
        const int64_t now = ctx->world->now_ms(ctx->world) / TOTP_STEP_MS;
        return totp_code(ctx->arena, account->totp_secret, used.step < now ? now : used.step + 1, TOTP_DIGITS);
    }
    return TEXT("");
}
