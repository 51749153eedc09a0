/* After the grant, and the papers, on both engines. */
#include "desk.h"

#include "office/paper.h"
#include "office/sheet.h"
#include "registry/data.h"

static struct measure_id
find(struct desk *desk, struct instrument_id instrument, const char *ground, const char *inactive_since)
{
    desk_as(desk, &desk->officer);
    struct finding finding = {.instrument = instrument,
                              .ground = text_of(ground),
                              .found = TEXT("غيرت الشركة غرضها في نظامها الأساسي."),
                              .inactive_since = DATE_NONE};
    if (inactive_since != NULL) {
        assert_true(date_from_text(text_of(inactive_since), &finding.inactive_since));
    }
    struct measure_id id;
    DESK(desk, breach_find(desk->ctx, &finding, &id));
    return id;
}

static const struct reason found_reason = {.says = {[LANG_AR] = TEXT_INIT("تبين ذلك من النظام الأساسي المعدل.")}};

static struct decision_proposal
proposal_for(const char *decision)
{
    return (struct decision_proposal){.decision = text_of(decision), .factual = &found_reason, .factual_count = 1};
}

static struct act_id
propose_and_sign(struct desk *desk, struct measure_id id, const char *decision)
{
    desk_as(desk, &desk->officer);
    const struct decision_proposal proposal = proposal_for(decision);
    struct act_id act;
    DESK(desk, measure_propose(desk->ctx, id, &proposal, &act));
    desk_as(desk, &desk->director);
    struct act_id signed_act;
    DESK(desk, decision_sign(desk->ctx, act, &signed_act));
    return signed_act;
}

static struct instrument
instrument_now(struct desk *desk, struct instrument_id id)
{
    struct instrument instrument;
    MUST(desk->ctx->arena, tx_begin(desk->place->store, desk->ctx, TX_READ));
    MUST(desk->ctx->arena, instrument_get(desk->ctx, id, &instrument));
    tx_rollback(desk->ctx);
    return instrument;
}

static void
a_breach_suspends_the_licence_and_a_cure_in_time_lifts_it(void **state)
{
    struct desk desk = desk_open(*state);
    const struct instrument licence = desk_grant(&desk);
    desk_day(&desk, "2027-01-10");
    const struct measure_id id = find(&desk, licence.id, "object", NULL);
    const struct decision_proposal bare = {.decision = TEXT("suspend")};
    const struct decision_proposal withdraw = proposal_for("withdraw");
    struct act_id act;
    DESK_REFUSED(&desk, measure_propose(desk.ctx, id, &bare, &act), ERR_INPUT);
    DESK_REFUSED(&desk, measure_propose(desk.ctx, id, &withdraw, &act), ERR_INPUT);
    propose_and_sign(&desk, id, "suspend");
    assert_int_equal(instrument_now(&desk, licence.id).status, INSTRUMENT_SUSPENDED);

    struct date deadline;
    assert_true(date_from_text(TEXT("2027-02-10"), &deadline));
    desk_as(&desk, &desk.officer);
    DESK(&desk, notice_give(desk.ctx, id, deadline));
    DESK_REFUSED(&desk, notice_give(desk.ctx, id, deadline), ERR_WRONG_STATE);
    desk_as(&desk, &desk.applicant);
    DESK(&desk, observations_hear(desk.ctx, id, TEXT("سنصحح الغرض في الجمع العام المقبل.")));
    desk_day(&desk, "2027-02-10");
    desk_as(&desk, &desk.officer);
    const struct decision_proposal lift = proposal_for("lift");
    DESK_REFUSED(&desk, measure_propose(desk.ctx, id, &lift, &act), ERR_INPUT);
    DESK(&desk, breach_cure(desk.ctx, id, desk.ctx->today));
    desk_day(&desk, "2027-02-12");
    propose_and_sign(&desk, id, "lift");
    assert_int_equal(instrument_now(&desk, licence.id).status, INSTRUMENT_GRANTED);

    /* Its state on any day of the past. */
    static const struct {
        const char *day;
        enum instrument_status status;
    } then[] = {{"2026-11-01", 0},
                {"2026-11-02", INSTRUMENT_GRANTED},
                {"2027-01-10", INSTRUMENT_SUSPENDED},
                {"2027-02-11", INSTRUMENT_SUSPENDED},
                {"2027-02-12", INSTRUMENT_GRANTED}};
    MUST(desk.ctx->arena, tx_begin(desk.place->store, desk.ctx, TX_READ));
    for (size_t i = 0; i < sizeof then / sizeof then[0]; i++) {
        struct date day;
        enum instrument_status status;
        assert_true(date_from_text(text_of(then[i].day), &day));
        MUST(desk.ctx->arena, instrument_status_on(desk.ctx, licence.id, day, &status));
        assert_int_equal(status, then[i].status);
    }
    tx_rollback(desk.ctx);
    const struct text before = desk_print(&desk);
    place_script(desk.place, "DELETE FROM signature");
    desk_rebuild(&desk);
    assert_string_equal(text_cstr(desk.ctx->arena, before), text_cstr(desk.ctx->arena, desk_print(&desk)));
}

