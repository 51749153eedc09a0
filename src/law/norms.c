/* Norms in the order of the texts, found by id; and what cites them. */
#include <stdlib.h>
#include <string.h>

#include "law/program.h"

/* ---- The order of the texts ---- */

/* Numbers by value, letters by letter; what is shorter comes first. */
int
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

size_t
law_norm_at(const struct law *law, struct text id)
{
    if (law->norm_index_size == 0) {
        return law->norms_count;
    }
    for (size_t at = text_hash(id) & (law->norm_index_size - 1); law->norm_index[at] != 0;
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

void
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
        size_t at = text_hash(links[i]->norm.id) & (law->norm_index_size - 1);
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

void
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
