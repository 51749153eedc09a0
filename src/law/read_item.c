/* Items at the margin: texts, articles with their norms, words, parameters. Each function reads one line of the tree
 * and its children, tells every fault it finds and goes on. */
#include <string.h>

#include "law/read.h"

size_t
line_children(const struct line *line)
{
    size_t count = 0;
    for (const struct line *child = line->first; child != NULL; child = child->next) {
        count++;
    }
    return count;
}

bool
item_text_id(struct reader *reader, struct text *ret)
{
    const struct token *token = reader->at;
    if (token->kind != TOKEN_WORD && token->kind != TOKEN_NUMBER) {
        fault_add(reader, token->place, "As in `text 18.23`.", "the number of a text is expected, not `%.*s`.",
                  TEXT_ARG(token->text));
        return false;
    }
    *ret = token->text;
    reader->at++;
    return true;
}

struct item *
item_new(struct reader *reader, enum item_kind kind, struct text name, struct place place)
{
    struct item *item = ARENA_NEW(reader->arena, struct item);
    item->kind = kind;
    item->name = name;
    item->text_id = reader->text_id;
    item->place = place;
    item->period = (struct period){.from = DATE_NONE, .until = DATE_NONE};
    if (reader->items_last == NULL) {
        reader->items = item;
    } else {
        reader->items_last->next = item;
    }
    reader->items_last = item;
    return item;
}

bool
names3_take(struct reader *reader, struct line *line, struct text says[LANGS])
{
    static const struct {
        const char *word;
        enum lang lang;
    } words[] = {{"ar", LANG_AR}, {"fr", LANG_FR}, {"en", LANG_EN}};
    for (size_t i = 0; i < 3; i++) {
        if (line->tokens[0].kind != TOKEN_WORD || !text_is(line->tokens[0].text, words[i].word)) {
            continue;
        }
        reader->at = line->tokens + 1;
        if (says[words[i].lang].len > 0) {
            fault_add(reader, line->place, NULL, "`%s` is said twice.", words[i].word);
        }
        if (text_read(reader, &says[words[i].lang])) {
            (void)expect_end(reader);
        }
        return true;
    }
    return false;
}

bool
names3_check(struct reader *reader, struct place place, const struct text says[LANGS])
{
    if (says[LANG_AR].len > 0 && says[LANG_FR].len > 0 && says[LANG_EN].len > 0) {
        return true;
    }
    fault_add(reader, place, "Write `ar \"...\"`, `fr \"...\"` and `en \"...\"`, one to a line.",
              "this needs its statement in all three languages, Arabic, French and English.");
    return false;
}

static void
unknown_line(struct reader *reader, const struct line *line, const char *where, const char *hint)
{
    fault_add(reader, line->place, hint, "`%.*s` is not a line of %s.", TEXT_ARG(line->tokens[0].text), where);
}

static void
no_children(struct reader *reader, const struct line *line)
{
    if (line->first != NULL) {
        fault_add(reader, line->first->place, NULL, "nothing may stand below this kind of line.");
    }
}

/* "fails fr "..."" and "note fr "..."": the rest of the line behind its first word. */
static void
said_behind(struct reader *reader, struct line *line, struct text says[LANGS])
{
    struct line rest = *line;
    rest.tokens++;
    if (!names3_take(reader, &rest, says)) {
        fault_add(reader, rest.tokens[0].place, NULL, "ar, fr or en is expected, not `%.*s`.",
                  TEXT_ARG(rest.tokens[0].text));
    }
}

