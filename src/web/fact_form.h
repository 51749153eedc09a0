/* Facts of the law as fields of a form, drawn from their declarations: no fact is named here. A field's name is the
 * path of its value ("facts.films[2].role"), which is also where the law and the office say a fault is. */
#ifndef WEB_FACT_FORM_H
#define WEB_FACT_FORM_H

#include "law/law.h"
#include "registry/fault.h"
#include "web/visit.h"

struct fact_form {
    const struct json *typed;          /* as fact_form_typed() gave it, or facts of the law; NULL: nothing yet */
    const struct field_faults *faults; /* NULL: none */
    struct text more;                  /* the path of the list that gets one more row; may be empty */
    bool all_optional;                 /* a simulator: whatever is left out is unknown */
};
/* One fact as one field, or one group of fields. */
struct html fact_form_field(struct ctx *ctx, const struct fact_form *form, const struct law_fact *fact);

/* What was typed, by the names of the facts: texts, and lists and objects of texts; what was left empty is left out. */
struct json fact_form_typed(struct ctx *ctx, const struct http_pair *pairs, size_t count, const struct law_fact *facts,
                            size_t facts_count);

/* The sentence of a fault in the reader's language. */
struct text fault_sentence(struct ctx *ctx, const char *message);

/* A value in words: codes by their word, money, days and yes or no as people write them. type 0: as the JSON shows. */
struct text fact_value(struct ctx *ctx, enum fact_type type, const struct json *value);

#endif
