/* Papers that the Centre issues: the certificate of an instrument, the filing receipt, the letter of a decision or of a
 * request, made from records and kept as issued (table issued_paper, bytes among the documents).
 *
 * What a paper says is all in acts; making it again gives the same words. Results live in ctx->arena. Errors:
 * ERR_NOT_FOUND, ERR_WRONG_STATE (no certificate of what was refused), ERR_IO, and those of certificate_pdf.h. */
#ifndef OFFICE_PAPER_H
#define OFFICE_PAPER_H

#include "office/certificate_pdf.h"
#include "office/decision.h"
#include "office/document.h"
#include "office/letter_pdf.h"
#include "office/measure.h"
#include "office/notification.h"

struct log; /* acts/log.h */

/* Where papers are made. */
struct press {
    struct sheet_fonts *fonts;
    struct text data_folder;
    struct text base_url; /* of the verify page */
    struct in_languages state;
    struct in_languages centre;
    bool is_specimen; /* a demo's papers say so across the page */
    struct log *log;  /* proves the act that granted; ERR_NOT_FOUND until that act is signed */
};

struct issued_paper {
    int64_t id;
    struct text kind; /* certificate, or the kind of act whose letter it is */
    enum lang lang;
    struct act_id act;
    struct hash sha256;
    int64_t size;
    int64_t issued_at_ms;
};

/* The words of a paper, ready to draw but for what the press knows (state, centre, address, proof). */
const struct err *certificate_words_of(struct ctx *ctx, struct instrument_id id, enum lang latin_lang,
                                       struct certificate *ret);
/* The letter of an act, by its kind: dossier_filed (the filing receipt), decision and those after a grant,
 * replacement_asked, information_asked, dossier_returned, notice_to_comply. ERR_NOT_FOUND for any other. */
const struct err *letter_of_act(struct ctx *ctx, struct act_id act, enum lang lang, struct letter *ret);

/* A paper that was drawn and kept on disk, and that no row names yet. */
struct made_paper {
    struct text kind;
    enum lang lang;
    struct act_id act;
    struct dossier_id dossier;
    struct instrument_id instrument;
    struct stored_document document;
    struct text pdf;
};
/* Draw and keep: in a read transaction, as drawing takes its time. ERR_WRONG_STATE: no certificate of an instrument
 * that was taken over. */
const struct err *certificate_make(struct ctx *ctx, const struct press *press, struct instrument_id id,
                                   enum lang latin_lang, struct made_paper *ret);
const struct err *letter_make(struct ctx *ctx, const struct press *press, struct act_id act, enum lang lang,
                              struct made_paper *ret);
/* Counts the copy and names its bytes. Needs TX_WRITE. */
const struct err *paper_record(struct ctx *ctx, const struct made_paper *made);
/* What was issued for an act. */
const struct err *issued_list(struct ctx *ctx, struct act_id act, struct issued_paper **ret, size_t *ret_count);

#endif
