#include "sample.h"

#include <string.h>

#include "../unit.h"

#define NORM(id)                                                                                                       \
    "    norm " id " condition\n        ar \"شرط\"\n        fr \"Condition\"\n        en \"Condition " id "\"\n"
#define NORMS                                                                                                          \
    "article 1\n" NORM("1/1") NORM("1/2") NORM("1/3") NORM("1/4") NORM("1/5") NORM("1/6") NORM("1/7") NORM("1/8")      \
        NORM("1/9") "article 2\n" NORM("2/1") NORM("2/2") NORM("2/3")
#define HEAD                                                                                                           \
    "text T\n    ar \"نص\"\n    fr \"Texte\"\n    en \"Text\"\n    signed 2019-12-01\n    in force from 2020-01-01 " \
    "@2/3\n"

const char sample_text[] = HEAD "    omitted facts are unknown\n" NORMS;
const char sample_text_absent[] = HEAD "    omitted facts are absent\n" NORMS;

static struct law *
read_with(struct arena *arena, const char *text, const char *file, struct law_faults *faults, struct law_file files[2])
{
    struct law *law = NULL;
    files[0] = (struct law_file){.path = TEXT("T/text.law"), .bytes = text_of(text)};
    files[1] = (struct law_file){.path = TEXT("T/a.law"), .bytes = text_printf(arena, "of text T\n%s", file)};
    (void)law_read(arena, files, 2, &law, faults);
    return law;
}

static struct law *
law_of(struct arena *arena, const char *text, const char *file)
{
    struct law_faults faults;
    struct law_file files[2];
    struct law *law = read_with(arena, text, file, &faults, files);
    if (law == NULL) {
        fail_msg("%.*s", TEXT_ARG(law_fault_print(arena, NULL, files, 2, &faults.items[0])));
    }
    return law;
}

struct law *
sample_law(struct arena *arena, const char *file)
{
    return law_of(arena, sample_text, file);
}

struct law *
sample_law_absent(struct arena *arena, const char *file)
{
    return law_of(arena, sample_text_absent, file);
}

const char *
sample_faults(struct arena *arena, const char *file)
{
    struct law_faults faults;
    struct law_file files[2];
    struct buf buf = buf_new(arena, 100000);
    struct law *law = read_with(arena, sample_text, file, &faults, files);
    assert_null(law);
    assert_true(faults.count > 0);
    for (size_t i = 0; i < faults.count; i++) {
        buf_text(&buf, law_fault_print(arena, NULL, files, 2, &faults.items[i]));
    }
    return text_cstr(arena, buf_built(&buf));
}

const char *
sample_ask_at(struct arena *arena, const struct law *law, const char *check, const char *day, const char *facts,
              const struct law_setting *settings, size_t settings_count)
{
    struct law_question question = {.check = text_of(check), .settings = settings, .settings_count = settings_count};
    struct ruling ruling;
    struct question_fault fault;
    struct json json;
    MUST(arena, json_read(arena, text_of(facts), &json));
    question.facts = &json;
    assert_true(date_from_text(text_of(day), &question.as_of));
    if (law_ask(arena, law, &question, &ruling, &fault) != NULL) {
        return text_cstr(arena,
                         text_printf(arena, "%s %.*s: %.*s", fault.code, TEXT_ARG(fault.at), TEXT_ARG(fault.message)));
    }
    struct buf buf = buf_new(arena, 100000);
    struct json_out out = json_out(&buf);
    ruling_print(&out, (struct text){0}, &ruling, law);
    struct text answer = buf_built(&buf);
    const char *skip = strstr(text_cstr(arena, answer), "\"as_of\":");
    assert_non_null(skip);
    return skip + strlen("\"as_of\":\"2026-01-01\"") + (skip[strlen("\"as_of\":\"2026-01-01\"")] == ',');
}

const char *
sample_ask(struct arena *arena, const struct law *law, const char *facts)
{
    return sample_ask_at(arena, law, "c", "2026-01-01", facts, NULL, 0);
}
