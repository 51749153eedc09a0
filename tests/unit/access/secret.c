/* Codes, tokens, passwords and what a person types: what needs no database. */
#include <string.h>

#include "access/account.h"
#include "access/password.h"
#include "access/throttle.h"
#include "access/token.h"
#include "access/totp.h"
#include "base/world.h"
#include "unit.h"

static struct arena *arena;

static int
setup(void **state)
{
    (void)state;
    arena = arena_new(16 * 1024 * 1024);
    return 0;
}

static int
teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void
gives_the_codes_of_RFC_6238(void **state)
{
    (void)state;
    static const struct {
        int64_t second;
        const char *code;
    } vectors[] = {
        {59, "94287082"},         {1111111109, "07081804"}, {1111111111, "14050471"},
        {1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"},
    };
    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
        ASSERT_TEXT(totp_code(arena, TEXT("12345678901234567890"), vectors[i].second / 30, 8), vectors[i].code);
    }
}

static void
takes_a_code_one_step_early_or_late_and_not_two(void **state)
{
    (void)state;
    const struct text secret = TEXT("12345678901234567890");
    const int64_t now = INT64_C(1795262400000);
    int64_t step = 0;
    for (int64_t off = -1; off <= 1; off++) {
        const struct text code = totp_code(arena, secret, now / TOTP_STEP_MS + off, TOTP_DIGITS);
        assert_true(totp_check(secret, code, now, 0, &step));
        assert_true(step == now / TOTP_STEP_MS + off);
    }
    assert_false(totp_check(secret, totp_code(arena, secret, now / TOTP_STEP_MS - 2, 6), now, 0, &step));
    assert_false(totp_check(secret, totp_code(arena, secret, now / TOTP_STEP_MS + 2, 6), now, 0, &step));
}

static void
refuses_a_step_that_was_used(void **state)
{
    (void)state;
    const struct text secret = TEXT("12345678901234567890");
    const int64_t now = INT64_C(1795262400000);
    const struct text code = totp_code(arena, secret, now / TOTP_STEP_MS, 6);
    int64_t step = 0;
    assert_true(totp_check(secret, code, now, now / TOTP_STEP_MS - 1, &step));
    assert_false(totp_check(secret, code, now, now / TOTP_STEP_MS, &step));
}

static void
reads_codes_in_Arabic_digits_and_with_spaces(void **state)
{
    (void)state;
    const struct text secret = TEXT("12345678901234567890");
    int64_t step = 0;
    /* second 59: 287082 */
    assert_true(totp_check(secret, TEXT("287 082"), 59000, 0, &step));
    assert_true(totp_check(secret, TEXT("٢٨٧٠٨٢"), 59000, 0, &step));
    assert_true(totp_check(secret, TEXT("۲۸۷۰۸۲"), 59000, 0, &step));
    assert_false(totp_check(secret, TEXT("28708"), 59000, 0, &step));
    assert_false(totp_check(secret, TEXT("2870820"), 59000, 0, &step));
    assert_false(totp_check(secret, TEXT(""), 59000, 0, &step));
    assert_false(totp_check(secret, TEXT("------"), 59000, 0, &step));
    assert_false(totp_check(secret, TEXT("\xFF\xFE"), 59000, 0, &step));
}

static void
writes_the_address_that_an_application_scans(void **state)
{
    (void)state;
    ASSERT_TEXT(totp_url(arena, TEXT("markaz"), TEXT("a+b@example.ma"), TEXT("12345678901234567890")),
                "otpauth://totp/markaz:a%2Bb%40example.ma?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=markaz"
                "&algorithm=SHA1&digits=6&period=30");
}

static void
writes_base32_as_RFC_4648_without_padding(void **state)
{
    (void)state;
    ASSERT_TEXT(base32_encode(arena, TEXT("")), "");
    ASSERT_TEXT(base32_encode(arena, TEXT("f")), "MY");
    ASSERT_TEXT(base32_encode(arena, TEXT("fo")), "MZXQ");
    ASSERT_TEXT(base32_encode(arena, TEXT("foo")), "MZXW6");
    ASSERT_TEXT(base32_encode(arena, TEXT("foobar")), "MZXW6YTBOI");
}

