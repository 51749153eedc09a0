/* What may follow a grant, as far as no signature is needed. */
#include "office/measure.h"

#include "base/limits.h"
#include "office/engine.h"
#include "office/measure.sql.h"
#include "store/counter.h"

static const struct err *accredited_set(struct ctx *ctx, struct party_id party, struct json *known);
static const struct law_fact *check_fact(struct ctx *ctx, const char *check, const char *name);
static bool is_code(const struct law_fact *fact, struct text code);
static const struct err *measure_open(struct ctx *ctx, struct measure_id id, struct measure *ret);
static const struct err *many(struct ctx *ctx, const struct measure_id *ids, size_t count, struct measure **ret,
                              size_t *ret_count);
static const struct err *told(struct ctx *ctx, const char *kind, const struct measure *measure, struct text words,
                              const char *name);

const struct err *
measure_get(struct ctx *ctx, struct measure_id id, struct measure *ret)
{
    struct measure_row_get_row row;
    bool found = false;
    TRY(measure_row_get(ctx, id, &row, &found));
    if (!found) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "no measure %lld", (long long)id.value);
    }
    *ret = (struct measure){.id = row.id,
                            .instrument = row.instrument,
                            .party = row.party,
                            .ground = row.ground,
                            .state = row.state,
                            .inactive_since = row.inactive_since,
                            .found = row.found,
                            .found_on = row.found_on,
                            .notice_sent_on = row.notice_sent_on,
                            .hearing_offered_on = row.hearing_offered_on,
                            .cure_deadline = row.cure_deadline,
                            .heard_on = row.heard_on,
                            .observations = row.observations,
                            .cured_on = row.cured_on,
                            .act = {row.act}};
    return NULL;
}

const struct err *
measure_list_instrument(struct ctx *ctx, struct instrument_id id, struct measure **ret, size_t *ret_count)
{
    struct measure_rows_instrument_rows rows;
    TRY(measure_rows_instrument(ctx, id, &rows));
    return many(ctx, (const struct measure_id *)rows.items, rows.count, ret, ret_count); /* each row is its id */
}

const struct err *
measure_list_open(struct ctx *ctx, struct measure_id after, int64_t limit, struct measure **ret, size_t *ret_count)
{
    struct measure_rows_open_rows rows;
    TRY(measure_rows_open(ctx, after, limit, &rows));
    return many(ctx, (const struct measure_id *)rows.items, rows.count, ret, ret_count);
}

const struct err *
measure_grounds(struct ctx *ctx, struct text **ret, size_t *ret_count)
{
    const struct law_fact *ground = check_fact(ctx, "suspension-withdrawal", "ground");
    if (ground == NULL) {
        return FAIL(ctx->arena, ERR_LAW, "the corpus does not say when an instrument is suspended or withdrawn");
    }
    *ret = ground->codes;
    *ret_count = ground->codes_count;
    return NULL;
}

const struct err *
measure_ask(struct ctx *ctx, const struct measure *measure, struct ruling *ret)
{
    struct instrument instrument;
    TRY(instrument_get(ctx, measure->instrument, &instrument));
    const struct law_fact *act = check_fact(ctx, "suspension-withdrawal", "act");
    struct json known = {.type = JSON_OBJECT};
    json_set(ctx, &known, TEXT("act"), json_of_text(is_code(act, instrument.kind) ? instrument.kind : TEXT("other")));
    json_set(ctx, &known, TEXT("ground"), json_of_text(measure->ground));
    json_set(ctx, &known, TEXT("inactive_since"), json_of_date(ctx, measure->inactive_since));
    json_set(ctx, &known, TEXT("notice_sent_on"), json_of_date(ctx, measure->notice_sent_on));
    json_set(ctx, &known, TEXT("cure_deadline"), json_of_date(ctx, measure->cure_deadline));
    json_set(ctx, &known, TEXT("cured_on"), json_of_date(ctx, measure->cured_on));
    return check_ask(ctx, TEXT("suspension-withdrawal"), ctx->today, &known, ret);
}

