/* The log's tree in the database: leaves are rows of act, hashes of full tiles are rows of log_node. Only src/acts
 * includes this. */
#ifndef ACTS_LOG_TREE_H
#define ACTS_LOG_TREE_H

#include "base/ctx.h"
#include "tlog/tile.h"
#include "tlog/tree.h"

/* After act number was written: adds the hashes of the tiles that it fills. */
const struct err *log_tree_grow(struct ctx *ctx, int64_t number, struct hash leaf);

/* The hashes of a tile's level, width of them from index * 256 on. ERR_DB_CORRUPT when they are not there. */
const struct err *log_tree_tile(struct ctx *ctx, int level, uint64_t index, size_t width, struct hash *ret);

/* A source for tlog/tree.h over the transaction of ctx; remembers the tiles it read. */
struct log_tree {
    struct ctx *ctx;
    struct tree_source source;
    struct log_tree_kept {
        int level;
        uint64_t index;
        size_t width; /* 0: empty */
        struct hash hashes[TILE_WIDTH];
    } kept[TILE_LEVELS];
};
/* In the arena of ctx. */
struct log_tree *log_tree_new(struct ctx *ctx);

#endif
