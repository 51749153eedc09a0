/* What an act's leaf is made of (PROOFS.md, "The entry leaks nothing"): its entry, its commitments, their salts. Pure.
 * Only src/acts includes this; docs/formats.md tells it to strangers.
 *
 *   commitment  SHA-256(salt || data), data in canonical JSON (RFC 8785)
 *   salts       of the body and of documents: SHA-256(secret || label), so that an act keeps one secret; of persons:
 *               chance of their own, so that they can be erased
 *   padding     SHA-256(secret || "padding N"): the number of commitments tells nobody how many persons there are */
#ifndef ACTS_ENTRY_H
#define ACTS_ENTRY_H

#include "base/buf.h"
#include "base/date.h"
#include "base/encode.h"
#include "base/err.h"

enum {
    /* Persons and documents of one act; a committee's vote with its papers has about 40. */
    ACT_PARTS_MAX = 500,
    /* Body or data of a person. Facts of the largest dossier take some 20 KiB. */
    ACT_BODY_BYTES_MAX = 1024 * 1024
};

struct act_fields {
    int64_t number;
    struct text kind;
    int64_t version;
    bool sealed;
    struct date day;
    int64_t at_ms;
    struct text actor;
    struct hash corpus_root;
    struct text subject, instrument, status; /* at NULL: none */
    struct text body;                        /* canonical */
    struct text receipt;                     /* at NULL: none */
    struct hash secret;
};

struct hash salt_of(struct hash secret, const char *label, size_t number);
struct hash commitment_of(struct hash salt, struct text data);
/* {"actor","at_ms","body","kind","receipt": its SHA-256,"subject","version"} */
struct text body_data(struct arena *arena, const struct act_fields *act);
/* {"data","role","subject"} */
struct text person_data(struct arena *arena, struct text subject, struct text role, struct text data);
/* {"code","sha256"} */
struct text document_data(struct arena *arena, struct text code, struct hash sha256);

/* The commitments to them, without making the texts. */
struct hash body_commitment(struct arena *arena, const struct act_fields *act);
struct hash person_commitment(struct arena *arena, struct hash salt, struct text subject, struct text role,
                              struct text data);
struct hash document_commitment(struct arena *arena, struct hash secret, size_t place, struct text code,
                                struct hash sha256);

/* How many commitments an entry shows for that many real ones: 4, 8, 16, then multiples of 16. */
size_t commitments_shown(size_t real);
/* Fills hashes[real..shown) with padding and sorts all by their bytes, so that their order tells nothing either. */
void commitments_finish(struct hash secret, struct hash *hashes, size_t real);

/* The public entry, canonical JSON: act, commitments, corpus, day, instrument, kind, status. */
struct text entry_print(struct arena *arena, const struct act_fields *act, struct text commitments);
/* Its leaf, without making the text. False when the entry would be too long. */
bool entry_leaf(struct arena *arena, const struct act_fields *act, struct text commitments, struct hash *ret);

#endif
