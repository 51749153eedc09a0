/* What a function may know of the world: its memory, its transaction, the law, the reader's language, who acts, and
 * what day it is. Passed first, everywhere; there are no other globals. The pointers belong to whoever made the ctx. */
#ifndef BASE_CTX_H
#define BASE_CTX_H

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "base/lang.h"
#include "base/text.h"

struct tx;        /* store/store.h */
struct law;       /* law/law.h */
struct corpora;   /* acts/corpora.h */
struct user;      /* access/user.h */
struct act_kinds; /* acts/act.h */
struct world;     /* base/world.h */

struct ctx {
    struct arena *arena;
    struct tx *tx;           /* NULL outside a transaction */
    const struct law *law;   /* the corpus in force */
    struct corpora *corpora; /* those before it; NULL: each is read anew */
    enum lang lang;
    const struct user *user;       /* NULL: nobody signed in */
    struct text actor;             /* who acts, as acts name him: "user:3"; empty: the system itself */
    const struct act_kinds *kinds; /* of acts, joined by app */
    struct world *world;           /* clock and chance */
    struct date today;             /* the civil day in Morocco (legal time), fixed for the request */
};

#endif
