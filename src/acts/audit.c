#include "acts/audit.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "acts/act.sql.h"
#include "acts/audit_derive.h"
#include "acts/log.sql.h"
#include "base/limits.h"
#include "store/counter.h"
#include "tlog/checkpoint.h"
#include "tlog/note.h"

enum { AUDIT_PAGE = 15, PATH_BYTES_MAX = 4096 };

struct audit {
    const struct audit_options *options;
    struct act_faults *faults;
    struct audit_result *result;
    struct arena *arena; /* of leaves */
    struct hash *leaves;
    size_t room;
    struct audit_tree tree;
};

static const struct err *audit_all(struct ctx *ctx, struct audit *audit);
static const struct err *acts_look(struct ctx *ctx, struct audit *audit);
static const struct err *act_look(struct ctx *ctx, struct audit *audit, const struct act_rows_row *row);
static const struct err *parts_look(struct ctx *ctx, struct audit *audit, const struct act_rows_row *row);
static const struct err *document_look(struct ctx *ctx, struct audit *audit, const struct act_document_rows_row *row);
static const struct err *erasure_look(struct ctx *ctx, struct audit *audit, const struct act_person_rows_row *row);
static const struct err *erased_look(struct ctx *ctx, struct audit *audit, const struct act_rows_row *row);
static const struct err *origins_look(struct ctx *ctx, struct audit *audit);
static const struct err *checkpoints_look(struct ctx *ctx, struct audit *audit, struct text origin,
                                          const struct note_key *key);
static void checkpoint_look(struct ctx *ctx, struct audit *audit, struct text note_bytes, const struct note_key *key);

const struct err *
acts_audit(struct ctx *ctx, const struct audit_options *options, struct act_faults *faults, struct audit_result *ret)
{
    *ret = (struct audit_result){0};
    struct act_last_number_row last = {0};
    bool found = false;
    TRY(act_last_number(ctx, &last, &found));
    struct audit audit = {.options = options, .faults = faults, .result = ret};
    audit.room = found ? (size_t)last.number : 0;
    audit.arena = arena_new(audit.room * 3 * sizeof(struct hash) + (size_t)ARENA_BLOCK_BYTES * 80);
    audit.leaves = ARENA_ARRAY(audit.arena, struct hash, audit.room);
    const struct err *err = audit_all(ctx, &audit);
    arena_free(audit.arena);
    return err;
}

static const struct err *
audit_all(struct ctx *ctx, struct audit *audit)
{
    int64_t counted = 0;
    TRY(acts_look(ctx, audit));
    audit_tree_make(audit->arena, audit->leaves, audit->room, &audit->tree);
    TRY(counter_last(ctx, TEXT("act"), &counted));
    if (counted != audit->result->acts) {
        act_fault_tell(audit->faults, ctx->arena, 0, "size", "%lld acts were numbered, and the last one is %lld",
                       (long long)counted, (long long)audit->result->acts);
    }
    return origins_look(ctx, audit);
}

static const struct err *
acts_look(struct ctx *ctx, struct audit *audit)
{
    for (;;) {
        const struct arena_mark mark = arena_mark(ctx->arena);
        struct act_rows_rows rows;
        TRY(act_rows(ctx, audit->result->acts, AUDIT_PAGE, &rows));
        for (size_t i = 0; i < rows.count; i++) {
            TRY(act_look(ctx, audit, &rows.items[i]));
        }
        if (rows.count == 0) {
            return NULL;
        }
        arena_rewind(ctx->arena, mark);
    }
}

static const struct err *
act_look(struct ctx *ctx, struct audit *audit, const struct act_rows_row *row)
{
    const int64_t expected = audit->result->acts + 1;
    if (row->number != expected) {
        act_fault_tell(audit->faults, ctx->arena, expected, "gap", "acts %lld to %lld are missing", (long long)expected,
                       (long long)row->number - 1);
    }
    audit->result->acts = row->number;
    TRY(parts_look(ctx, audit, row));
    struct hash leaf = {0};
    const struct err *err = audit_leaf(ctx, row, &leaf);
    if (err != NULL || !hash_equal(leaf, row->leaf)) {
        act_fault_tell(audit->faults, ctx->arena, row->number, "leaf",
                       "its number, kind, day, corpus, instrument, status or commitments do not make its leaf");
    }
    assert(row->number >= 1 && (size_t)row->number <= audit->room);
    audit->leaves[row->number - 1] = leaf;
    return text_is(row->kind, "person_erased") ? erased_look(ctx, audit, row) : NULL;
}

