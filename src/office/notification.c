/* Notifications. They open with the act that notifies (member "notification" of its body), in the party's inbox.
 * Version 1 of:
 *
 * notification_sent    {"notification":3, "channel":"letter", "letter_number":"RL 123 456 789 MA"}
 * notification_proven  {"notification":3, "proof":"opened", "day":"2026-11-21", "due_on":...} */
#include "office/notification.h"

#include <assert.h>

#include "base/limits.h"
#include "office/engine.h"
#include "office/notification.sql.h"
#include "store/counter.h"

static const char *const channel_codes[CHANNELS] = {
    [CHANNEL_INBOX] = "inbox", [CHANNEL_LETTER] = "letter", [CHANNEL_HAND] = "hand"};

static const struct err *prove(struct ctx *ctx, const struct notification *notification, struct text proof,
                               struct date day);
static const struct err *many(struct ctx *ctx, const struct notification_id *ids, size_t count,
                              struct notification **ret, size_t *ret_count);
static const struct err *due_when_received(struct ctx *ctx, const struct notification *notification, struct date day,
                                           struct date *ret);

const char *
notification_channel_code(enum notification_channel channel)
{
    assert(channel > 0 && channel < CHANNELS);
    return channel_codes[channel];
}

bool
notification_channel_from(struct text code, enum notification_channel *ret)
{
    for (int channel = 1; channel < CHANNELS; channel++) {
        if (text_is(code, channel_codes[channel])) {
            *ret = (enum notification_channel)channel;
            return true;
        }
    }
    return false;
}

const struct err *
notification_get(struct ctx *ctx, struct notification_id id, struct notification *ret)
{
    struct notification_row_get_row row;
    bool found = false;
    TRY(notification_row_get(ctx, id, &row, &found));
    if (!found) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "no notification %lld", (long long)id.value);
    }
    *ret = (struct notification){.id = row.id,
                                 .act = {row.act},
                                 .act_kind = row.act_kind,
                                 .party = row.party,
                                 .dossier = row.dossier,
                                 .instrument = row.instrument,
                                 .negative = row.negative,
                                 .sent_on = row.sent_on,
                                 .letter_number = row.letter_number,
                                 .proof = row.proof,
                                 .proven_on = row.proven_on};
    if (!notification_channel_from(row.channel, &ret->channel)) {
        return FAIL(ctx->arena, ERR_DB_CORRUPT, "notification %lld has no channel", (long long)id.value);
    }
    return NULL;
}

const struct err *
notification_inbox(struct ctx *ctx, struct party_id party, struct notification_id before, int64_t limit,
                   struct notification **ret, size_t *ret_count)
{
    const struct notification_id from = {before.value == 0 ? INT64_MAX : before.value};
    struct notification_rows_party_rows rows;
    TRY(notification_rows_party(
        ctx, &(struct notification_rows_party_in){.party = party, .before = from, .limit = limit}, &rows));
    return many(ctx, (const struct notification_id *)rows.items, rows.count, ret, ret_count); /* each row is its id */
}

const struct err *
notification_of_act(struct ctx *ctx, struct act_id act, struct notification *ret, bool *ret_found)
{
    struct notification_id_of_act_row row;
    TRY(notification_id_of_act(ctx, act.value, &row, ret_found));
    return *ret_found ? notification_get(ctx, row.id, ret) : NULL;
}

const struct err *
notification_unproven(struct ctx *ctx, struct notification_id after, int64_t limit, struct notification **ret,
                      size_t *ret_count)
{
    struct notification_rows_unproven_rows rows;
    TRY(notification_rows_unproven(ctx, after, limit, &rows));
    return many(ctx, (const struct notification_id *)rows.items, rows.count, ret, ret_count);
}

const struct err *
notification_after(struct ctx *ctx, struct notification_id after, int64_t limit, struct notification **ret,
                   size_t *ret_count)
{
    struct notification_rows_after_rows rows;
    TRY(notification_rows_after(ctx, after, limit, &rows));
    return many(ctx, (const struct notification_id *)rows.items, rows.count, ret, ret_count);
}

const struct err *
notification_newest(struct ctx *ctx, struct notification_id *ret)
{
    struct notification_last_id_row row;
    TRY(notification_last_id(ctx, &row));
    *ret = (struct notification_id){row.last};
    return NULL;
}

const struct err *
notification_open(struct ctx *ctx, struct notification_id id)
{
    struct notification notification;
    TRY(notification_get(ctx, id, &notification));
    /* A clerk at the counter hands over; only the party opens. */
    if (ctx->user == NULL || ctx->user->party.value != notification.party.value) {
        return FAIL(ctx->arena, ERR_FORBIDDEN, "notification %lld is for party %lld", (long long)id.value,
                    (long long)notification.party.value);
    }
    return notification.proof.at != NULL ? NULL : prove(ctx, &notification, TEXT("opened"), ctx->today);
}

const struct err *
notification_send(struct ctx *ctx, struct notification_id id, enum notification_channel channel,
                  struct text letter_number)
{
    TRY(officer_only(ctx));
    struct notification notification;
    TRY(notification_get(ctx, id, &notification));
    if (notification.proof.at != NULL) {
        return FAIL(ctx->arena, ERR_WRONG_STATE, "notification %lld is proven", (long long)id.value);
    }
    struct field_faults faults = {0};
    field_line_faults(ctx, &faults, "letter_number", letter_number, channel == CHANNEL_LETTER, NAME_BYTES_MAX);
    if (faults.count > 0) {
        return FAIL(ctx->arena, ERR_INPUT, "letter_number: %s", faults.items[0].message);
    }
    struct writing writing;
    writing_open(ctx, &writing);
    writing_int(&writing, "notification", id.value);
    writing_text(&writing, "channel", text_of(channel_codes[channel]));
    if (letter_number.len > 0) {
        writing_text(&writing, "letter_number", text_trim(letter_number));
    }
    struct act act;
    return act_append(ctx, &(struct act_draft){.kind = TEXT("notification_sent"), .body = writing_close(&writing)},
                      &act);
}

