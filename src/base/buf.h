/* A text under construction, in an arena, with a ceiling it cannot do without.
 * Past the ceiling nothing is added and the buffer says so (overflowed): check once, at the end. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"

struct buf {
    struct arena *arena;
    char *at;
    size_t len;
    size_t room;
    size_t bytes_max;
    bool overflowed;
};

struct buf buf_new(struct arena *arena, size_t bytes_max);
void buf_bytes(struct buf *buf, const void *at, size_t len);
void buf_text(struct buf *buf, struct text text);
void buf_cstr(struct buf *buf, const char *cstr);
void buf_char(struct buf *buf, char byte);
void buf_int(struct buf *buf, int64_t value);
void buf_code_point(struct buf *buf, uint32_t code_point); /* as UTF-8 */
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vprintf(struct buf *buf, const char *format, va_list args);
/* What was built so far. Stays valid until the next addition. */
struct text buf_built(const struct buf *buf);

#endif
