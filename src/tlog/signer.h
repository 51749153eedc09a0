/* The signer: a process of its own that alone holds the key and, synced on its own, the last signed size and root of
 * the log. It grows its tree only from leaves that it is sent, and signs only when the log agrees with it about the old
 * root and the new one: so it never signs two histories, whatever became of the database (PROOFS.md).
 *
 * Owns the folder DATA/signer: key (mode 0600), public (the verifier key), state (two slots, written in turn), and
 * key.N, state.N of origins that ended. It talks over a socket pair, has no network and runs no other program.
 * Errors: ERR_FORK (not a consistent extension), ERR_SIGNER (the process is gone or its files are damaged),
 * ERR_CONFLICT (another signer runs on this folder, or it has a key already), ERR_IO. */
#ifndef TLOG_SIGNER_H
#define TLOG_SIGNER_H

#include "base/encode.h"
#include "base/err.h"
#include "base/world.h"

struct signer;

/* Makes the folder with a new key for the origin of that name, and the signed checkpoint of the empty log. */
const struct err *signer_create(struct arena *arena, struct world *world, struct text folder, struct text name);

struct signer_options {
    struct text folder;
    struct world *world; /* chance for the key of a new origin; used in the signer's process */
    int sync_delay_ms;   /* tests and benches: what a slower disk adds to each sync */
    bool sandbox_off;    /* development under tools that need what the sandbox forbids */
};
/* Starts the process. Call it before there are threads and, so that no lock is inherited, before the store is open. */
const struct err *signer_start(struct arena *arena, const struct signer_options *options, struct signer **ret);
/* Ends it. NULL is fine. */
void signer_stop(struct signer *signer);
/* Its process, for a supervisor that watches it and tests that kill it. */
int signer_pid(const struct signer *signer);

struct signer_status {
    uint64_t size;
    struct hash root;
    struct text note; /* the signed checkpoint; in the arena of the call */
};
/* What it last signed. */
const struct err *signer_status(struct signer *signer, struct arena *arena, struct signer_status *ret);

/* Leaves beyond the last signed tree, in order; any number of calls before one sign. Forgotten when that fails. */
const struct err *signer_extend(struct signer *signer, struct arena *arena, const struct hash *leaves, size_t count);
/* Signs the tree that the leaves sent make, when from is what was signed before and root what comes out. Synced when it
 * returns. Sending nothing signs the same tree again: the answer is the note that stands. */
const struct err *signer_sign(struct signer *signer, struct arena *arena, uint64_t from_size, struct hash from_root,
                              struct hash root, struct signer_status *ret);
/* Ends the present origin, whose key and state are kept aside, and begins another with a new key and no leaves. */
const struct err *signer_new_origin(struct signer *signer, struct arena *arena, struct text name,
                                    struct signer_status *ret);

/* The verifier key, and the last checkpoint of the origin before (empty: none), read from the folder it was given. */
const struct err *signer_verifier_key(const struct signer *signer, struct arena *arena, struct text *ret);
const struct err *signer_ended_note(const struct signer *signer, struct arena *arena, struct text *ret);

/* What its files say, for programs that only read: the signed checkpoint, the verifier key, and the last checkpoint of
 * the origin before this one (empty when there was none). */
const struct err *signer_published(struct arena *arena, struct text folder, struct text *ret_note);
const struct err *signer_key(struct arena *arena, struct text folder, struct text *ret_key);
const struct err *signer_ended(struct arena *arena, struct text folder, struct text *ret_note);

#endif
