/* The interface for machines, described: OpenAPI 3.1 drawn from the table of routes and from what the law declares, so
 * that neither can lag behind; the norms and the procedures of the corpus in force as JSON. docs/api.md. */
#include <string.h>

#include "law/procedure.h"
#include "web/dispatch.h"
#include "web/visit.h"

static const struct err *show_openapi(struct ctx *ctx, struct visit *visit);
static const struct err *show_norms(struct ctx *ctx, struct visit *visit);
static const struct err *show_procedures(struct ctx *ctx, struct visit *visit);
static const struct err *show_procedure(struct ctx *ctx, struct visit *visit);

extern const struct route routes_api[];
const struct route routes_api[] = {
    {HTTP_GET, "/api/v1/openapi.json", ROLE_PUBLIC, TX_READ, show_openapi, .flags = ROUTE_JSON, .name = "api.openapi"},
    {HTTP_GET, "/api/v1/law/norms", ROLE_PUBLIC, TX_READ, show_norms, .flags = ROUTE_JSON, .name = "api.norms"},
    {HTTP_GET, "/api/v1/procedures", ROLE_PUBLIC, TX_READ, show_procedures, .flags = ROUTE_JSON,
     .name = "api.procedures"},
    {HTTP_GET, "/api/v1/procedures/{procedure}", ROLE_PUBLIC, TX_READ, show_procedure, .flags = ROUTE_JSON,
     .name = "api.procedure"},
    {0}};

enum { API_BYTES_MAX = 8 * 1024 * 1024, FACT_DEPTH_MAX = 8 };

static void put_route(struct json_out *out, struct ctx *ctx, const struct route *route);
static void put_paths(struct json_out *out, struct ctx *ctx);
static void put_fact(struct json_out *out, const struct law_fact *fact, int depth);
static void put_record(struct json_out *out, const struct law_fact *facts, size_t count, int depth);
static void put_texts(struct json_out *out, const char *name, const struct text *texts, size_t count);
static void put_langs(struct json_out *out, const char *name, const struct text says[LANGS]);
static void put_procedure(struct json_out *out, const struct procedure *procedure, bool whole);

static const struct err *
show_openapi(struct ctx *ctx, struct visit *visit)
{
    struct buf buf = buf_new(ctx->arena, API_BYTES_MAX);
    struct json_out out = json_out(&buf);
    json_open_object(&out);
    json_member_text(&out, "openapi", TEXT("3.1.0"));
    json_put_name(&out, TEXT("info"));
    json_open_object(&out);
    json_member_text(&out, "title", TEXT("markaz"));
    json_member_text(&out, "version", TEXT("1"));
    json_member_text(&out, "description",
                     TEXT("The register, the law and the tickets of a national film authority. The schemas of checks "
                          "are those of the corpus in force."));
    json_close_object(&out);
    put_paths(&out, ctx);
    json_put_name(&out, TEXT("components"));
    json_open_object(&out);
    json_put_name(&out, TEXT("securitySchemes"));
    json_put_raw(&out, TEXT("{\"token\":{\"type\":\"http\",\"scheme\":\"bearer\"},"
                            "\"session\":{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"session\"}}"));
    json_put_name(&out, TEXT("schemas"));
    json_open_object(&out);
    size_t count = 0;
    const struct law_check *checks = law_checks(ctx->arena, ctx->law, ctx->today, &count);
    for (size_t i = 0; i < count; i++) {
        json_put_name(&out, checks[i].name);
        put_record(&out, checks[i].facts, checks[i].facts_count, 0);
    }
    json_close_object(&out);
    json_close_object(&out);
    json_close_object(&out);
    visit_json(visit, 200, buf_built(&buf));
    return NULL;
}

