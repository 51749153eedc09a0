/* Notifications as objects with a proof (R3): no term runs from one that is not proven, and the outcome is read behind
 * sign-in, where opening it is the proof; a registered letter, with its number, is the fallback.
 *
 * Owns notification, a projection of the acts that notify and of notification_sent and notification_proven. Functions
 * that write need TX_WRITE. Errors: ERR_FORBIDDEN, ERR_NOT_FOUND, ERR_WRONG_STATE, ERR_INPUT. */
#ifndef OFFICE_NOTIFICATION_H
#define OFFICE_NOTIFICATION_H

#include "office/dossier.h"

struct notification_id {
    int64_t value;
};
enum notification_channel { CHANNEL_INBOX = 1, CHANNEL_LETTER, CHANNEL_HAND, CHANNELS };
const char *notification_channel_code(enum notification_channel channel); /* "inbox" */
bool notification_channel_from(struct text code, enum notification_channel *ret);

struct notification {
    struct notification_id id;
    struct act_id act;    /* what is notified */
    struct text act_kind; /* decision, replacement_asked ...; not shown to the party before the proof */
    struct party_id party;
    struct dossier_id dossier;
    struct instrument_id instrument;
    bool negative;
    enum notification_channel channel;
    struct date sent_on;
    struct text letter_number;
    struct text proof;     /* opened, acknowledged, handed, returned; at NULL: not proven */
    struct date proven_on; /* terms run from here */
};
const struct err *notification_get(struct ctx *ctx, struct notification_id id, struct notification *ret);
/* Of one party, newest first: id < before. */
const struct err *notification_inbox(struct ctx *ctx, struct party_id party, struct notification_id before,
                                     int64_t limit, struct notification **ret, size_t *ret_count);
const struct err *notification_of_act(struct ctx *ctx, struct act_id act, struct notification *ret, bool *ret_found);
/* Not proven yet, for the officer who sends letters: id > after. */
const struct err *notification_unproven(struct ctx *ctx, struct notification_id after, int64_t limit,
                                        struct notification **ret, size_t *ret_count);

/* All, by rising number: id > after; and the number of the newest, 0 when there is none. */
const struct err *notification_after(struct ctx *ctx, struct notification_id after, int64_t limit,
                                     struct notification **ret, size_t *ret_count);
const struct err *notification_newest(struct ctx *ctx, struct notification_id *ret);

/* A user of the party opens it: the proof, once. Appends notification_proven the first time; later it changes nothing.
 */
const struct err *notification_open(struct ctx *ctx, struct notification_id id);
/* An officer sends it by registered letter, or hands it over. Appends notification_sent. */
const struct err *notification_send(struct ctx *ctx, struct notification_id id, enum notification_channel channel,
                                    struct text letter_number);
/* An officer records the proof that came back: "acknowledged" or "returned" for a letter, "handed". */
const struct err *notification_prove(struct ctx *ctx, struct notification_id id, struct text proof, struct date day);

#endif
