/* Offices, delegations, who may decide what, and who signed what, on both engines. */
#include "access/access_kinds.h"
#include "access/signature.h"
#include "base/limits.h"
#include "door.h"

#define DAY INT64_C(86400000)
#define HOUR INT64_C(3600000)

static struct act_id
appoint(struct ctx *ctx, struct place *place, struct account_id account, enum office office, enum acting_reason reason)
{
    struct appointment draft = {.account = account,
                                .office = office,
                                .reason = reason,
                                .from = ctx->today,
                                .until = DATE_NONE,
                                .basis_number = TEXT("2.25.17")};
    assert_true(date_from_civil(2026, 3, 1, &draft.basis_day));
    struct act_id id;
    door_begin(ctx, place);
    MUST(ctx->arena, appointment_make(ctx, &draft, &id));
    door_commit(ctx);
    return id;
}

static struct delegation_line covers[] = {{TEXT_INIT("production_licence"), TEXT_INIT("grant")},
                                          {TEXT_INIT("production_licence"), TEXT_INIT("refuse")}};

/* From today for ten days, published today. */
static struct delegation
delegation_draft(struct ctx *ctx, struct account_id delegate)
{
    struct delegation draft = {
        .delegate = delegate,
        .number = TEXT("12/26"),
        .signed_on = ctx->today,
        .from = ctx->today,
        .published_on = ctx->today,
        .published_in = TEXT("BO 7400"),
        .lines = covers,
        .lines_count = 2,
    };
    assert_true(date_add_days(ctx->today, 9, &draft.until));
    return draft;
}

static bool
competent(struct ctx *ctx, struct place *place, struct account_id account, const char *act, const char *decision,
          struct competence *ret)
{
    MUST(ctx->arena, tx_begin(place->store, ctx, TX_READ));
    MUST(ctx->arena, competence_check(ctx, text_of(act), text_of(decision), account, ret));
    tx_rollback(ctx);
    return ret->competent;
}

struct people {
    struct account_id director;
    struct account_id officer;
    struct account_id member; /* of a committee: not staff */
    struct act_id appointment;
};

static struct people
people_of(struct ctx *ctx, struct place *place)
{
    struct people people = {
        .director = door_account(ctx, place, "director@example.ma"),
        .officer = door_officer(ctx, place, "officer@example.ma", ROLE_OFFICER),
        .member = door_officer(ctx, place, "member@example.ma", ROLE_MEMBER),
    };
    people.appointment = appoint(ctx, place, people.director, OFFICE_DIRECTOR, ACTING_NONE);
    return people;
}

/* Gives it as the director, who is then not the user any more. */
static struct act_id
delegate(struct ctx *ctx, struct place *place, const struct people *people, const struct delegation *draft)
{
    ctx->user = door_as(ctx, place, people->director);
    struct act_id id;
    door_begin(ctx, place);
    MUST(ctx->arena, delegation_give(ctx, draft, &id));
    door_commit(ctx);
    ctx->user = NULL;
    return id;
}

static void
the_director_decides_and_his_basis_is_in_words(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    const struct people people = people_of(ctx, place);
    struct competence competence;
    assert_true(competent(ctx, place, people.director, "production_licence", "grant", &competence));
    ASSERT_TEXT(competence.capacity.organ, "director");
    ASSERT_TEXT(competence.capacity.by, "director");
    ASSERT_TEXT(competence.capacity.words[LANG_AR], "المدير");
    ASSERT_TEXT(competence.capacity.basis[LANG_FR], "En vertu de l'acte de nomination n° 2.25.17 du 1er mars 2026");
    ASSERT_TEXT(competence.capacity.basis[LANG_AR], "بمقتضى سند التعيين رقم 2.25.17 المؤرخ في 1 مارس 2026");
    assert_true(competence.capacity.appointment.value == people.appointment.value);
    assert_true(competent(ctx, place, people.director, "production_licence", "lift", &competence));
    unsigned roles = 0;
    door_begin(ctx, place);
    MUST(ctx->arena, roles_of(ctx, people.director, &roles));
    assert_true(roles & ROLE_DIRECTOR);
    tx_rollback(ctx);
}

