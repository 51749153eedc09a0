#include "boxoffice/compliance.h"

#include "base/json.h"
#include "base/limits.h"
#include "base/world.h"
#include "boxoffice/compliance.sql.h"
#include "boxoffice/flag.sql.h"
#include "boxoffice/ingest.sql.h"
#include "boxoffice/series.h"
#include "boxoffice/ticket_line.h"

/* The cinema day ends at 06:00; legal time is UTC+0 or +1, so that the later of the two is waited for. */
static bool
is_over(const struct ctx *ctx, struct date day)
{
    const int64_t end_ms = ((int64_t)day.days + 1) * 24 * 3600 * 1000 + INT64_C(6) * 3600 * 1000;
    return ctx->world->now_ms(ctx->world) >= end_ms;
}

static const struct err *
put_gaps(struct ctx *ctx, struct json_out *out, int64_t screen, size_t *ret_count)
{
    struct screen_series_rows series;
    TRY(screen_series(ctx, screen, &series));
    *ret_count = 0;
    json_put_name(out, TEXT("gaps"));
    json_open_array(out);
    for (size_t i = 0; i < series.count; i++) {
        const struct ticket_ranges_near_in in = {.series = series.items[i].id,
                                                 .from_number = 1,
                                                 .to_number = TICKET_NUMBER_MAX,
                                                 .limit = TICKET_GAPS_MAX + 1};
        struct ticket_ranges_near_rows rows;
        TRY(ticket_ranges_near(ctx, &in, &rows));
        int64_t next = 1;
        for (size_t k = 0; k < rows.count; k++) {
            if (rows.items[k].from_number > next && *ret_count < TICKET_GAPS_MAX) {
                (*ret_count)++;
                json_open_object(out);
                json_member_text(out, "series", series.items[i].code);
                json_member_int(out, "from", next);
                json_member_int(out, "to", rows.items[k].from_number - 1);
                json_close_object(out);
            }
            next = rows.items[k].to_number + 1;
        }
    }
    json_close_array(out);
    return NULL;
}

static const struct err *
put_flags(struct ctx *ctx, struct json_out *out, const struct screen_day_screenings_rows *screenings)
{
    json_put_name(out, TEXT("flags"));
    json_open_array(out);
    for (size_t i = 0; i < screenings->count; i++) {
        struct screening_flags_of_rows flags;
        TRY(screening_flags_of(ctx, screenings->items[i].id, &flags));
        char start[32];
        const size_t len = ticket_time_write((struct ticket_time){.tenths = screenings->items[i].start_tenths}, start);
        for (size_t k = 0; k < flags.count; k++) {
            json_open_object(out);
            json_member_text(out, "norm", flags.items[k].norm);
            json_member_text(out, "start", (struct text){start, len});
            json_member_int(out, "tickets", flags.items[k].tickets);
            json_put_name(out, TEXT("open"));
            json_put_bool(out, flags.items[k].closed_act == 0);
            json_close_object(out);
        }
    }
    json_close_array(out);
    return NULL;
}

static void
put_bool(struct json_out *out, const char *name, bool value)
{
    json_put_name(out, text_of(name));
    json_put_bool(out, value);
}

static const struct err *
put_screen(struct ctx *ctx, struct json_out *out, const struct system_screens_row *screen, struct date day)
{
    struct screen_day_screenings_rows screenings;
    TRY(screen_day_screenings(ctx, screen->id, day, &screenings));
    struct screen_day_none_find_row none;
    bool is_none = false;
    TRY(screen_day_none_find(ctx, screen->id, day, &none, &is_none));
    struct screen_day_count_row count = {0};
    bool found = false;
    TRY(screen_day_count(ctx, day, screen->id, &count, &found));
    int64_t unannounced = 0;
    for (size_t i = 0; i < screenings.count; i++) {
        unannounced += screenings.items[i].announced ? 0 : 1;
    }
    const bool came = screenings.count > 0 || is_none;
    size_t gaps = 0;
    json_open_object(out);
    json_member_text(out, "screen", screen->code);
    json_member_int(out, "screenings", (int64_t)screenings.count);
    json_member_int(out, "unannounced", unannounced);
    put_bool(out, "none", is_none);
    json_member_int(out, "sold", count.sold);
    json_member_int(out, "cancelled", count.cancelled);
    json_member_int(out, "gross", count.gross.centimes - count.refunded.centimes);
    TRY(put_gaps(ctx, out, screen->id, &gaps));
    put_bool(out, "complete", came && unannounced == 0 && gaps == 0);
    put_bool(out, "late", !came && is_over(ctx, day));
    TRY(put_flags(ctx, out, &screenings));
    json_close_object(out);
    return NULL;
}

const struct err *
compliance_of_day(struct ctx *ctx, int64_t system, struct date day, struct text *ret)
{
    struct buf buf = buf_new(ctx->arena, JSON_BYTES_MAX);
    struct json_out out = json_out(&buf);
    json_open_object(&out);
    json_member_text(&out, "day", date_to_text(ctx->arena, day));
    json_put_name(&out, TEXT("screens"));
    json_open_array(&out);
    int64_t after = 0;
    for (;;) {
        const struct system_screens_in in = {.system = system, .day = day, .after = after};
        struct system_screens_rows rows;
        TRY(system_screens(ctx, &in, &rows));
        for (size_t i = 0; i < rows.count; i++) {
            TRY(put_screen(ctx, &out, &rows.items[i], day));
            after = rows.items[i].id;
        }
        if (rows.count == 0) {
            break;
        }
    }
    json_close_array(&out);
    json_close_object(&out);
    *ret = buf_built(&buf);
    return NULL;
}
