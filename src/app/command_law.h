/* The parts of `markaz law`, one function each. */
#ifndef APP_COMMAND_LAW_H
#define APP_COMMAND_LAW_H

#include "app/command.h"
#include "app/law_open.h"
#include "law/cases.h"

struct law_command {
    struct options options;
    bool partial, check;
    struct arena *arena; /* of the corpus */
    struct law_opened opened;
};

int law_list_run(struct arena *arena, struct law_command *command);
int law_show_run(struct arena *arena, struct law_command *command);
int law_coverage_run(struct arena *arena, struct law_command *command);
int law_test_run(struct arena *arena, struct law_command *command);
int law_check_run(struct arena *arena, struct law_command *command);
int law_fmt_run(struct arena *arena, struct law_command *command);
int law_diff_run(struct arena *arena, struct law_command *command);
int law_mutate_run(struct arena *arena, struct law_command *command);

/* Every .jsonl below the folder. */
const struct err *law_cases_read(struct arena *arena, const char *folder, struct law_cases *ret);

#endif