static void
the_director_does_not_decide_for_the_board(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    const struct people people = people_of(ctx, place);
    const struct account_id chair = door_account(ctx, place, "chair@example.ma");
    appoint(ctx, place, chair, OFFICE_BOARD_CHAIR, ACTING_NONE);
    struct competence competence;
    assert_false(competent(ctx, place, people.director, "budget", "approve", &competence));
    ASSERT_TEXT(competence.ruling.verdict, "incompetent");
    assert_true(competent(ctx, place, chair, "budget", "approve", &competence));
    ASSERT_TEXT(competence.capacity.organ, "board");
    assert_false(competent(ctx, place, chair, "production_licence", "grant", &competence));
    assert_false(competent(ctx, place, people.director, "something_else", "grant", &competence));
    ASSERT_TEXT(competence.ruling.verdict, "no_power");
}

static void
nobody_else_decides_without_a_delegation(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    const struct people people = people_of(ctx, place);
    const struct account_id general = door_account(ctx, place, "general@example.ma");
    appoint(ctx, place, general, OFFICE_SECRETARY_GENERAL, ACTING_NONE);
    struct competence competence;
    assert_false(competent(ctx, place, people.officer, "production_licence", "grant", &competence));
    assert_false(competent(ctx, place, people.member, "production_licence", "grant", &competence));
    assert_false(competent(ctx, place, general, "production_licence", "grant", &competence));
    ASSERT_TEXT(competence.capacity.by, "secretary_general");
}

static void
a_delegate_decides_what_is_covered_and_nothing_else(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    const struct people people = people_of(ctx, place);
    const struct delegation draft = delegation_draft(ctx, people.officer);
    const struct act_id id = delegate(ctx, place, &people, &draft);
    struct competence competence;
    assert_true(competent(ctx, place, people.officer, "production_licence", "grant", &competence));
    ASSERT_TEXT(competence.capacity.organ, "director");
    ASSERT_TEXT(competence.capacity.by, "staff_delegate");
    ASSERT_TEXT(competence.capacity.words[LANG_FR], "Pour le directeur et par délégation");
    ASSERT_TEXT(competence.capacity.basis[LANG_EN],
                "By delegation no. 12/26 of 21 November 2026, published on 21 November 2026");
    assert_true(competence.capacity.delegation.value == id.value);
    assert_false(competent(ctx, place, people.officer, "production_licence", "withdraw", &competence));
    assert_false(competent(ctx, place, people.officer, "shooting_permit", "grant", &competence));
    assert_true(competence.capacity.delegation.value == 0);
}

static void
a_delegation_runs_from_its_publication_to_its_last_day(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    const struct people people = people_of(ctx, place);
    struct delegation draft = delegation_draft(ctx, people.officer);
    draft.published_on = DATE_NONE;
    draft.published_in = (struct text){0};
    const struct act_id id = delegate(ctx, place, &people, &draft);
    struct competence competence;
    assert_false(competent(ctx, place, people.officer, "production_licence", "grant", &competence));
    struct date tomorrow;
    assert_true(date_add_days(ctx->today, 1, &tomorrow));
    ctx->user = door_as(ctx, place, people.director);
    door_begin(ctx, place);
    REFUSED(delegation_publish(ctx, id, tomorrow, TEXT("")), ERR_INPUT);
    MUST(ctx->arena, delegation_publish(ctx, id, tomorrow, TEXT("BO 7401")));
    REFUSED(delegation_publish(ctx, id, tomorrow, TEXT("BO 7401")), ERR_WRONG_STATE);
    door_commit(ctx);
    assert_false(competent(ctx, place, people.officer, "production_licence", "grant", &competence));
    door_wait(ctx, place, DAY);
    assert_true(competent(ctx, place, people.officer, "production_licence", "grant", &competence));
    door_wait(ctx, place, 8 * DAY);
    assert_true(competent(ctx, place, people.officer, "production_licence", "grant", &competence)); /* its last day */
    door_wait(ctx, place, DAY);
    assert_false(competent(ctx, place, people.officer, "production_licence", "grant", &competence));
}

