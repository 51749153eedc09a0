/* The register of acts: the one way to write history. An act is appended once, in the transaction of its effects, with
 * its leaf in the log; never edited, never deleted: a later act corrects it (DESIGN.md, 3 and 4; PROOFS.md).
 *
 * An act's body says everything its effects need. Each kind has an apply function, which writes the projections: the
 * same function serves when the act is appended and when `markaz rebuild` runs over history. So a module writes its
 * tables of current state only in apply, from the act alone: not from ctx->user, ctx->today, the clock or chance.
 *
 * Owns act, act_person, act_document and the log's tables (log.h). Needs TX_WRITE to append. Results live in
 * ctx->arena. Errors: ERR_JSON (body or data that is no JSON object, or has numbers without a canonical form),
 * ERR_TOO_LARGE. */
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
    struct text subject;    /* what it is about, for act_list(): "dossier:12", "instrument:3"; or empty */
};

struct act {
    struct act_id id;
    struct text kind;
    int version;
    struct date day; /* civil day in Morocco */
    int64_t at_ms;
    struct text body;        /* canonical JSON */
    const struct json *data; /* the body, read */
    struct text actor;       /* "user:3", or "system": ctx->actor when it was appended */
    struct text corpus_root; /* hex */
    bool sealed;
    struct text subject;    /* empty: none */
    struct text instrument; /* empty: none */
    struct text status;
    struct text receipt;
};

/* Writes the projections of one act. Its only effects are on tables of its module. */
typedef const struct err *act_apply(struct ctx *ctx, const struct act *act);

/* Several lists may have rows of the same kind; all of them are applied, in the order of the lists. So a module that
 * keeps names of persons in its tables also has a row for "person_erased" (body: subject), and takes them away. */
struct act_kind {
    const char *name;
    int version; /* of bodies written now; apply reads all before it */
    act_apply *apply;
    const char *norm; /* the norm or standard behind it, or NULL */
};
/* A table that apply functions alone write: `markaz rebuild` empties and refills it. Parents before children. counter
 * names the one that numbers its rows (or NULL): its value is taken before the act and stands in the body, so that
 * apply steps none. */
struct act_projection {
    const char *table;
    const char *counter;
};
/* The kinds of the whole program: app joins the modules' lists into ctx->kinds. Those of this module (person_erased,
 * log_origin_started) are known without being listed. */
struct act_kinds {
    const struct act_kind *const *lists; /* each ended by a row without name */
    size_t count;
    const struct act_projection *const *projections; /* lists, each ended by a row without table */
    size_t projections_count;
};

/* Appends: numbers it, writes rows and leaf, applies the effects. ERR_INTERNAL for a kind nobody declared. */
const struct err *act_append(struct ctx *ctx, const struct act_draft *draft, struct act *ret);
const struct err *act_get(struct ctx *ctx, struct act_id id, struct act *ret); /* ERR_NOT_FOUND */
/* Persons of an act, erased ones with data at NULL. */
const struct err *act_persons(struct ctx *ctx, struct act_id id, struct act_person **ret, size_t *ret_count);
const struct err *act_documents(struct ctx *ctx, struct act_id id, struct act_document **ret, size_t *ret_count);
/* The number of the last act; 0: none. */
const struct err *act_last(struct ctx *ctx, struct act_id *ret);

/* Acts by a key, behind an act, at most PAGE_ROWS_MAX, oldest first. */
enum act_key {
    ACT_KEY_SUBJECT = 1, /* "dossier:12" */
    ACT_KEY_INSTRUMENT,  /* its number */
    ACT_KEY_PERSON       /* "party:12", among the persons concerned */
};
const struct err *act_list(struct ctx *ctx, enum act_key by, struct text key, struct act_id after, struct act **ret,
                           size_t *ret_count);

/* Erases a person from all acts so far: an act "person_erased" whose effect takes salts and data away. why holds no
 * personal data. */
const struct err *act_erase_person(struct ctx *ctx, struct text subject, struct text why, struct act *ret);

/* What a certificate shows of an act, so that whoever holds it can check the commitments of the entry by hand: pairs of
 * lines, a salt in hex and the canonical data it salts (docs/verify.md). The body always; persons and documents when
 * asked; erased persons never. */
enum act_shown { ACT_SHOWN_PERSONS = 1 << 0, ACT_SHOWN_DOCUMENTS = 1 << 1 };
const struct err *act_disclosure(struct ctx *ctx, struct act_id id, unsigned shown, struct text *ret);

#endif
