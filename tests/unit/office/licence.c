/* The production licence from filing to notification, on both engines; nothing of it is in C but the words of this
 * test. */
#include "desk.h"

#include "base/limits.h"
#include "registry/data.h"

static struct act_id
sign(struct desk *desk, struct act_id proposal)
{
    desk_as(desk, &desk->director);
    struct act_id act;
    DESK(desk, decision_sign(desk->ctx, proposal, &act));
    return act;
}

static struct notification
notification_for(struct desk *desk, struct act_id act)
{
    struct notification notification;
    bool found = false;
    MUST(desk->ctx->arena, tx_begin(desk->place->store, desk->ctx, TX_READ));
    MUST(desk->ctx->arena, notification_of_act(desk->ctx, act, &notification, &found));
    tx_rollback(desk->ctx);
    assert_true(found);
    return notification;
}

static void
a_complete_file_is_deposited_examined_and_granted(void **state)
{
    struct desk desk = desk_open(*state);
    struct dossier dossier = desk_file(&desk, NULL);
    ASSERT_TEXT(dossier.receipt, "deposited");
    ASSERT_TEXT(dossier.number, "D-2026-0001");
    assert_int_equal(dossier.state, DOSSIER_UNDER_REVIEW);
    assert_int_equal(dossier.decision_days, 20);
    assert_true(dossier.listed);
    /* Twenty full days from the second of November: neither the first nor the last counts. */
    ASSERT_TEXT(date_to_text(desk.ctx->arena, desk_clock(&desk, dossier.id).last_day), "2026-11-23");

    const struct instrument instrument = desk_grant(&desk);
    ASSERT_TEXT(instrument.number, "PL-2026-0001");
    assert_int_equal(instrument.status, INSTRUMENT_GRANTED);
    assert_true(date_is_none(instrument.valid_until));
    dossier = desk_dossier(&desk, instrument.dossier);
    assert_int_equal(dossier.state, DOSSIER_GRANTED);

    const struct notification notification = notification_for(&desk, instrument.act);
    assert_true(date_is_none(notification.proven_on));
    desk_day(&desk, "2026-11-05");
    desk_as(&desk, &desk.officer);
    DESK_REFUSED(&desk, notification_open(desk.ctx, notification.id), ERR_FORBIDDEN);
    desk_as(&desk, &desk.applicant);
    DESK(&desk, notification_open(desk.ctx, notification.id));
    DESK(&desk, notification_open(desk.ctx, notification.id));
    ASSERT_TEXT(date_to_text(desk.ctx->arena, notification_for(&desk, instrument.act).proven_on), "2026-11-05");
}

static void
a_missing_paper_is_listed_once_and_no_clock_runs_until_it_is_there(void **state)
{
    struct desk desk = desk_open(*state);
    struct dossier dossier = desk_file(&desk, "statutes");
    ASSERT_TEXT(dossier.receipt, "being_deposited");
    ASSERT_TEXT(dossier.missing, "[\"statutes\"]");
    assert_true(date_is_none(dossier.complete_on));
    /* Thirty full days: the last one is the third of December. */
    ASSERT_TEXT(date_to_text(desk.ctx->arena, dossier.last_day_to_complete), "2026-12-03");

    desk_as(&desk, &desk.applicant);
    const struct stored_document paper = desk_paper("statutes", 7);
    DESK_REFUSED(&desk, document_supply(desk.ctx, dossier.id, TEXT("tax_certificate"), &paper, TEXT("a.pdf")),
                 ERR_FORBIDDEN);
    desk_as(&desk, &desk.officer);
    DESK_REFUSED(&desk, document_supply(desk.ctx, dossier.id, TEXT("statutes"), &paper, TEXT("a.pdf")), ERR_FORBIDDEN);
    desk_day(&desk, "2026-12-03");
    desk_as(&desk, &desk.applicant);
    DESK(&desk, document_supply(desk.ctx, dossier.id, TEXT("statutes"), &paper, TEXT("a.pdf")));
    dossier = desk_dossier(&desk, dossier.id);
    assert_int_equal(dossier.state, DOSSIER_UNDER_REVIEW);
    ASSERT_TEXT(date_to_text(desk.ctx->arena, dossier.complete_on), "2026-12-03");
    ASSERT_TEXT(date_to_text(desk.ctx->arena, dossier.due_on), "2026-12-24");

    /* Complete a second ago, and decided. */
    desk_attest(&desk, dossier.id, NULL);
    sign(&desk, desk_propose(&desk, dossier.id, "grant", NULL));
    assert_int_equal(desk_dossier(&desk, dossier.id).state, DOSSIER_GRANTED);
}