static const struct err *
show_norms(struct ctx *ctx, struct visit *visit)
{
    const struct text wanted = http_query(visit->request, "text");
    struct buf buf = buf_new(ctx->arena, API_BYTES_MAX);
    struct json_out out = json_out(&buf);
    size_t count = 0;
    const struct norm *norms = law_norms(ctx->law, &count);
    json_open_object(&out);
    json_member_text(&out, "root", hash_to_hex(ctx->arena, law_root(ctx->law)));
    json_put_name(&out, TEXT("norms"));
    json_open_array(&out);
    for (size_t i = 0; i < count; i++) {
        if (wanted.len > 0 && !text_equal(wanted, norms[i].text_id)) {
            continue;
        }
        json_open_object(&out);
        json_member_text(&out, "id", norms[i].id);
        json_member_text(&out, "text", norms[i].text_id);
        json_member_text(&out, "article", norms[i].article);
        json_member_text(&out, "kind", norms[i].kind);
        put_langs(&out, "says", norms[i].says);
        json_close_object(&out);
    }
    json_close_array(&out);
    json_close_object(&out);
    if (buf.overflowed) {
        return FAIL(ctx->arena, ERR_TOO_LARGE, "the norms do not fit: ask for one text");
    }
    visit_json(visit, 200, buf_built(&buf));
    return NULL;
}

static const struct err *
show_procedures(struct ctx *ctx, struct visit *visit)
{
    struct buf buf = buf_new(ctx->arena, API_BYTES_MAX);
    struct json_out out = json_out(&buf);
    size_t count = 0;
    const struct procedure *procedures = law_procedures(ctx->law, ctx->today, &count);
    json_open_object(&out);
    json_put_name(&out, TEXT("procedures"));
    json_open_array(&out);
    for (size_t i = 0; i < count; i++) {
        put_procedure(&out, &procedures[i], false);
    }
    json_close_array(&out);
    json_close_object(&out);
    visit_json(visit, 200, buf_built(&buf));
    return NULL;
}

static const struct err *
show_procedure(struct ctx *ctx, struct visit *visit)
{
    const struct procedure *procedure = law_procedure(ctx->law, http_param(visit->request, "procedure"), ctx->today);
    if (procedure == NULL) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "no such procedure");
    }
    struct buf buf = buf_new(ctx->arena, API_BYTES_MAX);
    struct json_out out = json_out(&buf);
    put_procedure(&out, procedure, true);
    visit_json(visit, 200, buf_built(&buf));
    return NULL;
}

/* One member for each pattern, with its methods. */
static void
put_paths(struct json_out *out, struct ctx *ctx)
{
    json_put_name(out, TEXT("paths"));
    json_open_object(out);
    for (size_t list = 0; list < route_lists_count; list++) {
        for (const struct route *route = route_lists[list]; route->pattern != NULL; route++) {
            if (!text_starts(text_of(route->pattern), TEXT("/api/v1/"))) {
                continue;
            }
            bool seen = false;
            for (const struct route *before = route_lists[list]; before < route; before++) {
                seen = seen || strcmp(before->pattern, route->pattern) == 0;
            }
            if (seen) {
                continue;
            }
            json_put_name(out, text_of(route->pattern));
            json_open_object(out);
            for (const struct route *same = route; same->pattern != NULL; same++) {
                if (strcmp(same->pattern, route->pattern) == 0) {
                    put_route(out, ctx, same);
                }
            }
            json_close_object(out);
        }
    }
    json_close_object(out);
}

static void
put_route(struct json_out *out, struct ctx *ctx, const struct route *route)
{
    json_put_name(out, route->method == HTTP_GET ? TEXT("get") : TEXT("post"));
    json_open_object(out);
    json_member_text(out, "operationId", text_of(route->name));
    if (route->norm != NULL) {
        json_member_text(out, "description", text_printf(ctx->arena, "Norm %s.", route->norm));
    }
    if ((route->flags & ROUTE_TOKEN) != 0) {
        json_put_name(out, TEXT("security"));
        json_put_raw(out, TEXT("[{\"token\":[]}]"));
    } else if ((route->roles & ROLE_PUBLIC) == 0) {
        json_put_name(out, TEXT("security"));
        json_put_raw(out, TEXT("[{\"session\":[]}]"));
    }
    json_put_name(out, TEXT("parameters"));
    json_open_array(out);
    struct text rest = text_of(route->pattern);
    struct text part;
    while (text_split(&rest, '/', &part)) {
        if (part.len < 3 || part.at[0] != '{') {
            continue;
        }
        json_open_object(out);
        json_member_text(out, "name", text_slice(part, 1, part.len - 1));
        json_member_text(out, "in", TEXT("path"));
        json_member_bool(out, "required", true);
        json_put_name(out, TEXT("schema"));
        json_put_raw(out, TEXT("{\"type\":\"string\"}"));
        json_close_object(out);
    }
    json_close_array(out);
    json_put_name(out, TEXT("responses"));
    json_put_raw(out, TEXT("{\"200\":{\"description\":\"The answer.\",\"content\":{\"application/json\":{}}},"
                           "\"default\":{\"description\":\"An error, with an incident number.\"}}"));
    json_close_object(out);
}

