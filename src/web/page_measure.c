/* After the grant: breaches found, notices, suspension, lifting and withdrawal of an instrument, as the law answers
 * each day; and letters that must go out on paper because nobody opened them. */
#include "base/limits.h"
#include "office/measure.h"
#include "office/notification.h"
#include "registry/fault.h"
#include "web/dossier_parts.h"
#include "web/fact_form.h"
#include "web/form.h"
#include "web/law_links.h"
#include "web/pages/letter_list.html.h"
#include "web/pages/measure_show.html.h"

static const struct err *show_instrument(struct ctx *ctx, struct visit *visit);
static const struct err *find_breach(struct ctx *ctx, struct visit *visit);
static const struct err *give_notice(struct ctx *ctx, struct visit *visit);
static const struct err *hear(struct ctx *ctx, struct visit *visit);
static const struct err *cure(struct ctx *ctx, struct visit *visit);
static const struct err *propose(struct ctx *ctx, struct visit *visit);
static const struct err *show_letters(struct ctx *ctx, struct visit *visit);
static const struct err *send_letter(struct ctx *ctx, struct visit *visit);
static const struct err *prove_letter(struct ctx *ctx, struct visit *visit);

extern const struct route routes_measure[];
const struct route routes_measure[] = {
    {HTTP_GET, "/instruments/{instrument}", ROLE_OFFICER | ROLE_DIRECTOR | ROLE_AUDITOR, TX_READ, show_instrument,
     .name = "measure.show", .norm = "18.23/5/1"},
    {HTTP_POST, "/instruments/{instrument}/breaches", ROLE_OFFICER, TX_WRITE, find_breach, .name = "measure.find"},
    {HTTP_POST, "/measures/{measure}/notice", ROLE_OFFICER, TX_WRITE, give_notice, .name = "measure.notice",
     .norm = "18.23/5/2"},
    {HTTP_POST, "/measures/{measure}/observations", ROLE_OFFICER, TX_WRITE, hear, .name = "measure.hear"},
    {HTTP_POST, "/measures/{measure}/cure", ROLE_OFFICER, TX_WRITE, cure, .name = "measure.cure"},
    {HTTP_POST, "/measures/{measure}/proposal", ROLE_OFFICER, TX_WRITE, propose, .name = "measure.propose"},
    {HTTP_GET, "/letters", ROLE_OFFICER, TX_READ, show_letters, .name = "letter.list"},
    {HTTP_POST, "/letters/{notification}/send", ROLE_OFFICER, TX_WRITE, send_letter, .name = "letter.send"},
    {HTTP_POST, "/letters/{notification}/proof", ROLE_OFFICER, TX_WRITE, prove_letter, .name = "letter.prove"},
    {0}};

/* ---- One instrument ---- */

static const struct err *
measures_of(struct ctx *ctx, struct instrument_id id, struct page_measure_show *data)
{
    struct measure *measures = NULL;
    TRY(measure_list_instrument(ctx, id, &measures, &data->measures_count));
    struct page_measure_show_measures *rows =
        ARENA_ARRAY(ctx->arena, struct page_measure_show_measures, data->measures_count);
    for (size_t i = 0; i < data->measures_count; i++) {
        struct ruling ruling;
        TRY(measure_ask(ctx, &measures[i], &ruling));
        struct text may = TEXT("");
        TRY(measure_may(ctx, &measures[i], &may));
        struct text applied = TEXT("");
        (void)json_text(ruling_result(&ruling, "applied"), &applied);
        const bool is_open = !text_is(measures[i].state, "lifted") && !text_is(measures[i].state, "withdrawn") &&
                             !text_is(measures[i].state, "closed");
        rows[i] = (struct page_measure_show_measures){
            .base = text_printf(ctx->arena, "/measures/%lld", (long long)measures[i].id.value),
            .ground = law_label(ctx, measures[i].ground),
            .found = measures[i].found,
            .found_on = measures[i].found_on,
            .notice_sent_on = measures[i].notice_sent_on,
            .cure_deadline = measures[i].cure_deadline,
            .observations = measures[i].observations,
            .cured_on = measures[i].cured_on,
            .verdict = law_label(ctx, ruling.verdict),
            .kind = verdict_kind(ruling.verdict),
            .norm = applied,
            .norm_url = norm_url(ctx, applied),
            .is_open = is_open,
            .can_notice = is_open && date_is_none(measures[i].notice_sent_on),
            .can_propose = is_open && may.len > 0};
    }
    data->measures = rows;
    return NULL;
}

