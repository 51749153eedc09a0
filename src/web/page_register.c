/* The public register: instruments of legal persons and their holders, found as people write, with their state today
 * and each act behind it. */
#include "base/limits.h"
#include "registry/search.h"
#include "web/dossier_parts.h"
#include "web/law_links.h"
#include "web/pages/pager.html.h"
#include "web/pages/register_list.html.h"
#include "web/pages/register_show.html.h"
#include "web/pages/timeline.html.h"

static const struct err *show_list(struct ctx *ctx, struct visit *visit);
static const struct err *show_instrument(struct ctx *ctx, struct visit *visit);
static const struct err *list_json(struct ctx *ctx, struct visit *visit);

extern const struct route routes_register[];
const struct route routes_register[] = {
    {HTTP_GET, "/register", ROLE_PUBLIC, TX_READ, show_list, .name = "register.list", .norm = "18.23/73"},
    {HTTP_GET, "/register/{number*}", ROLE_PUBLIC, TX_READ, show_instrument, .name = "register.show"},
    {HTTP_GET, "/api/v1/register", ROLE_PUBLIC, TX_READ, list_json, .flags = ROUTE_JSON, .name = "api.register"},
    {0}};

enum { LISTED = 25 };

/* One page of what was asked, and whether there is more. */
static const struct err *
search_of(struct ctx *ctx, const struct visit *visit, struct register_query *query, struct instrument **ret,
          size_t *ret_count, bool *ret_more)
{
    const struct text words = text_trim(http_query(visit->request, "q"));
    *query = (struct register_query){.words = text_slice(words, 0, words.len < 200 ? words.len : 200),
                                     .kind = http_query(visit->request, "kind"),
                                     .limit = LISTED + 1};
    (void)instrument_status_from(http_query(visit->request, "status"), &query->status);
    (void)visit_number(http_query(visit->request, "before"), &query->before.value);
    TRY(register_search(ctx, query, ret, ret_count));
    *ret_more = *ret_count > LISTED;
    *ret_count = *ret_more ? LISTED : *ret_count;
    return NULL;
}

static struct page_register_list_kinds *
kinds_of(struct ctx *ctx, struct text chosen, size_t *ret_count)
{
    size_t count = 0;
    const struct procedure *procedures = law_procedures(ctx->law, ctx->today, &count);
    struct page_register_list_kinds *kinds = ARENA_ARRAY(ctx->arena, struct page_register_list_kinds, count);
    *ret_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (procedures[i].grants.len > 0) {
            kinds[(*ret_count)++] =
                (struct page_register_list_kinds){.code = procedures[i].grants,
                                                  .title = law_label(ctx, procedures[i].grants),
                                                  .chosen = text_equal(procedures[i].grants, chosen)};
        }
    }
    return kinds;
}

static const struct err *
show_list(struct ctx *ctx, struct visit *visit)
{
    struct register_query query;
    struct instrument *found = NULL;
    size_t count = 0;
    bool more = false;
    TRY(search_of(ctx, visit, &query, &found, &count, &more));
    struct page_register_list_rows *rows = ARENA_ARRAY(ctx->arena, struct page_register_list_rows, count);
    for (size_t i = 0; i < count; i++) {
        rows[i] = (struct page_register_list_rows){.number = found[i].number,
                                                   .url = register_url(ctx, found[i].number),
                                                   .title = law_label(ctx, found[i].kind),
                                                   .holder = ctx->lang == LANG_AR ? found[i].holder_ar
                                                                                  : found[i].holder_latin,
                                                   .granted_on = found[i].granted_on,
                                                   .status = instrument_badge(ctx, found[i].status)};
    }
    struct page_pager pager = {0};
    const struct text params = text_printf(ctx->arena, "q=%.*s&kind=%.*s", TEXT_ARG(url_part(ctx, query.words)),
                                           TEXT_ARG(url_part(ctx, query.kind)));
    if (query.before.value != 0) {
        pager.first = text_printf(ctx->arena, "/register?%.*s", TEXT_ARG(params));
    }
    if (more) {
        pager.next = text_printf(ctx->arena, "/register?%.*s&before=%lld", TEXT_ARG(params),
                                 (long long)found[count - 1].id.value);
    }
    struct page_register_list data = {
        .query = query.words, .rows = rows, .rows_count = count, .pager = page_pager(ctx, &pager)};
    data.kinds = kinds_of(ctx, query.kind, &data.kinds_count);
    visit_page(ctx, visit,
               &(struct visit_page){.title = words_get(ctx->lang, WORD("nav.register")),
                                    .content = page_register_list(ctx, &data),
                                    .section = "register",
                                    .wide = true});
    return NULL;
}

