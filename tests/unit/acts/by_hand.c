/* The proofs are checked by a stranger's script, with sh, awk, cmp and openssl alone: docs/verify.sh. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "scene.h"

static const char *script;
static struct scene scene;

static int
set_up(void **state)
{
    const int failed = place_setup(state);
    scene_init(&scene, *state);
    for (int64_t n = 1; n <= 12; n++) {
        struct act act;
        MUST(scene.place->ctx.arena, scene_note(&scene, n, &act));
    }
    return failed;
}

static int
tear_down(void **state)
{
    scene_done(&scene);
    return place_teardown(state);
}

struct papers {
    struct act_id act;
    struct text key, proof, entry, disclosure;
};

static const struct err *
read_papers(struct ctx *ctx, void *arg)
{
    struct papers *papers = arg;
    TRY(log_key(ctx, scene.log, &papers->key));
    TRY(log_prove(ctx, scene.log, papers->act, &papers->proof));
    TRY(log_entry(ctx, papers->act, &papers->entry));
    return act_disclosure(ctx, papers->act, ACT_SHOWN_PERSONS | ACT_SHOWN_DOCUMENTS, &papers->disclosure);
}

static const char *
file_of(const char *name, struct text bytes)
{
    struct arena *arena = scene.place->ctx.arena;
    const struct text folder = scene.options.folder;
    const char *path = text_cstr(arena, text_printf(arena, "%.*s.%s", TEXT_ARG(folder), name));
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.at, 1, bytes.len, file), bytes.len);
    fclose(file);
    return path;
}

/* The script's exit status. */
static int
check(const struct papers *papers)
{
    struct arena *arena = scene.place->ctx.arena;
    const struct text command = text_printf(arena, "sh '%s' '%.*s' '%s' '%s' '%s' >/dev/null 2>&1", script,
                                            TEXT_ARG(papers->key), file_of("proof", papers->proof),
                                            file_of("entry", papers->entry), file_of("disclosure", papers->disclosure));
    const int status = system(text_cstr(arena, command));
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static struct text
with_changed(struct text text, size_t at, char to)
{
    char *copy = arena_copy(scene.place->ctx.arena, text.at, text.len);
    copy[at] = copy[at] == to ? (char)(to + 1) : to;
    return (struct text){.at = copy, .len = text.len};
}

static void
sh_awk_cmp_and_openssl_prove_an_act(void **state)
{
    struct place *place = *state;
    static const int64_t acts[] = {1, 2, 7, 12, 13};
    for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++) {
        struct papers papers = {.act = {acts[i]}};
        MUST(place->ctx.arena, store_read(place->store, &place->ctx, read_papers, &papers));
        assert_int_equal(check(&papers), 0);
    }
}

static void
and_refuse_whatever_was_changed(void **state)
{
    struct place *place = *state;
    struct papers papers = {.act = {5}};
    MUST(place->ctx.arena, store_read(place->store, &place->ctx, read_papers, &papers));
    struct papers changed = papers;
    changed.entry = with_changed(papers.entry, papers.entry.len - 3, 'x');
    assert_int_equal(check(&changed), 1);
    changed = papers;
    changed.proof = with_changed(papers.proof, strlen("c2sp.org/tlog-proof@v1\nindex "), '3');
    assert_int_equal(check(&changed), 1);
    changed.proof = with_changed(papers.proof, strlen("c2sp.org/tlog-proof@v1\nindex 4\n") + 5, 'A');
    assert_int_equal(check(&changed), 1);
    changed.proof = with_changed(papers.proof, papers.proof.len - 20, 'A'); /* the signature */
    assert_int_equal(check(&changed), 1);
    changed = papers;
    changed.key = with_changed(papers.key, papers.key.len - 10, 'A');
    assert_int_equal(check(&changed), 1);
    changed = papers;
    changed.disclosure = with_changed(papers.disclosure, papers.disclosure.len - 5, 'x');
    assert_int_equal(check(&changed), 1);
}

int
main(int argc, char **argv)
{
    script = argc > 1 ? argv[1] : "docs/verify.sh";
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(sh_awk_cmp_and_openssl_prove_an_act, set_up, tear_down),
        cmocka_unit_test_setup_teardown(and_refuse_whatever_was_changed, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
