/* The dispatcher over real sockets and both engines, with rows of its own in the place of the program's. */
#include "web/dispatch.h"

#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "client.h"
#include "place.h"
#include "store/counter.h"
#include "web/visit.h"

static const struct err *
say_hello(struct ctx *ctx, struct visit *visit)
{
    visit_page(ctx, visit, &(struct visit_page){.title = TEXT("hello")});
    return NULL;
}

static const struct err *
say_form(struct ctx *ctx, struct visit *visit)
{
    (void)ctx;
    visit_bytes(visit, TEXT("text/plain"), visit_csrf(visit), TEXT(""));
    return NULL;
}

static const struct err *
count_up(struct ctx *ctx, struct visit *visit)
{
    int64_t value = 0;
    TRY(counter_next(ctx, TEXT("test"), &value));
    const char *said = visit->prepared == NULL ? "" : visit->prepared;
    visit_redirect(ctx, visit, text_printf(ctx->arena, "/count/%lld%s", (long long)value, said), NULL);
    return NULL;
}

static const struct err *
prepare(struct ctx *ctx, struct visit *visit)
{
    assert_null(ctx->tx);
    visit->prepared = (void *)(uintptr_t) "/prepared";
    return NULL;
}

static const struct err *
break_down(struct ctx *ctx, struct visit *visit)
{
    (void)visit;
    int64_t value = 0;
    if (tx_mode(ctx) == TX_WRITE) {
        TRY(counter_next(ctx, TEXT("test"), &value));
    }
    return FAIL(ctx->arena, ERR_DISK_FULL, "the disk is full in secret ways");
}

static const struct route rows[] = {
    {HTTP_GET, "/hello", ROLE_PUBLIC, TX_READ, say_hello, .name = "hello"},
    {HTTP_GET, "/form", ROLE_PUBLIC, TX_READ, say_form, .name = "form"},
    {HTTP_GET, "/mine", ROLE_SIGNED_IN, TX_READ, say_hello, .name = "mine"},
    {HTTP_GET, "/broken", ROLE_PUBLIC, TX_READ, break_down, .name = "broken"},
    {HTTP_POST, "/broken", ROLE_PUBLIC, TX_WRITE, break_down, .name = "broken.post"},
    {HTTP_POST, "/count", ROLE_PUBLIC, TX_WRITE, count_up, .name = "count"},
    {HTTP_POST, "/slow", ROLE_PUBLIC, TX_WRITE, count_up, prepare, .name = "slow"},
    {HTTP_POST, "/office", ROLE_OFFICER, TX_WRITE, count_up, .name = "office"},
    {HTTP_POST, "/token", ROLE_PUBLIC, TX_WRITE, count_up, .flags = ROUTE_TOKEN, .name = "token"},
    {0}};
const struct route *const route_lists[] = {rows};
const size_t route_lists_count = 1;

static struct rig {
    struct arena *arena;
    struct arena *writer_arena;
    struct writer *writer;
    struct web web;
    struct http_server *server;
    struct place *place;
    char said[8192];
} rig;

static void
hear(void *arg, struct text line)
{
    (void)arg;
    snprintf(rig.said, sizeof rig.said, "%.*s", TEXT_ARG(line));
}

static void
begin(void **state)
{
    struct place *place = *state;
    rig = (struct rig){.arena = arena_new(ARENA_BYTES_MAX), .writer_arena = arena_new(ARENA_BYTES_MAX), .place = place};
    const struct writer_options writer = {.world = place->ctx.world};
    MUST(rig.arena, writer_start(&place->ctx, rig.writer_arena, place->store, &writer, &rig.writer));
    const struct web_options options = {
        .store = place->store, .writer = rig.writer, .world = place->ctx.world, .today = place->ctx.today, .say = hear};
    MUST(rig.arena, web_init(rig.arena, &options, &rig.web));
    const struct http_options http = {.address = TEXT("127.0.0.1"),
                                      .handler = web_handle,
                                      .allow = web_allow,
                                      .refuse = web_refuse,
                                      .arg = &rig.web,
                                      .world = place->ctx.world};
    MUST(rig.arena, http_start(rig.arena, &http, &rig.server));
}

static void
end(void)
{
    http_stop(rig.server);
    writer_stop(rig.writer);
    arena_free(rig.writer_arena);
    arena_free(rig.arena);
}

static struct answer
ask(const char *method, const char *path, const char *headers, const char *body)
{
    return client_ask(rig.arena, http_port(rig.server), method, path, headers, text_of(body));
}

static bool
holds(struct text text, const char *part)
{
    return memmem(text.at, text.len, part, strlen(part)) != NULL;
}

