/* Small JSON objects, as check --batch reads them: ten facts, the arena rewound after each; or the lines of a file.
 * Prints objects and bytes per second of reading alone, and of reading and writing again. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/json.h"
#include "base/limits.h"

enum { OBJECTS = 1000000, FILE_BYTES_MAX = 1024 * 1024 * 1024 };

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

static bool run(const struct text *lines, size_t count, bool writes);
static bool read_lines(struct arena *arena, const char *path, struct text **ret, size_t *ret_count);
static double seconds(void);

int
main(int argc, char **argv)
{
    struct arena *arena = arena_new(FILE_BYTES_MAX);
    struct text *lines = NULL;
    size_t count = 0;
    if (argc > 1) {
        if (!read_lines(arena, argv[1], &lines, &count)) {
            fprintf(stderr, "cannot read %s\n", argv[1]);
            return EXIT_FAILURE;
        }
    } else {
        lines = ARENA_ARRAY(arena, struct text, OBJECTS);
        for (count = 0; count < OBJECTS; count++) {
            lines[count] = objects[count % 2];
        }
    }
    const bool done = run(lines, count, false) && run(lines, count, true);
    arena_free(arena);
    return done ? EXIT_SUCCESS : EXIT_FAILURE;
}

static bool
run(const struct text *lines, size_t count, bool writes)
{
    struct arena *arena = arena_new(ARENA_BYTES_MAX);
    arena_alloc(arena, 1); /* the mark stands inside a block, which rewinding then keeps */
    const struct arena_mark mark = arena_mark(arena);
    const double begin = seconds();
    size_t bytes = 0;
    bool whole = true;
    for (size_t i = 0; i < count && whole; i++) {
        struct json value;
        struct json_fault fault;
        whole = json_parse(arena, lines[i], &value, &fault);
        if (!whole) {
            fprintf(stderr, "line %zu, byte %zu: %s\n", i + 1, fault.offset, fault.message);
            break;
        }
        if (writes) {
            struct buf buf = buf_new(arena, 64 * 1024);
            struct json_out out = json_out(&buf);
            json_put_json(&out, &value);
        }
        bytes += lines[i].len;
        arena_rewind(arena, mark);
    }
    const double taken = seconds() - begin;
    printf("json %s: %.3f M objects/s, %.0f MB/s\n", writes ? "read and write" : "read", (double)count / taken / 1e6,
           (double)bytes / taken / 1e6);
    arena_free(arena);
    return whole;
}

static bool
read_lines(struct arena *arena, const char *path, struct text **ret, size_t *ret_count)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return false;
    }
    fseek(file, 0, SEEK_END);
    const size_t size = (size_t)ftell(file);
    rewind(file);
    char *bytes = arena_alloc(arena, size);
    const bool whole = fread(bytes, 1, size, file) == size;
    fclose(file);
    struct text rest = {.at = bytes, .len = size};
    struct text line;
    size_t count = 0;
    while (text_split(&rest, '\n', &line)) {
        count += line.len > 0;
    }
    *ret = ARENA_ARRAY(arena, struct text, count);
    *ret_count = 0;
    rest = (struct text){.at = bytes, .len = size};
    while (text_split(&rest, '\n', &line)) {
        if (line.len > 0) {
            (*ret)[(*ret_count)++] = line;
        }
    }
    return whole;
}

static double
seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}
