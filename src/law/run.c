/* The machine: each node once, in order, into its own slot. The fast run knows only that something is unknown; the run
 * for what is missing does the same with a set of facts and parameters beside each slot. */
#include "law/run.h"

#include <string.h>

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
