/* Parties, numbers, search, the state of an instrument, taking over, on both engines. */
#include "../office/desk.h"

#include "registry/ice.h"
#include "registry/import.h"
#include "registry/search.h"

#define CLEAN                                                                                                          \
    "kind,number,ice,granted_on,status,status_on,legal_basis,name_ar,name_latin,rc,legal_form,seat_ar,manager_ar\r\n"  \
    "production_licence,CCM/PROD/112,001561191000066,2012-03-01,,,20.99,,,,,,\r\n"                                     \
    "production_licence,CCM/PROD/113,002136093000040,2013-03-01,suspended,2020-01-31,20.99,"                           \
    "\"الواحة، للإنتاج\",\"Oasis \"\"Prod\"\"\",771,SA,مراكش,كريم بناني\r\n"

static size_t
searched(struct desk *desk, const char *words, struct instrument **ret)
{
    const struct register_query query = {.words = text_of(words), .limit = 50};
    size_t count = 0;
    MUST(desk->ctx->arena, tx_begin(desk->place->store, desk->ctx, TX_READ));
    MUST(desk->ctx->arena, register_search(desk->ctx, &query, ret, &count));
    tx_rollback(desk->ctx);
    return count;
}

static void
an_ICE_is_read_in_either_digits_and_its_check_digits_count(void **state)
{
    struct place *place = *state;
    struct arena *arena = place->ctx.arena;
    struct text ice;
    assert_true(ice_read(arena, TEXT("001561191000066"), &ice));
    assert_true(ice_read(arena, TEXT("٠٠١٥٦١١٩١٠٠٠٠٦٦"), &ice));
    ASSERT_TEXT(ice, "001561191000066");
    assert_true(ice_read(arena, TEXT("001 561 191 0000 66"), &ice));
    assert_false(ice_read(arena, TEXT("001561191000067"), &ice));
    assert_false(ice_read(arena, TEXT("00156119100006"), &ice));
    assert_false(ice_read(arena, TEXT("0015611910000661"), &ice));
    assert_false(ice_read(arena, TEXT("000000000000000"), &ice));
    assert_false(ice_read(arena, TEXT("00156119100006x"), &ice));
}

static void
a_company_comes_once_and_all_its_faults_are_told_together(void **state)
{
    struct desk desk = desk_open(*state);
    struct party_draft draft = {.kind = PARTY_COMPANY,
                                .name_ar = TEXT("\xE2\x80\xAEشركة"),
                                .ice = TEXT("001561191000066"),
                                .legal_form = TEXT("GIE"),
                                .capital = TEXT("much")};
    struct field_faults faults;
    struct party_id id;
    MUST(desk.ctx->arena, tx_begin(desk.place->store, desk.ctx, TX_READ));
    MUST(desk.ctx->arena, party_faults(desk.ctx, &draft, (struct party_id){0}, &faults));
    tx_rollback(desk.ctx);
    assert_int_equal(faults.count, 8);
    DESK_REFUSED(&desk, party_register(desk.ctx, &draft, &id), ERR_INPUT);
}

static void
search_finds_a_holder_by_any_form_of_its_words_and_by_its_numbers(void **state)
{
    struct desk desk = desk_open(*state);
    const struct instrument licence = desk_grant(&desk);
    struct instrument *found = NULL;
    static const char *const hits[] = {"اطلس",    "والأطلس",    "أطل",          "ضوء الإنتاج",
                                       "LUMIERE", "atlas prod", "pl-2026-0001", "001561191000066",
                                       "45871",   "٤٥٨٧١"};
    for (size_t i = 0; i < sizeof hits / sizeof hits[0]; i++) {
        if (searched(&desk, hits[i], &found) != 1) {
            fail_msg("%s finds nothing", hits[i]);
        }
        assert_true(found[0].id.value == licence.id.value);
    }
    assert_int_equal(searched(&desk, "أطلس مراكش", &found), 0);
    assert_int_equal(searched(&desk, "سلمى", &found), 0); /* a search finds no person */
    assert_int_equal(searched(&desk, "", &found), 1);
}

static void
a_change_of_name_is_found_and_the_facts_keep_their_days(void **state)
{
    struct desk desk = desk_open(*state);
    desk_grant(&desk);
    struct party_draft draft = {.kind = PARTY_COMPANY,
                                .name_ar = TEXT("نور الريف"),
                                .name_latin = TEXT("Nour Rif"),
                                .ice = TEXT("001561191000066"),
                                .rc = TEXT("45871"),
                                .legal_form = TEXT("SA"),
                                .capital = TEXT("500000"),
                                .seat_ar = TEXT("الناظور"),
                                .manager_ar = TEXT("عمر")};
    struct date before = desk.ctx->today;
    desk_day(&desk, "2027-05-01");
    DESK(&desk, party_change(desk.ctx, desk.party, &draft));
    struct instrument *found = NULL;
    assert_int_equal(searched(&desk, "ريف", &found), 1);
    ASSERT_TEXT(found[0].holder_ar, "نور الريف");
    struct party_fact *facts = NULL;
    size_t count = 0;
    MUST(desk.ctx->arena, tx_begin(desk.place->store, desk.ctx, TX_READ));
    MUST(desk.ctx->arena, party_facts(desk.ctx, desk.party, before, &facts, &count));
    assert_int_equal(count, 2);
    ASSERT_TEXT(facts[1].value, "\"SARL\"");
    MUST(desk.ctx->arena, party_facts(desk.ctx, desk.party, desk.ctx->today, &facts, &count));
    ASSERT_TEXT(facts[1].value, "\"SA\"");
    tx_rollback(desk.ctx);
}

