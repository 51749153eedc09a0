/* struct letter as JSON, for the pipe to the helper that draws. */
#include "office/certificate_json.h"
#include "office/letter_pdf.h"

static const char *const kind_names[] = {
    [LETTER_DECISION] = "decision", [LETTER_RECEIPT] = "receipt", [LETTER_NOTICE] = "notice"};
static const char *const lang_names[] = {[LANG_AR] = "ar", [LANG_FR] = "fr", [LANG_EN] = "en"};
static const char *const letter_mark_names[] = {[MARK_NONE] = "none", [MARK_SPECIMEN] = "specimen"};
static const char *const reason_names[] = {[REASON_LEGAL] = "legal", [REASON_FACTUAL] = "factual"};

static const struct record_field reason_fields[] = {
    RECORD_FIELD(letter_reason, RECORD_TEXT, norm),
    RECORD_FIELD(letter_reason, RECORD_TEXT, sentence),
    RECORD_ENUM(letter_reason, kind, reason_names),
};
static const struct record reason_record = RECORD(letter_reason, reason_fields);

static const struct record_field letter_fields[] = {
    RECORD_ENUM(letter, kind, kind_names),
    RECORD_ENUM(letter, lang, lang_names),
    RECORD_ENUM(letter, mark, letter_mark_names),
    RECORD_STRUCT(letter, state, IN_LANGUAGES_RECORD),
    RECORD_STRUCT(letter, centre, IN_LANGUAGES_RECORD),
    RECORD_FIELD(letter, RECORD_TEXT, reference),
    RECORD_FIELD(letter, RECORD_TEXT, date),
    RECORD_FIELD(letter, RECORD_TEXT, date_hijri),
    RECORD_LIST(letter, RECORD_TEXTS, addressee, addressee_count, NULL),
    RECORD_FIELD(letter, RECORD_TEXT, subject),
    RECORD_LIST(letter, RECORD_TEXTS, paragraphs, paragraph_count, NULL),
    RECORD_FIELD(letter, RECORD_TEXT, list_title),
    RECORD_LIST(letter, RECORD_TEXTS, list, list_count, NULL),
    RECORD_LIST(letter, RECORD_OBJECTS, reasons, reason_count, &reason_record),
    RECORD_LIST(letter, RECORD_TEXTS, rulings, ruling_count, NULL),
    RECORD_STRUCT(letter, signature, SIGNATURE_RECORD),
    RECORD_LIST(letter, RECORD_TEXTS, remedies, remedy_count, NULL),
    RECORD_FIELD(letter, RECORD_INT, act),
    RECORD_FIELD(letter, RECORD_DATE, act_day),
    RECORD_FIELD(letter, RECORD_TEXT, short_hash),
    RECORD_FIELD(letter, RECORD_TEXT, base_url),
};
static const struct record letter_record = RECORD(letter, letter_fields);

const struct err *
letter_to_json(struct arena *arena, const struct letter *letter, struct text *ret_json)
{
    return record_to_json(arena, &letter_record, letter, ret_json);
}

const struct err *
letter_from_json(struct arena *arena, struct text json, struct letter *ret)
{
    return record_from_json(arena, &letter_record, json, ret);
}
