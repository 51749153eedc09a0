/* The corpus: files read, norms in the order of the texts, names found by date, checks compiled for each edition. */
/* tidy: size: what is stated, from items to rows, is read best in one place */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "law/program.h"

/* ---- The order of the texts ---- */

/* Numbers by value, letters by letter; what is shorter comes first. */
static int
natural_compare(struct text a, struct text b)
{
    size_t i = 0, j = 0;
    while (i < a.len && j < b.len) {
        bool digits = a.at[i] >= '0' && a.at[i] <= '9' && b.at[j] >= '0' && b.at[j] <= '9';
        if (!digits) {
            if (a.at[i] != b.at[j]) {
                return (unsigned char)a.at[i] < (unsigned char)b.at[j] ? -1 : 1;
            }
            i++;
            j++;
            continue;
        }
        unsigned long x = 0, y = 0;
        for (; i < a.len && a.at[i] >= '0' && a.at[i] <= '9'; i++) {
            x = x * 10 + (unsigned long)(a.at[i] - '0');
        }
        for (; j < b.len && b.at[j] >= '0' && b.at[j] <= '9'; j++) {
            y = y * 10 + (unsigned long)(b.at[j] - '0');
        }
        if (x != y) {
            return x < y ? -1 : 1;
        }
    }
    return i < a.len ? 1 : j < b.len ? -1 : 0;
}

/* The act that promulgates (D) and the preamble (P) stand before the articles, annexes behind them. */
static int
article_class(struct text article)
{
    bool number = article.len > 0 && article.at[0] >= '0' && article.at[0] <= '9';
    return number ? 2 : text_is(article, "D") ? 0 : text_is(article, "P") ? 1 : 3;
}

static int
norm_compare(const void *one, const void *two)
{
    const struct norm_link *a = *(struct norm_link *const *)one, *b = *(struct norm_link *const *)two;
    int order = natural_compare(a->norm.text_id, b->norm.text_id);
    order = order != 0 ? order : article_class(a->norm.article) - article_class(b->norm.article);
    order = order != 0 ? order : natural_compare(a->norm.article, b->norm.article);
    if (order == 0 && !a->by_id) {
        order = text_compare(a->norm.path, b->norm.path);
        order = order != 0 ? order : a->norm.line - b->norm.line;
    }
    return order != 0 ? order : natural_compare(a->norm.id, b->norm.id);
}

/* ---- Norms ---- */

/* Eight bytes a step: names are looked up for every question. */
static size_t
hash_text(struct text text)
{
    uint64_t hash = 0xcbf29ce484222325u ^ text.len;
    for (size_t i = 0; i < text.len; i += sizeof(uint64_t)) {
        uint64_t part = 0;
        memcpy(&part, text.at + i, text.len - i < sizeof part ? text.len - i : sizeof part);
        hash = (hash ^ part) * 0x9e3779b97f4a7c15u;
        hash ^= hash >> 29;
    }
    return (size_t)hash;
}

size_t
law_norm_at(const struct law *law, struct text id)
{
    if (law->norm_index_size == 0) {
        return law->norms_count;
    }
    for (size_t at = hash_text(id) & (law->norm_index_size - 1); law->norm_index[at] != 0;
         at = (at + 1) & (law->norm_index_size - 1)) {
        size_t i = (size_t)law->norm_index[at] - 1;
        if (text_equal(law->norms[i].id, id)) {
            return i;
        }
    }
    return law->norms_count;
}

const struct norm *
law_norm(const struct law *law, struct text id)
{
    size_t i = law_norm_at(law, id);
    return i < law->norms_count ? &law->norms[i] : NULL;
}

const struct norm *
law_norms(const struct law *law, size_t *ret_count)
{
    *ret_count = law->norms_count;
    return law->norms;
}

