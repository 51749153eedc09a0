#include "tlog/note.h"

#include <assert.h>
#include <string.h>

#include <sodium.h>

#include "base/buf.h"

#define DASH "\xE2\x80\x94 " /* the em dash and the space that open a signature line */

enum { NOTE_BYTES_MAX = 1024 * 1024, COSIGNATURE_TIME_BYTES = 8 };

static uint32_t key_id(struct text name, enum note_algorithm algorithm, const uint8_t public_key[NOTE_KEY_BYTES]);
static struct text key_print(struct arena *arena, const char *prefix, const struct note_key *key, const uint8_t *bytes);
static bool key_split(struct arena *arena, struct text text, struct text *ret_name, uint32_t *ret_id,
                      enum note_algorithm *ret_algorithm, struct text *ret_bytes);
static struct text cosigned(struct arena *arena, struct text text, uint64_t time_s);
static const struct err *signature_parse(struct arena *arena, struct text line, struct note_signature *ret);
static bool signature_verify(struct arena *arena, struct text text, const struct note_signature *signature,
                             const struct note_key *key, uint64_t *ret_time_s);
static void sodium_ready(void);

bool
note_name_is_valid(struct text name)
{
    if (name.len == 0 || name.len > 200 || !text_is_utf8(name) || text_has_hidden(name)) {
        return false;
    }
    for (size_t at = 0; at < name.len;) {
        const uint32_t code = text_next(name, &at);
        /* The white space of Unicode, and the sign that separates the parts of a key. */
        if (code <= 0x20 || code == '+' || code == 0x85 || code == 0xA0 || code == 0x1680 ||
            (code >= 0x2000 && code <= 0x200A) || code == 0x2028 || code == 0x2029 || code == 0x202F ||
            code == 0x205F || code == 0x3000) {
            return false;
        }
    }
    return true;
}

void
note_secret_init(struct text name, enum note_algorithm algorithm, const uint8_t seed[NOTE_SEED_BYTES],
                 struct note_secret *ret)
{
    assert(note_name_is_valid(name));

    sodium_ready();
    *ret = (struct note_secret){.key = {.name = name, .algorithm = algorithm}};
    static_assert(crypto_sign_SEEDBYTES == NOTE_SEED_BYTES && crypto_sign_SECRETKEYBYTES == NOTE_SECRET_BYTES,
                  "Ed25519");
    const int made = crypto_sign_seed_keypair(ret->key.public_key, ret->secret, seed);
    assert(made == 0);
    ret->key.id = key_id(name, algorithm, ret->key.public_key);
}

struct text
note_key_print(struct arena *arena, const struct note_key *key)
{
    return key_print(arena, "", key, key->public_key);
}

bool
note_key_parse(struct arena *arena, struct text text, struct note_key *ret)
{
    struct note_key key = {0};
    struct text bytes = {0};
    if (!key_split(arena, text, &key.name, &key.id, &key.algorithm, &bytes)) {
        return false;
    }
    memcpy(key.public_key, bytes.at, NOTE_KEY_BYTES);
    if (key.id != key_id(key.name, key.algorithm, key.public_key)) {
        return false;
    }
    *ret = key;
    return true;
}

struct text
note_secret_print(struct arena *arena, const struct note_secret *secret)
{
    uint8_t seed[NOTE_SEED_BYTES];
    crypto_sign_ed25519_sk_to_seed(seed, secret->secret);
    const struct text text = key_print(arena, "PRIVATE+KEY+", &secret->key, seed);
    sodium_memzero(seed, sizeof seed);
    return text;
}

bool
note_secret_parse(struct arena *arena, struct text text, struct note_secret *ret)
{
    const struct text prefix = TEXT("PRIVATE+KEY+");
    struct text name = {0};
    struct text seed = {0};
    uint32_t id = 0;
    enum note_algorithm algorithm = 0;
    if (!text_starts(text, prefix) || !key_split(arena, text_after(text, prefix.len), &name, &id, &algorithm, &seed)) {
        return false;
    }
    note_secret_init(name, algorithm, (const uint8_t *)seed.at, ret);
    return ret->key.id == id;
}

