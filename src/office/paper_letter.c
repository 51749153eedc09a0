/* The letter of an act, by its kind. */
#include "acts/log.h"
#include "base/limits.h"
#include "office/paper_parts.h"

/* A letter under construction. */
struct composing {
    struct ctx *ctx;
    const struct act *act;
    enum lang lang;
    struct dossier dossier;       /* id 0: none */
    struct instrument instrument; /* id 0: none */
    struct letter *letter;
};
typedef const struct err *composer(struct composing *composing);

static composer receipt_compose, decision_compose, replacement_compose, information_compose, returned_compose,
    notice_compose;
static const struct {
    const char *kind;
    composer *compose;
} composers[] = {
    {"decision", decision_compose},
    {"dossier_filed", receipt_compose},
    {"dossier_returned", returned_compose},
    {"information_asked", information_compose},
    {"instrument_suspended", decision_compose},
    {"instrument_withdrawn", decision_compose},
    {"notice_to_comply", notice_compose},
    {"replacement_asked", replacement_compose},
    {"suspension_lifted", decision_compose},
};

/* What a decision says: its subject and its ruling. */
static const struct {
    const char *decision;
    enum paper_word subject;
    enum paper_word ruling;
    bool negative;
} decisions[] = {
    {"grant", PAPER_GRANT_SUBJECT, PAPER_GRANT_RULING, false},
    {"refuse", PAPER_REFUSE_SUBJECT, PAPER_REFUSE_RULING, true},
    {"suspend", PAPER_SUSPEND_SUBJECT, PAPER_SUSPEND_RULING, true},
    {"lift", PAPER_LIFT_SUBJECT, PAPER_LIFT_RULING, false},
    {"withdraw", PAPER_WITHDRAW_SUBJECT, PAPER_WITHDRAW_RULING, true},
};

static const struct err *subjects_read(struct composing *composing);
static const struct err *head_compose(struct composing *composing);
static void paragraph_add(struct composing *composing, struct text paragraph);
static void ruling_add(struct composing *composing, struct text ruling);
static const struct err *reasons_compose(struct composing *composing, const struct reason *reasons, size_t count);
static const struct err *remedies_compose(struct composing *composing);
static struct text day_of(struct composing *composing, struct date day);
static void codes_list(struct composing *composing, const struct text *codes, size_t count, enum paper_word title);
static struct text codes_joined(struct composing *composing, const struct text *codes, size_t count);
static struct text either(struct in_languages words, enum lang lang);

const struct err *
letter_of_act(struct ctx *ctx, struct act_id act_id, enum lang lang, struct letter *ret)
{
    struct act act;
    TRY(act_get(ctx, act_id, &act));
    for (size_t i = 0; i < sizeof composers / sizeof composers[0]; i++) {
        if (text_is(act.kind, composers[i].kind)) {
            struct composing composing = {.ctx = ctx, .act = &act, .lang = lang, .letter = ret};
            TRY(subjects_read(&composing));
            TRY(head_compose(&composing));
            return composers[i].compose(&composing);
        }
    }
    return FAIL(ctx->arena, ERR_NOT_FOUND, "an act of kind %.*s has no letter", TEXT_ARG(act.kind));
}

static const struct err *
receipt_compose(struct composing *composing)
{
    struct ctx *ctx = composing->ctx;
    struct letter *letter = composing->letter;
    const struct dossier *dossier = &composing->dossier;
    letter->kind = LETTER_RECEIPT;
    letter->subject = PAPER_FILL(ctx->arena, PAPER_RECEIPT_SUBJECT, composing->lang, {"number", dossier->number});
    const struct date complete_on = data_date(composing->act->data, "complete_on");
    if (date_is_none(complete_on)) {
        paragraph_add(composing, PAPER_FILL(ctx->arena, PAPER_BEING_DEPOSITED, composing->lang,
                                            {"day", day_of(composing, dossier->filed_on)},
                                            {"last", day_of(composing, dossier->last_day_to_complete)}));
        paragraph_add(composing, norm_says(ctx, "55.19/10/1.e", composing->lang));
        struct json missing;
        TRY(json_read(ctx->arena, dossier->missing, &missing));
        struct text *codes = NULL;
        size_t count = 0;
        json_texts(ctx, &missing, &codes, &count);
        codes_list(composing, codes, count, PAPER_MISSING);
    } else {
        paragraph_add(composing,
                      PAPER_FILL(ctx->arena, PAPER_DEPOSITED, composing->lang,
                                 {"day", day_of(composing, dossier->filed_on)},
                                 {"days", text_printf(ctx->arena, "%lld", (long long)dossier->decision_days)},
                                 {"last", day_of(composing, data_date(composing->act->data, "due_on"))}));
    }
    return officer_block(ctx, composing->act, "55.19", composing->lang, &letter->signature);
}

