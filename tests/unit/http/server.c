/* The server over real sockets. The handler says back what it was asked. */
#include <dirent.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../unit.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/world.h"
#include "client.h"
#include "http/http.h"

struct rig {
    struct arena *arena;
    struct fake_world world;
    struct http_server *server;
    char folder[64];
    char kept[128]; /* of an upload that a handler took */
};

static void *
finish_later(void *arg)
{
    struct http_exchange *exchange = arg;
    usleep(20000);
    exchange->reply.status = 200;
    exchange->reply.body = TEXT("later");
    http_finish(exchange);
    return NULL;
}

static bool
handle(void *arg, struct http_exchange *exchange)
{
    struct rig *rig = arg;
    struct http_request *request = &exchange->request;
    if (text_is(request->path, "/later") || text_is(request->path, "/at-once")) {
        pthread_t thread;
        if (text_is(request->path, "/at-once")) {
            finish_later(exchange); /* before the handler has even returned */
            return false;
        }
        pthread_create(&thread, NULL, finish_later, exchange);
        pthread_detach(thread);
        return false;
    }
    struct buf buf = buf_new(request->arena, 1000000);
    buf_printf(&buf, "%d %.*s", request->method, TEXT_ARG(request->path));
    for (size_t i = 0; i < request->query_count; i++) {
        buf_printf(&buf, "\nq %.*s=%.*s", TEXT_ARG(request->query[i].name), TEXT_ARG(request->query[i].value));
    }
    for (size_t i = 0; i < request->form_count; i++) {
        buf_printf(&buf, "\nf %.*s=%.*s", TEXT_ARG(request->form[i].name), TEXT_ARG(request->form[i].value));
    }
    for (size_t i = 0; i < request->uploads_count; i++) {
        const struct http_upload *upload = &request->uploads[i];
        buf_printf(&buf, "\nu %.*s %.*s %lld %.8s", TEXT_ARG(upload->field), TEXT_ARG(upload->filename),
                   (long long)upload->size, hash_to_hex(request->arena, upload->sha256).at);
        snprintf(rig->kept, sizeof rig->kept, "%s/kept", rig->folder);
        if (text_is(request->path, "/keep")) {
            assert_int_equal(rename(upload->path.at, rig->kept), 0);
        }
    }
    if (request->body.len > 0) {
        buf_printf(&buf, "\nb %zu", request->body.len);
    }
    buf_printf(&buf, "\nc %.*s r %.*s t %d", TEXT_ARG(http_cookie(request, "session")), TEXT_ARG(request->remote),
               request->tls);
    exchange->reply.status = 200;
    exchange->reply.content_type = TEXT("text/plain");
    exchange->reply.body = buf_built(&buf);
    return true;
}

static void
refuse(void *arg, struct http_request *request, int status, struct http_reply *reply)
{
    (void)arg;
    reply->status = status;
    reply->body = text_printf(request->arena, "refused %d", status);
}

static void
begin(struct rig *rig, struct http_options options)
{
    options.address = TEXT("127.0.0.1");
    options.handler = handle;
    options.refuse = refuse;
    options.arg = rig;
    options.world = &rig->world.world;
    options.quarantine = text_of(rig->folder);
    MUST(rig->arena, http_start(rig->arena, &options, &rig->server));
}

static int
setup(void **state)
{
    struct rig *rig = calloc(1, sizeof *rig);
    rig->arena = arena_new(ARENA_BYTES_MAX * 4);
    fake_world_init(&rig->world, 1000000000, 7);
    strcpy(rig->folder, "/tmp/markaz-http-XXXXXX");
    assert_non_null(mkdtemp(rig->folder));
    *state = rig;
    return 0;
}

static int
teardown(void **state)
{
    struct rig *rig = *state;
    http_stop(rig->server);
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", rig->folder);
    assert_int_equal(system(command), 0);
    arena_free(rig->arena);
    free(rig);
    return 0;
}

static struct answer
ask(struct rig *rig, const char *method, const char *path, const char *headers, struct text body)
{
    return client_ask(rig->arena, http_port(rig->server), method, path, headers, body);
}