static void
a_delegation_that_ended_at_noon_signs_nothing_after_noon(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    const struct people people = people_of(ctx, place);
    const struct delegation draft = delegation_draft(ctx, people.officer);
    const struct act_id id = delegate(ctx, place, &people, &draft);
    struct competence competence;
    assert_true(competent(ctx, place, people.officer, "production_licence", "grant", &competence));
    door_begin(ctx, place); /* it is noon */
    MUST(ctx->arena, delegation_end(ctx, id, TEXT("the officer moves")));
    REFUSED(delegation_end(ctx, id, TEXT("")), ERR_WRONG_STATE);
    door_commit(ctx);
    door_wait(ctx, place, HOUR);
    assert_false(competent(ctx, place, people.officer, "production_licence", "grant", &competence));
    assert_true(competent(ctx, place, people.director, "production_licence", "grant", &competence));
}

static void
a_delegate_passes_nothing_on(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    const struct people people = people_of(ctx, place);
    const struct delegation draft = delegation_draft(ctx, people.officer);
    delegate(ctx, place, &people, &draft);
    const struct account_id second = door_officer(ctx, place, "second@example.ma", ROLE_OFFICER);
    const struct delegation more = delegation_draft(ctx, second);
    ctx->user = door_as(ctx, place, people.officer);
    assert_true(user_has(ctx->user, ROLE_DIRECTOR)); /* decides within his scope, and yet */
    struct act_id id;
    door_begin(ctx, place);
    REFUSED(delegation_give(ctx, &more, &id), ERR_NOT_COMPETENT);
    tx_rollback(ctx);
}

static void
only_staff_receive_a_delegation_and_keep_it_while_they_are(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    const struct people people = people_of(ctx, place);
    const struct delegation to_member = delegation_draft(ctx, people.member);
    ctx->user = door_as(ctx, place, people.director);
    struct act_id id;
    door_begin(ctx, place);
    REFUSED(delegation_give(ctx, &to_member, &id), ERR_WRONG_STATE);
    tx_rollback(ctx);
    const struct delegation draft = delegation_draft(ctx, people.officer);
    delegate(ctx, place, &people, &draft);
    door_begin(ctx, place);
    MUST(ctx->arena, role_end(ctx, people.officer, ROLE_OFFICER));
    door_commit(ctx);
    struct competence competence;
    assert_false(competent(ctx, place, people.officer, "production_licence", "grant", &competence));
    ASSERT_TEXT(competence.capacity.by, "other_delegate");
}

static void
refuses_delegations_of_nothing_of_everything_and_of_what_is_not_his(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    const struct people people = people_of(ctx, place);
    ctx->user = door_as(ctx, place, people.director);
    struct delegation draft = delegation_draft(ctx, people.officer);
    struct act_id id;
    door_begin(ctx, place);
    draft.lines_count = 0;
    REFUSED(delegation_give(ctx, &draft, &id), ERR_INPUT);
    MUST(ctx->arena, competence_powers(ctx, TEXT("director"), &draft.lines, &draft.lines_count));
    assert_true(draft.lines_count >= 6);
    REFUSED(delegation_give(ctx, &draft, &id), ERR_INPUT);
    draft.lines_count--;
    MUST(ctx->arena, delegation_give(ctx, &draft, &id));
    struct delegation_line budget[] = {{TEXT("budget"), TEXT("approve")}};
    draft.lines = budget;
    draft.lines_count = 1;
    REFUSED(delegation_give(ctx, &draft, &id), ERR_INPUT);
    struct delegation_line twice[] = {covers[0], covers[0]};
    draft.lines = twice;
    draft.lines_count = 2;
    REFUSED(delegation_give(ctx, &draft, &id), ERR_INPUT);
    draft = delegation_draft(ctx, people.director);
    REFUSED(delegation_give(ctx, &draft, &id), ERR_INPUT); /* to himself */
    draft = delegation_draft(ctx, people.officer);
    draft.number = TEXT("");
    REFUSED(delegation_give(ctx, &draft, &id), ERR_INPUT);
    tx_rollback(ctx);
}

static void
a_delegation_ends_with_the_appointment_of_who_gave_it(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    const struct people people = people_of(ctx, place);
    const struct delegation draft = delegation_draft(ctx, people.officer);
    delegate(ctx, place, &people, &draft);
    struct competence competence;
    assert_true(competent(ctx, place, people.officer, "production_licence", "grant", &competence));
    door_begin(ctx, place);
    MUST(ctx->arena, appointment_end(ctx, people.appointment, TEXT("resigned")));
    door_commit(ctx);
    assert_false(competent(ctx, place, people.officer, "production_licence", "grant", &competence));
    assert_false(competent(ctx, place, people.director, "production_licence", "grant", &competence));
}

