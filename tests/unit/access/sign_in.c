/* Signing in, in one step and in two, delays, sessions and the step-up, on both engines. */
#include <stdio.h>
#include <string.h>

#include "access/account.sql.h"
#include "access/session.sql.h"
#include "access/token.h"
#include "access/totp.h"
#include "base/limits.h"
#include "door.h"

#define EMAIL "souad@example.ma"
#define HERE "192.0.2.1"

static void
signs_in_with_e_mail_and_password(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    const struct account_id id = door_account(ctx, place, EMAIL);
    const struct signed_in done = door_sign_in(ctx, place, " Souad@Example.ma", PASSWORD, HERE);
    assert_int_equal(done.outcome, SIGN_IN_DONE);
    struct user user;
    assert_true(door_user(ctx, place, done.token, &user));
    assert_true(user.account.value == id.value);
    ASSERT_TEXT(user.name, "Souad Bennani");
    ASSERT_TEXT(user.email, EMAIL);
    assert_int_equal(user.roles, ROLE_PUBLIC | ROLE_SIGNED_IN);
    assert_false(user.second_factor);
    assert_true(csrf_check(done.token, user.csrf));
    ctx->lang = LANG_AR;
    assert_true(door_user(ctx, place, done.token, &user));
    ASSERT_TEXT(user.name, "سعاد بناني");
}

static void
answers_alike_to_a_wrong_password_and_an_unknown_account(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    door_account(ctx, place, EMAIL);
    const struct signed_in wrong = door_sign_in(ctx, place, EMAIL, "not the password", HERE);
    const struct signed_in nobody = door_sign_in(ctx, place, "nobody@example.ma", PASSWORD, HERE);
    const struct signed_in garbage = door_sign_in(ctx, place, "no e-mail", PASSWORD, HERE);
    assert_int_equal(wrong.outcome, SIGN_IN_WRONG);
    assert_int_equal(nobody.outcome, SIGN_IN_WRONG);
    assert_int_equal(garbage.outcome, SIGN_IN_WRONG);
    assert_int_equal(wrong.token.len, 0);
    assert_true(wrong.account.value == 0);
}

static void
stores_no_token_and_no_password_in_clear(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    const struct account_id id = door_account(ctx, place, EMAIL);
    const struct signed_in done = door_sign_in(ctx, place, EMAIL, PASSWORD, HERE);
    struct credential_row_row credential;
    struct session_row_row session;
    bool found = false;
    door_begin(ctx, place);
    MUST(ctx->arena, credential_row(ctx, id, &credential, &found));
    assert_true(text_starts(credential.password, TEXT("$argon2id$")));
    assert_null(memmem(credential.password.at, credential.password.len, PASSWORD, strlen(PASSWORD)));
    MUST(ctx->arena, session_row(ctx, hash_of_text(done.token), &session, &found));
    assert_true(found); /* by its hash, and the raw bytes are not the key */
    struct text raw;
    struct hash key;
    assert_true(hex_decode(ctx->arena, done.token, &raw));
    memcpy(key.bytes, raw.at, HASH_BYTES);
    MUST(ctx->arena, session_row(ctx, key, &session, &found));
    assert_false(found);
    door_commit(ctx);
}

static void
asks_for_the_second_factor_and_changes_the_token(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    const struct account_id id = door_officer(ctx, place, EMAIL, ROLE_OFFICER);
    const struct text secret = door_enrol(ctx, place, id);
    const struct signed_in first = door_sign_in(ctx, place, EMAIL, PASSWORD, HERE);
    assert_int_equal(first.outcome, SIGN_IN_SECOND_FACTOR);
    struct user user;
    assert_false(door_user(ctx, place, first.token, &user)); /* nobody is signed in yet */
    assert_int_equal(door_second_step(ctx, place, first.token, TEXT("000000")).outcome, SIGN_IN_WRONG);
    const struct signed_in done = door_second_step(ctx, place, first.token, door_code(place, secret));
    assert_int_equal(done.outcome, SIGN_IN_DONE);
    assert_false(text_equal(done.token, first.token));
    assert_false(door_user(ctx, place, first.token, &user));
    assert_true(door_user(ctx, place, done.token, &user));
    assert_true(user.second_factor);
    assert_true(user_has(&user, ROLE_OFFICER) && user_has(&user, ROLE_STAFF));
    assert_int_equal(door_second_step(ctx, place, done.token, door_code(place, secret)).outcome, SIGN_IN_OVER);
}

