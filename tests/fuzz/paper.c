/* What crosses the pipe to the helper that draws: a certificate or letter that is read can be written and read again,
 * the same. Small ones are drawn too, since their words come from people: drawing may refuse, and never breaks. */
#include <assert.h>

#include "base/limits.h"
#include "office/letter_pdf.h"
#include "office/sheet.h"

#include "fuzz.h"

enum { DRAWN_BYTES_MAX = 8192 };

static void draw(struct arena *arena, const struct certificate *certificate, const struct letter *letter);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena DEFER(arena_free_at) = arena_new(ARENA_BYTES_MAX);
    const struct text input = {.at = (const char *)data, .len = size};
    struct certificate certificate;
    struct letter letter;
    struct text first;
    struct text second;
    if (certificate_from_json(arena, input, &certificate) == NULL) {
        const struct err *err = certificate_to_json(arena, &certificate, &first);
        assert(err == NULL);
        err = certificate_from_json(arena, first, &certificate);
        assert(err == NULL);
        err = certificate_to_json(arena, &certificate, &second);
        assert(err == NULL && text_equal(first, second));
        if (size <= DRAWN_BYTES_MAX) {
            draw(arena, &certificate, NULL);
        }
    } else if (letter_from_json(arena, input, &letter) == NULL) {
        const struct err *err = letter_to_json(arena, &letter, &first);
        assert(err == NULL);
        err = letter_from_json(arena, first, &letter);
        assert(err == NULL);
        err = letter_to_json(arena, &letter, &second);
        assert(err == NULL && text_equal(first, second));
        if (size <= DRAWN_BYTES_MAX) {
            draw(arena, NULL, &letter);
        }
    }
    return 0;
}

static void
draw(struct arena *arena, const struct certificate *certificate, const struct letter *letter)
{
    static struct sheet_fonts fonts; /* for the process, as in the helper */
    if (fonts.map == NULL) {
        const struct err *err = sheet_fonts_open(arena, &fonts);
        assert(err == NULL);
    }
    struct text pdf = {0};
    const struct err *err = certificate != NULL ? certificate_pdf(arena, &fonts, certificate, &pdf)
                                                : letter_pdf(arena, &fonts, letter, &pdf);
    assert((err == NULL) == (pdf.len > 0));
}