const struct err *
breach_find(struct ctx *ctx, const struct finding *finding, struct measure_id *ret)
{
    TRY(officer_only(ctx));
    struct instrument instrument;
    TRY(instrument_get(ctx, finding->instrument, &instrument));
    if (instrument.status != INSTRUMENT_GRANTED && instrument.status != INSTRUMENT_SUSPENDED) {
        return FAIL(ctx->arena, ERR_WRONG_STATE, "instrument %.*s is %s", TEXT_ARG(instrument.number),
                    instrument_status_code(instrument.status));
    }
    struct field_faults faults = {0};
    field_line_faults(ctx, &faults, "found", finding->found, true, REASON_BYTES_MAX);
    if (!is_code(check_fact(ctx, "suspension-withdrawal", "ground"), finding->ground)) {
        field_fault_add(ctx, &faults, TEXT("ground"), FAULT_CODE);
    }
    if (faults.count > 0) {
        return FAIL(ctx->arena, ERR_INPUT, "%.*s: %s", TEXT_ARG(faults.items[0].at), faults.items[0].message);
    }

    TRY(counter_next(ctx, TEXT("measure"), &ret->value));
    struct writing writing;
    writing_open(ctx, &writing);
    writing_int(&writing, "measure", ret->value);
    writing_int(&writing, "instrument", instrument.id.value);
    writing_int(&writing, "party", instrument.party.value);
    writing_text(&writing, "ground", finding->ground);
    writing_text(&writing, "found", text_trim(finding->found));
    writing_date(ctx, &writing, "inactive_since", finding->inactive_since);
    struct act act;
    return act_append(ctx, &(struct act_draft){.kind = TEXT("breach_found"), .body = writing_close(&writing)}, &act);
}

const struct err *
notice_give(struct ctx *ctx, struct measure_id id, struct date cure_deadline)
{
    TRY(officer_only(ctx));
    struct measure measure;
    TRY(measure_open(ctx, id, &measure));
    if (!date_is_none(measure.notice_sent_on)) {
        return FAIL(ctx->arena, ERR_WRONG_STATE, "notice was given for measure %lld", (long long)id.value);
    }
    if (date_is_none(cure_deadline) || date_compare(cure_deadline, ctx->today) <= 0) {
        return FAIL(ctx->arena, ERR_INPUT, "the time to cure ends after today");
    }
    struct ruling ruling;
    TRY(measure_ask(ctx, &measure, &ruling));
    if (text_is(ruling.verdict, "none") || text_is(ruling.verdict, "no_power")) {
        return FAIL(ctx->arena, ERR_INPUT, "the law answers \"%.*s\": there is nothing to give notice of",
                    TEXT_ARG(ruling.verdict));
    }

    struct notification_id notification;
    TRY(notification_next(ctx, &notification));
    struct writing writing;
    writing_open(ctx, &writing);
    writing_int(&writing, "measure", id.value);
    writing_date(ctx, &writing, "cure_deadline", cure_deadline);
    writing_bool(&writing, "hearing_offered", true);
    writing_int(&writing, "notification", notification.value);
    struct act act;
    return act_append(ctx,
                      &(struct act_draft){.kind = TEXT("notice_to_comply"),
                                          .body = writing_close(&writing),
                                          .receipt = ruling_receipt(ctx->arena, &ruling, ctx->law)},
                      &act);
}

const struct err *
observations_hear(struct ctx *ctx, struct measure_id id, struct text observations)
{
    struct measure measure;
    TRY(measure_open(ctx, id, &measure));
    if (!user_has(ctx->user, ROLE_OFFICER) && !acts_for_party(ctx->user, measure.party)) {
        return FAIL(ctx->arena, ERR_FORBIDDEN, "measure %lld concerns party %lld", (long long)id.value,
                    (long long)measure.party.value);
    }
    struct field_faults faults = {0};
    field_line_faults(ctx, &faults, "observations", observations, true, REASON_BYTES_MAX);
    if (faults.count > 0) {
        return FAIL(ctx->arena, ERR_INPUT, "observations: %s", faults.items[0].message);
    }
    return told(ctx, "observations_heard", &measure, text_trim(observations), "observations");
}

