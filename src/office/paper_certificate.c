/* The words of a certificate: what the act that granted says, and the state of the instrument today. */
#include "access/account.h"
#include "access/signature.h"
#include "acts/corpora.h"
#include "acts/log.h"
#include "office/paper_parts.h"

static void holder_words(struct ctx *ctx, const struct act *act, enum lang latin_lang, struct certificate *ret);
static const struct err *person_words(struct ctx *ctx, const struct act *act, struct certificate *ret);
static const struct err *norms_applied(struct ctx *ctx, const struct instrument *instrument,
                                       const struct procedure *procedure, struct certificate *ret);
static void state_words(struct ctx *ctx, const struct instrument *instrument, enum lang latin_lang,
                        struct certificate *ret);

const struct err *
certificate_words_of(struct ctx *ctx, struct instrument_id id, enum lang latin_lang, struct certificate *ret)
{
    struct instrument instrument;
    TRY(instrument_get(ctx, id, &instrument));
    if (instrument.taken_over) {
        return FAIL(ctx->arena, ERR_WRONG_STATE, "instrument %.*s was taken over: its own paper stands",
                    TEXT_ARG(instrument.number));
    }
    struct act act;
    TRY(act_get(ctx, instrument.act, &act));
    struct dossier dossier;
    TRY(dossier_get(ctx, instrument.dossier, &dossier));
    /* As it was decided: with the words of the law of that day. */
    struct ctx *then = ARENA_NEW(ctx->arena, struct ctx);
    *then = *ctx;
    TRY(corpora_law(ctx, act.corpus_root, &then->law));
    ctx = then;
    const struct procedure *procedure = NULL;
    TRY(procedure_get(ctx, dossier.procedure, dossier.filed_on, &procedure));

    *ret = (struct certificate){
        .latin_lang = latin_lang,
        .title = in_both(procedure->title[LANG_AR], procedure->title[latin_lang]),
        .number = instrument.number,
        .recital = in_both(PAPER_FILL(ctx->arena, PAPER_RECITAL, LANG_AR, {"text", procedure->text_id},
                                      {"title", text_title(ctx, procedure->text_id, LANG_AR)}),
                           PAPER_FILL(ctx->arena, PAPER_RECITAL, latin_lang, {"text", procedure->text_id},
                                      {"title", text_title(ctx, procedure->text_id, latin_lang)})),
        .granted_on = in_both(paper_date(ctx->arena, instrument.granted_on, LANG_AR),
                              paper_date(ctx->arena, instrument.granted_on, latin_lang)),
        .granted_on_hijri = in_both(paper_hijri(ctx->arena, instrument.granted_on, LANG_AR),
                                    paper_hijri(ctx->arena, instrument.granted_on, latin_lang)),
        .act = act.id.value,
        .act_day = act.day,
        .leaf = act.id.value - 1,
    };
    holder_words(ctx, &act, latin_lang, ret);
    state_words(ctx, &instrument, latin_lang, ret);
    TRY(person_words(ctx, &act, ret));
    TRY(norms_applied(ctx, &instrument, procedure, ret));
    TRY(signed_block(ctx, &act, latin_lang, &ret->signature));
    TRY(log_entry(ctx, act.id, &ret->entry));
    ret->short_hash = certificate_short_hash(ctx->arena, ret->entry);
    return act_disclosure(ctx, act.id, ACT_SHOWN_PERSONS, &ret->disclosure);
}

struct in_languages
in_both(struct text ar, struct text latin)
{
    return (struct in_languages){.ar = ar, .latin = latin};
}

struct text
text_title(struct ctx *ctx, struct text text_id, enum lang lang)
{
    const struct law_text *text = law_text(ctx->law, text_id);
    return text == NULL ? text_id : text->title[lang];
}

struct text
norm_says(struct ctx *ctx, const char *id, enum lang lang)
{
    const struct norm *norm = law_norm(ctx->law, text_of(id));
    return norm == NULL ? TEXT("") : norm->says[lang];
}

