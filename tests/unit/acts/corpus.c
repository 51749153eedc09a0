/* The corpus as an object of acts, and the parameters set, on both engines. */
#include "acts/corpus.h"

#include "base/limits.h"
#include "place.h"

static const struct act_kind *const lists[] = {corpus_kinds};
static const struct act_kinds kinds = {.lists = lists, .count = 1};

static const char text_x[] = "of text X\n\n"
                             "text X\n"
                             "    ar \"نص\"\n    fr \"Texte\"\n    en \"Text\"\n"
                             "    signed 2020-01-01\n    published 2020-01-02\n";
static const char article_1[] = "of text X\n\n"
                                "article 1\n"
                                "    norm 1/1 power\n"
                                "        ar \"حد\"\n        fr \"Plafond\"\n        en \"Ceiling\"\n"
                                "        actor ccm\n        force mandatory\n        parameter ceiling\n\n"
                                "parameter ceiling  money  @1/1\n";

static struct law *
law_of(struct arena *arena, const char *more)
{
    const struct text article = text_printf(arena, "%s%s", article_1, more);
    const struct law_file files[] = {{.path = TEXT("X/text.law"), .bytes = text_of(text_x)},
                                     {.path = TEXT("X/art-001.law"), .bytes = article}};
    struct law *law = NULL;
    struct law_faults faults = {0};
    const struct err *err = law_read(arena, files, 2, &law, &faults);
    if (err != NULL) {
        fail_msg("%.*s: %.*s", TEXT_ARG(faults.items[0].path), TEXT_ARG(faults.items[0].message));
    }
    return law;
}

static struct ctx *
open_here(struct place *place)
{
    place->ctx.kinds = &kinds;
    MUST(place->ctx.arena, tx_begin(place->store, &place->ctx, TX_WRITE));
    return &place->ctx;
}

static void
has_none_before_one_is_adopted(void **state)
{
    struct ctx *ctx = open_here(*state);
    struct corpus corpus;
    bool found = true;
    MUST(ctx->arena, corpus_in_force(ctx, &corpus, &found));
    assert_false(found);
    struct law *law = NULL;
    const struct err *err = corpus_load(ctx, ctx->arena, TEXT("abc"), &law);
    assert_non_null(err);
    assert_int_equal(err->code, ERR_NOT_FOUND);
    tx_rollback(ctx);
}

static void
loads_every_corpus_that_was_ever_adopted(void **state)
{
    struct ctx *ctx = open_here(*state);
    const struct law *one = law_of(ctx->arena, "");
    const struct law *two = law_of(ctx->arena, "\n# another\n");
    struct act act;
    MUST(ctx->arena, corpus_adopt(ctx, one, TEXT("a folder"), &act));
    MUST(ctx->arena, corpus_adopt(ctx, two, TEXT("a folder, corrected"), &act));
    struct corpus corpus;
    bool found = false;
    MUST(ctx->arena, corpus_in_force(ctx, &corpus, &found));
    assert_true(found && corpus.act.value == act.id.value);
    assert_true(text_equal(corpus.root, hash_to_hex(ctx->arena, law_root(two))));
    struct law *loaded = NULL;
    MUST(ctx->arena, corpus_load(ctx, ctx->arena, hash_to_hex(ctx->arena, law_root(one)), &loaded));
    assert_true(hash_equal(law_root(loaded), law_root(one)));
    MUST(ctx->arena, corpus_adopt(ctx, one, TEXT("back to the first"), &act)); /* again, with the same files */
    struct corpus *all = NULL;
    size_t count = 0;
    MUST(ctx->arena, corpus_list(ctx, &all, &count));
    assert_int_equal(count, 3);
    ASSERT_TEXT(all[0].source, "back to the first");
    tx_rollback(ctx);
}

