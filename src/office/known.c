/* What is known of a dossier, and asking the law with it. Names of facts are the law's; those that a dossier gives
 * itself are written here, once, and any check may declare them. */
#include "acts/corpus.h"
#include "office/engine.h"

static const struct err *register_knows(struct ctx *ctx, const struct dossier *dossier,
                                        const struct procedure *procedure, struct json *known);
static const struct err *file_knows(struct ctx *ctx, const struct dossier *dossier, const struct procedure *procedure,
                                    struct json *known);
static const struct err *dossier_gives(struct ctx *ctx, const struct dossier *dossier,
                                       const struct procedure *procedure, struct json *known);
static void settings_known(struct ctx *ctx, struct law_setting *settings, size_t *count);
static enum fact_source source_of(const struct procedure *procedure, struct text name);

const struct err *
dossier_known(struct ctx *ctx, const struct dossier *dossier, struct json *ret)
{
    TRY(dossier_under(&ctx, dossier));
    *ret = (struct json){.type = JSON_OBJECT};
    const struct procedure *procedure = NULL;
    TRY(procedure_get(ctx, dossier->procedure, dossier->filed_on, &procedure));
    TRY(register_knows(ctx, dossier, procedure, ret));
    if (dossier->id.value != 0) {
        TRY(file_knows(ctx, dossier, procedure, ret));
    }
    return dossier_gives(ctx, dossier, procedure, ret);
}

const struct err *
check_ask(struct ctx *ctx, struct text check, struct date as_of, const struct json *known, struct ruling *ret)
{
    const struct law_check *declared = law_check(ctx->arena, ctx->law, check, as_of);
    if (declared == NULL) {
        return FAIL(ctx->arena, ERR_LAW, "no check %.*s at that date", TEXT_ARG(check));
    }
    /* In the arena: the ruling refers to them when its receipt is made. */
    struct json *facts = ARENA_NEW(ctx->arena, struct json);
    *facts = (struct json){.type = JSON_OBJECT};
    for (size_t i = 0; i < declared->facts_count; i++) {
        const struct law_fact *fact = &declared->facts[i];
        const struct json *value = json_get(known, text_cstr(ctx->arena, fact->name));
        struct json shaped;
        if (value == NULL) {
            TRY(known_from_register(ctx, known, fact, &value));
        } else if (known_shaped(ctx, known, fact, &shaped)) {
            value = &shaped;
        }
        /* Known to be absent, where the text allows it; elsewhere null is only not known. */
        if (value != NULL && (value->type != JSON_NULL || fact->or_absent)) {
            json_set(ctx, facts, fact->name, *value);
        }
    }
    struct law_setting *settings = NULL;
    size_t settings_count = 0;
    TRY(parameter_settings(ctx, &settings, &settings_count));
    settings_known(ctx, settings, &settings_count);
    const struct law_question question = {.check = check,
                                          .as_of = as_of,
                                          .facts = facts,
                                          .settings = settings,
                                          .settings_count = settings_count,
                                          .trace = true};
    struct question_fault fault = {0};
    const struct err *err = law_ask(ctx->arena, ctx->law, &question, ret, &fault);
    if (err != NULL) {
        return FAIL_BY(ctx->arena, err, err->code, "asking %.*s: %.*s", TEXT_ARG(check), TEXT_ARG(fault.message));
    }
    return NULL;
}

void
known_party(struct ctx *ctx, struct party_id party, struct json *known)
{
    json_set(ctx, known, TEXT(KNOWN_PARTY), json_of_int(ctx, party.value));
}

/* A fact that an officer must attest is not known because the register has it on the applicant's word. */
static const struct err *
register_knows(struct ctx *ctx, const struct dossier *dossier, const struct procedure *procedure, struct json *known)
{
    struct party_fact *facts = NULL;
    size_t count = 0;
    TRY(party_facts(ctx, dossier->party, ctx->today, &facts, &count));
    for (size_t i = 0; i < count; i++) {
        const enum fact_source source = source_of(procedure, facts[i].name);
        const bool preview = dossier->id.value == 0;
        if (source != 0 && source != SOURCE_REGISTER && !preview) {
            continue;
        }
        struct json value;
        TRY(json_read(ctx->arena, facts[i].value, &value));
        json_set(ctx, known, facts[i].name, value);
    }
    return NULL;
}

