/* Who may act for a company, an association or another person (REQUIREMENTS R6): an account, a party, as its manager or
 * as an agent, between two dates, on a document. Acts mandate_given, mandate_verified, mandate_ended. A mandate that
 * somebody declared for himself stands until an officer has seen the proof, and says so (verified_act 0); a party that
 * has a manager takes new mandates from that manager or from staff only. Owns mandate. */
#ifndef ACCESS_MANDATE_H
#define ACCESS_MANDATE_H

#include "access/user.h"
#include "acts/act.h"

enum mandate_role { MANDATE_MANAGER = 1, MANDATE_AGENT };

struct mandate {
    struct act_id act;
    struct account_id account;
    struct party_id party;
    enum mandate_role role;
    struct date from;
    struct date until; /* last day; DATE_NONE: until it is ended */
    bool has_document;
    struct hash document;
    struct act_id verified_act; /* 0: nobody at the Centre has seen the proof yet */
    int64_t ended_at_ms;        /* 0: not ended */
};

/* Gives a mandate. Staff (verified at once), the party's manager (agents and managers), or somebody for himself while
 * nobody has a mandate for the party. ERR_FORBIDDEN otherwise; ERR_CONFLICT when the account has one in force. */
const struct err *mandate_give(struct ctx *ctx, const struct mandate *draft, struct act_id *ret);
/* An officer has seen the proof. */
const struct err *mandate_verify(struct ctx *ctx, struct act_id mandate);
/* By staff, the party's manager, or its own holder. */
const struct err *mandate_end(struct ctx *ctx, struct act_id mandate, struct text reason);

/* In force now. */
const struct err *mandate_find(struct ctx *ctx, struct account_id account, struct party_id party, struct mandate *ret,
                               bool *ret_found);
const struct err *mandates_of_account(struct ctx *ctx, struct account_id account, struct mandate **ret,
                                      size_t *ret_count);
const struct err *mandates_of_party(struct ctx *ctx, struct party_id party, struct mandate **ret, size_t *ret_count);
const struct err *mandate_get(struct ctx *ctx, struct act_id mandate, struct mandate *ret); /* in force or not */

const struct err *apply_mandate_given(struct ctx *ctx, const struct act *act);
const struct err *apply_mandate_verified(struct ctx *ctx, const struct act *act);
const struct err *apply_mandate_ended(struct ctx *ctx, const struct act *act);

#endif
