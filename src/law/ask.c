/* A question: the edition at its date, facts to slots, the run. */
#include <string.h>

#include "base/buf.h"
#include "law/program.h"

/* ---- Parameters ---- */

static bool
value_holds(const struct parameter *parameter, size_t i, struct date at)
{
    const struct parameter_value *value = &parameter->values[i];
    if (value->literal == NULL || date_compare(value->from, at) > 0 ||
        (!date_is_none(value->until) && date_compare(at, value->until) > 0)) {
        return false;
    }
    for (size_t j = 0; j < parameter->values_count; j++) {
        const struct parameter_value *other = &parameter->values[j];
        if (date_compare(other->from, value->from) > 0 && date_compare(other->from, at) <= 0 &&
            date_is_none(value->until)) {
            return false; /* a later one has taken its place */
        }
    }
    return true;
}

static void
parameter_slot(struct machine *machine, const struct item *item, struct date at, struct slot *out)
{
    const struct parameter *parameter = &item->parameter;
    *out = (struct slot){.state = SLOT_UNKNOWN, .kind = (uint8_t)kind_of(parameter->type)};
    for (size_t i = 0; i < parameter->values_count; i++) {
        if (value_holds(parameter, i, at)) {
            (void)literal_slot(machine->intern, machine->law, parameter->values[i].literal, parameter->type, out);
        }
    }
}

/* The literal of --set: read as in a law file, by the type of the parameter. */
static bool
setting_slot(struct machine *machine, const struct law_setting *setting, const struct item *item, struct slot *out)
{
    struct arena *arena = machine->arena;
    struct law_file file = {.path = TEXT("--set"), .bytes = setting->literal};
    struct reader reader = {
        .arena = arena, .files = &file, .files_count = 1, .law = (struct law *)(uintptr_t)machine->law};
    struct line *lines = lines_read(&reader);
    if (lines == NULL || lines->first == NULL || reader.faults_count > 0) {
        return false;
    }
    reader.at = lines->first->tokens;
    struct expr *expr = literal_read(&reader);
    if (expr == NULL || reader.at->kind != TOKEN_END || reader.faults_count > 0) {
        return false;
    }
    if (expr->kind == EXPR_NUMBER && item->parameter.type->kind == FACT_MONEY) {
        return false;
    }
    if (expr->kind == EXPR_NORM) {
        expr->norms.items[0]->norm = (uint16_t)law_norm_at(machine->law, expr->name);
    }
    return literal_slot(machine->intern, machine->law, expr, item->parameter.type, out);
}

static bool
setting_applies(const struct law_setting *setting, struct date at)
{
    return (date_is_none(setting->from) || date_compare(setting->from, at) <= 0) &&
           (date_is_none(setting->until) || date_compare(at, setting->until) <= 0);
}

static const struct err *
parameters_set(struct machine *machine, const struct law_question *question, struct question_fault *ret_fault)
{
    const struct program *program = machine->program;
    struct slot *slots = machine->slots + program->consts_count;
    slots[0] = (struct slot){.v = question->as_of.days, .state = SLOT_KNOWN, .kind = KIND_DATE};
    for (size_t i = 1; i < program->params_count; i++) {
        parameter_slot(machine, program->params[i], question->as_of, &slots[i]);
    }
    for (size_t j = 0; j < question->settings_count; j++) {
        const struct law_setting *setting = &question->settings[j];
        const struct item *item =
            law_item(machine->law, ITEM_PARAMETER, program->item->text_id, setting->name, DATE_NONE);
        if (item == NULL) {
            *ret_fault = (struct question_fault){
                .code = "unknown_parameter",
                .message = text_printf(machine->arena, "%.*s is not a parameter of the law", TEXT_ARG(setting->name)),
                .at = setting->name};
            return FAIL(machine->arena, ERR_INPUT, "no parameter %.*s", TEXT_ARG(setting->name));
        }
        if (!setting_applies(setting, question->as_of)) {
            continue;
        }
        struct slot slot;
        if (!setting_slot(machine, setting, item, &slot)) {
            *ret_fault = (struct question_fault){
                .code = "parameter_type",
                .message = text_printf(machine->arena, "%.*s: the value is not of the parameter's type",
                                       TEXT_ARG(setting->name)),
                .at = setting->name};
            return FAIL(machine->arena, ERR_INPUT, "the value set for %.*s is not of its type",
                        TEXT_ARG(setting->name));
        }
        for (size_t i = 1; i < program->params_count; i++) {
            if (program->params[i] == item) {
                slots[i] = slot;
            }
        }
    }
    return NULL;
}

