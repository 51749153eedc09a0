#include "law/compare.h"

#include <string.h>

#include "base/buf.h"
#include "law/program.h"

enum { CHANGES_MAX = 20000 };

struct comparison {
    struct arena *arena;
    struct law_change *changes;
    size_t count;
};

static void
change_add(struct comparison *comparison, struct law_change change)
{
    if (comparison->count < CHANGES_MAX) {
        comparison->changes[comparison->count++] = change;
    }
}

static struct text
line_shown(struct text line)
{
    /* A # within a text is rare; it only makes a comment of what follows for this comparison. */
    struct text shown = text_slice(line, 0, text_find_byte(line, '#'));
    while (shown.len > 0 && shown.at[shown.len - 1] == ' ') {
        shown.len--;
    }
    return shown;
}

/* The lines of an item, without comments. */
static struct text
source_of(struct arena *arena, const struct law *law, const struct item *item)
{
    struct text rest = law->files[item->place.file].bytes, line;
    struct buf buf = buf_new(arena, rest.len + 1);
    for (int number = 1; text_split(&rest, '\n', &line); number++) {
        struct text shown = line_shown(line);
        if (number > item->place.line && shown.len > 0 && shown.at[0] != ' ') {
            break;
        }
        if (number >= item->place.line && shown.len > 0) {
            buf_text(&buf, shown);
            buf_char(&buf, '\n');
        }
    }
    return buf_built(&buf);
}

static struct text
value_at(struct arena *arena, const struct law *law, const struct item *item, struct date at)
{
    struct buf buf = buf_new(arena, 4000);
    for (size_t i = 0; i < item->parameter.values_count; i++) {
        const struct parameter_value *value = &item->parameter.values[i];
        bool holds = date_is_none(at) || (date_compare(value->from, at) <= 0 &&
                                          (date_is_none(value->until) || date_compare(at, value->until) <= 0));
        for (size_t j = 0; j < item->parameter.values_count && holds && !date_is_none(at); j++) {
            const struct parameter_value *other = &item->parameter.values[j];
            holds = !(date_compare(other->from, value->from) > 0 && date_compare(other->from, at) <= 0 &&
                      date_is_none(value->until));
        }
        if (holds) {
            /* The value as written: the line's own words up to its source. */
            struct text rest = law->files[value->literal->place.file].bytes, line = {0};
            for (int number = 0; number < value->literal->place.line; number++) {
                (void)text_split(&rest, '\n', &line);
            }
            buf_printf(&buf, "%s%.*s", buf_built(&buf).len > 0 ? "; " : "", TEXT_ARG(text_trim(line)));
        }
    }
    return buf_built(&buf).len > 0 ? buf_built(&buf) : TEXT("not set");
}

static struct text
place_shown(struct arena *arena, const struct law *law, const struct item *item)
{
    return text_printf(arena, "%.*s:%d", TEXT_ARG(law->files[item->place.file].path), item->place.line);
}

static struct text
kind_shown(enum item_kind kind)
{
    static const char *const kinds[] = {"", "table", "define", "check", "parameter", "procedure", "formality", "body"};
    return text_of(kinds[kind]);
}

static const struct item *
same_item(const struct law *law, const struct item *item, struct date at)
{
    const struct item *found = law_item(law, item->kind, item->text_id, item->name, at);
    return found != NULL && text_equal(found->text_id, item->text_id) ? found : NULL;
}

static void
items_compare(struct comparison *comparison, const struct law *a, struct date a_at, const struct law *b,
              struct date b_at)
{
    struct arena *arena = comparison->arena;
    for (size_t i = 0; i < b->items_count; i++) {
        const struct item *item = b->items[i];
        if (!item_exists_at(item, b_at)) {
            continue;
        }
        const struct item *other = same_item(a, item, a_at);
        if (other == NULL) {
            change_add(comparison, (struct law_change){.kind = CHANGE_ADDED,
                                                       .what = kind_shown(item->kind),
                                                       .name = item->name,
                                                       .is = place_shown(arena, b, item)});
            continue;
        }
        const bool parameter = item->kind == ITEM_PARAMETER;
        const struct text was = parameter ? value_at(arena, a, other, a_at) : source_of(arena, a, other);
        const struct text is = parameter ? value_at(arena, b, item, b_at) : source_of(arena, b, item);
        if (!text_equal(was, is)) {
            change_add(comparison, (struct law_change){.kind = CHANGE_CHANGED,
                                                       .what = kind_shown(item->kind),
                                                       .name = item->name,
                                                       .was = parameter ? was : place_shown(arena, a, other),
                                                       .is = parameter ? is : place_shown(arena, b, item)});
        }
    }
    for (size_t i = 0; i < a->items_count; i++) {
        if (item_exists_at(a->items[i], a_at) && same_item(b, a->items[i], b_at) == NULL) {
            change_add(comparison, (struct law_change){.kind = CHANGE_REMOVED,
                                                       .what = kind_shown(a->items[i]->kind),
                                                       .name = a->items[i]->name,
                                                       .was = place_shown(arena, a, a->items[i])});
        }
    }
}