static void
takes_each_code_once(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    const struct account_id id = door_account(ctx, place, EMAIL);
    const struct text secret = door_enrol(ctx, place, id);
    const struct text code = door_code(place, secret);
    struct signed_in first = door_sign_in(ctx, place, EMAIL, PASSWORD, HERE);
    assert_int_equal(door_second_step(ctx, place, first.token, code).outcome, SIGN_IN_DONE);
    first = door_sign_in(ctx, place, EMAIL, PASSWORD, HERE);
    assert_int_equal(door_second_step(ctx, place, first.token, code).outcome, SIGN_IN_WRONG);
    door_wait(ctx, place, TOTP_STEP_MS);
    assert_int_equal(door_second_step(ctx, place, first.token, door_code(place, secret)).outcome, SIGN_IN_DONE);
}

static void
withholds_the_roles_of_the_Centre_without_a_second_factor(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    door_officer(ctx, place, EMAIL, ROLE_OFFICER);
    const struct signed_in done = door_sign_in(ctx, place, EMAIL, PASSWORD, HERE);
    struct user user;
    assert_true(door_user(ctx, place, done.token, &user));
    assert_false(user_has(&user, ROLE_OFFICER));
    assert_int_equal(user.withheld, ROLE_OFFICER | ROLE_STAFF);
}

static void
waits_longer_after_each_failure_of_an_account_and_clears_at_success(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    door_account(ctx, place, EMAIL);
    for (int i = 0; i < THROTTLE_FREE_ACCOUNT; i++) {
        assert_int_equal(door_sign_in(ctx, place, EMAIL, "not the password", HERE).outcome, SIGN_IN_WRONG);
    }
    int64_t last = 0;
    for (int i = 0; i < 12; i++) {
        assert_int_equal(door_sign_in(ctx, place, EMAIL, "not the password", "192.0.2.77").outcome, SIGN_IN_WRONG);
        const struct signed_in refused = door_sign_in(ctx, place, EMAIL, PASSWORD, "192.0.2.78");
        assert_int_equal(refused.outcome, SIGN_IN_WAIT); /* also with the right password, from anywhere */
        assert_true(refused.wait_ms > last || refused.wait_ms == THROTTLE_WAIT_MS_MAX);
        last = refused.wait_ms;
        door_wait(ctx, place, refused.wait_ms);
    }
    assert_true(last == THROTTLE_WAIT_MS_MAX);
    assert_int_equal(door_sign_in(ctx, place, EMAIL, PASSWORD, HERE).outcome, SIGN_IN_DONE);
    assert_int_equal(door_sign_in(ctx, place, EMAIL, "not the password", HERE).outcome, SIGN_IN_WRONG);
    assert_int_equal(door_sign_in(ctx, place, EMAIL, PASSWORD, HERE).outcome, SIGN_IN_DONE);
}

static void
waits_for_accounts_that_do_not_exist_too(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    for (int i = 0; i <= THROTTLE_FREE_ACCOUNT; i++) {
        assert_int_equal(door_sign_in(ctx, place, "nobody@ex.ma", PASSWORD, HERE).outcome, SIGN_IN_WRONG);
    }
    assert_int_equal(door_sign_in(ctx, place, "nobody@ex.ma", PASSWORD, HERE).outcome, SIGN_IN_WAIT);
}

static void
waits_when_one_address_tries_many_accounts(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    door_account(ctx, place, EMAIL);
    for (int i = 0; i <= THROTTLE_FREE_ADDRESS; i++) {
        char email[32];
        snprintf(email, sizeof email, "user%d@ex.ma", i);
        assert_int_equal(door_sign_in(ctx, place, email, PASSWORD, HERE).outcome, SIGN_IN_WRONG);
    }
    assert_int_equal(door_sign_in(ctx, place, EMAIL, PASSWORD, HERE).outcome, SIGN_IN_WAIT);
    assert_int_equal(door_sign_in(ctx, place, EMAIL, PASSWORD, "192.0.2.9").outcome, SIGN_IN_DONE);
}

