/* The prepared statements of one connection, found by the address of their struct statement. Only for src/store. */
#ifndef STORE_PREPARED_H
#define STORE_PREPARED_H

#include "store/statement.h"

struct prepared_slot {
    const struct statement *statement;
    void *handle; /* the engine's; NULL: not yet prepared */
};

struct prepared {
    struct prepared_slot *slots; /* STATEMENTS_MAX */
    size_t count;
};

void prepared_init(struct prepared *prepared, struct arena *arena);
/* The slot of the statement, or the empty one where it goes. */
struct prepared_slot *prepared_slot(struct prepared *prepared, const struct statement *statement);
void prepared_put(struct prepared *prepared, struct prepared_slot *slot, const struct statement *statement,
                  void *handle);
/* Forgets all; the engine has released them. */
void prepared_clear(struct prepared *prepared);

#endif