const struct err *
signed_block(struct ctx *ctx, const struct act *act, enum lang latin_lang, struct signature_block *ret)
{
    struct signature signature;
    if (!signature_read(act, &signature)) {
        return FAIL(ctx->arena, ERR_TAMPERED, "act %lld bears no signature", (long long)act->id.value);
    }
    struct account account;
    TRY(account_get(ctx, signature.account, &account));
    const struct text known = account_name(ctx, &account);
    *ret = (struct signature_block){
        .name = in_both(account.name_ar.len > 0 ? account.name_ar : known,
                        account.name_latin.len > 0 ? account.name_latin : known),
        .capacity = in_both(signature.capacity.words[LANG_AR], signature.capacity.words[latin_lang]),
        .basis = in_both(signature.capacity.basis[LANG_AR], signature.capacity.basis[latin_lang]),
        .level = text_is(signature.level, SIGNED_QUALIFIED) ? SIGNATURE_QUALIFIED
                 : text_is(signature.level, SIGNED_HAND)    ? SIGNATURE_HAND
                                                            : SIGNATURE_SIMPLE};
    return NULL;
}

const struct err *
officer_block(struct ctx *ctx, const struct act *act, const char *text_id, enum lang latin_lang,
              struct signature_block *ret)
{
    const struct text text = text_of(text_id);
    *ret = (struct signature_block){
        .name = in_both(paper_word(PAPER_MACHINE_NAME, LANG_AR), paper_word(PAPER_MACHINE_NAME, latin_lang)),
        .capacity =
            in_both(paper_word(PAPER_MACHINE_CAPACITY, LANG_AR), paper_word(PAPER_MACHINE_CAPACITY, latin_lang)),
        .basis = in_both(
            PAPER_FILL(ctx->arena, PAPER_BASIS_LAW, LANG_AR, {"text", text}, {"title", text_title(ctx, text, LANG_AR)}),
            PAPER_FILL(ctx->arena, PAPER_BASIS_LAW, latin_lang, {"text", text},
                       {"title", text_title(ctx, text, latin_lang)})),
        .level = SIGNATURE_SIMPLE};
    struct text rest = act->actor;
    struct text what;
    struct account_id id = {0};
    const bool by_machine =
        text_is(act->kind, "dossier_filed") || !text_split(&rest, ':', &what) || !text_to_int64(rest, &id.value);
    if (by_machine) {
        return NULL;
    }
    struct account account;
    TRY(account_get(ctx, id, &account));
    const struct text known = account_name(ctx, &account);
    ret->name = in_both(account.name_ar.len > 0 ? account.name_ar : known,
                        account.name_latin.len > 0 ? account.name_latin : known);
    ret->capacity =
        in_both(paper_word(PAPER_OFFICER_CAPACITY, LANG_AR), paper_word(PAPER_OFFICER_CAPACITY, latin_lang));
    return NULL;
}

static void
holder_words(struct ctx *ctx, const struct act *act, enum lang latin_lang, struct certificate *ret)
{
    const struct json *holder = json_get(act->data, "holder");
    const struct text form = data_text(holder, "legal_form");
    const struct text rc = data_text(holder, "rc");
    const struct text court = data_text_or_empty(holder, "rc_court");
    ret->holder = in_both(data_text_or_empty(holder, "name_ar"), data_text_or_empty(holder, "name_latin"));
    ret->seat = in_both(data_text_or_empty(holder, "seat_ar"), data_text_or_empty(holder, "seat_latin"));
    ret->ice = data_text_or_empty(holder, "ice");
    if (form.at != NULL) {
        ret->legal_form = in_both(law_word(ctx->law, form, LANG_AR), law_word(ctx->law, form, latin_lang));
    }
    if (rc.at != NULL) {
        ret->rc = court.len == 0
                      ? in_both(rc, rc)
                      : in_both(PAPER_FILL(ctx->arena, PAPER_RC, LANG_AR, {"number", rc}, {"court", court}),
                                PAPER_FILL(ctx->arena, PAPER_RC, latin_lang, {"number", rc}, {"court", court}));
    }
    struct money capital;
    if (data_has_int(holder, "capital", &capital.centimes)) {
        ret->capital = in_both(paper_money(ctx->arena, capital, LANG_AR), paper_money(ctx->arena, capital, latin_lang));
    }
}