/* The cookie and token of somebody who is not signed in, as headers and as a form field. */
static const char *
guest(const char **ret_csrf)
{
    const struct answer form = ask("GET", "/form", "", "");
    const struct text cookie = answer_header(&form, "Set-Cookie");
    assert_true(text_starts(cookie, TEXT("guest=")));
    assert_true(holds(cookie, "HttpOnly; SameSite=Strict"));
    *ret_csrf = text_cstr(rig.arena, form.body);
    return text_printf(rig.arena, "Content-Type: application/x-www-form-urlencoded\r\nCookie: %.*s\r\n",
                       TEXT_ARG(text_slice(cookie, 0, text_find_byte(cookie, ';'))))
        .at;
}

static void
answers_in_the_language_of_address_cookie_and_browser(void **state)
{
    begin(state);
    static const struct {
        const char *path, *headers, *wanted;
    } cases[] = {{"/hello", "", "<html lang=\"ar\" dir=\"rtl\">"},
                 {"/hello", "Accept-Language: fr\r\n", "<html lang=\"fr\" dir=\"ltr\">"},
                 {"/hello", "Accept-Language: de, en;q=0.5, fr-MA;q=0.7\r\n", "<html lang=\"fr\" "},
                 {"/hello", "Accept-Language: zgh, en;q=0.1, fr;q=0\r\n", "<html lang=\"en\" "},
                 {"/hello", "Accept-Language: fr;q=x, *\r\n", "<html lang=\"ar\" "},
                 {"/hello", "Accept-Language: fr\r\nCookie: lang=en\r\n", "<html lang=\"en\" "},
                 {"/hello?lang=ar", "Accept-Language: fr\r\nCookie: lang=en\r\n", "<html lang=\"ar\" "},
                 {"/hello?lang=xx", "Accept-Language: fr\r\n", "<html lang=\"fr\" "}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct answer answer = ask("GET", cases[i].path, cases[i].headers, "");
        assert_int_equal(answer.status, 200);
        if (!holds(answer.body, cases[i].wanted)) {
            fail_msg("%s %s", cases[i].path, cases[i].headers);
        }
    }
    const struct answer chosen = ask("GET", "/hello?lang=fr", "", "");
    assert_true(holds(answer_header(&chosen, "Set-Cookie"), "lang=fr; Path=/; HttpOnly; SameSite=Strict"));
    end();
}

static void
sends_a_policy_that_forbids_inline_code(void **state)
{
    begin(state);
    const struct answer answer = ask("GET", "/hello", "", "");
    const struct text policy = answer_header(&answer, "Content-Security-Policy");
    assert_true(text_starts(policy, TEXT("default-src 'none'")));
    assert_false(holds(policy, "unsafe"));
    assert_true(holds(policy, "frame-ancestors 'none'"));
    ASSERT_TEXT(answer_header(&answer, "X-Content-Type-Options"), "nosniff");
    assert_null(answer_header(&answer, "Strict-Transport-Security").at);
    end();
}

static void
refuses_who_is_not_signed_in_and_says_so_in_the_log(void **state)
{
    begin(state);
    const char *csrf = NULL;
    const char *headers = guest(&csrf);
    assert_int_equal(ask("GET", "/mine", "", "").status, 303);
    assert_non_null(strstr(rig.said, "\"event\":\"denied\""));
    const struct text body = text_printf(rig.arena, "csrf=%s", csrf);
    assert_int_equal(ask("POST", "/office", headers, body.at).status, 401);
    const struct answer json = ask("GET", "/mine", "Accept: application/json\r\n", "");
    assert_int_equal(json.status, 401);
    assert_true(text_starts(json.body, TEXT("{\"error\":{\"code\":\"ERR_NOT_SIGNED_IN\"")));
    end();
}

static void
refuses_forms_of_other_sites(void **state)
{
    begin(state);
    const char *csrf = NULL;
    const char *headers = guest(&csrf);
    const char *body = text_printf(rig.arena, "csrf=%s", csrf).at;
    assert_int_equal(ask("POST", "/count", headers, "a=1").status, 403);
    assert_int_equal(ask("POST", "/count", "Content-Type: application/x-www-form-urlencoded\r\n", body).status, 403);
    const char *cross = text_printf(rig.arena, "%sSec-Fetch-Site: cross-site\r\n", headers).at;
    assert_int_equal(ask("POST", "/count", cross, body).status, 403);
    const struct answer good = ask("POST", "/count", headers, body);
    assert_int_equal(good.status, 303);
    ASSERT_TEXT(answer_header(&good, "Location"), "/count/1");
    end();
}

