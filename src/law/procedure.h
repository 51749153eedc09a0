/* A procedure as the law declares it (GRAMMAR.md, 9): rows of data that the office's one engine runs, and from which
 * forms, checklists, letters, help and the API's schema are drawn. Lives as long as the corpus. */
#ifndef LAW_PROCEDURE_H
#define LAW_PROCEDURE_H

#include "law/law.h"

enum fact_source {
    SOURCE_ASKED = 1, /* of the applicant, in the form */
    SOURCE_REGISTER,  /* the register knows it */
    SOURCE_ATTESTED,  /* an officer reads it from a document */
    SOURCE_COUNTED,   /* by the secretariat */
    SOURCE_ACCOUNTS,  /* the fund's ledger */
    SOURCE_GIVEN,     /* by the dossier itself: days, documents, kinds */
    SOURCE_FOUND      /* by an officer, outside the file */
};

struct procedure_document {
    struct text code; /* its word is in law/words/ */
    bool required;    /* else only when `when` holds; both absent: optional */
    struct text when; /* source of the condition, empty: none; ask with procedure_document_due() */
    bool must_be_signed;
    int copies;           /* 0: not stated */
    struct text *attests; /* facts it proves */
    size_t attests_count;
    struct text *norms;
    size_t norms_count;
};
struct procedure_fact {
    struct text name;
    enum fact_source source;
    struct text *norms;
    size_t norms_count;
};
/* A duty after the grant, or a test of the instrument's life: "copy_delivery within 12 months", with its check. */
struct procedure_life {
    struct text name;
    struct term within;           /* count 0: not stated */
    struct text check;            /* empty: none */
    struct procedure_fact *facts; /* of that check, beside those of the procedure */
    size_t facts_count;
    struct text *norms;
    size_t norms_count;
};
enum grant_validity { GRANT_UNTIL_WITHDRAWN = 1, GRANT_FOR_TERM, GRANT_FOR_EVENT };
struct procedure {
    struct text name;
    struct text text_id;
    struct text title[LANGS];
    struct text act;       /* kind of act and of instrument: "production_licence" */
    struct text *filed_by; /* company, association, natural_person, public_body */
    size_t filed_by_count;
    struct text filed_check;  /* gives session and deadline; empty: at any time */
    struct text before_entry; /* an entry that must be in the register first; empty: none */
    struct procedure_document *documents;
    size_t documents_count;
    struct procedure_fact *facts;
    size_t facts_count;
    struct text file_check; /* the check of the papers (documents -> missing_documents, to_replace); empty: none */
    struct text *checks;    /* in order */
    size_t checks_count;
    struct text opinion_body; /* empty: none */
    struct text opinion_kind; /* binding, advisory, deciding */
    struct text *opinion_checks;
    size_t opinion_checks_count;
    struct text *opinion_gives; /* facts of the checks below that the opinion settles */
    size_t opinion_gives_count;
    struct procedure_fact *opinion_facts; /* of its own checks */
    size_t opinion_facts_count;
    struct text decided_by; /* director, board, ... */
    struct text time_limit; /* check or parameter that gives the days; empty: none */
    struct text grants;     /* instrument; empty: none */
    enum grant_validity validity;
    struct term validity_term; /* GRANT_FOR_TERM */
    struct text *ends_with;    /* instruments whose end ends this one */
    size_t ends_with_count;
    struct text *ends_takes; /* instruments that end with this one */
    size_t ends_takes_count;
    struct procedure_life *notices; /* after the decision: who must be told what, within how long */
    size_t notices_count;
    struct procedure_life *lives;
    size_t lives_count;
    struct text money_commits;  /* the result that the fund commits: "amount"; empty: none */
    struct text money_tranches; /* parameter of the shares in which it is paid */
    struct text *norms;         /* every norm cited by a line */
    size_t norms_count;
    struct text path;
    int line;
};
const struct procedure *law_procedures(const struct law *law, struct date at, size_t *ret_count);
const struct procedure *law_procedure(const struct law *law, struct text name, struct date at); /* NULL: none */

/* Whether a document is due, given the facts known so far: yes, no, or not known yet. */
enum due { DUE_NO = 1, DUE_YES, DUE_UNKNOWN };
enum due procedure_document_due(struct arena *arena, const struct law *law, const struct procedure *procedure,
                                const struct procedure_document *document, struct date at, const struct json *facts);

/* What hangs on every decision of some kinds, written once (18.23, art. 85, 100, 101). */
struct formality {
    struct text name;
    struct text *on; /* grant refuse suspend withdraw lift */
    size_t on_count;
    struct text check;     /* asked at signature; empty: none */
    struct text requires_; /* reasoned, notified; empty: none */
    struct text *norms;
    size_t norms_count;
};
/* The formalities of one kind of decision in one text, in the order written. */
const struct formality *law_formalities(struct arena *arena, const struct law *law, struct text text_id,
                                        struct text decision, struct date at, size_t *ret_count);

/* A body: its composition, and the checks of its quorum and vote. */
struct law_seat {
    struct text name; /* president, culture ... */
    int count;        /* 0: the parameter of that name says how many */
};
struct law_body {
    struct text name;
    struct text text_id;
    struct text title[LANGS];
    struct law_seat *seats;
    size_t seats_count;
    struct text quorum_check; /* empty: none */
    struct text vote_check;
    struct text secretary;
    struct text *norms;
    size_t norms_count;
};
const struct law_body *law_body(const struct law *law, struct text name, struct date at); /* NULL: none */

#endif
