#include "acts/audit_derive.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { MEMBERS_MAX = 8, SHOWN_STEP = 16 };

/* An object under construction. */
struct object {
    struct json_member members[MEMBERS_MAX];
    size_t count;
};

static struct hash root_between(const struct audit_tree *tree, size_t from, size_t to);
static struct hash joined(struct hash left, struct hash right);
static void put_value(struct object *object, const char *name, struct json value);
static void put_text(struct object *object, const char *name, struct text text);
static void put_number(struct ctx *ctx, struct object *object, const char *name, int64_t number);
static const struct err *print(struct ctx *ctx, const struct object *object, struct text *ret);
static const struct err *read_canonical(struct ctx *ctx, struct text text, struct json *ret);
static const struct err *body(struct ctx *ctx, const struct act_rows_row *act, struct hash *ret);
static const struct err *person(struct ctx *ctx, const struct act_person_rows_row *row, struct hash *ret);
static const struct err *document(struct ctx *ctx, struct hash secret, const struct act_document_rows_row *row,
                                  struct hash *ret);
static struct hash labelled(struct ctx *ctx, struct hash secret, const char *label, int64_t number);
static struct hash salted(struct hash salt, struct text data);
static int by_bytes(const void *a, const void *b);

const struct err *
audit_commitments(struct ctx *ctx, const struct act_rows_row *act, const struct act_person_rows_rows *persons,
                  const struct act_document_rows_rows *documents, struct text *ret)
{
    const size_t real = 1 + persons->count + documents->count;
    size_t shown = 4;
    while (shown < real) {
        shown = shown < SHOWN_STEP ? shown * 2 : shown + SHOWN_STEP;
    }
    struct hash *hashes = ARENA_ARRAY(ctx->arena, struct hash, shown);
    size_t count = 0;
    TRY(body(ctx, act, &hashes[count++]));
    for (size_t i = 0; i < persons->count; i++) {
        TRY(person(ctx, &persons->items[i], &hashes[count++]));
    }
    for (size_t i = 0; i < documents->count; i++) {
        TRY(document(ctx, act->secret, &documents->items[i], &hashes[count++]));
    }
    for (int64_t i = 0; count < shown; i++) {
        hashes[count++] = labelled(ctx, act->secret, "padding", i);
    }
    qsort(hashes, shown, sizeof hashes[0], by_bytes);
    *ret = (struct text){.at = (const char *)hashes, .len = shown * sizeof hashes[0]};
    return NULL;
}

const struct err *
audit_leaf(struct ctx *ctx, const struct act_rows_row *act, struct hash *ret)
{
    struct object entry = {0};
    const size_t count = act->commitments.len / HASH_BYTES;
    struct json list = {.type = JSON_ARRAY, .count = count, .items = ARENA_ARRAY(ctx->arena, struct json, count)};
    for (size_t i = 0; i < count; i++) {
        list.items[i].type = JSON_STRING;
        list.items[i].text = hex_encode(ctx->arena, act->commitments.at + i * HASH_BYTES, HASH_BYTES);
    }
    put_text(&entry, "kind", act->sealed ? TEXT("sealed") : act->kind);
    put_number(ctx, &entry, "act", act->number);
    put_text(&entry, "day", date_to_text(ctx->arena, act->day));
    put_text(&entry, "corpus", hash_to_hex(ctx->arena, act->corpus_root));
    put_value(&entry, "commitments", list);
    if (!act->sealed && act->instrument.at != NULL) {
        put_text(&entry, "instrument", act->instrument);
    }
    if (!act->sealed && act->status.at != NULL) {
        put_text(&entry, "status", act->status);
    }
    struct text bytes;
    TRY(print(ctx, &entry, &bytes));
    *ret = hash_of_text(text_printf(ctx->arena, "%c%.*s", 0, TEXT_ARG(bytes)));
    return NULL;
}

void
audit_tree_make(struct arena *arena, struct hash *leaves, size_t count, struct audit_tree *ret)
{
    *ret = (struct audit_tree){.levels = {leaves}, .count = count};
    for (int level = 1; count >> level > 0; level++) {
        ret->levels[level] = ARENA_ARRAY(arena, struct hash, count >> level);
        for (size_t i = 0; i < count >> level; i++) {
            ret->levels[level][i] = joined(ret->levels[level - 1][2 * i], ret->levels[level - 1][2 * i + 1]);
        }
    }
}

struct hash
audit_root(const struct audit_tree *tree, size_t count)
{
    assert(count <= tree->count);
    return count == 0 ? hash_of("", 0) : root_between(tree, 0, count);
}

