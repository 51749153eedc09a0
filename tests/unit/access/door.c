#include "door.h"

#include "access/access_kinds.h"
#include "access/account.sql.h"
#include "access/password.h"
#include "access/totp.h"
#include "acts/act.h"
#include "base/legal_time.h"
#include "base/limits.h"
#include "law_of_tests.h"

static const struct act_kind *const kind_lists[] = {access_kinds};
static const struct act_projection *const projection_lists[] = {access_projections};
static const struct act_kinds kinds = {
    .lists = kind_lists, .count = 1, .projections = projection_lists, .projections_count = 1};

struct ctx *
door_open(struct place *place)
{
    password_cost = (struct password_cost){.passes = 1, .memory_bytes = 8192};
    place->ctx.kinds = &kinds;
    place->ctx.law = law_of_tests();
    place->ctx.lang = LANG_FR;
    return &place->ctx;
}

void
door_begin(struct ctx *ctx, struct place *place)
{
    MUST(ctx->arena, tx_begin(place->store, ctx, TX_WRITE));
}

void
door_commit(struct ctx *ctx)
{
    MUST(ctx->arena, tx_commit(ctx));
}

void
door_wait(struct ctx *ctx, struct place *place, int64_t ms)
{
    place->world.at_ms += ms;
    ctx->today = legal_day(place->world.at_ms);
}

struct account_id
door_account(struct ctx *ctx, struct place *place, const char *email)
{
    struct account_draft draft = {.email = text_of(email),
                                  .name_ar = TEXT("سعاد بناني"),
                                  .name_latin = TEXT("Souad Bennani"),
                                  .by = TEXT("test")};
    MUST(ctx->arena, password_hash(ctx, TEXT(PASSWORD), &draft.password_hash));
    struct account_id id = {0};
    door_begin(ctx, place);
    MUST(ctx->arena, account_open(ctx, &draft, &id));
    door_commit(ctx);
    return id;
}

struct account_id
door_officer(struct ctx *ctx, struct place *place, const char *email, enum role role)
{
    const struct account_id id = door_account(ctx, place, email);
    door_begin(ctx, place);
    MUST(ctx->arena, role_give(ctx, id, role));
    door_commit(ctx);
    return id;
}

struct signed_in
door_sign_in(struct ctx *ctx, struct place *place, const char *email, const char *password, const char *remote)
{
    struct sign_in sign_in = {
        .email = text_of(email), .password = text_of(password), .remote = text_of(remote), .agent = TEXT("a browser")};
    MUST(ctx->arena, tx_begin(place->store, ctx, TX_READ));
    MUST(ctx->arena, sign_in_check(ctx, &sign_in));
    tx_rollback(ctx);
    struct signed_in done = {0};
    door_begin(ctx, place);
    MUST(ctx->arena, sign_in_record(ctx, &sign_in, &done));
    door_commit(ctx);
    return done;
}

bool
door_user(struct ctx *ctx, struct place *place, struct text token, struct user *ret)
{
    bool found = false;
    MUST(ctx->arena, tx_begin(place->store, ctx, TX_READ));
    MUST(ctx->arena, user_load(ctx, token, ret, &found));
    tx_rollback(ctx);
    return found;
}

struct user *
door_as(struct ctx *ctx, struct place *place, struct account_id account)
{
    struct user *user = ARENA_NEW(ctx->arena, struct user);
    *user = (struct user){
        .account = account, .second_factor = true, .stepped_up_until_ms = place->world.at_ms + STEP_UP_MS};
    MUST(ctx->arena, tx_begin(place->store, ctx, TX_READ));
    MUST(ctx->arena, roles_of(ctx, account, &user->roles));
    tx_rollback(ctx);
    return user;
}

struct text
door_code(struct place *place, struct text secret)
{
    return totp_code(place->ctx.arena, secret, place->world.at_ms / TOTP_STEP_MS, TOTP_DIGITS);
}

struct text
door_enrol(struct ctx *ctx, struct place *place, struct account_id account)
{
    const struct text secret = totp_secret_new(ctx->arena, ctx->world);
    int64_t changed = 0;
    door_begin(ctx, place);
    MUST(ctx->arena, totp_offer(ctx, account, secret, &changed));
    MUST(ctx->arena, totp_accept(ctx, account, 1, &changed));
    door_commit(ctx);
    return secret;
}

struct signed_in
door_second_step(struct ctx *ctx, struct place *place, struct text token, struct text code)
{
    struct signed_in done = {0};
    door_begin(ctx, place);
    MUST(ctx->arena, second_factor_record(ctx, token, code, &done));
    door_commit(ctx);
    return done;
}
