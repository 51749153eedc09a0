/* The register's kinds of acts, for app to join into ctx->kinds, and what `markaz rebuild` empties first. */
#ifndef REGISTRY_REGISTRY_H
#define REGISTRY_REGISTRY_H

#include "acts/act.h"

extern const struct act_kind registry_kinds[]; /* ended by a row without name */

/* Empties the projections of this module, before the acts are applied again. Needs TX_WRITE. */
const struct err *registry_clear(struct ctx *ctx);

#endif
