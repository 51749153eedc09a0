/* Letters in the outbox, on both engines. */
#include "access/outbox.h"

#include "base/limits.h"
#include "door.h"

static struct outbox_letter
letter_to(const char *recipient)
{
    return (struct outbox_letter){.kind = TEXT("notification"),
                                  .recipient = text_of(recipient),
                                  .lang = LANG_FR,
                                  .subject = TEXT("Un courrier vous attend"),
                                  .body = TEXT("https://example.ma/inbox/1\n")};
}

static void
put(struct ctx *ctx, struct place *place, const char *recipient)
{
    const struct outbox_letter letter = letter_to(recipient);
    door_begin(ctx, place);
    MUST(ctx->arena, outbox_put(ctx, &letter));
    door_commit(ctx);
}

static size_t
due(struct ctx *ctx, struct place *place, struct outbox_letter **ret)
{
    size_t count = 0;
    door_begin(ctx, place);
    MUST(ctx->arena, outbox_due(ctx, 10, ret, &count));
    door_commit(ctx);
    return count;
}

static void
gives_a_letter_back_until_it_left(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    struct outbox_letter *letters = NULL;
    put(ctx, place, "a@example.ma");
    put(ctx, place, "b@example.ma");
    assert_int_equal(due(ctx, place, &letters), 2);
    ASSERT_TEXT(letters[0].recipient, "a@example.ma");
    assert_int_equal(letters[0].lang, LANG_FR);
    door_begin(ctx, place);
    MUST(ctx->arena, outbox_sent(ctx, letters[0].id, false));
    door_commit(ctx);
    assert_int_equal(due(ctx, place, &letters), 1);
    ASSERT_TEXT(letters[0].recipient, "b@example.ma");
}

static void
forgets_what_a_letter_said_once_it_left(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    struct outbox_letter *letters = NULL;
    size_t count = 0;
    put(ctx, place, "a@example.ma");
    put(ctx, place, "b@example.ma");
    due(ctx, place, &letters);
    door_begin(ctx, place);
    MUST(ctx->arena, outbox_sent(ctx, letters[0].id, false));
    MUST(ctx->arena, outbox_sent(ctx, letters[1].id, true)); /* a demonstration */
    MUST(ctx->arena, outbox_last(ctx, 0, 10, &letters, &count));
    door_commit(ctx);
    assert_int_equal(count, 2);
    ASSERT_TEXT(letters[0].body, "https://example.ma/inbox/1\n");
    assert_null(letters[1].body.at);
}

static void
leaves_nothing_when_the_transaction_is_undone(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    struct outbox_letter *letters = NULL;
    const struct outbox_letter letter = letter_to("a@example.ma");
    door_begin(ctx, place);
    MUST(ctx->arena, outbox_put(ctx, &letter));
    tx_rollback(ctx);
    assert_int_equal(due(ctx, place, &letters), 0);
}

static void
tries_again_after_longer_and_longer_pauses_and_then_gives_up(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    struct outbox_letter *letters = NULL;
    put(ctx, place, "a@example.ma");
    int64_t pause_ms = OUTBOX_PAUSE_MS;
    for (int tries = 0; tries < OUTBOX_TRIES_MAX; tries++) {
        assert_int_equal(due(ctx, place, &letters), 1);
        assert_int_equal(letters[0].tries, tries);
        door_begin(ctx, place);
        MUST(ctx->arena, outbox_failed(ctx, &letters[0], TEXT("nobody answers")));
        door_commit(ctx);
        door_wait(ctx, place, pause_ms - 1);
        assert_int_equal(due(ctx, place, &letters), 0);
        door_wait(ctx, place, 1);
        pause_ms = pause_ms * 2 > OUTBOX_PAUSE_MS_MAX ? OUTBOX_PAUSE_MS_MAX : pause_ms * 2;
    }
    assert_int_equal(due(ctx, place, &letters), 0);
    door_wait(ctx, place, OUTBOX_KEEP_MS);
    int64_t forgotten = 0;
    door_begin(ctx, place);
    MUST(ctx->arena, outbox_sweep(ctx, &forgotten));
    door_commit(ctx);
    assert_int_equal(forgotten, 1);
}

static void
refuses_an_address_or_a_subject_that_begins_another_head_line(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    struct outbox_letter letter = letter_to("a@example.ma\r\nBcc: all@example.ma");
    door_begin(ctx, place);
    REFUSED(outbox_put(ctx, &letter), ERR_INPUT);
    letter = letter_to("a@example.ma");
    letter.subject = TEXT("Hello\nX: y");
    REFUSED(outbox_put(ctx, &letter), ERR_INPUT);
    tx_rollback(ctx);
}

static void
remembers_how_far_it_told(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = door_open(place);
    int64_t told = 7;
    bool begun = true;
    door_begin(ctx, place);
    MUST(ctx->arena, outbox_told(ctx, TEXT("notification"), &told, &begun));
    assert_false(begun);
    assert_int_equal(told, 0);
    MUST(ctx->arena, outbox_tell(ctx, TEXT("notification"), 3));
    MUST(ctx->arena, outbox_tell(ctx, TEXT("notification"), 5));
    MUST(ctx->arena, outbox_told(ctx, TEXT("notification"), &told, &begun));
    assert_true(begun);
    assert_int_equal(told, 5);
    tx_rollback(ctx);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        PLACE_TEST(gives_a_letter_back_until_it_left),
        PLACE_TEST(forgets_what_a_letter_said_once_it_left),
        PLACE_TEST(leaves_nothing_when_the_transaction_is_undone),
        PLACE_TEST(tries_again_after_longer_and_longer_pauses_and_then_gives_up),
        PLACE_TEST(refuses_an_address_or_a_subject_that_begins_another_head_line),
        PLACE_TEST(remembers_how_far_it_told),
    };
    return PLACE_RUN(tests);
}
