/* After the grant: a breach is found, notice is given with a time to cure and a hearing offered (R27), the instrument
 * is suspended, then the suspension lifted or the instrument withdrawn, and with it those that hang on it. What may be
 * done today is what the checks suspension-withdrawal and withdrawal-cascade answer.
 *
 * Owns measure and change_notice, projections of breach_found, notice_to_comply, observations_heard, breach_cured and
 * of the decisions of decision.h; also instrument_surrendered and change_notified. Functions that write need TX_WRITE.
 * Errors: as decision.h. */
#ifndef OFFICE_MEASURE_H
#define OFFICE_MEASURE_H

#include "office/decision.h"

struct measure {
    struct measure_id id;
    struct instrument_id instrument;
    struct party_id party;
    struct text ground; /* a code of the check's fact */
    struct text state;  /* found | noticed | suspended | lifted | withdrawn | closed */
    struct date inactive_since;
    struct text found; /* what the officer found, in Arabic */
    struct date found_on;
    struct date notice_sent_on;
    struct date hearing_offered_on;
    struct date cure_deadline;
    struct date heard_on;
    struct text observations; /* of the holder */
    struct date cured_on;
    struct act_id act;
};
const struct err *measure_get(struct ctx *ctx, struct measure_id id, struct measure *ret);
const struct err *measure_list_instrument(struct ctx *ctx, struct instrument_id id, struct measure **ret,
                                          size_t *ret_count);
/* Open ones, oldest first: id > after. */
const struct err *measure_list_open(struct ctx *ctx, struct measure_id after, int64_t limit, struct measure **ret,
                                    size_t *ret_count);

/* The grounds that the law knows. */
const struct err *measure_grounds(struct ctx *ctx, struct text **ret, size_t *ret_count);
/* What the law answers today: verdict must_suspend, must_give_notice, await_cure, lift_suspension, must_withdraw,
 * may_withdraw, none or no_power; result `applied` is its norm. */
const struct err *measure_ask(struct ctx *ctx, const struct measure *measure, struct ruling *ret);

struct finding {
    struct instrument_id instrument;
    struct text ground;
    struct text found;          /* required, Arabic */
    struct date inactive_since; /* DATE_NONE where it does not matter */
};
const struct err *breach_find(struct ctx *ctx, const struct finding *finding, struct measure_id *ret);
/* Notice with its last day to cure, and the offer of a hearing. Notified to the holder. */
const struct err *notice_give(struct ctx *ctx, struct measure_id id, struct date cure_deadline);
/* The holder's observations, written or heard. */
const struct err *observations_hear(struct ctx *ctx, struct measure_id id, struct text observations);
const struct err *breach_cure(struct ctx *ctx, struct measure_id id, struct date cured_on);
/* What may be proposed today: suspend (also while the time to cure runs, when it was not done at once), lift or
 * withdraw; empty for nothing, or when a proposal waits for its signature. */
const struct err *measure_may(struct ctx *ctx, const struct measure *measure, struct text *ret);
/* suspend, lift or withdraw: what measure_ask() answers, proposed for signature with the officer's factual reasons. */
const struct err *measure_propose(struct ctx *ctx, struct measure_id id, const struct decision_proposal *proposal,
                                  struct act_id *ret_proposal);

/* The holder gives the instrument back. */
const struct err *instrument_surrender(struct ctx *ctx, struct instrument_id id);
/* The holder tells of a change; the check change-notification, where the law has it, says whether in time. */
struct change_notice {
    struct party_id party;
    struct instrument_id instrument;
    struct text change_kind;
    struct date changed_on;
    struct text detail;
};
const struct err *change_notify(struct ctx *ctx, const struct change_notice *notice);

#endif
