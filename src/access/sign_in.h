/* Signing in, in the two stages of a request: a check that reads and takes its time (the password's hash), never in the
 * writer's thread, and a record that writes and is quick. What goes wrong is an outcome, not an error, because failures
 * are written down too. The same sentence answers a wrong password and an account that does not exist. */
#ifndef ACCESS_SIGN_IN_H
#define ACCESS_SIGN_IN_H

#include "access/account.h"
#include "access/session.h"

enum sign_in_outcome {
    SIGN_IN_DONE = 1,
    SIGN_IN_SECOND_FACTOR, /* the token is of a pending session: ask for the code, then second_factor_record() */
    SIGN_IN_WRONG,         /* e-mail or password; or the code */
    SIGN_IN_WAIT,          /* too many failures: wait_ms */
    SIGN_IN_DISABLED,      /* the password was right and the account is closed */
    SIGN_IN_OVER           /* the pending session is over: begin again */
};
struct sign_in {
    struct text email; /* as typed; normalised by the check */
    struct text password;
    struct text remote; /* address of the client */
    struct text agent;  /* what the browser calls itself */
    /* Filled by the check. */
    struct account_id account;
    bool right;
    bool has_second_factor;
    bool is_disabled;
    int64_t wait_ms;
};
struct signed_in {
    enum sign_in_outcome outcome;
    struct text token; /* for the cookie; empty unless done or second factor */
    int64_t wait_ms;
    struct account_id account;
};

/* Read stage (TX_READ, or none with a store to read from being the caller's). */
const struct err *sign_in_check(struct ctx *ctx, struct sign_in *sign_in);
/* Write stage. */
const struct err *sign_in_record(struct ctx *ctx, const struct sign_in *sign_in, struct signed_in *ret);
/* Write stage of the second step: a code of the application, or a recovery code. */
const struct err *second_factor_record(struct ctx *ctx, struct text pending_token, struct text code,
                                       struct signed_in *ret);

/* Step-up of ctx->user, for a signature: the password or a code again. Check in the read stage, record in the write
 * stage with the session's token; a new token answers. An empty password means that a code was given. */
struct step_up {
    struct text password;
    struct text code;
    bool right;
};
const struct err *step_up_check(struct ctx *ctx, struct step_up *step_up);
const struct err *step_up_record(struct ctx *ctx, struct text token, const struct step_up *step_up,
                                 struct signed_in *ret);

/* Ends the session of the token; one that is over already is fine. */
const struct err *sign_out(struct ctx *ctx, struct text token);

/* A code of the account's application, or a recovery code where allowed; each is good once. Counts failures. */
const struct err *factor_use(struct ctx *ctx, struct account_id account, struct text code, bool recovery_too,
                             bool *ret_right);

#endif
