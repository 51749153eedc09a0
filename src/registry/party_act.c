/* The acts of parties and what they write.
 *
 * party_registered, version 1:
 *     {"party":1, "kind":"company", "name_ar":..., "name_latin":..., "ice":"001561191000066", "rc":"12345",
 *      "rc_court":"Casablanca", "legal_form":"SARL", "capital":30000000, "seat_ar":..., "seat_latin":...,
 *      "facts":{...}, "attested_by":"user:3"}
 * party_changed, version 1: the same, the whole new state.
 * party_facts_recorded, version 1: {"party":1, "facts":{...}, "from":"2026-01-31", "attested_by":"user:3"}
 *
 * A natural person's names and address are in the person "party:ID" (role party), a manager's names in "manager:ID". */
#include <assert.h>

#include "base/limits.h"
#include "registry/data.h"
#include "registry/ice.h"
#include "registry/party.h"
#include "registry/party.sql.h"
#include "registry/search.h"
#include "store/counter.h"

enum { PERSONS_MAX = 2 };

/* What the persons of an act say; empty once erased. */
struct names {
    struct text person_ar, person_latin, seat_ar, seat_latin;
    struct text manager_ar, manager_latin;
};

static const struct err *party_append(struct ctx *ctx, const char *kind, struct party_id id,
                                      const struct party_draft *draft);
static size_t persons_of(struct ctx *ctx, struct party_id id, const struct party_draft *draft,
                         struct act_person persons[PERSONS_MAX]);
static const struct err *names_read(struct ctx *ctx, const struct act *act, struct names *ret);
static const struct err *facts_write(struct ctx *ctx, const struct act *act, struct party_id id, struct date from);
static const struct err *words_write(struct ctx *ctx, const struct act *act);
static struct text attested_by(const struct act *act);

const struct err *
party_register(struct ctx *ctx, const struct party_draft *draft, struct party_id *ret)
{
    int64_t id = 0;
    TRY(counter_next(ctx, TEXT("party"), &id));
    *ret = (struct party_id){id};
    return party_append(ctx, "party_registered", *ret, draft);
}

const struct err *
party_change(struct ctx *ctx, struct party_id party, const struct party_draft *draft)
{
    struct party before;
    TRY(party_get(ctx, party, &before));
    if (before.kind != draft->kind) {
        return FAIL(ctx->arena, ERR_INPUT, "party %lld is a %s and stays one", (long long)party.value,
                    party_kind_code(before.kind));
    }
    return party_append(ctx, "party_changed", party, draft);
}

const struct err *
party_facts_record(struct ctx *ctx, struct party_id party, struct text facts, struct date from, struct text attested)
{
    struct party known;
    TRY(party_get(ctx, party, &known));
    struct json object;
    TRY(json_read(ctx->arena, facts, &object));
    if (object.type != JSON_OBJECT) {
        return FAIL(ctx->arena, ERR_INPUT, "facts are one JSON object");
    }

    struct writing writing;
    writing_open(ctx, &writing);
    writing_int(&writing, "party", party.value);
    writing_raw(&writing, "facts", facts);
    writing_date(ctx, &writing, "from", from);
    writing_text(&writing, "attested_by", attested);
    struct act act;
    return act_append(ctx, &(struct act_draft){.kind = TEXT("party_facts_recorded"), .body = writing_close(&writing)},
                      &act);
}

const struct err *
party_registered_apply(struct ctx *ctx, const struct act *act)
{
    const struct json *data = act->data;
    struct names names;
    TRY(names_read(ctx, act, &names));
    const bool natural = text_is(data_text(data, "kind"), party_kind_code(PARTY_NATURAL_PERSON));
    struct party_insert_in in = {
        .id = {data_int(data, "party")},
        .kind = data_text_or_empty(data, "kind"),
        .name_ar = natural ? names.person_ar : data_text_or_empty(data, "name_ar"),
        .name_latin = natural ? names.person_latin : data_text_or_empty(data, "name_latin"),
        .ice = data_text(data, "ice"),
        .rc = data_text(data, "rc"),
        .rc_court = data_text(data, "rc_court"),
        .legal_form = data_text(data, "legal_form"),
        .seat_ar = natural ? names.seat_ar : data_text_or_empty(data, "seat_ar"),
        .seat_latin = natural ? names.seat_latin : data_text_or_empty(data, "seat_latin"),
        .manager_ar = names.manager_ar,
        .manager_latin = names.manager_latin,
        .registered_on = act->day,
        .act = act->id.value,
    };
    in.has_capital = data_has_int(data, "capital", &in.capital.centimes);
    TRY(party_insert(ctx, &in));
    TRY(facts_write(ctx, act, in.id, act->day));
    return natural ? NULL : words_write(ctx, act);
}

