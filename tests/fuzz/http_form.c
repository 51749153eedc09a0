/* Addresses and forms: what is decoded is UTF-8 without NUL and comes back the same when it is encoded again; a path
 * that is accepted leads nowhere but down. */
#include "http/url.h"

#include <assert.h>
#include <string.h>

#include "base/limits.h"

#include "fuzz.h"

static void check_path(struct arena *arena, struct text input);
static void check_text(struct arena *arena, struct text text);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena DEFER(arena_free_at) = arena_new(ARENA_BYTES_MAX);
    const struct text input = {.at = (const char *)data, .len = size > 100000 ? 100000 : size};
    struct http_pair *pairs = NULL;
    size_t count = 0;
    if (url_form(arena, input, FORM_FIELDS_MAX, &pairs, &count)) {
        assert(count <= FORM_FIELDS_MAX);
        for (size_t i = 0; i < count; i++) {
            check_text(arena, pairs[i].name);
            check_text(arena, pairs[i].value);
        }
    }
    url_cookies(arena, input, 20, &pairs, &count);
    assert(count <= 20);
    check_path(arena, input);
    return 0;
}

static void
check_path(struct arena *arena, struct text input)
{
    struct text path;
    if (!url_path(arena, input, &path)) {
        return;
    }
    assert(path.len > 0 && path.at[0] == '/' && text_is_utf8(path));
    assert(memmem(path.at, path.len, "/../", 4) == NULL && memmem(path.at, path.len, "//", 2) == NULL);
    assert(!text_ends(path, TEXT("/..")) && memchr(path.at, '\0', path.len) == NULL);
    struct http_request request = {.arena = arena, .path = path};
    (void)http_match(&request, "/a/{b}/{c*}");
    (void)http_match(&request, "/{a}/{b}/{c}/{d}");
}

static void
check_text(struct arena *arena, struct text text)
{
    assert(text_is_utf8(text) && (text.len == 0 || memchr(text.at, '\0', text.len) == NULL));
    struct text again;
    const bool is_good = url_decode(arena, url_encode(arena, text), true, &again);
    assert(is_good && text_equal(text, again));
}
