/* What certificates and letters share: who signed, the instrument's words. */
#ifndef OFFICE_PAPER_PARTS_H
#define OFFICE_PAPER_PARTS_H

#include "office/engine.h"
#include "office/paper.h"
#include "office/paper_words.h"

struct in_languages in_both(struct text ar, struct text latin);
/* The sentence in Arabic and in the other language. */
#define IN_BOTH(arena, word, latin_lang, ...)                                                                          \
    in_both(PAPER_FILL(arena, word, LANG_AR, __VA_ARGS__), PAPER_FILL(arena, word, latin_lang, __VA_ARGS__))

/* Whoever signed the act, as that act says (R5). */
const struct err *signed_block(struct ctx *ctx, const struct act *act, enum lang latin_lang,
                               struct signature_block *ret);
/* An officer, or the platform itself, whose paper rests on a text: "55.19". */
const struct err *officer_block(struct ctx *ctx, const struct act *act, const char *text_id, enum lang latin_lang,
                                struct signature_block *ret);
struct text text_title(struct ctx *ctx, struct text text_id, enum lang lang);
/* A norm's statement; empty when the corpus has none. */
struct text norm_says(struct ctx *ctx, const char *norm, enum lang lang);

#endif
