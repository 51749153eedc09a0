#include "acts/entry.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/limits.h"

static void member_hash(struct json_out *out, const char *name, struct hash hash);
static void put_hash(struct json_out *out, const void *at);
static int compare(const void *a, const void *b);

struct hash
salt_of(struct hash secret, const char *label, size_t number)
{
    char name[40];
    const int len = snprintf(name, sizeof name, "%s %zu", label, number);
    const struct text parts[] = {{.at = (const char *)secret.bytes, .len = HASH_BYTES},
                                 {.at = name, .len = (size_t)len}};
    return hash_of_parts(parts, 2);
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
    struct buf buf = buf_new(arena, (size_t)2 * ACT_BODY_BYTES_MAX);
    struct json_out out = json_out(&buf);
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
    assert(!buf.overflowed);
    return buf_built(&buf);
}

struct text
person_data(struct arena *arena, struct text subject, struct text role, struct text data)
{
    struct buf buf = buf_new(arena, (size_t)2 * ACT_BODY_BYTES_MAX);
    struct json_out out = json_out(&buf);
    json_open_object(&out);
    json_put_name(&out, TEXT("data"));
    json_put_raw(&out, data);
    json_member_text(&out, "role", role);
    json_member_text(&out, "subject", subject);
    json_close_object(&out);
    assert(!buf.overflowed);
    return buf_built(&buf);
}

struct text
document_data(struct arena *arena, struct text code, struct hash sha256)
{
    struct buf buf = buf_new(arena, (size_t)2 * ACT_BODY_BYTES_MAX);
    struct json_out out = json_out(&buf);
    json_open_object(&out);
    json_member_text(&out, "code", code);
    member_hash(&out, "sha256", sha256);
    json_close_object(&out);
    assert(!buf.overflowed);
    return buf_built(&buf);
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
    char day[11];
    struct buf buf = buf_new(arena, ENTRY_BYTES_MAX);
    struct json_out out = json_out(&buf);
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
    return buf.overflowed ? (struct text){0} : buf_built(&buf);
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
