/* The compiler's own state: the program under construction and the names in sight. */
#ifndef LAW_COMPILE_H
#define LAW_COMPILE_H

#include "base/buf.h"
#include "law/program.h"

struct typed {
    uint16_t slot;
    uint8_t kind;            /* KIND_NONE: there was a fault */
    const struct type *type; /* of lists, maps, records and one of; may be NULL */
};

enum {
    SYMBOLS_MAX = 256,
    SETS_MAX = 512,
    CHOICES_MAX = 512,
    ROWS_MAX = 512,
    LOOPS_MAX = 256,
    OPERANDS_MAX = 1024,
    REFS_MAX = 12,
    DEFINE_DEPTH_MAX = 8
};

/* A list with the conditions that make a part of it; each condition remembers what it could see. */
struct view {
    struct typed list;
    struct {
        struct expr *expr;
        size_t scope_base, open_base; /* open_base SIZE_MAX: only its own element */
    } conds[LEVELS_OF_VIEW_MAX];
    size_t conds_count;
};
struct symbol {
    struct text name;
    struct typed value;
    struct view *view; /* a part of a list, named by let */
    bool used;
    struct place place;
};
struct open_list {
    struct text alias;
    const struct type *of;
    bool is_map;
    uint16_t level; /* whose position `position` means */
};

struct compiler {
    struct reader *reader;
    struct law *law;
    struct arena *arena;
    struct date edition;
    const struct item *item;
    struct program *program;
    bool failed;

    struct symbol symbols[SYMBOLS_MAX];
    size_t symbols_count, scope_base;
    struct open_list open[LISTS_OPEN_MAX];
    size_t open_count, open_base;
    int define_depth, depth;
    struct text define_text; /* text of the define being inlined, else of the item */
    bool in_verdict_done;
    struct typed verdict;

    struct node nodes[NODES_MAX];
    int32_t lines[NODES_MAX];
    size_t nodes_count;
    struct slot consts[CHECK_CONSTS_MAX / 4];
    size_t consts_count;
    const struct item *params[PARAMETERS_MAX];
    size_t params_count;
    struct code_set sets[SETS_MAX];
    size_t sets_count;
    uint16_t operands[OPERANDS_MAX];
    bool operand_is_slot[OPERANDS_MAX];
    size_t operands_count;
    struct over overs[64];
    size_t overs_count;
    struct lookup lookups[256];
    size_t lookups_count;
    struct choice choices[CHOICES_MAX];
    size_t choices_count;
    struct loop loops[LOOPS_MAX];
    size_t loops_count;
    struct need needs[NEEDS_MAX];
    size_t needs_count;
    struct cited cited[256];
    size_t cited_count;
    struct traced traced[320];
    size_t traced_count;
    struct program_result results[64];
    size_t results_count;
    struct text missing[FACTS_MAX];
    size_t missing_count;
    const struct item *reads[64];
    size_t reads_count;
    bool *norm_used;

    struct trace_ref refs[REFS_MAX];
    size_t refs_count;
    bool refs_on;
};

/* compile_scope.c */
void compile_fault(struct compiler *compiler, struct place place, const char *hint, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
struct typed typed_none(struct compiler *compiler);
struct typed typed_const(struct compiler *compiler, uint8_t kind, uint8_t state, int64_t v);
uint16_t emit(struct compiler *compiler, const struct expr *expr, enum opcode op, uint8_t kind, uint16_t a, uint16_t b,
              uint16_t c);
struct typed emit_typed(struct compiler *compiler, const struct expr *expr, enum opcode op, uint8_t kind, uint16_t a,
                        uint16_t b, uint16_t c);
struct symbol *symbol_find(struct compiler *compiler, struct text name);
struct symbol *symbol_add(struct compiler *compiler, struct text name, struct place place, struct typed value);
bool name_typed(struct compiler *compiler, const struct expr *expr,
                struct typed *ret); /* a name in scope; false: none */
struct typed parameter_typed(struct compiler *compiler, const struct item *item, const struct expr *expr);
void ref_add(struct compiler *compiler, struct text name, struct typed value);
const char *name_nearest(struct compiler *compiler, struct text name);
void norms_use(struct compiler *compiler, const struct norm_refs *refs);
bool code_is_declared(const struct compiler *compiler, struct text code);
const char *kind_words(uint8_t kind);
bool kinds_fit(uint8_t a, uint8_t b);
uint32_t code_token_id(struct compiler *compiler, const struct token *token);
struct typed code_typed(struct compiler *compiler, struct text code);

void program_finish(struct compiler *compiler, struct program *program); /* compile_finish.c */
/* compile_expr.c */
struct typed expr_compile(struct compiler *compiler, const struct expr *expr);
struct typed expr_compile_kind(struct compiler *compiler, const struct expr *expr, uint8_t kind, const char *what);
struct typed expr_compile_code(struct compiler *compiler, const struct expr *expr); /* a bare word may be a code */
struct typed field_compile(struct compiler *compiler, const struct expr *expr);

/* compile_call.c */
void item_reads(struct compiler *compiler, const struct item *item);
struct typed call_compile(struct compiler *compiler, const struct expr *expr);
struct typed define_compile(struct compiler *compiler, const struct item *item, const struct expr *call);

/* compile_list.c */
struct typed list_compile(struct compiler *compiler, const struct expr *expr);
bool view_resolve(struct compiler *compiler, const struct expr *expr, struct view *ret);
bool expr_is_view(struct compiler *compiler, const struct expr *expr);
struct typed view_copy(struct compiler *compiler, const struct expr *expr, struct view *view);

/* compile_rows.c */
struct typed value_compile(struct compiler *compiler, const struct value *value, struct place place, struct text name,
                           uint8_t expected, bool is_verdict);

#endif
