/* The acts of this module and the tables that they write, for app to join (acts/act.h). */
#ifndef ACCESS_ACCESS_KINDS_H
#define ACCESS_ACCESS_KINDS_H

#include "acts/act.h"

extern const struct act_kind access_kinds[];
extern const struct act_projection access_projections[];

#endif