/* The manager of a company, or the natural person who holds it; empty once erased. */
static const struct err *
person_words(struct ctx *ctx, const struct act *act, struct certificate *ret)
{
    struct act_person *persons = NULL;
    size_t count = 0;
    TRY(act_persons(ctx, act->id, &persons, &count));
    for (size_t i = 0; i < count; i++) {
        if (persons[i].data.at == NULL) {
            continue;
        }
        struct json data;
        TRY(json_read(ctx->arena, persons[i].data, &data));
        const struct in_languages name =
            in_both(data_text_or_empty(&data, "name_ar"), data_text_or_empty(&data, "name_latin"));
        if (text_is(persons[i].role, "manager")) {
            ret->manager = name;
        } else {
            ret->holder = name;
        }
    }
    return NULL;
}

/* The norms that the checks of the procedure apply on that day, and the one that gives the power to decide. */
static const struct err *
norms_applied(struct ctx *ctx, const struct instrument *instrument, const struct procedure *procedure,
              struct certificate *ret)
{
    size_t room = 1;
    for (size_t i = 0; i < procedure->checks_count; i++) {
        const struct law_check *check = law_check(ctx->arena, ctx->law, procedure->checks[i], instrument->granted_on);
        room += check == NULL ? 0 : check->norms_count;
    }
    ret->norms = ARENA_ARRAY(ctx->arena, struct text, room);
    for (size_t i = 0; i < procedure->checks_count; i++) {
        const struct law_check *check = law_check(ctx->arena, ctx->law, procedure->checks[i], instrument->granted_on);
        for (size_t k = 0; check != NULL && k < check->norms_count; k++) {
            ret->norms[ret->norm_count++] = check->norms[k];
        }
    }
    return NULL;
}

static void
state_words(struct ctx *ctx, const struct instrument *instrument, enum lang latin_lang, struct certificate *ret)
{
    static const enum paper_word status[INSTRUMENT_STATUSES] = {
        [INSTRUMENT_GRANTED] = PAPER_IN_FORCE,    [INSTRUMENT_SUSPENDED] = PAPER_SUSPENDED,
        [INSTRUMENT_WITHDRAWN] = PAPER_WITHDRAWN, [INSTRUMENT_SURRENDERED] = PAPER_SURRENDERED,
        [INSTRUMENT_EXPIRED] = PAPER_EXPIRED,
    };
    const enum paper_word word = status[instrument->status];
    ret->status = in_both(paper_word(word, LANG_AR), paper_word(word, latin_lang));
    ret->mark = instrument->status == INSTRUMENT_GRANTED     ? MARK_NONE
                : instrument->status == INSTRUMENT_SUSPENDED ? MARK_SUSPENDED
                                                             : MARK_WITHDRAWN;
    const struct date until = instrument->valid_until;
    ret->validity =
        date_is_none(until)
            ? in_both(paper_word(PAPER_UNTIL_WITHDRAWN, LANG_AR), paper_word(PAPER_UNTIL_WITHDRAWN, latin_lang))
            : in_both(
                  PAPER_FILL(ctx->arena, PAPER_UNTIL, LANG_AR, {"day", paper_date(ctx->arena, until, LANG_AR)}),
                  PAPER_FILL(ctx->arena, PAPER_UNTIL, latin_lang, {"day", paper_date(ctx->arena, until, latin_lang)}));
}