static bool
text_line(struct reader *reader, struct line *line, struct text_link *link)
{
    struct law_text *text = &link->text;
    reader->at = line->tokens;
    if (names3_take(reader, line, text->title)) {
        return true;
    }
    if (take_word(reader, "note")) {
        said_behind(reader, line, text->note);
        return true;
    }
    bool good = true;
    bool any = false;
    while (good && reader->at->kind != TOKEN_END) {
        any = true;
        if (take_word(reader, "signed")) {
            good = date_read(reader, &text->signed_on);
        } else if (take_word(reader, "published")) {
            good = date_read(reader, &text->published_on);
        } else if (take_word(reader, "in")) {
            good = take_word(reader, "force") && take_word(reader, "from") && date_read(reader, &text->in_force_from) &&
                   cites_read(reader, &link->in_force);
        } else if (take_word(reader, "omitted")) {
            good = take_word(reader, "facts") && take_word(reader, "are");
            link->omitted_absent = at_word(reader, "absent");
            good = good && (take_word(reader, "absent") || take_word(reader, "unknown"));
        } else {
            return !any;
        }
    }
    if (!good) {
        fault_add(reader, line->place,
                  "Lines of a text: ar fr en, note, signed, published, in force from DATE @NORM, omitted facts are "
                  "unknown or absent.",
                  "this line of a text is not understood.");
    }
    return any;
}

void
text_item_read(struct reader *reader, struct line *line)
{
    struct text id;
    if (!item_text_id(reader, &id) || !expect_end(reader)) {
        return;
    }
    struct text_link *link = ARENA_NEW(reader->arena, struct text_link);
    link->text =
        (struct law_text){.id = id, .signed_on = DATE_NONE, .published_on = DATE_NONE, .in_force_from = DATE_NONE};
    link->place = line->place;
    for (struct text_link *other = reader->texts; other != NULL; other = other->next) {
        if (text_equal(other->text.id, id)) {
            fault_add(reader, line->place, NULL, "the text %.*s is stated twice.", TEXT_ARG(id));
            return;
        }
    }
    for (struct line *child = line->first; child != NULL; child = child->next) {
        if (!text_line(reader, child, link)) {
            unknown_line(reader, child, "a text", NULL);
        }
        no_children(reader, child);
    }
    (void)names3_check(reader, line->place, link->text.title);
    if (reader->texts_last == NULL) {
        reader->texts = link;
    } else {
        reader->texts_last->next = link;
    }
    reader->texts_last = link;
    reader->texts_count++;
}

/* "actor a b": the rest of the line as written. */
static struct text
rest_text(struct reader *reader)
{
    const struct token *first = reader->at;
    struct text all = {0};
    for (; reader->at->kind == TOKEN_WORD; reader->at++) {
        all = all.len == 0
                  ? first->text
                  : (struct text){.at = all.at, .len = (size_t)(reader->at->text.at + reader->at->text.len - all.at)};
    }
    return all;
}

static void
norm_force(struct reader *reader, struct norm *norm)
{
    static const struct {
        const char *word;
        enum norm_force force;
    } words[] = {{"mandatory", FORCE_MANDATORY},
                 {"discretionary", FORCE_DISCRETIONARY},
                 {"na", FORCE_NONE},
                 {"none", FORCE_NONE}};
    for (size_t i = 0; i < 4; i++) {
        if (take_word(reader, words[i].word)) {
            norm->force = words[i].force;
            return;
        }
    }
    fault_add(reader, reader->at->place, NULL, "after `force` stands mandatory, discretionary or na.");
}

static bool
norm_line(struct reader *reader, struct line *line, struct norm_link *link)
{
    struct norm *norm = &link->norm;
    struct token token;
    if (names3_take(reader, line, norm->says)) {
        return true;
    }
    reader->at = line->tokens;
    if (take_word(reader, "fails")) {
        said_behind(reader, line, norm->fails);
        return true;
    }
    if (take_word(reader, "actor")) {
        norm->actor = rest_text(reader);
    } else if (take_word(reader, "force")) {
        norm_force(reader, norm);
    } else if (take_word(reader, "sanction") || take_word(reader, "sanctioned")) {
        (void)take_word(reader, "by");
        if (!norms_read(reader, &link->sanctioned)) {
            return true;
        }
    } else if (take_word(reader, "parameter")) {
        if (!name_read(reader, "a parameter", &token)) {
            return true;
        }
        norm->parameter = token.text;
    } else if (take_word(reader, "gap")) {
        if (!name_read(reader, "who decides", &token) || !text_read(reader, &norm->gap_reason)) {
            return true;
        }
        norm->gap_decider = token.text;
    } else if (take_word(reader, "declaratory")) {
        norm->declaratory = true;
    } else {
        return false;
    }
    (void)expect_end(reader);
    return true;
}

