#include "acts/entry.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/limits.h"
#include "tlog/tree.h"

/* What a commitment hashes at most: bodies and data are limited before. */
#define DATA_BYTES_MAX ((size_t)2 * ACT_BODY_BYTES_MAX)
enum { SCRATCH_BYTES = 4096 };

static struct buf buf_over(struct arena *arena, char scratch[SCRATCH_BYTES]);
static struct text data_built(const struct buf *buf);
static void put_body(struct buf *buf, const struct act_fields *act);
static void put_person(struct buf *buf, struct text subject, struct text role, struct text data);
static void put_document(struct buf *buf, struct text code, struct hash sha256);
static void put_entry(struct buf *buf, const struct act_fields *act, struct text commitments);
static void member_hash(struct json_out *out, const char *name, struct hash hash);
static void put_hash(struct json_out *out, const void *at);
static int compare(const void *a, const void *b);

struct hash
salt_of(struct hash secret, const char *label, size_t number)
{
    char digits[24];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    digits[--at] = ' ';
    const struct text parts[] = {{.at = (const char *)secret.bytes, .len = HASH_BYTES},
                                 text_of(label),
                                 {.at = digits + at, .len = sizeof digits - at}};
    return hash_of_parts(parts, 3);
}

struct hash
commitment_of(struct hash salt, struct text data)
{
    const struct text parts[] = {{.at = (const char *)salt.bytes, .len = HASH_BYTES}, data};
    return hash_of_parts(parts, 2);
}

struct text
body_data(struct arena *arena, const struct act_fields *act)
{
    struct buf buf = buf_new(arena, DATA_BYTES_MAX);
    put_body(&buf, act);
    return data_built(&buf);
}

struct text
person_data(struct arena *arena, struct text subject, struct text role, struct text data)
{
    struct buf buf = buf_new(arena, DATA_BYTES_MAX);
    put_person(&buf, subject, role, data);
    return data_built(&buf);
}

struct text
document_data(struct arena *arena, struct text code, struct hash sha256)
{
    struct buf buf = buf_new(arena, DATA_BYTES_MAX);
    put_document(&buf, code, sha256);
    return data_built(&buf);
}

struct hash
body_commitment(struct arena *arena, const struct act_fields *act)
{
    char scratch[SCRATCH_BYTES];
    struct buf buf = buf_over(arena, scratch);
    put_body(&buf, act);
    return commitment_of(salt_of(act->secret, "body", 0), data_built(&buf));
}

struct hash
person_commitment(struct arena *arena, struct hash salt, struct text subject, struct text role, struct text data)
{
    char scratch[SCRATCH_BYTES];
    struct buf buf = buf_over(arena, scratch);
    put_person(&buf, subject, role, data);
    return commitment_of(salt, data_built(&buf));
}

struct hash
document_commitment(struct arena *arena, struct hash secret, size_t place, struct text code, struct hash sha256)
{
    char scratch[SCRATCH_BYTES];
    struct buf buf = buf_over(arena, scratch);
    put_document(&buf, code, sha256);
    return commitment_of(salt_of(secret, "document", place), data_built(&buf));
}

size_t
commitments_shown(size_t real)
{
    if (real <= 4) {
        return 4;
    }
    return real <= 8 ? 8 : (real + 15) / 16 * 16;
}

void
commitments_finish(struct hash secret, struct hash *hashes, size_t real)
{
    const size_t shown = commitments_shown(real);
    for (size_t i = real; i < shown; i++) {
        hashes[i] = salt_of(secret, "padding", i - real);
    }
    qsort(hashes, shown, sizeof hashes[0], compare);
}

struct text
entry_print(struct arena *arena, const struct act_fields *act, struct text commitments)
{
    struct buf buf = buf_new(arena, ENTRY_BYTES_MAX);
    put_entry(&buf, act, commitments);
    return buf.overflowed ? (struct text){0} : buf_built(&buf);
}

