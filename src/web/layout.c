/* The page around a page: who the house is, where the reader stands, and where he can go. */
#include "web/pages/layout.html.h"

#include <string.h>

#include "base/world.h"
#include "http/url.h"
#include "web/asset.h"
#include "web/dispatch.h"
#include "web/visit.h"

/* An entry is shown to whoever holds one of the roles, when its route exists. */
struct entry {
    const char *section;
    const char *url;
    const char *word;
    unsigned roles;
};
static const struct entry entries[] = {
    {"queue", "/queue", WORD("nav.queue"), ROLE_OFFICER | ROLE_DIRECTOR | ROLE_COUNTER | ROLE_AUDITOR},
    {"signatures", "/signatures", WORD("nav.signatures"), ROLE_DIRECTOR},
    {"dossiers", "/dossiers", WORD("nav.dossiers"), ROLE_APPLICANT},
    {"committees", "/committees", WORD("nav.committees"), ROLE_SECRETARY | ROLE_MEMBER},
    {"inspection", "/inspections", WORD("nav.inspections"), ROLE_INSPECTOR},
    {"fund", "/fund", WORD("nav.fund"), ROLE_ACCOUNTANT | ROLE_AUDITOR},
    {"accounts", "/accounts", WORD("nav.accounts"), ROLE_ADMINISTRATOR},
    {"delegations", "/delegations", WORD("nav.delegations"), ROLE_DIRECTOR | ROLE_ADMINISTRATOR},
    {"procedures", "/procedures", WORD("nav.procedures"), ROLE_PUBLIC},
    {"register", "/register", WORD("nav.register"), ROLE_PUBLIC},
    {"law", "/law", WORD("nav.law"), ROLE_PUBLIC},
    {"boxoffice", "/boxoffice", WORD("nav.boxoffice"), ROLE_PUBLIC},
    {"treaties", "/treaties", WORD("nav.treaties"), ROLE_PUBLIC},
    {"verify", "/verify", WORD("nav.verify"), ROLE_PUBLIC},
};
enum { ENTRIES = sizeof entries / sizeof entries[0] };

static void navigate(struct ctx *ctx, const char *section, struct page_layout *layout);
static void switch_languages(struct ctx *ctx, const struct visit *visit, struct page_layout *layout);
static void trace_crumbs(struct ctx *ctx, const struct visit_page *page, struct page_layout *layout);
static const char *done_word(struct ctx *ctx, const struct visit *visit);

void
visit_page(struct ctx *ctx, struct visit *visit, const struct visit_page *page)
{
    const struct user *user = ctx->user;
    struct page_layout layout = {.title = page->title,
                                 .style = asset_url("style.css"),
                                 .icon = asset_url("icon.svg"),
                                 .script = asset_url("page.js"),
                                 .content = page->content,
                                 .wide = page->wide,
                                 .is_home = page->section != NULL && strcmp(page->section, "home") == 0,
                                 .done = done_word(ctx, visit),
                                 .demo = visit->web->options.demo,
                                 .today = ctx->today,
                                 .has_sign_in = user == NULL && route_exists("/sign-in"),
                                 .has_sign_up = user == NULL && route_exists("/sign-up"),
                                 .has_accessibility = route_exists("/accessibility"),
                                 .has_log = visit->web->options.log != NULL};
    if (user != NULL) {
        layout.user = user->name;
        layout.party = user->party_name;
        layout.guard = visit_guard(visit);
    }
    navigate(ctx, page->section, &layout);
    switch_languages(ctx, visit, &layout);
    trace_crumbs(ctx, page, &layout);
    visit->reply->status = page->status == 0 ? 200 : page->status;
    visit->reply->content_type = TEXT("text/html; charset=utf-8");
    visit->reply->body = page_layout(ctx, &layout).text;
}

static void
navigate(struct ctx *ctx, const char *section, struct page_layout *layout)
{
    const unsigned held = ctx->user == NULL ? ROLE_PUBLIC : ctx->user->roles | ROLE_PUBLIC | ROLE_SIGNED_IN;
    struct page_layout_entries *items = ARENA_ARRAY(ctx->arena, struct page_layout_entries, ENTRIES);
    size_t count = 0;
    for (size_t i = 0; i < ENTRIES; i++) {
        if ((entries[i].roles & held) != 0 && route_exists(entries[i].url)) {
            items[count++] =
                (struct page_layout_entries){.url = text_of(entries[i].url),
                                             .title = entries[i].word,
                                             .current = section != NULL && strcmp(section, entries[i].section) == 0};
        }
    }
    layout->entries = items;
    layout->entries_count = count;
}

/* The same page in the other languages: same address, same query, another ?lang. */
static void
switch_languages(struct ctx *ctx, const struct visit *visit, struct page_layout *layout)
{
    static const char *const names[LANGS] = {[LANG_AR] = "العربية", [LANG_FR] = "Français", [LANG_EN] = "English"};
    const struct http_request *request = visit->request;
    struct page_layout_languages *items = ARENA_ARRAY(ctx->arena, struct page_layout_languages, LANGS);
    size_t count = 0;
    for (int lang = LANG_AR; lang < LANGS; lang++) {
        if (!lang_is_complete((enum lang)lang)) {
            continue;
        }
        struct buf url = buf_new(ctx->arena, 64 * 1024);
        struct text rest = text_after(request->path, 1);
        struct text segment;
        while (text_split(&rest, '/', &segment)) {
            buf_char(&url, '/');
            buf_text(&url, url_encode(ctx->arena, segment));
        }
        buf_printf(&url, "?lang=%s", lang_code((enum lang)lang));
        for (size_t i = 0; i < request->query_count; i++) {
            const struct http_pair *pair = &request->query[i];
            if (!text_is(pair->name, "lang") && !text_is(pair->name, "done")) {
                buf_printf(&url, "&%.*s=%.*s", TEXT_ARG(url_encode(ctx->arena, pair->name)),
                           TEXT_ARG(url_encode(ctx->arena, pair->value)));
            }
        }
        items[count++] = (struct page_layout_languages){.code = text_of(lang_code((enum lang)lang)),
                                                        .name = text_of(names[lang]),
                                                        .url = buf_built(&url),
                                                        .current = ctx->lang == (enum lang)lang};
    }
    layout->languages = items;
    layout->languages_count = count;
}

static void
trace_crumbs(struct ctx *ctx, const struct visit_page *page, struct page_layout *layout)
{
    struct page_layout_crumbs *items = ARENA_ARRAY(ctx->arena, struct page_layout_crumbs, page->crumbs_count);
    for (size_t i = 0; i < page->crumbs_count; i++) {
        items[i] = (struct page_layout_crumbs){.title = page->crumbs[i].title, .url = page->crumbs[i].url};
    }
    layout->crumbs = items;
    layout->crumbs_count = page->crumbs_count;
}

/* ?done=filed shows the word done.filed; anything else shows nothing. */
static const char *
done_word(struct ctx *ctx, const struct visit *visit)
{
    const struct text done = http_query(visit->request, "done");
    if (done.len == 0 || done.len > 64) {
        return NULL;
    }
    const char *key = text_printf(ctx->arena, "done.%.*s", TEXT_ARG(done)).at;
    return words_has(key) ? key : NULL;
}
