/* Parties: companies, associations, natural persons and public bodies, what is known of them, since when, and who
 * attested it. The register begins here; who may act for a party is access/mandate.
 *
 * Owns party and party_fact, projections of the acts party_registered, party_changed and party_facts_recorded (bodies
 * in party.c). Names of natural persons, managers too, are persons of those acts and can be erased. Results live in
 * ctx->arena. Errors: those of the store; ERR_INPUT when a draft has faults (ask party_faults() first), ERR_CONFLICT
 * for an ICE that another party has, ERR_NOT_FOUND. */
#ifndef REGISTRY_PARTY_H
#define REGISTRY_PARTY_H

#include "access/user.h"
#include "acts/act.h"
#include "base/money.h"
#include "registry/fault.h"

enum party_kind { PARTY_COMPANY = 1, PARTY_ASSOCIATION, PARTY_NATURAL_PERSON, PARTY_PUBLIC_BODY, PARTY_KINDS };
const char *party_kind_code(enum party_kind kind); /* as procedures say `filed by`: "company", "natural_person" */
bool party_kind_from(struct text code, enum party_kind *ret);

struct party {
    struct party_id id;
    enum party_kind kind;
    struct text name_ar;
    struct text name_latin;
    struct text ice;        /* 15 digits; at NULL when there is none */
    struct text rc;         /* trade register: number */
    struct text rc_court;   /* and its court */
    struct text legal_form; /* a code of the law's fact of that name; at NULL when unknown */
    struct money capital;
    bool has_capital;
    struct text seat_ar;
    struct text seat_latin;
    struct text manager_ar; /* empty once erased, and for a natural person */
    struct text manager_latin;
    struct date registered_on;
    struct act_id act;
};
/* The name in that language, else the other one. */
struct text party_name(const struct party *party, enum lang lang);

/* Also the whole new state of a party that changes. Texts as typed; ICE and RC with Arabic digits and spaces are read
 * too. */
struct party_draft {
    enum party_kind kind;
    struct text name_ar;
    struct text name_latin;
    struct text ice;
    struct text rc;
    struct text rc_court;
    struct text legal_form;
    struct text capital; /* dirhams as typed, "300 000,00" */
    struct text seat_ar;
    struct text seat_latin;
    struct text manager_ar;
    struct text manager_latin;
    struct text facts;       /* JSON object of further facts, in the names and units of the law; may be empty */
    struct text attested_by; /* "user:3", or empty: the applicant's word */
};
/* Everything wrong with it, at once; legal forms are those of the law's fact. party 0 for a new one. */
const struct err *party_faults(struct ctx *ctx, const struct party_draft *draft, struct party_id party,
                               struct field_faults *ret);
/* Appends party_registered, or party_changed. Need TX_WRITE. */
const struct err *party_register(struct ctx *ctx, const struct party_draft *draft, struct party_id *ret);
const struct err *party_change(struct ctx *ctx, struct party_id party, const struct party_draft *draft);
/* Facts that somebody attests from a day on: appends party_facts_recorded. */
const struct err *party_facts_record(struct ctx *ctx, struct party_id party, struct text facts, struct date from,
                                     struct text attested_by);

const struct err *party_get(struct ctx *ctx, struct party_id id, struct party *ret); /* ERR_NOT_FOUND */
const struct err *party_find_ice(struct ctx *ctx, struct text ice, struct party *ret, bool *ret_found);

struct party_fact {
    struct text name;
    struct text value; /* JSON */
    struct date from;
    struct text attested_by;
    struct act_id act;
};
/* What is known on a day, one value a name (the latest), by name. */
const struct err *party_facts(struct ctx *ctx, struct party_id party, struct date on, struct party_fact **ret,
                              size_t *ret_count);
/* Companies and associations, by key: id > after. A natural person is never listed. */
const struct err *party_list(struct ctx *ctx, struct party_id after, int64_t limit, struct party **ret,
                             size_t *ret_count);

/* Takes a person's name out of the projections, once its data was erased ("party:7" or "manager:7"). */
const struct err *party_erased(struct ctx *ctx, struct text subject);

const struct err *party_registered_apply(struct ctx *ctx, const struct act *act);
const struct err *party_changed_apply(struct ctx *ctx, const struct act *act);
const struct err *party_facts_recorded_apply(struct ctx *ctx, const struct act *act);

#endif