static void
guesses_of_codes_are_not_cleared_by_the_password(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    const struct account_id id = door_account(ctx, place, EMAIL);
    const struct text secret = door_enrol(ctx, place, id);
    for (int i = 0; i <= THROTTLE_FREE_ACCOUNT; i++) {
        const struct signed_in first = door_sign_in(ctx, place, EMAIL, PASSWORD, HERE);
        assert_int_equal(first.outcome, SIGN_IN_SECOND_FACTOR);
        assert_int_equal(door_second_step(ctx, place, first.token, TEXT("123456")).outcome, SIGN_IN_WRONG);
    }
    const struct signed_in first = door_sign_in(ctx, place, EMAIL, PASSWORD, HERE);
    const struct signed_in refused = door_second_step(ctx, place, first.token, door_code(place, secret));
    assert_int_equal(refused.outcome, SIGN_IN_WAIT);
    door_wait(ctx, place, refused.wait_ms);
    assert_int_equal(door_second_step(ctx, place, first.token, door_code(place, secret)).outcome, SIGN_IN_DONE);
}

static void
ends_a_session_that_is_idle_and_one_that_is_old(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    door_account(ctx, place, EMAIL);
    struct signed_in done = door_sign_in(ctx, place, EMAIL, PASSWORD, HERE);
    struct user user;
    door_wait(ctx, place, SESSION_IDLE_MS - 1);
    assert_true(door_user(ctx, place, done.token, &user));
    assert_true(user.touch_due);
    struct session session;
    bool found = false;
    door_begin(ctx, place);
    MUST(ctx->arena, session_find(ctx, done.token, &session, &found));
    assert_true(found);
    door_wait(ctx, place, 1);
    MUST(ctx->arena, session_find(ctx, done.token, &session, &found));
    assert_false(found);
    tx_rollback(ctx);
    assert_false(door_user(ctx, place, done.token, &user));

    done = door_sign_in(ctx, place, EMAIL, PASSWORD, HERE);
    assert_true(door_user(ctx, place, done.token, &user));
    assert_false(user.touch_due);
    const int64_t opened = place->world.at_ms;
    while (place->world.at_ms + SESSION_IDLE_MS / 2 < opened + SESSION_WHOLE_MS) {
        door_wait(ctx, place, SESSION_IDLE_MS / 2);
        assert_true(door_user(ctx, place, done.token, &user));
        door_begin(ctx, place);
        MUST(ctx->arena, session_touch(ctx, user.session));
        door_commit(ctx);
    }
    place->world.at_ms = opened + SESSION_WHOLE_MS;
    assert_false(door_user(ctx, place, done.token, &user));
}

static void
ends_a_session_at_sign_out_and_others_by_choice(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    const struct account_id id = door_account(ctx, place, EMAIL);
    const struct account_id other = door_account(ctx, place, "other@example.ma");
    const struct signed_in one = door_sign_in(ctx, place, EMAIL, PASSWORD, HERE);
    const struct signed_in two = door_sign_in(ctx, place, EMAIL, PASSWORD, HERE);
    struct session *sessions = NULL;
    size_t count = 0;
    struct user user;
    assert_true(door_user(ctx, place, one.token, &user));
    door_begin(ctx, place);
    MUST(ctx->arena, sessions_list(ctx, id, &sessions, &count));
    assert_int_equal(count, 2);
    ASSERT_TEXT(sessions[0].agent, "a browser");
    door_commit(ctx);
    door_begin(ctx, place);
    REFUSED(session_end(ctx, other, sessions[0].id), ERR_NOT_FOUND); /* not his */
    MUST(ctx->arena, session_end(ctx, id, sessions[0].id));
    door_commit(ctx);
    assert_false(door_user(ctx, place, two.token, &user));
    assert_true(door_user(ctx, place, one.token, &user));
    door_begin(ctx, place);
    MUST(ctx->arena, sign_out(ctx, one.token));
    MUST(ctx->arena, sign_out(ctx, one.token)); /* twice is fine */
    door_commit(ctx);
    assert_false(door_user(ctx, place, one.token, &user));
}

