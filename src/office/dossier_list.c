/* Reading dossiers: papers, facts, timelines, queues. */
#include "base/limits.h"
#include "office/dossier.h"
#include "office/dossier.sql.h"

static const struct err *many(struct ctx *ctx, const struct dossier_id *ids, size_t count, struct dossier **ret,
                              size_t *ret_count);

const struct err *
dossier_documents(struct ctx *ctx, struct dossier_id id, struct dossier_document **ret, size_t *ret_count)
{
    struct dossier_document_rows_rows rows;
    TRY(dossier_document_rows(ctx, id, &rows));
    struct dossier_document *documents = ARENA_ARRAY(ctx->arena, struct dossier_document, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const struct dossier_document_rows_row *row = &rows.items[i];
        documents[i] = (struct dossier_document){.code = row->code,
                                                 .sha256 = row->sha256,
                                                 .filename = row->filename,
                                                 .media = row->media,
                                                 .size = row->has_size ? row->size : 0,
                                                 .day = row->day,
                                                 .act = {row->act},
                                                 .replaced_by = {row->has_replaced_by ? row->replaced_by : 0}};
    }
    *ret = documents;
    *ret_count = rows.count;
    return NULL;
}

const struct err *
dossier_facts(struct ctx *ctx, struct dossier_id id, struct dossier_fact **ret, size_t *ret_count)
{
    struct dossier_fact_rows_rows rows;
    TRY(dossier_fact_rows(ctx, id, &rows));
    struct dossier_fact *facts = ARENA_ARRAY(ctx->arena, struct dossier_fact, rows.count);
    size_t count = 0;
    for (size_t i = 0; i < rows.count; i++) {
        const struct dossier_fact_rows_row *row = &rows.items[i];
        const bool same = count > 0 && text_equal(facts[count - 1].name, row->name);
        /* Newest first within a name; an attestation stands above a later word of the applicant. */
        if (same && (!text_is(facts[count - 1].source, "asked") || text_is(row->source, "asked"))) {
            continue;
        }
        count -= same ? 1 : 0;
        facts[count++] = (struct dossier_fact){.name = row->name,
                                               .value = row->value,
                                               .source = row->source,
                                               .by = row->by_whom,
                                               .day = row->day,
                                               .act = {row->act}};
    }
    *ret = facts;
    *ret_count = count;
    return NULL;
}

const struct err *
dossier_timeline(struct ctx *ctx, struct dossier_id id, struct timeline_line **ret, size_t *ret_count)
{
    struct dossier_act_rows_rows rows;
    TRY(dossier_act_rows(ctx, id, &rows));
    struct timeline_line *lines = ARENA_ARRAY(ctx->arena, struct timeline_line, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        lines[i] = (struct timeline_line){.act = {rows.items[i].act},
                                          .kind = rows.items[i].kind,
                                          .day = rows.items[i].day,
                                          .actor = rows.items[i].actor};
    }
    *ret = lines;
    *ret_count = rows.count;
    return NULL;
}

const struct err *
instrument_timeline(struct ctx *ctx, struct instrument_id id, struct timeline_line **ret, size_t *ret_count)
{
    struct instrument_act_rows_rows rows;
    TRY(instrument_act_rows(ctx, id, &rows));
    struct timeline_line *lines = ARENA_ARRAY(ctx->arena, struct timeline_line, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        lines[i] = (struct timeline_line){.act = {rows.items[i].act},
                                          .kind = rows.items[i].kind,
                                          .day = rows.items[i].day,
                                          .actor = rows.items[i].actor};
    }
    *ret = lines;
    *ret_count = rows.count;
    return NULL;
}

const struct err *
dossier_queue(struct ctx *ctx, const struct dossier_query *query, struct dossier **ret, size_t *ret_count)
{
    const struct text procedure = query->procedure.len == 0 ? TEXT("") : query->procedure;
    const int64_t officer = query->unassigned ? 0 : query->officer.value == 0 ? -1 : query->officer.value;
    if (query->state == 0) {
        struct dossier_rows_open_rows rows;
        TRY(dossier_rows_open(
            ctx,
            &(struct dossier_rows_open_in){
                .procedure_name = procedure, .officer = officer, .after = query->after, .limit = query->limit},
            &rows));
        return many(ctx, (const struct dossier_id *)rows.items, rows.count, ret, ret_count); /* each row is its id */
    }
    struct dossier_rows_state_rows rows;
    TRY(dossier_rows_state(ctx,
                           &(struct dossier_rows_state_in){.state = text_of(dossier_state_code(query->state)),
                                                           .procedure_name = procedure,
                                                           .officer = officer,
                                                           .after = query->after,
                                                           .limit = query->limit},
                           &rows));
    return many(ctx, (const struct dossier_id *)rows.items, rows.count, ret, ret_count);
}

const struct err *
dossier_list_party(struct ctx *ctx, struct party_id party, struct dossier_id before, int64_t limit,
                   struct dossier **ret, size_t *ret_count)
{
    const struct dossier_id from = {before.value == 0 ? INT64_MAX : before.value};
    struct dossier_rows_party_rows rows;
    TRY(dossier_rows_party(ctx, &(struct dossier_rows_party_in){.party = party, .before = from, .limit = limit},
                           &rows));
    return many(ctx, (const struct dossier_id *)rows.items, rows.count, ret, ret_count);
}

const struct err *
dossier_statistics(struct ctx *ctx, struct dossier_count **ret, size_t *ret_count)
{
    struct dossier_count_rows_rows rows;
    TRY(dossier_count_rows(ctx, &rows));
    struct dossier_count *counts = ARENA_ARRAY(ctx->arena, struct dossier_count, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        counts[i] = (struct dossier_count){.procedure = rows.items[i].procedure_name, .count = rows.items[i].count};
        if (!dossier_state_from(rows.items[i].state, &counts[i].state)) {
            return FAIL(ctx->arena, ERR_DB_CORRUPT, "a dossier is in no state");
        }
    }
    *ret = counts;
    *ret_count = rows.count;
    return NULL;
}

static const struct err *
many(struct ctx *ctx, const struct dossier_id *ids, size_t count, struct dossier **ret, size_t *ret_count)
{
    struct dossier *dossiers = ARENA_ARRAY(ctx->arena, struct dossier, count);
    for (size_t i = 0; i < count; i++) {
        TRY(dossier_get(ctx, ids[i], &dossiers[i]));
    }
    *ret = dossiers;
    *ret_count = count;
    return NULL;
}
