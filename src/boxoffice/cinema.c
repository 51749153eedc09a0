/* The acts of the box office's register.
 *
 * cinema_taken_over, version 1: {"id":1, "code":"0012", "name_ar":..., "name_latin":..., "city":..., "party":3,
 *     "class":..., "licence":..., "source":"file.csv:2"}; party, class and licence may be absent
 * screen_opened, version 1: {"id":1, "cinema":1, "code":"0012-03", "seats":200, "opened_on":..., "closed_on":...}
 * film_taken_over, version 1: {"id":1, "visa":..., "title_ar":..., "title_latin":..., "minutes":95, "nationality":"MA",
 *     "is_moroccan":true, "age_from":0, "distributor":..., "visa_on":...}
 * exhibition_contract_taken_over, version 1: {"film":1, "cinema":1, "registered_on":...}
 * ticketing_system_registered, version 1: {"id":1, "name":..., "token_sha256":hex, "cinemas":[1,2]}
 * ticketing_system_revoked, version 1: {"id":1} */
#include "boxoffice/cinema.h"

#include "access/token.h"
#include "boxoffice/cinema.sql.h"
#include "boxoffice/day_digest.h"
#include "boxoffice/flag.h"
#include "registry/data.h"
#include "store/counter.h"

static const struct err *cinema_apply(struct ctx *ctx, const struct act *act);
static const struct err *screen_apply(struct ctx *ctx, const struct act *act);
static const struct err *film_apply(struct ctx *ctx, const struct act *act);
static const struct err *contract_apply(struct ctx *ctx, const struct act *act);
static const struct err *system_apply(struct ctx *ctx, const struct act *act);
static const struct err *revocation_apply(struct ctx *ctx, const struct act *act);

const struct act_kind boxoffice_kinds[] = {
    {"cinema_taken_over", 1, cinema_apply, "18.23/50/1.1"},
    {"exhibition_contract_taken_over", 1, contract_apply, "18.23/60/2"},
    {"film_taken_over", 1, film_apply, "18.23/35/1.1"},
    {"screen_opened", 1, screen_apply, "18.23/50/1.1"},
    {"screening_flag_judged", 1, flag_judged_apply, "18.23/62/1"},
    {"ticket_day_closed", 1, ticket_day_closed_apply, "18.23/62/1"},
    {"ticketing_system_registered", 1, system_apply, "18.23/62/2"},
    {"ticketing_system_revoked", 1, revocation_apply, "18.23/62/2"},
    {0},
};

const struct act_projection boxoffice_projections[] = {
    {"cinema", "cinema"},
    {"screen", "screen"},
    {"film", "film"},
    {"exhibition_contract", NULL},
    {"ticketing_system", "ticketing_system"},
    {"ticketing_scope", NULL},
    {"ticket_day", NULL},
    {0},
};

const struct err *
ticketing_system_register(struct ctx *ctx, struct text name, const struct text *cinemas, size_t count,
                          int64_t *ret_system, struct text *ret_token)
{
    if (text_trim(name).len == 0 || count == 0) {
        return FAIL(ctx->arena, ERR_INPUT, "a ticketing system has a name and at least one cinema");
    }
    *ret_token = token_new(ctx);
    struct hash hash;
    if (!token_hash(*ret_token, &hash)) {
        return FAIL(ctx->arena, ERR_INTERNAL, "a new token has no hash");
    }
    TRY(counter_next(ctx, TEXT("ticketing_system"), ret_system));
    struct writing writing;
    writing_open(ctx, &writing);
    writing_int(&writing, "id", *ret_system);
    writing_text(&writing, "name", text_trim(name));
    writing_text(&writing, "token_sha256", hash_to_hex(ctx->arena, hash));
    json_put_name(&writing.out, TEXT("cinemas"));
    json_open_array(&writing.out);
    for (size_t i = 0; i < count; i++) {
        struct cinema_by_code_row cinema;
        bool found = false;
        TRY(cinema_by_code(ctx, cinemas[i], &cinema, &found));
        if (!found) {
            return FAIL(ctx->arena, ERR_NOT_FOUND, "there is no cinema %.*s", TEXT_ARG(cinemas[i]));
        }
        for (size_t k = 0; k < i; k++) {
            if (text_equal(cinemas[k], cinemas[i])) {
                return FAIL(ctx->arena, ERR_INPUT, "the cinema %.*s is named twice", TEXT_ARG(cinemas[i]));
            }
        }
        json_put_int(&writing.out, cinema.id);
    }
    json_close_array(&writing.out);
    struct act act;
    return act_append(
        ctx, &(struct act_draft){.kind = TEXT("ticketing_system_registered"), .body = writing_close(&writing)}, &act);
}

