/* Letters by e-mail, from the outbox to the network: a thread of the server process that sends what was committed, by
 * SMTP or, without a mail server, into files DATA/outbox/NUMBER.eml (a demonstration, a house that is being set up).
 * Before it sends, it puts a letter for each notification that an act opened since it last looked: neutral, with a link
 * behind sign-in, never the outcome (REQUIREMENTS R3).
 *
 * Errors of one letter are kept with it, and it is tried again; errors of the database are said on stderr, and the next
 * round tries again. docs/operations.md says how to look at what waits. */
#ifndef APP_MAIL_H
#define APP_MAIL_H

#include "access/outbox.h"
#include "store/writer.h"

struct mail_options {
    struct store *store;
    struct writer *writer;
    struct ctx ctx;       /* kinds, law, world; its arena is not used */
    bool has_own_day;     /* ctx.today is the day, else the clock says it */
    const char *smtp;     /* smtp://HOST:PORT or smtps://..., may hold USER:PASSWORD@; NULL: files */
    struct text from;     /* the sender's address */
    struct text base_url; /* for links */
    const char *folder;   /* DATA/outbox */
    bool is_demo;         /* letters are kept for /demo/outbox; what was notified in its past is not told */
    bool allows_clear;    /* SMTP without TLS is allowed beyond this machine */
};

/* One round: notifications told, then at most OUTBOX_ROUND letters sent. */
struct mail_round {
    int64_t told;
    int64_t sent;
    int64_t failed;
};
const struct err *mail_round(const struct mail_options *options, struct arena *arena, struct mail_round *ret);

/* Letters for the accounts that may act for each notification's party. Needs TX_WRITE. */
const struct err *mail_tell(struct ctx *ctx, const struct mail_options *options, int64_t *ret_told);

/* How many notifications nobody was told of by letter. */
const struct err *mail_waiting(struct ctx *ctx, int64_t *ret);

/* A letter as RFC 5322 has it, with CRLF. */
struct text mail_message(struct arena *arena, const struct mail_options *options, const struct outbox_letter *letter);
/* Sends or writes one; the sentence says why not, at NULL when it left. */
struct text mail_send(struct arena *arena, const struct mail_options *options, const struct outbox_letter *letter);

/* The thread. options are copied. Call mail_begin() before there are other threads. */
struct mailer;
void mail_begin(void);
const struct err *mailer_start(struct arena *arena, const struct mail_options *options, struct mailer **ret);
void mailer_stop(struct mailer *mailer); /* NULL is fine */

#endif
