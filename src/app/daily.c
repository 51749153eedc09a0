#include "app/daily.h"

#include <stdio.h>

#include "access/outbox.h"
#include "access/session.h"
#include "app/round.h"
#include "base/legal_time.h"
#include "base/world.h"
#include "office/document.h"

enum {
    LOOK_MS = 20000,                /* how late the day may begin */
    LOOSE_MS = 2 * 24 * 3600 * 1000 /* a paper that was uploaded for a form that nobody finished */
};

struct daily_thread {
    struct daily_options options;
    struct round_thread *thread;
    struct date done; /* the last day that was worked on */
};

static const struct err *once(void *arg, struct arena *arena);

const struct err *
daily_work(struct ctx *ctx, void *arg)
{
    struct daily *daily = arg;
    *daily = (struct daily){0};
    struct daily_report *report = &daily->report;
    if (ctx->law != NULL) {
        TRY(office_day(ctx, &report->office));
    }
    TRY(access_sweep(ctx));
    TRY(outbox_sweep(ctx, &report->letters));
    TRY(document_sweep(ctx, ctx->world->now_ms(ctx->world) - LOOSE_MS, &daily->loose, &daily->loose_count));
    report->papers = (int64_t)daily->loose_count;
    return NULL;
}

const struct err *
daily_files(struct arena *arena, const char *data, const struct daily *daily)
{
    for (size_t i = 0; i < daily->loose_count; i++) {
        TRY(document_remove(arena, text_of(data), daily->loose[i]));
    }
    return NULL;
}

struct text
daily_line(struct arena *arena, struct date day, const struct daily_report *report)
{
    const struct text text = date_to_text(arena, day);
    return text_printf(arena,
                       "{\"level\":\"info\",\"event\":\"day\",\"day\":\"%.*s\",\"dossiers\":%lld,\"returned\":%lld,"
                       "\"overdue\":%lld,\"papers_removed\":%lld,\"letters_forgotten\":%lld}",
                       TEXT_ARG(text), (long long)report->office.looked_at, (long long)report->office.returned,
                       (long long)report->office.overdue, (long long)report->papers, (long long)report->letters);
}

const struct err *
daily_start(struct arena *arena, const struct daily_options *options, struct daily_thread **ret)
{
    struct daily_thread *thread = ARENA_NEW(arena, struct daily_thread);
    *thread = (struct daily_thread){.options = *options, .done = DATE_NONE};
    TRY(round_start(arena, LOOK_MS, once, thread, &thread->thread));
    *ret = thread;
    return NULL;
}

void
daily_stop(struct daily_thread *thread)
{
    if (thread != NULL) {
        round_stop(thread->thread);
    }
}

static const struct err *
once(void *arg, struct arena *arena)
{
    struct daily_thread *thread = arg;
    const struct daily_options *options = &thread->options;
    struct ctx ctx = options->ctx;
    ctx.arena = arena;
    if (!options->has_own_day) {
        ctx.today = legal_day(ctx.world->now_ms(ctx.world));
    }
    if (!date_is_none(thread->done) && date_compare(thread->done, ctx.today) == 0) {
        return NULL;
    }
    struct daily daily;
    TRY(writer_run(options->writer, &ctx, daily_work, &daily));
    thread->done = ctx.today;
    TRY(daily_files(arena, options->data, &daily));
    const struct text line = daily_line(arena, ctx.today, &daily.report);
    if (options->say != NULL) {
        options->say(line);
    } else {
        fprintf(stderr, "%.*s\n", TEXT_ARG(line));
    }
    return NULL;
}
