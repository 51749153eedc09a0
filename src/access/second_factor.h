/* The second factor of an account: taking one up, its recovery codes, and losing it. A secret is offered, and in force
 * once its first code came back; then RECOVERY_CODES codes are shown once. Whoever lost both is helped by an
 * administrator, who has seen who it is: act second_factor_reset, with the reason. Owns recovery_code. */
#ifndef ACCESS_SECOND_FACTOR_H
#define ACCESS_SECOND_FACTOR_H

#include "access/account.h"

/* Write stage: a new secret for ctx->user, to show as a QR code (url) and to type (base32 without spaces). The old one
 * stays in force until the new one is accepted. */
struct factor_offer {
    struct text url;
    struct text secret;
};
const struct err *factor_offer(struct ctx *ctx, struct text issuer, struct factor_offer *ret);
/* What was offered last, to show the page again; not found: nothing waits. */
const struct err *factor_offered(struct ctx *ctx, struct text issuer, struct factor_offer *ret, bool *ret_found);

struct recovery_codes {
    struct text items[10]; /* RECOVERY_CODES */
    size_t count;
};
/* Write stage: the first code of the offer. When right: in force, this session counts as signed in with it (a new token
 * in *ret_token), all others end, and the codes are shown this once. */
const struct err *factor_accept(struct ctx *ctx, struct text token, struct text code, struct recovery_codes *ret_codes,
                                struct text *ret_token, bool *ret_right);
/* New codes; the old ones are worth nothing. Needs a step-up (ERR_STEP_UP). */
const struct err *recovery_codes_renew(struct ctx *ctx, struct recovery_codes *ret);
const struct err *recovery_codes_left(struct ctx *ctx, struct account_id account, int64_t *ret_left);
/* For an account that is being made: its first codes. */
const struct err *recovery_codes_make(struct ctx *ctx, struct account_id account, struct recovery_codes *ret);

/* The step of the code that was used last (totp.h), for a demonstration that shows the next one. */
const struct err *factor_used(struct ctx *ctx, struct account_id account, int64_t *ret_step);

/* By an administrator, never for himself: the account signs in with its password alone and takes up a new factor. */
const struct err *second_factor_reset(struct ctx *ctx, struct account_id account, struct text reason);
const struct err *apply_second_factor_reset(struct ctx *ctx, const struct act *act);

#endif
