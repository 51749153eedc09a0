/* Reading law files: tokens, lines, expressions and items, as they stand in the text, before names are resolved
 * (docs/law-language.md). Everything lives in the reader's arena and in the bytes of the files. */
/* tidy: size: the shapes of everything a law file may say */
#ifndef LAW_READ_H
#define LAW_READ_H

#include "base/money.h"
#include "law/procedure.h"

/* Where something stands: file (index into the sorted files), line and column from 1, width in code points. */
struct place {
    uint16_t file;
    uint16_t column;
    uint16_t width;
    int32_t line;
};

enum token_kind {
    TOKEN_END = 0,
    TOKEN_WORD,   /* capital_fully_paid, SARL, national-accreditation */
    TOKEN_CODE,   /* '20.99' */
    TOKEN_NORM,   /* 8/1.1.a */
    TOKEN_NUMBER, /* 500_000, 12.5, also a text id as 2.25.483 */
    TOKEN_DATE,
    TOKEN_TEXT, /* "..." */
    TOKEN_SIGN  /* ( ) , : . | + - * = != < <= > >= => @ */
};
struct norm_ref;
struct token {
    enum token_kind kind;
    struct text text; /* as written, without quotes */
    struct place place;
    struct norm_ref *ref; /* of a norm that stands as a code */
};

/* One logical line: what continues is already joined. Lines below it, one level deeper, are its children. */
struct line {
    struct place place;
    int level;
    struct token *tokens; /* closed by TOKEN_END */
    size_t count;
    struct line *first;
    struct line *last;
    struct line *next;
};

/* A norm as cited: resolved to its place in the order of the texts when all files are read. */
struct norm_ref {
    struct text written;
    struct text text_id; /* of the file */
    struct place place;
    uint16_t norm; /* index into the corpus' norms */
    struct norm_ref *next;
};
struct norm_refs {
    struct norm_ref **items;
    size_t count;
};

enum expr_kind {
    EXPR_NAME = 1,
    EXPR_CODE,
    EXPR_NUMBER,
    EXPR_MONEY,
    EXPR_DATE,
    EXPR_TEXT,
    EXPR_NORM,
    EXPR_YES,
    EXPR_NO,
    EXPR_ABSENT,
    EXPR_NOT,
    EXPR_AND,
    EXPR_OR,
    EXPR_COMPARE, /* sign in op */
    EXPR_IS_ABSENT,
    EXPR_IS_CODE, /* names: the codes; negated */
    EXPR_IN,      /* negated */
    EXPR_ADD,
    EXPR_SUBTRACT,
    EXPR_TIMES,
    EXPR_OVER, /* a over b, rounding in op */
    EXPR_NEGATE,
    EXPR_UNIT, /* enum term_unit in op */
    EXPR_AT,
    EXPR_FIELD,
    EXPR_ELSE,
    EXPR_CALL,
    EXPR_LIST,  /* an operation over a list: enum list_op in op */
    EXPR_WHERE, /* a list and its condition */
    EXPR_ANY_FAILS,
    EXPR_ANY_UNDECIDED,
    EXPR_FAILS
};
enum compare_op { COMPARE_EQUAL = 1, COMPARE_UNEQUAL, COMPARE_LESS, COMPARE_AT_MOST, COMPARE_MORE, COMPARE_AT_LEAST };
enum list_op {
    LIST_ANY = 1,
    LIST_ALL,
    LIST_COUNT,
    LIST_AT_LEAST,
    LIST_SUM,
    LIST_DISTINCT,
    LIST_FIRST,
    LIST_HIGHEST,
    LIST_LOWEST,
    LIST_COPY
};

struct expr {
    enum expr_kind kind;
    uint8_t op;
    bool negated;
    bool bracketed;
    struct place place;
    struct text name;  /* name, code, text, field, function, alias of a list */
    int64_t value;     /* number x 10^6, centimes, day number */
    struct expr *a;    /* first operand; of EXPR_LIST: the list */
    struct expr *b;    /* second operand; of EXPR_LIST: the condition or NULL */
    struct expr *each; /* of EXPR_LIST: the value for each element, or how many */
    struct expr **args;
    size_t args_count;
    struct token *codes; /* of EXPR_IS_CODE */
    size_t codes_count;
    struct norm_refs norms; /* of EXPR_NORM (one) and EXPR_FAILS */
};

