/* What becomes of one line: new, here already, or in contradiction with what is stored. */
#include <string.h>

#include "base/limits.h"
#include "boxoffice/ingest.sql.h"
#include "boxoffice/ingest_parts.h"

static bool
same_time(struct ticket_time a, struct ticket_time b)
{
    return a.tenths == b.tenths && a.offset_minutes == b.offset_minutes;
}

/* Every member alike: a till that repeats itself repeats it to the letter. */
static bool
same_line(const struct ticket_line *a, const struct ticket_line *b)
{
    return a->given == b->given && a->number == b->number && a->price_centimes == b->price_centimes &&
           a->cancels == b->cancels && a->printed == b->printed && same_time(a->start, b->start) &&
           same_time(a->at, b->at) && same_time(a->offline_at, b->offline_at) && text_equal(a->screen, b->screen) &&
           text_equal(a->series, b->series) && text_equal(a->tariff, b->tariff) && text_equal(a->point, b->point) &&
           text_equal(a->visa, b->visa) && text_equal(a->seat, b->seat) && text_equal(a->reason, b->reason);
}

enum { FINDER_SLOTS = 4, FINDER_SLOT_BYTES = 2 * SEGMENT_BYTES_MAX + 16 * 1024 * 1024 };

struct finder_slot {
    struct arena *arena;
    int64_t segment_id; /* 0: empty */
    uint64_t used;
    struct segment segment;
};
struct ticket_finder {
    struct arena *arena;     /* its own, and the texts of what was found last */
    struct arena_mark found; /* where those begin */
    uint64_t clock;
    struct finder_slot slots[FINDER_SLOTS];
};

struct ticket_finder *
ticket_finder_new(void)
{
    struct arena *arena = arena_new(64 * 1024);
    struct ticket_finder *finder = ARENA_NEW(arena, struct ticket_finder);
    finder->arena = arena;
    finder->found = arena_mark(arena);
    return finder;
}

void
ticket_finder_free(struct ticket_finder **finder)
{
    if (*finder == NULL) {
        return;
    }
    for (size_t i = 0; i < FINDER_SLOTS; i++) {
        arena_free((*finder)->slots[i].arena);
    }
    arena_free((*finder)->arena);
}

/* The segment, open: one that is open already, or in the place of the one that was not used for longest. */
static const struct err *
segment_of(struct ctx *ctx, struct ticket_finder *finder, int64_t id, const struct segment **ret)
{
    struct finder_slot *slot = &finder->slots[0];
    for (size_t i = 0; i < FINDER_SLOTS; i++) {
        if (finder->slots[i].segment_id == id) {
            finder->slots[i].used = ++finder->clock;
            *ret = &finder->slots[i].segment;
            return NULL;
        }
        slot = finder->slots[i].used < slot->used ? &finder->slots[i] : slot;
    }
    arena_free(slot->arena);
    *slot = (struct finder_slot){.arena = arena_new(FINDER_SLOT_BYTES), .used = ++finder->clock};
    struct ctx reading = *ctx;
    reading.arena = slot->arena;
    struct ticket_segment_get_row row;
    const struct err *err = ticket_segment_get(&reading, id, &row);
    if (err == NULL && !hash_equal(hash_of_text(row.packed), row.sha256)) {
        err = FAIL(slot->arena, ERR_DB_CORRUPT, "ticket segment %lld differs from its hash", (long long)id);
    }
    if (err == NULL) {
        err = segment_open(slot->arena, row.packed, &slot->segment);
    }
    if (err != NULL) {
        return FAIL(ctx->arena, err->code, "%s", err_print(ctx->arena, err)); /* its own memory goes with the slot */
    }
    slot->segment_id = id;
    *ret = &slot->segment;
    return NULL;
}

/* A segment may be closed before its line is looked at. */
static void
keep_texts(struct arena *arena, struct ticket_line *line)
{
    struct text *const texts[] = {&line->screen, &line->series, &line->tariff, &line->point,
                                  &line->visa,   &line->seat,   &line->reason};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        *texts[i] = text_copy(arena, *texts[i]);
    }
}

