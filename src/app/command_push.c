/* The cinema's side of the connection (TICKETS.md): what a till writes into a folder is sent, in the order of the
 * names, and moved away only when the Centre has answered that it is on disk. A file's key comes from its name and its
 * bytes, so that a file sent again after any interruption counts once. Needs no database and no house. */
#include <curl/curl.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/command.h"
#include "app/files.h"
#include "base/buf.h"
#include "base/encode.h"
#include "base/json.h"
#include "base/limits.h"

static int run(struct arena *arena, int argc, char **argv);

const struct command command_push = {
    .name = "push",
    .usage = "push --spool DIR --to URL --token-file FILE [--once] [--tries N]",
    .summary = {[LANG_AR] = "يرسل إلى المركز ما تكتبه صناديق القاعة في مجلد، مرة واحدة لكل تذكرة.",
                [LANG_FR] = "Envoie au Centre ce que les caisses écrivent dans un dossier, chaque billet une fois.",
                [LANG_EN] = "Sends to the Centre what tills write into a folder, each ticket once."},
    .details =
        "Files NAME.ndjson hold tickets, NAME.csv too; a name that begins with screenings holds a programme. Write a "
        "file "
        "under a name that begins with a dot and rename it when it is whole. Files go in the order of their names; one "
        "that was answered moves to sent/ with its answer beside it, one that the Centre cannot read to refused/.\n"
        "The network or the power may end at any moment: a file that was not moved is sent again under the same key, "
        "and "
        "the Centre counts it once. --once ends when the folder is empty, or after --tries (8) failures in a row with "
        "growing pauses, with status 3. Without it the folder is looked at every five seconds until SIGTERM.\n"
        "URL is the Centre's address, https://tickets.example; the paths are added. The token stands alone in its "
        "file.\n",
    .run = run,
};

enum { TOKEN_FILE_BYTES = 4096, SPOOL_FILE_BYTES_MAX = 256 * 1024 * 1024, PAUSE_MS_MAX = 60000, LOOK_MS = 5000 };

struct push {
    const char *spool;
    const char *to;
    const char *token_file;
    bool once;
    int64_t tries;
    struct text token;
    CURL *curl;
    int failures; /* in a row */
};

static volatile sig_atomic_t ending;

static void
end(int signal)
{
    (void)signal;
    ending = 1;
}

static size_t
take_answer(char *at, size_t size, size_t count, void *buf)
{
    buf_bytes(buf, at, size * count);
    return size * count;
}

struct sending {
    const char *path; /* of the address */
    const char *type;
    struct text key;
    struct text body;
};
enum sent { SENT_STORED = 1, SENT_REFUSED, SENT_AGAIN, SENT_FORBIDDEN };

/* One batch. SENT_AGAIN when nobody knows what became of it, or the Centre asks to wait. */
static enum sent
send_batch(struct arena *arena, struct push *push, const struct sending *sending, struct text *ret_answer)
{
    struct buf answer = buf_new(arena, JSON_BYTES_MAX);
    const struct text url = text_printf(arena, "%s%s", push->to, sending->path);
    struct curl_slist *headers =
        curl_slist_append(NULL, text_printf(arena, "Authorization: Bearer %.*s", TEXT_ARG(push->token)).at);
    headers = curl_slist_append(headers, text_printf(arena, "Idempotency-Key: %.*s", TEXT_ARG(sending->key)).at);
    headers = curl_slist_append(headers, text_printf(arena, "Content-Type: %s", sending->type).at);
    headers = curl_slist_append(headers, "Expect:");
    curl_easy_reset(push->curl);
    curl_easy_setopt(push->curl, CURLOPT_URL, url.at);
    curl_easy_setopt(push->curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(push->curl, CURLOPT_POSTFIELDS, sending->body.at);
    curl_easy_setopt(push->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)sending->body.len);
    curl_easy_setopt(push->curl, CURLOPT_WRITEFUNCTION, take_answer);
    curl_easy_setopt(push->curl, CURLOPT_WRITEDATA, &answer);
    curl_easy_setopt(push->curl, CURLOPT_CONNECTTIMEOUT, 10L);
    curl_easy_setopt(push->curl, CURLOPT_TIMEOUT, 120L);
    curl_easy_setopt(push->curl, CURLOPT_NOSIGNAL, 1L);
    const CURLcode code = curl_easy_perform(push->curl);
    long status = 0;
    curl_easy_getinfo(push->curl, CURLINFO_RESPONSE_CODE, &status);
    curl_slist_free_all(headers);
    *ret_answer = buf_built(&answer);
    if (code != CURLE_OK) {
        fprintf(stderr, "%s: %s\n", url.at, curl_easy_strerror(code));
        return SENT_AGAIN;
    }
    if (status == 200) {
        return SENT_STORED;
    }
    fprintf(stderr, "%s: %ld %.*s\n", url.at, status, TEXT_ARG(text_slice(*ret_answer, 0, ret_answer->len)));
    if (status == 401 || status == 403) {
        return SENT_FORBIDDEN;
    }
    return status == 429 || status >= 500 ? SENT_AGAIN : SENT_REFUSED;
}

