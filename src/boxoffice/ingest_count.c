/* Counters: by screening and tariff, by cinema day and screen. Additive, so that machines merge by sum. */
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "boxoffice/flag.h"
#include "boxoffice/flag.sql.h"
#include "boxoffice/ingest.sql.h"
#include "boxoffice/ingest_parts.h"
#include "store/counter.h"

/* What one screening and tariff gains. */
struct gain {
    struct ticket_time start;
    struct text tariff;
    int64_t sold;
    int64_t cancelled;
    int64_t gross;
    int64_t refunded;
    int64_t last_at; /* of its sales, in tenths */
};
struct gains {
    struct gain *items;
    size_t count;
    size_t last; /* the one met last: lines repeat themselves */
    uint32_t *slots;
    size_t mask;
};

static struct gains
gains_new(struct arena *arena, size_t lines)
{
    size_t size = 16;
    while (size < 2 * lines) {
        size *= 2;
    }
    return (struct gains){.items = ARENA_ARRAY(arena, struct gain, lines + 1),
                          .slots = ARENA_ARRAY(arena, uint32_t, size),
                          .mask = size - 1};
}

static bool
is_of(const struct gain *gain, const struct ticket_line *line)
{
    return gain->start.tenths == line->start.tenths && text_equal(gain->tariff, line->tariff);
}

/* slots hold places from 1; 0 is free. */
static struct gain *
gain_of(struct gains *gains, const struct ticket_line *line)
{
    if (gains->count > 0 && is_of(&gains->items[gains->last], line)) {
        return &gains->items[gains->last];
    }
    uint64_t hash = (uint64_t)line->start.tenths * UINT64_C(0x9e3779b97f4a7c15);
    for (size_t i = 0; i < line->tariff.len; i++) {
        hash = (hash ^ (unsigned char)line->tariff.at[i]) * UINT64_C(1099511628211);
    }
    size_t slot = (size_t)(hash ^ hash >> 32) & gains->mask;
    while (gains->slots[slot] != 0) {
        if (is_of(&gains->items[gains->slots[slot] - 1], line)) {
            gains->last = gains->slots[slot] - 1;
            return &gains->items[gains->last];
        }
        slot = (slot + 1) & gains->mask;
    }
    gains->last = gains->count;
    gains->items[gains->count++] = (struct gain){.start = line->start, .tariff = line->tariff, .last_at = INT64_MIN};
    gains->slots[slot] = (uint32_t)gains->count;
    return &gains->items[gains->last];
}

/* Cancellations that came before the sales which this group brings. */
static const struct err *
meet_waiting(struct ctx *ctx, struct intake_group *group, struct gains *gains)
{
    const struct ticket_cancellations_waiting_in in = {.series = group->series,
                                                       .from_number = group->numbers[0],
                                                       .to_number = group->numbers[group->numbers_count - 1]};
    struct ticket_cancellations_waiting_rows rows;
    TRY(ticket_cancellations_waiting(ctx, &in, &rows));
    size_t kept = 0;
    for (size_t i = 0; i < rows.count; i++) {
        while (kept < group->kept_count &&
               (group->kept[kept].line.number < rows.items[i].number || group->kept[kept].line.cancels)) {
            kept++;
        }
        if (kept == group->kept_count || group->kept[kept].line.number != rows.items[i].number) {
            continue;
        }
        struct gain *gain = gain_of(gains, &group->kept[kept].line);
        gain->cancelled++;
        gain->refunded += group->kept[kept].line.price_centimes;
        TRY(ticket_cancellation_met(ctx, group->series, rows.items[i].number));
    }
    return NULL;
}

static int
compare_gains(const void *a, const void *b)
{
    const struct gain *x = a;
    const struct gain *y = b;
    if (x->start.tenths != y->start.tenths) {
        return x->start.tenths < y->start.tenths ? -1 : 1;
    }
    return text_compare(x->tariff, y->tariff);
}

/* The screening, or a new one that nobody announced. */
static const struct err *
screening_of(struct ctx *ctx, const struct intake_group *group, struct ticket_time start,
             struct screening_find_row *ret)
{
    bool found = false;
    TRY(screening_find(ctx, group->screen, start.tenths, ret, &found));
    if (found) {
        return NULL;
    }
    const struct date day = cinema_day(start);
    struct screening_insert_in in = {.screen = group->screen, .start_tenths = start.tenths, .day = day};
    TRY(counter_next(ctx, TEXT("screening"), &in.id));
    TRY(screening_norms(ctx, group->screen, day, NULL, 0, &in.norms));
    *ret = (struct screening_find_row){.id = in.id, .norms = in.norms};
    return screening_insert(ctx, &in);
}

