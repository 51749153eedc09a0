/* A whole check: facts, then statements in order. */
#include <string.h>

#include "law/compile.h"

static void
fact_bits(struct compiler *compiler, struct fact *fact, struct text prefix)
{
    struct arena *arena = compiler->law->arena;
    struct text name =
        prefix.len == 0 ? fact->name : text_printf(arena, "%.*s.%.*s", TEXT_ARG(prefix), TEXT_ARG(fact->name));
    if (compiler->missing_count == FACTS_MAX) {
        compile_fault(compiler, fact->place, NULL, "a check has at most %d facts and fields.", FACTS_MAX);
        return;
    }
    fact->bit = (uint8_t)compiler->missing_count;
    compiler->missing[compiler->missing_count++] = name;
    const struct type *type = fact->type;
    while (type->of != NULL) {
        type = type->of;
        compiler->program->has_lists = true;
    }
    compiler->program->has_lists = compiler->program->has_lists || type->kind == FACT_RECORD;
    for (size_t i = 0; i < type->fields_count; i++) {
        fact_bits(compiler, &type->fields[i], name);
    }
}

static void
facts_declare(struct compiler *compiler, struct fact *facts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct fact *fact = &facts[i];
        fact_bits(compiler, fact, (struct text){0});
        symbol_add(
            compiler, fact->name, fact->place,
            (struct typed){.slot = (uint16_t)(REF_FACT | i), .kind = (uint8_t)kind_of(fact->type), .type = fact->type});
        if (fact->has_default) {
            struct slot slot;
            if (!literal_slot(&compiler->law->intern, compiler->law, fact->default_value, fact->type, &slot)) {
                compile_fault(compiler, fact->place, NULL, "the default of `%.*s` is not of its type.",
                              TEXT_ARG(fact->name));
            }
        }
    }
}

static void
let_compile(struct compiler *compiler, const struct statement *statement)
{
    const struct value *value = &statement->value;
    bool part = value->mode == VALUE_EXPR && expr_is_view(compiler, value->expr) && !value->expr->bracketed;
    if (value->mode == VALUE_EVERY) {
        compile_fault(compiler, statement->place, NULL, "`every` makes a list for a result; a let cannot hold one.");
    }
    if (part) {
        struct view *view = ARENA_NEW(compiler->arena, struct view);
        if (view_resolve(compiler, value->expr, view)) {
            for (size_t i = 0; i < view->conds_count; i++) {
                view->conds[i].open_base = SIZE_MAX;
                view->conds[i].scope_base = 0;
            }
            /* Read once here, so that a fault is told even when nothing uses it. */
            struct expr count = {.kind = EXPR_LIST, .op = LIST_COUNT, .place = statement->place, .a = value->expr};
            size_t nodes = compiler->nodes_count, loops = compiler->loops_count, lookups = compiler->lookups_count,
                   choices = compiler->choices_count;
            size_t operands = compiler->operands_count, overs = compiler->overs_count;
            (void)expr_compile(compiler, &count);
            compiler->nodes_count = nodes;
            compiler->loops_count = loops;
            compiler->lookups_count = lookups;
            compiler->choices_count = choices;
            compiler->operands_count = operands;
            compiler->overs_count = overs;
        }
        symbol_add(compiler, statement->name, statement->place, view->list)->view = view;
        norms_use(compiler, &value->cites);
        return;
    }
    symbol_add(compiler, statement->name, statement->place,
               value_compile(compiler, value, statement->place, statement->name, KIND_NONE, false));
}

static void
need_norms(struct compiler *compiler, const struct statement *statement, struct need *need)
{
    need->norms = ARENA_ARRAY(compiler->law->arena, uint16_t, statement->norms.count);
    for (size_t i = 0; i < statement->norms.count; i++) {
        if (statement->norms.items[i]->norm < compiler->law->norms_count) {
            need->norms[need->norms_count++] = statement->norms.items[i]->norm;
        }
    }
    norms_use(compiler, &statement->norms);
    need->norm_of = REF_NONE;
    if (statement->norm_of != NULL) {
        need->norm_of = expr_compile_kind(compiler, statement->norm_of, KIND_CODE, "the norm of a need").slot;
    }
}

