/* Adopting a corpus (`markaz law adopt`), and what serve asks of it. */
#ifndef APP_LAW_ADOPT_H
#define APP_LAW_ADOPT_H

#include "app/command.h"
#include "app/house.h"

/* The law in force into house->ctx.law; it lives in arena. ERR_WRONG_STATE when no act adopted one, or when the folder
 * given (NULL: none) holds another. */
const struct err *law_adopted(struct house *house, struct arena *arena, const char *given);

/* `markaz law adopt DIR --data DIR`: reads the folder, tells its faults, and appends the act. The house must not be
 * served meanwhile. ERR_WRONG_STATE when it is in force already. */
struct law_adoption {
    const struct options *options;
    const char *folder;
    int64_t act;      /* filled */
    struct text root; /* filled */
};
const struct err *law_adopt(struct arena *arena, struct law_adoption *adoption);

/* The command's part: "adopt DIR --data DIR". */
int law_adopt_run(struct arena *arena, int argc, char **argv, const struct command *command);

#endif