const struct err *
party_changed_apply(struct ctx *ctx, const struct act *act)
{
    const struct json *data = act->data;
    struct names names;
    TRY(names_read(ctx, act, &names));
    const bool natural = text_is(data_text(data, "kind"), party_kind_code(PARTY_NATURAL_PERSON));
    struct party_update_in in = {
        .id = {data_int(data, "party")},
        .name_ar = natural ? names.person_ar : data_text_or_empty(data, "name_ar"),
        .name_latin = natural ? names.person_latin : data_text_or_empty(data, "name_latin"),
        .ice = data_text(data, "ice"),
        .rc = data_text(data, "rc"),
        .rc_court = data_text(data, "rc_court"),
        .legal_form = data_text(data, "legal_form"),
        .seat_ar = natural ? names.seat_ar : data_text_or_empty(data, "seat_ar"),
        .seat_latin = natural ? names.seat_latin : data_text_or_empty(data, "seat_latin"),
        .manager_ar = names.manager_ar,
        .manager_latin = names.manager_latin,
    };
    in.has_capital = data_has_int(data, "capital", &in.capital.centimes);
    int64_t changed = 0;
    TRY(party_update(ctx, &in, &changed));
    assert(changed == 1);
    TRY(facts_write(ctx, act, in.id, act->day));
    return natural ? NULL : words_write(ctx, act);
}

const struct err *
party_facts_recorded_apply(struct ctx *ctx, const struct act *act)
{
    const struct date from = data_date(act->data, "from");
    return facts_write(ctx, act, (struct party_id){data_int(act->data, "party")}, date_is_none(from) ? act->day : from);
}

static const struct err *
party_append(struct ctx *ctx, const char *kind, struct party_id id, const struct party_draft *draft)
{
    struct field_faults faults;
    TRY(party_faults(ctx, draft, id, &faults));
    if (faults.count > 0) {
        return FAIL(ctx->arena, ERR_INPUT, "%.*s: %s, and %zu more", TEXT_ARG(faults.items[0].at),
                    faults.items[0].message, faults.count - 1);
    }

    const bool natural = draft->kind == PARTY_NATURAL_PERSON;
    struct writing writing;
    writing_open(ctx, &writing);
    writing_int(&writing, "party", id.value);
    writing_text(&writing, "kind", text_of(party_kind_code(draft->kind)));
    if (!natural) {
        writing_text(&writing, "name_ar", text_trim(draft->name_ar));
        writing_text(&writing, "name_latin", text_trim(draft->name_latin));
        writing_text(&writing, "seat_ar", text_trim(draft->seat_ar));
        writing_text(&writing, "seat_latin", text_trim(draft->seat_latin));
    }
    struct text ice;
    if (draft->ice.len > 0 && ice_read(ctx->arena, draft->ice, &ice)) {
        writing_text(&writing, "ice", ice);
    }
    if (draft->rc.len > 0) {
        writing_text(&writing, "rc", text_trim(draft->rc));
    }
    if (draft->rc_court.len > 0) {
        writing_text(&writing, "rc_court", text_trim(draft->rc_court));
    }
    if (draft->legal_form.len > 0) {
        writing_text(&writing, "legal_form", draft->legal_form);
    }
    struct money capital;
    if (draft->capital.len > 0 && money_from_text(draft->capital, &capital)) {
        writing_int(&writing, "capital", capital.centimes);
    }
    writing_raw(&writing, "facts", draft->facts);
    if (draft->attested_by.len > 0) {
        writing_text(&writing, "attested_by", draft->attested_by);
    }

    struct act_person persons[PERSONS_MAX];
    const size_t count = persons_of(ctx, id, draft, persons);
    struct act act;
    return act_append(
        ctx,
        &(struct act_draft){
            .kind = text_of(kind), .body = writing_close(&writing), .persons = persons, .persons_count = count},
        &act);
}

