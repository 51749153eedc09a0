/* What is going to happen, and to whom: invented shares, seeded chance, and some dossiers in every state on the last
 * day. */
#include <assert.h>

#include "app/demo_story.h"
#include "base/legal_time.h"

#define COUNT(list) (sizeof(list) / sizeof(list)[0])
#define REGULAR                                                                                                        \
    "\"capital_fully_paid\":\"yes\",\"tax_regular\":\"yes\",\"cnss_regular\":\"yes\",\"other_scheme_regular\":\"no\"," \
    "\"in_judicial_liquidation\":\"no\",\"governing_law\":\"MA\",\"tax_certificate_on\":\"@70\","                      \
    "\"cnss_certificate_on\":\"@55\""

static const struct demo_procedure procedures[] = {
    {"production-licence", 46, NULL, "{}",
     "{\"legal_form\":\"@form\",\"object_includes_film_production\":\"yes\"," REGULAR "}", "tax_regular",
     "تبين من شهادة الوضعية الجبائية أن الضرائب المستحقة لم تؤد.", true},
    {"distribution-licence", 7, NULL, "{}",
     "{\"legal_form\":\"@form\",\"object_includes_film_distribution\":\"yes\"," REGULAR "}",
     "object_includes_film_distribution", "غرض الشركة في نظامها الأساسي لا يشمل توزيع الأفلام.", false},
    {"cinema-licence", 4, NULL, "{}",
     "{\"object_includes_cinema_exploitation\":\"yes\",\"hall_standards_met\":\"yes\"," REGULAR "}",
     "hall_standards_met", "عاين المراقب أن مخرج الإغاثة بالقاعة لا يطابق المعايير.", false},
    {"national-accreditation", 9, "production_licence",
     "{\"films\":[{\"duration_minutes\":97,\"role\":\"producer\",\"share_percent\":100,\"shot_in_ma\":true,"
     "\"director\":\"d1\",\"director_moroccan\":true,\"director_woman\":true,\"meets_standards\":true}]}",
     "{\"capital\":\"1000000\",\"capital_fully_paid\":\"yes\"}", "capital_fully_paid",
     "الشهادة البنكية تثبت دفع نصف رأس المال فقط.", false},
    {"shooting-permit", 14, "production_licence",
     "{\"work_kind\":\"feature_or_long_docufiction\",\"coproduction\":\"no\",\"ordered\":\"no\",\"cinema_film\":"
     "\"yes\","
     "\"amateur\":\"no\",\"personal_use\":\"no\",\"commercial\":\"yes\",\"student_work_of_institution\":\"no\"}",
     "{\"av_work_listed\":\"yes\"}", NULL, NULL, true},
    {"shooting-permit", 10, "production_licence",
     "{\"work_kind\":\"medium_or_short\",\"coproduction\":\"no\",\"ordered\":\"no\",\"cinema_film\":\"yes\","
     "\"amateur\":\"no\",\"personal_use\":\"no\",\"commercial\":\"no\",\"student_work_of_institution\":\"no\"}",
     "{\"av_work_listed\":\"yes\"}", NULL, NULL, true},
    {"shooting-permit", 10, "production_licence",
     "{\"work_kind\":\"advertising_or_testimonial\",\"coproduction\":\"no\",\"ordered\":\"yes\",\"cinema_film\":\"no\","
     "\"amateur\":\"no\",\"personal_use\":\"no\",\"commercial\":\"yes\",\"student_work_of_institution\":\"no\"}",
     "{\"av_work_listed\":\"yes\"}", NULL, NULL, true},
    /* Facts of the dossier itself and the committee's opinion are not run yet: filed in the last weeks, and waiting. */
    {"import-licence", 0, "distribution_licence", "{\"commercial\":\"yes\"}", "{}", NULL, NULL, true},
    {"commercial-visa", 0, "distribution_licence", "{}", "{}", NULL, NULL, false},
};
enum { LICENCE = 0, DISTRIBUTION = 1, CINEMA = 2, ACCREDITATION = 3, SHOOTING = 4, IMPORT = 7, VISA = 8 };

