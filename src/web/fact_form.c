#include "web/fact_form.h"
#include "web/law_links.h"

#include <string.h>

#include "base/limits.h"
#include "registry/data.h"
#include "web/pages/fact_group.html.h"
#include "web/pages/fact_rows.html.h"
#include "web/pages/form_choice.html.h"
#include "web/pages/form_field.html.h"

enum { CHOICES_SHOWN_MAX = 6 };

static struct html field_of(struct ctx *ctx, const struct fact_form *form, const struct law_fact *fact,
                            const struct json *typed, struct text path, struct text label);
static struct html line_of(struct ctx *ctx, const struct fact_form *form, const struct law_fact *fact,
                           const struct json *typed, struct text path, struct text label);
static struct html choice_of(struct ctx *ctx, const struct fact_form *form, const struct law_fact *fact,
                             const struct json *typed, struct text path, struct text label);
static struct html group_of(struct ctx *ctx, const struct fact_form *form, const struct law_fact *fact,
                            const struct json *typed, struct text path, struct text label);
static struct html rows_of(struct ctx *ctx, const struct fact_form *form, const struct law_fact *fact,
                           const struct json *typed, struct text path, struct text label);
static struct text typed_text(struct ctx *ctx, const struct law_fact *fact, const struct json *typed);
static struct text fault_at(struct ctx *ctx, const struct fact_form *form, struct text path);

struct html
fact_form_field(struct ctx *ctx, const struct fact_form *form, const struct law_fact *fact)
{
    const struct text path = text_printf(ctx->arena, "facts.%.*s", TEXT_ARG(fact->name));
    const struct json *typed = json_get(form->typed, text_cstr(ctx->arena, fact->name));
    return field_of(ctx, form, fact, typed, path, law_label(ctx, fact->name));
}

struct text
fault_sentence(struct ctx *ctx, const char *message)
{
    return words_get(ctx->lang, message);
}

/* ---- Drawing ---- */

/* A list of plain values is one line, separated by commas, unless its codes can be shown to be ticked. */
static bool
is_rows(const struct law_fact *fact)
{
    return fact->type == FACT_MAP || (fact->type == FACT_LIST && fact->fields_count > 0);
}

static struct html
field_of(struct ctx *ctx, const struct fact_form *form, const struct law_fact *fact, const struct json *typed,
         struct text path, struct text label)
{
    if (is_rows(fact)) {
        return rows_of(ctx, form, fact, typed, path, label);
    }
    if (fact->type == FACT_RECORD) {
        return group_of(ctx, form, fact, typed, path, label);
    }
    if (fact->type == FACT_YES_NO || fact->type == FACT_ONE_OF || (fact->type == FACT_LIST && fact->codes_count > 0)) {
        return choice_of(ctx, form, fact, typed, path, label);
    }
    return line_of(ctx, form, fact, typed, path, label);
}

static struct html
line_of(struct ctx *ctx, const struct fact_form *form, const struct law_fact *fact, const struct json *typed,
        struct text path, struct text label)
{
    struct page_form_field field = {.name = path,
                                    .label = label,
                                    .value = typed_text(ctx, fact, typed),
                                    .fault = fault_at(ctx, form, path),
                                    .required = !form->all_optional && !fact->or_absent,
                                    .unmarked = form->all_optional,
                                    .length_max = LINE_BYTES_MAX};
    switch (fact->type) {
    case FACT_DATE:
        field.kind = TEXT("date");
        field.length_max = 0;
        break;
    case FACT_MONEY:
        field.inputmode = TEXT("decimal");
        field.unit = words_get(ctx->lang, WORD("fact.dirhams"));
        field.ltr = true;
        break;
    case FACT_NUMBER:
        field.inputmode = TEXT("decimal");
        field.ltr = true;
        break;
    case FACT_WHOLE:
        field.inputmode = TEXT("numeric");
        field.ltr = true;
        break;
    case FACT_COUNTRY:
        field.help = words_get(ctx->lang, WORD("fact.country_help"));
        field.ltr = true;
        break;
    case FACT_SESSION:
        field.help = words_get(ctx->lang, WORD("fact.session_help"));
        field.ltr = true;
        break;
    case FACT_LIST:
        field.help =
            words_get(ctx->lang, fact->of == FACT_COUNTRY ? WORD("fact.countries_help") : WORD("fact.list_help"));
        field.required = false;
        break;
    default:
        break;
    }
    return page_form_field(ctx, &field);
}