static size_t
persons_of(struct ctx *ctx, struct party_id id, const struct party_draft *draft, struct act_person persons[PERSONS_MAX])
{
    size_t count = 0;
    struct writing writing;
    if (draft->kind == PARTY_NATURAL_PERSON) {
        writing_open(ctx, &writing);
        writing_text(&writing, "name_ar", text_trim(draft->name_ar));
        writing_text(&writing, "name_latin", text_trim(draft->name_latin));
        writing_text(&writing, "seat_ar", text_trim(draft->seat_ar));
        writing_text(&writing, "seat_latin", text_trim(draft->seat_latin));
        persons[count++] = (struct act_person){.subject = text_printf(ctx->arena, "party:%lld", (long long)id.value),
                                               .role = TEXT("party"),
                                               .data = writing_close(&writing)};
    }
    if (draft->manager_ar.len > 0 || draft->manager_latin.len > 0) {
        writing_open(ctx, &writing);
        writing_text(&writing, "name_ar", text_trim(draft->manager_ar));
        writing_text(&writing, "name_latin", text_trim(draft->manager_latin));
        persons[count++] = (struct act_person){.subject = text_printf(ctx->arena, "manager:%lld", (long long)id.value),
                                               .role = TEXT("manager"),
                                               .data = writing_close(&writing)};
    }
    return count;
}

static const struct err *
names_read(struct ctx *ctx, const struct act *act, struct names *ret)
{
    *ret = (struct names){.person_ar = TEXT(""),
                          .person_latin = TEXT(""),
                          .seat_ar = TEXT(""),
                          .seat_latin = TEXT(""),
                          .manager_ar = TEXT(""),
                          .manager_latin = TEXT("")};
    struct act_person *persons = NULL;
    size_t count = 0;
    TRY(act_persons(ctx, act->id, &persons, &count));
    for (size_t i = 0; i < count; i++) {
        if (persons[i].data.at == NULL) {
            continue; /* erased */
        }
        struct json data;
        TRY(json_read(ctx->arena, persons[i].data, &data));
        if (text_is(persons[i].role, "manager")) {
            ret->manager_ar = data_text_or_empty(&data, "name_ar");
            ret->manager_latin = data_text_or_empty(&data, "name_latin");
        } else {
            ret->person_ar = data_text_or_empty(&data, "name_ar");
            ret->person_latin = data_text_or_empty(&data, "name_latin");
            ret->seat_ar = data_text_or_empty(&data, "seat_ar");
            ret->seat_latin = data_text_or_empty(&data, "seat_latin");
        }
    }
    return NULL;
}

/* The facts of the body, and the two that a party has of its own, under their names in the law. */
static const struct err *
facts_write(struct ctx *ctx, const struct act *act, struct party_id id, struct date from)
{
    struct party_fact_insert_in in = {
        .party = id, .act = act->id.value, .from_day = from, .attested_by = attested_by(act)};
    static const char *const own[] = {"legal_form", "capital"};
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++) {
        const struct json *value = json_get(act->data, own[i]);
        if (value != NULL) {
            in.name = text_of(own[i]);
            in.value = json_to_text(ctx, value);
            TRY(party_fact_insert(ctx, &in));
        }
    }
    const struct json *facts = json_get(act->data, "facts");
    for (size_t i = 0; facts != NULL && facts->type == JSON_OBJECT && i < facts->count; i++) {
        in.name = facts->members[i].name;
        in.value = json_to_text(ctx, &facts->members[i].value);
        TRY(party_fact_insert(ctx, &in));
    }
    return NULL;
}

/* Words that find a legal person. Managers are not among them: a search must not find people. */
static const struct err *
words_write(struct ctx *ctx, const struct act *act)
{
    static const char *const found_by[] = {"name_ar", "name_latin", "ice", "rc"};
    for (size_t i = 0; i < sizeof found_by / sizeof found_by[0]; i++) {
        const struct text words = data_text(act->data, found_by[i]);
        if (words.at != NULL) {
            TRY(search_add(ctx, SEARCH_PARTY, data_int(act->data, "party"), words));
        }
    }
    return NULL;
}

static struct text
attested_by(const struct act *act)
{
    const struct text by = data_text(act->data, "attested_by");
    return by.at == NULL ? act->actor : by;
}