static void
norm_item(struct reader *reader, struct line *line, struct text article, struct period of_article)
{
    reader->at = line->tokens + 1;
    const struct token *id = reader->at;
    struct token kind;
    struct norm_link *link = ARENA_NEW(reader->arena, struct norm_link);
    if (id->kind != TOKEN_NORM) {
        fault_add(reader, id->place, "As in `norm 8/1.1.a condition`.", "the id of a norm is expected, not `%.*s`.",
                  TEXT_ARG(id->text));
        return;
    }
    reader->at++;
    struct period period;
    if (!name_read(reader, "a kind of norm", &kind) || !period_read(reader, &period) || !expect_end(reader)) {
        return;
    }
    struct text head = text_slice(id->text, 0, text_find_byte(id->text, '/'));
    if (!text_equal(head, article)) {
        fault_add(reader, id->place, NULL, "the norm %.*s stands in article %.*s.", TEXT_ARG(id->text),
                  TEXT_ARG(article));
    }
    struct norm *norm = &link->norm;
    norm->id = text_printf(reader->arena, "%.*s/%.*s", TEXT_ARG(reader->text_id), TEXT_ARG(id->text));
    norm->text_id = reader->text_id;
    norm->article = article;
    norm->kind = kind.text;
    norm->force = FORCE_NONE;
    norm->from = date_is_none(period.from) ? of_article.from : period.from;
    norm->until = date_is_none(period.until) ? of_article.until : period.until;
    norm->path = reader->files[reader->file].path;
    norm->line = line->place.line;
    link->place = id->place;
    for (struct line *child = line->first; child != NULL; child = child->next) {
        if (!norm_line(reader, child, link)) {
            unknown_line(reader, child, "a norm",
                         "Lines of a norm: ar fr en, fails, actor, force, sanction, parameter, gap, declaratory.");
        }
        no_children(reader, child);
    }
    (void)names3_check(reader, id->place, norm->says);
    if (norm->fails[LANG_AR].len + norm->fails[LANG_FR].len + norm->fails[LANG_EN].len > 0) {
        (void)names3_check(reader, id->place, norm->fails);
    }
    if (reader->norms_last == NULL) {
        reader->norms = link;
    } else {
        reader->norms_last->next = link;
    }
    reader->norms_last = link;
    reader->norms_count++;
}

void
article_read(struct reader *reader, struct line *line)
{
    const struct token *token = reader->at;
    if (token->kind != TOKEN_NUMBER && token->kind != TOKEN_WORD) {
        fault_add(reader, token->place, "As in `article 8`.", "the number of an article is expected, not `%.*s`.",
                  TEXT_ARG(token->text));
        return;
    }
    reader->at++;
    struct period period;
    if (!period_read(reader, &period) || !expect_end(reader)) {
        return;
    }
    for (struct line *child = line->first; child != NULL; child = child->next) {
        if (child->tokens[0].kind == TOKEN_WORD && text_is(child->tokens[0].text, "norm")) {
            norm_item(reader, child, token->text, period);
        } else {
            unknown_line(reader, child, "an article", "Under `article` stand its norms.");
        }
    }
}

void
word_read(struct reader *reader, struct line *line)
{
    const struct token *token = reader->at;
    if (token->kind != TOKEN_WORD && token->kind != TOKEN_CODE && token->kind != TOKEN_NUMBER) {
        fault_add(reader, token->place, NULL, "`word` is followed by the name that it puts into words, not `%.*s`.",
                  TEXT_ARG(token->text));
        return;
    }
    reader->at++;
    struct word_link *link = ARENA_NEW(reader->arena, struct word_link);
    link->name = token->text;
    link->place = token->place;
    (void)expect_end(reader);
    for (struct line *child = line->first; child != NULL; child = child->next) {
        if (!names3_take(reader, child, link->says)) {
            unknown_line(reader, child, "a word", NULL);
        }
        no_children(reader, child);
    }
    (void)names3_check(reader, token->place, link->says);
    if (reader->words_last == NULL) {
        reader->words = link;
    } else {
        reader->words_last->next = link;
    }
    reader->words_last = link;
    reader->words_count++;
}

