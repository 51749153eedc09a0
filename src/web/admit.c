/* Who asks, and whether he may. */
#include "web/dispatch_parts.h"

#include "base/world.h"

static bool equal_in_time(struct text a, struct text b);

const struct err *
visit_load_user(struct ctx *ctx, struct visit *visit)
{
    ctx->user = NULL;
    (void)visit;
    return NULL;
}

const struct err *
visit_check_role(struct ctx *ctx, struct visit *visit)
{
    const struct user *user = ctx->user;
    const struct route *route = visit->route;
    const unsigned held = user == NULL ? ROLE_PUBLIC : user->roles | ROLE_PUBLIC | ROLE_SIGNED_IN;
    if ((held & route->roles) == 0) {
        visit_log(visit, "warning", "denied", route->name, TEXT(""));
        return FAIL(ctx->arena, user == NULL ? ERR_NOT_SIGNED_IN : ERR_FORBIDDEN, "route %s is for other roles",
                    route->name);
    }
    if ((route->flags & ROUTE_STEP_UP) != 0 &&
        (user == NULL || user->stepped_up_until_ms <= ctx->world->now_ms(ctx->world))) {
        return FAIL(ctx->arena, ERR_STEP_UP, "route %s asks for the second factor again", route->name);
    }
    return NULL;
}

const struct err *
visit_check_csrf(struct ctx *ctx, struct visit *visit)
{
    const struct text site = http_header(visit->request, "sec-fetch-site");
    if (site.len > 0 && !text_is(site, "same-origin") && !text_is(site, "none")) {
        return FAIL(ctx->arena, ERR_CSRF, "the form was sent by another site");
    }
    struct text token = http_form(visit->request, "csrf");
    token = token.len > 0 ? token : http_header(visit->request, "x-csrf-token");
    if (!equal_in_time(token, visit_csrf(visit)) || visit->guest_is_new) {
        visit->guest_is_new = false;
        return FAIL(ctx->arena, ERR_CSRF, "the form's token is not this session's");
    }
    return NULL;
}

static bool
equal_in_time(struct text a, struct text b)
{
    unsigned char differs = a.len != b.len;
    for (size_t i = 0; i < a.len && i < b.len; i++) {
        differs |= (unsigned char)(a.at[i] ^ b.at[i]);
    }
    return differs == 0;
}
