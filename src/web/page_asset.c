/* Static files and fonts, for everybody and for long. */
#include "web/asset.h"

#include <assert.h>

#include "web/dispatch.h"
#include "web/visit.h"

static const struct err *show_asset(struct ctx *ctx, struct visit *visit);
static const struct err *show_font(struct ctx *ctx, struct visit *visit);
static const struct err *show_robots(struct ctx *ctx, struct visit *visit);

extern const struct route routes_asset[];
const struct route routes_asset[] = {
    {HTTP_GET, "/static/{hash}/{name}", ROLE_PUBLIC, 0, show_asset, .flags = ROUTE_CACHED, .name = "asset"},
    {HTTP_GET, "/fonts/{name}", ROLE_PUBLIC, 0, show_font, .flags = ROUTE_CACHED, .name = "font"},
    {HTTP_GET, "/robots.txt", ROLE_PUBLIC, 0, show_robots, .flags = ROUTE_CACHED, .name = "robots"},
    {0}};

struct text
asset_url(const char *name)
{
    for (size_t i = 0; i < assets_count; i++) {
        if (text_is(assets[i].name, name)) {
            return assets[i].url;
        }
    }
    assert(!"an asset that does not exist");
    return (struct text){0};
}

static const struct err *
show_asset(struct ctx *ctx, struct visit *visit)
{
    for (size_t i = 0; i < assets_count; i++) {
        const struct asset *asset = &assets[i];
        if (!text_equal(asset->url, visit->request->path)) {
            continue;
        }
        http_reply_header(visit->reply, "Cache-Control", TEXT("public, max-age=31536000, immutable"));
        if (http_reply_unchanged(visit->exchange, asset->etag)) {
            return NULL;
        }
        const struct text accept = http_header(visit->request, "accept-encoding");
        bool is_packed = false;
        struct text rest = accept;
        struct text part;
        while (asset->packed.len > 0 && rest.len > 0 && text_split(&rest, ',', &part)) {
            is_packed = is_packed || text_is(text_trim(part), "gzip");
        }
        visit->reply->status = 200;
        visit->reply->content_type = asset->content_type;
        visit->reply->body = is_packed ? asset->packed : asset->bytes;
        http_reply_header(visit->reply, "Vary", TEXT("Accept-Encoding"));
        if (is_packed) {
            http_reply_header(visit->reply, "Content-Encoding", TEXT("gzip"));
        }
        return NULL;
    }
    return FAIL(ctx->arena, ERR_NOT_FOUND, "no such file");
}

/* Names of the package's files only: letters, digits, hyphens, .woff2. */
static const struct err *
show_font(struct ctx *ctx, struct visit *visit)
{
    const struct text name = http_param(visit->request, "name");
    const struct text folder = visit->web->options.fonts;
    bool is_good = folder.len > 0 && text_ends(name, TEXT(".woff2"));
    for (size_t i = 0; is_good && i + 6 < name.len; i++) {
        const char byte = name.at[i];
        is_good = (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '-';
    }
    if (!is_good) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "no such font");
    }
    http_reply_header(visit->reply, "Cache-Control", TEXT("public, max-age=2592000"));
    visit->reply->status = 200;
    visit->reply->content_type = TEXT("font/woff2");
    visit->reply->file = text_printf(ctx->arena, "%.*s/%.*s", TEXT_ARG(folder), TEXT_ARG(name));
    return NULL;
}

static const struct err *
show_robots(struct ctx *ctx, struct visit *visit)
{
    (void)ctx;
    visit_bytes(visit, TEXT("text/plain; charset=utf-8"), TEXT("User-agent: *\nDisallow: /api/\nDisallow: /account\n"),
                TEXT(""));
    return NULL;
}