static void
parameter_value_line(struct reader *reader, struct line *line, struct parameter_value *value)
{
    struct period period;
    reader->at = line->tokens;
    if (!at_word(reader, "from")) {
        unknown_line(reader, line, "a parameter", "As in `from 2025-09-01 = 30 source \"...\"`.");
        return;
    }
    if (!period_read(reader, &period) || !expect_sign(reader, "=")) {
        return;
    }
    value->from = period.from;
    value->until = period.until;
    value->literal = literal_read(reader);
    if (value->literal == NULL) {
        return;
    }
    if (!take_word(reader, "source")) {
        fault_add(reader, reader->at->place, "Add source \"...\": the text, its article and where it was published.",
                  "a value of a parameter needs its source.");
        return;
    }
    if (text_read(reader, &value->source)) {
        if (value->source.len == 0) {
            fault_add(reader, reader->at[-1].place, NULL, "the source of a value is not empty.");
        }
        (void)expect_end(reader);
    }
}

void
parameter_read(struct reader *reader, struct line *line)
{
    struct token name;
    struct type *type;
    if (!name_read(reader, "a parameter", &name)) {
        return;
    }
    struct line *rest = ARENA_NEW(reader->arena, struct line);
    *rest = (struct line){.place = line->place, .tokens = line->tokens};
    if (!type_read(reader, rest, &type)) {
        return;
    }
    struct norm_refs cites;
    if (!cites_read(reader, &cites) || !expect_end(reader)) {
        return;
    }
    struct item *item = item_new(reader, ITEM_PARAMETER, name.text, name.place);
    item->cites = cites;
    item->parameter.type = type;
    item->parameter.values_count = line_children(line);
    item->parameter.values = ARENA_ARRAY(reader->arena, struct parameter_value, item->parameter.values_count);
    size_t i = 0;
    for (struct line *child = line->first; child != NULL; child = child->next) {
        item->parameter.values[i] = (struct parameter_value){.from = DATE_NONE, .until = DATE_NONE};
        parameter_value_line(reader, child, &item->parameter.values[i++]);
        no_children(reader, child);
    }
}

static void
item_read(struct reader *reader, struct line *line)
{
    static const struct {
        const char *word;
        void (*read)(struct reader *, struct line *);
    } items[] = {{"text", text_item_read},      {"article", article_read},
                 {"parameter", parameter_read}, {"table", table_read},
                 {"define", define_read},       {"check", check_read},
                 {"procedure", procedure_read}, {"formality", formality_read},
                 {"body", body_read},           {"word", word_read}};
    reader->at = line->tokens;
    for (size_t i = 0; i < sizeof items / sizeof items[0]; i++) {
        if (take_word(reader, items[i].word)) {
            items[i].read(reader, line);
            return;
        }
    }
    unknown_line(reader, line, "a law file",
                 "At the margin stand of text, text, article, parameter, table, define, check, procedure, formality, "
                 "body and word.");
}

void
items_read(struct reader *reader, struct line *lines)
{
    reader->text_id = (struct text){0};
    for (struct line *line = lines->first; line != NULL; line = line->next) {
        reader->at = line->tokens;
        reader->depth = 0;
        bool first = line == lines->first;
        if (first && take_word(reader, "of")) {
            if (take_word(reader, "text") && item_text_id(reader, &reader->text_id)) {
                (void)expect_end(reader);
            }
            continue;
        }
        if (first && at_word(reader, "text")) {
            reader->text_id = line->tokens[1].text;
        }
        if (reader->text_id.len == 0 && !at_word(reader, "word")) {
            fault_add(reader, line->place, "Begin the file with `of text 18.23`.",
                      "this file does not say which text it belongs to.");
            return;
        }
        item_read(reader, line);
    }
}