/* The next lines of a file, as many as a batch may have; a CSV is one batch. */
static struct text
next_batch(struct text *rest, bool is_csv)
{
    size_t stop = is_csv ? rest->len : 0;
    for (size_t lines = 0; !is_csv && lines < TICKET_LINES_MAX && stop < rest->len; lines++) {
        const char *line_end = memchr(rest->at + stop, '\n', rest->len - stop);
        const size_t next = line_end == NULL ? rest->len : (size_t)(line_end - rest->at) + 1;
        if (next > BODY_BYTES_MAX && stop > 0) {
            break;
        }
        stop = next;
    }
    const struct text batch = text_slice(*rest, 0, stop);
    *rest = text_after(*rest, stop);
    return batch;
}

/* File's name and bytes make the key; other characters of the name than a key may have are left out. */
static struct text
key_of(struct arena *arena, struct text name, struct text batch, int part)
{
    struct buf buf = buf_new(arena, 256);
    for (size_t i = 0; i < name.len && buf.len < 60; i++) {
        const char c = name.at[i];
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' ||
            c == '.') {
            buf_char(&buf, c);
        }
    }
    const struct text parts[] = {name, TEXT("\n"), batch};
    const struct text hash = hash_to_hex(arena, hash_of_parts(parts, 3));
    buf_printf(&buf, ":%d:%.*s", part, 32, hash.at);
    return buf_built(&buf);
}

/* The answer first, then the file's new place: between them a crash only means that it is sent again. */
static const struct err *
move_away(struct arena *arena, const struct push *push, struct text name, const char *folder, struct text answers)
{
    const char *to = text_cstr(arena, text_printf(arena, "%s/%s", push->spool, folder));
    TRY(folder_make(arena, to));
    TRY(file_write(arena, text_cstr(arena, text_printf(arena, "%s/%.*s.answer.ndjson", to, TEXT_ARG(name))), answers));
    const char *old_path = text_cstr(arena, text_printf(arena, "%s/%.*s", push->spool, TEXT_ARG(name)));
    const char *new_path = text_cstr(arena, text_printf(arena, "%s/%.*s", to, TEXT_ARG(name)));
    if (rename(old_path, new_path) != 0) {
        return file_failed(arena, "rename", old_path);
    }
    TRY(folder_sync(arena, to));
    return folder_sync(arena, push->spool);
}

static const struct err *
send_file(struct arena *arena, struct push *push, struct text name, enum sent *ret)
{
    struct text file;
    const char *path = text_cstr(arena, text_printf(arena, "%s/%.*s", push->spool, TEXT_ARG(name)));
    TRY(file_read(arena, path, SPOOL_FILE_BYTES_MAX, &file));
    const bool is_csv = text_ends(name, TEXT(".csv"));
    const char *to = text_starts(name, TEXT("screenings")) ? "/api/v1/screenings" : "/api/v1/tickets";
    struct buf answers = buf_new(arena, SPOOL_FILE_BYTES_MAX);
    *ret = SENT_STORED;
    for (int part = 1; *ret == SENT_STORED && file.len > 0; part++) {
        const struct text batch = next_batch(&file, is_csv);
        struct text answer;
        const struct sending sending = {.path = to,
                                        .type = is_csv ? "text/csv" : "application/x-ndjson",
                                        .key = key_of(arena, name, batch, part),
                                        .body = batch};
        *ret = send_batch(arena, push, &sending, &answer);
        buf_text(&answers, answer);
        buf_char(&answers, '\n');
    }
    if (*ret == SENT_STORED || *ret == SENT_REFUSED) {
        TRY(move_away(arena, push, name, *ret == SENT_STORED ? "sent" : "refused", buf_built(&answers)));
        printf("%s %.*s\n", *ret == SENT_STORED ? "sent" : "refused", TEXT_ARG(name));
        fflush(stdout);
    }
    return NULL;
}

