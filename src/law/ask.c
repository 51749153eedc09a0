/* A question: the edition at its date, facts to slots, the run, and the ruling made of what the slots hold. */
#include <string.h>

#include "base/buf.h"
#include "law/program.h"

enum { GAPS_MAX = 64 };

const char *
trace_outcome_code(enum trace_outcome outcome)
{
    static const char *const codes[] = {"", "holds", "fails", "undecided", "unknown", "not_applicable", "applied"};
    return codes[outcome];
}

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

/* ---- What is missing ---- */

static struct lack
missing_find(struct machine *machine)
{
    const struct program *program = machine->program;
    machine->lacks = ARENA_ARRAY(machine->arena, struct lack, program->slots_count);
    for (size_t i = 1; i < program->params_count; i++) {
        machine->lacks[program->consts_count + i].params = (uint32_t)1 << i;
    }
    for (size_t i = 0; i < program->check->facts_count; i++) {
        machine->lacks[program->first_fact + i].facts = (uint64_t)1 << program->check->facts[i].bit;
    }
    machine->pairs = 0;
    machine->conflict_count = 0;
    machine_run_missing(machine);
    struct lack lack = {0};
    if (program->verdict != REF_NONE) {
        return machine->lacks[program->verdict];
    }
    for (size_t i = 0; i < program->results_count; i++) {
        if (machine->slots[program->results[i].slot].state == SLOT_UNKNOWN) {
            lack.facts |= machine->lacks[program->results[i].slot].facts;
            lack.params |= machine->lacks[program->results[i].slot].params;
        }
    }
    for (size_t i = 0; i < program->needs_count; i++) {
        if (machine->outcome[i] == TRACE_UNKNOWN) {
            lack.facts |= machine->lacks[program->first_node + program->needs[i].node].facts;
            lack.params |= machine->lacks[program->first_node + program->needs[i].node].params;
        }
    }
    return lack;
}

static void
missing_tell(struct machine *machine, struct ruling *ret)
{
    const struct program *program = machine->program;
    struct lack lack = missing_find(machine);
    ret->missing = ARENA_ARRAY(machine->arena, struct text, FACTS_MAX);
    ret->parameters = ARENA_ARRAY(machine->arena, struct text, PARAMETERS_MAX);
    for (size_t i = 0; i < program->missing_count; i++) {
        if ((lack.facts >> i & 1) != 0) {
            ret->missing[ret->missing_count++] = program->missing_names[i];
        }
    }
    for (size_t i = 1; i < program->params_count; i++) {
        if ((lack.params >> i & 1) != 0) {
            ret->parameters[ret->parameters_count++] = program->params[i]->name;
        }
    }
    ret->verdict = ret->missing_count > 0 || ret->parameters_count == 0 ? TEXT("incomplete") : TEXT("needs_parameter");
}

/* ---- The ruling ---- */

static void
failed_collect(struct machine *machine, struct ruling *ret)
{
    const struct program *program = machine->program;
    uint16_t norms[NEEDS_MAX * 4];
    size_t count = 0;
    for (size_t i = 0; i < program->needs_count; i++) {
        if (machine->outcome[i] != TRACE_FAILS) {
            continue;
        }
        for (size_t j = 0;; j++) {
            uint16_t norm = need_norm(machine, &program->needs[i], j);
            if (norm == machine->law->norms_count || count == sizeof norms / sizeof norms[0]) {
                break;
            }
            size_t at = 0;
            while (at < count && norms[at] < norm) {
                at++;
            }
            if (at < count && norms[at] == norm) {
                continue;
            }
            memmove(norms + at + 1, norms + at, (count - at) * sizeof norms[0]);
            norms[at] = norm;
            count++;
        }
    }
    if (count == 0) {
        return;
    }
    ret->failed = ARENA_ARRAY(machine->arena, struct text, count);
    ret->failed_count = count;
    for (size_t i = 0; i < count; i++) {
        ret->failed[i] = machine->law->norms[norms[i]].id;
    }
}

static struct json_member *
member_find(struct json_member *members, size_t count, struct text name)
{
    for (size_t i = 0; i < count; i++) {
        if (text_equal(members[i].name, name)) {
            return &members[i];
        }
    }
    return NULL;
}

