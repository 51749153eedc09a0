#include "web/form.h"

#include <string.h>

static void fault_word(struct form *form, const char *name, const char *key);
static struct text read_field(struct form *form, const char *name, enum form_need need);
static struct text plain_digits(struct arena *arena, struct text text);

void
form_init(struct form *form, struct ctx *ctx, const struct visit *visit)
{
    *form = (struct form){.ctx = ctx, .visit = visit, .is_sent = visit->request->method == HTTP_POST};
}

struct text
form_text(struct form *form, const char *name, enum form_need need, size_t bytes_max)
{
    const struct text value = read_field(form, name, need);
    if (value.len > bytes_max) {
        fault_word(form, name, WORD("form.too_long"));
    } else if (text_has_hidden(value)) {
        fault_word(form, name, WORD("form.hidden_marks"));
    }
    return value;
}

struct date
form_date(struct form *form, const char *name, enum form_need need)
{
    const struct text value = plain_digits(form->ctx->arena, read_field(form, name, need));
    struct date date = DATE_NONE;
    if (value.len > 0 && !date_from_text(value, &date)) {
        fault_word(form, name, WORD("form.bad_date"));
        date = DATE_NONE;
    }
    return date;
}

bool
form_number(struct form *form, const char *name, enum form_need need, int64_t *ret)
{
    const struct text value = plain_digits(form->ctx->arena, read_field(form, name, need));
    if (value.len == 0) {
        return false;
    }
    if (!text_to_int64(value, ret)) {
        fault_word(form, name, WORD("form.bad_number"));
        return false;
    }
    return true;
}

bool
form_money(struct form *form, const char *name, enum form_need need, struct money *ret)
{
    const struct text value = read_field(form, name, need);
    if (value.len == 0) {
        return false;
    }
    if (!money_from_text(value, ret)) {
        fault_word(form, name, WORD("form.bad_money"));
        return false;
    }
    return true;
}

bool
form_is_ticked(const struct form *form, const char *name)
{
    return text_is(http_form(form->visit->request, name), "yes");
}

struct text
form_choice(struct form *form, const char *name, enum form_need need, const struct text *values, size_t count)
{
    const struct text value = read_field(form, name, need);
    for (size_t i = 0; i < count; i++) {
        if (text_equal(value, values[i])) {
            return value;
        }
    }
    if (value.len > 0) {
        fault_word(form, name, WORD("form.bad_choice"));
    }
    return (struct text){0};
}

void
form_fault(struct form *form, const char *name, struct text label, struct text sentence)
{
    if (form->is_sent && form->faults_count < FORM_FAULTS_KEPT) {
        form->faults[form->faults_count++] =
            (struct page_faults_faults){.field = text_of(name), .label = label, .sentence = sentence};
    }
}

struct text
form_fault_of(const struct form *form, const char *name)
{
    for (size_t i = 0; i < form->faults_count; i++) {
        if (text_is(form->faults[i].field, name)) {
            return form->faults[i].sentence;
        }
    }
    return (struct text){0};
}

bool
form_is_good(const struct form *form)
{
    return form->is_sent && form->faults_count == 0;
}

const struct page_faults *
form_summary(const struct form *form)
{
    if (form->faults_count == 0) {
        return NULL;
    }
    struct page_faults *summary = ARENA_NEW(form->ctx->arena, struct page_faults);
    *summary = (struct page_faults){
        .count = (int64_t)form->faults_count, .faults = form->faults, .faults_count = form->faults_count};
    return summary;
}

struct text
form_typed(const struct form *form, const char *name)
{
    return form->is_sent ? visit_field(form->visit, name) : TEXT("");
}

const struct page_form_field *
form_field(const struct form *form, const struct form_field_row *row)
{
    struct ctx *ctx = form->ctx;
    struct page_form_field *field = ARENA_NEW(ctx->arena, struct page_form_field);
    *field = (struct page_form_field){
        .name = text_of(row->name),
        .label = words_get(ctx->lang, row->label),
        .help = row->help == NULL ? TEXT("") : words_get(ctx->lang, row->help),
        .fault = form_fault_of(form, row->name),
        .kind = text_of(row->kind),
        .value = form->is_sent ? visit_field(form->visit, row->name) : row->value,
        .required = row->need == FORM_REQUIRED,
        .autocomplete = text_of(row->autocomplete),
        .inputmode = text_of(row->inputmode),
        .ltr = row->ltr,
    };
    return field;
}

static void
fault_word(struct form *form, const char *name, const char *key)
{
    if (form_fault_of(form, name).len == 0) {
        form_fault(form, text_copy(form->ctx->arena, text_of(name)).at, TEXT(""), words_get(form->ctx->lang, key));
    }
}

static struct text
read_field(struct form *form, const char *name, enum form_need need)
{
    const struct text value = visit_field(form->visit, name);
    if (need == FORM_REQUIRED && value.len == 0) {
        fault_word(form, name, WORD("form.required"));
    }
    return value;
}

/* Arabic-Indic digits (U+0660..0669) as Western ones: keyboards write both. */
static struct text
plain_digits(struct arena *arena, struct text text)
{
    char *out = arena_alloc(arena, text.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        const unsigned char byte = (unsigned char)text.at[i];
        if (byte == 0xD9 && i + 1 < text.len && (unsigned char)text.at[i + 1] >= 0xA0 &&
            (unsigned char)text.at[i + 1] <= 0xA9) {
            out[len++] = (char)('0' + ((unsigned char)text.at[++i] - 0xA0));
        } else {
            out[len++] = text.at[i];
        }
    }
    return (struct text){.at = out, .len = len};
}
