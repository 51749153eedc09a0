#include "registry/instrument.h"

#include <assert.h>

#include "registry/data.h"
#include "registry/instrument.sql.h"
#include "registry/search.h"

static const char *const status_codes[INSTRUMENT_STATUSES] = {
    [INSTRUMENT_GRANTED] = "granted",     [INSTRUMENT_SUSPENDED] = "suspended",
    [INSTRUMENT_WITHDRAWN] = "withdrawn", [INSTRUMENT_SURRENDERED] = "surrendered",
    [INSTRUMENT_EXPIRED] = "expired",
};

/* What may follow what. Surrender and withdrawal are final; expiry is by the day and has no row. */
static const bool moves[INSTRUMENT_STATUSES][INSTRUMENT_STATUSES] = {
    [INSTRUMENT_GRANTED] =
        {[INSTRUMENT_SUSPENDED] = true, [INSTRUMENT_WITHDRAWN] = true, [INSTRUMENT_SURRENDERED] = true},
    [INSTRUMENT_SUSPENDED] =
        {[INSTRUMENT_GRANTED] = true, [INSTRUMENT_WITHDRAWN] = true, [INSTRUMENT_SURRENDERED] = true},
};

static enum instrument_status with_expiry(enum instrument_status status, struct date valid_until, struct date on);

const char *
instrument_status_code(enum instrument_status status)
{
    assert(status > 0 && status < INSTRUMENT_STATUSES);
    return status_codes[status];
}

bool
instrument_status_from(struct text code, enum instrument_status *ret)
{
    for (int status = 1; status < INSTRUMENT_STATUSES; status++) {
        if (text_is(code, status_codes[status])) {
            *ret = (enum instrument_status)status;
            return true;
        }
    }
    return false;
}

const struct err *
instrument_get(struct ctx *ctx, struct instrument_id id, struct instrument *ret)
{
    struct instrument_row_get_row row;
    bool found = false;
    TRY(instrument_row_get(ctx, id, &row, &found));
    if (!found) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "no instrument %lld", (long long)id.value);
    }
    *ret = (struct instrument){.id = row.id,
                               .kind = row.kind,
                               .number = row.number,
                               .party = row.party,
                               .holder_ar = row.holder_ar,
                               .holder_latin = row.holder_latin,
                               .granted_on = row.granted_on,
                               .valid_until = row.valid_until,
                               .status_on = row.status_on,
                               .dossier = row.dossier,
                               .taken_over = row.taken_over,
                               .act = {row.act}};
    enum instrument_status status;
    if (!instrument_status_from(row.status, &status)) {
        return FAIL(ctx->arena, ERR_DB_CORRUPT, "instrument %lld has no known state", (long long)id.value);
    }
    ret->status = with_expiry(status, row.valid_until, ctx->today);
    return NULL;
}

const struct err *
instrument_find(struct ctx *ctx, struct text number, struct instrument *ret, bool *ret_found)
{
    struct instrument_id_of_number_row row;
    TRY(instrument_id_of_number(ctx, number, &row, ret_found));
    return *ret_found ? instrument_get(ctx, row.id, ret) : NULL;
}

const struct err *
instrument_status_on(struct ctx *ctx, struct instrument_id id, struct date on, enum instrument_status *ret)
{
    struct instrument instrument;
    TRY(instrument_get(ctx, id, &instrument));
    struct instrument_event *events = NULL;
    size_t count = 0;
    TRY(instrument_events(ctx, id, &events, &count));
    enum instrument_status status = 0;
    for (size_t i = 0; i < count && date_compare(events[i].day, on) <= 0; i++) {
        status = events[i].status;
    }
    *ret = status == 0 ? 0 : with_expiry(status, instrument.valid_until, on);
    return NULL;
}

