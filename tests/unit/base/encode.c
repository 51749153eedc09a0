#include "base/encode.h"

#include <pthread.h>

#include "../unit.h"

static struct arena *arena;

static int
set_up(void **state)
{
    (void)state;
    arena = arena_new(10000000);
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void
hashes_the_published_test_vectors_of_sha_256(void **state)
{
    (void)state;
    ASSERT_TEXT(hash_to_hex(arena, hash_of_text(TEXT(""))),
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    ASSERT_TEXT(hash_to_hex(arena, hash_of(NULL, 0)),
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    ASSERT_TEXT(hash_to_hex(arena, hash_of("abc", 3)),
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    ASSERT_TEXT(hash_to_hex(arena, hash_of_text(TEXT("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))),
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void
parts_hash_as_if_written_one_behind_the_other(void **state)
{
    (void)state;
    const struct text parts[] = {TEXT("a"), TEXT(""), TEXT("bc")};
    assert_true(hash_equal(hash_of_parts(parts, 3), hash_of_text(TEXT("abc"))));
    assert_true(hash_equal(hash_of_parts(NULL, 0), hash_of_text(TEXT(""))));
    assert_false(hash_equal(hash_of_parts(parts, 2), hash_of_text(TEXT("abc"))));
}

static void *
hash_many(void *arg)
{
    bool *is_good = arg;
    const struct hash expected = hash_of_text(TEXT("abc"));
    for (int i = 0; i < 1000; i++) {
        *is_good = *is_good && hash_equal(hash_of_text(TEXT("abc")), expected);
    }
    return NULL;
}

static void
each_thread_hashes_for_itself(void **state)
{
    (void)state;
    pthread_t threads[4];
    bool are_good[4] = {true, true, true, true};
    for (int i = 0; i < 4; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, hash_many, &are_good[i]), 0);
    }
    for (int i = 0; i < 4; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_true(are_good[i]);
    }
}

static void
a_hash_reads_back_from_64_hexadecimal_digits_and_nothing_else(void **state)
{
    (void)state;
    const struct hash hash = hash_of_text(TEXT("film"));
    struct hash back = {{0}};
    assert_true(hash_from_hex(hash_to_hex(arena, hash), &back));
    assert_true(hash_equal(hash, back));
    const struct text hex = hash_to_hex(arena, hash);
    assert_false(hash_from_hex(text_slice(hex, 0, 63), &back));
    assert_false(hash_from_hex(text_slice(hex, 0, 62), &back));
    assert_false(hash_from_hex(text_printf(arena, "%.63sg", hex.at), &back));
    assert_false(hash_from_hex(text_printf(arena, "%.*s0", TEXT_ARG(hex)), &back));
    assert_true(hash_equal(hash, back));
}

static void
hexadecimal_goes_there_and_back_in_either_case(void **state)
{
    (void)state;
    ASSERT_TEXT(hex_encode(arena, "\x00\xff\x7f\x80", 4), "00ff7f80");
    ASSERT_TEXT(hex_encode(arena, "", 0), "");
    struct text back;
    assert_true(hex_decode(arena, TEXT("00FF7f80"), &back));
    assert_int_equal(back.len, 4);
    assert_memory_equal(back.at, "\x00\xff\x7f\x80", 4);
    assert_false(hex_decode(arena, TEXT("0"), &back));
    assert_false(hex_decode(arena, TEXT("0g"), &back));
    assert_false(hex_decode(arena, TEXT("0x"), &back));
    assert_false(hex_decode(arena, TEXT(" 0"), &back));
}

static void
base64_agrees_with_the_vectors_of_rfc_4648(void **state)
{
    (void)state;
    static const char *const vectors[][2] = {
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
        {"\xfb\xff\xbe", "+/++"},
    };
    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
        const struct text plain = text_of(vectors[i][0]);
        ASSERT_TEXT(base64_encode(arena, plain.at, plain.len), vectors[i][1]);
        struct text back;
        assert_true(base64_decode(arena, text_of(vectors[i][1]), &back));
        assert_true(text_equal(back, plain));
    }
}

static void
base64_of_every_length_and_byte_reads_back(void **state)
{
    (void)state;
    uint8_t bytes[300];
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (uint8_t)(i * 7 + i / 256);
    }
    for (size_t len = 0; len <= sizeof bytes; len++) {
        struct text back;
        assert_true(base64_decode(arena, base64_encode(arena, bytes, len), &back));
        assert_int_equal(back.len, len);
        assert_memory_equal(back.at, bytes, len);
    }
}

static void
base64_refuses_missing_padding_strange_characters_and_second_spellings(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "Z",    "Zg",     "Zg=",      "Zg===", "Z===", "====", "=",    "Zm9v=",    "Zm9vYg=",
        "Zm 9", "Zm9v\n", "Zg==Zg==", "Z=g=",  "Zh==", "Zm9=", "Zm-_", "Zm9v====", "\xc3\xa9==",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct text back = TEXT("untouched");
        if (base64_decode(arena, text_of(wrong[i]), &back)) {
            fail_msg("%s was read", wrong[i]);
        }
        ASSERT_TEXT(back, "untouched");
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hashes_the_published_test_vectors_of_sha_256),
        cmocka_unit_test(parts_hash_as_if_written_one_behind_the_other),
        cmocka_unit_test(each_thread_hashes_for_itself),
        cmocka_unit_test(a_hash_reads_back_from_64_hexadecimal_digits_and_nothing_else),
        cmocka_unit_test(hexadecimal_goes_there_and_back_in_either_case),
        cmocka_unit_test(base64_agrees_with_the_vectors_of_rfc_4648),
        cmocka_unit_test(base64_of_every_length_and_byte_reads_back),
        cmocka_unit_test(base64_refuses_missing_padding_strange_characters_and_second_spellings),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