static const struct err *
show(struct ctx *ctx, struct visit *visit, struct instrument_id id, struct text fault)
{
    struct instrument instrument;
    TRY(instrument_get(ctx, id, &instrument));
    struct text *grounds = NULL;
    size_t grounds_count = 0;
    TRY(measure_grounds(ctx, &grounds, &grounds_count));
    struct page_measure_show_grounds *options =
        ARENA_ARRAY(ctx->arena, struct page_measure_show_grounds, grounds_count);
    for (size_t i = 0; i < grounds_count; i++) {
        options[i] = (struct page_measure_show_grounds){.code = grounds[i], .title = law_label(ctx, grounds[i])};
    }
    struct page_measure_show data = {.guard = visit_guard(visit),
                                     .title = law_label(ctx, instrument.kind),
                                     .number = instrument.number,
                                     .holder = ctx->lang == LANG_AR ? instrument.holder_ar : instrument.holder_latin,
                                     .status = instrument_badge(ctx, instrument.status),
                                     .register_url = register_url(ctx, instrument.number),
                                     .action =
                                         text_printf(ctx->arena, "/instruments/%lld/breaches", (long long)id.value),
                                     .fault = fault,
                                     .is_officer = user_has(ctx->user, ROLE_OFFICER),
                                     .grounds = options,
                                     .grounds_count = grounds_count};
    TRY(measures_of(ctx, id, &data));
    const struct visit_crumb crumbs[] = {{words_get(ctx->lang, WORD("nav.register")), TEXT("/register")},
                                         {instrument.number, data.register_url},
                                         {words_get(ctx->lang, WORD("register.measures")), TEXT("")}};
    visit_page(ctx, visit,
               &(struct visit_page){.status = fault.len > 0 ? 422 : 200,
                                    .title = instrument.number,
                                    .content = page_measure_show(ctx, &data),
                                    .crumbs = crumbs,
                                    .crumbs_count = 3,
                                    .section = "queue"});
    return NULL;
}

static const struct err *
show_instrument(struct ctx *ctx, struct visit *visit)
{
    struct instrument_id id;
    TRY(visit_id(ctx, visit, "instrument", &id.value));
    return show(ctx, visit, id, TEXT(""));
}

static bool
is_typed(struct text text)
{
    return text.len > 0 && text.len <= REASON_BYTES_MAX && !text_has_hidden(text);
}

static const struct err *
find_breach(struct ctx *ctx, struct visit *visit)
{
    struct finding finding = {
        .ground = visit_field(visit, "ground"), .found = visit_field(visit, "found"), .inactive_since = DATE_NONE};
    TRY(visit_id(ctx, visit, "instrument", &finding.instrument.value));
    const struct text since = visit_field(visit, "inactive_since");
    if (!is_typed(finding.found) || finding.ground.len == 0) {
        return show(ctx, visit, finding.instrument, fault_sentence(ctx, FAULT_REQUIRED));
    }
    if (since.len > 0 && !date_from_text(since, &finding.inactive_since)) {
        return show(ctx, visit, finding.instrument, fault_sentence(ctx, FAULT_DATE));
    }
    struct measure_id measure;
    TRY(breach_find(ctx, &finding, &measure));
    visit_redirect(ctx, visit, text_printf(ctx->arena, "/instruments/%lld", (long long)finding.instrument.value),
                   "recorded");
    return NULL;
}

/* ---- One measure ---- */

static const struct err *
measure_of(struct ctx *ctx, const struct visit *visit, struct measure *ret)
{
    struct measure_id id;
    TRY(visit_id(ctx, visit, "measure", &id.value));
    return measure_get(ctx, id, ret);
}

static const struct err *
back(struct ctx *ctx, struct visit *visit, const struct measure *measure, const char *word)
{
    visit_redirect(ctx, visit, text_printf(ctx->arena, "/instruments/%lld", (long long)measure->instrument.value),
                   word);
    return NULL;
}

static const struct err *
give_notice(struct ctx *ctx, struct visit *visit)
{
    struct measure measure;
    TRY(measure_of(ctx, visit, &measure));
    struct date deadline;
    if (!date_from_text(visit_field(visit, "deadline"), &deadline) || date_compare(deadline, ctx->today) <= 0) {
        return show(ctx, visit, measure.instrument, fault_sentence(ctx, FAULT_DATE));
    }
    TRY(notice_give(ctx, measure.id, deadline));
    return back(ctx, visit, &measure, "recorded");
}

