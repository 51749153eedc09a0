/* SHA-256, hexadecimal and base64 (RFC 4648): the encodings of proofs and documents. Hashing is OpenSSL's. */
#ifndef BASE_ENCODE_H
#define BASE_ENCODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"

enum { HASH_BYTES = 32 };
struct hash {
    uint8_t bytes[HASH_BYTES];
};

struct hash hash_of(const void *at, size_t len);
struct hash hash_of_text(struct text text);
/* SHA-256 of several parts as if written one behind the other. */
struct hash hash_of_parts(const struct text *parts, size_t count);
bool hash_equal(struct hash a, struct hash b);
struct text hash_to_hex(struct arena *arena, struct hash hash);
bool hash_from_hex(struct text hex, struct hash *ret);

struct text hex_encode(struct arena *arena, const void *at, size_t len);
bool hex_decode(struct arena *arena, struct text hex, struct text *ret);
struct text base64_encode(struct arena *arena, const void *at, size_t len);
bool base64_decode(struct arena *arena, struct text base64,
                   struct text *ret); /* strict: padding, no other characters */

#endif
