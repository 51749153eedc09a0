/* Small JSON objects, as check --batch reads them: ten facts, the arena rewound after each. Prints objects and bytes
 * per second of reading alone, and of reading and writing again. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/json.h"
#include "base/limits.h"

enum { OBJECTS = 1000000 };

static const struct text objects[] = {
    TEXT_INIT(
        "{\"case\":\"c-1\",\"procedure\":\"shooting_permit\",\"facts\":{\"company_form\":\"SA\",\"capital_centimes\":"
        "50000000,\"has_card\":true,\"title\":\"طريق الجنوب\",\"days\":42,\"crew\":18,\"foreign\":false,\"city\":"
        "\"ورزازات\",\"filed_on\":\"2026-11-02\",\"script_pages\":96}}"),
    TEXT_INIT(
        "{\"case\":\"c-2\",\"procedure\":\"visa\",\"facts\":{\"company_form\":\"SARL\",\"capital_centimes\":30000000,"
        "\"has_card\":false,\"title\":\"Le jour d'après\",\"days\":7,\"crew\":3,\"foreign\":true,\"city\":\"Tanger\","
        "\"filed_on\":\"2026-01-31\",\"runtime_minutes\":113.5}}"),
};

static double seconds(void);

int
main(void)
{
    struct arena *arena = arena_new(ARENA_BYTES_MAX);
    arena_alloc(arena, 1); /* the mark stands inside a block, which rewinding then keeps */
    const struct arena_mark mark = arena_mark(arena);
    for (int writes = 0; writes < 2; writes++) {
        const double begin = seconds();
        size_t bytes = 0;
        for (int i = 0; i < OBJECTS; i++) {
            const struct text input = objects[i % 2];
            struct json value;
            struct json_fault fault;
            if (!json_parse(arena, input, &value, &fault)) {
                fprintf(stderr, "byte %zu: %s\n", fault.offset, fault.message);
                return EXIT_FAILURE;
            }
            if (writes == 1) {
                struct buf buf = buf_new(arena, 4096);
                struct json_out out = json_out(&buf);
                json_put_json(&out, &value);
            }
            bytes += input.len;
            arena_rewind(arena, mark);
        }
        const double taken = seconds() - begin;
        printf("json %s: %.2f M objects/s, %.0f MB/s\n", writes == 0 ? "read" : "read and write", OBJECTS / taken / 1e6,
               (double)bytes / taken / 1e6);
    }
    arena_free(arena);
    return EXIT_SUCCESS;
}

static double
seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}
