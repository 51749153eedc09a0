#include "web/kept.h"

#include "access/token.h"
#include "web/pages/resume.html.h"

static const struct page_kept *collect(struct visit *visit, struct text prefix);
static bool is_secret(struct text name);

const struct page_kept *
kept_of_refused(struct visit *visit)
{
    return collect(visit, TEXT(""));
}

const struct page_kept *
kept_along(struct visit *visit)
{
    return collect(visit, TEXT("kept."));
}

void
kept_resume(struct ctx *ctx, struct visit *visit, struct text token)
{
    const struct page_kept *kept = kept_along(visit);
    struct page_resume_fields *fields = ARENA_ARRAY(ctx->arena, struct page_resume_fields, kept->fields_count);
    for (size_t i = 0; i < kept->fields_count; i++) {
        fields[i] = (struct page_resume_fields){.name = kept->fields[i].name, .value = kept->fields[i].value};
    }
    struct page_form_guard *guard = ARENA_NEW(ctx->arena, struct page_form_guard);
    *guard = *visit_guard(visit);
    guard->csrf = csrf_token(ctx->arena, token);
    const struct page_resume data = {
        .action = visit_next(visit, TEXT("/")), .guard = guard, .fields = fields, .fields_count = kept->fields_count};
    visit_page(
        ctx, visit,
        &(struct visit_page){.title = words_get(ctx->lang, WORD("resume.title")), .content = page_resume(ctx, &data)});
}

static const struct page_kept *
collect(struct visit *visit, struct text prefix)
{
    const struct http_request *request = visit->request;
    struct page_kept *kept = ARENA_NEW(visit->ctx.arena, struct page_kept);
    struct page_kept_fields *fields = ARENA_ARRAY(visit->ctx.arena, struct page_kept_fields, request->form_count);
    for (size_t i = 0; i < request->form_count; i++) {
        const struct http_pair *pair = &request->form[i];
        if (!text_starts(pair->name, prefix) || is_secret(text_after(pair->name, prefix.len))) {
            continue;
        }
        fields[kept->fields_count++] =
            (struct page_kept_fields){.name = text_after(pair->name, prefix.len), .value = pair->value};
    }
    kept->fields = fields;
    return kept->fields_count == 0 ? NULL : kept;
}

/* What must not stand in a page, and what belonged to the session that ended. */
static bool
is_secret(struct text name)
{
    static const char *const names[] = {"csrf", "once", "password", "old", "code", "token"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (text_is(name, names[i])) {
            return true;
        }
    }
    return false;
}
