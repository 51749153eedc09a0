/* Which acts do I need? A few questions, without a script and without an account; the answers are procedures of the
 * corpus, and where the law has a check that decides between them, that check is asked. Nothing is shown that the
 * corpus in force does not have. */
#include <string.h>

#include "registry/data.h"
#include "web/law_links.h"
#include "web/pages/form_choice.html.h"
#include "web/pages/guide.html.h"

static const struct err *show_guide(struct ctx *ctx, struct visit *visit);

extern const struct route routes_guide[];
const struct route routes_guide[] = {{HTTP_GET, "/guide", ROLE_PUBLIC, TX_READ, show_guide, .name = "guide"}, {0}};

struct option {
    const char *value;
    const char *title; /* NULL: the law has the word */
};
struct question {
    const char *name;
    const char *title;
    bool many;
    struct option options[11];
};
static const struct question questions[] = {
    {"do",
     WORD("guide.do"),
     true,
     {{"own", WORD("guide.own")},
      {"others", WORD("guide.others")},
      {"shooting", WORD("guide.shooting")},
      {"scouting", WORD("guide.scouting")},
      {"distribute", WORD("guide.distribute")},
      {"import", WORD("guide.import")},
      {"export", WORD("guide.export")},
      {"cinema", WORD("guide.cinema")},
      {"festival", WORD("guide.festival")},
      {"professional", WORD("guide.professional")}}},
    {"who",
     WORD("guide.who"),
     false,
     {{"company", NULL}, {"association", NULL}, {"natural_person", NULL}, {"public_body", NULL}}},
    {"client",
     WORD("guide.client"),
     false,
     {{"resident", WORD("guide.client_resident")},
      {"foreigner", WORD("guide.client_foreigner")},
      {"moroccan_law", WORD("guide.client_moroccan_law")},
      {"foreign_law", WORD("guide.client_foreign_law")}}},
    {"work",
     WORD("guide.work"),
     false,
     {{"film", WORD("guide.work_film")},
      {"listed", WORD("guide.work_listed")},
      {"unlisted", WORD("guide.work_unlisted")},
      {"student", WORD("guide.work_student")},
      {"private", WORD("guide.work_private")}}},
};
enum { QUESTIONS = sizeof questions / sizeof questions[0], ACTS_MAX = 24 };

/* What an activity needs whatever else is answered. */
static const struct {
    const char *activity;
    const char *procedure;
} needs[] = {
    {"own", "production-licence"},          {"others", "production-licence"},
    {"distribute", "distribution-licence"}, {"distribute", "register-entry"},
    {"distribute", "commercial-visa"},      {"import", "import-licence"},
    {"export", "export-licence"},           {"cinema", "cinema-licence"},
    {"festival", "cultural-visa"},          {"festival", "first-edition-declaration"},
    {"professional", "professional-card"},  {"professional", "professional-activity-declaration"},
};
enum { NEEDS = sizeof needs / sizeof needs[0] };

static bool
is_chosen(const struct visit *visit, const char *name, const char *value)
{
    for (size_t i = 0; i < visit->request->query_count; i++) {
        const struct http_pair *pair = &visit->request->query[i];
        if (text_is(pair->name, name) && text_is(pair->value, value)) {
            return true;
        }
    }
    return false;
}

static struct page_form_choice
choice_of(struct ctx *ctx, const struct visit *visit, const struct question *question)
{
    enum { OPTIONS = sizeof question->options / sizeof question->options[0] };
    struct page_form_choice_options *options = ARENA_ARRAY(ctx->arena, struct page_form_choice_options, OPTIONS);
    size_t count = 0;
    for (; count < OPTIONS && question->options[count].value != NULL; count++) {
        const struct option *option = &question->options[count];
        options[count] =
            (struct page_form_choice_options){.value = text_of(option->value),
                                              .title = option->title != NULL ? words_get(ctx->lang, option->title)
                                                                             : law_label(ctx, text_of(option->value)),
                                              .chosen = is_chosen(visit, question->name, option->value)};
    }
    return (struct page_form_choice){.name = text_of(question->name),
                                     .label = words_get(ctx->lang, question->title),
                                     .unmarked = true,
                                     .many = question->many,
                                     .options = options,
                                     .options_count = count};
}

struct acts {
    struct page_guide_acts *items;
    size_t count;
};

static void
add_norm(struct ctx *ctx, struct page_guide_acts *act, struct text id)
{
    const struct norm *norm = law_norm(ctx->law, id);
    if (norm != NULL && act->norm.len == 0) {
        act->says = norm_words(ctx, norm);
        act->norm = norm->id;
        act->norm_url = norm_url(ctx, norm->id);
    }
}

