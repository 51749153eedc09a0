/* What an applicant is still writing: not official, saved at each step, one for each account, party and procedure; it
 * outlives the session. Facts are kept as typed, so that nothing is lost when they are wrong.
 *
 * Owns draft and draft_document, plain tables. The form, its faults and the answer before filing come from what the law
 * declares: no field is named here. Results live in ctx->arena. Errors: those of the store, ERR_NOT_FOUND,
 * ERR_FORBIDDEN (another's draft), ERR_LAW when the procedure is not in the corpus. */
#ifndef OFFICE_DRAFT_H
#define OFFICE_DRAFT_H

#include "law/procedure.h"
#include "office/document.h"
#include "registry/instrument.h"

struct draft_id {
    int64_t value;
};
struct draft {
    struct draft_id id;
    struct account_id account;
    struct party_id party;
    struct text procedure;
    struct text facts; /* JSON object: name -> as typed (text), or a JSON value of the law's shape */
    int64_t updated_at_ms;
};
struct draft_document {
    struct text code;
    struct hash sha256;
    struct text filename;
    struct text media;
    int64_t size;
};

/* Creates or overwrites the facts; account is ctx->user. facts must be a JSON object (else ERR_JSON). Needs TX_WRITE.
 */
const struct err *draft_save(struct ctx *ctx, struct party_id party, struct text procedure, struct text facts,
                             struct draft_id *ret);
const struct err *draft_find(struct ctx *ctx, struct party_id party, struct text procedure, struct draft *ret,
                             bool *ret_found);
const struct err *draft_get(struct ctx *ctx, struct draft_id id, struct draft *ret);
/* Of ctx->user, newest change first. */
const struct err *draft_list(struct ctx *ctx, struct draft **ret, size_t *ret_count);
const struct err *draft_discard(struct ctx *ctx, struct draft_id id);
/* Attaches a paper (kept already), in place of one with that code. */
const struct err *draft_attach(struct ctx *ctx, struct draft_id id, struct text code,
                               const struct stored_document *document, struct text filename);
const struct err *draft_detach(struct ctx *ctx, struct draft_id id, struct text code);
const struct err *draft_documents(struct ctx *ctx, struct draft_id id, struct draft_document **ret, size_t *ret_count);

/* A field of the form: a fact of the procedure that the applicant gives, as its check declares it. */
struct draft_field {
    const struct law_fact *fact;
    const struct procedure_fact *line; /* source and norms */
};
const struct err *draft_fields(struct ctx *ctx, const struct procedure *procedure, struct draft_field **ret,
                               size_t *ret_count);

/* Reads facts as typed into facts of the law, all faults at once. Left empty: left out; when closing, what the fact
 * declares `or absent` is null. Fields are those of fields; others are faults. */
struct json fields_read(struct ctx *ctx, const struct draft_field *fields, size_t fields_count,
                        const struct json *typed, bool closing, struct field_faults *ret_faults);

/* All faults of what is about to be filed: facts and codes of papers. A paper that is missing is no fault: the filing
 * receipt lists it (55.19/10/1.c). */
const struct err *draft_faults(struct ctx *ctx, const struct draft *draft, struct field_faults *ret);

/* What the law answers today on what is known: the answer before filing. One ruling for each check of the procedure. */
struct eligibility {
    struct ruling *rulings;
    size_t count;
    enum due *documents; /* by procedure->documents: due, given what is known */
    struct text *missing_documents;
    size_t missing_documents_count;
};
const struct err *draft_eligibility(struct ctx *ctx, const struct draft *draft, struct eligibility *ret);

#endif
