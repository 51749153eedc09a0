/* Procedures: lines `keyword arguments [@norms]`, rows of data for the office's engine. */
#include <string.h>

#include "law/read_rows.h"

/* A list under construction: grows by copying, which is cheap at these sizes. */
void *
rows_append(struct reader *reader, void *items, size_t *count, size_t size, const void *item)
{
    void *grown = arena_array(reader->arena, *count + 1, size);
    if (*count > 0) {
        memcpy(grown, items, *count * size);
    }
    memcpy((char *)grown + *count * size, item, size);
    (*count)++;
    return grown;
}

bool
row_name(struct reader *reader, struct text *ret)
{
    struct token token;
    if (reader->at->kind == TOKEN_CODE) {
        *ret = reader->at->text;
        reader->at++;
        return true;
    }
    if (!name_read(reader, "it", &token)) {
        return false;
    }
    *ret = token.text;
    return true;
}

void
row_names(struct reader *reader, struct text **ret, size_t *ret_count)
{
    while (reader->at->kind == TOKEN_WORD || reader->at->kind == TOKEN_CODE) {
        *ret = rows_append(reader, *ret, ret_count, sizeof(struct text), &reader->at->text);
        reader->at++;
    }
}

/* Norms cited by a line: kept as refs until they are resolved, then as ids (procedures_check). */
bool
row_cites(struct reader *reader, struct item *item, struct text **ret, size_t *ret_count)
{
    struct norm_refs refs;
    if (!cites_read(reader, &refs)) {
        return false;
    }
    for (size_t i = 0; i < refs.count; i++) {
        item->cites.items =
            rows_append(reader, item->cites.items, &item->cites.count, sizeof refs.items[0], &refs.items[i]);
        if (ret != NULL) {
            *ret = rows_append(reader, *ret, ret_count, sizeof(struct text), &refs.items[i]->written);
        }
    }
    return true;
}

static bool
take_term(struct reader *reader, struct term *ret)
{
    int64_t count;
    static const char *const words[] = {"day", "days", "month", "months", "year", "years"};
    if (reader->at->kind != TOKEN_NUMBER || !number_from(reader->at->text, &count)) {
        fault_add(reader, reader->at->place, "As in `within 10 days`.",
                  "a number of days, months or years is expected.");
        return false;
    }
    reader->at++;
    for (size_t i = 0; i < 6; i++) {
        if (take_word(reader, words[i])) {
            *ret = (struct term){.count = (int32_t)(count / 1000000),
                                 .unit = (enum term_unit)(TERM_DAYS + i / 2),
                                 .kind = TERM_ORDINARY};
            return true;
        }
    }
    fault_add(reader, reader->at->place, NULL, "days, months or years is expected.");
    return false;
}

static bool
take_source(struct reader *reader, enum fact_source *ret)
{
    static const char *const words[] = {"asked", "register", "attested", "counted", "accounts", "given", "found"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (take_word(reader, words[i])) {
            *ret = (enum fact_source)(SOURCE_ASKED + i);
            return true;
        }
    }
    fault_add(reader, reader->at->place, "Sources: asked, register, attested, counted, accounts, given, found.",
              "`%.*s` is not a source of facts.", TEXT_ARG(reader->at->text));
    return false;
}

static bool
fact_row(struct reader *reader, struct item *item, struct procedure_fact **ret, size_t *ret_count)
{
    struct procedure_fact fact = {0};
    struct place place = reader->at->place;
    if (!row_name(reader, &fact.name) || !take_source(reader, &fact.source) ||
        !row_cites(reader, item, &fact.norms, &fact.norms_count)) {
        return false;
    }
    if (ret == &item->procedure->facts) {
        size_t count = *ret_count;
        item->more->fact_places = rows_append(reader, item->more->fact_places, &count, sizeof place, &place);
    }
    *ret = rows_append(reader, *ret, ret_count, sizeof fact, &fact);
    return expect_end(reader);
}