/* One procedure, once; norm: why, empty: the first that the procedure cites. */
static void
add_procedure(struct ctx *ctx, const struct visit *visit, struct acts *acts, struct text name, struct text norm)
{
    const struct procedure *procedure = law_procedure(ctx->law, name, ctx->today);
    if (procedure == NULL || acts->count == ACTS_MAX) {
        return;
    }
    const struct text url = procedure_url(ctx, name);
    for (size_t i = 0; i < acts->count; i++) {
        if (text_equal(acts->items[i].url, url)) {
            return;
        }
    }
    struct page_guide_acts *act = &acts->items[acts->count++];
    *act = (struct page_guide_acts){.title = procedure->title[ctx->lang], .url = url};
    add_norm(ctx, act, norm);
    for (size_t i = 0; i < procedure->norms_count; i++) {
        add_norm(ctx, act, procedure->norms[i]);
    }
    if (procedure->checks_count > 0) {
        act->check = check_title(ctx, procedure->checks[0]);
        act->check_url = check_url(ctx, procedure->checks[0]);
    }
    const struct text who = http_query(visit->request, "who");
    struct buf filers = buf_new(ctx->arena, 4096);
    act->is_closed = who.len > 0;
    for (size_t i = 0; i < procedure->filed_by_count; i++) {
        act->is_closed = act->is_closed && !text_equal(procedure->filed_by[i], who);
        buf_text(&filers, i == 0 ? TEXT("") : words_get(ctx->lang, WORD("fact.comma")));
        buf_cstr(&filers, i == 0 ? "" : " ");
        buf_text(&filers, law_word(ctx->law, procedure->filed_by[i], ctx->lang));
    }
    act->filers = buf_built(&filers);
}

/* Asks a check; its result in words of the law, and the norm that it applied last. False: it does not say. */
static bool
ask_law(struct ctx *ctx, const char *check, const struct json *facts, const char *result, struct text *ret,
        struct text *ret_norm)
{
    struct ruling ruling;
    struct question_fault fault;
    const struct law_question question = {.check = text_of(check), .as_of = ctx->today, .facts = facts, .trace = true};
    if (law_check(ctx->arena, ctx->law, text_of(check), ctx->today) == NULL ||
        law_ask(ctx->arena, ctx->law, &question, &ruling, &fault) != NULL) {
        return false;
    }
    for (size_t i = 0; i < ruling.trace_count; i++) {
        if (ruling.trace[i].outcome == TRACE_APPLIED || ruling.trace[i].outcome == TRACE_HOLDS) {
            *ret_norm = ruling.trace[i].norm;
        }
    }
    const struct json *value = ruling_result(&ruling, result);
    if (value == NULL || value->type != JSON_STRING) {
        return false;
    }
    *ret = value->text;
    return true;
}

static void
set_yes_no(struct ctx *ctx, struct json *facts, const char *name, bool value)
{
    json_set(ctx, facts, text_of(name), (struct json){.type = JSON_BOOL, .boolean = value});
}

/* 18.23, art. 7-10: whoever executes for another needs the accreditation that goes with that client. */
static void
add_accreditation(struct ctx *ctx, const struct visit *visit, struct acts *acts)
{
    const bool is_person = is_chosen(visit, "client", "resident") || is_chosen(visit, "client", "foreigner");
    const bool is_company = is_chosen(visit, "client", "moroccan_law") || is_chosen(visit, "client", "foreign_law");
    struct json facts = {.type = JSON_OBJECT};
    if (is_person) {
        json_set(ctx, &facts, TEXT("client_kind"), json_of_text(TEXT("natural")));
        set_yes_no(ctx, &facts, "client_moroccan", false);
        set_yes_no(ctx, &facts, "client_resident_ma", is_chosen(visit, "client", "resident"));
    } else if (is_company) {
        json_set(ctx, &facts, TEXT("client_kind"), json_of_text(TEXT("legal")));
        /* Which foreign law does not matter: any other than Moroccan. */
        json_set(ctx, &facts, TEXT("client_governing_law"),
                 json_of_text(is_chosen(visit, "client", "moroccan_law") ? TEXT("MA") : TEXT("FR")));
    }
    struct text kind = TEXT("");
    struct text norm = TEXT("");
    const bool is_known =
        (is_person || is_company) && ask_law(ctx, "accreditation-required", &facts, "required", &kind, &norm);
    if (!is_known || text_is(kind, "national")) {
        add_procedure(ctx, visit, acts, TEXT("national-accreditation"), norm);
    }
    if (!is_known || text_is(kind, "international")) {
        add_procedure(ctx, visit, acts, TEXT("international-accreditation"), norm);
    }
}

