/* A visit from its beginning to the headers of its answer; the small things that handlers answer with. */
#include "web/visit.h"

#include <assert.h>
#include <string.h>

#include "base/legal_time.h"
#include "base/world.h"
#include "http/url.h"
#include "web/dispatch_parts.h"

enum { COOKIE_LANG_SECONDS = 365 * 24 * 3600, GUEST_BYTES = 16, ONCE_BYTES = 12 };

static const char policy[] =
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; script-src 'self'; connect-src "
    "'self'; form-action 'self'; manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'";

static bool choose_lang(struct visit *visit);
static enum lang lang_of_browser(struct text accept);
static bool read_weight(struct text text, int64_t *ret);
static struct text chance_hex(struct visit *visit, size_t bytes);

void
visit_init(struct visit *visit, struct web *web, struct http_exchange *exchange)
{
    struct http_request *request = &exchange->request;
    const struct web_options *options = &web->options;
    *visit = (struct visit){.web = web, .exchange = exchange, .request = request, .reply = &exchange->reply};
    visit->ctx = (struct ctx){.arena = request->arena,
                              .law = options->law,
                              .corpora = options->corpora,
                              .kinds = options->kinds,
                              .world = options->world,
                              .today = options->today};
    if (date_is_none(options->today)) {
        visit->ctx.today = legal_day(options->world->now_ms(options->world));
    }
    const struct text accept = http_header(request, "accept");
    visit->json = text_starts(request->path, TEXT("/api/")) || text_starts(accept, TEXT("application/json"));
    if (!choose_lang(visit)) {
        visit->lang_of_browser = true;
        visit->ctx.lang = lang_of_browser(http_header(request, "accept-language"));
    }
}

void
visit_finish(struct visit *visit)
{
    struct http_reply *reply = visit->reply;
    const bool is_kept = visit->route != NULL && (visit->route->flags & ROUTE_CACHED) != 0 && reply->status < 400;
    http_reply_header(reply, "Content-Security-Policy", text_of(policy));
    http_reply_header(reply, "X-Content-Type-Options", TEXT("nosniff"));
    http_reply_header(reply, "Referrer-Policy", TEXT("same-origin"));
    http_reply_header(reply, "Cross-Origin-Opener-Policy", TEXT("same-origin"));
    http_reply_header(reply, "Cross-Origin-Resource-Policy", TEXT("same-origin"));
    http_reply_header(reply, "Permissions-Policy", TEXT("camera=(), geolocation=(), microphone=(), payment=()"));
    if (visit->request->tls) {
        http_reply_header(reply, "Strict-Transport-Security", TEXT("max-age=31536000"));
    }
    if (!is_kept) {
        http_reply_header(reply, "Cache-Control",
                          visit->ctx.user != NULL ? TEXT("no-store") : TEXT("private, no-cache"));
        http_reply_header(reply, "Vary", TEXT("Accept, Accept-Language, Cookie"));
        struct text chosen = http_query(visit->request, "lang");
        enum lang lang = LANG_NONE;
        if (chosen.len > 0 && lang_from(chosen, &lang) && lang_is_complete(lang)) {
            http_reply_cookie(visit->exchange, "lang", text_of(lang_code(lang)), COOKIE_LANG_SECONDS);
        }
    }
    if (visit->guest_is_new) {
        http_reply_cookie(visit->exchange, "guest", visit->guest, -1);
    }
}

void
visit_redirect(struct ctx *ctx, struct visit *visit, struct text url, const char *done)
{
    if (done != NULL) {
        const bool has_query = text_find_byte(url, '?') < url.len;
        url = text_printf(ctx->arena, "%.*s%sdone=%s", TEXT_ARG(url), has_query ? "&" : "?", done);
    }
    http_reply_redirect(visit->reply, url);
}

void
visit_json(struct visit *visit, int status, struct text json)
{
    visit->reply->status = status;
    visit->reply->content_type = TEXT("application/json; charset=utf-8");
    visit->reply->body = json;
}

void
visit_bytes(struct visit *visit, struct text content_type, struct text bytes, struct text filename)
{
    visit->reply->status = 200;
    visit->reply->content_type = content_type;
    visit->reply->body = bytes;
    if (filename.len > 0) {
        /* RFC 6266: the encoded form carries any letters; the plain one is for old clients. */
        const struct text encoded = url_encode(visit->ctx.arena, filename);
        const struct text value =
            text_printf(visit->ctx.arena, "attachment; filename=\"file\"; filename*=UTF-8''%.*s", TEXT_ARG(encoded));
        http_reply_header(visit->reply, "Content-Disposition", value);
    }
}

