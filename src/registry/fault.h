/* What is wrong with one field of a form. All faults come back at once, with what was typed; they are neither errors
 * nor rulings (STYLE.md). The message is a msgid, and the page has its sentence in each language. */
#ifndef REGISTRY_FAULT_H
#define REGISTRY_FAULT_H

#include <stddef.h>

#include "base/ctx.h"

#define FAULT_REQUIRED "fault.required"
#define FAULT_TOO_LONG "fault.too_long"
#define FAULT_UTF8 "fault.utf8"
#define FAULT_HIDDEN "fault.hidden" /* a character that hides or reorders what is read (text_has_hidden()) */
#define FAULT_ICE "fault.ice"       /* not 15 digits, or the check digits disagree */
#define FAULT_ICE_TAKEN "fault.ice_taken"
#define FAULT_CODE "fault.code" /* not one of the choices */
#define FAULT_YES_NO "fault.yes_no"
#define FAULT_NUMBER "fault.number"
#define FAULT_WHOLE "fault.whole"
#define FAULT_MONEY "fault.money"
#define FAULT_DATE "fault.date" /* no such day, or not YYYY-MM-DD */
#define FAULT_DATE_FUTURE "fault.date_future"
#define FAULT_COUNTRY "fault.country"
#define FAULT_UNKNOWN_FIELD "fault.unknown_field"
#define FAULT_VALUE "fault.value"           /* of another shape than the law's fact */
#define FAULT_DOCUMENT "fault.document"     /* not a paper of this procedure */
#define FAULT_PARTY_KIND "fault.party_kind" /* this procedure is not open to such a party */
#define FAULT_ENTRY "fault.entry"           /* what must be in the register first is not there */
#define FAULT_NUMBER_TAKEN "fault.number_taken"
#define FAULT_UNKNOWN_PARTY "fault.unknown_party"

struct field_fault {
    struct text at; /* the field: "ice", "facts.capital", "documents.statutes" */
    const char *message;
};
struct field_faults {
    struct field_fault *items;
    size_t count;
    size_t room;
};

/* Adds one; lives in ctx->arena. */
void field_fault_add(struct ctx *ctx, struct field_faults *faults, struct text at, const char *message);
/* The faults of a line that a person typed: UTF-8, no hidden characters, at most bytes_max. Empty is one when required.
 */
void field_line_faults(struct ctx *ctx, struct field_faults *faults, const char *at, struct text line, bool required,
                       size_t bytes_max);

#endif
