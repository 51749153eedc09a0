#include "office/certificate_page.h"

#include <math.h>

#define LABEL_WIDTH 88.0
#define MARK_RADIUS 33.0
#define HEAD_WIDTH (PAGE_WIDTH / 2.0 - MARK_RADIUS - 8.0)
#define AIR_MAX 22.0
/* The type goes down in steps until the page holds its words; below the last step nobody would read it. */
#define SCALE_STEP 0.04
#define SCALE_MIN 0.58

static void pass(struct page *page, double air);
static void head(struct page *page);
static double names(struct page *page, double x, const struct sheet_style *first, struct text above,
                    const struct sheet_style *second, struct text below);
static void title(struct page *page);
static void holder(struct page *page);
static void facts(struct page *page);
static void norms(struct page *page);
static void fact(struct page *page, struct in_languages label, struct in_languages value);
static void word_fact(struct page *page, enum certificate_word word, struct in_languages value);
static struct in_languages with_hijri(const struct page *page);
static struct text two_lines(struct arena *arena, struct text first, struct text second);
static double centred(struct page *page, struct sheet_style style, struct text text);
static void add_air(struct page *page);

const struct err *
certificate_page(struct sheet *sheet, const struct certificate *certificate)
{
    struct page page = {.sheet = sheet, .certificate = certificate};
    double room = 0;
    sheet->measures = true;
    for (sheet->scale = 1.0;; sheet->scale -= SCALE_STEP) {
        pass(&page, 0);
        if (page.err != NULL || sheet->is_broken_utf8) {
            return page.err; /* a broken text is told by sheet_finish() */
        }
        room = PAGE_BOTTOM - page.foot_height - page.y;
        if (room >= 0) {
            break;
        }
        if (sheet->scale < SCALE_MIN) {
            return FAIL(sheet->arena, ERR_TOO_LARGE, "the certificate does not fit a page");
        }
    }
    sheet->measures = false;
    sheet_border(sheet, PAGE_MARGIN);
    sheet_rosette(sheet, PAGE_MIDDLE, SHEET_HEIGHT * 0.47, 205);
    sheet_begin(sheet, "Document", LANG_AR);
    if (certificate->mark != MARK_NONE) {
        sheet_watermark(sheet, certificate_mark_word(certificate->mark, LANG_AR),
                        certificate_mark_word(certificate->mark, LANG_FR),
                        certificate_mark_word(certificate->mark, LANG_EN));
    }
    pass(&page, fmin(room / page.airs, AIR_MAX));
    sheet_end(sheet, "Document");
    return page.err;
}

struct sheet_style
page_style(const struct page *page, enum sheet_face face, double size, enum sheet_align align)
{
    enum lang lang = face == SHEET_AR || face == SHEET_AR_BOLD ? LANG_AR
                     : face == SHEET_TIFINAGH                  ? LANG_ZGH
                                                               : page->certificate->latin_lang;
    return (struct sheet_style){.face = face, .lang = lang, .align = align, .size = size, .colour = SHEET_INK};
}

struct in_languages
page_words(const struct page *page, enum certificate_word word)
{
    return (struct in_languages){.ar = certificate_word(word, LANG_AR),
                                 .latin = certificate_word(word, page->certificate->latin_lang)};
}

static void
pass(struct page *page, double air)
{
    page->y = PAGE_TOP;
    page->air = air;
    page->airs = 0;
    head(page);
    add_air(page);
    title(page);
    add_air(page);
    holder(page);
    add_air(page);
    facts(page);
    add_air(page);
    certificate_foot(page);
}

/* The Centre's names on both sides of its mark, each in the middle of its height. */
static void
head(struct page *page)
{
    const struct certificate *certificate = page->certificate;
    double right = PAGE_LEFT + PAGE_WIDTH - HEAD_WIDTH;
    struct sheet_style first = page_style(page, SHEET_AR, 11.2, SHEET_CENTRE);
    struct sheet_style second = page_style(page, SHEET_AR_BOLD, 14.9, SHEET_CENTRE);
    second.size_min = 9;
    second.lines = 2;
    second.colour = SHEET_GREEN;
    double height = names(page, right, &first, certificate->state.ar, &second, certificate->centre.ar);
    first = page_style(page, SHEET_LATIN, 7.6, SHEET_CENTRE);
    second = page_style(page, SHEET_LATIN_BOLD, 9.3, SHEET_CENTRE);
    second.size_min = 6;
    second.lines = 2;
    second.colour = SHEET_GREEN;
    height = fmax(height, names(page, PAGE_LEFT, &first, certificate->state.latin, &second, certificate->centre.latin));
    if (!page->sheet->measures) {
        sheet_mark(page->sheet, PAGE_MIDDLE, page->y + MARK_RADIUS, MARK_RADIUS);
    }
    page->y += fmax(height, 2 * MARK_RADIUS) + 3;
    struct sheet_style zgh = page_style(page, SHEET_TIFINAGH, 9.3, SHEET_CENTRE);
    page->y += centred(page, zgh, certificate->centre.zgh);
}

