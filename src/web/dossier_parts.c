#include "web/dossier_parts.h"

#include <string.h>

#include "http/url.h"
#include "office/notification.h"
#include "registry/fault.h"
#include "web/dispatch.h"
#include "web/locale.h"
#include "web/pages/timeline.html.h"

struct text
procedure_title(struct ctx *ctx, struct text procedure)
{
    const struct procedure *found = law_procedure(ctx->law, procedure, ctx->today);
    return found == NULL ? procedure : found->title[ctx->lang];
}

static const struct page_badge *
badge(struct ctx *ctx, const char *kind, const char *key)
{
    struct page_badge *made = ARENA_NEW(ctx->arena, struct page_badge);
    *made = (struct page_badge){.kind = text_of(kind), .title = words_get(ctx->lang, key)};
    return made;
}

const struct page_badge *
dossier_state_badge(struct ctx *ctx, const struct dossier *dossier, bool for_applicant)
{
    static const struct {
        const char *kind, *key;
    } badges[DOSSIER_STATES] = {
        [DOSSIER_BEING_DEPOSITED] = {"wait", WORD("state.being_deposited")},
        [DOSSIER_UNDER_REVIEW] = {"info", WORD("state.under_review")},
        [DOSSIER_AWAITING_PAPER] = {"wait", WORD("state.awaiting_paper")},
        [DOSSIER_AWAITING_INFORMATION] = {"wait", WORD("state.awaiting_information")},
        [DOSSIER_PROPOSED] = {"info", WORD("state.proposed")},
        [DOSSIER_GRANTED] = {"good", WORD("state.granted")},
        [DOSSIER_REFUSED] = {"bad", WORD("state.refused")},
        [DOSSIER_RETURNED] = {"bad", WORD("state.returned")},
        [DOSSIER_GIVEN_UP] = {"quiet", WORD("state.given_up")},
    };
    enum dossier_state state = dossier->state;
    if (for_applicant && state == DOSSIER_PROPOSED) {
        state = DOSSIER_UNDER_REVIEW;
    }
    if (for_applicant && (state == DOSSIER_GRANTED || state == DOSSIER_REFUSED)) {
        struct decision decision;
        struct notification notification;
        bool found = false;
        const bool is_told = decision_of_dossier(ctx, dossier->id, &decision, &found) == NULL && found &&
                             notification_of_act(ctx, decision.act, &notification, &found) == NULL && found &&
                             notification.proof.at != NULL;
        if (!is_told) {
            return badge(ctx, "info", WORD("state.decided"));
        }
    }
    return badge(ctx, badges[state].kind, badges[state].key);
}

const struct page_badge *
instrument_badge(struct ctx *ctx, enum instrument_status status)
{
    static const struct {
        const char *kind, *key;
    } badges[INSTRUMENT_STATUSES] = {
        [INSTRUMENT_GRANTED] = {"good", WORD("status.granted")},
        [INSTRUMENT_SUSPENDED] = {"wait", WORD("status.suspended")},
        [INSTRUMENT_WITHDRAWN] = {"bad", WORD("status.withdrawn")},
        [INSTRUMENT_SURRENDERED] = {"quiet", WORD("status.surrendered")},
        [INSTRUMENT_EXPIRED] = {"quiet", WORD("status.expired")},
    };
    return badge(ctx, badges[status].kind, badges[status].key);
}

struct text
dossier_clock_words(struct ctx *ctx, const struct dossier *dossier, const struct dossier_clock *clock)
{
    if (dossier_is_closed(dossier->state) || date_is_none(clock->last_day)) {
        return TEXT("");
    }
    const struct word_hole holes[] = {HOLE_DATE("day", clock->last_day),
                                      HOLE_INT("count", clock->has_days_left ? clock->days_left : 0)};
    if (clock->has_days_left && clock->days_left < 0) {
        return words_say(ctx, WORD("clock.overdue"), holes, 1);
    }
    switch (dossier->state) {
    case DOSSIER_BEING_DEPOSITED:
        return words_say(ctx, WORD("clock.complete"), holes, 2);
    case DOSSIER_AWAITING_PAPER:
        return words_say(ctx, WORD("clock.replace"), holes, 2);
    case DOSSIER_AWAITING_INFORMATION:
        return words_say(ctx, WORD("clock.inform"), holes, 2);
    default:
        return words_say(ctx, WORD("clock.answer"), holes, 2);
    }
}

struct text
url_part(struct ctx *ctx, struct text part)
{
    return url_encode(ctx->arena, part);
}

struct text
register_url(struct ctx *ctx, struct text number)
{
    struct text url = TEXT("/register");
    struct text part;
    while (text_split(&number, '/', &part)) {
        url = text_printf(ctx->arena, "%.*s/%.*s", TEXT_ARG(url), TEXT_ARG(url_part(ctx, part)));
    }
    return url;
}

struct text
act_kind_words(struct ctx *ctx, struct text kind)
{
    const char *key = text_cstr(ctx->arena, text_printf(ctx->arena, "act.%.*s", TEXT_ARG(kind)));
    return words_has(key) ? words_get(ctx->lang, key) : kind;
}

/* Acts of the office's inside work, which the applicant sees once they concern him. */
static bool
is_inside(struct text kind)
{
    static const char *const inside[] = {"dossier_assigned", "decision_proposed", "opinion_given",
                                         "proposal_sent_back"};
    for (size_t i = 0; i < sizeof inside / sizeof inside[0]; i++) {
        if (text_is(kind, inside[i])) {
            return true;
        }
    }
    return false;
}

const struct err *
dossier_timeline_html(struct ctx *ctx, const struct dossier *dossier, bool for_applicant, struct html *ret)
{
    struct timeline_line *lines = NULL;
    size_t count = 0;
    TRY(dossier_timeline(ctx, dossier->id, &lines, &count));
    struct page_timeline_steps *steps = ARENA_ARRAY(ctx->arena, struct page_timeline_steps, count);
    size_t steps_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (for_applicant && is_inside(lines[i].kind)) {
            continue;
        }
        const struct word_hole hole[] = {HOLE_NUMBER("act", lines[i].act.value)};
        steps[steps_count++] =
            (struct page_timeline_steps){.day = lines[i].day,
                                         .title = act_kind_words(ctx, lines[i].kind),
                                         .text = words_say(ctx, WORD("act.number"), hole, 1),
                                         .state = TEXT("done"),
                                         .url = text_printf(ctx->arena, "/verify/%lld", (long long)lines[i].act.value)};
    }
    const struct page_timeline data = {.steps = steps, .steps_count = steps_count};
    *ret = page_timeline(ctx, &data);
    return NULL;
}

const struct err *
upload_keep(struct ctx *ctx, struct visit *visit)
{
    struct kept_upload *kept = ARENA_NEW(ctx->arena, struct kept_upload);
    visit->prepared = kept;
    const struct http_upload *upload = http_upload(visit->request, "document");
    if (upload == NULL || upload->size == 0) {
        kept->fault = FAULT_REQUIRED;
        return NULL;
    }
    kept->filename = upload->filename;
    const struct err *err =
        document_keep(ctx->arena, visit->web->options.data, upload->path, &kept->document, &kept->fault);
    return kept->fault != NULL ? NULL : err;
}
