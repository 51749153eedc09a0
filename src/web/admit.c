/* Who asks, and whether he may. */
#include "web/dispatch_parts.h"

#include "access/access_log.h"
#include "access/session.h"
#include "base/world.h"

enum { CHORE_BYTES = 256 * 1024 };

/* Something to write down behind an answer: nobody waits for it. */
struct chore {
    struct writer_job job; /* first */
    struct ctx ctx;
    int64_t session; /* to touch; 0: none */
    struct account_id account;
    struct text subject;
    struct text remote;
};

static const struct err *load_user(struct ctx *ctx, struct visit *visit);
static void begin_chore(const struct visit *visit, int64_t session, const char *refused);
static const struct err *do_chore(struct ctx *ctx, void *arg);
static void end_chore(struct writer_job *job, const struct err *err);

static bool equal_in_time(struct text a, struct text b);

const struct err *
visit_load_user(struct ctx *ctx, struct visit *visit)
{
    ctx->user = NULL;
    ctx->actor = TEXT("");
    if ((visit->route->flags & ROUTE_TOKEN) != 0) {
        return NULL;
    }
    TRY(load_user(ctx, visit));
    if (ctx->user != NULL && ctx->user->touch_due) {
        begin_chore(visit, ctx->user->session, NULL);
    }
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
        begin_chore(visit, 0, route->name);
        return FAIL(ctx->arena, user == NULL ? ERR_NOT_SIGNED_IN : ERR_FORBIDDEN, "route %s is for other roles",
                    route->name);
    }
    if (user != NULL && user->must_change && (route->roles & ROLE_PUBLIC) == 0 &&
        (route->flags & ROUTE_OWN_PASSWORD) == 0) {
        return FAIL(ctx->arena, ERR_MUST_CHANGE, "the password was made by somebody else");
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

static const struct err *
load_user(struct ctx *ctx, struct visit *visit)
{
    const struct text token = http_cookie(visit->request, "session");
    if (token.len == 0) {
        return NULL;
    }
    struct user *user = ARENA_NEW(ctx->arena, struct user);
    bool found = false;
    TRY(user_load(ctx, token, user, &found));
    if (!found) {
        return NULL;
    }
    ctx->user = user;
    ctx->actor = text_printf(ctx->arena, "user:%lld", (long long)user->account.value); /* as acts name him */
    const struct web_options *options = &visit->web->options;
    if (user->party.value != 0 && options->party_name != NULL) {
        TRY(options->party_name(ctx, user->party, &user->party_name));
    }
    if (visit->lang_of_browser && user->lang != LANG_NONE && user->lang != ctx->lang) {
        ctx->lang = user->lang;
        TRY(user_load(ctx, token, user, &found)); /* its name is in the reader's script */
        if (user->party.value != 0 && options->party_name != NULL) {
            TRY(options->party_name(ctx, user->party, &user->party_name));
        }
    }
    return NULL;
}

static void
begin_chore(const struct visit *visit, int64_t session, const char *refused)
{
    const struct web_options *options = &visit->web->options;
    struct arena *arena = arena_new(CHORE_BYTES);
    struct chore *chore = ARENA_NEW(arena, struct chore);
    chore->ctx = visit->ctx;
    chore->ctx.arena = arena;
    chore->ctx.tx = NULL;
    chore->ctx.user = NULL; /* it may be gone when the chore runs */
    chore->ctx.actor = text_copy(arena, visit->ctx.actor);
    chore->ctx.actor = TEXT("");
    chore->session = session;
    if (visit->ctx.user != NULL) {
        chore->account = visit->ctx.user->account;
    }
    if (refused != NULL) {
        chore->subject = text_printf(arena, "route:%s", refused);
        chore->remote = text_copy(arena, visit->request->remote);
    }
    chore->job = (struct writer_job){.ctx = &chore->ctx, .fn = do_chore, .arg = chore, .done = end_chore};
    if (options->writer == NULL || writer_submit(options->writer, &chore->job) != NULL) {
        arena_free(arena);
    }
}

static const struct err *
do_chore(struct ctx *ctx, void *arg)
{
    const struct chore *chore = arg;
    if (chore->session != 0) {
        TRY(session_touch(ctx, chore->session));
    }
    if (chore->subject.len > 0) {
        TRY(access_log_add(ctx, ACCESS_REFUSED, chore->account, chore->subject, TEXT("role"), chore->remote));
    }
    return NULL;
}

static void
end_chore(struct writer_job *job, const struct err *err)
{
    (void)err; /* a page is not refused because its footprint was not kept; the log has the refusal already */
    arena_free(job->ctx->arena);
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
