/* Appending: rows, leaf and effects of an act. Reading is in act_read.c. */
#include "acts/act.h"

#include <assert.h>
#include <string.h>

#include "acts/act.sql.h"
#include "acts/entry.h"
#include "acts/kinds.h"
#include "acts/log_tree.h"
#include "base/limits.h"
#include "base/world.h"
#include "law/law.h"
#include "store/counter.h"
#include "tlog/tree.h"

/* An act on its way into the database. */
struct append {
    struct act_fields fields;
    struct text *person_data; /* canonical, for the rows */
    struct hash *person_salts;
    struct hash *commitments; /* body, persons, documents; then sorted with the padding */
    size_t commitments_count;
    struct hash leaf;
    const struct json *body;
};

static const struct err *draft_check(struct ctx *ctx, const struct act_draft *draft);
static const struct err *object_read(struct ctx *ctx, struct text text, const char *what, struct json *ret_value,
                                     struct text *ret_canonical);
static const struct err *fields_make(struct ctx *ctx, const struct act_draft *draft, int version,
                                     struct append *append);
static const struct err *commitments_make(struct ctx *ctx, const struct act_draft *draft, struct append *append);
static const struct err *rows_write(struct ctx *ctx, const struct act_draft *draft, struct append *append);
static struct text text_or_null(struct text text);

const struct err *
act_append(struct ctx *ctx, const struct act_draft *draft, struct act *ret)
{
    assert(tx_mode(ctx) == TX_WRITE);
    assert(ctx->world != NULL && !date_is_none(ctx->today));

    int version = 0;
    struct append append = {0};
    TRY(kind_version(ctx, draft->kind, &version));
    TRY(draft_check(ctx, draft));
    TRY(fields_make(ctx, draft, version, &append));
    TRY(commitments_make(ctx, draft, &append));
    TRY(rows_write(ctx, draft, &append));
    TRY(log_tree_grow(ctx, append.fields.number, append.leaf));
    const struct act_fields *fields = &append.fields;
    *ret = (struct act){
        .id = {.value = fields->number},
        .kind = fields->kind,
        .version = version,
        .day = fields->day,
        .at_ms = fields->at_ms,
        .body = fields->body,
        .data = append.body,
        .actor = fields->actor,
        .corpus_root = hash_to_hex(ctx->arena, fields->corpus_root),
        .sealed = fields->sealed,
        .subject = fields->subject,
        .instrument = fields->instrument,
        .status = fields->status,
        .receipt = fields->receipt,
    };
    return kind_apply(ctx, ret);
}

const struct err *
act_erase_person(struct ctx *ctx, struct text subject, struct text why, struct act *ret)
{
    struct buf buf = buf_new(ctx->arena, (size_t)REASON_BYTES_MAX * 8);
    struct json_out out = json_out(&buf);
    json_open_object(&out);
    json_member_text(&out, "subject", subject);
    json_member_text(&out, "why", why);
    json_close_object(&out);
    if (subject.len == 0 || why.len == 0 || why.len > REASON_BYTES_MAX || buf.overflowed) {
        return FAIL(ctx->arena, ERR_INPUT, "an erasure says whom, and why in at most %d bytes", REASON_BYTES_MAX);
    }
    const struct act_draft draft = {.kind = TEXT("person_erased"), .body = buf_built(&buf), .subject = subject};
    return act_append(ctx, &draft, ret);
}

static const struct err *
draft_check(struct ctx *ctx, const struct act_draft *draft)
{
    assert((draft->instrument.len > 0) == (draft->status.len > 0));
    assert(!draft->sealed || draft->instrument.len == 0);

    if (draft->persons_count + draft->documents_count > ACT_PARTS_MAX || draft->instrument.len > NAME_BYTES_MAX ||
        draft->receipt.len > ACT_BODY_BYTES_MAX) {
        return FAIL(ctx->arena, ERR_TOO_LARGE, "the act has more than %d persons and documents, or a long receipt",
                    ACT_PARTS_MAX);
    }
    return NULL;
}

static const struct err *
object_read(struct ctx *ctx, struct text text, const char *what, struct json *ret_value, struct text *ret_canonical)
{
    TRY(json_read(ctx->arena, text, ret_value));
    if (ret_value->type != JSON_OBJECT) {
        return FAIL(ctx->arena, ERR_JSON, "%s is no JSON object", what);
    }
    TRY(json_canonical(ctx->arena, ret_value, ret_canonical));
    if (ret_canonical->len > ACT_BODY_BYTES_MAX) {
        return FAIL(ctx->arena, ERR_TOO_LARGE, "%s is longer than %d bytes", what, ACT_BODY_BYTES_MAX);
    }
    return NULL;
}

