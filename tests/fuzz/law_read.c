/* Law files: any bytes give a corpus or faults that point into the file, each of which prints; and what was read
 * answers every check with no facts. */
#include <assert.h>

#include "fuzz.h"
#include "law/law.h"
#include "law/procedure.h"

static const char base[] =
    "text T\n    ar \"n\"\n    fr \"n\"\n    en \"n\"\n    omitted facts are unknown\narticle 1\n"
    "    norm 1/1 duty\n        ar \"n\"\n        fr \"n\"\n        en \"n\"\n"
    "    norm 1/2 duty\n        ar \"n\"\n        fr \"n\"\n        en \"n\"\n";

static void ask_all(struct arena *arena, const struct law *law);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 20000) {
        return 0;
    }
    struct arena *arena DEFER(arena_free_at) = arena_new((size_t)1024 * 1024 * 1024);
    const struct law_file files[] = {{.path = TEXT("T/a.law"), .bytes = {.at = (const char *)data, .len = size}},
                                     {.path = TEXT("T/text.law"), .bytes = text_of(base)}};
    struct law *law = NULL;
    struct law_faults faults;
    if (law_read(arena, files, 2, &law, &faults) != NULL) {
        assert(faults.count > 0);
        for (size_t i = 0; i < faults.count; i++) {
            assert(faults.items[i].line >= 1 && faults.items[i].column >= 1 && faults.items[i].message.len > 0);
            assert(law_fault_print(arena, NULL, files, 2, &faults.items[i]).len > 0);
        }
        return 0;
    }
    ask_all(arena, law);
    return 0;
}

static void
ask_all(struct arena *arena, const struct law *law)
{
    size_t count;
    const struct law_check *checks = law_checks(arena, law, DATE_NONE, &count);
    const struct json facts = {.type = JSON_OBJECT};
    for (size_t i = 0; i < count; i++) {
        struct law_question question = {.check = checks[i].name, .facts = &facts, .trace = true};
        struct ruling ruling;
        struct question_fault fault;
        (void)date_from_text(TEXT("2026-01-01"), &question.as_of);
        if (law_ask(arena, law, &question, &ruling, &fault) != NULL) {
            assert(fault.code != NULL);
            continue;
        }
        const struct text receipt = ruling_receipt(arena, &ruling, law);
        assert(receipt.len > 0);
    }
    size_t procedures_count;
    const struct procedure *procedures = law_procedures(law, DATE_NONE, &procedures_count);
    for (size_t i = 0; i < procedures_count; i++) {
        for (size_t j = 0; j < procedures[i].documents_count; j++) {
            struct date at;
            (void)date_from_text(TEXT("2026-01-01"), &at);
            (void)procedure_document_due(arena, law, &procedures[i], &procedures[i].documents[j], at, &facts);
        }
    }
}
