/* Decisions: drafted from the trace, proposed by an officer, signed by whoever is competent, never without reasons.
 *
 * Owns proposal and decision, projections of decision_proposed, proposal_sent_back, decision, and of the measures that
 * follow a grant. Legal reasons are not typed: they are the sentences of the norms that fail; factual reasons are the
 * officer's. The formalities are those that the law hangs on the kind of decision. Functions that write need TX_WRITE.
 * Errors: ERR_FORBIDDEN, ERR_NOT_COMPETENT, ERR_STEP_UP, ERR_WRONG_STATE (somebody was faster), ERR_INPUT (reasons
 * missing, or a decision that the ruling does not carry), ERR_CONFLICT when the facts changed since the proposal. */
#ifndef OFFICE_DECISION_H
#define OFFICE_DECISION_H

#include "office/dossier.h"

struct measure_id { /* measure.h */
    int64_t value;
};

enum decision_reason { DECISION_REASON_LEGAL = 1, DECISION_REASON_FACTUAL };
struct reason {
    enum decision_reason kind;
    struct text norm;        /* legal: its id */
    struct text says[LANGS]; /* Arabic always; others where known */
};

/* What may be decided today, and on what reasons. */
struct decision_draft {
    struct ruling *rulings; /* of the procedure's checks, in order, up to the first that does not grant */
    size_t rulings_count;
    bool may_grant;
    bool opinion_is_due; /* the procedure asks a body, which was not heard yet: no grant then */
    bool may_refuse;
    struct reason *reasons; /* legal, one for each norm that fails */
    size_t reasons_count;
    struct text *missing; /* facts that matter and are not known yet: then neither */
    size_t missing_count;
    struct dossier_clock clock;
};
const struct err *decision_draft(struct ctx *ctx, const struct dossier *dossier, struct decision_draft *ret);

/* decision: "grant" or "refuse". factual: what the officer found; at least one, in Arabic, for a refusal. */
struct decision_proposal {
    struct text decision;
    const struct reason *factual;
    size_t factual_count;
};
const struct err *decision_propose(struct ctx *ctx, struct dossier_id id, const struct decision_proposal *proposal,
                                   struct act_id *ret_proposal);

struct proposal {
    struct act_id act;
    struct dossier_id dossier;       /* or */
    struct instrument_id instrument; /* with its measure */
    struct measure_id measure;
    struct text decision; /* grant refuse suspend withdraw lift */
    struct reason *reasons;
    size_t reasons_count;
    struct account_id by;
    struct date day;
    struct text state; /* open | signed | sent_back */
    struct text remark;
};
const struct err *proposal_get(struct ctx *ctx, struct act_id act, struct proposal *ret);
/* The tray of whoever signs: open ones, oldest first, act > after. */
const struct err *proposal_tray(struct ctx *ctx, struct act_id after, int64_t limit, struct proposal **ret,
                                size_t *ret_count);
/* Back to the officer, with a remark: appends proposal_sent_back. */
const struct err *proposal_send_back(struct ctx *ctx, struct act_id proposal, struct text remark);

/* Signs: competence and step-up checked now, checks asked again, formalities enforced, effects applied, notification
 * opened. Appends decision, or instrument_suspended, suspension_lifted, instrument_withdrawn. */
const struct err *decision_sign(struct ctx *ctx, struct act_id proposal, struct act_id *ret);

struct decision {
    struct act_id act;
    struct dossier_id dossier;
    struct instrument_id instrument; /* granted, or touched */
    struct measure_id measure;
    struct text decision;
    struct reason *reasons;
    size_t reasons_count;
    struct account_id proposed_by;
    struct account_id signed_by;
    struct text signature; /* JSON: in which capacity, on what basis, at which level (access/signature.h; R4, R5) */
    struct date day;
};
const struct err *decision_get(struct ctx *ctx, struct act_id act, struct decision *ret);
const struct err *decision_of_dossier(struct ctx *ctx, struct dossier_id id, struct decision *ret, bool *ret_found);
const struct err *proposal_of(struct ctx *ctx, struct dossier_id id, struct proposal *ret, bool *ret_found);
const struct err *decision_list_instrument(struct ctx *ctx, struct instrument_id id, struct decision **ret,
                                           size_t *ret_count);
/* By one signatory in a period, act > after (R5). */
struct decision_query {
    struct account_id signed_by;
    struct date from;
    struct date until;
    struct act_id after;
    int64_t limit;
};
const struct err *decision_list_signed(struct ctx *ctx, const struct decision_query *query, struct decision **ret,
                                       size_t *ret_count);

/* Remedies printed on a negative act: the sentences of the law's checks of appeals. One text for each remedy. */
const struct err *remedies(struct ctx *ctx, enum lang lang, struct text **ret, size_t *ret_count);
/* Until when an appeal may be lodged; DATE_NONE while the notification is not proven. */
const struct err *appeal_last_day(struct ctx *ctx, struct date proven_on, struct date *ret);

#endif