static bool
norm_stands(const struct norm *norm, struct date at)
{
    return norm != NULL && (date_is_none(at) || ((date_is_none(norm->from) || date_compare(norm->from, at) <= 0) &&
                                                 (date_is_none(norm->until) || date_compare(at, norm->until) <= 0)));
}

static bool
norms_same(const struct norm *a, const struct norm *b)
{
    bool same = text_equal(a->kind, b->kind) && text_equal(a->parameter, b->parameter) &&
                text_equal(a->gap_decider, b->gap_decider) && text_equal(a->gap_reason, b->gap_reason) &&
                a->declaratory == b->declaratory && a->force == b->force;
    for (int lang = LANG_AR; lang < LANGS; lang++) {
        same = same && text_equal(a->says[lang], b->says[lang]) && text_equal(a->fails[lang], b->fails[lang]);
    }
    return same;
}

static struct text
norm_place(struct arena *arena, const struct norm *norm)
{
    return text_printf(arena, "%.*s:%d", TEXT_ARG(norm->path), norm->line);
}

const struct law_change *
law_compare(struct arena *arena, const struct law *a, struct date a_at, const struct law *b, struct date b_at,
            size_t *ret_count)
{
    struct comparison comparison = {.arena = arena, .changes = ARENA_ARRAY(arena, struct law_change, CHANGES_MAX)};
    for (size_t i = 0; i < b->norms_count; i++) {
        const struct norm *norm = &b->norms[i];
        const struct norm *other = law_norm(a, norm->id);
        const bool was = norm_stands(other, a_at), is = norm_stands(norm, b_at);
        if (is && !was) {
            change_add(&comparison, (struct law_change){.kind = CHANGE_ADDED,
                                                        .what = TEXT("norm"),
                                                        .name = norm->id,
                                                        .is = norm_place(arena, norm)});
        } else if (is && !norms_same(norm, other)) {
            change_add(&comparison, (struct law_change){.kind = CHANGE_CHANGED,
                                                        .what = TEXT("norm"),
                                                        .name = norm->id,
                                                        .was = norm_place(arena, other),
                                                        .is = norm_place(arena, norm)});
        }
    }
    for (size_t i = 0; i < a->norms_count; i++) {
        if (norm_stands(&a->norms[i], a_at) && !norm_stands(law_norm(b, a->norms[i].id), b_at)) {
            change_add(&comparison, (struct law_change){.kind = CHANGE_REMOVED,
                                                        .what = TEXT("norm"),
                                                        .name = a->norms[i].id,
                                                        .was = norm_place(arena, &a->norms[i])});
        }
    }
    items_compare(&comparison, a, a_at, b, b_at);
    *ret_count = comparison.count;
    return comparison.changes;
}

struct text
law_format(struct arena *arena, struct text bytes)
{
    struct buf buf = buf_new(arena, bytes.len * 2 + 16);
    struct text rest = bytes, line;
    bool empty = true; /* the line before was, or there is none */
    bool pending = false;
    while (text_split(&rest, '\n', &line)) {
        while (line.len > 0 &&
               (line.at[line.len - 1] == ' ' || line.at[line.len - 1] == '\t' || line.at[line.len - 1] == '\r')) {
            line.len--;
        }
        if (line.len == 0) {
            pending = !empty;
            continue;
        }
        if (pending) {
            buf_char(&buf, '\n');
        }
        pending = false;
        empty = false;
        size_t sign = 0;
        while (sign < line.len && line.at[sign] == ' ') {
            sign++;
        }
        const bool comment =
            line.at[sign] == '#' && sign + 1 < line.len && line.at[sign + 1] != ' ' && line.at[sign + 1] != '#';
        buf_text(&buf, text_slice(line, 0, comment ? sign + 1 : line.len));
        if (comment) {
            buf_char(&buf, ' ');
            buf_text(&buf, text_after(line, sign + 1));
        }
        buf_char(&buf, '\n');
    }
    return buf_built(&buf);
}
