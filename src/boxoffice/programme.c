#include "boxoffice/programme.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/world.h"
#include "boxoffice/cinema.sql.h"
#include "boxoffice/ingest.h"
#include "boxoffice/ingest.sql.h"
#include "boxoffice/programme.sql.h"
#include "store/counter.h"

enum { NORM_BYTES = 48 };
struct told_flag {
    char norm[NORM_BYTES]; /* a copy: memory of a line does not outlive it */
    const struct programme_line *line;
};
struct taking {
    const struct programme_intake *intake;
    int64_t batch;
    int64_t accepted;
    int64_t duplicates;
    struct programme_fault *rejected;
    size_t rejected_count;
    struct told_flag *flags; /* of the answer */
    size_t flags_count;
};

enum fate { FATE_NEW = 1, FATE_DUPLICATE, FATE_CONFLICT };

static const struct err *announce(struct ctx *ctx, struct taking *taking, const struct programme_line *line,
                                  int64_t screen, enum fate *ret);
static const struct err *cancel(struct ctx *ctx, const struct programme_line *line, int64_t screen, enum fate *ret);
static struct text answer(struct ctx *ctx, struct taking *taking);

static const struct err *
take_line(struct ctx *ctx, struct taking *taking, const struct programme_line *line)
{
    struct screen_in_scope_row screen;
    bool found = false;
    TRY(screen_in_scope(ctx, taking->intake->system, line->screen, &screen, &found));
    if (!found) {
        taking->rejected[taking->rejected_count++] =
            (struct programme_fault){line->line, TICKET_OUT_OF_SCOPE, "screen"};
        return NULL;
    }
    enum fate fate = FATE_NEW;
    int64_t changed = 1;
    if (line->kind == PROGRAMME_ANNOUNCED) {
        TRY(announce(ctx, taking, line, screen.id, &fate));
    } else if (line->kind == PROGRAMME_CANCELLED) {
        TRY(cancel(ctx, line, screen.id, &fate));
    } else {
        const struct screen_day_none_put_in in = {.screen = screen.id, .day = line->day, .batch = taking->batch};
        TRY(screen_day_none_put(ctx, &in, &changed));
        fate = changed > 0 ? FATE_NEW : FATE_DUPLICATE;
    }
    if (fate == FATE_DUPLICATE) {
        taking->duplicates++;
        return NULL;
    }
    if (fate == FATE_CONFLICT) {
        taking->rejected[taking->rejected_count++] = (struct programme_fault){line->line, TICKET_CONFLICT, "start"};
        const struct ticket_conflict_insert_in conflict = {
            .batch = taking->batch, .line = line->line, .body = line->body};
        return ticket_conflict_insert(ctx, &conflict);
    }
    taking->accepted++;
    const struct programme_line_insert_in kept = {.batch = taking->batch, .line = line->line, .body = line->body};
    return programme_line_insert(ctx, &kept);
}

static int
compare_faults(const void *a, const void *b)
{
    const uint32_t x = ((const struct programme_fault *)a)->line;
    const uint32_t y = ((const struct programme_fault *)b)->line;
    return x < y ? -1 : x > y;
}

