/* What checks take and give, for forms, schemas and help. */
#include "law/program.h"

static struct law_fact *facts_of(struct arena *arena, const struct law *law, const struct fact *facts, size_t count);

static struct text *
codes_of(struct arena *arena, const struct law *law, const struct type *type)
{
    struct text *codes = ARENA_ARRAY(arena, struct text, type->codes_count);
    for (size_t i = 0; i < type->codes_count; i++) {
        const struct norm_ref *ref = type->codes[i].ref;
        codes[i] = ref != NULL && ref->norm < law->norms_count ? law->norms[ref->norm].id : type->codes[i].text;
    }
    return codes;
}

static struct law_fact
fact_of(struct arena *arena, const struct law *law, const struct fact *fact)
{
    const struct type *type = fact->type;
    struct law_fact ret = {.name = fact->name, .type = type->kind, .or_absent = fact->or_absent};
    const struct type *of = type->of;
    if (of != NULL && of->kind != FACT_RECORD) {
        ret.of = of->kind;
    }
    const struct type *coded = of != NULL && of->kind == FACT_ONE_OF ? of : type;
    ret.codes = codes_of(arena, law, coded);
    ret.codes_count = coded->codes_count;
    const struct type *record = type->kind == FACT_RECORD ? type : of != NULL && of->kind == FACT_RECORD ? of : NULL;
    if (record != NULL) {
        ret.fields = facts_of(arena, law, record->fields, record->fields_count);
        ret.fields_count = record->fields_count;
    }
    return ret;
}

static struct law_fact *
facts_of(struct arena *arena, const struct law *law, const struct fact *facts, size_t count)
{
    struct law_fact *ret = ARENA_ARRAY(arena, struct law_fact, count);
    for (size_t i = 0; i < count; i++) {
        ret[i] = fact_of(arena, law, &facts[i]);
    }
    return ret;
}

static void
verdicts_of(struct arena *arena, const struct check *check, struct law_check *ret)
{
    for (size_t i = 0; i < check->statements_count; i++) {
        const struct statement *statement = &check->statements[i];
        if (statement->kind != STATEMENT_VERDICT) {
            continue;
        }
        ret->verdicts = ARENA_ARRAY(arena, struct text, statement->value.rows_count);
        for (size_t j = 0; j < statement->value.rows_count; j++) {
            const struct text word = statement->value.rows[j].value->name;
            bool there = word.len == 0;
            for (size_t k = 0; k < ret->verdicts_count; k++) {
                there = there || text_equal(ret->verdicts[k], word);
            }
            if (!there) {
                ret->verdicts[ret->verdicts_count++] = word;
            }
        }
    }
}

static struct law_check
check_of(struct arena *arena, const struct law *law, const struct program *program)
{
    const struct item *item = program->item;
    struct law_check ret = {.name = item->name,
                            .text_id = item->text_id,
                            .path = law->files[item->place.file].path,
                            .line = item->place.line,
                            .facts_count = item->check.facts_count,
                            .results_count = program->results_count,
                            .norms_count = program->norms_count};
    ret.facts = facts_of(arena, law, item->check.facts, item->check.facts_count);
    verdicts_of(arena, &item->check, &ret);
    ret.results = ARENA_ARRAY(arena, struct law_result, program->results_count);
    for (size_t i = 0; i < program->results_count; i++) {
        const struct program_result *result = &program->results[i];
        ret.results[i] =
            (struct law_result){.name = result->name, .type = result->type->kind, .or_absent = result->or_absent};
    }
    ret.norms = ARENA_ARRAY(arena, struct text, program->norms_count);
    for (size_t i = 0; i < program->norms_count; i++) {
        ret.norms[i] = law->norms[program->norms[i]].id;
    }
    ret.parameters = ARENA_ARRAY(arena, struct text, program->params_count);
    for (size_t i = 1; i < program->params_count; i++) {
        ret.parameters[ret.parameters_count++] = program->params[i]->name;
    }
    return ret;
}

const struct law_check *
law_checks(struct arena *arena, const struct law *law, struct date at, size_t *ret_count)
{
    const struct edition *edition = law_edition(law, at);
    struct law_check *ret = ARENA_ARRAY(arena, struct law_check, edition->programs_count);
    for (size_t i = 0; i < edition->programs_count; i++) {
        ret[i] = check_of(arena, law, edition->programs[i]);
    }
    *ret_count = edition->programs_count;
    return ret;
}

const struct law_check *
law_check(struct arena *arena, const struct law *law, struct text name, struct date at)
{
    const struct program *program = law_program(law, name, at);
    if (program == NULL) {
        return NULL;
    }
    struct law_check *ret = ARENA_NEW(arena, struct law_check);
    *ret = check_of(arena, law, program);
    return ret;
}

bool
law_place(const struct law *law, struct text name, struct text *ret_path, int *ret_line)
{
    for (size_t i = 0; i < law->items_count; i++) {
        if (text_equal(law->items[i]->name, name)) {
            *ret_path = law->files[law->items[i]->place.file].path;
            *ret_line = law->items[i]->place.line;
            return true;
        }
    }
    return false;
}
