#include "access/password.h"

#include <assert.h>
#include <pthread.h>

#include <sodium.h>

#include "base/buf.h"
#include "base/fold.h"
#include "base/limits.h"
#include "base/world.h"
#include "store/store.h"

enum { HASH_LEN = 32 };

struct password_cost password_cost = {.passes = PASSWORD_PASSES, .memory_bytes = PASSWORD_MEMORY_BYTES};

/* Those of twelve letters and more that head the published lists, and what stands on the door of this house. */
static const char *const common[] = {
    "123456789012",
    "1234567890123",
    "12345678901234",
    "1234567890123456",
    "123123123123",
    "111222333444",
    "121212121212",
    "147258369147",
    "987654321098",
    "qwertyuiop12",
    "qwertyuiop123",
    "qwertyuiopas",
    "qwertyuiopasdfgh",
    "1q2w3e4r5t6y",
    "1q2w3e4r5t6y7u8i",
    "1qaz2wsx3edc",
    "1qaz2wsx3edc4rfv",
    "qazwsxedcrfv",
    "azertyuiop12",
    "azertyuiop123",
    "azertyuiopqs",
    "azerty123456",
    "qwerty123456",
    "password1234",
    "password12345",
    "password123456",
    "passwordpassword",
    "motdepasse123",
    "motdepasse1234",
    "motdepasse12345",
    "motdepassemotdepasse",
    "administrator",
    "administrateur",
    "admin1234567",
    "adminadminadmin",
    "iloveyou1234",
    "iloveyouiloveyou",
    "letmeinletmein",
    "welcome12345",
    "bienvenue123",
    "abcdefghijkl",
    "abcdefghijklmnop",
    "abcd12345678",
    "abc123abc123",
    "changemechangeme",
    "changeme1234",
    "sunshine1234",
    "princess1234",
    "football1234",
    "maroc1234567",
    "marocmaroc12",
    "casablanca123",
    "casablanca2026",
    "marrakech1234",
    "marrakech2026",
    "cinema123456",
    "cinemacinema",
    "ccmccmccmccm",
    "markazmarkaz",
    "markaz123456",
    "centrecinematographique",
    "centrecinematographiquemarocain",
    "bismillah123",
    "allahakbar123",
    "mohammed1234",
};

/* The only hashes in flight of this process: its memory is the machine's, so the count cannot be a request's. */
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t gate_open = PTHREAD_COND_INITIALIZER;
static int running = 0;
static int waiting = 0;

static const struct err *gate_enter(struct ctx *ctx);
static void gate_leave(void);
static bool is_one_character(struct text password);

const char *
password_fault(struct text password, struct text email)
{
    if (!text_is_utf8(password)) {
        return "fault.password.text";
    }
    const size_t length = text_length(password);
    if (length < PASSWORD_LENGTH_MIN) {
        return "fault.password.short";
    }
    if (length > PASSWORD_LENGTH_MAX) {
        return "fault.password.long";
    }
    char lower[PASSWORD_LENGTH_MAX * 4];
    for (size_t i = 0; i < password.len; i++) {
        const char c = password.at[i];
        lower[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    const struct text small = {.at = lower, .len = password.len};
    for (size_t i = 0; i < sizeof common / sizeof common[0]; i++) {
        if (text_is(small, common[i])) {
            return "fault.password.common";
        }
    }
    if (is_one_character(password)) {
        return "fault.password.common";
    }
    if (email.len > 0 && text_equal(small, email)) {
        return "fault.password.email";
    }
    return NULL;
}

const struct err *
password_hash(struct ctx *ctx, struct text password, struct text *ret_hash)
{
    assert(tx_mode(ctx) != TX_WRITE);

    uint8_t salt[crypto_pwhash_SALTBYTES];
    uint8_t hash[HASH_LEN];
    ctx->world->random(ctx->world, salt, sizeof salt);
    TRY(gate_enter(ctx));
    const int done = crypto_pwhash(hash, sizeof hash, password.at, password.len, salt, password_cost.passes,
                                   password_cost.memory_bytes, crypto_pwhash_ALG_ARGON2ID13);
    gate_leave();
    if (done != 0) {
        return FAIL(ctx->arena, ERR_BUSY, "no memory for a password's hash");
    }
    char salt_text[64];
    char hash_text[64];
    sodium_bin2base64(salt_text, sizeof salt_text, salt, sizeof salt, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    sodium_bin2base64(hash_text, sizeof hash_text, hash, sizeof hash, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    *ret_hash = text_printf(ctx->arena, "$argon2id$v=19$m=%u,t=%u,p=1$%s$%s", password_cost.memory_bytes / 1024,
                            password_cost.passes, salt_text, hash_text);
    return NULL;
}

const struct err *
password_verify(struct ctx *ctx, struct text password, struct text hash, bool *ret_right)
{
    assert(tx_mode(ctx) != TX_WRITE);

    *ret_right = false;
    if (password.len > PASSWORD_LENGTH_MAX * 4) {
        return NULL;
    }
    if (hash.len == 0) {
        struct text nobody;
        return password_hash(ctx, password, &nobody);
    }
    const char *stored = text_cstr(ctx->arena, hash);
    TRY(gate_enter(ctx));
    *ret_right = crypto_pwhash_str_verify(stored, password.at, password.len) == 0;
    gate_leave();
    return NULL;
}

static const struct err *
gate_enter(struct ctx *ctx)
{
    const int ready = sodium_init();
    assert(ready >= 0);
    pthread_mutex_lock(&gate);
    if (running >= PASSWORD_HASHES_MAX && waiting >= PASSWORD_WAITERS_MAX) {
        pthread_mutex_unlock(&gate);
        return FAIL(ctx->arena, ERR_BUSY, "%d sign-ins wait already", PASSWORD_WAITERS_MAX);
    }
    waiting++;
    while (running >= PASSWORD_HASHES_MAX) {
        pthread_cond_wait(&gate_open, &gate);
    }
    waiting--;
    running++;
    pthread_mutex_unlock(&gate);
    return NULL;
}

static void
gate_leave(void)
{
    pthread_mutex_lock(&gate);
    running--;
    pthread_cond_signal(&gate_open);
    pthread_mutex_unlock(&gate);
}

static bool
is_one_character(struct text password)
{
    size_t at = 0;
    const uint32_t first = text_next(password, &at);
    while (at < password.len) {
        if (text_next(password, &at) != first) {
            return false;
        }
    }
    return true;
}