static void
a_file_not_completed_is_returned_the_day_after_its_last_day(void **state)
{
    struct desk desk = desk_open(*state);
    const struct dossier dossier = desk_file(&desk, "statutes");
    desk_as(&desk, NULL);
    struct office_day day;
    desk_day(&desk, "2026-12-03");
    DESK(&desk, office_day(desk.ctx, &day));
    assert_int_equal(day.returned, 0);
    desk_day(&desk, "2026-12-04");
    const struct stored_document paper = desk_paper("statutes", 7);
    desk_as(&desk, &desk.applicant);
    DESK_REFUSED(&desk, document_supply(desk.ctx, dossier.id, TEXT("statutes"), &paper, TEXT("a.pdf")),
                 ERR_WRONG_STATE);
    desk_as(&desk, NULL);
    DESK(&desk, office_day(desk.ctx, &day));
    assert_int_equal(day.returned, 1);
    assert_int_equal(desk_dossier(&desk, dossier.id).state, DOSSIER_RETURNED);
    DESK(&desk, office_day(desk.ctx, &day));
    assert_int_equal(day.returned, 0);
}

static void
a_refusal_gives_the_sentence_of_each_norm_that_fails_and_what_was_found(void **state)
{
    struct desk desk = desk_open(*state);
    const struct dossier dossier = desk_file(&desk, NULL);
    desk_attest(&desk, dossier.id, "capital_fully_paid");
    struct decision_draft draft;
    MUST(desk.ctx->arena, tx_begin(desk.place->store, desk.ctx, TX_READ));
    MUST(desk.ctx->arena, decision_draft(desk.ctx, &dossier, &draft));
    tx_rollback(desk.ctx);
    assert_false(draft.may_grant);
    assert_true(draft.may_refuse);
    assert_int_equal(draft.reasons_count, 1);
    ASSERT_TEXT(draft.reasons[0].norm, "18.23/2/1.c");
    assert_true(draft.reasons[0].says[LANG_AR].len > 0 && draft.reasons[0].says[LANG_FR].len > 0 &&
                draft.reasons[0].says[LANG_EN].len > 0);

    struct act_id act;
    const struct decision_proposal bare = {.decision = TEXT("refuse")};
    const struct reason empty = {.says = {[LANG_FR] = TEXT("Le capital n'est pas libéré.")}};
    const struct decision_proposal not_arabic = {.decision = TEXT("refuse"), .factual = &empty, .factual_count = 1};
    const struct decision_proposal grant = {.decision = TEXT("grant")};
    DESK_REFUSED(&desk, decision_propose(desk.ctx, dossier.id, &bare, &act), ERR_INPUT);
    DESK_REFUSED(&desk, decision_propose(desk.ctx, dossier.id, &not_arabic, &act), ERR_INPUT);
    DESK_REFUSED(&desk, decision_propose(desk.ctx, dossier.id, &grant, &act), ERR_INPUT);

    const struct act_id proposal = desk_propose(&desk, dossier.id, "refuse", "لم يدفع من رأس المال إلا الربع.");
    const struct act_id decision_act = sign(&desk, proposal);
    struct decision decision;
    struct text *texts = NULL;
    size_t count = 0;
    struct date last_day;
    MUST(desk.ctx->arena, tx_begin(desk.place->store, desk.ctx, TX_READ));
    MUST(desk.ctx->arena, decision_get(desk.ctx, decision_act, &decision));
    MUST(desk.ctx->arena, remedies(desk.ctx, LANG_AR, &texts, &count));
    MUST(desk.ctx->arena, appeal_last_day(desk.ctx, desk.ctx->today, &last_day));
    tx_rollback(desk.ctx);
    assert_int_equal(decision.reasons_count, 2);
    assert_int_equal(decision.reasons[1].kind, DECISION_REASON_FACTUAL);
    assert_true(decision.signed_by.value == desk.director.account.value);
    assert_true(count >= 2);
    ASSERT_TEXT(date_to_text(desk.ctx->arena, last_day), "2026-12-03");
    assert_true(notification_for(&desk, decision_act).negative);
    assert_int_equal(desk_dossier(&desk, dossier.id).state, DOSSIER_REFUSED);
}

