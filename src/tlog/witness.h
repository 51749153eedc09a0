/* A witness (c2sp.org/tlog-witness v1.0.0): remembers the last checkpoint it saw of each log it knows, and cosigns only
 * what extends it, so that a log cannot show two histories to two people. Pure but for its folder: key (mode 0600),
 * public, and a file for each log with its last checkpoint, replaced and synced before any answer.
 * One request at a time: the caller serialises. */
#ifndef TLOG_WITNESS_H
#define TLOG_WITNESS_H

#include "base/world.h"
#include "tlog/note.h"
#include "tlog/tree.h"

enum { WITNESS_LOGS_MAX = 16, WITNESS_REQUEST_BYTES_MAX = 64 * 1024 };

struct witness {
    struct text folder;
    struct note_secret secret; /* a NOTE_COSIGNATURE key */
    struct note_key logs[WITNESS_LOGS_MAX];
    size_t logs_count;
};
/* Opens the folder, which is made with a new key of that name when it has none. Lives in arena. ERR_USAGE for a name or
 * a log's verifier key that is none. */
const struct err *witness_open(struct arena *arena, struct world *world, struct text folder, struct text name,
                               struct witness *ret);
const struct err *witness_watch(struct arena *arena, struct witness *witness, struct text verifier_key);

struct witness_answer {
    int status; /* 200, 400, 403, 404, 409, 422 */
    struct text content_type;
    struct text body; /* 200: the cosignature line; 409: the size it knows */
};
/* POST /add-checkpoint. An error is the witness's own (a disk): then nothing was signed. */
const struct err *witness_add_checkpoint(struct arena *arena, const struct witness *witness, struct text request,
                                         uint64_t time_s, struct witness_answer *ret);

/* What a log sends: the size that the witness knows, the proof from there, the signed checkpoint. */
struct text witness_request(struct arena *arena, uint64_t old_size, const struct tree_proof *proof, struct text note);

#endif
