#include "registry/party.h"

#include <assert.h>

#include "base/limits.h"
#include "law/law.h"
#include "registry/ice.h"
#include "registry/party.sql.h"

static const char *const kind_codes[PARTY_KINDS] = {
    [PARTY_COMPANY] = "company",
    [PARTY_ASSOCIATION] = "association",
    [PARTY_NATURAL_PERSON] = "natural_person",
    [PARTY_PUBLIC_BODY] = "public_body",
};

static void legal_form_faults(struct ctx *ctx, struct text legal_form, struct field_faults *faults);
static const struct err *ice_faults(struct ctx *ctx, struct text typed, struct party_id party,
                                    struct field_faults *faults);
static const struct err *many_parties(struct ctx *ctx, const struct party_rows_after_rows *ids, struct party **ret,
                                      size_t *ret_count);

const char *
party_kind_code(enum party_kind kind)
{
    assert(kind > 0 && kind < PARTY_KINDS);
    return kind_codes[kind];
}

bool
party_kind_from(struct text code, enum party_kind *ret)
{
    for (int kind = 1; kind < PARTY_KINDS; kind++) {
        if (text_is(code, kind_codes[kind])) {
            *ret = (enum party_kind)kind;
            return true;
        }
    }
    return false;
}

struct text
party_name(const struct party *party, enum lang lang)
{
    const struct text first = lang == LANG_AR ? party->name_ar : party->name_latin;
    const struct text second = lang == LANG_AR ? party->name_latin : party->name_ar;
    return first.len > 0 ? first : second;
}

const struct err *
party_faults(struct ctx *ctx, const struct party_draft *draft, struct party_id party, struct field_faults *ret)
{
    *ret = (struct field_faults){0};
    field_line_faults(ctx, ret, "name_ar", draft->name_ar, true, NAME_BYTES_MAX);
    field_line_faults(ctx, ret, "name_latin", draft->name_latin, draft->kind != PARTY_PUBLIC_BODY, NAME_BYTES_MAX);
    field_line_faults(ctx, ret, "rc", draft->rc, draft->kind == PARTY_COMPANY, NAME_BYTES_MAX);
    field_line_faults(ctx, ret, "rc_court", draft->rc_court, false, NAME_BYTES_MAX);
    field_line_faults(ctx, ret, "seat_ar", draft->seat_ar, draft->kind == PARTY_COMPANY, LINE_BYTES_MAX);
    field_line_faults(ctx, ret, "seat_latin", draft->seat_latin, false, LINE_BYTES_MAX);
    field_line_faults(ctx, ret, "manager_ar", draft->manager_ar, draft->kind == PARTY_COMPANY, NAME_BYTES_MAX);
    field_line_faults(ctx, ret, "manager_latin", draft->manager_latin, false, NAME_BYTES_MAX);

    struct money capital = {0};
    if (draft->capital.len > 0 && (!money_from_text(draft->capital, &capital) || capital.centimes < 0)) {
        field_fault_add(ctx, ret, TEXT("capital"), FAULT_MONEY);
    }
    if (draft->kind == PARTY_COMPANY && draft->legal_form.len == 0) {
        field_fault_add(ctx, ret, TEXT("legal_form"), FAULT_REQUIRED);
    }
    legal_form_faults(ctx, draft->legal_form, ret);
    if (draft->ice.len > 0) {
        return ice_faults(ctx, draft->ice, party, ret);
    }
    if (draft->kind == PARTY_COMPANY) {
        field_fault_add(ctx, ret, TEXT("ice"), FAULT_REQUIRED);
    }
    return NULL;
}

const struct err *
party_get(struct ctx *ctx, struct party_id id, struct party *ret)
{
    struct party_row_get_row row;
    bool found = false;
    TRY(party_row_get(ctx, id, &row, &found));
    if (!found) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "no party %lld", (long long)id.value);
    }
    *ret = (struct party){.id = row.id,
                          .name_ar = row.name_ar,
                          .name_latin = row.name_latin,
                          .ice = row.ice,
                          .rc = row.rc,
                          .rc_court = row.rc_court,
                          .legal_form = row.legal_form,
                          .capital = row.capital,
                          .has_capital = row.has_capital,
                          .seat_ar = row.seat_ar,
                          .seat_latin = row.seat_latin,
                          .manager_ar = row.manager_ar,
                          .manager_latin = row.manager_latin,
                          .registered_on = row.registered_on,
                          .act = {row.act}};
    if (!party_kind_from(row.kind, &ret->kind)) {
        return FAIL(ctx->arena, ERR_DB_CORRUPT, "party %lld is of no kind", (long long)id.value);
    }
    return NULL;
}