static const struct demo_course courses[] = {
    {.weight = 44},
    {.weight = 16, .misses_paper = true},
    {.weight = 7, .asks_paper = true},
    {.weight = 6, .asks_information = true},
    {.weight = 9, .fails = true},
    {.weight = 2, .fails = true, .by_letter = true},
    {.weight = 3, .misses_paper = true, .stop = STEP_SUPPLY}, /* returned after the thirty days */
    {.weight = 1, .asks_paper = true, .stop = STEP_ANSWER},   /* returned too */
    {.weight = 3, .gives_up = true},
    {.weight = 2, .after = STEP_BREACH, .is_cured = true},
    {.weight = 1, .after = STEP_BREACH},
    {.weight = 4, .after = STEP_CHANGE},
    {.weight = 1, .after = STEP_SURRENDER},
    {.weight = 1, .stop = STEP_OPEN},
};
/* On licences from before the law. */
static const struct demo_course old_courses[] = {
    {.weight = 3, .after = STEP_BREACH, .is_cured = true},
    {.weight = 3, .after = STEP_BREACH},
    {.weight = 8, .after = STEP_CHANGE},
    {.weight = 2, .after = STEP_SURRENDER},
};

/* What stands on the last day, begun so many days before. */
struct late {
    int procedure;
    int days;
    int copies;
    struct demo_course course;
};
static const struct late lates[] = {
    {LICENCE, 4, 2, {.stop = STEP_FILE}},
    {LICENCE, 9, 3, {.misses_paper = true, .stop = STEP_SUPPLY}},
    {LICENCE, 13, 2, {.misses_paper = true, .stop = STEP_ASSIGN}},
    {LICENCE, 6, 3, {.stop = STEP_ASSIGN}},
    {LICENCE, 9, 3, {.stop = STEP_ATTEST}},
    {LICENCE, 10, 2, {.stop = STEP_PROPOSE}},
    {LICENCE, 13, 2, {.asks_paper = true, .stop = STEP_ANSWER}},
    {LICENCE, 12, 1, {.asks_paper = true, .stop = STEP_READ}},
    {LICENCE, 13, 2, {.asks_information = true, .stop = STEP_ANSWER}},
    {LICENCE, 15, 3, {.stop = STEP_SIGN}},
    {LICENCE, 15, 1, {.fails = true, .stop = STEP_SIGN}},
    {LICENCE, 18, 2, {.stop = STEP_OPEN}},
    {LICENCE, 18, 2, {.fails = true, .stop = STEP_OPEN}},
    {LICENCE, 40, 2, {.stop = STEP_ATTEST}}, /* overdue */
    {ACCREDITATION, 14, 1, {.stop = STEP_SIGN}},
    {SHOOTING, 14, 2, {.stop = STEP_SIGN}},
    {IMPORT, 12, 2, {.stop = STEP_ATTEST}},
    {VISA, 16, 4, {.stop = STEP_ATTEST}},
};
/* Of the applicant whose password the sign-in page shows. */
static const struct late shown[] = {
    {LICENCE, 120, 1, {0}},
    {ACCREDITATION, 14, 1, {.asks_information = true, .stop = STEP_ANSWER}},
    {SHOOTING, 17, 1, {.stop = STEP_OPEN}},
    {DISTRIBUTION, 9, 1, {.misses_paper = true, .stop = STEP_SUPPLY}},
    {CINEMA, 5, 1, {.stop = STEP_FILE}},
};
/* Measures under way on old licences. */
static const struct late measures[] = {
    {LICENCE, 12, 1, {.after = STEP_BREACH, .stop = STEP_NOTICE}},
    {LICENCE, 16, 1, {.after = STEP_BREACH, .stop = STEP_SUSPEND}},
    {LICENCE, 18, 1, {.after = STEP_BREACH, .stop = STEP_SUSPEND_SIGN}},
    {LICENCE, 24, 2, {.after = STEP_BREACH, .stop = STEP_HEAR}},
};