static struct text
source_of(const struct token *first, const struct token *end)
{
    const struct token *last = end - 1;
    return (struct text){.at = first->text.at - (first->kind == TOKEN_CODE || first->kind == TOKEN_TEXT),
                         .len = (size_t)(last->text.at + last->text.len +
                                         (last->kind == TOKEN_CODE || last->kind == TOKEN_TEXT) - first->text.at +
                                         (first->kind == TOKEN_CODE || first->kind == TOKEN_TEXT))};
}

static bool
document_row(struct reader *reader, struct line *line, struct item *item)
{
    struct procedure *procedure = item->procedure;
    struct procedure_document document = {0};
    struct procedure_when when = {0};
    if (!row_name(reader, &document.code)) {
        return false;
    }
    while (reader->at->kind == TOKEN_WORD) {
        int64_t copies;
        if (take_word(reader, "required")) {
            document.required = true;
        } else if (take_word(reader, "signed")) {
            document.must_be_signed = true;
        } else if (take_word(reader, "copies") && reader->at->kind == TOKEN_NUMBER &&
                   number_from(reader->at->text, &copies)) {
            document.copies = (int)(copies / 1000000);
            reader->at++;
        } else if (take_word(reader, "when")) {
            const struct token *first = reader->at;
            when.expr = expr_read(reader);
            if (when.expr == NULL) {
                return false;
            }
            document.when = source_of(first, reader->at);
        } else {
            fault_add(reader, reader->at->place,
                      "A document is required, or due when a condition holds; signed; in copies N.",
                      "`%.*s` is not understood of a document.", TEXT_ARG(reader->at->text));
            return false;
        }
    }
    if (!row_cites(reader, item, &document.norms, &document.norms_count) || !expect_end(reader)) {
        return false;
    }
    for (struct line *child = line->first; child != NULL; child = child->next) {
        reader->at = child->tokens;
        if (!take_word(reader, "attests")) {
            fault_add(reader, child->place, NULL, "below a document stands `attests` and the facts it proves.");
            return false;
        }
        row_names(reader, &document.attests, &document.attests_count);
        (void)expect_end(reader);
    }
    size_t count = procedure->documents_count;
    item->more->whens = rows_append(reader, item->more->whens, &count, sizeof when, &when);
    procedure->documents =
        rows_append(reader, procedure->documents, &procedure->documents_count, sizeof document, &document);
    return true;
}

static bool
filed_row(struct reader *reader, struct line *line, struct item *item)
{
    struct procedure *procedure = item->procedure;
    if (!take_word(reader, "by")) {
        return false;
    }
    while (reader->at->kind == TOKEN_WORD && !at_word(reader, "at")) {
        procedure->filed_by = rows_append(reader, procedure->filed_by, &procedure->filed_by_count, sizeof(struct text),
                                          &reader->at->text);
        reader->at++;
    }
    bool sessions = take_word(reader, "at") && take_word(reader, "sessions");
    if (!row_cites(reader, item, NULL, NULL) || !expect_end(reader)) {
        return true;
    }
    for (struct line *child = line->first; child != NULL; child = child->next) {
        reader->at = child->tokens;
        if (sessions && take_word(reader, "check")) {
            (void)row_name(reader, &procedure->filed_check);
        } else {
            fault_add(reader, child->place, NULL,
                      "below `filed by ... at sessions` stands the check that gives the session.");
        }
    }
    return true;
}