static const struct err *
show_instrument(struct ctx *ctx, struct visit *visit)
{
    struct instrument instrument;
    bool found = false;
    TRY(instrument_find(ctx, http_param(visit->request, "number"), &instrument, &found));
    struct party party;
    if (found) {
        TRY(party_get(ctx, instrument.party, &party));
    }
    /* A natural person's instrument is not published: no basis for it is loaded (R9). */
    const bool is_own = found && ctx->user != NULL && ctx->user->party.value == instrument.party.value;
    const bool is_office = ctx->user != NULL && (ctx->user->roles & (ROLE_OFFICER | ROLE_DIRECTOR | ROLE_AUDITOR)) != 0;
    if (!found || (party.kind == PARTY_NATURAL_PERSON && !is_own && !is_office)) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "no such instrument in the public register");
    }
    struct instrument_event *events = NULL;
    size_t count = 0;
    TRY(instrument_events(ctx, instrument.id, &events, &count));
    struct page_timeline_steps *steps = ARENA_ARRAY(ctx->arena, struct page_timeline_steps, count);
    for (size_t i = 0; i < count; i++) {
        steps[i] = (struct page_timeline_steps){
            .day = events[i].day,
            .title = instrument_badge(ctx, events[i].status)->title,
            .state = TEXT("done"),
            .url = text_printf(ctx->arena, "/verify/%lld", (long long)events[i].act.value)};
    }
    const struct page_timeline timeline = {.steps = steps, .steps_count = count};
    const struct page_register_show data = {
        .guard = visit_guard(visit),
        .number = instrument.number,
        .title = law_label(ctx, instrument.kind),
        .title_ar = ctx->lang == LANG_AR ? TEXT("") : law_word(ctx->law, instrument.kind, LANG_AR),
        .holder = ctx->lang == LANG_AR ? instrument.holder_ar : instrument.holder_latin,
        .holder_other = ctx->lang == LANG_AR ? instrument.holder_latin : instrument.holder_ar,
        .ice = party.ice,
        .status = instrument_badge(ctx, instrument.status),
        .granted_on = instrument.granted_on,
        .valid_until = instrument.valid_until,
        .taken_over = instrument.taken_over,
        .act = instrument.act.value,
        .verify = text_printf(ctx->arena, "/verify/%lld", (long long)instrument.act.value),
        .timeline = page_timeline(ctx, &timeline),
        .certificate = is_own && !instrument.taken_over
                           ? text_printf(ctx->arena, "/instruments/%lld/certificate", (long long)instrument.id.value)
                           : TEXT(""),
        .measures = is_office && route_exists("/instruments/{instrument}")
                        ? text_printf(ctx->arena, "/instruments/%lld", (long long)instrument.id.value)
                        : TEXT("")};
    const struct visit_crumb crumbs[] = {{words_get(ctx->lang, WORD("nav.register")), TEXT("/register")},
                                         {instrument.number, TEXT("")}};
    visit_page(ctx, visit,
               &(struct visit_page){.title = instrument.number,
                                    .content = page_register_show(ctx, &data),
                                    .crumbs = crumbs,
                                    .crumbs_count = 2,
                                    .section = "register"});
    return NULL;
}

static const struct err *
list_json(struct ctx *ctx, struct visit *visit)
{
    struct register_query query;
    struct instrument *found = NULL;
    size_t count = 0;
    bool more = false;
    TRY(search_of(ctx, visit, &query, &found, &count, &more));
    struct buf buf = buf_new(ctx->arena, JSON_BYTES_MAX);
    struct json_out out = json_out(&buf);
    json_open_object(&out);
    json_put_name(&out, TEXT("instruments"));
    json_open_array(&out);
    for (size_t i = 0; i < count; i++) {
        json_open_object(&out);
        json_member_text(&out, "number", found[i].number);
        json_member_text(&out, "kind", found[i].kind);
        json_member_text(&out, "status", text_of(instrument_status_code(found[i].status)));
        json_member_text(&out, "holder_ar", found[i].holder_ar);
        json_member_text(&out, "holder_latin", found[i].holder_latin);
        json_member_text(&out, "granted_on", date_to_text(ctx->arena, found[i].granted_on));
        json_member_int(&out, "act", found[i].act.value);
        json_close_object(&out);
    }
    json_close_array(&out);
    if (more) {
        json_member_int(&out, "before", found[count - 1].id.value);
    }
    json_close_object(&out);
    visit_json(visit, 200, buf_built(&buf));
    return NULL;
}
