#include "base/buf.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

static char *room_for(struct buf *buf, size_t len);

struct buf
buf_new(struct arena *arena, size_t bytes_max)
{
    assert(bytes_max > 0);
    return (struct buf){.arena = arena, .bytes_max = bytes_max};
}

void
buf_bytes(struct buf *buf, const void *at, size_t len)
{
    char *to = buf->room - buf->len >= len && buf->at != NULL ? buf->at + buf->len : room_for(buf, len);
    if (to != NULL && len > 0) {
        memcpy(to, at, len);
        buf->len += len;
    }
}

void
buf_text(struct buf *buf, struct text text)
{
    buf_bytes(buf, text.at, text.len);
}

void
buf_cstr(struct buf *buf, const char *cstr)
{
    buf_bytes(buf, cstr, strlen(cstr));
}

void
buf_char(struct buf *buf, char byte)
{
    char *to = buf->room > buf->len ? buf->at + buf->len : room_for(buf, 1);
    if (to != NULL) {
        *to = byte;
        buf->len++;
    }
}

void
buf_int(struct buf *buf, int64_t value)
{
    char digits[24];
    size_t at = sizeof digits;
    uint64_t size = value < 0 ? -(uint64_t)value : (uint64_t)value;
    do {
        digits[--at] = (char)('0' + size % 10);
        size /= 10;
    } while (size > 0);
    if (value < 0) {
        digits[--at] = '-';
    }
    buf_bytes(buf, digits + at, sizeof digits - at);
}

void
buf_code_point(struct buf *buf, uint32_t code_point)
{
    assert(code_point <= 0x10FFFF);

    char bytes[4];
    size_t len = 0;
    if (code_point < 0x80) {
        bytes[len++] = (char)code_point;
    } else if (code_point < 0x800) {
        bytes[len++] = (char)(0xC0 | code_point >> 6);
    } else if (code_point < 0x10000) {
        bytes[len++] = (char)(0xE0 | code_point >> 12);
        bytes[len++] = (char)(0x80 | (code_point >> 6 & 0x3F));
    } else {
        bytes[len++] = (char)(0xF0 | code_point >> 18);
        bytes[len++] = (char)(0x80 | (code_point >> 12 & 0x3F));
        bytes[len++] = (char)(0x80 | (code_point >> 6 & 0x3F));
    }
    if (code_point >= 0x80) {
        bytes[len++] = (char)(0x80 | (code_point & 0x3F));
    }
    buf_bytes(buf, bytes, len);
}

void
buf_printf(struct buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    buf_vprintf(buf, format, args);
    va_end(args);
}

void
buf_vprintf(struct buf *buf, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    const int len = vsnprintf(NULL, 0, format, args);
    assert(len >= 0);
    char *to = room_for(buf, (size_t)len + 1);
    if (to != NULL) {
        const int written = vsnprintf(to, (size_t)len + 1, format, again);
        assert(written == len);
        buf->len += (size_t)len;
    }
    va_end(again);
}

struct text
buf_built(const struct buf *buf)
{
    return (struct text){.at = buf->at == NULL ? "" : buf->at, .len = buf->len};
}

/* Room for len more bytes, or NULL past the ceiling. Doubles, so that building is linear. */
static char *
room_for(struct buf *buf, size_t len)
{
    assert(buf->arena != NULL);

    if (len > buf->bytes_max - buf->len) {
        buf->overflowed = true;
        return NULL;
    }
    if (buf->room - buf->len < len || buf->at == NULL) {
        size_t room = buf->room == 0 ? 256 : buf->room;
        while (room - buf->len < len) {
            room *= 2;
        }
        room = room < buf->bytes_max ? room : buf->bytes_max; /* so that room is never past the ceiling */
        char *at = arena_alloc(buf->arena, room);
        if (buf->len > 0) {
            memcpy(at, buf->at, buf->len);
        }
        buf->at = at;
        buf->room = room;
    }
    return buf->at + buf->len;
}
