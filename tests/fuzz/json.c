/* JSON: whatever is read can be written and read again with the same meaning, and its canonical form is a fixed point.
 */
#include "base/json.h"

#include <assert.h>

#include "base/limits.h"

#include "fuzz.h"

static struct text write(struct arena *arena, const struct json *value);
static void check_canonical(struct arena *arena, const struct json *value);
static void check_number(const struct json *value);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena DEFER(arena_free_at) = arena_new(ARENA_BYTES_MAX);
    const struct text input = {.at = (const char *)data, .len = size};
    struct json value;
    struct json_fault fault;
    if (!json_parse(arena, input, &value, &fault)) {
        assert(fault.offset <= size && fault.message != NULL);
        return 0;
    }
    assert(text_is_utf8(input));
    const struct text written = write(arena, &value);
    struct json again;
    const bool is_readable = json_parse(arena, written, &again, &fault);
    assert(is_readable);
    assert(text_equal(write(arena, &again), written));
    check_canonical(arena, &value);
    check_number(&value);
    return 0;
}

static struct text
write(struct arena *arena, const struct json *value)
{
    struct buf buf = buf_new(arena, JSON_BYTES_MAX);
    struct json_out out = json_out(&buf);
    json_put_json(&out, value);
    return buf_built(&buf);
}

static void
check_canonical(struct arena *arena, const struct json *value)
{
    struct text canonical;
    if (json_canonical(arena, value, &canonical) != NULL) {
        return; /* it holds a number that is no integer within 2^53 */
    }
    struct json again;
    struct json_fault fault;
    struct text fixed;
    const bool is_readable = json_parse(arena, canonical, &again, &fault);
    assert(is_readable);
    const struct err *err = json_canonical(arena, &again, &fixed);
    assert(err == NULL && text_equal(canonical, fixed));
}

/* The two ways to read an integer agree, and more places only append zeros. */
static void
check_number(const struct json *value)
{
    int64_t integer = 0;
    int64_t decimal = 0;
    int64_t shifted = 0;
    const bool is_integer = json_int64(value, &integer);
    const bool is_decimal = json_decimal(value, 0, &decimal);
    assert(!is_integer || (is_decimal && integer == decimal));
    if (is_decimal && json_decimal(value, 3, &shifted)) {
        assert(shifted == decimal * 1000);
    }
}
