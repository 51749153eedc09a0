/* A commercial visa from filing to decision, with the opinion of the viewing committee; nothing of it is in C but the
 * words of this test. */
#include "office/opinion.h"

#include "desk.h"
#include "registry/data.h"

static struct user
secretary(struct desk *desk)
{
    struct user user = desk->other_officer;
    user.roles = ROLE_PUBLIC | ROLE_SIGNED_IN | ROLE_SECRETARY;
    (void)desk;
    return user;
}

static void
take_over(struct desk *desk, const char *kind, const char *number)
{
    struct instrument_id id;
    desk_as(desk, &desk->officer);
    const struct taking_over held = {.party = desk->party,
                                     .kind = text_of(kind),
                                     .number = text_of(number),
                                     .granted_on = desk->ctx->today,
                                     .valid_until = DATE_NONE,
                                     .status = INSTRUMENT_GRANTED,
                                     .status_on = desk->ctx->today,
                                     .legal_basis = TEXT("18.23"),
                                     .source = TEXT("register of this test")};
    DESK(desk, instrument_take_over(desk->ctx, &held, &id));
}

static struct draft_id
visa_draft(struct desk *desk)
{
    static const char *const papers[] = {"technical_sheet",      "film_copy",
                                         "forecast_schedule",    "registration_certificate",
                                         "promotional_material", "cut_undertaking"};
    struct draft_id draft;
    desk_as(desk, &desk->applicant);
    DESK(desk, draft_save(desk->ctx, desk->party, TEXT("commercial-visa"), TEXT("{}"), &draft));
    for (int i = 0; i < 6; i++) {
        const struct stored_document paper = desk_paper(papers[i], 50 + i);
        DESK(desk, draft_attach(desk->ctx, draft, text_of(papers[i]), &paper, TEXT("a.pdf")));
    }
    return draft;
}

/* Filed and examined; the committee was not heard. */
static struct dossier
visa_examined(struct desk *desk)
{
    struct dossier dossier;
    take_over(desk, "distribution_licence", "DL-1");
    take_over(desk, "distributor_rightholder", "RC-1");
    const struct draft_id draft = visa_draft(desk);
    DESK(desk, dossier_file(desk->ctx, draft, &dossier));
    desk_as(desk, &desk->officer);
    struct json typed = {.type = JSON_OBJECT};
    static const char *const facts[] = {"contract_concluded", "contract_states_modalities", "contract_states_period",
                                        "contract_registered", "undertaking_to_cut"};
    for (size_t i = 0; i < 5; i++) {
        json_set(desk->ctx, &typed, text_of(facts[i]), json_of_text(TEXT("yes")));
    }
    struct field_faults faults;
    DESK(desk, facts_attest(desk->ctx, dossier.id, &typed, &faults));
    assert_int_equal(faults.count, 0);
    return dossier;
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

static struct json
counted(struct desk *desk, const char *present, const char *pro, const char *contra, const char *chair)
{
    struct json typed = {.type = JSON_OBJECT};
    const struct {
        const char *name, *value;
    } facts[] = {{"members_total", "9"},    {"members_present", present}, {"votes_for", pro},
                 {"votes_against", contra}, {"chair_vote", chair},        {"cuts_required", "0"},
                 {"age_group_excluded", ""}};
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        json_set(desk->ctx, &typed, text_of(facts[i].name), json_of_text(text_of(facts[i].value)));
    }
    json_set(desk->ctx, &typed, TEXT("content_against"), (struct json){.type = JSON_ARRAY});
    return typed;
}

static struct opinion_outcome
hear(struct desk *desk, struct dossier_id id, const struct json *typed)
{
    const struct user user = secretary(desk);
    struct opinion_outcome outcome;
    desk_as(desk, &user);
    const struct opinion_draft draft = {
        .held_on = desk->ctx->today, .typed = typed, .recused = TEXT("العضو الذي أنتج الفيلم")};
    DESK(desk, opinion_give(desk->ctx, id, &draft, &outcome));
    for (size_t i = 0; i < outcome.faults.count; i++) {
        print_message("%.*s %s\n", TEXT_ARG(outcome.faults.items[i].at), outcome.faults.items[i].message);
    }
    assert_int_equal(outcome.faults.count, 0);
    return outcome;
}

