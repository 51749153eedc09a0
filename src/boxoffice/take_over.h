/* Taking over cinemas, screens, films and exhibition contracts from CSV files (issue 5): one row, one act. Results live
 * in ctx->arena. */
#ifndef BOXOFFICE_TAKE_OVER_H
#define BOXOFFICE_TAKE_OVER_H

#include "registry/import.h"

enum take_over { TAKE_OVER_CINEMAS = 1, TAKE_OVER_SCREENS, TAKE_OVER_FILMS, TAKE_OVER_CONTRACTS };

/* Needs TX_WRITE. Rows without fault are written while others are looked at: whoever gets faults rolls back.
 *   cinemas    code,name_ar,name_latin,city; ice,class,licence may be there (licence: the instrument's number)
 *   screens    cinema,code,seats,opened_on; closed_on
 *   films      visa,title_ar,title_latin,minutes,nationality,is_moroccan,distributor,visa_on; age_from
 *   contracts  visa,cinema,registered_on
 * result->rows is what was written. */
const struct err *box_office_take_over(struct ctx *ctx, enum take_over what, struct text csv, struct text source,
                                       struct import_result *ret);

#endif
