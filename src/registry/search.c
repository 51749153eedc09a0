#include "registry/search.h"

#include "base/fold.h"
#include "base/limits.h"
#include "registry/search.sql.h"

enum { QUERY_WORDS_MAX = 4 };

/* Half-open ranges of words, from a prefix to the last word that begins with it: of the word as typed, and of its
 * shortest form. */
struct ranges {
    struct text from[QUERY_WORDS_MAX];
    struct text to[QUERY_WORDS_MAX];
    struct text stem[QUERY_WORDS_MAX];
    struct text last[QUERY_WORDS_MAX];
    size_t count; /* of the words asked; the rest repeat the first */
};
/* The same as a statement takes them. */
#define RANGES_IN(ranges)                                                                                              \
    .from1 = (ranges).from[0], .to1 = (ranges).to[0], .stem1 = (ranges).stem[0], .last1 = (ranges).last[0],            \
    .from2 = (ranges).from[1], .to2 = (ranges).to[1], .stem2 = (ranges).stem[1], .last2 = (ranges).last[1],            \
    .from3 = (ranges).from[2], .to3 = (ranges).to[2], .stem3 = (ranges).stem[2], .last3 = (ranges).last[2],            \
    .from4 = (ranges).from[3], .to4 = (ranges).to[3], .stem4 = (ranges).stem[3], .last4 = (ranges).last[3]

static struct ranges ranges_of(struct ctx *ctx, struct text words);
static const struct err *register_ids(struct ctx *ctx, const struct register_query *query, struct instrument_id **ret,
                                      size_t *ret_count);

const struct err *
search_add(struct ctx *ctx, const char *kind, int64_t id, struct text words)
{
    const struct text_list list = fold_words(ctx->arena, fold(ctx->arena, words));
    for (size_t i = 0; i < list.count; i++) {
        TRY(search_word_add(ctx, &(struct search_word_add_in){.kind = text_of(kind), .word = list.items[i], .id = id}));
    }
    return NULL;
}

const struct err *
search_clear(struct ctx *ctx, const char *kind, int64_t id)
{
    return search_word_clear(ctx, text_of(kind), id);
}

const struct err *
register_search(struct ctx *ctx, const struct register_query *query, struct instrument **ret, size_t *ret_count)
{
    struct instrument_id *ids = NULL;
    size_t count = 0;
    TRY(register_ids(ctx, query, &ids, &count));
    struct instrument *instruments = ARENA_ARRAY(ctx->arena, struct instrument, count);
    for (size_t i = 0; i < count; i++) {
        TRY(instrument_get(ctx, ids[i], &instruments[i]));
    }
    *ret = instruments;
    *ret_count = count;
    return NULL;
}

const struct err *
party_search(struct ctx *ctx, struct text words, struct party_id after, int64_t limit, struct party **ret,
             size_t *ret_count)
{
    const struct ranges ranges = ranges_of(ctx, words);
    if (ranges.count == 0) {
        return party_list(ctx, after, limit, ret, ret_count);
    }
    struct search_parties_rows rows;
    TRY(search_parties(ctx, &(struct search_parties_in){RANGES_IN(ranges), .after = after, .limit = limit}, &rows));
    struct party *parties = ARENA_ARRAY(ctx->arena, struct party, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        TRY(party_get(ctx, rows.items[i].id, &parties[i]));
    }
    *ret = parties;
    *ret_count = rows.count;
    return NULL;
}

/* The first QUERY_WORDS_MAX words. The index has every form of every word; of a word asked, the whole finds what has
 * the same clitics or none of its own, the shortest form what has others. */
static struct ranges
ranges_of(struct ctx *ctx, struct text words)
{
    static const char LAST[] = "\xF4\x8F\xBF\xBF"; /* U+10FFFF: behind every letter, by bytes */
    struct ranges ranges = {.count = 0};
    if (!text_is_utf8(words)) {
        return ranges;
    }
    const struct text_list list = fold_words(ctx->arena, fold(ctx->arena, words));
    for (size_t i = 0; i < list.count && ranges.count < QUERY_WORDS_MAX;) {
        struct text forms[FOLD_FORMS_MAX];
        const size_t form_count = fold_forms(list.items[i], forms);
        const struct text shortest = forms[form_count - 1];
        ranges.from[ranges.count] = list.items[i];
        ranges.to[ranges.count] = text_printf(ctx->arena, "%.*s%s", TEXT_ARG(list.items[i]), LAST);
        ranges.stem[ranges.count] = shortest;
        ranges.last[ranges.count] = text_printf(ctx->arena, "%.*s%s", TEXT_ARG(shortest), LAST);
        ranges.count++;
        i += form_count; /* the list gives each word with its forms behind it */
    }
    for (size_t i = ranges.count; ranges.count > 0 && i < QUERY_WORDS_MAX; i++) {
        ranges.from[i] = ranges.from[0];
        ranges.to[i] = ranges.to[0];
        ranges.stem[i] = ranges.stem[0];
        ranges.last[i] = ranges.last[0];
    }
    return ranges;
}

static const struct err *
register_ids(struct ctx *ctx, const struct register_query *query, struct instrument_id **ret, size_t *ret_count)
{
    const struct text status = query->status == 0 ? TEXT("") : text_of(instrument_status_code(query->status));
    const struct instrument_id before = {query->before.value == 0 ? INT64_MAX : query->before.value};
    const struct ranges ranges = ranges_of(ctx, query->words);
    if (ranges.count > 0) {
        struct register_rows_words_rows rows;
        TRY(register_rows_words(
            ctx,
            &(struct register_rows_words_in){RANGES_IN(ranges), .kind = query->kind.len == 0 ? TEXT("") : query->kind,
                                             .status = status, .before = before, .limit = query->limit},
            &rows));
        *ret = (struct instrument_id *)rows.items; /* each row is its id */
        *ret_count = rows.count;
        return NULL;
    }
    if (query->kind.len > 0) {
        struct register_rows_kind_rows rows;
        TRY(register_rows_kind(ctx,
                               &(struct register_rows_kind_in){
                                   .kind = query->kind, .status = status, .before = before, .limit = query->limit},
                               &rows));
        *ret = (struct instrument_id *)rows.items;
        *ret_count = rows.count;
        return NULL;
    }
    struct register_rows_all_rows rows;
    TRY(register_rows_all(
        ctx, &(struct register_rows_all_in){.status = status, .before = before, .limit = query->limit}, &rows));
    *ret = (struct instrument_id *)rows.items;
    *ret_count = rows.count;
    return NULL;
}
