/* Facts that a check declares in another shape than the dossier has, and those that the register itself answers. */
#include "office/dossier.sql.h"
#include "office/engine.h"

static bool has_code(const struct law_fact *fact, const char *code);
static bool speaks_of(const struct json *known, struct text kind, struct text name);

/* A fact that a check declares in another shape than the dossier has it. */
bool
known_shaped(struct ctx *ctx, const struct json *known, const struct law_fact *fact, struct json *ret)
{
    const struct json *value = json_get(known, text_cstr(ctx->arena, fact->name));
    if (fact->type == FACT_MAP && value->type == JSON_ARRAY && json_get(known, KNOWN_COPIES) != NULL) {
        *ret = *json_get(known, KNOWN_COPIES);
        return true;
    }
    if (text_is(fact->name, "applicant_kind") && fact->type == FACT_ONE_OF && value->type == JSON_STRING) {
        const bool natural = text_is(value->text, party_kind_code(PARTY_NATURAL_PERSON));
        const char *const words[] = {text_cstr(ctx->arena, value->text), natural ? "natural" : "legal", "other"};
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
            if (has_code(fact, words[i])) {
                *ret = json_of_text(text_of(words[i]));
                return true;
            }
        }
    }
    return false;
}

static bool
has_code(const struct law_fact *fact, const char *code)
{
    for (size_t i = 0; i < fact->codes_count; i++) {
        if (text_is(fact->codes[i], code)) {
            return true;
        }
    }
    return false;
}

/* Facts named holds_X (yes or no) and X_status, also applicant_X_status. X is a kind of instrument, or its first word
 * ("national"); or its last ("licence"), where the procedure says with which instrument its own ends. */
const struct err *
known_from_register(struct ctx *ctx, const struct json *known, const struct law_fact *fact, const struct json **ret)
{
    const bool holds = fact->type == FACT_YES_NO && text_starts(fact->name, TEXT("holds_"));
    const bool status = fact->type == FACT_ONE_OF && text_ends(fact->name, TEXT("_status"));
    const struct party_id party = {data_int(known, KNOWN_PARTY)};
    if (party.value == 0 || (!holds && !status)) {
        return NULL;
    }
    struct text name = holds ? text_after(fact->name, sizeof "holds_" - 1)
                             : text_slice(fact->name, 0, fact->name.len - (sizeof "_status" - 1));
    name = text_starts(name, TEXT("applicant_")) ? text_after(name, sizeof "applicant_" - 1) : name;
    struct instrument *instruments = NULL;
    size_t count = 0;
    TRY(instrument_list_party(ctx, party, &instruments, &count));
    const struct instrument *found = NULL;
    for (size_t i = 0; i < count && found == NULL; i++) {
        found = speaks_of(known, instruments[i].kind, name) ? &instruments[i] : NULL; /* the newest */
    }
    struct json *value = ARENA_NEW(ctx->arena, struct json);
    if (holds) {
        *value = json_of_bool(found != NULL &&
                              (found->status == INSTRUMENT_GRANTED || found->status == INSTRUMENT_SUSPENDED));
        *ret = value;
        return NULL;
    }
    const char *words[] = {"none", "none"};
    if (found != NULL) {
        words[0] = instrument_status_code(found->status);
        words[1] = found->status == INSTRUMENT_GRANTED ? "in_force" : "withdrawn";
    }
    for (size_t i = 0; i < 2; i++) {
        if (has_code(fact, words[i])) {
            *value = json_of_text(text_of(words[i]));
            *ret = value;
            return NULL;
        }
    }
    return NULL;
}

static bool
speaks_of(const struct json *known, struct text kind, struct text name)
{
    if (kind.len <= name.len) {
        return text_equal(kind, name);
    }
    const bool at_start = text_starts(kind, name) && kind.at[name.len] == '_';
    const bool at_end = text_ends(kind, name) && kind.at[kind.len - name.len - 1] == '_';
    const struct json *ends_with = json_get(known, KNOWN_ENDS_WITH);
    bool hangs_on_it = false;
    for (size_t i = 0; ends_with != NULL && i < ends_with->count; i++) {
        hangs_on_it |= text_equal(ends_with->items[i].text, kind);
    }
    return at_start || (at_end && hangs_on_it);
}

const struct err *
entry_before(struct ctx *ctx, const struct procedure *procedure, struct party_id party, bool *ret)
{
    *ret = true;
    if (procedure->before_entry.len == 0) {
        return NULL;
    }
    struct instrument instrument;
    TRY(instrument_held(ctx, party, procedure->before_entry, &instrument, ret));
    if (!*ret) {
        const struct json code = json_of_text(procedure->before_entry);
        struct dossier_entered_row row;
        TRY(dossier_entered(ctx, party, json_to_text(ctx, &code), &row, ret));
    }
    return NULL;
}
