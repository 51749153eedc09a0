#include "acts/verify.h"

#include <assert.h>
#include <string.h>

#include "acts/act.sql.h"
#include "acts/entry.h"
#include "acts/log.sql.h"
#include "acts/verify_tiles.h"
#include "base/limits.h"
#include "store/store.h"
#include "tlog/note.h"
#include "tlog/tree.h"

enum {
    PAGE_ACTS = 500,
    /* A page whose persons or documents do not fit one statement is read again in pages of this many acts. */
    PAGE_ACTS_SMALL = STATEMENT_ROWS_MAX / ACT_PARTS_MAX - 1,
    CHECKPOINTS_READ = 500
};

/* A page of acts with what belongs to them. */
struct page {
    struct act_rows_rows acts;
    struct act_person_rows_rows persons;
    struct act_document_rows_rows documents;
    size_t next_person, next_document; /* of the act looked at */
};

struct verification {
    const struct verify_options *options;
    struct act_faults *faults;
    struct verify_result *result;
    struct tree_edge edge;
    bool reached; /* the size that was signed */
    struct verify_tiles *tiles;
    struct log_checkpoint_rows_rows kept; /* of this origin, a page of them */
    size_t next_kept;
    bool kept_ended;
    int64_t sound_size; /* of the last kept checkpoint that holds */
};

static const struct err *signature_verify(struct ctx *ctx, struct verification *verification);
static const struct err *page_read(struct ctx *ctx, int64_t after, struct page *ret);
static const struct err *act_verify(struct ctx *ctx, struct verification *verification, struct page *page,
                                    const struct act_rows_row *row);
static struct act_fields fields_of(const struct act_rows_row *row);
static size_t parts_verify(struct ctx *ctx, struct verification *verification, struct page *page,
                           const struct act_rows_row *row);
static bool person_verify(struct ctx *ctx, struct act_faults *faults, const struct act_rows_row *row,
                          const struct act_person_rows_row *person);
static bool shows(struct text commitments, struct hash commitment);
static const struct err *leaf_add(struct ctx *ctx, struct verification *verification, struct hash leaf);
static const struct err *kept_compare(struct ctx *ctx, struct verification *verification);

const struct err *
log_verify(struct ctx *ctx, const struct verify_options *options, struct act_faults *faults, struct verify_result *ret)
{
    *ret = (struct verify_result){0};
    struct verification *verification = ARENA_NEW(ctx->arena, struct verification);
    *verification = (struct verification){.options = options, .faults = faults, .result = ret};
    verification->tiles = ARENA_NEW(ctx->arena, struct verify_tiles);
    TRY(signature_verify(ctx, verification));
    struct page *page = ARENA_NEW(ctx->arena, struct page);
    verification->reached = ret->checkpoint.size == 0;
    const struct arena_mark mark = arena_mark(ctx->arena);
    for (;;) {
        const int64_t after = ret->acts;
        TRY(page_read(ctx, after, page));
        for (size_t i = 0; i < page->acts.count; i++) {
            TRY(act_verify(ctx, verification, page, &page->acts.items[i]));
        }
        if (page->acts.count == 0) {
            break;
        }
        arena_rewind(ctx->arena, mark);
        verification->kept.count = 0; /* its rows were in what is gone */
        verification->next_kept = 0;
    }
    if (!verification->reached) {
        act_fault_tell(faults, ctx->arena, 0, "size", "signed were %llu acts, and the database has %lld",
                       (unsigned long long)ret->checkpoint.size, (long long)verification->edge.size);
    }
    return NULL;
}

static const struct err *
signature_verify(struct ctx *ctx, struct verification *verification)
{
    struct act_faults *faults = verification->faults;
    struct checkpoint *checkpoint = &verification->result->checkpoint;
    struct log_origin_last_row origin;
    struct note_key key;
    struct note note;
    bool found = false;
    TRY(note_parse(ctx->arena, verification->options->note, &note));
    TRY(checkpoint_parse(ctx->arena, note.text, checkpoint));
    TRY(log_origin_last(ctx, &origin, &found));
    if (!found || !note_key_parse(ctx->arena, origin.verifier_key, &key)) {
        act_fault_tell(faults, ctx->arena, 0, "origin", "no act says with which key the log is signed");
        return NULL;
    }
    if (!text_equal(origin.name, checkpoint->origin) || !text_equal(key.name, origin.name)) {
        act_fault_tell(faults, ctx->arena, origin.act, "origin", "the log is signed as %.*s and the act says %.*s",
                       TEXT_ARG(checkpoint->origin), TEXT_ARG(origin.name));
    }
    if (!note_verify(ctx->arena, &note, &key, NULL)) {
        act_fault_tell(faults, ctx->arena, 0, "signature",
                       "the checkpoint of size %llu does not bear the log's signature",
                       (unsigned long long)checkpoint->size);
    }
    return NULL;
}

