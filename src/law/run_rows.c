/* Rows: the first that holds, every one that holds, or rules with exceptions. */
#include <string.h>

#include "law/program.h"

static void
lack_take(struct machine *machine, struct lack *lack, size_t from)
{
    if (lack != NULL && machine->slots[from].state == SLOT_UNKNOWN) {
        lack->facts |= machine->lacks[from].facts;
        lack->params |= machine->lacks[from].params;
    }
}

/* no, yes or unknown; an absent condition is not taken. */
static uint8_t
row_state(const struct machine *machine, const struct choice_row *row)
{
    if (row->when == REF_NONE) {
        return TRACE_HOLDS;
    }
    const struct slot *when = &machine->slots[row->when];
    if (when->state == SLOT_UNKNOWN) {
        return TRACE_UNKNOWN;
    }
    return when->state == SLOT_KNOWN && when->v != 0 ? TRACE_HOLDS : TRACE_FAILS;
}

static bool
values_equal(const struct slot *a, const struct slot *b)
{
    if (a->state != b->state || a->state == SLOT_UNKNOWN) {
        return false;
    }
    return a->state == SLOT_ABSENT || (a->v == b->v && a->aux2 == b->aux2);
}

void
run_rows(struct machine *machine, const struct choice *choice, struct slot *out, struct lack *lack)
{
    static const struct slot nothing = {.state = SLOT_ABSENT};
    const struct slot *value = NULL;
    bool unsure = false, differs = false, closed = false;
    uint16_t taken = 0;
    for (size_t i = 0; i < choice->count && !closed; i++) {
        const struct choice_row *row = &choice->rows[i];
        uint8_t state = row_state(machine, row);
        if (state == TRACE_FAILS) {
            continue;
        }
        const struct slot *this_value = &machine->slots[row->value];
        differs = differs || this_value->state == SLOT_UNKNOWN || (value != NULL && !values_equal(value, this_value));
        value = value == NULL ? this_value : value;
        if (state == TRACE_UNKNOWN) {
            unsure = true;
            lack_take(machine, lack, row->when);
        } else {
            closed = true;
            taken = (uint16_t)(i + 1);
        }
        lack_take(machine, lack, row->value);
    }
    if (!closed) {
        differs = differs || (value != NULL && !values_equal(value, &nothing));
        value = value == NULL ? &nothing : value;
    }
    uint8_t kind = out->kind;
    *out = *value;
    out->kind = kind;
    if (differs) {
        out->state = SLOT_UNKNOWN;
    } else if (lack != NULL) {
        *lack = (struct lack){0};
    }
    if (kind < KIND_LIST && kind != KIND_DURATION) {
        out->aux = unsure ? 0 : taken; /* which row was taken, for the trace */
    }
}

static bool
norms_meet(const uint16_t *a, size_t a_count, const uint16_t *b, size_t b_count)
{
    for (size_t i = 0; i < a_count; i++) {
        for (size_t j = 0; j < b_count; j++) {
            if (a[i] == b[j]) {
                return true;
            }
        }
    }
    return false;
}

static bool
set_aside(const struct machine *machine, const struct choice *choice, const struct choice_row *row, uint8_t by)
{
    for (size_t i = 0; i < choice->count; i++) {
        const struct choice_row *other = &choice->rows[i];
        if (other != row && row_state(machine, other) == by &&
            norms_meet(other->over, other->over_count, row->cites, row->cites_count)) {
            return true;
        }
    }
    return false;
}

static void
conflict_note(struct machine *machine, const struct choice *choice)
{
    machine->conflict = true;
    for (size_t i = 0; i < choice->count; i++) {
        const struct choice_row *row = &choice->rows[i];
        if (row_state(machine, row) != TRACE_HOLDS || set_aside(machine, choice, row, TRACE_HOLDS)) {
            continue;
        }
        for (size_t j = 0; j < row->cites_count && machine->conflict_count < 16; j++) {
            machine->conflict_norms[machine->conflict_count++] = row->cites[j];
        }
    }
}

/* General rule and exception: all that hold, less those that another goes over; different answers are a conflict. */
void
run_rules(struct machine *machine, const struct choice *choice, struct slot *out, struct lack *lack)
{
    static const struct slot nothing = {.state = SLOT_ABSENT};
    const struct slot *value = NULL;
    bool differs = false, unsure = false;
    uint16_t taken = 0;
    for (size_t i = 0; i < choice->count; i++) {
        const struct choice_row *row = &choice->rows[i];
        uint8_t state = row_state(machine, row);
        if (state == TRACE_FAILS || set_aside(machine, choice, row, TRACE_HOLDS)) {
            continue;
        }
        const struct slot *this_value = &machine->slots[row->value];
        bool doubtful = state == TRACE_UNKNOWN || set_aside(machine, choice, row, TRACE_UNKNOWN);
        unsure = unsure || doubtful || this_value->state == SLOT_UNKNOWN;
        differs = differs || (value != NULL && !values_equal(value, this_value));
        value = value == NULL ? this_value : value;
        taken = taken == 0 ? (uint16_t)(i + 1) : taken;
    }
    for (size_t i = 0; i < choice->count; i++) {
        if (choice->rows[i].when != REF_NONE) {
            lack_take(machine, lack, choice->rows[i].when);
        }
        if (row_state(machine, &choice->rows[i]) != TRACE_FAILS) {
            lack_take(machine, lack, choice->rows[i].value);
        }
    }
    uint8_t kind = out->kind;
    *out = value == NULL ? nothing : *value;
    out->kind = kind;
    out->aux = unsure ? 0 : taken;
    if (unsure && differs) {
        out->state = SLOT_UNKNOWN;
    } else if (differs) {
        conflict_note(machine, choice);
        out->state = SLOT_ABSENT;
    }
    if (lack != NULL && out->state != SLOT_UNKNOWN) {
        *lack = (struct lack){0};
    }
}

void
run_every(struct machine *machine, const struct choice *choice, struct slot *out, struct lack *lack)
{
    size_t start = machine->data_count;
    uint32_t count = 0;
    bool unknown = false;
    for (size_t i = 0; i < choice->count; i++) {
        const struct choice_row *row = &choice->rows[i];
        uint8_t state = row_state(machine, row);
        if (state == TRACE_FAILS) {
            continue;
        }
        const struct slot *value = &machine->slots[row->value];
        if (state == TRACE_UNKNOWN || value->state == SLOT_UNKNOWN) {
            unknown = true;
            if (row->when != REF_NONE) {
                lack_take(machine, lack, row->when);
            }
            lack_take(machine, lack, row->value);
            continue;
        }
        size_t offset;
        if (value->state == SLOT_KNOWN && scratch_room(machine, 1, &offset)) {
            machine->data[offset] = *value;
            count++;
        }
    }
    *out = (struct slot){
        .v = (int64_t)start, .state = unknown ? SLOT_UNKNOWN : SLOT_KNOWN, .kind = KIND_LIST, .aux = 1, .aux2 = count};
}
