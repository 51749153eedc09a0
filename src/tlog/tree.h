/* The Merkle tree of RFC 6962: hashes, roots, proofs of inclusion and of consistency, made and checked. Pure: hashes of
 * subtrees come from a source that the caller gives. Errors are the source's own; proofs are values. */
#ifndef TLOG_TREE_H
#define TLOG_TREE_H

#include "base/encode.h"
#include "base/err.h"

/* Levels of a tree whose size fits 63 bits, and the longest proof in it (RFC 9162, 2.1.4.1: one more hash). */
enum { TREE_LEVELS = 63, TREE_PROOF_MAX = 64 };

struct hash tree_leaf(struct text entry);
struct hash tree_node(struct hash left, struct hash right);

/* The right edge of a tree: the roots of its complete subtrees, from the largest to the smallest, one for each bit of
 * size. It grows by a leaf in amortised constant time and gives the root in logarithmic time. */
struct tree_edge {
    uint64_t size;
    struct hash peaks[TREE_LEVELS];
};
void tree_edge_add(struct tree_edge *edge, struct hash leaf);
struct hash tree_edge_root(const struct tree_edge *edge); /* of the empty tree: SHA-256 of nothing */

/* Where hashes of complete subtrees come from: level 0 is leaves, node index of a level covers 2^level leaves. */
struct tree_source {
    const struct err *(*read)(void *arg, int level, uint64_t index, struct hash *ret);
    void *arg;
};
const struct err *tree_edge_read(const struct tree_source *source, uint64_t size, struct tree_edge *ret);

struct tree_proof {
    struct hash hashes[TREE_PROOF_MAX];
    size_t count;
};
/* Path from leaf index (< size) to the root of the tree of that size, leaf first. */
const struct err *tree_inclusion(const struct tree_source *source, uint64_t index, uint64_t size,
                                 struct tree_proof *ret);
/* That the tree of size to begins with the tree of size from; 0 < from <= to. */
const struct err *tree_consistency(const struct tree_source *source, uint64_t from, uint64_t to,
                                   struct tree_proof *ret);

/* RFC 9162, 2.1.3.2 and 2.1.4.2. A tree of size 0 is the beginning of any other, with an empty proof. */
bool tree_inclusion_check(const struct tree_proof *proof, uint64_t index, uint64_t size, struct hash leaf,
                          struct hash root);
bool tree_consistency_check(const struct tree_proof *proof, uint64_t from, struct hash from_root, uint64_t to,
                            struct hash to_root);

#endif
