#include "desk.h"

#include <stdio.h>

#include "../access/law_of_tests.h"
#include "access/access_kinds.h"
#include "access/appointment.h"
#include "access/role.h"
#include "access/sign_in.h"
#include "acts/corpus.h"
#include "base/limits.h"
#include "registry/data.h"
#include "registry/registry.h"
#include "registry/search.h"

static const struct act_kind *const kind_lists[] = {access_kinds, registry_kinds, office_kinds, corpus_kinds};
static const struct act_projection *const projection_lists[] = {access_projections, registry_projections,
                                                                office_projections, corpus_projections};
static const struct act_kinds kinds = {
    .lists = kind_lists, .count = 4, .projections = projection_lists, .projections_count = 4};

static const char *const papers[] = {"statutes",        "registered_office", "bank_certificate",
                                     "tax_certificate", "cnss_certificate",  "manager_identity"};
enum { PAPERS = sizeof papers / sizeof papers[0] };

static struct user user_of(struct desk *desk, const char *email, enum role role);
static void appoint(struct desk *desk, struct account_id account);
static void facts_print(struct desk *desk, struct dossier_id id, struct buf *buf);

struct desk
desk_open(struct place *place)
{
    struct desk desk = {.place = place, .ctx = &place->ctx};
    place->ctx.kinds = &kinds;
    place->ctx.law = law_of_tests();
    place->ctx.lang = LANG_AR;
    desk_day(&desk, "2026-11-02");
    desk.officer = user_of(&desk, "officer@example.ma", ROLE_OFFICER);
    desk.other_officer = user_of(&desk, "other@example.ma", ROLE_OFFICER);
    desk.applicant = user_of(&desk, "applicant@example.ma", 0);
    desk.director = user_of(&desk, "director@example.ma", 0);
    appoint(&desk, desk.director.account);
    desk.director.roles |= ROLE_DIRECTOR;
    const struct party_draft company = {.kind = PARTY_COMPANY,
                                        .name_ar = TEXT("أطلس ضوء للإنتاج"),
                                        .name_latin = TEXT("Atlas Lumière Productions"),
                                        .ice = TEXT("001561191000066"),
                                        .rc = TEXT("45871"),
                                        .rc_court = TEXT("Casablanca"),
                                        .legal_form = TEXT("SARL"),
                                        .capital = TEXT("300 000,00"),
                                        .seat_ar = TEXT("12، زنقة ابن بطوطة، الدار البيضاء"),
                                        .seat_latin = TEXT("12, rue Ibn Battouta, Casablanca"),
                                        .manager_ar = TEXT("سلمى العلوي"),
                                        .manager_latin = TEXT("Salma Alaoui")};
    DESK(&desk, party_register(desk.ctx, &company, &desk.party));
    desk.applicant.party = desk.party;
    return desk;
}

void
desk_day(struct desk *desk, const char *day)
{
    assert_true(date_from_text(text_of(day), &desk->ctx->today));
    desk->place->world.at_ms = (int64_t)desk->ctx->today.days * 86400000 + 10 * 3600000;
}

void
desk_as(struct desk *desk, const struct user *user)
{
    desk->ctx->user = user;
    desk->ctx->actor =
        user == NULL ? TEXT("") : text_printf(desk->ctx->arena, "user:%lld", (long long)user->account.value);
    /* Whoever signs has just stepped up. */
    ((struct user *)&desk->director)->stepped_up_until_ms = desk->place->world.at_ms + 60000;
}

struct stored_document
desk_paper(const char *name, int number)
{
    char content[100];
    snprintf(content, sizeof content, "%s %d", name, number);
    return (struct stored_document){
        .sha256 = hash_of_text(text_of(content)), .media = TEXT("application/pdf"), .size = 1000 + number};
}

struct dossier
desk_file(struct desk *desk, const char *without)
{
    desk_as(desk, &desk->applicant);
    struct draft_id draft;
    DESK(desk, draft_save(desk->ctx, desk->party, TEXT("production-licence"), TEXT("{}"), &draft));
    for (int i = 0; i < PAPERS; i++) {
        if (without == NULL || !text_is(text_of(without), papers[i])) {
            const struct stored_document paper = desk_paper(papers[i], i);
            DESK(desk, draft_attach(desk->ctx, draft, text_of(papers[i]), &paper, text_of("C:\\x\\ورقة.pdf")));
        }
    }
    struct dossier dossier;
    DESK(desk, dossier_file(desk->ctx, draft, &dossier));
    return dossier;
}

