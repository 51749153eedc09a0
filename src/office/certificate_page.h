/* How a certificate lies on its page, for certificate_pdf.c: from the head to the facts in certificate_page.c, from the
 * signature down in certificate_foot.c. Right to left: Arabic in the right column, French or English in the left. */
#ifndef OFFICE_CERTIFICATE_PAGE_H
#define OFFICE_CERTIFICATE_PAGE_H

#include "office/certificate_pdf.h"
#include "office/certificate_words.h"
#include "office/sheet.h"
#include "office/sheet_ornament.h"

#define PAGE_MARGIN 20.0                              /* paper to frame */
#define PAGE_LEFT (PAGE_MARGIN + SHEET_BORDER + 20.0) /* of the text */
#define PAGE_WIDTH (SHEET_WIDTH - 2.0 * PAGE_LEFT)    /* of the text */
#define PAGE_TOP (PAGE_MARGIN + SHEET_BORDER + 16.0)
#define PAGE_BOTTOM (SHEET_HEIGHT - PAGE_MARGIN - SHEET_BORDER - 9.0)
#define PAGE_MIDDLE (SHEET_WIDTH / 2.0)
#define PAGE_GUTTER 18.0 /* between the columns */
#define PAGE_HALF ((PAGE_WIDTH - PAGE_GUTTER) / 2.0)
#define PAGE_RIGHT (PAGE_LEFT + PAGE_HALF + PAGE_GUTTER) /* where the right column begins */

/* One pass over the page: first it measures, then it draws. */
struct page {
    struct sheet *sheet;
    const struct certificate *certificate;
    double y;
    double air;         /* between the parts */
    int airs;           /* how many there are */
    double foot_height; /* from the signature down */
    const struct err *err;
};

/* Draws the page on an open sheet. ERR_TOO_LARGE when the words do not fit at the smallest readable size. */
const struct err *certificate_page(struct sheet *sheet, const struct certificate *certificate);

/* Draws from the signature to the bottom of the page; sets page->foot_height. */
void certificate_foot(struct page *page);

/* A style in the language of its face: Arabic, Tamazight, or the certificate's other one. */
struct sheet_style page_style(const struct page *page, enum sheet_face face, double size, enum sheet_align align);
/* A word in both languages. */
struct in_languages page_words(const struct page *page, enum certificate_word word);

#endif
