/* Cases: questions with the answers that are expected, one JSON object a line {"id", "check", "as_of", "facts",
 * "expect"} and perhaps "settings"; only the keys of expect are compared. They prove the law files, and show which
 * needs have been seen to hold and to fail. Everything lives in the arena given. */
#ifndef LAW_CASES_H
#define LAW_CASES_H

#include "law/law.h"

struct law_case {
    struct text id;
    struct text check;
    struct date as_of;
    struct json facts;
    struct json expect;
    struct law_setting *settings; /* "settings": {"NAME": "LITERAL"}: what the law leaves unset, given for this case */
    size_t settings_count;
    struct text path; /* of its file */
    int line;
};
struct law_cases {
    struct law_case *items;
    size_t count;
};
/* Reads the lines of one file behind those that are there. ERR_INPUT names file and line. */
const struct err *cases_read(struct arena *arena, struct text path, struct text bytes, struct law_cases *cases);

/* How a case came out. */
struct case_result {
    bool passed;
    bool unknown_check;
    struct text why; /* "verdict: expected granted, got refused"; empty when it passed */
};
/* Asks it; `seen` (may be NULL) is told of its needs. */
struct law_seen;
struct case_result case_run(struct arena *arena, const struct law *law, const struct law_case *one,
                            struct law_seen *seen);

/* ---- Coverage ---- */

/* Who uses a norm: names of checks, "procedure NAME", "formality NAME", "body NAME", "parameter NAME", "gap DECIDER",
 * "declaratory", "in force". Empty: nobody. */
const struct text *norm_uses(struct arena *arena, const struct law *law, const struct norm *norm, size_t *ret_count);

struct need_seen {
    struct text norm, check;
    int line;
    struct text path;
    bool holds, fails;
};
struct article_coverage {
    struct text text_id, article;
    size_t norms_count;
    struct text *unused; /* norm ids */
    size_t unused_count;
    size_t needs_count;
    struct need_seen *one_sided;
    size_t one_sided_count;
};
struct law_coverage {
    struct article_coverage *articles;
    size_t articles_count;
    size_t norms, unused, needs, one_sided;
};
struct law_coverage law_coverage(struct arena *arena, const struct law *law, const struct law_cases *cases);

/* ---- Mutation ---- */

/* One thing changed by one step, and whether a case noticed. */
struct mutant {
    struct text path;
    int line, column;
    struct text was, is;
    bool noticed;
    bool unreadable; /* the reader refused it: noticed too */
};
/* Changes, one by one and by one step, every number, date, comparison, any/all, and/or, earliest/latest,
 * highest/lowest, min/max and down/up of the checks, defines, tables and parameters of the files, and the day a text is
 * in force; told of each as it comes. work is rewound between them. */
const struct err *law_mutate(struct arena *arena, struct arena *work, const struct law_file *files, size_t count,
                             const struct law_cases *cases, struct text only_path,
                             void (*tell)(void *arg, const struct mutant *mutant), void *arg);

#endif
