/* Opening an account oneself, and choosing a new password when the old one is lost. Both send a token by e-mail (the
 * caller's outbox) and both answer the same whether the e-mail has an account or not, so that nobody learns who has.
 * Until the e-mail is confirmed there is no account and no act. Owns sign_up, password_reset. */
#ifndef ACCESS_SIGN_UP_H
#define ACCESS_SIGN_UP_H

#include "access/account.h"

/* Read stage: faults of the form, and the hash. Nothing is hashed when there are faults. */
const struct err *sign_up_check(struct ctx *ctx, struct person_form *form, struct form_faults *faults,
                                struct text *ret_password_hash);
/* Write stage. *ret_token goes into the e-mail's link; it is empty when the e-mail has an account: then write to its
 * holder that somebody tried, and show the same page. */
const struct err *sign_up_record(struct ctx *ctx, const struct person_form *form, struct text password_hash,
                                 struct text *ret_token);
/* Write stage of the link: opens the account (act account_opened). Not found: unknown, used or too late. */
const struct err *sign_up_confirm(struct ctx *ctx, struct text token, struct account_id *ret, bool *ret_found);

/* Write stage. *ret_token is empty when nobody has that e-mail; show the same page. Counts against the address. */
const struct err *password_reset_ask(struct ctx *ctx, struct text email, struct text remote, struct text *ret_token);
/* Read stage: whose it is (not found: unknown, used or too late), faults, and the hash. */
const struct err *password_reset_check(struct ctx *ctx, struct text token, struct text password,
                                       struct form_faults *faults, struct text *ret_password_hash, bool *ret_found);
/* Write stage: the new password; all sessions and all reset tokens of the account end. The second factor stays. */
const struct err *password_reset_record(struct ctx *ctx, struct text token, struct text password_hash, bool *ret_found);

/* Change by ctx->user, who gives the old one. Check: faults on "old" or "password". Record: other sessions end, and the
 * token of this one (given) is replaced. */
const struct err *password_change_check(struct ctx *ctx, struct text old, struct text password,
                                        struct form_faults *faults, struct text *ret_password_hash);
const struct err *password_change_record(struct ctx *ctx, struct text token, struct text password_hash,
                                         struct text *ret_token);

#endif
