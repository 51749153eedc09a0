/* Drafts, faults of forms, papers on disk. */
#include "desk.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "office/document.h"
#include "registry/data.h"

static struct draft
draft_of(struct desk *desk, const char *facts)
{
    desk_as(desk, &desk->applicant);
    struct draft_id id;
    struct draft draft;
    DESK(desk, draft_save(desk->ctx, desk->party, TEXT("production-licence"), text_of(facts), &id));
    MUST(desk->ctx->arena, tx_begin(desk->place->store, desk->ctx, TX_READ));
    MUST(desk->ctx->arena, draft_get(desk->ctx, id, &draft));
    tx_rollback(desk->ctx);
    return draft;
}

static struct field_faults
faults_of(struct desk *desk, const struct draft *draft)
{
    struct field_faults faults;
    MUST(desk->ctx->arena, tx_begin(desk->place->store, desk->ctx, TX_READ));
    MUST(desk->ctx->arena, draft_faults(desk->ctx, draft, &faults));
    tx_rollback(desk->ctx);
    return faults;
}

static bool
has(const struct field_faults *faults, const char *at, const char *message)
{
    for (size_t i = 0; i < faults->count; i++) {
        if (text_is(faults->items[i].at, at) && text_is(text_of(faults->items[i].message), message)) {
            return true;
        }
    }
    return false;
}

static void
a_draft_is_one_for_each_account_and_keeps_what_was_typed(void **state)
{
    struct desk desk = desk_open(*state);
    const struct draft first = draft_of(&desk, "{\"legal_form\":\"SARL\"}");
    const struct draft second = draft_of(&desk, "{\"legal_form\":\"what?\"}");
    assert_true(first.id.value == second.id.value);
    ASSERT_TEXT(second.facts, "{\"legal_form\":\"what?\"}");
    desk_as(&desk, &desk.officer);
    struct draft other;
    DESK_REFUSED(&desk, draft_get(desk.ctx, first.id, &other), ERR_FORBIDDEN);
    struct draft_id id;
    DESK_REFUSED(&desk, draft_save(desk.ctx, desk.party, TEXT("production-licence"), TEXT("[1]"), &id), ERR_JSON);
}

static void
all_faults_of_a_form_come_back_at_once_by_the_types_of_the_law(void **state)
{
    struct desk desk = desk_open(*state);
    const struct draft draft =
        draft_of(&desk, "{\"legal_form\":\"XX\",\"governing_law\":\"Maroc\",\"capital_fully_paid\":\"perhaps\","
                        "\"tax_certificate_on\":\"2026-02-30\",\"surprise\":\"1\"}");
    const struct field_faults faults = faults_of(&desk, &draft);
    assert_true(has(&faults, "facts.legal_form", FAULT_CODE));
    assert_true(has(&faults, "facts.governing_law", FAULT_COUNTRY));
    assert_true(has(&faults, "facts.capital_fully_paid", FAULT_YES_NO));
    assert_true(has(&faults, "facts.tax_certificate_on", FAULT_DATE));
    assert_true(has(&faults, "facts.surprise", FAULT_UNKNOWN_FIELD));
    assert_int_equal(faults.count, 5);
    struct dossier dossier;
    DESK_REFUSED(&desk, dossier_file(desk.ctx, draft.id, &dossier), ERR_INPUT);
}

static void
the_answer_before_filing_names_what_is_missing_and_then_what_fails(void **state)
{
    struct desk desk = desk_open(*state);
    struct draft draft = draft_of(&desk, "{}");
    struct eligibility eligibility;
    MUST(desk.ctx->arena, tx_begin(desk.place->store, desk.ctx, TX_READ));
    MUST(desk.ctx->arena, draft_eligibility(desk.ctx, &draft, &eligibility));
    tx_rollback(desk.ctx);
    assert_int_equal(eligibility.count, 1);
    ASSERT_TEXT(eligibility.rulings[0].verdict, "incomplete");
    assert_int_equal(eligibility.missing_documents_count, 6);

    draft =
        draft_of(&desk, "{\"legal_form\":\"SARL\",\"governing_law\":\"MA\",\"object_includes_film_production\":\"yes\","
                        "\"capital_fully_paid\":\"no\",\"tax_regular\":\"yes\",\"in_judicial_liquidation\":\"no\","
                        "\"cnss_regular\":\"yes\",\"other_scheme_regular\":\"no\"}");
    MUST(desk.ctx->arena, tx_begin(desk.place->store, desk.ctx, TX_READ));
    MUST(desk.ctx->arena, draft_eligibility(desk.ctx, &draft, &eligibility));
    tx_rollback(desk.ctx);
    ASSERT_TEXT(eligibility.rulings[0].verdict, "refused");
    ASSERT_TEXT(eligibility.rulings[0].failed[0], "18.23/2/1.c");
}

