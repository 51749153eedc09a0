/* Signed notes (c2sp.org/signed-note v1.0.0): a text, an empty line, and lines "— NAME BASE64(key id || signature)".
 * Signatures are Ed25519 (RFC 8032): plain, or a witness's cosignature with its time (c2sp.org/tlog-cosignature,
 * cosignature/v1). Parsed texts point into the input; printed ones live in the arena. */
#ifndef TLOG_NOTE_H
#define TLOG_NOTE_H

#include "base/encode.h"
#include "base/err.h"

/* The byte in front of a public key says how it signs. */
enum note_algorithm { NOTE_ED25519 = 0x01, NOTE_COSIGNATURE = 0x04 };
enum { NOTE_KEY_BYTES = 32, NOTE_SEED_BYTES = 32, NOTE_SECRET_BYTES = 64, NOTE_SIGNATURES_MAX = 16 };

struct note_key {
    struct text name; /* without spaces and plus signs */
    uint32_t id;      /* SHA-256(name || 0x0A || algorithm || public key), its first 4 bytes */
    enum note_algorithm algorithm;
    uint8_t public_key[NOTE_KEY_BYTES];
};
struct note_secret {
    struct note_key key;
    uint8_t secret[NOTE_SECRET_BYTES];
};
bool note_name_is_valid(struct text name);
/* The pair of a seed of 32 bytes of chance. name must be valid. */
void note_secret_init(struct text name, enum note_algorithm algorithm, const uint8_t seed[NOTE_SEED_BYTES],
                      struct note_secret *ret);
/* "NAME+HEX(id)+BASE64(algorithm || public key)" */
struct text note_key_print(struct arena *arena, const struct note_key *key);
bool note_key_parse(struct arena *arena, struct text text, struct note_key *ret);
/* "PRIVATE+KEY+NAME+HEX(id)+BASE64(algorithm || seed)" */
struct text note_secret_print(struct arena *arena, const struct note_secret *secret);
bool note_secret_parse(struct arena *arena, struct text text, struct note_secret *ret);

struct note_signature {
    struct text name;
    uint32_t id;
    struct text bytes; /* behind the key id */
};
struct note {
    struct text text; /* with its last newline */
    struct note_signature signatures[NOTE_SIGNATURES_MAX];
    size_t count;
};
/* ERR_INPUT when it is not a signed note. */
const struct err *note_parse(struct arena *arena, struct text bytes, struct note *ret);
/* The signature line over text, with its newline; time_s is of cosignatures only. */
struct text note_sign(struct arena *arena, const struct note_secret *secret, struct text text, uint64_t time_s);
/* Whether the note bears a valid signature of that key; *ret_time_s (may be NULL) is a cosignature's. */
bool note_verify(struct arena *arena, const struct note *note, const struct note_key *key, uint64_t *ret_time_s);

#endif
