#include "registry/import.h"

#include "base/limits.h"

enum { CSV_FIELDS_MAX = 64 };

static bool field_read(struct ctx *ctx, struct csv *csv, struct text *ret, bool *ret_more, bool *ret_broken);

bool
csv_record(struct ctx *ctx, struct csv *csv, struct text **ret, size_t *ret_count, bool *ret_broken)
{
    *ret_broken = false;
    if (csv->next_line == 0) {
        csv->next_line = 1;
        if (text_starts(csv->rest, TEXT("\xEF\xBB\xBF"))) { /* what spreadsheets put first */
            csv->rest = text_after(csv->rest, 3);
        }
    }
    while (csv->rest.len > 0 && (csv->rest.at[0] == '\n' || csv->rest.at[0] == '\r')) { /* an empty line is none */
        csv->next_line += csv->rest.at[0] == '\n' ? 1 : 0;
        csv->rest = text_after(csv->rest, 1);
    }
    if (csv->rest.len == 0) {
        return false;
    }
    csv->line = csv->next_line;
    struct text *fields = ARENA_ARRAY(ctx->arena, struct text, CSV_FIELDS_MAX);
    size_t count = 0;
    bool more = true;
    while (more && count < CSV_FIELDS_MAX && !*ret_broken) {
        if (!field_read(ctx, csv, &fields[count++], &more, ret_broken)) {
            break;
        }
    }
    *ret = fields;
    *ret_count = count;
    return true;
}

/* One field and what ends it: a comma (more), the end of the line, or of the file. */
static bool
field_read(struct ctx *ctx, struct csv *csv, struct text *ret, bool *ret_more, bool *ret_broken)
{
    struct text rest = csv->rest;
    *ret_more = false;
    if (rest.len > 0 && rest.at[0] == '"') {
        struct buf buf = buf_new(ctx->arena, REASON_BYTES_MAX);
        size_t at = 1;
        bool closed = false;
        while (at < rest.len && !closed) {
            if (rest.at[at] != '"') {
                csv->next_line += rest.at[at] == '\n' ? 1 : 0;
                buf_char(&buf, rest.at[at++]);
            } else if (at + 1 < rest.len && rest.at[at + 1] == '"') {
                buf_char(&buf, '"');
                at += 2;
            } else {
                closed = true;
                at++;
            }
        }
        *ret = buf_built(&buf);
        const bool ends = at == rest.len || rest.at[at] == ',' || rest.at[at] == '\n' || rest.at[at] == '\r';
        *ret_broken = !closed || !ends || buf.overflowed;
        rest = text_after(rest, at);
    } else {
        size_t at = 0;
        while (at < rest.len && rest.at[at] != ',' && rest.at[at] != '\n' && rest.at[at] != '\r') {
            at++;
        }
        *ret = text_slice(rest, 0, at);
        rest = text_after(rest, at);
    }
    if (rest.len > 0 && rest.at[0] == ',') {
        *ret_more = true;
        rest = text_after(rest, 1);
    }
    csv->rest = rest;
    return !*ret_broken;
}
