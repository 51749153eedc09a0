/* A line as NDJSON again, with the members that it held, in the order of the contract. Lives in arena. */
#ifndef BOXOFFICE_TICKET_PRINT_H
#define BOXOFFICE_TICKET_PRINT_H

#include "boxoffice/ticket_line.h"

struct text ticket_line_print(struct arena *arena, const struct ticket_line *line);

#endif
