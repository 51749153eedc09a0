/* The certificate of an instrument: one A4 page, Arabic first and French (or English) beside it, with the proof inside.
 * Everything it says comes in struct certificate, ready to print; the only words of its own are labels and a few
 * sentences (certificate_words.h). No file, clock or chance beyond the fonts: the same certificate gives the same
 * bytes.
 *
 * The PDF is PDF/A-3B and carries disclosure.txt, entry.json and proof.tlog-proof as given. Results live in the arena.
 * Errors: ERR_INPUT when a part that makes it a certificate is missing or contradicts another, ERR_UTF8, ERR_TOO_LARGE
 * when the words do not fit one page at a readable size. */
#ifndef OFFICE_CERTIFICATE_PDF_H
#define OFFICE_CERTIFICATE_PDF_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "base/lang.h"
#include "base/text.h"

struct sheet_fonts; /* office/sheet.h: opened once by the process */

/* One text as each language prints it. latin may be empty where it equals ar (numbers); zgh where there is none. */
struct in_languages {
    struct text ar;
    struct text latin;
    struct text zgh;
};

/* What lies across the page, so that no printed copy passes for more than it is. */
enum certificate_mark { MARK_NONE = 1, MARK_SPECIMEN, MARK_SUSPENDED, MARK_WITHDRAWN, CERTIFICATE_MARKS };

/* How the person signed (Law 43.20, REQUIREMENTS R4). Named on the page, never shown as more than it is. */
enum signature_level {
    SIGNATURE_SIMPLE = 1, /* sign-in and second factor */
    SIGNATURE_QUALIFIED,  /* a qualified certificate: named in detail */
    SIGNATURE_HAND,       /* an original on paper: its place in detail */
    SIGNATURE_LEVELS
};

struct signature_block {
    struct in_languages name;
    struct in_languages capacity; /* director, acting director, delegate */
    struct in_languages basis;    /* the act of appointment or delegation, with number and date (R5) */
    enum signature_level level;
    struct text detail; /* empty for a simple one */
};

/* A fact for which the page has no label of its own: a film's title, a class of cinema. */
struct certificate_row {
    struct in_languages label;
    struct in_languages value;
};

struct certificate {
    enum lang latin_lang; /* LANG_FR or LANG_EN: the language beside Arabic */
    enum certificate_mark mark;
    struct in_languages state;  /* above the Centre's name; may be empty */
    struct in_languages centre; /* the authority's name */
    struct in_languages title;  /* the instrument: "production licence" */
    struct text number;
    struct in_languages recital; /* the granting sentence; may be empty */
    struct in_languages holder;
    struct in_languages legal_form; /* from here to capital: of a company, each may be empty */
    struct text ice;
    struct in_languages rc;
    struct in_languages manager;
    struct in_languages seat;
    struct in_languages capital;
    struct certificate_row *rows;
    size_t row_count;
    struct in_languages granted_on;
    struct in_languages granted_on_hijri;
    struct in_languages validity;
    struct in_languages status;
    struct text *norms; /* compact citations of the norms applied, in order */
    size_t norm_count;
    struct signature_block signature;

    int64_t act; /* number in the register of acts */
    struct date act_day;
    struct text origin; /* of the log */
    int64_t leaf;
    struct text short_hash; /* certificate_short_hash(entry), or more digits of the same hash */
    struct text base_url;   /* "https://registre.example", no slash behind */
    struct text entry;      /* the entry's exact bytes */
    struct text proof;      /* c2sp.org/tlog-proof@v1 */
    struct text disclosure; /* salts and data that this certificate shows */
};

const struct err *certificate_pdf(struct arena *arena, struct sheet_fonts *fonts, const struct certificate *certificate,
                                  struct text *ret_pdf);

/* The first SHORT_HASH_DIGITS hexadecimal digits of the entry's leaf hash, SHA-256(0x00 || entry), RFC 6962. */
enum { SHORT_HASH_DIGITS = 16 };
struct text certificate_short_hash(struct arena *arena, struct text entry);
/* BASE/v/ACT-SHORTHASH: what the QR code holds and a person may type. */
struct text certificate_url(struct arena *arena, struct text base_url, int64_t act, struct text short_hash);

/* The struct as one JSON object, for the pipe to the helper that draws; what was written reads back the same. Reading
 * fails with ERR_JSON on a member that is missing, unknown, or of the wrong type. */
const struct err *certificate_to_json(struct arena *arena, const struct certificate *certificate,
                                      struct text *ret_json);
const struct err *certificate_from_json(struct arena *arena, struct text json, struct certificate *ret);

#endif
