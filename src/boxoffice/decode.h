/* Bodies as machines send them: Content-Encoding identity, gzip or zstd, with a ceiling that a bomb meets early. Pure;
 * the result lives in the arena, or is the body itself. */
#ifndef BOXOFFICE_DECODE_H
#define BOXOFFICE_DECODE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"

/* ERR_INPUT: an encoding nobody knows, or bytes that are not in it. ERR_TOO_LARGE: more than bytes_max. */
const struct err *body_decode(struct arena *arena, struct text body, struct text encoding, size_t bytes_max,
                              struct text *ret);

#endif
