/* What verification and audit find: each fault is told as it is found, with the act and a code. */
#ifndef ACTS_FAULT_H
#define ACTS_FAULT_H

#include "base/arena.h"
#include "base/text.h"

struct act_fault {
    int64_t act; /* 0: of the log as a whole */
    const char
        *code; /* gap, leaf, body, person, document, parts, tile, root, size, signature, checkpoint, erasure ... */
    struct text message;
};
struct act_faults {
    void (*tell)(void *arg, const struct act_fault *fault);
    void *arg;
    int64_t count;
};
void act_fault_tell(struct act_faults *faults, struct arena *arena, int64_t act, const char *code, const char *format,
                    ...) __attribute__((format(printf, 5, 6)));

#endif
