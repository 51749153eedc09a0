/* What the officer does with a dossier: the checklist with the norm behind each line, facts attested by name, the two
 * requests that Law 55.19 allows, notes. Functions that write append their act and need TX_WRITE (notes are plain
 * rows). Errors: ERR_FORBIDDEN unless ctx->user is an officer, ERR_WRONG_STATE, ERR_INPUT. A request that the law does
 * not allow today is a ruling: *ret_ruling then says why, and nothing is written (`allowed` false). */
#ifndef OFFICE_EXAMINATION_H
#define OFFICE_EXAMINATION_H

#include "office/dossier.h"
#include "office/draft.h"

struct checklist_document {
    const struct procedure_document *line;
    enum due due;
    const struct dossier_document *supplied; /* that stands; NULL: none */
    bool is_to_replace;                      /* the check of the papers says so */
};
struct checklist_fact {
    const struct law_fact *fact;
    const struct procedure_fact *line;
    struct text value; /* JSON; at NULL while unknown */
    bool stands;       /* it counts for the decision: false for the applicant's word on what an officer attests */
    struct text from;  /* asked | attested | register | given */
    struct text by;
};
struct checklist {
    const struct procedure *procedure;
    struct checklist_document *documents;
    size_t documents_count;
    struct checklist_fact *facts;
    size_t facts_count;
};
const struct err *dossier_checklist(struct ctx *ctx, const struct dossier *dossier, struct checklist *ret);

/* Takes the dossier, or gives it to another officer. Appends dossier_assigned. */
const struct err *dossier_assign(struct ctx *ctx, struct dossier_id id, struct account_id officer);

/* The fields of the form in which an officer attests. */
const struct err *attest_fields(struct ctx *ctx, const struct procedure *procedure, struct draft_field **ret,
                                size_t *ret_count);
/* What the officer read in the papers, as typed; facts that the procedure has attested, counted or found. Appends
 * facts_attested when there are no faults. */
const struct err *facts_attest(struct ctx *ctx, struct dossier_id id, const struct json *typed,
                               struct field_faults *ret_faults);

struct replacement_request {
    struct text *codes; /* of papers in the file */
    size_t codes_count;
    struct text reason; /* required */
};
/* Appends replacement_asked, notified to the party. */
const struct err *replacement_ask(struct ctx *ctx, struct dossier_id id, const struct replacement_request *request,
                                  bool *ret_allowed, struct ruling *ret_ruling);
/* Appends information_asked, notified to the party. */
const struct err *information_ask(struct ctx *ctx, struct dossier_id id, struct text question, bool *ret_allowed,
                                  struct ruling *ret_ruling);

struct dossier_note {
    int64_t id;
    struct account_id account;
    int64_t at_ms;
    struct text body;
};
const struct err *note_add(struct ctx *ctx, struct dossier_id id, struct text body);
const struct err *note_list(struct ctx *ctx, struct dossier_id id, struct dossier_note **ret, size_t *ret_count);

#endif
