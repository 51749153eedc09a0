/* Errors: told to the reader in a sentence of his language, to the log in one line, joined by an incident number. */
#include "web/dispatch_parts.h"

#include <stdio.h>
#include <string.h>

#include "base/legal_time.h"
#include "base/world.h"
#include "http/url.h"
#include "web/kept.h"
#include "web/pages/error.html.h"

enum { LOG_BYTES_MAX = 16384, INCIDENT_BYTES = 5 };

static struct text incident_new(struct visit *visit);
static void fail_json(struct visit *visit, int status, enum err_code code, struct text incident);

void
visit_fail(struct visit *visit, const struct err *err)
{
    static const char *const levels[] = {[LOG_ERROR] = "error", [LOG_WARNING] = "warning", [LOG_INFO] = "info"};
    struct ctx *ctx = &visit->ctx;
    const enum err_code code = err_http_status(err->code) == 500 ? err_root(err) : err->code;
    *visit->reply = (struct http_reply){0};
    const bool is_read = visit->request->method != HTTP_POST && !visit->json;
    if (is_read && code == ERR_MUST_CHANGE) {
        visit_redirect(ctx, visit, TEXT("/account/password"), NULL);
        return;
    }
    if (is_read && (code == ERR_NOT_SIGNED_IN || code == ERR_STEP_UP)) {
        const struct text next = url_encode(ctx->arena, visit->request->path);
        const char *page = code == ERR_STEP_UP ? "/step-up" : "/sign-in";
        visit_redirect(ctx, visit, text_printf(ctx->arena, "%s?next=%.*s", page, TEXT_ARG(next)), NULL);
        return;
    }
    if (!visit->json && visit->request->method == HTTP_POST && (code == ERR_NOT_SIGNED_IN || code == ERR_STEP_UP)) {
        if (code == ERR_NOT_SIGNED_IN) {
            sign_in_for_refused(ctx, visit);
        } else {
            step_up_for_refused(ctx, visit);
        }
        return;
    }
    const enum log_level level = err_log_level(code);
    const struct text incident = level == LOG_INFO ? TEXT("") : incident_new(visit);
    if (level != LOG_INFO) {
        visit_log(visit, levels[level], err_name(code), err_print(ctx->arena, err), incident);
    }
    visit_refused(visit, err_http_status(code), code, incident);
    if (err_http_status(code) == 503 || err_http_status(code) == 429) {
        http_reply_header(visit->reply, "Retry-After", code == ERR_RATE ? TEXT("1") : TEXT("5"));
    }
}

void
visit_refused(struct visit *visit, int status, enum err_code code, struct text incident)
{
    struct ctx *ctx = &visit->ctx;
    if (visit->json || (visit->route != NULL && (visit->route->flags & ROUTE_JSON) != 0)) {
        fail_json(visit, status, code, incident);
        return;
    }
    const struct page_error data = {.status = status,
                                    .sentence = err_message(code),
                                    .incident = incident,
                                    .is_lost = status == 404,
                                    .is_away = status >= 500,
                                    .is_guest = ctx->user == NULL && status == 401};
    visit_page(ctx, visit,
               &(struct visit_page){.status = status,
                                    .title = words_get(ctx->lang, err_message(code)),
                                    .content = page_error(ctx, &data)});
}

void
visit_log(const struct visit *visit, const char *level, const char *event, const char *detail, struct text incident)
{
    struct arena *arena DEFER(arena_free_at) = arena_new(LOG_BYTES_MAX * 8);
    struct buf buf = buf_new(arena, LOG_BYTES_MAX);
    struct json_out out = json_out(&buf);
    json_open_object(&out);
    const struct ctx *ctx = &visit->ctx;
    json_member_text(&out, "at", legal_time_text(arena, ctx->world->now_ms(ctx->world)));
    json_member_text(&out, "level", text_of(level));
    json_member_text(&out, "event", text_of(event));
    json_member_text(&out, "path", visit->request->path);
    json_member_text(&out, "remote", visit->request->remote);
    if (ctx->user != NULL) {
        json_member_int(&out, "account", ctx->user->account.value);
    }
    if (incident.len > 0) {
        json_member_text(&out, "incident", incident);
    }
    json_member_text(&out, "detail", text_slice(text_of(detail), 0, strnlen(detail, LOG_BYTES_MAX / 8)));
    json_close_object(&out);
    const struct web_options *options = &visit->web->options;
    if (options->say != NULL) {
        options->say(options->say_arg, buf_built(&buf));
    } else {
        fprintf(stderr, "%.*s\n", TEXT_ARG(buf_built(&buf)));
    }
}

void
visit_log_line(const struct visit *visit, const char *level, const char *event, const char *detail)
{
    visit_log(visit, level, event, detail, TEXT(""));
}

static struct text
incident_new(struct visit *visit)
{
    uint8_t chance[INCIDENT_BYTES];
    visit->ctx.world->random(visit->ctx.world, chance, sizeof chance);
    return hex_encode(visit->ctx.arena, chance, sizeof chance);
}

static void
fail_json(struct visit *visit, int status, enum err_code code, struct text incident)
{
    struct ctx *ctx = &visit->ctx;
    struct buf buf = buf_new(ctx->arena, LOG_BYTES_MAX);
    struct json_out out = json_out(&buf);
    json_open_object(&out);
    json_put_name(&out, TEXT("error"));
    json_open_object(&out);
    json_member_text(&out, "code", text_of(err_name(code)));
    json_member_text(&out, "message", words_get(ctx->lang, err_message(code)));
    if (incident.len > 0) {
        json_member_text(&out, "incident", incident);
    }
    json_close_object(&out);
    json_close_object(&out);
    visit_json(visit, status, buf_built(&buf));
}
