#include "office/document.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/world.h"
#include "office/document.sql.h"

enum {
    HEAD_BYTES = 1024,
    /* A zip's end record is 22 bytes and a comment of at most 65,535. */
    ZIP_END_BYTES = 22,
    TAIL_BYTES = ZIP_END_BYTES + 65535,
    COPY_BYTES = 64 * 1024
};

static void close_at(const int *fd);
static const struct err *digest(struct arena *arena, int fd, struct hash *ret, int64_t *ret_size);
static const struct err *ends_of(struct arena *arena, int fd, int64_t size, struct text *ret_head,
                                 struct text *ret_tail);
static const struct err *folder_for(struct arena *arena, struct text data_folder, struct hash sha256);
static const struct err *sync_folder(struct arena *arena, const char *path);
static bool holds_zip(struct text tail);
static bool tail_has(struct text tail, const char *mark, size_t within);
static const struct err *io_error(struct arena *arena, const char *what, const char *path);

struct text
document_media(struct text head, struct text tail)
{
    static const char png[] = "\x89PNG\r\n\x1A\n";
    if (holds_zip(tail)) {
        return (struct text){NULL, 0};
    }
    if ((text_starts(head, TEXT("%PDF-1.")) || text_starts(head, TEXT("%PDF-2."))) && tail_has(tail, "%%EOF", 1024)) {
        return TEXT("application/pdf");
    }
    if (text_starts(head, (struct text){png, 8}) && tail_has(tail, "IEND", 64)) {
        return TEXT("image/png");
    }
    if (text_starts(head, TEXT("\xFF\xD8\xFF"))) {
        return TEXT("image/jpeg");
    }
    if (text_starts(head, (struct text){"II*\0", 4}) || text_starts(head, (struct text){"MM\0*", 4})) {
        return TEXT("image/tiff");
    }
    return (struct text){NULL, 0};
}

const struct err *
document_keep(struct arena *arena, struct text data_folder, struct text quarantine_path, struct stored_document *ret,
              const char **ret_fault)
{
    *ret_fault = NULL;
    const char *from = text_cstr(arena, quarantine_path);
    DEFER(close_at) const int fd = open(from, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) {
        return io_error(arena, "open", from);
    }
    struct hash sha256;
    int64_t size = 0;
    TRY(digest(arena, fd, &sha256, &size));
    struct text head, tail;
    TRY(ends_of(arena, fd, size, &head, &tail));
    const struct text media = document_media(head, tail);
    *ret_fault = size == 0                   ? FAULT_DOCUMENT_EMPTY
                 : size > DOCUMENT_BYTES_MAX ? FAULT_DOCUMENT_LARGE
                 : media.at == NULL          ? FAULT_DOCUMENT_TYPE
                                             : NULL;
    if (*ret_fault != NULL) {
        unlink(from);
        return FAIL(arena, ERR_INPUT, "%s: %s", from, *ret_fault);
    }

    TRY(folder_for(arena, data_folder, sha256));
    const char *to = text_cstr(arena, document_path(arena, data_folder, sha256));
    if (fsync(fd) != 0) {
        return io_error(arena, "sync", from);
    }
    if (rename(from, to) != 0) {
        return io_error(arena, "move", to);
    }
    chmod(to, S_IRUSR | S_IRGRP);
    TRY(sync_folder(arena, text_cstr(arena, text_slice(text_of(to), 0, strlen(to) - HASH_BYTES * 2 - 1))));
    *ret = (struct stored_document){.sha256 = sha256, .media = media, .size = size};
    return NULL;
}

const struct err *
document_keep_bytes(struct arena *arena, struct text data_folder, struct text bytes, const char *media,
                    struct stored_document *ret)
{
    const struct hash sha256 = hash_of_text(bytes);
    *ret = (struct stored_document){.sha256 = sha256, .media = text_of(media), .size = (int64_t)bytes.len};
    TRY(folder_for(arena, data_folder, sha256));
    const char *to = text_cstr(arena, document_path(arena, data_folder, sha256));
    if (access(to, F_OK) == 0) {
        return NULL;
    }
    const char *from = text_cstr(arena, text_printf(arena, "%s.%d.new", to, (int)getpid()));
    DEFER(close_at) const int fd = open(from, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0440);
    if (fd < 0) {
        return io_error(arena, "make", from);
    }
    for (size_t at = 0; at < bytes.len;) {
        const ssize_t wrote = write(fd, bytes.at + at, bytes.len - at);
        if (wrote < 0) {
            return io_error(arena, "write", from);
        }
        at += (size_t)wrote;
    }
    if (fsync(fd) != 0 || rename(from, to) != 0) {
        return io_error(arena, "keep", to);
    }
    return sync_folder(arena, text_cstr(arena, text_slice(text_of(to), 0, strlen(to) - HASH_BYTES * 2 - 1)));
}

struct text
document_path(struct arena *arena, struct text data_folder, struct hash sha256)
{
    const struct text hex = hash_to_hex(arena, sha256);
    return text_printf(arena, "%.*s/documents/%.2s/%.*s", TEXT_ARG(data_folder), hex.at, TEXT_ARG(hex));
}

const struct err *
document_record(struct ctx *ctx, const struct stored_document *document)
{
    return document_insert(ctx, &(struct document_insert_in){.sha256 = document->sha256,
                                                             .media = document->media,
                                                             .size = document->size,
                                                             .stored_at_ms = ctx->world->now_ms(ctx->world)});
}

