/* Stands in for src/law until it is built: the check competence of law/18.23/art-085-competence.law, by hand. */
#include "law_of_tests.h"

#include <string.h>

static struct text acts[] = {TEXT_INIT("production_licence"), TEXT_INIT("shooting_permit"), TEXT_INIT("budget"),
                             TEXT_INIT("other")};
static struct text decisions[] = {TEXT_INIT("grant"), TEXT_INIT("refuse"), TEXT_INIT("suspend"), TEXT_INIT("withdraw"),
                                  TEXT_INIT("approve")};
static struct law_fact facts[] = {
    {.name = TEXT_INIT("act"), .type = FACT_ONE_OF, .codes = acts, .codes_count = 4},
    {.name = TEXT_INIT("decision"), .type = FACT_ONE_OF, .codes = decisions, .codes_count = 5},
};
static const struct law_check check = {.name = TEXT_INIT("competence"), .facts = facts, .facts_count = 2};

const struct law *
law_of_tests(void)
{
    return (const struct law *)&check;
}

const struct law_check *
law_check(struct arena *arena, const struct law *law, struct text name, struct date at)
{
    (void)arena, (void)law, (void)at;
    return text_is(name, "competence") ? &check : NULL;
}

const struct err *
law_ask(struct arena *arena, const struct law *law, const struct law_question *question, struct ruling *ret,
        struct question_fault *ret_fault)
{
    (void)law, (void)ret_fault;
    struct text act = {0};
    struct text decision = {0};
    struct text by = {0};
    bool covers = false;
    json_text(json_get(question->facts, "act"), &act);
    json_text(json_get(question->facts, "decision"), &decision);
    json_text(json_get(question->facts, "by"), &by);
    json_bool(json_get(question->facts, "delegation_covers"), &covers);
    const bool grants = text_is(decision, "grant") || text_is(decision, "refuse");
    const bool ends = text_is(decision, "suspend") || text_is(decision, "withdraw");
    const char *organ = NULL;
    if ((text_is(act, "production_licence") && (grants || ends)) || (text_is(act, "shooting_permit") && grants)) {
        organ = "director";
    } else if (text_is(act, "budget")) {
        organ = "board";
    }
    bool good = organ != NULL && text_is(by, organ);
    if (organ != NULL && strcmp(organ, "director") == 0 && text_is(by, "staff_delegate")) {
        good = covers;
    }
    *ret = (struct ruling){.verdict = text_of(organ == NULL ? "no_power" : good ? "competent" : "incompetent")};
    if (organ != NULL) {
        ret->results = ARENA_NEW(arena, struct json_member);
        ret->results_count = 1;
        ret->results[0] = (struct json_member){.name = TEXT("competent_organ"),
                                               .value = {.type = JSON_STRING, .text = text_of(organ)}};
    }
    return NULL;
}

const struct json *
ruling_result(const struct ruling *ruling, const char *name)
{
    return ruling->results_count == 1 && text_is(ruling->results[0].name, name) ? &ruling->results[0].value : NULL;
}
