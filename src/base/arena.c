#include "base/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"

struct block {
    struct block *before;
    size_t size;
    size_t used;
    alignas(max_align_t) unsigned char bytes[];
};

struct arena {
    struct block *last;
    size_t bytes_max;
    size_t total;
};

static void *take(struct arena *arena, size_t size);
static struct block *block_new(struct arena *arena, size_t size);
static _Noreturn void exhausted(const struct arena *arena, size_t size);

struct arena *
arena_new(size_t bytes_max)
{
    assert(bytes_max > 0);

    struct arena *arena = malloc(sizeof *arena);
    if (arena == NULL) {
        abort();
    }
    *arena = (struct arena){.bytes_max = bytes_max};
    return arena;
}

void
arena_free(struct arena *arena)
{
    if (arena == NULL) {
        return;
    }
    arena_rewind(arena, (struct arena_mark){0});
    free(arena);
}

void
arena_free_at(struct arena **arena)
{
    arena_free(*arena);
    *arena = NULL;
}

void *
arena_alloc(struct arena *arena, size_t size)
{
    return memset(take(arena, size), 0, size);
}

void *
arena_array(struct arena *arena, size_t count, size_t size)
{
    size_t bytes = 0;
    if (__builtin_mul_overflow(count, size, &bytes)) {
        exhausted(arena, SIZE_MAX);
    }
    return arena_alloc(arena, bytes);
}

char *
arena_copy(struct arena *arena, const void *from, size_t size)
{
    assert(from != NULL || size == 0);

    char *copy = take(arena, size + 1);
    if (size > 0) {
        memcpy(copy, from, size);
    }
    copy[size] = '\0';
    return copy;
}

struct arena_mark
arena_mark(const struct arena *arena)
{
    return (struct arena_mark){
        .block = arena->last,
        .used = arena->last == NULL ? 0 : arena->last->used,
        .total = arena->total,
    };
}

void
arena_rewind(struct arena *arena, struct arena_mark mark)
{
    while (arena->last != mark.block) {
        assert(arena->last != NULL);
        struct block *before = arena->last->before;
        free(arena->last);
        arena->last = before;
    }
    if (arena->last != NULL) {
        arena->last->used = mark.used;
    }
    arena->total = mark.total;
}

size_t
arena_used(const struct arena *arena)
{
    return arena->total;
}

static void *
take(struct arena *arena, size_t size)
{
    assert(arena != NULL);

    const size_t align = alignof(max_align_t);
    if (size > arena->bytes_max) {
        exhausted(arena, size);
    }
    const size_t rounded = (size + align - 1) / align * align;
    struct block *block = arena->last;
    if (block == NULL || block->size - block->used < rounded) {
        block = block_new(arena, rounded);
    }
    void *at = block->bytes + block->used;
    block->used += rounded;
    arena->total += rounded;
    if (arena->total > arena->bytes_max) {
        exhausted(arena, size);
    }
    return at;
}

static struct block *
block_new(struct arena *arena, size_t size)
{
    const size_t bytes = size > ARENA_BLOCK_BYTES ? size : ARENA_BLOCK_BYTES;
    struct block *block = malloc(sizeof *block + bytes);
    if (block == NULL) {
        exhausted(arena, bytes);
    }
    *block = (struct block){.before = arena->last, .size = bytes};
    arena->last = block;
    return block;
}

static _Noreturn void
exhausted(const struct arena *arena, size_t size)
{
    fprintf(stderr, "arena: %zu bytes asked, %zu of %zu used\n", size, arena->total, arena->bytes_max);
    abort();
}
