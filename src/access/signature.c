#include "access/signature.h"

#include <assert.h>

#include "access/access_body.h"
#include "access/signature.sql.h"

static void put_languages(struct json_out *out, const char *name, const struct text texts[LANGS]);
static void get_languages(const struct json *object, struct text ret[LANGS]);
static struct text text_at(const struct json *object, const char *name);
static int64_t id_at(const struct json *object, const char *name);
static struct signature signature_of(const struct signature_rows_by_row *row);

void
signature_put(struct json_out *out, struct ctx *ctx, const struct signature *signature)
{
    const struct capacity *capacity = &signature->capacity;
    assert(capacity->organ.len > 0 && capacity->appointment.value > 0 && !date_is_none(capacity->day));

    json_put_name(out, TEXT("signature"));
    json_open_object(out);
    json_member_int(out, "account", signature->account.value);
    json_member_text(out, "act", signature->act_code);
    json_member_text(out, "decision", signature->decision);
    json_member_text(out, "organ", capacity->organ);
    json_member_text(out, "by", capacity->by);
    json_member_int(out, "appointment", capacity->appointment.value);
    if (capacity->delegation.value != 0) {
        json_member_int(out, "delegation", capacity->delegation.value);
    }
    json_member_text(out, "number", capacity->number);
    json_member_text(out, "day", date_to_text(ctx->arena, capacity->day));
    put_languages(out, "words", capacity->words);
    put_languages(out, "basis", capacity->basis);
    json_member_text(out, "level", signature->level);
    json_close_object(out);
}

bool
signature_read(const struct act *act, struct signature *ret)
{
    const struct json *object = json_get(act->data, "signature");
    *ret = (struct signature){
        .act = act->id,
        .account = {id_at(object, "account")},
        .day = act->day,
        .act_code = text_at(object, "act"),
        .decision = text_at(object, "decision"),
        .level = text_at(object, "level"),
        .capacity =
            {
                .organ = text_at(object, "organ"),
                .by = text_at(object, "by"),
                .appointment = {id_at(object, "appointment")},
                .delegation = {id_at(object, "delegation")},
                .number = text_at(object, "number"),
            },
    };
    get_languages(json_get(object, "words"), ret->capacity.words);
    get_languages(json_get(object, "basis"), ret->capacity.basis);
    return date_from_text(text_at(object, "day"), &ret->capacity.day) && ret->account.value > 0 &&
           ret->capacity.appointment.value > 0 && ret->capacity.organ.len > 0;
}

const struct err *
signature_apply(struct ctx *ctx, const struct act *act)
{
    if (json_get(act->data, "signature") == NULL) {
        return NULL;
    }
    struct signature signature;
    if (!signature_read(act, &signature)) {
        return FAIL(ctx->arena, ERR_TAMPERED, "act %lld has no good signature", (long long)act->id.value);
    }
    const struct signature_insert_in row = {
        .act = act->id,
        .account = signature.account,
        .day = signature.day,
        .act_code = signature.act_code,
        .decision = signature.decision,
        .organ = signature.capacity.organ,
        .capacity = signature.capacity.by,
        .appointment = signature.capacity.appointment,
        .delegation = signature.capacity.delegation,
        .level = signature.level,
    };
    return signature_insert(ctx, &row);
}

const struct err *
signatures_by(struct ctx *ctx, const struct signature_period *period, struct signature **ret, size_t *ret_count)
{
    const struct signature_rows_by_in in = {
        .account = period->account, .first = period->from, .last = period->until, .after = period->after};
    struct signature_rows_by_rows rows;
    TRY(signature_rows_by(ctx, &in, &rows));
    *ret = ARENA_ARRAY(ctx->arena, struct signature, rows.count);
    *ret_count = rows.count;
    for (size_t i = 0; i < rows.count; i++) {
        (*ret)[i] = signature_of(&rows.items[i]);
    }
    return NULL;
}

const struct err *
signatures_under_appointment(struct ctx *ctx, struct act_id appointment, struct act_id after, struct signature **ret,
                             size_t *ret_count)
{
    struct signature_rows_under_appointment_rows rows;
    TRY(signature_rows_under_appointment(ctx, appointment, after, &rows));
    *ret = ARENA_ARRAY(ctx->arena, struct signature, rows.count);
    *ret_count = rows.count;
    for (size_t i = 0; i < rows.count; i++) {
        const struct signature_rows_under_appointment_row *r = &rows.items[i];
        const struct signature_rows_by_row row = {r->act,   r->account,  r->day,         r->act_code,   r->decision,
                                                  r->organ, r->capacity, r->appointment, r->delegation, r->level};
        (*ret)[i] = signature_of(&row);
    }
    return NULL;
}

const struct err *
signatures_under_delegation(struct ctx *ctx, struct act_id delegation, struct act_id after, struct signature **ret,
                            size_t *ret_count)
{
    struct signature_rows_under_delegation_rows rows;
    TRY(signature_rows_under_delegation(ctx, delegation, after, &rows));
    *ret = ARENA_ARRAY(ctx->arena, struct signature, rows.count);
    *ret_count = rows.count;
    for (size_t i = 0; i < rows.count; i++) {
        const struct signature_rows_under_delegation_row *r = &rows.items[i];
        const struct signature_rows_by_row row = {r->act,   r->account,  r->day,         r->act_code,   r->decision,
                                                  r->organ, r->capacity, r->appointment, r->delegation, r->level};
        (*ret)[i] = signature_of(&row);
    }
    return NULL;
}

static void
put_languages(struct json_out *out, const char *name, const struct text texts[LANGS])
{
    json_put_name(out, text_of(name));
    json_open_object(out);
    for (int lang = LANG_AR; lang < LANGS; lang++) {
        if (texts[lang].len > 0) {
            json_member_text(out, lang_code((enum lang)lang), texts[lang]);
        }
    }
    json_close_object(out);
}

static void
get_languages(const struct json *object, struct text ret[LANGS])
{
    for (int lang = LANG_AR; lang < LANGS; lang++) {
        ret[lang] = text_at(object, lang_code((enum lang)lang));
    }
}

static struct text
text_at(const struct json *object, const char *name)
{
    struct text text = {0};
    return json_text(json_get(object, name), &text) ? text : TEXT("");
}

static int64_t
id_at(const struct json *object, const char *name)
{
    int64_t id = 0;
    return json_int64(json_get(object, name), &id) ? id : 0;
}

static struct signature
signature_of(const struct signature_rows_by_row *row)
{
    return (struct signature){
        .act = row->act,
        .account = row->account,
        .day = row->day,
        .act_code = row->act_code,
        .decision = row->decision,
        .level = row->level,
        .capacity = {.organ = row->organ,
                     .by = row->capacity,
                     .appointment = row->appointment,
                     .delegation = row->delegation,
                     .day = DATE_NONE},
    };
}
