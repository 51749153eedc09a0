#include "pdf_tools.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../unit.h"
#include "base/buf.h"

enum { OUTPUT_BYTES_MAX = 8 * 1024 * 1024 };

static struct text read_all(struct arena *arena, FILE *from);

/* Fontconfig keeps its defaults until the process ends and has no way to give back all of them. */
const char *__lsan_default_suppressions(void);
const char *
__lsan_default_suppressions(void)
{
    return "leak:libfontconfig";
}

const char *
paper_folder(struct arena *arena, struct text pdf)
{
    char *folder = arena_copy(arena, "/tmp/paper-XXXXXX", 17);
    assert_non_null(mkdtemp(folder));
    FILE *file = fopen(text_cstr(arena, text_printf(arena, "%s/paper.pdf", folder)), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(pdf.at, 1, pdf.len, file), pdf.len);
    assert_int_equal(fclose(file), 0);
    return folder;
}

void
paper_remove(const char *folder)
{
    char command[64];
    (void)snprintf(command, sizeof command, "rm -r %s", folder);
    assert_int_equal(system(command), 0);
}

struct text
paper_run(struct arena *arena, const char *folder, const char *command)
{
    FILE *pipe = popen(text_cstr(arena, text_printf(arena, "cd %s && %s", folder, command)), "r");
    assert_non_null(pipe);
    struct text output = read_all(arena, pipe);
    int status = pclose(pipe);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fail_msg("%s: status %d, %.*s", command, status, TEXT_ARG(output));
    }
    return output;
}

struct text
paper_file(struct arena *arena, const char *folder, const char *name)
{
    FILE *file = fopen(text_cstr(arena, text_printf(arena, "%s/%s", folder, name)), "rb");
    assert_non_null(file);
    struct text bytes = read_all(arena, file);
    (void)fclose(file);
    return bytes;
}

struct text
letters_only(struct arena *arena, struct text text)
{
    struct buf buf = buf_new(arena, text.len);
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        uint32_t point = text_next(text, &at);
        bool is_mark = (point >= 0x200E && point <= 0x200F) || (point >= 0x202A && point <= 0x202E) ||
                       (point >= 0x2066 && point <= 0x2069);
        bool is_space = point <= 0x20 || point == 0xA0 || point == 0x202F;
        if (!is_mark && !is_space) {
            buf_text(&buf, text_slice(text, from, at));
        }
    }
    return buf_built(&buf);
}

bool
text_holds(struct text text, const char *part)
{
    return text.len > 0 && memmem(text.at, text.len, part, strlen(part)) != NULL;
}

bool
word_find(struct text bbox, const char *word, struct word_box *ret)
{
    struct text found;
    while (word_next(&bbox, &found, ret)) {
        if (text_is(found, word)) {
            return true;
        }
    }
    return false;
}

bool
word_next(struct text *bbox, struct text *ret_word, struct word_box *ret)
{
    const char *at = bbox->len > 0 ? memmem(bbox->at, bbox->len, "<word ", 6) : NULL;
    if (at == NULL) {
        return false;
    }
    assert_int_equal(sscanf(at, "<word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\">", &ret->x_min, &ret->y_min,
                            &ret->x_max, &ret->y_max),
                     4);
    struct text rest = text_after(*bbox, (size_t)(at - bbox->at));
    rest = text_after(rest, text_find_byte(rest, '>') + 1);
    *ret_word = text_slice(rest, 0, text_find_byte(rest, '<'));
    *bbox = rest;
    return true;
}

static struct text
read_all(struct arena *arena, FILE *from)
{
    struct buf buf = buf_new(arena, OUTPUT_BYTES_MAX);
    char piece[4096];
    for (size_t len; (len = fread(piece, 1, sizeof piece, from)) > 0;) {
        buf_bytes(&buf, piece, len);
    }
    assert_false(buf.overflowed);
    return buf_built(&buf);
}