static bool
is_chosen(const struct law_fact *fact, const struct json *typed, struct text code)
{
    if (typed == NULL) {
        return false;
    }
    if (fact->type == FACT_LIST) {
        for (size_t i = 0; typed->type == JSON_ARRAY && i < typed->count; i++) {
            if (typed->items[i].type == JSON_STRING && text_equal(typed->items[i].text, code)) {
                return true;
            }
        }
        return false;
    }
    if (typed->type == JSON_BOOL) {
        return text_is(code, typed->boolean ? "yes" : "no");
    }
    if (typed->type == JSON_NULL) {
        return text_is(code, "absent");
    }
    return typed->type == JSON_STRING && text_equal(typed->text, code);
}

static struct html
choice_of(struct ctx *ctx, const struct fact_form *form, const struct law_fact *fact, const struct json *typed,
          struct text path, struct text label)
{
    static const struct text yes_no[] = {TEXT_INIT("yes"), TEXT_INIT("no")};
    const bool is_yes_no = fact->type == FACT_YES_NO;
    const struct text *codes = is_yes_no ? yes_no : fact->codes;
    const size_t count = is_yes_no ? 2 : fact->codes_count;
    struct page_form_choice choice = {.name = path,
                                      .label = label,
                                      .fault = fault_at(ctx, form, path),
                                      .required = !form->all_optional && !fact->or_absent && fact->type != FACT_LIST,
                                      .unmarked = form->all_optional,
                                      .many = fact->type == FACT_LIST,
                                      .compact = fact->type == FACT_ONE_OF && count > CHOICES_SHOWN_MAX,
                                      .options = ARENA_ARRAY(ctx->arena, struct page_form_choice_options, count + 1)};
    struct page_form_choice_options *options = ARENA_ARRAY(ctx->arena, struct page_form_choice_options, count + 1);
    for (size_t i = 0; i < count; i++) {
        options[i] = (struct page_form_choice_options){
            .value = codes[i],
            .title = is_yes_no ? words_get(ctx->lang, i == 0 ? WORD("answer.yes") : WORD("answer.no"))
                               : law_label(ctx, codes[i]),
            .chosen = is_chosen(fact, typed, codes[i])};
    }
    choice.options_count = count;
    if (fact->or_absent && fact->type != FACT_LIST) {
        options[count] = (struct page_form_choice_options){.value = TEXT("absent"),
                                                           .title = words_get(ctx->lang, WORD("fact.absent")),
                                                           .chosen = is_chosen(fact, typed, TEXT("absent"))};
        choice.options_count++;
    }
    choice.options = options;
    return page_form_choice(ctx, &choice);
}

static struct html
group_of(struct ctx *ctx, const struct fact_form *form, const struct law_fact *fact, const struct json *typed,
         struct text path, struct text label)
{
    struct html *fields = ARENA_ARRAY(ctx->arena, struct html, fact->fields_count);
    for (size_t i = 0; i < fact->fields_count; i++) {
        const struct law_fact *field = &fact->fields[i];
        fields[i] = field_of(ctx, form, field, json_get(typed, text_cstr(ctx->arena, field->name)),
                             text_printf(ctx->arena, "%.*s.%.*s", TEXT_ARG(path), TEXT_ARG(field->name)),
                             law_label(ctx, field->name));
    }
    const struct page_fact_group group = {
        .name = path, .legend = label, .fields = fields, .fields_count = fact->fields_count};
    return page_fact_group(ctx, &group);
}

/* A value of a map as a fact of its own. */
static struct law_fact
element_of(const struct law_fact *fact, struct text name)
{
    struct law_fact element = *fact;
    element.name = name;
    element.type = fact->fields_count > 0 ? FACT_RECORD : fact->of;
    element.of = fact->of == FACT_LIST ? FACT_COUNTRY : 0;
    return element;
}

