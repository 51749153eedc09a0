/* Accounts as acts make them, roles, and who may act for whom, on both engines. */
#include <string.h>

#include "access/mandate.h"
#include "base/limits.h"
#include "door.h"

#define DAY INT64_C(86400000)

static const struct party_id atlas = {.value = 12};

static struct mandate
draft_for(struct ctx *ctx, struct account_id account, enum mandate_role role)
{
    return (struct mandate){.account = account, .party = atlas, .role = role, .from = ctx->today, .until = DATE_NONE};
}

static struct act_id
give(struct ctx *ctx, struct place *place, struct account_id account, enum mandate_role role)
{
    const struct mandate draft = draft_for(ctx, account, role);
    struct act_id id;
    door_begin(ctx, place);
    MUST(ctx->arena, mandate_give(ctx, &draft, &id));
    door_commit(ctx);
    return id;
}

static void
refuses_a_second_account_for_an_e_mail(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    door_account(ctx, place, "a@example.ma");
    const struct account_draft draft = {.email = TEXT("a@example.ma"), .name_latin = TEXT("A"), .by = TEXT("test")};
    struct account_id id;
    door_begin(ctx, place);
    REFUSED(account_open(ctx, &draft, &id), ERR_CONFLICT);
    tx_rollback(ctx);
}

static void
keeps_the_person_out_of_the_body_of_the_act(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    const struct account_id id = door_account(ctx, place, "a@example.ma");
    struct account account;
    struct act act;
    struct act_person *persons = NULL;
    size_t count = 0;
    door_begin(ctx, place);
    MUST(ctx->arena, account_get(ctx, id, &account));
    MUST(ctx->arena, act_get(ctx, account.act, &act));
    MUST(ctx->arena, act_persons(ctx, account.act, &persons, &count));
    assert_null(memmem(act.body.at, act.body.len, "example.ma", 10));
    assert_int_equal(count, 1);
    ASSERT_TEXT(persons[0].subject, "account:1");
    assert_non_null(memmem(persons[0].data.at, persons[0].data.len, "a@example.ma", 12));
    door_commit(ctx);
}

static void
changes_names_and_refuses_the_e_mail_of_another(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    const struct account_id id = door_account(ctx, place, "a@example.ma");
    const struct account_id other = door_account(ctx, place, "b@example.ma");
    struct account account = {.id = id, .email = TEXT("b@example.ma"), .name_latin = TEXT("A")};
    door_begin(ctx, place);
    REFUSED(account_change(ctx, &account), ERR_CONFLICT);
    account.email = TEXT("c@example.ma");
    ctx->user = &(struct user){.account = other, .roles = ROLE_PUBLIC | ROLE_SIGNED_IN};
    REFUSED(account_change(ctx, &account), ERR_FORBIDDEN);
    ctx->user = &(struct user){.account = id, .roles = ROLE_PUBLIC | ROLE_SIGNED_IN};
    MUST(ctx->arena, account_change(ctx, &account));
    MUST(ctx->arena, account_get(ctx, id, &account));
    ASSERT_TEXT(account.email, "c@example.ma");
    assert_null(account.name_ar.at);
    door_commit(ctx);
}

static void
forgets_who_was_erased(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    const struct account_id id = door_account(ctx, place, "a@example.ma");
    const struct signed_in done = door_sign_in(ctx, place, "a@example.ma", PASSWORD, "192.0.2.1");
    struct act act;
    struct account account;
    struct user user;
    door_begin(ctx, place);
    MUST(ctx->arena, act_erase_person(ctx, account_subject(ctx->arena, id), TEXT("schedule 3"), &act));
    MUST(ctx->arena, account_get(ctx, id, &account));
    door_commit(ctx);
    assert_null(account.email.at);
    assert_null(account.name_ar.at);
    ASSERT_TEXT(account_name(ctx, &account), "account:1");
    assert_false(door_user(ctx, place, done.token, &user));
    assert_int_equal(door_sign_in(ctx, place, "a@example.ma", PASSWORD, "192.0.2.1").outcome, SIGN_IN_WRONG);
}