static void
nothing_is_decided_while_a_fact_that_matters_is_not_known(void **state)
{
    struct desk desk = desk_open(*state);
    const struct dossier dossier = desk_file(&desk, NULL);
    struct decision_draft draft;
    MUST(desk.ctx->arena, tx_begin(desk.place->store, desk.ctx, TX_READ));
    MUST(desk.ctx->arena, decision_draft(desk.ctx, &dossier, &draft));
    tx_rollback(desk.ctx);
    /* The register has the legal form on the company's word: that is not what decides. */
    assert_false(draft.may_grant || draft.may_refuse);
    assert_true(draft.missing_count >= 8);
    ASSERT_TEXT(draft.missing[0], "legal_form");
}

static void
nobody_signs_without_competence_or_step_up(void **state)
{
    struct desk desk = desk_open(*state);
    const struct dossier dossier = desk_file(&desk, NULL);
    desk_attest(&desk, dossier.id, NULL);
    const struct act_id proposal = desk_propose(&desk, dossier.id, "grant", NULL);
    struct act_id act;
    desk.officer.stepped_up_until_ms = desk.place->world.at_ms + 60000;
    desk_as(&desk, &desk.officer);
    DESK_REFUSED(&desk, decision_sign(desk.ctx, proposal, &act), ERR_NOT_COMPETENT);
    desk_as(&desk, &desk.director);
    desk.director.stepped_up_until_ms = desk.place->world.at_ms - 1;
    DESK_REFUSED(&desk, decision_sign(desk.ctx, proposal, &act), ERR_STEP_UP);
    sign(&desk, proposal);
    desk_as(&desk, &desk.director);
    DESK_REFUSED(&desk, decision_sign(desk.ctx, proposal, &act), ERR_WRONG_STATE);
}

static void
of_two_officers_who_decide_at_once_the_second_is_told(void **state)
{
    struct desk desk = desk_open(*state);
    const struct dossier dossier = desk_file(&desk, NULL);
    desk_attest(&desk, dossier.id, NULL);
    const struct act_id proposal = desk_propose(&desk, dossier.id, "grant", NULL);
    desk_as(&desk, &desk.other_officer);
    const struct decision_proposal second = {.decision = TEXT("grant")};
    struct act_id act;
    DESK_REFUSED(&desk, decision_propose(desk.ctx, dossier.id, &second, &act), ERR_WRONG_STATE);
    desk_as(&desk, &desk.director);
    DESK(&desk, proposal_send_back(desk.ctx, proposal, TEXT("يراجع الغرض")));
    assert_int_equal(desk_dossier(&desk, dossier.id).state, DOSSIER_UNDER_REVIEW);
    desk_as(&desk, &desk.other_officer);
    DESK(&desk, decision_propose(desk.ctx, dossier.id, &second, &act));
}

static void
a_bad_paper_is_replaced_once_with_reasons_in_the_first_half_of_the_term(void **state)
{
    struct desk desk = desk_open(*state);
    struct dossier dossier = desk_file(&desk, NULL);
    struct text codes[] = {TEXT_INIT("tax_certificate")};
    struct replacement_request request = {.codes = codes, .codes_count = 1, .reason = TEXT("")};
    bool allowed = false;
    struct ruling ruling;
    desk_as(&desk, &desk.officer);
    DESK_REFUSED(&desk, replacement_ask(desk.ctx, dossier.id, &request, &allowed, &ruling), ERR_INPUT);
    request.reason = TEXT("الشهادة غير مقروءة");
    /* Half of twenty days ends on the twelfth. */
    desk_day(&desk, "2026-11-13");
    DESK(&desk, replacement_ask(desk.ctx, dossier.id, &request, &allowed, &ruling));
    assert_false(allowed);
    desk_day(&desk, "2026-11-12");
    DESK(&desk, replacement_ask(desk.ctx, dossier.id, &request, &allowed, &ruling));
    assert_true(allowed);
    dossier = desk_dossier(&desk, dossier.id);
    assert_int_equal(dossier.state, DOSSIER_AWAITING_PAPER);
    ASSERT_TEXT(desk_clock(&desk, dossier.id).verdict, "suspended");
    assert_true(date_is_none(dossier.due_on));

    /* The applicant's thirty days run from the proof that the request was received. */
    desk_day(&desk, "2026-11-14");
    desk_as(&desk, &desk.applicant);
    const struct notification asked = notification_for(&desk, dossier.replacement_act);
    DESK(&desk, notification_open(desk.ctx, asked.id));
    dossier = desk_dossier(&desk, dossier.id);
    ASSERT_TEXT(date_to_text(desk.ctx->arena, dossier.due_on), "2026-12-15");
    desk_day(&desk, "2026-11-22");
    const struct stored_document paper = desk_paper("tax_certificate", 99);
    DESK(&desk, document_supply(desk.ctx, dossier.id, TEXT("tax_certificate"), &paper, TEXT("b.pdf")));
    dossier = desk_dossier(&desk, dossier.id);
    assert_int_equal(dossier.state, DOSSIER_UNDER_REVIEW);
    /* Suspended for ten days: the answer is due ten days later. */
    ASSERT_TEXT(date_to_text(desk.ctx->arena, dossier.due_on), "2026-12-03");
    assert_false(desk_clock(&desk, dossier.id).may_request_replacement);

    struct dossier_document *documents = NULL;
    size_t count = 0;
    MUST(desk.ctx->arena, tx_begin(desk.place->store, desk.ctx, TX_READ));
    MUST(desk.ctx->arena, dossier_documents(desk.ctx, dossier.id, &documents, &count));
    tx_rollback(desk.ctx);
    assert_int_equal(count, 7);
    size_t replaced = 0;
    for (size_t i = 0; i < count; i++) {
        replaced += documents[i].replaced_by.value != 0 ? 1 : 0;
    }
    assert_int_equal(replaced, 1);
}

