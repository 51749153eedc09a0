#include "app/archive.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/archive_tar.h"
#include "app/files.h"
#include "base/encode.h"

#define SUMS "SHA256SUMS"
/* A house of a million documents needs about 300 MiB to name them. */
enum { NAMES_BYTES_MAX = 1024 * 1024 * 1024 };

/* A whole file in memory, as the kernel pages it. */
struct mapping {
    void *at;
    size_t size;
};

static const struct err *map(struct arena *arena, const char *path, struct mapping *ret);
static void unmap(struct mapping *mapping);
static const struct err *put(struct arena *arena, int fd, const char *path, const void *at, size_t size);
static const struct err *put_entry(struct archive *archive, struct text name, struct text bytes);
static const struct err *unpack_all(struct arena *arena, struct text bytes, const char *folder, int sums_fd);
static bool is_zero(struct text bytes);
static const struct err *unpack_one(struct arena *arena, const char *folder, struct text name, struct text bytes);
static const struct err *sum_line(struct arena *arena, int fd, struct text name, struct text bytes);
static const struct err *sums_agree(struct arena *arena, const char *folder, const char *found_path);
static int remove_one(const char *path, const struct stat *stat, int type, struct FTW *ftw);

const struct err *
archive_begin(struct arena *arena, const char *path, struct archive *ret)
{
    *ret = (struct archive){.arena = arena, .path = path, .fd = -1, .sums_fd = -1};
    ret->sums_path = text_cstr(arena, text_printf(arena, "%s.sums", path));
    ret->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (ret->fd == -1) {
        return file_failed(arena, "make", path);
    }
    ret->sums_fd = open(ret->sums_path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (ret->sums_fd == -1) {
        const struct err *err = file_failed(arena, "make", ret->sums_path);
        archive_undo(ret);
        return err;
    }
    return NULL;
}

const struct err *
archive_add(struct archive *archive, struct text name, const char *path)
{
    struct mapping mapping;
    TRY(map(archive->arena, path, &mapping));
    const struct text bytes = {.at = mapping.at, .len = mapping.size};
    const struct err *err = put_entry(archive, name, bytes);
    if (err == NULL) {
        err = sum_line(archive->arena, archive->sums_fd, name, bytes);
    }
    unmap(&mapping);
    return err;
}

const struct err *
archive_add_folder(struct archive *archive, const char *prefix, const char *folder)
{
    DEFER(arena_free_at) struct arena *names = arena_new(NAMES_BYTES_MAX);
    struct file_entry *entries = NULL;
    size_t count = 0;
    const struct err *err = folder_list(names, folder, &entries, &count);
    if (err != NULL) {
        return FAIL(archive->arena, err->code, "%s", err_print(names, err)); /* names go with their arena */
    }
    for (size_t i = 0; i < count; i++) {
        const struct arena_mark mark = arena_mark(archive->arena);
        const struct text name = text_printf(archive->arena, "%s/%.*s", prefix, TEXT_ARG(entries[i].path));
        TRY(archive_add(
            archive, name,
            text_cstr(archive->arena, text_printf(archive->arena, "%s/%.*s", folder, TEXT_ARG(entries[i].path)))));
        arena_rewind(archive->arena, mark);
    }
    return NULL;
}

const struct err *
archive_end(struct archive *archive)
{
    struct mapping sums;
    TRY(map(archive->arena, archive->sums_path, &sums));
    const struct err *err = put_entry(archive, TEXT(SUMS), (struct text){.at = sums.at, .len = sums.size});
    unmap(&sums);
    TRY(err);
    static const char end[2 * TAR_BLOCK];
    TRY(put(archive->arena, archive->fd, archive->path, end, sizeof end));
    if (fsync(archive->fd) != 0) {
        return file_failed(archive->arena, "sync", archive->path);
    }
    close(archive->fd);
    close(archive->sums_fd);
    unlink(archive->sums_path);
    archive->fd = archive->sums_fd = -1;
    return NULL;
}

void
archive_undo(struct archive *archive)
{
    if (archive->fd != -1) {
        close(archive->fd);
        unlink(archive->path);
    }
    if (archive->sums_fd != -1) {
        close(archive->sums_fd);
        unlink(archive->sums_path);
    }
    archive->fd = archive->sums_fd = -1;
}

const struct err *
archive_unpack(struct arena *arena, const char *path, const char *folder)
{
    if (file_exists(folder) && rmdir(folder) != 0) { /* an empty one is as good as none */
        return FAIL(arena, ERR_CONFLICT, "%s exists and is not empty", folder);
    }
    const char *beside = text_cstr(arena, text_printf(arena, "%s.restoring", folder));
    const char *found_path = text_cstr(arena, text_printf(arena, "%s.sums", folder));
    struct mapping mapping;
    TRY(map(arena, path, &mapping));
    nftw(beside, remove_one, 8, FTW_DEPTH | FTW_PHYS); /* of a restore that was cut */
    const struct err *err = folder_make(arena, beside);
    const int sums_fd = open(found_path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (err == NULL && sums_fd == -1) {
        err = file_failed(arena, "make", found_path);
    }
    if (err == NULL) {
        err = unpack_all(arena, (struct text){.at = mapping.at, .len = mapping.size}, beside, sums_fd);
    }
    if (err == NULL) {
        err = sums_agree(arena, beside, found_path);
    }
    if (sums_fd != -1) {
        close(sums_fd);
        unlink(found_path);
    }
    unmap(&mapping);
    if (err == NULL && rename(beside, folder) != 0) {
        err = file_failed(arena, "rename", beside);
    }
    if (err != NULL) {
        nftw(beside, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    }
    return err;
}

static const struct err *
map(struct arena *arena, const char *path, struct mapping *ret)
{
    *ret = (struct mapping){0};
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    struct stat stat;
    if (fd == -1 || fstat(fd, &stat) != 0) {
        const struct err *err = file_failed(arena, "open", path);
        if (fd != -1) {
            close(fd);
        }
        return err;
    }
    if (stat.st_size > 0) {
        ret->size = (size_t)stat.st_size;
        ret->at = mmap(NULL, ret->size, PROT_READ, MAP_PRIVATE, fd, 0);
    }
    close(fd);
    return ret->at == MAP_FAILED ? file_failed(arena, "map", path) : NULL;
}

static void
unmap(struct mapping *mapping)
{
    if (mapping->size > 0) {
        munmap(mapping->at, mapping->size);
    }
}

static const struct err *
put(struct arena *arena, int fd, const char *path, const void *at, size_t size)
{
    const char *from = at;
    while (size > 0) {
        const ssize_t done = write(fd, from, size);
        if (done < 0) {
            return file_failed(arena, "write", path);
        }
        from += done;
        size -= (size_t)done;
    }
    return NULL;
}

static const struct err *
put_entry(struct archive *archive, struct text name, struct text bytes)
{
    static const char nothing[TAR_BLOCK];
    if (name.len > TAR_NAME_BYTES_MAX) {
        return FAIL(archive->arena, ERR_TOO_LARGE, "the name %.*s is too long for a backup", TEXT_ARG(name));
    }
    char header[TAR_BLOCK];
    tar_header_print(name, (int64_t)bytes.len, header);
    TRY(put(archive->arena, archive->fd, archive->path, header, sizeof header));
    TRY(put(archive->arena, archive->fd, archive->path, bytes.at, bytes.len));
    return put(archive->arena, archive->fd, archive->path, nothing, (size_t)tar_padding((int64_t)bytes.len));
}

/* All entries; the sums of those before SHA256SUMS go to sums_fd. */
static const struct err *
unpack_all(struct arena *arena, struct text bytes, const char *folder, int sums_fd)
{
    bool has_sums = false;
    for (;;) {
        struct text name;
        int64_t size = 0;
        if (bytes.len < TAR_BLOCK) {
            return FAIL(arena, ERR_TAMPERED, "the backup ends too early");
        }
        if (tar_is_end(bytes.at)) {
            const bool is_whole = has_sums && bytes.len == 2 * TAR_BLOCK && tar_is_end(bytes.at + TAR_BLOCK);
            return is_whole ? NULL : FAIL(arena, ERR_TAMPERED, "the backup does not end with its %s", SUMS);
        }
        if (!tar_header_read(bytes.at, &name, &size) || (uint64_t)size > bytes.len - TAR_BLOCK || has_sums) {
            return FAIL(arena, ERR_TAMPERED, "the backup holds something that markaz did not write");
        }
        const struct arena_mark mark = arena_mark(arena);
        const struct text content = text_slice(bytes, TAR_BLOCK, TAR_BLOCK + (size_t)size);
        has_sums = text_is(name, SUMS);
        TRY(unpack_one(arena, folder, name, content));
        if (!has_sums) {
            TRY(sum_line(arena, sums_fd, name, content));
        }
        arena_rewind(arena, mark);
        const size_t step = TAR_BLOCK + (size_t)size + (size_t)tar_padding(size);
        if (step > bytes.len || !is_zero(text_slice(bytes, TAR_BLOCK + (size_t)size, step))) {
            return FAIL(arena, ERR_TAMPERED, "what pads %.*s is not what markaz wrote", TEXT_ARG(name));
        }
        bytes = text_after(bytes, step);
    }
}

static bool
is_zero(struct text bytes)
{
    for (size_t i = 0; i < bytes.len; i++) {
        if (bytes.at[i] != 0) {
            return false;
        }
    }
    return true;
}

static const struct err *
unpack_one(struct arena *arena, const char *folder, struct text name, struct text bytes)
{
    for (size_t i = 0; i < name.len; i++) {
        if (name.at[i] == '/') {
            TRY(folder_make(arena, text_cstr(arena, text_printf(arena, "%s/%.*s", folder, (int)i, name.at))));
        }
    }
    const char *path = text_cstr(arena, text_printf(arena, "%s/%.*s", folder, TEXT_ARG(name)));
    if (file_exists(path)) {
        return FAIL(arena, ERR_TAMPERED, "the backup holds %.*s twice", TEXT_ARG(name));
    }
    return file_write(arena, path, bytes);
}

static const struct err *
sum_line(struct arena *arena, int fd, struct text name, struct text bytes)
{
    const struct text hex = hash_to_hex(arena, hash_of_text(bytes));
    const struct text line = text_printf(arena, "%.*s  %.*s\n", TEXT_ARG(hex), TEXT_ARG(name));
    return put(arena, fd, SUMS, line.at, line.len);
}

static const struct err *
sums_agree(struct arena *arena, const char *folder, const char *found_path)
{
    const char *said_path = text_cstr(arena, text_printf(arena, "%s/%s", folder, SUMS));
    struct mapping said;
    struct mapping found;
    TRY(map(arena, said_path, &said));
    const struct err *err = map(arena, found_path, &found);
    if (err == NULL) {
        const struct text left = {.at = said.at, .len = said.size};
        const struct text right = {.at = found.at, .len = found.size};
        if (!text_equal(left, right)) {
            err = FAIL(arena, ERR_TAMPERED, "the files of the backup are not those that its %s names", SUMS);
        }
        unmap(&found);
    }
    unmap(&said);
    if (err == NULL && unlink(said_path) != 0) {
        err = file_failed(arena, "remove", said_path);
    }
    return err == NULL ? folder_sync(arena, folder) : err;
}

static int
remove_one(const char *path, const struct stat *stat, int type, struct FTW *ftw)
{
    (void)stat, (void)type, (void)ftw;
    return remove(path);
}
