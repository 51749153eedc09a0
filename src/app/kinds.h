/* The kinds of acts of the whole program: each module's list, joined here because only app knows them all. */
#ifndef APP_KINDS_H
#define APP_KINDS_H

#include "acts/act.h"

extern const struct act_kinds kinds;

#endif
