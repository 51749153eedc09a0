/* What the log shows to everybody: entries, proofs, tiles. */
#include <assert.h>
#include <string.h>

#include "acts/act.sql.h"
#include "acts/log.sql.h"
#include "acts/log_private.h"
#include "acts/row.h"
#include "base/limits.h"
#include "tlog/proof.h"

static const struct err *act_resource(struct ctx *ctx, struct log *log, struct text path, struct log_resource *ret);
static const struct err *tile_resource(struct ctx *ctx, const struct checkpoint *checkpoint, struct text path,
                                       struct log_resource *ret);
static const struct err *bundle(struct ctx *ctx, struct tile tile, struct text *ret);
static const struct err *nothing(struct ctx *ctx, struct text path);

const struct err *
log_entry(struct ctx *ctx, struct act_id id, struct text *ret)
{
    struct act_row_row row;
    TRY(act_row_get(ctx, id, &row));
    const struct act_fields fields = fields_of_row(&row);
    *ret = entry_print(ctx->arena, &fields, row.commitments);
    if (ret->at == NULL || !hash_equal(tree_leaf(*ret), row.leaf)) {
        return FAIL(ctx->arena, ERR_TAMPERED, "act %lld is not what its leaf says", (long long)id.value);
    }
    return NULL;
}

const struct err *
log_prove(struct ctx *ctx, struct log *log, struct act_id id, struct text *ret)
{
    struct checkpoint checkpoint;
    struct proof proof = {.checkpoint = log_checkpoint(log, ctx->arena, &checkpoint)};
    if (id.value < 1 || (uint64_t)id.value > checkpoint.size) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "act %lld is not in the published log", (long long)id.value);
    }
    struct log_tree *tree = log_tree_new(ctx);
    struct hash leaf;
    proof.index = (uint64_t)id.value - 1;
    TRY(tree_inclusion(&tree->source, proof.index, checkpoint.size, &proof.path));
    TRY(tree->source.read(tree->source.arg, 0, proof.index, &leaf));
    if (!tree_inclusion_check(&proof.path, proof.index, checkpoint.size, leaf, checkpoint.root)) {
        return FAIL(ctx->arena, ERR_TAMPERED, "the database does not make the root that was signed");
    }
    *ret = proof_print(ctx->arena, &proof);
    return NULL;
}

const struct err *
log_key(struct ctx *ctx, struct log *log, struct text *ret)
{
    struct log_origin_last_row row;
    bool found = false;
    (void)log;
    TRY(log_origin_last(ctx, &row, &found));
    if (!found) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "the log has no origin yet");
    }
    *ret = row.verifier_key;
    return NULL;
}

const struct err *
log_resource(struct ctx *ctx, struct log *log, struct text path, struct log_resource *ret)
{
    struct checkpoint checkpoint;
    const struct text note = log_checkpoint(log, ctx->arena, &checkpoint);
    if (text_is(path, "checkpoint")) {
        *ret = (struct log_resource){.bytes = note, .content_type = TEXT("text/plain; charset=utf-8")};
        return NULL;
    }
    if (text_is(path, "key")) {
        struct text key;
        TRY(log_key(ctx, log, &key));
        *ret = (struct log_resource){.bytes = text_printf(ctx->arena, "%.*s\n", TEXT_ARG(key)),
                                     .content_type = TEXT("text/plain; charset=utf-8")};
        return NULL;
    }
    return text_starts(path, TEXT("acts/")) ? act_resource(ctx, log, text_after(path, 5), ret)
                                            : tile_resource(ctx, &checkpoint, path, ret);
}

/* "12/entry", "12/proof" */
static const struct err *
act_resource(struct ctx *ctx, struct log *log, struct text path, struct log_resource *ret)
{
    struct text rest = path;
    struct text number;
    uint64_t act = 0;
    struct checkpoint checkpoint;
    log_checkpoint(log, ctx->arena, &checkpoint);
    if (!text_split(&rest, '/', &number) || !decimal_parse(number, &act) || act < 1 || act > checkpoint.size) {
        return nothing(ctx, path);
    }
    const struct act_id id = {(int64_t)act};
    if (text_is(rest, "entry")) {
        *ret = (struct log_resource){.content_type = TEXT("application/json"), .immutable = true};
        return log_entry(ctx, id, &ret->bytes);
    }
    if (text_is(rest, "proof")) {
        *ret = (struct log_resource){.content_type = TEXT("text/plain; charset=utf-8")};
        return log_prove(ctx, log, id, &ret->bytes);
    }
    return nothing(ctx, path);
}

static const struct err *
tile_resource(struct ctx *ctx, const struct checkpoint *checkpoint, struct text path, struct log_resource *ret)
{
    struct tile tile;
    if (!tile_parse(path, &tile) || !tile_is_within(tile, checkpoint->size)) {
        return nothing(ctx, path);
    }
    *ret = (struct log_resource){.content_type = TEXT("application/octet-stream"), .immutable = true};
    if (tile.level == TILE_ENTRIES) {
        return bundle(ctx, tile, &ret->bytes);
    }
    struct hash *hashes = ARENA_ARRAY(ctx->arena, struct hash, TILE_WIDTH);
    TRY(log_tree_tile(ctx, tile.level, tile.index, (size_t)tile.width, hashes));
    ret->bytes = (struct text){.at = (const char *)hashes, .len = (size_t)tile.width * HASH_BYTES};
    return NULL;
}

static const struct err *
bundle(struct ctx *ctx, struct tile tile, struct text *ret)
{
    struct act_entry_rows_rows rows;
    TRY(act_entry_rows(ctx, (int64_t)(tile.index * TILE_WIDTH), tile.width, &rows));
    struct buf buf = buf_new(ctx->arena, (size_t)TILE_WIDTH * (ENTRY_BYTES_MAX + 2));
    for (size_t i = 0; i < rows.count; i++) {
        const struct act_entry_rows_row *row = &rows.items[i];
        const struct act_fields fields = {.number = row->number,
                                          .kind = row->kind,
                                          .sealed = row->sealed,
                                          .day = row->day,
                                          .corpus_root = row->corpus_root,
                                          .instrument = row->instrument,
                                          .status = row->status};
        const struct text entry = entry_print(ctx->arena, &fields, row->commitments);
        if (entry.at == NULL) {
            return FAIL(ctx->arena, ERR_TAMPERED, "act %lld makes no entry", (long long)row->number);
        }
        tile_put_entry(&buf, entry);
    }
    if (rows.count != (size_t)tile.width) {
        return FAIL(ctx->arena, ERR_DB_CORRUPT, "the log lacks acts behind %llu",
                    (unsigned long long)tile.index * TILE_WIDTH);
    }
    *ret = buf_built(&buf);
    return NULL;
}

static const struct err *
nothing(struct ctx *ctx, struct text path)
{
    return FAIL(ctx->arena, ERR_NOT_FOUND, "the log has nothing at %.*s", TEXT_ARG(path));
}
