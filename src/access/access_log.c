#include "access/access_log.h"

#include <assert.h>

#include "access/access_log.sql.h"
#include "base/world.h"
#include "store/counter.h"

static const char *const codes[ACCESS_EVENTS] = {
    [ACCESS_REFUSED] = "refused",
    [ACCESS_READ] = "read",
    [ACCESS_SIGNED_IN] = "signed_in",
    [ACCESS_SECRET_CHANGED] = "secret_changed",
};

const char *
access_event_code(enum access_event event)
{
    assert(event >= ACCESS_REFUSED && event < ACCESS_EVENTS);
    return codes[event];
}

const struct err *
access_log_add(struct ctx *ctx, enum access_event event, struct account_id account, struct text subject,
               struct text why, struct text remote)
{
    struct access_log_make_in row = {
        .at_ms = ctx->world->now_ms(ctx->world),
        .day = ctx->today,
        .event = text_of(access_event_code(event)),
        .account = account,
        .subject = subject,
        .why = why.len > 0 ? why : TEXT(""),
        .remote = remote.len > 0 ? remote : TEXT(""),
    };
    TRY(counter_next(ctx, TEXT("access_log"), &row.id));
    return access_log_make(ctx, &row);
}

const struct err *
access_log_of_subject(struct ctx *ctx, struct text subject, int64_t before, struct access_entry **ret,
                      size_t *ret_count)
{
    struct access_log_by_subject_rows rows;
    TRY(access_log_by_subject(ctx, subject, before == 0 ? INT64_MAX : before, &rows));
    *ret = ARENA_ARRAY(ctx->arena, struct access_entry, rows.count);
    *ret_count = rows.count;
    for (size_t i = 0; i < rows.count; i++) {
        const struct access_log_by_subject_row *row = &rows.items[i];
        (*ret)[i] = (struct access_entry){row->id,      row->at_ms,   row->day, row->event,
                                          row->account, row->subject, row->why, row->remote};
    }
    return NULL;
}

const struct err *
access_log_of_account(struct ctx *ctx, struct account_id account, int64_t before, struct access_entry **ret,
                      size_t *ret_count)
{
    struct access_log_by_account_rows rows;
    TRY(access_log_by_account(ctx, account, before == 0 ? INT64_MAX : before, &rows));
    *ret = ARENA_ARRAY(ctx->arena, struct access_entry, rows.count);
    *ret_count = rows.count;
    for (size_t i = 0; i < rows.count; i++) {
        const struct access_log_by_account_row *row = &rows.items[i];
        (*ret)[i] = (struct access_entry){row->id,      row->at_ms,   row->day, row->event,
                                          row->account, row->subject, row->why, row->remote};
    }
    return NULL;
}
