#include "app/law_open.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/files.h"
const char *
law_folder(struct arena *arena, const char *given)
{
    if (given != NULL) {
        return given;
    }
    if (file_exists("law")) {
        return "law";
    }
    char here[4096];
    const ssize_t len = readlink("/proc/self/exe", here, sizeof here - 1);
    if (len > 0) {
        here[len] = '\0';
        char *slash = strrchr(here, '/');
        if (slash != NULL) {
            *slash = '\0';
            const char *beside = text_cstr(arena, text_printf(arena, "%s/../law", here));
            if (file_exists(beside)) {
                return beside;
            }
        }
    }
    return NULL;
}

const struct err *
law_open(struct arena *arena, const char *given, bool partial, struct law_opened *ret)
{
    *ret = (struct law_opened){.folder = law_folder(arena, given)};
    TRY(law_folder_read(arena, ret->folder, &ret->files, &ret->files_count));
    struct law_faults faults;
    const struct law_options options = {.allow_missing_norms = partial};
    struct law *law = NULL;
    const struct err *err = law_read_with(arena, ret->files, ret->files_count, &options, &law, &faults);
    for (size_t i = 0; i < faults.count; i++) {
        const struct text fault = law_fault_print(arena, NULL, ret->files, ret->files_count, &faults.items[i]);
        fprintf(stderr, "%.*s\n", TEXT_ARG(fault));
    }
    ret->law = law;
    return err;
}
