/* Operations over the elements of a list or map. A part of a list is never copied: its conditions are asked of each
 * element, level by level, and each level counts its own positions. */
#include <string.h>

#include "law/program.h"

enum { PAIRS_MAX = 65536 };

enum passes { PASSES_NO, PASSES_YES, PASSES_MAYBE };

struct tally {
    size_t sure, maybe;   /* elements that pass, elements that may */
    bool unknown;         /* a condition or value that counts is unknown */
    bool yes, no, absent; /* of any and all */
    struct slot best;     /* sum, first, highest, lowest */
    bool done;
    size_t scratch, kept; /* distinct, copy, sum of maps */
};

static void
lack_add(struct machine *machine, size_t index, size_t from, bool missing)
{
    if (missing && machine->slots[from].state == SLOT_UNKNOWN) {
        machine->lacks[index].facts |= machine->lacks[from].facts;
        machine->lacks[index].params |= machine->lacks[from].params;
    }
}

/* Does the element pass all levels? Positions behind an element that may or may not pass are unknown. */
static enum passes
element_passes(struct machine *machine, const struct loop *loop, size_t index, struct slot *positions, bool missing)
{
    bool maybe = false;
    for (size_t k = 0; k < loop->levels; k++) {
        const struct level *level = &loop->level[k];
        machine->position[loop->depth][k] = positions[k];
        run_nodes(machine, level->first, level->end, missing);
        const struct slot *when = &machine->slots[level->when];
        if (when->state == SLOT_ABSENT || (when->state == SLOT_KNOWN && when->v == 0)) {
            return PASSES_NO;
        }
        if (when->state == SLOT_UNKNOWN) {
            maybe = true;
            lack_add(machine, index, level->when, missing);
        }
        if (maybe) {
            positions[k + 1].state = SLOT_UNKNOWN;
        } else {
            positions[k + 1].v += SCALE;
        }
    }
    machine->position[loop->depth][loop->levels] = positions[loop->levels];
    return maybe ? PASSES_MAYBE : PASSES_YES;
}

/* any is `or` over the elements, all is `and`: one deciding element ends the search. */
static void
tally_test(struct machine *machine, const struct loop *loop, size_t index, enum passes passes, struct tally *tally,
           bool missing)
{
    struct slot value = {.v = loop->op == LIST_ANY, .state = SLOT_KNOWN};
    if (loop->has_test) {
        run_nodes(machine, loop->test.first, loop->test.end, missing);
        value = machine->slots[loop->test.when];
        lack_add(machine, index, loop->test.when, missing);
    }
    int64_t decides = loop->op == LIST_ANY;
    if (value.state == SLOT_KNOWN && value.v == !decides) {
        return;
    }
    if (passes == PASSES_MAYBE || value.state == SLOT_UNKNOWN) {
        tally->unknown = true;
    } else if (value.state == SLOT_ABSENT) {
        tally->absent = true;
    } else {
        tally->yes = tally->done = true;
    }
}

static void
map_sum(struct machine *machine, struct tally *tally, const struct slot *map)
{
    for (size_t i = 0; i < map->aux2; i++) {
        const struct slot *key = &machine->data[(size_t)map->v + i * 2];
        const struct slot *value = key + 1;
        size_t at = 0;
        if (value->state != SLOT_KNOWN) {
            tally->unknown = tally->unknown || value->state == SLOT_UNKNOWN;
            continue;
        }
        while (at < tally->kept && machine->data[tally->scratch + at * 2].v != key->v) {
            at++;
        }
        struct slot *entry = &machine->data[tally->scratch + at * 2];
        if (at < tally->kept) {
            if (__builtin_add_overflow(entry[1].v, value->v, &entry[1].v)) {
                machine->fault = "overflow";
            }
            continue;
        }
        if (at == MAP_ENTRIES_MAX) {
            machine->fault = "too_large";
            return;
        }
        entry[0] = *key;
        entry[1] = *value;
        tally->kept++;
    }
}

static void
value_keep(struct machine *machine, struct tally *tally, const struct slot *value, bool distinct)
{
    for (size_t i = 0; distinct && i < tally->kept; i++) {
        if (machine->data[tally->scratch + i].v == value->v) {
            return;
        }
    }
    machine->data[tally->scratch + tally->kept++] = *value;
}

/* Room for what the operation keeps, taken before the first element is read. */
static bool
tally_reserve(struct machine *machine, const struct loop *loop, size_t elements, struct tally *tally)
{
    size_t count = loop->op == LIST_COPY || loop->op == LIST_DISTINCT ? elements * 2
                   : loop->op == LIST_SUM && loop->kind == KIND_MAP   ? (size_t)MAP_ENTRIES_MAX * 2
                                                                      : 0;
    return count == 0 || scratch_room(machine, count, &tally->scratch);
}

static void
tally_value(struct machine *machine, const struct loop *loop, size_t index, enum passes passes, struct tally *tally,
            bool missing)
{
    run_nodes(machine, loop->value.first, loop->value.end, missing);
    const struct slot *value = &machine->slots[loop->value.when];
    if (passes == PASSES_MAYBE || value->state == SLOT_UNKNOWN) {
        tally->unknown = true;
        lack_add(machine, index, loop->value.when, missing);
        return;
    }
    if (loop->op == LIST_FIRST) {
        tally->best = *value;
        tally->done = !tally->unknown;
        return;
    }
    if (value->state == SLOT_ABSENT) {
        return;
    }
    if (loop->op == LIST_DISTINCT || loop->op == LIST_COPY) {
        if (loop->op == LIST_COPY && loop->is_map) {
            value_keep(machine, tally, &machine->data[machine->element[loop->depth]], false);
        }
        value_keep(machine, tally, value, loop->op == LIST_DISTINCT);
    } else if (loop->op == LIST_SUM && loop->kind == KIND_MAP) {
        map_sum(machine, tally, value);
    } else if (loop->op == LIST_SUM) {
        if (__builtin_add_overflow(tally->best.v, value->v, &tally->best.v)) {
            machine->fault = "overflow";
        }
    } else if (tally->best.state != SLOT_KNOWN ||
               (loop->op == LIST_HIGHEST ? value->v > tally->best.v : value->v < tally->best.v)) {
        tally->best = *value;
    }
}

