/* Checks: facts, lets, needs, verdict and results; and the shapes they share with defines: types, values, rows. */
#include <string.h>

#include "law/read.h"

static bool
row_read(struct reader *reader, struct line *line, struct row *row)
{
    reader->at = line->tokens;
    row->place = line->place;
    row->value = expr_read(reader);
    if (row->value == NULL) {
        return false;
    }
    if (take_word(reader, "when")) {
        row->when = expr_read(reader);
        if (row->when == NULL) {
            return false;
        }
    } else if (!take_word(reader, "otherwise")) {
        fault_add(reader, reader->at->place, "A row is VALUE when CONDITION, or VALUE otherwise.",
                  "`when` or `otherwise` is expected before `%.*s`.", TEXT_ARG(reader->at->text));
        return false;
    }
    if (!cites_read(reader, &row->cites) || (take_word(reader, "over") && !norms_read(reader, &row->over))) {
        return false;
    }
    if (line->first != NULL) {
        fault_add(reader, line->first->place, NULL, "nothing stands below a row.");
    }
    return expect_end(reader);
}

static bool
rows_read(struct reader *reader, struct line *line, struct value *ret)
{
    ret->rows_count = line_children(line);
    if (ret->rows_count == 0) {
        fault_add(reader, reader->at->place, "Write `= VALUE`, or below it rows VALUE when CONDITION.",
                  "a value is missing here.");
        return false;
    }
    ret->rows = ARENA_ARRAY(reader->arena, struct row, ret->rows_count);
    bool good = true;
    size_t i = 0;
    for (struct line *child = line->first; child != NULL; child = child->next) {
        good = row_read(reader, child, &ret->rows[i++]) && good;
    }
    for (i = 0; good && i + 1 < ret->rows_count; i++) {
        if (ret->rows[i].when == NULL && ret->mode == VALUE_FIRST) {
            fault_add(reader, ret->rows[i + 1].place, "Put the `otherwise` row last.",
                      "this row can never be reached: the one above it is `otherwise`.");
        }
    }
    return good;
}

bool
value_read(struct reader *reader, struct line *line, struct value *ret)
{
    *ret = (struct value){.mode = VALUE_FIRST};
    if (take_sign(reader, "=")) {
        ret->mode = VALUE_EXPR;
        struct place place = reader->at->place;
        ret->expr = expr_read(reader);
        if (ret->expr == NULL) {
            return false;
        }
        if (take_word(reader, "where")) {
            struct expr *where = expr_new(reader, EXPR_WHERE, place);
            where->a = ret->expr;
            where->b = expr_read(reader);
            ret->expr = where;
            if (where->b == NULL) {
                return false;
            }
        }
        if (line->first != NULL) {
            fault_add(reader, line->first->place, NULL, "a value behind `=` has no rows below it.");
        }
        return cites_read(reader, &ret->cites) && expect_end(reader);
    }
    if (take_word(reader, "every")) {
        ret->mode = VALUE_EVERY;
    } else if (take_word(reader, "rules")) {
        ret->mode = VALUE_RULES;
    }
    return cites_read(reader, &ret->cites) && expect_end(reader) && rows_read(reader, line, ret);
}

static bool
plain_type_read(struct reader *reader, enum fact_type *ret)
{
    static const struct {
        const char *word;
        enum fact_type type;
    } words[] = {{"yes_no", FACT_YES_NO},   {"number", FACT_NUMBER}, {"whole", FACT_WHOLE},     {"money", FACT_MONEY},
                 {"date", FACT_DATE},       {"code", FACT_CODE},     {"country", FACT_COUNTRY}, {"text", FACT_TEXT},
                 {"session", FACT_SESSION}, {"norm", FACT_NORM}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (take_word(reader, words[i].word)) {
            *ret = words[i].type;
            return true;
        }
    }
    return false;
}

static bool fact_line(struct reader *reader, struct line *line, struct fact *ret);

static bool
fields_read(struct reader *reader, struct line *line, struct type *type)
{
    type->kind = FACT_RECORD;
    type->fields_count = line_children(line);
    if (type->fields_count == 0) {
        fault_add(reader, reader->at->place, "Write `list of TYPE`, or one field to a line below it.",
                  "the fields of this record are missing.");
        return false;
    }
    type->fields = ARENA_ARRAY(reader->arena, struct fact, type->fields_count);
    bool good = true;
    size_t i = 0;
    for (struct line *child = line->first; child != NULL; child = child->next) {
        reader->at = child->tokens;
        good = fact_line(reader, child, &type->fields[i++]) && good;
    }
    for (i = 0; good && i < type->fields_count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (text_equal(type->fields[i].name, type->fields[j].name)) {
                fault_add(reader, type->fields[i].place, NULL, "the field `%.*s` is written twice.",
                          TEXT_ARG(type->fields[i].name));
            }
        }
    }
    return good;
}

