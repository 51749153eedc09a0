#include "access/token.h"

#include <string.h>

#include <sodium.h>

#include "access/totp.h"
#include "base/buf.h"
#include "base/world.h"

enum { RECOVERY_BYTES = 10, RECOVERY_LETTERS = 16 };

static struct hash csrf_hash(struct text token);

struct text
token_new(struct ctx *ctx)
{
    uint8_t chance[TOKEN_BYTES];
    ctx->world->random(ctx->world, chance, sizeof chance);
    return hex_encode(ctx->arena, chance, sizeof chance);
}

bool
token_hash(struct text token, struct hash *ret)
{
    if (token.len != (size_t)TOKEN_BYTES * 2) {
        return false;
    }
    *ret = hash_of_text(token);
    return true;
}

struct text
recovery_code_new(struct ctx *ctx)
{
    char chance[RECOVERY_BYTES];
    ctx->world->random(ctx->world, chance, sizeof chance);
    const struct text letters = base32_encode(ctx->arena, (struct text){.at = chance, .len = sizeof chance});
    return text_printf(ctx->arena, "%.4s-%.4s-%.4s-%.4s", letters.at, letters.at + 4, letters.at + 8, letters.at + 12);
}

bool
recovery_code_hash(struct text code, struct hash *ret)
{
    char letters[RECOVERY_LETTERS];
    size_t count = 0;
    for (size_t i = 0; i < code.len; i++) {
        char c = code.at[i];
        if (c == '-' || c == ' ') {
            continue;
        }
        c = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
        const bool letter = (c >= 'A' && c <= 'Z') || (c >= '2' && c <= '7');
        if (!letter || count == RECOVERY_LETTERS) {
            return false;
        }
        letters[count++] = c;
    }
    if (count != RECOVERY_LETTERS) {
        return false;
    }
    *ret = hash_of(letters, sizeof letters);
    return true;
}

struct text
csrf_token(struct arena *arena, struct text token)
{
    return hash_to_hex(arena, csrf_hash(token));
}

bool
csrf_check(struct text token, struct text given)
{
    struct hash sent;
    if (token.len == 0 || !hash_from_hex(given, &sent)) {
        return false;
    }
    const struct hash right = csrf_hash(token);
    return sodium_memcmp(right.bytes, sent.bytes, HASH_BYTES) == 0;
}

static struct hash
csrf_hash(struct text token)
{
    const struct text parts[] = {TEXT("markaz form\n"), token};
    return hash_of_parts(parts, 2);
}
