/* Flags: what evidence shows that may infringe a norm. Found when a screening is announced or first heard of, kept when
 * tickets come, opened and closed by an agent's act with a reason; nothing is refused for them (TICKETS.md).
 *
 * Owns screening_flag. The law's own checks are asked where they exist. Results live in ctx->arena. */
#ifndef BOXOFFICE_FLAG_H
#define BOXOFFICE_FLAG_H

#include "acts/act.h"

/* A ticketing system's duty to say what is sold (18.23/62/1): for what no other norm names. */
#define FLAG_NORM_TICKETING "18.23/62/1"

struct flag_film {
    struct text visa; /* at NULL: none */
    struct text title;
    struct text version;
};
/* What is wrong with a screening before any ticket is sold: "kind:norm kind:norm"; with "school:" the norm concerns
 * tickets of that family alone. films NULL: nobody announced it. */
const struct err *screening_norms(struct ctx *ctx, int64_t screen, struct date day, const struct flag_film *films,
                                  size_t count, struct text *ret);
/* Takes the next part of norms apart; false at the end. */
bool screening_norm_next(struct text *norms, struct text *ret_kind, struct text *ret_norm);

/* An agent closes or opens a flag. ERR_NOT_FOUND when there is none. Needs TX_WRITE. */
struct flag_judgement {
    int64_t screening;
    struct text kind;
    struct text norm;
    bool closes;
    struct text reason;
};
const struct err *flag_judge(struct ctx *ctx, const struct flag_judgement *judgement, struct act *ret);
const struct err *flag_judged_apply(struct ctx *ctx, const struct act *act);

#endif
