#include "office/letter_pdf.h"

#include "base/limits.h"
#include "office/letter_page.h"
#include "office/pdf_archive.h"
#include "office/sheet.h"

static const struct err *check(struct arena *arena, const struct letter *letter);
static const struct err *check_needed(struct arena *arena, const struct letter *letter);
static const struct err *check_reasons(struct arena *arena, const struct letter *letter);
static bool is_hex(struct text text);

const struct err *
letter_pdf(struct arena *arena, struct sheet_fonts *fonts, const struct letter *letter, struct text *ret_pdf)
{
    TRY(check(arena, letter));
    DEFER(sheet_close) struct sheet sheet;
    sheet_open(&sheet, arena, fonts);
    TRY(letter_pages(&sheet, letter));
    struct text drawn;
    TRY(sheet_finish(&sheet, &drawn));

    struct pdf_facts facts = {
        .author = letter->centre.ar,
        .lang = letter->lang,
        .day = letter->act_day,
        .tag_langs = sheet.tag_langs,
        .tag_count = sheet.tag_count,
    };
    facts.titles[letter->lang] =
        text_printf(arena, "%.*s, %.*s", TEXT_ARG(letter->reference), TEXT_ARG(letter->subject));
    return pdf_archive(arena, drawn, &facts, ret_pdf);
}

static const struct err *
check(struct arena *arena, const struct letter *letter)
{
    if (letter->kind < LETTER_DECISION || letter->kind >= LETTER_KINDS) {
        return FAIL(arena, ERR_INPUT, "unknown kind of letter %d", (int)letter->kind);
    }
    if (letter->lang != LANG_AR && letter->lang != LANG_FR && letter->lang != LANG_EN) {
        return FAIL(arena, ERR_INPUT, "a letter is in Arabic, French or English");
    }
    if (letter->mark != MARK_NONE && letter->mark != MARK_SPECIMEN) {
        return FAIL(arena, ERR_INPUT, "a letter is real or a specimen");
    }
    if (letter->signature.level < SIGNATURE_SIMPLE || letter->signature.level >= SIGNATURE_LEVELS) {
        return FAIL(arena, ERR_INPUT, "unknown level of signature %d", (int)letter->signature.level);
    }
    if (letter->signature.level != SIGNATURE_SIMPLE && letter->signature.detail.len == 0) {
        return FAIL(arena, ERR_INPUT, "a signature that claims more than sign-in says by what");
    }
    if (letter->act <= 0 || date_is_none(letter->act_day)) {
        return FAIL(arena, ERR_INPUT, "act and day belong together");
    }
    if (letter->short_hash.len < SHORT_HASH_DIGITS || !is_hex(letter->short_hash)) {
        return FAIL(arena, ERR_INPUT, "the short hash has at least %d hexadecimal digits", SHORT_HASH_DIGITS);
    }
    TRY(check_needed(arena, letter));
    return check_reasons(arena, letter);
}

static const struct err *
check_needed(struct arena *arena, const struct letter *letter)
{
    bool is_arabic = letter->lang == LANG_AR;
    const struct signature_block *block = &letter->signature;
    const struct {
        struct text text;
        const char *name;
        size_t bytes_max;
    } needed[] = {
        {letter->centre.ar, "centre", NAME_BYTES_MAX},
        {letter->reference, "reference", NAME_BYTES_MAX},
        {letter->date, "date", NAME_BYTES_MAX},
        {letter->subject, "subject", LINE_BYTES_MAX - NAME_BYTES_MAX - 2}, /* with the reference it is the title */
        {is_arabic ? block->name.ar : block->name.latin, "signature name", NAME_BYTES_MAX},
        {is_arabic ? block->capacity.ar : block->capacity.latin, "signature capacity", LINE_BYTES_MAX},
        {is_arabic ? block->basis.ar : block->basis.latin, "signature basis", LINE_BYTES_MAX},
        {letter->base_url, "base URL", URL_BYTES_MAX},
    };
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
        if (needed[i].text.len == 0) {
            return FAIL(arena, ERR_INPUT, "a letter needs its %s", needed[i].name);
        }
        if (needed[i].text.len > needed[i].bytes_max) {
            return FAIL(arena, ERR_TOO_LARGE, "%s: more than %zu bytes", needed[i].name, needed[i].bytes_max);
        }
        if (!text_is_utf8(needed[i].text)) {
            return FAIL(arena, ERR_UTF8, "%s is not UTF-8", needed[i].name);
        }
    }
    return NULL;
}

/* A decision cannot leave without its reasons, in law and in fact, and the way to contest it. */
static const struct err *
check_reasons(struct arena *arena, const struct letter *letter)
{
    bool has[REASON_KINDS] = {false};
    for (size_t i = 0; i < letter->reason_count; i++) {
        const struct letter_reason *reason = &letter->reasons[i];
        if (reason->kind < REASON_LEGAL || reason->kind >= REASON_KINDS || reason->sentence.len == 0) {
            return FAIL(arena, ERR_INPUT, "reason %zu has no kind or no sentence", i + 1);
        }
        if (reason->kind == REASON_LEGAL && reason->norm.len == 0) {
            return FAIL(arena, ERR_INPUT, "reason %zu is legal and cites no norm", i + 1);
        }
        has[reason->kind] = true;
    }
    if (letter->kind == LETTER_DECISION && (!has[REASON_LEGAL] || !has[REASON_FACTUAL])) {
        return FAIL(arena, ERR_INPUT, "a decision has legal and factual reasons");
    }
    if (letter->kind == LETTER_DECISION && letter->remedy_count == 0) {
        return FAIL(arena, ERR_INPUT, "a decision says how to contest it");
    }
    return NULL;
}

static bool
is_hex(struct text text)
{
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.at[i];
        if (!((byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f'))) {
            return false;
        }
    }
    return true;
}
