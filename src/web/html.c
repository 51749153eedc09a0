#include "web/html.h"

#include "base/legal_time.h"
#include "http/url.h"
#include "web/locale.h"

/* A page of 200 rows takes about 200 KiB; a catalogue printed whole a few MiB. */
enum { PAGE_BYTES_MAX = 16 * 1024 * 1024 };

struct html_out
html_out_new(struct ctx *ctx)
{
    struct buf *buf = ARENA_NEW(ctx->arena, struct buf);
    *buf = buf_new(ctx->arena, PAGE_BYTES_MAX);
    return (struct html_out){.buf = buf, .ctx = ctx};
}

struct html
html_built(const struct html_out *out)
{
    return (struct html){.text = buf_built(out->buf)};
}

struct html
html_from_svg(struct text svg)
{
    return (struct html){.text = svg};
}

void
html_escape(struct buf *buf, struct text text)
{
    if (text.len == 0) {
        return; /* an absent text stands nowhere */
    }
    size_t from = 0;
    for (size_t i = 0; i < text.len; i++) {
        const char *entity = NULL;
        switch (text.at[i]) {
        case '&':
            entity = "&amp;";
            break;
        case '<':
            entity = "&lt;";
            break;
        case '>':
            entity = "&gt;";
            break;
        case '"':
            entity = "&#34;";
            break;
        case '\'':
            entity = "&#39;";
            break;
        default:
            continue;
        }
        buf_bytes(buf, text.at + from, i - from);
        buf_cstr(buf, entity);
        from = i + 1;
    }
    buf_bytes(buf, text.at + from, text.len - from);
}

void
html_literal(struct html_out *out, const char *at, size_t len)
{
    buf_bytes(out->buf, at, len);
}

void
html_say(struct html_out *out, const char *key, const struct word_hole *holes, size_t count, enum words_for what_for)
{
    words_print(out->buf, out->ctx, key, holes, count, what_for);
}

void
html_lang(struct html_out *out)
{
    buf_cstr(out->buf, lang_code(out->ctx->lang));
}

void
html_dir(struct html_out *out)
{
    buf_cstr(out->buf, lang_is_rtl(out->ctx->lang) ? "rtl" : "ltr");
}

void
html_text(struct html_out *out, struct text text)
{
    html_escape(out->buf, text);
}

void
html_user(struct html_out *out, struct text text)
{
    buf_cstr(out->buf, "<bdi>");
    html_escape(out->buf, text);
    buf_cstr(out->buf, "</bdi>");
}

void
html_url(struct html_out *out, struct text url)
{
    buf_cstr(out->buf, "<bdi dir=\"ltr\">");
    html_escape(out->buf, url);
    buf_cstr(out->buf, "</bdi>");
}

void
html_word(struct html_out *out, const char *key)
{
    html_say(out, key, NULL, 0, WORDS_HTML);
}

void
html_int(struct html_out *out, int64_t number)
{
    buf_text(out->buf, locale_int(out->ctx->arena, out->ctx->lang, number));
}

void
html_number(struct html_out *out, int64_t number)
{
    buf_int(out->buf, number);
}

void
html_money(struct html_out *out, struct money money)
{
    buf_cstr(out->buf, "<span class=\"money\">");
    html_escape(out->buf, locale_money(out->ctx->arena, out->ctx->lang, money));
    buf_cstr(out->buf, "</span>");
}

void
html_date(struct html_out *out, struct date date)
{
    if (date_is_none(date)) {
        buf_cstr(out->buf, "—");
        return;
    }
    buf_cstr(out->buf, "<time datetime=\"");
    html_attribute_date(out, date);
    buf_cstr(out->buf, "\">");
    html_escape(out->buf, locale_date(out->ctx->arena, out->ctx->lang, date));
    buf_cstr(out->buf, "</time>");
}

void
html_dates(struct html_out *out, struct date date)
{
    if (date_is_none(date)) {
        buf_cstr(out->buf, "—");
        return;
    }
    buf_cstr(out->buf, "<time datetime=\"");
    html_attribute_date(out, date);
    buf_cstr(out->buf, "\">");
    html_escape(out->buf, locale_dates(out->ctx, date));
    buf_cstr(out->buf, "</time>");
}

void
html_instant(struct html_out *out, int64_t at_ms)
{
    buf_cstr(out->buf, "<time datetime=\"");
    html_attribute_instant(out, at_ms);
    buf_cstr(out->buf, "\">");
    html_escape(out->buf, locale_instant(out->ctx->arena, out->ctx->lang, at_ms));
    buf_cstr(out->buf, "</time>");
}

void
html_html(struct html_out *out, struct html html)
{
    buf_text(out->buf, html.text);
}

void
html_attribute_text(struct html_out *out, struct text text)
{
    html_escape(out->buf, text);
}

void
html_attribute_url(struct html_out *out, struct text url)
{
    static const struct text starts[] = {TEXT_INIT("?"), TEXT_INIT("#"), TEXT_INIT("https://"), TEXT_INIT("http://"),
                                         TEXT_INIT("mailto:")};
    /* "//host" would leave for another site. */
    bool is_good = text_starts(url, TEXT("/")) && !text_starts(url, TEXT("//")) && !text_starts(url, TEXT("/\\"));
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        is_good = is_good || text_starts(url, starts[i]);
    }
    html_escape(out->buf, is_good ? url : TEXT("#"));
}

void
html_attribute_component(struct html_out *out, struct text text)
{
    buf_text(out->buf, url_encode(out->ctx->arena, text));
}

void
html_attribute_word(struct html_out *out, const char *key)
{
    html_say(out, key, NULL, 0, WORDS_ATTRIBUTE);
}

void
html_attribute_int(struct html_out *out, int64_t number)
{
    buf_int(out->buf, number);
}

void
html_attribute_number(struct html_out *out, int64_t number)
{
    buf_int(out->buf, number);
}

void
html_attribute_money(struct html_out *out, struct money money)
{
    buf_text(out->buf, money_to_text(out->ctx->arena, money));
}

void
html_attribute_date(struct html_out *out, struct date date)
{
    if (!date_is_none(date)) {
        char text[11];
        date_print(date, text);
        buf_cstr(out->buf, text);
    }
}

void
html_attribute_dates(struct html_out *out, struct date date)
{
    html_attribute_date(out, date);
}

void
html_attribute_instant(struct html_out *out, int64_t at_ms)
{
    buf_text(out->buf, legal_time_text(out->ctx->arena, at_ms));
}
