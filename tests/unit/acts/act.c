#include "acts/act.h"

#include <string.h>

#include "scene.h"

static int
set_up(void **state)
{
    const int failed = place_setup(state);
    struct place *place = *state;
    place->ctx.kinds = &scene_kinds;
    return failed;
}
#define ACT_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, place_teardown)

static struct ctx *
writing(void **state)
{
    struct place *place = *state;
    MUST(place->ctx.arena, tx_begin(place->store, &place->ctx, TX_WRITE));
    return &place->ctx;
}

static void
reads_back_what_was_appended(void **state)
{
    struct ctx *ctx = writing(state);
    ctx->actor = TEXT("user:3");
    struct scene_job job = {.n = 10};
    struct act act;
    struct act_person *persons;
    struct act_document *documents;
    size_t count = 0;
    MUST(ctx->arena, scene_append(ctx, &job));
    MUST(ctx->arena, act_get(ctx, job.act.id, &act));
    assert_true(act.id.value == 1 && act.version == 3);
    ASSERT_TEXT(act.body, "{\"half\":0.5,\"n\":10,\"why\":\"a reason\"}");
    ASSERT_TEXT(act.actor, "user:3");
    ASSERT_TEXT(act.kind, "noted");
    ASSERT_TEXT(act.subject, "dossier:2");
    ASSERT_TEXT(act.instrument, "PL-10/2026");
    ASSERT_TEXT(act.status, "granted");
    assert_int_equal(act.day.days, ctx->today.days);
    int64_t n = 0;
    assert_true(json_int64(json_get(act.data, "n"), &n) && n == 10);
    MUST(ctx->arena, act_persons(ctx, act.id, &persons, &count));
    assert_int_equal(count, 1);
    ASSERT_TEXT(persons[0].subject, "party:3");
    ASSERT_TEXT(persons[0].data, "{\"ice\":\"000000000000010\",\"name\":\"شركة 10\"}");
    MUST(ctx->arena, act_documents(ctx, act.id, &documents, &count));
    assert_int_equal(count, 1);
    ASSERT_TEXT(documents[0].code, "statutes");
}

static void
applies_the_body_as_a_replay_will_read_it(void **state)
{
    struct ctx *ctx = writing(state);
    struct act act;
    const struct act_draft draft = {.kind = TEXT("noted"),
                                    .body = TEXT("{\"why\":\"b\", \"n\":1, \"a\":{\"z\":1,\"y\":2}}")};
    MUST(ctx->arena, act_append(ctx, &draft, &act));
    ASSERT_TEXT(act.data->members[0].name, "a");
    ASSERT_TEXT(act.data->members[0].value.members[0].name, "y");
}

static void
numbers_without_holes_when_an_act_is_undone(void **state)
{
    struct ctx *ctx = writing(state);
    struct scene_job job = {.n = 1};
    struct act act;
    MUST(ctx->arena, scene_append(ctx, &job));
    MUST(ctx->arena, tx_savepoint(ctx));
    const struct act_draft refused = {.kind = TEXT("refused"), .body = TEXT("{}")};
    const struct err *err = act_append(ctx, &refused, &act);
    assert_non_null(err);
    assert_int_equal(err->code, ERR_INPUT);
    MUST(ctx->arena, tx_back_to(ctx));
    MUST(ctx->arena, scene_append(ctx, &job));
    assert_true(job.act.id.value == 2);
}

static void
refuses_a_kind_that_nobody_declared_and_a_body_that_is_no_object(void **state)
{
    struct ctx *ctx = writing(state);
    struct act act;
    struct act_draft draft = {.kind = TEXT("guessed"), .body = TEXT("{}")};
    assert_int_equal(act_append(ctx, &draft, &act)->code, ERR_INTERNAL);
    draft.kind = TEXT("noted");
    static const char *const bodies[] = {"", "[]", "{", "{\"a\":1,\"a\":2}", "{\"a\":0.0000001}"};
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        draft.body = text_of(bodies[i]);
        assert_int_equal(act_append(ctx, &draft, &act)->code, ERR_JSON);
    }
    MUST(ctx->arena, act_last(ctx, &act.id));
    assert_true(act.id.value == 0);
}

static void
lists_acts_by_subject_instrument_and_person(void **state)
{
    struct ctx *ctx = writing(state);
    struct act *acts;
    size_t count = 0;
    for (int64_t n = 1; n <= 28; n++) {
        struct scene_job job = {.n = n};
        MUST(ctx->arena, scene_append(ctx, &job));
    }
    MUST(ctx->arena, act_list(ctx, ACT_KEY_SUBJECT, TEXT("dossier:3"), (struct act_id){4}, &acts, &count));
    assert_int_equal(count, 6);
    assert_true(acts[0].id.value == 7 && acts[5].id.value == 27);
    MUST(ctx->arena, act_list(ctx, ACT_KEY_INSTRUMENT, TEXT("PL-25/2026"), (struct act_id){0}, &acts, &count));
    assert_true(count == 1 && acts[0].id.value == 25);
    MUST(ctx->arena, act_list(ctx, ACT_KEY_PERSON, TEXT("party:0"), (struct act_id){0}, &acts, &count));
    assert_true(count == 4 && acts[3].id.value == 28);
}

