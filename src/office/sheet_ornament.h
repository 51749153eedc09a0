/* What makes a sheet look like an act of the Centre: a border of guilloche, a rosette, rules, and the Centre's mark, an
 * eight-pointed star around an iris. All our own drawing in vectors, and no emblem of the State. Nothing here carries
 * information, so it has no place in the structure of the document. */
#ifndef OFFICE_SHEET_ORNAMENT_H
#define OFFICE_SHEET_ORNAMENT_H

#include "office/sheet.h"

/* The frame of a certificate, margin points from the paper's edge; it takes SHEET_BORDER points inward. */
#define SHEET_BORDER 26.0
void sheet_border(struct sheet *sheet, double margin);
/* Pale circles of lines behind the text. */
void sheet_rosette(struct sheet *sheet, double x, double y, double radius);
/* The Centre's mark around a point. */
void sheet_mark(struct sheet *sheet, double x, double y, double radius);
/* A short rule with a small star in its middle. */
void sheet_flourish(struct sheet *sheet, double x, double y, double width);

/* Large pale words across the page, under what is drawn later: ar above latin above other. */
void sheet_watermark(struct sheet *sheet, struct text ar, struct text latin, struct text other);

#endif
