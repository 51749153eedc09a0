/* Counters: by screening and tariff, by cinema day and screen. Additive, so that machines merge by sum. */
#include "base/limits.h"
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
    gains->items[gains->count++] = (struct gain){.start = line->start, .tariff = line->tariff};
    gains->slots[slot] = (uint32_t)gains->count;
    return &gains->items[gains->last];
}

static const struct err *
screening_of(struct ctx *ctx, int64_t screen, struct ticket_time start, int64_t *ret)
{
    struct screening_find_row row;
    bool found = false;
    TRY(screening_find(ctx, screen, start.tenths, &row, &found));
    if (found) {
        *ret = row.id;
        return NULL;
    }
    TRY(counter_next(ctx, TEXT("screening"), ret));
    const struct screening_insert_in in = {
        .id = *ret, .screen = screen, .start_tenths = start.tenths, .day = cinema_day(start)};
    return screening_insert(ctx, &in);
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

static const struct err *
write_gains(struct ctx *ctx, const struct intake_group *group, const struct gains *gains)
{
    for (size_t i = 0; i < gains->count; i++) {
        const struct gain *gain = &gains->items[i];
        int64_t screening = 0;
        TRY(screening_of(ctx, group->screen, gain->start, &screening));
        const struct screening_count_add_in count = {.screening = screening,
                                                     .tariff = gain->tariff,
                                                     .sold = gain->sold,
                                                     .cancelled = gain->cancelled,
                                                     .gross = {gain->gross},
                                                     .refunded = {gain->refunded}};
        TRY(screening_count_add(ctx, &count));
    }
    /* By day: screenings of one batch lie on few of them. */
    for (size_t i = 0; i < gains->count; i++) {
        struct day_count_add_in day = {.day = cinema_day(gains->items[i].start), .screen = group->screen};
        bool is_first = true;
        for (size_t j = 0; j < gains->count; j++) {
            const struct gain *gain = &gains->items[j];
            if (date_compare(cinema_day(gain->start), day.day) != 0) {
                continue;
            }
            if (j < i) {
                is_first = false;
                break;
            }
            day.sold += gain->sold;
            day.cancelled += gain->cancelled;
            day.gross.centimes += gain->gross;
            day.refunded.centimes += gain->refunded;
        }
        if (is_first) {
            TRY(day_count_add(ctx, &day));
        }
    }
    return NULL;
}

const struct err *
intake_count(struct ctx *ctx, struct intake_group *group)
{
    struct gains gains = gains_new(ctx->arena, group->kept_count + group->cancelled_sales_count);
    for (size_t i = 0; i < group->kept_count; i++) {
        const struct ticket_line *line = &group->kept[i].line;
        if (!line->cancels) {
            struct gain *gain = gain_of(&gains, line);
            gain->sold++;
            gain->gross += line->price_centimes;
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
    return write_gains(ctx, group, &gains);
}