const struct err *
programme_ingest(struct ctx *ctx, const struct programme_intake *intake, struct text *ret_answer)
{
    const struct programme *programme = intake->programme;
    struct ticket_batch_find_row before;
    bool found = false;
    TRY(ticket_batch_find(ctx, intake->system, intake->key, &before, &found));
    if (found && !intake->is_test) {
        if (!hash_equal(before.sha256, programme->sha256)) {
            return FAIL(ctx->arena, ERR_CONFLICT, "this Idempotency-Key brought another batch before");
        }
        *ret_answer = before.answer;
        return NULL;
    }
    struct taking taking = {.intake = intake};
    TRY(counter_next(ctx, TEXT("ticket_batch"), &taking.batch));
    const struct text test_key = text_printf(ctx->arena, "\x01%lld", (long long)taking.batch);
    const struct ticket_batch_insert_in row = {.id = taking.batch,
                                               .system = intake->system,
                                               .key = intake->is_test ? test_key : intake->key,
                                               .sha256 = programme->sha256,
                                               .received_at_ms = ctx->world->now_ms(ctx->world),
                                               .lines = (int64_t)programme->lines_count};
    TRY(ticket_batch_insert(ctx, &row));
    taking.rejected = ARENA_ARRAY(ctx->arena, struct programme_fault, programme->faults_count + programme->count);
    for (size_t i = 0; i < programme->faults_count; i++) {
        taking.rejected[taking.rejected_count++] = programme->faults[i];
    }
    taking.flags = ARENA_ARRAY(ctx->arena, struct told_flag, TICKET_GAPS_MAX);
    for (size_t i = 0; i < programme->count; i++) {
        const struct arena_mark mark = arena_mark(ctx->arena);
        TRY(take_line(ctx, &taking, &programme->lines[i]));
        arena_rewind(ctx->arena, mark);
    }
    qsort(taking.rejected, taking.rejected_count, sizeof taking.rejected[0], compare_faults);
    *ret_answer = answer(ctx, &taking);
    const struct ticket_batch_answer_in kept = {.id = taking.batch,
                                                .accepted = taking.accepted,
                                                .duplicates = taking.duplicates,
                                                .rejected = (int64_t)taking.rejected_count,
                                                .answer = *ret_answer};
    return ticket_batch_answer(ctx, &kept);
}

/* What tickets of this screening would be flagged with, told before any is sold. */
static void
tell_flags(struct taking *taking, const struct programme_line *line, struct text norms)
{
    struct text kind;
    struct text norm;
    while (taking->flags_count < TICKET_GAPS_MAX && screening_norm_next(&norms, &kind, &norm)) {
        if (text_is(kind, "school")) {
            continue; /* it concerns tickets that may never be sold */
        }
        struct told_flag *flag = &taking->flags[taking->flags_count++];
        *flag = (struct told_flag){.line = line};
        memcpy(flag->norm, norm.at, norm.len < NORM_BYTES ? norm.len : NORM_BYTES - 1);
    }
}

static const struct err *
announce(struct ctx *ctx, struct taking *taking, const struct programme_line *line, int64_t screen, enum fate *ret)
{
    const struct hash sha256 = hash_of_text(text_trim(line->body));
    struct screening_find_row known;
    bool found = false;
    TRY(screening_find(ctx, screen, line->start.tenths, &known, &found));
    const bool was_announced = found && known.announced && known.has_announced_sha256;
    if (was_announced && hash_equal(known.announced_sha256, sha256)) {
        *ret = FATE_DUPLICATE;
        return NULL;
    }
    if (was_announced && line->start.tenths * 100 <= ctx->world->now_ms(ctx->world)) {
        *ret = FATE_CONFLICT;
        return NULL;
    }
    const struct date day = cinema_day(line->start);
    struct screening_announce_in in = {.id = known.id,
                                       .screen = screen,
                                       .start_tenths = line->start.tenths,
                                       .day = day,
                                       .has_seats = line->has_seats,
                                       .seats = line->seats,
                                       .has_planned_minutes = line->has_minutes,
                                       .planned_minutes = line->minutes,
                                       .announced_sha256 = sha256};
    if (!found) {
        TRY(counter_next(ctx, TEXT("screening"), &in.id));
    }
    TRY(screening_norms(ctx, screen, day, line->films, line->films_count, &in.norms));
    TRY(screening_announce(ctx, &in));
    if (found) {
        TRY(screening_films_drop(ctx, in.id));
        TRY(screening_tariffs_drop(ctx, in.id));
    }
    for (size_t i = 0; i < line->films_count; i++) {
        const struct screening_film_insert_in film = {.screening = in.id,
                                                      .place = (int64_t)i + 1,
                                                      .visa = line->films[i].visa,
                                                      .title = line->films[i].title,
                                                      .version = line->films[i].version};
        TRY(screening_film_insert(ctx, &film));
    }
    for (size_t i = 0; i < line->tariffs_count; i++) {
        const struct screening_tariff_insert_in tariff = {.screening = in.id,
                                                          .code = line->tariffs[i].code,
                                                          .family = line->tariffs[i].family,
                                                          .price = line->tariffs[i].price_centimes};
        TRY(screening_tariff_insert(ctx, &tariff));
    }
    tell_flags(taking, line, in.norms);
    *ret = FATE_NEW;
    return NULL;
}