/* 18.23, art. 16-21: a permit, a declaration, or nothing. */
static void
add_shooting(struct ctx *ctx, const struct visit *visit, struct acts *acts, const char *activity)
{
    const bool is_private = is_chosen(visit, "work", "private");
    const bool is_listed = is_chosen(visit, "work", "listed");
    const bool is_av = is_listed || is_chosen(visit, "work", "unlisted");
    struct json facts = {.type = JSON_OBJECT};
    json_set(ctx, &facts, TEXT("activity"), json_of_text(text_of(activity)));
    json_set(ctx, &facts, TEXT("work_kind"), json_of_text(is_av ? TEXT("av_work") : TEXT("film")));
    set_yes_no(ctx, &facts, "av_work_listed", is_listed);
    set_yes_no(ctx, &facts, "amateur", is_private);
    set_yes_no(ctx, &facts, "personal_use", is_private);
    set_yes_no(ctx, &facts, "commercial", !is_private);
    set_yes_no(ctx, &facts, "student_work_of_institution", is_chosen(visit, "work", "student"));
    struct text instrument = TEXT("");
    struct text norm = TEXT("");
    if (!ask_law(ctx, "shooting-authorisation", &facts, "instrument", &instrument, &norm)) {
        return;
    }
    const bool is_told = acts->count > 0 && acts->items[acts->count - 1].url.len == 0; /* of the other activity */
    if (text_is(instrument, "none") && !is_told && acts->count < ACTS_MAX) {
        struct page_guide_acts *act = &acts->items[acts->count++];
        *act = (struct page_guide_acts){.title = words_get(ctx->lang, WORD("guide.nothing")),
                                        .check = check_title(ctx, TEXT("shooting-authorisation")),
                                        .check_url = check_url(ctx, TEXT("shooting-authorisation"))};
        add_norm(ctx, act, norm);
    }
    add_procedure(ctx, visit, acts,
                  text_is(instrument, "shooting_permit")     ? TEXT("shooting-permit")
                  : text_is(instrument, "scouting_permit")   ? TEXT("scouting-permit")
                  : text_is(instrument, "prior_declaration") ? TEXT("student-shooting-declaration")
                                                             : TEXT(""),
                  norm);
}

static const struct err *
show_guide(struct ctx *ctx, struct visit *visit)
{
    struct page_form_choice *choices = ARENA_ARRAY(ctx->arena, struct page_form_choice, QUESTIONS);
    for (size_t i = 0; i < QUESTIONS; i++) {
        choices[i] = choice_of(ctx, visit, &questions[i]);
    }
    struct acts acts = {.items = ARENA_ARRAY(ctx->arena, struct page_guide_acts, ACTS_MAX)};
    for (size_t i = 0; i < NEEDS; i++) {
        if (is_chosen(visit, "do", needs[i].activity)) {
            add_procedure(ctx, visit, &acts, text_of(needs[i].procedure), TEXT(""));
        }
        const bool is_last = i + 1 == NEEDS || strcmp(needs[i].activity, needs[i + 1].activity) != 0;
        if (is_last && strcmp(needs[i].activity, "others") == 0 && is_chosen(visit, "do", "others")) {
            add_accreditation(ctx, visit, &acts);
        }
    }
    static const char *const places[] = {"shooting", "scouting"};
    for (size_t i = 0; i < 2; i++) {
        if (is_chosen(visit, "do", places[i])) {
            add_shooting(ctx, visit, &acts, places[i]);
        }
    }
    const struct page_guide data = {.choices = choices,
                                    .choices_count = QUESTIONS,
                                    .is_asked = http_query(visit->request, "ask").at != NULL,
                                    .acts = acts.items,
                                    .acts_count = acts.count};
    const struct visit_crumb crumbs[] = {{words_get(ctx->lang, WORD("procedure.all")), TEXT("/procedures")},
                                         {words_get(ctx->lang, WORD("guide.title")), TEXT("")}};
    visit_page(ctx, visit,
               &(struct visit_page){.title = crumbs[1].title,
                                    .content = page_guide(ctx, &data),
                                    .crumbs = crumbs,
                                    .crumbs_count = 2,
                                    .section = "procedures"});
    return NULL;
}
