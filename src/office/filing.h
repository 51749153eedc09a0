/* Filing and what completes it. Each function appends its act, and needs TX_WRITE.
 *
 * Three different things (R1; checks filing-receipt and answer-term of 55.19): papers missing on the day of filing are
 * listed once in the filing receipt, and no clock runs until they are there; a bad paper is replaced on a reasoned
 * request; information is asked once. Nothing else is ever asked. Errors: ERR_INPUT when the draft has faults (ask
 * draft_faults() first), ERR_WRONG_STATE, ERR_FORBIDDEN for a paper that was not asked, ERR_NOT_FOUND. */
#ifndef OFFICE_FILING_H
#define OFFICE_FILING_H

#include "office/dossier.h"
#include "office/draft.h"

/* Files what the draft holds, for its party, and discards it. Appends dossier_filed. */
const struct err *dossier_file(struct ctx *ctx, struct draft_id draft, struct dossier *ret);

/* A paper that the filing receipt lists, or that must be replaced. Appends document_supplied and, with the last one
 * awaited, dossier_completed or replacement_supplied. */
const struct err *document_supply(struct ctx *ctx, struct dossier_id id, struct text code,
                                  const struct stored_document *document, struct text filename);
/* The applicant's answer to the one request for information. Appends information_supplied. */
const struct err *information_supply(struct ctx *ctx, struct dossier_id id, struct text answer);
/* The applicant withdraws the request. Appends dossier_given_up. */
const struct err *dossier_give_up(struct ctx *ctx, struct dossier_id id);

/* The codes still awaited of the applicant today. */
const struct err *documents_awaited(struct ctx *ctx, const struct dossier *dossier, struct text **ret,
                                    size_t *ret_count);

#endif
