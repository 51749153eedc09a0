/* Finds and applies kinds of acts: this module's own and those of ctx->kinds. Only src/acts includes this. */
#ifndef ACTS_KINDS_H
#define ACTS_KINDS_H

#include "acts/act.h"

/* The version of bodies written now. ERR_INTERNAL for a kind nobody declared. */
const struct err *kind_version(struct ctx *ctx, struct text kind, int *ret);
/* Runs every apply function of the act's kind, this module's first. */
const struct err *kind_apply(struct ctx *ctx, const struct act *act);

extern const struct act_kind acts_own_kinds[];

#endif