static void
a_breach_not_cured_withdraws_the_licence_and_what_hangs_on_it(void **state)
{
    struct desk desk = desk_open(*state);
    const struct instrument licence = desk_grant(&desk);
    const struct taking_over national = {.party = desk.party,
                                         .kind = TEXT("national_accreditation"),
                                         .number = TEXT("CCM/AN/77"),
                                         .granted_on = desk.ctx->today,
                                         .valid_until = DATE_NONE,
                                         .status = INSTRUMENT_GRANTED,
                                         .status_on = desk.ctx->today};
    struct instrument_id accreditation;
    DESK(&desk, instrument_take_over(desk.ctx, &national, &accreditation));
    desk_day(&desk, "2027-01-10");
    const struct measure_id id = find(&desk, licence.id, "object", NULL);
    struct date deadline;
    assert_true(date_from_text(TEXT("2027-02-10"), &deadline));
    DESK(&desk, notice_give(desk.ctx, id, deadline));
    /* Suspended after the notice, as the breach still stands. */
    propose_and_sign(&desk, id, "suspend");
    desk_day(&desk, "2027-02-10");
    desk_as(&desk, &desk.officer);
    const struct decision_proposal withdraw = proposal_for("withdraw");
    struct act_id act;
    DESK_REFUSED(&desk, measure_propose(desk.ctx, id, &withdraw, &act), ERR_INPUT);
    desk_day(&desk, "2027-02-11");
    const struct act_id withdrawn = propose_and_sign(&desk, id, "withdraw");
    assert_int_equal(instrument_now(&desk, licence.id).status, INSTRUMENT_WITHDRAWN);
    assert_int_equal(instrument_now(&desk, accreditation).status, INSTRUMENT_WITHDRAWN);

    MUST(desk.ctx->arena, tx_begin(desk.place->store, desk.ctx, TX_READ));
    struct letter letter;
    MUST(desk.ctx->arena, letter_of_act(desk.ctx, withdrawn, LANG_AR, &letter));
    tx_rollback(desk.ctx);
    assert_int_equal(letter.kind, LETTER_DECISION);
    ASSERT_TEXT(letter.reasons[0].norm, "18.23/5/3");
    assert_true(letter.remedy_count >= 2);
}

static struct text
may(struct desk *desk, struct measure_id id)
{
    struct measure measure;
    struct text decision;
    MUST(desk->ctx->arena, tx_begin(desk->place->store, desk->ctx, TX_READ));
    MUST(desk->ctx->arena, measure_get(desk->ctx, id, &measure));
    MUST(desk->ctx->arena, measure_may(desk->ctx, &measure, &decision));
    tx_rollback(desk->ctx);
    return decision;
}

static void
what_may_be_proposed_is_known_at_every_stage_also_a_suspension_after_the_notice(void **state)
{
    struct desk desk = desk_open(*state);
    const struct instrument licence = desk_grant(&desk);
    desk_day(&desk, "2027-01-10");
    const struct measure_id id = find(&desk, licence.id, "object", NULL);
    struct date deadline;
    assert_true(date_from_text(TEXT("2027-02-10"), &deadline));
    ASSERT_TEXT(may(&desk, id), "suspend");
    DESK(&desk, notice_give(desk.ctx, id, deadline));
    ASSERT_TEXT(may(&desk, id), "suspend");
    const struct decision_proposal suspend = proposal_for("suspend");
    struct act_id act;
    DESK(&desk, measure_propose(desk.ctx, id, &suspend, &act));
    ASSERT_TEXT(may(&desk, id), "");
    desk_as(&desk, &desk.director);
    DESK(&desk, decision_sign(desk.ctx, act, &act));
    ASSERT_TEXT(may(&desk, id), "");
    desk_day(&desk, "2027-02-11");
    ASSERT_TEXT(may(&desk, id), "withdraw");
}

static void
five_years_without_activity_withdraw_only_after_a_hearing_was_offered(void **state)
{
    struct desk desk = desk_open(*state);
    const struct instrument licence = desk_grant(&desk);
    desk_day(&desk, "2031-11-02");
    const struct measure_id id = find(&desk, licence.id, "inactivity", "2026-11-02");
    const struct decision_proposal withdraw = proposal_for("withdraw");
    struct act_id act;
    DESK_REFUSED(&desk, measure_propose(desk.ctx, id, &withdraw, &act), ERR_WRONG_STATE);
    struct date deadline;
    assert_true(date_from_text(TEXT("2031-12-02"), &deadline));
    DESK(&desk, notice_give(desk.ctx, id, deadline));
    DESK(&desk, measure_propose(desk.ctx, id, &withdraw, &act));
    DESK_REFUSED(&desk, measure_propose(desk.ctx, id, &withdraw, &act), ERR_WRONG_STATE);
}