void
desk_attest(struct desk *desk, struct dossier_id id, const char *fails)
{
    desk_as(desk, &desk->officer);
    static const char *const facts[] = {"object_includes_film_production", "capital_fully_paid", "tax_regular",
                                        "cnss_regular"};
    struct json typed = {.type = JSON_OBJECT};
    for (size_t i = 0; i < 4; i++) {
        const bool holds = fails == NULL || !text_is(text_of(fails), facts[i]);
        json_set(desk->ctx, &typed, text_of(facts[i]), json_of_text(holds ? TEXT("yes") : TEXT("no")));
    }
    json_set(desk->ctx, &typed, TEXT("legal_form"), json_of_text(TEXT("SARL")));
    json_set(desk->ctx, &typed, TEXT("governing_law"), json_of_text(TEXT("MA")));
    json_set(desk->ctx, &typed, TEXT("in_judicial_liquidation"), json_of_text(TEXT("no")));
    json_set(desk->ctx, &typed, TEXT("other_scheme_regular"), json_of_text(TEXT("no")));
    json_set(desk->ctx, &typed, TEXT("tax_certificate_on"), json_of_text(TEXT("٢٠٢٦-١٠-٠١")));
    struct field_faults faults;
    DESK(desk, facts_attest(desk->ctx, id, &typed, &faults));
    for (size_t i = 0; i < faults.count; i++) {
        print_message("%.*s %s\n", TEXT_ARG(faults.items[i].at), faults.items[i].message);
    }
    assert_int_equal(faults.count, 0);
}

struct act_id
desk_propose(struct desk *desk, struct dossier_id id, const char *decision, const char *reason)
{
    desk_as(desk, &desk->officer);
    const struct reason factual = {.says = {[LANG_AR] = text_of(reason)}};
    const struct decision_proposal proposal = {
        .decision = text_of(decision), .factual = &factual, .factual_count = reason == NULL ? 0 : 1};
    struct act_id act;
    DESK(desk, decision_propose(desk->ctx, id, &proposal, &act));
    return act;
}

struct instrument
desk_grant(struct desk *desk)
{
    const struct dossier dossier = desk_file(desk, NULL);
    desk_attest(desk, dossier.id, NULL);
    const struct act_id proposal = desk_propose(desk, dossier.id, "grant", NULL);
    desk_as(desk, &desk->director);
    struct act_id act;
    DESK(desk, decision_sign(desk->ctx, proposal, &act));
    struct decision decision;
    struct instrument instrument;
    MUST(desk->ctx->arena, tx_begin(desk->place->store, desk->ctx, TX_READ));
    MUST(desk->ctx->arena, decision_get(desk->ctx, act, &decision));
    MUST(desk->ctx->arena, instrument_get(desk->ctx, decision.instrument, &instrument));
    tx_rollback(desk->ctx);
    return instrument;
}

struct dossier
desk_dossier(struct desk *desk, struct dossier_id id)
{
    struct dossier dossier;
    MUST(desk->ctx->arena, tx_begin(desk->place->store, desk->ctx, TX_READ));
    MUST(desk->ctx->arena, dossier_get(desk->ctx, id, &dossier));
    tx_rollback(desk->ctx);
    return dossier;
}

struct dossier_clock
desk_clock(struct desk *desk, struct dossier_id id)
{
    const struct dossier dossier = desk_dossier(desk, id);
    struct dossier_clock clock;
    MUST(desk->ctx->arena, tx_begin(desk->place->store, desk->ctx, TX_READ));
    MUST(desk->ctx->arena, dossier_clock(desk->ctx, &dossier, &clock));
    tx_rollback(desk->ctx);
    return clock;
}

struct text
desk_print(struct desk *desk)
{
    struct ctx *ctx = desk->ctx;
    struct buf buf = buf_new(ctx->arena, BODY_BYTES_MAX);
    MUST(ctx->arena, tx_begin(desk->place->store, ctx, TX_READ));
    struct party party;
    MUST(ctx->arena, party_get(ctx, desk->party, &party));
    buf_printf(&buf, "%.*s %.*s %.*s %lld\n", TEXT_ARG(party.name_ar), TEXT_ARG(party.ice), TEXT_ARG(party.manager_ar),
               (long long)party.capital.centimes);
    struct dossier *dossiers = NULL;
    size_t count = 0;
    MUST(ctx->arena, dossier_list_party(ctx, desk->party, (struct dossier_id){0}, 100, &dossiers, &count));
    for (size_t i = 0; i < count; i++) {
        const struct dossier *d = &dossiers[i];
        buf_printf(&buf, "%.*s %s %d %d %d %d %d %d %d %d %.*s %lld %.*s\n", TEXT_ARG(d->number),
                   dossier_state_code(d->state), d->filed_on.days, d->completed_on.days, d->complete_on.days,
                   d->replacement_requested_on.days, d->replacement_received_on.days, d->replacement_supplied_on.days,
                   d->decided_on.days, d->due_on.days, TEXT_ARG(d->replacement_codes), (long long)d->officer.value,
                   TEXT_ARG(d->filed_by));
        facts_print(desk, d->id, &buf);
    }
    struct notification *notifications = NULL;
    MUST(ctx->arena, notification_inbox(ctx, desk->party, (struct notification_id){0}, 100, &notifications, &count));
    for (size_t i = 0; i < count; i++) {
        buf_printf(&buf, "notification %lld %.*s %d\n", (long long)notifications[i].act.value,
                   TEXT_ARG(notifications[i].act_kind), notifications[i].proven_on.days);
    }
    struct instrument *instruments = NULL;
    const struct register_query query = {.words = TEXT("اطلس"), .limit = 100};
    MUST(ctx->arena, register_search(ctx, &query, &instruments, &count));
    for (size_t i = 0; i < count; i++) {
        buf_printf(&buf, "%.*s %s %d\n", TEXT_ARG(instruments[i].number), instrument_status_code(instruments[i].status),
                   instruments[i].status_on.days);
        struct measure *measures = NULL;
        size_t measures_count = 0;
        MUST(ctx->arena, measure_list_instrument(ctx, instruments[i].id, &measures, &measures_count));
        for (size_t m = 0; m < measures_count; m++) {
            buf_printf(&buf, "measure %.*s %.*s %d %d\n", TEXT_ARG(measures[m].ground), TEXT_ARG(measures[m].state),
                       measures[m].notice_sent_on.days, measures[m].cured_on.days);
        }
    }
    tx_rollback(ctx);
    assert_false(buf.overflowed);
    return text_copy(ctx->arena, buf_built(&buf));
}

