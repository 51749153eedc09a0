/* The stored hashes above the leaves, compared with those that derived leaves make. Only src/acts includes this. */
#ifndef ACTS_VERIFY_TILES_H
#define ACTS_VERIFY_TILES_H

#include "acts/fault.h"
#include "base/ctx.h"
#include "tlog/tile.h"

struct verify_tiles {
    struct verify_level {
        uint64_t filled; /* hashes of the level so far */
        struct hash hashes[TILE_WIDTH];
    } levels[TILE_LEVELS];
};
/* Adds the next leaf; compares each tile that it fills with log_node. */
const struct err *verify_tiles_add(struct ctx *ctx, struct verify_tiles *tiles, struct hash leaf,
                                   struct act_faults *faults);

#endif
