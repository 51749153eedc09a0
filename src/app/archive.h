/* A backup as one file: a tar (ustar) of regular files, the last of which, SHA256SUMS, names the hash of each before it
 * (as sha256sum prints and checks). Any tar reads it; unpacking here believes nothing that the sums do not say.
 * Errors: ERR_CONFLICT (the file or folder exists), ERR_TAMPERED (names, sizes or sums), ERR_DISK_FULL, ERR_IO. */
#ifndef APP_ARCHIVE_H
#define APP_ARCHIVE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"

struct archive {
    struct arena *arena;
    const char *path;
    const char *sums_path; /* beside it, until the end */
    int fd;
    int sums_fd;
};

/* Begins a new file; archive_end() or archive_undo() ends it. */
const struct err *archive_begin(struct arena *arena, const char *path, struct archive *ret);
/* Adds the file at path under a name of at most 100 bytes. */
const struct err *archive_add(struct archive *archive, struct text name, const char *path);
/* Adds every regular file below a folder, as PREFIX/path. */
const struct err *archive_add_folder(struct archive *archive, const char *prefix, const char *folder);
/* Writes the sums and syncs. */
const struct err *archive_end(struct archive *archive);
/* Removes what was begun. */
void archive_undo(struct archive *archive);

/* Unpacks into a new folder, all or nothing: made beside it, checked, synced, renamed. */
const struct err *archive_unpack(struct arena *arena, const char *path, const char *folder);

#endif