/* A record of facts as a JSON schema. */
static void
put_record(struct json_out *out, const struct law_fact *facts, size_t count, int depth)
{
    json_open_object(out);
    json_member_text(out, "type", TEXT("object"));
    json_put_name(out, TEXT("properties"));
    json_open_object(out);
    for (size_t i = 0; i < count; i++) {
        json_put_name(out, facts[i].name);
        put_fact(out, &facts[i], depth + 1);
    }
    json_close_object(out);
    json_member_bool(out, "additionalProperties", false);
    json_close_object(out);
}

static void
put_fact(struct json_out *out, const struct law_fact *fact, int depth)
{
    static const char *const types[] = {[FACT_YES_NO] = "boolean", [FACT_NUMBER] = "number", [FACT_WHOLE] = "integer",
                                        [FACT_MONEY] = "number",   [FACT_LIST] = "array",    [FACT_MAP] = "object"};
    if (fact->type == FACT_RECORD && depth < FACT_DEPTH_MAX) {
        put_record(out, fact->fields, fact->fields_count, depth);
        return;
    }
    json_open_object(out);
    const bool has_type = fact->type < sizeof types / sizeof types[0] && types[fact->type] != NULL;
    json_member_text(out, "type",
                     has_type                    ? text_of(types[fact->type])
                     : fact->type == FACT_RECORD ? TEXT("object")
                                                 : TEXT("string"));
    if (fact->type == FACT_DATE) {
        json_member_text(out, "format", TEXT("date"));
    }
    if (fact->type == FACT_ONE_OF) {
        put_texts(out, "enum", fact->codes, fact->codes_count);
    }
    if (fact->type == FACT_LIST || fact->type == FACT_MAP) {
        const struct law_fact of = {.type = fact->of == 0 ? FACT_RECORD : fact->of,
                                    .codes = fact->codes,
                                    .codes_count = fact->codes_count,
                                    .fields = fact->fields,
                                    .fields_count = fact->fields_count};
        json_put_name(out, fact->type == FACT_LIST ? TEXT("items") : TEXT("additionalProperties"));
        put_fact(out, &of, depth + 1);
    }
    json_close_object(out);
}

static void
put_procedure(struct json_out *out, const struct procedure *procedure, bool whole)
{
    json_open_object(out);
    json_member_text(out, "name", procedure->name);
    json_member_text(out, "text", procedure->text_id);
    put_langs(out, "title", procedure->title);
    json_member_text(out, "act", procedure->act);
    json_member_text(out, "decided_by", procedure->decided_by);
    put_texts(out, "filed_by", procedure->filed_by, procedure->filed_by_count);
    if (whole) {
        json_put_name(out, TEXT("documents"));
        json_open_array(out);
        for (size_t i = 0; i < procedure->documents_count; i++) {
            const struct procedure_document *document = &procedure->documents[i];
            json_open_object(out);
            json_member_text(out, "code", document->code);
            json_member_bool(out, "required", document->required);
            if (document->when.len > 0) {
                json_member_text(out, "when", document->when);
            }
            put_texts(out, "attests", document->attests, document->attests_count);
            put_texts(out, "norms", document->norms, document->norms_count);
            json_close_object(out);
        }
        json_close_array(out);
        put_texts(out, "checks", procedure->checks, procedure->checks_count);
        put_texts(out, "norms", procedure->norms, procedure->norms_count);
        json_member_text(out, "opinion", procedure->opinion_body);
        json_member_text(out, "grants", procedure->grants);
    }
    json_close_object(out);
}

static void
put_texts(struct json_out *out, const char *name, const struct text *texts, size_t count)
{
    json_put_name(out, text_of(name));
    json_open_array(out);
    for (size_t i = 0; i < count; i++) {
        json_put_text(out, texts[i]);
    }
    json_close_array(out);
}

static void
put_langs(struct json_out *out, const char *name, const struct text says[LANGS])
{
    json_put_name(out, text_of(name));
    json_open_object(out);
    for (int lang = LANG_AR; lang <= LANG_EN; lang++) {
        json_member_text(out, lang_code((enum lang)lang), says[lang]);
    }
    json_close_object(out);
}