static void
refuses_the_corpus_in_force_and_one_without_a_source(void **state)
{
    struct ctx *ctx = open_here(*state);
    const struct law *law = law_of(ctx->arena, "");
    struct act act;
    const struct err *err = corpus_adopt(ctx, law, TEXT(""), &act);
    assert_non_null(err);
    assert_int_equal(err->code, ERR_INPUT);
    MUST(ctx->arena, corpus_adopt(ctx, law, TEXT("a folder"), &act));
    err = corpus_adopt(ctx, law, TEXT("a folder"), &act);
    assert_non_null(err);
    assert_int_equal(err->code, ERR_WRONG_STATE);
    tx_rollback(ctx);
}

static void
names_a_file_that_was_changed_in_the_database(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = open_here(place);
    const struct law *law = law_of(ctx->arena, "");
    struct act act;
    MUST(ctx->arena, corpus_adopt(ctx, law, TEXT("a folder"), &act));
    MUST(ctx->arena, tx_commit(ctx));
    place_script(place, store_engine(place->store) == STORE_SQLITE
                            ? "UPDATE corpus_file SET bytes = CAST(bytes || x'0A' AS BLOB)"
                            : "UPDATE corpus_file SET bytes = bytes || '\\x0a'::bytea");
    MUST(ctx->arena, tx_begin(place->store, ctx, TX_READ));
    struct law *loaded = NULL;
    const struct err *err = corpus_load(ctx, ctx->arena, hash_to_hex(ctx->arena, law_root(law)), &loaded);
    assert_non_null(err);
    assert_int_equal(err->code, ERR_TAMPERED);
    tx_rollback(ctx);
}

static void
sets_and_repeals_parameters_of_the_corpus_only(void **state)
{
    struct ctx *ctx = open_here(*state);
    ctx->law = law_of(ctx->arena, "");
    struct parameter_draft draft = {.name = TEXT("ceiling"),
                                    .literal = TEXT("500_000 MAD"),
                                    .from = ctx->today,
                                    .until = DATE_NONE,
                                    .source = TEXT("board, 3 March 2026, no. 4")};
    struct act act;
    MUST(ctx->arena, parameter_set(ctx, &draft, &act));
    const struct act_id first = act.id;
    draft.literal = TEXT("600_000 MAD");
    MUST(ctx->arena, parameter_set(ctx, &draft, &act));
    struct law_setting *settings = NULL;
    size_t count = 0;
    MUST(ctx->arena, parameter_settings(ctx, &settings, &count));
    assert_int_equal(count, 2);
    ASSERT_TEXT(settings[0].literal, "500_000 MAD");
    ASSERT_TEXT(settings[1].literal, "600_000 MAD");
    assert_true(date_is_none(settings[1].until));
    MUST(ctx->arena, parameter_repeal(ctx, first, TEXT("a slip of the pen"), &act));
    assert_int_equal(parameter_repeal(ctx, first, TEXT("again"), &act)->code, ERR_WRONG_STATE);
    assert_int_equal(parameter_repeal(ctx, (struct act_id){99}, TEXT("x"), &act)->code, ERR_NOT_FOUND);
    MUST(ctx->arena, parameter_settings(ctx, &settings, &count));
    assert_int_equal(count, 1);
    draft.name = TEXT("floor");
    assert_int_equal(parameter_set(ctx, &draft, &act)->code, ERR_INPUT);
    draft.name = TEXT("ceiling");
    assert_true(date_add_days(ctx->today, -1, &draft.until));
    assert_int_equal(parameter_set(ctx, &draft, &act)->code, ERR_INPUT);
    draft.until = ctx->today;
    draft.source = TEXT("");
    assert_int_equal(parameter_set(ctx, &draft, &act)->code, ERR_INPUT);
    tx_rollback(ctx);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        PLACE_TEST(has_none_before_one_is_adopted),
        PLACE_TEST(loads_every_corpus_that_was_ever_adopted),
        PLACE_TEST(refuses_the_corpus_in_force_and_one_without_a_source),
        PLACE_TEST(names_a_file_that_was_changed_in_the_database),
        PLACE_TEST(sets_and_repeals_parameters_of_the_corpus_only),
    };
    return PLACE_RUN(tests);
}