static void
norms_order(struct reader *reader)
{
    struct law *law = reader->law;
    struct norm_link **links = ARENA_ARRAY(reader->arena, struct norm_link *, reader->norms_count);
    size_t count = 0;
    for (struct norm_link *link = reader->norms; link != NULL; link = link->next) {
        link->by_id = reader->allow_missing_norms;
        links[count++] = link;
    }
    qsort(links, count, sizeof links[0], norm_compare);
    law->norms = ARENA_ARRAY(law->arena, struct norm, count);
    law->norm_index_size = 64;
    while (law->norm_index_size < count * 2) {
        law->norm_index_size *= 2;
    }
    law->norm_index = ARENA_ARRAY(law->arena, uint16_t, law->norm_index_size);
    law->norm_codes = ARENA_ARRAY(law->arena, uint32_t, count);
    law->norms_count = 0;
    for (size_t i = 0; i < count && count < UINT16_MAX; i++) {
        size_t other = law_norm_at(law, links[i]->norm.id);
        if (other < law->norms_count) {
            fault_add(reader, links[i]->place, "State each norm once.",
                      "the norm %.*s is already stated, in %.*s line %d.", TEXT_ARG(links[i]->norm.id),
                      TEXT_ARG(law->norms[other].path), law->norms[other].line);
            continue;
        }
        law->norms[law->norms_count] = links[i]->norm;
        law->norm_codes[law->norms_count] = intern_id(&law->intern, links[i]->norm.id);
        links[i]->index = law->norms_count++;
        size_t at = hash_text(links[i]->norm.id) & (law->norm_index_size - 1);
        while (law->norm_index[at] != 0) {
            at = (at + 1) & (law->norm_index_size - 1);
        }
        law->norm_index[at] = (uint16_t)law->norms_count;
    }
}

/* A short norm belongs to the text of its file; a full one begins with its text. */
static struct text
ref_full(struct reader *reader, const struct norm_ref *ref)
{
    struct text own = text_printf(reader->arena, "%.*s/%.*s", TEXT_ARG(ref->text_id), TEXT_ARG(ref->written));
    if (law_norm(reader->law, own) != NULL) {
        return own;
    }
    struct text head = text_slice(ref->written, 0, text_find_byte(ref->written, '/'));
    bool full = law_norm(reader->law, ref->written) != NULL ||
                text_find_byte(text_after(ref->written, head.len + 1), '/') < ref->written.len - head.len - 1;
    for (struct text_link *link = reader->texts; link != NULL; link = link->next) {
        full = full || text_equal(link->text.id, head);
    }
    return full ? ref->written : own;
}

static void
norm_missing(struct reader *reader, const struct norm_ref *ref, struct text id)
{
    if (!reader->allow_missing_norms) {
        fault_add(reader, ref->place, "Norms are stated under `article`, with `norm ID KIND` and three statements.",
                  "no norm %.*s in this corpus.", TEXT_ARG(id));
        return;
    }
    for (struct norm_link *link = reader->norms; link != NULL; link = link->next) {
        if (text_equal(link->norm.id, id)) {
            return;
        }
    }
    struct norm_link *link = ARENA_NEW(reader->arena, struct norm_link);
    struct text rest = id, part;
    (void)text_split(&rest, '/', &part);
    link->norm = (struct norm){.id = id,
                               .text_id = part,
                               .kind = TEXT("missing"),
                               .force = FORCE_NONE,
                               .from = DATE_NONE,
                               .until = DATE_NONE,
                               .path = TEXT("")};
    (void)text_split(&rest, '/', &link->norm.article);
    link->norm.says[LANG_AR] = link->norm.says[LANG_FR] = link->norm.says[LANG_EN] = TEXT("(not stated)");
    reader->norms_last->next = link;
    reader->norms_last = link;
    reader->norms_count++;
}

static void
refs_resolve(struct reader *reader)
{
    struct law *law = reader->law;
    bool missing = false;
    for (struct norm_ref *ref = reader->refs; ref != NULL; ref = ref->next) {
        struct text id = ref_full(reader, ref);
        if (law_norm(law, id) == NULL && reader->norms_last != NULL) {
            norm_missing(reader, ref, id);
            missing = true;
        }
    }
    if (missing && reader->allow_missing_norms) {
        norms_order(reader);
    }
    for (struct norm_ref *ref = reader->refs; ref != NULL; ref = ref->next) {
        ref->norm = (uint16_t)law_norm_at(law, ref_full(reader, ref));
    }
    for (struct norm_link *link = reader->norms; link != NULL; link = link->next) {
        struct norm *norm = &law->norms[link->index];
        norm->sanctioned_by = ARENA_ARRAY(law->arena, struct text, link->sanctioned.count);
        for (size_t i = 0; i < link->sanctioned.count; i++) {
            uint16_t at = link->sanctioned.items[i]->norm;
            if (at < law->norms_count) {
                norm->sanctioned_by[norm->sanctioned_by_count++] = law->norms[at].id;
            }
        }
    }
}

/* ---- Items by name and date ---- */

bool
item_exists_at(const struct item *item, struct date at)
{
    if (date_is_none(at)) {
        return true;
    }
    return (date_is_none(item->period.from) || date_compare(item->period.from, at) <= 0) &&
           (date_is_none(item->period.until) || date_compare(at, item->period.until) <= 0);
}

