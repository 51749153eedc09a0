/* What happens to one dossier or one licence of the demonstration, step by step; each step says when the next one
 * comes.
 */
#ifndef APP_DEMO_STORY_H
#define APP_DEMO_STORY_H

#include "app/demo.h"
#include "office/measure.h"

enum demo_step {
    STEP_REGISTER = 1, /* account, company, mandate */
    STEP_DRAFT,
    STEP_FILE,
    STEP_SUPPLY,
    STEP_GIVE_UP,
    STEP_ASSIGN,
    STEP_ASK,
    STEP_READ, /* the applicant opens the request */
    STEP_ANSWER,
    STEP_ATTEST,
    STEP_PROPOSE,
    STEP_SIGN,
    STEP_OPEN, /* the applicant opens the outcome */
    STEP_AFTER,
    STEP_BREACH,
    STEP_NOTICE,
    STEP_SUSPEND,
    STEP_SUSPEND_SIGN,
    STEP_HEAR,
    STEP_CURE,
    STEP_LIFT,
    STEP_LIFT_SIGN,
    STEP_WITHDRAW,
    STEP_WITHDRAW_SIGN,
    STEP_CHANGE,
    STEP_SURRENDER,
    STEP_LETTER, /* sent by registered letter instead of opened */
    STEP_END
};

/* What is going to happen to a dossier. */
struct demo_course {
    int weight; /* of a hundred and some */
    bool misses_paper, asks_paper, asks_information, fails, by_letter, gives_up;
    enum demo_step after; /* what follows the grant: STEP_BREACH, STEP_CHANGE, STEP_SURRENDER; 0: nothing */
    bool is_cured;
    enum demo_step stop; /* never reached; 0: runs to its end */
};

/* A procedure as the demonstration files it: what its forms are filled with. Papers come from the law. */
struct demo_procedure {
    const char *name;
    int weight;
    const char *needs;    /* what the company holds already; NULL: it is new */
    const char *asked;    /* JSON, by the applicant */
    const char *attested; /* JSON, by the officer */
    const char *fails;    /* the fact that is untrue of who is refused */
    const char *reason;   /* why, in Arabic */
    bool by_delegate;
};

struct demo_story {
    int64_t at_ms;
    enum demo_step step;
    const struct demo_course *course;
    const struct demo_procedure *procedure;
    size_t company;
    size_t officer;
    struct draft_id draft;
    struct dossier_id dossier;
    struct act_id proposal;
    struct act_id act; /* decided */
    struct instrument_id instrument;
    struct measure_id measure;
    struct date cure_deadline;
};

/* Runs the story's step and says which one follows, and when. */
const struct err *demo_live(struct demo *demo, struct ctx *ctx, struct demo_story *story);
const struct err *demo_live_measure(struct demo *demo, struct ctx *ctx, struct demo_story *story);
void demo_next(struct demo *demo, struct demo_story *story, enum demo_step step, int from, int to);
const struct err *demo_open_notification(struct demo *demo, struct ctx *ctx, struct demo_story *story,
                                         struct act_id act);

#endif
