/* Procedures, formalities and bodies of the corpus: checked when it is read, and given by name and date. */
#include "law/procedure.h"

#include <string.h>

#include "base/buf.h"
#include "law/program.h"

/* ---- Checks ---- */

static const struct item *
check_item(struct reader *reader, const struct item *item, struct text name)
{
    struct date at = item->period.from;
    const struct item *found = law_item(reader->law, ITEM_CHECK, item->text_id, name, at);
    return found != NULL ? found : law_item(reader->law, ITEM_CHECK, item->text_id, name, DATE_NONE);
}

static bool
in_texts(const struct text *items, size_t count, struct text name)
{
    for (size_t i = 0; i < count; i++) {
        if (text_equal(items[i], name)) {
            return true;
        }
    }
    return false;
}

static size_t
in_facts(const struct procedure_fact *facts, size_t count, struct text name)
{
    size_t times = 0;
    for (size_t i = 0; i < count; i++) {
        times += text_equal(facts[i].name, name);
    }
    return times;
}

/* Each fact of a check has a source: a line of the procedure, a line beside the check, or an opinion that gives it. */
static void
check_sources(struct reader *reader, const struct item *item, struct text name, struct place place,
              const struct procedure_fact *own, size_t own_count)
{
    const struct procedure *procedure = item->procedure;
    if (name.len == 0) {
        return;
    }
    const struct item *check = check_item(reader, item, name);
    if (check == NULL) {
        if (!reader->allow_missing_norms) {
            fault_add(reader, place, NULL, "the procedure `%.*s` runs a check `%.*s` that the law does not have.",
                      TEXT_ARG(item->name), TEXT_ARG(name));
        }
        return;
    }
    struct buf lacking = buf_new(reader->arena, 1000);
    for (size_t i = 0; i < check->check.facts_count; i++) {
        struct text fact = check->check.facts[i].name;
        size_t times = in_facts(procedure->facts, procedure->facts_count, fact) + in_facts(own, own_count, fact) +
                       in_texts(procedure->opinion_gives, procedure->opinion_gives_count, fact);
        if (times == 0) {
            buf_printf(&lacking, "%s%.*s", buf_built(&lacking).len > 0 ? ", " : "", TEXT_ARG(fact));
        }
        if (times > 1) {
            fault_add(reader, place, "Keep one line.", "the fact `%.*s` of the check `%.*s` has more than one source.",
                      TEXT_ARG(fact), TEXT_ARG(name));
        }
    }
    if (buf_built(&lacking).len > 0) {
        fault_add(reader, place,
                  "Each fact of each check has one line: fact NAME asked, register, attested, counted, accounts, given "
                  "or found.",
                  "the procedure `%.*s` does not say where these facts of `%.*s` come from: %.*s.",
                  TEXT_ARG(item->name), TEXT_ARG(name), TEXT_ARG(buf_built(&lacking)));
    }
}

static void
facts_known(struct reader *reader, struct item *item)
{
    const struct procedure *procedure = item->procedure;
    struct text checks[64];
    size_t count = 0;
    checks[count++] = procedure->file_check;
    checks[count++] = procedure->filed_check;
    for (size_t i = 0; i < procedure->checks_count && count < 64; i++) {
        checks[count++] = procedure->checks[i];
    }
    for (size_t i = 0; i < procedure->opinion_checks_count && count < 64; i++) {
        checks[count++] = procedure->opinion_checks[i];
    }
    for (size_t i = 0; i < procedure->lives_count && count < 64; i++) {
        checks[count++] = procedure->lives[i].check;
    }
    if (law_item(reader->law, ITEM_CHECK, item->text_id, procedure->time_limit, DATE_NONE) != NULL && count < 64) {
        checks[count++] = procedure->time_limit;
    }
    for (size_t i = 0; i < procedure->facts_count; i++) {
        bool known = false;
        for (size_t j = 0; j < count && !known; j++) {
            const struct item *check = checks[j].len > 0 ? check_item(reader, item, checks[j]) : NULL;
            for (size_t k = 0; check != NULL && k < check->check.facts_count && !known; k++) {
                known = text_equal(check->check.facts[k].name, procedure->facts[i].name);
            }
            known = known || (checks[j].len > 0 && check == NULL);
        }
        if (!known && count > 0) {
            /* It may serve the condition of a document only. */
            bool in_when = false;
            for (size_t d = 0; d < procedure->documents_count && !in_when; d++) {
                in_when = procedure->documents[d].when.len > 0;
            }
            if (!in_when) {
                fault_add(reader, item->more->fact_places[i], NULL,
                          "no check of the procedure `%.*s` has a fact `%.*s`.", TEXT_ARG(item->name),
                          TEXT_ARG(procedure->facts[i].name));
            }
        }
    }
}

