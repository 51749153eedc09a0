/* Delays after failures: per account (by the e-mail typed, whether it exists or not) and per address. The first
 * failures are free; then the wait doubles, up to THROTTLE_WAIT_MS_MAX; a success clears the account's count, and a
 * quiet THROTTLE_FORGET_MS clears any. Owns throttle. */
#ifndef ACCESS_THROTTLE_H
#define ACCESS_THROTTLE_H

#include "base/ctx.h"

/* Keys. E-mails are hashed; IPv6 addresses count by their /64. */
struct text throttle_key_email(struct arena *arena, struct text email);
struct text throttle_key_address(struct arena *arena, struct text remote);
struct text throttle_key_factor(struct arena *arena, int64_t account);

/* Milliseconds to wait before the next try; 0: none. */
const struct err *throttle_wait(struct ctx *ctx, struct text key, int64_t *ret_wait_ms);
/* Counts a failure; free ones cost no wait. Needs TX_WRITE. */
const struct err *throttle_fail(struct ctx *ctx, struct text key, int free);
const struct err *throttle_clear(struct ctx *ctx, struct text key);

#endif