static void
tally_end(struct machine *machine, const struct loop *loop, size_t index, struct tally *tally, struct slot *out,
          bool missing)
{
    int64_t v = 0;
    out->state = SLOT_KNOWN;
    switch (loop->op) {
    case LIST_ANY:
    case LIST_ALL:
        v = loop->op == LIST_ANY ? tally->yes : !tally->yes;
        out->state = tally->yes ? SLOT_KNOWN : tally->unknown ? SLOT_UNKNOWN : tally->absent ? SLOT_ABSENT : SLOT_KNOWN;
        break;
    case LIST_COUNT:
        v = (int64_t)tally->sure * SCALE;
        out->state = tally->maybe > 0 ? SLOT_UNKNOWN : SLOT_KNOWN;
        break;
    case LIST_AT_LEAST: {
        const struct slot *wanted = &machine->slots[loop->how_many];
        v = wanted->v <= (int64_t)tally->sure * SCALE;
        out->state = v != 0 || wanted->v > (int64_t)(tally->sure + tally->maybe) * SCALE ? SLOT_KNOWN : SLOT_UNKNOWN;
        if (wanted->state != SLOT_KNOWN) {
            out->state = wanted->state;
            lack_add(machine, index, loop->how_many, missing);
        }
        break;
    }
    case LIST_DISTINCT:
        v = (int64_t)tally->kept * SCALE;
        out->state = tally->unknown ? SLOT_UNKNOWN : SLOT_KNOWN;
        break;
    case LIST_FIRST:
    case LIST_HIGHEST:
    case LIST_LOWEST:
        *out = tally->best;
        out->state = tally->unknown ? SLOT_UNKNOWN : out->state;
        return;
    default: /* sum, copy */
        v = tally->best.v;
        out->state = tally->unknown ? SLOT_UNKNOWN : SLOT_KNOWN;
        if (loop->op == LIST_COPY || loop->kind == KIND_MAP) {
            v = (int64_t)tally->scratch;
            bool pairs = loop->op == LIST_SUM || loop->is_map;
            out->aux = pairs ? 2 : 1;
            out->aux2 = (uint32_t)(loop->op == LIST_COPY && loop->is_map ? tally->kept / 2 : tally->kept);
        }
    }
    out->v = v;
    if (missing && out->state == SLOT_KNOWN) {
        machine->lacks[index] = (struct lack){0};
    }
}

static bool
list_is_known(struct machine *machine, const struct loop *loop, size_t index, struct slot *out, bool missing)
{
    const struct slot *list = &machine->slots[loop->list];
    if (list->state == SLOT_KNOWN) {
        return true;
    }
    out->state = list->state;
    lack_add(machine, index, loop->list, missing);
    if (list->state == SLOT_ABSENT &&
        (loop->op == LIST_COUNT || loop->op == LIST_DISTINCT || loop->op == LIST_AT_LEAST)) {
        out->v = 0;
        out->state = SLOT_KNOWN;
    }
    return false;
}

void
run_loop(struct machine *machine, const struct node *node, struct slot *out, bool missing)
{
    const struct loop *loop = &machine->program->loops[node->a];
    size_t index = (size_t)(out - machine->slots);
    if (!list_is_known(machine, loop, index, out, missing)) {
        return;
    }
    struct slot list = machine->slots[loop->list];
    struct tally tally = {.best = {.state = loop->op == LIST_SUM ? SLOT_KNOWN : SLOT_ABSENT, .kind = node->kind}};
    if (!tally_reserve(machine, loop, list.aux2, &tally)) {
        return;
    }
    size_t mark = machine->data_count;
    struct slot positions[LEVELS_OF_VIEW_MAX + 1];
    for (size_t k = 0; k <= loop->levels; k++) {
        positions[k] = (struct slot){.state = SLOT_KNOWN, .kind = KIND_NUMBER};
    }
    for (size_t i = 0; i < list.aux2 && !tally.done && machine->fault == NULL; i++) {
        if (loop->depth > 0 && ++machine->pairs > PAIRS_MAX) {
            machine->fault = "too_large";
            return;
        }
        machine->element[loop->depth] = (size_t)list.v + i * loop->stride;
        machine->data_count = mark;
        positions[0].v = (int64_t)(i + 1) * SCALE;
        enum passes passes = element_passes(machine, loop, index, positions, missing);
        if (passes == PASSES_NO) {
            continue;
        }
        tally.sure += passes == PASSES_YES;
        tally.maybe += passes == PASSES_MAYBE;
        if (loop->op == LIST_ANY || loop->op == LIST_ALL) {
            tally_test(machine, loop, index, passes, &tally, missing);
        } else if (loop->op >= LIST_SUM) {
            tally_value(machine, loop, index, passes, &tally, missing);
        }
    }
    tally_end(machine, loop, index, &tally, out, missing);
}
