#include "tlog/checkpoint.h"

#include <assert.h>
#include <string.h>

struct text
checkpoint_print(struct arena *arena, const struct checkpoint *checkpoint)
{
    assert(checkpoint->origin.len > 0);
    return text_printf(arena, "%.*s\n%llu\n%.*s\n", TEXT_ARG(checkpoint->origin), (unsigned long long)checkpoint->size,
                       TEXT_ARG(base64_encode(arena, checkpoint->root.bytes, HASH_BYTES)));
}

const struct err *
checkpoint_parse(struct arena *arena, struct text text, struct checkpoint *ret)
{
    struct checkpoint checkpoint = {0};
    struct text rest = text;
    struct text size;
    struct text root;
    if (!text_split(&rest, '\n', &checkpoint.origin) || checkpoint.origin.len == 0) {
        return FAIL(arena, ERR_INPUT, "a checkpoint begins with its origin");
    }
    if (!text_split(&rest, '\n', &size) || !decimal_parse(size, &checkpoint.size)) {
        return FAIL(arena, ERR_INPUT, "the second line of a checkpoint is the size of the log");
    }
    if (!text_split(&rest, '\n', &root) || rest.at == NULL || !hash_from_base64(arena, root, &checkpoint.root)) {
        return FAIL(arena, ERR_INPUT, "the third line of a checkpoint is the root in base64");
    }
    *ret = checkpoint;
    return NULL;
}

bool
decimal_parse(struct text text, uint64_t *ret)
{
    int64_t value = 0;
    if (text.len == 0 || text.at[0] < '0' || text.at[0] > '9' || (text.len > 1 && text.at[0] == '0') ||
        !text_to_int64(text, &value)) {
        return false;
    }
    *ret = (uint64_t)value;
    return true;
}

bool
hash_from_base64(struct arena *arena, struct text base64, struct hash *ret)
{
    struct text bytes;
    if (!base64_decode(arena, base64, &bytes) || bytes.len != HASH_BYTES) {
        return false;
    }
    memcpy(ret->bytes, bytes.at, HASH_BYTES);
    return true;
}
