/* The box office for anyone: four weeks by day, films and cinemas of the last seven days, all from counters; the same
 * as CSV and, by day, in the shape of KOBIS. */
#include "boxoffice/statistics.h"

#include "boxoffice/statistics.sql.h"
#include "web/pages/boxoffice_show.html.h"
#include "web/visit.h"

static const struct err *show_box_office(struct ctx *ctx, struct visit *visit);
static const struct err *days_csv(struct ctx *ctx, struct visit *visit);
static const struct err *daily_json(struct ctx *ctx, struct visit *visit);

extern const struct route routes_boxoffice[];
const struct route routes_boxoffice[] = {
    {HTTP_GET, "/boxoffice", ROLE_PUBLIC, TX_READ, show_box_office, .name = "boxoffice", .norm = "18.23/62/1"},
    {HTTP_GET, "/boxoffice.csv", ROLE_PUBLIC, TX_READ, days_csv, .name = "boxoffice.csv"},
    {HTTP_GET, "/api/v1/boxoffice/daily", ROLE_PUBLIC, TX_READ, daily_json, .flags = ROUTE_JSON,
     .name = "api.boxoffice.daily"},
    {0}};

enum { DAYS = 28, WEEK = 7, LISTED = 10, CHART_WIDTH = 560, CHART_HEIGHT = 160, BAR_STEP = CHART_WIDTH / DAYS };

static struct date
before(struct date day, int days)
{
    struct date earlier;
    return date_add_days(day, -days, &earlier) ? earlier : day;
}

/* The last day up to today that has tickets; today when there is none. */
static const struct err *
last_day(struct ctx *ctx, struct date *ret)
{
    struct box_office_last_day_row row;
    bool found = false;
    TRY(box_office_last_day(ctx, ctx->today, &row, &found));
    *ret = found ? row.day : ctx->today;
    return NULL;
}

/* In Arabic time runs from right to left, and so do the bars. */
static void
draw(struct ctx *ctx, const struct box_office_days_rows *days, struct date from, struct page_boxoffice_show *page)
{
    int64_t most = 1;
    for (size_t i = 0; i < days->count; i++) {
        most = days->items[i].takings.centimes > most ? days->items[i].takings.centimes : most;
    }
    struct page_boxoffice_show_bars *bars = ARENA_ARRAY(ctx->arena, struct page_boxoffice_show_bars, days->count);
    struct page_boxoffice_show_days *rows = ARENA_ARRAY(ctx->arena, struct page_boxoffice_show_days, days->count);
    for (size_t i = 0; i < days->count; i++) {
        const struct box_office_days_row *day = &days->items[i];
        const int64_t place = date_days_between(from, day->day);
        const int64_t takings = day->takings.centimes > 0 ? day->takings.centimes : 0;
        const int64_t height = takings / 100 * CHART_HEIGHT / (most / 100 + 1) + 1;
        bars[i] = (struct page_boxoffice_show_bars){
            .x = (ctx->lang == LANG_AR ? DAYS - 1 - place : place) * BAR_STEP + 2, .y = 170 - height, .height = height};
        rows[days->count - 1 - i] =
            (struct page_boxoffice_show_days){.day = day->day, .admissions = day->admissions, .takings = day->takings};
        if (date_days_between(day->day, page->to) < WEEK) {
            page->admissions += day->admissions;
            page->takings.centimes += day->takings.centimes;
        }
    }
    page->bars = bars;
    page->bars_count = days->count;
    page->days = rows;
    page->days_count = days->count;
}

