/* Delegations of the director's powers (18.23/85/5, REQUIREMENTS R5): to staff only, for some acts and decisions and
 * never for all of them, between two dates, with number and date, in force from the day they are published, and never
 * passed on. A delegation ends with the appointment of who gave it: whoever comes next gives his own. Acts
 * delegation_given, delegation_published, delegation_ended. Owns delegation, delegation_scope. */
#ifndef ACCESS_DELEGATION_H
#define ACCESS_DELEGATION_H

#include "access/appointment.h"

struct delegation_line {
    struct text act_code; /* an act of the law's check competence: "production_licence" */
    struct text decision; /* grant, refuse, suspend, withdraw */
};
struct delegation {
    struct act_id act;
    struct account_id delegate;
    struct account_id delegator;
    struct act_id appointment; /* under which it was given */
    struct text number;
    struct date signed_on;
    struct date from;
    struct date until;        /* last day */
    struct date published_on; /* DATE_NONE: not in force */
    struct text published_in;
    int64_t ended_at_ms; /* 0: not ended */
    struct delegation_line *lines;
    size_t lines_count;
};

/* By the director, or whoever acts as such; a command of the house (no user) names the delegator in the draft.
 * ERR_NOT_COMPETENT: not a director (so no delegate passes anything on). ERR_WRONG_STATE: not staff. ERR_CONFLICT: the
 * delegate's roles do not agree with deciding. ERR_INPUT: to oneself, no number, dates that make no sense, nothing or
 * everything delegated, or a power that is not the director's. */
const struct err *delegation_give(struct ctx *ctx, const struct delegation *draft, struct act_id *ret);
/* From that day it is in force, not before (nor before its own first day). */
const struct err *delegation_publish(struct ctx *ctx, struct act_id delegation, struct date day, struct text place);
/* Ends it now; by a director or an administrator. */
const struct err *delegation_end(struct ctx *ctx, struct act_id delegation, struct text reason);

/* The delegation of an account that covers a decision now; not found: none does. */
const struct err *delegation_find(struct ctx *ctx, struct account_id delegate, struct text act_code,
                                  struct text decision, struct delegation *ret, bool *ret_found);
const struct err *delegation_get(struct ctx *ctx, struct act_id id, struct delegation *ret); /* with its lines */
/* All given, newest first, before an act (0: from the newest); without lines. */
const struct err *delegations_list(struct ctx *ctx, struct act_id before, struct delegation **ret, size_t *ret_count);

const struct err *apply_delegation_given(struct ctx *ctx, const struct act *act);
const struct err *apply_delegation_published(struct ctx *ctx, const struct act *act);
const struct err *apply_delegation_ended(struct ctx *ctx, const struct act *act);

#endif
