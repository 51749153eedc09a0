/* Accounts: who a person is to this house. Opened, changed and disabled by acts, in which the person's data stands
 * apart (subject "account:N") so that it can be erased; after an erasure the account has no e-mail and no name. The
 * account's secrets are not official: table credential, written here and by second_factor.h and reset.h.
 *
 * Owns account, credential. Writing needs TX_WRITE. */
#ifndef ACCESS_ACCOUNT_H
#define ACCESS_ACCOUNT_H

#include "access/user.h"
#include "acts/act.h"

struct account {
    struct account_id id;
    struct text email;   /* at NULL: erased */
    struct text name_ar; /* one of the two may be absent (at NULL) */
    struct text name_latin;
    struct date opened_on;
    struct date disabled_on; /* DATE_NONE: it may sign in */
    struct act_id act;
};
/* The name in the reader's script, else in the other; for who was erased, "account:N". */
struct text account_name(struct ctx *ctx, const struct account *account);
struct text account_subject(struct arena *arena, struct account_id id);

/* A fault of a form: which field, and the msgid of the sentence. All of them come back with the form. */
struct form_fault {
    const char *field;
    const char *message;
};
enum { FORM_FAULTS_MAX = 12 };
struct form_faults {
    struct form_fault items[FORM_FAULTS_MAX];
    size_t count;
};
void form_fault_add(struct form_faults *faults, const char *field, const char *message);

/* Lower case, trimmed; false when it is not an address (RFC 5321, ASCII). */
bool email_normalise(struct arena *arena, struct text typed, struct text *ret);

struct person_form {
    struct text email; /* normalised by person_check() */
    struct text name_ar;
    struct text name_latin;
    struct text password;
    enum lang lang;
};
/* Trims and normalises in place, and says what is wrong: fault.email, fault.name.missing, .long, .hidden, .script, and
 * those of password.h. */
void person_check(struct arena *arena, struct person_form *form, struct form_faults *faults);

struct account_draft {
    struct text email; /* normalised */
    struct text name_ar;
    struct text name_latin;
    struct text password_hash; /* empty: no sign-in before a reset */
    bool must_change;          /* the password was made by somebody else */
    struct text totp_secret;   /* bytes, in force at once; empty: none */
    enum lang lang;
    struct text by; /* sign_up, administrator, system */
};
/* Act account_opened, and its secrets. ERR_CONFLICT when the e-mail has an account. */
const struct err *account_open(struct ctx *ctx, const struct account_draft *draft, struct account_id *ret);
/* Act account_changed: new names, new e-mail; all three are given. */
const struct err *account_change(struct ctx *ctx, const struct account *account);
/* Acts account_disabled, account_enabled. Disabling ends its sessions. Needs an administrator. */
const struct err *account_disable(struct ctx *ctx, struct account_id id, struct text reason);
const struct err *account_enable(struct ctx *ctx, struct account_id id, struct text reason);
/* After its person's data was erased from the acts: the account keeps its number only, and cannot sign in. */
const struct err *account_forget(struct ctx *ctx, struct account_id id);

const struct err *account_get(struct ctx *ctx, struct account_id id, struct account *ret); /* ERR_NOT_FOUND */
const struct err *account_by_email(struct ctx *ctx, struct text email, struct account *ret, bool *ret_found);
/* By rising number, behind one. */
const struct err *accounts_list(struct ctx *ctx, struct account_id after, int64_t limit, struct account **ret,
                                size_t *ret_count);
/* The language the person chose; LANG_NONE: none. */
const struct err *account_lang(struct ctx *ctx, struct account_id id, enum lang *ret);
const struct err *account_lang_set(struct ctx *ctx, struct account_id id, enum lang lang);
/* The person of an act: name and e-mail as they are now. */
const struct err *account_person(struct ctx *ctx, struct account_id id, const char *role, struct act_person *ret);

const struct err *apply_account_opened(struct ctx *ctx, const struct act *act);
const struct err *apply_account_changed(struct ctx *ctx, const struct act *act);
const struct err *apply_account_disabled(struct ctx *ctx, const struct act *act);
const struct err *apply_account_enabled(struct ctx *ctx, const struct act *act);

#endif
