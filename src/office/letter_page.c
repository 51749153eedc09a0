#include "office/letter_page.h"

#include <math.h>

#include "base/limits.h"
#include "office/certificate_words.h"
#include "office/sheet_ornament.h"
#include "office/sheet_qr.h"

#define MARK_RADIUS 24.0
#define QR_SIDE 66.0
#define HEAD_WIDTH (LETTER_WIDTH / 2.0 - MARK_RADIUS - 8.0)
#define AMIRI_TO_NOTO 1.33
#define SCALE_STEP 0.04
#define SCALE_MIN 0.90
/* Isolates: a date written 2026-11-24 would turn round in an Arabic line. */
#define LRI "\xE2\x81\xA6"
#define PDI "\xE2\x81\xA9"

static double best_scale(struct flow *flow);
static void run(struct flow *flow);
static void next_page(struct flow *flow);
static void head(struct flow *flow);
static double names(struct flow *flow, enum lang lang, double x, double y);
static void running_head(struct flow *flow);
static void foot(struct flow *flow);

const struct err *
letter_pages(struct sheet *sheet, const struct letter *letter)
{
    struct flow flow = {.sheet = sheet, .letter = letter};
    sheet->measures = true;
    sheet->scale = best_scale(&flow);
    if (flow.err == NULL && flow.page > LETTER_PAGES_MAX) {
        flow.err = FAIL(sheet->arena, ERR_TOO_LARGE, "the letter has more than %d pages", LETTER_PAGES_MAX);
    }
    if (flow.err != NULL || sheet->is_broken_utf8 || sheet->is_full) {
        return flow.err; /* sheet_finish() tells of the two others */
    }
    flow.pages = flow.page;
    sheet->measures = false;
    sheet_begin(sheet, "Document", letter->lang);
    run(&flow);
    sheet_end(sheet, "Document");
    return flow.err;
}

struct sheet_style
flow_style(const struct flow *flow, double size, bool is_bold, enum sheet_align align)
{
    enum lang lang = flow->letter->lang;
    bool is_arabic = lang == LANG_AR;
    return (struct sheet_style){.face = is_arabic ? (is_bold ? SHEET_AR_BOLD : SHEET_AR)
                                                  : (is_bold ? SHEET_LATIN_BOLD : SHEET_LATIN),
                                .lang = lang,
                                .align = align,
                                .size = is_arabic ? size * AMIRI_TO_NOTO : size,
                                .colour = SHEET_INK};
}

struct sheet_style
flow_latin(const struct flow *flow, enum sheet_face face, double size)
{
    enum lang lang = flow->letter->lang;
    return (struct sheet_style){.face = face,
                                .lang = lang == LANG_AR ? LANG_FR : lang,
                                .align = lang_is_rtl(lang) ? SHEET_END : SHEET_START,
                                .size = size,
                                .size_min = 5,
                                .lines = 1,
                                .colour = SHEET_GREEN};
}

double
flow_x(const struct flow *flow, double offset, double width)
{
    return lang_is_rtl(flow->letter->lang) ? LETTER_LEFT + LETTER_WIDTH - offset - width : LETTER_LEFT + offset;
}

void
flow_text(struct flow *flow, const struct sheet_style *style, double offset, double width, struct text text)
{
    double x = flow_x(flow, offset, width);
    struct text rest = text_is_utf8(text) ? sheet_visible(flow->sheet->arena, text) : text;
    while (rest.len > 0 && flow->page <= LETTER_PAGES_MAX) {
        size_t fits = sheet_fit(flow->sheet, style, width, rest, LETTER_BOTTOM - flow->y);
        if (fits > 0) {
            flow->y += sheet_text(flow->sheet, style, x, flow->y, width, text_slice(rest, 0, fits));
            rest = text_trim(text_after(rest, fits));
        }
        if (rest.len > 0) {
            next_page(flow);
        }
    }
}

void
flow_keep(struct flow *flow, double height)
{
    if (flow->y + height > LETTER_BOTTOM) {
        next_page(flow);
    }
}

struct text
flow_word(const struct flow *flow, enum letter_word word)
{
    return letter_word(word, flow->letter->lang);
}

/* Full size, or a little less where that saves a page with a line or two on it. Leaves flow->page at the number of
 * pages. */
static double
best_scale(struct flow *flow)
{
    run(flow);
    int pages = flow->page;
    bool is_hopeless = flow->err != NULL || pages > LETTER_PAGES_MAX;
    for (double scale = 1.0 - SCALE_STEP; pages > 1 && !is_hopeless && scale > SCALE_MIN; scale -= SCALE_STEP) {
        flow->sheet->scale = scale;
        run(flow);
        if (flow->page < pages) {
            return scale;
        }
    }
    flow->page = pages;
    return 1.0;
}

static void
run(struct flow *flow)
{
    flow->page = 1;
    flow->y = LETTER_TOP;
    head(flow);
    letter_body(flow);
    foot(flow);
}

static void
next_page(struct flow *flow)
{
    foot(flow);
    sheet_next_page(flow->sheet);
    flow->page++;
    flow->y = LETTER_TOP;
    running_head(flow);
}

