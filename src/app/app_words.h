/* The few sentences that commands say in three languages: those of the errors. Pages have their own words (src/web). */
#ifndef APP_WORDS_H
#define APP_WORDS_H

#include "base/lang.h"

/* The sentence of a msgid of base/errors.def; the msgid itself when it has none. */
const char *app_word(const char *msgid, enum lang lang);

#endif
