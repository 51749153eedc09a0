/* Fields that came back, put together again by the names of the facts (fact_form.h). */
#include <string.h>

#include "base/limits.h"
#include "registry/data.h"
#include "web/fact_form.h"

enum { ROWS_MAX = 100 };

struct pairs {
    const struct http_pair *items;
    size_t count;
};

static bool typed_of(struct ctx *ctx, struct pairs pairs, const struct law_fact *fact, struct text path,
                     struct json *ret);

struct json
fact_form_typed(struct ctx *ctx, const struct http_pair *pairs, size_t count, const struct law_fact *facts,
                size_t facts_count)
{
    struct json typed = {.type = JSON_OBJECT};
    for (size_t i = 0; i < facts_count; i++) {
        struct json value;
        const struct text path = text_printf(ctx->arena, "facts.%.*s", TEXT_ARG(facts[i].name));
        if (typed_of(ctx, (struct pairs){pairs, count}, &facts[i], path, &value)) {
            json_set(ctx, &typed, facts[i].name, value);
        }
    }
    return typed;
}

static struct text
pair_value(struct pairs pairs, struct text name)
{
    for (size_t i = 0; i < pairs.count; i++) {
        if (text_equal(pairs.items[i].name, name)) {
            return text_trim(pairs.items[i].value);
        }
    }
    return TEXT("");
}

/* Adds the values of one line: separated by commas, Latin or Arabic, or by semicolons. */
static void
split_values(struct ctx *ctx, struct text line, struct json *list)
{
    size_t from = 0;
    for (size_t at = 0; at <= line.len; at++) {
        const bool is_arabic_comma = at + 1 < line.len && memcmp(line.at + at, "\xd8\x8c", 2) == 0;
        if (at < line.len && line.at[at] != ',' && line.at[at] != ';' && !is_arabic_comma) {
            continue;
        }
        const struct text value = text_trim(text_slice(line, from, at));
        if (value.len > 0 && list->count < JSON_MEMBERS_MAX) {
            struct json *items = ARENA_ARRAY(ctx->arena, struct json, list->count + 1);
            if (list->count > 0) {
                memcpy(items, list->items, list->count * sizeof items[0]);
            }
            items[list->count] = json_of_text(value);
            list->items = items;
            list->count++;
        }
        from = at + (is_arabic_comma ? 2 : 1);
        at += is_arabic_comma ? 1 : 0;
    }
}

static bool
values_of(struct ctx *ctx, struct pairs pairs, struct text path, struct json *ret)
{
    *ret = (struct json){.type = JSON_ARRAY};
    for (size_t i = 0; i < pairs.count; i++) {
        if (text_equal(pairs.items[i].name, path)) {
            split_values(ctx, pairs.items[i].value, ret);
        }
    }
    return ret->count > 0;
}

static bool
record_of(struct ctx *ctx, struct pairs pairs, const struct law_fact *fact, struct text path, struct json *ret)
{
    *ret = (struct json){.type = JSON_OBJECT};
    for (size_t i = 0; i < fact->fields_count; i++) {
        struct json value;
        const struct law_fact *field = &fact->fields[i];
        if (typed_of(ctx, pairs, field, text_printf(ctx->arena, "%.*s.%.*s", TEXT_ARG(path), TEXT_ARG(field->name)),
                     &value)) {
            json_set(ctx, ret, field->name, value);
        }
    }
    return ret->count > 0;
}

static bool
rows_of(struct ctx *ctx, struct pairs pairs, const struct law_fact *fact, struct text path, struct json *ret)
{
    *ret = (struct json){.type = JSON_ARRAY, .items = ARENA_ARRAY(ctx->arena, struct json, ROWS_MAX)};
    for (size_t i = 0; i < ROWS_MAX; i++) {
        struct json row;
        if (record_of(ctx, pairs, fact, text_printf(ctx->arena, "%.*s[%zu]", TEXT_ARG(path), i), &row)) {
            ret->items[ret->count++] = row;
        }
    }
    return ret->count > 0;
}

static bool
map_of(struct ctx *ctx, struct pairs pairs, const struct law_fact *fact, struct text path, struct json *ret)
{
    struct law_fact element = *fact;
    element.type = fact->fields_count > 0 ? FACT_RECORD : fact->of;
    element.of = fact->of == FACT_LIST ? FACT_COUNTRY : 0;
    *ret = (struct json){.type = JSON_OBJECT};
    for (size_t i = 0; i < ROWS_MAX; i++) {
        const struct text row = text_printf(ctx->arena, "%.*s[%zu]", TEXT_ARG(path), i);
        const struct text key = pair_value(pairs, text_printf(ctx->arena, "%.*s.key", TEXT_ARG(row)));
        struct json value;
        if (key.len > 0 &&
            typed_of(ctx, pairs, &element, text_printf(ctx->arena, "%.*s.value", TEXT_ARG(row)), &value)) {
            json_set(ctx, ret, key, value);
        }
    }
    return ret->count > 0;
}

/* False: left empty. */
static bool
typed_of(struct ctx *ctx, struct pairs pairs, const struct law_fact *fact, struct text path, struct json *ret)
{
    switch (fact->type) {
    case FACT_RECORD:
        return record_of(ctx, pairs, fact, path, ret);
    case FACT_MAP:
        return map_of(ctx, pairs, fact, path, ret);
    case FACT_LIST:
        return fact->fields_count > 0 ? rows_of(ctx, pairs, fact, path, ret) : values_of(ctx, pairs, path, ret);
    default:
        break;
    }
    const struct text value = pair_value(pairs, path);
    *ret = json_of_text(value);
    return value.len > 0;
}
