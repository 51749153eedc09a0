/* A check compiled: one flat array of nodes in the order of evaluation, each writing the slot of its own index, and the
 * machine that runs it (docs/law-language.md, How it runs). No node allocates, no slot holds a pointer. */
/* tidy: size: the instructions and the machine that runs them */
#ifndef LAW_PROGRAM_H
#define LAW_PROGRAM_H

#include <assert.h>

#include "law/read.h"

/* ---- Values ---- */

enum { SCALE = 1000000 }; /* numbers are int64 x 10^-6 */

enum slot_state { SLOT_SKIPPED = 0, SLOT_KNOWN, SLOT_ABSENT, SLOT_UNKNOWN };

enum value_kind {
    KIND_NONE = 0, /* after a fault: fits everything */
    KIND_ABSENT,   /* the word absent: fits everything */
    KIND_YES_NO,   /* 0, 1 */
    KIND_NUMBER,
    KIND_MONEY,
    KIND_DATE,
    KIND_DURATION, /* aux: enum term_unit */
    KIND_CODE,     /* interned: code, country, norm, one of */
    KIND_TEXT,     /* interned */
    KIND_SESSION,  /* year x 100 + n */
    KIND_LIST,     /* v: offset into data, aux2: elements */
    KIND_MAP,
    KIND_RECORD
};
struct slot {
    int64_t v;
    uint8_t state;
    uint8_t kind;
    uint16_t aux;
    uint32_t aux2;
};
static_assert(sizeof(struct slot) == 16, "a slot is 16 bytes");

enum kind_of_fact_bits {
    PARAMETERS_MAX = 32,
    CHECK_CONSTS_MAX = 4096,
    NODES_MAX = 4096,
    LISTS_OPEN_MAX = 4,
    LEVELS_OF_VIEW_MAX = 8,
    MAP_ENTRIES_MAX = 256 /* of a map that a run makes */
};

/* Operands: slots are constants, then parameters (the first is as_of), then facts, then nodes. Until a program is
 * finished they carry their region in the upper bits. */
enum { REF_CONST = 0x8000, REF_PARAM = 0x4000, REF_FACT = 0x2000, REF_NONE = 0xFFFF };

enum opcode {
    OP_COPY = 1,
    OP_AND,
    OP_OR,
    OP_NOT,
    OP_EQUAL,
    OP_UNEQUAL,
    OP_LESS,
    OP_AT_MOST,
    OP_MORE,
    OP_AT_LEAST,
    OP_IS_ABSENT, /* c: negated */
    OP_IS_CODE,   /* b: index of a set; c: negated */
    OP_IN_LIST,   /* a in list b; c: negated */
    OP_IN_MAP,
    OP_ADD,
    OP_SUBTRACT,
    OP_TIMES, /* c: 1 when one side is money */
    OP_OVER,  /* a: index of an over */
    OP_NEGATE,
    OP_DURATION, /* b: unit */
    OP_DATE_ADD,
    OP_DATE_SUBTRACT,
    OP_DATE,
    OP_YEAR,
    OP_YEAR_OF_SESSION,
    OP_ORDINAL,
    OP_SESSION,
    OP_YEARS_BETWEEN,
    OP_DAYS_BETWEEN,
    OP_EARLIEST, /* a: index of operands; b: count; c: 1 largest */
    OP_ALLOCATE,
    OP_ENTRY,
    OP_SAME_TEXT,
    OP_HAS_TEXT,
    OP_ELSE,
    OP_AT,       /* map a at key b */
    OP_ELEMENT,  /* a: open list; b: field */
    OP_FIELD,    /* a: record; b: field */
    OP_POSITION, /* a: open list; b: level */
    OP_TABLE,    /* a: index of a lookup */
    OP_LIST,     /* a: index of a loop */
    OP_ROWS,     /* a: index of a choice */
    OP_RULES,
    OP_EVERY,
    OP_JUMP_NO,    /* a known no: to node b; c: absent too */
    OP_JUMP_YES,   /* a known yes: to node b */
    OP_JUMP_KNOWN, /* a known: to node b */
    OP_NEED,
    OP_ANY_FAILS, /* a: number of needs above */
    OP_ANY_UNDECIDED,
    OP_FAILS /* a: index of operands (norm indices); b: count; c: number of needs above */
};
struct node {
    uint8_t op;
    uint8_t kind; /* enum value_kind of its slot */
    uint16_t a, b, c;
};
static_assert(sizeof(struct node) == 8, "a node is 8 bytes");

