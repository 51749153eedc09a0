/* Papers of the demonstration: PDF 1.4 of one page in Helvetica, about a kilobyte. */
#include "app/demo.h"
#include "office/document.h"

enum { PAPER_BYTES_MAX = 8 * 1024, OBJECTS = 5 };

static void line(struct buf *buf, int size, int down, struct text text);
static void latin(struct buf *buf, struct text text);
static struct text pdf(struct arena *arena, struct text content);

const struct err *
demo_paper(struct demo *demo, struct ctx *ctx, const struct demo_company *company, struct text code,
           struct stored_document *ret)
{
    struct buf content = buf_new(ctx->arena, PAPER_BYTES_MAX);
    const struct party_draft *draft = &company->draft;
    const struct text day = date_to_text(ctx->arena, ctx->today);
    buf_cstr(&content, "BT 72 770 Td ");
    line(&content, 17, 34, law_word(ctx->law, code, LANG_FR));
    line(&content, 12, 20,
         text_printf(ctx->arena, "%.*s, %.*s", TEXT_ARG(draft->name_latin), TEXT_ARG(draft->legal_form)));
    line(&content, 11, 16,
         text_printf(ctx->arena, "ICE %.*s - RC %.*s, %.*s", TEXT_ARG(draft->ice), TEXT_ARG(draft->rc),
                     TEXT_ARG(draft->rc_court)));
    line(&content, 11, 16, draft->seat_latin);
    line(&content, 11, 40, text_printf(ctx->arena, "%.*s, le %.*s", TEXT_ARG(draft->rc_court), TEXT_ARG(day)));
    line(&content, 10, 14, TEXT("Pièce inventée pour la démonstration de markaz : sans aucune valeur."));
    line(&content, 10, 14, TEXT("Invented for the demonstration of markaz: of no value whatsoever."));
    buf_cstr(&content, "ET\n1 0 0 RG 2 w 60 740 475 50 re S\n");
    return document_keep_bytes(ctx->arena, demo->data, pdf(ctx->arena, buf_built(&content)), "application/pdf", ret);
}

/* A line, then down points to where the next begins. */
static void
line(struct buf *buf, int size, int down, struct text text)
{
    buf_printf(buf, "/F %d Tf (", size);
    latin(buf, text);
    buf_printf(buf, ") Tj 0 -%d Td ", down);
}

/* As WinAnsiEncoding has it, and escaped; what it lacks is a question mark. */
static void
latin(struct buf *buf, struct text text)
{
    for (size_t at = 0; at < text.len;) {
        const uint32_t c = text_next(text, &at);
        if (c == '(' || c == ')' || c == '\\') {
            buf_char(buf, '\\');
        }
        buf_char(buf, c == 0x2019 ? '\'' : c < 0x100 ? (char)(unsigned char)c : '?');
    }
}

static struct text
pdf(struct arena *arena, struct text content)
{
    struct buf buf = buf_new(arena, 2 * PAPER_BYTES_MAX);
    size_t offsets[OBJECTS];
    buf_cstr(&buf, "%PDF-1.4\n%\xE2\xE3\xCF\xD3\n");
    const struct text objects[OBJECTS] = {
        TEXT("<</Type/Catalog/Pages 2 0 R>>"),
        TEXT("<</Type/Pages/Kids[3 0 R]/Count 1>>"),
        TEXT("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"),
        text_printf(arena, "<</Length %zu>>stream\n%.*s\nendstream", content.len, TEXT_ARG(content)),
        TEXT("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"),
    };
    for (int i = 0; i < OBJECTS; i++) {
        offsets[i] = buf.len;
        buf_printf(&buf, "%d 0 obj\n", i + 1);
        buf_text(&buf, objects[i]);
        buf_cstr(&buf, "\nendobj\n");
    }
    const size_t table = buf.len;
    buf_printf(&buf, "xref\n0 %d\n0000000000 65535 f \n", OBJECTS + 1);
    for (int i = 0; i < OBJECTS; i++) {
        buf_printf(&buf, "%010zu 00000 n \n", offsets[i]);
    }
    buf_printf(&buf, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n", OBJECTS + 1, table);
    return buf_built(&buf);
}
