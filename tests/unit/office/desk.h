/* What the tests of the office share: a house with a director, two officers and a company that files, on the law of the
 * folder law/; each step in a transaction of its own. */
#ifndef TESTS_OFFICE_DESK_H
#define TESTS_OFFICE_DESK_H

#include "access/session.h"
#include "office/decision.h"
#include "office/examination.h"
#include "office/filing.h"
#include "office/measure.h"
#include "office/notification.h"
#include "office/office.h"
#include "place.h"

struct desk {
    struct place *place;
    struct ctx *ctx;
    struct user officer, other_officer, director, applicant;
    struct party_id party;
};

/* On 2026-11-02. */
struct desk desk_open(struct place *place);
void desk_day(struct desk *desk, const char *day);
void desk_as(struct desk *desk, const struct user *user); /* NULL: the system */

/* Opens and commits around one call; the error of the call, after a rollback. */
#define DESK(desk, call)                                                                                               \
    do {                                                                                                               \
        MUST((desk)->ctx->arena, tx_begin((desk)->place->store, (desk)->ctx, TX_WRITE));                               \
        MUST((desk)->ctx->arena, (call));                                                                              \
        MUST((desk)->ctx->arena, tx_commit((desk)->ctx));                                                              \
    } while (0)
#define DESK_REFUSED(desk, call, expected)                                                                             \
    do {                                                                                                               \
        MUST((desk)->ctx->arena, tx_begin((desk)->place->store, (desk)->ctx, TX_WRITE));                               \
        const struct err *refused_ = (call);                                                                           \
        tx_rollback((desk)->ctx);                                                                                      \
        assert_non_null(refused_);                                                                                     \
        assert_string_equal(err_name(err_root(refused_)), err_name(expected));                                         \
    } while (0)

/* Papers as if kept: their hash is that of their name and number. */
struct stored_document desk_paper(const char *name, int number);
/* Files for a production licence, with all papers but one (NULL: with all). */
struct dossier desk_file(struct desk *desk, const char *without);
/* An officer attests every fact of the licence; one may be false (NULL: none). */
void desk_attest(struct desk *desk, struct dossier_id id, const char *fails);
struct act_id desk_propose(struct desk *desk, struct dossier_id id, const char *decision, const char *reason);
/* Filed, attested, proposed and signed today: the instrument. */
struct instrument desk_grant(struct desk *desk);
struct dossier desk_dossier(struct desk *desk, struct dossier_id id);
struct dossier_clock desk_clock(struct desk *desk, struct dossier_id id);
/* All that the projections say, for comparing. */
struct text desk_print(struct desk *desk);
/* Empties the projections of the register and the office and applies all acts again. */
void desk_rebuild(struct desk *desk);

#endif