static void
gives_and_ends_roles(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    const struct account_id id = door_account(ctx, place, "a@example.ma");
    unsigned roles = 0;
    door_begin(ctx, place);
    MUST(ctx->arena, role_give(ctx, id, ROLE_MEMBER));
    MUST(ctx->arena, roles_of(ctx, id, &roles));
    assert_int_equal(roles, ROLE_PUBLIC | ROLE_SIGNED_IN | ROLE_MEMBER); /* a member is no staff */
    REFUSED(role_give(ctx, id, ROLE_MEMBER), ERR_CONFLICT);
    MUST(ctx->arena, role_give(ctx, id, ROLE_OFFICER));
    MUST(ctx->arena, roles_of(ctx, id, &roles));
    assert_int_equal(roles & (ROLE_OFFICER | ROLE_STAFF), ROLE_OFFICER | ROLE_STAFF);
    struct account_id *holders = NULL;
    size_t count = 0;
    MUST(ctx->arena, role_holders(ctx, ROLE_OFFICER, &holders, &count));
    assert_true(count == 1 && holders[0].value == id.value);
    MUST(ctx->arena, role_end(ctx, id, ROLE_MEMBER));
    REFUSED(role_end(ctx, id, ROLE_MEMBER), ERR_WRONG_STATE);
    MUST(ctx->arena, roles_of(ctx, id, &roles));
    assert_false(roles & ROLE_MEMBER);
    REFUSED(role_give(ctx, id, ROLE_DIRECTOR), ERR_INPUT);
    REFUSED(role_give(ctx, id, ROLE_APPLICANT), ERR_INPUT);
    REFUSED(role_give(ctx, (struct account_id){99}, ROLE_OFFICER), ERR_NOT_FOUND);
    door_commit(ctx);
}

static void
keeps_apart_who_administers_who_pays_and_who_audits(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    const struct account_id chief = door_officer(ctx, place, "chief@example.ma", ROLE_ADMINISTRATOR);
    const struct account_id auditor = door_officer(ctx, place, "audit@example.ma", ROLE_AUDITOR);
    const struct account_id officer = door_officer(ctx, place, "officer@example.ma", ROLE_OFFICER);
    door_begin(ctx, place);
    REFUSED(role_give(ctx, chief, ROLE_ACCOUNTANT), ERR_CONFLICT);
    REFUSED(role_give(ctx, chief, ROLE_MEMBER), ERR_CONFLICT);
    REFUSED(role_give(ctx, auditor, ROLE_OFFICER), ERR_CONFLICT);
    REFUSED(role_give(ctx, officer, ROLE_AUDITOR), ERR_CONFLICT);
    MUST(ctx->arena, role_give(ctx, officer, ROLE_INSPECTOR));
    door_commit(ctx);
    assert_true(roles_agree(ROLE_OFFICER | ROLE_DIRECTOR));
    assert_false(roles_agree(ROLE_ACCOUNTANT | ROLE_DIRECTOR));
}

static void
only_an_administrator_gives_roles(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    const struct account_id chief = door_officer(ctx, place, "chief@example.ma", ROLE_ADMINISTRATOR);
    const struct account_id officer = door_officer(ctx, place, "officer@example.ma", ROLE_OFFICER);
    ctx->user = door_as(ctx, place, officer);
    door_begin(ctx, place);
    REFUSED(role_give(ctx, officer, ROLE_INSPECTOR), ERR_FORBIDDEN);
    REFUSED(account_disable(ctx, chief, TEXT("x")), ERR_FORBIDDEN);
    tx_rollback(ctx);
    ctx->user = NULL;
    ctx->user = door_as(ctx, place, chief);
    door_begin(ctx, place);
    MUST(ctx->arena, role_give(ctx, officer, ROLE_INSPECTOR));
    door_commit(ctx);
}