/* Back to the head line, behind list, map or record, after its fields were read: "or absent" may stand there. */
static void
head_again(struct reader *reader, struct line *line)
{
    reader->at = line->tokens;
    while (!at_word(reader, "list") && !at_word(reader, "map") && !at_word(reader, "record")) {
        reader->at++;
    }
    reader->at++;
}

bool
type_read(struct reader *reader, struct line *line, struct type **ret)
{
    struct type *type = ARENA_NEW(reader->arena, struct type);
    *ret = type;
    if (plain_type_read(reader, &type->kind)) {
        return true;
    }
    if (at_word(reader, "one") && reader->at[1].kind == TOKEN_WORD && text_is(reader->at[1].text, "of")) {
        reader->at += 2;
        type->kind = FACT_ONE_OF;
        return codes_read(reader, &type->codes, &type->codes_count);
    }
    if (take_word(reader, "record")) {
        bool good = fields_read(reader, line, type);
        head_again(reader, line);
        return good;
    }
    if (at_word(reader, "list") || at_word(reader, "map")) {
        struct type *of;
        type->kind = at_word(reader, "list") ? FACT_LIST : FACT_MAP;
        reader->at++;
        if (take_word(reader, "of")) {
            if (!type_read(reader, line, &of)) {
                return false;
            }
        } else {
            of = ARENA_NEW(reader->arena, struct type);
            if (!fields_read(reader, line, of)) {
                return false;
            }
            head_again(reader, line);
        }
        type->of = of;
        return true;
    }
    fault_add(
        reader, reader->at->place,
        "Types: yes_no, number, whole, money, date, code, country, text, session, norm, one of ..., list, map, record.",
        "`%.*s` is not a type.", TEXT_ARG(reader->at->text));
    return false;
}

static bool
range_read(struct reader *reader, struct fact *fact)
{
    struct expr *from = literal_read(reader);
    if (from == NULL) {
        return false;
    }
    if (!take_word(reader, "to")) {
        fault_add(reader, reader->at->place, NULL, "`to` and the highest value are expected.");
        return false;
    }
    struct expr *to = literal_read(reader);
    if (to == NULL) {
        return false;
    }
    fact->has_range = true;
    fact->from = from->value;
    fact->to = to->value;
    return true;
}

/* Behind the word `fact`, or a field: name, type, "or absent", range, default. */
static bool
fact_line(struct reader *reader, struct line *line, struct fact *ret)
{
    struct token name;
    struct type *type;
    if (!name_read(reader, "a fact", &name) || !type_read(reader, line, &type)) {
        return false;
    }
    *ret = (struct fact){.name = name.text, .place = name.place, .type = type};
    bool good = true;
    while (good && reader->at->kind != TOKEN_END) {
        if (take_word(reader, "or")) {
            good = take_word(reader, "absent");
            ret->or_absent = true;
        } else if (take_word(reader, "from")) {
            good = range_read(reader, ret);
        } else if (take_word(reader, "default")) {
            ret->has_default = true;
            ret->default_value = literal_read(reader);
            good = ret->default_value != NULL;
        } else {
            break;
        }
    }
    bool has_fields = type->kind == FACT_RECORD || (type->of != NULL && type->of->kind == FACT_RECORD);
    if (!has_fields && line->first != NULL) {
        fault_add(reader, line->first->place, NULL, "fields stand only below a list, a map or a record.");
    }
    return expect_end(reader) && good;
}

static bool
need_read(struct reader *reader, struct statement *statement)
{
    statement->kind = STATEMENT_NEED;
    if (reader->at->kind == TOKEN_NORM) {
        if (!norms_read(reader, &statement->norms)) {
            return false;
        }
    } else {
        statement->norm_of = expr_read(reader);
        if (statement->norm_of == NULL) {
            return false;
        }
    }
    if (!expect_sign(reader, ":")) {
        return false;
    }
    statement->need = expr_read(reader);
    if (statement->need == NULL) {
        return false;
    }
    if (take_word(reader, "when")) {
        statement->when_ = expr_read(reader);
        if (statement->when_ == NULL) {
            return false;
        }
    }
    return expect_end(reader);
}