bool
entry_leaf(struct arena *arena, const struct act_fields *act, struct text commitments, struct hash *ret)
{
    char scratch[SCRATCH_BYTES];
    struct buf buf = buf_over(arena, scratch);
    put_entry(&buf, act, commitments);
    *ret = tree_leaf(buf_built(&buf));
    return buf.len <= ENTRY_BYTES_MAX && !buf.overflowed;
}

/* A buffer that begins on the stack: most data is short, and only its hash is wanted. */
static struct buf
buf_over(struct arena *arena, char scratch[SCRATCH_BYTES])
{
    struct buf buf = buf_new(arena, DATA_BYTES_MAX);
    buf.at = scratch;
    buf.room = SCRATCH_BYTES;
    return buf;
}

static struct text
data_built(const struct buf *buf)
{
    assert(!buf->overflowed);
    return buf_built(buf);
}

static void
put_body(struct buf *buf, const struct act_fields *act)
{
    struct json_out out = json_out(buf);
    json_open_object(&out);
    json_member_text(&out, "actor", act->actor);
    json_member_int(&out, "at_ms", act->at_ms);
    json_put_name(&out, TEXT("body"));
    json_put_raw(&out, act->body);
    json_member_text(&out, "kind", act->kind);
    if (act->receipt.at != NULL) {
        member_hash(&out, "receipt", hash_of_text(act->receipt));
    }
    if (act->subject.at != NULL) {
        json_member_text(&out, "subject", act->subject);
    }
    json_member_int(&out, "version", act->version);
    json_close_object(&out);
}

static void
put_person(struct buf *buf, struct text subject, struct text role, struct text data)
{
    struct json_out out = json_out(buf);
    json_open_object(&out);
    json_put_name(&out, TEXT("data"));
    json_put_raw(&out, data);
    json_member_text(&out, "role", role);
    json_member_text(&out, "subject", subject);
    json_close_object(&out);
}

static void
put_document(struct buf *buf, struct text code, struct hash sha256)
{
    struct json_out out = json_out(buf);
    json_open_object(&out);
    json_member_text(&out, "code", code);
    member_hash(&out, "sha256", sha256);
    json_close_object(&out);
}

static void
put_entry(struct buf *buf, const struct act_fields *act, struct text commitments)
{
    char day[11];
    struct json_out out = json_out(buf);
    date_print(act->day, day);
    json_open_object(&out);
    json_member_int(&out, "act", act->number);
    json_put_name(&out, TEXT("commitments"));
    json_open_array(&out);
    for (size_t i = 0; i + HASH_BYTES <= commitments.len; i += HASH_BYTES) {
        put_hash(&out, commitments.at + i);
    }
    json_close_array(&out);
    member_hash(&out, "corpus", act->corpus_root);
    json_member_text(&out, "day", (struct text){.at = day, .len = 10});
    if (act->instrument.at != NULL && !act->sealed) {
        json_member_text(&out, "instrument", act->instrument);
    }
    json_member_text(&out, "kind", act->sealed ? TEXT("sealed") : act->kind);
    if (act->status.at != NULL && !act->sealed) {
        json_member_text(&out, "status", act->status);
    }
    json_close_object(&out);
}

static void
member_hash(struct json_out *out, const char *name, struct hash hash)
{
    json_put_name(out, text_of(name));
    put_hash(out, hash.bytes);
}

static void
put_hash(struct json_out *out, const void *at)
{
    static const char digits[] = "0123456789abcdef";
    const uint8_t *bytes = at;
    char hex[2 + 2 * HASH_BYTES] = {'"'};
    for (size_t i = 0; i < HASH_BYTES; i++) {
        hex[1 + 2 * i] = digits[bytes[i] >> 4];
        hex[2 + 2 * i] = digits[bytes[i] & 15];
    }
    hex[sizeof hex - 1] = '"';
    json_put_raw(out, (struct text){.at = hex, .len = sizeof hex});
}

static int
compare(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct hash));
}