static void
answers_with_decoded_path_query_and_cookie(void **state)
{
    struct rig *rig = *state;
    begin(rig, (struct http_options){0});
    const struct answer answer = ask(rig, "GET", "/r%C3%A9gistre/?q=%D9%81+x&b", "Cookie: session=abc\r\n", TEXT(""));
    assert_int_equal(answer.status, 200);
    ASSERT_TEXT(answer.body, "1 /régistre\nq q=ف x\nq b=\nc abc r 127.0.0.1 t 0");
}

static void
answers_HEAD_without_body(void **state)
{
    struct rig *rig = *state;
    begin(rig, (struct http_options){0});
    const struct answer answer = ask(rig, "HEAD", "/", "", TEXT(""));
    assert_int_equal(answer.status, 200);
    assert_int_equal(answer.body.len, 0);
    assert_true(answer_header(&answer, "Content-Length").len > 0);
}

static void
refuses_bad_addresses_methods_heads_and_bodies(void **state)
{
    struct rig *rig = *state;
    begin(rig, (struct http_options){0});
    assert_int_equal(ask(rig, "GET", "/../etc/passwd", "", TEXT("")).status, 400);
    assert_int_equal(ask(rig, "GET", "/%ff", "", TEXT("")).status, 400);
    assert_int_equal(ask(rig, "GET", "/?a=%00", "", TEXT("")).status, 400);
    assert_int_equal(ask(rig, "DELETE", "/", "", TEXT("")).status, 405);
    char *longer = arena_alloc(rig->arena, URL_BYTES_MAX + 10);
    memset(longer, 'a', URL_BYTES_MAX + 5);
    longer[0] = '/';
    assert_int_equal(ask(rig, "GET", longer, "", TEXT("")).status, 414);
    char *header = arena_alloc(rig->arena, HEADERS_BYTES_MAX + 100);
    memset(header, 'b', HEADERS_BYTES_MAX + 50);
    memcpy(header, "X-Long: ", 8);
    memcpy(header + HEADERS_BYTES_MAX + 50, "\r\n", 2);
    assert_int_equal(ask(rig, "GET", "/", header, TEXT("")).status, 431);
    const char *form = "Content-Type: application/x-www-form-urlencoded\r\n";
    assert_int_equal(ask(rig, "POST", "/", form, TEXT("a=%C3")).status, 400);
}

static void
refuses_a_ten_megabyte_form_before_and_while_it_is_read(void **state)
{
    struct rig *rig = *state;
    begin(rig, (struct http_options){0});
    const size_t len = 10 * 1000 * 1000;
    char *body = arena_alloc(rig->arena, len);
    memset(body, 'a', len);
    const char *form = "Content-Type: application/x-www-form-urlencoded\r\n";
    const struct answer said = ask(rig, "POST", "/", form, (struct text){.at = body, .len = len});
    assert_true(said.status == 413 || said.status == 0); /* 0: the answer was lost with the connection */
    struct buf chunked = buf_new(rig->arena, 12 * 1000 * 1000);
    buf_printf(&chunked,
               "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n%sTransfer-Encoding: chunked\r\n\r\n%zx\r\n", form,
               len);
    buf_bytes(&chunked, body, len);
    buf_cstr(&chunked, "\r\n0\r\n\r\n");
    const struct answer answer = client_send(rig->arena, http_port(rig->server), buf_built(&chunked));
    assert_int_equal(answer.status, 413);
    ASSERT_TEXT(answer.body, "refused 413");
}

static const char upload_form[] = "Content-Type: multipart/form-data; boundary=XX\r\n";
static const char upload_body[] = "--XX\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nملاحظة\r\n"
                                  "--XX\r\nContent-Disposition: form-data; name=\"empty\"; filename=\"\"\r\n\r\n\r\n"
                                  "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../a.pdf\"\r\n\r\n"
                                  "abc\r\n--XX--\r\n";

static int
files_in(const char *folder)
{
    int count = 0;
    DIR *dir = opendir(folder);
    for (struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
        count += entry->d_name[0] != '.';
    }
    closedir(dir);
    return count;
}

