#include "office/certificate_pdf.h"

#include <math.h>
#include <string.h>

#include "../unit.h"
#include "base/limits.h"
#include "certificate_sample.h"
#include "office/certificate_words.h"
#include "office/sheet.h"
#include "pdf_tools.h"

#define CERTIFICATE_BYTES_MAX 80000 /* BUDGETS.md */

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
drawn(struct fixture *fixture, const struct certificate *certificate)
{
    struct text pdf = {0};
    MUST(fixture->arena, certificate_pdf(fixture->arena, &fixture->fonts, certificate, &pdf));
    return pdf;
}

static void
the_same_certificate_gives_the_same_bytes_in_any_process(void **state)
{
    struct fixture *fixture = *state;
    struct certificate certificate = sample_certificate(fixture->arena);
    struct text first = drawn(fixture, &certificate);
    assert_true(text_equal(first, drawn(fixture, &certificate)));

    struct fixture other = {.arena = fixture->arena};
    MUST(other.arena, sheet_fonts_open(other.arena, &other.fonts));
    assert_true(text_equal(first, drawn(&other, &certificate)));
    sheet_fonts_close(&other.fonts);

    certificate.number = TEXT("PL-2026-0043");
    assert_false(text_equal(first, drawn(fixture, &certificate)));
}

static void
arabic_and_french_read_back_in_their_order(void **state)
{
    struct fixture *fixture = *state;
    struct certificate certificate = sample_certificate(fixture->arena);
    const char *folder = paper_folder(fixture->arena, drawn(fixture, &certificate));
    struct text text = letters_only(fixture->arena, paper_run(fixture->arena, folder, "pdftotext paper.pdf -"));
    assert_true(text_holds(text, "الترخيصبمزاولةنشاطالإنتاجالسينمائي"));
    assert_true(text_holds(text, "أطلسضوءللإنتاج"));
    assert_true(text_holds(text, "Autorisationd'exercicedel'activitédeproductioncinématographique"));
    assert_true(text_holds(text, "يعتدبالنصالعربيدونغيره"));
    assert_true(text_holds(text, "Signatureélectroniquesimple:connexionetsecondfacteur"));
    assert_true(text_holds(text, "https://registre.example/v/1042-"));
    paper_remove(folder);
}

/* pdftotext gives Arabic letter by letter: the line is the letters at the height of its number, in the value's column.
 */
static void
a_line_of_arabic_digits_and_latin_runs_from_the_right(void **state)
{
    struct fixture *fixture = *state;
    struct certificate certificate = sample_certificate(fixture->arena);
    certificate.rc.ar = TEXT("ألف 48213 باء Casablanca جيم");
    certificate.rc.latin = TEXT("-");
    const char *folder = paper_folder(fixture->arena, drawn(fixture, &certificate));
    struct text words = paper_run(fixture->arena, folder, "pdftotext -bbox paper.pdf -");
    struct word_box number, place, box;
    assert_true(word_find(words, "48213", &number));
    struct text rest = words;
    struct text word;
    do { /* the seat names the town too, in French */
        assert_true(word_next(&rest, &word, &place));
    } while (!text_is(word, "Casablanca") || fabs(place.y_min - number.y_min) > 0.1);
    assert_true(number.x_min > place.x_max);
    int before = 0, between = 0, behind = 0;
    while (word_next(&words, &word, &box)) {
        bool is_on_line = fabs(box.y_min - number.y_min) < 0.1;
        before += is_on_line && box.x_min >= number.x_max && (text_is(word, "أ") || text_is(word, "ف"));
        between += is_on_line && box.x_max <= number.x_min && box.x_min >= place.x_max && text_is(word, "ب");
        behind += is_on_line && box.x_max <= place.x_min && (text_is(word, "ج") || text_is(word, "م"));
    }
    assert_int_equal(before, 2);
    assert_int_equal(between, 1);
    assert_int_equal(behind, 2);
    paper_remove(folder);
}

static void
the_qr_code_reads_back_at_150_dots_an_inch(void **state)
{
    struct fixture *fixture = *state;
    struct certificate certificate = sample_certificate(fixture->arena);
    for (enum certificate_mark mark = MARK_NONE; mark <= MARK_SPECIMEN; mark++) {
        certificate.mark = mark;
        const char *folder = paper_folder(fixture->arena, drawn(fixture, &certificate));
        (void)paper_run(fixture->arena, folder, "pdftoppm -r 150 -png -singlefile paper.pdf paper");
        struct text read = paper_run(fixture->arena, folder, "zbarimg --nodbus --quiet --raw paper.png");
        struct text url = certificate_url(fixture->arena, certificate.base_url, 1042, certificate.short_hash);
        assert_true(text_equal(text_trim(read), url));
        assert_true(text_starts(url, TEXT("https://registre.example/v/1042-")));
        paper_remove(folder);
    }
}

