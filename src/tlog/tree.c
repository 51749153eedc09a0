#include "tlog/tree.h"

#include <assert.h>

/* Leaves from..to. */
struct range {
    uint64_t from, to;
};

static const struct err *range_root(const struct tree_source *source, uint64_t from, uint64_t to, struct hash *ret);
static uint64_t split(uint64_t count);
static void proof_add(struct tree_proof *proof, struct hash hash);
static const struct err *inclusion(const struct tree_source *source, uint64_t index, uint64_t from, uint64_t to,
                                   struct tree_proof *proof);
static const struct err *consistency(const struct tree_source *source, uint64_t old, struct range range, bool whole,
                                     struct tree_proof *proof);

struct hash
tree_leaf(struct text entry)
{
    return hash_of_parts((const struct text[]){{.at = "\0", .len = 1}, entry}, 2);
}

struct hash
tree_node(struct hash left, struct hash right)
{
    uint8_t bytes[1 + 2 * HASH_BYTES] = {1};
    for (int i = 0; i < HASH_BYTES; i++) {
        bytes[1 + i] = left.bytes[i];
        bytes[1 + HASH_BYTES + i] = right.bytes[i];
    }
    return hash_of(bytes, sizeof bytes);
}

void
tree_edge_add(struct tree_edge *edge, struct hash leaf)
{
    assert(edge->size < UINT64_MAX / 4);

    /* Each trailing 1 of the size is a complete subtree on the right, which the new one joins. */
    int peaks = __builtin_popcountll(edge->size);
    for (uint64_t rest = edge->size; (rest & 1) != 0; rest >>= 1) {
        leaf = tree_node(edge->peaks[--peaks], leaf);
    }
    edge->peaks[peaks] = leaf;
    edge->size++;
}

struct hash
tree_edge_root(const struct tree_edge *edge)
{
    int peaks = __builtin_popcountll(edge->size);
    if (peaks == 0) {
        return hash_of("", 0);
    }
    struct hash root = edge->peaks[--peaks];
    while (peaks > 0) {
        root = tree_node(edge->peaks[--peaks], root);
    }
    return root;
}

const struct err *
tree_edge_read(const struct tree_source *source, uint64_t size, struct tree_edge *ret)
{
    struct tree_edge edge = {.size = size};
    int peaks = 0;
    uint64_t from = 0;
    for (int level = TREE_LEVELS - 1; level >= 0; level--) {
        if ((size >> level & 1) != 0) {
            TRY(source->read(source->arg, level, from >> level, &edge.peaks[peaks++]));
            from += (uint64_t)1 << level;
        }
    }
    *ret = edge;
    return NULL;
}

const struct err *
tree_inclusion(const struct tree_source *source, uint64_t index, uint64_t size, struct tree_proof *ret)
{
    assert(index < size);
    ret->count = 0;
    return inclusion(source, index, 0, size, ret);
}

const struct err *
tree_consistency(const struct tree_source *source, uint64_t from, uint64_t to, struct tree_proof *ret)
{
    assert(0 < from && from <= to);
    ret->count = 0;
    return consistency(source, from, (struct range){0, to}, true, ret);
}

bool
tree_inclusion_check(const struct tree_proof *proof, uint64_t index, uint64_t size, struct hash leaf, struct hash root)
{
    if (index >= size) {
        return false;
    }
    uint64_t at = index;
    uint64_t last = size - 1;
    struct hash hash = leaf;
    for (size_t i = 0; i < proof->count; i++) {
        if (last == 0) {
            return false;
        }
        if ((at & 1) != 0 || at == last) {
            hash = tree_node(proof->hashes[i], hash);
            while ((at & 1) == 0 && at != 0) {
                at >>= 1;
                last >>= 1;
            }
        } else {
            hash = tree_node(hash, proof->hashes[i]);
        }
        at >>= 1;
        last >>= 1;
    }
    return last == 0 && hash_equal(hash, root);
}