static void
lets_somebody_declare_himself_for_a_party_that_has_nobody(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    const struct account_id manager = door_account(ctx, place, "manager@example.ma");
    const struct account_id other = door_account(ctx, place, "other@example.ma");
    ctx->user = door_as(ctx, place, manager);
    const struct act_id id = give(ctx, place, manager, MANDATE_MANAGER);
    struct mandate mandate;
    door_begin(ctx, place);
    MUST(ctx->arena, mandate_get(ctx, id, &mandate));
    assert_true(mandate.verified_act.value == 0); /* nobody has seen the proof */
    tx_rollback(ctx);
    ctx->user = door_as(ctx, place, other);
    const struct mandate draft = draft_for(ctx, other, MANDATE_AGENT);
    struct act_id refused;
    door_begin(ctx, place);
    REFUSED(mandate_give(ctx, &draft, &refused), ERR_FORBIDDEN);
    tx_rollback(ctx);
    ctx->user = door_as(ctx, place, manager); /* but its manager may invite him */
    assert_true(user_has(ctx->user, ROLE_APPLICANT));
    give(ctx, place, other, MANDATE_AGENT);
    ctx->user = door_as(ctx, place, other); /* who as an agent invites nobody */
    const struct account_id third = {.value = 3};
    ctx->user = NULL;
    door_account(ctx, place, "third@example.ma");
    ctx->user = door_as(ctx, place, other);
    const struct mandate more = draft_for(ctx, third, MANDATE_AGENT);
    door_begin(ctx, place);
    REFUSED(mandate_give(ctx, &more, &refused), ERR_FORBIDDEN);
    tx_rollback(ctx);
}

static void
staff_verify_a_mandate_and_nobody_his_own(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    const struct account_id manager = door_account(ctx, place, "manager@example.ma");
    const struct account_id officer = door_officer(ctx, place, "officer@example.ma", ROLE_OFFICER);
    ctx->user = door_as(ctx, place, manager);
    const struct act_id id = give(ctx, place, manager, MANDATE_MANAGER);
    struct mandate mandate;
    door_begin(ctx, place);
    REFUSED(mandate_verify(ctx, id), ERR_FORBIDDEN);
    tx_rollback(ctx);
    ctx->user = door_as(ctx, place, officer);
    door_begin(ctx, place);
    MUST(ctx->arena, mandate_verify(ctx, id));
    MUST(ctx->arena, mandate_get(ctx, id, &mandate));
    assert_true(mandate.verified_act.value > id.value);
    REFUSED(mandate_verify(ctx, id), ERR_WRONG_STATE);
    const struct mandate own = draft_for(ctx, officer, MANDATE_AGENT);
    struct act_id own_id;
    MUST(ctx->arena, mandate_give(ctx, &own, &own_id)); /* given by staff: verified at once */
    MUST(ctx->arena, mandate_get(ctx, own_id, &mandate));
    assert_true(mandate.verified_act.value == own_id.value);
    door_commit(ctx);
}

static void
ends_a_mandate_by_its_manager_and_with_its_last_day(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    const struct account_id manager = door_account(ctx, place, "manager@example.ma");
    const struct account_id agent = door_account(ctx, place, "agent@example.ma");
    const struct account_id other = door_account(ctx, place, "other@example.ma");
    give(ctx, place, manager, MANDATE_MANAGER);
    struct mandate draft = draft_for(ctx, agent, MANDATE_AGENT);
    assert_true(date_add_days(ctx->today, 1, &draft.until));
    struct act_id id;
    struct mandate found_mandate;
    bool found = false;
    door_begin(ctx, place);
    MUST(ctx->arena, mandate_give(ctx, &draft, &id));
    REFUSED(mandate_give(ctx, &draft, &id), ERR_CONFLICT);
    door_commit(ctx);
    door_wait(ctx, place, DAY);
    door_begin(ctx, place);
    MUST(ctx->arena, mandate_find(ctx, agent, atlas, &found_mandate, &found));
    assert_true(found); /* on its last day */
    tx_rollback(ctx);
    door_wait(ctx, place, DAY);
    door_begin(ctx, place);
    MUST(ctx->arena, mandate_find(ctx, agent, atlas, &found_mandate, &found));
    assert_false(found);
    tx_rollback(ctx);

    const struct act_id again = give(ctx, place, agent, MANDATE_AGENT);
    ctx->user = door_as(ctx, place, other);
    door_begin(ctx, place);
    REFUSED(mandate_end(ctx, again, TEXT("")), ERR_FORBIDDEN);
    tx_rollback(ctx);
    ctx->user = door_as(ctx, place, manager);
    door_begin(ctx, place);
    MUST(ctx->arena, mandate_end(ctx, again, TEXT("left the company")));
    REFUSED(mandate_end(ctx, again, TEXT("")), ERR_WRONG_STATE);
    MUST(ctx->arena, mandate_find(ctx, agent, atlas, &found_mandate, &found));
    assert_false(found);
    door_commit(ctx);
}

