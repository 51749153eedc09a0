/* The same lines as a table (RFC 4180). A cell cannot hold a line break: no member of a ticket has one. */
#include <string.h>

#include "boxoffice/ticket_line.h"

/* The next cell of *rest, decoded into scratch when it is quoted with quotes inside; *ret_last: no separator behind it.
 */
static bool
next_cell(struct text *rest, char separator, char **scratch, struct text *ret, bool *ret_last)
{
    const char *at = rest->at;
    const char *end = rest->at + rest->len;
    if (at < end && *at == '"') {
        char *out = *scratch;
        at++;
        for (;;) {
            const char *quote = memchr(at, '"', (size_t)(end - at));
            if (quote == NULL) {
                return false;
            }
            memcpy(out, at, (size_t)(quote - at));
            out += quote - at;
            at = quote + 1;
            if (at >= end || *at != '"') {
                break;
            }
            *out++ = *at++;
        }
        *ret = (struct text){*scratch, (size_t)(out - *scratch)};
        *scratch = out;
    } else {
        const char *stop = memchr(at, separator, (size_t)(end - at));
        stop = stop == NULL ? end : stop;
        *ret = (struct text){at, (size_t)(stop - at)};
        if (memchr(at, '"', ret->len) != NULL) {
            return false;
        }
        at = stop;
    }
    *ret_last = at >= end;
    if (!*ret_last && *at != separator) {
        return false;
    }
    *rest = *ret_last ? (struct text){end, 0} : (struct text){at + 1, (size_t)(end - at - 1)};
    return true;
}

static struct text
without_return(struct text line)
{
    if (line.len > 0 && line.at[line.len - 1] == '\r') {
        line.len--;
    }
    return line;
}

bool
ticket_csv_header(struct text line, struct ticket_csv *ret)
{
    line = without_return(line);
    static const char mark[] = "\xef\xbb\xbf";
    if (line.len >= 3 && memcmp(line.at, mark, 3) == 0) {
        line = text_after(line, 3);
    }
    memset(ret, 0, sizeof *ret);
    ret->separator = memchr(line.at, ';', line.len) != NULL ? ';' : ',';
    uint32_t seen = 0;
    bool last = line.len == 0;
    while (!last) {
        char names[64];
        char *scratch = names;
        struct text name;
        if (line.len > 0 && line.at[0] == '"' && line.len > sizeof names) {
            return false;
        }
        if (!next_cell(&line, ret->separator, &scratch, &name, &last)) {
            return false;
        }
        const enum ticket_field field = ticket_field_of(text_trim(name));
        if (field == TICKET_FIELDS || (seen & (UINT32_C(1) << field)) != 0) {
            return false;
        }
        seen |= UINT32_C(1) << field;
        ret->field[ret->columns++] = (uint8_t)field;
    }
    return ret->columns > 0;
}

enum ticket_fault
ticket_read_csv(const struct ticket_csv *csv, struct text line, char *scratch, struct ticket_line *ret,
                enum ticket_field *ret_field)
{
    line = without_return(line);
    memset(ret, 0, sizeof *ret);
    *ret_field = TICKET_FIELDS;
    enum ticket_fault first_fault = TICKET_FINE;
    bool last = false;
    uint8_t column = 0;
    for (; column < csv->columns && !last; column++) {
        struct text cell;
        if (!next_cell(&line, csv->separator, &scratch, &cell, &last)) {
            return TICKET_BROKEN;
        }
        const enum ticket_field field = (enum ticket_field)csv->field[column];
        const enum ticket_fault fault = ticket_line_set(ret, field, (struct ticket_token){TOKEN_STRING, cell}, true);
        if (fault != TICKET_FINE && first_fault == TICKET_FINE) {
            first_fault = fault;
            *ret_field = field;
        }
    }
    if (!last || column != csv->columns) {
        return TICKET_BROKEN;
    }
    return first_fault != TICKET_FINE ? first_fault : ticket_line_complete(ret, ret_field);
}
