#include "base/encode.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>

/* Hashing is hot (every entry of the register, every line of a batch), and OpenSSL 3 spends more on finding SHA-256
 * and making a context than on hashing 100 bytes. So the algorithm is fetched once and each thread keeps one context,
 * which a thread key frees with the thread. */
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t context_key;
static EVP_MD *sha256;
static _Thread_local EVP_MD_CTX *thread_context;

static EVP_MD_CTX *begin(void);
static struct hash end(EVP_MD_CTX *context);
static void set_up(void);
static void context_free(void *context);
static int hex_value(char digit);
static int base64_value(char digit);
static size_t padding_of(struct text base64);

struct hash
hash_of(const void *at, size_t len)
{
    return hash_of_parts(&(struct text){.at = at, .len = len}, 1);
}

struct hash
hash_of_text(struct text text)
{
    return hash_of_parts(&text, 1);
}

struct hash
hash_of_parts(const struct text *parts, size_t count)
{
    EVP_MD_CTX *context = begin();
    for (size_t i = 0; i < count; i++) {
        assert(parts[i].at != NULL || parts[i].len == 0);
        if (EVP_DigestUpdate(context, parts[i].at, parts[i].len) != 1) {
            abort();
        }
    }
    return end(context);
}

bool
hash_equal(struct hash a, struct hash b)
{
    return CRYPTO_memcmp(a.bytes, b.bytes, HASH_BYTES) == 0;
}

struct text
hash_to_hex(struct arena *arena, struct hash hash)
{
    return hex_encode(arena, hash.bytes, HASH_BYTES);
}

bool
hash_from_hex(struct text hex, struct hash *ret)
{
    if (hex.len != (size_t)HASH_BYTES * 2) {
        return false;
    }
    struct hash hash;
    for (size_t i = 0; i < HASH_BYTES; i++) {
        const int high = hex_value(hex.at[2 * i]);
        const int low = hex_value(hex.at[2 * i + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        hash.bytes[i] = (uint8_t)(high << 4 | low);
    }
    *ret = hash;
    return true;
}

struct text
hex_encode(struct arena *arena, const void *at, size_t len)
{
    static const char digits[] = "0123456789abcdef";
    const uint8_t *bytes = at;
    char *out = arena_array(arena, len, 2);
    for (size_t i = 0; i < len; i++) {
        out[2 * i] = digits[bytes[i] >> 4];
        out[2 * i + 1] = digits[bytes[i] & 15];
    }
    return (struct text){.at = out, .len = len * 2};
}

bool
hex_decode(struct arena *arena, struct text hex, struct text *ret)
{
    if (hex.len % 2 != 0) {
        return false;
    }
    char *out = arena_alloc(arena, hex.len / 2);
    for (size_t i = 0; i < hex.len / 2; i++) {
        const int high = hex_value(hex.at[2 * i]);
        const int low = hex_value(hex.at[2 * i + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        out[i] = (char)(uint8_t)(high << 4 | low);
    }
    *ret = (struct text){.at = out, .len = hex.len / 2};
    return true;
}

struct text
base64_encode(struct arena *arena, const void *at, size_t len)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const uint8_t *bytes = at;
    const size_t groups = len / 3 + (len % 3 != 0);
    char *out = arena_array(arena, groups, 4);
    for (size_t group = 0; group < groups; group++) {
        const size_t left = len - group * 3;
        const uint8_t *in = bytes + group * 3;
        const uint32_t bits =
            (uint32_t)in[0] << 16 | (left > 1 ? (uint32_t)in[1] << 8 : 0) | (left > 2 ? (uint32_t)in[2] : 0);
        out[group * 4] = digits[bits >> 18];
        out[group * 4 + 1] = digits[bits >> 12 & 63];
        out[group * 4 + 2] = left > 1 ? digits[bits >> 6 & 63] : '=';
        out[group * 4 + 3] = left > 2 ? digits[bits & 63] : '=';
    }
    return (struct text){.at = out, .len = groups * 4};
}

bool
base64_decode(struct arena *arena, struct text base64, struct text *ret)
{
    if (base64.len % 4 != 0) {
        return false;
    }
    const size_t padding = padding_of(base64);
    char *out = arena_alloc(arena, base64.len / 4 * 3);
    size_t len = 0;
    uint32_t bits = 0;
    for (size_t i = 0; i < base64.len; i++) {
        const int value = i < base64.len - padding ? base64_value(base64.at[i]) : 0;
        if (value < 0) {
            return false;
        }
        bits = bits << 6 | (uint32_t)value;
        if (i % 4 == 3) {
            out[len++] = (char)(bits >> 16 & 255);
            out[len++] = (char)(bits >> 8 & 255);
            out[len++] = (char)(bits & 255);
            bits = 0;
        }
    }
    /* Bits behind the last byte must be zero, so that each value has one spelling (RFC 4648, 3.5). */
    for (size_t i = 1; i <= padding; i++) {
        if (out[len - i] != '\0') {
            return false;
        }
    }
    *ret = (struct text){.at = out, .len = len - padding};
    return true;
}

static EVP_MD_CTX *
begin(void)
{
    if (thread_context == NULL) {
        pthread_once(&once, set_up);
        thread_context = EVP_MD_CTX_new();
        if (thread_context == NULL || pthread_setspecific(context_key, thread_context) != 0 ||
            EVP_DigestInit_ex2(thread_context, sha256, NULL) != 1) {
            abort();
        }
    } else if (EVP_DigestInit_ex2(thread_context, NULL, NULL) != 1) {
        abort();
    }
    return thread_context;
}

static struct hash
end(EVP_MD_CTX *context)
{
    struct hash hash;
    unsigned int len = 0;
    if (EVP_DigestFinal_ex(context, hash.bytes, &len) != 1 || len != HASH_BYTES) {
        abort();
    }
    return hash;
}

static void
set_up(void)
{
    sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
    if (sha256 == NULL || pthread_key_create(&context_key, context_free) != 0) {
        abort();
    }
}

static void
context_free(void *context)
{
    EVP_MD_CTX_free(context);
    thread_context = NULL;
}

static int
hex_value(char digit)
{
    return digit >= '0' && digit <= '9'   ? digit - '0'
           : digit >= 'a' && digit <= 'f' ? digit - 'a' + 10
           : digit >= 'A' && digit <= 'F' ? digit - 'A' + 10
                                          : -1;
}

static int
base64_value(char digit)
{
    return digit >= 'A' && digit <= 'Z'   ? digit - 'A'
           : digit >= 'a' && digit <= 'z' ? digit - 'a' + 26
           : digit >= '0' && digit <= '9' ? digit - '0' + 52
           : digit == '+'                 ? 62
           : digit == '/'                 ? 63
                                          : -1;
}

/* Number of '=' at the end: 0, 1 or 2. */
static size_t
padding_of(struct text base64)
{
    size_t padding = 0;
    while (padding < 2 && padding < base64.len && base64.at[base64.len - 1 - padding] == '=') {
        padding++;
    }
    return padding;
}
