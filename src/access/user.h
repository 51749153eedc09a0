/* Who acts: an account that signed in, what it may do, and for whom. Owns account, role_held, mandate, session, ...
 * Reading it never writes. */
#ifndef ACCESS_USER_H
#define ACCESS_USER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/ctx.h"
#include "base/text.h"

struct account_id {
    int64_t value;
};
struct party_id { /* registry/party.h: a company, an association, a person, a public body */
    int64_t value;
};

/* What a route row asks for; a user holds a set of them (bits). Nobody signed in holds ROLE_PUBLIC only. */
enum role {
    ROLE_PUBLIC = 1 << 0,
    ROLE_SIGNED_IN = 1 << 1,
    ROLE_APPLICANT = 1 << 2, /* acts for a party by mandate */
    ROLE_OFFICER = 1 << 3,   /* examines dossiers */
    ROLE_DIRECTOR = 1 << 4,  /* decides: the director, whoever acts as such, a delegate within his scope */
    ROLE_SECRETARY = 1 << 5, /* of a committee */
    ROLE_MEMBER = 1 << 6,    /* of a committee */
    ROLE_INSPECTOR = 1 << 7,
    ROLE_ACCOUNTANT = 1 << 8,
    ROLE_ADMINISTRATOR = 1 << 9, /* accounts, appointments, parameters; decides nothing */
    ROLE_AUDITOR = 1 << 10,      /* reads everything, writes nothing */
    ROLE_COUNTER = 1 << 11,      /* files for someone who cannot */
    ROLE_STAFF = 1 << 12         /* works for the Centre: follows from the others (role.h) */
};

struct user {
    struct account_id account;
    struct text name; /* as shown, in ctx->lang where there is one */
    struct text email;
    unsigned roles;              /* enum role bits */
    struct party_id party;       /* for whom the session acts now; 0: nobody */
    struct text party_name;      /* filled by who knows parties (registry); empty here */
    int64_t session;             /* row id */
    struct text csrf;            /* token for the forms of this session */
    bool second_factor;          /* was given at sign-in */
    int64_t stepped_up_until_ms; /* a signature is possible until then; 0: not stepped up */
    enum lang lang;              /* chosen in the account; LANG_NONE: by the browser */

    bool has_second_factor; /* the account has one */
    unsigned withheld;      /* roles it holds and does not have now, because the second factor is missing */
    size_t mandates_count;  /* parties it may act for */
    bool must_change;       /* the password was made by somebody else */
    bool touch_due;         /* session_touch() is due: the last request was written down a while ago */
};

bool user_has(const struct user *user, enum role role); /* NULL user: ROLE_PUBLIC only */
/* Whether a signature is possible now: second factor at sign-in, and a step-up that still holds (R4, level simple). */
bool user_may_sign(const struct user *user, int64_t now_ms);

/* The user of a session token, in any transaction. Not found: nobody is signed in (unknown, ended, idle, disabled, or
 * the second factor is still due). */
const struct err *user_load(struct ctx *ctx, struct text token, struct user *ret, bool *ret_found);

#endif
