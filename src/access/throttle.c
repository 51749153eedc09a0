#include "access/throttle.h"

#include <arpa/inet.h>

#include "access/throttle.sql.h"
#include "base/limits.h"
#include "base/world.h"

struct text
throttle_key_email(struct arena *arena, struct text email)
{
    const struct text hex = hash_to_hex(arena, hash_of_text(email));
    return text_printf(arena, "email:%.*s", TEXT_ARG(hex));
}

struct text
throttle_key_address(struct arena *arena, struct text remote)
{
    struct in6_addr address;
    if (inet_pton(AF_INET6, text_cstr(arena, remote), &address) == 1 && !IN6_IS_ADDR_V4MAPPED(&address)) {
        const struct text hex = hex_encode(arena, address.s6_addr, 8);
        return text_printf(arena, "address:%.*s/64", TEXT_ARG(hex));
    }
    return text_printf(arena, "address:%.*s", TEXT_ARG(remote));
}

struct text
throttle_key_factor(struct arena *arena, int64_t account)
{
    return text_printf(arena, "factor:%lld", (long long)account);
}

const struct err *
throttle_wait(struct ctx *ctx, struct text key, int64_t *ret_wait_ms)
{
    struct throttle_row_row row;
    bool found = false;
    TRY(throttle_row(ctx, key, &row, &found));
    const int64_t left = found ? row.until_ms - ctx->world->now_ms(ctx->world) : 0;
    *ret_wait_ms = left > 0 ? left : 0;
    return NULL;
}

const struct err *
throttle_fail(struct ctx *ctx, struct text key, int free)
{
    struct throttle_row_row row;
    bool found = false;
    TRY(throttle_row(ctx, key, &row, &found));
    const int64_t now = ctx->world->now_ms(ctx->world);
    const bool counts = found && now - row.last_at_ms < THROTTLE_FORGET_MS;
    const int64_t failures = counts ? row.failures + 1 : 1;
    int64_t wait = 0;
    if (failures > free) {
        const int64_t doublings = failures - free - 1;
        wait = doublings >= 10 ? THROTTLE_WAIT_MS_MAX : INT64_C(1000) << doublings;
        wait = wait > THROTTLE_WAIT_MS_MAX ? THROTTLE_WAIT_MS_MAX : wait;
    }
    const struct throttle_set_in in = {.key = key, .failures = failures, .last_at_ms = now, .until_ms = now + wait};
    return throttle_set(ctx, &in);
}

const struct err *
throttle_clear(struct ctx *ctx, struct text key)
{
    return throttle_drop(ctx, key);
}