static const struct err *
run_fault(struct machine *machine, struct question_fault *ret_fault)
{
    bool large = strcmp(machine->fault, "too_large") == 0;
    *ret_fault = (struct question_fault){.code = machine->fault,
                                         .message = large ? TEXT("these facts hold more than a check may read")
                                                          : TEXT("a value grows beyond what can be counted"),
                                         .at = TEXT("facts")};
    return FAIL(machine->arena, ERR_INPUT, "%s in the facts of %.*s", machine->fault,
                TEXT_ARG(machine->program->item->name));
}

static void
not_in_force(struct machine *machine, struct ruling *ret)
{
    ret->verdict = TEXT("not_in_force");
    ret->failed = ARENA_ARRAY(machine->arena, struct text, 1);
    ret->failed[0] = machine->law->norms[machine->program->gate_norm].id;
    ret->failed_count = 1;
}

/* What is not set here is written before it is read. */
static void
machine_init(struct machine *machine, struct arena *arena, const struct law *law, const struct program *program)
{
    machine->arena = arena;
    machine->law = law;
    machine->program = program;
    machine->intern = &machine->own_intern;
    intern_init(machine->intern, arena, &law->intern);
    machine->slots = ARENA_ARRAY(arena, struct slot, program->slots_count);
    memcpy(machine->slots, program->consts, program->consts_count * sizeof(struct slot));
    machine->data = NULL;
    machine->lacks = NULL;
    machine->pairs = 0;
    machine->fault = NULL;
    machine->conflict = false;
    machine->conflict_count = 0;
    memset(machine->outcome, 0, program->needs_count);
}

static const struct err *
check_find(struct arena *arena, const struct law *law, const struct law_question *question, const struct program **ret,
           struct question_fault *ret_fault)
{
    *ret = law_program(law, question->check, question->as_of);
    if (*ret != NULL) {
        return NULL;
    }
    *ret_fault = (struct question_fault){
        .code = "unknown_check",
        .message = text_printf(arena, "the law has no check \"%.*s\" at that date",
                               (int)(question->check.len < 80 ? question->check.len : 0), question->check.at),
        .at = TEXT("check")};
    return FAIL(arena, ERR_INPUT, "no such check");
}

static const struct err *
facts_take(struct machine *machine, const struct json *facts, struct question_fault *ret_fault)
{
    if (!facts_read(machine, facts, ret_fault)) {
        return FAIL(machine->arena, ERR_INPUT, "%s: %.*s", ret_fault->code, TEXT_ARG(ret_fault->message));
    }
    return NULL;
}

/* ---- Facts read once ---- */

struct law_facts {
    const struct program *program;
    const struct edition *edition;
    const struct json *json; /* read again where another edition is asked */
    const struct slot *slots;
    const struct slot *data;
    size_t data_count, data_room;
    struct intern intern;
};

const struct err *
facts_load(struct arena *arena, const struct law *law, const struct law_question *question,
           const struct law_facts **ret, struct question_fault *ret_fault)
{
    const struct program *program = NULL;
    struct machine machine;
    TRY(check_find(arena, law, question, &program, ret_fault));
    machine_init(&machine, arena, law, program);
    TRY(facts_take(&machine, question->facts, ret_fault));
    struct law_facts *facts = ARENA_NEW(arena, struct law_facts);
    *facts = (struct law_facts){.program = program,
                                .edition = law_edition(law, question->as_of),
                                .json = question->facts,
                                .slots = machine.slots + program->first_fact,
                                .data = machine.data,
                                .data_count = machine.data_count,
                                .data_room = machine.data_room,
                                .intern = machine.own_intern};
    *ret = facts;
    return NULL;
}

