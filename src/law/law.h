/* The corpus: what the texts say, read from law/, and how to ask it. Pure: files come in as bytes, facts as JSON, and
 * the same question on the same corpus gives the same bytes (docs/law-language.md; LAW-LANGUAGE.md, Semantics).
 *
 * A corpus is immutable once read and may be shared by threads. Names, ids and words in it live as long as its arena.
 * A ruling is a value, never an error: the law saying no is an answer. */
#ifndef LAW_LAW_H
#define LAW_LAW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/encode.h"
#include "base/err.h"
#include "base/json.h"
#include "base/lang.h"
#include "base/text.h"

struct law;

/* One file of the corpus: its path below the law folder ("18.23/art-002-production-licence.law") and its bytes. */
struct law_file {
    struct text path;
    struct text bytes;
    struct hash sha256; /* filled by law_read() */
};

/* What is wrong with a file, in words that a jurist understands (GRAMMAR.md, 10). */
struct law_fault {
    struct text path;
    int line;   /* from 1 */
    int column; /* from 1, in code points */
    int width;
    struct text message; /* one sentence */
    struct text hint;    /* a way out; may be empty */
};
struct law_faults {
    struct law_fault *items;
    size_t count;
};

/* Reads and checks files given in any order (they are sorted by path). All faults at once: ERR_LAW, and *ret_faults
 * (never NULL then) lists them by file and line. The corpus lives in arena. */
const struct err *law_read(struct arena *arena, const struct law_file *files, size_t count, struct law **ret,
                           struct law_faults *ret_faults);
/* Reading with more than law_read() offers: for tests and for work on a corpus that is not complete. */
struct law_options {
    bool allow_missing_norms;
};
const struct err *law_read_with(struct arena *arena, const struct law_file *files, size_t count,
                                const struct law_options *options, struct law **ret, struct law_faults *ret_faults);
/* One fault as text: file:line:column, the line, a caret, the sentence, the way out. */
struct text law_fault_print(struct arena *arena, const struct law *law, const struct law_file *files, size_t count,
                            const struct law_fault *fault);

/* The files, sorted by path, with their hashes; and the root: SHA-256 over "path\0hash\n" of each (hash in hex). */
const struct law_file *law_files(const struct law *law, size_t *ret_count);
struct hash law_root(const struct law *law);

/* ---- What is stated ---- */

enum norm_force { FORCE_NONE = 1, FORCE_MANDATORY, FORCE_DISCRETIONARY };
struct norm {
    struct text id;           /* "18.23/2/1.a" */
    struct text text_id;      /* "18.23" */
    struct text article;      /* "2" */
    struct text kind;         /* condition, duty, deadline, ... */
    struct text says[LANGS];  /* by enum lang: ar, fr, en */
    struct text fails[LANGS]; /* what is said when it fails; empty where it cannot */
    struct text actor;
    enum norm_force force;
    struct text *sanctioned_by; /* norm ids */
    size_t sanctioned_by_count;
    struct text gap_decider; /* who decides what cannot be computed; empty: no gap */
    struct text gap_reason;
    struct text parameter; /* name, when the value is left to another text */
    bool declaratory;
    struct date from; /* DATE_NONE: with its text */
    struct date until;
    struct text path; /* of its file */
    int line;
};
/* All norms in the order of the texts (text by text, article by article, as written). */
const struct norm *law_norms(const struct law *law, size_t *ret_count);
const struct norm *law_norm(const struct law *law, struct text id); /* NULL: not stated */

struct law_text {
    struct text id;
    struct text title[LANGS];
    struct date signed_on, published_on, in_force_from; /* DATE_NONE where not stated */
    struct text in_force_norm;                          /* empty: no gate */
    struct text note[LANGS];                            /* "amended, amendments not loaded"; may be empty */
};
const struct law_text *law_texts(const struct law *law, size_t *ret_count);
const struct law_text *law_text(const struct law *law, struct text id);

/* The word of a fact, a code, an instrument or a document code (law/words/), else the name itself with spaces. */
struct text law_word(const struct law *law, struct text name, enum lang lang);
bool law_has_word(const struct law *law, struct text name);

/* ---- Checks ---- */

