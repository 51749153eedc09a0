/* struct certificate as JSON, for the pipe to the helper that draws. */
#include "office/certificate_json.h"

static const struct record_field in_languages_fields[] = {
    RECORD_FIELD(in_languages, RECORD_TEXT, ar),
    RECORD_FIELD(in_languages, RECORD_TEXT, latin),
    RECORD_FIELD(in_languages, RECORD_TEXT, zgh),
};
const struct record IN_LANGUAGES_RECORD = RECORD(in_languages, in_languages_fields);

static const char *const level_names[] = {
    [SIGNATURE_SIMPLE] = "simple", [SIGNATURE_QUALIFIED] = "qualified", [SIGNATURE_HAND] = "hand"};
static const char *const mark_names[] = {
    [MARK_NONE] = "none", [MARK_SPECIMEN] = "specimen", [MARK_SUSPENDED] = "suspended", [MARK_WITHDRAWN] = "withdrawn"};
static const char *const latin_names[] = {[LANG_FR] = "fr", [LANG_EN] = "en"};

#define WORDS(type, member) RECORD_STRUCT(type, member, IN_LANGUAGES_RECORD)

static const struct record_field signature_fields[] = {
    WORDS(signature_block, name),
    WORDS(signature_block, capacity),
    WORDS(signature_block, basis),
    RECORD_ENUM(signature_block, level, level_names),
    RECORD_FIELD(signature_block, RECORD_TEXT, detail),
};
const struct record SIGNATURE_RECORD = RECORD(signature_block, signature_fields);

static const struct record_field row_fields[] = {
    WORDS(certificate_row, label),
    WORDS(certificate_row, value),
};
static const struct record row_record = RECORD(certificate_row, row_fields);

static const struct record_field certificate_fields[] = {
    RECORD_ENUM(certificate, latin_lang, latin_names),
    RECORD_ENUM(certificate, mark, mark_names),
    WORDS(certificate, state),
    WORDS(certificate, centre),
    WORDS(certificate, title),
    RECORD_FIELD(certificate, RECORD_TEXT, number),
    WORDS(certificate, recital),
    WORDS(certificate, holder),
    WORDS(certificate, legal_form),
    RECORD_FIELD(certificate, RECORD_TEXT, ice),
    WORDS(certificate, rc),
    WORDS(certificate, manager),
    WORDS(certificate, seat),
    WORDS(certificate, capital),
    RECORD_LIST(certificate, RECORD_OBJECTS, rows, row_count, &row_record),
    WORDS(certificate, granted_on),
    WORDS(certificate, granted_on_hijri),
    WORDS(certificate, validity),
    WORDS(certificate, status),
    RECORD_LIST(certificate, RECORD_TEXTS, norms, norm_count, NULL),
    RECORD_STRUCT(certificate, signature, SIGNATURE_RECORD),
    RECORD_FIELD(certificate, RECORD_INT, act),
    RECORD_FIELD(certificate, RECORD_DATE, act_day),
    RECORD_FIELD(certificate, RECORD_TEXT, origin),
    RECORD_FIELD(certificate, RECORD_INT, leaf),
    RECORD_FIELD(certificate, RECORD_TEXT, short_hash),
    RECORD_FIELD(certificate, RECORD_TEXT, base_url),
    RECORD_FIELD(certificate, RECORD_TEXT, entry),
    RECORD_FIELD(certificate, RECORD_TEXT, proof),
    RECORD_FIELD(certificate, RECORD_TEXT, disclosure),
};
static const struct record certificate_record = RECORD(certificate, certificate_fields);

const struct err *
certificate_to_json(struct arena *arena, const struct certificate *certificate, struct text *ret_json)
{
    return record_to_json(arena, &certificate_record, certificate, ret_json);
}

const struct err *
certificate_from_json(struct arena *arena, struct text json, struct certificate *ret)
{
    return record_from_json(arena, &certificate_record, json, ret);
}
