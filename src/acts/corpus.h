/* The corpus in force and the parameters set by the Centre: what the law says here is itself the object of acts
 * (DESIGN.md, Principle 1). Act corpus_adopted names the root and every file by its hash; the bytes are kept, so that
 * every decision ever taken can be explained and asked again under the corpus of its day. Acts parameter_set and
 * parameter_repealed hold the values that the texts leave to somebody.
 *
 * Owns corpus, corpus_path, corpus_file, setting. Writing needs TX_WRITE. */
#ifndef ACTS_CORPUS_H
#define ACTS_CORPUS_H

#include "acts/act.h"
#include "law/law.h"

struct corpus {
    struct act_id act;
    struct text root; /* hex */
    struct date adopted_on;
    struct text source; /* where the files came from, as whoever adopted them says */
};

/* Adopts a corpus that was read: keeps its bytes, appends corpus_adopted, in force from the act on.
 * ERR_WRONG_STATE when it is the one in force already; ERR_INPUT without a source. */
const struct err *corpus_adopt(struct ctx *ctx, const struct law *law, struct text source, struct act *ret);
/* Not found: none was adopted yet. */
const struct err *corpus_in_force(struct ctx *ctx, struct corpus *ret, bool *ret_found);
/* All adopted, newest first. */
const struct err *corpus_list(struct ctx *ctx, struct corpus **ret, size_t *ret_count);
/* Reads an adopted corpus from the bytes kept; it lives in arena, which may outlive ctx. ERR_NOT_FOUND: no such root;
 * ERR_TAMPERED: the bytes are not those that were adopted. */
const struct err *corpus_load(struct ctx *ctx, struct arena *arena, struct text root, struct law **ret);
/* The files of an adopted corpus. */
const struct err *corpus_files(struct ctx *ctx, struct text root, struct law_file **ret, size_t *ret_count);

struct parameter_draft {
    struct text name;    /* a parameter of the corpus */
    struct text literal; /* as in a law file: 500_000 MAD, 20, 2026-01-01, or a code */
    struct date from;
    struct date until;  /* last day; DATE_NONE: open */
    struct text source; /* the decision behind it, with its number and date */
};
/* ERR_INPUT: no such parameter in ctx->law, dates that make no sense, no literal or no source. */
const struct err *parameter_set(struct ctx *ctx, const struct parameter_draft *draft, struct act *ret);
/* The value is as if it had not been set, from now on; what was decided with it stands. */
const struct err *parameter_repeal(struct ctx *ctx, struct act_id setting, struct text reason, struct act *ret);
/* All values set and not repealed, for law_question.settings; oldest first, so that a later one wins. */
const struct err *parameter_settings(struct ctx *ctx, struct law_setting **ret, size_t *ret_count);
/* Whether the corpus reads or names a parameter of that name. */
bool parameter_is_known(struct arena *arena, const struct law *law, struct text name);

extern const struct act_kind corpus_kinds[];
extern const struct act_projection corpus_projections[];

#endif