const struct err *
party_find_ice(struct ctx *ctx, struct text ice, struct party *ret, bool *ret_found)
{
    struct party_row_ice_row row;
    TRY(party_row_ice(ctx, ice, &row, ret_found));
    return *ret_found ? party_get(ctx, row.id, ret) : NULL;
}

const struct err *
party_facts(struct ctx *ctx, struct party_id party, struct date on, struct party_fact **ret, size_t *ret_count)
{
    struct party_fact_rows_rows rows;
    TRY(party_fact_rows(ctx, party, on, &rows));
    struct party_fact *facts = ARENA_ARRAY(ctx->arena, struct party_fact, rows.count);
    size_t count = 0;
    for (size_t i = 0; i < rows.count; i++) {
        const struct party_fact_rows_row *row = &rows.items[i];
        if (count > 0 && text_equal(facts[count - 1].name, row->name)) {
            continue; /* an older value */
        }
        facts[count++] = (struct party_fact){.name = row->name,
                                             .value = row->value,
                                             .from = row->from_day,
                                             .attested_by = row->attested_by,
                                             .act = {row->act}};
    }
    *ret = facts;
    *ret_count = count;
    return NULL;
}

const struct err *
party_list(struct ctx *ctx, struct party_id after, int64_t limit, struct party **ret, size_t *ret_count)
{
    struct party_rows_after_rows ids;
    TRY(party_rows_after(ctx, after, limit, &ids));
    return many_parties(ctx, &ids, ret, ret_count);
}

const struct err *
party_erased(struct ctx *ctx, struct text subject)
{
    struct text rest = subject;
    struct text what;
    int64_t id = 0;
    if (!text_split(&rest, ':', &what) || !text_to_int64(rest, &id)) {
        return NULL; /* of another module */
    }
    if (text_is(what, "manager")) {
        return party_manager_erase(ctx, (struct party_id){id});
    }
    return text_is(what, "party") ? party_person_erase(ctx, (struct party_id){id}) : NULL;
}

/* The forms are those that some check of the law distinguishes, wherever it declares its fact. */
static void
legal_form_faults(struct ctx *ctx, struct text legal_form, struct field_faults *faults)
{
    if (legal_form.len == 0 || ctx->law == NULL) {
        return;
    }

    bool declared = false;
    size_t count = 0;
    const struct law_check *checks = law_checks(ctx->arena, ctx->law, ctx->today, &count);
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < checks[i].facts_count; k++) {
            const struct law_fact *fact = &checks[i].facts[k];
            if (fact->type != FACT_ONE_OF || !text_is(fact->name, "legal_form")) {
                continue;
            }
            declared = true;
            for (size_t c = 0; c < fact->codes_count; c++) {
                if (text_equal(fact->codes[c], legal_form)) {
                    return;
                }
            }
        }
    }
    if (declared) {
        field_fault_add(ctx, faults, TEXT("legal_form"), FAULT_CODE);
    }
}

static const struct err *
ice_faults(struct ctx *ctx, struct text typed, struct party_id party, struct field_faults *faults)
{
    struct text ice;
    if (!ice_read(ctx->arena, typed, &ice)) {
        field_fault_add(ctx, faults, TEXT("ice"), FAULT_ICE);
        return NULL;
    }
    struct party_row_ice_row row;
    bool found = false;
    TRY(party_row_ice(ctx, ice, &row, &found));
    if (found && row.id.value != party.value) {
        field_fault_add(ctx, faults, TEXT("ice"), FAULT_ICE_TAKEN);
    }
    return NULL;
}

static const struct err *
many_parties(struct ctx *ctx, const struct party_rows_after_rows *ids, struct party **ret, size_t *ret_count)
{
    struct party *parties = ARENA_ARRAY(ctx->arena, struct party, ids->count);
    for (size_t i = 0; i < ids->count; i++) {
        TRY(party_get(ctx, ids->items[i].id, &parties[i]));
    }
    *ret = parties;
    *ret_count = ids->count;
    return NULL;
}