static const struct err *
fields_make(struct ctx *ctx, const struct act_draft *draft, int version, struct append *append)
{
    struct json *body = ARENA_NEW(ctx->arena, struct json);
    struct act_fields *fields = &append->fields;
    TRY(object_read(ctx, draft->body, "the body of an act", body, &fields->body));
    /* Apply sees what a replay will see: members in canonical order, too. */
    TRY(json_read(ctx->arena, fields->body, body));
    TRY(counter_next(ctx, TEXT("act"), &fields->number));
    append->body = body;
    fields->kind = draft->kind;
    fields->version = version;
    fields->sealed = draft->sealed;
    fields->day = ctx->today;
    fields->at_ms = ctx->world->now_ms(ctx->world);
    fields->actor = ctx->actor.len > 0 ? ctx->actor : TEXT("system");
    fields->corpus_root = ctx->law == NULL ? (struct hash){0} : law_root(ctx->law);
    fields->subject = text_or_null(draft->subject);
    fields->instrument = text_or_null(draft->instrument);
    fields->status = text_or_null(draft->status);
    fields->receipt = text_or_null(draft->receipt);
    ctx->world->random(ctx->world, fields->secret.bytes, HASH_BYTES);
    return NULL;
}

static const struct err *
commitments_make(struct ctx *ctx, const struct act_draft *draft, struct append *append)
{
    const struct act_fields *fields = &append->fields;
    const size_t real = 1 + draft->persons_count + draft->documents_count;
    append->commitments_count = commitments_shown(real);
    append->commitments = ARENA_ARRAY(ctx->arena, struct hash, append->commitments_count);
    append->person_data = ARENA_ARRAY(ctx->arena, struct text, draft->persons_count);
    append->person_salts = ARENA_ARRAY(ctx->arena, struct hash, draft->persons_count);
    struct hash *next = append->commitments;
    *next++ = body_commitment(ctx->arena, fields);
    for (size_t i = 0; i < draft->persons_count; i++) {
        const struct act_person *person = &draft->persons[i];
        struct json value;
        assert(person->subject.len > 0 && person->role.len > 0);
        TRY(object_read(ctx, person->data, "the data of a person", &value, &append->person_data[i]));
        ctx->world->random(ctx->world, append->person_salts[i].bytes, HASH_BYTES);
        *next++ = person_commitment(ctx->arena, append->person_salts[i], person->subject, person->role,
                                    append->person_data[i]);
    }
    for (size_t i = 0; i < draft->documents_count; i++) {
        const struct act_document *document = &draft->documents[i];
        assert(document->code.len > 0);
        *next++ = document_commitment(ctx->arena, fields->secret, i, document->code, document->sha256);
    }
    return NULL;
}

static const struct err *
rows_write(struct ctx *ctx, const struct act_draft *draft, struct append *append)
{
    const struct act_fields *fields = &append->fields;
    const size_t real = 1 + draft->persons_count + draft->documents_count;
    struct hash *persons = ARENA_ARRAY(ctx->arena, struct hash, draft->persons_count); /* before they are sorted */
    memcpy(persons, append->commitments + 1, draft->persons_count * sizeof persons[0]);
    commitments_finish(fields->secret, append->commitments, real);
    const struct text commitments = {.at = (const char *)append->commitments,
                                     .len = append->commitments_count * sizeof append->commitments[0]};
    const bool fits = entry_leaf(ctx->arena, fields, commitments, &append->leaf);
    assert(fits); /* ACT_PARTS_MAX and the lengths above keep it within ENTRY_BYTES_MAX */
    TRY(act_insert(ctx, &(struct act_insert_in){.number = fields->number,
                                                .kind = fields->kind,
                                                .version = fields->version,
                                                .sealed = fields->sealed,
                                                .day = fields->day,
                                                .at_ms = fields->at_ms,
                                                .actor = fields->actor,
                                                .corpus_root = fields->corpus_root,
                                                .subject = fields->subject,
                                                .instrument = fields->instrument,
                                                .status = fields->status,
                                                .body = fields->body,
                                                .receipt = fields->receipt,
                                                .secret = fields->secret,
                                                .commitments = commitments,
                                                .leaf = append->leaf}));
    for (size_t i = 0; i < draft->persons_count; i++) {
        TRY(act_person_insert(ctx, &(struct act_person_insert_in){.act = fields->number,
                                                                  .place = (int64_t)i,
                                                                  .subject = draft->persons[i].subject,
                                                                  .role = draft->persons[i].role,
                                                                  .data = append->person_data[i],
                                                                  .salt = append->person_salts[i],
                                                                  .commitment = persons[i]}));
    }
    for (size_t i = 0; i < draft->documents_count; i++) {
        TRY(act_document_insert(ctx, &(struct act_document_insert_in){.act = fields->number,
                                                                      .place = (int64_t)i,
                                                                      .sha256 = draft->documents[i].sha256,
                                                                      .code = draft->documents[i].code}));
    }
    return NULL;
}

static struct text
text_or_null(struct text text)
{
    return text.len > 0 ? text : (struct text){0};
}
