/* What the tests of access share: a database with the module's kinds of acts and the law's check of competence, cheap
 * hashes, and short ways to make accounts. */
#ifndef TESTS_ACCESS_DOOR_H
#define TESTS_ACCESS_DOOR_H

#include "access/account.h"
#include "access/role.h"
#include "access/session.h"
#include "access/sign_in.h"
#include "place.h"

#define PASSWORD "the sea at night 1958"

/* The ctx of the place, with kinds and law; hashes cost next to nothing from here on. */
struct ctx *door_open(struct place *place);
void door_begin(struct ctx *ctx, struct place *place); /* a write transaction */
void door_commit(struct ctx *ctx);
/* Moves the clock, and the day with it. */
void door_wait(struct ctx *ctx, struct place *place, int64_t ms);
/* An account with PASSWORD and no second factor; needs no transaction. */
struct account_id door_account(struct ctx *ctx, struct place *place, const char *email);
/* The same, with a role. */
struct account_id door_officer(struct ctx *ctx, struct place *place, const char *email, enum role role);
/* Signs in from that address, both stages, each in its transaction. */
struct signed_in door_sign_in(struct ctx *ctx, struct place *place, const char *email, const char *password,
                              const char *remote);
/* The code of now; a second factor in force at once, whose secret is answered; the second step of a sign-in. */
struct text door_code(struct place *place, struct text secret);
struct text door_enrol(struct ctx *ctx, struct place *place, struct account_id account);
struct signed_in door_second_step(struct ctx *ctx, struct place *place, struct text token, struct text code);
/* The user of a token, or found false. */
bool door_user(struct ctx *ctx, struct place *place, struct text token, struct user *ret);
/* A user as if loaded, for what needs somebody who acts: second factor and step-up given. */
struct user *door_as(struct ctx *ctx, struct place *place, struct account_id account);
/* Fails unless the call answers that error. */
#define REFUSED(call, expected)                                                                                        \
    do {                                                                                                               \
        const struct err *refused_ = (call);                                                                           \
        assert_non_null(refused_);                                                                                     \
        assert_string_equal(err_name(err_root(refused_)), err_name(expected));                                         \
    } while (0)

#endif
