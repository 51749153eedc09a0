/* How a letter flows over its pages, for letter_pdf.c: pages, head and foot in letter_page.c, its parts in
 * letter_body.c. "Start" is the side where the letter's language begins to read. */
#ifndef OFFICE_LETTER_PAGE_H
#define OFFICE_LETTER_PAGE_H

#include "office/letter_pdf.h"
#include "office/letter_words.h"
#include "office/sheet.h"

#define LETTER_LEFT 62.0
#define LETTER_WIDTH (SHEET_WIDTH - 2.0 * LETTER_LEFT)
#define LETTER_TOP 46.0
#define LETTER_FOOT_HEIGHT 72.0
#define LETTER_BOTTOM (SHEET_HEIGHT - 30.0 - LETTER_FOOT_HEIGHT)

struct flow {
    struct sheet *sheet;
    const struct letter *letter;
    double y;
    int page;  /* from 1 */
    int pages; /* in all; known when drawing */
    const struct err *err;
};

/* Draws all pages on an open sheet. ERR_TOO_LARGE past LETTER_PAGES_MAX. */
const struct err *letter_pages(struct sheet *sheet, const struct letter *letter);

/* Everything between the head and the last foot. */
void letter_body(struct flow *flow);

/* Body type of the letter's language: Amiri reads as large as Noto Sans at four thirds of its size. */
struct sheet_style flow_style(const struct flow *flow, double size, bool is_bold, enum sheet_align align);
/* For what reads from left to right in every language: citations, addresses. It still begins at the start side. */
struct sheet_style flow_latin(const struct flow *flow, enum sheet_face face, double size);
/* x of a column that begins offset points from the start side. */
double flow_x(const struct flow *flow, double offset, double width);
/* Sets a paragraph in such a column from flow->y down, over page ends where it must. */
void flow_text(struct flow *flow, const struct sheet_style *style, double offset, double width, struct text text);
/* Begins a new page when less than height is left on this one. */
void flow_keep(struct flow *flow, double height);
struct text flow_word(const struct flow *flow, enum letter_word word);

#endif
