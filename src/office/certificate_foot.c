#include "office/certificate_page.h"

#include <math.h>

#include "office/sheet_qr.h"

#define QR_SIDE 86.0

static double signature(struct page *page, double y);
static double signature_pair(struct page *page, double y, struct sheet_style ar, struct in_languages words);
static double verification(struct page *page, double y);
static double proof_strip(struct page *page, double y);
static double cell_label(struct page *page, double x, double y, double width, enum certificate_word word);
static double closing(struct page *page, double y);

/* Signature on the left, where an Arabic page ends; the way to verify it on the right; the proof below. */
void
certificate_foot(struct page *page)
{
    double top = page->sheet->measures ? page->y : PAGE_BOTTOM - page->foot_height;
    double signed_to = signature(page, top);
    double verified_to = verification(page, top);
    double y = fmax(signed_to, verified_to) + 5;
    y = proof_strip(page, y);
    y = closing(page, y);
    if (page->sheet->measures) {
        page->foot_height = y - top;
    }
}

static double
signature(struct page *page, double y)
{
    const struct certificate *certificate = page->certificate;
    const struct signature_block *block = &certificate->signature;
    struct sheet_style style = page_style(page, SHEET_AR_BOLD, 11.6, SHEET_CENTRE);
    style.colour = SHEET_GREEN;
    sheet_begin(page->sheet, "Sect", LANG_AR);
    y = signature_pair(page, y, style, block->capacity);
    y = signature_pair(page, y + 3, page_style(page, SHEET_AR_BOLD, 13.5, SHEET_CENTRE), block->name);
    y = signature_pair(page, y + 2, page_style(page, SHEET_AR, 8.9, SHEET_CENTRE), block->basis);
    sheet_rule(page->sheet, PAGE_LEFT + 30, y + 4, PAGE_HALF - 60, SHEET_GOLD);
    struct in_languages level = {.ar = signature_level_words(block->level, LANG_AR),
                                 .latin = signature_level_words(block->level, certificate->latin_lang)};
    y = signature_pair(page, y + 5, page_style(page, SHEET_AR, 8.9, SHEET_CENTRE), level);
    struct sheet_style detail = page_style(page, SHEET_LATIN, 6.3, SHEET_CENTRE);
    y += sheet_text(page->sheet, &detail, PAGE_LEFT, y, PAGE_HALF, block->detail);
    sheet_end(page->sheet, "Sect");
    return y;
}

/* Arabic, and under it the other language, in a face and size that go with it. */
static double
signature_pair(struct page *page, double y, struct sheet_style ar, struct in_languages words)
{
    enum sheet_face face = ar.face == SHEET_AR_BOLD ? SHEET_LATIN_BOLD : SHEET_LATIN;
    struct sheet_style latin = page_style(page, face, ar.size * 0.70, ar.align);
    latin.colour = ar.colour;
    ar.size_min = latin.size_min = 6.5;
    ar.lines = latin.lines = 3;
    y += sheet_text(page->sheet, &ar, PAGE_LEFT, y, PAGE_HALF, words.ar);
    y += sheet_text(page->sheet, &latin, PAGE_LEFT, y, PAGE_HALF, words.latin);
    return y;
}

static double
verification(struct page *page, double y)
{
    const struct certificate *certificate = page->certificate;
    struct sheet *sheet = page->sheet;
    struct text url = certificate_url(sheet->arena, certificate->base_url, certificate->act, certificate->short_hash);
    double qr_x = PAGE_LEFT + PAGE_WIDTH - QR_SIDE;
    const struct err *err = sheet_qr(sheet, qr_x, y, QR_SIDE, url);
    if (err != NULL) {
        page->err = err;
        return y;
    }
    double width = PAGE_HALF - QR_SIDE - 8;
    double from = y;
    struct in_languages words = page_words(page, WORD_VERIFY);
    struct sheet_style ar = page_style(page, SHEET_AR, 9.3, SHEET_START);
    struct sheet_style latin = page_style(page, SHEET_LATIN, 6.3, SHEET_START);
    struct sheet_style address = page_style(page, SHEET_LATIN, 7.4, SHEET_END);
    address.colour = SHEET_GREEN;
    address.size_min = 5;
    address.lines = 1;
    sheet_begin(sheet, "Sect", LANG_AR);
    y += 6;
    y += sheet_text(sheet, &ar, PAGE_RIGHT, y, width, words.ar) + 3;
    y += sheet_text(sheet, &latin, PAGE_RIGHT, y, width, words.latin);
    y = fmax(y, from + QR_SIDE) + 1;
    y += sheet_text(sheet, &address, PAGE_RIGHT, y, PAGE_HALF, url) + 2;
    ar.size = 8;
    latin.size = 5.8;
    ar.colour = latin.colour = SHEET_SOFT;
    ar.size_min = latin.size_min = 5;
    ar.lines = latin.lines = 1;
    words = page_words(page, WORD_ATTACHED);
    y += sheet_text(sheet, &ar, PAGE_RIGHT, y, PAGE_HALF, words.ar);
    y += sheet_text(sheet, &latin, PAGE_RIGHT, y, PAGE_HALF, words.latin);
    sheet_end(sheet, "Sect");
    return y;
}

