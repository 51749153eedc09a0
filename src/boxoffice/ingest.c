#include "boxoffice/ingest.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/world.h"
#include "boxoffice/ingest.sql.h"
#include "boxoffice/ingest_parts.h"
#include "boxoffice/series.h"
#include "store/counter.h"

static const struct err *ingest_group(struct ctx *ctx, struct intake *intake, const struct batch_group *group);
static const struct err *sort_out(struct ctx *ctx, struct intake *intake, struct intake_group *group);
static const struct err *write_ranges(struct ctx *ctx, const struct intake_group *group);
static const struct err *write_segment(struct ctx *ctx, const struct intake_group *group);
static const struct err *note_gaps(struct ctx *ctx, struct intake *intake, const struct intake_group *group);

static int
compare_faults(const void *a, const void *b)
{
    const uint32_t x = ((const struct batch_fault *)a)->line;
    const uint32_t y = ((const struct batch_fault *)b)->line;
    return x < y ? -1 : x > y;
}

const struct err *
tickets_ingest(struct ctx *ctx, const struct ingest *ingest, struct text *ret_answer)
{
    const struct batch *batch = ingest->batch;
    struct ticket_batch_find_row before;
    bool found = false;
    TRY(ticket_batch_find(ctx, ingest->system, ingest->key, &before, &found));
    if (found && !ingest->is_test) {
        if (!hash_equal(before.sha256, batch->sha256)) {
            return FAIL(ctx->arena, ERR_CONFLICT, "this Idempotency-Key brought another batch before");
        }
        *ret_answer = before.answer;
        return NULL;
    }
    DEFER(ticket_finder_free) struct ticket_finder *finder = ticket_finder_new();
    struct intake intake = {.ingest = ingest, .finder = finder};
    TRY(counter_next(ctx, TEXT("ticket_batch"), &intake.batch));
    /* The key may be a real batch's too; this row is undone. */
    const struct text test_key = text_printf(ctx->arena, "\x01%lld", (long long)intake.batch);
    const struct ticket_batch_insert_in row = {.id = intake.batch,
                                               .system = ingest->system,
                                               .key = ingest->is_test ? test_key : ingest->key,
                                               .sha256 = batch->sha256,
                                               .received_at_ms = ctx->world->now_ms(ctx->world),
                                               .lines = (int64_t)batch->lines_count};
    TRY(ticket_batch_insert(ctx, &row));
    intake.rejected = ARENA_ARRAY(ctx->arena, struct batch_fault, batch->faults_count + batch->count);
    memcpy(intake.rejected, batch->faults, batch->faults_count * sizeof batch->faults[0]);
    intake.rejected_count = batch->faults_count;
    intake.flags = ARENA_ARRAY(ctx->arena, struct intake_flag, TICKET_GAPS_MAX);
    intake.gaps = ARENA_ARRAY(ctx->arena, struct intake_gap, TICKET_GAPS_MAX);
    for (size_t i = 0; i < batch->groups_count; i++) {
        const struct arena_mark mark = arena_mark(ctx->arena);
        TRY(ingest_group(ctx, &intake, &batch->groups[i]));
        arena_rewind(ctx->arena, mark); /* what must stay of a group points into the batch */
    }
    qsort(intake.rejected, intake.rejected_count, sizeof intake.rejected[0], compare_faults);
    *ret_answer = intake_answer(ctx, &intake);
    const struct ticket_batch_answer_in answer = {.id = intake.batch,
                                                  .accepted = intake.accepted,
                                                  .duplicates = intake.duplicates,
                                                  .rejected = (int64_t)intake.rejected_count,
                                                  .answer = *ret_answer};
    return ticket_batch_answer(ctx, &answer);
}

const struct err *
ticket_batch_answer_get(struct ctx *ctx, int64_t system, struct text key, struct text *ret_answer, bool *ret_found)
{
    struct ticket_batch_find_row row;
    TRY(ticket_batch_find(ctx, system, key, &row, ret_found));
    if (*ret_found) {
        *ret_answer = row.answer;
        return NULL;
    }
    int64_t id = 0;
    if (text_to_int64(key, &id)) {
        struct ticket_batch_by_id_row numbered;
        TRY(ticket_batch_by_id(ctx, system, id, &numbered, ret_found));
        *ret_answer = numbered.answer;
    }
    return NULL;
}

