/* Who holds an office of the Centre: the director, whoever acts as director (in a vacancy, or while the director is
 * absent), the secretary general, the chair of the board. Acts appointment_made, appointment_ended; each on a basis
 * with number and date, which is printed on what the person signs (REQUIREMENTS R5). Norms: 18.23/79/1 and 18.23/85/1
 * (who is appointed, and how). Owns appointment. */
#ifndef ACCESS_APPOINTMENT_H
#define ACCESS_APPOINTMENT_H

#include "access/user.h"
#include "acts/act.h"

enum office { OFFICE_DIRECTOR = 1, OFFICE_ACTING_DIRECTOR, OFFICE_SECRETARY_GENERAL, OFFICE_BOARD_CHAIR, OFFICES };
const char *office_code(enum office office); /* "acting_director" */
bool office_from(struct text code, enum office *ret);

enum acting_reason { ACTING_NONE = 0, ACTING_VACANCY, ACTING_ABSENCE };

struct appointment {
    struct act_id act;
    struct account_id account;
    enum office office;
    enum acting_reason reason; /* of an acting director */
    struct date from;
    struct date until; /* last day; DATE_NONE: until it is ended */
    struct text basis_number;
    struct date basis_day;
    int64_t ended_at_ms;    /* 0: not ended */
    struct text end_reason; /* resigned, ended, annulled; at NULL: not ended */
    struct act_id ended_act;
};

/* Needs an administrator. ERR_INPUT: no basis, or dates or reason that make no sense. ERR_CONFLICT: the office is held
 * in that time, the account's roles do not agree with it (role.h), or somebody acts in a vacancy that is none.
 * ERR_WRONG_STATE: somebody acts for an absent director and there is none. */
const struct err *appointment_make(struct ctx *ctx, const struct appointment *draft, struct act_id *ret);
/* Ends it now. The delegations given under it end with it; reason annulled: its acts are to be repaired (signature.h).
 * Needs an administrator. */
const struct err *appointment_end(struct ctx *ctx, struct act_id appointment, struct text reason);

const struct err *appointment_get(struct ctx *ctx, struct act_id id, struct appointment *ret);
/* The office of the account today, the first of: director, acting director, chair of the board, secretary general. */
const struct err *appointment_of_account(struct ctx *ctx, struct account_id account, struct appointment *ret,
                                         bool *ret_found);
/* Who holds the office today. For the director's office without a holder: it is vacant, or somebody acts. */
const struct err *appointment_of_office(struct ctx *ctx, enum office office, struct appointment *ret, bool *ret_found);
/* All of an office, newest first. */
const struct err *appointments_list(struct ctx *ctx, enum office office, struct appointment **ret, size_t *ret_count);

const struct err *apply_appointment_made(struct ctx *ctx, const struct act *act);
const struct err *apply_appointment_ended(struct ctx *ctx, const struct act *act);

#endif
