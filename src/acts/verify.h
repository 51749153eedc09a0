/* Verification of the log: each leaf is derived again from the rows of its act, every time, and the tree of these
 * leaves must have the root that was signed (PROOFS.md). What the stored leaf says is never believed. */
#ifndef ACTS_VERIFY_H
#define ACTS_VERIFY_H

#include "acts/fault.h"
#include "base/ctx.h"
#include "tlog/checkpoint.h"

struct verify_options {
    struct text note; /* the signed checkpoint to verify against: read it before the transaction begins */
    bool full;        /* also the tiles stored above the leaves, and every checkpoint that was kept */
};
struct verify_result {
    int64_t acts; /* in the database; those behind the checkpoint are not signed yet */
    struct checkpoint checkpoint;
    int64_t checkpoints; /* kept ones compared */
};
/* Needs a transaction. Tells faults as it finds them; an error is only what kept it from looking. */
const struct err *log_verify(struct ctx *ctx, const struct verify_options *options, struct act_faults *faults,
                             struct verify_result *ret);

#endif