static void
the_attachments_come_out_as_they_went_in(void **state)
{
    struct fixture *fixture = *state;
    struct certificate certificate = sample_certificate(fixture->arena);
    const char *folder = paper_folder(fixture->arena, drawn(fixture, &certificate));
    struct text list = paper_run(fixture->arena, folder, "qpdf --list-attachments paper.pdf");
    assert_true(text_holds(list, "disclosure.txt") && text_holds(list, "entry.json") &&
                text_holds(list, "proof.tlog-proof"));
    (void)paper_run(fixture->arena, folder, "pdfdetach -saveall paper.pdf");
    assert_true(text_equal(paper_file(fixture->arena, folder, "entry.json"), certificate.entry));
    assert_true(text_equal(paper_file(fixture->arena, folder, "proof.tlog-proof"), certificate.proof));
    assert_true(text_equal(paper_file(fixture->arena, folder, "disclosure.txt"), certificate.disclosure));
    struct text shown = paper_run(fixture->arena, folder, "qpdf --show-attachment=entry.json paper.pdf");
    assert_true(text_equal(shown, certificate.entry));
    paper_remove(folder);
}

/* What ISO 19005-3 asks and can be seen without a validator; docs say which one to run. */
static void
it_has_what_a_document_to_keep_needs(void **state)
{
    struct fixture *fixture = *state;
    struct certificate certificate = sample_certificate(fixture->arena);
    const char *folder = paper_folder(fixture->arena, drawn(fixture, &certificate));
    (void)paper_run(fixture->arena, folder, "qpdf --check paper.pdf");
    struct text info = paper_run(fixture->arena, folder, "pdfinfo paper.pdf");
    assert_true(text_holds(info, "PDF version:     1.7"));
    assert_true(text_holds(info, "Tagged:          yes"));
    assert_true(text_holds(info, "PL-2026-0042"));
    assert_true(text_holds(info, "Pages:           1\n"));
    assert_true(text_holds(info, "(A4)"));
    assert_true(text_holds(info, "JavaScript:      no"));
    struct text metadata = paper_run(fixture->arena, folder, "pdfinfo -meta paper.pdf");
    assert_true(text_holds(metadata, "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>"));
    assert_true(text_holds(metadata, "<xmp:CreateDate>2026-11-24T00:00:00Z</xmp:CreateDate>"));
    struct text objects = paper_run(fixture->arena, folder, "qpdf --qdf --object-streams=disable paper.pdf -");
    const char *needed[] = {"/Lang (ar-MA)",
                            "/DisplayDocTitle true",
                            "/S /GTS_PDFA1",
                            "/Direction /R2L",
                            "/AFRelationship /Data",
                            "/AFRelationship /Supplement",
                            "/MarkInfo <<",
                            "/Subtype /application#2fjson",
                            "/AF [",
                            "/Lang (fr-MA)",
                            "/S /H1",
                            "<?xpacket begin"};
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
        if (!text_holds(objects, needed[i])) {
            fail_msg("%s is missing", needed[i]);
        }
    }
    struct text rest = objects;
    int composites = 0;
    for (struct text line; text_split(&rest, '\n', &line);) {
        composites += text_is(line, "  /Subtype /CIDFontType2");
        composites -= text_is(line, "  /CIDToGIDMap /Identity");
    }
    assert_int_equal(composites, 0);
    assert_true(text_holds(objects, "/CIDToGIDMap /Identity"));
    /* Nothing of what the standard forbids, and no clock. */
    const char *forbidden[] = {"/Encrypt", "/JavaScript", "/SMask", "/ca 0",
                               "/CA 0",    "/LZWDecode",  "(cairo", "/Launch"};
    for (size_t i = 0; i < sizeof forbidden / sizeof forbidden[0]; i++) {
        if (text_holds(objects, forbidden[i])) {
            fail_msg("%s is there", forbidden[i]);
        }
    }
    /* Every font has a file inside: pdffonts prints emb, sub and uni as three columns. */
    struct text fonts = paper_run(fixture->arena, folder, "pdffonts paper.pdf | tail -n +3");
    assert_true(text_holds(fonts, "Amiri-Bold") && text_holds(fonts, "NotoSans-Regular"));
    for (struct text line; text_split(&fonts, '\n', &line) && line.len > 0;) {
        assert_true(text_holds(line, "yes yes yes"));
    }
    paper_remove(folder);
}

