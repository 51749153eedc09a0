/* What lines of procedures, formalities and bodies share: names, norms and growing lists. */
#ifndef LAW_READ_ROWS_H
#define LAW_READ_ROWS_H

#include "law/read.h"

void *rows_append(struct reader *reader, void *items, size_t *count, size_t size, const void *item);
bool row_name(struct reader *reader, struct text *ret);
void row_names(struct reader *reader, struct text **ret, size_t *ret_count);
bool row_cites(struct reader *reader, struct item *item, struct text **ret, size_t *ret_count);
void row_fault(struct reader *reader, const struct line *line, size_t faults, const char *what, const char *hint);

#endif