static void
steps_up_for_some_minutes_with_a_new_token(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    const struct account_id id = door_officer(ctx, place, EMAIL, ROLE_OFFICER);
    const struct text secret = door_enrol(ctx, place, id);
    const struct signed_in first = door_sign_in(ctx, place, EMAIL, PASSWORD, HERE);
    struct signed_in done = door_second_step(ctx, place, first.token, door_code(place, secret));
    struct user user;
    assert_true(door_user(ctx, place, done.token, &user));
    assert_false(user_may_sign(&user, place->world.at_ms));
    ctx->user = &user;

    struct step_up step_up = {.code = door_code(place, secret)}; /* used at sign-in already */
    door_begin(ctx, place);
    struct signed_in stepped;
    MUST(ctx->arena, step_up_record(ctx, done.token, &step_up, &stepped));
    door_commit(ctx);
    assert_int_equal(stepped.outcome, SIGN_IN_WRONG);

    step_up = (struct step_up){.password = TEXT(PASSWORD)};
    MUST(ctx->arena, tx_begin(place->store, ctx, TX_READ));
    MUST(ctx->arena, step_up_check(ctx, &step_up));
    tx_rollback(ctx);
    door_begin(ctx, place);
    MUST(ctx->arena, step_up_record(ctx, done.token, &step_up, &stepped));
    door_commit(ctx);
    assert_int_equal(stepped.outcome, SIGN_IN_DONE);
    assert_false(door_user(ctx, place, done.token, &user));
    assert_true(door_user(ctx, place, stepped.token, &user));
    assert_true(user_may_sign(&user, place->world.at_ms));
    assert_true(user_may_sign(&user, place->world.at_ms + STEP_UP_MS - 1));
    assert_false(user_may_sign(&user, place->world.at_ms + STEP_UP_MS));

    step_up = (struct step_up){.password = TEXT("not the password")};
    MUST(ctx->arena, tx_begin(place->store, ctx, TX_READ));
    MUST(ctx->arena, step_up_check(ctx, &step_up));
    tx_rollback(ctx);
    assert_false(step_up.right);
}

static void
no_step_up_signs_without_a_second_factor(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    door_account(ctx, place, EMAIL);
    const struct signed_in done = door_sign_in(ctx, place, EMAIL, PASSWORD, HERE);
    struct user user;
    assert_true(door_user(ctx, place, done.token, &user));
    ctx->user = &user;
    const struct step_up step_up = {.password = TEXT(PASSWORD), .right = true};
    struct signed_in stepped;
    door_begin(ctx, place);
    MUST(ctx->arena, step_up_record(ctx, done.token, &step_up, &stepped));
    door_commit(ctx);
    assert_true(door_user(ctx, place, stepped.token, &user));
    assert_true(user.stepped_up_until_ms > place->world.at_ms);
    assert_false(user_may_sign(&user, place->world.at_ms));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        PLACE_TEST(signs_in_with_e_mail_and_password),
        PLACE_TEST(answers_alike_to_a_wrong_password_and_an_unknown_account),
        PLACE_TEST(stores_no_token_and_no_password_in_clear),
        PLACE_TEST(asks_for_the_second_factor_and_changes_the_token),
        PLACE_TEST(takes_each_code_once),
        PLACE_TEST(withholds_the_roles_of_the_Centre_without_a_second_factor),
        PLACE_TEST(waits_longer_after_each_failure_of_an_account_and_clears_at_success),
        PLACE_TEST(waits_for_accounts_that_do_not_exist_too),
        PLACE_TEST(waits_when_one_address_tries_many_accounts),
        PLACE_TEST(guesses_of_codes_are_not_cleared_by_the_password),
        PLACE_TEST(ends_a_session_that_is_idle_and_one_that_is_old),
        PLACE_TEST(ends_a_session_at_sign_out_and_others_by_choice),
        PLACE_TEST(steps_up_for_some_minutes_with_a_new_token),
        PLACE_TEST(no_step_up_signs_without_a_second_factor),
    };
    return PLACE_RUN(tests);
}