static void
a_holder_gives_its_licence_back_and_tells_of_changes(void **state)
{
    struct desk desk = desk_open(*state);
    const struct instrument licence = desk_grant(&desk);
    desk_as(&desk, &desk.applicant);
    const struct change_notice notice = {.party = desk.party,
                                         .instrument = licence.id,
                                         .change_kind = TEXT("seat"),
                                         .changed_on = desk.ctx->today,
                                         .detail = TEXT("انتقل المقر إلى الرباط.")};
    DESK(&desk, change_notify(desk.ctx, &notice));
    desk_as(&desk, &desk.officer);
    DESK_REFUSED(&desk, instrument_surrender(desk.ctx, licence.id), ERR_FORBIDDEN);
    desk_as(&desk, &desk.applicant);
    DESK(&desk, instrument_surrender(desk.ctx, licence.id));
    assert_int_equal(instrument_now(&desk, licence.id).status, INSTRUMENT_SURRENDERED);
    DESK_REFUSED(&desk, instrument_surrender(desk.ctx, licence.id), ERR_WRONG_STATE);
}

static void
certificate_and_letters_are_drawn_from_the_acts_in_each_language(void **state)
{
    struct desk desk = desk_open(*state);
    struct ctx *ctx = desk.ctx;
    const struct instrument licence = desk_grant(&desk);
    const struct dossier late = desk_file(&desk, "statutes");
    desk_day(&desk, "2026-12-10");
    desk_as(&desk, NULL);
    struct office_day day;
    DESK(&desk, office_day(ctx, &day));
    struct sheet_fonts fonts;
    MUST(ctx->arena, sheet_fonts_open(ctx->arena, &fonts));
    MUST(ctx->arena, tx_begin(desk.place->store, ctx, TX_READ));
    struct timeline_line *lines = NULL;
    size_t count = 0;
    MUST(ctx->arena, dossier_timeline(ctx, late.id, &lines, &count));
    assert_int_equal(count, 2);
    const struct act_id acts[] = {licence.act, lines[0].act, lines[1].act};
    for (enum lang lang = LANG_AR; lang <= LANG_EN; lang++) {
        for (size_t i = 0; i < 3; i++) {
            struct letter letter;
            struct text pdf;
            MUST(ctx->arena, letter_of_act(ctx, acts[i], lang, &letter));
            letter.centre = (struct in_languages){.ar = TEXT("المركز"), .latin = TEXT("Centre")};
            letter.base_url = TEXT("https://registre.example");
            MUST(ctx->arena, letter_pdf(ctx->arena, &fonts, &letter, &pdf));
            assert_true(text_starts(pdf, TEXT("%PDF-1.")));
        }
    }
    struct certificate certificate;
    MUST(ctx->arena, certificate_words_of(ctx, licence.id, LANG_FR, &certificate));
    ASSERT_TEXT(certificate.holder.latin, "Atlas Lumière Productions");
    ASSERT_TEXT(certificate.manager.ar, "سلمى العلوي");
    ASSERT_TEXT(certificate.capital.ar, "300.000,00 درهم");
    ASSERT_TEXT(certificate.granted_on.ar, "2 نونبر 2026");
    ASSERT_TEXT(certificate.signature.name.latin, "Souad Bennani");
    certificate.centre = (struct in_languages){.ar = TEXT("المركز"), .latin = TEXT("Centre")};
    certificate.base_url = TEXT("https://registre.example");
    certificate.origin = TEXT("registre.example/2026");
    certificate.proof = TEXT("c2sp.org/tlog-proof@v1\nindex 1\n");
    struct text pdf;
    MUST(ctx->arena, certificate_pdf(ctx->arena, &fonts, &certificate, &pdf));
    assert_true(pdf.len > 10000);
    tx_rollback(ctx);
    sheet_fonts_close(&fonts);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        PLACE_TEST(a_breach_suspends_the_licence_and_a_cure_in_time_lifts_it),
        PLACE_TEST(a_breach_not_cured_withdraws_the_licence_and_what_hangs_on_it),
        PLACE_TEST(what_may_be_proposed_is_known_at_every_stage_also_a_suspension_after_the_notice),
        PLACE_TEST(five_years_without_activity_withdraw_only_after_a_hearing_was_offered),
        PLACE_TEST(a_holder_gives_its_licence_back_and_tells_of_changes),
        PLACE_TEST(certificate_and_letters_are_drawn_from_the_acts_in_each_language),
    };
    return PLACE_RUN(tests);
}
