/* Checkpoints (c2sp.org/tlog-checkpoint v1.0.0): the text of a signed note that states the size and the root of a log:
 * origin, decimal size, base64 root, one a line. We write no extension lines and accept those of others. */
#ifndef TLOG_CHECKPOINT_H
#define TLOG_CHECKPOINT_H

#include "base/encode.h"
#include "base/err.h"

struct checkpoint {
    struct text origin;
    uint64_t size;
    struct hash root;
};

struct text checkpoint_print(struct arena *arena, const struct checkpoint *checkpoint);
/* Reads the text of a note, or a whole note. ERR_INPUT when it is none. The origin points into text. */
const struct err *checkpoint_parse(struct arena *arena, struct text text, struct checkpoint *ret);
/* A decimal number without sign, spaces or leading zeros, within 63 bits. */
bool decimal_parse(struct text text, uint64_t *ret);
bool hash_from_base64(struct arena *arena, struct text base64, struct hash *ret);

#endif
