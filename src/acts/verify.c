#include "acts/verify.h"

#include <pthread.h>

#include "acts/log.sql.h"
#include "acts/verify_page.h"
#include "acts/verify_tiles.h"
#include "store/store.h"
#include "tlog/note.h"
#include "tlog/tree.h"

enum { CHECKPOINTS_READ = 500, PAGES = 3, PAGE_BYTES_MAX = 256 * 1024 * 1024 };

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

/* Pages in turn: this thread reads one while another derives the leaves of the one before. */
struct line {
    struct verify_page pages[PAGES];
    pthread_t thread;
    bool has_thread;
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t moved;
    size_t read, derived; /* pages so far */
    bool over;
};

static const struct err *signature_verify(struct ctx *ctx, struct verification *verification);
static const struct err *pages_verify(struct ctx *ctx, struct verification *verification, struct line *line);
static void line_begin(struct line *line);
static void line_end(struct line *line);
static void *derive_all(void *arg);
static void page_hand_over(struct line *line, size_t page);
static void page_await(struct line *line, size_t page);
static const struct err *page_take(struct ctx *ctx, struct verification *verification, const struct verify_page *page);
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
    verification->reached = ret->checkpoint.size == 0;
    struct line *line = ARENA_NEW(ctx->arena, struct line);
    line_begin(line);
    const struct err *err = pages_verify(ctx, verification, line);
    line_end(line);
    TRY(err);
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

/* Two pages are on their way while a third is looked at. */
static const struct err *
pages_verify(struct ctx *ctx, struct verification *verification, struct line *line)
{
    const struct arena_mark mark = arena_mark(ctx->arena);
    int64_t after = 0;
    size_t read = 0;
    bool more = true;
    for (size_t taken = 0;; taken++) {
        for (; more && read < taken + PAGES - 1; read++) {
            struct verify_page *page = &line->pages[read % PAGES];
            const struct err *err = verify_page_read(ctx, after, page);
            if (err != NULL) { /* its memory ends with the page */
                return FAIL(ctx->arena, err_root(err), "%s", err_print(ctx->arena, err));
            }
            more = page->acts.count > 0;
            if (!more) {
                break;
            }
            after = page->acts.items[page->acts.count - 1].number;
            page_hand_over(line, read);
        }
        if (taken == read) {
            return NULL;
        }
        page_await(line, taken);
        TRY(page_take(ctx, verification, &line->pages[taken % PAGES]));
        arena_rewind(ctx->arena, mark);
        verification->kept.count = 0; /* its rows were in what is gone */
        verification->next_kept = 0;
    }
}

static void
line_begin(struct line *line)
{
    for (size_t i = 0; i < PAGES; i++) {
        line->pages[i].arena = arena_new(PAGE_BYTES_MAX);
    }
    pthread_mutex_init(&line->lock, NULL);
    pthread_cond_init(&line->moved, NULL);
    line->has_thread = pthread_create(&line->thread, NULL, derive_all, line) == 0; /* without, this thread derives */
}

static void
line_end(struct line *line)
{
    pthread_mutex_lock(&line->lock);
    line->over = true;
    pthread_cond_broadcast(&line->moved);
    pthread_mutex_unlock(&line->lock);
    if (line->has_thread) {
        pthread_join(line->thread, NULL);
    }
    pthread_cond_destroy(&line->moved);
    pthread_mutex_destroy(&line->lock);
    for (size_t i = 0; i < PAGES; i++) {
        arena_free(line->pages[i].arena);
    }
}

static void *
derive_all(void *arg)
{
    struct line *line = arg;
    pthread_mutex_lock(&line->lock);
    for (;;) {
        while (line->derived == line->read && !line->over) {
            pthread_cond_wait(&line->moved, &line->lock);
        }
        if (line->over) {
            break;
        }
        struct verify_page *page = &line->pages[line->derived % PAGES];
        pthread_mutex_unlock(&line->lock);
        verify_page_derive(page);
        pthread_mutex_lock(&line->lock);
        line->derived++;
        pthread_cond_broadcast(&line->moved);
    }
    pthread_mutex_unlock(&line->lock);
    return NULL;
}

static void
page_hand_over(struct line *line, size_t page)
{
    if (!line->has_thread) {
        verify_page_derive(&line->pages[page % PAGES]);
        return;
    }
    pthread_mutex_lock(&line->lock);
    line->read = page + 1;
    pthread_cond_broadcast(&line->moved);
    pthread_mutex_unlock(&line->lock);
}

static void
page_await(struct line *line, size_t page)
{
    pthread_mutex_lock(&line->lock);
    while (line->has_thread && line->derived <= page) {
        pthread_cond_wait(&line->moved, &line->lock);
    }
    pthread_mutex_unlock(&line->lock);
}

/* Numbers, faults and leaves of a page, in their order. */
static const struct err *
page_take(struct ctx *ctx, struct verification *verification, const struct verify_page *page)
{
    struct act_faults *faults = verification->faults;
    int64_t *acts = &verification->result->acts;
    size_t next = 0;
    for (size_t i = 0; i < page->acts.count; i++) {
        const int64_t number = page->acts.items[i].number;
        if (number != *acts + 1) {
            act_fault_tell(faults, ctx->arena, *acts + 1, "gap", "acts %lld to %lld are missing", (long long)*acts + 1,
                           (long long)number - 1);
        }
        *acts = number;
        for (; next < page->found_count && page->found[next].act == number; next++) {
            faults->count++;
            faults->tell(faults->arg, &page->found[next]);
        }
        TRY(leaf_add(ctx, verification, page->leaves[i]));
    }
    return NULL;
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
