#include "office/pdf_archive.h"

#include <assert.h>
#include <qpdf/qpdf-c.h>

#include "base/limits.h"
#include "office/pdf_metadata.h"
#include "office/srgb_profile.h"

/* One document in the hands of qpdf. */
struct work {
    struct arena *arena;
    qpdf_data qpdf;
    const struct pdf_facts *facts;
};

static const char *const relationships[] = {[PDF_DATA] = "/Data", [PDF_SUPPLEMENT] = "/Supplement"};

static void close_qpdf(qpdf_data *qpdf);
static const struct err *check(const struct work *work, const char *doing);
static void describe(const struct work *work);
static void add_output_intent(const struct work *work);
static void map_glyphs(const struct work *work);
static void attach_all(const struct work *work);
static qpdf_oh attach(const struct work *work, const struct pdf_attachment *attachment);
static qpdf_oh new_stream(const struct work *work, const char *dictionary, struct text bytes);
static void set_tag_langs(const struct work *work, qpdf_oh element, size_t *next);
static qpdf_oh words(const struct work *work, struct text text);

const struct err *
pdf_archive(struct arena *arena, struct text drawn, const struct pdf_facts *facts, struct text *ret_pdf)
{
    assert(facts->titles[facts->lang].len > 0);

    DEFER(close_qpdf) qpdf_data qpdf = qpdf_init();
    struct work work = {.arena = arena, .qpdf = qpdf, .facts = facts};
    qpdf_silence_errors(qpdf);
    qpdf_set_suppress_warnings(qpdf, QPDF_TRUE);
    qpdf_set_attempt_recovery(qpdf, QPDF_FALSE);
    (void)qpdf_read_memory(qpdf, "drawn", drawn.at, drawn.len, NULL);
    TRY(check(&work, "read"));
    map_glyphs(&work); /* before anything is added: it walks the objects that cairo numbered */
    describe(&work);
    add_output_intent(&work);
    attach_all(&work);
    size_t next = 0;
    set_tag_langs(&work, qpdf_oh_get_key(qpdf, qpdf_oh_get_key(qpdf, qpdf_get_root(qpdf), "/StructTreeRoot"), "/K"),
                  &next);
    TRY(check(&work, "complete"));

    (void)qpdf_init_write_memory(qpdf);
    qpdf_set_minimum_pdf_version(qpdf, "1.7"); /* the base of PDF/A-3 */
    qpdf_set_object_stream_mode(qpdf, qpdf_o_generate);
    qpdf_set_deterministic_ID(qpdf, QPDF_TRUE);
    qpdf_set_newline_before_endstream(qpdf, QPDF_TRUE);
    (void)qpdf_write(qpdf);
    TRY(check(&work, "write"));
    size_t len = qpdf_get_buffer_length(qpdf);
    *ret_pdf = (struct text){.at = arena_copy(arena, qpdf_get_buffer(qpdf), len), .len = len};
    return NULL;
}

const char *
pdf_lang(enum lang lang)
{
    static const char *const names[LANGS] = {
        [LANG_NONE] = "ar-MA", [LANG_AR] = "ar-MA", [LANG_FR] = "fr-MA", [LANG_EN] = "en", [LANG_ZGH] = "zgh"};
    return names[lang];
}

static void
close_qpdf(qpdf_data *qpdf)
{
    qpdf_cleanup(qpdf);
}

static const struct err *
check(const struct work *work, const char *doing)
{
    if (qpdf_has_error(work->qpdf)) {
        qpdf_error error = qpdf_get_error(work->qpdf);
        return FAIL(work->arena, ERR_INTERNAL, "qpdf cannot %s: %s", doing,
                    qpdf_get_error_full_text(work->qpdf, error));
    }
    if (qpdf_more_warnings(work->qpdf)) {
        qpdf_error warning = qpdf_next_warning(work->qpdf);
        return FAIL(work->arena, ERR_INTERNAL, "qpdf warns at %s: %s", doing,
                    qpdf_get_error_full_text(work->qpdf, warning));
    }
    return NULL;
}

/* Language, title, viewer preferences, XMP, and an information dictionary that says the same (cairo's holds the clock).
 */
