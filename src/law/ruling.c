/* The ruling, made of what the slots hold after the run. */
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
    machine->data_count = machine->facts_end; /* what the first run made is made again */
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
    if (ret->gaps == NULL) {
        ret->gaps = ARENA_ARRAY(machine->arena, struct text, GAPS_MAX);
    }
    ret->gaps[ret->gaps_count++] = machine->law->norms[norm].id;
}

static __attribute__((noinline)) void
value_put(struct machine *machine, const struct trace_ref *ref, struct trace_value *out)
{
    out->value = slot_json(machine, &machine->slots[ref->slot], ref->kind, ref->type);
}

/* Writes what was read and is known, and returns how many. The commonest kinds are written here: a trace is made for
 * every decision. */
static inline size_t
values_put(struct machine *machine, const struct trace_ref *refs, size_t count, struct trace_value *out /* all zero */)
{
    const struct slot *slots = machine->slots;
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        const struct trace_ref *ref = &refs[i];
        const struct slot *slot = &slots[ref->slot];
        if (slot->state == SLOT_KNOWN && ref->kind == KIND_YES_NO) {
            out->value.type = JSON_BOOL;
            out->value.boolean = slot->v != 0;
        } else if (slot->state == SLOT_KNOWN && ref->kind == KIND_CODE) {
            out->value.type = JSON_STRING;
            out->value.text = intern_text(machine->intern, (uint32_t)slot->v);
        } else if (slot->state == SLOT_SKIPPED || slot->state == SLOT_UNKNOWN) {
            continue;
        } else {
            value_put(machine, ref, out);
        }
        out->name = ref->name;
        out++;
        known++;
    }
    return known;
}

/* Adds a line for each norm of the law; they share what was read. */
static inline __attribute__((always_inline)) void
lines_put(struct machine *machine, struct ruling *ret, const uint16_t *norms, size_t norms_count,
          const struct trace_line *as, const struct trace_ref *refs, size_t refs_count)
{
    struct trace_value *values = machine->trace_values;
    const size_t values_count = values_put(machine, refs, refs_count, values);
    machine->trace_values = values + values_count;
    struct trace_line *line = &ret->trace[ret->trace_count];
    for (size_t i = 0; i < norms_count; i++) {
        if (norms[i] < machine->law->norms_count) {
            line->norm = machine->law->norms[norms[i]].id;
            line->outcome = as->outcome;
            line->line = as->line;
            line->values = values;
            line->values_count = values_count;
            line++;
            ret->trace_count++;
        }
    }
}

static __attribute__((noinline)) void
cited_line(struct machine *machine, const struct law_question *question, struct ruling *ret, const struct cited *cited,
           uint16_t norm)
{
    const struct slot *slot = &machine->slots[cited->node];
    gap_note(machine, ret, norm);
    if (question->trace) {
        const struct trace_line as = {.outcome = TRACE_APPLIED, .line = cited->line};
        const struct trace_ref ref = {.name = cited->name, .slot = cited->node, .kind = slot->kind};
        lines_put(machine, ret, &norm, 1, &as, &ref, slot->kind < KIND_LIST);
    }
}

static void
cited_trace(struct machine *machine, const struct law_question *question, struct ruling *ret, const struct cited *cited)
{
    const struct slot *slot = &machine->slots[cited->node];
    const struct choice *choice = cited->choice;
    if (choice == NULL) {
        for (size_t i = 0; i < cited->norms_count && slot->state == SLOT_KNOWN; i++) {
            cited_line(machine, question, ret, cited, cited->norms[i]);
        }
        return;
    }
    for (size_t i = 0; i < choice->count; i++) {
        const struct choice_row *row = &choice->rows[i];
        const struct slot *when = row->when == REF_NONE ? NULL : &machine->slots[row->when];
        bool held = when == NULL || (when->state == SLOT_KNOWN && when->v != 0);
        bool taken = slot->kind == KIND_LIST ? held : slot->aux == i + 1;
        for (size_t j = 0; taken && slot->state != SLOT_SKIPPED && j < row->cites_count; j++) {
            cited_line(machine, question, ret, cited, row->cites[j]);
        }
    }
}

static void
need_trace(struct machine *machine, const struct law_question *question, struct ruling *ret,
           const struct traced *traced)
{
    const struct need *need = &machine->program->needs[traced->index];
    const struct trace_line as = {.outcome = machine->outcome[traced->index], .line = need->line};
    if (traced->has_gap && as.outcome != TRACE_NOT_APPLICABLE) {
        for (size_t i = 0; i == 0 || i < need->norms_count; i++) {
            gap_note(machine, ret, need_norm(machine, need, i));
        }
    }
    if (!question->trace) {
        return;
    }
    const uint16_t named = need->norm_of == REF_NONE ? 0 : need_norm(machine, need, 0);
    const bool fixed = need->norm_of == REF_NONE;
    lines_put(machine, ret, fixed ? need->norms : &named, fixed ? need->norms_count : 1, &as, need->refs,
              need->refs_count);
}

/* The commonest trace: its form copied and filled in. False, and nothing told, when something read is not known. */
static bool
trace_fill(struct machine *machine, struct ruling *ret)
{
    const struct program *program = machine->program;
    const size_t lines_bytes = program->trace_room * sizeof(struct trace_line);
    char *block = arena_copy(machine->arena, program->trace_form,
                             lines_bytes + program->values_room * sizeof(struct trace_value));
    struct trace_line *line = (struct trace_line *)(void *)block;
    struct trace_value *value = (struct trace_value *)(void *)(block + lines_bytes);
    for (size_t i = 0; i < program->traced_count; i++) {
        const struct need *need = &program->needs[program->traced[i].index];
        struct trace_value *first = value;
        for (size_t j = 0; j < need->refs_count; j++, value++) {
            const struct slot *slot = &machine->slots[need->refs[j].slot];
            if (slot->state != SLOT_KNOWN) {
                return false;
            }
            if (value->value.type == JSON_BOOL) {
                value->value.boolean = slot->v != 0;
            } else {
                value->value.text = intern_text(machine->intern, (uint32_t)slot->v);
            }
        }
        for (size_t j = 0; j < need->norms_count; j++, line++) {
            line->outcome = machine->outcome[program->traced[i].index];
            line->values = first;
        }
    }
    ret->trace = (struct trace_line *)(void *)block;
    ret->trace_count = (size_t)(line - ret->trace);
    return true;
}

static void
trace_collect(struct machine *machine, const struct law_question *question, struct ruling *ret)
{
    const struct program *program = machine->program;
    if (!question->trace && !program->has_gaps) {
        return;
    }
    if (question->trace && program->trace_form != NULL && trace_fill(machine, ret)) {
        return;
    }
    if (question->trace) { /* one block: the lines, and behind them their values */
        const size_t lines_bytes = program->trace_room * sizeof(struct trace_line);
        char *block = arena_alloc(machine->arena, lines_bytes + program->values_room * sizeof(struct trace_value));
        ret->trace = (struct trace_line *)(void *)block;
        machine->trace_values = (struct trace_value *)(void *)(block + lines_bytes);
    }
    for (size_t i = 0; i < program->traced_count; i++) {
        const struct traced *traced = &program->traced[i];
        if (!question->trace && !traced->has_gap) {
            continue;
        }
        if (traced->kind == TRACED_CITED) {
            cited_trace(machine, question, ret, &program->cited[traced->index]);
        } else {
            need_trace(machine, question, ret, traced);
        }
    }
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

/* The verdict, what failed or is missing, the results and the trace, out of what the slots hold. */
void
ruling_make(struct machine *machine, const struct law_question *question, struct ruling *ret)
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