static const struct err *
page_read(struct ctx *ctx, int64_t after, struct page *ret)
{
    int64_t limit = PAGE_ACTS;
    for (;;) {
        *ret = (struct page){0};
        TRY(act_rows(ctx, after, limit, &ret->acts));
        if (ret->acts.count == 0) {
            return NULL;
        }
        const int64_t first = ret->acts.items[0].number;
        const int64_t last = ret->acts.items[ret->acts.count - 1].number;
        TRY(act_person_rows(ctx, first, last, &ret->persons));
        TRY(act_document_rows(ctx, first, last, &ret->documents));
        const bool cut = ret->persons.count == STATEMENT_ROWS_MAX || ret->documents.count == STATEMENT_ROWS_MAX;
        if (!cut || limit == PAGE_ACTS_SMALL) {
            return NULL;
        }
        limit = PAGE_ACTS_SMALL;
    }
}

static const struct err *
act_verify(struct ctx *ctx, struct verification *verification, struct page *page, const struct act_rows_row *row)
{
    struct act_faults *faults = verification->faults;
    int64_t *acts = &verification->result->acts;
    if (row->number != *acts + 1) {
        act_fault_tell(faults, ctx->arena, *acts + 1, "gap", "acts %lld to %lld are missing", (long long)*acts + 1,
                       (long long)row->number - 1);
    }
    *acts = row->number;
    const struct act_fields fields = fields_of(row);
    const struct hash body = commitment_of(salt_of(row->secret, "body", 0), body_data(ctx->arena, &fields));
    if (!shows(row->commitments, body)) {
        act_fault_tell(faults, ctx->arena, row->number, "body",
                       "its body, kind, version, actor, time, subject, receipt or salt was changed");
    }
    const size_t real = 1 + parts_verify(ctx, verification, page, row);
    const size_t shown = commitments_shown(real);
    bool padded = row->commitments.len == shown * HASH_BYTES;
    for (size_t i = real; i < shown && padded; i++) {
        padded = shows(row->commitments, salt_of(row->secret, "padding", i - real));
    }
    if (!padded) {
        act_fault_tell(faults, ctx->arena, row->number, "parts",
                       "a person or a document was added or deleted, or the salt was changed");
    }
    const struct text entry = entry_print(ctx->arena, &fields, row->commitments);
    const struct hash leaf = tree_leaf(entry.at == NULL ? TEXT("") : entry);
    if (!hash_equal(leaf, row->leaf)) {
        act_fault_tell(faults, ctx->arena, row->number, "leaf",
                       "its number, kind, day, corpus, instrument, status or commitments, or its leaf, was changed");
    }
    return leaf_add(ctx, verification, leaf);
}

static struct act_fields
fields_of(const struct act_rows_row *row)
{
    return (struct act_fields){
        .number = row->number,
        .kind = row->kind,
        .version = row->version,
        .sealed = row->sealed,
        .day = row->day,
        .at_ms = row->at_ms,
        .actor = row->actor,
        .corpus_root = row->corpus_root,
        .subject = row->subject,
        .instrument = row->instrument,
        .status = row->status,
        .body = row->body,
        .receipt = row->receipt,
        .secret = row->secret,
    };
}

