#include "acts/verify_tiles.h"

#include "acts/log.sql.h"
#include "tlog/tree.h"

static struct hash tile_root(struct hash hashes[TILE_WIDTH]);

const struct err *
verify_tiles_add(struct ctx *ctx, struct verify_tiles *tiles, struct hash leaf, struct act_faults *faults)
{
    struct hash hash = leaf;
    for (int level = 0; level < TILE_LEVELS; level++) {
        struct verify_level *at = &tiles->levels[level];
        at->hashes[at->filled++ % TILE_WIDTH] = hash;
        if (at->filled % TILE_WIDTH != 0 || level + 1 == TILE_LEVELS) {
            return NULL;
        }
        const int64_t place = (int64_t)(at->filled / TILE_WIDTH) - 1;
        hash = tile_root(at->hashes);
        struct log_node_rows_rows rows;
        TRY(log_node_rows(ctx, &(struct log_node_rows_in){.level = level + 1, .from_place = place, .limit = 1}, &rows));
        if (rows.count == 0 || rows.items[0].place != place) {
            act_fault_tell(faults, ctx->arena, 0, "tile", "the hash of tile %d/%lld is missing", level,
                           (long long)place);
        } else if (!hash_equal(rows.items[0].hash, hash)) {
            act_fault_tell(faults, ctx->arena, 0, "tile", "the hash of tile %d/%lld was changed", level,
                           (long long)place);
        }
    }
    return NULL;
}

/* Overwrites the hashes, which the next tile of the level replaces anyway. */
static struct hash
tile_root(struct hash hashes[TILE_WIDTH])
{
    for (size_t count = TILE_WIDTH; count > 1; count /= 2) {
        for (size_t i = 0; i < count / 2; i++) {
            hashes[i] = tree_node(hashes[2 * i], hashes[2 * i + 1]);
        }
    }
    return hashes[0];
}