const struct err *
ticketing_system_end(struct ctx *ctx, int64_t system)
{
    struct ticketing_systems_rows rows;
    TRY(ticketing_systems(ctx, system - 1, &rows));
    if (rows.count == 0 || rows.items[0].id != system) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "there is no ticketing system %lld", (long long)system);
    }
    if (!date_is_none(rows.items[0].revoked_on)) {
        return FAIL(ctx->arena, ERR_WRONG_STATE, "the token was revoked already");
    }
    struct writing writing;
    writing_open(ctx, &writing);
    writing_int(&writing, "id", system);
    struct act act;
    return act_append(
        ctx, &(struct act_draft){.kind = TEXT("ticketing_system_revoked"), .body = writing_close(&writing)}, &act);
}

const struct err *
ticketing_system_of(struct ctx *ctx, struct text token, int64_t *ret_system)
{
    struct hash hash;
    if (!token_hash(token, &hash)) {
        return FAIL(ctx->arena, ERR_NOT_SIGNED_IN, "no token of a ticketing system");
    }
    struct ticketing_system_by_token_row row;
    bool found = false;
    TRY(ticketing_system_by_token(ctx, hash, &row, &found));
    if (!found) {
        return FAIL(ctx->arena, ERR_NOT_SIGNED_IN, "no ticketing system has this token");
    }
    if (!date_is_none(row.revoked_on)) {
        return FAIL(ctx->arena, ERR_FORBIDDEN, "the token of ticketing system %lld was revoked", (long long)row.id);
    }
    *ret_system = row.id;
    return NULL;
}

/* ---- Effects ---- */

static const struct err *
cinema_apply(struct ctx *ctx, const struct act *act)
{
    struct cinema_insert_in in = {.id = data_int(act->data, "id"),
                                  .code = data_text_or_empty(act->data, "code"),
                                  .name_ar = data_text_or_empty(act->data, "name_ar"),
                                  .name_latin = data_text_or_empty(act->data, "name_latin"),
                                  .city = data_text_or_empty(act->data, "city"),
                                  .class = data_text(act->data, "class"),
                                  .licence = data_text(act->data, "licence"),
                                  .act = act->id.value};
    in.has_party = data_has_int(act->data, "party", &in.party);
    return cinema_insert(ctx, &in);
}

static const struct err *
screen_apply(struct ctx *ctx, const struct act *act)
{
    const struct screen_insert_in in = {.id = data_int(act->data, "id"),
                                        .cinema = data_int(act->data, "cinema"),
                                        .code = data_text_or_empty(act->data, "code"),
                                        .seats = data_int(act->data, "seats"),
                                        .opened_on = data_date(act->data, "opened_on"),
                                        .closed_on = data_date(act->data, "closed_on"),
                                        .act = act->id.value};
    return screen_insert(ctx, &in);
}

static const struct err *
film_apply(struct ctx *ctx, const struct act *act)
{
    const struct film_insert_in in = {.id = data_int(act->data, "id"),
                                      .visa = data_text_or_empty(act->data, "visa"),
                                      .title_ar = data_text_or_empty(act->data, "title_ar"),
                                      .title_latin = data_text_or_empty(act->data, "title_latin"),
                                      .minutes = data_int(act->data, "minutes"),
                                      .nationality = data_text_or_empty(act->data, "nationality"),
                                      .is_moroccan = data_bool(act->data, "is_moroccan"),
                                      .age_from = data_int(act->data, "age_from"),
                                      .distributor = data_text_or_empty(act->data, "distributor"),
                                      .visa_on = data_date(act->data, "visa_on"),
                                      .act = act->id.value};
    return film_insert(ctx, &in);
}

static const struct err *
contract_apply(struct ctx *ctx, const struct act *act)
{
    const struct exhibition_contract_insert_in in = {.film = data_int(act->data, "film"),
                                                     .cinema = data_int(act->data, "cinema"),
                                                     .registered_on = data_date(act->data, "registered_on"),
                                                     .act = act->id.value};
    return exhibition_contract_insert(ctx, &in);
}

static const struct err *
system_apply(struct ctx *ctx, const struct act *act)
{
    struct ticketing_system_insert_in in = {
        .id = data_int(act->data, "id"), .name = data_text_or_empty(act->data, "name"), .act = act->id.value};
    if (!hash_from_hex(data_text_or_empty(act->data, "token_sha256"), &in.token_sha256)) {
        return FAIL(ctx->arena, ERR_DB_CORRUPT, "act %lld names no token", (long long)act->id.value);
    }
    TRY(ticketing_system_insert(ctx, &in));
    const struct json *cinemas = json_get(act->data, "cinemas");
    for (size_t i = 0; cinemas != NULL && i < cinemas->count; i++) {
        int64_t cinema = 0;
        if (json_int64(&cinemas->items[i], &cinema)) {
            TRY(ticketing_scope_insert(ctx, in.id, cinema));
        }
    }
    return NULL;
}

static const struct err *
revocation_apply(struct ctx *ctx, const struct act *act)
{
    int64_t changed = 0;
    return ticketing_system_revoke(ctx, data_int(act->data, "id"), act->day, &changed);
}