static void
a_visa_is_granted_on_the_favourable_opinion_of_the_committee(void **state)
{
    struct desk desk = desk_open(*state);
    const struct dossier dossier = visa_examined(&desk);
    const struct decision_draft unheard = draft_of(&desk, dossier.id);
    assert_true(unheard.opinion_is_due);
    assert_false(unheard.may_grant || unheard.may_refuse);
    const struct decision_proposal grant = {.decision = TEXT("grant")};
    struct act_id act;
    desk_as(&desk, &desk.officer);
    DESK_REFUSED(&desk, decision_propose(desk.ctx, dossier.id, &grant, &act), ERR_INPUT);

    const struct json typed = counted(&desk, "7", "4", "2", "for");
    const struct opinion_draft by_officer = {.held_on = desk.ctx->today, .typed = &typed};
    struct opinion_outcome outcome;
    DESK_REFUSED(&desk, opinion_give(desk.ctx, dossier.id, &by_officer, &outcome), ERR_FORBIDDEN);
    outcome = hear(&desk, dossier.id, &typed);
    assert_true(outcome.given);
    struct opinion opinion;
    bool found = false;
    struct act given;
    MUST(desk.ctx->arena, tx_begin(desk.place->store, desk.ctx, TX_READ));
    MUST(desk.ctx->arena, opinion_of_dossier(desk.ctx, dossier.id, &opinion, &found));
    MUST(desk.ctx->arena, act_get(desk.ctx, outcome.act, &given));
    tx_rollback(desk.ctx);
    assert_true(found && given.sealed);
    ASSERT_TEXT(opinion.verdict, "favourable");
    ASSERT_TEXT(opinion.kind, "binding");
    assert_true(opinion.recused.len > 0);

    assert_true(draft_of(&desk, dossier.id).may_grant);
    const struct act_id proposal = desk_propose(&desk, dossier.id, "grant", NULL);
    desk_as(&desk, &desk.director);
    DESK(&desk, decision_sign(desk.ctx, proposal, &act));
    assert_int_equal(desk_dossier(&desk, dossier.id).state, DOSSIER_GRANTED);
}

static void
an_unfavourable_opinion_binds_whoever_decides(void **state)
{
    struct desk desk = desk_open(*state);
    const struct dossier dossier = visa_examined(&desk);
    const struct json typed = counted(&desk, "6", "3", "3", "against");
    assert_true(hear(&desk, dossier.id, &typed).given);
    const struct decision_draft draft = draft_of(&desk, dossier.id);
    assert_false(draft.may_grant);
    assert_true(draft.may_refuse);
    ASSERT_TEXT(draft.reasons[0].norm, "18.23/35/1.2");
}

static void
without_a_quorum_there_is_no_opinion(void **state)
{
    struct desk desk = desk_open(*state);
    const struct dossier dossier = visa_examined(&desk);
    const struct json typed = counted(&desk, "4", "4", "0", "for");
    const struct opinion_outcome outcome = hear(&desk, dossier.id, &typed);
    assert_false(outcome.given);
    ASSERT_TEXT(outcome.rulings[0].verdict, "no_quorum");
    assert_true(draft_of(&desk, dossier.id).opinion_is_due);
}

static void
who_stood_aside_can_be_erased_and_the_rest_is_rebuilt(void **state)
{
    struct desk desk = desk_open(*state);
    const struct dossier dossier = visa_examined(&desk);
    const struct json typed = counted(&desk, "7", "4", "2", "for");
    assert_true(hear(&desk, dossier.id, &typed).given);
    struct act erased;
    desk_as(&desk, NULL);
    DESK(&desk, act_erase_person(desk.ctx, TEXT("body:viewing_committee"), TEXT("asked"), &erased));
    struct opinion opinions[2];
    for (int i = 0; i < 2; i++) {
        bool found = false;
        MUST(desk.ctx->arena, tx_begin(desk.place->store, desk.ctx, TX_READ));
        MUST(desk.ctx->arena, opinion_of_dossier(desk.ctx, dossier.id, &opinions[i], &found));
        tx_rollback(desk.ctx);
        assert_true(found);
        assert_int_equal(opinions[i].recused.len, 0);
        if (i == 0) {
            desk_rebuild(&desk);
        }
    }
    assert_true(text_equal(opinions[0].facts, opinions[1].facts));
}

static void
a_visa_is_not_filed_before_its_contract_is_entered_in_the_register(void **state)
{
    struct desk desk = desk_open(*state);
    struct dossier dossier;
    take_over(&desk, "distribution_licence", "DL-1");
    const struct draft_id draft = visa_draft(&desk);
    DESK_REFUSED(&desk, dossier_file(desk.ctx, draft, &dossier), ERR_INPUT);
    take_over(&desk, "distributor_rightholder", "RC-1");
    desk_as(&desk, &desk.applicant);
    DESK(&desk, dossier_file(desk.ctx, draft, &dossier));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        PLACE_TEST(a_visa_is_granted_on_the_favourable_opinion_of_the_committee),
        PLACE_TEST(an_unfavourable_opinion_binds_whoever_decides),
        PLACE_TEST(without_a_quorum_there_is_no_opinion),
        PLACE_TEST(who_stood_aside_can_be_erased_and_the_rest_is_rebuilt),
        PLACE_TEST(a_visa_is_not_filed_before_its_contract_is_entered_in_the_register),
    };
    return PLACE_RUN(tests);
}
