/* Instruments held: licences, accreditations, permits, visas, cards; who holds them and what their state was on any
 * day.
 *
 * Owns instrument, instrument_event and instrument_series: projections, written by the acts of this module
 * (instrument_taken_over, instrument_surrendered) and, through instrument_grant() and instrument_move(), by decisions
 * of the office. Results live in ctx->arena. Errors: those of the store, ERR_NOT_FOUND, ERR_CONFLICT for a number that
 * exists. */
#ifndef REGISTRY_INSTRUMENT_H
#define REGISTRY_INSTRUMENT_H

#include "registry/party.h"

struct instrument_id {
    int64_t value;
};
struct dossier_id { /* office/dossier.h */
    int64_t value;
};

enum instrument_status {
    INSTRUMENT_GRANTED = 1, /* in force */
    INSTRUMENT_SUSPENDED,
    INSTRUMENT_WITHDRAWN,
    INSTRUMENT_SURRENDERED, /* given back by its holder */
    INSTRUMENT_EXPIRED,     /* never stored: its last day has passed */
    INSTRUMENT_STATUSES
};
const char *instrument_status_code(enum instrument_status status); /* "granted" */
bool instrument_status_from(struct text code, enum instrument_status *ret);

struct instrument {
    struct instrument_id id;
    struct text kind; /* code of the act: "production_licence" */
    struct text number;
    struct party_id party;
    struct text holder_ar;
    struct text holder_latin;
    struct date granted_on;
    struct date valid_until;       /* last day; DATE_NONE: until withdrawn */
    enum instrument_status status; /* on ctx->today, expiry counted */
    struct date status_on;
    struct dossier_id dossier; /* 0: taken over */
    bool taken_over;
    struct act_id act; /* that granted it */
};

const struct err *instrument_get(struct ctx *ctx, struct instrument_id id, struct instrument *ret);
const struct err *instrument_find(struct ctx *ctx, struct text number, struct instrument *ret, bool *ret_found);
/* Its state on a day of the past; 0 before it was granted. */
const struct err *instrument_status_on(struct ctx *ctx, struct instrument_id id, struct date on,
                                       enum instrument_status *ret);
struct instrument_event {
    struct act_id act;
    struct date day;
    enum instrument_status status;
};
const struct err *instrument_events(struct ctx *ctx, struct instrument_id id, struct instrument_event **ret,
                                    size_t *ret_count);
/* Of one party, newest first. */
const struct err *instrument_list_party(struct ctx *ctx, struct party_id party, struct instrument **ret,
                                        size_t *ret_count);
/* The one of that kind in force (granted or suspended) that a party holds. */
const struct err *instrument_held(struct ctx *ctx, struct party_id party, struct text kind, struct instrument *ret,
                                  bool *ret_found);

/* The next number of a kind in a year, "PL-2026-0001". Needs TX_WRITE; for the body of the act that grants. */
const struct err *instrument_number_next(struct ctx *ctx, struct text kind, int year, struct text *ret);
const struct err *instrument_id_next(struct ctx *ctx, struct instrument_id *ret);

/* For apply functions only: writes the projection. */
const struct err *instrument_grant(struct ctx *ctx, const struct instrument *instrument, const struct act *act);
const struct err *instrument_move(struct ctx *ctx, struct instrument_id id, enum instrument_status to, struct date day,
                                  const struct act *act);

/* What existed before this register: one act, kind instrument_taken_over (R14). */
struct taking_over {
    struct party_id party;
    struct text kind;
    struct text number; /* as its holder has it */
    struct date granted_on;
    struct date valid_until; /* DATE_NONE: until withdrawn */
    enum instrument_status status;
    struct date status_on;
    struct text legal_basis; /* "20.99"; may be empty */
    struct text source;      /* file and line, or the paper it was read from */
};
const struct err *instrument_take_over(struct ctx *ctx, const struct taking_over *taking_over,
                                       struct instrument_id *ret);
const struct err *instrument_taken_over_apply(struct ctx *ctx, const struct act *act);

#endif