static void
a_specimen_says_so_in_three_languages(void **state)
{
    struct fixture *fixture = *state;
    struct certificate certificate = sample_certificate(fixture->arena);
    const char *folder = paper_folder(fixture->arena, drawn(fixture, &certificate));
    assert_false(text_holds(paper_run(fixture->arena, folder, "pdftotext paper.pdf -"), "SPECIMEN"));
    paper_remove(folder);
    certificate.mark = MARK_SPECIMEN;
    folder = paper_folder(fixture->arena, drawn(fixture, &certificate));
    /* -raw keeps the letters of the slanted words in the order in which they were written. */
    struct text text = letters_only(fixture->arena, paper_run(fixture->arena, folder, "pdftotext -raw paper.pdf -"));
    assert_true(text_holds(text, "SPECIMEN") && text_holds(text, "SPÉCIMEN") && text_holds(text, "نموذج"));
    assert_true(text_holds(text, "وثيقةتجريبيةليسلهاأيأثرقانوني"));
    paper_remove(folder);
}

/* Every word inside the frame, whatever the name; the watermark apart, which is slanted. */
static void
assert_inside_the_frame(struct fixture *fixture, const char *folder)
{
    struct text words = paper_run(fixture->arena, folder, "pdftotext -bbox paper.pdf -");
    struct text word;
    struct word_box box;
    int count = 0;
    while (word_next(&words, &word, &box)) {
        count++;
        if (box.x_min < 46 || box.x_max > SHEET_WIDTH - 46 || box.y_min < 46 || box.y_max > SHEET_HEIGHT - 46) {
            fail_msg("%.*s lies outside: %.1f %.1f %.1f %.1f", TEXT_ARG(word), box.x_min, box.y_min, box.x_max,
                     box.y_max);
        }
    }
    assert_true(count > 60);
}

static struct text
repeated(struct arena *arena, const char *word, size_t bytes)
{
    struct buf buf = buf_new(arena, bytes);
    while (buf_built(&buf).len + strlen(word) <= bytes) {
        buf_cstr(&buf, word);
    }
    return buf_built(&buf);
}

static void
names_as_long_as_allowed_stay_inside_the_frame_and_the_budget(void **state)
{
    struct fixture *fixture = *state;
    struct certificate certificate = sample_certificate(fixture->arena);
    certificate.holder.ar = repeated(fixture->arena, "الشركة المغربية للإنتاج السينمائي ", NAME_BYTES_MAX);
    certificate.holder.latin = repeated(fixture->arena, "Société marocaine de production ", NAME_BYTES_MAX);
    certificate.seat.ar = repeated(fixture->arena, "زنقة ابن بطوطة ", NAME_BYTES_MAX);
    certificate.seat.latin = repeated(fixture->arena, "boulevard ", NAME_BYTES_MAX);
    struct text pdf = drawn(fixture, &certificate);
    assert_true(pdf.len <= CERTIFICATE_BYTES_MAX);
    const char *folder = paper_folder(fixture->arena, pdf);
    assert_inside_the_frame(fixture, folder);
    paper_remove(folder);

    /* One word without a place to break, in both columns and as the name. */
    certificate.holder.ar = repeated(fixture->arena, "ب", NAME_BYTES_MAX);
    certificate.holder.latin = repeated(fixture->arena, "W", NAME_BYTES_MAX);
    certificate.manager.latin = certificate.holder.latin;
    certificate.number = repeated(fixture->arena, "9", 120);
    folder = paper_folder(fixture->arena, drawn(fixture, &certificate));
    assert_inside_the_frame(fixture, folder);
    paper_remove(folder);
}

static void
one_letter_is_a_name(void **state)
{
    struct fixture *fixture = *state;
    struct certificate certificate = sample_certificate(fixture->arena);
    certificate.holder = (struct in_languages){.ar = TEXT("ق")};
    certificate.recital = (struct in_languages){0};
    const char *folder = paper_folder(fixture->arena, drawn(fixture, &certificate));
    assert_inside_the_frame(fixture, folder);
    paper_remove(folder);
}

