/* The log of the register of acts: what was signed and published, proofs, and the public resources (PROOFS.md). One for
 * the process, shared by threads; the one writer calls its hooks. Order: commit the act, sign, persist, publish; so an
 * answer without error means: act on disk and proof ready.
 *
 * Owns log_node, log_checkpoint, log_origin. Errors: ERR_FORK (the database is not what was signed: an older backup),
 * ERR_SIGNER (it is gone; acts stay written and are signed with the next), ERR_NOT_FOUND. */
#ifndef ACTS_LOG_H
#define ACTS_LOG_H

#include "acts/act.h"
#include "store/store.h"
#include "tlog/checkpoint.h"
#include "tlog/signer.h"

struct log;

/* With a signer: for the process that writes. It publishes nothing yet: call log_publish() once. The log lives in
 * arena. */
const struct err *log_open(struct ctx *ctx, struct arena *arena, struct store *store, struct signer *signer,
                           struct log **ret);
/* Without: for programs that only read. note is the signed checkpoint (signer_published()). */
const struct err *log_open_published(struct ctx *ctx, struct arena *arena, struct store *store, struct text note,
                                     struct log **ret);
void log_close(struct log *log); /* NULL is fine */

/* Hooks of the one writer (store/writer.h), with the log as hook_arg. log_guard keeps the last checkpoint, and fails
 * the batch with ERR_FORK when nothing may be signed: then nothing is written either. log_publish signs what was
 * committed. */
const struct err *log_guard(struct ctx *ctx, void *log);
const struct err *log_publish(struct ctx *ctx, void *log);

/* The published checkpoint: a signed note, and what it says. In the arena. */
struct text log_checkpoint(struct log *log, struct arena *arena, struct checkpoint *ret);

/* The first origin of an empty log: its act. Needs TX_WRITE. */
const struct err *log_begin(struct ctx *ctx, struct log *log, struct text why, struct act *ret);
/* A new origin for a database that cannot be signed any more, cross-linked to the old one: its act, committed and
 * published. Needs no transaction. name empty: the old one with the next number. ERR_WRONG_STATE when the log is
 * sound. */
const struct err *log_new_origin(struct ctx *ctx, struct log *log, struct text name, struct text why, struct act *ret);

/* The rest needs a read transaction. Acts after the published checkpoint are not found yet. */

/* The bytes of an act's public entry. */
const struct err *log_entry(struct ctx *ctx, struct act_id id, struct text *ret);
/* Its .tlog-proof at the published checkpoint. */
const struct err *log_prove(struct ctx *ctx, struct log *log, struct act_id id, struct text *ret);
/* The verifier key. */
const struct err *log_key(struct ctx *ctx, struct log *log, struct text *ret);

/* What a path below /log/ gives: "checkpoint", "key", "tile/...", "acts/12/entry", "acts/12/proof". ERR_NOT_FOUND for
 * any other. Immutable ones may be cached for ever. */
struct log_resource {
    struct text bytes;
    struct text content_type;
    bool immutable;
};
const struct err *log_resource(struct ctx *ctx, struct log *log, struct text path, struct log_resource *ret);

#endif
