/* Makes a drawn PDF a document to keep: PDF/A-3 (ISO 19005-3, level B) with files attached (associated files),
 * metadata, languages and an output intent, byte for byte the same for the same input.
 *
 * What was drawn must embed its fonts and use RGB or grey only, as cairo does. Results live in the arena. Errors:
 * ERR_INTERNAL when qpdf cannot read what was drawn. */
#ifndef OFFICE_PDF_ARCHIVE_H
#define OFFICE_PDF_ARCHIVE_H

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "base/lang.h"
#include "base/text.h"

enum pdf_relationship { PDF_DATA = 1, PDF_SUPPLEMENT };

struct pdf_attachment {
    struct text name; /* ASCII file name */
    struct text media_type;
    struct text description;
    enum pdf_relationship relationship;
    struct text bytes;
};

struct pdf_facts {
    struct text titles[LANGS]; /* the one of lang must not be empty */
    struct text author;
    enum lang lang;
    struct date day; /* the act's: created and modified at its first second, UTC */
    const struct pdf_attachment *attachments;
    size_t attachment_count;
    const enum lang *tag_langs; /* of the structure elements, in order (sheet.h) */
    size_t tag_count;
};

const struct err *pdf_archive(struct arena *arena, struct text drawn, const struct pdf_facts *facts,
                              struct text *ret_pdf);

/* "ar-MA": the language as the document names it. */
const char *pdf_lang(enum lang lang);

#endif
