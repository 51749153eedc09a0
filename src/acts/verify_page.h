/* A page of acts on its way through verification: read from the database by one thread, its leaves derived by another.
 * Only src/acts includes this. */
#ifndef ACTS_VERIFY_PAGE_H
#define ACTS_VERIFY_PAGE_H

#include "acts/act.sql.h"
#include "acts/fault.h"
#include "base/ctx.h"

struct verify_page {
    struct arena *arena; /* of what is read and found; its own */
    struct act_rows_rows acts;
    struct act_person_rows_rows persons;
    struct act_document_rows_rows documents;
    size_t next_person, next_document; /* of the act looked at */
    struct hash *leaves;               /* derived, one for each act */
    struct act_faults faults;
    struct act_fault *found; /* in the order of acts */
    size_t found_count, found_room;
};

/* The acts behind a number, with their persons and documents; none at the end. */
const struct err *verify_page_read(struct ctx *ctx, int64_t after, struct verify_page *page);
/* Derives each leaf from the rows alone and notes each fault. Touches no database. */
void verify_page_derive(struct verify_page *page);

#endif