static void
answers_a_form_that_is_sent_twice_with_the_same_and_changes_nothing(void **state)
{
    begin(state);
    const char *csrf = NULL;
    const char *headers = guest(&csrf);
    const char *first = text_printf(rig.arena, "csrf=%s&once=one", csrf).at;
    const char *other = text_printf(rig.arena, "csrf=%s&once=two", csrf).at;
    for (int i = 0; i < 3; i++) {
        const struct answer answer = ask("POST", "/count", headers, first);
        assert_int_equal(answer.status, 303);
        ASSERT_TEXT(answer_header(&answer, "Location"), "/count/1");
    }
    const struct answer answer = ask("POST", "/count", headers, other);
    ASSERT_TEXT(answer_header(&answer, "Location"), "/count/2");
    /* Another person's form with the same key is another form. */
    const char *stranger_csrf = NULL;
    const char *stranger = guest(&stranger_csrf);
    const char *same_key = text_printf(rig.arena, "csrf=%s&once=one", stranger_csrf).at;
    const struct answer strange = ask("POST", "/count", stranger, same_key);
    ASSERT_TEXT(answer_header(&strange, "Location"), "/count/3");
    end();
}

static void
prepares_slow_work_outside_of_the_transaction(void **state)
{
    begin(state);
    const char *csrf = NULL;
    const char *headers = guest(&csrf);
    const struct answer answer = ask("POST", "/slow", headers, text_printf(rig.arena, "csrf=%s", csrf).at);
    ASSERT_TEXT(answer_header(&answer, "Location"), "/count/1/prepared");
    end();
}

static void
lets_machines_with_a_token_post_without_a_form(void **state)
{
    begin(state);
    const struct answer answer = ask("POST", "/token", "Content-Type: text/csv\r\n", "x");
    assert_int_equal(answer.status, 303);
    end();
}

static void
tells_the_reader_a_sentence_and_the_log_the_detail(void **state)
{
    begin(state);
    const char *csrf = NULL;
    const char *headers = guest(&csrf);
    const char *body = text_printf(rig.arena, "csrf=%s", csrf).at;
    const struct answer page = ask("GET", "/broken", "Accept-Language: en\r\n", "");
    assert_int_equal(page.status, 507);
    assert_false(holds(page.body, "secret"));
    assert_true(holds(page.body, "Incident number"));
    assert_non_null(strstr(rig.said, "secret ways"));
    assert_non_null(strstr(rig.said, "\"incident\":"));
    assert_int_equal(ask("POST", "/broken", headers, body).status, 507);
    /* What it wrote before it failed is gone. */
    const struct answer next = ask("POST", "/count", headers, body);
    ASSERT_TEXT(answer_header(&next, "Location"), "/count/1");
    end();
}

static void
knows_what_it_does_not_have(void **state)
{
    begin(state);
    assert_int_equal(ask("GET", "/nothing", "", "").status, 404);
    assert_int_equal(ask("POST", "/nothing", "", "a").status, 404);
    assert_int_equal(ask("GET", "/count", "", "").status, 405);
    assert_int_equal(ask("HEAD", "/hello", "", "").status, 200);
    const struct answer put = ask("PUT", "/hello", "Accept-Language: fr\r\n", "");
    assert_int_equal(put.status, 405);
    assert_true(holds(put.body, "<html lang=\"fr\""));
    end();
}

static void
refuses_to_serve_a_row_that_nobody_may(void **state)
{
    (void)state;
    struct route row = {HTTP_GET, "/x", 0, TX_READ, say_hello, .name = "x"};
    assert_non_null(route_fault(&row));
    row.roles = ROLE_PUBLIC;
    assert_null(route_fault(&row));
    row.tx = TX_WRITE;
    assert_non_null(route_fault(&row));
    row = (struct route){HTTP_POST, "/x", ROLE_OFFICER, TX_READ, say_hello, .name = "x"};
    assert_non_null(route_fault(&row));
    row = (struct route){HTTP_GET, "/x", ROLE_OFFICER, 0, say_hello, .name = "x"};
    assert_non_null(route_fault(&row));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        PLACE_TEST(answers_in_the_language_of_address_cookie_and_browser),
        PLACE_TEST(sends_a_policy_that_forbids_inline_code),
        PLACE_TEST(refuses_who_is_not_signed_in_and_says_so_in_the_log),
        PLACE_TEST(refuses_forms_of_other_sites),
        PLACE_TEST(answers_a_form_that_is_sent_twice_with_the_same_and_changes_nothing),
        PLACE_TEST(prepares_slow_work_outside_of_the_transaction),
        PLACE_TEST(lets_machines_with_a_token_post_without_a_form),
        PLACE_TEST(tells_the_reader_a_sentence_and_the_log_the_detail),
        PLACE_TEST(knows_what_it_does_not_have),
        PLACE_TEST(refuses_to_serve_a_row_that_nobody_may),
    };
    return PLACE_RUN(tests);
}