static void
one_director_at_a_time_and_an_acting_one_for_a_reason(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    const struct people people = people_of(ctx, place);
    const struct account_id deputy = door_account(ctx, place, "deputy@example.ma");
    struct appointment draft = {.account = deputy,
                                .office = OFFICE_DIRECTOR,
                                .from = ctx->today,
                                .until = DATE_NONE,
                                .basis_number = TEXT("9"),
                                .basis_day = ctx->today};
    struct act_id id;
    struct appointment found_appointment;
    bool found = false;
    door_begin(ctx, place);
    REFUSED(appointment_make(ctx, &draft, &id), ERR_CONFLICT);
    draft.office = OFFICE_ACTING_DIRECTOR;
    REFUSED(appointment_make(ctx, &draft, &id), ERR_INPUT); /* without a reason */
    draft.reason = ACTING_VACANCY;
    REFUSED(appointment_make(ctx, &draft, &id), ERR_CONFLICT); /* there is a director */
    MUST(ctx->arena, appointment_end(ctx, people.appointment, TEXT("resigned")));
    MUST(ctx->arena, appointment_of_office(ctx, OFFICE_DIRECTOR, &found_appointment, &found));
    assert_false(found); /* vacant */
    draft.reason = ACTING_ABSENCE;
    REFUSED(appointment_make(ctx, &draft, &id), ERR_WRONG_STATE); /* nobody is absent */
    draft.reason = ACTING_VACANCY;
    MUST(ctx->arena, appointment_make(ctx, &draft, &id));
    draft.office = OFFICE_DIRECTOR;
    draft.reason = ACTING_NONE;
    draft.account = people.director;
    REFUSED(appointment_make(ctx, &draft, &id), ERR_CONFLICT); /* somebody acts in the vacancy */
    door_commit(ctx);
    struct competence competence;
    assert_true(competent(ctx, place, deputy, "production_licence", "grant", &competence));
    ASSERT_TEXT(competence.capacity.by, "director");
    ASSERT_TEXT(competence.capacity.words[LANG_AR], "المدير بالنيابة");
}

static void
an_appointment_has_a_basis_and_agrees_with_the_roles(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    const struct account_id chief = door_officer(ctx, place, "chief@example.ma", ROLE_ADMINISTRATOR);
    struct appointment draft = {.account = chief,
                                .office = OFFICE_DIRECTOR,
                                .from = ctx->today,
                                .until = DATE_NONE,
                                .basis_number = TEXT("9"),
                                .basis_day = ctx->today};
    struct act_id id;
    door_begin(ctx, place);
    REFUSED(appointment_make(ctx, &draft, &id), ERR_CONFLICT); /* who administers decides nothing */
    draft.office = OFFICE_SECRETARY_GENERAL;
    draft.basis_number = TEXT("");
    REFUSED(appointment_make(ctx, &draft, &id), ERR_INPUT);
    draft.basis_number = TEXT("9");
    MUST(ctx->arena, appointment_make(ctx, &draft, &id));
    REFUSED(appointment_end(ctx, id, TEXT("tired")), ERR_INPUT);
    door_commit(ctx);
}

static const struct err *
apply_decided(struct ctx *ctx, const struct act *act)
{
    return signature_apply(ctx, act);
}

