/* Sentences of letters and certificates that are not the law's, whole, with named holes, in Arabic, French and English;
 * and days, sums and months as papers print them. What the law says itself (reasons, remedies, titles) is not here. */
#ifndef OFFICE_PAPER_WORDS_H
#define OFFICE_PAPER_WORDS_H

#include "base/date.h"
#include "base/lang.h"
#include "base/money.h"
#include "base/text.h"

enum paper_word {
    PAPER_RECITAL = 1, /* {text} {title} */
    PAPER_UNTIL_WITHDRAWN,
    PAPER_UNTIL,    /* {day} */
    PAPER_IN_FORCE, /* status on a certificate */
    PAPER_SUSPENDED,
    PAPER_WITHDRAWN,
    PAPER_SURRENDERED,
    PAPER_EXPIRED,
    PAPER_RC,              /* {number} {court} */
    PAPER_RECEIPT_SUBJECT, /* {number} */
    PAPER_DEPOSITED,       /* {day} {days} {last} */
    PAPER_BEING_DEPOSITED, /* {day} {last} */
    PAPER_MISSING,         /* title of the list */
    PAPER_MACHINE_NAME,
    PAPER_MACHINE_CAPACITY,
    PAPER_OFFICER_CAPACITY,
    PAPER_BASIS_LAW,     /* {text} {title} */
    PAPER_GRANT_SUBJECT, /* {title} */
    PAPER_REFUSE_SUBJECT,
    PAPER_SUSPEND_SUBJECT,
    PAPER_LIFT_SUBJECT,
    PAPER_WITHDRAW_SUBJECT,
    PAPER_FILED,        /* {number} {day} {title} */
    PAPER_HOLDER,       /* {number} {title}: after a grant */
    PAPER_GRANT_RULING, /* {title} {party} {number} */
    PAPER_REFUSE_RULING,
    PAPER_SUSPEND_RULING,
    PAPER_LIFT_RULING,
    PAPER_WITHDRAW_RULING,
    PAPER_COURT,           /* the court, whose term is not loaded */
    PAPER_REPLACE_SUBJECT, /* {number} */
    PAPER_REPLACE,         /* {reason} */
    PAPER_REPLACE_LIST,
    PAPER_INFORM_SUBJECT, /* {number} */
    PAPER_INFORM,         /* {question} */
    PAPER_RETURN_SUBJECT, /* {number} */
    PAPER_RETURN_FOUND,   /* {papers} {last} */
    PAPER_RETURN_RULING,
    PAPER_NOTICE_SUBJECT, /* {number} */
    PAPER_NOTICE,         /* {found} {last} */
    PAPER_HEARING,
    PAPER_WORDS
};

/* Never empty for Arabic, French and English. */
struct text paper_word(enum paper_word word, enum lang lang);

struct paper_hole {
    const char *name;
    struct text value;
};
/* The sentence with its holes filled; a hole that nobody fills is a bug. */
struct text paper_fill(struct arena *arena, enum paper_word word, enum lang lang, const struct paper_hole *holes,
                       size_t count);
#define PAPER_FILL(arena, word, lang, ...)                                                                             \
    paper_fill((arena), (word), (lang), (const struct paper_hole[]){__VA_ARGS__},                                      \
               sizeof((const struct paper_hole[]){__VA_ARGS__}) / sizeof(struct paper_hole))

struct text paper_date(struct arena *arena, struct date date, enum lang lang);
struct text paper_hijri(struct arena *arena, struct date date, enum lang lang); /* empty outside the table */
struct text paper_money(struct arena *arena, struct money money, enum lang lang);

#endif
