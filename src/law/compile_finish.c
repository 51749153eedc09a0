/* The finished program: its slots laid out, constants first, then parameters, facts and nodes. */
#include <string.h>

#include "law/compile.h"

static uint16_t
placed(const struct program *program, uint16_t ref)
{
    if (ref == REF_NONE) {
        return ref;
    }
    if ((ref & REF_CONST) != 0) {
        return (uint16_t)(ref & ~REF_CONST);
    }
    if ((ref & REF_PARAM) != 0) {
        return (uint16_t)((ref & (unsigned)~REF_PARAM) + program->consts_count);
    }
    if ((ref & REF_FACT) != 0) {
        return (uint16_t)((ref & (unsigned)~REF_FACT) + program->first_fact);
    }
    return (uint16_t)(ref + program->first_node);
}

/* Operand slots of a node: bits 1 a, 2 b, 4 c. */
static unsigned
slots_of(uint8_t op)
{
    switch (op) {
    case OP_IS_ABSENT:
    case OP_IS_CODE:
    case OP_NOT:
    case OP_NEGATE:
    case OP_DURATION:
    case OP_YEAR:
    case OP_YEAR_OF_SESSION:
    case OP_ORDINAL:
    case OP_COPY:
    case OP_FIELD:
    case OP_JUMP_NO:
    case OP_JUMP_YES:
    case OP_JUMP_KNOWN:
        return 1;
    case OP_OVER:
    case OP_EARLIEST:
    case OP_ELEMENT:
    case OP_POSITION:
    case OP_TABLE:
    case OP_LIST:
    case OP_ROWS:
    case OP_RULES:
    case OP_EVERY:
    case OP_NEED:
    case OP_ANY_FAILS:
    case OP_ANY_UNDECIDED:
    case OP_FAILS:
        return 0;
    case OP_DATE:
        return 7;
    default:
        return 3;
    }
}

static void
place_nodes(struct compiler *compiler, struct program *program)
{
    for (size_t i = 0; i < program->nodes_count; i++) {
        struct node *node = &program->nodes[i];
        unsigned slots = slots_of(node->op);
        node->a = (slots & 1) != 0 ? placed(program, node->a) : node->a;
        node->b = (slots & 2) != 0 ? placed(program, node->b) : node->b;
        node->c = (slots & 4) != 0 ? placed(program, node->c) : node->c;
    }
    for (size_t i = 0; i < program->operands_count; i++) {
        program->operands[i] =
            compiler->operand_is_slot[i] ? placed(program, program->operands[i]) : program->operands[i];
    }
}

/* Divisions, tables and choices. */
static void
place_parts(struct program *program)
{
    for (size_t i = 0; i < program->overs_count; i++) {
        struct over *over = &program->overs[i];
        *over = (struct over){.a = placed(program, over->a),
                              .b = placed(program, over->b),
                              .c = placed(program, over->c),
                              .rounding = over->rounding,
                              .money_a = over->money_a,
                              .money_b = over->money_b,
                              .money_c = over->money_c};
    }
    for (size_t i = 0; i < program->lookups_count; i++) {
        for (size_t j = 0; j < program->lookups[i].table->keys_count; j++) {
            program->lookups[i].keys[j] = placed(program, program->lookups[i].keys[j]);
        }
    }
    for (size_t i = 0; i < program->choices_count; i++) {
        for (size_t j = 0; j < program->choices[i].count; j++) {
            struct choice_row *row = &program->choices[i].rows[j];
            row->when = placed(program, row->when);
            row->value = placed(program, row->value);
        }
    }
}

static void
place_loops(struct program *program)
{
    for (size_t i = 0; i < program->loops_count; i++) {
        struct loop *loop = &program->loops[i];
        loop->list = placed(program, loop->list);
        loop->how_many = placed(program, loop->how_many);
        for (size_t j = 0; j < LEVELS_OF_VIEW_MAX; j++) {
            loop->level[j].when = placed(program, loop->level[j].when);
        }
        loop->test.when = placed(program, loop->test.when);
        loop->value.when = placed(program, loop->value.when);
    }
}

static void
place_needs(struct program *program)
{
    for (size_t i = 0; i < program->needs_count; i++) {
        struct need *need = &program->needs[i];
        need->norm_of = placed(program, need->norm_of);
        need->need = placed(program, need->need);
        need->when = placed(program, need->when);
        for (size_t j = 0; j < need->refs_count; j++) {
            need->refs[j].slot = placed(program, need->refs[j].slot);
        }
    }
}

static void
place_all(struct compiler *compiler, struct program *program)
{
    place_nodes(compiler, program);
    place_parts(program);
    place_loops(program);
    place_needs(program);
    for (size_t i = 0; i < program->cited_count; i++) {
        struct cited *cited = &program->cited[i];
        cited->choice = cited->choice != NULL ? &program->choices[cited->choice - compiler->choices] : NULL;
        cited->node = placed(program, cited->node);
    }
    for (size_t i = 0; i < program->results_count; i++) {
        program->results[i].slot = placed(program, program->results[i].slot);
    }
    program->verdict = placed(program, program->verdict);
}