enum value_mode { VALUE_EXPR = 1, VALUE_FIRST, VALUE_EVERY, VALUE_RULES };
struct row {
    struct place place;
    struct expr *value;
    struct expr *when; /* NULL: otherwise */
    struct norm_refs cites;
    struct norm_refs over;
};
struct value {
    enum value_mode mode;
    struct expr *expr; /* VALUE_EXPR */
    struct norm_refs cites;
    struct row *rows;
    size_t rows_count;
};

struct type;
/* A fact, or a field of a record. */
struct fact {
    struct text name;
    struct place place;
    const struct type *type;
    bool or_absent;
    bool has_range;
    bool has_default;
    int64_t from, to;
    struct expr *default_value;
    uint8_t bit; /* in the set of missing facts */
};
struct type {
    enum fact_type kind;
    const struct type *of; /* of a list or map: its element; a record there is FACT_RECORD */
    struct fact *fields;   /* of a record */
    size_t fields_count;
    struct token *codes; /* of FACT_ONE_OF */
    size_t codes_count;
    uint32_t *ids; /* of the codes, interned */
};

enum statement_kind { STATEMENT_LET = 1, STATEMENT_NEED, STATEMENT_VERDICT, STATEMENT_RESULT };
struct statement {
    enum statement_kind kind;
    struct place place;
    struct text name; /* of a let or result */
    const struct type *type;
    bool or_absent;
    struct value value;        /* let, verdict, result */
    struct norm_refs norms;    /* need with norms */
    struct expr *norm_of;      /* need with a norm out of a table */
    struct expr *need, *when_; /* need */
};

/* Dates between which an item exists; DATE_NONE: open. until is the last day. */
struct period {
    struct date from, until;
};

enum item_kind { ITEM_TABLE = 1, ITEM_DEFINE, ITEM_CHECK, ITEM_PARAMETER, ITEM_PROCEDURE, ITEM_FORMALITY, ITEM_BODY };

enum key_kind { KEY_CODE = 1, KEY_NUMBER, KEY_RANGE, KEY_FROM };
struct key_value {
    enum key_kind kind;
    struct token token;   /* code */
    struct norm_ref *ref; /* a norm used as code */
    int64_t from, to;
    uint32_t code; /* interned */
};
struct table_key {
    bool any;
    struct key_value *values;
    size_t count;
};
struct table_row {
    struct place place;
    struct table_key *keys;
    struct expr **cells; /* literals; NULL: absent */
};
struct table {
    struct token *keys;
    size_t keys_count;
    struct token *columns;
    size_t columns_count;
    struct table_row *rows;
    size_t rows_count;
    struct compiled_table *compiled;
};
struct define {
    struct token *args;
    size_t args_count;
    struct value value;
};
struct check {
    bool at_any_date;
    struct fact *facts;
    size_t facts_count;
    struct statement *statements;
    size_t statements_count;
};
struct parameter_value {
    struct date from, until;
    struct expr *literal;
    struct text source;
};
struct parameter {
    const struct type *type;
    struct parameter_value *values;
    size_t values_count;
};

/* What procedure.h does not show: conditions to compile, and where lines stand for faults. */
struct procedure_when {
    struct expr *expr;
    struct program **programs; /* one for each edition */
};
struct procedure_more {
    struct procedure_when *whens; /* by document */
    struct place *fact_places;
    struct place *check_places;
    struct place time_place;
};

/* Whatever has a name and may have versions by date. */
struct item {
    enum item_kind kind;
    struct text name;
    struct text text_id;
    struct place place;
    struct period period;
    struct norm_refs cites;
    struct table table;
    struct define define;
    struct check check;
    struct parameter parameter;
    struct procedure *procedure;
    struct procedure_more *more; /* what procedure.h does not show */
    struct formality *formality;
    struct law_body *body;
    struct item *next;
    struct item *hash_next;
};