const struct err *
breach_cure(struct ctx *ctx, struct measure_id id, struct date cured_on)
{
    TRY(officer_only(ctx));
    struct measure measure;
    TRY(measure_open(ctx, id, &measure));
    if (date_is_none(cured_on) || date_compare(cured_on, ctx->today) > 0 ||
        date_compare(cured_on, measure.found_on) < 0) {
        return FAIL(ctx->arena, ERR_INPUT, "a breach is cured between the day it was found and today");
    }
    return told(ctx, "breach_cured", &measure, date_to_text(ctx->arena, cured_on), "cured_on");
}

const struct err *
instrument_surrender(struct ctx *ctx, struct instrument_id id)
{
    struct instrument instrument;
    TRY(instrument_get(ctx, id, &instrument));
    if (!acts_for_party(ctx->user, instrument.party)) {
        return FAIL(ctx->arena, ERR_FORBIDDEN, "instrument %.*s is another's", TEXT_ARG(instrument.number));
    }
    if (instrument.status != INSTRUMENT_GRANTED && instrument.status != INSTRUMENT_SUSPENDED) {
        return FAIL(ctx->arena, ERR_WRONG_STATE, "instrument %.*s is %s", TEXT_ARG(instrument.number),
                    instrument_status_code(instrument.status));
    }
    struct party party;
    TRY(party_get(ctx, instrument.party, &party));
    const bool is_public = party.kind != PARTY_NATURAL_PERSON;
    struct writing writing;
    writing_open(ctx, &writing);
    writing_int(&writing, "instrument", id.value);
    struct act act;
    return act_append(ctx,
                      &(struct act_draft){.kind = TEXT("instrument_surrendered"),
                                          .body = writing_close(&writing),
                                          .instrument = is_public ? instrument.number : TEXT(""),
                                          .status = is_public ? TEXT("surrendered") : TEXT("")},
                      &act);
}

const struct err *
change_notify(struct ctx *ctx, const struct change_notice *notice)
{
    if (!acts_for_party(ctx->user, notice->party)) {
        return FAIL(ctx->arena, ERR_FORBIDDEN, "no mandate for party %lld", (long long)notice->party.value);
    }
    struct field_faults faults = {0};
    field_line_faults(ctx, &faults, "detail", notice->detail, true, REASON_BYTES_MAX);
    const struct law_fact *kind = check_fact(ctx, "change-notification", "change_kind");
    if (kind != NULL && !is_code(kind, notice->change_kind)) {
        field_fault_add(ctx, &faults, TEXT("change_kind"), FAULT_CODE);
    }
    if (date_is_none(notice->changed_on) || date_compare(notice->changed_on, ctx->today) > 0) {
        field_fault_add(ctx, &faults, TEXT("changed_on"), FAULT_DATE_FUTURE);
    }
    if (faults.count > 0) {
        return FAIL(ctx->arena, ERR_INPUT, "%.*s: %s", TEXT_ARG(faults.items[0].at), faults.items[0].message);
    }

    struct text verdict = TEXT("");
    if (kind != NULL) {
        struct json known = {.type = JSON_OBJECT};
        TRY(held_facts(ctx, notice->party, &known));
        TRY(accredited_set(ctx, notice->party, &known));
        json_set(ctx, &known, TEXT("change_kind"), json_of_text(notice->change_kind));
        json_set(ctx, &known, TEXT("changed_on"), json_of_date(ctx, notice->changed_on));
        json_set(ctx, &known, TEXT("notified_on"), json_of_date(ctx, ctx->today));
        struct ruling ruling;
        TRY(check_ask(ctx, TEXT("change-notification"), ctx->today, &known, &ruling));
        verdict = ruling.verdict;
    }
    struct writing writing;
    writing_open(ctx, &writing);
    writing_int(&writing, "party", notice->party.value);
    writing_int(&writing, "instrument", notice->instrument.value);
    writing_text(&writing, "change_kind", notice->change_kind);
    writing_date(ctx, &writing, "changed_on", notice->changed_on);
    writing_text(&writing, "verdict", verdict);
    writing_text(&writing, "detail", text_trim(notice->detail));
    struct act act;
    return act_append(ctx, &(struct act_draft){.kind = TEXT("change_notified"), .body = writing_close(&writing)}, &act);
}

