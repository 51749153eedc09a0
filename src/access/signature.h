/* Who signed which act, in which capacity and at which level (REQUIREMENTS R4, R5). The act of a decision holds the
 * whole of it in its body, member "signature"; its apply function calls signature_apply(), so that every act can be
 * listed by signatory and period, and those of an annulled appointment found and repaired. Owns signature. */
#ifndef ACCESS_SIGNATURE_H
#define ACCESS_SIGNATURE_H

#include "access/competence.h"

/* Levels of Law 43.20 as they stand in acts: sign-in and second factor; a qualified certificate; an original signed by
 * hand, kept as a scan with its place. */
#define SIGNED_SIMPLE "simple"
#define SIGNED_QUALIFIED "qualified"
#define SIGNED_HAND "hand"

struct signature {
    struct act_id act; /* 0 in a draft */
    struct account_id account;
    struct date day; /* of the act; none in a draft */
    struct text act_code;
    struct text decision;
    struct text level;        /* SIGNED_SIMPLE ... */
    struct capacity capacity; /* from a list: organ, by, appointment and delegation only */
};
/* Writes "signature": {account, act, decision, organ, by, appointment, delegation, number, day, words, basis, level}
 * into the object that is open; day is that of the basis. */
void signature_put(struct json_out *out, struct ctx *ctx, const struct signature *signature);
/* The signature of an act's body, words and basis as they were that day; false: it has none. */
bool signature_read(const struct act *act, struct signature *ret);

/* For apply functions: the projection of the act's signature. An act without one is fine. */
const struct err *signature_apply(struct ctx *ctx, const struct act *act);

/* By signatory, from and until a day (both included), behind an act, oldest first. */
struct signature_period {
    struct account_id account;
    struct date from;
    struct date until;
    struct act_id after;
};
const struct err *signatures_by(struct ctx *ctx, const struct signature_period *period, struct signature **ret,
                                size_t *ret_count);
/* Acts signed under an appointment, by its holder and by the delegates of his; and under one delegation. */
const struct err *signatures_under_appointment(struct ctx *ctx, struct act_id appointment, struct act_id after,
                                               struct signature **ret, size_t *ret_count);
const struct err *signatures_under_delegation(struct ctx *ctx, struct act_id delegation, struct act_id after,
                                              struct signature **ret, size_t *ret_count);

#endif
