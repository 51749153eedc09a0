#include "acts/corpora.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/limits.h"

struct corpora {
    struct arena *arena; /* of this structure */
    pthread_mutex_t lock;
    size_t count;
    struct {
        struct hash root;
        struct arena *arena;
        const struct law *law;
    } kept[CORPORA_MAX];
};

static const struct err *law_keep(struct ctx *ctx, struct corpora *corpora, struct text root, const struct law **ret);

struct corpora *
corpora_new(void)
{
    struct arena *arena = arena_new(ARENA_BYTES_MAX);
    struct corpora *corpora = ARENA_NEW(arena, struct corpora);
    corpora->arena = arena;
    const int failed = pthread_mutex_init(&corpora->lock, NULL);
    assert(failed == 0);
    return corpora;
}

void
corpora_free(struct corpora *corpora)
{
    if (corpora == NULL) {
        return;
    }
    for (size_t i = 0; i < corpora->count; i++) {
        arena_free(corpora->kept[i].arena);
    }
    pthread_mutex_destroy(&corpora->lock);
    arena_free(corpora->arena);
}

const struct err *
corpora_law(struct ctx *ctx, struct text root, const struct law **ret)
{
    struct hash wanted;
    if (!hash_from_hex(root, &wanted)) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "%.*s is no root of a corpus", TEXT_ARG(root));
    }
    if (ctx->law != NULL && hash_equal(law_root(ctx->law), wanted)) {
        *ret = ctx->law;
        return NULL;
    }
    struct corpora *corpora = ctx->corpora;
    if (corpora == NULL) {
        struct law *law = NULL;
        TRY(corpus_load(ctx, ctx->arena, root, &law));
        *ret = law;
        return NULL;
    }
    /* Read under the lock: whoever wants the same corpus waits for it instead of reading it too. */
    pthread_mutex_lock(&corpora->lock);
    const struct law *law = NULL;
    for (size_t i = 0; i < corpora->count && law == NULL; i++) {
        law = hash_equal(corpora->kept[i].root, wanted) ? corpora->kept[i].law : NULL;
    }
    const struct err *err = law == NULL ? law_keep(ctx, corpora, root, &law) : NULL;
    pthread_mutex_unlock(&corpora->lock);
    TRY(err);
    *ret = law;
    return NULL;
}

/* Called with the lock held. */
static const struct err *
law_keep(struct ctx *ctx, struct corpora *corpora, struct text root, const struct law **ret)
{
    const bool is_full = corpora->count == CORPORA_MAX;
    struct arena *arena = is_full ? ctx->arena : arena_new(CORPUS_ARENA_BYTES_MAX);
    struct law *law = NULL;
    const struct err *err = corpus_load(ctx, arena, root, &law);
    if (err != NULL) {
        if (!is_full) {
            arena_free(arena);
        }
        return err;
    }
    if (!is_full) {
        corpora->kept[corpora->count].root = law_root(law);
        corpora->kept[corpora->count].arena = arena;
        corpora->kept[corpora->count].law = law;
        corpora->count++;
    }
    *ret = law;
    return NULL;
}