static void
overrides_in_a_name_change_nothing_but_the_name(void **state)
{
    struct fixture *fixture = *state;
    struct certificate certificate = sample_certificate(fixture->arena);
    struct text plain = drawn(fixture, &certificate);
    certificate.holder.latin = TEXT("\xE2\x80\xAE"
                                    "Atlas \xE2\x80\xAC\x01"
                                    "Lumière\x7F Productions\xE2\x80\xAD");
    assert_true(text_equal(plain, drawn(fixture, &certificate)));

    /* An isolate left open ends with its paragraph. */
    certificate.holder.latin = TEXT("\xE2\x81\xA7"
                                    "Atlas");
    const char *folder = paper_folder(fixture->arena, drawn(fixture, &certificate));
    struct text text = letters_only(fixture->arena, paper_run(fixture->arena, folder, "pdftotext paper.pdf -"));
    assert_true(text_holds(text, "Atlas") && text_holds(text, "Sociétéàresponsabilitélimitée"));
    paper_remove(folder);
}

static void
refuses(struct fixture *fixture, const struct certificate *certificate, enum err_code code)
{
    struct text pdf = {0};
    const struct err *err = certificate_pdf(fixture->arena, &fixture->fonts, certificate, &pdf);
    assert_non_null(err);
    assert_int_equal(err_root(err), code);
    assert_int_equal(pdf.len, 0);
}

static void
refuses_a_certificate_that_could_not_be_checked(void **state)
{
    struct fixture *fixture = *state;
    const struct certificate good = sample_certificate(fixture->arena);
    struct certificate bad = good;
    bad.signature.basis = (struct in_languages){0};
    refuses(fixture, &bad, ERR_INPUT);
    bad = good;
    bad.proof = TEXT("");
    refuses(fixture, &bad, ERR_INPUT);
    bad = good;
    bad.entry = TEXT("{}");
    refuses(fixture, &bad, ERR_INPUT); /* the short hash belongs to another entry */
    bad = good;
    bad.short_hash = text_slice(good.short_hash, 0, 4);
    refuses(fixture, &bad, ERR_INPUT);
    bad = good;
    bad.act = 0;
    refuses(fixture, &bad, ERR_INPUT);
}

static void
never_shows_a_signature_as_more_than_it_is(void **state)
{
    struct fixture *fixture = *state;
    struct certificate certificate = sample_certificate(fixture->arena);
    certificate.signature.level = SIGNATURE_QUALIFIED;
    refuses(fixture, &certificate, ERR_INPUT);
    certificate.signature.level = (enum signature_level)0;
    refuses(fixture, &certificate, ERR_INPUT);
    certificate.signature.level = SIGNATURE_LEVELS;
    refuses(fixture, &certificate, ERR_INPUT);
}

static void
refuses_what_is_not_utf8_or_does_not_fit_a_page(void **state)
{
    struct fixture *fixture = *state;
    const struct certificate good = sample_certificate(fixture->arena);
    struct certificate bad = good;
    bad.holder.ar = TEXT("\xC0\xAF");
    refuses(fixture, &bad, ERR_UTF8);
    bad = good;
    bad.manager.latin = TEXT("Am\xE9lie");
    refuses(fixture, &bad, ERR_UTF8);
    bad = good;
    bad.recital.ar = repeated(fixture->arena, "يرخص المركز ", REASON_BYTES_MAX);
    refuses(fixture, &bad, ERR_TOO_LARGE);
    bad.recital.ar = repeated(fixture->arena, "يرخص المركز ", REASON_BYTES_MAX + 100);
    refuses(fixture, &bad, ERR_TOO_LARGE);
    bad = good;
    bad.base_url = repeated(fixture->arena, "https://a.example/", 2 * QR_BYTES_MAX);
    refuses(fixture, &bad, ERR_TOO_LARGE);
}

static void
crosses_a_pipe_as_json_and_draws_the_same(void **state)
{
    struct fixture *fixture = *state;
    struct certificate certificate = sample_certificate(fixture->arena);
    struct certificate_row rows[] = {{{.ar = TEXT("عنوان الفيلم"), .latin = TEXT("Titre du film")},
                                      {.ar = TEXT("ليل \"أطلس\""), .latin = TEXT("Nuit d'Atlas\n")}}};
    certificate.rows = rows;
    certificate.row_count = 1;
    certificate.title.zgh = TEXT("ⵜⵓⵔⴰⴳⵜ");
    struct text json, again;
    struct certificate read;
    MUST(fixture->arena, certificate_to_json(fixture->arena, &certificate, &json));
    MUST(fixture->arena, certificate_from_json(fixture->arena, json, &read));
    MUST(fixture->arena, certificate_to_json(fixture->arena, &read, &again));
    assert_true(text_equal(json, again));
    assert_int_equal(read.row_count, 1);
    assert_int_equal(read.mark, MARK_NONE);
    assert_int_equal(read.signature.level, SIGNATURE_SIMPLE);
    ASSERT_TEXT(read.rows[0].value.latin, "Nuit d'Atlas\n");
    assert_true(text_equal(drawn(fixture, &certificate), drawn(fixture, &read)));
}

