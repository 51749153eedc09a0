/* An account as a command makes it: with a password and a second factor of chance, shown once. */
#ifndef APP_ACCOUNT_NEW_H
#define APP_ACCOUNT_NEW_H

#include "access/account.h"
#include "access/second_factor.h"

enum { ACCOUNT_ROLES_MAX = 12 };
struct account_new {
    /* Asked for. */
    struct text email;
    struct text name_ar;
    struct text name_latin;
    enum role roles[ACCOUNT_ROLES_MAX]; /* ROLE_DIRECTOR: an appointment on the basis */
    size_t roles_count;
    struct text basis_number; /* of a director */
    struct date basis_day;
    /* Made. */
    struct account_id id;
    struct text password; /* has to be changed at the first sign-in */
    struct text password_hash;
    struct text totp_secret; /* bytes */
    struct recovery_codes codes;
};
/* A name goes to the script it is written in. */
void account_new_name(struct account_new *account, const char *name);
/* Faults of what was asked for as one error (ERR_INPUT); then password, hash and secret. Needs no transaction. */
const struct err *account_new_prepare(struct ctx *ctx, struct account_new *account);
/* Opens it and gives the roles. A tx_fn; arg: struct account_new. */
const struct err *account_new_record(struct ctx *ctx, void *arg);
/* What is shown once, as lines or as one JSON object. */
void account_new_print(struct arena *arena, const struct account_new *account, bool json);

#endif
