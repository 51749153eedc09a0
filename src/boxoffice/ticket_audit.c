#include "boxoffice/ticket_audit.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "boxoffice/compliance.sql.h"
#include "boxoffice/day_digest.h"
#include "boxoffice/day_digest.sql.h"
#include "boxoffice/ingest.h"
#include "boxoffice/series.h"
#include "boxoffice/ticket_audit.sql.h"

/* Twenty segments as they come, and one opened. */
enum { PAGE_BYTES = 128 * 1024 * 1024 };

/* What one screening and tariff comes to, by the segments. */
struct sum {
    int64_t start_tenths;
    struct text tariff;
    int64_t sold, cancelled, gross, refunded;
};
struct sums {
    struct sum *items;
    size_t count, room;
    uint32_t *slots; /* places from 1 */
    size_t size;
};
struct auditing {
    struct ctx *ctx;
    struct ticket_audit *audit;
    struct audit_screens_row screen;
    struct sums sums;
    struct ticket_finder *finder;
    struct ctx page; /* for a page of segments: its memory goes with the page */
};

static void
tell(struct auditing *auditing, struct text what)
{
    auditing->audit->faults++;
    if (auditing->audit->fault != NULL) {
        auditing->audit->fault(auditing->audit->arg, what);
    }
}
#define TELL(auditing, ...) tell((auditing), text_printf((auditing)->ctx->arena, __VA_ARGS__))

static size_t
slot_of(const struct sums *sums, int64_t start_tenths, struct text tariff)
{
    uint64_t hash = (uint64_t)start_tenths * UINT64_C(0x9e3779b97f4a7c15);
    for (size_t i = 0; i < tariff.len; i++) {
        hash = (hash ^ (unsigned char)tariff.at[i]) * UINT64_C(1099511628211);
    }
    size_t slot = (size_t)(hash ^ hash >> 32) & (sums->size - 1);
    while (sums->slots[slot] != 0) {
        const struct sum *sum = &sums->items[sums->slots[slot] - 1];
        if (sum->start_tenths == start_tenths && text_equal(sum->tariff, tariff)) {
            break;
        }
        slot = (slot + 1) & (sums->size - 1);
    }
    return slot;
}

static struct sum *
sum_of(struct arena *arena, struct sums *sums, const struct ticket_line *line)
{
    if (sums->count == sums->room) {
        const struct sums before = *sums;
        sums->room = before.room == 0 ? 512 : before.room * 4;
        sums->size = sums->room * 2;
        sums->items = ARENA_ARRAY(arena, struct sum, sums->room);
        sums->slots = ARENA_ARRAY(arena, uint32_t, sums->size);
        for (size_t i = 0; i < before.count; i++) {
            sums->items[i] = before.items[i];
            sums->slots[slot_of(sums, before.items[i].start_tenths, before.items[i].tariff)] = (uint32_t)i + 1;
        }
    }
    const size_t slot = slot_of(sums, line->start.tenths, line->tariff);
    if (sums->slots[slot] == 0) {
        sums->items[sums->count++] =
            (struct sum){.start_tenths = line->start.tenths, .tariff = text_copy(arena, line->tariff)};
        sums->slots[slot] = (uint32_t)sums->count;
    }
    return &sums->items[sums->slots[slot] - 1];
}

