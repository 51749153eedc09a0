/* The second factor, recovery codes, sign-up, lost and changed passwords, disabled accounts, on both engines. */
#include "access/access_log.h"
#include "access/account.sql.h"
#include "access/second_factor.h"
#include "access/session.sql.h"
#include "access/sign_up.h"
#include "base/limits.h"
#include "door.h"

#define EMAIL "souad@example.ma"
#define HERE "192.0.2.1"

static void
takes_up_a_second_factor_with_its_first_code(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    const struct account_id id = door_officer(ctx, place, EMAIL, ROLE_OFFICER);
    const struct signed_in other = door_sign_in(ctx, place, EMAIL, PASSWORD, HERE);
    const struct signed_in done = door_sign_in(ctx, place, EMAIL, PASSWORD, HERE);
    struct user user;
    assert_true(door_user(ctx, place, done.token, &user));
    ctx->user = &user;
    struct factor_offer offer;
    struct recovery_codes codes = {0};
    struct text token;
    bool right = true;
    door_begin(ctx, place);
    MUST(ctx->arena, factor_offer(ctx, TEXT("markaz"), &offer));
    MUST(ctx->arena, factor_accept(ctx, done.token, TEXT("000000"), &codes, &token, &right));
    assert_false(right);
    struct credential_row_row credential;
    bool found = false;
    MUST(ctx->arena, credential_row(ctx, id, &credential, &found));
    assert_int_equal(credential.totp_secret.len, 0); /* offered is not in force */
    MUST(ctx->arena, factor_accept(ctx, done.token, door_code(place, credential.totp_pending), &codes, &token, &right));
    assert_true(right);
    door_commit(ctx);
    assert_int_equal(codes.count, RECOVERY_CODES);
    assert_false(door_user(ctx, place, other.token, &user)); /* the others ended */
    assert_false(door_user(ctx, place, done.token, &user));
    assert_true(door_user(ctx, place, token, &user));
    assert_true(user_has(&user, ROLE_OFFICER));

    /* a recovery code opens the door once, also typed in small letters */
    struct signed_in first = door_sign_in(ctx, place, EMAIL, PASSWORD, HERE);
    assert_int_equal(door_second_step(ctx, place, first.token, codes.items[3]).outcome, SIGN_IN_DONE);
    first = door_sign_in(ctx, place, EMAIL, PASSWORD, HERE);
    assert_int_equal(door_second_step(ctx, place, first.token, codes.items[3]).outcome, SIGN_IN_WRONG);
    int64_t left = 0;
    door_begin(ctx, place);
    MUST(ctx->arena, recovery_codes_left(ctx, id, &left));
    assert_true(left == RECOVERY_CODES - 1);
    user.stepped_up_until_ms = 0;
    REFUSED(recovery_codes_renew(ctx, &codes), ERR_STEP_UP);
    user.stepped_up_until_ms = place->world.at_ms + 1;
    const struct text old = codes.items[5];
    MUST(ctx->arena, recovery_codes_renew(ctx, &codes));
    door_commit(ctx);
    assert_int_equal(door_second_step(ctx, place, first.token, old).outcome, SIGN_IN_WRONG);
}

static void
an_administrator_resets_a_lost_second_factor_and_leaves_a_trace(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    const struct account_id id = door_officer(ctx, place, EMAIL, ROLE_OFFICER);
    const struct account_id chief = door_officer(ctx, place, "chief@example.ma", ROLE_ADMINISTRATOR);
    door_enrol(ctx, place, id);
    ctx->user = door_as(ctx, place, id);
    door_begin(ctx, place);
    REFUSED(second_factor_reset(ctx, chief, TEXT("lost")), ERR_FORBIDDEN); /* an officer may not */
    ctx->user = NULL;
    door_commit(ctx);
    ctx->user = door_as(ctx, place, chief);
    door_begin(ctx, place);
    REFUSED(second_factor_reset(ctx, chief, TEXT("lost")), ERR_FORBIDDEN); /* not his own */
    REFUSED(second_factor_reset(ctx, id, TEXT(" ")), ERR_INPUT);
    struct act_id before;
    struct act_id after;
    MUST(ctx->arena, act_last(ctx, &before));
    MUST(ctx->arena, second_factor_reset(ctx, id, TEXT("telephone lost, identity card seen")));
    MUST(ctx->arena, act_last(ctx, &after));
    assert_true(after.value == before.value + 1);
    struct act act;
    MUST(ctx->arena, act_get(ctx, after, &act));
    ASSERT_TEXT(act.kind, "second_factor_reset");
    door_commit(ctx);
    assert_int_equal(door_sign_in(ctx, place, EMAIL, PASSWORD, HERE).outcome, SIGN_IN_DONE);
}