static void
a_paper_not_replaced_in_time_returns_the_file(void **state)
{
    struct desk desk = desk_open(*state);
    const struct dossier dossier = desk_file(&desk, NULL);
    struct text codes[] = {TEXT_INIT("tax_certificate")};
    const struct replacement_request request = {.codes = codes, .codes_count = 1, .reason = TEXT("غير مقروءة")};
    bool allowed = false;
    struct ruling ruling;
    desk_as(&desk, &desk.officer);
    DESK(&desk, replacement_ask(desk.ctx, dossier.id, &request, &allowed, &ruling));
    const struct notification notification = notification_for(&desk, desk_dossier(&desk, dossier.id).replacement_act);
    DESK(&desk, notification_send(desk.ctx, notification.id, CHANNEL_LETTER, TEXT("RL 123 456 789 MA")));
    desk_day(&desk, "2026-11-10");
    DESK_REFUSED(&desk, notification_prove(desk.ctx, notification.id, TEXT("opened"), desk.ctx->today), ERR_INPUT);
    DESK(&desk, notification_prove(desk.ctx, notification.id, TEXT("acknowledged"), desk.ctx->today));
    struct office_day day;
    desk_as(&desk, NULL);
    desk_day(&desk, "2026-12-11");
    DESK(&desk, office_day(desk.ctx, &day));
    assert_int_equal(day.returned, 0);
    desk_day(&desk, "2026-12-12");
    DESK(&desk, office_day(desk.ctx, &day));
    assert_int_equal(day.returned, 1);
    assert_int_equal(desk_dossier(&desk, dossier.id).state, DOSSIER_RETURNED);
}

static void
information_is_asked_once_and_the_term_runs_on_for_what_was_left(void **state)
{
    struct desk desk = desk_open(*state);
    const struct dossier dossier = desk_file(&desk, NULL);
    bool allowed = false;
    struct ruling ruling;
    desk_as(&desk, &desk.officer);
    desk_day(&desk, "2026-11-06");
    DESK(&desk, information_ask(desk.ctx, dossier.id, TEXT("ما هي أفلامكم السابقة؟"), &allowed, &ruling));
    assert_true(allowed);
    assert_int_equal(desk_dossier(&desk, dossier.id).state, DOSSIER_AWAITING_INFORMATION);
    desk_day(&desk, "2026-11-16");
    desk_as(&desk, &desk.applicant);
    DESK(&desk, information_supply(desk.ctx, dossier.id, TEXT("لا شيء بعد")));
    ASSERT_TEXT(date_to_text(desk.ctx->arena, desk_dossier(&desk, dossier.id).due_on), "2026-12-03");
    desk_as(&desk, &desk.officer);
    DESK(&desk, information_ask(desk.ctx, dossier.id, TEXT("ومرة أخرى؟"), &allowed, &ruling));
    assert_false(allowed);
}

