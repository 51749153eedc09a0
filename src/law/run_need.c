/* Needs: how each came out, and what is asked about them. */
#include <string.h>

#include "law/run.h"

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

void
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

void
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