const struct item *
law_item(const struct law *law, enum item_kind kind, struct text text_id, struct text name, struct date at)
{
    const struct item *elsewhere = NULL;
    size_t slot = (hash_text(name) + (size_t)kind) & (law->items_hash_size - 1);
    for (const struct item *item = law->items_hash[slot]; item != NULL; item = item->hash_next) {
        if (item->kind != kind || !text_equal(item->name, name) || !item_exists_at(item, at)) {
            continue;
        }
        if (text_equal(item->text_id, text_id)) {
            return item;
        }
        elsewhere = item;
    }
    return elsewhere;
}

static bool
periods_meet(const struct period *a, const struct period *b)
{
    bool a_before = !date_is_none(a->until) && !date_is_none(b->from) && date_compare(a->until, b->from) < 0;
    bool b_before = !date_is_none(b->until) && !date_is_none(a->from) && date_compare(b->until, a->from) < 0;
    return !a_before && !b_before;
}

/* Checks and procedures have one name in the whole corpus; the rest one in each text. */
static void
items_index(struct reader *reader)
{
    struct law *law = reader->law;
    size_t count = 0;
    for (struct item *item = reader->items; item != NULL; item = item->next) {
        count++;
    }
    law->items = ARENA_ARRAY(law->arena, struct item *, count);
    law->items_hash_size = 64;
    while (law->items_hash_size < count * 2) {
        law->items_hash_size *= 2;
    }
    law->items_hash = ARENA_ARRAY(law->arena, struct item *, law->items_hash_size);
    for (struct item *item = reader->items; item != NULL; item = item->next) {
        size_t slot = (hash_text(item->name) + (size_t)item->kind) & (law->items_hash_size - 1);
        for (const struct item *other = law->items_hash[slot]; other != NULL; other = other->hash_next) {
            bool global = item->kind == ITEM_CHECK || item->kind == ITEM_PROCEDURE;
            if (other->kind == item->kind && text_equal(other->name, item->name) &&
                (global || text_equal(other->text_id, item->text_id)) && periods_meet(&other->period, &item->period)) {
                fault_add(reader, item->place, "Give it another name, or periods that do not meet.",
                          "`%.*s` is already there at that time, in %.*s line %d.", TEXT_ARG(item->name),
                          TEXT_ARG(reader->files[other->place.file].path), other->place.line);
            }
        }
        item->hash_next = law->items_hash[slot];
        law->items_hash[slot] = item;
        law->items[law->items_count++] = item;
    }
}

/* ---- Editions ---- */

static int
date_order(const void *a, const void *b)
{
    return date_compare(*(const struct date *)a, *(const struct date *)b);
}

static void
date_add(struct date *dates, size_t *count, struct date date)
{
    for (size_t i = 0; i < *count; i++) {
        if (date_compare(dates[i], date) == 0) {
            return;
        }
    }
    if (*count < 64) {
        dates[(*count)++] = date;
    }
}

static void
edition_index(struct law *law, struct edition *edition)
{
    edition->index_size = 64;
    while (edition->index_size < edition->programs_count * 2) {
        edition->index_size *= 2;
    }
    edition->index = ARENA_ARRAY(law->arena, uint32_t, edition->index_size);
    for (size_t i = 0; i < edition->programs_count; i++) {
        size_t at = hash_text(edition->programs[i]->item->name) & (edition->index_size - 1);
        while (edition->index[at] != 0) {
            at = (at + 1) & (edition->index_size - 1);
        }
        edition->index[at] = (uint32_t)(i + 1);
    }
}

static void
editions_make(struct reader *reader)
{
    struct law *law = reader->law;
    struct date dates[64] = {DATE_NONE};
    size_t count = 1;
    for (size_t i = 0; i < law->items_count; i++) {
        const struct period *period = &law->items[i]->period;
        struct date next;
        if (!date_is_none(period->from)) {
            date_add(dates, &count, period->from);
        }
        if (!date_is_none(period->until) && date_add_days(period->until, 1, &next)) {
            date_add(dates, &count, next);
        }
    }
    qsort(dates, count, sizeof dates[0], date_order);
    law->editions = ARENA_ARRAY(law->arena, struct edition, count);
    law->editions_count = count;
    for (size_t e = 0; e < count; e++) {
        struct edition *edition = &law->editions[e];
        struct date at = dates[e];
        edition->from = at;
        if (date_is_none(at)) {
            (void)date_from_text(TEXT("0001-01-01"), &at);
        }
        edition->programs = ARENA_ARRAY(law->arena, struct program *, law->items_count);
        for (size_t i = 0; i < law->items_count; i++) {
            if (law->items[i]->kind == ITEM_CHECK && item_exists_at(law->items[i], at)) {
                struct program *program = program_compile(reader, law->items[i], at);
                if (program != NULL) {
                    edition->programs[edition->programs_count++] = program;
                }
            }
        }
        edition_index(law, edition);
    }
}