static bool
opinion_row(struct reader *reader, struct line *line, struct item *item)
{
    struct procedure *procedure = item->procedure;
    if (!take_word(reader, "of") || !row_name(reader, &procedure->opinion_body)) {
        return false;
    }
    static const char *const kinds[] = {"binding", "advisory", "deciding"};
    for (size_t i = 0; i < 3; i++) {
        if (take_word(reader, kinds[i])) {
            procedure->opinion_kind = text_of(kinds[i]);
        }
    }
    if (procedure->opinion_kind.len == 0 || !row_cites(reader, item, NULL, NULL) || !expect_end(reader)) {
        return false;
    }
    for (struct line *child = line->first; child != NULL; child = child->next) {
        struct text name;
        reader->at = child->tokens;
        if (take_word(reader, "check") && row_name(reader, &name)) {
            procedure->opinion_checks =
                rows_append(reader, procedure->opinion_checks, &procedure->opinion_checks_count, sizeof name, &name);
            (void)row_cites(reader, item, NULL, NULL);
            (void)expect_end(reader);
        } else if (take_word(reader, "gives")) {
            row_names(reader, &procedure->opinion_gives, &procedure->opinion_gives_count);
            (void)row_cites(reader, item, NULL, NULL);
            (void)expect_end(reader);
        } else if (take_word(reader, "fact")) {
            (void)fact_row(reader, item, &procedure->opinion_facts, &procedure->opinion_facts_count);
        } else {
            fault_add(reader, child->place, NULL, "below an opinion stand check, gives and fact.");
        }
    }
    return true;
}

static bool
life_row(struct reader *reader, struct line *line, struct item *item, struct procedure_life **ret, size_t *ret_count)
{
    struct procedure_life life = {0};
    if (!row_name(reader, &life.name) || (take_word(reader, "within") && !take_term(reader, &life.within)) ||
        !row_cites(reader, item, &life.norms, &life.norms_count) || !expect_end(reader)) {
        return true;
    }
    for (struct line *child = line->first; child != NULL; child = child->next) {
        reader->at = child->tokens;
        if (take_word(reader, "check")) {
            (void)row_name(reader, &life.check);
            (void)expect_end(reader);
        } else if (take_word(reader, "fact")) {
            (void)fact_row(reader, item, &life.facts, &life.facts_count);
        } else {
            fault_add(reader, child->place, NULL, "below it stand check and fact.");
        }
    }
    *ret = rows_append(reader, *ret, ret_count, sizeof life, &life);
    return true;
}

static bool
grants_row(struct reader *reader, struct item *item)
{
    struct procedure *procedure = item->procedure;
    if (!row_name(reader, &procedure->grants)) {
        return true;
    }
    procedure->validity = GRANT_UNTIL_WITHDRAWN;
    if (take_word(reader, "until")) {
        return take_word(reader, "withdrawn") && row_cites(reader, item, NULL, NULL) && expect_end(reader);
    }
    if (!take_word(reader, "for")) {
        return row_cites(reader, item, NULL, NULL) && expect_end(reader);
    }
    if (reader->at->kind == TOKEN_NUMBER) {
        procedure->validity = GRANT_FOR_TERM;
        return take_term(reader, &procedure->validity_term) && row_cites(reader, item, NULL, NULL) &&
               expect_end(reader);
    }
    procedure->validity = GRANT_FOR_EVENT;
    struct text event;
    return row_name(reader, &event) && row_cites(reader, item, NULL, NULL) && expect_end(reader);
}

static bool
money_row(struct reader *reader, struct item *item)
{
    struct procedure *procedure = item->procedure;
    bool good = !take_word(reader, "commits") || row_name(reader, &procedure->money_commits);
    good = good && (!take_word(reader, "pays") ||
                    ((take_word(reader, "tranches") || true) && row_name(reader, &procedure->money_tranches)));
    return good && row_cites(reader, item, NULL, NULL) && expect_end(reader);
}

static bool
check_row(struct reader *reader, struct item *item)
{
    struct procedure *procedure = item->procedure;
    struct text name;
    struct place place = reader->at->place;
    if (!row_name(reader, &name)) {
        return true;
    }
    size_t count = procedure->checks_count;
    item->more->check_places = rows_append(reader, item->more->check_places, &count, sizeof place, &place);
    procedure->checks = rows_append(reader, procedure->checks, &procedure->checks_count, sizeof name, &name);
    (void)(row_cites(reader, item, NULL, NULL) && expect_end(reader));
    return true;
}

/* A row of one name and the norms behind it. */
static bool
name_row(struct reader *reader, struct item *item, struct text *ret)
{
    return row_name(reader, ret) && row_cites(reader, item, NULL, NULL) && expect_end(reader);
}

