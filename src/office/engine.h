/* What the files of the office share and nobody else sees: the moves of a dossier, the timeline, notifications opened
 * by acts. Apply functions use it, and so must find everything in the act's body. */
#ifndef OFFICE_ENGINE_H
#define OFFICE_ENGINE_H

#include "access/competence.h"
#include "law/procedure.h"
#include "office/decision.h"
#include "office/dossier.h"
#include "office/measure.h"
#include "office/notification.h"
#include "registry/data.h"

/* The procedure as it stands on a day; ERR_LAW when the corpus has none of that name. */
const struct err *procedure_get(struct ctx *ctx, struct text name, struct date at, const struct procedure **ret);
/* The papers that are due and not in known.documents: as the procedure's check of the papers says, else line by line.
 */
const struct err *documents_missing(struct ctx *ctx, const struct procedure *procedure, struct date at,
                                    const struct json *known, struct text **ret, size_t *ret_count);
/* What check_ask() is told beside facts, under names that no fact of the law can have. */
#define KNOWN_COPIES "(copies)"
#define KNOWN_PARTY "(party)"
#define KNOWN_ENDS_WITH "(ends with)"
/* Whether the fact is known in another shape than declared; *ret then has it. */
bool known_shaped(struct ctx *ctx, const struct json *known, const struct law_fact *fact, struct json *ret);
/* What the register says of a fact about the instruments of the party; leaves *ret alone when it says nothing. */
const struct err *known_from_register(struct ctx *ctx, const struct json *known, const struct law_fact *fact,
                                      const struct json **ret);
/* Which papers are there, for checks. */
void known_documents(struct ctx *ctx, const struct procedure *procedure, const struct text *codes, size_t count,
                     struct json *known);
/* Whose register a check may be asked with. */
void known_party(struct ctx *ctx, struct party_id party, struct json *known);
/* Texts of a result of a ruling, none when it is absent. */
void ruling_texts(struct ctx *ctx, const struct ruling *ruling, const char *name, struct text **ret, size_t *ret_count);
struct date ruling_date(const struct ruling *ruling, const char *name); /* DATE_NONE */
bool verdict_grants(struct text verdict);                               /* may_grant too */
bool verdict_is_void(struct text verdict);                              /* of a body: no opinion at all */
bool verdict_is_open(struct text verdict); /* incomplete, needs_parameter, pending, conflict ...: nothing to decide */
/* A file's name as shown: no path, no hidden characters, at most NAME_BYTES_MAX. */
struct text filename_clean(struct ctx *ctx, struct text filename);

/* What happens to a dossier; the table in dossier.c says when it may, and where it leads. */
enum dossier_event {
    EVENT_COMPLETE = 1,
    EVENT_SUPPLY, /* one paper of several */
    EVENT_ASK_PAPER,
    EVENT_PAPER_SUPPLIED,
    EVENT_ASK_INFORMATION,
    EVENT_INFORMATION_SUPPLIED,
    EVENT_ATTEST,
    EVENT_ASSIGN,
    EVENT_PROPOSE,
    EVENT_SEND_BACK,
    EVENT_GRANT,
    EVENT_REFUSE,
    EVENT_RETURN,
    EVENT_GIVE_UP,
    DOSSIER_EVENTS
};
/* Where the event leads, 0 when it may not happen. */
enum dossier_state dossier_move(enum dossier_state from, enum dossier_event event);
/* The dossier, on which the event may happen; ERR_WRONG_STATE otherwise. */
const struct err *dossier_for(struct ctx *ctx, struct dossier_id id, enum dossier_event event, struct dossier *ret);
/* For apply: the dossier that the body names, moved; a move outside the table aborts. */
const struct err *dossier_moved(struct ctx *ctx, const struct act *act, enum dossier_event event, struct dossier *ret);
const struct err *dossier_write(struct ctx *ctx, const struct dossier *dossier);
/* The day that ends what runs after a change, asked of the law before the act. */
const struct err *dossier_due(struct ctx *ctx, const struct dossier *changed, struct date *ret);
bool acts_for_party(const struct user *user, struct party_id party); /* or at the counter */

