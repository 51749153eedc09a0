/* The register of acts: the one way to write history. An act is appended once, in the transaction of its effects, with
 * its leaf in the log; never edited, never deleted: a later act corrects it (DESIGN.md, 3 and 4; PROOFS.md).
 *
 * An act's body says everything its effects need. Each kind has an apply function, which writes the projections: the
 * same function serves when the act is appended and when `markaz rebuild` runs over history. So a module writes its
 * tables of current state only in apply.
 *
 * Owns act, act_person, act_document and the log's tables. Needs TX_WRITE to append. Results live in ctx->arena. */
#ifndef ACTS_ACT_H
#define ACTS_ACT_H

#include "base/ctx.h"
#include "base/encode.h"
#include "base/json.h"

struct act_id {
    int64_t value; /* leaf index + 1; 0: none */
};

/* Somebody the act concerns: data that can be erased without breaking the proof. */
struct act_person {
    struct text subject; /* who, in this house: "party:12", "user:3" */
    struct text role;    /* applicant, manager, signatory, member ... */
    struct text data;    /* JSON object: name and whatever identifies; salted, committed to, erasable */
};

struct act_document {
    struct hash sha256;
    struct text code; /* what it is: "statutes", "certificate" */
};

struct act_draft {
    struct text kind; /* a name of the kinds table, "decision" */
    struct text body; /* JSON object, no personal data: persons hold it and the body names their subject */
    bool sealed;      /* the entry says only "sealed" (votes, inspections, arbitration) */
    const struct act_person *persons;
    size_t persons_count;
    const struct act_document *documents;
    size_t documents_count;
    struct text receipt;    /* of the ruling, or empty */
    struct text instrument; /* public instruments only: number, in clear in the entry; else empty */
    struct text status;     /* granted, suspended, lifted, withdrawn; with instrument */
};

struct act {
    struct act_id id;
    struct text kind;
    int version;
    struct date day; /* civil day in Morocco */
    int64_t at_ms;
    struct text body;
    const struct json *data; /* the body, read */
    struct text actor;       /* "user:3", or "system" */
    struct text corpus_root; /* hex */
};

/* Writes the projections of one act. Its only effects are on tables of its module. */
typedef const struct err *act_apply(struct ctx *ctx, const struct act *act);

struct act_kind {
    const char *name;
    int version; /* of bodies written now; apply reads all before it */
    act_apply *apply;
    const char *norm; /* the norm or standard behind it, or NULL */
};
/* The kinds of the whole program: app joins the modules' lists into ctx->kinds. */
struct act_kinds {
    const struct act_kind *const *lists; /* each ended by a row without name */
    size_t count;
};

/* Appends: numbers it, writes rows and leaf, applies the effects. ERR_INTERNAL for a kind nobody declared. */
const struct err *act_append(struct ctx *ctx, const struct act_draft *draft, struct act *ret);
const struct err *act_get(struct ctx *ctx, struct act_id id, struct act *ret);
/* Persons of an act, erased ones with data at NULL. */
const struct err *act_persons(struct ctx *ctx, struct act_id id, struct act_person **ret, size_t *ret_count);

#endif
