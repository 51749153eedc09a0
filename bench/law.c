/* One decision with its trace on one core: `production-licence` asked of the corpus, beside the same needs written as
 * plain C functions that give the same ruling: law [LAW FOLDER]
 * Both read facts in memory: the corpus from slots (facts_load()), the C from a struct. A second row reads the facts
 * from JSON that was parsed before. The rulings are printed once and compared, so that the work is the same. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "app/files.h"
#include "base/limits.h"
#include "law/law.h"

enum { TURNS = 20000, ROUNDS = 70, NEEDS = 6, FACTS = 8, COMPANIES = 2 };

struct company {
    struct text legal_form;
    struct text governing_law;
    bool object, paid, tax, liquidation, cnss, other;
};
static const struct company companies[COMPANIES] = {
    {TEXT_INIT("SARL"), TEXT_INIT("MA"), true, false, true, false, true, true},
    {TEXT_INIT("SA"), TEXT_INIT("MA"), true, true, true, false, true, false},
};
#define COMPANY(form, paid, other)                                                                                     \
    TEXT_INIT("{\"legal_form\":\"" form "\",\"governing_law\":\"MA\",\"object_includes_film_production\":true,"        \
              "\"capital_fully_paid\":" paid ",\"tax_regular\":true,\"in_judicial_liquidation\":false,"                \
              "\"cnss_regular\":true,\"other_scheme_regular\":" other "}")
static const struct text companies_json[COMPANIES] = {COMPANY("SARL", "false", "true"), COMPANY("SA", "true", "false")};

struct bench {
    struct arena *arena;
    struct law *law;
    struct json facts[COMPANIES];
    const struct law_facts *loaded[COMPANIES];
    struct date as_of;
};
enum way { WAY_LOADED, WAY_LOADED_NO_TRACE, WAY_JSON, WAY_PLAIN, WAYS };

static void corpus_read(struct bench *bench, const char *folder);
static void rulings_compare(const struct bench *bench);
static void decide(const struct bench *bench, struct arena *arena, enum way way, size_t company, struct ruling *ret);
static void plain_decide(const struct company *company, struct arena *arena, struct ruling *ret);
static double seconds(void);

int
main(int argc, char **argv)
{
    struct bench bench = {.arena = arena_new((size_t)4 * ARENA_BYTES_MAX)};
    corpus_read(&bench, argc > 1 ? argv[1] : NULL);
    rulings_compare(&bench);
    struct arena *arena = arena_new(ARENA_BYTES_MAX);
    arena_alloc(arena, 1); /* its first block stays from turn to turn */
    const struct arena_mark mark = arena_mark(arena);
    double least[WAYS] = {0};
    for (int round = 0; round < ROUNDS; round++) { /* by turns, the best of each: other programs run here too */
        for (enum way way = 0; way < WAYS; way++) {
            const double begin = seconds();
            for (size_t i = 0; i < TURNS; i++) {
                struct ruling ruling;
                decide(&bench, arena, way, i % COMPANIES, &ruling);
                __asm__ volatile("" : : "r"(&ruling) : "memory"); /* somebody reads it */
                arena_rewind(arena, mark);
            }
            const double taken = seconds() - begin;
            least[way] = round == 0 || taken < least[way] ? taken : least[way];
        }
    }
    arena_free(arena);
    static const char *const names[WAYS] = {"with trace, facts in memory", "without trace", "with trace, facts as JSON",
                                            "plain C functions, the same trace"};
    for (enum way way = 0; way < WAYS; way++) {
        printf("%-36s %10.0f /s   %5.1f %% of plain C\n", names[way], TURNS / least[way],
               least[WAY_PLAIN] / least[way] * 100);
    }
    printf("trace takes %.2f x\n", least[WAY_LOADED] / least[WAY_LOADED_NO_TRACE]);
    arena_free(bench.arena);
    return EXIT_SUCCESS;
}

static void
corpus_read(struct bench *bench, const char *folder)
{
    struct arena *arena = bench->arena;
    struct law_file *files = NULL;
    size_t count = 0;
    struct law_faults faults = {0};
    const double begin = seconds();
    const struct err *err = law_folder_read(arena, folder, &files, &count);
    if (err == NULL) {
        err = law_read(arena, files, count, &bench->law, &faults);
    }
    if (err != NULL) {
        fprintf(stderr, "%s\n", err_print(arena, err));
        exit(EXIT_FAILURE);
    }
    printf("corpus of %zu files read in %.0f ms\n", count, (seconds() - begin) * 1000);
    date_from_civil(2026, 11, 21, &bench->as_of);
    for (size_t i = 0; i < COMPANIES; i++) {
        struct json_fault json_wrong;
        struct question_fault wrong;
        const bool parsed = json_parse(arena, companies_json[i], &bench->facts[i], &json_wrong);
        assert(parsed);
        const struct law_question question = {
            .check = TEXT("production-licence"), .as_of = bench->as_of, .facts = &bench->facts[i]};
        err = facts_load(arena, bench->law, &question, &bench->loaded[i], &wrong);
        assert(err == NULL);
    }
}