static void
makes_tokens_that_differ_and_form_tokens_that_belong_to_them(void **state)
{
    (void)state;
    struct fake_world world;
    fake_world_init(&world, 0, 7);
    struct ctx ctx = {.arena = arena, .world = &world.world};
    const struct text one = token_new(&ctx);
    const struct text other = token_new(&ctx);
    assert_int_equal(one.len, 64);
    assert_false(text_equal(one, other));
    const struct text form = csrf_token(arena, one);
    assert_false(text_equal(form, one));
    assert_true(csrf_check(one, form));
    assert_false(csrf_check(other, form));
    assert_false(csrf_check(one, TEXT("")));
    assert_false(csrf_check(TEXT(""), csrf_token(arena, TEXT(""))));
    struct hash hash;
    assert_false(token_hash(TEXT("short"), &hash));
}

static void
reads_recovery_codes_as_people_type_them(void **state)
{
    (void)state;
    struct fake_world world;
    fake_world_init(&world, 0, 7);
    struct ctx ctx = {.arena = arena, .world = &world.world};
    const struct text code = recovery_code_new(&ctx);
    assert_int_equal(code.len, 19);
    struct hash right;
    struct hash typed;
    assert_true(recovery_code_hash(code, &right));
    char lower[20] = {0};
    for (size_t i = 0; i < code.len; i++) {
        const char c = code.at[i] == '-' ? ' ' : code.at[i];
        lower[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    assert_true(recovery_code_hash(text_of(lower), &typed));
    assert_true(hash_equal(right, typed));
    assert_false(recovery_code_hash(text_slice(code, 0, 18), &typed));
    assert_false(recovery_code_hash(TEXT("ABCD-EFGH-IJKL-MN01"), &typed));
}

static void
wants_long_passwords_and_no_composition(void **state)
{
    (void)state;
    const struct text email = TEXT("souad@example.ma");
    assert_null(password_fault(TEXT("only small letters"), email));
    assert_null(password_fault(TEXT("كلمة سر طويلة"), email));
    assert_string_equal(password_fault(TEXT("elevenchars"), email), "fault.password.short");
    assert_null(password_fault(TEXT("twelve chars"), email));
    char longest[130];
    memset(longest, 'a', sizeof longest);
    longest[0] = 'b';
    assert_null(password_fault((struct text){longest, 128}, email));
    assert_string_equal(password_fault((struct text){longest, 129}, email), "fault.password.long");
}

static void
refuses_passwords_that_everybody_tries_first(void **state)
{
    (void)state;
    const struct text email = TEXT("souad@example.ma");
    assert_string_equal(password_fault(TEXT("Password1234"), email), "fault.password.common");
    assert_string_equal(password_fault(TEXT("aaaaaaaaaaaa"), email), "fault.password.common");
    assert_string_equal(password_fault(TEXT("Souad@example.ma"), email), "fault.password.email");
    assert_string_equal(password_fault(TEXT("\xFF\xFFxxxxxxxxxxxxx"), email), "fault.password.text");
}

static void
verifies_its_own_hashes_and_no_other_password(void **state)
{
    (void)state;
    password_cost = (struct password_cost){.passes = 1, .memory_bytes = 8192};
    struct fake_world world;
    fake_world_init(&world, 0, 7);
    struct ctx ctx = {.arena = arena, .world = &world.world};
    struct text hash;
    struct text again;
    MUST(arena, password_hash(&ctx, TEXT("the sea at night"), &hash));
    MUST(arena, password_hash(&ctx, TEXT("the sea at night"), &again));
    assert_false(text_equal(hash, again));
    assert_true(text_starts(hash, TEXT("$argon2id$v=19$m=8,t=1,p=1$")));
    bool right = false;
    MUST(arena, password_verify(&ctx, TEXT("the sea at night"), hash, &right));
    assert_true(right);
    MUST(arena, password_verify(&ctx, TEXT("the sea at noon"), hash, &right));
    assert_false(right);
    MUST(arena, password_verify(&ctx, TEXT("the sea at night"), TEXT(""), &right));
    assert_false(right);
}

static void
reads_addresses_of_e_mail(void **state)
{
    (void)state;
    struct text email;
    assert_true(email_normalise(arena, TEXT("  Souad.B+film@Example.MA "), &email));
    ASSERT_TEXT(email, "souad.b+film@example.ma");
    static const char *const wrong[] = {"",        "souad",       "@example.ma",     "souad@",         "souad@example",
                                        "a@b..c",  "a..b@ex.ma",  ".a@ex.ma",        "a.@ex.ma",       "a b@ex.ma",
                                        "a@-x.ma", "a@ex.ma@b.c", "s\xC3\xA9@ex.ma", "a@ex.ma\nBcc:x", "a@ex.ma."};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        if (email_normalise(arena, text_of(wrong[i]), &email)) {
            fail_msg("took \"%s\"", wrong[i]);
        }
    }
}

static void
says_all_faults_of_a_form_at_once(void **state)
{
    (void)state;
    struct form_faults faults = {0};
    struct person_form form = {.email = TEXT("x"),
                               .name_ar = TEXT("Souad"),
                               .name_latin = TEXT("Souad\xE2\x80\xAE"),
                               .password = TEXT("short")};
    person_check(arena, &form, &faults);
    assert_int_equal(faults.count, 4);
    assert_string_equal(faults.items[0].message, "fault.email");
    assert_string_equal(faults.items[1].message, "fault.name.script");
    assert_string_equal(faults.items[2].message, "fault.name.hidden");
    assert_string_equal(faults.items[3].message, "fault.password.short");
}

static void
takes_a_name_in_one_script_or_in_both(void **state)
{
    (void)state;
    struct form_faults faults = {0};
    struct person_form form = {
        .email = TEXT("s@ex.ma"), .name_ar = TEXT(" سعاد بناني "), .password = TEXT("the sea at night")};
    person_check(arena, &form, &faults);
    assert_int_equal(faults.count, 0);
    ASSERT_TEXT(form.name_ar, "سعاد بناني");
    form.name_ar = TEXT("");
    person_check(arena, &form, &faults);
    assert_int_equal(faults.count, 1);
    assert_string_equal(faults.items[0].message, "fault.name.missing");
}

static void
counts_addresses_of_one_household_together(void **state)
{
    (void)state;
    const struct text one = throttle_key_address(arena, TEXT("2001:db8:1:2:3::1"));
    assert_true(text_equal(one, throttle_key_address(arena, TEXT("2001:db8:1:2:ffff::9"))));
    assert_false(text_equal(one, throttle_key_address(arena, TEXT("2001:db8:1:3::1"))));
    assert_false(
        text_equal(throttle_key_address(arena, TEXT("192.0.2.1")), throttle_key_address(arena, TEXT("192.0.2.2"))));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(gives_the_codes_of_RFC_6238, setup, teardown),
        cmocka_unit_test_setup_teardown(takes_a_code_one_step_early_or_late_and_not_two, setup, teardown),
        cmocka_unit_test_setup_teardown(refuses_a_step_that_was_used, setup, teardown),
        cmocka_unit_test_setup_teardown(reads_codes_in_Arabic_digits_and_with_spaces, setup, teardown),
        cmocka_unit_test_setup_teardown(writes_the_address_that_an_application_scans, setup, teardown),
        cmocka_unit_test_setup_teardown(writes_base32_as_RFC_4648_without_padding, setup, teardown),
        cmocka_unit_test_setup_teardown(makes_tokens_that_differ_and_form_tokens_that_belong_to_them, setup, teardown),
        cmocka_unit_test_setup_teardown(reads_recovery_codes_as_people_type_them, setup, teardown),
        cmocka_unit_test_setup_teardown(wants_long_passwords_and_no_composition, setup, teardown),
        cmocka_unit_test_setup_teardown(refuses_passwords_that_everybody_tries_first, setup, teardown),
        cmocka_unit_test_setup_teardown(verifies_its_own_hashes_and_no_other_password, setup, teardown),
        cmocka_unit_test_setup_teardown(reads_addresses_of_e_mail, setup, teardown),
        cmocka_unit_test_setup_teardown(says_all_faults_of_a_form_at_once, setup, teardown),
        cmocka_unit_test_setup_teardown(takes_a_name_in_one_script_or_in_both, setup, teardown),
        cmocka_unit_test_setup_teardown(counts_addresses_of_one_household_together, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
