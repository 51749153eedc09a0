/* A certificate of an invented company, for the tests and the bench of drawing. */
#ifndef TESTS_UNIT_OFFICE_CERTIFICATE_SAMPLE_H
#define TESTS_UNIT_OFFICE_CERTIFICATE_SAMPLE_H

#include "office/certificate_pdf.h"

struct certificate sample_certificate(struct arena *arena);

#endif
