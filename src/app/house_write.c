#include "app/house_write.h"

#include <assert.h>

#include "acts/corpus.h"
#include "acts/log.h"
#include "app/files.h"
#include "app/law_open.h"
#include "app/world_real.h"
#include "base/legal_time.h"
#include "base/limits.h"
#include "base/world.h"

/* Everything that is open while a command writes. */
struct writing {
    const struct house_writing *of;
    struct arena *arena;
    struct arena *log_arena;
    struct arena *law_arena;
    struct signer *signer;
    struct house house;
    struct log *log;
};

static struct world *world_of(const struct writing *writing);
static const struct err *start_signer(struct writing *writing);
static const struct err *write(struct writing *writing);
static const struct err *begin_log(struct ctx *ctx, void *log);
static const struct err *in_transaction(struct writing *writing, tx_fn *fn, void *arg);
static const struct err *load(struct ctx *ctx, void *arena);
static void stop(struct writing *writing);

const struct err *
house_write(struct arena *arena, const struct house_writing *of)
{
    assert((of->how == HOUSE_CREATE) == (of->origin != NULL));
    DEFER(stop)
    struct writing writing = {.of = of, .arena = arena};
    TRY(start_signer(&writing)); /* before the database is open, so that it inherits nothing of it */
    TRY(house_open(arena, of->options, of->how, &writing.house));
    struct ctx *ctx = &writing.house.ctx;
    if (of->world != NULL) {
        ctx->world = of->world;
        ctx->today = legal_day(of->world->now_ms(of->world));
    }
    TRY(store_lease(ctx, writing.house.store));
    writing.log_arena = arena_new(ARENA_BYTES_MAX);
    TRY(log_open(ctx, writing.log_arena, writing.house.store, writing.signer, &writing.log));
    return write(&writing);
}

const struct err *
house_law(struct house *house, struct arena *arena)
{
    return store_read(house->store, &house->ctx, load, arena);
}

static struct world *
world_of(const struct writing *writing)
{
    return writing->of->world == NULL ? world_real() : writing->of->world;
}

static const struct err *
start_signer(struct writing *writing)
{
    const struct options *options = writing->of->options;
    const char *data = options->data;
    const struct text folder = text_printf(writing->arena, "%s/signer", data);
    if (writing->of->how == HOUSE_CREATE) {
        if (file_exists(text_cstr(writing->arena, text_printf(writing->arena, "%s/documents", data)))) {
            return FAIL(writing->arena, ERR_CONFLICT, "%s holds a house already", data);
        }
        TRY(folder_make(writing->arena, data));
        TRY(signer_create(writing->arena, world_of(writing), folder, text_of(writing->of->origin)));
    } else if (!file_exists(data)) {
        return FAIL(writing->arena, ERR_NOT_FOUND, "there is no folder %s", data);
    }
    const struct signer_options signer = {.folder = folder, .world = world_real()};
    return signer_start(writing->arena, &signer, &writing->signer);
}

static const struct err *
write(struct writing *writing)
{
    struct ctx *ctx = &writing->house.ctx;
    if (writing->of->how == HOUSE_CREATE) {
        TRY(in_transaction(writing, begin_log, writing->log));
    } else {
        writing->law_arena = arena_new(LAW_ARENA_BYTES_MAX);
        TRY(house_law(&writing->house, writing->law_arena));
    }
    do {
        TRY(in_transaction(writing, writing->of->fn, writing->of->arg));
    } while (writing->of->again != NULL && *writing->of->again);
    ctx->law = NULL; /* its arena goes with the rest */
    return NULL;
}

static const struct err *
begin_log(struct ctx *ctx, void *log)
{
    struct act act;
    return log_begin(ctx, log, TEXT("the register begins"), &act);
}

/* Committed, then signed and published, or nothing at all. */
static const struct err *
in_transaction(struct writing *writing, tx_fn *fn, void *arg)
{
    struct ctx *ctx = &writing->house.ctx;
    TRY(tx_begin(writing->house.store, ctx, TX_WRITE));
    const struct err *err = fn(ctx, arg);
    if (err == NULL) {
        err = log_guard(ctx, writing->log);
    }
    if (err != NULL) {
        tx_rollback(ctx);
        return err;
    }
    TRY(tx_commit(ctx));
    return log_publish(ctx, writing->log);
}

static const struct err *
load(struct ctx *ctx, void *arena)
{
    struct corpus corpus;
    bool found = false;
    TRY(corpus_in_force(ctx, &corpus, &found));
    ctx->law = NULL;
    if (!found) {
        return NULL;
    }
    struct law *law = NULL;
    TRY(corpus_load(ctx, arena, corpus.root, &law));
    ctx->law = law;
    return NULL;
}

static void
stop(struct writing *writing)
{
    log_close(writing->log);
    signer_stop(writing->signer);
    house_close(&writing->house);
    arena_free(writing->log_arena);
    arena_free(writing->law_arena);
}