static void
keeps_an_upload_aside_with_its_hash_and_removes_what_nobody_took(void **state)
{
    struct rig *rig = *state;
    begin(rig, (struct http_options){0});
    const struct answer answer = ask(rig, "POST", "/drop", upload_form, text_of(upload_body));
    ASSERT_TEXT(answer.body, "3 /drop\nf note=ملاحظة\nu file ../a.pdf 3 ba7816bf\nc  r 127.0.0.1 t 0");
    usleep(50000);
    assert_int_equal(files_in(rig->folder), 0);
    assert_int_equal(ask(rig, "POST", "/keep", upload_form, text_of(upload_body)).status, 200);
    usleep(50000);
    assert_int_equal(files_in(rig->folder), 1);
    assert_int_equal(access(rig->kept, F_OK), 0);
}

static struct http_allowance
allow(void *arg, const struct http_request *request)
{
    (void)arg;
    return (struct http_allowance){.refuse_status = text_is(request->path, "/nowhere") ? 404 : 0,
                                   .body_bytes_max = 100};
}

static void
asks_what_a_body_may_hold_before_reading_it(void **state)
{
    struct rig *rig = *state;
    begin(rig, (struct http_options){.allow = allow});
    assert_int_equal(ask(rig, "POST", "/nowhere", upload_form, text_of(upload_body)).status, 404);
    assert_int_equal(ask(rig, "POST", "/form", upload_form, text_of(upload_body)).status, 400);
    assert_int_equal(files_in(rig->folder), 0);
}

static void
lets_another_thread_answer(void **state)
{
    struct rig *rig = *state;
    begin(rig, (struct http_options){0});
    for (int i = 0; i < 20; i++) {
        ASSERT_TEXT(ask(rig, "GET", i % 2 == 0 ? "/later" : "/at-once", "", TEXT("")).body, "later");
    }
}

static void
limits_the_rate_of_an_address_and_lets_it_in_again(void **state)
{
    struct rig *rig = *state;
    begin(rig, (struct http_options){.rate_per_minute = 3});
    for (int i = 0; i < 3; i++) {
        assert_int_equal(ask(rig, "GET", "/", "", TEXT("")).status, 200);
    }
    assert_int_equal(ask(rig, "GET", "/", "", TEXT("")).status, 429);
    rig->world.at_ms += 20000;
    assert_int_equal(ask(rig, "GET", "/", "", TEXT("")).status, 200);
    assert_int_equal(ask(rig, "GET", "/", "", TEXT("")).status, 429);
}

static void
believes_a_proxy_only_when_told_to(void **state)
{
    struct rig *rig = *state;
    const char *headers = "X-Forwarded-For: 6.6.6.6, 192.0.2.7\r\nX-Forwarded-Proto: https\r\nCookie: session=no; "
                          "__Host-session=yes\r\n";
    begin(rig, (struct http_options){0});
    ASSERT_TEXT(ask(rig, "GET", "/", headers, TEXT("")).body, "1 /\nc no r 127.0.0.1 t 0");
    http_stop(rig->server);
    begin(rig, (struct http_options){.behind_proxy = true});
    ASSERT_TEXT(ask(rig, "GET", "/", headers, TEXT("")).body, "1 /\nc yes r 192.0.2.7 t 1");
}

/* The clock jumps beyond the grace while the client waits with its body half sent. */
static void *
jump(void *arg)
{
    struct rig *rig = arg;
    usleep(200000);
    rig->world.at_ms += CLIENT_GRACE_MS * 2;
    return NULL;
}

static void
cuts_a_client_that_sends_too_slowly(void **state)
{
    struct rig *rig = *state;
    begin(rig, (struct http_options){0});
    struct text request = TEXT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nabc");
    pthread_t thread;
    pthread_create(&thread, NULL, jump, rig);
    const struct answer answer = client_send(rig->arena, http_port(rig->server), request);
    pthread_join(thread, NULL);
    assert_int_equal(answer.status, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        TEST(answers_with_decoded_path_query_and_cookie),
        TEST(answers_HEAD_without_body),
        TEST(refuses_bad_addresses_methods_heads_and_bodies),
        TEST(refuses_a_ten_megabyte_form_before_and_while_it_is_read),
        TEST(keeps_an_upload_aside_with_its_hash_and_removes_what_nobody_took),
        TEST(asks_what_a_body_may_hold_before_reading_it),
        TEST(lets_another_thread_answer),
        TEST(limits_the_rate_of_an_address_and_lets_it_in_again),
        TEST(believes_a_proxy_only_when_told_to),
        TEST(cuts_a_client_that_sends_too_slowly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
