#include "app/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ENTRIES_MAX = 4 * 1000 * 1000, DEPTH_MAX = 8, LAW_FILE_BYTES_MAX = 1024 * 1024 };

struct listing {
    struct arena *arena;
    struct file_entry *items;
    size_t count;
    size_t room;
};

static const struct err *write_all(struct arena *arena, int fd, const char *path, struct text bytes);
static const struct err *list_into(struct listing *listing, const char *folder, const char *prefix, int depth);
static const struct err *list_one(struct listing *listing, const char *folder, const char *prefix, const char *name,
                                  int depth);
static int by_path(const void *a, const void *b);

bool
file_exists(const char *path)
{
    struct stat stat;
    return lstat(path, &stat) == 0;
}

const struct err *
file_read(struct arena *arena, const char *path, size_t bytes_max, struct text *ret)
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd == -1) {
        return errno == ENOENT ? FAIL(arena, ERR_NOT_FOUND, "there is no file %s", path)
                               : file_failed(arena, "open", path);
    }
    struct stat stat;
    if (fstat(fd, &stat) != 0 || (size_t)stat.st_size > bytes_max) {
        close(fd);
        return FAIL(arena, ERR_TOO_LARGE, "%s is larger than %zu bytes", path, bytes_max);
    }
    const size_t size = (size_t)stat.st_size;
    char *bytes = arena_alloc(arena, size + 1);
    size_t have = 0;
    while (have < size) {
        const ssize_t got = read(fd, bytes + have, size - have);
        if (got <= 0) {
            close(fd);
            return file_failed(arena, "read", path);
        }
        have += (size_t)got;
    }
    close(fd);
    *ret = (struct text){.at = bytes, .len = size};
    return NULL;
}

const struct err *
file_write(struct arena *arena, const char *path, struct text bytes)
{
    const char *beside = text_cstr(arena, text_printf(arena, "%s.new", path));
    const int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd == -1) {
        return file_failed(arena, "make", beside);
    }
    const struct err *err = write_all(arena, fd, beside, bytes);
    if (err == NULL && fsync(fd) != 0) {
        err = file_failed(arena, "sync", beside);
    }
    close(fd);
    if (err == NULL && rename(beside, path) != 0) {
        err = file_failed(arena, "rename", beside);
    }
    if (err != NULL) {
        unlink(beside);
        return err;
    }
    const char *slash = strrchr(path, '/');
    const size_t folder = slash == NULL ? 0 : (size_t)(slash - path);
    return folder_sync(arena, folder == 0 ? "." : arena_copy(arena, path, folder));
}

const struct err *
folder_make(struct arena *arena, const char *path)
{
    if (mkdir(path, 0700) != 0 && errno != EEXIST) {
        return file_failed(arena, "make", path);
    }
    return NULL;
}

const struct err *
folder_sync(struct arena *arena, const char *path)
{
    const int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd == -1) {
        return file_failed(arena, "open", path);
    }
    const int failed = fsync(fd);
    close(fd);
    return failed == 0 ? NULL : file_failed(arena, "sync", path);
}

const struct err *
folder_list(struct arena *arena, const char *path, struct file_entry **ret, size_t *ret_count)
{
    struct listing listing = {.arena = arena};
    TRY(list_into(&listing, path, "", 0));
    qsort(listing.items, listing.count, sizeof listing.items[0], by_path);
    *ret = listing.items;
    *ret_count = listing.count;
    return NULL;
}

const struct err *
law_folder_read(struct arena *arena, const char *path, struct law_file **ret, size_t *ret_count)
{
    const char *folder = path != NULL ? path : file_exists("law") ? "law" : MARKAZ_LAW_FOLDER;
    struct file_entry *entries = NULL;
    size_t count = 0;
    TRY(folder_list(arena, folder, &entries, &count));
    struct law_file *files = ARENA_ARRAY(arena, struct law_file, count);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (!text_ends(entries[i].path, TEXT(".law"))) {
            continue;
        }
        const char *file = text_cstr(arena, text_printf(arena, "%s/%.*s", folder, TEXT_ARG(entries[i].path)));
        files[kept].path = entries[i].path;
        TRY(file_read(arena, file, LAW_FILE_BYTES_MAX, &files[kept].bytes));
        kept++;
    }
    if (kept == 0) {
        return FAIL(arena, ERR_NOT_FOUND, "there is no .law file below %s", folder);
    }
    *ret = files;
    *ret_count = kept;
    return NULL;
}

const struct err *
file_failed(struct arena *arena, const char *what, const char *path)
{
    const int why = errno;
    const enum err_code code = why == ENOSPC || why == EDQUOT ? ERR_DISK_FULL
                               : why == ENOENT                ? ERR_NOT_FOUND
                               : why == EEXIST                ? ERR_CONFLICT
                                                              : ERR_IO;
    return FAIL(arena, code, "cannot %s %s: %s", what, path, strerror(why));
}

static const struct err *
write_all(struct arena *arena, int fd, const char *path, struct text bytes)
{
    size_t done = 0;
    while (done < bytes.len) {
        const ssize_t put = write(fd, bytes.at + done, bytes.len - done);
        if (put < 0) {
            return file_failed(arena, "write", path);
        }
        done += (size_t)put;
    }
    return NULL;
}

static const struct err *
list_into(struct listing *listing, const char *folder, const char *prefix, int depth)
{
    struct arena *arena = listing->arena;
    if (depth > DEPTH_MAX) {
        return FAIL(arena, ERR_TOO_LARGE, "%s is deeper than %d folders", folder, DEPTH_MAX);
    }
    DIR *open_folder = opendir(folder);
    if (open_folder == NULL) {
        return file_failed(arena, "open", folder);
    }
    const struct err *err = NULL;
    const struct dirent *entry;
    while (err == NULL && (entry = readdir(open_folder)) != NULL) {
        if (entry->d_name[0] != '.') {
            err = list_one(listing, folder, prefix, entry->d_name, depth);
        }
    }
    closedir(open_folder);
    return err;
}

static const struct err *
list_one(struct listing *listing, const char *folder, const char *prefix, const char *name, int depth)
{
    struct arena *arena = listing->arena;
    const char *path = text_cstr(arena, text_printf(arena, "%s/%s", folder, name));
    const struct text relative = text_printf(arena, "%s%s", prefix, name);
    struct stat stat;
    if (lstat(path, &stat) != 0) {
        return errno == ENOENT ? NULL : file_failed(arena, "look at", path);
    }
    if (S_ISDIR(stat.st_mode)) {
        return list_into(listing, path, text_cstr(arena, text_printf(arena, "%.*s/", TEXT_ARG(relative))), depth + 1);
    }
    if (!S_ISREG(stat.st_mode)) {
        return NULL;
    }
    if (listing->count == ENTRIES_MAX) {
        return FAIL(arena, ERR_TOO_LARGE, "more than %d files", ENTRIES_MAX);
    }
    if (listing->count == listing->room) {
        const size_t room = listing->room == 0 ? 64 : listing->room * 2;
        struct file_entry *items = ARENA_ARRAY(arena, struct file_entry, room);
        if (listing->count > 0) {
            memcpy(items, listing->items, listing->count * sizeof items[0]);
        }
        listing->items = items;
        listing->room = room;
    }
    listing->items[listing->count++] = (struct file_entry){.path = relative, .size = stat.st_size};
    return NULL;
}

static int
by_path(const void *a, const void *b)
{
    const struct file_entry *left = a;
    const struct file_entry *right = b;
    return text_compare(left->path, right->path);
}
