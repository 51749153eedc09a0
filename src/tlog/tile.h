/* Tiles (c2sp.org/tlog-tiles v0.1.0): 256 hashes of a level in a file that never changes, and bundles of the entries
 * themselves. A tile at the right edge is partial until it is full. */
#ifndef TLOG_TILE_H
#define TLOG_TILE_H

#include "base/buf.h"
#include "base/encode.h"

enum { TILE_WIDTH = 256, TILE_HEIGHT = 8, TILE_LEVELS = 8, TILE_ENTRIES = -1 };

struct tile {
    int level; /* 0: of leaves; TILE_ENTRIES: the entries themselves */
    uint64_t index;
    int width; /* 256, or the hashes that a partial tile has */
};

/* "tile/0/x001/x234/067", "tile/entries/000.p/3" */
struct text tile_path(struct arena *arena, struct tile tile);
/* False for any other spelling. */
bool tile_parse(struct text path, struct tile *ret);
/* Whether a log of that size has the tile: full, or partial no longer than what there is. */
bool tile_is_within(struct tile tile, uint64_t size);
/* One entry of a bundle: its length as two bytes, big-endian, then the bytes. */
void tile_put_entry(struct buf *buf, struct text entry);

#endif