static int
compare_numbers(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a;
    const int64_t y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static const struct err *
take_line(struct auditing *auditing, int64_t series, const struct segment_line *line)
{
    struct ctx *ctx = auditing->ctx;
    auditing->audit->lines++;
    if (auditing->audit->line != NULL) {
        TRY(auditing->audit->line(ctx, auditing->audit->arg, line));
    }
    if (auditing->audit->lines_only) {
        return NULL;
    }
    if (!line->line.cancels) {
        struct sum *sum = sum_of(ctx->arena, &auditing->sums, &line->line);
        sum->sold++;
        sum->gross += line->line.price_centimes;
        return NULL;
    }
    struct ticket_found found;
    TRY(ticket_find(&auditing->page, auditing->finder, series, line->line.number, &found));
    if (found.is_sold) { /* else it waits for its sale and counts nowhere */
        struct sum *sum = sum_of(ctx->arena, &auditing->sums, &found.sale.line);
        sum->cancelled++;
        sum->refunded += found.sale.line.price_centimes;
    }
    return NULL;
}

/* The segment's lines; its sales' numbers go into ranges. */
static const struct err *
take_segment(struct auditing *auditing, int64_t series, const struct audit_segments_row *row,
             struct number_ranges *ranges)
{
    struct ctx *ctx = auditing->ctx;
    auditing->audit->segments++;
    struct segment segment;
    if (!hash_equal(hash_of_text(row->packed), row->sha256)) {
        TELL(auditing, "segment %lld differs from its hash", (long long)row->id);
        return NULL;
    }
    const struct err *err = segment_open(auditing->page.arena, row->packed, &segment);
    if (err != NULL) {
        TELL(auditing, "segment %lld cannot be read", (long long)row->id);
        return NULL;
    }
    if (segment.rows != row->rows || !text_equal(segment.screen, auditing->screen.code)) {
        TELL(auditing, "segment %lld is not of the screen or the size that its row says", (long long)row->id);
    }
    int64_t *numbers = ARENA_ARRAY(auditing->page.arena, int64_t, segment.rows);
    size_t count = 0;
    for (uint32_t i = 0; i < segment.rows; i++) {
        struct segment_line line;
        segment_line_get(&segment, i, &line);
        if (!line.line.cancels) {
            numbers[count++] = line.line.number;
        }
        TRY(take_line(auditing, series, &line));
    }
    qsort(numbers, count, sizeof numbers[0], compare_numbers);
    for (size_t i = 0; i < count; i++) {
        if ((i > 0 && numbers[i] == numbers[i - 1]) || ranges_hold(ranges, numbers[i])) {
            TELL(auditing, "screen %.*s: number %lld is in segments twice", TEXT_ARG(auditing->screen.code),
                 (long long)numbers[i]);
        }
    }
    *ranges = ranges_add(ctx->arena, ranges, numbers, count);
    return NULL;
}

static const struct err *
compare_ranges(struct auditing *auditing, const struct screen_series_row *series, const struct number_ranges *ranges)
{
    struct ctx *ctx = auditing->ctx;
    size_t at = 0;
    int64_t after = 0;
    bool is_same = true;
    for (;;) {
        struct audit_ranges_rows rows;
        TRY(audit_ranges(ctx, series->id, after, &rows));
        for (size_t i = 0; i < rows.count; i++) {
            is_same = is_same && at < ranges->count && ranges->items[at].from == rows.items[i].from_number &&
                      ranges->items[at].to == rows.items[i].to_number;
            at++;
            after = rows.items[i].from_number;
        }
        if (rows.count == 0) {
            break;
        }
    }
    if (!is_same || at != ranges->count) {
        TELL(auditing, "screen %.*s, series %.*s: the ranges are not the numbers in its segments",
             TEXT_ARG(auditing->screen.code), TEXT_ARG(series->code));
    }
    return NULL;
}

static const struct err *
take_series(struct auditing *auditing, const struct screen_series_row *series)
{
    auditing->audit->series++;
    struct number_ranges ranges = {0};
    struct audit_segments_in in = {.series = series->id};
    for (;;) {
        const struct arena_mark mark = arena_mark(auditing->page.arena);
        struct audit_segments_rows rows;
        TRY(audit_segments(&auditing->page, &in, &rows));
        for (size_t i = 0; i < rows.count; i++) {
            const struct audit_segments_row *row = &rows.items[i];
            TRY(take_segment(auditing, series->id, row, &ranges));
            in = (struct audit_segments_in){series->id, row->last_number, row->first_number, row->id};
        }
        arena_rewind(auditing->page.arena, mark);
        if (rows.count == 0) {
            break;
        }
    }
    return auditing->audit->lines_only ? NULL : compare_ranges(auditing, series, &ranges);
}

static const struct err *
compare_counts(struct auditing *auditing)
{
    struct ctx *ctx = auditing->ctx;
    const struct sums *sums = &auditing->sums;
    size_t seen = 0;
    struct audit_counts_in in = {.screen = auditing->screen.id, .after = INT64_MIN, .tariff = TEXT("")};
    for (;;) {
        struct audit_counts_rows rows;
        TRY(audit_counts(ctx, &in, &rows));
        for (size_t i = 0; i < rows.count; i++) {
            const struct audit_counts_row *row = &rows.items[i];
            const size_t slot = sums->size == 0 ? 0 : slot_of(sums, row->start_tenths, row->tariff);
            const struct sum *sum =
                sums->size == 0 || sums->slots[slot] == 0 ? NULL : &sums->items[sums->slots[slot] - 1];
            seen += sum != NULL;
            if (sum == NULL || sum->sold != row->sold || sum->cancelled != row->cancelled ||
                sum->gross != row->gross.centimes || sum->refunded != row->refunded.centimes) {
                char start[32];
                const size_t len = ticket_time_write((struct ticket_time){.tenths = row->start_tenths}, start);
                TELL(auditing, "screen %.*s, screening %.*s, tariff %.*s: the counter is not the sum of its tickets",
                     TEXT_ARG(auditing->screen.code), (int)len, start, TEXT_ARG(row->tariff));
            }
            in.after = row->start_tenths;
            in.tariff = row->tariff;
        }
        if (rows.count == 0) {
            break;
        }
    }
    if (seen != sums->count) {
        TELL(auditing, "screen %.*s: %zu screenings have tickets and no counter", TEXT_ARG(auditing->screen.code),
             sums->count - seen);
    }
    return NULL;
}

static const struct err *
compare_days(struct auditing *auditing)
{
    struct ctx *ctx = auditing->ctx;
    struct date after = {0};
    for (;;) {
        struct audit_days_rows rows;
        TRY(audit_days(ctx, auditing->screen.id, after, &rows));
        for (size_t i = 0; i < rows.count; i++) {
            const struct audit_days_row *row = &rows.items[i];
            struct audit_day_sum_row sum;
            TRY(audit_day_sum(ctx, auditing->screen.id, row->day, &sum));
            if (sum.sold != row->sold || sum.cancelled != row->cancelled || sum.gross.centimes != row->gross.centimes ||
                sum.refunded.centimes != row->refunded.centimes) {
                char day[11];
                date_print(row->day, day);
                TELL(auditing, "screen %.*s, day %s: the day's counter is not the sum of its screenings",
                     TEXT_ARG(auditing->screen.code), day);
            }
            after = row->day;
        }
        if (rows.count == 0) {
            return NULL;
        }
    }
}

/* Days in the log; those of the last days may be open still. */
static const struct err *
compare_digests(struct auditing *auditing)
{
    struct ctx *ctx = auditing->ctx;
    struct date after = {0};
    for (;;) {
        const struct arena_mark mark = arena_mark(ctx->arena);
        struct ticket_day_due_row row;
        bool found = false;
        TRY(ticket_day_due(ctx, after, &row, &found));
        if (!found) {
            return NULL;
        }
        after = row.day;
        bool is_closed = false;
        bool is_same = false;
        TRY(ticket_day_check(ctx, row.day, &is_closed, &is_same));
        if (is_closed && !is_same) {
            char day[11];
            date_print(row.day, day);
            TELL(auditing, "day %s: its segments are not those that the log has", day);
        }
        arena_rewind(ctx->arena, mark);
    }
}

const struct err *
tickets_audit(struct ctx *ctx, struct ticket_audit *audit)
{
    DEFER(arena_free_at) struct arena *page = arena_new(PAGE_BYTES);
    DEFER(ticket_finder_free) struct ticket_finder *finder = ticket_finder_new();
    struct auditing auditing = {.ctx = ctx, .audit = audit, .finder = finder, .page = *ctx};
    auditing.page.arena = page;
    int64_t after = 0;
    for (;;) {
        const struct arena_mark mark = arena_mark(ctx->arena);
        struct audit_screens_rows screens;
        TRY(audit_screens(ctx, after, &screens));
        if (screens.count == 0) {
            break;
        }
        for (size_t i = 0; i < screens.count; i++) {
            const struct arena_mark inner = arena_mark(ctx->arena);
            auditing.screen = screens.items[i];
            auditing.sums = (struct sums){0};
            audit->screens++;
            struct screen_series_rows series;
            TRY(screen_series(ctx, screens.items[i].id, &series));
            for (size_t k = 0; k < series.count; k++) {
                TRY(take_series(&auditing, &series.items[k]));
            }
            if (!audit->lines_only) {
                TRY(compare_counts(&auditing));
                TRY(compare_days(&auditing));
            }
            after = screens.items[i].id;
            arena_rewind(ctx->arena, inner);
        }
        arena_rewind(ctx->arena, mark);
    }
    return audit->lines_only ? NULL : compare_digests(&auditing);
}