static void
opens_an_account_only_when_the_e_mail_is_confirmed(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    struct person_form form = {.email = TEXT("New@Example.ma"),
                               .name_latin = TEXT("Nadia Idrissi"),
                               .password = TEXT(PASSWORD),
                               .lang = LANG_FR};
    struct form_faults faults = {0};
    struct text hash = {0};
    MUST(ctx->arena, sign_up_check(ctx, &form, &faults, &hash));
    assert_int_equal(faults.count, 0);
    struct text token;
    door_begin(ctx, place);
    MUST(ctx->arena, sign_up_record(ctx, &form, hash, &token));
    struct act_id last;
    MUST(ctx->arena, act_last(ctx, &last));
    assert_true(last.value == 0); /* no act yet */
    door_commit(ctx);
    assert_int_equal(door_sign_in(ctx, place, "new@example.ma", PASSWORD, HERE).outcome, SIGN_IN_WRONG);
    struct account_id id;
    bool found = true;
    door_begin(ctx, place);
    MUST(ctx->arena, sign_up_confirm(ctx, TEXT("x"), &id, &found));
    assert_false(found);
    MUST(ctx->arena, sign_up_confirm(ctx, token, &id, &found));
    assert_true(found);
    MUST(ctx->arena, sign_up_confirm(ctx, token, &id, &found)); /* the link is good once */
    assert_false(found);
    struct account account;
    MUST(ctx->arena, account_get(ctx, id, &account));
    ASSERT_TEXT(account.name_latin, "Nadia Idrissi");
    assert_null(account.name_ar.at);
    MUST(ctx->arena, sign_up_record(ctx, &form, hash, &token)); /* again: no token, the same page */
    assert_int_equal(token.len, 0);
    door_commit(ctx);
    const struct signed_in done = door_sign_in(ctx, place, "new@example.ma", PASSWORD, HERE);
    assert_int_equal(done.outcome, SIGN_IN_DONE);
    struct user user;
    assert_true(door_user(ctx, place, done.token, &user));
    assert_int_equal(user.lang, LANG_FR);
}

static void
forgets_a_sign_up_that_is_late(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    const struct person_form form = {.email = TEXT("new@example.ma"), .name_latin = TEXT("Nadia")};
    struct text token;
    struct account_id id;
    bool found = true;
    door_begin(ctx, place);
    MUST(ctx->arena, sign_up_record(ctx, &form, TEXT("hash"), &token));
    door_wait(ctx, place, SIGN_UP_MS);
    MUST(ctx->arena, sign_up_confirm(ctx, token, &id, &found));
    assert_false(found);
    MUST(ctx->arena, access_sweep(ctx));
    struct sign_up_row_row row;
    door_wait(ctx, place, 1);
    MUST(ctx->arena, access_sweep(ctx));
    MUST(ctx->arena, sign_up_row(ctx, hash_of_text(token), &row, &found));
    assert_false(found);
    door_commit(ctx);
}

static void
resets_a_password_by_e_mail_and_ends_the_sessions(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    const struct account_id id = door_account(ctx, place, EMAIL);
    const struct text secret = door_enrol(ctx, place, id);
    const struct signed_in old = door_sign_in(ctx, place, EMAIL, PASSWORD, HERE);
    struct text token;
    struct text nobody;
    door_begin(ctx, place);
    MUST(ctx->arena, password_reset_ask(ctx, TEXT("nobody@example.ma"), TEXT(HERE), &nobody));
    assert_int_equal(nobody.len, 0);
    MUST(ctx->arena, password_reset_ask(ctx, TEXT(EMAIL), TEXT(HERE), &token));
    assert_int_equal(token.len, 64);
    door_commit(ctx);
    struct form_faults faults = {0};
    struct text hash = {0};
    bool found = false;
    MUST(ctx->arena, tx_begin(place->store, ctx, TX_READ));
    MUST(ctx->arena, password_reset_check(ctx, token, TEXT("short"), &faults, &hash, &found));
    assert_true(found && faults.count == 1);
    faults.count = 0;
    MUST(ctx->arena, password_reset_check(ctx, token, TEXT("another sea at night"), &faults, &hash, &found));
    assert_true(found && faults.count == 0);
    tx_rollback(ctx);
    door_begin(ctx, place);
    MUST(ctx->arena, password_reset_record(ctx, token, hash, &found));
    assert_true(found);
    MUST(ctx->arena, password_reset_record(ctx, token, hash, &found));
    assert_false(found); /* once */
    door_commit(ctx);
    assert_int_equal(door_second_step(ctx, place, old.token, door_code(place, secret)).outcome, SIGN_IN_OVER);
    assert_int_equal(door_sign_in(ctx, place, EMAIL, PASSWORD, HERE).outcome, SIGN_IN_WRONG);
    const struct signed_in new = door_sign_in(ctx, place, EMAIL, "another sea at night", HERE);
    assert_int_equal(new.outcome, SIGN_IN_SECOND_FACTOR); /* the second factor stays */
}

