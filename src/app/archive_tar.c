#include "app/archive_tar.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* Offsets of POSIX.1-2017, pax, "ustar Interchange Format". */
enum {
    AT_MODE = 100,
    AT_UID = 108,
    AT_GID = 116,
    AT_SIZE = 124,
    AT_TIME = 136,
    AT_SUM = 148,
    AT_TYPE = 156,
    AT_MAGIC = 257
};
enum { SIZE_BYTES = 12, SUM_BYTES = 8 };
#define SIZE_OCTAL_MAX ((INT64_C(1) << 33) - 1) /* eleven octal digits */

static unsigned checksum(const char block[TAR_BLOCK]);
static bool name_is_plain(struct text name);
static bool size_read(const char *at, int64_t *ret);

void
tar_header_print(struct text name, int64_t size, char out[TAR_BLOCK])
{
    assert(name.len <= TAR_NAME_BYTES_MAX && size >= 0);
    memset(out, 0, TAR_BLOCK);
    memcpy(out, name.at, name.len);
    memcpy(out + AT_MODE, "0000600", 7);
    memcpy(out + AT_UID, "0000000", 7);
    memcpy(out + AT_GID, "0000000", 7);
    if (size <= SIZE_OCTAL_MAX) {
        char octal[SIZE_BYTES + 1];
        snprintf(octal, sizeof octal, "%011llo", (unsigned long long)size);
        memcpy(out + AT_SIZE, octal, SIZE_BYTES - 1);
    } else {
        for (int i = 0; i < 8; i++) {
            out[AT_SIZE + SIZE_BYTES - 1 - i] = (char)(size >> (8 * i) & 255);
        }
        out[AT_SIZE] = (char)0x80;
    }
    memcpy(out + AT_TIME, "00000000000", 11);
    out[AT_TYPE] = '0';
    memcpy(out + AT_MAGIC, "ustar\00000", 8);
    char sum[SUM_BYTES];
    snprintf(sum, sizeof sum, "%06o", checksum(out) & 0777777u);
    memcpy(out + AT_SUM, sum, 7);
    out[AT_SUM + 7] = ' ';
}

bool
tar_header_read(const char block[TAR_BLOCK], struct text *ret_name, int64_t *ret_size)
{
    const struct text name = {.at = block, .len = strnlen(block, TAR_NAME_BYTES_MAX)};
    if (!name_is_plain(name) || !size_read(block + AT_SIZE, ret_size)) {
        return false;
    }
    char written[TAR_BLOCK];
    tar_header_print(name, *ret_size, written);
    *ret_name = name;
    return memcmp(block, written, TAR_BLOCK) == 0;
}

bool
tar_is_end(const char block[TAR_BLOCK])
{
    for (int i = 0; i < TAR_BLOCK; i++) {
        if (block[i] != 0) {
            return false;
        }
    }
    return true;
}

int64_t
tar_padding(int64_t size)
{
    return (TAR_BLOCK - size % TAR_BLOCK) % TAR_BLOCK;
}

/* The sum of all bytes, those of the sum itself taken as spaces. */
static unsigned
checksum(const char block[TAR_BLOCK])
{
    unsigned sum = 0;
    for (int i = 0; i < TAR_BLOCK; i++) {
        const bool of_sum = i >= AT_SUM && i < AT_SUM + SUM_BYTES;
        sum += of_sum ? ' ' : (unsigned char)block[i];
    }
    return sum;
}

static bool
name_is_plain(struct text name)
{
    if (name.len == 0 || text_find_byte(name, '\n') < name.len) {
        return false;
    }
    struct text rest = name;
    struct text part;
    while (text_split(&rest, '/', &part)) {
        if (part.len == 0 || part.at[0] == '.') {
            return false;
        }
    }
    return true;
}

static bool
size_read(const char *at, int64_t *ret)
{
    int64_t size = 0;
    if ((unsigned char)at[0] == 0x80) {
        if (at[1] != 0 || at[2] != 0 || at[3] != 0 || (at[4] & 0x80) != 0) {
            return false;
        }
        for (int i = 4; i < SIZE_BYTES; i++) {
            size = size << 8 | (unsigned char)at[i];
        }
        *ret = size;
        return true;
    }
    for (int i = 0; i < SIZE_BYTES - 1; i++) {
        if (at[i] < '0' || at[i] > '7') {
            return false;
        }
        size = size * 8 + (at[i] - '0');
    }
    *ret = size;
    return true;
}
