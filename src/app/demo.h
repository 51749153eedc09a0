/* The demonstration: an invented Centre that lives for months in seconds. Its people, companies and papers are made up
 * from a seed; all that happens to them goes through the functions that pages call, under the clock of a world of its
 * own, so that the same seed gives the same acts and the same leaves.
 *
 * Invented, and said so: every company, person, number, address, film and paper, and how many there are of each
 * (DEMO_* below). Only the law is real: its checks, days and papers. */
#ifndef APP_DEMO_H
#define APP_DEMO_H

#include "app/demo_names.h"
#include "base/ctx.h"
#include "base/world.h"
#include "law/law.h"
#include "office/draft.h"
#include "office/measure.h"
#include "web/dispatch.h"

#define DEMO_TODAY "2026-11-21"
#define DEMO_PASSWORD "demonstration-18-23"
#define DEMO_ORIGIN "demo.markaz.example/register"

enum {
    DEMO_YEARS_MAX = 20,
    /* A year's invented volume. */
    DEMO_TAKEN_OVER = 120,
    DEMO_DOSSIERS = 330,
    DEMO_SMALL = 12, /* --small: a twelfth of each, for tests */
    DEMO_OFFICERS = 4,
    DEMO_ACCOUNTS_MAX = 24
};

/* Somebody with an account. */
struct demo_person {
    struct account_id account;
    unsigned roles;
    struct demo_name name;
    struct text email;
};

struct demo_company {
    struct party_draft draft;
    struct party_id party; /* 0: not yet registered */
    struct demo_person manager;
    struct act_id mandate;
    bool is_verified;
    const char *holds; /* what it held before the law, taken over; NULL: nothing */
    struct instrument_id licence;
    struct date licensed_on;
};

struct demo_story; /* demo_story.h */

struct demo {
    struct fake_world world;
    struct fake_world dice; /* of what happens, apart from the salts */
    struct date today;
    struct date began;
    int64_t years;
    bool small;
    const struct law *law;
    struct text data; /* folder */
    struct arena *arena;
    struct text password_hash;
    struct user user; /* who acts now */
    char actor[32];   /* the same as acts name them: it outlives the arena of one act */

    struct demo_person director, delegate, officers[DEMO_OFFICERS];
    struct web_demo_account accounts[DEMO_ACCOUNTS_MAX];
    size_t accounts_count;
    struct demo_company *companies;
    size_t companies_count;
    /* Companies are numbered: 0 is the shown applicant's, then those from before the law, then new ones in order. */
    size_t old_companies, next_fresh, next_old, next_measured;
    struct demo_story *stories;
    size_t stories_count;

    struct date day; /* until which the daily work is done */
    bool is_founded;
    bool again;
    bool shows_progress;
};

/* ---- demo_clock.c ---- */
int64_t demo_die(struct demo *demo, int64_t sides); /* 0 .. sides - 1 */
int64_t demo_at(struct date day, int hour, int minute);
/* From..to working days later, in office hours. */
int64_t demo_later(struct demo *demo, int64_t at_ms, int from, int to);
void demo_set_clock(struct demo *demo, struct ctx *ctx, int64_t at_ms);
/* Who acts from here on; for a party, or nobody: the system. */
void demo_as(struct demo *demo, struct ctx *ctx, const struct demo_person *person, struct party_id party);
void demo_as_system(struct ctx *ctx);

/* ---- demo_house.c ---- */
/* The corpus, the accounts, the appointments, the delegation, and what was licensed before the law. */
const struct err *demo_found(struct demo *demo, struct ctx *ctx);
const struct err *demo_account(struct demo *demo, struct ctx *ctx, struct demo_person *person, bool signs_in);

/* ---- demo_plan.c ---- */
/* Invents the companies and what is going to happen. */
void demo_plan(struct demo *demo);

/* ---- demo_paper.c ---- */
/* A small PDF of one page that says what it is, for whom, and that it is invented; kept in the data folder. */
const struct err *demo_paper(struct demo *demo, struct ctx *ctx, const struct demo_company *company, struct text code,
                             struct stored_document *ret);
/* All papers onto the disk, before the demonstration is said to be there. */
const struct err *demo_papers_sync(struct demo *demo, struct arena *arena);

#endif
