/* The connection of cinemas' ticketing systems (TICKETS.md; 18.23/62): bearer tokens, idempotent batches, an answer
 * that means "on disk". Bodies are decoded and read before the transaction; below /test/ everything is done and undone.
 */
#include <strings.h>

#include "base/limits.h"
#include "boxoffice/cinema.h"
#include "boxoffice/compliance.h"
#include "boxoffice/day_digest.h"
#include "boxoffice/decode.h"
#include "boxoffice/ingest.h"
#include "boxoffice/programme.h"
#include "web/dispatch.h"
#include "web/visit.h"

static const struct err *prepare_tickets(struct ctx *ctx, struct visit *visit);
static const struct err *prepare_screenings(struct ctx *ctx, struct visit *visit);
static const struct err *take_tickets(struct ctx *ctx, struct visit *visit);
static const struct err *take_screenings(struct ctx *ctx, struct visit *visit);
static const struct err *test_tickets(struct ctx *ctx, struct visit *visit);
static const struct err *test_screenings(struct ctx *ctx, struct visit *visit);
static const struct err *show_batch(struct ctx *ctx, struct visit *visit);
static const struct err *show_compliance(struct ctx *ctx, struct visit *visit);

#define MACHINE .flags = ROUTE_TOKEN | ROUTE_JSON
extern const struct route routes_tickets[];
const struct route routes_tickets[] = {
    {HTTP_POST, "/api/v1/tickets", ROLE_PUBLIC, TX_WRITE, take_tickets, prepare_tickets, MACHINE, "api.tickets",
     "18.23/62/1"},
    {HTTP_POST, "/api/v1/screenings", ROLE_PUBLIC, TX_WRITE, take_screenings, prepare_screenings, MACHINE,
     "api.screenings", "18.23/62/1"},
    {HTTP_POST, "/api/v1/test/tickets", ROLE_PUBLIC, TX_WRITE, test_tickets, prepare_tickets, MACHINE,
     "api.test.tickets", "18.23/62/2"},
    {HTTP_POST, "/api/v1/test/screenings", ROLE_PUBLIC, TX_WRITE, test_screenings, prepare_screenings, MACHINE,
     "api.test.screenings", "18.23/62/2"},
    {HTTP_GET, "/api/v1/batches/{batch}", ROLE_PUBLIC, TX_READ, show_batch, NULL, MACHINE, "api.batch", NULL},
    {HTTP_GET, "/api/v1/compliance/{day}", ROLE_PUBLIC, TX_READ, show_compliance, NULL, MACHINE, "api.compliance",
     NULL},
    {HTTP_GET, "/api/v1/test/batches/{batch}", ROLE_PUBLIC, TX_READ, show_batch, NULL, MACHINE, "api.test.batch", NULL},
    {HTTP_GET, "/api/v1/test/compliance/{day}", ROLE_PUBLIC, TX_READ, show_compliance, NULL, MACHINE,
     "api.test.compliance", NULL},
    {0}};

/* A request that was read, waiting for its transaction. */
struct sent {
    struct text key;
    int64_t system;
    struct batch batch;
    struct programme programme;
    bool has_run;
    struct arena_mark mark; /* where the first run began: the next one gives its memory back */
};

static const struct err *
system_of(struct ctx *ctx, const struct visit *visit, int64_t *ret)
{
    const struct text given = http_header(visit->request, "authorization");
    if (given.len < 7 || strncasecmp(given.at, "Bearer ", 7) != 0) {
        return FAIL(ctx->arena, ERR_NOT_SIGNED_IN, "Authorization: Bearer TOKEN is missing");
    }
    return ticketing_system_of(ctx, text_trim(text_after(given, 7)), ret);
}

struct asking {
    const struct visit *visit;
    int64_t system;
};

static const struct err *
find_system(struct ctx *ctx, void *arg)
{
    struct asking *asking = arg;
    return system_of(ctx, asking->visit, &asking->system);
}

static bool
is_key(struct text key)
{
    for (size_t i = 0; i < key.len; i++) {
        if (key.at[i] <= ' ' || key.at[i] > '~' || key.at[i] == '/') {
            return false;
        }
    }
    return key.len > 0 && key.len <= 128;
}

/* Refused with a sentence that a developer of tills understands; the answer's code is the error's. */
static const struct err *
refuse(struct ctx *ctx, struct visit *visit, int status, const char *code, const char *message)
{
    struct buf buf = buf_new(ctx->arena, 4096);
    struct json_out out = json_out(&buf);
    json_open_object(&out);
    json_put_name(&out, TEXT("error"));
    json_open_object(&out);
    json_member_text(&out, "code", text_of(code));
    json_member_text(&out, "message", words_get(ctx->lang, message));
    json_close_object(&out);
    json_close_object(&out);
    visit_json(visit, status, buf_built(&buf));
    return NULL;
}

static bool
is_type(struct text type, const char *word)
{
    const size_t end = text_find_byte(type, ';');
    const struct text bare = text_trim(text_slice(type, 0, end));
    return bare.len == text_of(word).len && strncasecmp(bare.at, word, bare.len) == 0;
}