/* Whether the party holds an accreditation, which changes what it must tell (12/1). */
static const struct err *
accredited_set(struct ctx *ctx, struct party_id party, struct json *known)
{
    struct instrument *held = NULL;
    size_t count = 0;
    TRY(instrument_list_party(ctx, party, &held, &count));
    bool accredited = false;
    for (size_t i = 0; i < count; i++) {
        accredited |= text_ends(held[i].kind, TEXT("_accreditation")) &&
                      (held[i].status == INSTRUMENT_GRANTED || held[i].status == INSTRUMENT_SUSPENDED);
    }
    json_set(ctx, known, TEXT("accredited"), json_of_bool(accredited));
    return NULL;
}

const struct err *
held_facts(struct ctx *ctx, struct party_id party, struct json *known)
{
    struct party_fact *facts = NULL;
    size_t count = 0;
    TRY(party_facts(ctx, party, ctx->today, &facts, &count));
    for (size_t i = 0; i < count; i++) {
        struct json value;
        TRY(json_read(ctx->arena, facts[i].value, &value));
        json_set(ctx, known, facts[i].name, value);
    }
    known_party(ctx, party, known);
    return NULL;
}

bool
check_knows(struct ctx *ctx, const char *check, const char *fact, struct text code)
{
    return is_code(check_fact(ctx, check, fact), code);
}

static const struct law_fact *
check_fact(struct ctx *ctx, const char *check_name, const char *name)
{
    const struct law_check *check = law_check(ctx->arena, ctx->law, text_of(check_name), ctx->today);
    for (size_t i = 0; check != NULL && i < check->facts_count; i++) {
        if (text_is(check->facts[i].name, name)) {
            return &check->facts[i];
        }
    }
    return NULL;
}

static bool
is_code(const struct law_fact *fact, struct text code)
{
    for (size_t i = 0; fact != NULL && i < fact->codes_count; i++) {
        if (text_equal(fact->codes[i], code)) {
            return true;
        }
    }
    return false;
}

static const struct err *
measure_open(struct ctx *ctx, struct measure_id id, struct measure *ret)
{
    TRY(measure_get(ctx, id, ret));
    if (!text_is(ret->state, "found") && !text_is(ret->state, "noticed") && !text_is(ret->state, "suspended")) {
        return FAIL(ctx->arena, ERR_WRONG_STATE, "measure %lld is %.*s", (long long)id.value, TEXT_ARG(ret->state));
    }
    return NULL;
}

static const struct err *
many(struct ctx *ctx, const struct measure_id *ids, size_t count, struct measure **ret, size_t *ret_count)
{
    struct measure *measures = ARENA_ARRAY(ctx->arena, struct measure, count);
    for (size_t i = 0; i < count; i++) {
        TRY(measure_get(ctx, ids[i], &measures[i]));
    }
    *ret = measures;
    *ret_count = count;
    return NULL;
}

static const struct err *
told(struct ctx *ctx, const char *kind, const struct measure *measure, struct text words, const char *name)
{
    struct writing writing;
    writing_open(ctx, &writing);
    writing_int(&writing, "measure", measure->id.value);
    writing_text(&writing, name, words);
    struct act act;
    return act_append(ctx, &(struct act_draft){.kind = text_of(kind), .body = writing_close(&writing)}, &act);
}
