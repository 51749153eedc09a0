/* Values of facts and results in words. */
#include "base/limits.h"
#include "web/fact_form.h"
#include "web/locale.h"

static void put_value(struct buf *buf, struct ctx *ctx, enum fact_type type, const struct json *value, int depth);

struct text
fact_value(struct ctx *ctx, enum fact_type type, const struct json *value)
{
    struct buf buf = buf_new(ctx->arena, 64 * 1024);
    put_value(&buf, ctx, type, value, 0);
    return buf_built(&buf);
}

static void
put_number(struct buf *buf, struct ctx *ctx, enum fact_type type, const struct json *value)
{
    int64_t whole = 0;
    if (type == FACT_MONEY && json_int64(value, &whole)) {
        buf_text(buf, locale_money(ctx->arena, ctx->lang, (struct money){whole}));
    } else if (json_int64(value, &whole)) {
        buf_text(buf, locale_int(ctx->arena, ctx->lang, whole));
    } else {
        buf_text(buf, value->text);
    }
}

static void
put_text(struct buf *buf, struct ctx *ctx, enum fact_type type, struct text text)
{
    struct date date;
    if ((type == FACT_DATE || type == 0) && date_from_text(text, &date)) {
        buf_text(buf, locale_date(ctx->arena, ctx->lang, date));
    } else if (type == FACT_TEXT || type == FACT_NORM || !law_has_word(ctx->law, text)) {
        buf_text(buf, text);
    } else {
        buf_text(buf, law_word(ctx->law, text, ctx->lang));
    }
}

static void
put_list(struct buf *buf, struct ctx *ctx, const struct json *value, int depth)
{
    const struct text comma = words_get(ctx->lang, WORD("fact.comma"));
    if (value->count == 0) {
        buf_text(buf, words_get(ctx->lang, WORD("fact.none")));
    }
    for (size_t i = 0; i < value->count; i++) {
        if (i > 0) {
            buf_text(buf, comma);
            buf_char(buf, ' ');
        }
        if (value->type == JSON_ARRAY) {
            put_value(buf, ctx, 0, &value->items[i], depth + 1);
            continue;
        }
        put_text(buf, ctx, 0, value->members[i].name);
        buf_cstr(buf, ": ");
        put_value(buf, ctx, 0, &value->members[i].value, depth + 1);
    }
}

static void
put_value(struct buf *buf, struct ctx *ctx, enum fact_type type, const struct json *value, int depth)
{
    switch (value->type) {
    case JSON_NULL:
        buf_text(buf, words_get(ctx->lang, WORD("fact.none")));
        break;
    case JSON_BOOL:
        buf_text(buf, words_get(ctx->lang, value->boolean ? WORD("answer.yes") : WORD("answer.no")));
        break;
    case JSON_NUMBER:
        put_number(buf, ctx, type, value);
        break;
    case JSON_STRING:
        put_text(buf, ctx, type, value->text);
        break;
    case JSON_ARRAY:
    case JSON_OBJECT:
        if (depth < JSON_DEPTH_MAX) {
            put_list(buf, ctx, value, depth);
        }
        break;
    }
}
