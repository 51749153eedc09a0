/* Papers that the Centre issues: the certificate of an instrument, the filing receipt, the letter of a decision or of a
 * request, made from records and kept as issued (table issued_paper, bytes among the documents).
 *
 * What a paper says is all in acts; making it again gives the same words. Results live in ctx->arena. Errors:
 * ERR_NOT_FOUND, ERR_WRONG_STATE (no certificate of what was refused), ERR_IO, and those of certificate_pdf.h. */
#ifndef OFFICE_PAPER_H
#define OFFICE_PAPER_H

#include "office/certificate_pdf.h"
#include "office/decision.h"
#include "office/letter_pdf.h"
#include "office/measure.h"
#include "office/notification.h"

/* Where papers are made. */
struct press_proof;
struct press {
    struct sheet_fonts *fonts;
    struct text data_folder;
    struct text base_url; /* of the verify page */
    struct in_languages state;
    struct in_languages centre;
    bool is_specimen; /* a demo's papers say so across the page */
    /* The log's word on an act: its exact entry, its proof and the disclosure of what the paper shows. */
    const struct err *(*prove)(struct ctx *ctx, void *arg, struct act_id act, struct press_proof *ret);
    void *prove_arg;
};
struct press_proof {
    struct text entry;
    struct text proof; /* c2sp.org/tlog-proof@v1; empty while the log has not signed it */
    struct text disclosure;
    struct text origin;
};

struct issued_paper {
    int64_t id;
    struct text kind; /* certificate, filing_receipt, letter */
    enum lang lang;
    struct act_id act;
    struct hash sha256;
    int64_t size;
    int64_t issued_at_ms;
};

/* The words of a paper, for pages, before it is drawn. */
const struct err *certificate_words_of(struct ctx *ctx, struct instrument_id id, enum lang latin_lang,
                                       struct certificate *ret);
const struct err *receipt_letter(struct ctx *ctx, struct dossier_id id, enum lang lang, struct letter *ret);
const struct err *decision_letter(struct ctx *ctx, struct act_id decision, enum lang lang, struct letter *ret);
/* Of replacement_asked, information_asked, dossier_returned, notice_to_comply. */
const struct err *notice_letter(struct ctx *ctx, struct act_id act, enum lang lang, struct letter *ret);

/* Issued, kept, and its bytes. Need TX_WRITE. */
const struct err *certificate_issue(struct ctx *ctx, const struct press *press, struct instrument_id id,
                                    enum lang latin_lang, struct text *ret_pdf);
const struct err *letter_issue(struct ctx *ctx, const struct press *press, const struct letter *letter,
                               const char *kind, struct text *ret_pdf);
/* What was issued for an act. */
const struct err *issued_list(struct ctx *ctx, struct act_id act, struct issued_paper **ret, size_t *ret_count);

#endif