static const struct err *
hear(struct ctx *ctx, struct visit *visit)
{
    struct measure measure;
    TRY(measure_of(ctx, visit, &measure));
    const struct text observations = visit_field(visit, "observations");
    if (!is_typed(observations)) {
        return show(ctx, visit, measure.instrument, fault_sentence(ctx, FAULT_REQUIRED));
    }
    TRY(observations_hear(ctx, measure.id, observations));
    return back(ctx, visit, &measure, "recorded");
}

static const struct err *
cure(struct ctx *ctx, struct visit *visit)
{
    struct measure measure;
    TRY(measure_of(ctx, visit, &measure));
    struct date cured_on;
    if (!date_from_text(visit_field(visit, "cured_on"), &cured_on) || date_compare(cured_on, ctx->today) > 0) {
        return show(ctx, visit, measure.instrument, fault_sentence(ctx, FAULT_DATE));
    }
    TRY(breach_cure(ctx, measure.id, cured_on));
    return back(ctx, visit, &measure, "recorded");
}

static const struct err *
propose(struct ctx *ctx, struct visit *visit)
{
    struct measure measure;
    struct text decision;
    TRY(measure_of(ctx, visit, &measure));
    TRY(measure_may(ctx, &measure, &decision));
    if (decision.len == 0) {
        return FAIL(ctx->arena, ERR_WRONG_STATE, "nothing may be proposed on measure %lld today",
                    (long long)measure.id.value);
    }
    struct reason factual = {.kind = DECISION_REASON_FACTUAL};
    factual.says[LANG_AR] = visit_field(visit, "factual");
    if (!is_typed(factual.says[LANG_AR])) {
        return show(ctx, visit, measure.instrument, fault_sentence(ctx, FAULT_REQUIRED));
    }
    const struct decision_proposal proposal = {.decision = decision, .factual = &factual, .factual_count = 1};
    struct act_id act;
    TRY(measure_propose(ctx, measure.id, &proposal, &act));
    return back(ctx, visit, &measure, "proposed");
}

/* ---- Letters on paper ---- */

static const struct err *
show_letters(struct ctx *ctx, struct visit *visit)
{
    struct notification *unproven = NULL;
    size_t count = 0;
    TRY(notification_unproven(ctx, (struct notification_id){0}, PAGE_ROWS_MAX, &unproven, &count));
    struct page_letter_list_letters *rows = ARENA_ARRAY(ctx->arena, struct page_letter_list_letters, count);
    for (size_t i = 0; i < count; i++) {
        struct party party;
        TRY(party_get(ctx, unproven[i].party, &party));
        rows[i] = (struct page_letter_list_letters){
            .base = text_printf(ctx->arena, "/letters/%lld", (long long)unproven[i].id.value),
            .kind = act_kind_words(ctx, unproven[i].act_kind),
            .party = party_name(&party, ctx->lang),
            .sent_on = unproven[i].sent_on,
            .letter_number = unproven[i].letter_number,
            .is_on_paper = unproven[i].channel != CHANNEL_INBOX,
            .today = date_to_text(ctx->arena, ctx->today)};
    }
    const struct page_letter_list data = {.guard = visit_guard(visit), .letters = rows, .letters_count = count};
    visit_page(ctx, visit,
               &(struct visit_page){.title = words_get(ctx->lang, WORD("letter.title")),
                                    .content = page_letter_list(ctx, &data),
                                    .section = "queue",
                                    .wide = true});
    return NULL;
}

static const struct err *
send_letter(struct ctx *ctx, struct visit *visit)
{
    struct notification_id id;
    TRY(visit_id(ctx, visit, "notification", &id.value));
    const bool by_hand = text_is(visit_field(visit, "channel"), "hand");
    TRY(notification_send(ctx, id, by_hand ? CHANNEL_HAND : CHANNEL_LETTER, visit_field(visit, "letter_number")));
    visit_redirect(ctx, visit, TEXT("/letters"), "recorded");
    return NULL;
}

static const struct err *
prove_letter(struct ctx *ctx, struct visit *visit)
{
    struct notification_id id;
    struct date day;
    TRY(visit_id(ctx, visit, "notification", &id.value));
    if (!date_from_text(visit_field(visit, "day"), &day) || date_compare(day, ctx->today) > 0) {
        return FAIL(ctx->arena, ERR_INPUT, "the day of a proof is a day that has come");
    }
    TRY(notification_prove(ctx, id, visit_field(visit, "proof"), day));
    visit_redirect(ctx, visit, TEXT("/letters"), "recorded");
    return NULL;
}