static void
a_paper_attested_and_then_replaced_keeps_both_and_what_changes_stops_the_signature(void **state)
{
    struct desk desk = desk_open(*state);
    const struct dossier dossier = desk_file(&desk, NULL);
    desk_attest(&desk, dossier.id, NULL);
    struct text codes[] = {TEXT_INIT("tax_certificate")};
    const struct replacement_request request = {.codes = codes, .codes_count = 1, .reason = TEXT("غير مقروءة")};
    bool allowed = false;
    struct ruling ruling;
    DESK(&desk, replacement_ask(desk.ctx, dossier.id, &request, &allowed, &ruling));
    const struct stored_document paper = desk_paper("tax_certificate", 99);
    desk_as(&desk, &desk.applicant);
    DESK(&desk, document_supply(desk.ctx, dossier.id, TEXT("tax_certificate"), &paper, TEXT("b.pdf")));
    desk_attest(&desk, dossier.id, "tax_regular");
    struct decision_draft draft;
    MUST(desk.ctx->arena, tx_begin(desk.place->store, desk.ctx, TX_READ));
    MUST(desk.ctx->arena, decision_draft(desk.ctx, &dossier, &draft));
    tx_rollback(desk.ctx);
    assert_true(draft.may_refuse);
    ASSERT_TEXT(draft.reasons[0].norm, "18.23/2/1.d");
}

/* Another procedure, which no line of C knows. */
static void
the_register_says_what_an_applicant_holds(void **state)
{
    struct desk desk = desk_open(*state);
    struct ctx *ctx = desk.ctx;
    struct ruling rulings[2];
    for (size_t i = 0; i < 2; i++) {
        if (i == 1) {
            desk_grant(&desk);
        }
        struct draft_id id;
        struct draft draft;
        struct eligibility eligibility;
        desk_as(&desk, &desk.applicant);
        DESK(&desk, draft_save(ctx, desk.party, TEXT("national-accreditation"), TEXT("{}"), &id));
        MUST(ctx->arena, tx_begin(desk.place->store, ctx, TX_READ));
        MUST(ctx->arena, draft_get(ctx, id, &draft));
        MUST(ctx->arena, draft_eligibility(ctx, &draft, &eligibility));
        tx_rollback(ctx);
        rulings[i] = eligibility.rulings[0];
    }
    bool missing = false;
    for (size_t i = 0; i < rulings[1].missing_count; i++) {
        missing |= text_is(rulings[1].missing[i], "licence_status");
    }
    assert_false(missing);
    ASSERT_TEXT(rulings[0].verdict, "refused");
    ASSERT_TEXT(rulings[1].verdict, "incomplete");
}

static void
a_rebuild_gives_identical_projections(void **state)
{
    struct desk desk = desk_open(*state);
    desk_file(&desk, "statutes");
    const struct dossier refused = desk_file(&desk, NULL);
    desk_attest(&desk, refused.id, "tax_regular");
    sign(&desk, desk_propose(&desk, refused.id, "refuse", "الضريبة غير مؤداة."));
    desk_grant(&desk);
    struct act erased;
    DESK(&desk, act_erase_person(desk.ctx, text_printf(desk.ctx->arena, "manager:%lld", (long long)desk.party.value),
                                 TEXT("asked"), &erased));
    const struct text before = desk_print(&desk);
    place_script(desk.place, "DELETE FROM signature");
    desk_rebuild(&desk);
    const struct text after = desk_print(&desk);
    assert_string_equal(text_cstr(desk.ctx->arena, before), text_cstr(desk.ctx->arena, after));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        PLACE_TEST(a_complete_file_is_deposited_examined_and_granted),
        PLACE_TEST(a_missing_paper_is_listed_once_and_no_clock_runs_until_it_is_there),
        PLACE_TEST(a_file_not_completed_is_returned_the_day_after_its_last_day),
        PLACE_TEST(a_refusal_gives_the_sentence_of_each_norm_that_fails_and_what_was_found),
        PLACE_TEST(nothing_is_decided_while_a_fact_that_matters_is_not_known),
        PLACE_TEST(nobody_signs_without_competence_or_step_up),
        PLACE_TEST(of_two_officers_who_decide_at_once_the_second_is_told),
        PLACE_TEST(a_bad_paper_is_replaced_once_with_reasons_in_the_first_half_of_the_term),
        PLACE_TEST(a_paper_not_replaced_in_time_returns_the_file),
        PLACE_TEST(information_is_asked_once_and_the_term_runs_on_for_what_was_left),
        PLACE_TEST(a_paper_attested_and_then_replaced_keeps_both_and_what_changes_stops_the_signature),
        PLACE_TEST(the_register_says_what_an_applicant_holds),
        PLACE_TEST(a_rebuild_gives_identical_projections),
    };
    return PLACE_RUN(tests);
}