static const struct err *
file_knows(struct ctx *ctx, const struct dossier *dossier, const struct procedure *procedure, struct json *known)
{
    struct dossier_fact *facts = NULL;
    size_t count = 0;
    TRY(dossier_facts(ctx, dossier->id, &facts, &count));
    for (size_t i = 0; i < count; i++) {
        const enum fact_source source = source_of(procedure, facts[i].name);
        if (text_is(facts[i].source, "asked") && source != SOURCE_ASKED) {
            continue; /* said by the applicant, and not for the applicant to say */
        }
        struct json value;
        TRY(json_read(ctx->arena, facts[i].value, &value));
        json_set(ctx, known, facts[i].name, value);
    }

    struct dossier_document *documents = NULL;
    TRY(dossier_documents(ctx, dossier->id, &documents, &count));
    struct text *codes = ARENA_ARRAY(ctx->arena, struct text, count);
    size_t standing = 0;
    for (size_t i = 0; i < count; i++) {
        if (documents[i].replaced_by.value == 0) {
            codes[standing++] = documents[i].code;
        }
    }
    known_documents(ctx, procedure, codes, standing, known);
    return NULL;
}

/* Which papers are there: as a list of codes and, for checks that count copies, as a map. What is filed on the platform
 * can be printed as often as asked, and only one copy may be asked of the applicant (55.19/7/1.1). */
void
known_documents(struct ctx *ctx, const struct procedure *procedure, const struct text *codes, size_t count,
                struct json *known)
{
    struct json copies = {.type = JSON_OBJECT};
    for (size_t i = 0; i < count; i++) {
        int64_t asked = 1;
        for (size_t d = 0; d < procedure->documents_count; d++) {
            const struct procedure_document *line = &procedure->documents[d];
            if (text_equal(line->code, codes[i]) && line->copies > 1) {
                asked = line->copies;
            }
        }
        json_set(ctx, &copies, codes[i], json_of_int(ctx, asked));
    }
    json_set(ctx, known, TEXT("documents"), json_of_texts(ctx, codes, count));
    json_set(ctx, known, TEXT(KNOWN_COPIES), copies);
}

static const struct err *
dossier_gives(struct ctx *ctx, const struct dossier *dossier, const struct procedure *procedure, struct json *known)
{
    struct json missing = {.type = JSON_ARRAY};
    if (dossier->missing.len > 0) {
        TRY(json_read(ctx->arena, dossier->missing, &missing));
    }
    struct party party;
    TRY(party_get(ctx, dossier->party, &party));
    const bool asked_paper = !date_is_none(dossier->replacement_requested_on);
    const bool asked_information = !date_is_none(dossier->information_requested_on);
    const struct {
        const char *name;
        struct json value;
    } given[] = {
        {"act", json_of_text(dossier->act_code)},
        {"applicant_kind", json_of_text(text_of(party_kind_code(party.kind)))},
        {KNOWN_PARTY, json_of_int(ctx, party.id.value)},
        {KNOWN_ENDS_WITH, json_of_texts(ctx, procedure->ends_with, procedure->ends_with_count)},
        {"filed_on", json_of_date(ctx, dossier->filed_on)},
        {"complete", json_of_bool(missing.count == 0)},
        {"missing_documents", missing},
        {"completed_on", json_of_date(ctx, dossier->completed_on)},
        {"complete_on", json_of_date(ctx, dossier->complete_on)},
        {"decision_days", json_of_int(ctx, dossier->decision_days)},
        {"listed", json_of_bool(dossier->listed)},
        {"replacement_requested_on", json_of_date(ctx, dossier->replacement_requested_on)},
        {"replacement_received_on", json_of_date(ctx, dossier->replacement_received_on)},
        {"replacement_reasoned",
         asked_paper ? json_of_bool(dossier->replacement_reason.len > 0) : (struct json){.type = JSON_NULL}},
        {"replacement_supplied_on", json_of_date(ctx, dossier->replacement_supplied_on)},
        {"information_requested_on", json_of_date(ctx, dossier->information_requested_on)},
        {"information_requests", json_of_int(ctx, asked_information ? 1 : 0)},
        {"information_supplied_on", json_of_date(ctx, dossier->information_supplied_on)},
        {"decided_on", json_of_date(ctx, dossier->decided_on)},
    };
    for (size_t i = 0; i < sizeof given / sizeof given[0]; i++) {
        json_set(ctx, known, text_of(given[i].name), given[i].value);
    }
    return NULL;
}

/* What the Centre set under one corpus need not be a parameter of another. */
static void
settings_known(struct ctx *ctx, struct law_setting *settings, size_t *count)
{
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++) {
        if (parameter_is_known(ctx->arena, ctx->law, settings[i].name)) {
            settings[kept++] = settings[i];
        }
    }
    *count = kept;
}

/* 0: the procedure does not speak of it. */
static enum fact_source
source_of(const struct procedure *procedure, struct text name)
{
    for (size_t i = 0; i < procedure->facts_count; i++) {
        if (text_equal(procedure->facts[i].name, name)) {
            return procedure->facts[i].source;
        }
    }
    return 0;
}
