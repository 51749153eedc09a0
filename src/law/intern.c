/* Codes and texts by number. The corpus has its own; a question adds what its facts bring, over it. */
#include <string.h>

#include "law/program.h"

/* Eight bytes a step: names are looked up for every question. */
size_t
text_hash(struct text text)
{
    uint64_t hash = 0xcbf29ce484222325u ^ text.len;
    for (size_t i = 0; i < text.len; i += sizeof(uint64_t)) {
        uint64_t part = 0;
        memcpy(&part, text.at + i, text.len - i < sizeof part ? text.len - i : sizeof part);
        hash = (hash ^ part) * 0x9e3779b97f4a7c15u;
        hash ^= hash >> 29;
    }
    return (size_t)hash;
}

void
intern_init(struct intern *intern, struct arena *arena, const struct intern *below)
{
    *intern = (struct intern){.arena = arena, .below = below};
}

static size_t
first_own(const struct intern *intern)
{
    return intern->below != NULL ? intern->below->count : 0;
}

struct text
intern_text(const struct intern *intern, uint32_t id)
{
    size_t own = first_own(intern);
    return id < own ? intern->below->texts[id] : intern->texts[id - own];
}

static uint32_t
own_find(const struct intern *intern, struct text text)
{
    if (intern->table_size == 0) {
        return CODE_NONE;
    }
    size_t own = first_own(intern);
    for (size_t at = text_hash(text) & (intern->table_size - 1); intern->table[at] != 0;
         at = (at + 1) & (intern->table_size - 1)) {
        if (text_equal(intern->texts[intern->table[at] - 1], text)) {
            return (uint32_t)(own + intern->table[at] - 1);
        }
    }
    return CODE_NONE;
}

uint32_t
intern_find(const struct intern *intern, struct text text)
{
    uint32_t id = intern->below != NULL ? own_find(intern->below, text) : CODE_NONE;
    return id != CODE_NONE ? id : own_find(intern, text);
}

static void
table_put(struct intern *intern, size_t i)
{
    size_t at = text_hash(intern->texts[i]) & (intern->table_size - 1);
    while (intern->table[at] != 0) {
        at = (at + 1) & (intern->table_size - 1);
    }
    intern->table[at] = (uint32_t)(i + 1);
}

static void
grow(struct intern *intern)
{
    size_t room = intern->table_size == 0 ? 32 : intern->table_size; /* twice what it was */
    struct text *texts = ARENA_ARRAY(intern->arena, struct text, room);
    if (intern->count > 0) {
        memcpy(texts, intern->texts, intern->count * sizeof texts[0]);
    }
    intern->texts = texts;
    intern->room = room;
    intern->table_size = room * 2;
    intern->table = ARENA_ARRAY(intern->arena, uint32_t, intern->table_size);
    for (size_t i = 0; i < intern->count; i++) {
        table_put(intern, i);
    }
}

uint32_t
intern_id(struct intern *intern, struct text text)
{
    uint32_t id = intern_find(intern, text);
    if (id != CODE_NONE) {
        return id;
    }
    if (intern->count == intern->room) {
        grow(intern);
    }
    intern->texts[intern->count] = text;
    table_put(intern, intern->count);
    return (uint32_t)(first_own(intern) + intern->count++);
}
