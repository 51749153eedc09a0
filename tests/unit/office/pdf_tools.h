/* Reading PDFs back with other people's programs (poppler, qpdf, zbar), so that the tests do not trust our own. */
#ifndef TESTS_UNIT_OFFICE_PDF_TOOLS_H
#define TESTS_UNIT_OFFICE_PDF_TOOLS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/text.h"

/* A new folder under /tmp with the PDF in it as paper.pdf; its path. */
const char *paper_folder(struct arena *arena, struct text pdf);
void paper_remove(const char *folder);
/* Standard output of a shell command run in the folder; fails the test unless it exits 0. */
struct text paper_run(struct arena *arena, const char *folder, const char *command);
struct text paper_file(struct arena *arena, const char *folder, const char *name);

/* The text without white space and direction marks, as pdftotext scatters both. */
struct text letters_only(struct arena *arena, struct text text);
bool text_holds(struct text text, const char *part);
/* Where pdftotext -bbox sees the n-th word that is exactly this. */
struct word_box {
    double x_min, y_min, x_max, y_max;
};
bool word_find(struct text bbox, const char *word, struct word_box *ret);
/* Calls for each word of the bbox output; false at the end. */
bool word_next(struct text *bbox, struct text *ret_word, struct word_box *ret);

#endif