const struct err *
note_parse(struct arena *arena, struct text bytes, struct note *ret)
{
    if (bytes.len > NOTE_BYTES_MAX || !text_is_utf8(bytes) || !text_ends(bytes, TEXT("\n"))) {
        return FAIL(arena, ERR_INPUT, "a signed note is UTF-8, at most %d bytes, and ends with a newline",
                    NOTE_BYTES_MAX);
    }
    for (size_t i = 0; i < bytes.len; i++) {
        if ((unsigned char)bytes.at[i] < 0x20 && bytes.at[i] != '\n') {
            return FAIL(arena, ERR_INPUT, "byte %zu of the signed note is a control", i);
        }
    }
    /* The last empty line parts the text from its signatures. */
    size_t text_len = 0;
    for (size_t i = bytes.len - 1; i-- > 1 && text_len == 0;) {
        text_len = bytes.at[i] == '\n' && bytes.at[i - 1] == '\n' ? i : 0;
    }
    if (text_len == 0) {
        return FAIL(arena, ERR_INPUT, "the signed note has no empty line");
    }
    struct note note = {.text = text_slice(bytes, 0, text_len)};
    struct text rest = text_slice(bytes, text_len + 1, bytes.len - 1);
    struct text line;
    while (text_split(&rest, '\n', &line)) {
        if (note.count == NOTE_SIGNATURES_MAX) {
            return FAIL(arena, ERR_INPUT, "the note bears more than %d signatures", NOTE_SIGNATURES_MAX);
        }
        TRY(signature_parse(arena, line, &note.signatures[note.count++]));
    }
    if (note.count == 0) {
        return FAIL(arena, ERR_INPUT, "the note bears no signature");
    }
    *ret = note;
    return NULL;
}

struct text
note_sign(struct arena *arena, const struct note_secret *secret, struct text text, uint64_t time_s)
{
    assert(text_ends(text, TEXT("\n")));

    sodium_ready();
    const bool timed = secret->key.algorithm == NOTE_COSIGNATURE;
    const struct text signed_text = timed ? cosigned(arena, text, time_s) : text;
    uint8_t bytes[4 + COSIGNATURE_TIME_BYTES + crypto_sign_BYTES];
    size_t len = 0;
    for (int shift = 24; shift >= 0; shift -= 8) {
        bytes[len++] = (uint8_t)(secret->key.id >> shift);
    }
    for (int shift = 56; timed && shift >= 0; shift -= 8) {
        bytes[len++] = (uint8_t)(time_s >> shift);
    }
    const int done =
        crypto_sign_detached(bytes + len, NULL, (const unsigned char *)signed_text.at, signed_text.len, secret->secret);
    assert(done == 0);
    len += crypto_sign_BYTES;
    return text_printf(arena, DASH "%.*s %.*s\n", TEXT_ARG(secret->key.name),
                       TEXT_ARG(base64_encode(arena, bytes, len)));
}

bool
note_verify(struct arena *arena, const struct note *note, const struct note_key *key, uint64_t *ret_time_s)
{
    sodium_ready();
    for (size_t i = 0; i < note->count; i++) {
        const struct note_signature *signature = &note->signatures[i];
        if (signature->id == key->id && text_equal(signature->name, key->name)) {
            return signature_verify(arena, note->text, signature, key, ret_time_s);
        }
    }
    return false;
}

static uint32_t
key_id(struct text name, enum note_algorithm algorithm, const uint8_t public_key[NOTE_KEY_BYTES])
{
    const char middle[2] = {'\n', (char)algorithm};
    const struct text parts[] = {
        name, {.at = middle, .len = sizeof middle}, {.at = (const char *)public_key, .len = NOTE_KEY_BYTES}};
    const struct hash hash = hash_of_parts(parts, 3);
    return (uint32_t)hash.bytes[0] << 24 | (uint32_t)hash.bytes[1] << 16 | (uint32_t)hash.bytes[2] << 8 | hash.bytes[3];
}