const struct err *
document_find(struct ctx *ctx, struct hash sha256, struct stored_document *ret, bool *ret_found)
{
    struct document_row_row row;
    TRY(document_row(ctx, sha256, &row, ret_found));
    if (*ret_found) {
        *ret = (struct stored_document){.sha256 = sha256, .media = row.media, .size = row.size};
    }
    return NULL;
}

const struct err *
document_sweep(struct ctx *ctx, int64_t before_ms, struct hash **ret, size_t *ret_count)
{
    struct document_rows_loose_rows rows;
    TRY(document_rows_loose(ctx, before_ms, PAGE_ROWS_MAX, &rows));
    struct hash *hashes = ARENA_ARRAY(ctx->arena, struct hash, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        hashes[i] = rows.items[i].sha256;
        TRY(document_delete(ctx, hashes[i]));
    }
    *ret = hashes;
    *ret_count = rows.count;
    return NULL;
}

const struct err *
document_remove(struct arena *arena, struct text data_folder, struct hash sha256)
{
    const char *path = text_cstr(arena, document_path(arena, data_folder, sha256));
    return unlink(path) == 0 || errno == ENOENT ? NULL : io_error(arena, "remove", path);
}

static void
close_at(const int *fd)
{
    if (*fd >= 0) {
        close(*fd);
    }
}

/* In pieces: a paper may be larger than an arena. */
static const struct err *
digest(struct arena *arena, int fd, struct hash *ret, int64_t *ret_size)
{
    EVP_MD_CTX *md = EVP_MD_CTX_new();
    bool good = md != NULL && EVP_DigestInit_ex(md, EVP_sha256(), NULL) == 1;
    char *piece = arena_alloc(arena, COPY_BYTES);
    ssize_t got = 0;
    int64_t size = 0;
    while (good && (got = read(fd, piece, COPY_BYTES)) > 0) {
        good = EVP_DigestUpdate(md, piece, (size_t)got) == 1;
        size += got;
    }
    unsigned length = HASH_BYTES;
    good = good && got == 0 && EVP_DigestFinal_ex(md, ret->bytes, &length) == 1;
    EVP_MD_CTX_free(md);
    *ret_size = size;
    return good ? NULL : io_error(arena, "read", "a paper in quarantine");
}

static const struct err *
ends_of(struct arena *arena, int fd, int64_t size, struct text *ret_head, struct text *ret_tail)
{
    const int64_t head_size = size < HEAD_BYTES ? size : HEAD_BYTES;
    const int64_t tail_size = size < TAIL_BYTES ? size : TAIL_BYTES;
    char *head = arena_alloc(arena, (size_t)head_size);
    char *tail = arena_alloc(arena, (size_t)tail_size);
    if (pread(fd, head, (size_t)head_size, 0) != head_size ||
        pread(fd, tail, (size_t)tail_size, size - tail_size) != tail_size) {
        return io_error(arena, "read", "a paper in quarantine");
    }
    *ret_head = (struct text){head, (size_t)head_size};
    *ret_tail = (struct text){tail, (size_t)tail_size};
    return NULL;
}

/* DATA/documents and DATA/documents/xx, each synced with what is above it. */
static const struct err *
folder_for(struct arena *arena, struct text data_folder, struct hash sha256)
{
    const char *data = text_cstr(arena, data_folder);
    const char *all = text_cstr(arena, text_printf(arena, "%s/documents", data));
    const char *one = text_cstr(arena, text_printf(arena, "%s/%.2s", all, hash_to_hex(arena, sha256).at));
    if (mkdir(all, 0750) == 0) {
        TRY(sync_folder(arena, data));
    } else if (errno != EEXIST) {
        return io_error(arena, "make", all);
    }
    if (mkdir(one, 0750) == 0) {
        TRY(sync_folder(arena, all));
    } else if (errno != EEXIST) {
        return io_error(arena, "make", one);
    }
    return NULL;
}

static const struct err *
sync_folder(struct arena *arena, const char *path)
{
    DEFER(close_at) const int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || fsync(fd) != 0) {
        return io_error(arena, "sync", path);
    }
    return NULL;
}

/* A zip's end record, whose comment reaches exactly to the end of the file. */
static bool
holds_zip(struct text tail)
{
    for (size_t at = 0; at + ZIP_END_BYTES <= tail.len; at++) {
        if (memcmp(tail.at + at, "PK\x05\x06", 4) != 0) {
            continue;
        }
        const unsigned char *comment = (const unsigned char *)tail.at + at + 20;
        const size_t length = (size_t)comment[0] | (size_t)comment[1] << 8;
        if (at + ZIP_END_BYTES + length == tail.len) {
            return true;
        }
    }
    return false;
}

static bool
tail_has(struct text tail, const char *mark, size_t within)
{
    const size_t length = strlen(mark);
    const size_t from = tail.len > within ? tail.len - within : 0;
    for (size_t at = from; at + length <= tail.len; at++) {
        if (memcmp(tail.at + at, mark, length) == 0) {
            return true;
        }
    }
    return false;
}

static const struct err *
io_error(struct arena *arena, const char *what, const char *path)
{
    const enum err_code code = errno == ENOSPC || errno == EDQUOT ? ERR_DISK_FULL : ERR_IO;
    return FAIL(arena, code, "cannot %s %s: %s", what, path, strerror(errno));
}
