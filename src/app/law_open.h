/* The corpus for commands that need no data directory: the folder given, else ./law, else the one beside the program's
 * build folder, else the installed one. */
#ifndef APP_LAW_OPEN_H
#define APP_LAW_OPEN_H

#include "law/law.h"

struct law_opened {
    struct law *law; /* NULL: it has faults */
    struct law_file *files;
    size_t files_count;
    const char *folder;
};

/* The folder that would be read. */
const char *law_folder(struct arena *arena, const char *given);
/* Reads it. Faults are told on stderr, one below the other, and give ERR_LAW. partial: norms that are cited may be
 * missing (for work on a corpus that is not complete). */
const struct err *law_open(struct arena *arena, const char *given, bool partial, struct law_opened *ret);
/* Arenas of a corpus, and of one question: larger than a request's. */
enum { LAW_ARENA_BYTES_MAX = 1024 * 1024 * 1024 };

#endif
