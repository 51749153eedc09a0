/* The proof that a stranger checks offline (c2sp.org/tlog-proof@v1): index of the entry, path from leaf to root, and
 * the signed checkpoint of that root. Extension .tlog-proof. */
#ifndef TLOG_PROOF_H
#define TLOG_PROOF_H

#include "tlog/checkpoint.h"
#include "tlog/note.h"
#include "tlog/tree.h"

struct proof {
    uint64_t index;
    struct tree_proof path;
    struct text checkpoint; /* the signed note, whole */
};

struct text proof_print(struct arena *arena, const struct proof *proof);
const struct err *proof_parse(struct arena *arena, struct text bytes, struct proof *ret); /* ERR_INPUT */
/* That the entry stands in the log of key: signature, origin, path. ERR_INPUT says what does not hold. */
const struct err *proof_check(struct arena *arena, const struct proof *proof, struct text entry,
                              const struct note_key *key);

#endif