static void
describe(const struct work *work)
{
    qpdf_data qpdf = work->qpdf;
    const struct pdf_facts *facts = work->facts;
    qpdf_oh root = qpdf_get_root(qpdf);
    qpdf_oh_replace_key(qpdf, root, "/Lang", qpdf_oh_new_string(qpdf, pdf_lang(facts->lang)));
    qpdf_oh preferences = qpdf_oh_parse(qpdf, lang_is_rtl(facts->lang) ? "<< /DisplayDocTitle true /Direction /R2L >>"
                                                                       : "<< /DisplayDocTitle true >>");
    qpdf_oh_replace_key(qpdf, root, "/ViewerPreferences", preferences);
    qpdf_oh_replace_key(qpdf, root, "/Metadata",
                        new_stream(work, "<< /Type /Metadata /Subtype /XML >>", pdf_metadata(work->arena, facts)));

    int year = 0, month = 0, day = 0;
    date_to_civil(facts->day, &year, &month, &day);
    const char *stamp = text_cstr(work->arena, text_printf(work->arena, "D:%04d%02d%02d000000Z", year, month, day));
    qpdf_oh info = qpdf_make_indirect_object(qpdf, qpdf_oh_new_dictionary(qpdf));
    qpdf_oh_replace_key(qpdf, info, "/Title", words(work, facts->titles[facts->lang]));
    qpdf_oh_replace_key(qpdf, info, "/Author", words(work, facts->author));
    qpdf_oh_replace_key(qpdf, info, "/Producer", words(work, TEXT(PDF_PRODUCER)));
    qpdf_oh_replace_key(qpdf, info, "/CreationDate", qpdf_oh_new_string(qpdf, stamp));
    qpdf_oh_replace_key(qpdf, info, "/ModDate", qpdf_oh_new_string(qpdf, stamp));
    qpdf_oh_replace_key(qpdf, qpdf_get_trailer(qpdf), "/Info", info);
}

static void
add_output_intent(const struct work *work)
{
    qpdf_data qpdf = work->qpdf;
    qpdf_oh intent = qpdf_oh_parse(qpdf, "<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) "
                                         "/RegistryName (http://www.color.org) /Info (sRGB IEC 61966-2-1) >>");
    qpdf_oh_replace_key(qpdf, intent, "/DestOutputProfile", new_stream(work, "<< /N 3 >>", srgb_profile(work->arena)));
    qpdf_oh_replace_key(qpdf, qpdf_get_root(qpdf), "/OutputIntents", qpdf_oh_wrap_in_array(qpdf, intent));
}

/* Cairo 1.16 leaves out the map from character to glyph of its composite fonts, which is the identity; ISO 19005-3,
 * 6.2.11.3.2 wants it said. */
static void
map_glyphs(const struct work *work)
{
    qpdf_data qpdf = work->qpdf;
    int size = qpdf_oh_get_int_value_as_int(qpdf, qpdf_oh_get_key(qpdf, qpdf_get_trailer(qpdf), "/Size"));
    for (int id = 1; id < size; id++) {
        qpdf_oh object = qpdf_get_object_by_id(qpdf, id, 0);
        if (qpdf_oh_is_dictionary_of_type(qpdf, object, "/Font", "/CIDFontType2") &&
            !qpdf_oh_has_key(qpdf, object, "/CIDToGIDMap")) {
            qpdf_oh_replace_key(qpdf, object, "/CIDToGIDMap", qpdf_oh_new_name(qpdf, "/Identity"));
        }
        qpdf_oh_release(qpdf, object);
    }
}

/* Files stand in the name tree, sorted, where readers list them, and in /AF, where PDF/A-3 wants them. */
static void
attach_all(const struct work *work)
{
    if (work->facts->attachment_count == 0) {
        return;
    }
    qpdf_data qpdf = work->qpdf;
    qpdf_oh names = qpdf_oh_new_array(qpdf);
    qpdf_oh files = qpdf_oh_new_array(qpdf);
    for (size_t i = 0; i < work->facts->attachment_count; i++) {
        const struct pdf_attachment *attachment = &work->facts->attachments[i];
        assert(i == 0 || text_compare(attachment[-1].name, attachment->name) < 0);
        qpdf_oh file = attach(work, attachment);
        qpdf_oh_append_item(qpdf, names, qpdf_oh_new_string(qpdf, text_cstr(work->arena, attachment->name)));
        qpdf_oh_append_item(qpdf, names, file);
        qpdf_oh_append_item(qpdf, files, file);
    }
    qpdf_oh leaf = qpdf_oh_new_dictionary(qpdf);
    qpdf_oh_replace_key(qpdf, leaf, "/Names", names);
    qpdf_oh tree = qpdf_oh_get_key_if_dict(qpdf, qpdf_get_root(qpdf), "/Names");
    if (!qpdf_oh_is_dictionary(qpdf, tree)) {
        tree = qpdf_oh_new_dictionary(qpdf);
        qpdf_oh_replace_key(qpdf, qpdf_get_root(qpdf), "/Names", tree);
    }
    qpdf_oh_replace_key(qpdf, tree, "/EmbeddedFiles", leaf);
    qpdf_oh_replace_key(qpdf, qpdf_get_root(qpdf), "/AF", files);
}

