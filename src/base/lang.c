#include "base/lang.h"

#include <assert.h>
#include <stddef.h>

static const char *const codes[LANGS] = {[LANG_AR] = "ar", [LANG_FR] = "fr", [LANG_EN] = "en", [LANG_ZGH] = "zgh"};

const char *
lang_code(enum lang lang)
{
    assert(lang > LANG_NONE && lang < LANGS);
    return codes[lang];
}

bool
lang_from(struct text code, enum lang *ret)
{
    const struct text primary = text_slice(code, 0, text_find_byte(code, '-'));
    for (int lang = LANG_AR; lang < LANGS; lang++) {
        if (text_is(primary, codes[lang])) {
            *ret = (enum lang)lang;
            return true;
        }
    }
    return false;
}

bool
lang_is_rtl(enum lang lang)
{
    return lang == LANG_AR;
}

bool
lang_is_complete(enum lang lang)
{
    return lang == LANG_AR || lang == LANG_FR || lang == LANG_EN;
}
