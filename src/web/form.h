/* Reading a form: every field is checked where it is read, all faults are collected, and the form comes back with them
 * and with everything that was typed. A fault of a form is no error (STYLE.md). */
#ifndef WEB_FORM_H
#define WEB_FORM_H

#include "base/money.h"
#include "web/pages/faults.html.h"
#include "web/pages/form_field.html.h"
#include "web/visit.h"

enum { FORM_FAULTS_KEPT = 128 };

struct form {
    struct ctx *ctx;
    const struct visit *visit;
    bool is_sent; /* false: shown for the first time, nothing is checked */
    struct page_faults_faults faults[FORM_FAULTS_KEPT];
    size_t faults_count;
};
enum form_need { FORM_OPTIONAL = 1, FORM_REQUIRED };

/* A form that was sent is that of a POST. */
void form_init(struct form *form, struct ctx *ctx, const struct visit *visit);

/* The field as typed, trimmed, at most bytes_max bytes, without hidden marks; faults are noted. */
struct text form_text(struct form *form, const char *name, enum form_need need, size_t bytes_max);
/* DATE_NONE, false, 0 when absent or faulty. Arabic digits are read too. */
struct date form_date(struct form *form, const char *name, enum form_need need);
bool form_number(struct form *form, const char *name, enum form_need need, int64_t *ret);
bool form_money(struct form *form, const char *name, enum form_need need, struct money *ret);
bool form_is_ticked(const struct form *form, const char *name);
/* One of the values, or the text at NULL. */
struct text form_choice(struct form *form, const char *name, enum form_need need, const struct text *values,
                        size_t count);

/* Notes a fault. label: of the field, for the summary; may be empty. */
void form_fault(struct form *form, const char *name, struct text label, struct text sentence);
/* The fault of a field, empty: none. For the field's template. */
struct text form_fault_of(const struct form *form, const char *name);
bool form_is_good(const struct form *form);
/* The summary, NULL when there is no fault. */
const struct page_faults *form_summary(const struct form *form);
/* What was typed, to show it again; empty for a form that was not sent. */
struct text form_typed(const struct form *form, const char *name);

/* A field of a form that is known when the program is built; its words are keys. The value shown is what was typed, or
 * before that the one given. */
struct form_field_row {
    const char *name;
    const char *label;
    const char *help; /* NULL: none */
    const char *kind; /* "email", "password", "area" ...; NULL: text */
    enum form_need need;
    const char *autocomplete; /* NULL: none */
    const char *inputmode;
    bool ltr;
    struct text value;
};
const struct page_form_field *form_field(const struct form *form, const struct form_field_row *row);

#endif
