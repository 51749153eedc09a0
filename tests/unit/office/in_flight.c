/* A dossier in flight when the law changes: asked under the corpus it was filed under, unless the new law says
 * otherwise. The amendments are of this test and of no legislator. */
#include "../access/law_of_tests.h"
#include "acts/corpora.h"
#include "desk.h"

static const struct amendment only_sa = {"18.23/art-002-production-licence.law",
                                         "need 2/1.a: legal_form is one of SA SARL and",
                                         "need 2/1.a: legal_form is SA and"};
static const struct amendment taken_over = {
    "18.23/fictional-transition.law", NULL,
    "of text 18.23\n\n"
    "article 190\n"
    "    norm 190/1 transitional\n"
    "        ar \"تطبق الأحكام الجديدة على الملفات المودعة قبلها\"\n"
    "        fr \"Les nouvelles règles valent pour les dossiers en cours\"\n"
    "        en \"The new rules hold for dossiers in flight\"\n"
    "        actor ccm\n"
    "        force mandatory\n\n"
    "check dossiers-in-flight\n"
    "    fact act          code\n"
    "    fact filed_on     date\n\n"
    "    verdict\n"
    "        in_force  when act is production_licence and filed_on >= 2026-11-02  @190/1\n"
    "        filed     otherwise  @190/1\n"};

static const struct law *
adopt(struct desk *desk, const struct law *law)
{
    struct act act;
    desk_as(desk, NULL);
    DESK(desk, corpus_adopt(desk->ctx, law, TEXT("as this test passed it"), &act));
    desk->ctx->law = law;
    return law;
}

static struct decision_draft
draft_of(struct desk *desk, struct dossier_id id)
{
    const struct dossier dossier = desk_dossier(desk, id);
    struct decision_draft draft;
    MUST(desk->ctx->arena, tx_begin(desk->place->store, desk->ctx, TX_READ));
    MUST(desk->ctx->arena, decision_draft(desk->ctx, &dossier, &draft));
    tx_rollback(desk->ctx);
    return draft;
}

static void
a_dossier_in_flight_is_asked_under_the_corpus_it_was_filed_under(void **state)
{
    struct desk desk = desk_open(*state);
    desk.ctx->corpora = corpora_new();
    adopt(&desk, law_of_tests());
    const struct dossier before = desk_file(&desk, NULL);
    desk_attest(&desk, before.id, NULL);
    assert_true(draft_of(&desk, before.id).may_grant);

    adopt(&desk, law_amended(desk.ctx->arena, law_of_tests(), &only_sa, 1));
    const struct dossier after = desk_file(&desk, NULL);
    desk_attest(&desk, after.id, NULL);
    const struct decision_draft refused = draft_of(&desk, after.id);
    assert_false(refused.may_grant);
    ASSERT_TEXT(refused.reasons[0].norm, "18.23/2/1.a");

    const struct decision_draft kept = draft_of(&desk, before.id);
    assert_true(kept.may_grant);
    const struct act_id proposal = desk_propose(&desk, before.id, "grant", NULL);
    desk_as(&desk, &desk.director);
    struct act_id signed_act;
    DESK(&desk, decision_sign(desk.ctx, proposal, &signed_act));
    struct act act;
    MUST(desk.ctx->arena, tx_begin(desk.place->store, desk.ctx, TX_READ));
    MUST(desk.ctx->arena, act_get(desk.ctx, signed_act, &act));
    tx_rollback(desk.ctx);
    /* The entry and its receipt name the corpus that decided, and it is not the one in force. */
    assert_true(text_equal(act.corpus_root, before.corpus_root));
    assert_false(text_equal(act.corpus_root, after.corpus_root));
    assert_int_equal(desk_dossier(&desk, before.id).state, DOSSIER_GRANTED);
    corpora_free(desk.ctx->corpora);
    desk.ctx->corpora = NULL;
}

static void
a_transition_takes_dossiers_in_flight_over(void **state)
{
    struct desk desk = desk_open(*state);
    desk.ctx->corpora = corpora_new();
    adopt(&desk, law_of_tests());
    desk_day(&desk, "2026-11-01");
    const struct dossier too_early = desk_file(&desk, NULL);
    desk_attest(&desk, too_early.id, NULL);
    desk_day(&desk, "2026-11-02");
    const struct dossier before = desk_file(&desk, NULL);
    desk_attest(&desk, before.id, NULL);
    const struct amendment both[] = {only_sa, taken_over};
    adopt(&desk, law_amended(desk.ctx->arena, law_of_tests(), both, 2));
    assert_true(draft_of(&desk, too_early.id).may_grant);
    const struct decision_draft taken = draft_of(&desk, before.id);
    assert_false(taken.may_grant);
    ASSERT_TEXT(taken.reasons[0].norm, "18.23/2/1.a");
    corpora_free(desk.ctx->corpora);
    desk.ctx->corpora = NULL;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        PLACE_TEST(a_dossier_in_flight_is_asked_under_the_corpus_it_was_filed_under),
        PLACE_TEST(a_transition_takes_dossiers_in_flight_over),
    };
    return PLACE_RUN(tests);
}
