#include "office/certificate_pdf.h"

#include "base/encode.h"
#include "base/limits.h"
#include "office/certificate_page.h"
#include "office/pdf_archive.h"
#include "office/sheet.h"

static const struct err *check(struct arena *arena, const struct certificate *certificate);
static struct text leaf_hash(struct arena *arena, struct text entry);

const struct err *
certificate_pdf(struct arena *arena, struct sheet_fonts *fonts, const struct certificate *certificate,
                struct text *ret_pdf)
{
    TRY(check(arena, certificate));
    DEFER(sheet_close) struct sheet sheet;
    sheet_open(&sheet, arena, fonts);
    TRY(certificate_page(&sheet, certificate));
    struct text drawn;
    TRY(sheet_finish(&sheet, &drawn));

    const struct pdf_attachment attachments[] = {
        {TEXT("disclosure.txt"), TEXT("text/plain"), TEXT("Salts and data that this certificate shows"), PDF_DATA,
         certificate->disclosure},
        {TEXT("entry.json"), TEXT("application/json"), TEXT("Entry of the register of acts, exact bytes"), PDF_DATA,
         certificate->entry},
        {TEXT("proof.tlog-proof"), TEXT("text/plain"), TEXT("Proof of inclusion, c2sp.org/tlog-proof@v1"),
         PDF_SUPPLEMENT, certificate->proof},
    };
    struct pdf_facts facts = {
        .author = certificate->centre.ar,
        .lang = LANG_AR,
        .day = certificate->act_day,
        .attachments = attachments,
        .attachment_count = sizeof attachments / sizeof attachments[0],
        .tag_langs = sheet.tag_langs,
        .tag_count = sheet.tag_count,
    };
    facts.titles[LANG_AR] =
        text_printf(arena, "%.*s %.*s", TEXT_ARG(certificate->title.ar), TEXT_ARG(certificate->number));
    facts.titles[certificate->latin_lang] = certificate->title.latin;
    facts.titles[LANG_ZGH] = certificate->title.zgh;
    return pdf_archive(arena, drawn, &facts, ret_pdf);
}

struct text
certificate_short_hash(struct arena *arena, struct text entry)
{
    return text_slice(leaf_hash(arena, entry), 0, SHORT_HASH_DIGITS);
}

struct text
certificate_url(struct arena *arena, struct text base_url, int64_t act, struct text short_hash)
{
    return text_printf(arena, "%.*s/v/%lld-%.*s", TEXT_ARG(base_url), (long long)act, TEXT_ARG(short_hash));
}

/* A certificate that nobody could check, or that names no holder, is not drawn at all. */
static const struct err *
check(struct arena *arena, const struct certificate *certificate)
{
    const struct {
        struct text text;
        const char *name;
        size_t bytes_max;
    } needed[] = {
        {certificate->centre.ar, "centre", NAME_BYTES_MAX},
        {certificate->title.ar, "title", NAME_BYTES_MAX},
        {certificate->number, "number", NAME_BYTES_MAX},
        {certificate->holder.ar, "holder", NAME_BYTES_MAX},
        {certificate->signature.name.ar, "signature name", NAME_BYTES_MAX},
        {certificate->signature.capacity.ar, "signature capacity", LINE_BYTES_MAX},
        {certificate->signature.basis.ar, "signature basis", LINE_BYTES_MAX},
        {certificate->origin, "origin", NAME_BYTES_MAX},
        {certificate->base_url, "base URL", URL_BYTES_MAX},
        {certificate->entry, "entry", ENTRY_BYTES_MAX},
        {certificate->proof, "proof", ENTRY_BYTES_MAX},
        {certificate->disclosure, "disclosure", JSON_BYTES_MAX},
    };
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
        if (needed[i].text.len == 0) {
            return FAIL(arena, ERR_INPUT, "a certificate needs its %s", needed[i].name);
        }
        if (needed[i].text.len > needed[i].bytes_max) {
            return FAIL(arena, ERR_TOO_LARGE, "%s: more than %zu bytes", needed[i].name, needed[i].bytes_max);
        }
        if (!text_is_utf8(needed[i].text)) {
            return FAIL(arena, ERR_UTF8, "%s is not UTF-8", needed[i].name);
        }
    }
    if (certificate->latin_lang != LANG_FR && certificate->latin_lang != LANG_EN) {
        return FAIL(arena, ERR_INPUT, "the language beside Arabic is French or English");
    }
    if (certificate->mark < MARK_NONE || certificate->mark >= CERTIFICATE_MARKS) {
        return FAIL(arena, ERR_INPUT, "unknown mark %d", (int)certificate->mark);
    }
    if (certificate->signature.level < SIGNATURE_SIMPLE || certificate->signature.level >= SIGNATURE_LEVELS) {
        return FAIL(arena, ERR_INPUT, "unknown level of signature %d", (int)certificate->signature.level);
    }
    if (certificate->signature.level != SIGNATURE_SIMPLE && certificate->signature.detail.len == 0) {
        return FAIL(arena, ERR_INPUT, "a signature that claims more than sign-in says by what");
    }
    if (certificate->act <= 0 || certificate->leaf < 0 || date_is_none(certificate->act_day)) {
        return FAIL(arena, ERR_INPUT, "act, leaf and day belong together");
    }
    if (certificate->short_hash.len < SHORT_HASH_DIGITS ||
        !text_starts(leaf_hash(arena, certificate->entry), certificate->short_hash)) {
        return FAIL(arena, ERR_INPUT, "the short hash is not that of the entry");
    }
    return NULL;
}

static struct text
leaf_hash(struct arena *arena, struct text entry)
{
    const struct text parts[] = {{.at = "\0", .len = 1}, entry};
    return hash_to_hex(arena, hash_of_parts(parts, 2));
}
