/* screening_flag_judged, version 1: {"screening":5, "kind":"visa", "norm":"18.23/35/1.1", "closes":true, "reason":...}
 */
#include "boxoffice/flag.h"

#include "base/buf.h"
#include "base/limits.h"
#include "boxoffice/cinema.sql.h"
#include "boxoffice/flag.sql.h"
#include "law/law.h"
#include "registry/data.h"
#include "registry/instrument.h"

enum { NORMS_BYTES_MAX = 2000, AGE_OF_SCHOOLS = 16 };

/* Adds kind:norm once. */
static void
add_norm(struct buf *norms, const char *kind, struct text norm)
{
    struct text seen = buf_built(norms);
    struct text seen_kind;
    struct text seen_norm;
    while (screening_norm_next(&seen, &seen_kind, &seen_norm)) {
        if (text_is(seen_kind, kind) && text_equal(seen_norm, norm)) {
            return;
        }
    }
    buf_printf(norms, "%s%s:%.*s", norms->len > 0 ? " " : "", kind, TEXT_ARG(norm));
}

bool
screening_norm_next(struct text *norms, struct text *ret_kind, struct text *ret_norm)
{
    struct text part;
    if (norms->at == NULL || norms->len == 0 || !text_split(norms, ' ', &part)) {
        return false;
    }
    const size_t colon = text_find_byte(part, ':');
    *ret_kind = text_slice(part, 0, colon);
    *ret_norm = colon < part.len ? text_after(part, colon + 1) : TEXT("");
    return colon < part.len;
}

/* What a check of the law says against these facts; nothing where no law was adopted. */
static const struct err *
ask(struct ctx *ctx, const char *check, struct text facts, struct date day, const char *kind, struct buf *norms)
{
    if (ctx->law == NULL) {
        return NULL;
    }
    struct json object;
    TRY(json_read(ctx->arena, facts, &object));
    const struct law_question question = {.check = text_of(check), .as_of = day, .facts = &object};
    struct ruling ruling;
    struct question_fault fault = {0};
    const struct err *err = law_ask(ctx->arena, ctx->law, &question, &ruling, &fault);
    if (err != NULL) {
        /* Before the law was in force, or a corpus without this check: nothing is known to be infringed. */
        return err_root(err) == ERR_INPUT ? NULL : err;
    }
    for (size_t i = 0; i < ruling.failed_count; i++) {
        add_norm(norms, kind, ruling.failed[i]);
    }
    return NULL;
}

/* 35 and 40: a visa, and whom it keeps out. Copies of visas and cuts made cannot be seen in tickets. */
static const struct err *
ask_visa(struct ctx *ctx, bool has_visa, int64_t age_from, struct date day, struct buf *norms)
{
    const struct text facts = text_printf(
        ctx->arena,
        "{\"context\":\"commercial\",\"has_commercial_visa\":%s,\"cultural_visa_event\":null,\"event\":null,"
        "\"cuts_required\":0,\"cuts_made\":0,\"age_group_excluded\":null,\"excluded_admitted\":false,"
        "\"visa_copy_given\":true}",
        has_visa ? "true" : "false");
    TRY(ask(ctx, "screening-compliance", facts, day, "visa", norms));
    if (!has_visa || age_from < AGE_OF_SCHOOLS) {
        return NULL;
    }
    const struct text excluded = text_printf(
        ctx->arena,
        "{\"context\":\"commercial\",\"has_commercial_visa\":true,\"cultural_visa_event\":null,\"event\":null,"
        "\"cuts_required\":0,\"cuts_made\":0,\"age_group_excluded\":\"under_%lld\","
        "\"excluded_admitted\":true,\"visa_copy_given\":true}",
        (long long)age_from);
    return ask(ctx, "screening-compliance", excluded, day, "school", norms);
}

