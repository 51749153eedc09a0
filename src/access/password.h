/* Passwords: what is accepted, and their Argon2id hashes (RFC 9106; PHC string, verified by libsodium). A hash takes
 * about 0.2 s and PASSWORD_MEMORY_BYTES, so few run at the same time and the writer's thread never does one: both
 * functions assert that no write transaction is open. ERR_BUSY when too many wait already. */
#ifndef ACCESS_PASSWORD_H
#define ACCESS_PASSWORD_H

#include "base/ctx.h"

/* NULL: accepted. Else the msgid of what is wrong: fault.password.short, .long, .common, .email, .text. */
const char *password_fault(struct text password, struct text email);
const struct err *password_hash(struct ctx *ctx, struct text password, struct text *ret_hash);
/* An empty hash takes as long as any other and is never right: nobody learns which accounts exist. */
const struct err *password_verify(struct ctx *ctx, struct text password, struct text hash, bool *ret_right);

/* The cost of new hashes. Only tests change it, before anything is hashed. */
struct password_cost {
    unsigned passes;
    unsigned memory_bytes;
};
extern struct password_cost password_cost;

#endif