static void
lists_what_was_signed_by_person_and_under_an_annulled_appointment(void **state)
{
    static const struct act_kind decided[] = {{.name = "decided", .version = 1, .apply = apply_decided}, {0}};
    static const struct act_kind *const lists[] = {access_kinds, decided};
    static const struct act_kinds kinds = {.lists = lists, .count = 2};
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    ctx->kinds = &kinds;
    const struct people people = people_of(ctx, place);
    const struct delegation delegation = delegation_draft(ctx, people.officer);
    const struct act_id delegation_id = delegate(ctx, place, &people, &delegation);
    const struct account_id signers[] = {people.director, people.officer};
    struct act act;
    for (size_t i = 0; i < 2; i++) {
        ctx->user = door_as(ctx, place, signers[i]);
        struct competence competence;
        door_begin(ctx, place);
        MUST(ctx->arena, competence_to_sign(ctx, TEXT("production_licence"), TEXT("grant"), &competence));
        struct buf buf = buf_new(ctx->arena, 8192);
        struct json_out out = json_out(&buf);
        json_open_object(&out);
        const struct signature signature = {.account = signers[i],
                                            .act_code = TEXT("production_licence"),
                                            .decision = TEXT("grant"),
                                            .level = TEXT(SIGNED_SIMPLE),
                                            .capacity = competence.capacity};
        signature_put(&out, ctx, &signature);
        json_close_object(&out);
        const struct act_draft draft = {.kind = TEXT("decided"), .body = buf_built(&buf)};
        MUST(ctx->arena, act_append(ctx, &draft, &act));
        door_commit(ctx);
        ctx->user = NULL;
    }
    struct signature *signatures = NULL;
    size_t count = 0;
    struct signature whole;
    door_begin(ctx, place);
    const struct signature_period period = {.account = people.officer, .from = ctx->today, .until = ctx->today};
    MUST(ctx->arena, signatures_by(ctx, &period, &signatures, &count));
    assert_int_equal(count, 1);
    assert_true(signatures[0].act.value == act.id.value);
    ASSERT_TEXT(signatures[0].level, "simple");
    MUST(ctx->arena, act_get(ctx, act.id, &act));
    assert_true(signature_read(&act, &whole));
    ASSERT_TEXT(whole.capacity.words[LANG_EN], "For the director, by delegation");
    ASSERT_TEXT(whole.capacity.number, "12/26");
    MUST(ctx->arena, appointment_end(ctx, people.appointment, TEXT("annulled")));
    MUST(ctx->arena, signatures_under_appointment(ctx, people.appointment, (struct act_id){0}, &signatures, &count));
    assert_int_equal(count, 2); /* his own, and his delegate's */
    MUST(ctx->arena, signatures_under_delegation(ctx, delegation_id, (struct act_id){0}, &signatures, &count));
    assert_int_equal(count, 1);
    door_commit(ctx);
}

static void
nobody_signs_without_a_step_up(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    const struct people people = people_of(ctx, place);
    struct competence competence;
    struct user *user = door_as(ctx, place, people.director);
    door_begin(ctx, place);
    REFUSED(competence_to_sign(ctx, TEXT("production_licence"), TEXT("grant"), &competence), ERR_NOT_SIGNED_IN);
    ctx->user = user;
    MUST(ctx->arena, competence_to_sign(ctx, TEXT("production_licence"), TEXT("grant"), &competence));
    user->stepped_up_until_ms = place->world.at_ms;
    REFUSED(competence_to_sign(ctx, TEXT("production_licence"), TEXT("grant"), &competence), ERR_STEP_UP);
    user->stepped_up_until_ms = place->world.at_ms + 1;
    REFUSED(competence_to_sign(ctx, TEXT("budget"), TEXT("approve"), &competence), ERR_NOT_COMPETENT);
    tx_rollback(ctx);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        PLACE_TEST(the_director_decides_and_his_basis_is_in_words),
        PLACE_TEST(the_director_does_not_decide_for_the_board),
        PLACE_TEST(nobody_else_decides_without_a_delegation),
        PLACE_TEST(a_delegate_decides_what_is_covered_and_nothing_else),
        PLACE_TEST(a_delegation_runs_from_its_publication_to_its_last_day),
        PLACE_TEST(a_delegation_that_ended_at_noon_signs_nothing_after_noon),
        PLACE_TEST(a_delegate_passes_nothing_on),
        PLACE_TEST(only_staff_receive_a_delegation_and_keep_it_while_they_are),
        PLACE_TEST(refuses_delegations_of_nothing_of_everything_and_of_what_is_not_his),
        PLACE_TEST(a_delegation_ends_with_the_appointment_of_who_gave_it),
        PLACE_TEST(one_director_at_a_time_and_an_acting_one_for_a_reason),
        PLACE_TEST(an_appointment_has_a_basis_and_agrees_with_the_roles),
        PLACE_TEST(lists_what_was_signed_by_person_and_under_an_annulled_appointment),
        PLACE_TEST(nobody_signs_without_a_step_up),
    };
    return PLACE_RUN(tests);
}