static struct hash
root_between(const struct audit_tree *tree, size_t from, size_t to)
{
    size_t left = 1;
    int level = 0;
    while (left * 2 < to - from) {
        left *= 2;
        level++;
    }
    if (to - from == 1) {
        return tree->levels[0][from];
    }
    if (to - from == left * 2) {
        return tree->levels[level + 1][from / (left * 2)];
    }
    return joined(tree->levels[level][from / left], root_between(tree, from + left, to));
}

static struct hash
joined(struct hash left, struct hash right)
{
    struct {
        uint8_t one;
        struct hash left;
        struct hash right;
    } node = {1, left, right};
    static_assert(sizeof node == 1 + 2 * HASH_BYTES, "no padding between bytes");
    return hash_of(&node, sizeof node);
}

static void
put_value(struct object *object, const char *name, struct json value)
{
    assert(object->count < MEMBERS_MAX);
    object->members[object->count++] = (struct json_member){.name = text_of(name), .value = value};
}

static void
put_text(struct object *object, const char *name, struct text text)
{
    put_value(object, name, (struct json){.type = JSON_STRING, .text = text});
}

static void
put_number(struct ctx *ctx, struct object *object, const char *name, int64_t number)
{
    put_value(object, name,
              (struct json){.type = JSON_NUMBER, .text = text_printf(ctx->arena, "%lld", (long long)number)});
}

static const struct err *
print(struct ctx *ctx, const struct object *object, struct text *ret)
{
    const struct json value = {
        .type = JSON_OBJECT, .members = (struct json_member *)object->members, .count = object->count};
    return json_canonical(ctx->arena, &value, ret);
}

/* What was stored must be canonical itself: another spelling of the same value was not written by us. */
static const struct err *
read_canonical(struct ctx *ctx, struct text text, struct json *ret)
{
    struct text canonical;
    const struct err *err = json_read(ctx->arena, text, ret);
    if (err == NULL) {
        err = json_canonical(ctx->arena, ret, &canonical);
    }
    return err == NULL && text_equal(canonical, text) ? NULL
                                                      : FAIL(ctx->arena, ERR_TAMPERED, "it is not canonical JSON");
}

static const struct err *
body(struct ctx *ctx, const struct act_rows_row *act, struct hash *ret)
{
    struct object object = {0};
    struct json value = {0};
    struct text bytes;
    TRY(read_canonical(ctx, act->body, &value));
    put_value(&object, "body", value);
    put_text(&object, "kind", act->kind);
    put_number(ctx, &object, "version", act->version);
    put_text(&object, "actor", act->actor);
    put_number(ctx, &object, "at_ms", act->at_ms);
    if (act->subject.at != NULL) {
        put_text(&object, "subject", act->subject);
    }
    if (act->receipt.at != NULL) {
        put_text(&object, "receipt", hash_to_hex(ctx->arena, hash_of_text(act->receipt)));
    }
    TRY(print(ctx, &object, &bytes));
    *ret = salted(labelled(ctx, act->secret, "body", 0), bytes);
    return NULL;
}

static const struct err *
person(struct ctx *ctx, const struct act_person_rows_row *row, struct hash *ret)
{
    if (row->data.at == NULL) {
        *ret = row->commitment;
        return NULL;
    }
    struct object object = {0};
    struct json value = {0};
    struct text bytes;
    TRY(read_canonical(ctx, row->data, &value));
    put_text(&object, "subject", row->subject);
    put_text(&object, "role", row->role);
    put_value(&object, "data", value);
    TRY(print(ctx, &object, &bytes));
    *ret = salted(row->salt, bytes);
    return NULL;
}

static const struct err *
document(struct ctx *ctx, struct hash secret, const struct act_document_rows_row *row, struct hash *ret)
{
    struct object object = {0};
    struct text bytes;
    put_text(&object, "sha256", hash_to_hex(ctx->arena, row->sha256));
    put_text(&object, "code", row->code);
    TRY(print(ctx, &object, &bytes));
    *ret = salted(labelled(ctx, secret, "document", row->place), bytes);
    return NULL;
}

static struct hash
labelled(struct ctx *ctx, struct hash secret, const char *label, int64_t number)
{
    return salted(secret, text_printf(ctx->arena, "%s %lld", label, (long long)number));
}

static struct hash
salted(struct hash salt, struct text data)
{
    const struct text parts[] = {{.at = (const char *)salt.bytes, .len = HASH_BYTES}, data};
    return hash_of_parts(parts, 2);
}

static int
by_bytes(const void *a, const void *b)
{
    return memcmp(a, b, HASH_BYTES);
}
