/* Letters to an invented company, for the tests of drawing. */
#ifndef TESTS_UNIT_OFFICE_LETTER_SAMPLE_H
#define TESTS_UNIT_OFFICE_LETTER_SAMPLE_H

#include "office/letter_pdf.h"

/* A refusal in Arabic, French or English, with reasons and remedies. */
struct letter sample_decision(enum lang lang);
/* A filing receipt in Arabic or French, with the papers still missing. */
struct letter sample_receipt(enum lang lang);

#endif
