#include "access/totp.h"

#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include <liboath/oath.h>
#include <sodium.h>

#include "base/buf.h"

static void oath_begin(void);
static bool digits_read(struct text code, char out[TOTP_DIGITS + 1]);
static void step_code(struct text secret, int64_t step, unsigned digits, char out[16]);
static void put_escaped(struct buf *buf, struct text text);

struct text
totp_secret_new(struct arena *arena, struct world *world)
{
    char *secret = arena_alloc(arena, TOTP_SECRET_BYTES);
    world->random(world, secret, TOTP_SECRET_BYTES);
    return (struct text){.at = secret, .len = TOTP_SECRET_BYTES};
}

struct text
totp_code(struct arena *arena, struct text secret, int64_t step, unsigned digits)
{
    char code[16];
    step_code(secret, step, digits, code);
    return text_copy(arena, text_of(code));
}

bool
totp_check(struct text secret, struct text code, int64_t now_ms, int64_t after_step, int64_t *ret_step)
{
    char typed[TOTP_DIGITS + 1];
    const bool readable = digits_read(code, typed);
    const int64_t now_step = now_ms / TOTP_STEP_MS;
    int64_t found = 0;
    for (int64_t step = now_step - 1; step <= now_step + 1; step++) { /* all three, always */
        char right[16];
        step_code(secret, step, TOTP_DIGITS, right);
        if (sodium_memcmp(right, typed, TOTP_DIGITS) == 0 && step > after_step && found == 0) {
            found = step;
        }
    }
    if (!readable || found == 0) {
        return false;
    }
    *ret_step = found;
    return true;
}

struct text
totp_url(struct arena *arena, struct text issuer, struct text email, struct text secret)
{
    struct buf buf = buf_new(arena, 4096);
    buf_cstr(&buf, "otpauth://totp/");
    put_escaped(&buf, issuer);
    buf_char(&buf, ':');
    put_escaped(&buf, email);
    buf_cstr(&buf, "?secret=");
    buf_text(&buf, base32_encode(arena, secret));
    buf_cstr(&buf, "&issuer=");
    put_escaped(&buf, issuer);
    buf_printf(&buf, "&algorithm=SHA1&digits=%d&period=%d", TOTP_DIGITS, TOTP_STEP_MS / 1000);
    assert(!buf.overflowed);
    return buf_built(&buf);
}

struct text
base32_encode(struct arena *arena, struct text bytes)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    struct buf buf = buf_new(arena, bytes.len * 2 + 8);
    uint32_t held = 0;
    unsigned bits = 0;
    for (size_t i = 0; i < bytes.len; i++) {
        held = (held << 8) | (uint8_t)bytes.at[i];
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            buf_char(&buf, letters[(held >> bits) & 31]);
        }
    }
    if (bits > 0) {
        buf_char(&buf, letters[(held << (5 - bits)) & 31]);
    }
    return buf_built(&buf);
}

static void
oath_begin(void)
{
    const int done = oath_init();
    assert(done == OATH_OK);
}

static void
step_code(struct text secret, int64_t step, unsigned digits, char out[16])
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, oath_begin);
    assert(step >= 0 && digits >= 6 && digits <= 8);
    const int done =
        oath_hotp_generate(secret.at, secret.len, (uint64_t)step, digits, false, OATH_HOTP_DYNAMIC_TRUNCATION, out);
    assert(done == OATH_OK);
}

/* False when it is not six digits; out is filled all the same, so that the comparison takes its time. */
static bool
digits_read(struct text code, char out[TOTP_DIGITS + 1])
{
    memset(out, '-', TOTP_DIGITS);
    out[TOTP_DIGITS] = '\0';
    if (!text_is_utf8(code)) {
        return false;
    }
    size_t count = 0;
    for (size_t at = 0; at < code.len;) {
        const uint32_t c = text_next(code, &at);
        uint32_t digit = 10;
        if (c == ' ' || c == 0xA0 || c == 0x202F) {
            continue;
        }
        if (c >= '0' && c <= '9') {
            digit = c - '0';
        } else if (c >= 0x660 && c <= 0x669) {
            digit = c - 0x660;
        } else if (c >= 0x6F0 && c <= 0x6F9) {
            digit = c - 0x6F0;
        }
        if (digit > 9 || count == TOTP_DIGITS) {
            memset(out, '-', TOTP_DIGITS);
            return false;
        }
        out[count++] = (char)('0' + digit);
    }
    return count == TOTP_DIGITS;
}

/* RFC 3986: all but the unreserved. */
static void
put_escaped(struct buf *buf, struct text text)
{
    for (size_t i = 0; i < text.len; i++) {
        const char c = text.at[i];
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                           c == '.' || c == '_' || c == '~';
        if (plain) {
            buf_char(buf, c);
        } else {
            buf_printf(buf, "%%%02X", (unsigned)(uint8_t)c);
        }
    }
}
