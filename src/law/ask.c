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

