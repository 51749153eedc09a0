/* The languages of the system. Arabic is authentic; Tamazight has its place and no words yet (REQUIREMENTS R13). */
#ifndef BASE_LANG_H
#define BASE_LANG_H

#include <stdbool.h>

#include "base/text.h"

enum lang { LANG_NONE = 0, LANG_AR, LANG_FR, LANG_EN, LANG_ZGH, LANGS };

const char *lang_code(enum lang lang);            /* "ar" */
bool lang_from(struct text code, enum lang *ret); /* "ar", "fr-MA" */
bool lang_is_rtl(enum lang lang);
bool lang_is_complete(enum lang lang); /* words exist: ar, fr, en */

#endif
