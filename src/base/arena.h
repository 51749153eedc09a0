/* Memory of one request, one command or one batch line: taken piece by piece, given back all at once.
 * An arena has a cap. Reaching it is a bug (inputs are limited before they are read, see limits.h), so
 * allocation never returns NULL: it ends the process, and what was acknowledged is on disk. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena;
struct arena_mark {
    void *block;
    size_t used;
    size_t total;
};

/* A new arena that holds at most bytes_max bytes. Free it with arena_free(). */
struct arena *arena_new(size_t bytes_max);
void arena_free(struct arena *arena);

/* Zeroed memory, aligned for any type. size 0 gives a valid pointer. */
void *arena_alloc(struct arena *arena, size_t size);
/* count objects of size bytes; the product is checked. */
void *arena_array(struct arena *arena, size_t count, size_t size);
/* A copy of size bytes, with a NUL behind them. */
char *arena_copy(struct arena *arena, const void *from, size_t size);

/* Where the arena stands, and back to there: what was taken since is gone. */
struct arena_mark arena_mark(const struct arena *arena);
void arena_rewind(struct arena *arena, struct arena_mark mark);
/* Bytes taken so far, for tests and metrics. */
size_t arena_used(const struct arena *arena);

/* For DEFER(): frees *arena when the variable leaves its scope. */
void arena_free_at(struct arena **arena);

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_array((arena), (count), sizeof(type)))

/* Calls fn(&variable) when the variable leaves its scope. */
#define DEFER(fn) __attribute__((cleanup(fn)))

#endif
