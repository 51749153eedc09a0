#include "office/letter_pdf.h"

#include <string.h>

#include "../unit.h"
#include "base/limits.h"
#include "letter_sample.h"
#include "office/letter_words.h"
#include "office/sheet.h"
#include "pdf_tools.h"

struct fixture {
    struct arena *arena;
    struct sheet_fonts fonts;
};

static int
open_fonts(void **state)
{
    static struct fixture fixture;
    fixture.arena = arena_new(ARENA_BYTES_MAX);
    MUST(fixture.arena, sheet_fonts_open(fixture.arena, &fixture.fonts));
    *state = &fixture;
    return 0;
}

static int
close_fonts(void **state)
{
    struct fixture *fixture = *state;
    sheet_fonts_close(&fixture->fonts);
    arena_free(fixture->arena);
    return 0;
}

static struct text
drawn(struct fixture *fixture, const struct letter *letter)
{
    struct text pdf = {0};
    MUST(fixture->arena, letter_pdf(fixture->arena, &fixture->fonts, letter, &pdf));
    return pdf;
}

static struct text
text_of_letter(struct fixture *fixture, const struct letter *letter)
{
    const char *folder = paper_folder(fixture->arena, drawn(fixture, letter));
    struct text text = paper_run(fixture->arena, folder, "pdftotext paper.pdf -");
    paper_remove(folder);
    return letters_only(fixture->arena, text);
}

static void
the_same_letter_gives_the_same_bytes(void **state)
{
    struct fixture *fixture = *state;
    struct letter letter = sample_decision(LANG_AR);
    struct text first = drawn(fixture, &letter);
    assert_true(text_equal(first, drawn(fixture, &letter)));
    letter.reference = TEXT("CCM/2026/0382");
    assert_false(text_equal(first, drawn(fixture, &letter)));
}

static void
a_decision_in_arabic_reads_back_with_reasons_and_remedies(void **state)
{
    struct fixture *fixture = *state;
    struct letter letter = sample_decision(LANG_AR);
    struct text text = text_of_letter(fixture, &letter);
    const char *parts[] = {"رفضطلبالترخيصبمزاولةنشاطالإنتاجالسينمائي",
                           "18.23/2/1.c",
                           "قانوني",
                           "واقعي",
                           "قرارالتفويضرقم987",
                           "طرقالطعن",
                           "2026-11-24",
                           "CCM/2026/0381",
                           "Centrecinématographiquemarocain"};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (!text_holds(text, parts[i])) {
            fail_msg("%s is missing from %.*s", parts[i], TEXT_ARG(text));
        }
    }
}

static void
a_letter_in_french_says_that_the_arabic_text_is_authentic(void **state)
{
    struct fixture *fixture = *state;
    struct letter letter = sample_decision(LANG_FR);
    struct text text = text_of_letter(fixture, &letter);
    assert_true(text_holds(text, "Seulletextearabefaitfoi."));
    assert_true(text_holds(text, "Voiesderecours"));
    assert_true(text_holds(text, "75000,00DHsur300000,00DH"));
    letter.lang = LANG_EN;
    assert_true(text_holds(text_of_letter(fixture, &letter), "TheArabictextisauthentic."));
}

static void
a_receipt_numbers_the_missing_papers(void **state)
{
    struct fixture *fixture = *state;
    struct letter letter = sample_receipt(LANG_FR);
    struct text text = text_of_letter(fixture, &letter);
    assert_true(text_holds(text, "Piècesmanquantes") && text_holds(text, "Copiedesstatutsdelasociété"));
    assert_true(text_holds(text, "1.Attestation") || (text_holds(text, "1.") && text_holds(text, "2.")));
    letter = sample_receipt(LANG_AR);
    letter.mark = MARK_SPECIMEN;
    const char *folder = paper_folder(fixture->arena, drawn(fixture, &letter));
    text = letters_only(fixture->arena, paper_run(fixture->arena, folder, "pdftotext -raw paper.pdf -"));
    assert_true(text_holds(text, "SPECIMEN") && text_holds(text, "SPÉCIMEN"));
    assert_true(text_holds(text, "نسخةمنالنظامالأساسيللشركة"));
    paper_remove(folder);
}

/* Twenty reasons, one of them as long as a reason may be. */
static struct letter
long_decision(struct fixture *fixture)
{
    struct letter letter = sample_decision(LANG_AR);
    struct letter_reason *reasons = ARENA_ARRAY(fixture->arena, struct letter_reason, 20);
    for (size_t i = 0; i < 20; i++) {
        reasons[i] = letter.reasons[i % letter.reason_count];
    }
    struct buf buf = buf_new(fixture->arena, REASON_BYTES_MAX);
    while (buf_built(&buf).len + 400 < REASON_BYTES_MAX) {
        buf_text(&buf, letter.reasons[0].sentence);
        buf_cstr(&buf, " ");
    }
    buf_cstr(&buf, "انتهى");
    reasons[4].sentence = buf_built(&buf);
    letter.reasons = reasons;
    letter.reason_count = 20;
    return letter;
}