const struct err *
instrument_events(struct ctx *ctx, struct instrument_id id, struct instrument_event **ret, size_t *ret_count)
{
    struct instrument_event_rows_rows rows;
    TRY(instrument_event_rows(ctx, id, &rows));
    struct instrument_event *events = ARENA_ARRAY(ctx->arena, struct instrument_event, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        events[i] = (struct instrument_event){.act = {rows.items[i].act}, .day = rows.items[i].day};
        if (!instrument_status_from(rows.items[i].status, &events[i].status)) {
            return FAIL(ctx->arena, ERR_DB_CORRUPT, "instrument %lld had no known state", (long long)id.value);
        }
    }
    *ret = events;
    *ret_count = rows.count;
    return NULL;
}

const struct err *
instrument_list_party(struct ctx *ctx, struct party_id party, struct instrument **ret, size_t *ret_count)
{
    struct instrument_ids_of_party_rows ids;
    TRY(instrument_ids_of_party(ctx, party, &ids));
    struct instrument *instruments = ARENA_ARRAY(ctx->arena, struct instrument, ids.count);
    for (size_t i = 0; i < ids.count; i++) {
        TRY(instrument_get(ctx, ids.items[i].id, &instruments[i]));
    }
    *ret = instruments;
    *ret_count = ids.count;
    return NULL;
}

const struct err *
instrument_held(struct ctx *ctx, struct party_id party, struct text kind, struct instrument *ret, bool *ret_found)
{
    struct instrument_id_held_row row;
    TRY(instrument_id_held(ctx, &(struct instrument_id_held_in){.party = party, .kind = kind, .today = ctx->today},
                           &row, ret_found));
    return *ret_found ? instrument_get(ctx, row.id, ret) : NULL;
}

const struct err *
instrument_grant(struct ctx *ctx, const struct instrument *instrument, const struct act *act)
{
    const struct text number = instrument->number;
    TRY(instrument_insert(ctx, &(struct instrument_insert_in){.id = instrument->id,
                                                              .kind = instrument->kind,
                                                              .number = number,
                                                              .party = instrument->party,
                                                              .granted_on = instrument->granted_on,
                                                              .valid_until = instrument->valid_until,
                                                              .status = text_of(status_codes[instrument->status]),
                                                              .status_on = instrument->status_on,
                                                              .dossier = instrument->dossier,
                                                              .taken_over = instrument->taken_over,
                                                              .act = act->id.value}));
    TRY(instrument_event_insert(ctx, &(struct instrument_event_insert_in){.instrument = instrument->id,
                                                                          .act = act->id.value,
                                                                          .day = instrument->granted_on,
                                                                          .status = TEXT("granted")}));
    /* The series of a kind is what stands before the first hyphen of a number that this house gave. */
    if (!instrument->taken_over) {
        const struct text prefix = text_slice(number, 0, text_find_byte(number, '-'));
        TRY(instrument_prefix_insert(ctx, instrument->kind, prefix));
    }
    struct party party;
    TRY(party_get(ctx, instrument->party, &party));
    return party.kind == PARTY_NATURAL_PERSON ? NULL : search_add(ctx, SEARCH_PARTY, party.id.value, number);
}

const struct err *
instrument_move(struct ctx *ctx, struct instrument_id id, enum instrument_status to, struct date day,
                const struct act *act)
{
    struct instrument_row_get_row row;
    bool found = false;
    TRY(instrument_row_get(ctx, id, &row, &found));
    enum instrument_status from = 0;
    assert(found && instrument_status_from(row.status, &from));
    assert(moves[from][to]);

    int64_t changed = 0;
    TRY(instrument_status_set(
        ctx, &(struct instrument_status_set_in){.id = id, .status = text_of(status_codes[to]), .status_on = day},
        &changed));
    assert(changed == 1);
    return instrument_event_insert(
        ctx, &(struct instrument_event_insert_in){
                 .instrument = id, .act = act->id.value, .day = day, .status = text_of(status_codes[to])});
}

static enum instrument_status
with_expiry(enum instrument_status status, struct date valid_until, struct date on)
{
    const bool may_expire = status == INSTRUMENT_GRANTED || status == INSTRUMENT_SUSPENDED;
    if (may_expire && !date_is_none(valid_until) && date_compare(on, valid_until) > 0) {
        return INSTRUMENT_EXPIRED;
    }
    return status;
}