static const struct err *
parts_look(struct ctx *ctx, struct audit *audit, const struct act_rows_row *row)
{
    struct act_person_rows_rows persons;
    struct act_document_rows_rows documents;
    struct text derived = {0};
    TRY(act_person_rows(ctx, row->number, row->number, &persons));
    TRY(act_document_rows(ctx, row->number, row->number, &documents));
    const struct err *err = audit_commitments(ctx, row, &persons, &documents, &derived);
    if (err != NULL) {
        act_fault_tell(audit->faults, ctx->arena, row->number, "commitments", "its body or a person cannot be read: %s",
                       err->detail);
    } else if (!text_equal(derived, row->commitments)) {
        act_fault_tell(audit->faults, ctx->arena, row->number, "commitments",
                       "its body, persons, documents or salts do not make its commitments");
    }
    for (size_t i = 0; i < persons.count; i++) {
        TRY(erasure_look(ctx, audit, &persons.items[i]));
    }
    for (size_t i = 0; i < documents.count; i++) {
        TRY(document_look(ctx, audit, &documents.items[i]));
    }
    return NULL;
}

/* The file of a document, where there is one: evidence may be given back or removed with its act; what is there must be
 * what its name says. */
static const struct err *
document_look(struct ctx *ctx, struct audit *audit, const struct act_document_rows_row *row)
{
    const struct text hex = hash_to_hex(ctx->arena, row->sha256);
    if (audit->options->documents.len == 0) {
        return NULL;
    }
    const char *path = text_cstr(ctx->arena, text_printf(ctx->arena, "%.*s/%.2s/%.*s",
                                                         TEXT_ARG(audit->options->documents), hex.at, TEXT_ARG(hex)));
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat stat;
    if (file < 0 || fstat(file, &stat) != 0 || stat.st_size > DOCUMENT_BYTES_MAX) {
        act_fault_tell(audit->faults, ctx->arena, row->act, "file",
                       "the file of its document \"%.*s\" is missing: %.*s", TEXT_ARG(row->code), TEXT_ARG(hex));
        if (file >= 0) {
            close(file);
        }
        return NULL;
    }
    const struct arena_mark mark = arena_mark(ctx->arena);
    char *bytes = arena_alloc(ctx->arena, (size_t)stat.st_size + 1);
    size_t len = 0;
    ssize_t part = 0;
    while (len < (size_t)stat.st_size && (part = read(file, bytes + len, (size_t)stat.st_size - len)) > 0) {
        len += (size_t)part;
    }
    close(file);
    const bool is_same = hash_equal(hash_of(bytes, len), row->sha256);
    arena_rewind(ctx->arena, mark);
    audit->result->documents++;
    if (!is_same) {
        act_fault_tell(audit->faults, ctx->arena, row->act, "file", "the file of its document \"%.*s\" was changed",
                       TEXT_ARG(row->code));
    }
    return NULL;
}

/* A person without data must have been erased by an act that says so. */
static const struct err *
erasure_look(struct ctx *ctx, struct audit *audit, const struct act_person_rows_row *row)
{
    if (row->data.at != NULL && row->has_salt && !row->has_erased_by) {
        return NULL;
    }
    struct act_row_row by;
    bool found = false;
    struct json body = {0};
    struct text subject = {0};
    if (row->has_erased_by) {
        TRY(act_row(ctx, row->erased_by, &by, &found));
    }
    found = found && text_is(by.kind, "person_erased") && json_read(ctx->arena, by.body, &body) == NULL &&
            json_text(json_get(&body, "subject"), &subject) && text_equal(subject, row->subject);
    if (!found || row->data.at != NULL || row->has_salt) {
        act_fault_tell(audit->faults, ctx->arena, row->act, "erasure",
                       "the data or salt of its person %lld is gone, and no act erased %.*s", (long long)row->place + 1,
                       TEXT_ARG(row->subject));
    }
    return NULL;
}

