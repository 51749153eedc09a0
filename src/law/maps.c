/* Maps and lists that a run makes: a scratch at the end of the facts, with a bound. */
#include <string.h>

#include "law/program.h"

bool
scratch_room(struct machine *machine, size_t count, size_t *ret_offset)
{
    if (machine->data_room - machine->data_count < count) {
        machine->fault = "too_large";
        return false;
    }
    *ret_offset = machine->data_count;
    machine->data_count += count;
    return true;
}

/* Gives one unit more to the largest remainder not yet served; a tie goes to the larger value, then to the order. */
static void
unit_give(struct machine *machine, const struct slot *map, struct slot *result, int64_t *rests, uint8_t *served,
          int64_t unit)
{
    size_t best = map->aux2;
    for (size_t i = 0; i < map->aux2; i++) {
        int64_t value = machine->data[(size_t)map->v + i * 2 + 1].v;
        if (served[i]) {
            continue;
        }
        if (best == map->aux2 || rests[i] > rests[best] ||
            (rests[i] == rests[best] && value > machine->data[(size_t)map->v + best * 2 + 1].v)) {
            best = i;
        }
    }
    if (best < map->aux2) {
        served[best] = 1;
        result[best * 2 + 1].v += unit;
    }
}

/* Shares of a total in proportion to a map's values, each floored, the rest by largest remainder. */
void
run_allocate(struct machine *machine, const struct slot *total, const struct slot *map, struct slot *out)
{
    enum { ENTRIES_MAX = 256 };
    int64_t rests[ENTRIES_MAX];
    uint8_t served[ENTRIES_MAX] = {0};
    int64_t sum = 0, given = 0;
    size_t offset;
    out->state = SLOT_ABSENT;
    if (map->aux2 > ENTRIES_MAX) {
        machine->fault = "too_large";
        return;
    }
    for (size_t i = 0; i < map->aux2; i++) {
        const struct slot *value = &machine->data[(size_t)map->v + i * 2 + 1];
        int64_t part = value->state == SLOT_KNOWN ? value->v : 0;
        if (part < 0 || __builtin_add_overflow(sum, part, &sum)) {
            machine->fault = "overflow";
            return;
        }
    }
    if (sum == 0 || !scratch_room(machine, (size_t)map->aux2 * 2, &offset)) {
        return;
    }
    int64_t unit = total->kind == KIND_NUMBER ? SCALE : 1;
    for (size_t i = 0; i < map->aux2; i++) {
        const struct slot *entry = &machine->data[(size_t)map->v + i * 2];
        int64_t part = entry[1].state == SLOT_KNOWN ? entry[1].v : 0;
        __int128 product = (__int128)(total->v / unit) * part;
        __int128 share = product / sum;
        __int128 rest = product % sum;
        if (rest < 0) {
            share--;
            rest += sum;
        }
        rests[i] = (int64_t)rest;
        machine->data[offset + i * 2] = entry[0];
        machine->data[offset + i * 2 + 1] =
            (struct slot){.v = (int64_t)share * unit, .state = SLOT_KNOWN, .kind = total->kind};
        given += (int64_t)share;
    }
    for (int64_t left = total->v / unit - given; left > 0; left--) {
        unit_give(machine, map, &machine->data[offset], rests, served, unit);
    }
    *out = (struct slot){.v = (int64_t)offset, .state = SLOT_KNOWN, .kind = KIND_MAP, .aux = 2, .aux2 = map->aux2};
}