static bool
facts_fit(const struct law_facts *facts, const struct law *law, const struct law_question *question)
{
    return law_edition(law, question->as_of) == facts->edition &&
           text_equal(facts->program->item->name, question->check);
}

static void
facts_copy(struct machine *machine, const struct law_facts *facts)
{
    memcpy(machine->slots + machine->program->first_fact, facts->slots,
           machine->program->check->facts_count * sizeof(struct slot));
    machine->data_room = facts->data_room;
    machine->data_count = facts->data_count;
    machine->facts_end = facts->data_count;
    if (facts->data_room > 0) {
        machine->data = arena_array(machine->arena, facts->data_room, sizeof(struct slot));
        memcpy(machine->data, facts->data, facts->data_count * sizeof(struct slot));
    }
    *machine->intern = facts->intern;
    machine->intern->arena = machine->arena;
    machine->intern->room = facts->intern.count; /* whoever adds a text moves to arrays of its own first */
}

/* ---- The question ---- */

const struct err *
law_ask(struct arena *arena, const struct law *law, const struct law_question *question, struct ruling *ret,
        struct question_fault *ret_fault)
{
    const struct law_facts *loaded = question->loaded;
    const struct json *facts = loaded != NULL ? loaded->json : question->facts;
    *ret =
        (struct ruling){.check = question->check, .as_of = question->as_of, .traced = question->trace, .facts = *facts};
    const bool is_read = loaded != NULL && facts_fit(loaded, law, question);
    const struct program *program = is_read ? loaded->program : NULL;
    if (!is_read) {
        TRY(check_find(arena, law, question, &program, ret_fault));
    }
    struct machine on_stack;
    struct machine *machine = &on_stack;
    machine_init(machine, arena, law, program);
    if (!date_is_none(program->gate) && date_compare(question->as_of, program->gate) < 0) {
        not_in_force(machine, ret);
        return NULL;
    }
    if (is_read) {
        facts_copy(machine, loaded);
    }
    TRY(parameters_set(machine, question, ret_fault));
    if (!is_read) {
        TRY(facts_take(machine, facts, ret_fault));
    }
    machine_run(machine);
    if (machine->fault != NULL) {
        return run_fault(machine, ret_fault);
    }
    ruling_make(machine, question, ret);
    if (question->seen != NULL) {
        question->seen->program = program;
        memcpy(question->seen->outcome, machine->outcome, sizeof machine->outcome);
    }
    return machine->fault != NULL ? run_fault(machine, ret_fault) : NULL;
}

/* Facts of a dossier may be more than the condition knows: only those it declares are read. */
enum due
condition_ask(struct arena *arena, const struct law *law, const struct program *program, struct date at,
              const struct json *facts)
{
    struct machine on_stack;
    struct machine *machine = &on_stack;
    struct question_fault fault;
    struct json known = {.type = JSON_OBJECT,
                         .members = ARENA_ARRAY(arena, struct json_member, program->check->facts_count)};
    for (size_t i = 0; facts != NULL && facts->type == JSON_OBJECT && i < facts->count; i++) {
        for (size_t j = 0; j < program->check->facts_count; j++) {
            if (text_equal(facts->members[i].name, program->check->facts[j].name) &&
                known.count < program->check->facts_count) {
                known.members[known.count++] = facts->members[i];
            }
        }
    }
    machine_init(machine, arena, law, program);
    struct law_question question = {.as_of = at};
    if (parameters_set(machine, &question, &fault) != NULL || !facts_read(machine, &known, &fault)) {
        return DUE_UNKNOWN;
    }
    machine_run(machine);
    const struct slot *slot = &machine->slots[program->results[0].slot];
    if (machine->fault != NULL || slot->state == SLOT_UNKNOWN) {
        return DUE_UNKNOWN;
    }
    return slot->state == SLOT_KNOWN && slot->v != 0 ? DUE_YES : DUE_NO;
}

const struct json *
ruling_result(const struct ruling *ruling, const char *name)
{
    for (size_t i = 0; i < ruling->results_count; i++) {
        if (text_is(ruling->results[i].name, name)) {
            return &ruling->results[i].value;
        }
    }
    return NULL;
}