static void invent_companies(struct demo *demo, size_t old, size_t fresh);
static void invent_company(struct demo *demo, size_t number, const char *holds);
static void plan_late(struct demo *demo, const struct late *late, size_t company, bool on_old);
static size_t company_for(struct demo *demo, const struct demo_procedure *procedure);
static size_t company_for_measure(struct demo *demo);
static struct demo_story *story_new(struct demo *demo, size_t company, struct date day);
static const struct demo_course *course_of(struct demo *demo, const struct demo_course *list, size_t count);
static struct date some_day(struct demo *demo);

void
demo_plan(struct demo *demo)
{
    const size_t share = demo->small ? DEMO_SMALL : 1;
    const size_t years = (size_t)demo->years;
    const size_t old = demo->small ? 48 : DEMO_TAKEN_OVER * years;
    const size_t dossiers = DEMO_DOSSIERS * years / share;
    const size_t olds = dossiers / 25;
    const size_t rounds = demo->small ? 1 : 1 + years / 3;
    size_t more = 0;
    for (size_t i = 0; i < COUNT(lates); i++) {
        more += (size_t)lates[i].copies * rounds;
    }
    demo->stories = ARENA_ARRAY(demo->arena, struct demo_story, dossiers + olds + more + COUNT(shown) + 5 * rounds + 8);
    invent_companies(demo, old, dossiers + more + 8);
    demo->old_companies = old;
    demo->next_fresh = old + 1;
    for (size_t i = 0; i < COUNT(shown); i++) {
        plan_late(demo, &shown[i], 0, false);
    }
    for (size_t i = 0; i < dossiers; i++) {
        int64_t drawn = demo_die(demo, 100);
        const struct demo_procedure *procedure = procedures;
        while (drawn >= procedure->weight) {
            drawn -= procedure->weight;
            procedure++;
        }
        struct demo_story *story = story_new(demo, company_for(demo, procedure), some_day(demo));
        story->procedure = procedure;
        story->course = course_of(demo, courses, COUNT(courses));
    }
    for (size_t i = 0; i < olds; i++) {
        struct demo_story *story = story_new(demo, company_for_measure(demo), some_day(demo));
        story->step = STEP_AFTER;
        story->course = course_of(demo, old_courses, COUNT(old_courses));
    }
    for (size_t round = 0; round < rounds; round++) {
        for (size_t i = 0; i < COUNT(lates); i++) {
            for (int copy = 0; copy < lates[i].copies; copy++) {
                plan_late(demo, &lates[i], company_for(demo, &procedures[lates[i].procedure]), false);
            }
        }
    }
    for (size_t i = 0; i < COUNT(measures); i++) {
        for (int copy = 0; copy < measures[i].copies; copy++) {
            plan_late(demo, &measures[i], company_for_measure(demo), true);
        }
    }
    assert(demo->next_fresh <= demo->companies_count);
    demo->companies_count = demo->next_fresh;
}

static void
invent_companies(struct demo *demo, size_t old, size_t fresh)
{
    demo->companies = ARENA_ARRAY(demo->arena, struct demo_company, 1 + old + fresh);
    demo->companies_count = 1 + old + fresh;
    assert(demo->companies_count <= DEMO_COMPANY_NAMES * 4);
    for (size_t i = 0; i < demo->companies_count; i++) {
        /* The first of each six, but for 0, is kept for measures on production licences. */
        static const char *const held[] = {"production_licence",   "production_licence", "production_licence",
                                           "distribution_licence", "cinema_licence",     "production_licence"};
        invent_company(demo, i, i >= 1 && i <= old ? held[i % 6] : NULL);
    }
}

