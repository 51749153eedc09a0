#include "acts/log_tree.h"

#include <assert.h>
#include <string.h>

#include "acts/act.sql.h"
#include "acts/log.sql.h"

static const struct err *node_read(void *arg, int level, uint64_t index, struct hash *ret);
static const struct err *tile_need(struct log_tree *tree, int level, uint64_t index, size_t width,
                                   struct log_tree_kept **ret);
static struct hash root_of(const struct hash *hashes, size_t count);

const struct err *
log_tree_grow(struct ctx *ctx, int64_t number, struct hash leaf)
{
    struct hash hashes[TILE_WIDTH];
    uint64_t place = (uint64_t)number;
    struct hash last = leaf;
    for (int level = 0; level + 1 < TILE_LEVELS && place % TILE_WIDTH == 0; level++) {
        place /= TILE_WIDTH;
        TRY(log_tree_tile(ctx, level, place - 1, TILE_WIDTH, hashes));
        assert(hash_equal(hashes[TILE_WIDTH - 1], last));
        last = root_of(hashes, TILE_WIDTH);
        TRY(log_node_insert(
            ctx, &(struct log_node_insert_in){.level = level + 1, .place = (int64_t)place - 1, .hash = last}));
    }
    return NULL;
}

const struct err *
log_tree_tile(struct ctx *ctx, int level, uint64_t index, size_t width, struct hash *ret)
{
    assert(width >= 1 && width <= TILE_WIDTH);

    const int64_t from = (int64_t)(index * TILE_WIDTH);
    size_t count = 0;
    if (level == 0) {
        struct act_leaf_rows_rows rows;
        TRY(act_leaf_rows(ctx, from, (int64_t)width, &rows));
        for (count = 0; count < rows.count; count++) {
            ret[count] = rows.items[count].leaf;
        }
    } else {
        struct log_node_rows_rows rows;
        TRY(log_node_rows(ctx, &(struct log_node_rows_in){.level = level, .from_place = from, .limit = (int64_t)width},
                          &rows));
        for (count = 0; count < rows.count && rows.items[count].place == from + (int64_t)count; count++) {
            ret[count] = rows.items[count].hash;
        }
    }
    return count == width ? NULL
                          : FAIL(ctx->arena, ERR_DB_CORRUPT, "tile %d/%llu of the log has %zu hashes instead of %zu",
                                 level, (unsigned long long)index, count, width);
}

struct log_tree *
log_tree_new(struct ctx *ctx)
{
    struct log_tree *tree = ARENA_NEW(ctx->arena, struct log_tree);
    tree->ctx = ctx;
    tree->source = (struct tree_source){.read = node_read, .arg = tree};
    return tree;
}

static const struct err *
node_read(void *arg, int level, uint64_t index, struct hash *ret)
{
    struct log_tree *tree = arg;
    const int tile_level = level / TILE_HEIGHT;
    const size_t count = (size_t)1 << (level % TILE_HEIGHT);
    const uint64_t first = index * count; /* on the tile's level */
    const size_t in_tile = (size_t)(first % TILE_WIDTH);
    struct log_tree_kept *kept = NULL;
    TRY(tile_need(tree, tile_level, first / TILE_WIDTH, in_tile + count, &kept));
    *ret = root_of(kept->hashes + in_tile, count);
    return NULL;
}

/* The tile, with at least width hashes: the one kept of its level, or read anew. */
static const struct err *
tile_need(struct log_tree *tree, int level, uint64_t index, size_t width, struct log_tree_kept **ret)
{
    struct log_tree_kept *kept = &tree->kept[level];
    if (kept->width < width || kept->index != index) {
        kept->width = 0;
        TRY(log_tree_tile(tree->ctx, level, index, width, kept->hashes));
        kept->level = level;
        kept->index = index;
        kept->width = width;
    }
    *ret = kept;
    return NULL;
}

static struct hash
root_of(const struct hash *hashes, size_t count)
{
    assert(count >= 1 && count <= TILE_WIDTH && (count & (count - 1)) == 0);

    struct hash level[TILE_WIDTH];
    memcpy(level, hashes, count * sizeof level[0]);
    for (; count > 1; count /= 2) {
        for (size_t i = 0; i < count / 2; i++) {
            level[i] = tree_node(level[2 * i], level[2 * i + 1]);
        }
    }
    return level[0];
}