void
desk_rebuild(struct desk *desk)
{
    struct ctx *ctx = desk->ctx;
    for (size_t l = 1; l < 3; l++) {
        for (const struct act_projection *p = projection_lists[l]; p->table != NULL; p++) {
            place_script(desk->place, text_cstr(ctx->arena, text_printf(ctx->arena, "DELETE FROM %s", p->table)));
        }
    }
    desk_as(desk, NULL);
    MUST(ctx->arena, tx_begin(desk->place->store, ctx, TX_WRITE));
    struct act_id last;
    MUST(ctx->arena, act_last(ctx, &last));
    for (int64_t number = 1; number <= last.value; number++) {
        struct act act;
        MUST(ctx->arena, act_get(ctx, (struct act_id){number}, &act));
        for (size_t l = 1; l < 3; l++) {
            for (const struct act_kind *kind = kind_lists[l]; kind->name != NULL; kind++) {
                /* A signature is access's, whose tables stay here: it is there already. */
                if (text_is(act.kind, kind->name)) {
                    MUST(ctx->arena, kind->apply(ctx, &act));
                }
            }
        }
    }
    MUST(ctx->arena, tx_commit(ctx));
}

static struct user
user_of(struct desk *desk, const char *email, enum role role)
{
    const struct account_draft draft = {.email = text_of(email),
                                        .name_ar = TEXT("سعاد بناني"),
                                        .name_latin = TEXT("Souad Bennani"),
                                        .password_hash = TEXT(""),
                                        .by = TEXT("test")};
    struct user user = {.roles = (unsigned)role | ROLE_PUBLIC | ROLE_SIGNED_IN, .second_factor = true};
    DESK(desk, account_open(desk->ctx, &draft, &user.account));
    if (role != 0) {
        DESK(desk, role_give(desk->ctx, user.account, role));
    }
    return user;
}

static void
appoint(struct desk *desk, struct account_id account)
{
    const struct appointment draft = {.account = account,
                                      .office = OFFICE_DIRECTOR,
                                      .from = desk->ctx->today,
                                      .until = DATE_NONE,
                                      .basis_number = TEXT("2.25.17"),
                                      .basis_day = desk->ctx->today};
    struct act_id id;
    DESK(desk, appointment_make(desk->ctx, &draft, &id));
}

static void
facts_print(struct desk *desk, struct dossier_id id, struct buf *buf)
{
    struct dossier_fact *facts = NULL;
    struct timeline_line *lines = NULL;
    struct dossier_document *documents = NULL;
    size_t count = 0;
    MUST(desk->ctx->arena, dossier_facts(desk->ctx, id, &facts, &count));
    for (size_t i = 0; i < count; i++) {
        buf_printf(buf, "  %.*s=%.*s %.*s\n", TEXT_ARG(facts[i].name), TEXT_ARG(facts[i].value),
                   TEXT_ARG(facts[i].source));
    }
    MUST(desk->ctx->arena, dossier_timeline(desk->ctx, id, &lines, &count));
    for (size_t i = 0; i < count; i++) {
        buf_printf(buf, "  %lld %.*s %.*s\n", (long long)lines[i].act.value, TEXT_ARG(lines[i].kind),
                   TEXT_ARG(lines[i].actor));
    }
    MUST(desk->ctx->arena, dossier_documents(desk->ctx, id, &documents, &count));
    for (size_t i = 0; i < count; i++) {
        buf_printf(buf, "  %.*s %lld %lld %.*s\n", TEXT_ARG(documents[i].code), (long long)documents[i].act.value,
                   (long long)documents[i].replaced_by.value, TEXT_ARG(documents[i].filename));
    }
}
