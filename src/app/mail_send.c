/* One letter: its bytes (RFC 5322, 2045, 2047), and the way out, by SMTP or into a file. */
#include <curl/curl.h>
#include <stdio.h>
#include <string.h>

#include "app/files.h"
#include "app/mail.h"
#include "base/buf.h"
#include "base/encode.h"
#include "base/legal_time.h"
#include "base/limits.h"

enum {
    WORD_BYTES = 39, /* of an encoded word: its line has 76 characters at most, with "Subject: " (RFC 2047, 2) */
    LINE_BYTES = 57, /* of a body's line: 76 characters of base64 (RFC 2045, 6.8) */
    MESSAGE_BYTES_MAX = 4 * OUTBOX_BYTES_MAX
};

static void put_subject(struct buf *buf, struct arena *arena, struct text subject);
static void put_date(struct buf *buf, int64_t at_ms);
static struct text send_file(struct arena *arena, const struct mail_options *options,
                             const struct outbox_letter *letter, struct text message);
static struct text send_smtp(struct arena *arena, const struct mail_options *options,
                             const struct outbox_letter *letter, struct text message);
static bool is_here(const char *smtp);
static size_t give(char *at, size_t size, size_t count, void *arg);

struct text
mail_message(struct arena *arena, const struct mail_options *options, const struct outbox_letter *letter)
{
    struct buf buf = buf_new(arena, MESSAGE_BYTES_MAX);
    const struct text domain = text_after(options->from, text_find_byte(options->from, '@') + 1);
    buf_cstr(&buf, "Date: ");
    put_date(&buf, letter->put_at_ms);
    buf_printf(&buf, "From: <%.*s>\r\nTo: <%.*s>\r\n", TEXT_ARG(options->from), TEXT_ARG(letter->recipient));
    /* The same at each try, so that a reader sees a letter that left twice once. */
    buf_printf(&buf, "Message-ID: <%lld.%lld@%.*s>\r\n", (long long)letter->id, (long long)letter->put_at_ms,
               TEXT_ARG(domain));
    put_subject(&buf, arena, letter->subject);
    buf_printf(&buf,
               "Content-Language: %s\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
               "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n",
               lang_code(letter->lang));
    for (size_t at = 0; at < letter->body.len; at += LINE_BYTES) {
        const struct text line =
            text_slice(letter->body, at, at + LINE_BYTES < letter->body.len ? at + LINE_BYTES : letter->body.len);
        buf_text(&buf, base64_encode(arena, line.at, line.len));
        buf_cstr(&buf, "\r\n");
    }
    return buf_built(&buf);
}

struct text
mail_send(struct arena *arena, const struct mail_options *options, const struct outbox_letter *letter)
{
    const struct text message = mail_message(arena, options, letter);
    return options->smtp == NULL ? send_file(arena, options, letter, message)
                                 : send_smtp(arena, options, letter, message);
}

void
mail_begin(void)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
}

/* Encoded words of whole characters, one a line. */
static void
put_subject(struct buf *buf, struct arena *arena, struct text subject)
{
    buf_cstr(buf, "Subject:");
    size_t at = 0;
    while (at < subject.len) {
        size_t end = at;
        size_t next = at;
        while (next < subject.len) {
            text_next(subject, &next);
            if (next - at > WORD_BYTES) {
                break;
            }
            end = next;
        }
        buf_cstr(buf, at == 0 ? " =?utf-8?B?" : "\r\n =?utf-8?B?");
        buf_text(buf, base64_encode(arena, subject.at + at, end - at));
        buf_cstr(buf, "?=");
        at = end;
    }
    buf_cstr(buf, "\r\n");
}

static void
put_date(struct buf *buf, int64_t at_ms)
{
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int year, month, day;
    const int offset = legal_offset_minutes(at_ms);
    date_to_civil(legal_day(at_ms), &year, &month, &day);
    const int64_t of_day = (at_ms / 1000 + (int64_t)offset * 60) % 86400;
    buf_printf(buf, "%d %s %04d %02d:%02d:%02d +%02d%02d\r\n", day, months[month - 1], year, (int)(of_day / 3600),
               (int)(of_day / 60 % 60), (int)(of_day % 60), offset / 60, offset % 60);
}

static struct text
send_file(struct arena *arena, const struct mail_options *options, const struct outbox_letter *letter,
          struct text message)
{
    const char *path = text_cstr(arena, text_printf(arena, "%s/%08lld.eml", options->folder, (long long)letter->id));
    const struct err *err = file_write(arena, path, message);
    return err == NULL ? (struct text){0} : text_of(err_print(arena, err));
}

/* What curl takes away of the message. */
struct giving {
    struct text rest;
};

static struct text
send_smtp(struct arena *arena, const struct mail_options *options, const struct outbox_letter *letter,
          struct text message)
{
    CURL *curl = curl_easy_init();
    if (curl == NULL) {
        return TEXT("no memory to talk to the mail server");
    }
    char why[CURL_ERROR_SIZE] = "";
    struct giving giving = {.rest = message};
    struct curl_slist *to =
        curl_slist_append(NULL, text_cstr(arena, text_printf(arena, "<%.*s>", TEXT_ARG(letter->recipient))));
    /* A link that opens an account does not cross the network in clear. */
    const long tls = is_here(options->smtp) || options->allows_clear ? CURLUSESSL_TRY : CURLUSESSL_ALL;
    curl_easy_setopt(curl, CURLOPT_URL, options->smtp);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_USE_SSL, tls);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)OUTBOX_TALK_MS);
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, text_cstr(arena, text_printf(arena, "<%.*s>", TEXT_ARG(options->from))));
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
    curl_easy_setopt(curl, CURLOPT_READDATA, &giving);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, why);
    const CURLcode code = to == NULL ? CURLE_OUT_OF_MEMORY : curl_easy_perform(curl);
    struct text failure = {0};
    if (code != CURLE_OK) {
        long answer = 0;
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer);
        failure = text_printf(arena, "%s (%ld)", why[0] == '\0' ? curl_easy_strerror(code) : why, answer);
    }
    curl_slist_free_all(to);
    curl_easy_cleanup(curl);
    return failure;
}

/* A mail server on this machine: a relay that sends on. */
static bool
is_here(const char *smtp)
{
    const char *host = strstr(smtp, "://");
    host = host == NULL ? smtp : host + 3;
    const char *user = strchr(host, '@');
    host = user == NULL ? host : user + 1;
    static const char *const here[] = {"127.0.0.1", "localhost", "[::1]"};
    for (size_t i = 0; i < sizeof here / sizeof here[0]; i++) {
        const size_t len = strlen(here[i]);
        if (strncmp(host, here[i], len) == 0 && (host[len] == '\0' || host[len] == ':' || host[len] == '/')) {
            return true;
        }
    }
    return false;
}

static size_t
give(char *at, size_t size, size_t count, void *arg)
{
    struct giving *giving = arg;
    const size_t room = size * count;
    const size_t len = giving->rest.len < room ? giving->rest.len : room;
    memcpy(at, giving->rest.at, len);
    giving->rest = text_after(giving->rest, len);
    return len;
}