const struct err *timeline_add_dossier(struct ctx *ctx, const struct act *act, struct dossier_id id);
const struct err *timeline_add_instrument(struct ctx *ctx, const struct act *act, struct instrument_id id);

/* A new notification for the body of an act that notifies ("notification": 7), and its row, written by apply. */
const struct err *notification_next(struct ctx *ctx, struct notification_id *ret);
struct notifying {
    struct party_id party;
    struct dossier_id dossier;
    struct instrument_id instrument;
    bool negative;
};
const struct err *notification_begin(struct ctx *ctx, const struct act *act, const struct notifying *notifying);

/* What is signed, for the formalities. */
struct signing {
    const struct dossier *dossier; /* NULL: after a grant */
    struct text text_id;
    struct text act_code;
    struct text decision;
    const struct reason *reasons;
    size_t reasons_count;
    bool notifies;
};
const struct err *formalities_enforce(struct ctx *ctx, const struct signing *signing, struct competence *ret);
/* What every signed act of a proposal says: decision, reasons, who proposed, its notification, the signature. */
const struct err *signed_put(struct ctx *ctx, struct writing *writing, const struct proposal *proposal,
                             const struct competence *competence, struct text act_code);
const struct err *measure_sign(struct ctx *ctx, const struct proposal *proposal, struct act_id *ret);
const struct err *decision_record(struct ctx *ctx, const struct act *act, struct instrument_id instrument);
const struct err *proposal_close(struct ctx *ctx, const struct act *act, const char *state);
struct text rulings_receipt(struct ctx *ctx, const struct ruling *rulings, size_t count);

const struct err *factual_check(struct ctx *ctx, const struct decision_proposal *proposal);
void reasons_join(struct ctx *ctx, const struct decision_proposal *proposal, struct reason **reasons, size_t *count);
/* Legal reasons: the sentence of each norm. ERR_LAW when one has none. */
const struct err *norm_reasons(struct ctx *ctx, const struct text *norms, size_t count, struct reason **ret);

/* Whether what the procedure wants in the register before filing is there: an instrument of that kind in force, or an
 * entry granted on a dossier of which that is a fact (contract_kind). */
const struct err *entry_before(struct ctx *ctx, const struct procedure *procedure, struct party_id party, bool *ret);

/* Adds what the register knows of a party to what a check is asked with: its facts, and the instruments it holds. */
const struct err *held_facts(struct ctx *ctx, struct party_id party, struct json *known);
/* Whether a fact of a check has that code. */
bool check_knows(struct ctx *ctx, const char *check, const char *fact, struct text code);

const struct err *officer_only(struct ctx *ctx);
struct text actor_text(struct ctx *ctx); /* "user:3", or "system" */

/* Reasons as JSON in bodies: [{"kind":"legal","norm":"18.23/2/1.a","ar":...,"fr":...,"en":...}]. */
struct text reasons_json(struct ctx *ctx, const struct reason *reasons, size_t count);
const struct err *reasons_read(struct ctx *ctx, struct text json, struct reason **ret, size_t *ret_count);

/* Apply functions of this module's kinds, by file; bodies are described there. */
act_apply dossier_filed_apply, document_supplied_apply, dossier_completed_apply, replacement_supplied_apply,
    information_supplied_apply, dossier_given_up_apply, dossier_returned_apply; /* filing_act.c */
act_apply dossier_assigned_apply, facts_attested_apply, replacement_asked_apply,
    information_asked_apply;                                                 /* examination_act.c */
act_apply decision_proposed_apply, proposal_sent_back_apply, decision_apply; /* decision_act.c */
act_apply notification_sent_apply, notification_proven_apply;                /* notification.c */
act_apply breach_found_apply, notice_to_comply_apply, observations_heard_apply, breach_cured_apply,
    instrument_suspended_apply, suspension_lifted_apply, instrument_withdrawn_apply, instrument_surrendered_apply,
    change_notified_apply;                                  /* measure_act.c */
act_apply opinion_given_apply, opinion_person_erased_apply; /* opinion.c */

#endif
