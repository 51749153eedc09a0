/* One decision with its trace, facts in memory, on one core: `production-licence` asked of the corpus, beside the same
 * needs written as plain C that fills the same trace. law [LAW FOLDER]
 * The corpus answers from JSON facts and also hashes them for the receipt; the C reads a struct. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "app/files.h"
#include "base/limits.h"
#include "law/law.h"

enum { TURNS = 200000, PLAIN_TURNS = 5000000, NEEDS = 7 };

struct company {
    const char *legal_form;
    const char *governing_law;
    bool object, paid, tax, liquidation, cnss, other;
};

static double seconds(void);
static double ask(const struct law *law, const struct json *facts, bool trace);
static double plain(void);
static int plain_decide(const struct company *company, struct trace_line trace[NEEDS], struct arena *arena);

int
main(int argc, char **argv)
{
    struct arena *arena = arena_new((size_t)4 * ARENA_BYTES_MAX);
    struct law_file *files = NULL;
    size_t count = 0;
    struct law *law = NULL;
    struct law_faults faults = {0};
    const double begin = seconds();
    const struct err *err = law_folder_read(arena, argc > 1 ? argv[1] : NULL, &files, &count);
    if (err == NULL) {
        err = law_read(arena, files, count, &law, &faults);
    }
    if (err != NULL) {
        fprintf(stderr, "%s\n", err_print(arena, err));
        return EXIT_FAILURE;
    }
    printf("corpus of %zu files read in %.0f ms\n", count, (seconds() - begin) * 1000);
    struct json facts;
    struct json_fault fault;
    if (!json_parse(arena,
                    TEXT("{\"legal_form\":\"SARL\",\"governing_law\":\"MA\",\"object_includes_film_production\":true,"
                         "\"capital_fully_paid\":false,\"tax_regular\":true,\"in_judicial_liquidation\":false,"
                         "\"cnss_regular\":true,\"other_scheme_regular\":true}"),
                    &facts, &fault)) {
        return EXIT_FAILURE;
    }
    const double without = ask(law, &facts, false);
    const double with = ask(law, &facts, true);
    const double ceiling = plain();
    printf("decision without trace   %10.0f /s\n", without);
    printf("decision with trace      %10.0f /s   takes %.2f x\n", with, without / with);
    printf("plain C with its trace   %10.0f /s   the corpus reaches %.1f %%\n", ceiling, with / ceiling * 100);
    arena_free(arena);
    return EXIT_SUCCESS;
}

static double
ask(const struct law *law, const struct json *facts, bool trace)
{
    struct arena *arena = arena_new(ARENA_BYTES_MAX);
    arena_alloc(arena, 1);
    const struct arena_mark mark = arena_mark(arena);
    struct law_question question = {.check = TEXT("production-licence"), .facts = facts, .trace = trace};
    date_from_civil(2026, 11, 21, &question.as_of);
    const double begin = seconds();
    for (int i = 0; i < TURNS; i++) {
        struct ruling ruling;
        struct question_fault fault = {0};
        if (law_ask(arena, law, &question, &ruling, &fault) != NULL || !text_is(ruling.verdict, "refused")) {
            fprintf(stderr, "not refused\n");
            exit(EXIT_FAILURE);
        }
        arena_rewind(arena, mark);
    }
    const double taken = seconds() - begin;
    arena_free(arena);
    return TURNS / taken;
}

static double
plain(void)
{
    struct arena *arena = arena_new(ARENA_BYTES_MAX);
    arena_alloc(arena, 1);
    const struct arena_mark mark = arena_mark(arena);
    struct company company = {"SARL", "MA", true, false, true, false, true, true};
    int failed = 0;
    const double begin = seconds();
    for (int i = 0; i < PLAIN_TURNS; i++) {
        struct trace_line trace[NEEDS];
        company.paid = (i & 1) != 0;
        failed += plain_decide(&company, trace, arena);
        __asm__ volatile("" : : "r"(trace) : "memory"); /* somebody reads it */
        arena_rewind(arena, mark);
    }
    const double taken = seconds() - begin;
    arena_free(arena);
    return failed == PLAIN_TURNS / 2 ? PLAIN_TURNS / taken : 0;
}

static void
need(struct trace_line *line, struct arena *arena, struct text norm, bool holds, struct text name)
{
    struct trace_value *value = ARENA_NEW(arena, struct trace_value);
    *value = (struct trace_value){.name = name, .value = {.type = JSON_BOOL, .boolean = holds}};
    *line = (struct trace_line){
        .norm = norm, .outcome = holds ? TRACE_HOLDS : TRACE_FAILS, .values = value, .values_count = 1};
}

static int
plain_decide(const struct company *company, struct trace_line trace[NEEDS], struct arena *arena)
{
    const struct text form = text_of(company->legal_form);
    need(&trace[0], arena, TEXT("18.23/2/1.a"),
         (text_is(form, "SA") || text_is(form, "SARL")) && text_is(text_of(company->governing_law), "MA"),
         TEXT("legal_form"));
    need(&trace[1], arena, TEXT("18.23/2/1.b"), company->object, TEXT("object_includes_film_production"));
    need(&trace[2], arena, TEXT("18.23/2/1.c"), company->paid, TEXT("capital_fully_paid"));
    need(&trace[3], arena, TEXT("18.23/2/1.d"), company->tax, TEXT("tax_regular"));
    need(&trace[4], arena, TEXT("18.23/2/1.e"), !company->liquidation, TEXT("in_judicial_liquidation"));
    need(&trace[5], arena, TEXT("18.23/2/1.f"), company->cnss, TEXT("cnss_regular"));
    need(&trace[6], arena, TEXT("18.23/2/1.f"), company->other, TEXT("other_scheme_regular"));
    int failed = 0;
    for (int i = 0; i < NEEDS; i++) {
        failed += trace[i].outcome == TRACE_FAILS;
    }
    return failed;
}

static double
seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}
