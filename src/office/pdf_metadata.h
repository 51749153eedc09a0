/* The XMP packet (ISO 16684-1) of a document: title in each language, author, day, and the claim of PDF/A-3B. */
#ifndef OFFICE_PDF_METADATA_H
#define OFFICE_PDF_METADATA_H

#include "office/pdf_archive.h"

#define PDF_PRODUCER "markaz"

struct text pdf_metadata(struct arena *arena, const struct pdf_facts *facts);

#endif
