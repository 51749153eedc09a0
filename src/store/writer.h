/* The one writer: a thread that takes all waiting jobs, runs them in one transaction, commits once, and only then
 * answers them. An answer without error means: on disk. A job that fails is undone alone (the others of its batch may
 * be run again for it); a commit that fails fails its whole batch, after at most TX_TRIES_MAX tries while the database
 * is busy.
 *
 * Jobs and their ctx belong to the submitter, who leaves them alone until done() (the ctx, its arena and its results
 * are the writer's meanwhile). Errors live in the arena of each job's ctx. */
#ifndef STORE_WRITER_H
#define STORE_WRITER_H

#include "store/store.h"

struct writer;

struct writer_job {
    struct ctx *ctx;
    tx_fn *fn; /* may be run again, see tx_fn */
    void *arg;
    /* Called once by the writer's thread, outside of any transaction; must be quick. err as described above. */
    void (*done)(struct writer_job *job, const struct err *err);
    /* Of the writer. After done(NULL) or an error of after_commit, written is true. */
    bool written;
    const struct err *err;
    struct writer_job *next;
};

struct writer_options {
    struct world *world; /* for the ctx of the hooks */
    /* In the batch's transaction, behind its jobs, when at least one of them succeeded; may be NULL. An error fails the
     * batch. Run again with the batch. */
    tx_fn *before_commit;
    /* After the commit and before the answers; may be NULL. No transaction is open. An error is the answer to each job
     * that was written: it stays written, only what the hook adds to it (the signature) is missing. */
    tx_fn *after_commit;
    void *hook_arg;
};

/* Takes the lease and starts the thread. The writer lives in arena, as store_open() says. ERR_CONFLICT when another
 * process writes to this database, or another writer of this store runs. */
const struct err *writer_start(struct ctx *ctx, struct arena *arena, struct store *store,
                               const struct writer_options *options, struct writer **ret);
/* Waits for the jobs already submitted, then ends the thread. NULL is fine. */
void writer_stop(struct writer *writer);

/* Hands a job over; never waits for the disk. ERR_BUSY when WRITER_QUEUE_MAX jobs wait, or the writer is stopping: done
 * is not called then. */
const struct err *writer_submit(struct writer *writer, struct writer_job *job);
/* Runs fn as a job and waits for its answer. Not for the writer's own thread. */
const struct err *writer_run(struct writer *writer, struct ctx *ctx, tx_fn *fn, void *arg);

struct writer_figures {
    uint64_t jobs;   /* answered */
    uint64_t failed; /* of them with an error */
    uint64_t commits;
    uint64_t waiting; /* in the queue now */
};
struct writer_figures writer_figures(struct writer *writer);

#endif