struct code_set {
    uint32_t *ids;
    size_t count;
};
struct over {
    uint16_t a, b, c; /* a x b over c; b may be REF_NONE */
    uint8_t rounding;
    uint8_t money_a, money_b, money_c;
};
struct lookup {
    const struct compiled_table *table;
    uint16_t keys[4];
    uint16_t column;
};
struct choice_row {
    uint16_t when, value; /* when REF_NONE: otherwise */
    uint16_t *cites;
    size_t cites_count;
    uint16_t *over;
    size_t over_count;
};
struct choice {
    struct choice_row *rows;
    size_t count;
    uint8_t kind;
};
/* A list read element by element. Each level is a part named by let (its condition) or the operation's own. */
struct level {
    uint16_t first, end; /* nodes of the condition */
    uint16_t when;
};
struct loop {
    uint8_t op; /* enum list_op */
    uint8_t depth;
    uint8_t kind;   /* of the values */
    uint8_t levels; /* that filter */
    bool has_test;  /* any, all: the condition that is asked of each */
    bool is_map;
    uint16_t list, stride;
    uint16_t how_many;
    struct level level[LEVELS_OF_VIEW_MAX];
    struct level test;
    struct level value;
    uint16_t end; /* first node behind the loop */
};
struct compiled_key {
    int64_t from, to; /* codes: the same twice */
};
struct compiled_row {
    struct compiled_key *keys[4]; /* NULL: any */
    uint16_t keys_count[4];
    struct slot *cells;
};
struct compiled_table {
    struct compiled_row *rows;
    size_t rows_count;
    size_t keys_count, columns_count;
    uint8_t key_kinds[4];
    uint8_t *kinds; /* of columns */
    uint16_t *cites;
    size_t cites_count;
};

/* ---- Programs ---- */

enum { VALUES_OF_TRACE_MAX = 12 };
struct trace_ref {
    struct text name;
    uint16_t slot;
    uint8_t kind;
    const struct type *type; /* of facts; NULL: by kind */
};
struct need {
    uint16_t *norms; /* in the order of the texts */
    size_t norms_count;
    uint16_t norm_of; /* slot whose code is the norm, or REF_NONE */
    uint16_t need, when;
    uint16_t node;
    int line;
    struct trace_ref *refs;
    size_t refs_count;
};
/* A value with cites that is traced when it was applied. */
struct cited {
    uint16_t node; /* OP_ROWS and the like; or any slot: applied when known */
    const struct choice *choice;
    uint16_t *norms;
    size_t norms_count;
    int line;
    struct text name;
};
enum trace_kind { TRACED_NEED = 1, TRACED_CITED };
struct traced {
    uint8_t kind;
    bool has_gap; /* one of its norms may have a gap */
    uint16_t index;
};
struct program_result {
    struct text name;
    const struct type *type;
    bool or_absent;
    uint16_t slot;
};
struct missing_name {
    struct text name; /* "films.share_percent" */
};