static const struct err *
decision_compose(struct composing *composing)
{
    struct ctx *ctx = composing->ctx;
    struct letter *letter = composing->letter;
    if (data_int(composing->act->data, "cascade_of") != 0) {
        /* It fell with another, whose letter has the reasons. */
        return letter_of_act(ctx, (struct act_id){data_int(composing->act->data, "cascade_of")}, composing->lang,
                             letter);
    }
    struct decision decision;
    TRY(decision_get(ctx, composing->act->id, &decision));
    size_t kind = 0;
    while (!text_is(decision.decision, decisions[kind].decision)) {
        kind++;
    }
    const bool after_grant = decision.measure.value != 0;
    const struct text code = after_grant ? composing->instrument.kind : composing->dossier.act_code;
    const struct text title = law_word(ctx->law, code, composing->lang);
    const struct text party =
        either(in_both(after_grant ? composing->instrument.holder_ar : composing->dossier.party_ar,
                       after_grant ? composing->instrument.holder_latin : composing->dossier.party_latin),
               composing->lang);
    const struct text number = composing->instrument.number.len > 0 ? composing->instrument.number : TEXT("");
    letter->kind = decisions[kind].negative ? LETTER_DECISION : LETTER_NOTICE;
    letter->subject = PAPER_FILL(ctx->arena, decisions[kind].subject, composing->lang, {"title", title});
    paragraph_add(composing, after_grant ? PAPER_FILL(ctx->arena, PAPER_HOLDER, composing->lang, {"number", number},
                                                      {"title", title})
                                         : PAPER_FILL(ctx->arena, PAPER_FILED, composing->lang,
                                                      {"day", day_of(composing, composing->dossier.filed_on)},
                                                      {"number", composing->dossier.number}, {"title", title}));
    TRY(reasons_compose(composing, decision.reasons, decision.reasons_count));
    ruling_add(composing, PAPER_FILL(ctx->arena, decisions[kind].ruling, composing->lang, {"title", title},
                                     {"party", party}, {"number", number}));
    TRY(signed_block(ctx, composing->act, composing->lang, &letter->signature));
    return decisions[kind].negative ? remedies_compose(composing) : NULL;
}

static const struct err *
replacement_compose(struct composing *composing)
{
    struct ctx *ctx = composing->ctx;
    struct text *codes = NULL;
    size_t count = 0;
    json_texts(ctx, json_get(composing->act->data, "codes"), &codes, &count);
    composing->letter->kind = LETTER_NOTICE;
    composing->letter->subject =
        PAPER_FILL(ctx->arena, PAPER_REPLACE_SUBJECT, composing->lang, {"number", composing->dossier.number});
    paragraph_add(composing, PAPER_FILL(ctx->arena, PAPER_REPLACE, composing->lang,
                                        {"reason", data_text_or_empty(composing->act->data, "reason")}));
    paragraph_add(composing, norm_says(ctx, "55.19/10/2.b", composing->lang));
    paragraph_add(composing, norm_says(ctx, "55.19/10/2.c", composing->lang));
    codes_list(composing, codes, count, PAPER_REPLACE_LIST);
    return officer_block(ctx, composing->act, "55.19", composing->lang, &composing->letter->signature);
}

static const struct err *
information_compose(struct composing *composing)
{
    struct ctx *ctx = composing->ctx;
    composing->letter->kind = LETTER_NOTICE;
    composing->letter->subject =
        PAPER_FILL(ctx->arena, PAPER_INFORM_SUBJECT, composing->lang, {"number", composing->dossier.number});
    paragraph_add(composing, PAPER_FILL(ctx->arena, PAPER_INFORM, composing->lang,
                                        {"question", data_text_or_empty(composing->act->data, "question")}));
    paragraph_add(composing, norm_says(ctx, "55.19/14/3", composing->lang));
    return officer_block(ctx, composing->act, "55.19", composing->lang, &composing->letter->signature);
}

