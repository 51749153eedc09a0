/* Arithmetic and the calendar. */
#include <string.h>

#include "law/run.h"

void
run_arithmetic(struct machine *machine, struct slot *out, const struct slot *a, const struct slot *b,
               const struct node *node)
{
    if (!both_known(out, a, b)) {
        return;
    }
    int64_t v = 0;
    bool overflow;
    if (node->op == OP_TIMES) {
        __int128 product = (__int128)a->v * b->v;
        overflow = product % SCALE != 0;
        product /= SCALE;
        overflow = overflow || product > INT64_MAX || product < INT64_MIN;
        v = (int64_t)product;
    } else {
        overflow = node->op == OP_ADD ? __builtin_add_overflow(a->v, b->v, &v) : __builtin_sub_overflow(a->v, b->v, &v);
    }
    if (overflow) {
        machine->fault = "overflow";
    }
    known(out, v);
}

void
run_over(struct machine *machine, struct slot *out, const struct over *over)
{
    static const struct slot one = {.v = SCALE, .state = SLOT_KNOWN};
    const struct slot *a = &machine->slots[over->a];
    const struct slot *b = over->b == REF_NONE ? &one : &machine->slots[over->b];
    const struct slot *c = &machine->slots[over->c];
    struct slot product;
    if (!both_known(&product, a, b) || !both_known(out, a, c)) {
        out->state =
            a->state == SLOT_ABSENT || b->state == SLOT_ABSENT || c->state == SLOT_ABSENT ? SLOT_ABSENT : SLOT_UNKNOWN;
        return;
    }
    if (c->v == 0) {
        out->state = SLOT_ABSENT;
        return;
    }
    /* Bring the quotient to units: numbers carry 10^6, money is in centimes. */
    __int128 above = (__int128)a->v * b->v;
    __int128 below = c->v;
    int scale = (over->money_a ? 0 : 1) + (over->money_b ? 0 : 1) - (over->money_c ? 0 : 1);
    for (; scale > 0; scale--) {
        below *= SCALE;
    }
    if (below < 0) {
        above = -above;
        below = -below;
    }
    __int128 quotient = above / below;
    __int128 rest = above % below;
    if (rest < 0) {
        quotient--;
        rest += below;
    }
    quotient += over->rounding == ROUND_UP ? rest > 0 : over->rounding == ROUND_HALF_UP ? rest * 2 >= below : 0;
    bool money = over->money_a + over->money_b > over->money_c;
    quotient *= money ? 1 : SCALE;
    if (quotient > INT64_MAX || quotient < INT64_MIN) {
        machine->fault = "overflow";
        quotient = 0;
    }
    known(out, (int64_t)quotient);
}

void
run_date_add(struct machine *machine, struct slot *out, const struct slot *a, const struct slot *b, bool subtract)
{
    if (!both_known(out, a, b)) {
        return;
    }
    struct date from = {.days = (int32_t)a->v};
    struct date to = from;
    int64_t count = subtract ? -b->v : b->v;
    bool good = b->aux == TERM_DAYS     ? date_add_days(from, count, &to)
                : b->aux == TERM_MONTHS ? date_add_months(from, count, &to)
                                        : date_add_years(from, count, &to);
    if (!good) {
        machine->fault = "overflow";
    }
    known(out, to.days);
}

void
run_duration(struct machine *machine, struct slot *out, const struct slot *a, uint16_t unit)
{
    out->state = a->state;
    out->aux = unit;
    if (a->state == SLOT_KNOWN) {
        out->v = a->v / SCALE;
        if (a->v % SCALE != 0 || out->v > 10000000 || out->v < -10000000) {
            machine->fault = "overflow";
            out->v = 0;
        }
    }
}

void
run_date(struct machine *machine, struct slot *out, const struct node *node)
{
    const struct slot *y = &machine->slots[node->a], *m = &machine->slots[node->b], *d = &machine->slots[node->c];
    if (y->state != SLOT_KNOWN || m->state != SLOT_KNOWN || d->state != SLOT_KNOWN) {
        out->state =
            y->state == SLOT_ABSENT || m->state == SLOT_ABSENT || d->state == SLOT_ABSENT ? SLOT_ABSENT : SLOT_UNKNOWN;
        return;
    }
    int64_t year = y->v / SCALE, month = m->v / SCALE, day = d->v / SCALE;
    struct date date = {0};
    bool good = year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
    while (good && !date_from_civil((int)year, (int)month, (int)day, &date)) {
        day--;
    }
    if (!good) {
        machine->fault = "overflow";
    }
    known(out, date.days);
}

void
run_calendar(struct machine *machine, struct slot *out, const struct node *node)
{
    const struct slot *a = &machine->slots[node->a], *b = &machine->slots[node->b];
    if (node->op == OP_YEAR || node->op == OP_YEAR_OF_SESSION || node->op == OP_ORDINAL) {
        out->state = a->state;
        if (a->state == SLOT_KNOWN) {
            int year, month, day;
            date_to_civil((struct date){.days = (int32_t)a->v}, &year, &month, &day);
            out->v = (node->op == OP_YEAR ? year : node->op == OP_ORDINAL ? a->v % 100 : a->v / 100) * SCALE;
        }
        return;
    }
    if (!both_known(out, a, b)) {
        return;
    }
    struct date from = {.days = (int32_t)a->v}, to = {.days = (int32_t)b->v};
    if (node->op == OP_SESSION) {
        known(out, a->v / SCALE * 100 + b->v / SCALE);
        if (a->v < 0 || b->v < SCALE || b->v / SCALE > 99 || a->v / SCALE > 9999) {
            machine->fault = "overflow";
        }
    } else {
        known(out,
              (int64_t)(node->op == OP_YEARS_BETWEEN ? date_years_between(from, to) : date_days_between(from, to)) *
                  SCALE);
    }
}

/* The least or largest of several, absent ones left out. */
void
run_extreme(struct machine *machine, size_t index, const struct node *node, bool missing)
{
    struct slot *out = &machine->slots[index];
    bool unknown = false;
    out->state = SLOT_ABSENT;
    for (size_t i = 0; i < node->b; i++) {
        size_t from = machine->program->operands[node->a + i];
        const struct slot *a = &machine->slots[from];
        unknown = unknown || a->state == SLOT_UNKNOWN;
        lack_join(machine, index, from, missing);
        if (a->state == SLOT_KNOWN && (out->state == SLOT_ABSENT || (node->c != 0 ? a->v > out->v : a->v < out->v))) {
            known(out, a->v);
        }
    }
    out->state = unknown ? SLOT_UNKNOWN : out->state;
}

void
run_at(struct machine *machine, struct slot *out, const struct node *node)
{
    const struct slot *map = &machine->slots[node->a], *key = &machine->slots[node->b];
    if (!both_known(out, map, key)) {
        return;
    }
    out->state = SLOT_ABSENT;
    for (size_t i = 0; i < map->aux2; i++) {
        size_t entry = (size_t)map->v + i * node->c;
        if (machine->data[entry].v != key->v) {
            continue;
        }
        if (node->kind == KIND_RECORD) {
            *out = (struct slot){.v = (int64_t)entry + 1, .state = SLOT_KNOWN, .kind = KIND_RECORD};
        } else {
            *out = machine->data[entry + 1];
        }
        return;
    }
}