/* Two names in a column beside the mark, their middle at its middle. Answers their height. */
/* tidy: functions: two names are two pairs of style and text */
static double
names(struct page *page, double x, const struct sheet_style *first, struct text above, const struct sheet_style *second,
      struct text below)
{
    struct sheet *sheet = page->sheet;
    bool measures = sheet->measures;
    sheet->measures = true;
    double height =
        sheet_text(sheet, first, x, 0, HEAD_WIDTH, above) + sheet_text(sheet, second, x, 0, HEAD_WIDTH, below);
    sheet->measures = measures;
    double y = page->y + fmax(0, MARK_RADIUS - height / 2);
    y += sheet_text(sheet, first, x, y, HEAD_WIDTH, above);
    (void)sheet_text(sheet, second, x, y, HEAD_WIDTH, below);
    return height;
}

static void
title(struct page *page)
{
    const struct certificate *certificate = page->certificate;
    struct sheet *sheet = page->sheet;
    struct sheet_style style = page_style(page, SHEET_AR_BOLD, 23.2, SHEET_CENTRE);
    style.size_min = 15;
    style.lines = 1;
    style.colour = SHEET_GREEN;
    style.tag = "H1";
    page->y += centred(page, style, certificate->title.ar);
    style = page_style(page, SHEET_TIFINAGH, 11.2, SHEET_CENTRE);
    page->y += centred(page, style, certificate->title.zgh);
    style = page_style(page, SHEET_LATIN_BOLD, 11, SHEET_CENTRE);
    style.size_min = 8;
    style.lines = 1;
    style.colour = SHEET_GREEN;
    style.tag = "H1";
    page->y += centred(page, style, certificate->title.latin) + 9;
    sheet_flourish(sheet, PAGE_MIDDLE, page->y, 190);
    page->y += 8;

    /* Number, between its two labels. */
    struct in_languages label = page_words(page, WORD_NUMBER);
    struct sheet_style ar = page_style(page, SHEET_AR, 9.5, SHEET_START);
    struct sheet_style latin = page_style(page, SHEET_LATIN, 6.7, SHEET_START);
    ar.colour = latin.colour = SHEET_SOFT;
    style = page_style(page, SHEET_LATIN_BOLD, 11.2, SHEET_CENTRE);
    style.size_min = 7;
    style.lines = 1;
    double width = PAGE_WIDTH - 2 * LABEL_WIDTH;
    (void)sheet_text(sheet, &ar, PAGE_LEFT + PAGE_WIDTH - LABEL_WIDTH, page->y, LABEL_WIDTH, label.ar);
    double height = sheet_text(sheet, &style, PAGE_LEFT + LABEL_WIDTH, page->y, width, certificate->number);
    (void)sheet_text(sheet, &latin, PAGE_LEFT, page->y + 4, LABEL_WIDTH, label.latin);
    page->y += height;
}

/* Whom it is granted to, in the largest letters after the title: long names shrink, then wrap. */
static void
holder(struct page *page)
{
    const struct certificate *certificate = page->certificate;
    struct sheet_style style = page_style(page, SHEET_AR, 11.2, SHEET_CENTRE);
    page->y += centred(page, style, certificate->recital.ar);
    style = page_style(page, SHEET_LATIN, 7.4, SHEET_CENTRE);
    page->y += centred(page, style, certificate->recital.latin) + 4;
    if (certificate->recital.ar.len == 0) {
        struct in_languages label = page_words(page, WORD_HOLDER);
        style = page_style(page, SHEET_AR, 10.2, SHEET_CENTRE);
        style.colour = SHEET_SOFT;
        page->y += centred(page, style, label.ar);
    }
    style = page_style(page, SHEET_AR_BOLD, 25.1, SHEET_CENTRE);
    style.size_min = 12;
    style.lines = 2;
    page->y += centred(page, style, certificate->holder.ar);
    style = page_style(page, SHEET_TIFINAGH, 12.1, SHEET_CENTRE);
    page->y += centred(page, style, certificate->holder.zgh);
    style = page_style(page, SHEET_LATIN_BOLD, 13.5, SHEET_CENTRE);
    style.size_min = 8;
    style.lines = 2;
    page->y += centred(page, style, certificate->holder.latin) + 3;
}