/* 60: a contract in the register, not later than the screening. */
static const struct err *
ask_contract(struct ctx *ctx, int64_t film, int64_t cinema, struct date day, struct buf *norms)
{
    struct exhibition_contract_find_row contract;
    bool found = false;
    TRY(exhibition_contract_find(ctx, film, cinema, &contract, &found));
    char first[11];
    date_print(day, first);
    char registered[11] = "";
    if (found) {
        date_print(contract.registered_on, registered);
    }
    const struct text facts =
        found
            ? text_printf(ctx->arena,
                          "{\"contract_concluded\":true,\"registered_on\":\"%s\",\"first_screening_on\":\"%s\"}",
                          registered, first)
            : text_printf(ctx->arena,
                          "{\"contract_concluded\":true,\"registered_on\":null,\"first_screening_on\":\"%s\"}", first);
    return ask(ctx, "exhibition-contract", facts, day, "contract", norms);
}

const struct err *
screening_norms(struct ctx *ctx, int64_t screen, struct date day, const struct flag_film *films, size_t count,
                struct text *ret)
{
    struct buf norms = buf_new(ctx->arena, NORMS_BYTES_MAX);
    struct screen_licence_row place;
    bool found = false;
    TRY(screen_licence(ctx, screen, &place, &found));
    if (!found) {
        *ret = TEXT("");
        return NULL;
    }
    if (films == NULL) {
        add_norm(&norms, "unannounced", TEXT(FLAG_NORM_TICKETING));
    }
    if (place.licence.at != NULL) { /* else it is not known here, and nothing is said */
        struct instrument licence;
        bool held = false;
        TRY(instrument_find(ctx, place.licence, &licence, &held));
        if (!held || (licence.status != INSTRUMENT_GRANTED && date_compare(licence.status_on, day) <= 0)) {
            add_norm(&norms, "licence", TEXT("18.23/50/1.1"));
        }
    }
    for (size_t i = 0; i < count; i++) {
        struct film_by_visa_row film = {0};
        bool known = false;
        if (films[i].visa.at != NULL) {
            TRY(film_by_visa(ctx, films[i].visa, &film, &known));
        }
        TRY(ask_visa(ctx, known && date_compare(film.visa_on, day) <= 0, known ? film.age_from : 0, day, &norms));
        if (known) {
            TRY(ask_contract(ctx, film.id, place.cinema, day, &norms));
        }
    }
    *ret = buf_built(&norms);
    if (ret->at == NULL) {
        *ret = TEXT("");
    }
    return NULL;
}

const struct err *
flag_judge(struct ctx *ctx, const struct flag_judgement *judgement, struct act *ret)
{
    struct screening_flags_of_rows flags;
    TRY(screening_flags_of(ctx, judgement->screening, &flags));
    bool found = false;
    for (size_t i = 0; i < flags.count; i++) {
        found = found ||
                (text_equal(flags.items[i].kind, judgement->kind) && text_equal(flags.items[i].norm, judgement->norm) &&
                 (flags.items[i].closed_act != 0) != judgement->closes);
    }
    if (!found) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "screening %lld has no such flag in that state",
                    (long long)judgement->screening);
    }
    if (text_trim(judgement->reason).len == 0 || judgement->reason.len > LINE_BYTES_MAX) {
        return FAIL(ctx->arena, ERR_INPUT, "a flag is judged with a reason");
    }
    struct writing writing;
    writing_open(ctx, &writing);
    writing_int(&writing, "screening", judgement->screening);
    writing_text(&writing, "kind", judgement->kind);
    writing_text(&writing, "norm", judgement->norm);
    writing_bool(&writing, "closes", judgement->closes);
    writing_text(&writing, "reason", text_trim(judgement->reason));
    const struct act_draft draft = {.kind = TEXT("screening_flag_judged"),
                                    .body = writing_close(&writing),
                                    .sealed = true,
                                    .subject =
                                        text_printf(ctx->arena, "screening:%lld", (long long)judgement->screening)};
    return act_append(ctx, &draft, ret);
}

const struct err *
flag_judged_apply(struct ctx *ctx, const struct act *act)
{
    int64_t changed = 0;
    const bool closes = data_bool(act->data, "closes");
    const struct screening_flag_judge_in in = {.screening = data_int(act->data, "screening"),
                                               .kind = data_text_or_empty(act->data, "kind"),
                                               .norm = data_text_or_empty(act->data, "norm"),
                                               .has_closed_act = closes,
                                               .closed_act = act->id.value,
                                               .reason = data_text_or_empty(act->data, "reason")};
    return screening_flag_judge(ctx, &in, &changed);
}
