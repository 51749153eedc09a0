/* The first page: what the Centre does for whom, and where to begin. */
#include "web/pages/home.html.h"

#include "web/visit.h"

static const struct err *show_home(struct ctx *ctx, struct visit *visit);

extern const struct route routes_home[];
const struct route routes_home[] = {{HTTP_GET, "/", ROLE_PUBLIC, TX_READ, show_home, .name = "home"}, {0}};

static const struct err *
show_home(struct ctx *ctx, struct visit *visit)
{
    static const struct {
        const char *url, *title, *text;
    } doors[] = {
        {"/procedures", WORD("home.door_procedures"), WORD("home.door_procedures_text")},
        {"/register", WORD("home.door_register"), WORD("home.door_register_text")},
        {"/law", WORD("home.door_law"), WORD("home.door_law_text")},
        {"/verify", WORD("home.door_verify"), WORD("home.door_verify_text")},
        {"/boxoffice", WORD("home.door_boxoffice"), WORD("home.door_boxoffice_text")},
        {"/treaties", WORD("home.door_treaties"), WORD("home.door_treaties_text")},
    };
    enum { DOORS = sizeof doors / sizeof doors[0] };
    struct page_home_doors *items = ARENA_ARRAY(ctx->arena, struct page_home_doors, DOORS);
    size_t count = 0;
    for (size_t i = 0; i < DOORS; i++) {
        if (route_exists(doors[i].url)) {
            items[count++] =
                (struct page_home_doors){.url = text_of(doors[i].url), .title = doors[i].title, .text = doors[i].text};
        }
    }
    const struct page_home data = {.today = ctx->today,
                                   .doors = items,
                                   .doors_count = count,
                                   .has_register = route_exists("/register"),
                                   .has_procedures = route_exists("/procedures"),
                                   .has_sign_up = ctx->user == NULL && route_exists("/sign-up")};
    visit_page(ctx, visit,
               &(struct visit_page){.title = words_get(ctx->lang, WORD("home.title")),
                                    .content = page_home(ctx, &data),
                                    .section = "home"});
    return NULL;
}
