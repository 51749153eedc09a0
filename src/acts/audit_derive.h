/* The audit's own derivation of entries and commitments. Only src/acts includes this. */
#ifndef ACTS_AUDIT_DERIVE_H
#define ACTS_AUDIT_DERIVE_H

#include "acts/act.sql.h"
#include "base/encode.h"
#include "base/json.h"

/* The commitments that the rows of an act make, sorted as the entry must show them, in one piece. An erased person
 * counts with the commitment that was kept. ERR_TAMPERED names the row that cannot be read. */
const struct err *audit_commitments(struct ctx *ctx, const struct act_rows_row *act,
                                    const struct act_person_rows_rows *persons,
                                    const struct act_document_rows_rows *documents, struct text *ret);
/* The hash of the entry as a leaf. */
const struct err *audit_leaf(struct ctx *ctx, const struct act_rows_row *act, struct hash *ret);
/* The roots of all complete subtrees, level above level; and the root over the first count leaves, by the definition of
 * RFC 6962, 2.1. */
struct audit_tree {
    struct hash *levels[64];
    size_t count;
};
void audit_tree_make(struct arena *arena, struct hash *leaves, size_t count, struct audit_tree *ret);
struct hash audit_root(const struct audit_tree *tree, size_t count);

#endif
