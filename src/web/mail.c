#include "web/mail.h"

#include "web/dispatch.h"

const struct err *
mail_link(struct ctx *ctx, struct visit *visit, const struct mail_letter *letter, struct text *ret_demo)
{
    const struct web_options *options = &visit->web->options;
    if (options->demo) {
        *ret_demo = letter->path;
        return NULL;
    }
    if (options->mail == NULL) {
        visit_log_line(visit, "warning", "mail", "no outbox is set up: a letter was not sent");
        return NULL;
    }
    const struct text host = http_header(visit->request, "host");
    const struct text base =
        options->base_url.len > 0
            ? options->base_url
            : text_printf(ctx->arena, "%s://%.*s", visit->request->tls ? "https" : "http", TEXT_ARG(host));
    const struct text link = text_printf(ctx->arena, "%.*s%.*s", TEXT_ARG(base), TEXT_ARG(letter->path));
    const struct text body =
        text_printf(ctx->arena, "%.*s\n\n%.*s\n", TEXT_ARG(words_get(ctx->lang, letter->text)), TEXT_ARG(link));
    return options->mail(ctx, letter->to, words_get(ctx->lang, letter->subject), body);
}