/* Every way gives the same answer, to the byte. */
static void
rulings_compare(const struct bench *bench)
{
    for (size_t i = 0; i < COMPANIES; i++) {
        struct text answers[WAYS];
        for (enum way way = 0; way < WAYS; way++) {
            struct ruling ruling;
            decide(bench, bench->arena, way, i, &ruling);
            struct buf buf = buf_new(bench->arena, ARENA_BLOCK_BYTES);
            struct json_out out = json_out(&buf);
            ruling_print(&out, (struct text){0}, &ruling, bench->law);
            answers[way] = buf_built(&buf);
            if (way != WAY_LOADED_NO_TRACE && !text_equal(answers[way], answers[WAY_LOADED])) {
                fprintf(stderr, "not the same:\n%.*s\n%.*s\n", TEXT_ARG(answers[WAY_LOADED]), TEXT_ARG(answers[way]));
                exit(EXIT_FAILURE);
            }
        }
    }
}

static void
decide(const struct bench *bench, struct arena *arena, enum way way, size_t company, struct ruling *ret)
{
    if (way == WAY_PLAIN) {
        plain_decide(&companies[company], arena, ret);
        ret->as_of = bench->as_of;
        return;
    }
    struct question_fault fault;
    const struct law_question question = {.check = TEXT("production-licence"),
                                          .as_of = bench->as_of,
                                          .facts = way == WAY_JSON ? &bench->facts[company] : NULL,
                                          .loaded = way == WAY_JSON ? NULL : bench->loaded[company],
                                          .trace = way != WAY_LOADED_NO_TRACE};
    const struct err *err = law_ask(arena, bench->law, &question, ret, &fault);
    assert(err == NULL);
}

/* ---- The same in plain C ---- */

static void
read_bool(struct trace_line *line, struct text name, bool value)
{
    line->values[line->values_count++] =
        (struct trace_value){.name = name, .value = {.type = JSON_BOOL, .boolean = value}};
}

static void
read_text(struct trace_line *line, struct text name, struct text value)
{
    line->values[line->values_count++] =
        (struct trace_value){.name = name, .value = {.type = JSON_STRING, .text = value}};
}

static bool
need_form(const struct company *company, struct trace_line *line)
{
    read_text(line, TEXT("legal_form"), company->legal_form);
    read_text(line, TEXT("governing_law"), company->governing_law);
    return (text_is(company->legal_form, "SA") || text_is(company->legal_form, "SARL")) &&
           text_is(company->governing_law, "MA");
}

static bool
need_object(const struct company *company, struct trace_line *line)
{
    read_bool(line, TEXT("object_includes_film_production"), company->object);
    return company->object;
}

static bool
need_capital(const struct company *company, struct trace_line *line)
{
    read_bool(line, TEXT("capital_fully_paid"), company->paid);
    return company->paid;
}

static bool
need_tax(const struct company *company, struct trace_line *line)
{
    read_bool(line, TEXT("tax_regular"), company->tax);
    return company->tax;
}

static bool
need_no_liquidation(const struct company *company, struct trace_line *line)
{
    read_bool(line, TEXT("in_judicial_liquidation"), company->liquidation);
    return !company->liquidation;
}

static bool
need_social(const struct company *company, struct trace_line *line)
{
    read_bool(line, TEXT("cnss_regular"), company->cnss);
    read_bool(line, TEXT("other_scheme_regular"), company->other);
    return company->cnss || company->other;
}

static const struct {
    struct text norm;
    bool (*holds)(const struct company *company, struct trace_line *line);
} needs[NEEDS] = {
    {TEXT_INIT("18.23/2/1.a"), need_form},           {TEXT_INIT("18.23/2/1.b"), need_object},
    {TEXT_INIT("18.23/2/1.c"), need_capital},        {TEXT_INIT("18.23/2/1.d"), need_tax},
    {TEXT_INIT("18.23/2/1.e"), need_no_liquidation}, {TEXT_INIT("18.23/2/1.f"), need_social},
};

static void
plain_decide(const struct company *company, struct arena *arena, struct ruling *ret)
{
    *ret = (struct ruling){.check = TEXT("production-licence"), .traced = true, .trace_count = NEEDS};
    ret->trace = ARENA_ARRAY(arena, struct trace_line, NEEDS);
    struct trace_value *values = ARENA_ARRAY(arena, struct trace_value, FACTS);
    for (size_t i = 0; i < NEEDS; i++) {
        struct trace_line *line = &ret->trace[i];
        line->norm = needs[i].norm;
        line->values = values;
        const bool holds = needs[i].holds(company, line);
        line->outcome = holds ? TRACE_HOLDS : TRACE_FAILS;
        values += line->values_count;
        if (!holds) {
            ret->failed = ret->failed == NULL ? ARENA_ARRAY(arena, struct text, NEEDS) : ret->failed;
            ret->failed[ret->failed_count++] = needs[i].norm;
        }
    }
    ret->verdict = ret->failed_count > 0 ? TEXT("refused") : TEXT("granted");
}

/* Of this process, on its core: others run here too. */
static double
seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}
