/* Sessions: a token of 256 bits held by one browser, of which only the hash is stored. A session ends when it is idle
 * for SESSION_IDLE_MS, after SESSION_WHOLE_MS, when its holder or an administrator ends it, and when the password
 * changes. Its token is replaced at sign-in, at the second factor and at each step-up. Owns session. */
#ifndef ACCESS_SESSION_H
#define ACCESS_SESSION_H

#include "access/user.h"

struct session {
    int64_t id;
    struct account_id account;
    bool pending; /* the second factor is due: nobody is signed in yet */
    bool second_factor;
    struct party_id party;
    int64_t opened_at_ms;
    int64_t seen_at_ms;
    int64_t ends_at_ms;
    int64_t stepped_up_until_ms;
    struct text remote;
    struct text agent;
};

/* A new session. *ret_token goes into the cookie, and nowhere else. */
const struct err *session_open(struct ctx *ctx, const struct session *draft, int64_t *ret_id, struct text *ret_token);
/* Alive now, pending or not. */
const struct err *session_find(struct ctx *ctx, struct text token, struct session *ret, bool *ret_found);
/* A new token for the session, which from now on stands as said. */
const struct err *session_rotate(struct ctx *ctx, const struct session *session, struct text *ret_token);

/* Writes down that the session is in use: call it when user.touch_due. */
const struct err *session_touch(struct ctx *ctx, int64_t id);
/* For whom the session acts: ERR_FORBIDDEN without a mandate in force. Party 0: for nobody. Needs ctx->user. */
const struct err *session_choose_party(struct ctx *ctx, struct party_id party);

/* Those alive of the account, newest first. */
const struct err *sessions_list(struct ctx *ctx, struct account_id account, struct session **ret, size_t *ret_count);
/* Ends one of the account's sessions: ERR_NOT_FOUND when it is not. */
const struct err *session_end(struct ctx *ctx, struct account_id account, int64_t id);
/* Ends all but one (0: all). */
const struct err *sessions_end_all(struct ctx *ctx, struct account_id account, int64_t but);
/* Deletes sessions, tokens and delays whose time is over; once a day is enough. */
const struct err *access_sweep(struct ctx *ctx);

#endif
