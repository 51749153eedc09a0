/* The tables of certificate_json.c that letters use too. */
#ifndef OFFICE_CERTIFICATE_JSON_H
#define OFFICE_CERTIFICATE_JSON_H

#include "office/certificate_pdf.h"
#include "office/record_json.h"

extern const struct record IN_LANGUAGES_RECORD; /* struct in_languages */
extern const struct record SIGNATURE_RECORD;    /* struct signature_block */

#endif
