#include "acts/verify_page.h"

#include <string.h>

#include "acts/entry.h"
#include "acts/row.h"
#include "base/limits.h"

enum {
    PAGE_ACTS = 64, /* fits the nearer caches */
    /* A page whose persons or documents do not fit one statement is read again in pages of this many acts. */
    PAGE_ACTS_SMALL = STATEMENT_ROWS_MAX / ACT_PARTS_MAX - 1,
    FOUND_FIRST = 16
};

static struct hash act_derive(struct verify_page *page, const struct act_rows_row *row);
static size_t parts_derive(struct verify_page *page, const struct act_rows_row *row);
static bool person_holds(struct verify_page *page, const struct act_rows_row *row,
                         const struct act_person_rows_row *person);
static bool shows(struct text commitments, struct hash commitment);
static void keep(void *arg, const struct act_fault *fault);

const struct err *
verify_page_read(struct ctx *ctx, int64_t after, struct verify_page *page)
{
    struct ctx reading = *ctx;
    struct arena *arena = page->arena;
    arena_rewind(arena, (struct arena_mark){0});
    reading.arena = arena;
    for (int64_t limit = PAGE_ACTS;; limit = PAGE_ACTS_SMALL) {
        *page = (struct verify_page){.arena = arena};
        TRY(act_rows(&reading, after, limit, &page->acts));
        if (page->acts.count == 0) {
            return NULL;
        }
        const int64_t first = page->acts.items[0].number;
        const int64_t last = page->acts.items[page->acts.count - 1].number;
        TRY(act_person_rows(&reading, first, last, &page->persons));
        TRY(act_document_rows(&reading, first, last, &page->documents));
        const bool cut = page->persons.count == STATEMENT_ROWS_MAX || page->documents.count == STATEMENT_ROWS_MAX;
        if (!cut || limit == PAGE_ACTS_SMALL) {
            return NULL;
        }
    }
}

void
verify_page_derive(struct verify_page *page)
{
    page->faults = (struct act_faults){.tell = keep, .arg = page};
    page->leaves = ARENA_ARRAY(page->arena, struct hash, page->acts.count);
    for (size_t i = 0; i < page->acts.count; i++) {
        page->leaves[i] = act_derive(page, &page->acts.items[i]);
    }
}

static struct hash
act_derive(struct verify_page *page, const struct act_rows_row *row)
{
    const struct act_fields fields = fields_of_rows(row);
    if (!shows(row->commitments, body_commitment(page->arena, &fields))) {
        act_fault_tell(&page->faults, page->arena, row->number, "body",
                       "its body, kind, version, actor, time, subject, receipt or salt was changed");
    }
    const size_t real = 1 + parts_derive(page, row);
    const size_t shown = commitments_shown(real);
    bool padded = row->commitments.len == shown * HASH_BYTES;
    for (size_t i = real; i < shown && padded; i++) {
        padded = shows(row->commitments, salt_of(row->secret, "padding", i - real));
    }
    if (!padded) {
        act_fault_tell(&page->faults, page->arena, row->number, "parts",
                       "a person or a document was added or deleted, or the salt was changed");
    }
    struct hash leaf;
    if (!entry_leaf(page->arena, &fields, row->commitments, &leaf) || !hash_equal(leaf, row->leaf)) {
        act_fault_tell(&page->faults, page->arena, row->number, "leaf",
                       "its number, kind, day, corpus, instrument, status or commitments, or its leaf, was changed");
    }
    return leaf;
}

/* Persons and documents of the act: how many there are. */
static size_t
parts_derive(struct verify_page *page, const struct act_rows_row *row)
{
    size_t count = 0;
    for (; page->next_person < page->persons.count && page->persons.items[page->next_person].act <= row->number;
         page->next_person++) {
        const struct act_person_rows_row *person = &page->persons.items[page->next_person];
        count += person->act == row->number ? 1 : 0;
        if (person->act == row->number && !person_holds(page, row, person)) {
            act_fault_tell(&page->faults, page->arena, row->number, "person",
                           "the data, role, subject or salt of its person %lld was changed",
                           (long long)person->place + 1);
        }
    }
    for (; page->next_document < page->documents.count && page->documents.items[page->next_document].act <= row->number;
         page->next_document++) {
        const struct act_document_rows_row *document = &page->documents.items[page->next_document];
        count += document->act == row->number ? 1 : 0;
        if (document->act == row->number &&
            !shows(row->commitments, document_commitment(page->arena, row->secret, (size_t)document->place,
                                                         document->code, document->sha256))) {
            act_fault_tell(&page->faults, page->arena, row->number, "document",
                           "the hash or code of its document %lld was changed", (long long)document->place + 1);
        }
    }
    return count;
}

static bool
person_holds(struct verify_page *page, const struct act_rows_row *row, const struct act_person_rows_row *person)
{
    if (!shows(row->commitments, person->commitment)) {
        return false;
    }
    if (person->data.at == NULL || !person->has_salt) {
        if (!person->has_erased_by || person->data.at != NULL || person->has_salt) {
            act_fault_tell(&page->faults, page->arena, row->number, "erasure",
                           "the data of its person %lld is gone, and no act erased it", (long long)person->place + 1);
        }
        return true;
    }
    return hash_equal(person->commitment,
                      person_commitment(page->arena, person->salt, person->subject, person->role, person->data));
}

static bool
shows(struct text commitments, struct hash commitment)
{
    for (size_t i = 0; i + HASH_BYTES <= commitments.len; i += HASH_BYTES) {
        if (memcmp(commitments.at + i, commitment.bytes, HASH_BYTES) == 0) {
            return true;
        }
    }
    return false;
}

static void
keep(void *arg, const struct act_fault *fault)
{
    struct verify_page *page = arg;
    if (page->found_count == page->found_room) {
        page->found_room = page->found_room == 0 ? FOUND_FIRST : page->found_room * 2;
        struct act_fault *found = ARENA_ARRAY(page->arena, struct act_fault, page->found_room);
        if (page->found_count > 0) {
            memcpy(found, page->found, page->found_count * sizeof found[0]);
        }
        page->found = found;
    }
    page->found[page->found_count++] = *fault;
}
