/* What acts made of accounts, roles, mandates and delegations comes out of a replay as it was, after an erasure too,
 * and what is not official is left alone. On both engines. */
#include "acts/rebuild.h"

#include "access/account.sql.h"
#include "access/appointment.h"
#include "access/delegation.h"
#include "access/mandate.h"
#include "door.h"

/* Somebody of each kind, one of them erased. */
static void
live(struct ctx *ctx, struct place *place)
{
    const struct account_id director = door_account(ctx, place, "director@example.ma");
    const struct account_id officer = door_officer(ctx, place, "officer@example.ma", ROLE_OFFICER);
    const struct account_id manager = door_account(ctx, place, "manager@example.ma");
    const struct account_id gone = door_officer(ctx, place, "gone@example.ma", ROLE_MEMBER);
    struct delegation_line covers[] = {{TEXT("production_licence"), TEXT("grant")}};
    const struct appointment appointment = {.account = director,
                                            .office = OFFICE_DIRECTOR,
                                            .from = ctx->today,
                                            .until = DATE_NONE,
                                            .basis_number = TEXT("2.25.17"),
                                            .basis_day = ctx->today};
    const struct delegation delegation = {.delegate = officer,
                                          .delegator = director,
                                          .number = TEXT("12/26"),
                                          .signed_on = ctx->today,
                                          .from = ctx->today,
                                          .until = ctx->today,
                                          .published_on = DATE_NONE,
                                          .lines = covers,
                                          .lines_count = 1};
    const struct mandate mandate = {
        .account = manager, .party = {7}, .role = MANDATE_MANAGER, .from = ctx->today, .until = DATE_NONE};
    struct account renamed = {.id = manager, .email = TEXT("new@example.ma"), .name_latin = TEXT("New Name")};
    struct act_id id;
    struct act act;
    door_begin(ctx, place);
    MUST(ctx->arena, appointment_make(ctx, &appointment, &id));
    MUST(ctx->arena, delegation_give(ctx, &delegation, &id));
    MUST(ctx->arena, delegation_publish(ctx, id, ctx->today, TEXT("BO 7400")));
    MUST(ctx->arena, delegation_end(ctx, id, TEXT("moved")));
    MUST(ctx->arena, mandate_give(ctx, &mandate, &id));
    MUST(ctx->arena, account_change(ctx, &renamed));
    MUST(ctx->arena, role_end(ctx, officer, ROLE_OFFICER));
    MUST(ctx->arena, account_disable(ctx, officer, TEXT("left")));
    MUST(ctx->arena, act_erase_person(ctx, account_subject(ctx->arena, gone), TEXT("schedule 3"), &act));
    door_commit(ctx);
}

static void
replays_to_the_same_tables_and_keeps_the_secrets(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    live(ctx, place);
    struct rebuild_report report;
    struct credential_row_row credential;
    bool found = false;
    door_begin(ctx, place);
    MUST(ctx->arena, acts_rebuild(ctx, &report));
    assert_true(report.tables_count >= 7);
    assert_int_equal(report.changed, 0);
    MUST(ctx->arena, credential_row(ctx, (struct account_id){1}, &credential, &found));
    assert_true(found && credential.password.len > 0);
    door_commit(ctx);
    assert_int_equal(door_sign_in(ctx, place, "director@example.ma", PASSWORD, "192.0.2.1").outcome, SIGN_IN_DONE);
    assert_int_equal(door_sign_in(ctx, place, "gone@example.ma", PASSWORD, "192.0.2.1").outcome, SIGN_IN_WRONG);
}

static void
names_a_role_that_no_act_gave(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    live(ctx, place);
    place_script(place, "INSERT INTO role_held (act, account, role, from_day) VALUES (99, 3, 'officer', '2026-01-01')");
    struct rebuild_report report;
    door_begin(ctx, place);
    MUST(ctx->arena, acts_rebuild(ctx, &report));
    assert_int_equal(report.changed, 1);
    tx_rollback(ctx);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        PLACE_TEST(replays_to_the_same_tables_and_keeps_the_secrets),
        PLACE_TEST(names_a_role_that_no_act_gave),
    };
    return PLACE_RUN(tests);
}