static void
refuses_a_reset_that_is_late(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    door_account(ctx, place, EMAIL);
    struct text token;
    bool found = true;
    door_begin(ctx, place);
    MUST(ctx->arena, password_reset_ask(ctx, TEXT(EMAIL), TEXT(HERE), &token));
    door_wait(ctx, place, PASSWORD_RESET_MS);
    MUST(ctx->arena, password_reset_record(ctx, token, TEXT("hash"), &found));
    assert_false(found);
    door_commit(ctx);
}

static void
changes_a_password_for_who_knows_the_old_one(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    door_account(ctx, place, EMAIL);
    const struct signed_in other = door_sign_in(ctx, place, EMAIL, PASSWORD, HERE);
    const struct signed_in done = door_sign_in(ctx, place, EMAIL, PASSWORD, HERE);
    struct user user;
    assert_true(door_user(ctx, place, done.token, &user));
    ctx->user = &user;
    struct form_faults faults = {0};
    struct text hash = {0};
    MUST(ctx->arena, tx_begin(place->store, ctx, TX_READ));
    MUST(ctx->arena, password_change_check(ctx, TEXT("wrong"), TEXT("short"), &faults, &hash));
    assert_int_equal(faults.count, 2);
    faults.count = 0;
    MUST(ctx->arena, password_change_check(ctx, TEXT(PASSWORD), TEXT(PASSWORD), &faults, &hash));
    assert_int_equal(faults.count, 1);
    faults.count = 0;
    MUST(ctx->arena, password_change_check(ctx, TEXT(PASSWORD), TEXT("another sea at night"), &faults, &hash));
    assert_int_equal(faults.count, 0);
    tx_rollback(ctx);
    struct text token;
    door_begin(ctx, place);
    MUST(ctx->arena, password_change_record(ctx, done.token, hash, &token));
    door_commit(ctx);
    assert_false(door_user(ctx, place, done.token, &user));
    assert_false(door_user(ctx, place, other.token, &user));
    assert_true(door_user(ctx, place, token, &user));
}

static void
a_disabled_account_is_out_at_once(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    const struct account_id id = door_account(ctx, place, EMAIL);
    const struct signed_in done = door_sign_in(ctx, place, EMAIL, PASSWORD, HERE);
    struct user user;
    door_begin(ctx, place);
    MUST(ctx->arena, account_disable(ctx, id, TEXT("left")));
    REFUSED(account_disable(ctx, id, TEXT("left")), ERR_WRONG_STATE);
    door_commit(ctx);
    assert_false(door_user(ctx, place, done.token, &user));
    assert_int_equal(door_sign_in(ctx, place, EMAIL, PASSWORD, HERE).outcome, SIGN_IN_DISABLED);
    assert_int_equal(door_sign_in(ctx, place, EMAIL, "not the password", HERE).outcome, SIGN_IN_WRONG);
    door_begin(ctx, place);
    MUST(ctx->arena, account_enable(ctx, id, TEXT("back")));
    door_commit(ctx);
    assert_int_equal(door_sign_in(ctx, place, EMAIL, PASSWORD, HERE).outcome, SIGN_IN_DONE);
}

static void
writes_down_who_was_refused_and_who_read(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    const struct account_id id = door_account(ctx, place, EMAIL);
    struct access_entry *entries = NULL;
    size_t count = 0;
    door_begin(ctx, place);
    MUST(ctx->arena, access_log_add(ctx, ACCESS_REFUSED, id, TEXT("route:/accounts"), TEXT("role"), TEXT(HERE)));
    MUST(ctx->arena, access_log_add(ctx, ACCESS_READ, id, TEXT("account:9"), TEXT("dossier:4"), TEXT(HERE)));
    MUST(ctx->arena,
         access_log_add(ctx, ACCESS_REFUSED, (struct account_id){0}, TEXT("account:9"), TEXT("role"), TEXT("")));
    MUST(ctx->arena, access_log_of_subject(ctx, TEXT("account:9"), 0, &entries, &count));
    assert_int_equal(count, 2);
    ASSERT_TEXT(entries[0].event, "refused");
    ASSERT_TEXT(entries[1].event, "read");
    assert_true(entries[0].account.value == 0 && entries[1].account.value == id.value);
    MUST(ctx->arena, access_log_of_account(ctx, id, 0, &entries, &count));
    assert_int_equal(count, 2);
    door_commit(ctx);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        PLACE_TEST(takes_up_a_second_factor_with_its_first_code),
        PLACE_TEST(an_administrator_resets_a_lost_second_factor_and_leaves_a_trace),
        PLACE_TEST(opens_an_account_only_when_the_e_mail_is_confirmed),
        PLACE_TEST(forgets_a_sign_up_that_is_late),
        PLACE_TEST(resets_a_password_by_e_mail_and_ends_the_sessions),
        PLACE_TEST(refuses_a_reset_that_is_late),
        PLACE_TEST(changes_a_password_for_who_knows_the_old_one),
        PLACE_TEST(a_disabled_account_is_out_at_once),
        PLACE_TEST(writes_down_who_was_refused_and_who_read),
    };
    return PLACE_RUN(tests);
}
