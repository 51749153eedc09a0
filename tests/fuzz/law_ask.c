/* Questions: any JSON as facts to checks that use every operation gives a ruling or an error with its place, twice the
 * same. */
#include <assert.h>

#include "base/limits.h"
#include "fuzz.h"
#include "law/law.h"

#define NORM(id) "    norm " id " duty\n        ar \"n\"\n        fr \"n\"\n        en \"n\"\n"
static const char file[] =
    "text T\n    ar \"n\"\n    fr \"n\"\n    en \"n\"\n    omitted facts are unknown\narticle 1\n" NORM("1/1")
        NORM("1/2") NORM(
            "1/3") "parameter p number @1/3\n"
                   "table t\n    n | k => v | c\n    1 to 3 | any => 4 | x\n    4 or more | x y => 9 | y\n"
                   "define late(d, n) = as_of > d + n days\n"
                   "check c\n    fact n number\n    fact m money or absent\n    fact d date or absent\n    fact k one "
                   "of x y z\n    fact s session or absent\n    fact u text\n"
                   "    fact l list of code\n    fact g map of money\n    fact r record\n        a whole\n        b "
                   "yes_no\n"
                   "    fact f list\n        w number\n        o one of x y\n        h date or absent\n        q map "
                   "of whole\n        e list of country\n"
                   "    let good = f where w >= 2 and o is x\n    let best = good where h is given\n"
                   "    need 1/1: n * 2 + r.a <= t(n, k).v or r.b\n    need 1/2: any of best where position = 2 and "
                   "(any of e where it in l) when k is one of x y\n"
                   "    need 1/3: late(d, n) and n > p\n    need 1/3: at least n of good where MA in e\n"
                   "    let way rules\n        x  when r.b     @1/1\n        y  when n > 3   @1/2 over 1/1\n        z  "
                   "otherwise    @1/3 over 1/2\n"
                   "    verdict\n        bad   when any need fails\n        open  when any need undecided or way is "
                   "z\n        good  otherwise\n"
                   "    result a money or absent = m * n over r.a rounded half_up\n    result b map of money or absent "
                   "= allocate(m, g)\n    result c list of code every\n"
                   "        x  when fails 1/1\n        y  when k is y\n"
                   "    result e whole = distinct o of f\n    result q map of whole or absent = sum q of f\n    result "
                   "h date or absent = highest h of best\n    result i code or absent = first key of g where value = "
                   "(lowest value of g)\n"
                   "    result j yes_no or absent = same_text(u, u) and has_text(u, u)\n    result o number or absent "
                   "= years_between(d, as_of) + year(s) - ordinal(s)\n"
                   "    result w date or absent = (d else as_of) + n months\n    result x money or absent = g at MA\n  "
                   "  result y date or absent = date(n, r.a, 31)\n"
                   "    result z number or absent = sum w of f where position > 1\n    result v yes_no = all of f as "
                   "one_f where (any of f as other where other.w = one_f.w and other.position < one_f.position)\n";

static struct law *law;
static struct arena *law_arena;

static struct text answer(struct arena *arena, const struct json *facts);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (law == NULL) {
        law_arena = arena_new((size_t)256 * 1024 * 1024);
        const struct law_file files[] = {{.path = TEXT("T/text.law"), .bytes = text_of(file)}};
        struct law_faults faults;
        const struct err *err = law_read(law_arena, files, 1, &law, &faults);
        assert(err == NULL);
    }
    struct arena *arena DEFER(arena_free_at) = arena_new((size_t)512 * 1024 * 1024);
    struct json facts;
    struct json_fault fault;
    const struct text input = {.at = (const char *)data, .len = size};
    if (!json_parse(arena, input, &facts, &fault)) {
        return 0;
    }
    const struct text once = answer(arena, &facts);
    assert(text_equal(once, answer(arena, &facts)));
    return 0;
}

static struct text
answer(struct arena *arena, const struct json *facts)
{
    struct law_question question = {.check = TEXT("c"), .facts = facts, .trace = true};
    struct ruling ruling;
    struct question_fault fault = {0};
    (void)date_from_text(TEXT("2026-01-01"), &question.as_of);
    if (law_ask(arena, law, &question, &ruling, &fault) != NULL) {
        assert(fault.code != NULL && fault.message.len > 0 && fault.at.len > 0);
        return text_printf(arena, "%s %.*s", fault.code, TEXT_ARG(fault.at));
    }
    struct buf buf = buf_new(arena, (size_t)64 * 1024 * 1024);
    struct json_out out = json_out(&buf);
    ruling_print(&out, TEXT("1"), &ruling, law);
    struct json again;
    struct json_fault json_fault;
    const bool is_json = json_parse(arena, buf_built(&buf), &again, &json_fault);
    assert(is_json);
    return ruling_receipt(arena, &ruling, law);
}