/* "conditions.cuts" stands in an object "conditions". */
static void
result_put(struct machine *machine, struct ruling *ret, struct text name, struct json value)
{
    size_t dot = text_find_byte(name, '.');
    if (dot == name.len) {
        ret->results[ret->results_count++] = (struct json_member){.name = name, .value = value};
        return;
    }
    struct text head = text_slice(name, 0, dot);
    struct json_member *member = member_find(ret->results, ret->results_count, head);
    if (member == NULL) {
        member = &ret->results[ret->results_count++];
        *member = (struct json_member){.name = head, .value = {.type = JSON_OBJECT}};
        member->value.members = ARENA_ARRAY(machine->arena, struct json_member, machine->program->results_count);
    }
    member->value.members[member->value.count++] =
        (struct json_member){.name = text_after(name, dot + 1), .value = value};
}

static void
results_collect(struct machine *machine, struct ruling *ret)
{
    const struct program *program = machine->program;
    if (program->results_count == 0) {
        return;
    }
    ret->results = ARENA_ARRAY(machine->arena, struct json_member, program->results_count);
    for (size_t i = 0; i < program->results_count; i++) {
        const struct program_result *result = &program->results[i];
        const struct slot *slot = &machine->slots[result->slot];
        if (slot->state == SLOT_UNKNOWN) {
            continue;
        }
        result_put(machine, ret, result->name, slot_json(machine, slot, (uint8_t)kind_of(result->type), result->type));
    }
}

static void
gap_note(struct machine *machine, struct ruling *ret, uint16_t norm)
{
    if (norm >= machine->law->norms_count || machine->law->norms[norm].gap_decider.len == 0 ||
        ret->gaps_count == GAPS_MAX) {
        return;
    }
    for (size_t i = 0; i < ret->gaps_count; i++) {
        if (text_equal(ret->gaps[i], machine->law->norms[norm].id)) {
            return;
        }
    }
    ret->gaps[ret->gaps_count++] = machine->law->norms[norm].id;
}

/* The commonest kinds are written in place: a trace is made for every decision. */
static void
trace_value(struct machine *machine, const struct trace_ref *ref, size_t *count)
{
    const struct slot *slot = &machine->slots[ref->slot];
    if (slot->state == SLOT_SKIPPED || slot->state == SLOT_UNKNOWN) {
        return;
    }
    struct trace_value *value = machine->trace_values++;
    (*count)++;
    value->name = ref->name;
    if (slot->state == SLOT_KNOWN && ref->kind == KIND_YES_NO) {
        value->value.type = JSON_BOOL;
        value->value.boolean = slot->v != 0;
    } else if (slot->state == SLOT_KNOWN && ref->kind == KIND_CODE) {
        value->value.type = JSON_STRING;
        value->value.text = intern_text(machine->intern, (uint32_t)slot->v);
    } else {
        value->value = slot_json(machine, slot, ref->kind, ref->type);
    }
}

/* tidy: functions: a line of the trace has as many parts */
static void
trace_line(struct machine *machine, const struct law_question *question, struct ruling *ret, uint16_t norm,
           enum trace_outcome outcome, int line, const struct trace_ref *refs, size_t refs_count)
{
    if (outcome != TRACE_NOT_APPLICABLE) {
        gap_note(machine, ret, norm);
    }
    if (!question->trace) {
        return;
    }
    struct trace_line *out = &ret->trace[ret->trace_count++]; /* all zero */
    if (norm < machine->law->norms_count) {
        out->norm = machine->law->norms[norm].id;
    }
    out->outcome = outcome;
    out->line = line;
    out->values = machine->trace_values;
    for (size_t i = 0; i < refs_count; i++) {
        trace_value(machine, &refs[i], &out->values_count);
    }
}

static void
cited_trace(struct machine *machine, const struct law_question *question, struct ruling *ret, const struct cited *cited)
{
    const struct slot *slot = &machine->slots[cited->node];
    struct trace_ref ref = {.name = cited->name, .slot = cited->node, .kind = slot->kind};
    const struct choice *choice = cited->choice;
    if (choice == NULL) {
        for (size_t i = 0; i < cited->norms_count && slot->state == SLOT_KNOWN; i++) {
            trace_line(machine, question, ret, cited->norms[i], TRACE_APPLIED, cited->line, &ref,
                       slot->kind < KIND_LIST);
        }
        return;
    }
    for (size_t i = 0; i < choice->count; i++) {
        const struct choice_row *row = &choice->rows[i];
        const struct slot *when = row->when == REF_NONE ? NULL : &machine->slots[row->when];
        bool held = when == NULL || (when->state == SLOT_KNOWN && when->v != 0);
        bool taken = slot->kind == KIND_LIST ? held : slot->aux == i + 1;
        for (size_t j = 0; taken && slot->state != SLOT_SKIPPED && j < row->cites_count; j++) {
            trace_line(machine, question, ret, row->cites[j], TRACE_APPLIED, cited->line, &ref, slot->kind < KIND_LIST);
        }
    }
}

