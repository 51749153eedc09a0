/* A sheet of paper under construction: A4 pages of shaped, right-to-left aware text in a PDF, through pango and cairo.
 * Certificates and letters are drawn on it; pdf_archive.h then makes the result a document to keep.
 *
 * Memory: what cairo writes goes to the arena; library handles live until sheet_finish() or sheet_close(). Errors:
 * ERR_UTF8 for text that is not, ERR_TOO_LARGE past SHEET_BYTES_MAX, ERR_IO when a font is missing, ERR_INTERNAL when
 * cairo complains. Faults while drawing are kept and reported once, by sheet_finish(). Lengths are points (1/72 inch),
 * from the top left corner. */
#ifndef OFFICE_SHEET_H
#define OFFICE_SHEET_H

#include <cairo.h>
#include <pango/pango.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/lang.h"
#include "base/limits.h"
#include "base/text.h"

#define SHEET_WIDTH 595.0
#define SHEET_HEIGHT 842.0

/* The fonts of a process, opened once: looking them up costs more than a whole page. Not for two threads at once. */
struct sheet_fonts {
    PangoFontMap *map;
};
/* Opens the faces and their files. Fails when Amiri or Noto Sans is not installed: no certificate in another hand. */
const struct err *sheet_fonts_open(struct arena *arena, struct sheet_fonts *fonts);
void sheet_fonts_close(struct sheet_fonts *fonts);

enum sheet_face { SHEET_AR = 1, SHEET_AR_BOLD, SHEET_LATIN, SHEET_LATIN_BOLD, SHEET_TIFINAGH, SHEET_FACES };
enum sheet_align { SHEET_START = 1, SHEET_CENTRE, SHEET_END };

struct sheet_colour {
    double red;
    double green;
    double blue;
};
extern const struct sheet_colour SHEET_INK;   /* text */
extern const struct sheet_colour SHEET_SOFT;  /* labels; 7:1 on white */
extern const struct sheet_colour SHEET_GREEN; /* titles */
extern const struct sheet_colour SHEET_GOLD;  /* rules */

/* How a paragraph is set. The language gives the direction; START is right in Arabic. */
struct sheet_style {
    enum sheet_face face;
    enum lang lang;
    enum sheet_align align;
    double size;
    double size_min; /* 0: never shrinks */
    int lines;       /* shrinks while it has more; then it wraps on */
    struct sheet_colour colour;
    const char *tag; /* structure type, NULL for a paragraph */
};

struct sheet {
    struct arena *arena;
    struct sheet_fonts *fonts;
    struct buf pdf;
    cairo_surface_t *surface;
    cairo_t *cairo;
    PangoContext *contexts[LANGS]; /* one for each language: a change would undo what was shaped */
    bool measures;                 /* true: nothing is drawn, heights are right */
    double scale;                  /* of all type */
    bool is_broken_utf8;
    bool is_full;
    struct sheet_setting *settings; /* paragraphs already shaped: what was measured is drawn */
    size_t setting_count;
    enum lang *tag_langs; /* of each structure element, in order */
    size_t tag_count;
};

void sheet_open(struct sheet *sheet, struct arena *arena, struct sheet_fonts *fonts);
/* Sets one paragraph in a column; answers its height, 0 for the empty text. Bidi overrides and other hidden controls
 * are left out, isolates kept: a paragraph ends every isolate, so no text reorders its neighbours. */
double sheet_text(struct sheet *sheet, const struct sheet_style *style, double x, double y, double width,
                  struct text text);
/* How many bytes of the text, in whole lines, fit a column of that height: its length when all do, 0 when not one line
 * does. The text must be sheet_visible() already; what is left starts a paragraph of its own. */
size_t sheet_fit(struct sheet *sheet, const struct sheet_style *style, double width, struct text text, double height);
/* The text as it will be printed: without the controls that sheet_text() leaves out. */
struct text sheet_visible(struct arena *arena, struct text text);
/* A structure element around others ("Document", "Sect", "Table", "TR", ...). */
void sheet_begin(struct sheet *sheet, const char *tag, enum lang lang);
void sheet_end(struct sheet *sheet, const char *tag);
void sheet_colour(struct sheet *sheet, struct sheet_colour colour);
/* A horizontal rule. */
void sheet_rule(struct sheet *sheet, double x, double y, double width, struct sheet_colour colour);
void sheet_next_page(struct sheet *sheet); /* nothing while measuring */
/* Ends the pages and the handles; *ret_pdf is what cairo wrote. */
const struct err *sheet_finish(struct sheet *sheet, struct text *ret_pdf);
/* Ends the handles, for DEFER; harmless after sheet_finish(). */
void sheet_close(struct sheet *sheet);

#endif
