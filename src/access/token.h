/* Secrets that travel: session tokens, tokens in e-mail, recovery codes, and the tokens of forms. Only their SHA-256
 * is stored; the text itself is given once, to whom it belongs. Chance is the world's. */
#ifndef ACCESS_TOKEN_H
#define ACCESS_TOKEN_H

#include "base/ctx.h"
#include "base/encode.h"

enum { TOKEN_BYTES = 32 };

/* 256 bits, as 64 hexadecimal digits. */
struct text token_new(struct ctx *ctx);
/* What is stored of it. False when it cannot be a token at all. */
bool token_hash(struct text token, struct hash *ret);
/* 80 bits in base32, "ABCD-EFGH-IJKL-MNOP"; case, spaces and hyphens do not matter when it comes back. */
struct text recovery_code_new(struct ctx *ctx);
bool recovery_code_hash(struct text code, struct hash *ret);

/* The token of the forms of a session, made from the session's own, so that nothing more is stored. Before a sign-in
 * the same holds for a token of chance in a cookie (double submit). */
struct text csrf_token(struct arena *arena, struct text token);
bool csrf_check(struct text token, struct text given); /* in constant time; empty is wrong */

#endif