/* What a stranger needs to find the entry in the log: five cells from right to left. */
static double
proof_strip(struct page *page, double y)
{
    const struct certificate *certificate = page->certificate;
    struct sheet *sheet = page->sheet;
    struct arena *arena = sheet->arena;
    const struct {
        enum certificate_word word;
        struct text value;
        double width;
    } cells[] = {
        {WORD_ACT, text_printf(arena, "%lld", (long long)certificate->act), 62},
        {WORD_DAY, date_to_text(arena, certificate->act_day), 68},
        {WORD_LEAF, text_printf(arena, "%lld", (long long)certificate->leaf), 62},
        {WORD_SHORT_HASH, certificate->short_hash, 118},
        {WORD_ORIGIN, certificate->origin, PAGE_WIDTH - 62 - 68 - 62 - 118},
    };
    sheet_rule(sheet, PAGE_LEFT, y, PAGE_WIDTH, SHEET_GOLD);
    sheet_begin(sheet, "Table", LANG_AR);
    double x = PAGE_LEFT + PAGE_WIDTH;
    double height = 0;
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        struct sheet_style value = page_style(page, SHEET_LATIN_BOLD, 6.9, SHEET_CENTRE);
        value.size_min = 5;
        value.lines = 1;
        x -= cells[i].width;
        double label = cell_label(page, x, y + 2, cells[i].width, cells[i].word);
        double printed = sheet_text(sheet, &value, x, y + 2 + label, cells[i].width, cells[i].value);
        height = fmax(height, 2 + label + printed);
    }
    sheet_end(sheet, "Table");
    y += height + 3;
    sheet_rule(sheet, PAGE_LEFT, y, PAGE_WIDTH, SHEET_GOLD);
    return y;
}

static double
cell_label(struct page *page, double x, double y, double width, enum certificate_word word)
{
    struct in_languages words = page_words(page, word);
    struct sheet_style ar = page_style(page, SHEET_AR, 8.2, SHEET_CENTRE);
    struct sheet_style latin = page_style(page, SHEET_LATIN, 5.6, SHEET_CENTRE);
    ar.colour = latin.colour = SHEET_SOFT;
    double height = sheet_text(page->sheet, &ar, x, y, width, words.ar);
    return height + sheet_text(page->sheet, &latin, x, y + height, width, words.latin);
}

/* The authentic text, what the log's signature is not, and what the mark across the page means. */
static double
closing(struct page *page, double y)
{
    struct sheet *sheet = page->sheet;
    const struct certificate *certificate = page->certificate;
    struct in_languages authentic = page_words(page, WORD_AUTHENTIC);
    struct in_languages log = page_words(page, WORD_LOG_SIGNATURE);
    struct sheet_style ar = page_style(page, SHEET_AR, 8.9, SHEET_START);
    struct sheet_style latin = page_style(page, SHEET_LATIN, 6.3, SHEET_START);
    y += 3;
    if (certificate->mark != MARK_NONE) {
        struct sheet_style mark_ar = page_style(page, SHEET_AR_BOLD, 10.2, SHEET_START);
        struct sheet_style mark_latin = page_style(page, SHEET_LATIN_BOLD, 7.4, SHEET_START);
        mark_ar.colour = mark_latin.colour = (struct sheet_colour){0.66, 0.10, 0.10};
        double height = sheet_text(sheet, &mark_ar, PAGE_RIGHT, y, PAGE_HALF,
                                   certificate_mark_sentence(certificate->mark, LANG_AR));
        (void)sheet_text(sheet, &mark_latin, PAGE_LEFT, y + 3, PAGE_HALF,
                         certificate_mark_sentence(certificate->mark, certificate->latin_lang));
        y += height;
    }
    double height = sheet_text(sheet, &ar, PAGE_RIGHT, y, PAGE_HALF, authentic.ar);
    (void)sheet_text(sheet, &latin, PAGE_LEFT, y + 3, PAGE_HALF, authentic.latin);
    y += height;
    ar = page_style(page, SHEET_AR, 8, SHEET_START);
    latin = page_style(page, SHEET_LATIN, 5.8, SHEET_START);
    ar.colour = latin.colour = SHEET_SOFT;
    double right = sheet_text(sheet, &ar, PAGE_RIGHT, y, PAGE_HALF, log.ar);
    double left = 2 + sheet_text(sheet, &latin, PAGE_LEFT, y + 2, PAGE_HALF, log.latin);
    return y + fmax(left, right);
}