/* Sales after a screening's end; lines are looked at only when the last of them is one. */
static int64_t
late_sales(const struct intake_group *group, struct ticket_time start, int64_t end_tenths)
{
    int64_t late = 0;
    for (size_t i = 0; i < group->kept_count; i++) {
        const struct ticket_line *line = &group->kept[i].line;
        late += !line->cancels && line->start.tenths == start.tenths && line->at.tenths > end_tenths;
    }
    return late;
}

/* One screening: its tariffs lie side by side. Each is counted; then what may be an infringement is flagged. */
static const struct err *
write_screening(struct ctx *ctx, struct intake *intake, const struct intake_group *group, const struct gain *gains,
                size_t count)
{
    struct screening_find_row row;
    TRY(screening_of(ctx, group, gains[0].start, &row));
    struct intake_screening screening = {.id = row.id,
                                         .screen = intake->ingest->batch->lines[group->part->first].line.screen,
                                         .start = gains[0].start,
                                         .seats = row.has_seats ? row.seats : group->seats,
                                         .norms = row.norms};
    int64_t last_at = INT64_MIN;
    for (size_t i = 0; i < count; i++) {
        const struct gain *gain = &gains[i];
        const struct screening_count_add_in in = {.screening = row.id,
                                                  .tariff = gain->tariff,
                                                  .sold = gain->sold,
                                                  .cancelled = gain->cancelled,
                                                  .gross = {gain->gross},
                                                  .refunded = {gain->refunded}};
        TRY(screening_count_add(ctx, &in));
        screening.sold += gain->sold;
        screening.cancelled += gain->cancelled;
        last_at = gain->last_at > last_at ? gain->last_at : last_at;
        if (gain->sold > 0 && row.norms.len > 0 && memmem(row.norms.at, row.norms.len, "school:", 7) != NULL) {
            struct screening_tariff_family_row tariff;
            bool found = false;
            TRY(screening_tariff_family(ctx, row.id, gain->tariff, &tariff, &found));
            screening.school += found && text_is(tariff.family, "school") ? gain->sold : 0;
        }
    }
    const int64_t end = gains[0].start.tenths + row.planned_minutes * INT64_C(600);
    if (row.has_planned_minutes && last_at > end) {
        screening.late = late_sales(group, gains[0].start, end);
    }
    return intake_flags(ctx, intake, &screening);
}

static const struct err *
write_gains(struct ctx *ctx, struct intake *intake, const struct intake_group *group, struct gains *gains)
{
    qsort(gains->items, gains->count, sizeof gains->items[0], compare_gains);
    struct day_count_add_in day = {.screen = group->screen};
    for (size_t i = 0; i < gains->count;) {
        const struct gain *gain = &gains->items[i];
        const struct date on = cinema_day(gain->start);
        if (i > 0 && date_compare(on, day.day) != 0) {
            TRY(day_count_add(ctx, &day));
            day = (struct day_count_add_in){.screen = group->screen};
        }
        day.day = on;
        size_t next = i;
        for (; next < gains->count && gains->items[next].start.tenths == gain->start.tenths; next++) {
            day.sold += gains->items[next].sold;
            day.cancelled += gains->items[next].cancelled;
            day.gross.centimes += gains->items[next].gross;
            day.refunded.centimes += gains->items[next].refunded;
        }
        TRY(write_screening(ctx, intake, group, gain, next - i));
        i = next;
    }
    return gains->count == 0 ? NULL : day_count_add(ctx, &day);
}

const struct err *
intake_count(struct ctx *ctx, struct intake *intake, struct intake_group *group)
{
    struct gains gains = gains_new(ctx->arena, group->kept_count + group->cancelled_sales_count);
    for (size_t i = 0; i < group->kept_count; i++) {
        const struct ticket_line *line = &group->kept[i].line;
        if (!line->cancels) {
            struct gain *gain = gain_of(&gains, line);
            gain->sold++;
            gain->gross += line->price_centimes;
            gain->last_at = line->at.tenths > gain->last_at ? line->at.tenths : gain->last_at;
        }
    }
    for (size_t i = 0; i < group->cancelled_sales_count; i++) {
        struct gain *gain = gain_of(&gains, &group->cancelled_sales[i].line);
        gain->cancelled++;
        gain->refunded += group->cancelled_sales[i].line.price_centimes;
    }
    if (group->numbers_count > 0) {
        TRY(meet_waiting(ctx, group, &gains));
    }
    return write_gains(ctx, intake, group, &gains);
}
