/* The machine: each node once, in order, into its own slot. The fast run knows only that something is unknown; the run
 * for what is missing does the same with a set of facts and parameters beside each slot. */
/* tidy: size: the machine: one branch for each operation */
#include <string.h>

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

static void
run_logic(struct slot *out, const struct slot *a, const struct slot *b, bool is_and)
{
    int64_t wins = is_and ? 0 : 1;
    if (a->state == SLOT_KNOWN && a->v == wins) {
        known(out, wins);
    } else if (b->state == SLOT_KNOWN && b->v == wins) {
        known(out, wins);
    } else if (a->state == SLOT_UNKNOWN || b->state == SLOT_UNKNOWN) {
        out->state = SLOT_UNKNOWN;
    } else if (a->state == SLOT_ABSENT || b->state == SLOT_ABSENT) {
        out->state = SLOT_ABSENT;
    } else {
        known(out, !wins);
    }
}

/* An act that has not taken place is neither before nor after anything: an absent side makes a comparison no. */
static void
run_compare(struct slot *out, const struct slot *a, const struct slot *b, uint8_t op)
{
    if (a->state == SLOT_ABSENT || b->state == SLOT_ABSENT) {
        known(out, op == OP_UNEQUAL);
        return;
    }
    if (a->state == SLOT_UNKNOWN || b->state == SLOT_UNKNOWN) {
        out->state = SLOT_UNKNOWN;
        return;
    }
    switch (op) {
    case OP_EQUAL:
        known(out, a->v == b->v);
        return;
    case OP_UNEQUAL:
        known(out, a->v != b->v);
        return;
    case OP_LESS:
        known(out, a->v < b->v);
        return;
    case OP_AT_MOST:
        known(out, a->v <= b->v);
        return;
    case OP_MORE:
        known(out, a->v > b->v);
        return;
    default:
        known(out, a->v >= b->v);
        return;
    }
}

static void
run_is_code(struct slot *out, const struct slot *a, const struct code_set *set, bool negated)
{
    if (a->state != SLOT_KNOWN) {
        out->state = a->state == SLOT_ABSENT ? SLOT_KNOWN : SLOT_UNKNOWN;
        out->v = negated;
        return;
    }
    bool found = false;
    for (size_t i = 0; i < set->count && !found; i++) {
        found = set->ids[i] == (uint32_t)a->v;
    }
    known(out, found != negated);
}

static void
run_in(struct machine *machine, struct slot *out, const struct slot *a, const struct slot *b, bool map, bool negated)
{
    if (a->state == SLOT_ABSENT || b->state == SLOT_ABSENT) {
        known(out, negated);
        return;
    }
    if (a->state == SLOT_UNKNOWN || b->state == SLOT_UNKNOWN) {
        out->state = SLOT_UNKNOWN;
        return;
    }
    bool found = false;
    size_t stride = map ? b->aux : 1;
    for (size_t i = 0; i < b->aux2 && !found; i++) {
        const struct slot *element = &machine->data[(size_t)b->v + i * stride];
        found = element->state == SLOT_KNOWN && element->v == a->v;
    }
    known(out, found != negated);
}

/* States of arithmetic: absent before unknown, as the result is absent whatever the unknown side holds. */
static bool
both_known(struct slot *out, const struct slot *a, const struct slot *b)
{
    if (a->state == SLOT_KNOWN && b->state == SLOT_KNOWN) {
        return true;
    }
    out->state = a->state == SLOT_ABSENT || b->state == SLOT_ABSENT ? SLOT_ABSENT : SLOT_UNKNOWN;
    return false;
}

static void
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

static void
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

static void
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

static void
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

static void
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

static void
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
static void
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

static void
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

uint16_t
need_norm(const struct machine *machine, const struct need *need, size_t i)
{
    if (need->norm_of == REF_NONE) {
        return i < need->norms_count ? need->norms[i] : (uint16_t)machine->law->norms_count;
    }
    const struct slot *slot = &machine->slots[need->norm_of];
    if (i > 0 || slot->state != SLOT_KNOWN) {
        return (uint16_t)machine->law->norms_count;
    }
    return (uint16_t)law_norm_at(machine->law, intern_text(machine->intern, (uint32_t)slot->v));
}