struct date
cinema_day(struct ticket_time start)
{
    const int64_t tenths_a_day = 864000;
    const int64_t local = start.tenths + start.offset_minutes * INT64_C(600) - 6 * INT64_C(36000);
    const int64_t day = local >= 0 ? local / tenths_a_day : -((-local + tenths_a_day - 1) / tenths_a_day);
    return (struct date){(int32_t)day};
}

/* ---- One screen and series ---- */

static const struct err *
series_of(struct ctx *ctx, int64_t screen, struct text code, int64_t *ret)
{
    struct ticket_series_find_row row;
    bool found = false;
    TRY(ticket_series_find(ctx, screen, code, &row, &found));
    if (found) {
        *ret = row.id;
        return NULL;
    }
    TRY(counter_next(ctx, TEXT("ticket_series"), ret));
    const struct ticket_series_insert_in in = {.id = *ret, .screen = screen, .code = code};
    return ticket_series_insert(ctx, &in);
}

static const struct err *
ranges_near(struct ctx *ctx, int64_t series, int64_t from, int64_t to, int64_t limit, struct number_ranges *ret)
{
    const struct ticket_ranges_near_in in = {.series = series, .from_number = from, .to_number = to, .limit = limit};
    struct ticket_ranges_near_rows rows;
    TRY(ticket_ranges_near(ctx, &in, &rows));
    *ret = (struct number_ranges){ARENA_ARRAY(ctx->arena, struct number_range, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++) {
        ret->items[i] = (struct number_range){rows.items[i].from_number, rows.items[i].to_number};
    }
    return NULL;
}

static const struct err *
ingest_group(struct ctx *ctx, struct intake *intake, const struct batch_group *part)
{
    const struct batch *batch = intake->ingest->batch;
    const struct ticket_line *first = &batch->lines[part->first].line;
    const struct ticket_line *last = &batch->lines[part->first + part->count - 1].line;
    struct screen_in_scope_row screen;
    bool found = false;
    TRY(screen_in_scope(ctx, intake->ingest->system, first->screen, &screen, &found));
    if (!found) {
        for (size_t i = 0; i < part->count; i++) {
            intake_reject(intake, batch->line_numbers[part->first + i], TICKET_OUT_OF_SCOPE, TICKET_SCREEN);
        }
        return NULL;
    }
    struct intake_group group = {.finder = intake->finder, .part = part, .screen = screen.id, .seats = screen.seats};
    TRY(series_of(ctx, screen.id, first->series, &group.series));
    TRY(ranges_near(ctx, group.series, first->number > 1 ? first->number - 1 : 1, last->number + 1, STATEMENT_ROWS_MAX,
                    &group.before));
    TRY(sort_out(ctx, intake, &group));
    if (group.kept_count > 0) {
        group.after = ranges_add(ctx->arena, &group.before, group.numbers, group.numbers_count);
        TRY(write_ranges(ctx, &group));
        TRY(write_segment(ctx, &group));
        TRY(intake_count(ctx, intake, &group));
    }
    return note_gaps(ctx, intake, &group);
}

/* Most groups: sales only, each number once, none of them here. They are kept where they lie. */
static bool
is_all_new(struct arena *arena, const struct batch *batch, int64_t number, struct intake_group *group)
{
    struct segment_line *lines = &batch->lines[group->part->first];
    const size_t count = group->part->count;
    int64_t last = 0;
    size_t near = 0;
    for (size_t i = 0; i < count; i++) {
        while (near < group->before.count && group->before.items[near].to < lines[i].line.number) {
            near++;
        }
        const bool is_here = near < group->before.count && group->before.items[near].from <= lines[i].line.number;
        if (lines[i].line.cancels || lines[i].line.number == last || is_here) {
            return false;
        }
        last = lines[i].line.number;
    }
    group->numbers = ARENA_ARRAY(arena, int64_t, count);
    for (size_t i = 0; i < count; i++) {
        lines[i].batch = number;
        group->numbers[i] = lines[i].line.number;
    }
    group->kept = lines;
    group->kept_count = count;
    group->numbers_count = count;
    return true;
}

/* Keeps what is new; counts what is here already; rejects what contradicts it. */
static const struct err *
sort_out(struct ctx *ctx, struct intake *intake, struct intake_group *group)
{
    const struct batch *batch = intake->ingest->batch;
    const size_t count = group->part->count;
    if (is_all_new(ctx->arena, batch, intake->batch, group)) {
        intake->accepted += (int64_t)count;
        return NULL;
    }
    struct segment_line *kept = ARENA_ARRAY(ctx->arena, struct segment_line, count);
    group->kept = kept;
    group->numbers = ARENA_ARRAY(ctx->arena, int64_t, count);
    group->cancelled_sales = ARENA_ARRAY(ctx->arena, struct segment_line, count);
    for (size_t i = group->part->first; i < group->part->first + count; i++) {
        const struct segment_line *line = &batch->lines[i];
        enum intake_fate fate = INTAKE_NEW;
        if (line->line.cancels) {
            TRY(intake_cancellation(ctx, group, line, &fate));
        } else {
            TRY(intake_sale(ctx, group, line, &fate));
        }
        if (fate == INTAKE_NEW) {
            kept[group->kept_count] = *line;
            kept[group->kept_count++].batch = intake->batch;
            if (!line->line.cancels) {
                group->numbers[group->numbers_count++] = line->line.number;
            }
            intake->accepted++;
        } else if (fate == INTAKE_DUPLICATE) {
            intake->duplicates++;
        } else {
            intake_reject(intake, batch->line_numbers[i], TICKET_CONFLICT, TICKET_NUMBER);
            const struct ticket_conflict_insert_in conflict = {
                .batch = intake->batch, .line = batch->line_numbers[i], .body = batch->line_bodies[i]};
            TRY(ticket_conflict_insert(ctx, &conflict));
        }
    }
    return NULL;
}

/* The ranges that changed: those that became part of another go, the others are put. */
static const struct err *
write_ranges(struct ctx *ctx, const struct intake_group *group)
{
    size_t after = 0;
    for (size_t i = 0; i < group->before.count; i++) {
        while (group->after.items[after].to < group->before.items[i].from) {
            after++;
        }
        if (group->after.items[after].from != group->before.items[i].from) {
            TRY(ticket_range_drop(ctx, group->series, group->before.items[i].from));
        }
    }
    size_t before = 0;
    for (size_t i = 0; i < group->after.count; i++) {
        const struct number_range range = group->after.items[i];
        while (before < group->before.count && group->before.items[before].from < range.from) {
            before++;
        }
        const bool is_same = before < group->before.count && group->before.items[before].from == range.from &&
                             group->before.items[before].to == range.to;
        if (!is_same) {
            const struct ticket_range_put_in in = {
                .series = group->series, .from_number = range.from, .to_number = range.to};
            TRY(ticket_range_put(ctx, &in));
        }
    }
    return NULL;
}

static const struct err *
write_segment(struct ctx *ctx, const struct intake_group *group)
{
    struct text packed;
    TRY(segment_pack(ctx->arena, group->kept, group->kept_count, &packed));
    struct ticket_segment_insert_in in = {.series = group->series,
                                          .first_number = group->kept[0].line.number,
                                          .last_number = group->kept[group->kept_count - 1].line.number,
                                          .rows = (int64_t)group->kept_count,
                                          .day = ctx->today,
                                          .sha256 = hash_of_text(packed),
                                          .packed = packed};
    TRY(counter_next(ctx, TEXT("ticket_segment"), &in.id));
    return ticket_segment_insert(ctx, &in);
}

/* The holes of the series as they are now, the first ones. */
static const struct err *
note_gaps(struct ctx *ctx, struct intake *intake, const struct intake_group *group)
{
    const struct ticket_line *line = &intake->ingest->batch->lines[group->part->first].line;
    struct number_ranges ranges;
    TRY(ranges_near(ctx, group->series, 1, TICKET_NUMBER_MAX, TICKET_GAPS_MAX + 1, &ranges));
    const struct number_ranges holes = ranges_holes(ctx->arena, &ranges);
    for (size_t i = 0; i < holes.count && intake->gaps_count < TICKET_GAPS_MAX; i++) {
        intake->gaps[intake->gaps_count++] = (struct intake_gap){line->screen, line->series, holes.items[i]};
    }
    return NULL;
}