static const struct err *
cancel(struct ctx *ctx, const struct programme_line *line, int64_t screen, enum fate *ret)
{
    struct screening_find_row known;
    bool found = false;
    TRY(screening_find(ctx, screen, line->start.tenths, &known, &found));
    if (!found) {
        struct screening_insert_in in = {
            .screen = screen, .start_tenths = line->start.tenths, .day = cinema_day(line->start)};
        TRY(counter_next(ctx, TEXT("screening"), &in.id));
        TRY(screening_norms(ctx, screen, in.day, NULL, 0, &in.norms));
        TRY(screening_insert(ctx, &in));
        known.id = in.id;
    }
    int64_t changed = 0;
    TRY(screening_cancel(ctx, known.id, line->reason, &changed));
    *ret = changed > 0 ? FATE_NEW : FATE_DUPLICATE;
    return NULL;
}

static void
put_flags(struct json_out *out, const struct taking *taking)
{
    json_open_array(out);
    for (size_t i = 0; i < taking->flags_count; i++) {
        const struct told_flag *flag = &taking->flags[i];
        char start[32];
        const size_t len = ticket_time_write(flag->line->start, start);
        json_open_object(out);
        json_member_text(out, "norm", text_of(flag->norm));
        json_member_text(out, "screen", flag->line->screen);
        json_member_text(out, "start", (struct text){start, len});
        json_member_int(out, "tickets", 0);
        json_close_object(out);
    }
    json_close_array(out);
}

static struct text
answer(struct ctx *ctx, struct taking *taking)
{
    struct buf buf = buf_new(ctx->arena, ARENA_BYTES_MAX / 4);
    struct json_out out = json_out(&buf);
    json_open_object(&out);
    json_member_text(&out, "batch", taking->intake->key);
    json_member_int(&out, "accepted", taking->accepted);
    json_member_int(&out, "duplicates", taking->duplicates);
    json_put_name(&out, TEXT("rejected"));
    json_open_array(&out);
    for (size_t i = 0; i < taking->rejected_count; i++) {
        const struct programme_fault *fault = &taking->rejected[i];
        const struct text sentence = ticket_fault_sentence(ctx->arena, fault->fault, TICKET_FIELDS, ctx->lang);
        json_open_object(&out);
        json_member_int(&out, "line", fault->line);
        json_member_text(&out, "code", text_of(ticket_fault_code(fault->fault)));
        json_member_text(
            &out, "message",
            fault->member == NULL ? sentence : text_printf(ctx->arena, "%.*s (%s)", TEXT_ARG(sentence), fault->member));
        json_close_object(&out);
    }
    json_close_array(&out);
    json_put_name(&out, TEXT("flags"));
    put_flags(&out, taking);
    json_put_name(&out, TEXT("gaps"));
    json_open_array(&out);
    json_close_array(&out);
    if (taking->intake->is_test) {
        json_put_name(&out, TEXT("test"));
        json_put_bool(&out, true);
        json_member_int(&out, "lines", (int64_t)taking->intake->programme->lines_count);
    }
    json_put_name(&out, TEXT("receipt"));
    json_open_object(&out);
    json_member_int(&out, "entry", taking->batch);
    json_member_text(&out, "sha256", hash_to_hex(ctx->arena, taking->intake->programme->sha256));
    json_close_object(&out);
    json_close_object(&out);
    return buf_built(&buf);
}