void
visit_file(struct visit *visit, struct text content_type, struct text path, struct text filename)
{
    visit_bytes(visit, content_type, TEXT(""), filename.len > 0 ? filename : TEXT("document"));
    visit->reply->file = path;
}

const struct page_form_guard *
visit_guard(struct visit *visit)
{
    struct page_form_guard *guard = ARENA_NEW(visit->ctx.arena, struct page_form_guard);
    guard->csrf = visit_csrf(visit);
    guard->once = chance_hex(visit, ONCE_BYTES);
    return guard;
}

struct text
visit_csrf(struct visit *visit)
{
    if (visit->ctx.user != NULL) {
        return visit->ctx.user->csrf;
    }
    if (visit->guest.len == 0) {
        visit->guest = http_cookie(visit->request, "guest");
        if (visit->guest.len != GUEST_BYTES * 2) {
            visit->guest = chance_hex(visit, GUEST_BYTES);
            visit->guest_is_new = true;
        }
    }
    const struct text parts[] = {TEXT("guest form "), visit->guest};
    return hash_to_hex(visit->ctx.arena, hash_of_parts(parts, 2));
}

struct text
visit_field(const struct visit *visit, const char *name)
{
    const struct text value = http_form(visit->request, name);
    return value.at == NULL ? TEXT("") : text_trim(value);
}

bool
visit_number(struct text text, int64_t *ret)
{
    return text.at != NULL && text_to_int64(text_trim(text), ret);
}

const struct err *
visit_id(struct ctx *ctx, const struct visit *visit, const char *param, int64_t *ret)
{
    int64_t id = 0;
    if (!text_to_int64(http_param(visit->request, param), &id) || id <= 0) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "no %s with this number", param);
    }
    *ret = id;
    return NULL;
}

struct text
visit_next(const struct visit *visit, struct text otherwise)
{
    struct text next = http_form(visit->request, "next");
    next = next.len > 0 ? next : http_query(visit->request, "next");
    bool is_ours = next.len > 0 && next.at[0] == '/' && !(next.len > 1 && (next.at[1] == '/' || next.at[1] == '\\'));
    for (size_t i = 0; i < next.len; i++) {
        is_ours = is_ours && (unsigned char)next.at[i] > 0x20 && next.at[i] != '\\';
    }
    return is_ours ? next : otherwise;
}

/* The address, then the cookie. False: neither chose, so the account or the browser does. */
static bool
choose_lang(struct visit *visit)
{
    const struct text chosen[] = {http_query(visit->request, "lang"), http_cookie(visit->request, "lang")};
    for (size_t i = 0; i < 2; i++) {
        enum lang lang = LANG_NONE;
        if (chosen[i].len > 0 && lang_from(chosen[i], &lang) && lang_is_complete(lang)) {
            visit->ctx.lang = lang;
            return true;
        }
    }
    return false;
}

/* RFC 9110, 12.5.4: the language of ours with the greatest weight, the first of equals; Arabic when none fits, as it is
 * the authentic one. */
static enum lang
lang_of_browser(struct text accept)
{
    enum lang best = LANG_AR;
    int64_t best_weight = 0;
    struct text range;
    while (accept.len > 0 && text_split(&accept, ',', &range)) {
        range = text_trim(range);
        const size_t end = text_find_byte(range, ';');
        int64_t weight = 1000;
        if (end < range.len) {
            const struct text q = text_trim(text_after(range, end + 1));
            if (!text_starts(q, TEXT("q=")) || !read_weight(text_after(q, 2), &weight)) {
                continue;
            }
        }
        enum lang lang = LANG_NONE;
        if (weight > best_weight && lang_from(text_trim(text_slice(range, 0, end)), &lang) && lang_is_complete(lang)) {
            best = lang;
            best_weight = weight;
        }
    }
    return best;
}

/* "0.7", "1": thousandths. */
static bool
read_weight(struct text text, int64_t *ret)
{
    int64_t weight = 0;
    int64_t place = 1000;
    for (size_t i = 0; i < text.len; i++) {
        if (i == 1 && text.at[i] == '.') {
            continue;
        }
        if (text.at[i] < '0' || text.at[i] > '9' || i > 4) {
            return false;
        }
        weight += (text.at[i] - '0') * place;
        place /= 10;
    }
    *ret = weight;
    return text.len > 0 && weight <= 1000;
}

static struct text
chance_hex(struct visit *visit, size_t bytes)
{
    uint8_t chance[32];
    assert(bytes <= sizeof chance);
    visit->ctx.world->random(visit->ctx.world, chance, bytes);
    return hex_encode(visit->ctx.arena, chance, bytes);
}
