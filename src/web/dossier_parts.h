/* What the pages of the applicant and those of the office show of a dossier alike. */
#ifndef WEB_DOSSIER_PARTS_H
#define WEB_DOSSIER_PARTS_H

#include "office/decision.h"
#include "office/document.h"
#include "web/pages/badge.html.h"
#include "web/visit.h"

struct text procedure_title(struct ctx *ctx, struct text procedure);
/* for_applicant: nothing of a proposal or of a decision that was not notified yet is told (R3). */
const struct page_badge *dossier_state_badge(struct ctx *ctx, const struct dossier *dossier, bool for_applicant);
const struct page_badge *instrument_badge(struct ctx *ctx, enum instrument_status status);
/* The clock in one sentence: what runs, until when, how many days are left. */
struct text dossier_clock_words(struct ctx *ctx, const struct dossier *dossier, const struct dossier_clock *clock);
const struct err *dossier_timeline_html(struct ctx *ctx, const struct dossier *dossier, bool for_applicant,
                                        struct html *ret);
/* The opinion that the procedure asks for, given or due; nothing where it asks nobody (page_opinion.c). */
const struct err *opinion_box(struct ctx *ctx, const struct dossier *dossier, struct html *ret);
/* A part of an address, percent-encoded. */
struct text url_part(struct ctx *ctx, struct text part);
/* The public page of an instrument: slashes of its number stay ("/register/EXPL/2019/7"). */
struct text register_url(struct ctx *ctx, struct text number);
/* The name of an act's kind in words: "decision", "dossier_filed". */
struct text act_kind_words(struct ctx *ctx, struct text kind);

/* The one file of a form, kept before the transaction (a route's prepare). */
struct kept_upload {
    struct text code;
    struct text filename;
    struct stored_document document;
    const char *fault; /* NULL: kept */
};
const struct err *upload_keep(struct ctx *ctx, struct visit *visit); /* visit->prepared: struct kept_upload */

#endif
