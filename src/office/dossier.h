/* A dossier: one request for one act, from its filing receipt to its decision; its state, its clock and its timeline.
 *
 * Owns dossier, dossier_fact, dossier_document, dossier_act: projections of the acts of filing.h, examination.h and
 * decision.h. Moves between states outside the table in dossier.c abort. The clock is asked of the law each time, never
 * kept. Results live in ctx->arena. Errors: those of the store and of the law, ERR_NOT_FOUND, ERR_WRONG_STATE when the
 * dossier is not where the move begins (two people at once). */
/* tidy: size: one dossier, one contract */
#ifndef OFFICE_DOSSIER_H
#define OFFICE_DOSSIER_H

#include "law/procedure.h"
#include "registry/instrument.h"

enum dossier_state {
    DOSSIER_BEING_DEPOSITED = 1, /* papers missing; no clock runs (55.19/10/1.e) */
    DOSSIER_UNDER_REVIEW,        /* complete; the clock runs */
    DOSSIER_AWAITING_PAPER,      /* a paper must be replaced; suspended */
    DOSSIER_AWAITING_INFORMATION,
    DOSSIER_PROPOSED, /* on the director's tray */
    DOSSIER_GRANTED,
    DOSSIER_REFUSED,
    DOSSIER_RETURNED, /* not completed, or not replaced, in time */
    DOSSIER_GIVEN_UP, /* by the applicant */
    DOSSIER_STATES
};
const char *dossier_state_code(enum dossier_state state); /* "under_review" */
bool dossier_state_from(struct text code, enum dossier_state *ret);
bool dossier_is_closed(enum dossier_state state);

struct dossier {
    struct dossier_id id;
    struct text number; /* "D-2026-0117" */
    struct text procedure;
    struct text act_code; /* kind of act asked for */
    struct party_id party;
    struct text party_ar;
    struct text party_latin;
    enum dossier_state state;
    struct text corpus_root; /* under which it was filed, hex */
    struct date filed_on;
    struct text filed_by; /* "user:3" */
    struct text receipt;  /* deposited | being_deposited */
    struct text missing;  /* JSON list of codes: the exclusive list of the filing receipt */
    struct date last_day_to_complete;
    struct date completed_on;
    struct date complete_on; /* the clock starts */
    int64_t decision_days;
    bool listed;
    struct act_id replacement_act; /* that asked for it */
    struct date replacement_requested_on;
    struct date replacement_received_on; /* proven */
    struct date replacement_supplied_on;
    struct text replacement_codes; /* JSON list */
    struct text replacement_reason;
    struct date information_requested_on;
    struct date information_supplied_on;
    struct text information_asked;
    struct text information_answer;
    struct date decided_on;
    struct account_id officer; /* 0: nobody yet */
    struct date due_on;        /* the day that ends what runs now; DATE_NONE: nothing runs */
    struct act_id act;         /* that filed it */
};
const struct err *dossier_get(struct ctx *ctx, struct dossier_id id, struct dossier *ret);
const struct err *dossier_find(struct ctx *ctx, struct text number, struct dossier *ret, bool *ret_found);

/* The clocks of Law 55.19, as its checks filing-receipt and answer-term answer today. */
struct dossier_clock {
    struct text verdict;  /* deposited, being_deposited, returned; then running, suspended, overdue, answered, late */
    struct date last_day; /* to complete, to replace, or to answer: what runs now; DATE_NONE: nothing */
    bool has_days_left;
    int64_t days_left;
    struct date half_ends_on;
    bool may_request_replacement;
    bool may_request_information;
    struct ruling ruling;
};
const struct err *dossier_clock(struct ctx *ctx, const struct dossier *dossier, struct dossier_clock *ret);

struct dossier_document {
    struct text code;
    struct hash sha256;
    struct text filename;
    struct text media;
    int64_t size;
    struct date day;
    struct act_id act;
    struct act_id replaced_by; /* 0: it stands */
};
const struct err *dossier_documents(struct ctx *ctx, struct dossier_id id, struct dossier_document **ret,
                                    size_t *ret_count);

struct dossier_fact {
    struct text name;
    struct text value;  /* JSON */
    struct text source; /* asked | attested | counted, by a body that was heard */
    struct text by;     /* "user:3" */
    struct date day;
    struct act_id act;
};
/* What stands now: one value a name, an officer's attestation above the applicant's word. */
const struct err *dossier_facts(struct ctx *ctx, struct dossier_id id, struct dossier_fact **ret, size_t *ret_count);

struct timeline_line {
    struct act_id act;
    struct text kind;
    struct date day;
    struct text actor; /* "user:3" or "system" */
};
const struct err *dossier_timeline(struct ctx *ctx, struct dossier_id id, struct timeline_line **ret,
                                   size_t *ret_count);

const struct err *instrument_timeline(struct ctx *ctx, struct instrument_id id, struct timeline_line **ret,
                                      size_t *ret_count);

/* Who may see it: its party's users, officers, the director, auditors. A page asks before it shows. */
bool dossier_visible(const struct user *user, const struct dossier *dossier);

/* Makes *ctx the same world under the law of the dossier: the corpus it was filed under, whatever was adopted since,
 * unless the check dossiers-in-flight of the law in force says "in_force" of it. Facts: act, filed_on, complete_on.
 * Every function here that takes a dossier does so itself; a page does it for the words it shows. */
const struct err *dossier_under(struct ctx **ctx, const struct dossier *dossier);

/* Every fact known of a dossier on a day, by name: what the applicant said, what an officer attested, what the register
 * knows of the party, and what the dossier itself gives (filed_on, documents, complete_on, act ...). */
const struct err *dossier_known(struct ctx *ctx, const struct dossier *dossier, struct json *ret);
/* Asks a check with those of known that it declares, and some more. facts named in more win. */
const struct err *check_ask(struct ctx *ctx, struct text check, struct date as_of, const struct json *known,
                            struct ruling *ret);

/* ---- Lists, by key ---- */

struct dossier_query {
    struct text procedure;     /* empty: all */
    enum dossier_state state;  /* 0: all that are open */
    struct account_id officer; /* 0: any */
    bool unassigned;           /* nobody's only */
    struct dossier_id after;   /* oldest first; 0: from the beginning */
    int64_t limit;             /* at most PAGE_ROWS_MAX */
};
const struct err *dossier_queue(struct ctx *ctx, const struct dossier_query *query, struct dossier **ret,
                                size_t *ret_count);
/* Of one party, newest first: id < before. */
const struct err *dossier_list_party(struct ctx *ctx, struct party_id party, struct dossier_id before, int64_t limit,
                                     struct dossier **ret, size_t *ret_count);
struct dossier_count {
    struct text procedure;
    enum dossier_state state;
    int64_t count;
};
const struct err *dossier_statistics(struct ctx *ctx, struct dossier_count **ret, size_t *ret_count);

#endif