/* Persons and documents of the act: how many there are. */
static size_t
parts_verify(struct ctx *ctx, struct verification *verification, struct page *page, const struct act_rows_row *row)
{
    size_t count = 0;
    for (; page->next_person < page->persons.count && page->persons.items[page->next_person].act <= row->number;
         page->next_person++) {
        const struct act_person_rows_row *person = &page->persons.items[page->next_person];
        count += person->act == row->number ? 1 : 0;
        if (person->act == row->number && !person_verify(ctx, verification->faults, row, person)) {
            act_fault_tell(verification->faults, ctx->arena, row->number, "person",
                           "the data, role, subject or salt of its person %lld was changed",
                           (long long)person->place + 1);
        }
    }
    for (; page->next_document < page->documents.count && page->documents.items[page->next_document].act <= row->number;
         page->next_document++) {
        const struct act_document_rows_row *document = &page->documents.items[page->next_document];
        count += document->act == row->number ? 1 : 0;
        if (document->act == row->number &&
            !shows(row->commitments, commitment_of(salt_of(row->secret, "document", (size_t)document->place),
                                                   document_data(ctx->arena, document->code, document->sha256)))) {
            act_fault_tell(verification->faults, ctx->arena, row->number, "document",
                           "the hash or code of its document %lld was changed", (long long)document->place + 1);
        }
    }
    return count;
}

static bool
person_verify(struct ctx *ctx, struct act_faults *faults, const struct act_rows_row *row,
              const struct act_person_rows_row *person)
{
    if (!shows(row->commitments, person->commitment)) {
        return false;
    }
    if (person->data.at == NULL || !person->has_salt) {
        if (!person->has_erased_by || person->data.at != NULL || person->has_salt) {
            act_fault_tell(faults, ctx->arena, row->number, "erasure",
                           "the data of its person %lld is gone, and no act erased it", (long long)person->place + 1);
        }
        return true;
    }
    const struct text data = person_data(ctx->arena, person->subject, person->role, person->data);
    return hash_equal(person->commitment, commitment_of(person->salt, data));
}

static bool
shows(struct text commitments, struct hash commitment)
{
    for (size_t i = 0; i + HASH_BYTES <= commitments.len; i += HASH_BYTES) {
        if (memcmp(commitments.at + i, commitment.bytes, HASH_BYTES) == 0) {
            return true;
        }
    }
    return false;
}

static const struct err *
leaf_add(struct ctx *ctx, struct verification *verification, struct hash leaf)
{
    const struct checkpoint *checkpoint = &verification->result->checkpoint;
    struct tree_edge *edge = &verification->edge;
    tree_edge_add(edge, leaf);
    if (verification->options->full) {
        TRY(verify_tiles_add(ctx, verification->tiles, leaf, verification->faults));
        TRY(kept_compare(ctx, verification));
    }
    if (edge->size == checkpoint->size) {
        verification->reached = true;
        if (!hash_equal(tree_edge_root(edge), checkpoint->root)) {
            act_fault_tell(verification->faults, ctx->arena, 0, "root",
                           "the first %llu acts do not make the root that was signed%s", (unsigned long long)edge->size,
                           verification->options->full ? "" : "; --full says from which act on");
        }
    }
    return NULL;
}

static const struct err *
kept_compare(struct ctx *ctx, struct verification *verification)
{
    struct log_checkpoint_rows_rows *kept = &verification->kept;
    const uint64_t size = verification->edge.size;
    if (verification->kept_ended) {
        return NULL;
    }
    if (verification->next_kept == kept->count) {
        const struct log_checkpoint_rows_in in = {
            .origin = verification->result->checkpoint.origin, .after = (int64_t)size - 1, .limit = CHECKPOINTS_READ};
        TRY(log_checkpoint_rows(ctx, &in, kept));
        verification->next_kept = 0;
        verification->kept_ended = kept->count == 0;
        if (verification->kept_ended) {
            return NULL;
        }
    }
    const struct log_checkpoint_rows_row *row = &kept->items[verification->next_kept];
    if ((uint64_t)row->size > size) {
        return NULL;
    }
    verification->next_kept++;
    verification->result->checkpoints++;
    struct checkpoint stated = {0};
    const bool parsed = checkpoint_parse(ctx->arena, row->note, &stated) == NULL;
    if (!parsed || stated.size != (uint64_t)row->size || !hash_equal(stated.root, row->root)) {
        act_fault_tell(verification->faults, ctx->arena, 0, "checkpoint",
                       "the kept checkpoint of size %lld was changed", (long long)row->size);
    } else if (hash_equal(row->root, tree_edge_root(&verification->edge))) {
        verification->sound_size = row->size;
    } else {
        act_fault_tell(verification->faults, ctx->arena, verification->sound_size + 1, "root",
                       "the acts from %lld to %lld are not those that were signed, or those before them",
                       (long long)verification->sound_size + 1, (long long)row->size);
    }
    return NULL;
}
