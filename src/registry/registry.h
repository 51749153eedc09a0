/* The register's kinds of acts and projections, for app to join into ctx->kinds. */
#ifndef REGISTRY_REGISTRY_H
#define REGISTRY_REGISTRY_H

#include "acts/act.h"

extern const struct act_kind registry_kinds[];             /* ended by a row without name */
extern const struct act_projection registry_projections[]; /* ended by a row without table */

#endif
