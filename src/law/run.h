/* What the files of the machine share: how a slot is set, and how what is lacked is joined. */
#ifndef LAW_RUN_H
#define LAW_RUN_H

#include "law/program.h"

static inline void
lack_join(struct machine *machine, size_t out, size_t from, bool missing)
{
    if (missing && machine->slots[from].state == SLOT_UNKNOWN) {
        machine->lacks[out].facts |= machine->lacks[from].facts;
        machine->lacks[out].params |= machine->lacks[from].params;
    }
}

static inline void
known(struct slot *out, int64_t v)
{
    out->v = v;
    out->state = SLOT_KNOWN;
}

/* States of arithmetic: absent before unknown, as the result is absent whatever the unknown side holds. */
static inline bool
both_known(struct slot *out, const struct slot *a, const struct slot *b)
{
    if (a->state == SLOT_KNOWN && b->state == SLOT_KNOWN) {
        return true;
    }
    out->state = a->state == SLOT_ABSENT || b->state == SLOT_ABSENT ? SLOT_ABSENT : SLOT_UNKNOWN;
    return false;
}

/* run_value.c, run_need.c */
void run_arithmetic(struct machine *machine, struct slot *out, const struct slot *a, const struct slot *b,
                    const struct node *node);
void run_over(struct machine *machine, struct slot *out, const struct over *over);
void run_date_add(struct machine *machine, struct slot *out, const struct slot *a, const struct slot *b, bool subtract);
void run_duration(struct machine *machine, struct slot *out, const struct slot *a, uint16_t unit);
void run_date(struct machine *machine, struct slot *out, const struct node *node);
void run_calendar(struct machine *machine, struct slot *out, const struct node *node);
void run_extreme(struct machine *machine, size_t index, const struct node *node, bool missing);
void run_at(struct machine *machine, struct slot *out, const struct node *node);
void run_need(struct machine *machine, size_t index, const struct node *node, bool missing);
void run_needs_asked(struct machine *machine, size_t index, const struct node *node, bool missing);

#endif