/* The Centre's names in Arabic and French on both sides of its mark, in every letter. */
static void
head(struct flow *flow)
{
    struct sheet *sheet = flow->sheet;
    if (!sheet->measures) {
        if (flow->letter->mark == MARK_SPECIMEN) {
            sheet_watermark(sheet, certificate_mark_word(MARK_SPECIMEN, LANG_AR),
                            certificate_mark_word(MARK_SPECIMEN, LANG_FR),
                            certificate_mark_word(MARK_SPECIMEN, LANG_EN));
        }
        sheet_mark(sheet, SHEET_WIDTH / 2, flow->y + MARK_RADIUS, MARK_RADIUS);
    }
    double right = LETTER_LEFT + LETTER_WIDTH - HEAD_WIDTH;
    double height = fmax(names(flow, LANG_AR, right, flow->y), names(flow, LANG_FR, LETTER_LEFT, flow->y + 5));
    flow->y += fmax(height, 2 * MARK_RADIUS) + 7;
    sheet_rule(sheet, LETTER_LEFT, flow->y, LETTER_WIDTH, SHEET_GOLD);
    flow->y += 12;
}

static double
names(struct flow *flow, enum lang lang, double x, double y)
{
    const struct letter *letter = flow->letter;
    bool is_arabic = lang == LANG_AR;
    struct sheet_style style = {.face = is_arabic ? SHEET_AR : SHEET_LATIN,
                                .lang = lang,
                                .align = SHEET_CENTRE,
                                .size = is_arabic ? 11 : 7.8,
                                .colour = SHEET_INK};
    double from = y;
    y += sheet_text(flow->sheet, &style, x, y, HEAD_WIDTH, is_arabic ? letter->state.ar : letter->state.latin);
    style.face = is_arabic ? SHEET_AR_BOLD : SHEET_LATIN_BOLD;
    style.size = is_arabic ? 15 : 9.4;
    style.size_min = 6;
    style.lines = 2;
    style.colour = SHEET_GREEN;
    y += sheet_text(flow->sheet, &style, x, y, HEAD_WIDTH, is_arabic ? letter->centre.ar : letter->centre.latin);
    return y - from;
}

/* From the second page on: which letter this sheet belongs to. */
static void
running_head(struct flow *flow)
{
    if (flow->letter->mark == MARK_SPECIMEN && !flow->sheet->measures) {
        sheet_watermark(flow->sheet, certificate_mark_word(MARK_SPECIMEN, LANG_AR),
                        certificate_mark_word(MARK_SPECIMEN, LANG_FR), certificate_mark_word(MARK_SPECIMEN, LANG_EN));
    }
    struct sheet_style style = flow_latin(flow, SHEET_LATIN, 7.4);
    style.colour = SHEET_SOFT;
    double height = sheet_text(flow->sheet, &style, LETTER_LEFT, flow->y, LETTER_WIDTH, flow->letter->reference);
    flow->y += height + 3;
    sheet_rule(flow->sheet, LETTER_LEFT, flow->y, LETTER_WIDTH, SHEET_GOLD);
    flow->y += 10;
}

/* Every page can be verified by itself: code, address, act, and its number among the pages. */
static void
foot(struct flow *flow)
{
    const struct letter *letter = flow->letter;
    struct sheet *sheet = flow->sheet;
    struct arena *arena = sheet->arena;
    double y = LETTER_BOTTOM + 6;
    struct text url = certificate_url(arena, letter->base_url, letter->act, letter->short_hash);
    sheet_rule(sheet, LETTER_LEFT, y, LETTER_WIDTH, SHEET_GOLD);
    const struct err *err = sheet_qr(sheet, flow_x(flow, LETTER_WIDTH - QR_SIDE, QR_SIDE), y + 3, QR_SIDE, url);
    if (err != NULL) {
        flow->err = err;
        return;
    }
    double width = LETTER_WIDTH - QR_SIDE - 10;
    double x = flow_x(flow, 0, width);
    struct sheet_style style = flow_style(flow, 6.8, false, SHEET_START);
    style.colour = SHEET_SOFT;
    struct sheet_style address = flow_latin(flow, SHEET_LATIN, 7.6);
    y += 6;
    y += sheet_text(sheet, &style, x, y, width, flow_word(flow, LETTER_WORD_VERIFY));
    y += sheet_text(sheet, &address, x, y, width, url) + 2;
    struct text act = text_printf(arena, "%.*s %lld  ·  " LRI "%.*s" PDI, TEXT_ARG(flow_word(flow, LETTER_WORD_ACT)),
                                  (long long)letter->act, TEXT_ARG(date_to_text(arena, letter->act_day)));
    y += sheet_text(sheet, &style, x, y, width, act);
    if (letter->lang != LANG_AR) {
        y += sheet_text(sheet, &style, x, y, width, certificate_word(WORD_AUTHENTIC, letter->lang));
    }
    struct text number =
        text_printf(arena, "%.*s %d / %d", TEXT_ARG(flow_word(flow, LETTER_WORD_PAGE)), flow->page, flow->pages);
    (void)sheet_text(sheet, &style, x, y, width, number);
}