static const struct err *
returned_compose(struct composing *composing)
{
    struct ctx *ctx = composing->ctx;
    const struct dossier *dossier = &composing->dossier;
    const bool deposited = !date_is_none(dossier->complete_on);
    struct json list;
    TRY(json_read(ctx->arena, deposited ? dossier->replacement_codes : dossier->missing, &list));
    struct text *codes = NULL;
    struct text *norms = NULL;
    size_t codes_count = 0;
    size_t norms_count = 0;
    json_texts(ctx, &list, &codes, &codes_count);
    json_texts(ctx, json_get(composing->act->data, "norms"), &norms, &norms_count);
    struct reason *reasons = NULL;
    TRY(norm_reasons(ctx, norms, norms_count, &reasons));
    struct date last = composing->act->day;
    date_add_days(composing->act->day, -1, &last);
    struct reason found = {.kind = DECISION_REASON_FACTUAL};
    found.says[composing->lang] =
        PAPER_FILL(ctx->arena, PAPER_RETURN_FOUND, composing->lang, {"last", day_of(composing, last)},
                   {"papers", codes_joined(composing, codes, codes_count)});
    const struct decision_proposal proposal = {.factual = &found, .factual_count = 1};
    reasons_join(ctx, &proposal, &reasons, &norms_count);

    composing->letter->kind = LETTER_DECISION;
    composing->letter->subject =
        PAPER_FILL(ctx->arena, PAPER_RETURN_SUBJECT, composing->lang, {"number", dossier->number});
    paragraph_add(composing, PAPER_FILL(ctx->arena, PAPER_FILED, composing->lang,
                                        {"day", day_of(composing, dossier->filed_on)}, {"number", dossier->number},
                                        {"title", law_word(ctx->law, dossier->act_code, composing->lang)}));
    TRY(reasons_compose(composing, reasons, norms_count));
    ruling_add(composing, paper_word(PAPER_RETURN_RULING, composing->lang));
    TRY(officer_block(ctx, composing->act, "55.19", composing->lang, &composing->letter->signature));
    return remedies_compose(composing);
}

static const struct err *
notice_compose(struct composing *composing)
{
    struct ctx *ctx = composing->ctx;
    struct measure measure;
    TRY(measure_get(ctx, (struct measure_id){data_int(composing->act->data, "measure")}, &measure));
    TRY(instrument_get(ctx, measure.instrument, &composing->instrument));
    TRY(head_compose(composing));
    composing->letter->kind = LETTER_NOTICE;
    composing->letter->subject =
        PAPER_FILL(ctx->arena, PAPER_NOTICE_SUBJECT, composing->lang, {"number", composing->instrument.number});
    paragraph_add(composing, PAPER_FILL(ctx->arena, PAPER_NOTICE, composing->lang, {"found", measure.found},
                                        {"last", day_of(composing, data_date(composing->act->data, "cure_deadline"))}));
    paragraph_add(composing, paper_word(PAPER_HEARING, composing->lang));
    return officer_block(ctx, composing->act, "18.23", composing->lang, &composing->letter->signature);
}

static const struct err *
subjects_read(struct composing *composing)
{
    struct ctx *ctx = composing->ctx;
    const int64_t dossier = data_int(composing->act->data, "dossier");
    const int64_t instrument = data_int(composing->act->data, "instrument");
    if (dossier != 0) {
        TRY(dossier_get(ctx, (struct dossier_id){dossier}, &composing->dossier));
    }
    return instrument == 0 ? NULL : instrument_get(ctx, (struct instrument_id){instrument}, &composing->instrument);
}