static void
an_association_is_told_that_the_licence_is_for_companies(void **state)
{
    struct desk desk = desk_open(*state);
    const struct party_draft association = {
        .kind = PARTY_ASSOCIATION, .name_ar = TEXT("جمعية أصدقاء السينما"), .name_latin = TEXT("Amis du cinéma")};
    desk_as(&desk, NULL);
    DESK(&desk, party_register(desk.ctx, &association, &desk.party));
    desk.applicant.party = desk.party;
    const struct draft draft = draft_of(&desk, "{}");
    const struct field_faults faults = faults_of(&desk, &draft);
    assert_true(has(&faults, "party", FAULT_PARTY_KIND));
}

static void
nobody_files_for_a_company_without_a_mandate(void **state)
{
    struct desk desk = desk_open(*state);
    desk.applicant.party.value = 0;
    const struct draft draft = draft_of(&desk, "{}");
    struct dossier dossier;
    DESK_REFUSED(&desk, dossier_file(desk.ctx, draft.id, &dossier), ERR_FORBIDDEN);
}

/* Nothing in C knows a procedure: each of the law makes a form, an answer before filing, and a filing receipt. */
static void
every_procedure_of_the_law_is_run_by_the_same_engine(void **state)
{
    struct desk desk = desk_open(*state);
    struct ctx *ctx = desk.ctx;
    static const char *const kinds[] = {"company", "association", "natural_person", "public_body"};
    struct party_id parties[4] = {desk.party};
    for (size_t i = 1; i < 4; i++) {
        struct party_draft draft = {.name_ar = TEXT("طالب"), .name_latin = TEXT("Demandeur")};
        assert_true(party_kind_from(text_of(kinds[i]), &draft.kind));
        desk_as(&desk, NULL);
        DESK(&desk, party_register(ctx, &draft, &parties[i]));
    }
    size_t count = 0;
    size_t filed = 0;
    const struct procedure *procedures = law_procedures(ctx->law, ctx->today, &count);
    assert_true(count > 10);
    for (size_t p = 0; p < count; p++) {
        const struct procedure *procedure = &procedures[p];
        size_t who = 0;
        while (who < 4 && procedure->filed_by_count > 0 && !text_is(procedure->filed_by[0], kinds[who])) {
            who++;
        }
        if (who == 4) {
            print_message("%.*s is filed by %.*s\n", TEXT_ARG(procedure->name), TEXT_ARG(procedure->filed_by[0]));
            continue;
        }
        desk.applicant.party = parties[who];
        desk_as(&desk, &desk.applicant);
        struct draft_id id;
        struct draft draft;
        struct eligibility eligibility;
        DESK(&desk, draft_save(ctx, parties[who], procedure->name, TEXT("{}"), &id));
        MUST(ctx->arena, tx_begin(desk.place->store, ctx, TX_READ));
        MUST(ctx->arena, draft_get(ctx, id, &draft));
        MUST(ctx->arena, draft_eligibility(ctx, &draft, &eligibility));
        struct field_faults faults;
        MUST(ctx->arena, draft_faults(ctx, &draft, &faults));
        tx_rollback(ctx);
        if (faults.count > 0) {
            continue; /* something is for the applicant to say: the form says what */
        }
        struct dossier dossier;
        DESK(&desk, dossier_file(ctx, id, &dossier));
        assert_true(dossier.decision_days > 0 && dossier.decision_days <= 60);
        struct checklist checklist;
        MUST(ctx->arena, tx_begin(desk.place->store, ctx, TX_READ));
        MUST(ctx->arena, dossier_checklist(ctx, &dossier, &checklist));
        tx_rollback(ctx);
        filed++;
    }
    print_message("%zu procedures, %zu filed as they are\n", count, filed);
    assert_true(filed >= 3);
}

/* ---- Papers ---- */

static const char pdf[] = "%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n";

static const struct err *
keep(struct ctx *ctx, struct place *place, const void *bytes, size_t size, struct stored_document *ret,
     const char **ret_fault)
{
    char path[100];
    snprintf(path, sizeof path, "/tmp/markaz-quarantine-%d", (int)getpid());
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
    const char *folder = place->folder[0] == '\0' ? "/tmp" : place->folder;
    return document_keep(ctx->arena, text_of(folder), text_of(path), ret, ret_fault);
}