static void
facts(struct page *page)
{
    const struct certificate *certificate = page->certificate;
    sheet_begin(page->sheet, "Table", LANG_AR);
    sheet_rule(page->sheet, PAGE_LEFT, page->y, PAGE_WIDTH, SHEET_GOLD);
    word_fact(page, WORD_LEGAL_FORM, certificate->legal_form);
    word_fact(page, WORD_ICE, (struct in_languages){.ar = certificate->ice});
    word_fact(page, WORD_RC, certificate->rc);
    word_fact(page, WORD_MANAGER, certificate->manager);
    word_fact(page, WORD_SEAT, certificate->seat);
    word_fact(page, WORD_CAPITAL, certificate->capital);
    for (size_t i = 0; i < certificate->row_count; i++) {
        fact(page, certificate->rows[i].label, certificate->rows[i].value);
    }
    word_fact(page, WORD_GRANTED_ON, with_hijri(page));
    word_fact(page, WORD_VALIDITY, certificate->validity);
    word_fact(page, WORD_STATUS, certificate->status);
    norms(page);
    sheet_end(page->sheet, "Table");
}

static void
norms(struct page *page)
{
    const struct certificate *certificate = page->certificate;
    struct text list = {0};
    for (size_t i = 0; i < certificate->norm_count; i++) {
        list = text_printf(page->sheet->arena, "%.*s%s%.*s", TEXT_ARG(list), i == 0 ? "" : "\xC2\xA0·  ",
                           TEXT_ARG(certificate->norms[i]));
    }
    word_fact(page, WORD_NORMS, (struct in_languages){.ar = list});
}

/* One row: Arabic label and value from the right, the other language from the left. A value that is the same in both
 * stands once, in the middle. */
static void
fact(struct page *page, struct in_languages label, struct in_languages value)
{
    if (value.ar.len == 0 && value.latin.len == 0) {
        return;
    }
    struct sheet *sheet = page->sheet;
    double pad = 1.8 * sheet->scale;
    double y = page->y + pad;
    struct sheet_style label_ar = page_style(page, SHEET_AR, 9.3, SHEET_START);
    struct sheet_style label_latin = page_style(page, SHEET_LATIN, 6.5, SHEET_START);
    label_ar.colour = label_latin.colour = SHEET_SOFT;
    struct sheet_style ar = page_style(page, SHEET_AR, 11, SHEET_START);
    struct sheet_style latin = page_style(page, SHEET_LATIN, 7.4, SHEET_START);
    ar.size_min = 8;
    ar.lines = 2;
    latin.size_min = 6.5;
    latin.lines = 2;
    double value_width = PAGE_HALF - LABEL_WIDTH;
    sheet_begin(sheet, "TR", LANG_AR);
    double height = sheet_text(sheet, &label_ar, PAGE_LEFT + PAGE_WIDTH - LABEL_WIDTH, y + 1, LABEL_WIDTH, label.ar);
    if (value.latin.len == 0) {
        struct sheet_style both = page_style(page, SHEET_LATIN, 7.8, SHEET_CENTRE);
        double width = PAGE_WIDTH - 2 * LABEL_WIDTH;
        height = fmax(height, 4 + sheet_text(sheet, &both, PAGE_LEFT + LABEL_WIDTH, y + 4, width, value.ar));
    } else {
        height = fmax(height, sheet_text(sheet, &ar, PAGE_RIGHT, y, value_width, value.ar));
        height = fmax(height, 4 + sheet_text(sheet, &latin, PAGE_LEFT + LABEL_WIDTH, y + 4, value_width, value.latin));
    }
    height = fmax(height, 5 + sheet_text(sheet, &label_latin, PAGE_LEFT, y + 5, LABEL_WIDTH, label.latin));
    sheet_end(sheet, "TR");
    page->y = y + height + pad;
    sheet_rule(sheet, PAGE_LEFT, page->y, PAGE_WIDTH, (struct sheet_colour){0.86, 0.82, 0.72});
}

static void
word_fact(struct page *page, enum certificate_word word, struct in_languages value)
{
    fact(page, page_words(page, word), value);
}

/* The Gregorian date, and the Hijri one under it. */
static struct in_languages
with_hijri(const struct page *page)
{
    const struct certificate *certificate = page->certificate;
    struct arena *arena = page->sheet->arena;
    return (struct in_languages){
        .ar = two_lines(arena, certificate->granted_on.ar, certificate->granted_on_hijri.ar),
        .latin = two_lines(arena, certificate->granted_on.latin, certificate->granted_on_hijri.latin)};
}

static struct text
two_lines(struct arena *arena, struct text first, struct text second)
{
    if (first.len == 0 || second.len == 0) {
        return first.len == 0 ? second : first;
    }
    return text_printf(arena, "%.*s\n%.*s", TEXT_ARG(first), TEXT_ARG(second));
}

static double
centred(struct page *page, struct sheet_style style, struct text text)
{
    return sheet_text(page->sheet, &style, PAGE_LEFT, page->y, PAGE_WIDTH, text);
}

static void
add_air(struct page *page)
{
    page->y += page->air;
    page->airs++;
}