static void
run_need(struct machine *machine, size_t index, const struct node *node, bool missing)
{
    const struct need *need = &machine->program->needs[node->a];
    uint8_t outcome = 0;
    const struct slot *when = need->when == REF_NONE ? NULL : &machine->slots[need->when];
    const struct slot *value = &machine->slots[need->need];
    if (when != NULL && (when->state == SLOT_ABSENT || (when->state == SLOT_KNOWN && when->v == 0))) {
        outcome = TRACE_NOT_APPLICABLE;
    } else if (value->state == SLOT_KNOWN && value->v != 0) {
        outcome = TRACE_HOLDS;
    } else if (value->state == SLOT_UNKNOWN || (when != NULL && when->state == SLOT_UNKNOWN)) {
        outcome = TRACE_UNKNOWN;
    } else {
        outcome = value->state == SLOT_ABSENT ? TRACE_UNDECIDED : TRACE_FAILS;
    }
    machine->outcome[node->a] = outcome;
    struct slot *out = &machine->slots[index];
    out->v = outcome;
    out->state = outcome == TRACE_UNKNOWN ? SLOT_UNKNOWN : SLOT_KNOWN;
    if (outcome == TRACE_UNKNOWN) {
        lack_join(machine, index, need->need, missing);
        if (when != NULL) {
            lack_join(machine, index, need->when, missing);
        }
    }
}

static bool
need_cites(const struct machine *machine, const struct need *need, const struct node *node)
{
    for (size_t i = 0;; i++) {
        uint16_t norm = need_norm(machine, need, i);
        if (norm == machine->law->norms_count) {
            return false;
        }
        for (size_t j = 0; j < node->b; j++) {
            if (machine->program->operands[node->a + j] == norm) {
                return true;
            }
        }
    }
}

static void
run_needs_asked(struct machine *machine, size_t index, const struct node *node, bool missing)
{
    struct slot *out = &machine->slots[index];
    size_t above = node->op == OP_FAILS ? node->c : node->a;
    uint8_t wanted = node->op == OP_ANY_UNDECIDED ? TRACE_UNDECIDED : TRACE_FAILS;
    bool unknown = false;
    for (size_t i = 0; i < above; i++) {
        uint8_t outcome = machine->outcome[i];
        if (outcome != wanted && outcome != TRACE_UNKNOWN) {
            continue;
        }
        if (node->op == OP_FAILS && !need_cites(machine, &machine->program->needs[i], node)) {
            continue;
        }
        if (outcome == wanted) {
            known(out, 1);
            return;
        }
        unknown = true;
        lack_join(machine, index, (size_t)machine->program->first_node + machine->program->needs[i].node, missing);
    }
    known(out, 0);
    out->state = unknown ? SLOT_UNKNOWN : SLOT_KNOWN;
}

static void
run_element(struct machine *machine, size_t index, const struct node *node, bool missing)
{
    const struct slot *from;
    struct slot record = {.state = SLOT_KNOWN};
    struct slot *out = &machine->slots[index];
    if (node->op == OP_FIELD) {
        record = machine->slots[node->a];
        lack_join(machine, index, node->a, missing);
        if (record.state != SLOT_KNOWN) {
            out->state = record.state;
            return;
        }
        from = &machine->data[(size_t)record.v + node->b];
    } else {
        from = &machine->data[machine->element[node->a] + node->b];
    }
    *out = *from;
    if (missing && from->state == SLOT_UNKNOWN) {
        machine->lacks[index].facts |= (uint64_t)1 << node->c;
    }
}