static void
a_long_letter_runs_over_pages_loses_nothing_and_numbers_them(void **state)
{
    struct fixture *fixture = *state;
    struct letter letter = long_decision(fixture);
    const char *folder = paper_folder(fixture->arena, drawn(fixture, &letter));
    struct text info = paper_run(fixture->arena, folder, "pdfinfo paper.pdf | sed -n 's/^Pages: *//p'");
    int64_t pages = 0;
    assert_true(text_to_int64(text_trim(info), &pages));
    assert_true(pages > 3 && pages < 12);
    for (int64_t page = 1; page <= pages; page++) {
        const char *command =
            text_cstr(fixture->arena, text_printf(fixture->arena, "pdftotext -f %lld -l %lld paper.pdf -",
                                                  (long long)page, (long long)page));
        struct text text = letters_only(fixture->arena, paper_run(fixture->arena, folder, command));
        assert_true(text_holds(text, "https://registre.example/v/1043-0f1e2d3c4b5a6978"));
        assert_true(text_holds(text, "CCM/2026/0381"));
    }
    struct text all = letters_only(fixture->arena, paper_run(fixture->arena, folder, "pdftotext paper.pdf -"));
    int sentences = 0;
    for (const char *at = all.at; (at = memmem(at, (size_t)(all.at + all.len - at), "يشترطأنيكون", 22)) != NULL; at++) {
        sentences++;
    }
    int wanted = 0;
    for (size_t i = 0; i < letter.reason_count; i++) {
        struct text sentence = letters_only(fixture->arena, letter.reasons[i].sentence);
        for (const char *at = sentence.at;
             (at = memmem(at, (size_t)(sentence.at + sentence.len - at), "يشترطأنيكون", 22)) != NULL; at++) {
            wanted++;
        }
    }
    /* One more at most is cut by each page's end, where the head and foot come between. */
    assert_true(sentences <= wanted && sentences >= wanted - (int)pages);
    assert_true(text_holds(all, "انتهى"));
    struct text words = paper_run(fixture->arena, folder, "pdftotext -bbox paper.pdf -");
    struct text word;
    struct word_box box;
    while (word_next(&words, &word, &box)) {
        assert_true(box.x_min > 40 && box.x_max < SHEET_WIDTH - 40 && box.y_min > 20 && box.y_max < SHEET_HEIGHT - 15);
    }
    paper_remove(folder);
}

static void
every_page_has_a_code_that_reads_back(void **state)
{
    struct fixture *fixture = *state;
    struct letter letter = long_decision(fixture);
    const char *folder = paper_folder(fixture->arena, drawn(fixture, &letter));
    (void)paper_run(fixture->arena, folder, "pdftoppm -r 150 -png -f 1 -l 2 paper.pdf page");
    struct text first = paper_run(fixture->arena, folder, "zbarimg --nodbus --quiet --raw page-1.png");
    struct text second = paper_run(fixture->arena, folder, "zbarimg --nodbus --quiet --raw page-2.png");
    assert_true(text_is(text_trim(first), "https://registre.example/v/1043-0f1e2d3c4b5a6978"));
    assert_true(text_equal(first, second));
    paper_remove(folder);
}

static void
it_is_a_document_to_keep_in_its_language(void **state)
{
    struct fixture *fixture = *state;
    struct letter letter = sample_decision(LANG_FR);
    const char *folder = paper_folder(fixture->arena, drawn(fixture, &letter));
    (void)paper_run(fixture->arena, folder, "qpdf --check paper.pdf");
    struct text objects = paper_run(fixture->arena, folder, "qpdf --qdf --object-streams=disable paper.pdf -");
    assert_true(text_holds(objects, "/Lang (fr-MA)") && text_holds(objects, "/Lang (ar-MA)"));
    assert_true(text_holds(objects, "/S /GTS_PDFA1") && text_holds(objects, "/S /H2"));
    assert_false(text_holds(objects, "/EmbeddedFiles"));
    struct text info = paper_run(fixture->arena, folder, "pdfinfo paper.pdf");
    assert_true(text_holds(info, "CCM/2026/0381, Refus de l'autorisation"));
    paper_remove(folder);
}

static void
refuses(struct fixture *fixture, const struct letter *letter, enum err_code code)
{
    struct text pdf = {0};
    const struct err *err = letter_pdf(fixture->arena, &fixture->fonts, letter, &pdf);
    assert_non_null(err);
    assert_int_equal(err_root(err), code);
    assert_int_equal(pdf.len, 0);
}