/* Token and key, then the body decoded: what tickets and programmes share. */
static const struct err *
prepare(struct ctx *ctx, struct visit *visit, struct sent **ret, struct text *ret_body)
{
    struct asking asking = {.visit = visit};
    TRY(store_read(visit->web->options.store, ctx, find_system, &asking));
    struct sent *sent = ARENA_NEW(ctx->arena, struct sent);
    sent->system = asking.system;
    sent->key = http_header(visit->request, "idempotency-key");
    *ret = sent;
    if (!is_key(sent->key)) {
        return refuse(ctx, visit, 400, "idempotency_key", WORD("error.idempotency_key"));
    }
    TRY(body_decode(ctx->arena, visit->request->body, http_header(visit->request, "content-encoding"), BODY_BYTES_MAX,
                    ret_body));
    visit->prepared = sent;
    return NULL;
}

static const struct err *
prepare_tickets(struct ctx *ctx, struct visit *visit)
{
    const struct text type = http_header(visit->request, "content-type");
    const bool is_csv = is_type(type, "text/csv");
    if (!is_csv && !is_type(type, "application/x-ndjson")) {
        return refuse(ctx, visit, 415, "content_type", WORD("error.content_type"));
    }
    struct sent *sent = NULL;
    struct text body = {NULL, 0};
    TRY(prepare(ctx, visit, &sent, &body));
    if (visit->prepared == NULL) {
        return NULL;
    }
    return batch_read(ctx->arena, body, is_csv ? BATCH_CSV : BATCH_NDJSON, &sent->batch);
}

static const struct err *
prepare_screenings(struct ctx *ctx, struct visit *visit)
{
    if (!is_type(http_header(visit->request, "content-type"), "application/x-ndjson")) {
        return refuse(ctx, visit, 415, "content_type", WORD("error.content_type"));
    }
    struct sent *sent = NULL;
    struct text body = {NULL, 0};
    TRY(prepare(ctx, visit, &sent, &body));
    return visit->prepared == NULL ? NULL : programme_read(ctx->arena, body, &sent->programme);
}

/* The transaction may be run again: memory of the run before is given back. The token is asked for again, as it may
 * have been revoked since. */
static const struct err *
begin(struct ctx *ctx, struct visit *visit, struct sent **ret)
{
    struct sent *sent = visit->prepared;
    if (sent->has_run) {
        arena_rewind(ctx->arena, sent->mark);
    }
    sent->has_run = true;
    sent->mark = arena_mark(ctx->arena);
    *ret = sent;
    int64_t system = 0;
    return system_of(ctx, visit, &system);
}

static const struct err *
take_tickets(struct ctx *ctx, struct visit *visit)
{
    struct sent *sent = NULL;
    TRY(begin(ctx, visit, &sent));
    int64_t closed = 0;
    TRY(ticket_days_close_due(ctx, &closed));
    const struct ingest ingest = {.system = sent->system, .key = sent->key, .batch = &sent->batch};
    struct text answer;
    TRY(tickets_ingest(ctx, &ingest, &answer));
    visit_json(visit, 200, answer);
    return NULL;
}

static const struct err *
take_screenings(struct ctx *ctx, struct visit *visit)
{
    struct sent *sent = NULL;
    TRY(begin(ctx, visit, &sent));
    const struct programme_intake intake = {.system = sent->system, .key = sent->key, .programme = &sent->programme};
    struct text answer;
    TRY(programme_ingest(ctx, &intake, &answer));
    visit_json(visit, 200, answer);
    return NULL;
}

static const struct err *
test_tickets(struct ctx *ctx, struct visit *visit)
{
    struct sent *sent = NULL;
    TRY(begin(ctx, visit, &sent));
    const struct ingest ingest = {.system = sent->system, .key = sent->key, .batch = &sent->batch, .is_test = true};
    struct text answer;
    TRY(tx_savepoint(ctx));
    const struct err *err = tickets_ingest(ctx, &ingest, &answer);
    TRY(tx_back_to(ctx));
    TRY(err);
    visit_json(visit, 200, answer);
    return NULL;
}

static const struct err *
test_screenings(struct ctx *ctx, struct visit *visit)
{
    struct sent *sent = NULL;
    TRY(begin(ctx, visit, &sent));
    const struct programme_intake intake = {
        .system = sent->system, .key = sent->key, .programme = &sent->programme, .is_test = true};
    struct text answer;
    TRY(tx_savepoint(ctx));
    const struct err *err = programme_ingest(ctx, &intake, &answer);
    TRY(tx_back_to(ctx));
    TRY(err);
    visit_json(visit, 200, answer);
    return NULL;
}

static const struct err *
show_batch(struct ctx *ctx, struct visit *visit)
{
    int64_t system = 0;
    TRY(system_of(ctx, visit, &system));
    struct text answer;
    bool found = false;
    TRY(ticket_batch_answer_get(ctx, system, http_param(visit->request, "batch"), &answer, &found));
    if (!found) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "no batch of that key came from this system");
    }
    visit_json(visit, 200, answer);
    return NULL;
}

static const struct err *
show_compliance(struct ctx *ctx, struct visit *visit)
{
    int64_t system = 0;
    TRY(system_of(ctx, visit, &system));
    struct date day;
    if (!date_from_text(http_param(visit->request, "day"), &day)) {
        return FAIL(ctx->arena, ERR_INPUT, "the day is written YYYY-MM-DD");
    }
    struct text report;
    TRY(compliance_of_day(ctx, system, day, &report));
    visit_json(visit, 200, report);
    return NULL;
}
