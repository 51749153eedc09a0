/* Corpora by their root, read once and shared: a dossier in flight is asked under the corpus it was filed under,
 * whatever was adopted since (DESIGN.md, Principle 2). Threads may share one; the laws in it are immutable and stay
 * until corpora_free(). At most CORPORA_MAX are kept: what comes later is read anew for whoever asks, into his own
 * arena. */
#ifndef ACTS_CORPORA_H
#define ACTS_CORPORA_H

#include "acts/corpus.h"

struct corpora *corpora_new(void);
void corpora_free(struct corpora *corpora);

/* The law of a root in hex: ctx->law when it is that one, else from ctx->corpora, else read from the bytes kept. Errors
 * of corpus_load(). */
const struct err *corpora_law(struct ctx *ctx, struct text root, const struct law **ret);

#endif
