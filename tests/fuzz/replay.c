/* Runs a fuzz target over every file of a folder: replay_NAME FOLDER. */
#include <assert.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fuzz.h"

static void replay(int folder, const char *name);

int
main(int argc, char **argv)
{
    DIR *folder = argc == 2 ? opendir(argv[1]) : NULL;
    if (folder == NULL) {
        fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
        return 2;
    }
    int seeds = 0;
    for (const struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        if (entry->d_name[0] != '.') {
            replay(dirfd(folder), entry->d_name);
            seeds++;
        }
    }
    closedir(folder);
    printf("%d seeds\n", seeds);
    return seeds > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* The input gets exactly its own bytes, so that ASan sees a read behind them. */
static void
replay(int folder, const char *name)
{
    printf("%s\n", name);
    const int file = openat(folder, name, O_RDONLY | O_CLOEXEC);
    struct stat status;
    if (file < 0 || fstat(file, &status) != 0) {
        abort();
    }
    const size_t size = (size_t)status.st_size;
    uint8_t *data = malloc(size > 0 ? size : 1);
    if (data == NULL || read(file, data, size) != (ssize_t)size) {
        abort();
    }
    close(file);
    LLVMFuzzerTestOneInput(data, size);
    free(data);
}
