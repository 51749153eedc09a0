/* Who may decide what, and in which capacity (18.23/85; REQUIREMENTS R5): the facts of the law's check `competence` are
 * filled from appointments and delegations, the law answers, and what it answers is kept with the act. Nothing here
 * knows which organ decides which act. */
#ifndef ACCESS_COMPETENCE_H
#define ACCESS_COMPETENCE_H

#include "access/appointment.h"
#include "access/delegation.h"
#include "law/law.h"

/* In which capacity an account signs, as printed on the act. */
struct capacity {
    struct text organ;         /* whose power it is: "director" */
    struct text by;            /* the law's word for who signs: director, staff_delegate, board ... */
    struct act_id appointment; /* his own, or the one under which he holds a delegation; 0: none */
    struct act_id delegation;  /* 0: no delegation */
    struct text number;        /* of the basis: appointment or delegation */
    struct date day;
    struct text words[LANGS]; /* "The director", "For the director, by delegation" */
    struct text basis[LANGS]; /* "Delegation no. 12 of 3 May 2026, published on ..." */
};
struct competence {
    bool competent;
    struct ruling ruling;     /* with its trace: norms that failed, if any */
    struct capacity capacity; /* organ empty: the account has none for this act */
};

/* Asks the law whether an account may take a decision on an act today: "production_licence", "grant". An act that the
 * law does not list is asked as "other"; lifting is asked as suspending, whose opposite it is. ERR_LAW when the corpus
 * has no check competence, or one with other facts. */
const struct err *competence_check(struct ctx *ctx, struct text act_code, struct text decision,
                                   struct account_id account, struct competence *ret);
/* For the moment of signing, by ctx->user: ERR_NOT_SIGNED_IN, ERR_STEP_UP, ERR_NOT_COMPETENT; else as above. */
const struct err *competence_to_sign(struct ctx *ctx, struct text act_code, struct text decision,
                                     struct competence *ret);
/* The decisions that the law leaves to an organ. */
const struct err *competence_powers(struct ctx *ctx, struct text organ, struct delegation_line **ret,
                                    size_t *ret_count);

#endif
