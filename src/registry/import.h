/* Taking over what existed before this register from a CSV file (R14): RFC 4180, UTF-8, a header line with names, one
 * instrument a row. A holder that the register does not know by its company number is registered first.
 *
 * All faults at once, each with its line and column; nothing is written while there is one. Results live in ctx->arena.
 */
#ifndef REGISTRY_IMPORT_H
#define REGISTRY_IMPORT_H

#include "registry/instrument.h"

/* kind,number,ice,granted_on must be there; the rest may be: valid_until,status,status_on,legal_basis,name_ar,
 * name_latin,rc,rc_court,legal_form,capital,seat_ar,seat_latin,manager_ar,manager_latin. */
struct import_fault {
    int64_t line; /* from 1, of the file */
    struct text column;
    const char *message; /* msgid, fault.h */
};
struct import_result {
    struct import_fault *faults;
    size_t faults_count;
    int64_t rows;
    int64_t parties; /* registered */
    int64_t instruments;
};
enum { IMPORT_FAULTS_MAX = 10000 };

#define FAULT_CSV "fault.csv"             /* a quote that does not close, or a row of another length than the header */
#define FAULT_COLUMN "fault.column"       /* a column that must be there, or one nobody knows */
#define FAULT_STATUS_ON "fault.status_on" /* a state other than granted needs its day */

/* source names the file in the acts. Needs TX_WRITE. */
const struct err *instruments_import(struct ctx *ctx, struct text csv, struct text source, struct import_result *ret);

/* One CSV record: its fields, unquoted, in the arena; false at the end. *ret_broken: a quote does not close. */
struct csv {
    struct text rest;
    int64_t line; /* of the record that was read last */
    int64_t next_line;
};
bool csv_record(struct ctx *ctx, struct csv *csv, struct text **ret, size_t *ret_count, bool *ret_broken);

#endif