static void
need_compile(struct compiler *compiler, const struct statement *statement)
{
    if (compiler->needs_count == NEEDS_MAX) {
        compile_fault(compiler, statement->place, NULL, "a check has at most %d needs.", NEEDS_MAX);
        return;
    }
    struct need need = {.line = statement->place.line, .when = REF_NONE};
    compiler->refs_count = 0;
    need_norms(compiler, statement, &need);
    compiler->refs_on = true;
    uint16_t jump = REF_NONE;
    if (statement->when_ != NULL) {
        need.when = expr_compile_kind(compiler, statement->when_, KIND_YES_NO, "the circumstance of a need").slot;
        jump = emit(compiler, statement->when_, OP_JUMP_NO, KIND_NONE, need.when, 0, 1);
    }
    struct typed typed = expr_compile_kind(compiler, statement->need, KIND_YES_NO, "a need");
    need.need = typed.slot;
    const struct expr *expr = statement->need;
    if (expr->kind == EXPR_COMPARE && expr->b->kind != EXPR_NAME && compiler->nodes_count > 0) {
        const struct node *last = &compiler->nodes[compiler->nodes_count - 1];
        struct typed right = {.slot = last->b, .kind = KIND_NUMBER};
        right.kind = (last->b & REF_CONST) != 0                ? compiler->consts[last->b & ~REF_CONST].kind
                     : (last->b & (REF_PARAM | REF_FACT)) != 0 ? (uint8_t)KIND_NONE
                                                               : compiler->nodes[last->b].kind;
        if (right.kind > KIND_ABSENT) {
            ref_add(compiler, TEXT("="), right);
        }
    }
    compiler->refs_on = false;
    if (jump != REF_NONE) {
        if (compiler->nodes_count == (size_t)jump + 1) {
            compiler->nodes_count = jump;
        } else {
            compiler->nodes[jump].b = (uint16_t)compiler->nodes_count;
        }
    }
    need.node = emit(compiler, statement->need, OP_NEED, KIND_NUMBER, (uint16_t)compiler->needs_count, 0, 0);
    need.refs_count = compiler->refs_count;
    need.refs = ARENA_ARRAY(compiler->law->arena, struct trace_ref, need.refs_count);
    memcpy(need.refs, compiler->refs, need.refs_count * sizeof need.refs[0]);
    if (compiler->traced_count < sizeof compiler->traced / sizeof compiler->traced[0]) {
        compiler->traced[compiler->traced_count++] =
            (struct traced){.kind = TRACED_NEED, .index = (uint16_t)compiler->needs_count};
    }
    compiler->needs[compiler->needs_count++] = need;
}

static bool
kind_fits_result(const struct typed *typed, const struct type *type)
{
    uint8_t kind = (uint8_t)kind_of(type);
    if (!kinds_fit(typed->kind, kind)) {
        return kind == KIND_CODE && typed->kind == KIND_TEXT && type->kind == FACT_CODE;
    }
    if ((kind == KIND_LIST || kind == KIND_MAP) && typed->type != NULL && typed->type->of != NULL && type->of != NULL) {
        return kinds_fit((uint8_t)kind_of(typed->type->of), (uint8_t)kind_of(type->of));
    }
    return true;
}

static void
result_compile(struct compiler *compiler, const struct statement *statement)
{
    uint8_t kind = (uint8_t)kind_of(statement->type);
    uint8_t expected = statement->value.mode == VALUE_EVERY && statement->type->of != NULL
                           ? (uint8_t)kind_of(statement->type->of)
                           : kind;
    struct typed typed = value_compile(compiler, &statement->value, statement->place, statement->name, expected, false);
    if (statement->value.mode == VALUE_EVERY && kind == KIND_LIST && typed.kind != KIND_NONE) {
        uint8_t of = compiler->choices[compiler->nodes[typed.slot].a].kind;
        if (!kinds_fit(of, (uint8_t)kind_of(statement->type->of))) {
            compile_fault(compiler, statement->place, NULL, "the result `%.*s` is a list of %s, but its rows give %s.",
                          TEXT_ARG(statement->name), kind_words((uint8_t)kind_of(statement->type->of)), kind_words(of));
        }
    }
    if (!kind_fits_result(&typed, statement->type)) {
        compile_fault(compiler, statement->place, NULL, "the result `%.*s` is %s, but its value is %s.",
                      TEXT_ARG(statement->name), kind_words(kind), kind_words(typed.kind));
    }
    static const char *const reserved[] = {"id", "check", "as_of", "failed", "error"};
    for (size_t i = 0; i < 5; i++) {
        if (text_is(statement->name, reserved[i])) {
            compile_fault(compiler, statement->place, "Choose another name.",
                          "`%s` is a part of every answer and cannot be a result.", reserved[i]);
        }
    }
    for (size_t i = 0; i < compiler->results_count; i++) {
        if (text_equal(compiler->results[i].name, statement->name)) {
            compile_fault(compiler, statement->place, NULL, "the result `%.*s` is written twice.",
                          TEXT_ARG(statement->name));
        }
    }
    if (compiler->results_count < sizeof compiler->results / sizeof compiler->results[0]) {
        compiler->results[compiler->results_count++] = (struct program_result){
            .name = statement->name, .type = statement->type, .or_absent = statement->or_absent, .slot = typed.slot};
    }
}

