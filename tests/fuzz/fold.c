/* Folding: any UTF-8 folds to UTF-8 that folds no further, and its words are parts of it that fold to themselves. */
#include "base/fold.h"

#include <assert.h>

#include "base/limits.h"

#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct text input = {.at = (const char *)data, .len = size};
    if (!text_is_utf8(input)) {
        return 0;
    }
    struct arena *arena DEFER(arena_free_at) = arena_new(ARENA_BYTES_MAX);
    const struct text folded = fold(arena, input);
    assert(text_is_utf8(folded));
    assert(text_equal(fold(arena, folded), folded));
    const struct text_list words = fold_words(arena, input);
    for (size_t i = 0; i < words.count; i++) {
        const struct text word = words.items[i];
        assert(word.len > 0 && word.len <= folded.len && text_is_utf8(word));
        assert(text_equal(fold(arena, word), word));
    }
    const struct text_list again = fold_words(arena, folded);
    assert(again.count == words.count);
    return 0;
}
