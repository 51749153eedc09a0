/* Papers of the demonstration: PDF 1.4 of one page in Helvetica, about a kilobyte. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/demo.h"
#include "app/files.h"
#include "office/document.h"

enum { PAPER_BYTES_MAX = 8 * 1024, OBJECTS = 5 };

static const struct err *put(struct arena *arena, struct text path, struct text bytes);
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
    const struct text bytes = pdf(ctx->arena, buf_built(&content));
    TRY(put(ctx->arena, document_path(ctx->arena, demo->data, hash_of_text(bytes)), bytes));
    return document_keep_bytes(ctx->arena, demo->data, bytes, "application/pdf", ret);
}

const struct err *
demo_papers_sync(struct demo *demo, struct arena *arena)
{
    const char *folder = text_printf(arena, "%.*s/documents", TEXT_ARG(demo->data)).at;
    const int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = fd >= 0 && syncfs(fd) == 0;
    if (fd >= 0) {
        close(fd);
    }
    return synced ? NULL : file_failed(arena, "sync", folder);
}

/* Not synced one by one, as a house does: a demonstration that was not finished is thrown away. */
static const struct err *
put(struct arena *arena, struct text path, struct text bytes)
{
    const char *file = text_cstr(arena, path);
    const char *folder = text_cstr(arena, text_slice(path, 0, path.len - (size_t)HASH_BYTES * 2 - 1));
    if (mkdir(folder, 0700) != 0 && errno != EEXIST) {
        return file_failed(arena, "make", folder);
    }
    const int fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0440);
    if (fd < 0) {
        return errno == EEXIST ? NULL : file_failed(arena, "make", file);
    }
    const ssize_t wrote = write(fd, bytes.at, bytes.len);
    close(fd);
    return wrote == (ssize_t)bytes.len ? NULL : file_failed(arena, "write", file);
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