/* The one state of reading: faults, files and what was found. */
struct reader {
    struct arena *arena;
    struct law_file *files;
    size_t files_count;
    uint16_t file;       /* being read */
    struct text text_id; /* of that file */
    struct law *law;
    bool allow_missing_norms;
    struct fault_link *faults, *faults_last;
    size_t faults_count;
    struct norm_ref *refs;
    struct item *items, *items_last;
    struct norm_link *norms, *norms_last;
    size_t norms_count;
    struct text_link *texts, *texts_last;
    size_t texts_count;
    struct word_link *words, *words_last;
    size_t words_count;
    const struct token *at; /* next token of the line being read */
    int depth;              /* of nested expressions */
    struct compiler *compiler;
};
struct fault_link {
    struct law_fault fault;
    struct fault_link *next;
};
struct norm_link {
    struct norm norm;
    struct norm_refs sanctioned;
    struct place place;
    bool by_id;   /* some norms are missing: the order written says nothing */
    size_t index; /* among the corpus' norms */
    struct norm_link *next;
};
struct text_link {
    struct law_text text;
    bool omitted_absent;
    struct norm_refs in_force;
    struct place place;
    struct text_link *next;
};
struct word_link {
    struct text name;
    struct text says[LANGS];
    struct place place;
    struct word_link *next;
};

enum { FAULTS_MAX = 200, NESTING_MAX = 32, FACTS_MAX = 64, NEEDS_MAX = 64 };

/* fault.c */
void fault_add(struct reader *reader, struct place place, const char *hint, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void fault_hint(struct reader *reader, const char *format, ...) __attribute__((format(printf, 2, 3))); /* of the last */

/* token.c: the file's lines as a tree; NULL when it cannot be cut into lines at all. */
struct line *lines_read(struct reader *reader);

/* read_expr.c: from reader->at on; NULL when there was a fault. */
struct expr *expr_read(struct reader *reader);
struct expr *literal_read(struct reader *reader); /* also NUMBER days, yes, no, codes and norms; no operators */
bool norms_read(struct reader *reader, struct norm_refs *ret); /* one or more */
bool cites_read(struct reader *reader, struct norm_refs *ret); /* "@" and norms, or nothing */
bool codes_read(struct reader *reader, struct token **ret, size_t *ret_count);
struct norm_ref *norm_ref_new(struct reader *reader, const struct token *token);
/* read_literal.c: NULL without a fault when none stands there. */
struct expr *plain_read(struct reader *reader);
bool unit_read(struct reader *reader, uint8_t *ret_unit);
struct expr *expr_new(struct reader *reader, enum expr_kind kind, struct place place);

/* Cursor */
bool at_word(const struct reader *reader, const char *word);
bool at_sign(const struct reader *reader, const char *sign);
bool take_word(struct reader *reader, const char *word);
bool take_sign(struct reader *reader, const char *sign);
bool expect_sign(struct reader *reader, const char *sign);
bool expect_end(struct reader *reader);
bool word_is_reserved(struct text word);
/* A name, of lower case; false with a fault. */
bool name_read(struct reader *reader, const char *what, struct token *ret);
bool date_read(struct reader *reader, struct date *ret);
bool period_read(struct reader *reader, struct period *ret);
bool text_read(struct reader *reader, struct text *ret);
bool number_from(struct text text, int64_t *ret); /* x 10^6 */

/* read_item.c, read_norm.c, read_check.c, read_table.c, read_procedure.c */
void items_read(struct reader *reader, struct line *lines);
bool item_text_id(struct reader *reader, struct text *ret);
/* The three statements among a line's children; `take` is told of every other line and answers false for an unknown. */
bool names3_take(struct reader *reader, struct line *line, struct text says[LANGS]);
bool names3_check(struct reader *reader, struct place place, const struct text says[LANGS]);
bool type_read(struct reader *reader, struct line *line, struct type **ret);
bool value_read(struct reader *reader, struct line *line, struct value *ret);
struct item *item_new(struct reader *reader, enum item_kind kind, struct text name, struct place place);
void article_read(struct reader *reader, struct line *line);
void text_item_read(struct reader *reader, struct line *line);
void word_read(struct reader *reader, struct line *line);
void parameter_read(struct reader *reader, struct line *line);
void table_read(struct reader *reader, struct line *line);
void define_read(struct reader *reader, struct line *line);
void check_read(struct reader *reader, struct line *line);
void procedure_read(struct reader *reader, struct line *line);
void formality_read(struct reader *reader, struct line *line);
void body_read(struct reader *reader, struct line *line);
size_t line_children(const struct line *line);

#endif