static qpdf_oh
attach(const struct work *work, const struct pdf_attachment *attachment)
{
    qpdf_data qpdf = work->qpdf;
    int year = 0, month = 0, day = 0;
    date_to_civil(work->facts->day, &year, &month, &day);
    struct text parameters = text_printf(work->arena, "<< /Size %zu /ModDate (D:%04d%02d%02d000000Z) >>",
                                         attachment->bytes.len, year, month, day);
    qpdf_oh stream = new_stream(work, "<< /Type /EmbeddedFile >>", attachment->bytes);
    qpdf_oh dictionary = qpdf_oh_get_dict(qpdf, stream);
    qpdf_oh_replace_key(qpdf, dictionary, "/Subtype",
                        qpdf_oh_new_name(qpdf, text_cstr(work->arena, text_printf(work->arena, "/%.*s",
                                                                                  TEXT_ARG(attachment->media_type)))));
    qpdf_oh_replace_key(qpdf, dictionary, "/Params", qpdf_oh_parse(qpdf, text_cstr(work->arena, parameters)));

    qpdf_oh streams = qpdf_oh_new_dictionary(qpdf);
    qpdf_oh_replace_key(qpdf, streams, "/F", stream);
    qpdf_oh_replace_key(qpdf, streams, "/UF", stream);
    qpdf_oh file = qpdf_oh_parse(qpdf, "<< /Type /Filespec >>");
    qpdf_oh_replace_key(qpdf, file, "/F", qpdf_oh_new_string(qpdf, text_cstr(work->arena, attachment->name)));
    qpdf_oh_replace_key(qpdf, file, "/UF", words(work, attachment->name));
    qpdf_oh_replace_key(qpdf, file, "/Desc", words(work, attachment->description));
    qpdf_oh_replace_key(qpdf, file, "/AFRelationship", qpdf_oh_new_name(qpdf, relationships[attachment->relationship]));
    qpdf_oh_replace_key(qpdf, file, "/EF", streams);
    return qpdf_make_indirect_object(qpdf, file);
}

static qpdf_oh
new_stream(const struct work *work, const char *dictionary, struct text bytes)
{
    qpdf_data qpdf = work->qpdf;
    qpdf_oh stream = qpdf_oh_new_stream(qpdf);
    qpdf_oh_replace_stream_data(qpdf, stream, (const unsigned char *)bytes.at, bytes.len, qpdf_oh_new_null(qpdf),
                                qpdf_oh_new_null(qpdf));
    qpdf_oh made = qpdf_oh_get_dict(qpdf, stream);
    qpdf_oh wanted = qpdf_oh_parse(qpdf, dictionary);
    static const char *const keys[] = {"/Type", "/Subtype", "/N"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if (qpdf_oh_has_key(qpdf, wanted, keys[i])) {
            qpdf_oh_replace_key(qpdf, made, keys[i], qpdf_oh_get_key(qpdf, wanted, keys[i]));
        }
    }
    return stream;
}

/* Structure elements come in the order in which they were begun; each gets the language it was begun with, so that a
 * voice reads French as French. Anything that is not an element (marked content numbers) is passed over. */
static void
set_tag_langs(const struct work *work, qpdf_oh element, size_t *next)
{
    qpdf_data qpdf = work->qpdf;
    if (qpdf_oh_is_array(qpdf, element)) {
        int count = qpdf_oh_get_array_n_items(qpdf, element);
        for (int i = 0; i < count; i++) {
            set_tag_langs(work, qpdf_oh_get_array_item(qpdf, element, i), next);
        }
    } else if (qpdf_oh_is_dictionary(qpdf, element) && qpdf_oh_has_key(qpdf, element, "/S") &&
               *next < work->facts->tag_count) {
        enum lang lang = work->facts->tag_langs[(*next)++];
        if (lang != LANG_NONE && lang != work->facts->lang) {
            qpdf_oh_replace_key(qpdf, element, "/Lang", qpdf_oh_new_string(qpdf, pdf_lang(lang)));
        }
        set_tag_langs(work, qpdf_oh_get_key(qpdf, element, "/K"), next);
    }
}

static qpdf_oh
words(const struct work *work, struct text text)
{
    return qpdf_oh_new_binary_unicode_string(work->qpdf, text.at, text.len);
}
