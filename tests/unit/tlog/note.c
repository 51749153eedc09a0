#include "tlog/note.h"

#include <string.h>

#include "tlog/checkpoint.h"
#include "tlog/proof.h"
#include "unit.h"

static struct arena *arena;

/* The example of the specification's first implementation (golang.org/x/mod/sumdb/note). */
static const char KEY[] = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
static const char SECRET[] = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
static const char TEXT_SIGNED[] =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
static const char LINE[] =
    "\xE2\x80\x94 PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

static struct text
joined(const char *a, const char *b, const char *c)
{
    return text_printf(arena, "%s%s%s", a, b, c);
}

static void
signs_and_verifies_as_other_implementations_do(void **state)
{
    (void)state;
    struct note_secret secret;
    struct note_key key;
    struct note note;
    assert_true(note_secret_parse(arena, text_of(SECRET), &secret));
    ASSERT_TEXT(note_secret_print(arena, &secret), SECRET);
    ASSERT_TEXT(note_key_print(arena, &secret.key), KEY);
    ASSERT_TEXT(note_sign(arena, &secret, text_of(TEXT_SIGNED), 0), LINE);
    assert_true(note_key_parse(arena, text_of(KEY), &key));
    MUST(arena, note_parse(arena, joined(TEXT_SIGNED, "\n", LINE), &note));
    ASSERT_TEXT(note.text, TEXT_SIGNED);
    assert_true(note_verify(arena, &note, &key, NULL));
}

static void
refuses_a_note_that_was_changed(void **state)
{
    (void)state;
    struct note_key key;
    assert_true(note_key_parse(arena, text_of(KEY), &key));
    const struct text bytes = joined(TEXT_SIGNED, "\n", LINE);
    for (size_t i = 0; i < bytes.len; i++) {
        struct note note;
        char *changed = arena_copy(arena, bytes.at, bytes.len);
        changed[i] ^= 1;
        const struct err *err = note_parse(arena, (struct text){.at = changed, .len = bytes.len}, &note);
        if (err == NULL && note_verify(arena, &note, &key, NULL)) {
            fail_msg("byte %zu was changed and the note verifies", i);
        }
    }
}

static void
refuses_what_is_no_note_and_no_key(void **state)
{
    (void)state;
    static const char *const notes[] = {"",
                                        "\n",
                                        "\n\n",
                                        "text\n",
                                        "text\n\n",
                                        "text\n\nno signature\n",
                                        "text\n\n\xE2\x80\x94 name\n",
                                        "text\n\n\xE2\x80\x94 name AAAA\n",
                                        "te\rxt\n\n\xE2\x80\x94 name AAAAAAAA\n",
                                        "text\n\n\xE2\x80\x94 name AAAAAAAA"};
    static const char *const keys[] = {"",
                                       "a",
                                       "a+b",
                                       "a b+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                                       "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                                       "PeterNeumann+c74f20a3+AXpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"};
    struct note note;
    struct note_key key;
    for (size_t i = 0; i < sizeof notes / sizeof notes[0]; i++) {
        assert_non_null(note_parse(arena, text_of(notes[i]), &note));
    }
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        assert_false(note_key_parse(arena, text_of(keys[i]), &key));
    }
}

static void
cosigns_with_a_time(void **state)
{
    (void)state;
    static const uint8_t seed[NOTE_SEED_BYTES] = {7};
    struct note_secret secret;
    struct note note;
    uint64_t time_s = 0;
    note_secret_init(TEXT("witness.example"), NOTE_COSIGNATURE, seed, &secret);
    const struct text line = note_sign(arena, &secret, text_of(TEXT_SIGNED), 1795262400);
    MUST(arena, note_parse(arena, joined(TEXT_SIGNED, "\n", text_cstr(arena, line)), &note));
    assert_true(note_verify(arena, &note, &secret.key, &time_s));
    assert_true(time_s == 1795262400);
    ((char *)note.signatures[0].bytes.at)[7] ^= 1; /* the time */
    assert_false(note_verify(arena, &note, &secret.key, &time_s));
}

static void
prints_a_checkpoint_and_reads_it_back(void **state)
{
    (void)state;
    const struct checkpoint made = {.origin = TEXT("ccm.example/log"), .size = 20852163, .root = hash_of("", 0)};
    struct checkpoint read;
    const struct text text = checkpoint_print(arena, &made);
    ASSERT_TEXT(text, "ccm.example/log\n20852163\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
    MUST(arena, checkpoint_parse(arena, text, &read));
    assert_true(read.size == made.size && hash_equal(read.root, made.root) && text_equal(read.origin, made.origin));
    static const char *const refused[] = {"",
                                          "a",
                                          "a\n",
                                          "a\n1",
                                          "a\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                                          "a\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                                          "a\n1\nAAAA\n",
                                          "a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        assert_non_null(checkpoint_parse(arena, text_of(refused[i]), &read));
    }
}

static void
checks_a_proof_from_its_file_and_finds_every_changed_byte(void **state)
{
    (void)state;
    static const uint8_t seed[NOTE_SEED_BYTES] = {9};
    struct note_secret secret;
    note_secret_init(TEXT("ccm.example/log"), NOTE_ED25519, seed, &secret);
    const struct hash left = tree_leaf(TEXT("first"));
    struct proof proof = {.index = 1, .path = {.hashes = {left}, .count = 1}};
    const struct checkpoint checkpoint = {
        .origin = secret.key.name, .size = 2, .root = tree_node(left, tree_leaf(TEXT("second")))};
    const struct text text = checkpoint_print(arena, &checkpoint);
    proof.checkpoint = text_printf(arena, "%.*s\n%.*s", TEXT_ARG(text), TEXT_ARG(note_sign(arena, &secret, text, 0)));
    const struct text file = proof_print(arena, &proof);
    struct proof read;
    MUST(arena, proof_parse(arena, file, &read));
    MUST(arena, proof_check(arena, &read, TEXT("second"), &secret.key));
    assert_non_null(proof_check(arena, &read, TEXT("secund"), &secret.key));
    for (size_t i = 0; i < file.len; i++) {
        char *changed = arena_copy(arena, file.at, file.len);
        changed[i] ^= 1;
        if (proof_parse(arena, (struct text){.at = changed, .len = file.len}, &read) == NULL &&
            proof_check(arena, &read, TEXT("second"), &secret.key) == NULL) {
            fail_msg("byte %zu was changed and the proof holds", i);
        }
    }
}

int
main(void)
{
    arena = arena_new(16 << 20);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signs_and_verifies_as_other_implementations_do),
        cmocka_unit_test(refuses_a_note_that_was_changed),
        cmocka_unit_test(refuses_what_is_no_note_and_no_key),
        cmocka_unit_test(cosigns_with_a_time),
        cmocka_unit_test(prints_a_checkpoint_and_reads_it_back),
        cmocka_unit_test(checks_a_proof_from_its_file_and_finds_every_changed_byte),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(arena);
    return failed;
}
