/* Editions: the checks of each period in which nothing changes; before them, the codes that the law declares and the
 * values of parameters. */
#include <stdlib.h>
#include <string.h>

#include "law/program.h"

/* ---- Editions ---- */

static int
date_order(const void *a, const void *b)
{
    return date_compare(*(const struct date *)a, *(const struct date *)b);
}

static void
date_add(struct date *dates, size_t *count, struct date date)
{
    for (size_t i = 0; i < *count; i++) {
        if (date_compare(dates[i], date) == 0) {
            return;
        }
    }
    if (*count < 64) {
        dates[(*count)++] = date;
    }
}

static void
edition_index(struct law *law, struct edition *edition)
{
    edition->index_size = 64;
    while (edition->index_size < edition->programs_count * 2) {
        edition->index_size *= 2;
    }
    edition->index = ARENA_ARRAY(law->arena, uint32_t, edition->index_size);
    for (size_t i = 0; i < edition->programs_count; i++) {
        size_t at = text_hash(edition->programs[i]->item->name) & (edition->index_size - 1);
        while (edition->index[at] != 0) {
            at = (at + 1) & (edition->index_size - 1);
        }
        edition->index[at] = (uint32_t)(i + 1);
    }
}

void
editions_make(struct reader *reader)
{
    struct law *law = reader->law;
    struct date dates[64] = {DATE_NONE};
    size_t count = 1;
    for (size_t i = 0; i < law->items_count; i++) {
        const struct period *period = &law->items[i]->period;
        struct date next;
        if (!date_is_none(period->from)) {
            date_add(dates, &count, period->from);
        }
        if (!date_is_none(period->until) && date_add_days(period->until, 1, &next)) {
            date_add(dates, &count, next);
        }
    }
    qsort(dates, count, sizeof dates[0], date_order);
    law->editions = ARENA_ARRAY(law->arena, struct edition, count);
    law->editions_count = count;
    for (size_t e = 0; e < count; e++) {
        struct edition *edition = &law->editions[e];
        struct date at = dates[e];
        edition->from = at;
        if (date_is_none(at)) {
            (void)date_from_text(TEXT("0001-01-01"), &at);
        }
        edition->programs = ARENA_ARRAY(law->arena, struct program *, law->items_count);
        for (size_t i = 0; i < law->items_count; i++) {
            if (law->items[i]->kind == ITEM_CHECK && item_exists_at(law->items[i], at)) {
                struct program *program = program_compile(reader, law->items[i], at);
                if (program != NULL) {
                    edition->programs[edition->programs_count++] = program;
                }
            }
        }
        edition_index(law, edition);
    }
}

const struct edition *
law_edition(const struct law *law, struct date at)
{
    const struct edition *edition = &law->editions[date_is_none(at) ? law->editions_count - 1 : 0];
    for (size_t i = 1; i < law->editions_count && !date_is_none(at); i++) {
        if (date_compare(law->editions[i].from, at) <= 0) {
            edition = &law->editions[i];
        }
    }
    return edition;
}

const struct program *
law_program(const struct law *law, struct text name, struct date at)
{
    const struct edition *edition = law_edition(law, at);
    for (size_t i = text_hash(name) & (edition->index_size - 1); edition->index[i] != 0;
         i = (i + 1) & (edition->index_size - 1)) {
        const struct program *program = edition->programs[edition->index[i] - 1];
        if (text_equal(program->item->name, name)) {
            return program;
        }
    }
    return NULL;
}

/* ---- Codes that the law declares ---- */

static void
codes_of_type(struct law *law, const struct type *const_type)
{
    struct type *type = (struct type *)(uintptr_t)const_type; /* made by the reader, which is done with it */
    if (type->ids == NULL && type->codes_count > 0) {
        type->ids = ARENA_ARRAY(law->arena, uint32_t, type->codes_count);
    }
    for (size_t i = 0; i < type->codes_count; i++) {
        const struct norm_ref *ref = type->codes[i].ref;
        type->ids[i] = ref != NULL && ref->norm < law->norms_count ? law->norm_codes[ref->norm]
                                                                   : intern_id(&law->intern, type->codes[i].text);
    }
    if (type->of != NULL) {
        codes_of_type(law, type->of);
    }
    for (size_t i = 0; i < type->fields_count; i++) {
        codes_of_type(law, type->fields[i].type);
    }
}

void
codes_declare(struct law *law)
{
    for (size_t i = 0; i < law->items_count; i++) {
        const struct item *item = law->items[i];
        for (size_t j = 0; j < item->check.facts_count; j++) {
            codes_of_type(law, item->check.facts[j].type);
        }
        for (size_t j = 0; j < item->check.statements_count; j++) {
            if (item->check.statements[j].type != NULL) {
                codes_of_type(law, item->check.statements[j].type);
            }
        }
    }
    law->declared_codes = law->intern.count;
}

/* ---- Parameters ---- */

void
parameters_check(struct reader *reader)
{
    struct law *law = reader->law;
    for (size_t i = 0; i < law->items_count; i++) {
        const struct item *item = law->items[i];
        if (item->kind != ITEM_PARAMETER) {
            continue;
        }
        for (size_t j = 0; j < item->parameter.values_count; j++) {
            const struct parameter_value *value = &item->parameter.values[j];
            struct slot slot;
            if (value->literal == NULL) {
                continue;
            }
            if (!literal_slot(&law->intern, law, value->literal, item->parameter.type, &slot)) {
                fault_add(reader, value->literal->place, NULL, "this value is not of the type of the parameter `%.*s`.",
                          TEXT_ARG(item->name));
            }
            for (size_t k = 0; k < j; k++) {
                struct period one = {value->from, value->until},
                              two = {item->parameter.values[k].from, item->parameter.values[k].until};
                bool open = date_is_none(two.until) && date_compare(one.from, two.from) > 0; /* the later one ends it */
                if (!open && periods_meet(&one, &two)) {
                    fault_add(reader, value->literal->place, "Values of a parameter follow each other.",
                              "two values of `%.*s` hold at once.", TEXT_ARG(item->name));
                }
            }
        }
    }
}