static const struct err *
head_compose(struct composing *composing)
{
    struct ctx *ctx = composing->ctx;
    enum { LINES_MAX = 2, PARAGRAPHS_MAX = 4, RULINGS_MAX = 1 };
    *composing->letter = (struct letter){
        .lang = composing->lang,
        .mark = MARK_NONE,
        .reference = composing->dossier.id.value != 0 ? composing->dossier.number : composing->instrument.number,
        .date = day_of(composing, composing->act->day),
        .date_hijri = paper_hijri(ctx->arena, composing->act->day, composing->lang),
        .addressee = ARENA_ARRAY(ctx->arena, struct text, LINES_MAX),
        .paragraphs = ARENA_ARRAY(ctx->arena, struct text, PARAGRAPHS_MAX),
        .rulings = ARENA_ARRAY(ctx->arena, struct text, RULINGS_MAX),
        .act = composing->act->id.value,
        .act_day = composing->act->day,
    };
    const struct party_id id =
        composing->dossier.id.value != 0 ? composing->dossier.party : composing->instrument.party;
    if (id.value != 0) {
        struct party party;
        TRY(party_get(ctx, id, &party));
        const struct text seat = either(in_both(party.seat_ar, party.seat_latin), composing->lang);
        composing->letter->addressee[composing->letter->addressee_count++] = party_name(&party, composing->lang);
        if (seat.len > 0) {
            composing->letter->addressee[composing->letter->addressee_count++] = seat;
        }
    }
    struct text entry;
    TRY(log_entry(ctx, composing->act->id, &entry));
    composing->letter->short_hash = certificate_short_hash(ctx->arena, entry);
    return NULL;
}

static void
paragraph_add(struct composing *composing, struct text paragraph)
{
    if (paragraph.len > 0) {
        composing->letter->paragraphs[composing->letter->paragraph_count++] = paragraph;
    }
}

static void
ruling_add(struct composing *composing, struct text ruling)
{
    composing->letter->rulings[composing->letter->ruling_count++] = ruling;
}

/* In the letter's language; what an officer typed only in Arabic stays in Arabic, the authentic language. */
static const struct err *
reasons_compose(struct composing *composing, const struct reason *reasons, size_t count)
{
    struct letter *letter = composing->letter;
    letter->reasons = ARENA_ARRAY(composing->ctx->arena, struct letter_reason, count);
    for (size_t i = 0; i < count; i++) {
        const struct text says = reasons[i].says[composing->lang];
        letter->reasons[letter->reason_count++] =
            (struct letter_reason){.norm = reasons[i].norm.len > 0 ? reasons[i].norm : TEXT(""),
                                   .sentence = says.len > 0 ? says : reasons[i].says[LANG_AR],
                                   .kind = reasons[i].kind == DECISION_REASON_LEGAL ? REASON_LEGAL : REASON_FACTUAL};
    }
    return NULL;
}

static const struct err *
remedies_compose(struct composing *composing)
{
    struct text *texts = NULL;
    size_t count = 0;
    TRY(remedies(composing->ctx, composing->lang, &texts, &count));
    struct text *all = ARENA_ARRAY(composing->ctx->arena, struct text, count + 1);
    for (size_t i = 0; i < count; i++) {
        all[i] = texts[i];
    }
    if (law_check(composing->ctx->arena, composing->ctx->law, TEXT("court-action"), composing->ctx->today) == NULL) {
        all[count++] = paper_word(PAPER_COURT, composing->lang);
    }
    composing->letter->remedies = all;
    composing->letter->remedy_count = count;
    return NULL;
}

static struct text
day_of(struct composing *composing, struct date day)
{
    return date_is_none(day) ? TEXT("—") : paper_date(composing->ctx->arena, day, composing->lang);
}

static void
codes_list(struct composing *composing, const struct text *codes, size_t count, enum paper_word title)
{
    struct letter *letter = composing->letter;
    letter->list_title = paper_word(title, composing->lang);
    letter->list = ARENA_ARRAY(composing->ctx->arena, struct text, count);
    for (size_t i = 0; i < count; i++) {
        letter->list[letter->list_count++] = law_word(composing->ctx->law, codes[i], composing->lang);
    }
}

static struct text
codes_joined(struct composing *composing, const struct text *codes, size_t count)
{
    struct buf buf = buf_new(composing->ctx->arena, REASON_BYTES_MAX);
    for (size_t i = 0; i < count; i++) {
        if (i > 0) {
            buf_cstr(&buf, composing->lang == LANG_AR ? "، " : ", ");
        }
        buf_text(&buf, law_word(composing->ctx->law, codes[i], composing->lang));
    }
    return buf_built(&buf);
}

static struct text
either(struct in_languages words, enum lang lang)
{
    const struct text first = lang == LANG_AR ? words.ar : words.latin;
    const struct text second = lang == LANG_AR ? words.latin : words.ar;
    return first.len > 0 ? first : second;
}
