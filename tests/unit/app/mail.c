/* From a decision to the letter that says no more than that one waits: by SMTP and into files, on both engines. */
#include "app/mail.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../office/desk.h"
#include "access/account.h"
#include "access/mandate.h"
#include "app/files.h"
#include "base/encode.h"
#include "base/limits.h"
#include "smtp.h"

/* A house whose applicant has a mandate, with a writer, and a place for letters. */
struct rig {
    struct desk desk;
    struct arena *writer_arena;
    struct writer *writer;
    struct mail_options options;
    char folder[64];
};

static void
open_rig(struct rig *rig, void **state, enum lang lang)
{
    *rig = (struct rig){.desk = desk_open(*state)};
    struct desk *desk = &rig->desk;
    const struct mandate draft = {.account = desk->applicant.account,
                                  .party = desk->party,
                                  .role = MANDATE_MANAGER,
                                  .from = desk->ctx->today,
                                  .until = DATE_NONE};
    struct act_id mandate;
    desk_as(desk, &desk->applicant);
    DESK(desk, mandate_give(desk->ctx, &draft, &mandate));
    DESK(desk, account_lang_set(desk->ctx, desk->applicant.account, lang));
    snprintf(rig->folder, sizeof rig->folder, "/tmp/markaz-mail-XXXXXX");
    assert_non_null(mkdtemp(rig->folder));
    rig->options = (struct mail_options){.store = desk->place->store,
                                         .ctx = *desk->ctx,
                                         .has_own_day = true,
                                         .from = TEXT("centre@example.ma"),
                                         .base_url = TEXT("https://centre.example.ma"),
                                         .folder = rig->folder};
}

/* From here on only the writer writes. */
static void
open_writer(struct rig *rig)
{
    const struct writer_options options = {.world = rig->desk.ctx->world};
    rig->writer_arena = arena_new(ARENA_BYTES_MAX);
    MUST(rig->desk.ctx->arena,
         writer_start(rig->desk.ctx, rig->writer_arena, rig->desk.place->store, &options, &rig->writer));
    rig->options.writer = rig->writer;
}

static struct mail_round
one_round(struct rig *rig)
{
    struct mail_round result;
    MUST(rig->desk.ctx->arena, mail_round(&rig->options, rig->desk.ctx->arena, &result));
    return result;
}

static void
close_rig(struct rig *rig)
{
    writer_stop(rig->writer);
    arena_free(rig->writer_arena);
    char command[128];
    snprintf(command, sizeof command, "rm -r %s", rig->folder);
    assert_int_equal(system(command), 0);
}

static bool
holds(struct text text, const char *part)
{
    return memmem(text.at, text.len, part, strlen(part)) != NULL;
}

static struct text
body_of(struct arena *arena, struct text message)
{
    const char *at = memmem(message.at, message.len, "\r\n\r\n", 4);
    assert_non_null(at);
    struct buf joined = buf_new(arena, message.len);
    for (at += 4; at < message.at + message.len; at++) {
        if (*at != '\r' && *at != '\n') {
            buf_char(&joined, *at);
        }
    }
    struct text body;
    assert_true(base64_decode(arena, buf_built(&joined), &body));
    return body;
}

static void
tells_the_party_that_a_letter_waits_and_nothing_of_the_decision(void **state)
{
    struct rig rig;
    open_rig(&rig, state, LANG_FR);
    struct arena *arena = rig.desk.ctx->arena;
    desk_grant(&rig.desk);
    open_writer(&rig);
    const struct mail_round result = one_round(&rig);
    assert_int_equal(result.told, 1);
    assert_int_equal(result.sent, 1);
    struct text message;
    MUST(arena, file_read(arena, text_printf(arena, "%s/00000001.eml", rig.folder).at, 65536, &message));
    assert_true(holds(message, "To: <applicant@example.ma>\r\n"));
    assert_true(holds(message, "Content-Language: fr\r\n"));
    assert_true(holds(message, "Date: 2 Nov 2026 10:00:00 +0000\r\n"));
    const struct text body = body_of(arena, message);
    assert_true(holds(body, "https://centre.example.ma/inbox/1\n"));
    assert_true(holds(body, "a déposé un courrier"));
    assert_false(holds(body, "accord") || holds(body, "refus") || holds(body, "licence") || holds(body, "Atlas"));
    close_rig(&rig);
}