static void
pause_ms(int64_t ms)
{
    const struct timespec time = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
    nanosleep(&time, NULL); /* a signal ends it early, which is wanted */
}

static bool
is_spooled(struct text name)
{
    return text_find_byte(name, '/') == name.len && (text_ends(name, TEXT(".ndjson")) || text_ends(name, TEXT(".csv")));
}

/* What lies in the folder now, once through. *ret_left: something stays to be sent. */
static const struct err *
look(struct arena *arena, struct push *push, bool *ret_left, int *ret_refused)
{
    struct file_entry *files = NULL;
    size_t count = 0;
    *ret_left = false;
    TRY(folder_list(arena, push->spool, &files, &count));
    for (size_t i = 0; i < count && ending == 0; i++) {
        if (!is_spooled(files[i].path)) {
            continue;
        }
        DEFER(arena_free_at) struct arena *one = arena_new((size_t)SPOOL_FILE_BYTES_MAX * 4);
        enum sent sent = SENT_STORED;
        const struct err *err = send_file(one, push, files[i].path, &sent);
        if (err != NULL) {
            return FAIL(arena, err->code, "%s", err_print(arena, err));
        }
        *ret_refused += sent == SENT_REFUSED ? 1 : 0;
        if (sent == SENT_FORBIDDEN) {
            return FAIL(arena, ERR_FORBIDDEN, "the Centre does not know this token, or it was revoked");
        }
        if (sent == SENT_AGAIN) { /* order is kept: nothing overtakes a file that waits */
            push->failures++;
            *ret_left = true;
            return NULL;
        }
        push->failures = 0;
    }
    return NULL;
}

static int
run(struct arena *arena, int argc, char **argv)
{
    struct push push = {.tries = 8};
    const struct option_row rows[] = {{.name = "spool", .text = &push.spool},
                                      {.name = "to", .text = &push.to},
                                      {.name = "token-file", .text = &push.token_file},
                                      {.name = "once", .flag = &push.once},
                                      {.name = "tries", .number = &push.tries}};
    struct options options;
    const struct err *err = options_read(arena, argc, argv, &(struct options_taken){OPTION_ROWS(rows)}, &options);
    if (err == NULL && (push.spool == NULL || push.to == NULL || push.token_file == NULL)) {
        err = FAIL(arena, ERR_USAGE, "--spool, --to and --token-file must be given");
    }
    if (err != NULL) {
        return command_misused(arena, &command_push, err);
    }
    err = file_read(arena, push.token_file, TOKEN_FILE_BYTES, &push.token);
    push.token = text_trim(push.token);
    signal(SIGTERM, end);
    signal(SIGINT, end);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    push.curl = curl_easy_init();
    int refused = 0;
    bool left = false;
    while (err == NULL && ending == 0) {
        const struct arena_mark mark = arena_mark(arena);
        err = look(arena, &push, &left, &refused);
        if (err != NULL || (push.once && (!left || push.failures >= push.tries))) {
            break;
        }
        arena_rewind(arena, mark);
        const int64_t backoff = INT64_C(500) << (push.failures < 8 ? push.failures : 8);
        pause_ms(!left ? LOOK_MS : backoff < PAUSE_MS_MAX ? backoff : PAUSE_MS_MAX);
    }
    curl_easy_cleanup(push.curl);
    curl_global_cleanup();
    if (err == NULL && push.once && left) {
        err = FAIL(arena, ERR_IO, "the Centre could not be reached; nothing is lost, run it again");
    }
    return err != NULL ? command_end(arena, err) : refused > 0 ? 1 : 0;
}
