/* The world as it is: the system's clock and the kernel's chance. Made here only; everything else asks ctx->world. */
#ifndef APP_WORLD_REAL_H
#define APP_WORLD_REAL_H

#include "base/world.h"

/* One for the process; threads may share it. */
struct world *world_real(void);

#endif