static void
refuses_json_with_a_member_missing_or_unknown(void **state)
{
    struct fixture *fixture = *state;
    struct certificate certificate = sample_certificate(fixture->arena);
    struct text json;
    MUST(fixture->arena, certificate_to_json(fixture->arena, &certificate, &json));
    const struct {
        const char *from;
        const char *to;
    } changes[] = {{"\"act\":1042", "\"act\":\"1042\""},
                   {"\"act\":1042", "\"tca\":1042"},
                   {"\"act\":1042,", ""},
                   {"\"mark\":\"none\"", "\"mark\":\"genuine\""},
                   {"\"act_day\":\"2026-11-24\"", "\"act_day\":\"2026-11-31\""},
                   {"\"act\":1042", "\"more\":1,\"act\":1042"}};
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        const char *at = memmem(json.at, json.len, changes[i].from, strlen(changes[i].from));
        assert_non_null(at);
        size_t before = (size_t)(at - json.at);
        struct text rest = text_after(json, before + strlen(changes[i].from));
        struct text changed =
            text_printf(fixture->arena, "%.*s%s%.*s", (int)before, json.at, changes[i].to, TEXT_ARG(rest));
        struct certificate read;
        const struct err *err = certificate_from_json(fixture->arena, changed, &read);
        assert_non_null(err);
        assert_int_equal(err_root(err), ERR_JSON);
    }
}

static void
every_label_has_words_in_arabic_french_and_english(void **state)
{
    (void)state;
    for (enum lang lang = LANG_AR; lang <= LANG_EN; lang++) {
        for (enum certificate_word word = WORD_NUMBER; word < CERTIFICATE_WORDS; word++) {
            assert_true(certificate_word(word, lang).len > 0);
        }
        for (enum certificate_mark mark = MARK_SPECIMEN; mark < CERTIFICATE_MARKS; mark++) {
            assert_true(certificate_mark_word(mark, lang).len > 0 && certificate_mark_sentence(mark, lang).len > 0);
        }
        for (enum signature_level level = SIGNATURE_SIMPLE; level < SIGNATURE_LEVELS; level++) {
            assert_true(signature_level_words(level, lang).len > 0);
        }
    }
}

static void
stays_within_eighty_kilobytes(void **state)
{
    struct fixture *fixture = *state;
    struct certificate certificate = sample_certificate(fixture->arena);
    for (enum certificate_mark mark = MARK_NONE; mark < CERTIFICATE_MARKS; mark++) {
        certificate.mark = mark;
        assert_true(drawn(fixture, &certificate).len <= CERTIFICATE_BYTES_MAX);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_certificate_gives_the_same_bytes_in_any_process),
        cmocka_unit_test(arabic_and_french_read_back_in_their_order),
        cmocka_unit_test(a_line_of_arabic_digits_and_latin_runs_from_the_right),
        cmocka_unit_test(the_qr_code_reads_back_at_150_dots_an_inch),
        cmocka_unit_test(the_attachments_come_out_as_they_went_in),
        cmocka_unit_test(it_has_what_a_document_to_keep_needs),
        cmocka_unit_test(a_specimen_says_so_in_three_languages),
        cmocka_unit_test(names_as_long_as_allowed_stay_inside_the_frame_and_the_budget),
        cmocka_unit_test(one_letter_is_a_name),
        cmocka_unit_test(overrides_in_a_name_change_nothing_but_the_name),
        cmocka_unit_test(refuses_a_certificate_that_could_not_be_checked),
        cmocka_unit_test(never_shows_a_signature_as_more_than_it_is),
        cmocka_unit_test(refuses_what_is_not_utf8_or_does_not_fit_a_page),
        cmocka_unit_test(crosses_a_pipe_as_json_and_draws_the_same),
        cmocka_unit_test(refuses_json_with_a_member_missing_or_unknown),
        cmocka_unit_test(every_label_has_words_in_arabic_french_and_english),
        cmocka_unit_test(stays_within_eighty_kilobytes),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