struct program {
    const struct item *item;
    const struct check *check;
    struct slot *consts;
    size_t consts_count;
    const struct item **params; /* the first is NULL: as_of */
    size_t params_count;
    struct node *nodes;
    int32_t *lines;
    size_t nodes_count;
    size_t slots_count; /* all regions */
    uint16_t first_fact, first_node;
    struct code_set *sets;
    size_t sets_count;
    uint16_t *operands;
    size_t operands_count;
    struct over *overs;
    size_t overs_count;
    struct lookup *lookups;
    size_t lookups_count;
    struct choice *choices;
    size_t choices_count;
    struct loop *loops;
    size_t loops_count;
    struct need *needs;
    size_t needs_count;
    struct cited *cited;
    size_t cited_count;
    struct traced *traced;
    size_t traced_count;
    struct program_result *results;
    size_t results_count;
    uint16_t verdict;     /* slot or REF_NONE */
    uint16_t verdict_end; /* node behind the verdict */
    struct text *missing_names;
    size_t missing_count;
    uint16_t *norms; /* used */
    size_t norms_count;
    const struct item **reads; /* tables and defines */
    size_t reads_count;
    size_t trace_room, values_room; /* lines and values of a trace, at most */
    struct trace_line *trace_form;  /* lines and their values but for what a run fills in; NULL: lines vary */
    bool has_gaps;                  /* one of its norms has a gap */
    bool has_lists;                 /* facts hold lists, maps or records */
    size_t scratch_fixed;           /* slots that lists and maps made by a run may take, */
    size_t scratch_times;           /* and how often twice what the facts take */
    bool omitted_absent;
    struct date gate; /* DATE_NONE: none */
    uint16_t gate_norm;
};

/* ---- Corpus ---- */

struct intern {
    struct arena *arena;
    struct text *texts;
    size_t count, room;
    uint32_t *table; /* id + 1; size a power of two */
    size_t table_size;
    const struct intern *below; /* ids below->count and up are ours */
};
enum { CODE_NONE = 0xFFFFFFFF };
size_t text_hash(struct text text);
void intern_init(struct intern *intern, struct arena *arena, const struct intern *below);
uint32_t intern_id(struct intern *intern, struct text text);         /* adds */
uint32_t intern_find(const struct intern *intern, struct text text); /* CODE_NONE when not there */
struct text intern_text(const struct intern *intern, uint32_t id);

/* One edition of checks, tables and defines: from a date to the eve of the next. */
struct edition {
    struct date from;
    struct program **programs;
    size_t programs_count;
    uint32_t *index; /* hash of names: program + 1 */
    size_t index_size;
    struct procedure *procedures;
    size_t procedures_count;
};
struct law {
    struct arena *arena;
    struct law_file *files;
    size_t files_count;
    struct hash root;
    struct law_text *texts;
    struct text_link **text_links;
    size_t texts_count;
    struct norm *norms;
    size_t norms_count;
    uint16_t *norm_index; /* hash table of ids: index + 1 */
    size_t norm_index_size;
    uint32_t *norm_codes;   /* norm index -> interned id */
    struct text *norm_says; /* statements as JSON */
    uint16_t *code_norms;   /* interned id -> norm index; norms_count: no norm */
    size_t code_norms_count;
    struct item **items; /* all, in the order of the texts' files */
    size_t items_count;
    struct item **items_hash; /* chains by name and kind */
    size_t items_hash_size;
    struct word_link **words; /* sorted by name */
    size_t words_count;
    struct intern intern;
    size_t declared_codes; /* interned by facts, tables and results: what a bare word may mean */
    struct edition *editions;
    size_t editions_count;
    bool partial; /* norms that are cited may be missing */
};

size_t law_norm_at(const struct law *law, struct text id); /* norms_count: not stated */
const struct item *law_item(const struct law *law, enum item_kind kind, struct text text_id, struct text name,
                            struct date at);
const struct program *law_program(const struct law *law, struct text name, struct date at);
const struct edition *law_edition(const struct law *law, struct date at);
/* norms.c */
int natural_compare(struct text a, struct text b); /* numbers by value, letters by letter */
void norms_order(struct reader *reader);
void refs_resolve(struct reader *reader);
/* corpus.c */
bool periods_meet(const struct period *a, const struct period *b);
/* editions.c */
void editions_make(struct reader *reader);
void codes_declare(struct law *law);
void parameters_check(struct reader *reader);
void words_keep(struct reader *reader);       /* words.c */
void procedures_check(struct reader *reader); /* procedure.c */
bool item_exists_at(const struct item *item, struct date at);

