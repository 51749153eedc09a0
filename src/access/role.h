/* Roles held by accounts, given and ended by acts (role_given, role_ended). Two do not come from here: applicant
 * follows from a mandate, director from an appointment or a delegation. Staff of the Centre (18.23/85/5: a delegation
 * is for staff) is who holds officer, secretary, inspector, accountant, administrator or counter, or was appointed
 * secretary general; members of committees and auditors come from outside. Some pairs never meet in one person: who
 * administers accounts decides nothing, who authorises does not hold the accounts (REQUIREMENTS R7), who audits does
 * nothing else. Owns role_held. */
#ifndef ACCESS_ROLE_H
#define ACCESS_ROLE_H

#include "access/user.h"
#include "acts/act.h"

const char *role_code(enum role role); /* "officer" */
/* Those that may be given: false for public, signed_in, applicant, director, staff. */
bool role_from(struct text code, enum role *ret);
/* Whether one person may hold all of these bits. */
bool roles_agree(unsigned roles);

/* Needs an administrator. ERR_INPUT for a role that is not given, ERR_CONFLICT when it is held already or does not
 * agree with what is held. */
const struct err *role_give(struct ctx *ctx, struct account_id account, enum role role);
const struct err *role_end(struct ctx *ctx, struct account_id account, enum role role);

/* All bits of the account now: held, staff, director, applicant; public and signed_in too. */
const struct err *roles_of(struct ctx *ctx, struct account_id account, unsigned *ret_roles);
/* Accounts that hold a role now, by rising act. */
const struct err *role_holders(struct ctx *ctx, enum role role, struct account_id **ret, size_t *ret_count);

const struct err *apply_role_given(struct ctx *ctx, const struct act *act);
const struct err *apply_role_ended(struct ctx *ctx, const struct act *act);

#endif
