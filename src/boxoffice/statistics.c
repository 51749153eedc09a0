#include "boxoffice/statistics.h"

#include "base/json.h"
#include "base/limits.h"
#include "boxoffice/statistics.sql.h"

/* "12.34": exact, from hundredths. */
static struct text
hundredths(struct ctx *ctx, int64_t value)
{
    const int64_t size = value < 0 ? -value : value;
    return text_printf(ctx->arena, "%s%lld.%02lld", value < 0 ? "-" : "", (long long)(size / 100),
                       (long long)(size % 100));
}

/* Part of whole in percent with one decimal. */
static struct text
percent(struct ctx *ctx, int64_t part, int64_t whole)
{
    if (whole <= 0) {
        return TEXT("0.0");
    }
    const int64_t size = part < 0 ? -part : part;
    const int64_t tenths = (size * 1000 + whole / 2) / whole;
    return text_printf(ctx->arena, "%s%lld.%lld", part < 0 ? "-" : "", (long long)(tenths / 10),
                       (long long)(tenths % 10));
}

static void
put_number(struct ctx *ctx, struct json_out *out, const char *name, int64_t value)
{
    json_member_text(out, name, text_printf(ctx->arena, "%lld", (long long)value));
}

/* A day's ranking while it is written. */
struct ranking {
    struct date day;
    int64_t total; /* takings of all films */
    struct box_office_films_rows films;
    struct box_office_films_rows before; /* of the day before */
};

static const struct err *
put_film(struct ctx *ctx, struct json_out *out, const struct ranking *ranking, size_t place)
{
    const struct box_office_films_row *film = &ranking->films.items[place];
    const struct box_office_films_rows *before = &ranking->before;
    const struct date day = ranking->day;
    const int64_t rank = (int64_t)place + 1;
    size_t was = 0;
    while (was < before->count && !(text_equal(before->items[was].visa, film->visa) &&
                                    (film->visa.len > 0 || text_equal(before->items[was].title, film->title)))) {
        was++;
    }
    const bool is_old = was < before->count;
    const int64_t takings_before = is_old ? before->items[was].takings.centimes : 0;
    const int64_t admissions_before = is_old ? before->items[was].admissions : 0;
    struct box_office_film_until_row until = {.admissions = film->admissions, .takings = film->takings};
    struct box_office_film_first_row first = {.day = day};
    struct film_titles_row titles;
    bool found = false;
    bool known = false;
    if (film->visa.len > 0) {
        TRY(box_office_film_until(ctx, film->visa, day, &until));
        TRY(box_office_film_first(ctx, film->visa, &first, &found));
        TRY(film_titles(ctx, film->visa, &titles, &known));
    }
    json_open_object(out);
    put_number(ctx, out, "rnum", rank);
    put_number(ctx, out, "rank", rank);
    put_number(ctx, out, "rankInten", is_old ? (int64_t)was + 1 - rank : 0);
    json_member_text(out, "rankOldAndNew", is_old ? TEXT("OLD") : TEXT("NEW"));
    json_member_text(out, "movieCd", film->visa);
    json_member_text(out, "movieNm",
                     !known                 ? film->title
                     : ctx->lang == LANG_AR ? titles.title_ar
                                            : titles.title_latin);
    json_member_text(out, "openDt", date_to_text(ctx->arena, first.day));
    json_member_text(out, "salesAmt", hundredths(ctx, film->takings.centimes));
    json_member_text(out, "salesShare", percent(ctx, film->takings.centimes, ranking->total));
    json_member_text(out, "salesInten", hundredths(ctx, film->takings.centimes - takings_before));
    json_member_text(out, "salesChange", percent(ctx, film->takings.centimes - takings_before, takings_before));
    json_member_text(out, "salesAcc", hundredths(ctx, until.takings.centimes));
    put_number(ctx, out, "audiCnt", film->admissions);
    put_number(ctx, out, "audiInten", film->admissions - admissions_before);
    json_member_text(out, "audiChange", percent(ctx, film->admissions - admissions_before, admissions_before));
    put_number(ctx, out, "audiAcc", until.admissions);
    put_number(ctx, out, "scrnCnt", film->screens);
    put_number(ctx, out, "showCnt", film->screenings);
    json_close_object(out);
    return NULL;
}

const struct err *
box_office_daily(struct ctx *ctx, struct date day, struct text *ret)
{
    struct date yesterday;
    if (!date_add_days(day, -1, &yesterday)) {
        return FAIL(ctx->arena, ERR_INPUT, "no day before the first one");
    }
    const struct box_office_films_in today_in = {.from_day = day, .to_day = day, .limit = BOX_OFFICE_RANKS};
    const struct box_office_films_in before_in = {.from_day = yesterday, .to_day = yesterday, .limit = 1000};
    struct ranking ranking = {.day = day};
    struct box_office_days_rows days;
    TRY(box_office_films(ctx, &today_in, &ranking.films));
    TRY(box_office_films(ctx, &before_in, &ranking.before));
    TRY(box_office_days(ctx, day, day, &days));
    ranking.total = days.count == 0 ? 0 : days.items[0].takings.centimes;
    int year = 0;
    int month = 0;
    int of_month = 0;
    date_to_civil(day, &year, &month, &of_month);
    struct buf buf = buf_new(ctx->arena, JSON_BYTES_MAX);
    struct json_out out = json_out(&buf);
    json_open_object(&out);
    json_put_name(&out, TEXT("boxOfficeResult"));
    json_open_object(&out);
    json_member_text(&out, "boxofficeType", TEXT("daily"));
    json_member_text(
        &out, "showRange",
        text_printf(ctx->arena, "%04d%02d%02d~%04d%02d%02d", year, month, of_month, year, month, of_month));
    json_put_name(&out, TEXT("dailyBoxOfficeList"));
    json_open_array(&out);
    for (size_t i = 0; i < ranking.films.count; i++) {
        TRY(put_film(ctx, &out, &ranking, i));
    }
    json_close_array(&out);
    json_close_object(&out);
    json_close_object(&out);
    *ret = buf_built(&buf);
    return NULL;
}
