/* The corpus: files read, and what they state found by name and date. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "law/program.h"

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
    size_t slot = (text_hash(name) + (size_t)kind) & (law->items_hash_size - 1);
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

bool
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
        size_t slot = (text_hash(item->name) + (size_t)item->kind) & (law->items_hash_size - 1);
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