enum fact_type {
    FACT_YES_NO = 1,
    FACT_NUMBER,
    FACT_WHOLE,
    FACT_MONEY,
    FACT_DATE,
    FACT_CODE,
    FACT_COUNTRY,
    FACT_TEXT,
    FACT_SESSION,
    FACT_NORM,
    FACT_ONE_OF,
    FACT_LIST,
    FACT_MAP,
    FACT_RECORD
};
struct law_fact {
    struct text name;
    enum fact_type type;
    bool or_absent;
    struct text *codes; /* FACT_ONE_OF */
    size_t codes_count;
    enum fact_type of;       /* element of a list or map; 0: a record */
    struct law_fact *fields; /* of a record, or of the records of a list or map */
    size_t fields_count;
};
struct law_result {
    struct text name; /* with its dots: "conditions.cuts" */
    enum fact_type type;
    bool or_absent;
};
struct law_check {
    struct text name;
    struct text text_id;
    struct law_fact *facts;
    size_t facts_count;
    struct text *verdicts; /* declared words, in order; none: a check without verdict */
    size_t verdicts_count;
    struct law_result *results;
    size_t results_count;
    struct text *norms; /* used: needs and cites, in the order of the text */
    size_t norms_count;
    struct text *parameters; /* read by it */
    size_t parameters_count;
    struct text path;
    int line;
};
/* The checks that exist at a date (DATE_NONE: in any edition), by text and then as written. Lives in arena. */
const struct law_check *law_checks(struct arena *arena, const struct law *law, struct date at, size_t *ret_count);
const struct law_check *law_check(struct arena *arena, const struct law *law, struct text name, struct date at);

/* Where an item of that name (table, define, parameter, body, formality ...) stands. */
bool law_place(const struct law *law, struct text name, struct text *ret_path, int *ret_line);

/* ---- Asking ---- */

enum trace_outcome {
    TRACE_HOLDS = 1,
    TRACE_FAILS,
    TRACE_UNDECIDED,
    TRACE_UNKNOWN,
    TRACE_NOT_APPLICABLE,
    TRACE_APPLIED
};
const char *trace_outcome_code(enum trace_outcome outcome); /* "holds", "not_applicable" */

struct trace_value {
    struct text name; /* fact, let, parameter or table read; "=" for the value compared with */
    struct json value;
};
struct trace_line {
    struct text norm;
    enum trace_outcome outcome;
    int line; /* of the rule in its file */
    struct trace_value *values;
    size_t values_count;
};

/* A parameter or value changed for one question (--set NAME=VALUE), or set by an act of the Centre. */
struct law_setting {
    struct text name;
    struct text literal; /* as in a law file: 500_000 MAD, 20, 2026-01-01, or a code */
    struct date from;    /* DATE_NONE: at every date */
    struct date until;   /* last day; DATE_NONE: open */
};

struct law_question {
    struct text check;
    struct date as_of;
    const struct json *facts;       /* an object */
    const struct law_facts *loaded; /* instead of facts: facts_load() */
    const struct law_setting *settings;
    size_t settings_count;
    bool trace;
    struct law_seen *seen; /* told of the needs (law/cases.h); NULL */
};

struct ruling {
    struct text check;
    struct date as_of;
    struct text verdict; /* empty: the check has none */
    struct text *failed; /* norm ids, in the order of the text */
    size_t failed_count;
    struct text *missing; /* facts that matter ("films.share_percent") */
    size_t missing_count;
    struct text *parameters; /* not set at that date */
    size_t parameters_count;
    struct text *conflict; /* norms that disagree with no stated order (verdict "conflict") */
    size_t conflict_count;
    struct text *gaps; /* norms with a gap that the trace touches */
    size_t gaps_count;
    struct json_member *results; /* in the order declared; dots already made into objects */
    size_t results_count;
    struct trace_line *trace;
    size_t trace_count;
    bool traced;       /* it was asked for */
    struct json facts; /* as asked; what it points to must live as long as the receipt is wanted */
};
const struct json *ruling_result(const struct ruling *ruling, const char *name); /* NULL: absent */

/* What is wrong with a question: its line's error in a batch. */
struct question_fault {
    const char *code; /* unknown_check, fact_unknown, fact_type, fact_null, fact_range, overflow, too_large ... */
    struct text message;
    struct text at; /* "facts.films[2].role" */
};
/* Answers a question. ERR_INPUT, and *ret_fault filled, when the question itself is wrong. The ruling lives in arena.
 */
const struct err *law_ask(struct arena *arena, const struct law *law, const struct law_question *question,
                          struct ruling *ret, struct question_fault *ret_fault);

/* Facts of a check, read once so that many questions may ask of them: with other settings, at other dates, by several
 * threads. Same errors as law_ask(); *ret and what question->facts points to must live as long as it is asked. */
struct law_facts;
const struct err *facts_load(struct arena *arena, const struct law *law, const struct law_question *question,
                             const struct law_facts **ret, struct question_fault *ret_fault);

/* The answer as the contract prints it, one JSON object (LAW-LANGUAGE.md, Contract); id may be empty. */
void ruling_print(struct json_out *out, struct text id, const struct ruling *ruling, const struct law *law);
/* SHA-256 of the facts in canonical JSON (decimals in their shortest exact form). */
struct hash ruling_facts_hash(struct arena *arena, const struct ruling *ruling);
/* The receipt, canonical JSON: verdict, results, trace, facts hash, file hashes read, corpus root, engine, date. */
struct text ruling_receipt(struct arena *arena, const struct ruling *ruling, const struct law *law);

/* tidy: size: one contract for the whole corpus, so that its users need one file */
#endif
