/* For whoever watches the machine: that the database answers, and which day the house lives in. */
#include "web/dispatch.h"
#include "web/visit.h"

static const struct err *show_health(struct ctx *ctx, struct visit *visit);

extern const struct route routes_health[];
const struct route routes_health[] = {
    {HTTP_GET, "/health", ROLE_PUBLIC, TX_READ, show_health, .flags = ROUTE_JSON, .name = "health"}, {0}};

static const struct err *
show_health(struct ctx *ctx, struct visit *visit)
{
    struct buf buf = buf_new(ctx->arena, 4096);
    struct json_out out = json_out(&buf);
    json_open_object(&out);
    json_member_text(&out, "status", TEXT("ok"));
    json_member_text(&out, "today", date_to_text(ctx->arena, ctx->today));
    if (visit->web->options.writer != NULL) {
        const struct writer_figures figures = writer_figures(visit->web->options.writer);
        json_member_int(&out, "writer_jobs", (int64_t)figures.jobs);
        json_member_int(&out, "writer_waiting", (int64_t)figures.waiting);
    }
    json_close_object(&out);
    visit_json(visit, 200, buf_built(&buf));
    return NULL;
}
