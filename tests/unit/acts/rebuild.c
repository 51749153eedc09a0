#include "acts/rebuild.h"

#include <string.h>

#include "base/limits.h"
#include "place.h"
#include "scene.h"
#include "store/engine.h"

/* A module's projection: the table "counter" stands in for one, as a kind that counts writes it. Erasing a person
 * takes his name away, as a module does that keeps names. */
static const struct err *
apply_entered(struct ctx *ctx, const struct act *act)
{
    struct act_person *persons;
    size_t count = 0;
    TRY(act_persons(ctx, act->id, &persons, &count));
    struct ctx *writing = ctx;
    const struct err *err = writing->tx->store->engine->script(
        ctx->arena, ctx->tx->connection,
        text_cstr(ctx->arena,
                  text_printf(ctx->arena,
                              "INSERT INTO log_node (level, place, hash) SELECT 7, %lld, secret FROM act"
                              " WHERE number = %lld",
                              (long long)act->id.value, (long long)(persons[0].data.at == NULL ? 1 : act->id.value))));
    return err;
}

static const struct err *
apply_erased(struct ctx *ctx, const struct act *act)
{
    (void)act;
    return ctx->tx->store->engine->script(
        ctx->arena, ctx->tx->connection,
        "UPDATE log_node SET hash = (SELECT secret FROM act WHERE number = 1) WHERE level = 7 AND place IN"
        " (SELECT act FROM act_person WHERE data IS NULL)");
}

static const struct act_kind kinds[] = {
    {.name = "entered", .version = 1, .apply = apply_entered},
    {.name = "person_erased", .version = 1, .apply = apply_erased},
    {0},
};
static const struct act_kind *const lists[] = {kinds};
static const struct act_projection projections[] = {{.table = "log_node"}, {0}};
static const struct act_projection *const projection_lists[] = {projections};
static const struct act_kinds known = {
    .lists = lists, .count = 1, .projections = projection_lists, .projections_count = 1};

static void
enter(struct ctx *ctx, int64_t count)
{
    for (int64_t n = 0; n < count; n++) {
        const struct act_person person = {.subject = text_printf(ctx->arena, "party:%lld", (long long)(n % 5)),
                                          .role = TEXT("applicant"),
                                          .data = TEXT("{\"name\":\"a name\"}")};
        const struct act_draft draft = {
            .kind = TEXT("entered"), .body = TEXT("{}"), .persons = &person, .persons_count = 1};
        struct act act;
        MUST(ctx->arena, act_append(ctx, &draft, &act));
    }
}

static const struct rebuild_table *
table_of(const struct rebuild_report *report, const char *name)
{
    for (size_t i = 0; i < report->tables_count; i++) {
        if (strcmp(report->tables[i].name, name) == 0) {
            return &report->tables[i];
        }
    }
    fail_msg("%s is not rebuilt", name);
    return NULL;
}

static struct ctx *
writing(void **state)
{
    struct place *place = *state;
    place->ctx.kinds = &known;
    MUST(place->ctx.arena, tx_begin(place->store, &place->ctx, TX_WRITE));
    return &place->ctx;
}

static void
gives_identical_projections_after_an_erasure_too(void **state)
{
    struct ctx *ctx = writing(state);
    struct rebuild_report report;
    struct act act;
    enter(ctx, 20);
    MUST(ctx->arena, acts_rebuild(ctx, &report));
    assert_true(report.acts == 20 && report.changed == 0);
    MUST(ctx->arena, act_erase_person(ctx, TEXT("party:2"), TEXT("asked for"), &act));
    enter(ctx, 5); /* the same party comes back */
    MUST(ctx->arena, acts_rebuild(ctx, &report));
    assert_true(report.acts == 26 && report.changed == 0);
    assert_true(table_of(&report, "log_node")->after.rows == 25);
}

static void
mends_a_projection_that_was_changed_and_says_which(void **state)
{
    struct ctx *ctx = writing(state);
    struct rebuild_report report;
    enter(ctx, 6);
    MUST(ctx->arena,
         ctx->tx->store->engine->script(ctx->arena, ctx->tx->connection, "DELETE FROM log_node WHERE place = 3"));
    MUST(ctx->arena, acts_rebuild(ctx, &report));
    assert_true(report.changed == 1);
    assert_false(table_of(&report, "log_node")->is_same);
    assert_true(table_of(&report, "log_origin")->is_same);
    MUST(ctx->arena, acts_rebuild(ctx, &report));
    assert_true(report.changed == 0);
}

static void
erases_again_what_a_restored_copy_brought_back(void **state)
{
    struct ctx *ctx = writing(state);
    struct rebuild_report report;
    struct act act;
    struct act_person *persons;
    size_t count = 0;
    enter(ctx, 3);
    MUST(ctx->arena, act_erase_person(ctx, TEXT("party:2"), TEXT("asked for"), &act));
    MUST(ctx->arena, ctx->tx->store->engine->script(
                         ctx->arena, ctx->tx->connection,
                         "UPDATE act_person SET data = '{\"name\":\"a name\"}', salt = commitment WHERE act = 3"));
    MUST(ctx->arena, acts_rebuild(ctx, &report));
    MUST(ctx->arena, act_persons(ctx, (struct act_id){3}, &persons, &count));
    assert_true(count == 1 && persons[0].data.at == NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        PLACE_TEST(gives_identical_projections_after_an_erasure_too),
        PLACE_TEST(mends_a_projection_that_was_changed_and_says_which),
        PLACE_TEST(erases_again_what_a_restored_copy_brought_back),
    };
    return PLACE_RUN(tests);
}