static void
statement_compile(struct compiler *compiler, const struct statement *statement)
{
    switch (statement->kind) {
    case STATEMENT_LET:
        let_compile(compiler, statement);
        return;
    case STATEMENT_NEED:
        need_compile(compiler, statement);
        return;
    case STATEMENT_RESULT:
        result_compile(compiler, statement);
        return;
    case STATEMENT_VERDICT:
        if (compiler->in_verdict_done) {
            compile_fault(compiler, statement->place, NULL, "a check has one verdict.");
            return;
        }
        compiler->verdict =
            value_compile(compiler, &statement->value, statement->place, TEXT("verdict"), KIND_CODE, true);
        compiler->verdict.type = NULL;
        compiler->in_verdict_done = true;
        compiler->program->verdict = compiler->verdict.slot;
        return;
    }
}

static void
compiler_start(struct compiler *compiler, struct reader *reader, const struct item *item, const struct check *check,
               struct date edition)
{
    bool *used = compiler->norm_used;
    memset(compiler, 0, offsetof(struct compiler, nodes));
    compiler->nodes_count = compiler->consts_count = compiler->params_count = compiler->sets_count =
        compiler->operands_count = 0;
    compiler->overs_count = compiler->lookups_count = compiler->choices_count = compiler->loops_count =
        compiler->needs_count = 0;
    compiler->cited_count = compiler->traced_count = compiler->results_count = compiler->missing_count =
        compiler->refs_count = compiler->reads_count = 0;
    memset(compiler->operand_is_slot, 0, sizeof compiler->operand_is_slot);
    compiler->norm_used = used;
    memset(used, 0, reader->law->norms_count * sizeof *used);
    compiler->reader = reader;
    compiler->law = reader->law;
    compiler->arena = reader->law->arena;
    compiler->edition = edition;
    compiler->item = item;
    compiler->define_text = item->text_id;
    compiler->params_count = 1;
    compiler->program = ARENA_NEW(reader->law->arena, struct program);
    *compiler->program = (struct program){.item = item, .check = check, .verdict = REF_NONE, .gate = DATE_NONE};
}

static struct compiler *
compiler_get(struct reader *reader)
{
    if (reader->compiler == NULL) {
        reader->compiler = ARENA_NEW(reader->arena, struct compiler);
        reader->compiler->norm_used = ARENA_ARRAY(reader->arena, bool, reader->law->norms_count + 1);
    }
    return reader->compiler;
}

static void
gate_set(struct compiler *compiler, struct program *program)
{
    for (size_t i = 0; i < compiler->law->texts_count; i++) {
        const struct text_link *link = compiler->law->text_links[i];
        if (!text_equal(link->text.id, compiler->item->text_id)) {
            continue;
        }
        program->omitted_absent = link->omitted_absent;
        if (!date_is_none(link->text.in_force_from) && link->in_force.count > 0 && !program->check->at_any_date) {
            program->gate = link->text.in_force_from;
            program->gate_norm = link->in_force.items[0]->norm;
        }
    }
}

struct program *
program_compile(struct reader *reader, const struct item *item, struct date edition)
{
    struct compiler *compiler = compiler_get(reader);
    compiler_start(compiler, reader, item, &item->check, edition);
    struct program *program = compiler->program;
    gate_set(compiler, program);
    facts_declare(compiler, item->check.facts, item->check.facts_count);
    for (size_t i = 0; i < item->check.statements_count; i++) {
        statement_compile(compiler, &item->check.statements[i]);
    }
    if (compiler->failed) {
        return NULL;
    }
    program_finish(compiler, program);
    return program;
}

/* A condition over facts, for the documents of a procedure: a check with the lets of another, and whose one result is
 * the condition. */
struct program *
condition_compile(struct reader *reader, const struct item *item, const struct fact *facts, size_t facts_count,
                  const struct item *lets, const struct expr *expr, struct date edition)
{
    struct compiler *compiler = compiler_get(reader);
    struct check *check = ARENA_NEW(reader->law->arena, struct check);
    check->facts = ARENA_ARRAY(reader->law->arena, struct fact, facts_count);
    memcpy(check->facts, facts, facts_count * sizeof facts[0]);
    check->facts_count = facts_count;
    compiler_start(compiler, reader, item, check, edition);
    gate_set(compiler, compiler->program);
    compiler->program->gate = DATE_NONE;
    facts_declare(compiler, check->facts, facts_count);
    for (size_t i = 0; lets != NULL && i < lets->check.statements_count; i++) {
        if (lets->check.statements[i].kind == STATEMENT_LET) {
            let_compile(compiler, &lets->check.statements[i]);
        }
    }
    static const struct type yes_no = {.kind = FACT_YES_NO};
    struct typed typed = expr_compile_kind(compiler, expr, KIND_YES_NO, "the condition of a document");
    compiler->results[compiler->results_count++] =
        (struct program_result){.name = TEXT("due"), .type = &yes_no, .or_absent = true, .slot = typed.slot};
    if (compiler->failed) {
        return NULL;
    }
    program_finish(compiler, compiler->program);
    return compiler->program;
}
