/* The thread and its rounds. */
#include "app/mail.h"

#include <pthread.h>
#include <stdio.h>

#include "app/files.h"
#include "app/round.h"
#include "base/legal_time.h"
#include "base/limits.h"
#include "base/world.h"

struct mailer {
    struct mail_options options;
    struct round_thread *thread;
};

/* One letter, and what became of it. */
struct sending {
    const struct mail_options *options;
    const struct outbox_letter *letter;
    struct text failure;
};

static const struct err *count_new(struct ctx *ctx, void *arg);
static const struct err *tell_new(struct ctx *ctx, void *arg);
static const struct err *read_due(struct ctx *ctx, void *arg);
static const struct err *record(struct ctx *ctx, void *arg);
static const struct err *once(void *arg, struct arena *arena);

/* Shared by the steps of a round. */
struct round {
    const struct mail_options *options;
    struct mail_round *result;
    int64_t waiting; /* notifications that nobody was told of */
    struct outbox_letter *letters;
    size_t letters_count;
};

const struct err *
mail_round(const struct mail_options *options, struct arena *arena, struct mail_round *ret)
{
    struct ctx ctx = options->ctx;
    ctx.arena = arena;
    if (!options->has_own_day) {
        ctx.today = legal_day(ctx.world->now_ms(ctx.world));
    }
    *ret = (struct mail_round){0};
    struct round round = {.options = options, .result = ret};
    TRY(store_read(options->store, &ctx, count_new, &round));
    if (round.waiting > 0) {
        TRY(writer_run(options->writer, &ctx, tell_new, &round));
    }
    TRY(store_read(options->store, &ctx, read_due, &round));
    for (size_t i = 0; i < round.letters_count; i++) {
        struct sending sending = {.options = options, .letter = &round.letters[i]};
        sending.failure = mail_send(arena, options, sending.letter);
        TRY(writer_run(options->writer, &ctx, record, &sending));
        ret->sent += sending.failure.at == NULL ? 1 : 0;
        ret->failed += sending.failure.at == NULL ? 0 : 1;
    }
    return NULL;
}

const struct err *
mailer_start(struct arena *arena, const struct mail_options *options, struct mailer **ret)
{
    struct mailer *mailer = ARENA_NEW(arena, struct mailer);
    *mailer = (struct mailer){.options = *options};
    TRY(folder_make(arena, options->folder));
    TRY(round_start(arena, OUTBOX_LOOK_MS, once, mailer, &mailer->thread));
    *ret = mailer;
    return NULL;
}

void
mailer_stop(struct mailer *mailer)
{
    if (mailer != NULL) {
        round_stop(mailer->thread);
    }
}

static const struct err *
once(void *arg, struct arena *arena)
{
    const struct mailer *mailer = arg;
    struct mail_round result;
    TRY(mail_round(&mailer->options, arena, &result));
    if (result.failed > 0) {
        fprintf(stderr, "{\"level\":\"warning\",\"event\":\"mail\",\"failed\":%lld,\"sent\":%lld}\n",
                (long long)result.failed, (long long)result.sent);
    }
    return NULL;
}

static const struct err *
count_new(struct ctx *ctx, void *arg)
{
    struct round *round = arg;
    return mail_waiting(ctx, &round->waiting);
}

static const struct err *
tell_new(struct ctx *ctx, void *arg)
{
    struct round *round = arg;
    return mail_tell(ctx, round->options, &round->result->told);
}

static const struct err *
read_due(struct ctx *ctx, void *arg)
{
    struct round *round = arg;
    return outbox_due(ctx, OUTBOX_ROUND, &round->letters, &round->letters_count);
}

static const struct err *
record(struct ctx *ctx, void *arg)
{
    const struct sending *sending = arg;
    return sending->failure.at == NULL ? outbox_sent(ctx, sending->letter->id, sending->options->is_demo)
                                       : outbox_failed(ctx, sending->letter, sending->failure);
}