static bool
result_read(struct reader *reader, struct line *line, struct statement *statement)
{
    struct token name, part;
    struct type *type;
    statement->kind = STATEMENT_RESULT;
    if (!name_read(reader, "a result", &name)) {
        return false;
    }
    struct text whole = name.text;
    while (take_sign(reader, ".")) {
        if (!name_read(reader, "a result", &part)) {
            return false;
        }
        whole.len = (size_t)(part.text.at + part.text.len - whole.at);
    }
    statement->name = whole;
    /* The rows of a result are not fields: its type is read as if nothing stood below. */
    struct line *bare = ARENA_NEW(reader->arena, struct line);
    *bare = (struct line){.place = line->place, .tokens = line->tokens, .count = line->count};
    if (!type_read(reader, bare, &type)) {
        return false;
    }
    statement->type = type;
    if (take_word(reader, "or")) {
        if (!take_word(reader, "absent")) {
            fault_add(reader, reader->at->place, NULL, "after `or` stands absent.");
            return false;
        }
        statement->or_absent = true;
    }
    return value_read(reader, line, &statement->value);
}

static bool
statement_read(struct reader *reader, struct line *line, struct statement *statement)
{
    struct token name;
    statement->place = line->place;
    if (take_word(reader, "let")) {
        statement->kind = STATEMENT_LET;
        if (!name_read(reader, "a let", &name)) {
            return false;
        }
        statement->name = name.text;
        statement->place = name.place;
        return value_read(reader, line, &statement->value);
    }
    if (take_word(reader, "need")) {
        if (line->first != NULL) {
            fault_add(reader, line->first->place, NULL, "nothing stands below a need.");
        }
        return need_read(reader, statement);
    }
    if (take_word(reader, "verdict")) {
        statement->kind = STATEMENT_VERDICT;
        statement->value.mode = VALUE_FIRST;
        return expect_end(reader) && rows_read(reader, line, &statement->value);
    }
    if (take_word(reader, "result")) {
        return result_read(reader, line, statement);
    }
    fault_add(reader, line->place, "Lines of a check: fact, let, need, verdict, result.",
              "`%.*s` is not a line of a check.", TEXT_ARG(line->tokens[0].text));
    return false;
}

void
check_read(struct reader *reader, struct line *line)
{
    struct token name;
    if (!name_read(reader, "a check", &name)) {
        return;
    }
    struct item *item = item_new(reader, ITEM_CHECK, name.text, name.place);
    struct check *check = &item->check;
    if (take_word(reader, "at")) {
        check->at_any_date = take_word(reader, "any") && take_word(reader, "date");
    }
    if (period_read(reader, &item->period)) {
        (void)expect_end(reader);
    }
    size_t count = line_children(line);
    check->facts = ARENA_ARRAY(reader->arena, struct fact, count);
    check->statements = ARENA_ARRAY(reader->arena, struct statement, count);
    for (struct line *child = line->first; child != NULL; child = child->next) {
        reader->at = child->tokens;
        reader->depth = 0;
        if (take_word(reader, "fact")) {
            if (check->statements_count > 0) {
                fault_add(reader, child->place, "Put all facts first.", "a fact stands below a let or a need.");
            }
            check->facts_count += fact_line(reader, child, &check->facts[check->facts_count]);
        } else if (statement_read(reader, child, &check->statements[check->statements_count])) {
            check->statements_count++;
        }
    }
    if (count == 0) {
        fault_add(reader, name.place, NULL, "the check `%.*s` is empty.", TEXT_ARG(name.text));
    }
}

void
define_read(struct reader *reader, struct line *line)
{
    struct token name;
    struct token args[8];
    size_t count = 0;
    if (!name_read(reader, "a define", &name)) {
        return;
    }
    if (take_sign(reader, "(")) {
        do {
            if (count == 8) {
                fault_add(reader, reader->at->place, NULL, "a define takes at most 8 values.");
                return;
            }
            if (!name_read(reader, "a value", &args[count++])) {
                return;
            }
        } while (take_sign(reader, ","));
        if (!expect_sign(reader, ")")) {
            return;
        }
    }
    struct period period;
    struct value value;
    if (!period_read(reader, &period) || !value_read(reader, line, &value)) {
        return;
    }
    struct item *item = item_new(reader, ITEM_DEFINE, name.text, name.place);
    item->period = period;
    item->define.args_count = count;
    item->define.args = ARENA_ARRAY(reader->arena, struct token, count);
    memcpy(item->define.args, args, count * sizeof args[0]);
    item->define.value = value;
}
