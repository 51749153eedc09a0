#include "web/mail.h"

#include "access/outbox.h"
#include "web/dispatch.h"

const struct err *
mail_link(struct ctx *ctx, struct visit *visit, const struct mail_letter *letter, struct text *ret_demo)
{
    const struct web_options *options = &visit->web->options;
    const struct text host = http_header(visit->request, "host");
    const struct text base =
        options->base_url.len > 0
            ? options->base_url
            : text_printf(ctx->arena, "%s://%.*s", visit->request->tls ? "https" : "http", TEXT_ARG(host));
    const struct text body = text_printf(ctx->arena, "%.*s\n\n%.*s%.*s\n", TEXT_ARG(words_get(ctx->lang, letter->text)),
                                         TEXT_ARG(base), TEXT_ARG(letter->path));
    if (options->demo) {
        *ret_demo = letter->path;
    }
    return outbox_put(ctx, &(struct outbox_letter){.kind = text_of(letter->kind),
                                                   .recipient = letter->to,
                                                   .lang = ctx->lang,
                                                   .subject = words_get(ctx->lang, letter->subject),
                                                   .body = body});
}
