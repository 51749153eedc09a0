/* What the templates' generated code stands on: text into HTML, escaped by its position. Everything that a person typed
 * stands in <bdi>, so that its direction disturbs nobody (Unicode Technical Standard 9, WHATWG HTML 4.5.24). */
#ifndef WEB_HTML_H
#define WEB_HTML_H

#include "web/words.h"

struct html_out {
    struct buf *buf;
    struct ctx *ctx;
};

/* A page, or a part of one, under construction in ctx->arena. */
struct html_out html_out_new(struct ctx *ctx);
struct html html_built(const struct html_out *out);
/* A drawing of ours (charts, ornaments): the caller built it with html_escape() around every text. */
struct html html_from_svg(struct text svg);

void html_escape(struct buf *buf, struct text text);
void html_literal(struct html_out *out, const char *at, size_t len);
void html_say(struct html_out *out, const char *key, const struct word_hole *holes, size_t count,
              enum words_for what_for);
void html_lang(struct html_out *out);
void html_dir(struct html_out *out);

/* In text. */
void html_text(struct html_out *out, struct text text);
void html_user(struct html_out *out, struct text text);
void html_url(struct html_out *out, struct text url);
void html_word(struct html_out *out, const char *key);
void html_int(struct html_out *out, int64_t number);
void html_number(struct html_out *out, int64_t number);
void html_money(struct html_out *out, struct money money);
void html_date(struct html_out *out, struct date date);
void html_dates(struct html_out *out, struct date date);
void html_instant(struct html_out *out, int64_t at_ms);
void html_html(struct html_out *out, struct html html);

/* In an attribute's value. An address must begin with "/", "?", "#", "https:", "http:" or "mailto:"; any other becomes
 * "#". */
void html_attribute_text(struct html_out *out, struct text text);
void html_attribute_url(struct html_out *out, struct text url);
void html_attribute_component(struct html_out *out, struct text text); /* a part of an address, percent-encoded */
void html_attribute_word(struct html_out *out, const char *key);
void html_attribute_int(struct html_out *out, int64_t number);
void html_attribute_number(struct html_out *out, int64_t number);
void html_attribute_money(struct html_out *out, struct money money); /* 1234.50 */
void html_attribute_date(struct html_out *out, struct date date);    /* 2026-11-25, empty for none */
void html_attribute_dates(struct html_out *out, struct date date);
void html_attribute_instant(struct html_out *out, int64_t at_ms);

#endif
