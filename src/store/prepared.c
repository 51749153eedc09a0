#include "store/prepared.h"

#include <assert.h>
#include <string.h>

#include "base/limits.h"

void
prepared_init(struct prepared *prepared, struct arena *arena)
{
    *prepared = (struct prepared){.slots = ARENA_ARRAY(arena, struct prepared_slot, STATEMENTS_MAX)};
}

struct prepared_slot *
prepared_slot(struct prepared *prepared, const struct statement *statement)
{
    const size_t mask = STATEMENTS_MAX - 1;
    size_t at = ((uintptr_t)statement >> 4) * 0x9E3779B97F4A7C15u >> 40 & mask;
    while (prepared->slots[at].statement != NULL && prepared->slots[at].statement != statement) {
        at = (at + 1) & mask;
    }
    return &prepared->slots[at];
}

void
prepared_put(struct prepared *prepared, struct prepared_slot *slot, const struct statement *statement, void *handle)
{
    assert(slot->handle == NULL && handle != NULL);
    assert(prepared->count < STATEMENTS_MAX / 4 * 3);

    *slot = (struct prepared_slot){.statement = statement, .handle = handle};
    prepared->count++;
}

void
prepared_clear(struct prepared *prepared)
{
    memset(prepared->slots, 0, STATEMENTS_MAX * sizeof prepared->slots[0]);
    prepared->count = 0;
}