const struct edition *
law_edition(const struct law *law, struct date at)
{
    const struct edition *edition = &law->editions[date_is_none(at) ? law->editions_count - 1 : 0];
    for (size_t i = 1; i < law->editions_count && !date_is_none(at); i++) {
        if (date_compare(law->editions[i].from, at) <= 0) {
            edition = &law->editions[i];
        }
    }
    return edition;
}

const struct program *
law_program(const struct law *law, struct text name, struct date at)
{
    const struct edition *edition = law_edition(law, at);
    for (size_t i = hash_text(name) & (edition->index_size - 1); edition->index[i] != 0;
         i = (i + 1) & (edition->index_size - 1)) {
        const struct program *program = edition->programs[edition->index[i] - 1];
        if (text_equal(program->item->name, name)) {
            return program;
        }
    }
    return NULL;
}

/* ---- Codes that the law declares ---- */

static void
codes_of_type(struct law *law, const struct type *const_type)
{
    struct type *type = (struct type *)(uintptr_t)const_type; /* made by the reader, which is done with it */
    if (type->ids == NULL && type->codes_count > 0) {
        type->ids = ARENA_ARRAY(law->arena, uint32_t, type->codes_count);
    }
    for (size_t i = 0; i < type->codes_count; i++) {
        const struct norm_ref *ref = type->codes[i].ref;
        type->ids[i] = ref != NULL && ref->norm < law->norms_count ? law->norm_codes[ref->norm]
                                                                   : intern_id(&law->intern, type->codes[i].text);
    }
    if (type->of != NULL) {
        codes_of_type(law, type->of);
    }
    for (size_t i = 0; i < type->fields_count; i++) {
        codes_of_type(law, type->fields[i].type);
    }
}

static void
codes_declare(struct law *law)
{
    for (size_t i = 0; i < law->items_count; i++) {
        const struct item *item = law->items[i];
        for (size_t j = 0; j < item->check.facts_count; j++) {
            codes_of_type(law, item->check.facts[j].type);
        }
        for (size_t j = 0; j < item->check.statements_count; j++) {
            if (item->check.statements[j].type != NULL) {
                codes_of_type(law, item->check.statements[j].type);
            }
        }
    }
    law->declared_codes = law->intern.count;
}

/* ---- Parameters ---- */

static void
parameters_check(struct reader *reader)
{
    struct law *law = reader->law;
    for (size_t i = 0; i < law->items_count; i++) {
        const struct item *item = law->items[i];
        if (item->kind != ITEM_PARAMETER) {
            continue;
        }
        for (size_t j = 0; j < item->parameter.values_count; j++) {
            const struct parameter_value *value = &item->parameter.values[j];
            struct slot slot;
            if (value->literal == NULL) {
                continue;
            }
            if (!literal_slot(&law->intern, law, value->literal, item->parameter.type, &slot)) {
                fault_add(reader, value->literal->place, NULL, "this value is not of the type of the parameter `%.*s`.",
                          TEXT_ARG(item->name));
            }
            for (size_t k = 0; k < j; k++) {
                struct period one = {value->from, value->until},
                              two = {item->parameter.values[k].from, item->parameter.values[k].until};
                bool open = date_is_none(two.until) && date_compare(one.from, two.from) > 0; /* the later one ends it */
                if (!open && periods_meet(&one, &two)) {
                    fault_add(reader, value->literal->place, "Values of a parameter follow each other.",
                              "two values of `%.*s` hold at once.", TEXT_ARG(item->name));
                }
            }
        }
    }
}

/* ---- Reading ---- */

static int
file_order(const void *a, const void *b)
{
    return text_compare(((const struct law_file *)a)->path, ((const struct law_file *)b)->path);
}

static void
files_take(struct reader *reader, const struct law_file *files, size_t count)
{
    struct law *law = reader->law;
    struct text *parts = ARENA_ARRAY(reader->arena, struct text, count * 4);
    law->files = ARENA_ARRAY(law->arena, struct law_file, count);
    law->files_count = count;
    for (size_t i = 0; i < count; i++) {
        law->files[i].path = text_copy(law->arena, files[i].path);
        law->files[i].bytes = text_copy(law->arena, files[i].bytes);
        law->files[i].sha256 = hash_of_text(files[i].bytes);
    }
    qsort(law->files, count, sizeof law->files[0], file_order);
    for (size_t i = 0; i < count; i++) {
        parts[i * 4] = law->files[i].path;
        parts[i * 4 + 1] = (struct text){.at = "\0", .len = 1};
        parts[i * 4 + 2] = hash_to_hex(law->arena, law->files[i].sha256);
        parts[i * 4 + 3] = TEXT("\n");
    }
    law->root = hash_of_parts(parts, count * 4);
    reader->files = law->files;
    reader->files_count = count;
}

