/* A thread that does the same thing again after a pause, until it is stopped: mail, daily work. Each round has a fresh
 * arena. An error is said on stderr, once until another comes, and the next round tries again. */
#ifndef APP_ROUND_H
#define APP_ROUND_H

#include "base/err.h"

struct round_thread;

typedef const struct err *round_fn(void *arg, struct arena *arena);

/* Begins with a round at once. The thread lives in arena. ERR_INTERNAL: the system gives no thread. */
const struct err *round_start(struct arena *arena, int pause_ms, round_fn *fn, void *arg, struct round_thread **ret);
/* Waits for the round that runs. NULL is fine. */
void round_stop(struct round_thread *thread);

#endif
