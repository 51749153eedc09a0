/* The log of the register of acts, for whoever checks or mirrors it (PROOFS.md): checkpoint, key, tiles, entries,
 * proofs. */
#include "acts/log.h"
#include "web/dispatch.h"
#include "web/visit.h"

static const struct err *show_resource(struct ctx *ctx, struct visit *visit);

extern const struct route routes_log[];
const struct route routes_log[] = {
    {HTTP_GET, "/log/{path*}", ROLE_PUBLIC, TX_READ, show_resource, .flags = ROUTE_CACHED, .name = "log"}, {0}};

static const struct err *
show_resource(struct ctx *ctx, struct visit *visit)
{
    struct log *log = visit->web->options.log;
    struct log_resource resource;
    if (log == NULL) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "no log is published here");
    }
    TRY(log_resource(ctx, log, http_param(visit->request, "path"), &resource));
    visit_bytes(visit, resource.content_type, resource.bytes, TEXT(""));
    http_reply_header(visit->reply, "Cache-Control",
                      resource.immutable ? TEXT("public, max-age=31536000, immutable") : TEXT("no-cache"));
    http_reply_header(visit->reply, "Access-Control-Allow-Origin", TEXT("*")); /* checkers run in other pages too */
    return NULL;
}
