#include "web/dispatch.h"

#include <assert.h>
#include <string.h>

#include "base/limits.h"
#include "base/world.h"
#include "web/dispatch_parts.h"

struct write_job {
    struct writer_job job; /* first */
    struct visit *visit;
};

static const struct err *read_visit(struct ctx *ctx, void *arg);
static const struct err *admit_visit(struct ctx *ctx, void *arg);
static const struct err *write_visit(struct ctx *ctx, void *arg);
static void written(struct writer_job *job, const struct err *err);
static const struct err *begin_write(struct visit *visit, bool *ret_waits);
static const struct err *begin_machine_write(struct visit *visit, bool *ret_waits);
static void leave_queue(struct visit *visit);
static void finish(struct visit *visit, const struct err *err);

const struct err *
web_init(struct arena *arena, const struct web_options *options, struct web *ret)
{
    memset(ret, 0, sizeof *ret);
    ret->options = *options;
    for (size_t i = 0; i < route_lists_count; i++) {
        for (const struct route *route = route_lists[i]; route->pattern != NULL; route++) {
            const char *fault = route_fault(route);
            if (fault != NULL) {
                return FAIL(arena, ERR_INTERNAL, "route %s: %s", route->pattern, fault);
            }
        }
    }
    return NULL;
}

bool
web_handle(void *arg, struct http_exchange *exchange)
{
    struct visit *visit = ARENA_NEW(exchange->request.arena, struct visit);
    visit_init(visit, arg, exchange);
    struct ctx *ctx = &visit->ctx;
    bool other = false;
    const struct err *err = NULL;
    bool waits = false;
    visit->route = route_find(visit->request, &other);
    if (visit->route == NULL) {
        err = FAIL(ctx->arena, other ? ERR_METHOD : ERR_NOT_FOUND, "no route");
    } else if (visit->route->tx == TX_WRITE && (visit->route->flags & ROUTE_TOKEN) != 0) {
        err = begin_machine_write(visit, &waits);
    } else if (visit->route->tx == TX_WRITE) {
        err = begin_write(visit, &waits);
    } else if (visit->route->tx == TX_READ) {
        err = store_read(visit->web->options.store, ctx, read_visit, visit);
    } else {
        err = visit->route->handler(ctx, visit);
    }
    if (waits) {
        return false;
    }
    finish(visit, err);
    return true;
}

struct http_allowance
web_allow(void *arg, const struct http_request *request)
{
    (void)arg;
    struct http_request probe = *request;
    bool other = false;
    const struct route *route = route_find(&probe, &other);
    if (route == NULL) {
        return (struct http_allowance){.refuse_status = other ? 405 : 404};
    }
    /* Documents are taken to disk before anybody is looked up, so somebody must at least seem to be signed in. */
    const bool may_upload = (route->flags & ROUTE_UPLOADS) != 0 &&
                            ((route->flags & ROUTE_TOKEN) != 0 || http_cookie(request, "session").len > 0);
    return (struct http_allowance){.body_bytes_max = BODY_BYTES_MAX, .uploads = may_upload};
}

void
web_refuse(void *arg, struct http_request *request, int status, struct http_reply *reply)
{
    struct http_exchange exchange = {.request = *request};
    struct visit visit = {0};
    visit_init(&visit, arg, &exchange);
    const enum err_code code = status == 413 || status == 414 || status == 431 ? ERR_TOO_LARGE
                               : status == 429                                 ? ERR_RATE
                               : status == 405                                 ? ERR_METHOD
                               : status == 404                                 ? ERR_NOT_FOUND
                               : status == 507                                 ? ERR_DISK_FULL
                               : status >= 500                                 ? ERR_IO
                                                                               : ERR_INPUT;
    visit_refused(&visit, status, code, TEXT(""));
    if (status == 405) {
        http_reply_header(&exchange.reply, "Allow", TEXT("GET, HEAD, POST"));
    }
    if (status == 429 || status == 503) {
        http_reply_header(&exchange.reply, "Retry-After", TEXT("30"));
    }
    visit_finish(&visit);
    *reply = exchange.reply;
}

/* Reading rows: who asks and what is answered are one snapshot. */
static const struct err *
read_visit(struct ctx *ctx, void *arg)
{
    struct visit *visit = arg;
    TRY(admit_visit(ctx, visit));
    return visit->route->handler(ctx, visit);
}

static const struct err *
admit_visit(struct ctx *ctx, void *arg)
{
    struct visit *visit = arg;
    *visit->reply = (struct http_reply){0};
    TRY(visit_load_user(ctx, visit));
    return visit_check_role(ctx, visit);
}

static const struct err *
begin_write(struct visit *visit, bool *ret_waits)
{
    struct ctx *ctx = &visit->ctx;
    const struct route *route = visit->route;
    TRY(store_read(visit->web->options.store, ctx, admit_visit, visit));
    if ((route->flags & ROUTE_TOKEN) == 0) {
        TRY(visit_check_csrf(ctx, visit));
    }
    if (route->prepare != NULL) {
        TRY(route->prepare(ctx, visit));
        if (visit->reply->status != 0) {
            return NULL; /* it answered by itself: nothing is to be written */
        }
    }
    struct write_job *job = ARENA_NEW(ctx->arena, struct write_job);
    *job = (struct write_job){.job = {.ctx = ctx, .fn = write_visit, .arg = visit, .done = written}, .visit = visit};
    TRY(writer_submit(visit->web->options.writer, &job->job));
    *ret_waits = true;
    return NULL;
}

/* Machines have a queue of a bounded size: what is too much is refused at once, before it is read (429). */
static const struct err *
begin_machine_write(struct visit *visit, bool *ret_waits)
{
    struct web *web = visit->web;
    const int64_t bytes = (int64_t)visit->request->body.len;
    const int64_t waiting = atomic_fetch_add(&web->machine_bytes, bytes);
    const struct err *err =
        waiting > 0 && waiting + bytes > TICKET_QUEUE_BYTES_MAX
            ? FAIL(visit->ctx.arena, ERR_RATE, "%lld bytes of other batches wait", (long long)waiting)
            : begin_write(visit, ret_waits);
    if (err != NULL && err->code == ERR_BUSY) {
        err = FAIL_BY(visit->ctx.arena, err, ERR_RATE, "the writer's queue is full");
    }
    if (!*ret_waits) {
        leave_queue(visit);
    }
    return err;
}

static void
leave_queue(struct visit *visit)
{
    if (visit->route != NULL && visit->route->tx == TX_WRITE && (visit->route->flags & ROUTE_TOKEN) != 0) {
        atomic_fetch_sub(&visit->web->machine_bytes, (int64_t)visit->request->body.len);
    }
}

static const struct err *
write_visit(struct ctx *ctx, void *arg)
{
    struct visit *visit = arg;
    *visit->reply = (struct http_reply){0};
    if ((visit->route->flags & ROUTE_TOKEN) != 0) {
        return visit->route->handler(ctx, visit); /* it keeps its own answers, behind the token */
    }
    bool found = false;
    TRY(answered_find(ctx, visit, &found));
    if (found) {
        return NULL;
    }
    TRY(visit->route->handler(ctx, visit));
    return answered_keep(ctx, visit);
}

static void
written(struct writer_job *job, const struct err *err)
{
    struct visit *visit = ((struct write_job *)job)->visit;
    leave_queue(visit);
    finish(visit, err);
    http_finish(visit->exchange);
}

static void
finish(struct visit *visit, const struct err *err)
{
    if (err != NULL) {
        visit_fail(visit, err);
    }
    assert(visit->reply->status != 0);
    visit_finish(visit);
}