static bool
time_row(struct reader *reader, struct item *item)
{
    const bool good = take_word(reader, "limit");
    item->more->time_place = reader->at->place;
    return good && name_row(reader, item, &item->procedure->time_limit);
}

/* "ends with NAME...": with which instruments this one ends; "ends takes NAME...": which end with it. */
static bool
ends_row(struct reader *reader, struct item *item)
{
    struct procedure *procedure = item->procedure;
    const bool with = take_word(reader, "with");
    if (!with && !take_word(reader, "takes")) {
        return false;
    }
    row_names(reader, with ? &procedure->ends_with : &procedure->ends_takes,
              with ? &procedure->ends_with_count : &procedure->ends_takes_count);
    return row_cites(reader, item, NULL, NULL) && expect_end(reader);
}

/* false: the line is not understood. */
static bool
procedure_line(struct reader *reader, struct line *line, struct item *item)
{
    struct procedure *procedure = item->procedure;
    if (names3_take(reader, line, procedure->title)) {
        return true;
    }
    reader->at = line->tokens;
    if (take_word(reader, "act")) {
        return name_row(reader, item, &procedure->act);
    }
    if (take_word(reader, "filed")) {
        return filed_row(reader, line, item);
    }
    if (take_word(reader, "before")) {
        return take_word(reader, "entry") && name_row(reader, item, &procedure->before_entry);
    }
    if (take_word(reader, "document")) {
        (void)document_row(reader, line, item);
        return true;
    }
    if (take_word(reader, "fact")) {
        (void)fact_row(reader, item, &procedure->facts, &procedure->facts_count);
        return true;
    }
    if (take_word(reader, "file")) {
        return take_word(reader, "check") && name_row(reader, item, &procedure->file_check);
    }
    if (take_word(reader, "check")) {
        return check_row(reader, item);
    }
    if (take_word(reader, "opinion")) {
        return opinion_row(reader, line, item);
    }
    if (take_word(reader, "decided")) {
        return take_word(reader, "by") && name_row(reader, item, &procedure->decided_by);
    }
    if (take_word(reader, "time")) {
        return time_row(reader, item);
    }
    if (take_word(reader, "grants")) {
        return grants_row(reader, item);
    }
    if (take_word(reader, "notice")) {
        return life_row(reader, line, item, &procedure->notices, &procedure->notices_count);
    }
    if (take_word(reader, "life")) {
        return life_row(reader, line, item, &procedure->lives, &procedure->lives_count);
    }
    if (take_word(reader, "money")) {
        return money_row(reader, item);
    }
    if (take_word(reader, "ends")) {
        return ends_row(reader, item);
    }
    return false;
}

void
row_fault(struct reader *reader, const struct line *line, size_t faults, const char *what, const char *hint)
{
    if (reader->faults_count == faults) {
        fault_add(reader, line->place, hint, "this line of a %s is not understood.", what);
    }
}

void
procedure_read(struct reader *reader, struct line *line)
{
    struct token name;
    struct period period;
    if (!name_read(reader, "a procedure", &name) || !period_read(reader, &period) || !expect_end(reader)) {
        return;
    }
    struct item *item = item_new(reader, ITEM_PROCEDURE, name.text, name.place);
    item->period = period;
    item->procedure = ARENA_NEW(reader->arena, struct procedure);
    item->more = ARENA_NEW(reader->arena, struct procedure_more);
    *item->procedure = (struct procedure){.name = name.text,
                                          .text_id = reader->text_id,
                                          .path = reader->files[reader->file].path,
                                          .line = line->place.line};
    for (struct line *child = line->first; child != NULL; child = child->next) {
        size_t faults = reader->faults_count;
        reader->depth = 0;
        if (!procedure_line(reader, child, item)) {
            row_fault(reader, child, faults, "procedure",
                      "Lines: act, filed by, before entry, document, fact, file check, check, opinion of, decided by, "
                      "time limit, grants, notice, life, ends with, ends takes, money.");
        }
    }
    (void)names3_check(reader, name.place, item->procedure->title);
}