/* ---- Conditions of documents ---- */

static bool
expr_names(const struct expr *expr, struct text name)
{
    if (expr == NULL) {
        return false;
    }
    if (expr->kind == EXPR_NAME && text_equal(expr->name, name)) {
        return true;
    }
    for (size_t i = 0; i < expr->args_count; i++) {
        if (expr_names(expr->args[i], name)) {
            return true;
        }
    }
    return expr_names(expr->a, name) || expr_names(expr->b, name) || expr_names(expr->each, name);
}

/* Is it a fact of one of the procedure's checks? */
static bool
is_fact(struct reader *reader, const struct item *item, struct text name)
{
    const struct procedure *procedure = item->procedure;
    for (size_t i = 0; i < procedure->checks_count + procedure->opinion_checks_count + 1; i++) {
        struct text check_name = i == 0 ? procedure->file_check
                                 : i <= procedure->checks_count
                                     ? procedure->checks[i - 1]
                                     : procedure->opinion_checks[i - 1 - procedure->checks_count];
        const struct item *check = check_name.len > 0 ? check_item(reader, item, check_name) : NULL;
        for (size_t j = 0; check != NULL && j < check->check.facts_count; j++) {
            if (text_equal(check->check.facts[j].name, name)) {
                return true;
            }
        }
    }
    return false;
}

/* The check whose lets the condition speaks of; NULL: of facts only. A fact of that name goes before a let. */
static const struct item *
when_check(struct reader *reader, const struct item *item, const struct expr *expr)
{
    const struct procedure *procedure = item->procedure;
    for (size_t i = 0; i <= procedure->checks_count; i++) {
        struct text name = i == 0 ? procedure->file_check : procedure->checks[i - 1];
        const struct item *check = name.len > 0 ? check_item(reader, item, name) : NULL;
        for (size_t j = 0; check != NULL && j < check->check.statements_count; j++) {
            struct text let = check->check.statements[j].name;
            if (check->check.statements[j].kind == STATEMENT_LET && expr_names(expr, let) &&
                !is_fact(reader, item, let)) {
                return check;
            }
        }
    }
    return NULL;
}

static void
facts_gather(struct reader *reader, const struct item *item, struct text check_name, const struct expr *expr,
             struct fact *facts, size_t *count)
{
    const struct item *check = check_name.len > 0 ? check_item(reader, item, check_name) : NULL;
    for (size_t i = 0; check != NULL && i < check->check.facts_count; i++) {
        bool there = !expr_names(expr, check->check.facts[i].name) || *count == FACTS_MAX;
        for (size_t j = 0; j < *count; j++) {
            there = there || text_equal(facts[j].name, check->check.facts[i].name);
        }
        if (!there) {
            facts[(*count)++] = check->check.facts[i];
        }
    }
}