static void
invent_company(struct demo *demo, size_t number, const char *holds)
{
    static const char *const suffixes[][2] = {
        {"للإنتاج", "Productions"}, {"صور", "Images"}, {"فيلم", "Films"}, {"بيكتشرز", "Pictures"}};
    struct demo_company *company = &demo->companies[number];
    struct arena *arena = demo->arena;
    const uint64_t city = (uint64_t)demo_die(demo, 1000);
    const char *const *suffix = suffixes[number % 4];
    const struct demo_name name = demo_company_name(arena, number % DEMO_COMPANY_NAMES, suffix[0], suffix[1]);
    const struct demo_name seat = demo_address(arena, (uint64_t)demo_die(demo, 5000), city);
    const bool is_sa = demo_die(demo, 7) == 0;
    company->holds = holds;
    company->manager.name = demo_person_name(arena, number + 40);
    company->manager.email = number == 0 ? TEXT("applicant@demo.example")
                                         : demo_email(arena, company->manager.name.latin, number, "societe.example");
    company->draft = (struct party_draft){
        .kind = PARTY_COMPANY,
        .name_ar = name.ar,
        .name_latin = name.latin,
        .ice = demo_ice(arena, number + 1),
        .rc = text_printf(arena, "%lld", (long long)(21000 + demo_die(demo, 600000))),
        .rc_court = demo_city(city).latin,
        .legal_form = is_sa ? TEXT("SA") : TEXT("SARL"),
        .capital = text_printf(
            arena, "%lld",
            (long long)(is_sa ? 500000 + 100000 * demo_die(demo, 20) : 300000 + 50000 * demo_die(demo, 14))),
        .seat_ar = seat.ar,
        .seat_latin = seat.latin,
        .manager_ar = company->manager.name.ar,
        .manager_latin = company->manager.name.latin,
    };
}

static void
plan_late(struct demo *demo, const struct late *late, size_t company, bool on_old)
{
    const struct date day = {demo->today.days - late->days};
    struct demo_story *story = story_new(demo, company, day.days < demo->began.days ? demo->began : day);
    story->procedure = &procedures[late->procedure];
    story->course = &late->course;
    story->step = on_old ? STEP_AFTER : STEP_REGISTER;
}

/* A new one, or the next that holds what is needed. */
static size_t
company_for(struct demo *demo, const struct demo_procedure *procedure)
{
    if (procedure->needs == NULL) {
        return demo->next_fresh++;
    }
    for (;;) {
        demo->next_old = demo->next_old % demo->old_companies + 1;
        const char *holds = demo->companies[demo->next_old].holds;
        if (text_is(text_of(holds), procedure->needs) && demo->next_old % 6 != 0) {
            return demo->next_old;
        }
    }
}

/* Each once: what is withdrawn is withdrawn. */
static size_t
company_for_measure(struct demo *demo)
{
    demo->next_measured += 6;
    assert(demo->next_measured <= demo->old_companies);
    return demo->next_measured;
}

static struct demo_story *
story_new(struct demo *demo, size_t company, struct date day)
{
    struct demo_story *story = &demo->stories[demo->stories_count++];
    while (date_weekday(day) > 5) {
        day.days++;
    }
    *story = (struct demo_story){.at_ms = demo_at(day, 9 + (int)demo_die(demo, 7), (int)demo_die(demo, 60)),
                                 .step = STEP_REGISTER,
                                 .company = company,
                                 .officer = (size_t)demo_die(demo, DEMO_OFFICERS)};
    return story;
}

static const struct demo_course *
course_of(struct demo *demo, const struct demo_course *list, size_t count)
{
    int total = 0;
    for (size_t i = 0; i < count; i++) {
        total += list[i].weight;
    }
    int64_t drawn = demo_die(demo, total);
    while (drawn >= list->weight) {
        drawn -= list->weight;
        list++;
    }
    return list;
}

static struct date
some_day(struct demo *demo)
{
    const int32_t days = demo->today.days - demo->began.days - 5;
    return (struct date){demo->began.days + 3 + (int32_t)demo_die(demo, days > 1 ? days : 1)};
}
