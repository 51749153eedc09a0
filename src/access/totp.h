/* Codes that change every 30 seconds (TOTP, RFC 6238; HMAC-SHA-1, six digits), the second factor of a sign-in. Pure:
 * the clock and chance are the caller's. */
#ifndef ACCESS_TOTP_H
#define ACCESS_TOTP_H

#include "base/arena.h"
#include "base/text.h"
#include "base/world.h"

enum { TOTP_SECRET_BYTES = 20, TOTP_DIGITS = 6, TOTP_STEP_MS = 30 * 1000 };

struct text totp_secret_new(struct arena *arena, struct world *world);
/* The code of one step, 6 to 8 digits, RFC 4226 with the step as counter. */
struct text totp_code(struct arena *arena, struct text secret, int64_t step, unsigned digits);
/* Whether code is that of now or of one step before or behind, and of a step later than after_step: a code is good
 * once. Digits may be Arabic or Persian, spaces are passed over. Takes the same time whatever the code is. */
bool totp_check(struct text secret, struct text code, int64_t now_ms, int64_t after_step, int64_t *ret_step);
/* "otpauth://totp/...": what an application reads from a QR code. */
struct text totp_url(struct arena *arena, struct text issuer, struct text email, struct text secret);
/* RFC 4648, upper case, without padding: the secret as a person types it. */
struct text base32_encode(struct arena *arena, struct text bytes);

#endif
