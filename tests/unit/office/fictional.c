/* A procedure that no legislator wrote, added as one law file and no C: filed, examined, granted, and ended with the
 * licence it hangs on. */
#include "../access/law_of_tests.h"
#include "desk.h"
#include "registry/data.h"

static const struct amendment lantern = {"18.23/fictional-lantern.law", NULL,
                                         "of text 18.23\n\n"
                                         "article 191\n"
                                         "    norm 191/1 condition\n"
                                         "        ar \"أن يكون للعرض مصباح\"\n"
                                         "        fr \"Le spectacle a une lanterne\"\n"
                                         "        en \"The show has a lantern\"\n"
                                         "        fails ar \"ليس للعرض مصباح\"\n"
                                         "        fails fr \"Le spectacle n'a pas de lanterne\"\n"
                                         "        fails en \"The show has no lantern\"\n"
                                         "        actor applicant\n"
                                         "        force mandatory\n"
                                         "    norm 191/2 effect\n"
                                         "        ar \"ينتهي التصريح بانتهاء الترخيص\"\n"
                                         "        fr \"Le permis prend fin avec l'autorisation\"\n"
                                         "        en \"The permit ends with the licence\"\n"
                                         "        actor ccm\n"
                                         "        force mandatory\n\n"
                                         "check lantern-show\n"
                                         "    fact has_lantern  yes_no\n\n"
                                         "    need 191/1: has_lantern\n\n"
                                         "    verdict\n"
                                         "        refused  when any need fails\n"
                                         "        granted  otherwise\n\n"
                                         "procedure lantern-show\n"
                                         "    ar \"عرض الفانوس\"\n"
                                         "    fr \"Spectacle de lanterne\"\n"
                                         "    en \"Lantern show\"\n"
                                         "    act       scouting_permit\n"
                                         "    filed     by company     @191/1\n"
                                         "    before    entry production_licence  @191/2\n"
                                         "    document  statutes  required  @191/1\n"
                                         "        attests has_lantern\n"
                                         "    fact      has_lantern  attested\n"
                                         "    check     lantern-show\n"
                                         "    decided   by ccm_director  @85/3.2\n"
                                         "    time      limit decision-days  @100/1\n"
                                         "    grants    lantern_show until withdrawn  @191/1\n"
                                         "    ends      with production_licence  @191/2\n"};

static const struct reason found_reason = {.says = {[LANG_AR] = TEXT_INIT("تبين ذلك من النظام الأساسي المعدل.")}};

/* The licence is withdrawn for a change of object that was not cured. */
static void
withdraw(struct desk *desk, struct instrument_id licence)
{
    static const char *const decisions[] = {"suspend", "withdraw"};
    const struct finding finding = {.instrument = licence,
                                    .ground = TEXT("object"),
                                    .found = TEXT("غيرت الشركة غرضها في نظامها الأساسي."),
                                    .inactive_since = DATE_NONE};
    struct measure_id measure;
    struct date deadline;
    desk_day(desk, "2027-01-10");
    desk_as(desk, &desk->officer);
    DESK(desk, breach_find(desk->ctx, &finding, &measure));
    assert_true(date_from_text(TEXT("2027-02-10"), &deadline));
    DESK(desk, notice_give(desk->ctx, measure, deadline));
    for (size_t i = 0; i < 2; i++) {
        const struct decision_proposal proposal = {
            .decision = text_of(decisions[i]), .factual = &found_reason, .factual_count = 1};
        struct act_id act;
        desk_as(desk, &desk->officer);
        DESK(desk, measure_propose(desk->ctx, measure, &proposal, &act));
        desk_as(desk, &desk->director);
        DESK(desk, decision_sign(desk->ctx, act, &act));
        desk_day(desk, "2027-02-11");
    }
}

static struct instrument
instrument_of(struct desk *desk, struct instrument_id id)
{
    struct instrument instrument;
    MUST(desk->ctx->arena, tx_begin(desk->place->store, desk->ctx, TX_READ));
    MUST(desk->ctx->arena, instrument_get(desk->ctx, id, &instrument));
    tx_rollback(desk->ctx);
    return instrument;
}

static void
a_procedure_added_as_one_file_lives_from_filing_to_the_end_of_what_it_hangs_on(void **state)
{
    struct desk desk = desk_open(*state);
    desk.ctx->law = law_amended(desk.ctx->arena, law_of_tests(), &lantern, 1);
    struct draft_id draft;
    struct dossier dossier;
    const struct stored_document paper = desk_paper("statutes", 90);
    desk_as(&desk, &desk.applicant);
    DESK(&desk, draft_save(desk.ctx, desk.party, TEXT("lantern-show"), TEXT("{}"), &draft));
    DESK(&desk, draft_attach(desk.ctx, draft, TEXT("statutes"), &paper, TEXT("a.pdf")));
    DESK_REFUSED(&desk, dossier_file(desk.ctx, draft, &dossier), ERR_INPUT);
    const struct instrument licence = desk_grant(&desk);
    desk_as(&desk, &desk.applicant);
    DESK(&desk, dossier_file(desk.ctx, draft, &dossier));
    assert_int_equal(dossier.state, DOSSIER_UNDER_REVIEW);
    struct json typed = {.type = JSON_OBJECT};
    json_set(desk.ctx, &typed, TEXT("has_lantern"), json_of_text(TEXT("yes")));
    struct field_faults faults;
    desk_as(&desk, &desk.officer);
    DESK(&desk, facts_attest(desk.ctx, dossier.id, &typed, &faults));
    assert_int_equal(faults.count, 0);
    const struct act_id proposal = desk_propose(&desk, dossier.id, "grant", NULL);
    desk_as(&desk, &desk.director);
    struct act_id act;
    struct decision decision;
    DESK(&desk, decision_sign(desk.ctx, proposal, &act));
    MUST(desk.ctx->arena, tx_begin(desk.place->store, desk.ctx, TX_READ));
    MUST(desk.ctx->arena, decision_get(desk.ctx, act, &decision));
    tx_rollback(desk.ctx);
    assert_int_equal(instrument_of(&desk, decision.instrument).status, INSTRUMENT_GRANTED);

    withdraw(&desk, licence.id);
    assert_int_equal(instrument_of(&desk, licence.id).status, INSTRUMENT_WITHDRAWN);
    assert_int_equal(instrument_of(&desk, decision.instrument).status, INSTRUMENT_WITHDRAWN);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        PLACE_TEST(a_procedure_added_as_one_file_lives_from_filing_to_the_end_of_what_it_hangs_on),
    };
    return PLACE_RUN(tests);
}