static const struct err *
list_films(struct ctx *ctx, struct page_boxoffice_show *page)
{
    const struct box_office_films_in in = {.from_day = page->from, .to_day = page->to, .limit = LISTED};
    struct box_office_films_rows rows;
    TRY(box_office_films(ctx, &in, &rows));
    struct page_boxoffice_show_films *films = ARENA_ARRAY(ctx->arena, struct page_boxoffice_show_films, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        struct film_titles_row titles;
        bool known = false;
        TRY(film_titles(ctx, rows.items[i].visa, &titles, &known));
        films[i] = (struct page_boxoffice_show_films){.rank = (int64_t)i + 1,
                                                      .title = !known                 ? rows.items[i].title
                                                               : ctx->lang == LANG_AR ? titles.title_ar
                                                                                      : titles.title_latin,
                                                      .admissions = rows.items[i].admissions,
                                                      .takings = rows.items[i].takings,
                                                      .screens = rows.items[i].screens};
    }
    page->films = films;
    page->films_count = rows.count;
    return NULL;
}

static const struct err *
list_cinemas(struct ctx *ctx, struct page_boxoffice_show *page)
{
    const struct box_office_cinemas_in in = {.from_day = page->from, .to_day = page->to, .limit = LISTED};
    struct box_office_cinemas_rows rows;
    TRY(box_office_cinemas(ctx, &in, &rows));
    struct page_boxoffice_show_cinemas *cinemas =
        ARENA_ARRAY(ctx->arena, struct page_boxoffice_show_cinemas, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        cinemas[i] = (struct page_boxoffice_show_cinemas){.rank = (int64_t)i + 1,
                                                          .name = ctx->lang == LANG_AR ? rows.items[i].name_ar
                                                                                       : rows.items[i].name_latin,
                                                          .city = rows.items[i].city,
                                                          .admissions = rows.items[i].admissions,
                                                          .takings = rows.items[i].takings};
    }
    page->cinemas = cinemas;
    page->cinemas_count = rows.count;
    return NULL;
}

static const struct err *
show_box_office(struct ctx *ctx, struct visit *visit)
{
    struct page_boxoffice_show page = {.csv = TEXT("/boxoffice.csv")};
    TRY(last_day(ctx, &page.to));
    page.from = before(page.to, WEEK - 1);
    char day[11];
    date_print(page.to, day);
    page.json = text_printf(ctx->arena, "/api/v1/boxoffice/daily?day=%s", day);
    struct box_office_days_rows days;
    const struct date first = before(page.to, DAYS - 1);
    TRY(box_office_days(ctx, first, page.to, &days));
    draw(ctx, &days, first, &page);
    TRY(list_films(ctx, &page));
    TRY(list_cinemas(ctx, &page));
    visit_page(ctx, visit,
               &(struct visit_page){.title = words_get(ctx->lang, WORD("nav.boxoffice")),
                                    .content = page_boxoffice_show(ctx, &page),
                                    .section = "boxoffice",
                                    .wide = true});
    return NULL;
}

static const struct err *
days_csv(struct ctx *ctx, struct visit *visit)
{
    struct date to;
    TRY(last_day(ctx, &to));
    struct box_office_days_rows days;
    TRY(box_office_days(ctx, before(to, DAYS - 1), to, &days));
    struct buf buf = buf_new(ctx->arena, 64 * 1024);
    buf_cstr(&buf, "day,admissions,takings_centimes\r\n");
    for (size_t i = 0; i < days.count; i++) {
        char day[11];
        date_print(days.items[i].day, day);
        buf_printf(&buf, "%s,%lld,%lld\r\n", day, (long long)days.items[i].admissions,
                   (long long)days.items[i].takings.centimes);
    }
    visit_bytes(visit, TEXT("text/csv; charset=utf-8"), buf_built(&buf), TEXT("boxoffice.csv"));
    return NULL;
}

static const struct err *
daily_json(struct ctx *ctx, struct visit *visit)
{
    struct date day;
    const struct text asked = http_query(visit->request, "day");
    if (asked.len == 0) {
        TRY(last_day(ctx, &day));
    } else if (!date_from_text(asked, &day)) {
        return FAIL(ctx->arena, ERR_INPUT, "the day is written YYYY-MM-DD");
    }
    struct text json;
    TRY(box_office_daily(ctx, day, &json));
    visit_json(visit, 200, json);
    http_reply_header(visit->reply, "Access-Control-Allow-Origin", TEXT("*"));
    return NULL;
}