static void
when_compile(struct reader *reader, struct item *item, struct procedure_when *when)
{
    const struct procedure *procedure = item->procedure;
    const struct item *lets = when_check(reader, item, when->expr);
    struct fact *facts = ARENA_ARRAY(reader->arena, struct fact, FACTS_MAX);
    size_t count = 0;
    for (size_t i = 0; lets != NULL && i < lets->check.facts_count; i++) {
        facts[count++] = lets->check.facts[i];
    }
    facts_gather(reader, item, procedure->file_check, when->expr, facts, &count);
    for (size_t i = 0; i < procedure->checks_count; i++) {
        facts_gather(reader, item, procedure->checks[i], when->expr, facts, &count);
    }
    for (size_t i = 0; i < procedure->opinion_checks_count; i++) {
        facts_gather(reader, item, procedure->opinion_checks[i], when->expr, facts, &count);
    }
    for (size_t i = 0; i < procedure->lives_count; i++) {
        facts_gather(reader, item, procedure->lives[i].check, when->expr, facts, &count);
    }
    when->programs = ARENA_ARRAY(reader->law->arena, struct program *, reader->law->editions_count);
    for (size_t i = 0; i < reader->law->editions_count; i++) {
        struct date at = reader->law->editions[i].from;
        if (date_is_none(at)) {
            (void)date_from_text(TEXT("0001-01-01"), &at);
        }
        if (item_exists_at(item, at)) {
            when->programs[i] = condition_compile(reader, item, facts, count, lets, when->expr, at);
        }
    }
}

static void
norms_resolve(struct reader *reader, struct norm_refs *refs, struct text *norms, size_t count)
{
    /* Lines keep norms as written; each written form is among the item's cites. */
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < refs->count; j++) {
            uint16_t at = refs->items[j]->norm;
            if (refs->items[j]->written.at == norms[i].at && at < reader->law->norms_count) {
                norms[i] = reader->law->norms[at].id;
                break;
            }
        }
    }
}

static struct text *
norms_ids(struct reader *reader, const struct norm_refs *refs, size_t *ret_count)
{
    struct text *ids = ARENA_ARRAY(reader->law->arena, struct text, refs->count);
    size_t count = 0;
    for (size_t i = 0; i < refs->count; i++) {
        uint16_t at = refs->items[i]->norm;
        if (at < reader->law->norms_count && !in_texts(ids, count, reader->law->norms[at].id)) {
            ids[count++] = reader->law->norms[at].id;
        }
    }
    *ret_count = count;
    return ids;
}

static void
procedure_check(struct reader *reader, struct item *item)
{
    struct procedure *procedure = item->procedure;
    check_sources(reader, item, procedure->file_check, item->place, NULL, 0);
    check_sources(reader, item, procedure->filed_check, item->place, NULL, 0);
    for (size_t i = 0; i < procedure->checks_count; i++) {
        check_sources(reader, item, procedure->checks[i], item->more->check_places[i], NULL, 0);
    }
    for (size_t i = 0; i < procedure->opinion_checks_count; i++) {
        check_sources(reader, item, procedure->opinion_checks[i], item->place, procedure->opinion_facts,
                      procedure->opinion_facts_count);
    }
    for (size_t i = 0; i < procedure->lives_count; i++) {
        struct procedure_life *life = &procedure->lives[i];
        check_sources(reader, item, life->check, item->place, life->facts, life->facts_count);
        norms_resolve(reader, &item->cites, life->norms, life->norms_count);
    }
    for (size_t i = 0; i < procedure->notices_count; i++) {
        norms_resolve(reader, &item->cites, procedure->notices[i].norms, procedure->notices[i].norms_count);
    }
    if (procedure->time_limit.len > 0 &&
        law_item(reader->law, ITEM_PARAMETER, item->text_id, procedure->time_limit, DATE_NONE) == NULL &&
        law_item(reader->law, ITEM_CHECK, item->text_id, procedure->time_limit, DATE_NONE) == NULL &&
        !reader->allow_missing_norms) {
        fault_add(reader, item->more->time_place, NULL, "`%.*s` is neither a parameter nor a check of the law.",
                  TEXT_ARG(procedure->time_limit));
    }
    facts_known(reader, item);
    for (size_t i = 0; i < procedure->documents_count; i++) {
        norms_resolve(reader, &item->cites, procedure->documents[i].norms, procedure->documents[i].norms_count);
        if (item->more->whens[i].expr != NULL) {
            when_compile(reader, item, &item->more->whens[i]);
        }
    }
    for (size_t i = 0; i < procedure->facts_count; i++) {
        norms_resolve(reader, &item->cites, procedure->facts[i].norms, procedure->facts[i].norms_count);
    }
    procedure->norms = norms_ids(reader, &item->cites, &procedure->norms_count);
}