const struct err *
ticket_find(struct ctx *ctx, struct ticket_finder *finder, int64_t series, int64_t number, struct ticket_found *ret)
{
    memset(ret, 0, sizeof *ret);
    const struct arena_mark mark = arena_mark(ctx->arena);
    arena_rewind(finder->arena, finder->found);
    struct ticket_segments_holding_rows rows;
    TRY(ticket_segments_holding(ctx, series, number, &rows));
    for (size_t i = 0; i < rows.count && !(ret->is_sold && ret->is_cancelled); i++) {
        const struct segment *segment = NULL;
        TRY(segment_of(ctx, finder, rows.items[i].id, &segment));
        uint32_t found[2];
        const size_t count = segment_find(segment, number, found);
        for (size_t row = 0; row < count; row++) {
            struct segment_line line;
            segment_line_get(segment, found[row], &line);
            keep_texts(finder->arena, &line.line);
            if (line.line.cancels) {
                ret->cancellation = line;
                ret->is_cancelled = true;
            } else {
                ret->sale = line;
                ret->is_sold = true;
            }
        }
    }
    arena_rewind(ctx->arena, mark);
    return NULL;
}

/* The sale of that number among what this batch brought so far: its numbers rise, so it is the last one. */
static const struct segment_line *
kept_sale(const struct intake_group *group, int64_t number)
{
    for (size_t i = group->kept_count; i-- > 0 && group->kept[i].line.number >= number;) {
        if (group->kept[i].line.number == number && !group->kept[i].line.cancels) {
            return &group->kept[i];
        }
    }
    return NULL;
}

const struct err *
intake_sale(struct ctx *ctx, const struct intake_group *group, const struct segment_line *line, enum intake_fate *ret)
{
    const struct segment_line *kept = kept_sale(group, line->line.number);
    if (kept != NULL) {
        *ret = same_line(&kept->line, &line->line) ? INTAKE_DUPLICATE : INTAKE_CONFLICT;
        return NULL;
    }
    if (!ranges_hold(&group->before, line->line.number)) {
        *ret = INTAKE_NEW;
        return NULL;
    }
    struct ticket_found stored;
    TRY(ticket_find(ctx, group->finder, group->series, line->line.number, &stored));
    if (!stored.is_sold) {
        return FAIL(ctx->arena, ERR_DB_CORRUPT, "number %lld of series %lld is in a range and in no segment",
                    (long long)line->line.number, (long long)group->series);
    }
    *ret = same_line(&stored.sale.line, &line->line) ? INTAKE_DUPLICATE : INTAKE_CONFLICT;
    return NULL;
}

const struct err *
intake_cancellation(struct ctx *ctx, struct intake_group *group, const struct segment_line *line, enum intake_fate *ret)
{
    const int64_t number = line->line.number;
    const struct segment_line *sale = kept_sale(group, number);
    const bool is_stored = sale == NULL && ranges_hold(&group->before, number);
    const struct ticket_cancellation_put_in in = {
        .series = group->series, .number = number, .waiting = sale == NULL && !is_stored};
    int64_t changed = 0;
    TRY(ticket_cancellation_put(ctx, &in, &changed));
    struct ticket_found stored = {0};
    if (changed == 0 || is_stored) {
        TRY(ticket_find(ctx, group->finder, group->series, number, &stored));
    }
    if (changed == 0) {
        /* Twice within one batch: what this batch kept is compared too. */
        const struct segment_line *last = group->kept_count > 0 ? &group->kept[group->kept_count - 1] : NULL;
        const bool in_batch = last != NULL && last->line.cancels && last->line.number == number;
        const struct ticket_line *other = in_batch ? &last->line : &stored.cancellation.line;
        *ret = (in_batch || stored.is_cancelled) && same_line(other, &line->line) ? INTAKE_DUPLICATE : INTAKE_CONFLICT;
        return NULL;
    }
    *ret = INTAKE_NEW;
    if (sale != NULL || stored.is_sold) {
        struct segment_line *kept = &group->cancelled_sales[group->cancelled_sales_count++];
        *kept = sale != NULL ? *sale : stored.sale;
        kept->line.tariff = text_copy(ctx->arena, kept->line.tariff); /* its segment will be closed */
    }
    return NULL;
}

void
intake_reject(struct intake *intake, uint32_t line, enum ticket_fault fault, enum ticket_field field)
{
    intake->rejected[intake->rejected_count++] = (struct batch_fault){line, fault, field};
}