static struct html
map_row(struct ctx *ctx, const struct fact_form *form, const struct law_fact *fact, const struct json_member *member,
        struct text path, struct text label)
{
    const struct law_fact key = {.name = TEXT("key"), .type = FACT_CODE};
    const struct law_fact value = element_of(fact, TEXT("value"));
    const struct json typed_key = {.type = JSON_STRING, .text = member == NULL ? TEXT("") : member->name};
    struct html fields[2] = {field_of(ctx, form, &key, &typed_key, text_printf(ctx->arena, "%.*s.key", TEXT_ARG(path)),
                                      words_get(ctx->lang, WORD("fact.key"))),
                             field_of(ctx, form, &value, member == NULL ? NULL : &member->value,
                                      text_printf(ctx->arena, "%.*s.value", TEXT_ARG(path)),
                                      words_get(ctx->lang, WORD("fact.value")))};
    const struct page_fact_group group = {.name = path, .legend = label, .fields = fields, .fields_count = 2};
    return page_fact_group(ctx, &group);
}

/* The rows that were typed, and one more: an empty one when there was none, or when it was asked for. */
static struct html
rows_of(struct ctx *ctx, const struct fact_form *form, const struct law_fact *fact, const struct json *typed,
        struct text path, struct text label)
{
    const bool has_rows = typed != NULL && (typed->type == JSON_ARRAY || typed->type == JSON_OBJECT);
    const size_t typed_count = has_rows ? typed->count : 0;
    const size_t count = typed_count + (typed_count == 0 || text_equal(form->more, path) ? 1 : 0);
    struct html *rows = ARENA_ARRAY(ctx->arena, struct html, count);
    struct law_fact record = *fact;
    record.type = FACT_RECORD;
    for (size_t i = 0; i < count; i++) {
        const struct text at = text_printf(ctx->arena, "%.*s[%zu]", TEXT_ARG(path), i);
        const struct word_hole place[] = {HOLE_INT("number", (int64_t)i + 1)};
        const struct text legend = words_say(ctx, WORD("fact.row"), place, 1);
        if (fact->type == FACT_MAP) {
            const bool is_typed = i < typed_count && typed->type == JSON_OBJECT;
            rows[i] = map_row(ctx, form, fact, is_typed ? &typed->members[i] : NULL, at, legend);
        } else {
            const bool is_typed = i < typed_count && typed->type == JSON_ARRAY;
            rows[i] = group_of(ctx, form, &record, is_typed ? &typed->items[i] : NULL, at, legend);
        }
    }
    const struct page_fact_rows data = {
        .name = path, .legend = label, .fault = fault_at(ctx, form, path), .rows = rows, .rows_count = count};
    return page_fact_rows(ctx, &data);
}

/* What stands in the line: as typed, or a value of the law as a person types it. */
static struct text
typed_text(struct ctx *ctx, const struct law_fact *fact, const struct json *typed)
{
    if (typed == NULL || typed->type == JSON_NULL) {
        return TEXT("");
    }
    if (typed->type == JSON_ARRAY) {
        struct buf buf = buf_new(ctx->arena, LINE_BYTES_MAX);
        for (size_t i = 0; i < typed->count; i++) {
            buf_cstr(&buf, i == 0 ? "" : ", ");
            buf_text(&buf, typed->items[i].text);
        }
        return buf_built(&buf);
    }
    int64_t centimes = 0;
    if (typed->type == JSON_NUMBER && fact->type == FACT_MONEY && json_int64(typed, &centimes)) {
        return money_to_text(ctx->arena, (struct money){centimes});
    }
    return typed->text;
}

static struct text
fault_at(struct ctx *ctx, const struct fact_form *form, struct text path)
{
    for (size_t i = 0; form->faults != NULL && i < form->faults->count; i++) {
        if (text_equal(form->faults->items[i].at, path)) {
            return fault_sentence(ctx, form->faults->items[i].message);
        }
    }
    return TEXT("");
}