static void
a_paper_is_kept_by_its_content_and_its_type_is_read_from_its_bytes(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = &place->ctx;
    if (place->folder[0] == '\0') {
        return; /* papers are files beside either engine */
    }
    struct stored_document document;
    const char *fault = NULL;
    MUST(ctx->arena, keep(ctx, place, pdf, sizeof pdf - 1, &document, &fault));
    ASSERT_TEXT(document.media, "application/pdf");
    assert_int_equal(document.size, sizeof pdf - 1);
    assert_true(hash_equal(document.sha256, hash_of(pdf, sizeof pdf - 1)));
    const char *path = text_cstr(ctx->arena, document_path(ctx->arena, text_of(place->folder), document.sha256));
    assert_int_equal(access(path, R_OK), 0);
    /* Twice is once. */
    MUST(ctx->arena, keep(ctx, place, pdf, sizeof pdf - 1, &document, &fault));
}

static void
a_paper_that_nothing_names_is_given_back_and_others_stay(void **state)
{
    struct desk desk = desk_open(*state);
    struct ctx *ctx = desk.ctx;
    const struct draft draft = draft_of(&desk, "{}");
    const struct stored_document named = desk_paper("statutes", 1);
    const struct stored_document loose = desk_paper("statutes", 2);
    DESK(&desk, draft_attach(ctx, draft.id, TEXT("statutes"), &loose, TEXT("a.pdf")));
    DESK(&desk, draft_attach(ctx, draft.id, TEXT("statutes"), &named, TEXT("a.pdf")));
    desk_file(&desk, NULL);
    struct hash *hashes = NULL;
    size_t count = 0;
    DESK(&desk, document_sweep(ctx, desk.place->world.at_ms, &hashes, &count));
    assert_int_equal(count, 0); /* stored in this very instant: somebody may be about to name it */
    DESK(&desk, document_sweep(ctx, desk.place->world.at_ms + 1, &hashes, &count));
    assert_int_equal(count, 2); /* both: desk_file() put its own paper in their place */
    bool found = false;
    MUST(ctx->arena, tx_begin(desk.place->store, ctx, TX_READ));
    struct stored_document kept;
    MUST(ctx->arena, document_find(ctx, desk_paper("statutes", 0).sha256, &kept, &found));
    tx_rollback(ctx);
    assert_true(found);
}

static void
what_only_claims_to_be_a_paper_is_refused(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = &place->ctx;
    struct stored_document document;
    const char *fault = NULL;
    static const char zip[] = "PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
    static const char both[] = "%PDF-1.4\n%%EOF\nPK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
    static const char html[] = "<html><script>alert(1)</script></html>";
    static const char cut[] = "%PDF-1.4\n1 0 obj";
    assert_non_null(keep(ctx, place, zip, sizeof zip - 1, &document, &fault));
    assert_string_equal(fault, FAULT_DOCUMENT_TYPE);
    assert_non_null(keep(ctx, place, both, sizeof both - 1, &document, &fault));
    assert_string_equal(fault, FAULT_DOCUMENT_TYPE);
    assert_non_null(keep(ctx, place, html, sizeof html - 1, &document, &fault));
    assert_string_equal(fault, FAULT_DOCUMENT_TYPE);
    assert_non_null(keep(ctx, place, cut, sizeof cut - 1, &document, &fault));
    assert_string_equal(fault, FAULT_DOCUMENT_TYPE);
    assert_non_null(keep(ctx, place, "", 0, &document, &fault));
    assert_string_equal(fault, FAULT_DOCUMENT_EMPTY);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        PLACE_TEST(a_draft_is_one_for_each_account_and_keeps_what_was_typed),
        PLACE_TEST(all_faults_of_a_form_come_back_at_once_by_the_types_of_the_law),
        PLACE_TEST(the_answer_before_filing_names_what_is_missing_and_then_what_fails),
        PLACE_TEST(an_association_is_told_that_the_licence_is_for_companies),
        PLACE_TEST(nobody_files_for_a_company_without_a_mandate),
        PLACE_TEST(every_procedure_of_the_law_is_run_by_the_same_engine),
        PLACE_TEST(a_paper_is_kept_by_its_content_and_its_type_is_read_from_its_bytes),
        PLACE_TEST(a_paper_that_nothing_names_is_given_back_and_others_stay),
        PLACE_TEST(what_only_claims_to_be_a_paper_is_refused),
    };
    return PLACE_RUN(tests);
}
