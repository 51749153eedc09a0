#include "access/outbox.h"

#include <assert.h>

#include "access/outbox.sql.h"
#include "base/limits.h"
#include "base/world.h"
#include "store/counter.h"

static bool fits_a_head(struct text text, size_t bytes_max);
static struct outbox_letter letter_of(const struct outbox_rows_due_row *row);

const struct err *
outbox_put(struct ctx *ctx, const struct outbox_letter *letter)
{
    if (!fits_a_head(letter->recipient, EMAIL_BYTES_MAX) || !fits_a_head(letter->subject, NAME_BYTES_MAX)) {
        return FAIL(ctx->arena, ERR_INPUT, "an address or a subject that no letter can have");
    }
    if (letter->body.len > OUTBOX_BYTES_MAX) {
        return FAIL(ctx->arena, ERR_TOO_LARGE, "a letter of %zu bytes", letter->body.len);
    }
    int64_t id = 0;
    TRY(counter_next(ctx, TEXT("outbox"), &id));
    const enum lang lang = letter->lang == LANG_NONE ? LANG_AR : letter->lang;
    return outbox_insert(ctx, &(struct outbox_insert_in){.id = id,
                                                         .kind = letter->kind,
                                                         .recipient = letter->recipient,
                                                         .lang = text_of(lang_code(lang)),
                                                         .subject = letter->subject,
                                                         .body = letter->body,
                                                         .now_ms = ctx->world->now_ms(ctx->world)});
}

const struct err *
outbox_due(struct ctx *ctx, int64_t limit, struct outbox_letter **ret, size_t *ret_count)
{
    struct outbox_rows_due_rows rows;
    TRY(outbox_rows_due(ctx, ctx->world->now_ms(ctx->world), limit, &rows));
    *ret = ARENA_ARRAY(ctx->arena, struct outbox_letter, rows.count);
    *ret_count = rows.count;
    for (size_t i = 0; i < rows.count; i++) {
        (*ret)[i] = letter_of(&rows.items[i]);
    }
    return NULL;
}

const struct err *
outbox_last(struct ctx *ctx, int64_t before, int64_t limit, struct outbox_letter **ret, size_t *ret_count)
{
    struct outbox_rows_last_rows rows;
    TRY(outbox_rows_last(ctx, before == 0 ? INT64_MAX : before, limit, &rows));
    *ret = ARENA_ARRAY(ctx->arena, struct outbox_letter, rows.count);
    *ret_count = rows.count;
    for (size_t i = 0; i < rows.count; i++) {
        const struct outbox_rows_last_row *row = &rows.items[i];
        (*ret)[i] = letter_of(&(struct outbox_rows_due_row){.id = row->id,
                                                            .kind = row->kind,
                                                            .recipient = row->recipient,
                                                            .lang = row->lang,
                                                            .subject = row->subject,
                                                            .body = row->body,
                                                            .put_at_ms = row->put_at_ms,
                                                            .tries = row->tries});
    }
    return NULL;
}

const struct err *
outbox_sent(struct ctx *ctx, int64_t id, bool keep)
{
    int64_t changed = 0;
    return outbox_set_sent(
        ctx, &(struct outbox_set_sent_in){.id = id, .now_ms = ctx->world->now_ms(ctx->world), .keep = keep}, &changed);
}

const struct err *
outbox_failed(struct ctx *ctx, const struct outbox_letter *letter, struct text failure)
{
    const int64_t now_ms = ctx->world->now_ms(ctx->world);
    int64_t changed = 0;
    if (letter->tries + 1 >= OUTBOX_TRIES_MAX) {
        return outbox_set_given_up(
            ctx, &(struct outbox_set_given_up_in){.id = letter->id, .now_ms = now_ms, .failure = failure}, &changed);
    }
    int64_t pause_ms = OUTBOX_PAUSE_MS;
    for (int64_t i = 0; i < letter->tries && pause_ms < OUTBOX_PAUSE_MS_MAX; i++) {
        pause_ms *= 2;
    }
    pause_ms = pause_ms > OUTBOX_PAUSE_MS_MAX ? OUTBOX_PAUSE_MS_MAX : pause_ms;
    return outbox_set_failed(
        ctx, &(struct outbox_set_failed_in){.id = letter->id, .next_at_ms = now_ms + pause_ms, .failure = failure},
        &changed);
}

const struct err *
outbox_sweep(struct ctx *ctx, int64_t *ret_forgotten)
{
    return outbox_delete_done(ctx, ctx->world->now_ms(ctx->world) - OUTBOX_KEEP_MS, ret_forgotten);
}

const struct err *
outbox_told(struct ctx *ctx, struct text name, int64_t *ret, bool *ret_found)
{
    struct outbox_told_get_row row = {0};
    TRY(outbox_told_get(ctx, name, &row, ret_found));
    *ret = row.value;
    return NULL;
}

const struct err *
outbox_tell(struct ctx *ctx, struct text name, int64_t value)
{
    return outbox_told_put(ctx, name, value);
}

/* A line break in an address or a subject would begin a head line of the writer's choice. */
static bool
fits_a_head(struct text text, size_t bytes_max)
{
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.at[i] < 0x20 || text.at[i] == 0x7F) {
            return false;
        }
    }
    return text.len > 0 && text.len <= bytes_max;
}

static struct outbox_letter
letter_of(const struct outbox_rows_due_row *row)
{
    struct outbox_letter letter = {.id = row->id,
                                   .kind = row->kind,
                                   .recipient = row->recipient,
                                   .subject = row->subject,
                                   .body = row->body,
                                   .put_at_ms = row->put_at_ms,
                                   .tries = row->tries};
    const bool is_known = lang_from(row->lang, &letter.lang);
    assert(is_known); /* outbox_put() wrote a code */
    return letter;
}