static void
each_kind_numbers_its_instruments_with_letters_of_its_own(void **state)
{
    struct desk desk = desk_open(*state);
    static const struct {
        const char *kind;
        const char *number;
    } next[] = {{"commercial_visa", "CV-2026-0001"}, {"cultural_visa", "CUV-2026-0001"}};
    for (size_t i = 0; i < 2; i++) {
        struct text number;
        MUST(desk.ctx->arena, tx_begin(desk.place->store, desk.ctx, TX_WRITE));
        MUST(desk.ctx->arena, instrument_number_next(desk.ctx, text_of(next[i].kind), 2026, &number));
        MUST(desk.ctx->arena, tx_commit(desk.ctx));
        ASSERT_TEXT(number, next[i].number);
        place_script(desk.place, i == 0 ? "INSERT INTO instrument_series VALUES ('commercial_visa', 'CV')"
                                        : "INSERT INTO instrument_series VALUES ('cultural_visa', 'CUV')");
    }
}

static void
a_file_of_old_licences_is_taken_over_one_act_a_row(void **state)
{
    struct desk desk = desk_open(*state);
    struct import_result result;
    DESK(&desk, instruments_import(desk.ctx, TEXT(CLEAN), TEXT("old.csv"), &result));
    assert_int_equal(result.faults_count, 0);
    assert_int_equal(result.instruments, 2);
    assert_int_equal(result.parties, 1);
    struct instrument *found = NULL;
    assert_int_equal(searched(&desk, "واحه", &found), 1);
    assert_int_equal(found[0].status, INSTRUMENT_SUSPENDED);
    assert_true(found[0].taken_over);
    struct date day;
    enum instrument_status status;
    assert_true(date_from_text(TEXT("2019-12-31"), &day));
    MUST(desk.ctx->arena, tx_begin(desk.place->store, desk.ctx, TX_READ));
    MUST(desk.ctx->arena, instrument_status_on(desk.ctx, found[0].id, day, &status));
    tx_rollback(desk.ctx);
    assert_int_equal(status, INSTRUMENT_GRANTED);
    const struct text before = desk_print(&desk);
    desk_rebuild(&desk);
    assert_string_equal(text_cstr(desk.ctx->arena, before), text_cstr(desk.ctx->arena, desk_print(&desk)));
    /* Again: every number is taken. */
    DESK(&desk, instruments_import(desk.ctx, TEXT(CLEAN), TEXT("old.csv"), &result));
    assert_int_equal(result.faults_count, 2);
    assert_int_equal(result.instruments, 0);
}

static void
a_bad_file_names_each_line_and_column_and_writes_nothing(void **state)
{
    struct desk desk = desk_open(*state);
    struct import_result result;
    const struct text csv = TEXT("kind,number,ice,granted_on,status\n"
                                 "fishing_licence,A,001561191000066,2012-03-01,\n"
                                 "production_licence,B,001561191000067,2012-02-30,lost\n"
                                 "production_licence,C,001561191000066,2012-03-01,withdrawn\n"
                                 "production_licence,D,001561191000066\n"
                                 "production_licence,E,001561191000066,2012-03-01,\n");
    DESK(&desk, instruments_import(desk.ctx, csv, TEXT("bad.csv"), &result));
    static const struct {
        int64_t line;
        const char *column;
        const char *message;
    } expected[] = {{2, "kind", FAULT_CODE}, {3, "granted_on", FAULT_DATE},     {3, "status", FAULT_CODE},
                    {3, "ice", FAULT_ICE},   {4, "status_on", FAULT_STATUS_ON}, {5, "", FAULT_CSV}};
    assert_int_equal(result.faults_count, 6);
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(result.faults[i].line, expected[i].line);
        ASSERT_TEXT(result.faults[i].column, expected[i].column);
        assert_string_equal(result.faults[i].message, expected[i].message);
    }
    assert_int_equal(result.instruments, 0);
    struct instrument *found = NULL;
    assert_int_equal(searched(&desk, "", &found), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        PLACE_TEST(an_ICE_is_read_in_either_digits_and_its_check_digits_count),
        PLACE_TEST(a_company_comes_once_and_all_its_faults_are_told_together),
        PLACE_TEST(search_finds_a_holder_by_any_form_of_its_words_and_by_its_numbers),
        PLACE_TEST(a_change_of_name_is_found_and_the_facts_keep_their_days),
        PLACE_TEST(each_kind_numbers_its_instruments_with_letters_of_its_own),
        PLACE_TEST(a_file_of_old_licences_is_taken_over_one_act_a_row),
        PLACE_TEST(a_bad_file_names_each_line_and_column_and_writes_nothing),
    };
    return PLACE_RUN(tests);
}