/* Operations that make maps, compare texts or choose: none of them is on the short way. */
/* tidy: functions: one branch for each operation */
static void
run_other(struct machine *machine, size_t index, const struct node *node, bool missing)
{
    struct slot *out = &machine->slots[index];
    struct lack *lack = missing ? &machine->lacks[index] : NULL;
    const struct slot *a, *b;
    switch (node->op) {
    case OP_ELEMENT:
    case OP_FIELD:
        run_element(machine, index, node, missing);
        return;
    case OP_POSITION:
        *out = machine->position[node->a][node->b];
        return;
    case OP_TABLE:
        run_lookup(machine, &machine->program->lookups[node->a], node->kind, out, lack);
        return;
    case OP_ROWS:
        run_rows(machine, &machine->program->choices[node->a], out, lack);
        return;
    case OP_RULES:
        run_rules(machine, &machine->program->choices[node->a], out, lack);
        return;
    case OP_EVERY:
        run_every(machine, &machine->program->choices[node->a], out, lack);
        return;
    case OP_EARLIEST:
        run_extreme(machine, index, node, missing);
        return;
    case OP_OVER: {
        const struct over *over = &machine->program->overs[node->a];
        run_over(machine, out, over);
        if (out->state == SLOT_UNKNOWN) {
            lack_join(machine, index, over->a, missing);
            lack_join(machine, index, over->c, missing);
            if (over->b != REF_NONE) {
                lack_join(machine, index, over->b, missing);
            }
        }
        return;
    }
    case OP_DATE:
        run_date(machine, out, node);
        if (out->state == SLOT_UNKNOWN) {
            lack_join(machine, index, node->c, missing);
        }
        break;
    case OP_AT:
        run_at(machine, out, node);
        break;
    default:
        a = &machine->slots[node->a];
        b = &machine->slots[node->b];
        if (!both_known(out, a, b)) {
            break;
        }
        if (node->op == OP_ALLOCATE) {
            run_allocate(machine, a, b, out);
        } else if (node->op == OP_ENTRY) {
            size_t offset;
            if (scratch_room(machine, 2, &offset)) {
                machine->data[offset] = *a;
                machine->data[offset + 1] = *b;
                *out = (struct slot){.v = (int64_t)offset, .state = SLOT_KNOWN, .kind = KIND_MAP, .aux = 2, .aux2 = 1};
            }
        } else {
            struct text one = intern_text(machine->intern, (uint32_t)a->v),
                        two = intern_text(machine->intern, (uint32_t)b->v);
            known(out, node->op == OP_SAME_TEXT ? texts_same(machine->arena, one, two)
                                                : texts_has(machine->arena, one, two));
        }
    }
    if (out->state == SLOT_UNKNOWN) {
        lack_join(machine, index, node->a, missing);
        lack_join(machine, index, node->b, missing);
    }
}

static inline bool
jumps(const struct slot *a, const struct node *node)
{
    switch (node->op) {
    case OP_JUMP_NO:
        return (a->state == SLOT_KNOWN && a->v == 0) || (node->c != 0 && a->state == SLOT_ABSENT);
    case OP_JUMP_YES:
        return a->state == SLOT_KNOWN && a->v != 0;
    default:
        return a->state == SLOT_KNOWN;
    }
}