/* compile*.c: the program of a check in an edition; faults go to the reader. NULL when there was one. */
struct program *program_compile(struct reader *reader, const struct item *item, struct date edition);
struct program *condition_compile(struct reader *reader, const struct item *item, const struct fact *facts,
                                  size_t facts_count, const struct item *lets, const struct expr *expr,
                                  struct date edition);
enum due condition_ask(struct arena *arena, const struct law *law, const struct program *program, struct date at,
                       const struct json *facts);
void tables_compile(struct reader *reader);

/* ---- Running ---- */

/* What one question saw of the needs of its check, for coverage. */
struct law_seen {
    const struct program *program; /* NULL: none was run */
    uint8_t outcome[NEEDS_MAX];    /* enum trace_outcome */
};
struct lack {
    uint64_t facts;
    uint32_t params;
};
struct machine {
    const struct law *law;
    const struct program *program;
    struct intern *intern; /* of the question */
    struct intern own_intern;
    struct trace_value *trace_values; /* next free one */
    struct arena *arena;
    struct slot *slots;
    struct slot *data;
    size_t data_count, data_room, facts_end;
    struct lack *lacks; /* second run only */
    size_t element[LISTS_OPEN_MAX];
    struct slot position[LISTS_OPEN_MAX][LEVELS_OF_VIEW_MAX + 1];
    uint8_t outcome[NEEDS_MAX]; /* enum trace_outcome */
    uint32_t pairs;             /* elements read inside another list */
    const char *fault;          /* code of what stopped the run: overflow, too_large */
    bool conflict;
    uint16_t conflict_norms[16];
    size_t conflict_count;
};
void machine_run(struct machine *machine);         /* all nodes */
void machine_run_missing(struct machine *machine); /* again, with what is lacked; machine->lacks is set */
uint16_t need_norm(const struct machine *machine, const struct need *need,
                   size_t i); /* i-th norm of a need; norms_count: none */

/* list.c */
void run_loop(struct machine *machine, const struct node *node, struct slot *out, bool missing);
void run_nodes(struct machine *machine, size_t first, size_t end, bool missing);
/* table.c */
void run_lookup(struct machine *machine, const struct lookup *lookup, uint8_t kind, struct slot *out,
                struct lack *lack);
/* rows.c */
void run_rows(struct machine *machine, const struct choice *choice, struct slot *out, struct lack *lack);
void run_rules(struct machine *machine, const struct choice *choice, struct slot *out, struct lack *lack);
void run_every(struct machine *machine, const struct choice *choice, struct slot *out, struct lack *lack);
/* maps.c */
void run_allocate(struct machine *machine, const struct slot *total, const struct slot *map, struct slot *out);
bool scratch_room(struct machine *machine, size_t count, size_t *ret_offset);
/* same_text.c */
bool texts_same(struct arena *arena, struct text a, struct text b);
bool texts_has(struct arena *arena, struct text a, struct text b);

/* facts.c: JSON facts into the machine's slots and data. */
bool facts_read(struct machine *machine, const struct json *facts, struct question_fault *ret_fault);
void ruling_make(struct machine *machine, const struct law_question *question, struct ruling *ret); /* ruling.c */
void says_keep(struct law *law);                                                                    /* answer.c */
/* value.c */
enum value_kind kind_of(const struct type *type);
struct json slot_json(struct machine *machine, const struct slot *slot, uint8_t kind, const struct type *type);
bool literal_slot(struct intern *intern, const struct law *law, const struct expr *expr, const struct type *type,
                  struct slot *ret);
size_t type_stride(const struct type *of, bool map);

#endif
