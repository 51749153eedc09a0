/* A letter of the Centre: a decision with its reasons, a filing receipt, a notice. A4, in one language, as many pages
 * as it needs, each with its number, its act and a code to verify it.
 *
 * Everything it says comes in struct letter; the words of its own are labels (letter_words.h). The same letter gives
 * the same bytes. The PDF is PDF/A-3B. Results live in the arena. Errors: ERR_INPUT when a part that makes it a letter
 * is missing (a decision needs reasons, legal and factual: REQUIREMENTS R27), ERR_UTF8, ERR_TOO_LARGE past
 * LETTER_PAGES_MAX. */
#ifndef OFFICE_LETTER_PDF_H
#define OFFICE_LETTER_PDF_H

#include "office/certificate_pdf.h"

enum reason_kind { REASON_LEGAL = 1, REASON_FACTUAL, REASON_KINDS };

/* Why: one sentence, and the norm it rests on (compact citation; may be empty for a fact). */
struct letter_reason {
    struct text norm;
    struct text sentence;
    enum reason_kind kind;
};

enum letter_kind {
    LETTER_DECISION = 1, /* refuses, suspends or withdraws: needs reasons of both kinds, and remedies */
    LETTER_RECEIPT,      /* of filing: its list is of missing papers */
    LETTER_NOTICE,       /* anything else, a grant too */
    LETTER_KINDS
};

struct letter {
    enum letter_kind kind;
    enum lang lang;             /* Arabic, French or English */
    enum certificate_mark mark; /* MARK_NONE or MARK_SPECIMEN */
    struct in_languages state;  /* head, in Arabic and French whatever the letter's language; may be empty */
    struct in_languages centre;
    struct text reference;
    struct text date;
    struct text date_hijri;
    struct text *addressee; /* lines */
    size_t addressee_count;
    struct text subject;
    struct text *paragraphs; /* before the reasons */
    size_t paragraph_count;
    struct text list_title; /* a numbered list: the papers of a receipt; may be empty */
    struct text *list;
    size_t list_count;
    struct letter_reason *reasons;
    size_t reason_count;
    struct text *rulings; /* behind the reasons: what is decided, one paragraph each */
    size_t ruling_count;
    struct signature_block signature; /* the words of the letter's language: ar, or latin for the others */
    struct text *remedies;            /* one paragraph each: before whom, within which term */
    size_t remedy_count;

    int64_t act;
    struct date act_day;
    struct text short_hash; /* at least SHORT_HASH_DIGITS hexadecimal digits */
    struct text base_url;
};

const struct err *letter_pdf(struct arena *arena, struct sheet_fonts *fonts, const struct letter *letter,
                             struct text *ret_pdf);

/* As certificate_to_json() and certificate_from_json(). */
const struct err *letter_to_json(struct arena *arena, const struct letter *letter, struct text *ret_json);
const struct err *letter_from_json(struct arena *arena, struct text json, struct letter *ret);

#endif