static void
refuses_a_decision_without_reasons_in_law_and_in_fact_or_without_remedies(void **state)
{
    struct fixture *fixture = *state;
    struct letter letter = sample_decision(LANG_AR);
    letter.reason_count = 1; /* the legal one */
    refuses(fixture, &letter, ERR_INPUT);
    letter.kind = LETTER_NOTICE;
    (void)drawn(fixture, &letter);
    letter = sample_decision(LANG_AR);
    letter.remedy_count = 0;
    refuses(fixture, &letter, ERR_INPUT);
    struct letter_reason reasons[] = {letter.reasons[0], letter.reasons[1]};
    reasons[0].norm = TEXT("");
    letter = sample_decision(LANG_AR);
    letter.reasons = reasons;
    letter.reason_count = 2;
    refuses(fixture, &letter, ERR_INPUT);
}

static void
refuses_a_letter_without_signatory_basis_or_act(void **state)
{
    struct fixture *fixture = *state;
    const struct letter good = sample_decision(LANG_FR);
    struct letter bad = good;
    bad.signature.basis.latin = TEXT("");
    refuses(fixture, &bad, ERR_INPUT);
    bad = good;
    bad.act = 0;
    refuses(fixture, &bad, ERR_INPUT);
    bad = good;
    bad.short_hash = TEXT("0f1e2d3c4b5a697Z");
    refuses(fixture, &bad, ERR_INPUT);
    bad = good;
    bad.signature.level = SIGNATURE_HAND;
    refuses(fixture, &bad, ERR_INPUT);
    bad = good;
    bad.subject = TEXT("Refus\xFF");
    refuses(fixture, &bad, ERR_UTF8);
    bad = good;
    struct text broken[] = {TEXT("Refus\xFF")};
    bad.paragraphs = broken;
    bad.paragraph_count = 1;
    refuses(fixture, &bad, ERR_UTF8);
    bad = good;
    bad.lang = LANG_ZGH;
    refuses(fixture, &bad, ERR_INPUT);
}

static void
refuses_more_pages_than_anyone_reads(void **state)
{
    struct fixture *fixture = *state;
    struct letter letter = sample_receipt(LANG_FR);
    size_t count = 4000;
    letter.list = ARENA_ARRAY(fixture->arena, struct text, count);
    for (size_t i = 0; i < count; i++) {
        letter.list[i] = TEXT("Copie des statuts");
    }
    letter.list_count = count;
    refuses(fixture, &letter, ERR_TOO_LARGE);
}

static void
crosses_a_pipe_as_json_and_draws_the_same(void **state)
{
    struct fixture *fixture = *state;
    for (enum lang lang = LANG_AR; lang <= LANG_FR; lang++) {
        struct letter letters[] = {sample_decision(lang), sample_receipt(lang)};
        for (size_t i = 0; i < 2; i++) {
            struct text json, again;
            struct letter read;
            MUST(fixture->arena, letter_to_json(fixture->arena, &letters[i], &json));
            MUST(fixture->arena, letter_from_json(fixture->arena, json, &read));
            MUST(fixture->arena, letter_to_json(fixture->arena, &read, &again));
            assert_true(text_equal(json, again));
            assert_true(text_equal(drawn(fixture, &letters[i]), drawn(fixture, &read)));
        }
    }
    struct letter read;
    assert_int_equal(err_root(letter_from_json(fixture->arena, TEXT("{\"kind\":\"decision\"}"), &read)), ERR_JSON);
    assert_int_equal(err_root(letter_from_json(fixture->arena, TEXT("[]"), &read)), ERR_JSON);
}

static void
every_label_has_words_in_arabic_french_and_english(void **state)
{
    (void)state;
    for (enum lang lang = LANG_AR; lang <= LANG_EN; lang++) {
        for (enum letter_word word = LETTER_WORD_REFERENCE; word < LETTER_WORDS; word++) {
            assert_true(letter_word(word, lang).len > 0);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_letter_gives_the_same_bytes),
        cmocka_unit_test(a_decision_in_arabic_reads_back_with_reasons_and_remedies),
        cmocka_unit_test(a_letter_in_french_says_that_the_arabic_text_is_authentic),
        cmocka_unit_test(a_receipt_numbers_the_missing_papers),
        cmocka_unit_test(a_long_letter_runs_over_pages_loses_nothing_and_numbers_them),
        cmocka_unit_test(every_page_has_a_code_that_reads_back),
        cmocka_unit_test(it_is_a_document_to_keep_in_its_language),
        cmocka_unit_test(refuses_a_decision_without_reasons_in_law_and_in_fact_or_without_remedies),
        cmocka_unit_test(refuses_a_letter_without_signatory_basis_or_act),
        cmocka_unit_test(refuses_more_pages_than_anyone_reads),
        cmocka_unit_test(crosses_a_pipe_as_json_and_draws_the_same),
        cmocka_unit_test(every_label_has_words_in_arabic_french_and_english),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
