/* Files and folders of the data directory: read and written whole, synced with their folder before the call returns.
 * Errors: ERR_NOT_FOUND, ERR_CONFLICT (exists already), ERR_TOO_LARGE, ERR_DISK_FULL, ERR_IO. */
#ifndef APP_FILES_H
#define APP_FILES_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"
#include "law/law.h"

bool file_exists(const char *path);
const struct err *file_read(struct arena *arena, const char *path, size_t bytes_max, struct text *ret);
/* Replaces the file: written beside it, synced, renamed. */
const struct err *file_write(struct arena *arena, const char *path, struct text bytes);
/* Makes one folder for its owner alone (0700); one that exists is fine. */
const struct err *folder_make(struct arena *arena, const char *path);
const struct err *folder_sync(struct arena *arena, const char *path);

struct file_entry {
    struct text path; /* below the folder, "ab/cdef" */
    int64_t size;
};
/* Regular files below a folder, sorted by the bytes of their paths. Links are not followed, names that begin with a dot
 * are left out. */
const struct err *folder_list(struct arena *arena, const char *path, struct file_entry **ret, size_t *ret_count);

/* The law's files for law_read(): every .law below the folder. NULL: the folder ./law, else the installed one. */
const struct err *law_folder_read(struct arena *arena, const char *path, struct law_file **ret, size_t *ret_count);

/* ERR_DISK_FULL or ERR_IO by errno, with its words. */
const struct err *file_failed(struct arena *arena, const char *what, const char *path);

#endif
