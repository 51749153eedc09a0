/* Numbers of instruments, and instruments taken over from before this register.
 *
 * instrument_taken_over, version 1:
 *     {"instrument":4, "party":1, "kind":"production_licence", "number":"CCM/PROD/112", "granted_on":"2012-03-01",
 *      "valid_until":..., "status":"granted", "status_on":"2012-03-01", "legal_basis":"20.99",
 * "source":"licences.csv:12"} */
#include <ctype.h>
#include <stdio.h>

#include "registry/data.h"
#include "registry/instrument.h"
#include "registry/instrument.sql.h"
#include "store/counter.h"

enum { PREFIX_BYTES_MAX = 16 };

static const struct err *prefix_choose(struct ctx *ctx, struct text kind, struct text *ret);
static struct text prefix_of(struct ctx *ctx, struct text kind, size_t letters);

const struct err *
instrument_id_next(struct ctx *ctx, struct instrument_id *ret)
{
    return counter_next(ctx, TEXT("instrument"), &ret->value);
}

const struct err *
instrument_number_next(struct ctx *ctx, struct text kind, int year, struct text *ret)
{
    struct text prefix;
    TRY(prefix_choose(ctx, kind, &prefix));
    int64_t number = 0;
    TRY(counter_next(ctx, text_printf(ctx->arena, "%.*s-%d", TEXT_ARG(prefix), year), &number));
    *ret = text_printf(ctx->arena, "%.*s-%d-%04lld", TEXT_ARG(prefix), year, (long long)number);
    return NULL;
}

const struct err *
instrument_take_over(struct ctx *ctx, const struct taking_over *taking_over, struct instrument_id *ret)
{
    struct party party;
    TRY(party_get(ctx, taking_over->party, &party));
    struct instrument known;
    bool found = false;
    TRY(instrument_find(ctx, taking_over->number, &known, &found));
    if (found) {
        return FAIL(ctx->arena, ERR_CONFLICT, "instrument %.*s exists", TEXT_ARG(taking_over->number));
    }

    TRY(instrument_id_next(ctx, ret));
    struct writing writing;
    writing_open(ctx, &writing);
    writing_int(&writing, "instrument", ret->value);
    writing_int(&writing, "party", party.id.value);
    writing_text(&writing, "kind", taking_over->kind);
    writing_text(&writing, "number", taking_over->number);
    writing_date(ctx, &writing, "granted_on", taking_over->granted_on);
    writing_date(ctx, &writing, "valid_until", taking_over->valid_until);
    writing_text(&writing, "status", text_of(instrument_status_code(taking_over->status)));
    writing_date(ctx, &writing, "status_on", taking_over->status_on);
    writing_text(&writing, "legal_basis", taking_over->legal_basis);
    writing_text(&writing, "source", taking_over->source);
    const bool is_public = party.kind != PARTY_NATURAL_PERSON;
    struct act act;
    return act_append(
        ctx,
        &(struct act_draft){.kind = TEXT("instrument_taken_over"),
                            .body = writing_close(&writing),
                            .instrument = is_public ? taking_over->number : TEXT(""),
                            .status = is_public ? text_of(instrument_status_code(taking_over->status)) : TEXT("")},
        &act);
}

const struct err *
instrument_taken_over_apply(struct ctx *ctx, const struct act *act)
{
    const struct json *data = act->data;
    const struct instrument_id id = {data_int(data, "instrument")};
    enum instrument_status status = INSTRUMENT_GRANTED;
    instrument_status_from(data_text_or_empty(data, "status"), &status);
    struct instrument instrument = {.id = id,
                                    .kind = data_text(data, "kind"),
                                    .number = data_text(data, "number"),
                                    .party = {data_int(data, "party")},
                                    .granted_on = data_date(data, "granted_on"),
                                    .valid_until = data_date(data, "valid_until"),
                                    .status = status,
                                    .status_on = data_date(data, "granted_on"),
                                    .taken_over = true};
    if (status == INSTRUMENT_GRANTED) {
        return instrument_grant(ctx, &instrument, act);
    }

    instrument.status_on = data_date(data, "status_on");
    TRY(instrument_grant(ctx, &instrument, act));
    return instrument_event_insert(
        ctx, &(struct instrument_event_insert_in){.instrument = id,
                                                  .act = act->id.value,
                                                  .day = instrument.status_on,
                                                  .status = text_of(instrument_status_code(status))});
}

/* The initials of the kind; where another kind has them, one more letter of its first word. */
static const struct err *
prefix_choose(struct ctx *ctx, struct text kind, struct text *ret)
{
    struct instrument_prefix_of_kind_row row;
    bool found = false;
    TRY(instrument_prefix_of_kind(ctx, kind, &row, &found));
    if (found) {
        *ret = row.prefix;
        return NULL;
    }

    for (size_t letters = 1; letters < kind.len; letters++) {
        struct instrument_kind_of_prefix_row other;
        *ret = prefix_of(ctx, kind, letters);
        TRY(instrument_kind_of_prefix(ctx, *ret, &other, &found));
        if (!found) {
            return NULL;
        }
    }
    return FAIL(ctx->arena, ERR_INTERNAL, "no free letters for %.*s", TEXT_ARG(kind));
}

static struct text
prefix_of(struct ctx *ctx, struct text kind, size_t letters)
{
    struct buf buf = buf_new(ctx->arena, PREFIX_BYTES_MAX * 4);
    struct text rest = kind;
    struct text word;
    for (size_t w = 0; text_split(&rest, '_', &word); w++) {
        const size_t take = w == 0 ? letters : 1;
        for (size_t i = 0; i < take && i < word.len; i++) {
            buf_char(&buf, (char)toupper((unsigned char)word.at[i]));
        }
    }
    return buf_built(&buf);
}
