/* The audit: derives what the register must be a second time, by code that shares nothing with appending and verifying
 * but the hash function and the rows: JSON built as values and sorted by the canonical writer, roots by the definition.
 * Names each fault. */
#ifndef ACTS_AUDIT_H
#define ACTS_AUDIT_H

#include "acts/fault.h"
#include "base/ctx.h"

struct audit_options {
    struct text note;      /* the signed checkpoint */
    struct text documents; /* folder with xx/HASH; empty: not looked at */
};
struct audit_result {
    int64_t acts;
    int64_t checkpoints;
    int64_t documents; /* files hashed */
};
/* Needs a transaction. */
const struct err *acts_audit(struct ctx *ctx, const struct audit_options *options, struct act_faults *faults,
                             struct audit_result *ret);

#endif