bool
tree_consistency_check(const struct tree_proof *proof, uint64_t from, struct hash from_root, uint64_t to,
                       struct hash to_root)
{
    if (from > to) {
        return false;
    }
    if (from == 0 || from == to) {
        return proof->count == 0 &&
               (from == to ? hash_equal(from_root, to_root) : hash_equal(from_root, hash_of("", 0)));
    }
    if (proof->count == 0) {
        return false;
    }
    /* When the old tree is one complete subtree, its root begins the path without being sent. */
    const bool is_power = (from & (from - 1)) == 0;
    size_t next = is_power ? 0 : 1;
    struct hash old = is_power ? from_root : proof->hashes[0];
    struct hash new = old;
    uint64_t at = from - 1;
    uint64_t last = to - 1;
    while ((at & 1) != 0) {
        at >>= 1;
        last >>= 1;
    }
    for (; next < proof->count; next++) {
        if (last == 0) {
            return false;
        }
        const struct hash hash = proof->hashes[next];
        if ((at & 1) != 0 || at == last) {
            old = tree_node(hash, old);
            new = tree_node(hash, new);
            while ((at & 1) == 0 && at != 0) {
                at >>= 1;
                last >>= 1;
            }
        } else {
            new = tree_node(new, hash);
        }
        at >>= 1;
        last >>= 1;
    }
    return last == 0 && hash_equal(old, from_root) && hash_equal(new, to_root);
}

/* The root over leaves from..to, where from is a multiple of the largest power of two in it (RFC 6962, 2.1). */
static const struct err *
range_root(const struct tree_source *source, uint64_t from, uint64_t to, struct hash *ret)
{
    const uint64_t count = to - from;
    if ((count & (count - 1)) == 0) {
        const int level = __builtin_ctzll(count);
        return source->read(source->arg, level, from >> level, ret);
    }
    const uint64_t left = split(count);
    struct hash hashes[2];
    TRY(range_root(source, from, from + left, &hashes[0]));
    TRY(range_root(source, from + left, to, &hashes[1]));
    *ret = tree_node(hashes[0], hashes[1]);
    return NULL;
}

/* The largest power of two below count. */
static uint64_t
split(uint64_t count)
{
    assert(count > 1);
    return (uint64_t)1 << (63 - __builtin_clzll(count - 1));
}

static void
proof_add(struct tree_proof *proof, struct hash hash)
{
    assert(proof->count < TREE_PROOF_MAX);
    proof->hashes[proof->count++] = hash;
}

/* PATH of RFC 6962, 2.1.1. */
static const struct err *
inclusion(const struct tree_source *source, uint64_t index, uint64_t from, uint64_t to, struct tree_proof *proof)
{
    if (to - from == 1) {
        return NULL;
    }
    const uint64_t middle = from + split(to - from);
    struct hash other;
    if (index < middle) {
        TRY(inclusion(source, index, from, middle, proof));
        TRY(range_root(source, middle, to, &other));
    } else {
        TRY(inclusion(source, index, middle, to, proof));
        TRY(range_root(source, from, middle, &other));
    }
    proof_add(proof, other);
    return NULL;
}

/* SUBPROOF of RFC 6962, 2.1.2; old counts from the left edge of the range. */
/* tidy: functions: the arguments of the RFC */
static const struct err *
consistency(const struct tree_source *source, uint64_t old, struct range range, bool whole, struct tree_proof *proof)
{
    const uint64_t from = range.from;
    const uint64_t to = range.to;
    struct hash other;
    if (old == to - from) {
        if (!whole) {
            TRY(range_root(source, from, to, &other));
            proof_add(proof, other);
        }
        return NULL;
    }
    const uint64_t left = split(to - from);
    if (old <= left) {
        TRY(consistency(source, old, (struct range){from, from + left}, whole, proof));
        TRY(range_root(source, from + left, to, &other));
    } else {
        TRY(consistency(source, old - left, (struct range){from + left, to}, false, proof));
        TRY(range_root(source, from, from + left, &other));
    }
    proof_add(proof, other);
    return NULL;
}