#define KEEP(field, type)                                                                                              \
    do {                                                                                                               \
        program->field##_count = compiler->field##_count;                                                              \
        program->field = ARENA_ARRAY(compiler->law->arena, type, compiler->field##_count);                             \
        memcpy(program->field, compiler->field, compiler->field##_count * sizeof(type));                               \
    } while (0)

/* How long a trace can be, and whether a gap may be met. */
static void
trace_measure(const struct law *law, struct program *program)
{
    for (size_t i = 0; i < program->needs_count; i++) {
        const size_t lines = program->needs[i].norm_of == REF_NONE ? program->needs[i].norms_count : 1;
        program->trace_room += lines;
        program->values_room += lines * program->needs[i].refs_count;
    }
    for (size_t i = 0; i < program->cited_count; i++) {
        const struct cited *cited = &program->cited[i];
        size_t lines = cited->norms_count;
        for (size_t j = 0; cited->choice != NULL && j < cited->choice->count; j++) {
            lines += cited->choice->rows[j].cites_count;
        }
        program->trace_room += lines;
        program->values_room += lines;
    }
    for (size_t i = 0; i < program->norms_count; i++) {
        program->has_gaps = program->has_gaps || law->norms[program->norms[i]].gap_decider.len > 0;
    }
}

static bool
norms_have_gap(const struct law *law, const uint16_t *norms, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (norms[i] < law->norms_count && law->norms[norms[i]].gap_decider.len > 0) {
            return true;
        }
    }
    return false;
}

/* Which needs and values must be looked at for gaps even when no trace is wanted. */
static void
gaps_mark(const struct law *law, struct program *program)
{
    for (size_t i = 0; i < program->traced_count; i++) {
        struct traced *traced = &program->traced[i];
        if (traced->kind == TRACED_NEED) {
            const struct need *need = &program->needs[traced->index];
            traced->has_gap = need->norm_of != REF_NONE || norms_have_gap(law, need->norms, need->norms_count);
            continue;
        }
        const struct cited *cited = &program->cited[traced->index];
        traced->has_gap = norms_have_gap(law, cited->norms, cited->norms_count);
        for (size_t j = 0; cited->choice != NULL && j < cited->choice->count; j++) {
            const struct choice_row *row = &cited->choice->rows[j];
            traced->has_gap = traced->has_gap || norms_have_gap(law, row->cites, row->cites_count);
        }
    }
}

/* The trace as it stands when needs alone are traced and all that they read is a yes or no or a code, and known. */
static void
trace_form_make(const struct law *law, struct program *program)
{
    struct trace_line *line = arena_alloc(law->arena, program->trace_room * sizeof(struct trace_line) +
                                                          program->values_room * sizeof(struct trace_value));
    struct trace_value *value = (struct trace_value *)(void *)(line + program->trace_room);
    struct trace_line *form = line;
    for (size_t i = 0; i < program->traced_count; i++) {
        const struct traced *traced = &program->traced[i];
        const struct need *need = &program->needs[traced->index];
        if (traced->kind != TRACED_NEED || traced->has_gap || need->norm_of != REF_NONE) {
            return;
        }
        for (size_t j = 0; j < need->refs_count; j++, value++) {
            const uint8_t kind = need->refs[j].kind;
            if (kind != KIND_YES_NO && kind != KIND_CODE) {
                return;
            }
            *value = (struct trace_value){.name = need->refs[j].name,
                                          .value = {.type = kind == KIND_CODE ? JSON_STRING : JSON_BOOL}};
        }
        for (size_t j = 0; j < need->norms_count; j++, line++) {
            if (need->norms[j] >= law->norms_count) {
                return;
            }
            *line = (struct trace_line){
                .norm = law->norms[need->norms[j]].id, .line = need->line, .values_count = need->refs_count};
        }
    }
    program->trace_form = form;
}

/* The compiler's arrays copied to their size, operands put in their places. */
void
program_finish(struct compiler *compiler, struct program *program)
{
    KEEP(consts, struct slot);
    KEEP(params, const struct item *);
    KEEP(nodes, struct node);
    KEEP(sets, struct code_set);
    KEEP(operands, uint16_t);
    KEEP(overs, struct over);
    KEEP(lookups, struct lookup);
    KEEP(choices, struct choice);
    KEEP(loops, struct loop);
    KEEP(needs, struct need);
    KEEP(cited, struct cited);
    KEEP(traced, struct traced);
    KEEP(results, struct program_result);
    KEEP(reads, const struct item *);
    program->lines = ARENA_ARRAY(compiler->law->arena, int32_t, compiler->nodes_count);
    memcpy(program->lines, compiler->lines, compiler->nodes_count * sizeof(int32_t));
    program->missing_count = compiler->missing_count;
    program->missing_names = ARENA_ARRAY(compiler->law->arena, struct text, compiler->missing_count);
    memcpy(program->missing_names, compiler->missing, compiler->missing_count * sizeof(struct text));
    program->first_fact = (uint16_t)(program->consts_count + program->params_count);
    program->first_node = (uint16_t)(program->first_fact + program->check->facts_count);
    program->slots_count = program->first_node + program->nodes_count;
    place_all(compiler, program);
    program->norms = ARENA_ARRAY(compiler->law->arena, uint16_t, compiler->law->norms_count);
    for (size_t i = 0; i < compiler->law->norms_count; i++) {
        if (compiler->norm_used[i]) {
            program->norms[program->norms_count++] = (uint16_t)i;
        }
    }
    trace_measure(compiler->law, program);
    gaps_mark(compiler->law, program);
    trace_form_make(compiler->law, program);
}