static void
trace_collect(struct machine *machine, const struct law_question *question, struct ruling *ret)
{
    const struct program *program = machine->program;
    if (!question->trace && !program->has_gaps) {
        return;
    }
    if (question->trace) {
        ret->trace = ARENA_ARRAY(machine->arena, struct trace_line, program->trace_room);
        machine->trace_values = ARENA_ARRAY(machine->arena, struct trace_value, program->values_room);
    }
    if (program->has_gaps) {
        ret->gaps = ARENA_ARRAY(machine->arena, struct text, GAPS_MAX);
    }
    for (size_t i = 0; i < program->traced_count; i++) {
        if (program->traced[i].kind == TRACED_CITED) {
            cited_trace(machine, question, ret, &program->cited[program->traced[i].index]);
            continue;
        }
        const struct need *need = &program->needs[program->traced[i].index];
        enum trace_outcome outcome = machine->outcome[program->traced[i].index];
        size_t count = need->norm_of == REF_NONE ? need->norms_count : 1;
        for (size_t j = 0; j < count; j++) {
            uint16_t norm = need_norm(machine, need, j);
            if (norm < machine->law->norms_count) {
                trace_line(machine, question, ret, norm, outcome, need->line, need->refs, need->refs_count);
            }
        }
    }
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

static bool
results_unknown(const struct machine *machine)
{
    for (size_t i = 0; i < machine->program->results_count; i++) {
        if (machine->slots[machine->program->results[i].slot].state == SLOT_UNKNOWN) {
            return true;
        }
    }
    return false;
}

static void
rule(struct machine *machine, const struct law_question *question, struct ruling *ret)
{
    const struct program *program = machine->program;
    const struct slot *verdict = program->verdict == REF_NONE ? NULL : &machine->slots[program->verdict];
    if (machine->conflict) {
        ret->verdict = TEXT("conflict");
        ret->conflict = ARENA_ARRAY(machine->arena, struct text, machine->conflict_count);
        for (size_t i = 0; i < machine->conflict_count; i++) {
            ret->conflict[ret->conflict_count++] = machine->law->norms[machine->conflict_norms[i]].id;
        }
    } else if (verdict != NULL ? verdict->state == SLOT_UNKNOWN : results_unknown(machine)) {
        missing_tell(machine, ret);
    } else if (verdict != NULL && verdict->state == SLOT_KNOWN) {
        ret->verdict = intern_text(machine->intern, (uint32_t)verdict->v);
    }
    failed_collect(machine, ret);
    if (!machine->conflict) {
        results_collect(machine, ret);
    }
    trace_collect(machine, question, ret);
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

const struct err *
law_ask(struct arena *arena, const struct law *law, const struct law_question *question, struct ruling *ret,
        struct question_fault *ret_fault)
{
    *ret = (struct ruling){
        .check = question->check, .as_of = question->as_of, .traced = question->trace, .facts = question->facts};
    const struct program *program = law_program(law, question->check, question->as_of);
    if (program == NULL) {
        *ret_fault = (struct question_fault){
            .code = "unknown_check",
            .message = text_printf(arena, "the law has no check \"%.*s\" at that date",
                                   (int)(question->check.len < 80 ? question->check.len : 0), question->check.at),
            .at = TEXT("check")};
        return FAIL(arena, ERR_INPUT, "no such check");
    }
    struct machine on_stack;
    struct machine *machine = &on_stack;
    machine_init(machine, arena, law, program);
    if (!date_is_none(program->gate) && date_compare(question->as_of, program->gate) < 0) {
        not_in_force(machine, ret);
        return NULL;
    }
    TRY(parameters_set(machine, question, ret_fault));
    if (!facts_read(machine, question->facts, ret_fault)) {
        return FAIL(arena, ERR_INPUT, "%s: %.*s", ret_fault->code, TEXT_ARG(ret_fault->message));
    }
    machine_run(machine);
    if (machine->fault != NULL) {
        return run_fault(machine, ret_fault);
    }
    rule(machine, question, ret);
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