const struct err *
notification_prove(struct ctx *ctx, struct notification_id id, struct text proof, struct date day)
{
    TRY(officer_only(ctx));
    struct notification notification;
    TRY(notification_get(ctx, id, &notification));
    if (notification.proof.at != NULL) {
        return FAIL(ctx->arena, ERR_WRONG_STATE, "notification %lld is proven", (long long)id.value);
    }
    const bool letter = text_is(proof, "acknowledged") || text_is(proof, "returned");
    const bool fits = (notification.channel == CHANNEL_LETTER && letter) ||
                      (notification.channel == CHANNEL_HAND && text_is(proof, "handed"));
    const bool in_time =
        !date_is_none(day) && date_compare(day, notification.sent_on) >= 0 && date_compare(day, ctx->today) <= 0;
    if (!fits || !in_time) {
        return FAIL(ctx->arena, ERR_INPUT, "no such proof for a notification by %s",
                    channel_codes[notification.channel]);
    }
    return prove(ctx, &notification, proof, day);
}

const struct err *
notification_next(struct ctx *ctx, struct notification_id *ret)
{
    return counter_next(ctx, TEXT("notification"), &ret->value);
}

const struct err *
notification_begin(struct ctx *ctx, const struct act *act, const struct notifying *notifying)
{
    return notification_insert(ctx, &(struct notification_insert_in){.id = {data_int(act->data, "notification")},
                                                                     .act = act->id.value,
                                                                     .act_kind = act->kind,
                                                                     .party = notifying->party,
                                                                     .dossier = notifying->dossier,
                                                                     .instrument = notifying->instrument,
                                                                     .negative = notifying->negative,
                                                                     .channel = TEXT("inbox"),
                                                                     .sent_on = act->day});
}

const struct err *
notification_sent_apply(struct ctx *ctx, const struct act *act)
{
    int64_t changed = 0;
    TRY(notification_send_row(
        ctx,
        &(struct notification_send_row_in){.id = {data_int(act->data, "notification")},
                                           .channel = data_text(act->data, "channel"),
                                           .sent_on = act->day,
                                           .letter_number = data_text(act->data, "letter_number")},
        &changed));
    assert(changed == 1);
    return NULL;
}

const struct err *
notification_proven_apply(struct ctx *ctx, const struct act *act)
{
    const struct notification_id id = {data_int(act->data, "notification")};
    const struct date day = data_date(act->data, "day");
    int64_t changed = 0;
    TRY(notification_prove_row(
        ctx, &(struct notification_prove_row_in){.id = id, .proof = data_text(act->data, "proof"), .proven_on = day},
        &changed));
    assert(changed == 1);
    struct notification notification;
    TRY(notification_get(ctx, id, &notification));
    if (notification.instrument.value != 0) {
        TRY(timeline_add_instrument(ctx, act, notification.instrument));
    }
    if (notification.dossier.value == 0) {
        return NULL;
    }
    TRY(timeline_add_dossier(ctx, act, notification.dossier));
    struct dossier dossier;
    TRY(dossier_get(ctx, notification.dossier, &dossier));
    /* The applicant's term to replace a paper runs from here (55.19/10/2.b). */
    if (dossier.replacement_act.value == notification.act.value) {
        dossier.replacement_received_on = day;
        dossier.due_on = data_date(act->data, "due_on");
        return dossier_write(ctx, &dossier);
    }
    return NULL;
}

static const struct err *
prove(struct ctx *ctx, const struct notification *notification, struct text proof, struct date day)
{
    struct date due_on = DATE_NONE;
    TRY(due_when_received(ctx, notification, day, &due_on));
    struct writing writing;
    writing_open(ctx, &writing);
    writing_int(&writing, "notification", notification->id.value);
    writing_text(&writing, "proof", proof);
    writing_date(ctx, &writing, "day", day);
    writing_date(ctx, &writing, "due_on", due_on);
    struct act act;
    return act_append(ctx, &(struct act_draft){.kind = TEXT("notification_proven"), .body = writing_close(&writing)},
                      &act);
}

static const struct err *
due_when_received(struct ctx *ctx, const struct notification *notification, struct date day, struct date *ret)
{
    *ret = DATE_NONE;
    if (notification->dossier.value == 0) {
        return NULL;
    }
    struct dossier dossier;
    TRY(dossier_get(ctx, notification->dossier, &dossier));
    if (dossier.replacement_act.value != notification->act.value) {
        *ret = dossier.due_on;
        return NULL;
    }
    dossier.replacement_received_on = day;
    return dossier_due(ctx, &dossier, ret);
}

static const struct err *
many(struct ctx *ctx, const struct notification_id *ids, size_t count, struct notification **ret, size_t *ret_count)
{
    struct notification *notifications = ARENA_ARRAY(ctx->arena, struct notification, count);
    for (size_t i = 0; i < count; i++) {
        TRY(notification_get(ctx, ids[i], &notifications[i]));
    }
    *ret = notifications;
    *ret_count = count;
    return NULL;
}
