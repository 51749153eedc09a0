/* What the files of the log share. Only src/acts includes this. */
#ifndef ACTS_LOG_PRIVATE_H
#define ACTS_LOG_PRIVATE_H

#include <pthread.h>

#include "acts/log.h"
#include "acts/log_tree.h"

enum { LOG_NOTE_MAX = 8192, LOG_NAME_MAX = 200 };

struct log {
    struct store *store;
    struct signer *signer; /* NULL: only reads */
    char origin[LOG_NAME_MAX];
    size_t origin_len;
    bool sound; /* the database continues what was signed */
    /* Of the one writer: checkpoints up to this size are in log_checkpoint, and the one that its batch is adding. */
    uint64_t kept_size, keeping_size;
    pthread_mutex_t lock; /* of what follows: written by the writer, read by all */
    struct tree_edge edge;
    char note[LOG_NOTE_MAX];
    size_t note_len;
};

void log_set(struct log *log, const struct tree_edge *edge, struct text note);
/* tx_fn: takes soundness away when the log's origin is not the one that the last act of its kind began. */
const struct err *log_origin_compare(struct ctx *ctx, void *log);

#endif