static int
text_order(const void *a, const void *b)
{
    return natural_compare((*(struct text_link *const *)a)->text.id, (*(struct text_link *const *)b)->text.id);
}

static void
texts_keep(struct reader *reader)
{
    struct law *law = reader->law;
    law->texts_count = reader->texts_count;
    law->text_links = ARENA_ARRAY(law->arena, struct text_link *, law->texts_count);
    law->texts = ARENA_ARRAY(law->arena, struct law_text, law->texts_count);
    size_t i = 0;
    for (struct text_link *link = reader->texts; link != NULL; link = link->next) {
        law->text_links[i++] = link;
    }
    qsort(law->text_links, law->texts_count, sizeof law->text_links[0], text_order);
    for (i = 0; i < law->texts_count; i++) {
        struct text_link *link = law->text_links[i];
        if (link->in_force.count > 0 && link->in_force.items[0]->norm < law->norms_count) {
            link->text.in_force_norm = law->norms[link->in_force.items[0]->norm].id;
        }
        law->texts[i] = link->text;
    }
}

static int
fault_order(const void *a, const void *b)
{
    const struct law_fault *one = a, *two = b;
    int order = text_compare(one->path, two->path);
    order = order != 0 ? order : one->line - two->line;
    return order != 0 ? order : one->column - two->column;
}

static const struct err *
faults_give(struct reader *reader, struct law_faults *ret)
{
    ret->items = ARENA_ARRAY(reader->arena, struct law_fault, reader->faults_count);
    for (struct fault_link *link = reader->faults; link != NULL; link = link->next) {
        ret->items[ret->count++] = link->fault;
    }
    qsort(ret->items, ret->count, sizeof ret->items[0], fault_order);
    if (ret->count == 0) {
        return NULL;
    }
    const struct law_fault *first = &ret->items[0];
    return FAIL(reader->arena, ERR_LAW, "%zu fault%s in the law, the first in %.*s line %d: %.*s", ret->count,
                ret->count == 1 ? "" : "s", TEXT_ARG(first->path), first->line, TEXT_ARG(first->message));
}

const struct err *
law_read_with(struct arena *arena, const struct law_file *files, size_t count, const struct law_options *options,
              struct law **ret, struct law_faults *ret_faults)
{
    struct law *law = ARENA_NEW(arena, struct law);
    struct reader *reader = ARENA_NEW(arena, struct reader);
    *ret_faults = (struct law_faults){0};
    *law = (struct law){.arena = arena, .partial = options->allow_missing_norms};
    *reader = (struct reader){.arena = arena, .law = law, .allow_missing_norms = options->allow_missing_norms};
    if (count > 4096) {
        return FAIL(arena, ERR_TOO_LARGE, "%zu law files; at most 4096 are read", count);
    }
    intern_init(&law->intern, arena, NULL);
    files_take(reader, files, count);
    for (size_t i = 0; i < count; i++) {
        reader->file = (uint16_t)i;
        struct line *lines = lines_read(reader);
        if (lines != NULL) {
            items_read(reader, lines);
        }
    }
    norms_order(reader);
    refs_resolve(reader);
    texts_keep(reader);
    items_index(reader);
    words_keep(reader);
    tables_compile(reader);
    codes_declare(law);
    says_keep(law);
    parameters_check(reader);
    editions_make(reader);
    procedures_check(reader);
    TRY(faults_give(reader, ret_faults));
    *ret = law;
    return NULL;
}

const struct err *
law_read(struct arena *arena, const struct law_file *files, size_t count, struct law **ret,
         struct law_faults *ret_faults)
{
    return law_read_with(arena, files, count, &(struct law_options){0}, ret, ret_faults);
}

const struct law_file *
law_files(const struct law *law, size_t *ret_count)
{
    *ret_count = law->files_count;
    return law->files;
}

struct hash
law_root(const struct law *law)
{
    return law->root;
}

const struct law_text *
law_texts(const struct law *law, size_t *ret_count)
{
    *ret_count = law->texts_count;
    return law->texts;
}

const struct law_text *
law_text(const struct law *law, struct text id)
{
    for (size_t i = 0; i < law->texts_count; i++) {
        if (text_equal(law->texts[i].id, id)) {
            return &law->texts[i];
        }
    }
    return NULL;
}
