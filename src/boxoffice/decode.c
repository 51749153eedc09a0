#include "boxoffice/decode.h"

#include <stdint.h>
#include <strings.h>
#include <zlib.h>
#include <zstd.h>

#include "base/buf.h"

enum { CHUNK_BYTES = 64 * 1024 };
/* A window above this is refused before memory is taken for it: 8 MiB, what every decoder has (RFC 8878, 3.1.1.1.2). */
enum { ZSTD_WINDOW_LOG_MAX = 23 };

static bool
is(struct text text, const char *word)
{
    return text.len == text_of(word).len && strncasecmp(text.at, word, text.len) == 0;
}

static const struct err *
decode_gzip(struct arena *arena, struct text body, size_t bytes_max, struct text *ret)
{
    z_stream stream = {.next_in = (Bytef *)(uintptr_t)body.at, .avail_in = (uInt)body.len};
    if (inflateInit2(&stream, 15 + 16) != Z_OK) {
        return FAIL(arena, ERR_IO, "zlib has no memory");
    }
    struct buf out = buf_new(arena, bytes_max);
    char *chunk = arena_alloc(arena, CHUNK_BYTES);
    int status = Z_OK;
    while (status == Z_OK && !out.overflowed) {
        stream.next_out = (Bytef *)chunk;
        stream.avail_out = CHUNK_BYTES;
        status = inflate(&stream, Z_NO_FLUSH);
        buf_bytes(&out, chunk, CHUNK_BYTES - stream.avail_out);
        if (status == Z_STREAM_END && stream.avail_in > 0) { /* members one behind the other, RFC 1952 */
            status = inflateReset(&stream);
        }
    }
    inflateEnd(&stream);
    if (out.overflowed) {
        return FAIL(arena, ERR_TOO_LARGE, "more than %zu bytes once decoded", bytes_max);
    }
    if (status != Z_STREAM_END) {
        return FAIL(arena, ERR_INPUT, "the body is not gzip, or is cut off");
    }
    *ret = buf_built(&out);
    return NULL;
}

static const struct err *
decode_zstd(struct arena *arena, struct text body, size_t bytes_max, struct text *ret)
{
    ZSTD_DCtx *context = ZSTD_createDCtx();
    if (context == NULL) {
        return FAIL(arena, ERR_IO, "zstd has no memory");
    }
    ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, ZSTD_WINDOW_LOG_MAX);
    struct buf out = buf_new(arena, bytes_max);
    char *chunk = arena_alloc(arena, CHUNK_BYTES);
    ZSTD_inBuffer in = {body.at, body.len, 0};
    size_t status = 1;
    bool goes_on = true;
    while (goes_on && !out.overflowed) {
        ZSTD_outBuffer to = {chunk, CHUNK_BYTES, 0};
        status = ZSTD_decompressStream(context, &to, &in);
        buf_bytes(&out, chunk, to.pos);
        goes_on = !ZSTD_isError(status) && (in.pos < in.size || to.pos == to.size);
    }
    ZSTD_freeDCtx(context);
    if (out.overflowed) {
        return FAIL(arena, ERR_TOO_LARGE, "more than %zu bytes once decoded", bytes_max);
    }
    if (status != 0) {
        return FAIL(arena, ERR_INPUT, "the body is not zstd, or is cut off");
    }
    *ret = buf_built(&out);
    return NULL;
}

const struct err *
body_decode(struct arena *arena, struct text body, struct text encoding, size_t bytes_max, struct text *ret)
{
    if (encoding.len == 0 || is(encoding, "identity")) {
        if (body.len > bytes_max) {
            return FAIL(arena, ERR_TOO_LARGE, "more than %zu bytes", bytes_max);
        }
        *ret = body;
        return NULL;
    }
    if (is(encoding, "gzip") || is(encoding, "x-gzip")) {
        return decode_gzip(arena, body, bytes_max, ret);
    }
    if (is(encoding, "zstd")) {
        return decode_zstd(arena, body, bytes_max, ret);
    }
    return FAIL(arena, ERR_INPUT, "Content-Encoding is identity, gzip or zstd");
}