static void
procedures_list(struct law *law)
{
    for (size_t e = 0; e < law->editions_count; e++) {
        struct edition *edition = &law->editions[e];
        struct date at = edition->from;
        if (date_is_none(at)) {
            (void)date_from_text(TEXT("0001-01-01"), &at);
        }
        edition->procedures = ARENA_ARRAY(law->arena, struct procedure, law->items_count);
        for (size_t i = 0; i < law->items_count; i++) {
            if (law->items[i]->kind == ITEM_PROCEDURE && item_exists_at(law->items[i], at)) {
                edition->procedures[edition->procedures_count++] = *law->items[i]->procedure;
            }
        }
    }
}

void
procedures_check(struct reader *reader)
{
    for (size_t i = 0; i < reader->law->items_count; i++) {
        struct item *item = reader->law->items[i];
        if (item->kind == ITEM_PROCEDURE) {
            procedure_check(reader, item);
        } else if (item->kind == ITEM_FORMALITY) {
            item->formality->norms = norms_ids(reader, &item->cites, &item->formality->norms_count);
            struct text check = item->formality->check;
            if (check.len > 0 && check_item(reader, item, check) == NULL && !reader->allow_missing_norms) {
                fault_add(reader, item->place, NULL, "the law has no check `%.*s`.", TEXT_ARG(check));
            }
        } else if (item->kind == ITEM_BODY) {
            item->body->norms = norms_ids(reader, &item->cites, &item->body->norms_count);
        }
    }
    procedures_list(reader->law);
}

/* ---- Asking ---- */

const struct procedure *
law_procedures(const struct law *law, struct date at, size_t *ret_count)
{
    const struct edition *edition = law_edition(law, at);
    *ret_count = edition->procedures_count;
    return edition->procedures;
}

const struct procedure *
law_procedure(const struct law *law, struct text name, struct date at)
{
    const struct item *item = law_item(law, ITEM_PROCEDURE, (struct text){0}, name, at);
    return item != NULL ? item->procedure : NULL;
}

const struct law_body *
law_body(const struct law *law, struct text name, struct date at)
{
    const struct item *item = law_item(law, ITEM_BODY, (struct text){0}, name, at);
    return item != NULL ? item->body : NULL;
}

enum due
procedure_document_due(struct arena *arena, const struct law *law, const struct procedure *procedure,
                       const struct procedure_document *document, struct date at, const struct json *facts)
{
    if (document->when.len == 0) {
        return document->required ? DUE_YES : DUE_NO;
    }
    const struct item *item = law_item(law, ITEM_PROCEDURE, procedure->text_id, procedure->name, at);
    size_t index = (size_t)(document - procedure->documents);
    const struct edition *edition = law_edition(law, at);
    if (item == NULL || index >= procedure->documents_count || item->more->whens[index].programs == NULL) {
        return DUE_UNKNOWN;
    }
    const struct program *program = item->more->whens[index].programs[edition - law->editions];
    return program == NULL ? DUE_UNKNOWN : condition_ask(arena, law, program, at, facts);
}

const struct formality *
law_formalities(struct arena *arena, const struct law *law, struct text text_id, struct text decision, struct date at,
                size_t *ret_count)
{
    struct formality *found = ARENA_ARRAY(arena, struct formality, law->items_count);
    size_t count = 0;
    for (size_t i = 0; i < law->items_count; i++) {
        const struct item *item = law->items[i];
        if (item->kind == ITEM_FORMALITY && text_equal(item->text_id, text_id) && item_exists_at(item, at) &&
            in_texts(item->formality->on, item->formality->on_count, decision)) {
            found[count++] = *item->formality;
        }
    }
    *ret_count = count;
    return found;
}
