/* Faults of reading, gathered so that all are told at once, and printed with their line and a caret. */
#include <stdarg.h>
#include <string.h>

#include "base/buf.h"
#include "law/read.h"

void
fault_add(struct reader *reader, struct place place, const char *hint, const char *format, ...)
{
    if (reader->faults_count >= FAULTS_MAX) {
        return;
    }
    struct buf buf = buf_new(reader->arena, 2000);
    va_list args;
    va_start(args, format);
    buf_vprintf(&buf, format, args);
    va_end(args);
    struct fault_link *link = ARENA_NEW(reader->arena, struct fault_link);
    link->fault = (struct law_fault){.path = reader->files[place.file].path,
                                     .line = place.line,
                                     .column = place.column,
                                     .width = place.width > 0 ? place.width : 1,
                                     .message = text_copy(reader->arena, buf_built(&buf)),
                                     .hint = text_copy(reader->arena, text_of(hint))};
    if (reader->faults_last == NULL) {
        reader->faults = link;
    } else {
        reader->faults_last->next = link;
    }
    reader->faults_last = link;
    reader->faults_count++;
}

void
fault_hint(struct reader *reader, const char *format, ...)
{
    if (reader->faults_last == NULL) {
        return;
    }
    struct buf buf = buf_new(reader->arena, 2000);
    va_list args;
    va_start(args, format);
    buf_vprintf(&buf, format, args);
    va_end(args);
    reader->faults_last->fault.hint = text_copy(reader->arena, buf_built(&buf));
}

static struct text
line_of(struct text bytes, int line)
{
    struct text rest = bytes;
    struct text part = {0};
    for (int i = 0; i < line; i++) {
        if (!text_split(&rest, '\n', &part)) {
            return (struct text){0};
        }
    }
    return part;
}

struct text
law_fault_print(struct arena *arena, const struct law *law, const struct law_file *files, size_t count,
                const struct law_fault *fault)
{
    (void)law;
    struct buf buf = buf_new(arena, 8000);
    buf_printf(&buf, "%.*s:%d:%d: %.*s\n", TEXT_ARG(fault->path), fault->line, fault->column, TEXT_ARG(fault->message));
    for (size_t i = 0; i < count; i++) {
        if (!text_equal(files[i].path, fault->path)) {
            continue;
        }
        struct text line = line_of(files[i].bytes, fault->line);
        if (line.len == 0 || line.len > 1000 || !text_is_utf8(line)) {
            break;
        }
        buf_printf(&buf, "    %.*s\n    ", TEXT_ARG(line));
        for (int column = 1; column < fault->column; column++) {
            buf_char(&buf, ' ');
        }
        for (int i_caret = 0; i_caret < fault->width && i_caret < 120; i_caret++) {
            buf_char(&buf, '^');
        }
        buf_char(&buf, '\n');
        break;
    }
    if (fault->hint.len > 0) {
        buf_printf(&buf, "    %.*s\n", TEXT_ARG(fault->hint));
    }
    return buf_built(&buf);
}