static void
erases_a_person_and_nothing_else(void **state)
{
    struct ctx *ctx = writing(state);
    struct act act;
    struct act_person *persons;
    size_t count = 0;
    for (int64_t n = 1; n <= 8; n++) {
        struct scene_job job = {.n = n};
        MUST(ctx->arena, scene_append(ctx, &job));
    }
    MUST(ctx->arena, act_erase_person(ctx, TEXT("party:1"), TEXT("the term of keeping ended"), &act));
    assert_true(act.id.value == 9);
    for (int64_t n = 1; n <= 8; n++) {
        MUST(ctx->arena, act_persons(ctx, (struct act_id){n}, &persons, &count));
        assert_int_equal(count, 1);
        assert_int_equal(persons[0].data.at == NULL, n % 7 == 1);
    }
    assert_int_equal(act_erase_person(ctx, TEXT("party:1"), TEXT(""), &act)->code, ERR_INPUT);
}

static void
shows_the_count_of_commitments_to_nobody_and_a_sealed_kind_neither(void **state)
{
    struct ctx *ctx = writing(state);
    for (int64_t n = 11; n <= 12; n++) {
        struct scene_job job = {.n = n};
        MUST(ctx->arena, scene_append(ctx, &job));
    }
    struct text entries[2];
    MUST(ctx->arena, log_entry(ctx, (struct act_id){1}, &entries[0]));
    MUST(ctx->arena, log_entry(ctx, (struct act_id){2}, &entries[1]));
    for (size_t i = 0; i < 2; i++) {
        struct json entry;
        MUST(ctx->arena, json_read(ctx->arena, entries[i], &entry));
        assert_int_equal(json_get(&entry, "commitments")->count, 4);
        struct text canonical;
        MUST(ctx->arena, json_canonical(ctx->arena, &entry, &canonical));
        assert_true(text_equal(canonical, entries[i]));
    }
    assert_non_null(strstr(text_cstr(ctx->arena, entries[1]), "\"kind\":\"sealed\""));
    assert_null(strstr(text_cstr(ctx->arena, entries[1]), "noted"));
}

static void
discloses_what_a_commitment_salts(void **state)
{
    struct ctx *ctx = writing(state);
    struct scene_job job = {.n = 10};
    struct text shown;
    struct text entry;
    MUST(ctx->arena, scene_append(ctx, &job));
    MUST(ctx->arena, log_entry(ctx, job.act.id, &entry));
    MUST(ctx->arena, act_disclosure(ctx, job.act.id, ACT_SHOWN_PERSONS | ACT_SHOWN_DOCUMENTS, &shown));
    struct text rest = shown;
    struct text line;
    struct text salt;
    struct text data;
    int pairs = 0;
    assert_true(text_split(&rest, '\n', &line) && text_is(line, "markaz/disclosure@v1"));
    assert_true(text_split(&rest, '\n', &line) && text_is(line, "act 1"));
    while (text_split(&rest, '\n', &salt) && text_split(&rest, '\n', &data)) {
        struct text bytes;
        assert_true(hex_decode(ctx->arena, salt, &bytes));
        const struct hash hash = hash_of_parts((const struct text[]){bytes, data}, 2);
        assert_non_null(strstr(text_cstr(ctx->arena, entry), text_cstr(ctx->arena, hash_to_hex(ctx->arena, hash))));
        pairs++;
    }
    assert_int_equal(pairs, 3);
    MUST(ctx->arena, act_disclosure(ctx, job.act.id, 0, &shown));
    assert_null(strstr(text_cstr(ctx->arena, shown), "party:3"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ACT_TEST(reads_back_what_was_appended),
        ACT_TEST(applies_the_body_as_a_replay_will_read_it),
        ACT_TEST(numbers_without_holes_when_an_act_is_undone),
        ACT_TEST(refuses_a_kind_that_nobody_declared_and_a_body_that_is_no_object),
        ACT_TEST(lists_acts_by_subject_instrument_and_person),
        ACT_TEST(erases_a_person_and_nothing_else),
        ACT_TEST(shows_the_count_of_commitments_to_nobody_and_a_sealed_kind_neither),
        ACT_TEST(discloses_what_a_commitment_salts),
    };
    return PLACE_RUN(tests);
}