static struct text
key_print(struct arena *arena, const char *prefix, const struct note_key *key, const uint8_t *bytes)
{
    uint8_t tagged[1 + NOTE_KEY_BYTES] = {(uint8_t)key->algorithm};
    memcpy(tagged + 1, bytes, NOTE_KEY_BYTES);
    const struct text text = text_printf(arena, "%s%.*s+%08x+%.*s", prefix, TEXT_ARG(key->name), (unsigned)key->id,
                                         TEXT_ARG(base64_encode(arena, tagged, sizeof tagged)));
    sodium_memzero(tagged, sizeof tagged);
    return text;
}

static bool
key_split(struct arena *arena, struct text text, struct text *ret_name, uint32_t *ret_id,
          enum note_algorithm *ret_algorithm, struct text *ret_bytes)
{
    struct text rest = text;
    struct text hex;
    struct text id;
    struct text bytes;
    /* base64 may hold a plus sign itself, so what is left of the text is the key. */
    if (!text_split(&rest, '+', ret_name) || !text_split(&rest, '+', &hex) || rest.at == NULL || hex.len != 8 ||
        !note_name_is_valid(*ret_name) || !hex_decode(arena, hex, &id) || !base64_decode(arena, rest, &bytes) ||
        bytes.len != 1 + NOTE_KEY_BYTES || (bytes.at[0] != NOTE_ED25519 && bytes.at[0] != NOTE_COSIGNATURE)) {
        return false;
    }
    const uint8_t *at = (const uint8_t *)id.at;
    *ret_id = (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
    *ret_algorithm = (enum note_algorithm)bytes.at[0];
    *ret_bytes = text_after(bytes, 1);
    return true;
}

static struct text
cosigned(struct arena *arena, struct text text, uint64_t time_s)
{
    return text_printf(arena, "cosignature/v1\ntime %llu\n%.*s", (unsigned long long)time_s, TEXT_ARG(text));
}

static const struct err *
signature_parse(struct arena *arena, struct text line, struct note_signature *ret)
{
    const struct text dash = TEXT(DASH);
    struct text rest = text_after(line, text_starts(line, dash) ? dash.len : 0);
    struct text bytes;
    if (rest.len == line.len || !text_split(&rest, ' ', &ret->name) || !note_name_is_valid(ret->name) ||
        rest.at == NULL || !base64_decode(arena, rest, &bytes) || bytes.len < 5) {
        return FAIL(arena, ERR_INPUT, "this is no signature line: %.*s",
                    TEXT_ARG(text_slice(line, 0, line.len > 80 ? 80 : line.len)));
    }
    const uint8_t *at = (const uint8_t *)bytes.at;
    ret->id = (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
    ret->bytes = text_after(bytes, 4);
    return NULL;
}

static bool
signature_verify(struct arena *arena, struct text text, const struct note_signature *signature,
                 const struct note_key *key, uint64_t *ret_time_s)
{
    const bool timed = key->algorithm == NOTE_COSIGNATURE;
    const size_t skip = timed ? COSIGNATURE_TIME_BYTES : 0;
    if (signature->bytes.len != skip + crypto_sign_BYTES) {
        return false;
    }
    uint64_t time_s = 0;
    for (size_t i = 0; i < skip; i++) {
        time_s = time_s << 8 | (uint8_t)signature->bytes.at[i];
    }
    const struct text signed_text = timed ? cosigned(arena, text, time_s) : text;
    if (crypto_sign_verify_detached((const unsigned char *)signature->bytes.at + skip,
                                    (const unsigned char *)signed_text.at, signed_text.len, key->public_key) != 0) {
        return false;
    }
    if (ret_time_s != NULL) {
        *ret_time_s = time_s;
    }
    return true;
}

static void
sodium_ready(void)
{
    const int ready = sodium_init(); /* 1 when it was already */
    assert(ready >= 0);
}