static void
refuses_a_mandate_that_ends_before_it_begins(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    const struct account_id manager = door_account(ctx, place, "manager@example.ma");
    struct mandate draft = draft_for(ctx, manager, MANDATE_MANAGER);
    assert_true(date_add_days(ctx->today, -1, &draft.until));
    struct act_id id;
    door_begin(ctx, place);
    REFUSED(mandate_give(ctx, &draft, &id), ERR_INPUT);
    draft.until = draft.from;
    MUST(ctx->arena, mandate_give(ctx, &draft, &id));
    door_commit(ctx);
}

static void
a_session_acts_for_one_party_that_it_may_act_for(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    const struct account_id manager = door_account(ctx, place, "manager@example.ma");
    give(ctx, place, manager, MANDATE_MANAGER);
    const struct signed_in done = door_sign_in(ctx, place, "manager@example.ma", PASSWORD, "192.0.2.1");
    struct user user;
    assert_true(door_user(ctx, place, done.token, &user));
    assert_true(user.party.value == atlas.value); /* the only one */
    assert_true(user_has(&user, ROLE_APPLICANT));

    const struct party_id second = {.value = 30};
    struct mandate draft = draft_for(ctx, manager, MANDATE_AGENT);
    draft.party = second;
    struct act_id id;
    door_begin(ctx, place);
    MUST(ctx->arena, mandate_give(ctx, &draft, &id));
    door_commit(ctx);
    assert_true(door_user(ctx, place, done.token, &user));
    assert_true(user.party.value == 0 && user.mandates_count == 2); /* has to choose */
    ctx->user = &user;
    door_begin(ctx, place);
    REFUSED(session_choose_party(ctx, (struct party_id){31}), ERR_FORBIDDEN);
    MUST(ctx->arena, session_choose_party(ctx, second));
    door_commit(ctx);
    assert_true(door_user(ctx, place, done.token, &user));
    assert_true(user.party.value == second.value);
    door_begin(ctx, place);
    MUST(ctx->arena, mandate_end(ctx, id, TEXT("")));
    door_commit(ctx);
    assert_true(door_user(ctx, place, done.token, &user));
    assert_true(user.party.value == atlas.value); /* the ended one is not acted for */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        PLACE_TEST(refuses_a_second_account_for_an_e_mail),
        PLACE_TEST(keeps_the_person_out_of_the_body_of_the_act),
        PLACE_TEST(changes_names_and_refuses_the_e_mail_of_another),
        PLACE_TEST(forgets_who_was_erased),
        PLACE_TEST(gives_and_ends_roles),
        PLACE_TEST(keeps_apart_who_administers_who_pays_and_who_audits),
        PLACE_TEST(only_an_administrator_gives_roles),
        PLACE_TEST(lets_somebody_declare_himself_for_a_party_that_has_nobody),
        PLACE_TEST(staff_verify_a_mandate_and_nobody_his_own),
        PLACE_TEST(ends_a_mandate_by_its_manager_and_with_its_last_day),
        PLACE_TEST(refuses_a_mandate_that_ends_before_it_begins),
        PLACE_TEST(a_session_acts_for_one_party_that_it_may_act_for),
    };
    return PLACE_RUN(tests);
}
