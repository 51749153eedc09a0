/* One ustar header: 512 bytes, as POSIX.1-2017 pax has them; sizes past 8 GiB in base 256, as GNU tar writes them. */
#ifndef APP_ARCHIVE_TAR_H
#define APP_ARCHIVE_TAR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

enum { TAR_BLOCK = 512, TAR_NAME_BYTES_MAX = 100 };

/* A regular file of mode 0600 and time 0. name holds at most TAR_NAME_BYTES_MAX bytes. */
void tar_header_print(struct text name, int64_t size, char out[TAR_BLOCK]);
/* False unless the block is what tar_header_print() writes for a plain relative name (no "..", no empty part). */
bool tar_header_read(const char block[TAR_BLOCK], struct text *ret_name, int64_t *ret_size);
bool tar_is_end(const char block[TAR_BLOCK]);
/* Bytes of padding behind size bytes. */
int64_t tar_padding(int64_t size);

#endif
