/* The opinion of a body on a dossier, where its procedure asks for one: recorded by the secretary from the minutes,
 * with what was counted; the law's checks of quorum and vote say whether it is an opinion at all, and which. Its facts
 * are then those that the decision's checks ask for, so a binding opinion binds because the law's check says so.
 *
 * Owns opinion, a projection of opinion_given. The act is sealed, and who stood aside is a person of it that can be
 * erased. Functions that write need TX_WRITE. Errors: ERR_FORBIDDEN unless ctx->user is a secretary, ERR_WRONG_STATE,
 * ERR_INPUT when the procedure asks nobody. */
#ifndef OFFICE_OPINION_H
#define OFFICE_OPINION_H

#include "office/dossier.h"
#include "office/draft.h"

struct opinion {
    struct act_id act;
    struct dossier_id dossier;
    struct text body; /* viewing_committee */
    struct text kind; /* binding advisory deciding */
    struct date held_on;
    struct text verdict; /* of the last of its checks: favourable, adopted ... */
    struct text facts;   /* JSON object: counted, and given to the decision */
    struct text recused; /* who stood aside, as the minutes name them; erased or nobody: empty */
    struct date day;
};
/* The newest: a body may meet again. */
const struct err *opinion_of_dossier(struct ctx *ctx, struct dossier_id id, struct opinion *ret, bool *ret_found);

/* The fields of the form: what is counted, then what the opinion gives, without what its checks answer themselves. */
const struct err *opinion_fields(struct ctx *ctx, const struct procedure *procedure, struct draft_field **ret,
                                 size_t *ret_count);

struct opinion_draft {
    struct date held_on;
    const struct json *typed; /* by the names of the fields */
    struct text recused;
};
/* What came of it. Nothing is written when there are faults, nor when a check says that it is no opinion (no quorum, no
 * decision, something not known): that is its ruling. */
struct opinion_outcome {
    struct field_faults faults;
    struct ruling *rulings; /* of the body's checks, up to the first that stops */
    size_t rulings_count;
    bool given;
    struct act_id act;
};
const struct err *opinion_give(struct ctx *ctx, struct dossier_id id, const struct opinion_draft *draft,
                               struct opinion_outcome *ret);

#endif
