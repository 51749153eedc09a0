#include "web/words.h"

#include <string.h>

#include "web/html.h"
#include "web/locale.h"
#include "web/words_table.h"

enum { SENTENCE_BYTES_MAX = 1024 * 1024 };

static const struct words_row *find(const char *key);
static const char *form(const struct words_row *row, enum lang lang, const struct word_hole *holes, size_t count);
static void print_hole(struct buf *buf, struct ctx *ctx, const struct word_hole *hole, enum words_for what_for);
static struct text hole_text(struct ctx *ctx, const struct word_hole *hole);
static void put(struct buf *buf, struct text text, enum words_for what_for);

struct text
words_get(enum lang lang, const char *key)
{
    const struct words_row *row = find(key);
    return text_of(row == NULL ? key : form(row, lang, NULL, 0));
}

bool
words_has(const char *key)
{
    return find(key) != NULL;
}

struct text
words_say(struct ctx *ctx, const char *key, const struct word_hole *holes, size_t count)
{
    struct buf buf = buf_new(ctx->arena, SENTENCE_BYTES_MAX);
    words_print(&buf, ctx, key, holes, count, WORDS_PLAIN);
    return buf_built(&buf);
}

void
words_print(struct buf *buf, struct ctx *ctx, const char *key, const struct word_hole *holes, size_t count,
            enum words_for what_for)
{
    const struct words_row *row = find(key);
    struct text rest = text_of(row == NULL ? key : form(row, ctx->lang, holes, count));
    while (rest.len > 0) {
        const size_t open = text_find_byte(rest, '{');
        put(buf, text_slice(rest, 0, open), what_for);
        if (open == rest.len) {
            return;
        }
        rest = text_after(rest, open + 1);
        const size_t close = text_find_byte(rest, '}');
        const struct text name = text_slice(rest, 0, close);
        for (size_t i = 0; i < count; i++) {
            if (text_is(name, holes[i].name)) {
                print_hole(buf, ctx, &holes[i], what_for);
            }
        }
        rest = text_after(rest, close < rest.len ? close + 1 : close);
    }
}

int
words_form(enum lang lang, int64_t number)
{
    const uint64_t n = number < 0 ? -(uint64_t)number : (uint64_t)number;
    const uint64_t hundred = n % 100;
    switch (lang) {
    case LANG_AR:
        return n <= 2 ? (int)n : hundred >= 3 && hundred <= 10 ? 3 : hundred >= 11 ? 4 : 5;
    case LANG_FR:
        return n <= 1 ? 0 : n % 1000000 == 0 ? 1 : 2;
    default:
        return n == 1 ? 0 : 1;
    }
}

static const struct words_row *
find(const char *key)
{
    uint32_t hash = 2166136261u;
    for (const char *at = key; *at != '\0'; at++) {
        hash = (hash ^ (unsigned char)*at) * 16777619u;
    }
    for (uint32_t slot = hash & words_slots_mask; words_slots[slot] != 0; slot = (slot + 1) & words_slots_mask) {
        const struct words_row *row = &words_rows[words_slots[slot] - 1];
        if (strcmp(words_bytes + row->key, key) == 0) {
            return row;
        }
    }
    return NULL;
}

static const char *
form(const struct words_row *row, enum lang lang, const struct word_hole *holes, size_t count)
{
    enum lang spoken = lang_is_complete(lang) ? lang : LANG_AR;
    if (lang == LANG_ZGH && row->forms[LANG_ZGH - LANG_AR] != 0) {
        spoken = lang;
    }
    const char *at = words_bytes + row->forms[spoken - LANG_AR];
    if (row->plural == 0) {
        return at;
    }
    int64_t number = 0;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(holes[i].name, words_bytes + row->plural) == 0) {
            number = holes[i].number;
        }
    }
    for (int skip = words_form(spoken, number); skip > 0; skip--) {
        at += strlen(at) + 1;
    }
    return at;
}

static void
print_hole(struct buf *buf, struct ctx *ctx, const struct word_hole *hole, enum words_for what_for)
{
    if (hole->type == HOLE_OF_HTML) {
        buf_text(buf, hole->text); /* made by a template; htmlgen lets it stand in text only */
        return;
    }
    const bool is_alone = hole->type == HOLE_OF_USER && what_for == WORDS_HTML;
    buf_cstr(buf, is_alone ? "<bdi>" : "");
    put(buf, hole_text(ctx, hole), what_for);
    buf_cstr(buf, is_alone ? "</bdi>" : "");
}

static struct text
hole_text(struct ctx *ctx, const struct word_hole *hole)
{
    switch (hole->type) {
    case HOLE_OF_INT:
        return locale_int(ctx->arena, ctx->lang, hole->number);
    case HOLE_OF_NUMBER:
        return text_printf(ctx->arena, "%lld", (long long)hole->number);
    case HOLE_OF_MONEY:
        return locale_money(ctx->arena, ctx->lang, (struct money){.centimes = hole->number});
    case HOLE_OF_DATE:
        return locale_date(ctx->arena, ctx->lang, hole->date);
    case HOLE_OF_DATES:
        return locale_dates(ctx, hole->date);
    case HOLE_OF_INSTANT:
        return locale_instant(ctx->arena, ctx->lang, hole->number);
    case HOLE_OF_WORD:
        return words_get(ctx->lang, text_cstr(ctx->arena, hole->text));
    case HOLE_OF_TEXT:
    case HOLE_OF_USER:
    case HOLE_OF_HTML:
        break;
    }
    return hole->text;
}

static void
put(struct buf *buf, struct text text, enum words_for what_for)
{
    if (what_for == WORDS_PLAIN) {
        buf_text(buf, text);
    } else {
        html_escape(buf, text);
    }
}