static void
tells_each_notification_once(void **state)
{
    struct rig rig;
    open_rig(&rig, state, LANG_NONE);
    desk_grant(&rig.desk);
    open_writer(&rig);
    assert_int_equal(one_round(&rig).sent, 1);
    const struct mail_round again = one_round(&rig);
    assert_int_equal(again.told, 0);
    assert_int_equal(again.sent, 0);
    close_rig(&rig);
}

static void
tells_nobody_of_the_past_of_a_demonstration(void **state)
{
    struct rig rig;
    open_rig(&rig, state, LANG_EN);
    rig.options.is_demo = true;
    desk_grant(&rig.desk);
    open_writer(&rig);
    assert_int_equal(one_round(&rig).sent, 0);
    assert_int_equal(one_round(&rig).told, 0);
    close_rig(&rig);
}

static void
sends_by_smtp_and_tries_again_later_when_nobody_takes_it(void **state)
{
    struct rig rig;
    open_rig(&rig, state, LANG_AR);
    struct arena *arena = rig.desk.ctx->arena;
    static struct smtp smtp;
    smtp = (struct smtp){.refuses = true};
    smtp_start(&smtp);
    rig.options.smtp = text_printf(arena, "smtp://127.0.0.1:%d", smtp.port).at;
    desk_grant(&rig.desk);
    open_writer(&rig);
    assert_int_equal(one_round(&rig).failed, 1);
    assert_int_equal(smtp.letters, 0);
    smtp.refuses = false;
    assert_int_equal(one_round(&rig).sent, 0); /* not yet */
    rig.desk.place->world.at_ms += OUTBOX_PAUSE_MS;
    assert_int_equal(one_round(&rig).sent, 1);
    smtp_stop(&smtp);
    assert_int_equal(smtp.letters, 1);
    const struct text said = {smtp.said, smtp.said_len};
    assert_true(holds(said, "MAIL FROM:<centre@example.ma>"));
    assert_true(holds(said, "RCPT TO:<applicant@example.ma>"));
    assert_true(holds(said, "Message-ID: <1."));
    close_rig(&rig);
}

static void
sends_nothing_in_clear_beyond_this_machine(void **state)
{
    struct rig rig;
    open_rig(&rig, state, LANG_AR);
    static struct smtp smtp;
    smtp = (struct smtp){.address = "127.1.1.1"}; /* not one of the names of this machine */
    smtp_start(&smtp);
    rig.options.smtp = text_printf(rig.desk.ctx->arena, "smtp://127.1.1.1:%d", smtp.port).at;
    desk_grant(&rig.desk);
    open_writer(&rig);
    assert_int_equal(one_round(&rig).failed, 1);
    smtp_stop(&smtp);
    assert_true(strstr(smtp.said, "EHLO") != NULL);
    assert_true(strstr(smtp.said, "RCPT") == NULL);
    close_rig(&rig);
}

static void
writes_a_long_subject_as_encoded_words_of_whole_characters(void **state)
{
    (void)state;
    DEFER(arena_free_at) struct arena *arena = arena_new(ARENA_BYTES_MAX);
    const struct mail_options options = {.from = TEXT("centre@example.ma")};
    const struct outbox_letter letter = {.id = 1,
                                         .recipient = TEXT("a@example.ma"),
                                         .lang = LANG_AR,
                                         .subject = TEXT("رسالة من المركز السينمائي المغربي في انتظاركم"),
                                         .body = TEXT("x")};
    const struct text message = mail_message(arena, &options, &letter);
    struct text rest = message;
    struct text line;
    struct buf joined = buf_new(arena, 1000);
    while (text_split(&rest, '\n', &line)) {
        assert_true(line.len <= 77); /* with its \r */
        const char *at = memmem(line.at, line.len, "=?utf-8?B?", 10);
        if (at != NULL) {
            struct text word = text_after(line, (size_t)(at - line.at) + 10);
            struct text part;
            assert_true(base64_decode(arena, text_slice(word, 0, text_find_byte(word, '?')), &part));
            assert_true(text_is_utf8(part));
            buf_text(&joined, part);
        }
    }
    assert_true(text_equal(buf_built(&joined), letter.subject));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        PLACE_TEST(tells_the_party_that_a_letter_waits_and_nothing_of_the_decision),
        PLACE_TEST(tells_each_notification_once),
        PLACE_TEST(tells_nobody_of_the_past_of_a_demonstration),
        PLACE_TEST(sends_by_smtp_and_tries_again_later_when_nobody_takes_it),
        PLACE_TEST(sends_nothing_in_clear_beyond_this_machine),
        PLACE_TEST(writes_a_long_subject_as_encoded_words_of_whole_characters),
    };
    return PLACE_RUN(tests);
}
