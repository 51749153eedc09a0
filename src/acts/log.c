/* Publishing: what was committed is signed, and only then answered. */
#include "acts/log.h"

#include <assert.h>
#include <pthread.h>
#include <string.h>

#include "acts/act.sql.h"
#include "acts/log.sql.h"
#include "acts/log_private.h"
#include "tlog/note.h"

enum { LEAVES_READ_MAX = 4096 };

static const struct err *begin_from(struct ctx *ctx, struct log *log, struct text note);
static const struct err *edge_at_size(struct ctx *ctx, void *arg);
static const struct err *resume(struct ctx *ctx, struct log *log);
static const struct err *leaves_after(struct ctx *ctx, void *arg);

struct leaves {
    uint64_t after;
    struct act_leaf_rows_rows rows;
};
struct edge_question {
    uint64_t size;
    struct tree_edge edge;
    int64_t acts; /* in the database */
    bool found;   /* it holds as many */
};

const struct err *
log_open(struct ctx *ctx, struct arena *arena, struct store *store, struct signer *signer, struct log **ret)
{
    struct signer_status status;
    struct log *log = ARENA_NEW(arena, struct log);
    log->store = store;
    log->signer = signer;
    pthread_mutex_init(&log->lock, NULL);
    TRY(signer_status(signer, ctx->arena, &status));
    TRY(begin_from(ctx, log, status.note));
    *ret = log;
    return NULL;
}

const struct err *
log_open_published(struct ctx *ctx, struct arena *arena, struct store *store, struct text note, struct log **ret)
{
    struct log *log = ARENA_NEW(arena, struct log);
    log->store = store;
    pthread_mutex_init(&log->lock, NULL);
    TRY(begin_from(ctx, log, note));
    *ret = log;
    return NULL;
}

void
log_close(struct log *log)
{
    if (log != NULL) {
        pthread_mutex_destroy(&log->lock);
    }
}

const struct err *
log_guard(struct ctx *ctx, void *arg)
{
    struct log *log = arg;
    if (!log->sound) {
        return FAIL(ctx->arena, ERR_FORK,
                    "the database is not what the log signed at size %llu: run markaz log new-origin, once it is clear "
                    "that nothing better can be restored",
                    (unsigned long long)log->edge.size);
    }
    if (log->kept_size == log->edge.size) {
        return NULL;
    }
    const struct log_checkpoint_keep_in in = {
        .origin = {.at = log->origin, .len = log->origin_len},
        .size = (int64_t)log->edge.size,
        .root = tree_edge_root(&log->edge),
        .note = {.at = log->note, .len = log->note_len},
    };
    TRY(log_checkpoint_keep(ctx, &in));
    log->keeping_size = log->edge.size;
    return NULL;
}

const struct err *
log_publish(struct ctx *ctx, void *arg)
{
    struct log *log = arg;
    assert(log->signer != NULL && ctx->tx == NULL);

    if (!log->sound) {
        TRY(resume(ctx, log));
    }
    log->kept_size = log->keeping_size;
    const struct tree_edge *old = &log->edge;
    struct tree_edge edge = *old;
    for (;;) {
        struct leaves leaves = {.after = edge.size};
        TRY(store_read(log->store, ctx, leaves_after, &leaves));
        if (leaves.rows.count == 0) {
            break;
        }
        for (size_t i = 0; i < leaves.rows.count; i++) {
            tree_edge_add(&edge, leaves.rows.items[i].leaf);
        }
        static_assert(sizeof leaves.rows.items[0] == sizeof(struct hash), "a row is its hash");
        TRY(signer_extend(log->signer, ctx->arena, &leaves.rows.items[0].leaf, leaves.rows.count));
        if (leaves.rows.count < LEAVES_READ_MAX) {
            break;
        }
    }
    if (edge.size == old->size) {
        return NULL;
    }
    struct signer_status status;
    const struct err *err =
        signer_sign(log->signer, ctx->arena, old->size, tree_edge_root(old), tree_edge_root(&edge), &status);
    if (err != NULL) {
        log->sound = false; /* the next time, the signer is asked where it stands */
        return err;
    }
    log_set(log, &edge, status.note);
    return NULL;
}

struct text
log_checkpoint(struct log *log, struct arena *arena, struct checkpoint *ret)
{
    pthread_mutex_lock(&log->lock);
    const struct text note = {.at = arena_copy(arena, log->note, log->note_len), .len = log->note_len};
    pthread_mutex_unlock(&log->lock);
    const struct err *err = checkpoint_parse(arena, note, ret);
    assert(err == NULL); /* it was parsed when it came */
    return note;
}

void
log_set(struct log *log, const struct tree_edge *edge, struct text note)
{
    assert(note.len <= sizeof log->note);
    pthread_mutex_lock(&log->lock);
    log->edge = *edge;
    memcpy(log->note, note.at, note.len);
    log->note_len = note.len;
    pthread_mutex_unlock(&log->lock);
}

/* The tree of the checkpoint, from the database: sound when it has the same root, and the origin is the one that its
 * last act began. */
static const struct err *
begin_from(struct ctx *ctx, struct log *log, struct text note)
{
    struct checkpoint checkpoint;
    TRY(checkpoint_parse(ctx->arena, note, &checkpoint));
    if (note.len > sizeof log->note || checkpoint.origin.len > sizeof log->origin) {
        return FAIL(ctx->arena, ERR_SIGNER, "the checkpoint is too long");
    }
    struct edge_question question = {.size = checkpoint.size};
    TRY(store_read(log->store, ctx, edge_at_size, &question));
    memcpy(log->origin, checkpoint.origin.at, checkpoint.origin.len);
    log->origin_len = checkpoint.origin.len;
    log->sound = question.found && hash_equal(tree_edge_root(&question.edge), checkpoint.root);
    if (log->sound) {
        TRY(store_read(log->store, ctx, log_origin_compare, log));
    }
    log_set(log, log->sound ? &question.edge : &(struct tree_edge){.size = checkpoint.size}, note);
    return NULL;
}

static const struct err *
edge_at_size(struct ctx *ctx, void *arg)
{
    struct edge_question *question = arg;
    struct act_id last;
    TRY(act_last(ctx, &last));
    question->acts = last.value;
    question->found = question->size <= (uint64_t)last.value;
    return question->found ? tree_edge_read(&log_tree_new(ctx)->source, question->size, &question->edge) : NULL;
}

/* After a fault: the signer may have signed what never came back, or be started anew. */
static const struct err *
resume(struct ctx *ctx, struct log *log)
{
    struct signer_status status;
    TRY(signer_status(log->signer, ctx->arena, &status));
    TRY(begin_from(ctx, log, status.note));
    return log->sound ? NULL
                      : FAIL(ctx->arena, ERR_FORK, "the database is not what the log signed at size %llu",
                             (unsigned long long)status.size);
}

static const struct err *
leaves_after(struct ctx *ctx, void *arg)
{
    struct leaves *leaves = arg;
    return act_leaf_rows(ctx, (int64_t)leaves->after, LEAVES_READ_MAX, &leaves->rows);
}
