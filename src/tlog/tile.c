#include "tlog/tile.h"

#include <assert.h>

#include "base/limits.h"
#include "tlog/checkpoint.h"

static bool index_parse(struct text *rest, uint64_t *ret_index, int *ret_width);
static bool digits_parse(struct text digits, uint64_t *index);

struct text
tile_path(struct arena *arena, struct tile tile)
{
    assert(tile.width >= 1 && tile.width <= TILE_WIDTH);

    struct buf buf = buf_new(arena, 128);
    buf_cstr(&buf, "tile/");
    if (tile.level == TILE_ENTRIES) {
        buf_cstr(&buf, "entries");
    } else {
        buf_int(&buf, tile.level);
    }
    uint64_t thousands = 1;
    while (tile.index / thousands >= 1000) {
        thousands *= 1000;
    }
    for (; thousands > 1; thousands /= 1000) {
        buf_printf(&buf, "/x%03d", (int)(tile.index / thousands % 1000));
    }
    buf_printf(&buf, "/%03d", (int)(tile.index % 1000));
    if (tile.width < TILE_WIDTH) {
        buf_printf(&buf, ".p/%d", tile.width);
    }
    return buf_built(&buf);
}

bool
tile_parse(struct text path, struct tile *ret)
{
    struct tile tile = {0};
    struct text rest = path;
    struct text part;
    uint64_t level = 0;
    if (!text_split(&rest, '/', &part) || !text_is(part, "tile") || !text_split(&rest, '/', &part)) {
        return false;
    }
    if (text_is(part, "entries")) {
        tile.level = TILE_ENTRIES;
    } else if (decimal_parse(part, &level) && level < TILE_LEVELS) {
        tile.level = (int)level;
    } else {
        return false;
    }
    if (!index_parse(&rest, &tile.index, &tile.width)) {
        return false;
    }
    *ret = tile;
    return true;
}

bool
tile_is_within(struct tile tile, uint64_t size)
{
    const int shift = tile.level == TILE_ENTRIES ? 0 : TILE_HEIGHT * tile.level;
    const uint64_t hashes = size >> shift;
    return tile.index < hashes / TILE_WIDTH + 1 && tile.index * TILE_WIDTH + (uint64_t)tile.width <= hashes;
}

void
tile_put_entry(struct buf *buf, struct text entry)
{
    assert(entry.len <= ENTRY_BYTES_MAX);
    buf_char(buf, (char)(entry.len >> 8));
    buf_char(buf, (char)(entry.len & 255));
    buf_text(buf, entry);
}

/* "x001/x234/067" or "067.p/12"; only the shortest spelling is one. */
static bool
index_parse(struct text *rest, uint64_t *ret_index, int *ret_width)
{
    uint64_t index = 0;
    struct text part;
    bool first = true;
    while (text_split(rest, '/', &part)) {
        if (part.len == 4 && part.at[0] == 'x') {
            if (!digits_parse(text_after(part, 1), &index) || (first && index == 0)) {
                return false;
            }
            first = false;
            continue;
        }
        uint64_t width = TILE_WIDTH;
        if (text_ends(part, TEXT(".p"))) {
            struct text last;
            if (!text_split(rest, '/', &last) || !decimal_parse(last, &width) || width < 1 || width >= TILE_WIDTH) {
                return false;
            }
            part.len -= 2;
        }
        if (!digits_parse(part, &index) || rest->at != NULL) {
            return false;
        }
        *ret_index = index;
        *ret_width = (int)width;
        return true;
    }
    return false;
}

static bool
digits_parse(struct text digits, uint64_t *index)
{
    if (digits.len != 3 || *index > UINT64_MAX / TILE_WIDTH / 2000) {
        return false;
    }
    for (size_t i = 0; i < 3; i++) {
        if (digits.at[i] < '0' || digits.at[i] > '9') {
            return false;
        }
        *index = *index * 10 + (uint64_t)(digits.at[i] - '0');
    }
    return true;
}