/* tidy: functions: one branch for each operation */
static inline __attribute__((always_inline)) void
run_inline(struct machine *machine, size_t first, size_t end, const bool missing)
{
    const struct program *program = machine->program;
    struct slot *slots = machine->slots;
    for (size_t i = first; i < end; i++) {
        const struct node *node = &program->nodes[i];
        size_t index = program->first_node + i;
        struct slot *out = &slots[index];
        if (missing) {
            machine->lacks[index] = (struct lack){0};
        }
        out->kind = node->kind;
        switch (node->op) {
        case OP_JUMP_NO:
        case OP_JUMP_YES:
        case OP_JUMP_KNOWN:
            if (jumps(&slots[node->a], node)) {
                i = (size_t)node->b - 1;
            }
            continue;
        case OP_AND:
        case OP_OR:
            run_logic(out, &slots[node->a], &slots[node->b], node->op == OP_AND);
            break;
        case OP_NOT:
            known(out, !slots[node->a].v);
            out->state = slots[node->a].state;
            lack_join(machine, index, node->a, missing);
            continue;
        case OP_NEGATE:
            known(out, -slots[node->a].v);
            out->state = slots[node->a].state;
            lack_join(machine, index, node->a, missing);
            continue;
        case OP_COPY:
            *out = slots[node->a];
            lack_join(machine, index, node->a, missing);
            continue;
        case OP_EQUAL:
        case OP_UNEQUAL:
        case OP_LESS:
        case OP_AT_MOST:
        case OP_MORE:
        case OP_AT_LEAST:
            run_compare(out, &slots[node->a], &slots[node->b], node->op);
            break;
        case OP_IS_ABSENT:
            known(out, (slots[node->a].state == SLOT_ABSENT) != (node->c != 0));
            out->state = slots[node->a].state == SLOT_UNKNOWN ? SLOT_UNKNOWN : SLOT_KNOWN;
            lack_join(machine, index, node->a, missing);
            continue;
        case OP_IS_CODE:
            run_is_code(out, &slots[node->a], &program->sets[node->b], node->c != 0);
            lack_join(machine, index, node->a, missing);
            continue;
        case OP_IN_LIST:
        case OP_IN_MAP:
            run_in(machine, out, &slots[node->a], &slots[node->b], node->op == OP_IN_MAP, node->c != 0);
            break;
        case OP_ADD:
        case OP_SUBTRACT:
        case OP_TIMES:
            run_arithmetic(machine, out, &slots[node->a], &slots[node->b], node);
            break;
        case OP_DURATION:
            run_duration(machine, out, &slots[node->a], node->b);
            lack_join(machine, index, node->a, missing);
            continue;
        case OP_DATE_ADD:
        case OP_DATE_SUBTRACT:
            run_date_add(machine, out, &slots[node->a], &slots[node->b], node->op == OP_DATE_SUBTRACT);
            break;
        case OP_YEAR:
        case OP_YEAR_OF_SESSION:
        case OP_ORDINAL:
            run_calendar(machine, out, node);
            lack_join(machine, index, node->a, missing);
            continue;
        case OP_SESSION:
        case OP_YEARS_BETWEEN:
        case OP_DAYS_BETWEEN:
            run_calendar(machine, out, node);
            break;
        case OP_ELSE:
            *out = slots[node->a].state == SLOT_ABSENT ? slots[node->b] : slots[node->a];
            if (slots[node->a].state == SLOT_ABSENT) {
                lack_join(machine, index, node->b, missing);
            } else {
                lack_join(machine, index, node->a, missing);
            }
            continue;
        case OP_LIST:
            run_loop(machine, node, out, missing);
            i = (size_t)program->loops[node->a].end - 1;
            continue;
        case OP_NEED:
            run_need(machine, index, node, missing);
            continue;
        case OP_ANY_FAILS:
        case OP_ANY_UNDECIDED:
        case OP_FAILS:
            run_needs_asked(machine, index, node, missing);
            continue;
        default:
            run_other(machine, index, node, missing);
            continue;
        }
        if (out->state == SLOT_UNKNOWN) {
            lack_join(machine, index, node->a, missing);
            lack_join(machine, index, node->b, missing);
        }
    }
}

static void
run_fast(struct machine *machine, size_t first, size_t end)
{
    run_inline(machine, first, end, false);
}

static void
run_missing(struct machine *machine, size_t first, size_t end)
{
    run_inline(machine, first, end, true);
}

void
run_nodes(struct machine *machine, size_t first, size_t end, bool missing)
{
    if (missing) {
        run_missing(machine, first, end);
    } else {
        run_fast(machine, first, end);
    }
}

void
machine_run(struct machine *machine)
{
    run_fast(machine, 0, machine->program->nodes_count);
}

void
machine_run_missing(struct machine *machine)
{
    run_missing(machine, 0, machine->program->nodes_count);
}
