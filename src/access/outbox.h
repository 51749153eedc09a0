/* Letters by e-mail that wait for the network. A handler puts one in its own transaction, so that it leaves exactly
 * when what it tells was committed; a thread of src/app sends. No letter says what was decided: it says that something
 * waits behind sign-in (REQUIREMENTS R3). Delivery is at least once: a letter that left just before a crash leaves
 * again, with the same Message-ID.
 *
 * Owns outbox, outbox_told. Writing needs TX_WRITE. Results live in ctx->arena. Errors: ERR_INPUT (an address or a
 * subject that would break the letter's head), ERR_TOO_LARGE. */
#ifndef ACCESS_OUTBOX_H
#define ACCESS_OUTBOX_H

#include "base/ctx.h"

enum {
    /* A letter by e-mail: a few sentences and a link. Its tries: pauses double from a minute to six hours, so that 16
     * of them span two days; a mail server that stays away longer is a person's concern. */
    OUTBOX_BYTES_MAX = 16 * 1024,
    OUTBOX_TRIES_MAX = 16,
    OUTBOX_PAUSE_MS = 60 * 1000,
    OUTBOX_PAUSE_MS_MAX = 6 * 60 * 60 * 1000,
    /* How long it stays known that a letter left. */
    OUTBOX_KEEP_MS = 14 * 24 * 60 * 60 * 1000,
    /* Letters of one round of delivery, and how often the thread looks. */
    OUTBOX_ROUND = 20,
    OUTBOX_LOOK_MS = 2000,
    /* One letter's talk with the mail server. */
    OUTBOX_TALK_MS = 30 * 1000,
};

struct outbox_letter {
    int64_t id;       /* given by outbox_put() */
    struct text kind; /* sign_up, password, notification: for who looks after the machine */
    struct text recipient;
    enum lang lang;
    struct text subject;
    struct text body; /* plain text; at NULL: gone, as it was sent */
    int64_t put_at_ms;
    int64_t tries;
};

/* Puts it in, to be sent as soon as the transaction is committed. */
const struct err *outbox_put(struct ctx *ctx, const struct outbox_letter *letter);
/* Whose time has come, the longest waiting first. */
const struct err *outbox_due(struct ctx *ctx, int64_t limit, struct outbox_letter **ret, size_t *ret_count);
/* Newest first, for a demonstration: id < before (0: from the newest). */
const struct err *outbox_last(struct ctx *ctx, int64_t before, int64_t limit, struct outbox_letter **ret,
                              size_t *ret_count);

/* It left. Its text is forgotten; a demonstration keeps it to show it. */
const struct err *outbox_sent(struct ctx *ctx, int64_t id, bool keep);
/* It did not: tried again after a pause that doubles from OUTBOX_PAUSE_MS to OUTBOX_PAUSE_MS_MAX, and given up, with
 * its text forgotten, after OUTBOX_TRIES_MAX tries in all (about two days). */
const struct err *outbox_failed(struct ctx *ctx, const struct outbox_letter *letter, struct text failure);
/* Forgets letters that ended OUTBOX_KEEP_MS ago. */
const struct err *outbox_sweep(struct ctx *ctx, int64_t *ret_forgotten);

/* How far something numbered was told by letter ("notification"); not found: nobody began. */
const struct err *outbox_told(struct ctx *ctx, struct text name, int64_t *ret, bool *ret_found);
const struct err *outbox_tell(struct ctx *ctx, struct text name, int64_t value);

#endif