/* What an act erased must be gone: it may have come back with a restored copy. */
static const struct err *
erased_look(struct ctx *ctx, struct audit *audit, const struct act_rows_row *row)
{
    struct json body = {0};
    struct text subject = {0};
    struct act_kept_rows_rows kept;
    if (json_read(ctx->arena, row->body, &body) != NULL || !json_text(json_get(&body, "subject"), &subject)) {
        return NULL; /* told with its commitments */
    }
    TRY(act_kept_rows(ctx, subject, row->number, &kept));
    if (kept.count > 0) {
        act_fault_tell(audit->faults, ctx->arena, row->number, "erasure",
                       "it erased %.*s, whose data stands again in act %lld", TEXT_ARG(subject),
                       (long long)kept.items[0].act);
    }
    return NULL;
}

static const struct err *
origins_look(struct ctx *ctx, struct audit *audit)
{
    struct log_origin_rows_rows origins;
    TRY(log_origin_rows(ctx, &origins));
    if (origins.count == 0) {
        act_fault_tell(audit->faults, ctx->arena, 0, "origin", "no act says with which key the log is signed");
        return NULL;
    }
    for (size_t i = 0; i < origins.count; i++) {
        struct note_key key;
        const struct log_origin_rows_row *origin = &origins.items[i];
        if (!note_key_parse(ctx->arena, origin->verifier_key, &key)) {
            act_fault_tell(audit->faults, ctx->arena, origin->act, "origin", "the verifier key of %.*s is none",
                           TEXT_ARG(origin->name));
            continue;
        }
        TRY(checkpoints_look(ctx, audit, origin->name, &key));
        if (i + 1 == origins.count) {
            checkpoint_look(ctx, audit, audit->options->note, &key);
        }
    }
    return NULL;
}

static const struct err *
checkpoints_look(struct ctx *ctx, struct audit *audit, struct text origin, const struct note_key *key)
{
    for (int64_t after = 0;;) {
        const struct arena_mark mark = arena_mark(ctx->arena);
        struct log_checkpoint_rows_rows rows;
        const struct log_checkpoint_rows_in in = {.origin = origin, .after = after, .limit = PAGE_ROWS_MAX};
        TRY(log_checkpoint_rows(ctx, &in, &rows));
        for (size_t i = 0; i < rows.count; i++) {
            struct checkpoint stated = {0};
            after = rows.items[i].size;
            if (checkpoint_parse(ctx->arena, rows.items[i].note, &stated) != NULL ||
                (int64_t)stated.size != rows.items[i].size || !hash_equal(stated.root, rows.items[i].root)) {
                act_fault_tell(audit->faults, ctx->arena, 0, "checkpoint",
                               "the kept checkpoint of size %lld was changed", (long long)after);
                continue;
            }
            checkpoint_look(ctx, audit, rows.items[i].note, key);
        }
        if (rows.count == 0) {
            return NULL;
        }
        arena_rewind(ctx->arena, mark);
    }
}

static void
checkpoint_look(struct ctx *ctx, struct audit *audit, struct text note_bytes, const struct note_key *key)
{
    struct note note;
    struct checkpoint checkpoint = {0};
    const struct arena_mark mark = arena_mark(ctx->arena);
    audit->result->checkpoints++;
    if (note_parse(ctx->arena, note_bytes, &note) != NULL ||
        checkpoint_parse(ctx->arena, note.text, &checkpoint) != NULL || !note_verify(ctx->arena, &note, key, NULL)) {
        act_fault_tell(audit->faults, ctx->arena, 0, "signature",
                       "a checkpoint of size %llu does not bear its signature", (unsigned long long)checkpoint.size);
    } else if (checkpoint.size > audit->room) {
        act_fault_tell(audit->faults, ctx->arena, 0, "size", "signed were %llu acts, and the database has %zu",
                       (unsigned long long)checkpoint.size, audit->room);
    } else if (!hash_equal(checkpoint.root, audit_root(&audit->tree, checkpoint.size))) {
        act_fault_tell(audit->faults, ctx->arena, 0, "root", "the first %llu acts do not make the root that was signed",
                       (unsigned long long)checkpoint.size);
    }
    arena_rewind(ctx->arena, mark);
}
